import Texts
import Records
import Templating

/// Lists of the records of a file for a template, collected side by side.
struct RecordLists: ~Copyable {
  private var values: ValueStore.Builder
  private var rows: [RecordTable.Row] = []
  private var shapes: [Shape] = []
  /// The ends of the rows of each list.
  private var ends: [Int] = []
  /// The mappings of the list that is being collected: for which shape of records in the file each
  /// is, and the place of its own shape.
  private var mappings: [(recordShape: Int, mapping: RecordMapping, shape: Int)] = []

  init(_ database: Database) {
    let source = database.source
    values = ValueStore.Builder(source, room: source.bytes.count / 24)
    rows.reserveCapacity(source.bytes.count / 96)
  }

  /// Adds records to the list that is being collected.
  mutating func append(_ records: RecordList, _ types: RecordMappings) {
    var known: (recordShape: Int, mapping: RecordMapping, shape: Int)?
    for record in records {
      if known?.recordShape != record.shape { known = mapping(of: record, types) }
      guard let (_, mapping, shape) = known else { continue }
      let first = values.count
      mapping.append(record, to: &values)
      rows.append(RecordTable.Row(shape: shape, first: first, place: record.place.range))
    }
  }

  private mutating func mapping(
    of record: Record, _ types: RecordMappings
  ) -> (recordShape: Int, mapping: RecordMapping, shape: Int) {
    if let known = mappings.first(where: { $0.recordShape == record.shape }) { return known }
    let mapping = types.mapping(of: record)
    let new = (recordShape: record.shape, mapping: mapping, shape: shapes.count)
    mappings.append(new)
    shapes.append(mapping.shape)
    return new
  }

  /// The records that follow belong to another list.
  mutating func endList() {
    ends.append(rows.count)
    mappings.removeAll(keepingCapacity: true)
  }

  /// The lists in their order.
  consuming func finish() -> [RecordItems] {
    let (rows, shapes, ends) = (rows, shapes, ends)
    let table = RecordTable(values.finish(), rows)
    var start = 0
    return ends.map { end in
      defer { start = end }
      return RecordItems(table, shapes, start..<end)
    }
  }
}
