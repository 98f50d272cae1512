import Diagnostics
import Texts

/// A rec text that has been read: its records in order, with the place of every name and value.
public struct Database: Sendable {
  let storage: Storage

  /// The text it was read from.
  public var source: Source { storage.source }

  /// The oddities that the reader accepted although recutils would not: labels in place of names, a
  /// blank before a colon. Warnings.
  public var irregularities: [Diagnostic] { storage.irregularities }

  /// The record sets in the order of the file: one for each `%rec`, and before them one without
  /// a type when records stand before the first `%rec`.
  public var recordSets: RecordSetList { RecordSetList(storage: storage) }

  /// The comments in the order of the file, each a line from its `#` on.
  public var comments: [Text] {
    storage.comments.map { Text(source: source, range: $0.range) }
  }

  /// A record by its number; those of the descriptors count too.
  public func record(_ number: Int) -> Record {
    Record(storage: storage, slot: storage.records[number])
  }

  /// The value of a field by its number, see ``Record/firstField``.
  public func value(ofField number: Int) -> Text { storage.value(of: storage.fields[number]) }

  /// The records of a type, of all its record sets, in the order of the file.
  public func records(ofType type: String) -> [Record] {
    var records: [Record] = []
    for index in storage.sets.indices where storage.isSet(index, ofType: type) {
      records += recordSets[index].records
    }
    return records
  }

  /// The record set of a type, or nil.
  public func recordSet(ofType type: String) -> RecordSet? {
    storage.sets.indices.first { storage.isSet($0, ofType: type) }.map { recordSets[$0] }
  }
}

/// Records that share a record descriptor.
public struct RecordSet: Sendable {
  let storage: Storage
  let slot: RecordSetSlot

  /// The name after `%rec`; nil for records that stand before any descriptor.
  public var type: Text? {
    slot.descriptor < 0 ? nil : Text(source: storage.source, range: slot.type)
  }

  /// The descriptor as a record; ``Descriptor`` is its parsed form.
  public var descriptorRecord: Record? {
    slot.descriptor < 0
      ? nil : Record(storage: storage, slot: storage.records[Int(slot.descriptor)])
  }

  public var records: RecordList {
    RecordList(storage: storage, startIndex: Int(slot.start), endIndex: Int(slot.end))
  }

  /// Tells whether its descriptor says more than the type.
  public var hasRules: Bool {
    guard slot.descriptor >= 0 else { return false }
    let record = storage.records[Int(slot.descriptor)]
    guard record.end - record.start == 1 else { return true }
    return storage.value(of: storage.fields[Int(record.start)]).hasSeveralWords
  }
}

/// Fields between two blank lines.
public struct Record: Sendable {
  @usableFromInline let storage: Storage
  @usableFromInline let slot: RecordSlot

  /// Records with the same shape number have the same field names in the same order, so what is
  /// worked out from the names of one holds for the others. Numbers count up from 0 in a database.
  public var shape: Int { Int(slot.shape) }

  /// The number of its first field; those of a database are counted up from 0.
  public var firstField: Int { Int(slot.start) }

  public var fields: FieldList {
    FieldList(storage: storage, startIndex: Int(slot.start), endIndex: Int(slot.end))
  }

  /// The name of its first field, where messages about the whole record point to.
  public var place: Text {
    Text(source: storage.source, range: storage.fields[Int(slot.start)].name)
  }

  /// All of it in the file, from the first name to the last value.
  public var text: Text {
    let last = storage.fields[Int(slot.end) - 1].value
    return Text(source: storage.source, range: place.range.joined(with: last))
  }

  /// Calls `visit` with the offset of each field, in order, and where its value stands in the
  /// source; with nil for a value with `+ ` lines or `\` joins, which is a text of its own.
  @inlinable @inline(__always)
  public func forEachRange(_ visit: (Int, SourceRange?) -> Void) {
    let array = storage.fields
    let fields = array.span
    let start = Int(slot.start)
    for index in start..<Int(slot.end) { visit(index &- start, fields[index].plainRange) }
  }

  /// The value of the field at an offset, as `fields` would give it but without the field.
  public func value(at offset: Int) -> Text {
    storage.value(of: storage.fields[Int(slot.start) + offset])
  }

  /// The first field of a name, or nil.
  public func field(_ name: String) -> Field? {
    firstField(name).map { Field(storage: storage, slot: storage.fields[$0]) }
  }

  private func firstField(_ name: String) -> Int? {
    let (array, source) = (storage.fields, storage.source)
    let fields = array.span
    for index in Int(slot.start)..<Int(slot.end) where source.holds(name, at: fields[index].name) {
      return index
    }
    return nil
  }

  /// The values of all fields of a name.
  public func values(_ name: String) -> [Text] {
    let (array, source) = (storage.fields, storage.source)
    let fields = array.span
    var values: [Text] = []
    for index in Int(slot.start)..<Int(slot.end) where source.holds(name, at: fields[index].name) {
      values.append(storage.value(of: fields[index]))
    }
    return values
  }
}

/// A name and a value.
public struct Field: Sendable {
  let storage: Storage
  let slot: FieldSlot

  /// The name as written: a rec name, or a label such as `Người chủ trì`.
  public var name: Text { Text(source: storage.source, range: slot.name) }

  /// The value without the blank after the colon. With `+ ` lines or `\` joins it is a computed
  /// text whose origin is the place in the file.
  public var value: Text { storage.value(of: slot) }

  /// Tells whether the name is one that recutils reads: `[a-zA-Z%][a-zA-Z0-9_]*`.
  public var isCanonicalName: Bool { name.isFieldName }
}

public struct FieldList: RandomAccessCollection, Sendable {
  let storage: Storage
  public let startIndex: Int
  public let endIndex: Int

  public subscript(position: Int) -> Field {
    Field(storage: storage, slot: storage.fields[position])
  }
}

public struct RecordList: RandomAccessCollection, Sendable {
  let storage: Storage
  public let startIndex: Int
  public let endIndex: Int

  public subscript(position: Int) -> Record {
    Record(storage: storage, slot: storage.records[position])
  }
}

public struct RecordSetList: RandomAccessCollection, Sendable {
  let storage: Storage
  public var startIndex: Int { 0 }
  public var endIndex: Int { storage.sets.count }

  public subscript(position: Int) -> RecordSet {
    RecordSet(storage: storage, slot: storage.sets[position])
  }
}

// MARK: - Storage

/// The flat arrays behind a ``Database``: sets are ranges of records, records ranges of fields.
@usableFromInline
final class Storage: Sendable {
  let source: Source
  @usableFromInline let fields: [FieldSlot]
  let records: [RecordSlot]
  let sets: [RecordSetSlot]
  let comments: [CommentSlot]
  /// The values that had to be computed: those with `+ ` lines or `\` joins.
  let folded: [Text]
  let irregularities: [Diagnostic]

  init(_ reader: consuming Reader, sets: [RecordSetSlot]) {
    source = reader.source
    fields = reader.fields
    records = reader.records
    comments = reader.comments
    folded = reader.folded
    irregularities = reader.irregularities
    self.sets = sets
  }

  /// The same text with other fields; the records are as many as they were.
  init(_ whole: Storage, fields: [FieldSlot], records: [RecordSlot]) {
    (source, sets, comments) = (whole.source, whole.sets, whole.comments)
    (folded, irregularities) = (whole.folded, whole.irregularities)
    (self.fields, self.records) = (fields, records)
  }

  func isSet(_ index: Int, ofType type: String) -> Bool {
    let set = sets[index]
    guard set.descriptor >= 0, set.type.count == type.utf8.count else { return false }
    return source.withBytes(set.type) { bytes in
      for (offset, byte) in type.utf8.enumerated() where bytes[offset] != byte { return false }
      return true
    }
  }

  @inline(__always)
  func value(of slot: FieldSlot) -> Text {
    slot.folded < 0 ? Text(source: source, range: slot.value) : folded[Int(slot.folded)]
  }
}

@usableFromInline
struct FieldSlot: BitwiseCopyable, Sendable {
  @usableFromInline var name: SourceRange
  /// For a folded value, all of its lines.
  @usableFromInline var value: SourceRange
  /// Index into ``Storage/folded``, or -1 for a plain value.
  @usableFromInline var folded: Int32

  @inlinable var plainRange: SourceRange? { folded < 0 ? value : nil }
}

@usableFromInline
struct RecordSlot: BitwiseCopyable, Sendable {
  @usableFromInline var start: Int32
  @usableFromInline var end: Int32
  var shape: Int32
}

struct RecordSetSlot: Sendable {
  /// Index of the record that is the descriptor, or -1.
  var descriptor: Int32
  var type: SourceRange
  var start: Int32
  var end: Int32
}

struct CommentSlot: Sendable {
  /// From the `#` to the end of the line.
  var range: SourceRange
  /// The field that follows it, and the record that it stands in or before.
  var field: Int32
  var record: Int32
  /// Tells whether a blank line follows.
  var endsBlock: Bool
}

extension Text {
  /// Tells whether it is a field name of recutils.
  public var isFieldName: Bool {
    guard let first = bytes.first, first.isNameStart else { return false }
    return bytes.dropFirst().allSatisfy(\.isNamePart)
  }

  /// Tells whether it is a name that recutils takes for a record type.
  var isTypeName: Bool {
    guard let first = bytes.first, first.isNameStart else { return false }
    return bytes.dropFirst().allSatisfy { $0.isNamePart || $0 == UInt8(ascii: "-") }
  }

  /// Tells whether white space stands between parts of it.
  fileprivate var hasSeveralWords: Bool {
    withBytes { bytes in
      var (words, isInWord) = (0, false)
      for index in bytes.indices {
        if !bytes[index].isSpace, !isInWord { words += 1 }
        isInWord = !bytes[index].isSpace
      }
      return words > 1
    }
  }
}
