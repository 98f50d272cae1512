import Diagnostics
import Texts
import Records
import Vietnamese

/// A data file to fill in: every record type and field that the schemas of some kinds have, with
/// label, example and help as comments. It is valid as soon as the mandatory fields have values.
struct BlankForm {
  private let kinds: [DocumentKind]
  private let descriptors: [Descriptor]
  /// The data file of the last period, from which values that stay the same are taken.
  private let old: Database?
  private var text = FormText()

  init(_ kinds: [DocumentKind], from old: Database?) {
    (self.kinds, self.old) = (kinds, old)
    descriptors = kinds.flatMap(\.descriptors)
  }

  /// Writes the form: first the record types that must be filled in, then those that may be.
  mutating func bytes(into problems: inout [Diagnostic]) -> [UInt8] {
    let types = Schema(descriptors, own: [], into: &problems).types
    let others = types.filter {
      ![Schema.matterType, Schema.documentType].contains($0.name.string)
    }
    text.writeHead(titles: kinds.map(\.title.string), old: old?.source.name)
    text.writeDivider(FormText.neededPart)
    for type in types where type.name.string == Schema.matterType { writeSet(type) }
    writeDocuments(into: &problems)
    for type in others where isNeeded(type) { writeSet(type) }
    text.writeDivider(FormText.optionalPart)
    for type in others where !isNeeded(type) { writeSet(type) }
    return text.bytes
  }

  private func isNeeded(_ type: RecordType) -> Bool {
    leastCount(type.name.string) > 0 || !keptRecords(type.name.string).isEmpty
  }

  /// The least number of records of a type that one of the kinds asks for.
  private func leastCount(_ type: String) -> Int {
    descriptors.filter { $0.type.string == type }.map(\.leastCount).max() ?? 0
  }

  /// Writes a `van_ban` record for each kind, with the fields of that kind.
  private mutating func writeDocuments(into problems: inout [Diagnostic]) {
    text.openSet(Schema.documentType, [FormText.documents])
    for kind in kinds {
      let own = kind.descriptors.filter { $0.type.string == Schema.documentType }
      guard let type = RecordType(merging: own, into: &problems) else { continue }
      text.writeComments([kind.title.string + ".", own.last?.doc.last?.string ?? ""])
      let record = oldDocument(of: kind, type, own)
      write(record, fixed: [Schema.kindField: kind.name])
    }
  }

  /// Writes the records of a type: those kept from the last period, and empty ones up to the least
  /// number, at least one.
  private mutating func writeSet(_ type: RecordType) {
    let name = type.name.string
    let own = descriptors.filter { $0.type.string == name }
    let least = leastCount(name)
    let kept = keptRecords(name)
    text.openSet(name, [own.compactMap { $0.doc.first?.string }.first ?? ""])
    for index in 0..<max(kept.count, least, 1) {
      let old = index < kept.count ? kept[index] : nil
      write(
        FormRecord(type, from: old, own), fixed: [:], isOptional: least == 0 && old == nil,
        isExplained: index == 0)
    }
    guard name != Schema.matterType, let first = type.shownFields.first else { return }
    text.writeHowToAdd(first.name.string)
  }

  /// The records of the last period's file that the form takes over: of the matter, and of types
  /// for which a schema names fields to keep.
  private func keptRecords(_ type: String) -> [Record] {
    if type == Schema.matterType { return Array(oldRecords(type).prefix(1)) }
    let keepsFields = descriptors.contains { $0.type.string == type && !$0.kept.isEmpty }
    return keepsFields ? oldRecords(type) : []
  }

  /// The last period's document of the same kind; without one, the fields of its first document
  /// that all kinds share.
  private func oldDocument(
    of kind: DocumentKind, _ type: RecordType, _ descriptors: [Descriptor]
  ) -> FormRecord {
    let old = oldRecords(Schema.documentType)
    let same = old.first { $0.field(Schema.kindField)?.value.string == kind.name }
    if let same { return FormRecord(type, from: same, descriptors) }
    let shared = descriptors.filter { $0.type.source.name.hasSuffix(DocumentKind.sharedSchemaFile) }
    return FormRecord(type, from: old.first, shared, isOfOtherKind: true)
  }

  private func oldRecords(_ type: String) -> [Record] {
    old?.records(ofType: type) ?? []
  }

  /// Writes a record with its explanations.
  ///
  /// - Parameters:
  ///   - fixed: values by field that the form fills in itself.
  ///   - isOptional: whether the whole record may be left out; then even its mandatory fields are
  ///     commented out.
  ///   - isExplained: false for records after the first of a type: without explanations, and
  ///   without
  ///     fields that are neither mandatory nor used in the last period.
  private mutating func write(
    _ record: FormRecord, fixed: [String: String], isOptional: Bool = false,
    isExplained: Bool = true
  ) {
    for rule in record.type.shownFields {
      let name = rule.name.string
      let values = record.values(of: rule)
      let fixedValue = fixed[name] ?? rule.onlyValue
      if isExplained { text.explain(rule, isFixed: fixedValue != nil) }
      if let value = fixedValue {
        text.writeField(name, value)
      } else if let next = rule.nextPeriod(after: values) {
        text.writeLastTime(values)
        text.writeField(name, next)
      } else if record.kept.contains(name), !values.isEmpty {
        for value in values { text.writeField(name, value) }
      } else if isExplained || rule.isMandatory || !values.isEmpty {
        text.writeLastTime(values)
        text.writeEmptyField(name, isCommented: isOptional || !rule.isMandatory)
      }
    }
    text.endRecord()
  }
}

/// A record of the form, with the values that a record of the last period has for its fields.
private struct FormRecord {
  let type: RecordType
  /// The fields whose old values are written again.
  let kept: Set<String>
  private let old: Record?
  /// Tells whether the old record is a document of another kind, of which only kept fields count.
  private let isOfOtherKind: Bool

  init(
    _ type: RecordType, from old: Record?, _ descriptors: [Descriptor],
    isOfOtherKind: Bool = false
  ) {
    (self.type, self.old, self.isOfOtherKind) = (type, old, isOfOtherKind)
    kept = Set(descriptors.flatMap(\.kept))
  }

  /// The old values of a field; for a document of another kind, only those valid in this one.
  func values(of rule: FieldRule) -> [String] {
    guard let old, !isOfOtherKind || kept.contains(rule.name.string) else { return [] }
    let values = old.fields.filter { type.rule(for: $0.name)?.name == rule.name }.map(\.value)
    return values.filter { value in
      !value.isEmpty && !(isOfOtherKind && rule.type?.lack(of: value) != nil)
    }.map(\.string)
  }
}

extension Descriptor {
  /// The fields that stay the same from one period to the next, declared as `giu_lai: FIELD …`.
  fileprivate var kept: [String] {
    remarks.filter { $0.name.string == "giu_lai" }
      .flatMap { $0.value.string.split(separator: " ").map(String.init) }
  }
}

extension RecordType {
  /// The fields that a data file may have, in the order of the schema.
  fileprivate var shownFields: [FieldRule] {
    fields.filter {
      ($0.isMandatory || $0.isKey || $0.isAllowed || !isClosed) && $0.prohibitedAt == nil
    }
  }
}

extension FieldRule {
  /// The value of a mandatory field that has only one possible value; nil for other fields.
  fileprivate var onlyValue: String? {
    guard isMandatory, case .enumeration(let words)? = type, words.count == 1 else { return nil }
    return words[0].string
  }

  /// The period after the old one, for a field that holds a period; nil where no such period has
  /// the same length.
  fileprivate func nextPeriod(after values: [String]) -> String? {
    guard typeName?.string == ValueType.ky.rawValue, let value = values.first,
      let next = (try? Period(Text(value)))?.next
    else { return nil }
    return next.written
  }
}

extension TemplateCollection {
  /// The blank form of a data file for documents of some kinds.
  ///
  /// - Parameters:
  ///   - names: the names of the kinds; empty for those of the last period's file.
  ///   - old: the data file of the last period, from which the form takes what stays the same.
  /// - Throws: unknown kinds, each with the likeliest one; what is wrong with the schemas.
  public func blankForm(
    of names: [String], from old: DataFile?
  ) throws(Problems) -> [UInt8] {
    let wanted = names.isEmpty ? old?.kindNames ?? [] : names
    var kinds: [DocumentKind] = []
    var problems: [Diagnostic] = []
    for name in wanted where !kinds.contains(where: { $0.name == name }) {
      if let kind = try kind(named: name) {
        kinds.append(kind)
      } else {
        let plain = withoutMarks(name.lowercased()).replacing(" ", with: "-")
        let suggestion = nearest(to: plain, among: kindNames)
        let problem = ReportProblem.unknownKind(name, suggestion: suggestion, known: kindNames)
        problems.append(Diagnostic(.report(problem), at: nil))
      }
    }
    if kinds.isEmpty, !problems.hasErrors {
      problems.append(Diagnostic(.report(.noDocument), at: old?.database.source.firstLine))
    }
    try problems.throwIfErrors()
    var form = BlankForm(kinds, from: old?.database)
    let bytes = form.bytes(into: &problems)
    try problems.throwIfErrors()
    return bytes
  }
}

extension DataFile {
  fileprivate var kindNames: [String] {
    documentRecords(ofKind: nil).compactMap { $0.field(Schema.kindField)?.value.string }
  }
}
