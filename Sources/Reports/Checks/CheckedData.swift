import Texts
import Diagnostics
import Records

/// A data file while rules go over it: its records, and what they are held against.
struct CheckedData {
  let records: TypedRecords
  let schema: Schema
  /// In the order of the documents.
  let kinds: [DocumentKind]
  let time: ReportTime
  let registers: CheckRegisters
  /// The words of the text at hand; their room is kept for the next text.
  var words: TextWords
  /// The documents, and where records go.
  var documents: FileDocuments
  /// The records of each type by their names, found when they are first asked for.
  private var named: [Int: NamedRecords] = [:]
  private var suggestions = Suggestions()

  /// Records by what names them; see ``RecordType/keyField``.
  private struct NamedRecords {
    var table = NameTable()
    var records: [TypedRecord] = []
  }

  init(
    _ records: TypedRecords, _ schema: Schema, of kinds: [DocumentKind] = [], _ time: ReportTime,
    _ registers: CheckRegisters,
    _ words: consuming TextWords, _ documents: FileDocuments
  ) {
    (self.records, self.schema, self.kinds, self.time) = (records, schema, kinds, time)
    (self.registers, self.words, self.documents) = (registers, words, documents)
  }

  /// The record of a type that has a name; the first of several.
  mutating func record(ofType type: Int, named name: Text) -> TypedRecord? {
    let known = namedRecords(ofType: type)
    return known.table.number(of: SourceBytes(name)).map { known.records[$0] }
  }

  /// The name that an unknown one was most likely meant to be.
  mutating func suggestion(for name: Text, ofType type: Int) -> String? {
    suggestions.nearest(to: name.string, type, among: namedRecords(ofType: type).table)
  }

  private mutating func namedRecords(ofType type: Int) -> NamedRecords {
    if let known = named[type] { return known }
    var found = NamedRecords()
    for record in records.records(ofType: type) {
      guard let name = record.name else { continue }
      found.table.insert(name, found.records.count)
      found.records.append(record)
    }
    named[type] = found
    return found
  }

  /// The day of the first document with a field, by the field's number.
  mutating func firstDay(ofField number: Int) -> DocumentDays.Day? {
    records.record(ofField: number).flatMap { firstDay(of: $0.record, $0.type) }
  }

  /// The day of the first document that a record of a type goes into; of a document its own.
  mutating func firstDay(of record: TypedRecord, _ type: Int) -> DocumentDays.Day? {
    if schema.types[type].name.isSpelled(Schema.documentType) {
      return documents.index(ofHead: record).flatMap { documents.documents[$0].day }
    }
    return documents.indices(for: record, ofType: type, among: records)
      .compactMap { documents.documents[$0].day }.min { $0.day < $1.day }
  }

  /// A field of a type as messages name it.
  func named(_ field: Text, ofType type: Int) -> NamedField {
    schema.types[type].rule(for: field)?.named ?? NamedField(field.string, label: nil)
  }
}
