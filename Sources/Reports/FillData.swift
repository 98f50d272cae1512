import Diagnostics
import Records
import Templating

/// The variables of a template out of any data file, with no schema.
public enum FillData {
  /// The fields of the first record set's only record are variables; every other record set is a
  /// list named by its type; `%type: … int`, `real` and `bool` make typed values.
  ///
  /// A JSON file's top object holds the variables.
  public static func read(name: String, bytes: [UInt8]) throws(Problems) -> ValueMap {
    let source = try Problems.collecting { () throws(Diagnostic) in
      try Source.reading(name: name, bytes: bytes).source
    }
    if name.hasSuffix(".json") || isObject(source.bytes) {
      return try Problems.collecting { () throws(Diagnostic) in try JSONText.map(source) }
    }
    var problems: [Diagnostic] = []
    let database = Database.read(source, into: &problems)
    guard problems.isEmpty else { throw Problems(problems) }
    return variables(database)
  }

  /// Whether a text without a file name begins as JSON does and rec never can.
  private static func isObject(_ bytes: [UInt8]) -> Bool {
    bytes.first { $0 > 0x20 } == UInt8(ascii: "{")
  }

  private static func variables(_ database: Database) -> ValueMap {
    var keys = DistinctKeys(room: 32)
    var variables: [Value] = []
    var place: Text?
    for (index, set) in database.recordSets.enumerated() {
      let types = declaredTypes(set)
      var values = RecordValues { types.type(of: $0) }
      if index == 0, set.records.count == 1, let record = set.records.first {
        let map = values.map(record)
        keys = DistinctKeys(map.shape)
        variables = map.values
        place = record.place
      } else {
        let list = Value.list(set.records.map { .map(values.map($0)) })
        let slot = keys.slot(of: set.type.map { Key($0) } ?? Key("records"))
        if slot == variables.count { variables.append(list) } else { variables[slot] = list }
      }
    }
    return ValueMap(shape: keys.shape, values: variables, place: place)
  }

  /// The plain types that the set's own descriptor gives its fields.
  private static func declaredTypes(_ set: RecordSet) -> DeclaredTypes {
    var types = DeclaredTypes()
    for field in set.descriptorRecord?.fields.filter({ $0.name.string == "%type" }) ?? [] {
      let words = field.value.words
      guard words.count >= 2 else { continue }
      let type: ColumnType
      switch words[1].string {
      case "int", "range": type = .integer
      case "real": type = .real
      case "bool": type = .boolean
      default: continue
      }
      for name in words[0].split(at: UInt8(ascii: ",")) { types.declare(Key(name), type) }
    }
    return types
  }
}

/// The types of fields by name; the last declaration counts.
private struct DeclaredTypes {
  private var names = DistinctKeys(room: 64)
  private var types: [ColumnType] = []

  mutating func declare(_ name: Key, _ type: ColumnType) {
    let slot = names.slot(of: name)
    if slot == types.count { types.append(type) } else { types[slot] = type }
  }

  func type(of name: Key) -> ColumnType { names.existingSlot(of: name).map { types[$0] } ?? .text }
}

extension Text {
  /// The parts between white space.
  var words: [Text] {
    parts { $0 == 0x20 || $0 == 0x09 || $0 == 0x0A }
  }

  func split(at separator: UInt8) -> [Text] {
    parts { $0 == separator }
  }

  private func parts(_ isSeparator: (UInt8) -> Bool) -> [Text] {
    bytes.split(whereSeparator: isSeparator).map {
      Text(source: source, range: SourceRange(start: $0.startIndex, end: $0.endIndex))
    }
  }
}
