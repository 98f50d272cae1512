import Texts
import Records
import Synchronization
import Templating

/// The way from records of one type to maps: which key a field has, and what its text becomes.
final class RecordMappings: Sendable {
  /// Keys of fields that the schema allows: those a record leaves out are missing, not undefined.
  private let optional: [Key]
  /// By the name of a field, which may be its label.
  private let column: @Sendable (Text) -> (key: Key, type: ColumnType)
  /// Those made so far, for records of any file.
  private let mappings = Mutex<[RecordMapping]>([])

  /// Files of ever new forms shall not be remembered for ever.
  private static let mostMappings = 64

  init(
    optional: [Key] = [], column: @escaping @Sendable (Text) -> (key: Key, type: ColumnType)
  ) {
    (self.optional, self.column) = (optional, column)
  }

  /// Maps all of whose values are of the same type.
  convenience init(of type: ColumnType) {
    self.init { (Key($0), type) }
  }

  /// The mapping of a record, the same for all records that have its names in its order.
  func mapping(of record: Record) -> RecordMapping {
    mappings.withLock { mappings in
      if let mapping = mappings.first(where: { $0.names.areThose(of: record) }) { return mapping }
      if mappings.count == RecordMappings.mostMappings { mappings.removeAll() }
      let mapping = RecordMapping(of: record, optional: optional, column)
      mappings.append(mapping)
      return mapping
    }
  }

  /// The record as a map; a field repeated in it is a list.
  func map(_ record: Record) -> ValueMap {
    let place = record.place
    let mapping = mapping(of: record)
    var values = ValueStore.Builder(place.source, room: mapping.shape.keys.count)
    mapping.append(record, to: &values)
    return ValueMap(shape: mapping.shape, in: values.finish(), from: 0, place: place.range)
  }
}

/// The way from records that have the same names in the same order to maps of the same shape.
final class RecordMapping: Sendable {
  let names: FormNames
  let shape: Shape
  /// For each field, in order, what its text becomes, and the place of the value in the map.
  private let types: [ColumnType]
  private let slots: [Int]
  /// The number of keys that come from the record; the rest are missing.
  private let count: Int

  fileprivate init(
    of record: Record, optional: [Key], _ column: (Text) -> (key: Key, type: ColumnType)
  ) {
    names = FormNames(record)
    var keys = DistinctKeys(room: record.fields.count + optional.count)
    var (types, slots): ([ColumnType], [Int]) = ([], [])
    for field in record.fields {
      let (key, type) = column(field.name)
      types.append(type)
      slots.append(keys.slot(of: key))
    }
    count = keys.keys.count
    for key in optional { _ = keys.slot(of: key) }
    (self.types, self.slots, shape) = (types, slots, keys.shape)
  }

  private var hasRepeats: Bool { count < types.count }

  /// Appends a value for each key of the shape.
  func append(_ record: Record, to values: inout ValueStore.Builder) {
    if hasRepeats {
      for value in gatheredValues(record) { values.append(value) }
    } else {
      appendEach(record, to: &values)
    }
    for _ in count..<shape.keys.count { values.append(StoredValue.missing) }
  }

  private func appendEach(_ record: Record, to values: inout ValueStore.Builder) {
    let source = values.source
    let all = types
    values.append(upTo: all.count) { output, others in
      let types = all.span
      record.forEachRange { offset, range in
        let type = types[offset]
        if let range {
          if case .text = type { return output.append(.text(range)) }
          if let number = type.number(range, of: source) { return output.append(.int(number)) }
        }
        let value = type.value(of: record.value(at: offset))
        output.append(StoredValue(value, of: source, &others))
      }
    }
  }

  /// One value for each key: a list where a field is repeated.
  private func gatheredValues(_ record: Record) -> [Value] {
    var lists = [[Value]](repeating: [], count: count)
    for (offset, slot) in slots.enumerated() {
      lists[slot].append(types[offset].value(of: record.value(at: offset)))
    }
    return lists.map { $0.count == 1 ? $0[0] : .list($0) }
  }
}
