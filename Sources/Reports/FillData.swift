import Diagnostics
import Records
import Templating

/// The variables of a template out of any data file, with no schema.
public enum FillData {
  /// The fields of the first record set's only record are variables; every other record set is a
  /// list named by its type; `%type: … int`, `real`, `bool` and the names of ``ValueType`` make
  /// typed values.
  ///
  /// A JSON file's top object holds the variables.
  public static func read(name: String, bytes: [UInt8]) throws(Problems) -> ValueMap {
    var reader = FillReader()
    return try reader.read(name: name, bytes: bytes)
  }
}

/// Reads data files as ``FillData`` says, one after the other: files of one form share the shapes
/// of their maps, which are then worked out once.
struct FillReader {
  /// By their place in the file.
  private var sets: [KnownSet] = []
  private var top: TopShape?

  /// A record set as the last file had it.
  private struct KnownSet {
    let descriptor: Text
    var values: RecordValues
  }

  /// The variables of a file: the fields of its only record, if it has one, and its lists.
  private struct TopShape {
    let record: Shape?
    let lists: [Text]
    let shape: Shape
  }

  mutating func read(name: String, bytes: [UInt8]) throws(Problems) -> ValueMap {
    let source = try Problems.collecting { () throws(Diagnostic) in
      try Source.reading(name: name, bytes: bytes).source
    }
    if name.hasSuffix(".json") || FillReader.isObject(source.bytes) {
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

  private mutating func variables(_ database: Database) -> ValueMap {
    var record: ValueMap?
    var names: [Text] = []
    var lists: [Value] = []
    for (index, set) in database.recordSets.enumerated() {
      know(set, at: index)
      if index == 0, set.records.count == 1, let first = set.records.first {
        record = sets[index].values.map(first)
      } else {
        names.append(set.type ?? FillReader.unnamed)
        var maps: [Value] = []
        maps.reserveCapacity(set.records.count)
        for record in set.records { maps.append(.map(sets[index].values.map(record))) }
        lists.append(.list(maps))
      }
    }
    return topMap(record, names, lists)
  }

  private static let unnamed = Text("records")

  /// Keeps what is known of the set there as long as its descriptor is the same.
  private mutating func know(_ set: RecordSet, at index: Int) {
    let descriptor = set.descriptorRecord?.text ?? Text("")
    if index < sets.count, sets[index].descriptor == descriptor {
      return sets[index].values.beginFile()
    }
    let types = FillReader.declaredTypes(set)
    let known = KnownSet(
      descriptor: descriptor, values: RecordValues { types.type(of: $0) })
    sets = sets.prefix(index) + [known]
  }

  private mutating func topMap(_ record: ValueMap?, _ names: [Text], _ lists: [Value]) -> ValueMap {
    if let top, top.record === record?.shape, top.lists == names,
      top.shape.keys.count == lists.count + (record?.values.count ?? 0)
    {
      return ValueMap(
        shape: top.shape, values: (record?.values ?? []) + lists, place: record?.place)
    }
    var keys = record.map { DistinctKeys($0.shape) } ?? DistinctKeys(room: lists.count)
    var values = record?.values ?? []
    for (name, list) in zip(names, lists) {
      let slot = keys.slot(of: Key(name))
      if slot == values.count { values.append(list) } else { values[slot] = list }
    }
    let shape = keys.shape
    top = TopShape(record: record?.shape, lists: names, shape: shape)
    return ValueMap(shape: shape, values: values, place: record?.place)
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
      default:
        guard let known = ValueType(rawValue: words[1].string) else { continue }
        type = known.columnType
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
