import Diagnostics
import Texts
import Records

/// What is known of the record type that a sheet holds.
struct SheetSchema {
  let type: RecordType
  let schema: Schema
  /// What each kind demands of its documents' heads, where the sheet holds such heads.
  private let heads: [String: RecordType]

  /// The descriptors that all kinds share, those of the kinds of the file's documents, and the
  /// file's own. A sheet of document heads has the fields of all kinds.
  ///
  /// - Throws: that nobody knows the type.
  init(_ name: String, of file: DataFile?, _ templates: TemplateCollection) throws(Problems) {
    var problems: [Diagnostic] = []
    var descriptors = try templates.sharedDescriptors()
    var heads: [String: RecordType] = [:]
    let isHeads = name == Schema.documentType
    let named =
      file?.documentRecords(ofKind: nil).compactMap { $0.field("mau")?.value.string } ?? []
    for kind in isHeads ? templates.kindNames : named {
      guard let kind = try templates.kind(named: kind) else { continue }
      descriptors += kind.descriptors
      let head = kind.descriptors.filter { isHeads && $0.type.string == name }
      heads[kind.name] = RecordType(merging: head, into: &problems)
    }
    let own = file?.descriptorsOfAllTypes(templates.folder, into: &problems) ?? []
    let schema = Schema(descriptors, own: own, into: &problems)
    let alone = RecordType(merging: own.filter { $0.type.string == name }, into: &problems)
    guard problems.isEmpty else { throw Problems(problems) }
    guard let type = schema.type(named: name) ?? alone else {
      let known = Set((descriptors + own).map(\.type.string))
      let problem = ReportProblem.unknownRecordType(
        name, suggestion: nearest(to: name, among: known))
      throw Problems([Diagnostic(.report(problem), at: nil)])
    }
    (self.type, self.schema, self.heads) = (type, schema, heads)
  }

  /// Everything wrong with the records of the type.
  func problems(of database: Database) -> [Diagnostic] {
    let types = schema.types.filter { $0.name != type.name } + [type]
    let records = database.recordSets.filter { $0.type == type.name }.flatMap(\.records)
    if type.name.string == Schema.documentType {
      return records.flatMap { record in
        let head = record.field("mau").flatMap { heads[$0.value.string] } ?? type
        return head.check(record, among: types)
      }
    }
    return database.check(against: types).suggestingValues.preferring(
      records.flatMap(type.typedProblems))
  }
}

extension TemplateCollection {
  /// What all kinds demand of the record types.
  func sharedDescriptors() throws(Problems) -> [Descriptor] {
    var problems: [Diagnostic] = []
    let descriptors = try Problems.collecting { () throws(Diagnostic) in
      try DocumentKind.descriptors(
        ofFile: DocumentKind.sharedSchemaFile, in: folder, into: &problems)
    }
    guard problems.isEmpty else { throw Problems(problems) }
    return descriptors
  }
}

extension RecordType {
  /// What stands above the column of a field: its label, without what the label explains after a
  /// comma or in brackets, where that is enough to find the field.
  func header(of field: FieldRule) -> String {
    let headers = [field.label?.shortLabel, field.label?.string].compactMap { $0 }
    return headers.first { header in
      !SheetHeader.isCount(header) && self.rule(forHeader: Text(header))?.name == field.name
    } ?? field.name.string
  }

  /// The headers of all columns that a sheet may have.
  var headers: [String] { fields.filter(\.isAllowed).map(header) }
}

extension Text {
  /// `Nơi nhận` of `Nơi nhận (mỗi dòng một nơi)`.
  var shortLabel: String {
    let text = string
    let end = text.firstIndex { $0 == "," || $0 == "(" } ?? text.endIndex
    return text[..<end].split(separator: " ").joined(separator: " ")
  }
}
