import Texts
import Records

/// The records of a data file by type, with quick ways from a field's name to its values.
struct CheckedRecords {
  private let types: [String: RecordType]
  private let records: [String: [Record]]
  /// By declared field and shape: at which offsets of such a record the field stands.
  private var offsets: [Column: [[Int]?]] = [:]
  /// By type: the record of each key.
  private var keys: [String: [String: Record]] = [:]

  /// A field is known by its place in the schema, where it belongs to one type.
  private struct Column: Hashable {
    let source: ObjectIdentifier
    let start: Int32

    init(_ field: Text) {
      (source, start) = (ObjectIdentifier(field.source), field.range.start)
    }
  }

  init(_ database: Database, _ schema: Schema) {
    types = Dictionary(schema.types.map { ($0.name.string, $0) }) { first, _ in first }
    records = Dictionary(grouping: database.recordSets) { $0.type?.string ?? "" }
      .mapValues { $0.flatMap(\.records) }
  }

  func type(_ name: String) -> RecordType? { types[name] }
  func records(of type: String) -> [Record] { records[type] ?? [] }

  /// The values of a field in a record; in the order of the file.
  mutating func values(_ field: Text, in record: Record, of type: String) -> [Text] {
    let offsets = offsets(of: field, in: record, of: type)
    return offsets.isEmpty ? [] : offsets.map { record.value(at: $0) }
  }

  mutating func value(_ field: Text, in record: Record, of type: String) -> Text? {
    offsets(of: field, in: record, of: type).first.map { record.value(at: $0) }
  }

  private mutating func offsets(
    of field: Text, in record: Record, of type: String
  ) -> [Int] {
    let column = Column(field)
    var known = offsets[column] ?? []
    if record.shape < known.count, let offsets = known[record.shape] { return offsets }
    let rules = types[type]
    var found: [Int] = []
    for (offset, other) in record.fields.enumerated() {
      // A label stands for the name.
      let isIt =
        other.isCanonicalName
        ? other.name == field : rules?.rule(for: other.name)?.name == field
      if isIt { found.append(offset) }
    }
    while known.count <= record.shape { known.append(nil) }
    known[record.shape] = found
    offsets[column] = known
    return found
  }

  /// The record of a type that a key names.
  mutating func record(_ type: String, key: String) -> Record? {
    if let known = keys[type] { return known[key] }
    var known: [String: Record] = [:]
    if let field = types[type]?.keyField {
      for record in records(of: type) {
        guard let value = value(field, in: record, of: type), !value.isEmpty else { continue }
        known[value.string] = known[value.string] ?? record
      }
    }
    keys[type] = known
    return known[key]
  }

  mutating func knownKeys(of type: String) -> [String] {
    _ = record(type, key: "")
    return (keys[type] ?? [:]).keys.sorted()
  }
}

extension RecordType {
  /// What names a record: the `%key`, or where there is none the first `%singular` field.
  var keyField: Text? {
    (fields.first(where: \.isKey) ?? fields.first(where: \.isSingular))?.name
  }
}
