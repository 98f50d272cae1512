import Diagnostics
import Texts
import Records
import Vietnamese

/// A data file to fill in: every record type and field that the schemas of some kinds have, with
/// label, example and help as comments. It is valid as soon as the mandatory fields have values.
struct BlankForm {
  private let kinds: [DocumentKind]
  private let descriptors: [Descriptor]
  private let sections: FormSections
  /// The data file of the last period, from which values that stay the same are taken.
  private let old: Database?
  private let periods: FormPeriods
  private let units: UnitRegister
  /// What it is besides a data file of the kinds: a plan of `collect`, whose documents are made of the
  /// total, or a hồ sơ.
  private let purpose: FormPurpose
  private var text = FormText()

  init(
    _ kinds: [DocumentKind], from old: Database?, _ periods: FormPeriods, _ units: UnitRegister
  ) {
    (self.kinds, self.old, self.periods, self.units) = (kinds, old, periods, units)
    descriptors = kinds.flatMap(\.descriptors)
    (sections, purpose) = (FormSections(kinds, descriptors), .documents)
  }

  /// A blank description of a hồ sơ.
  init(dossier descriptors: [Descriptor], _ periods: FormPeriods, _ units: UnitRegister) {
    (kinds, old, self.periods, self.units) = ([], nil, periods, units)
    (self.descriptors, purpose) = (descriptors, .dossier)
    sections = FormSections([], descriptors)
  }

  /// A blank plan of `collect`.
  ///
  /// - Parameter shared: the demands of all kinds, of which a plan has the matter.
  init(
    plan: [Descriptor], shared: [Descriptor], for kinds: [DocumentKind], _ periods: FormPeriods,
    _ units: UnitRegister
  ) {
    (self.kinds, old, self.periods, self.units) = (kinds, nil, periods, units)
    descriptors = CollectionPlan.formDescriptors(plan, shared: shared, for: kinds)
    (sections, purpose) = (FormSections(kinds, descriptors), .plan)
  }

  /// Writes the form: first the record types that must be filled in, then those that may be.
  mutating func bytes(into problems: inout [Diagnostic]) -> [UInt8] {
    let types = Schema(descriptors, own: [], into: &problems).types
    let (needed, optional) = sections.others(among: types) { !keptRecords($0).isEmpty }
    text.writeHead(
      titles: [purpose.title].compactMap(\.self) + kinds.map(\.title.string),
      old: old?.source.name, purpose)
    text.writeDivider(FormText.neededPart)
    for type in types where type.name.string == Schema.matterType { writeSet(type) }
    if !kinds.isEmpty { writeDocuments(into: &problems) }
    for type in needed { writeSet(type) }
    guard !optional.isEmpty else { return text.bytes }
    text.writeDivider(FormText.optionalPart)
    for type in optional { writeSet(type) }
    return text.bytes
  }

  /// Writes a `van_ban` record for each kind, with the fields of that kind.
  private mutating func writeDocuments(into problems: inout [Diagnostic]) {
    text.openSet(Schema.documentType, [FormText.documents])
    for kind in kinds {
      let own = kind.descriptors.filter { $0.type.string == Schema.documentType }
      guard let type = RecordType(merging: own, into: &problems) else { continue }
      text.writeComments([kind.title.string + ".", own.last?.doc.last?.string ?? ""])
      let record = oldDocument(of: kind, type, own)
      write(
        record, fixed: [Schema.kindField: kind.name], last: kind.rareHeadFields,
        told: type.headFieldsToldElsewhere)
    }
  }

  /// Writes the records of a type: those kept from the last period, and empty ones up to the least
  /// number, at least one.
  private mutating func writeSet(_ type: RecordType) {
    let name = type.name.string
    let own = descriptors.filter { $0.type.string == name }
    let least = sections.leastCount(ofType: name)
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
    let own = descriptors.filter { $0.type.string == type }
    guard own.contains(where: { !$0.kept.isEmpty }) else { return [] }
    if let origin = own.compactMap(\.origin).first { return oldRecords(origin) }
    let deadline = own.compactMap(\.deadline).first
    return oldRecords(type).filter { record in
      deadline.flatMap { record.field($0)?.value }.map(periods.isOngoing) ?? true
    }
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
  ///   - last: the fields that stand behind the others.
  ///   - told: the mandatory fields that may be left out, because others tell the same.
  private mutating func write(
    _ record: FormRecord, fixed: [String: String], isOptional: Bool = false,
    isExplained: Bool = true, last: Set<Text> = [], told: Set<String> = []
  ) {
    var left: [String] = []
    for rule in record.type.shownFields(last: last) {
      let name = rule.name.string
      let values = record.values(of: rule)
      if !record.isShown(rule), values.isEmpty {
        left.append(name)
        continue
      }
      let fixedValue = fixed[name] ?? rule.onlyValue
      let isNeeded = rule.isNeeded(told: told)
      if isExplained { text.explain(rule, isFixed: fixedValue != nil, isNeeded: isNeeded) }
      if let value = fixedValue {
        text.writeField(name, value)
      } else if let value = periods.value(of: rule, in: record.type, after: values) {
        text.writeLastTime(values)
        text.writeField(name, value)
      } else if periods.areCompared, let before = record.compared(with: rule) {
        text.writeField(name, before)
      } else if record.kept.contains(name), !values.isEmpty {
        let kept =
          record.blanked.contains(name) ? values.map { OldFigures(units).blanked($0) } : values
        if kept != values { text.writeLastTime(values) }
        let isOnlyBlank = kept.allSatisfy { $0 == BlankChecks.mark }
        if isOnlyBlank { text.writeEmptyField(name, isCommented: !rule.isMandatory) }
        for value in kept where !isOnlyBlank && value != BlankChecks.mark {
          text.writeField(name, value)
        }
      } else if isExplained || rule.isMandatory || !values.isEmpty {
        text.writeLastTime(values)
        text.writeEmptyField(
          name, isCommented: isOptional || !rule.isMandatory)
      }
    }
    if isExplained, !left.isEmpty { text.writeFurtherFields(left) }
    text.endRecord()
  }
}

/// A record of the form, with the values that a record of the last period has for its fields.
private struct FormRecord {
  let type: RecordType
  /// The fields whose old values are written again.
  let kept: Set<String>
  /// Those of them whose figures belong to the last period.
  let blanked: Set<String>
  private let old: Record?
  /// The fields that a blank form shows; empty for all.
  private let shown: Set<String>
  /// By the field of a figure of the period before, the field whose old value it takes.
  private let compared: [String: String]
  /// Tells whether the old record is a document of another kind, of which only kept fields count.
  private let isOfOtherKind: Bool

  init(
    _ type: RecordType, from old: Record?, _ descriptors: [Descriptor],
    isOfOtherKind: Bool = false
  ) {
    (self.type, self.old, self.isOfOtherKind) = (type, old, isOfOtherKind)
    kept = Set(descriptors.flatMap(\.kept))
    blanked = Set(descriptors.flatMap(\.blanked))
    shown = Set(descriptors.flatMap(\.formFields))
    compared = descriptors.reduce(into: [:]) { $0.merge($1.compared) { first, _ in first } }
  }

  /// Tells whether a blank form has the field, even if it is empty.
  func isShown(_ rule: FieldRule) -> Bool {
    shown.isEmpty || rule.isMandatory || shown.contains(rule.name.string)
  }

  /// The figure of the period before, where the field is for that. A hedged one is no figure to
  /// compare with.
  func compared(with rule: FieldRule) -> String? {
    guard let name = compared[rule.name.string], let old,
      !old.fields.contains(where: { $0.name.isSpelled("uoc") && !$0.value.isBlank })
    else { return nil }
    return old.field(name)?.value.string
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

  /// The fields in which figures are left to be filled in, declared as `bo_so: FIELD …`.
  fileprivate var blanked: [String] { words(CheckDeclaration.Relation.blanked.rawValue) }

  /// The fields that a blank form shows of a type that has many, declared as `bieu_mau: FIELD …`.
  var formFields: [String] { words("bieu_mau") }

  /// The type whose old records its new ones are made of, declared as `chep_tu: TYPE`.
  fileprivate var origin: String? { words("chep_tu").first }

  /// The field with the deadline by which an old record is still to be done, declared as
  /// `con_han: FIELD`.
  fileprivate var deadline: String? { words("con_han").first }

  /// Declared as `so_ky_truoc: FIELD OLD`: FIELD takes the last period's value of OLD, where the two
  /// periods are compared.
  var compared: [String: String] {
    let names = words("so_ky_truoc")
    return names.count == 2 ? [names[0]: names[1]] : [:]
  }

  func words(_ name: String) -> [String] {
    remarks.first { $0.name.string == name }?.value.string.split(separator: " ").map(String.init)
      ?? []
  }
}

extension DocumentKind {
  /// The fields of a head that every kind may have and few documents need, such as a mark of urgency.
  var rareHeadFields: Set<Text> {
    let blocks = shared.descriptors.filter(\.isOfHeads).flatMap(\.blocks)
    return Set(blocks.filter { $0.isOptional && !$0.name.isSpelled(Silencing.field) }.map(\.name))
  }
}

extension RecordType {
  /// The mandatory fields of a head that need not be filled in: the profile, where an issuer is, by which
  /// it is chosen.
  var headFieldsToldElsewhere: Set<String> {
    let issuer = rule(for: Text(HeadFields.issuer))
    return issuer?.isMandatory ?? false ? [Schema.profileField] : []
  }

  /// The fields that a data file may have, in the order of the schema.
  var shownFields: [FieldRule] {
    fields.filter {
      ($0.isMandatory || $0.isKey || $0.isAllowed || !isClosed) && $0.prohibitedAt == nil
    }
  }

  /// The same with some fields behind the others.
  func shownFields(last: Set<Text>) -> [FieldRule] {
    let fields = shownFields
    return fields.filter { !last.contains($0.name) } + fields.filter { last.contains($0.name) }
  }
}

extension FieldRule {
  /// Tells whether a record is not right without it.
  ///
  /// - Parameter told: the mandatory fields that may be left out, because others tell the same.
  func isNeeded(told: Set<String>) -> Bool {
    (isMandatory || isKey) && !told.contains(name.string)
  }

  /// Tells whether a record may have it several times.
  var isRepeatable: Bool { !isUnique && !isKey }

  /// The value of a mandatory field that has only one possible value; nil for other fields.
  fileprivate var onlyValue: String? {
    guard isMandatory, case .enumeration(let words)? = type, words.count == 1 else { return nil }
    return words[0].string
  }
}

extension TemplateCollection {
  /// The blank form of a data file for documents of some kinds.
  ///
  /// - Parameters:
  ///   - names: the names of the kinds; empty for those of the last period's file.
  ///   - old: the data file of the last period, from which the form takes what stays the same.
  ///   - period: that of the new file; nil for the one that follows the last.
  /// - Throws: unknown kinds, each with the likeliest one; what is wrong with the schemas.
  public func blankForm(
    of names: [String], from old: DataFile?, for period: String? = nil
  ) throws(Problems) -> [UInt8] {
    let wanted = names.isEmpty ? old?.kindNames ?? [] : names
    let isPlan = wanted.contains(CollectionPlan.formName)
    var problems: [Diagnostic] = []
    let isDossier = wanted == [DossierFile.formName]
    let kinds =
      isDossier ? [] : try self.kinds(named: wanted.filter { $0 != CollectionPlan.formName })
    let periods = FormPeriods(from: old?.database, to: period, into: &problems)
    if kinds.isEmpty, !isPlan, !isDossier, !problems.hasErrors {
      problems.append(Diagnostic(.report(.noDocument), at: old?.database.source.firstLine))
    }
    try problems.throwIfErrors()
    var form =
      if isDossier {
        BlankForm(
          dossier: try descriptors(ofForm: DossierFile.schemaFile), periods, registers.units)
      } else if isPlan {
        BlankForm(
          plan: try planDescriptors(), shared: try sharedDescriptors(), for: kinds, periods,
          registers.units)
      } else {
        BlankForm(kinds, from: old?.database, periods, registers.units)
      }
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
