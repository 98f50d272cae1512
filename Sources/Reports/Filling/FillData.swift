import Diagnostics
import Texts
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
/// of their maps.
struct FillReader {
  /// The way from the records of each set to maps, as the last file had them.
  private var sets: [(descriptor: Text, mappings: RecordMappings)] = []
  private var top: TopShape?
  /// Of JSON objects.
  private var shapes = ObjectShapes()

  /// The shape of the variables of a file: the fields of its only record, if it has one, and its
  /// lists.
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
      return try Problems.collecting { () throws(Diagnostic) in
        try JSONText.map(source, sharing: &shapes)
      }
    }
    var problems: [Diagnostic] = []
    let database = Database.read(source, into: &problems)
    try problems.throwIfErrors()
    return variables(database)
  }

  /// Tells whether a text without a file name begins as JSON does and rec never can.
  private static func isObject(_ bytes: [UInt8]) -> Bool {
    bytes.first { $0 > 0x20 } == UInt8(ascii: "{")
  }

  private mutating func variables(_ database: Database) -> ValueMap {
    var top = ValueStore.Builder(database.source, room: 64)
    var record: (shape: Shape, place: SourceRange)?
    var lists = RecordLists(database)
    var names: [Text] = []
    for (index, set) in database.recordSets.enumerated() {
      let mappings = mappings(of: set, at: index)
      if index == 0, set.records.count == 1, let first = set.records.first {
        let mapping = mappings.mapping(of: first)
        mapping.append(first, to: &top)
        record = (mapping.shape, first.place.range)
      } else {
        lists.append(set.records, mappings)
        lists.endList()
        names.append(set.type ?? FillReader.unnamed)
      }
    }
    for items in lists.finish() { top.append(items) }
    return variables(record, names, top.finish())
  }

  private static let unnamed = Text("records")

  /// Those of the last file where it had a set with the same descriptor there.
  private mutating func mappings(of set: RecordSet, at index: Int) -> RecordMappings {
    let descriptor = set.descriptorRecord?.text ?? Text("")
    if index < sets.count, sets[index].descriptor == descriptor { return sets[index].mappings }
    let types = FillReader.declaredTypes(set)
    let mappings = RecordMappings { name in
      let key = Key(name)
      return (key, types.type(of: key))
    }
    sets = sets.prefix(index) + [(descriptor, mappings)]
    return mappings
  }

  /// - Parameter store: the values of the record, if there is one, and then the lists.
  private mutating func variables(
    _ record: (shape: Shape, place: SourceRange)?, _ lists: [Text], _ store: ValueStore
  ) -> ValueMap {
    if let top, top.record === record?.shape, top.lists == lists {
      return ValueMap(shape: top.shape, in: store, from: 0, place: record?.place)
    }
    var keys = record.map { DistinctKeys($0.shape) } ?? DistinctKeys(room: lists.count)
    let distinct = keys.keys.count + lists.count
    for name in lists { _ = keys.slot(of: Key(name)) }
    guard keys.keys.count == distinct else { return merged(record, lists, store) }
    let shape = keys.shape
    top = TopShape(record: record?.shape, lists: lists, shape: shape)
    return ValueMap(shape: shape, in: store, from: 0, place: record?.place)
  }

  /// The same where names come twice: the last counts.
  private func merged(
    _ record: (shape: Shape, place: SourceRange)?, _ lists: [Text], _ store: ValueStore
  ) -> ValueMap {
    let names = (record?.shape.keys ?? []) + lists.map { Key($0) }
    let place = record.map { Text(source: store.source, range: $0.place) }
    return ValueMap(zip(names, store.values).map { ($0, $1) }, place: place)
  }

  /// The plain types that the set's own descriptor gives its fields.
  private static func declaredTypes(_ set: RecordSet) -> DeclaredTypes {
    var types = DeclaredTypes()
    guard let descriptor = set.descriptorRecord else { return types }
    for field in descriptor.fields where field.name.isSpelled("%type") {
      let value = field.value
      guard let names = value.part(from: 0, upTo: isSpace),
        let word = value.part(from: names.end, upTo: isSpace),
        let type = ColumnType(declared: value.text(word).string)
      else { continue }
      var end = names.start
      while let name = value.part(from: end, upTo: { isSpace($0) || $0 == UInt8(ascii: ",") }),
        name.end <= names.end
      {
        types.declare(Key(value.text(name)), type)
        end = name.end + 1
      }
    }
    return types
  }
}

private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A }

extension ColumnType {
  /// That of a type of recutils or of ours; nil for any other.
  fileprivate init?(declared name: String) {
    switch name {
    case "int", "range": self = .integer
    case "real": self = .real
    case "bool": self = .boolean
    default:
      guard let known = ValueType(rawValue: name) else { return nil }
      self = known.columnType
    }
  }
}

extension Text {
  /// The first part at or after an offset that holds no separator; nil where there is none.
  fileprivate func part(
    from offset: Int, upTo isSeparator: (UInt8) -> Bool
  ) -> (start: Int, end: Int)? {
    withBytes { bytes in
      var start = offset
      while start < bytes.count, isSeparator(bytes[start]) { start += 1 }
      var end = start
      while end < bytes.count, !isSeparator(bytes[end]) { end += 1 }
      return start < end ? (start, end) : nil
    }
  }

  fileprivate func text(_ part: (start: Int, end: Int)) -> Text {
    let first = Int(range.start)
    return Text(
      source: source, range: SourceRange(start: first + part.start, end: first + part.end))
  }
}

/// The types of fields by name; the last declaration counts.
private struct DeclaredTypes: Sendable {
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
  var words: [Text] { parts(isSpace) }

  func split(at separator: UInt8) -> [Text] {
    parts { $0 == separator }
  }

  private func parts(_ isSeparator: (UInt8) -> Bool) -> [Text] {
    var parts: [Text] = []
    var end = 0
    while let part = part(from: end, upTo: isSeparator) {
      parts.append(text(part))
      end = part.end
    }
    return parts
  }
}
