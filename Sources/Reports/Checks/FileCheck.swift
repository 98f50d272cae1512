import Diagnostics
import Records

/// The check of one data file against its schema: a quick look at everything, and then a close
/// one at what is not surely right.
struct FileCheck {
  private let file: DataFile
  private let templates: TemplateCollection
  private let merged: MergedSchema
  private let memory: CheckMemory?
  /// nil where everything must be looked at closely.
  private let quick: QuickChecks?
  private let gathering: Gathering
  private let textsAreRight: Bool
  /// The running texts, in the order of the file.
  let texts: FileTexts
  private(set) var silencing: Silencing
  var textFields: TextFields { merged.declared.texts }

  /// - Parameter closely: look closely at everything.
  init(
    _ file: DataFile, _ schema: FileSchema, _ templates: TemplateCollection, closely: Bool
  ) {
    (self.file, self.templates) = (file, templates)
    gathering = Gathering(file, schema, templates)
    let database = file.database
    let quick = (closely ? nil : schema.memory).map {
      QuickChecks(database, $0, templates.reportingRules, templates.registers)
    }
    if let memory = schema.memory, let quick, !schema.isBorrowed || quick.isAllRight {
      (merged, self.memory, self.quick) = (schema.merged, memory, quick)
      texts = FileTexts(quick.file)
      textsAreRight = quick.textsAreRight(memory)
      silencing = quick.file.maySilence ? Silencing(database) : Silencing()
    } else {
      var ignored: [Diagnostic] = []
      merged =
        schema.isBorrowed
        ? MergedSchema(
          schema.merged.kinds, file.ownDescriptors(templates.folder, into: &ignored))
        : schema.merged
      (memory, self.quick, textsAreRight) = (nil, nil, false)
      texts = FileTexts(database, of: merged.declared.texts)
      silencing = Silencing(database)
    }
  }

  /// The records against the schema, and the documents' heads against their kinds.
  ///
  /// - Parameter isWhole: whether the kinds of all documents are known, so that the schema is whole.
  mutating func check(
    _ documents: [(record: Record, kind: DocumentKind)], isWhole: Bool,
    _ problems: inout [Diagnostic]
  ) -> [Report] {
    let database = file.database
    if isWhole, !(quick?.fieldsAreRight ?? false) { problems += merged.schema.check(database) }
    problems += merged.schema.commentedFields(of: database)
    if !(quick?.daysAreRight ?? false) {
      _ = ReportingDays(
        merged.schema.matter(in: database), among: templates.reportingRules, into: &problems)
    }
    var reports: [Report] = []
    for (index, (record, kind)) in documents.enumerated() {
      guard let fields = layoutFields(record, kind, index, &problems),
        let profile = fields.layoutProfile(templates, &problems)
      else { continue }
      reports.append(
        Report(
          name: kind.name, kind: kind, profile: profile, record: record, gathering: gathering))
    }
    return reports
  }

  /// Checks a head; nil where its kind demands no right one.
  private func layoutFields(
    _ record: Record, _ kind: DocumentKind, _ index: Int, _ problems: inout [Diagnostic]
  ) -> LayoutFields? {
    if let quick, let memory, let form = quick.rightHead(record, ofKind: index, memory) {
      return LayoutFields(record, form)
    }
    guard let type = merged.headType(kind, into: &problems) else { return nil }
    problems += type.check(record, among: merged.schema.types)
    var values = type.values
    return LayoutFields(values.map(record))
  }

  /// What is wrong across fields and in texts.
  private func closeProblems() -> [Diagnostic] {
    if let quick, textsAreRight, quick.declarationsAreRight.allSatisfy({ $0 }) {
      return merged.declared.problems
    }
    let checks = DataChecks(
      file.database, merged.schema, merged.declared, templates, time: quick?.time)
    return checks.problems(beside: quick, textsAreRight: textsAreRight)
  }

  /// The checks across fields and of texts, without what the file silences.
  mutating func crossCheck(_ problems: inout [Diagnostic]) {
    let found = silencing.filter(closeProblems()).withoutDerived(besides: problems)
    if !found.isEmpty || !silencing.problems.isEmpty {
      problems = problems.preferring(found + silencing.problems)
    }
    // Where something is wrong, a check may not have come to what is silenced.
    if !problems.contains(where: { $0.severity == .error }) {
      problems += silencing.unused { !CheckedFile.proofread.contains($0) }
    }
  }
}
