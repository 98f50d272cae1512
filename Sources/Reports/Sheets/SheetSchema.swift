import Diagnostics
import Texts
import Records

/// The schema for the records of a sheet.
struct SheetSchema {
  /// The type of the sheet's records.
  let type: RecordType
  /// All record types, among which references are sought.
  let schema: Schema
  /// The type of the head by document kind; empty unless the sheet holds `van_ban` records.
  private let heads: [String: RecordType]
  /// The fields of the type that the schemas declare, but not those that the data file declares
  /// itself.
  private let declared: Set<Text>

  /// Merges the descriptors that all kinds share, those of the kinds of the file's documents, and
  /// the file's own. A sheet of document heads (`van_ban`) has the fields of all kinds.
  ///
  /// - Throws: that no descriptor has the type, or what is wrong with the descriptors.
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
    try problems.throwIfErrors()
    guard let type = schema.type(named: name) ?? alone else {
      let known = Set((descriptors + own).map(\.type.string))
      let problem = ReportProblem.unknownRecordType(
        name, suggestion: nearest(to: name, among: known), known: KnownNames(known.sorted()))
      throw Problems([Diagnostic(.report(problem), at: nil)])
    }
    (self.type, self.schema, self.heads) = (type, schema, heads)
    declared = Set(
      descriptors.filter { $0.type == type.name }.flatMap { $0.blocks.map(\.name) })
  }

  /// Tells whether records of the type are right where each of their values is, and none is missing.
  var hasFieldRulesOnly: Bool {
    type.constraints.isEmpty && type.size == nil && type.name.string != Schema.documentType
  }

  /// All problems of the records of the type.
  func problems(of database: Database) -> [Diagnostic] {
    let types = schema.types.filter { $0.name != type.name } + [type]
    let records = database.recordSets.filter { $0.type == type.name }.flatMap(\.records)
    if type.name.string == Schema.documentType {
      return records.flatMap { record in
        let head = record.field("mau").flatMap { heads[$0.value.string] } ?? type
        return head.check(record, among: types) + nothings(in: record, of: head)
      }
    }
    return database.check(against: types).suggestingValues.preferring(
      records.flatMap { type.typedProblems(of: $0) + nothings(in: $0, of: type) })
  }

  /// The problems of running texts that say that there is nothing.
  private func nothings(in record: Record, of type: RecordType) -> [Diagnostic] {
    record.fields.compactMap { field in
      guard let rule = type.rule(for: field.name), rule.type == nil, rule.valueType == nil,
        !rule.isKey, declared.contains(rule.name)
      else { return nil }
      return rule.problem(ofNothing: field.value, isFigure: false)
    }
  }
}

extension TemplateCollection {
  /// The descriptors of `khung/chung.rec`, which all kinds share.
  func sharedDescriptors() throws(Problems) -> [Descriptor] {
    var problems: [Diagnostic] = []
    let descriptors = try Problems.collecting { () throws(Diagnostic) in
      try DocumentKind.descriptors(
        ofFile: DocumentKind.sharedSchemaFile, in: folder, into: &problems)
    }
    try problems.throwIfErrors()
    return descriptors
  }
}

extension RecordType {
  /// The header of a field's column: the short label if no other label begins so, else the whole
  /// label, each with the name in brackets behind it where they do not identify the field.
  func header(of field: FieldRule) -> String {
    guard let label = field.label else { return exactHeader(of: field.name, label: nil) }
    let short = label.shortLabel.lowercased()
    let isOnly = !fields.contains { other in
      other.name != field.name && other.label?.string.lowercased().hasPrefix(short) == true
    }
    let header = isOnly ? label.shortLabel : label.string
    return identifies(header, field.name) ? header : exactHeader(of: field.name, label: header)
  }

  /// The header of a column that has a field of exactly this name.
  func exactHeader(of name: Text, label: String?) -> String {
    if label == nil, identifies(name.string, name) { return name.string }
    return (label.map { $0 + " " } ?? "") + "[\(name.string)]"
  }

  private func identifies(_ header: String, _ name: Text) -> Bool {
    guard !SheetHeader.isRowNumber(header) else { return false }
    return rule(forHeader: Text(header)).map { $0.name == name }
      ?? (!isClosed && header == name.string)
  }

  /// The headers of all columns that a sheet may have.
  var headers: [String] { fields.filter(\.isAllowed).map(header) }
}

extension Text {
  /// The label without what follows a comma or bracket: `Nơi nhận` of `Nơi nhận (mỗi dòng một nơi)`.
  var shortLabel: String {
    let text = string
    let end = text.firstIndex { $0 == "," || $0 == "(" } ?? text.endIndex
    return text[..<end].split(separator: " ").joined(separator: " ")
  }
}
