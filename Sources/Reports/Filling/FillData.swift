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
/// of their maps, which are then worked out once.
struct FillReader {
  /// By their place in the file.
  var sets: [KnownSet] = []
  /// Nil where a name of the last file's variables came twice.
  var top: TopShape?
  /// Of JSON objects.
  private var shapes = KnownShapes()
  var room = Room()

  /// How many variables, values of records and records to expect.
  struct Room {
    let top: Int
    let values: Int
    let rows: Int

    /// Some more than a file had.
    init(top: Int = 0, values: Int = 0, rows: Int = 0) {
      (self.top, self.values, self.rows) = (top + 16, values + 64, rows + 16)
    }
  }

  /// A record set as the last file had it.
  final class KnownSet {
    let descriptor: Text
    /// The same.
    let descriptorBytes: SourceBytes
    @exclusivity(unchecked) var values: RecordValues

    init(descriptor: Text, values: RecordValues) {
      (self.descriptor, self.values) = (descriptor, values)
      descriptorBytes = SourceBytes(descriptor)
    }
  }

  /// The variables of a file: the fields of its only record, if it has one, and its lists.
  final class TopShape {
    let record: Shape?
    let lists: [Text]
    let shape: Shape

    init(record: Shape?, lists: [Text], shape: Shape) {
      (self.record, self.lists, self.shape) = (record, lists, shape)
    }
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
    if let map = readAsExpected(source) { return map }
    var problems: [Diagnostic] = []
    let database = Database.read(source, into: &problems)
    guard problems.isEmpty else { throw Problems(problems) }
    return variables(database)
  }

  /// Whether a text without a file name begins as JSON does and rec never can.
  private static func isObject(_ bytes: [UInt8]) -> Bool {
    bytes.first { $0 > 0x20 } == UInt8(ascii: "{")
  }

  mutating func variables(_ database: Database) -> ValueMap {
    let source = database.source
    var top = ValueStore.Builder(source, room: 64)
    var record: (shape: Shape, place: SourceRange)?
    var values = ValueStore.Builder(source, room: source.bytes.count / 32)
    var rows: [RecordTable.Row] = []
    var shapes: [Shape] = []
    // The names of the lists, and where the rows of each end.
    var (names, ends): ([Text], [Int]) = ([], [])
    for (index, set) in database.recordSets.enumerated() {
      know(set, at: index)
      if index == 0, set.records.count == 1, let first = set.records.first {
        record = (sets[index].values.append(first, to: &top), first.place.range)
        continue
      }
      for record in set.records {
        let first = values.count
        let shape = sets[index].values.append(record, to: &values)
        if shapes.last !== shape { shapes.append(shape) }
        rows.append(
          RecordTable.Row(shape: shapes.count - 1, first: first, place: record.place.range))
      }
      names.append(set.type ?? FillReader.unnamed)
      ends.append(rows.count)
    }
    sets.removeLast(sets.count - database.recordSets.count)
    room = Room(top: top.count, values: values.count, rows: rows.count)
    let table = RecordTable(values.finish(), rows)
    var start = 0
    for end in ends {
      top.append(RecordItems(table, shapes, start..<end))
      start = end
    }
    return topMap(record, names, top.finish())
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

  /// - Parameter store: the values of the record, if there is one, and then the lists.
  mutating func topMap(
    _ record: (shape: Shape, place: SourceRange)?, _ lists: [Text], _ store: ValueStore
  ) -> ValueMap {
    if let top, top.record === record?.shape, top.lists == lists {
      return ValueMap(shape: top.shape, in: store, from: 0, place: record?.place)
    }
    var keys = record.map { DistinctKeys($0.shape) } ?? DistinctKeys(room: lists.count)
    let distinct = keys.keys.count + lists.count
    for name in lists { _ = keys.slot(of: Key(name)) }
    guard keys.keys.count == distinct else {
      top = nil
      return mergedMap(record, lists, store)
    }
    let shape = keys.shape
    top = TopShape(record: record?.shape, lists: lists, shape: shape)
    return ValueMap(shape: shape, in: store, from: 0, place: record?.place)
  }

  /// The same where names come twice: the last counts.
  private func mergedMap(
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
