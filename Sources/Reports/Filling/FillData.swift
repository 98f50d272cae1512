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
/// of their maps, and files with the same descriptors what follows from these.
struct FillReader {
  /// The warnings about the file that was read last.
  private(set) var warnings: [Diagnostic] = []
  /// The folder in which the files that descriptors name are looked for, after that of the data.
  private let root: String?
  private var rules: FileRules?
  /// The way from the records of each set to maps, as the last file had them.
  private var mappings: [RecordMappings] = []
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

  init(root: String? = nil) { self.root = root }

  /// - Throws: everything that is wrong, also by the file's own descriptors.
  mutating func read(name: String, bytes: [UInt8]) throws(Problems) -> ValueMap {
    warnings = []
    let (source, flaws) = try Problems.collecting { () throws(Diagnostic) in
      try Source.readingOn(name: name, bytes: bytes)
    }
    if name.hasSuffix(".json") || FillReader.isObject(source.bytes) {
      try flaws.problems.throwIfErrors()
      return try JSONText.map(source, sharing: &shapes)
    }
    let file = DataFile(source, flaws, folder: Files.folder(of: name))
    var rules = takeRules(for: file)
    let problems = file.problems(by: &rules)
    self.rules = rules
    try problems.throwIfErrors()
    warnings = problems
    return try Problems.collecting { () throws(Diagnostic) in try variables(file.database) }
  }

  /// Those of the file before, if its descriptors are the same.
  private mutating func takeRules(for file: DataFile) -> FileRules {
    let sets = file.database.recordSets
    if let known = rules.take(), known.areThose(of: sets) { return known }
    let folders = DescriptorFolders(paths: [file.folder] + (root.map { [$0] } ?? []))
    let rules = FileRules(sets, in: folders)
    mappings = sets.map { set in
      let type = rules.type(of: set)
      return RecordMappings { name in
        let rule = type?.rule(for: name)
        return (Key(rule?.name ?? name), ColumnType(rule))
      }
    }
    return rules
  }

  /// Tells whether a text without a file name begins as JSON does and rec never can.
  private static func isObject(_ bytes: [UInt8]) -> Bool {
    bytes.first { $0 > 0x20 } == UInt8(ascii: "{")
  }

  private mutating func variables(_ database: Database) throws(Diagnostic) -> ValueMap {
    var top = ValueStore.Builder(database.source, room: 64)
    var record: (shape: Shape, place: SourceRange)?
    var lists = RecordLists(database)
    var names: [Text] = []
    for (index, set) in database.recordSets.enumerated() {
      let mappings = mappings[index]
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
    return try variables(record, names, top.finish())
  }

  private static let unnamed = Text("records")

  /// - Throws: that a list has the name of a field.
  /// - Parameter store: the values of the record, if there is one, and then the lists.
  private mutating func variables(
    _ record: (shape: Shape, place: SourceRange)?, _ lists: [Text], _ store: ValueStore
  ) throws(Diagnostic) -> ValueMap {
    if let top, top.record === record?.shape, top.lists == lists {
      return ValueMap(shape: top.shape, in: store, from: 0, place: record?.place)
    }
    var keys = record.map { DistinctKeys($0.shape) } ?? DistinctKeys(room: lists.count)
    let distinct = keys.keys.count + lists.count
    for name in lists { _ = keys.slot(of: Key(name)) }
    guard keys.keys.count == distinct else { throw repeated(lists, beside: record?.shape) }
    let shape = keys.shape
    top = TopShape(record: record?.shape, lists: lists, shape: shape)
    return ValueMap(shape: shape, in: store, from: 0, place: record?.place)
  }

  /// The problem of the first list that has the name of a field beside it.
  private func repeated(_ lists: [Text], beside record: Shape?) -> Diagnostic {
    let fields = record?.keys ?? []
    let list = lists.first { fields.contains(Key($0)) } ?? FillReader.unnamed
    return Diagnostic(.report(.listNamedLikeField(list.string)), at: list)
  }
}

func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A }

extension ColumnType {
  /// That of a field's type, be it of recutils or ours; a text for any other.
  fileprivate init(_ rule: FieldRule?) {
    if let known = rule?.valueType {
      self = known.columnType
      return
    }
    switch rule?.type {
    case .integer, .range: self = .integer
    case .real: self = .real
    case .boolean: self = .boolean
    default: self = .text
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
