import Diagnostics
import Records
import Texts

/// What a form sends back of one section.
public struct SectionEdit: Sendable {
  /// A record of the section as it shall be.
  public struct Entry: Sendable {
    /// The record that it is, by its number in the file that the form was made of; nil for a new one.
    public let origin: Int?
    /// The values of fields, by their names. Fields that are not named stay as they are; values without
    /// anything to see are none.
    public let values: [String: [String]]

    public init(origin: Int?, values: [String: [String]]) {
      (self.origin, self.values) = (origin, values)
    }
  }

  /// The record type.
  public let type: String
  /// The records in the order in which they shall stand; those of the file that none of them is are
  /// removed.
  public let entries: [Entry]

  public init(type: String, entries: [Entry]) { (self.type, self.entries) = (type, entries) }
}

/// A data file after an edit.
public struct EditedFile: Sendable {
  public let bytes: [UInt8]
  /// Where the edit and the file changed the same to different values; the file's are in the bytes.
  public let conflicts: [EditConflict]
  /// Where the records of the edit are in the bytes, by their numbers in the edit; those that are not there
  /// any more, and those in which nothing was filled in, have none.
  public let places: [Int: Int]
}

/// A field that an edit and the file changed to different values, or of a record that one of them removed
/// and the other changed.
public struct EditConflict: Sendable {
  /// Where it is in the edited file. Of a record that is not there any more, the place that it would have.
  public let place: EntryPlace
  /// The values of the edit, of the file, and of the file that the edit was made on; none where the record
  /// was removed.
  public let mine, theirs, base: [String]
  /// Whether the file does not have the record any more. What was written stands nowhere then.
  public let isGone: Bool
}

extension DataFile {
  /// The number of its records of a type.
  public func count(ofType type: String) -> Int { database.records(ofType: type).count }

  /// The file after an edit of one of its sections. Comments, the order of fields, spacing, and all that is
  /// not in the section stay to the byte.
  ///
  /// The edit was made on `base`, and the file may have changed since. Both changes are kept, by record and
  /// field; where they disagree, the file stays as it is and the conflict is told. Records are known again
  /// by what they hold, by their key or name, or else by their place.
  ///
  /// - Throws: a type or field that there is not; characters that have no place in a text.
  public func applying(
    _ edit: SectionEdit, madeOn base: DataFile, _ templates: TemplateCollection
  ) throws(Problems) -> EditedFile {
    let schema = try EntrySchema(of: self, templates)
    guard let type = schema.schema.type(named: edit.type) else {
      throw Problems([schema.unknownType(edit.type)])
    }
    let entries = try edit.readable(type, schema, of: base)
    let merge = SectionMerge(
      entries, base: base.database.records(ofType: edit.type),
      current: database.records(ofType: edit.type), type)
    let records = merge.records.map { record in
      EditedRecord(
        origin: record.current, values: record.values,
        order: schema.order(of: type, ofKind: merge.kind(of: record)))
    }
    let order = EntryForm.order(of: schema, in: database).map(\.type.name.string)
    let bytes = database.editing(edit.type, records, among: order) { type.name(of: $0).string }
    return EditedFile(bytes: bytes, conflicts: merge.conflicts, places: merge.places)
  }
}

extension EntrySchema {
  /// The order of the fields of a record, and which of them stay without a value.
  fileprivate func order(of type: RecordType, ofKind kind: String?) -> FieldOrder {
    let own = self.type(named: type.name.string, ofKind: kind) ?? type
    let isHead = type.name.isSpelled(Schema.documentType)
    let fields = fields(of: own, ofKind: kind)
    let told = isHead ? own.headFieldsToldElsewhere : []
    // Of a head of an unknown kind nobody knows what it needs.
    let isKnown = !isHead || kinds.contains { $0.name == kind }
    return FieldOrder(
      names: fields.map(\.name.string),
      mandatory: Set(isKnown ? fields.filter { $0.isNeeded(told: told) }.map(\.name.string) : []),
      blanksCount: Set(fields.map(\.name.string).filter(type.keepsBlanks)))
  }
}

// MARK: - Values as they are written

extension SectionEdit {
  /// The entries with values as a reader of the file reads them; the fields in the order of the schema.
  ///
  /// - Throws: fields that there are not, characters that have no place in a text.
  fileprivate func readable(
    _ type: RecordType, _ schema: EntrySchema, of base: DataFile
  ) throws(Problems) -> [ReadableEntry] {
    let known = KnownFields(type, schema, base.database.records(ofType: self.type))
    var problems: [Diagnostic] = []
    var seen: Set<Int> = []
    var found: [ReadableEntry] = []
    for (index, entry) in entries.enumerated() {
      var values: [(name: String, values: [String])] = []
      for (field, sent) in entry.values.sorted(by: { known.isOrdered($0.key, $1.key) }) {
        guard known.contains(field) else {
          problems.append(type.unknownField(field, at: nil))
          continue
        }
        var read: [String] = []
        for value in sent {
          do throws(Diagnostic) {
            read.append(try SectionEdit.readable(value, "\(self.type).\(field)"))
          } catch {
            problems.append(error)
          }
        }
        values.append((field, type.keepsBlanks(field) ? read : read.filter { !$0.isBlank }))
      }
      let isOfBase = entry.origin.map { known.count > $0 && $0 >= 0 && seen.insert($0).inserted }
      let origin = isOfBase ?? false ? entry.origin : nil
      // A row in which nothing was filled in is none.
      if origin == nil, values.allSatisfy(\.values.isEmpty) { continue }
      found.append(ReadableEntry(index: index, origin: origin, values: values))
    }
    try problems.throwIfErrors()
    return found
  }

  /// A value as the reader of a file would have it; a message about it names the type and the field.
  private static func readable(_ value: String, _ name: String) throws(Diagnostic) -> String {
    let source = try Source.reading(name: name, bytes: Array(value.utf8)).source
    return String(decoding: source.bytes, as: UTF8.self)
  }
}

/// An entry whose fields are known and whose values are right as text.
struct ReadableEntry {
  /// Its number in the edit.
  let index: Int
  let origin: Int?
  let values: [(name: String, values: [String])]
}

/// The fields that an edit may name.
private struct KnownFields {
  /// The number of records.
  let count: Int
  private var order: [String: Int] = [:]
  private let isOpen: Bool

  init(_ type: RecordType, _ schema: EntrySchema, _ records: [Record]) {
    (count, isOpen) = (records.count, !type.isClosed)
    var names = type.fields.map(\.name.string)
    for kind in schema.kinds {
      names +=
        schema.type(named: type.name.string, ofKind: kind.name)?.fields.map(\.name.string) ?? []
    }
    for record in records { names += record.fields.map { type.name(of: $0).string } }
    for name in names where order[name] == nil { order[name] = order.count }
  }

  func contains(_ name: String) -> Bool {
    order[name] != nil || isOpen && Text(name).isFieldName
  }

  func isOrdered(_ one: String, _ other: String) -> Bool {
    (order[one] ?? Int.max, one) < (order[other] ?? Int.max, other)
  }
}

extension String {
  /// Tells whether there is nothing to see in it.
  fileprivate var isBlank: Bool { Text(self).isBlank }
}
