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
  var sets: [KnownSet] = []
  /// Nil where a name of the last file's variables came twice.
  var top: TopShape?
  /// Of JSON objects.
  private var shapes = KnownShapes()
  /// Those of the file at hand.
  var feeds = LineFeeds()
  /// How many values and records the last file had.
  var room = (values: 0, rows: 0)

  /// A record set as the last file had it.
  struct KnownSet {
    let descriptor: Text
    var values: RecordValues
  }

  /// The variables of a file: the fields of its only record, if it has one, and its lists.
  struct TopShape {
    let record: Shape?
    let lists: [Text]
    let shape: Shape
  }

  mutating func read(name: String, bytes: [UInt8]) throws(Problems) -> ValueMap {
    let source = try Problems.collecting { () throws(Diagnostic) in
      try Source.reading(name: name, bytes: bytes, findingInto: &feeds).source
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
    var rows: [RecordItems.Row] = []
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
          RecordItems.Row(shape: shapes.count - 1, first: first, place: record.place.range))
      }
      names.append(set.type ?? FillReader.unnamed)
      ends.append(rows.count)
    }
    sets.removeLast(sets.count - database.recordSets.count)
    room = (values.count, rows.count)
    let store = values.finish()
    var start = 0
    for end in ends {
      top.append(.items(ItemList(RecordItems(store, shapes, rows, start..<end))))
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
