import Diagnostics
import Texts
import Records
import Vietnamese

/// A data file to fill in: every record type and field that the schemas of some kinds know, with
/// label, example and help as comments. Valid as soon as the mandatory fields are filled.
struct BlankForm {
  private let kinds: [DocumentKind]
  private let descriptors: [Descriptor]
  /// The data file of the period before; what stays the same is taken from it.
  private let old: Database?
  private var text = FormText()

  init(_ kinds: [DocumentKind], from old: Database?) {
    (self.kinds, self.old) = (kinds, old)
    descriptors = kinds.flatMap(\.descriptors)
  }

  /// The whole form: first what must be filled in, then what may be.
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
    leastCount(type.name.string) > 0 || !stayingRecords(type.name.string).isEmpty
  }

  private func leastCount(_ type: String) -> Int {
    descriptors.filter { $0.type.string == type }.map(\.leastCount).max() ?? 0
  }

  /// One record for each document that the form is for, each of its kind's own fields.
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

  /// The records of one type: those that stay, or as many empty ones as are needed.
  private mutating func writeSet(_ type: RecordType) {
    let name = type.name.string
    let own = descriptors.filter { $0.type.string == name }
    let least = leastCount(name)
    let staying = stayingRecords(name)
    text.openSet(name, [own.compactMap { $0.doc.first?.string }.first ?? ""])
    for index in 0..<max(staying.count, least, 1) {
      let old = index < staying.count ? staying[index] : nil
      write(
        FormRecord(type, from: old, own), fixed: [:], isOptional: least == 0 && old == nil,
        isExplained: index == 0)
    }
    guard name != Schema.matterType, let first = type.shownFields.first else { return }
    text.writeHowToAdd(first.name.string)
  }

  /// The records of the old file that the new one has too, with those fields that stay.
  private func stayingRecords(_ type: String) -> [Record] {
    if type == Schema.matterType { return Array(oldRecords(type).prefix(1)) }
    let stays = descriptors.contains { $0.type.string == type && !$0.kept.isEmpty }
    return stays ? oldRecords(type) : []
  }

  /// The old document of the same kind; else what all kinds share of the first one.
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

  /// - Parameters:
  ///   - isOptional: the record as a whole may be left out, so all of it is commented out.
  ///   - isExplained: false for records after the first of a set, which leave out the explanations
  ///     and the fields that neither are mandatory nor were used.
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

/// A record to write: the fields of its type, and what an old one has of them.
private struct FormRecord {
  let type: RecordType
  let kept: Set<String>
  private let old: Record?
  /// Of a document of another kind only what stays means something here.
  private let isOfOtherKind: Bool

  init(
    _ type: RecordType, from old: Record?, _ descriptors: [Descriptor],
    isOfOtherKind: Bool = false
  ) {
    (self.type, self.old, self.isOfOtherKind) = (type, old, isOfOtherKind)
    kept = Set(descriptors.flatMap(\.kept))
  }

  func values(of rule: FieldRule) -> [String] {
    guard let old, !isOfOtherKind || kept.contains(rule.name.string) else { return [] }
    let values = old.fields.filter { type.rule(for: $0.name)?.name == rule.name }.map(\.value)
    return values.filter { value in
      !value.isEmpty && !(isOfOtherKind && rule.type?.lack(of: value) != nil)
    }.map(\.string)
  }
}

extension Descriptor {
  /// `giu_lai: FIELD …`: what stays the same from one period to the next.
  fileprivate var kept: [String] {
    remarks.filter { $0.name.string == "giu_lai" }
      .flatMap { $0.value.string.split(separator: " ").map(String.init) }
  }
}

extension RecordType {
  /// The fields that a data file may use, in the order in which the schema names them.
  fileprivate var shownFields: [FieldRule] {
    fields.filter {
      ($0.isMandatory || $0.isKey || $0.isAllowed || !isClosed) && $0.prohibitedAt == nil
    }
  }
}

extension FieldRule {
  /// The value of a mandatory field that can have but one.
  fileprivate var onlyValue: String? {
    guard isMandatory, case .enumeration(let words)? = type, words.count == 1 else { return nil }
    return words[0].string
  }

  /// The period after the one of the old file, where there is one as long.
  fileprivate func nextPeriod(after values: [String]) -> String? {
    guard typeName?.string == ValueType.ky.rawValue, let value = values.first,
      let next = (try? Period(Text(value)))?.next
    else { return nil }
    return next.written
  }
}

extension TemplateCollection {
  /// The blank form of a data file for documents of these kinds.
  ///
  /// - Parameters:
  ///   - names: of kinds; empty for those of the old file.
  ///   - old: the data file of the period before, of which the form takes over what stays.
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
    if kinds.isEmpty, problems.isEmpty {
      problems.append(Diagnostic(.report(.noDocument), at: old?.database.source.firstLine))
    }
    guard problems.isEmpty else { throw Problems(problems) }
    var form = BlankForm(kinds, from: old?.database)
    let bytes = form.bytes(into: &problems)
    guard problems.isEmpty else { throw Problems(problems) }
    return bytes
  }
}

extension DataFile {
  fileprivate var kindNames: [String] {
    documentRecords(ofKind: nil).compactMap { $0.field(Schema.kindField)?.value.string }
  }
}
