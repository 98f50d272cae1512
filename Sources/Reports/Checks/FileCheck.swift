import Diagnostics
import Records
import Texts

/// The check of one data file against its schema.
struct FileCheck {
  private let file: DataFile
  private let schema: FileSchema
  private let templates: TemplateCollection
  let records: TypedRecords
  private let time: ReportTime
  /// The head of each document: how it is laid out, and what is wrong with it.
  private let heads: [(layout: LayoutFields?, problems: [Diagnostic])]
  private let declaredProblems: [Diagnostic]
  private(set) var silencing: Silencing

  var textFields: TextFields { schema.merged.declared.texts }

  init(
    _ file: DataFile, _ documents: [(record: Record, kind: DocumentKind)], _ schema: FileSchema,
    _ templates: TemplateCollection
  ) {
    (self.file, self.schema, self.templates) = (file, schema, templates)
    (records, time, heads, declaredProblems) = schema.withPlan { plan in
      let records = plan.records(of: file.database)
      let time = plan.time(of: records, among: templates.reportingRules)
      let heads = documents.indices.map { index in
        var problems: [Diagnostic] = []
        let layout = plan.checkHead(
          documents[index].record, in: records, ofKind: index, &problems)
        if !problems.isEmpty {
          let told = ToldElsewhere(of: documents, at: index, in: file.database, templates.registers)
          problems.removeAll { told.isAbout($0) }
          problems = problems.map { $0.naming(told.likelyProfile) }
        }
        return (layout, problems)
      }
      let declared = plan.declaredProblems(records, time, templates.registers)
      return (records, time, heads, declared)
    }
    silencing = records.maySilence ? Silencing(file.database) : Silencing()
  }

  /// Checks the records against the schema, and the documents' heads against their kinds.
  func check(
    _ documents: [(record: Record, kind: DocumentKind)], againstTypes: Bool,
    _ problems: inout [Diagnostic]
  ) {
    let (database, merged) = (file.database, schema.merged)
    if againstTypes {
      problems += schema.placed(merged.schema.problems(of: records), in: file)
    }
    problems += merged.schema.commentedFields(of: database)
    if !time.daysAreRight {
      _ = ReportingDays(
        merged.schema.matter(in: database), among: templates.reportingRules, into: &problems)
    }
    for (head, document) in zip(heads, documents) {
      problems += schema.placed(head.problems, in: file)
      let chosen = templates.registers.profile(byHead: document.record)
      head.layout?.checkProfile(templates, orElse: chosen, &problems)
    }
    problems = problems.map { $0.namingKinds(templates) }
    problems += merged.schema.joinedFields(of: database)
  }

  /// Adds what is wrong across fields and in texts, without what the file silences.
  mutating func crossCheck(_ problems: inout [Diagnostic]) {
    let found = silencing.filter(schema.placed(declaredProblems, in: file))
      .withoutDerived(besides: problems).explainingNothings(besides: problems)
    if !found.isEmpty || !silencing.problems.isEmpty {
      problems = problems.preferring(found + silencing.problems)
    }
    // Where something is wrong, a check may not have come to what is silenced.
    if !problems.hasErrors {
      problems += silencing.unused { !CheckedFile.proofread.contains($0) }
    }
  }
}

/// What the head of a document need not say, because the file tells it elsewhere: the profile, by the
/// issuer and the day, and the signer, by records of signers.
struct ToldElsewhere {
  private let profile: Bool
  private let signer: Bool
  /// The profile of the office that reports, where the head does not tell of one.
  let likelyProfile: String?

  static let signerType = "nguoi_ky"
  private static let signerFields = ["chuc_vu_ky", "nguoi_ky"]

  init(
    of documents: [(record: Record, kind: DocumentKind)], at index: Int, in database: Database,
    _ registers: CheckRegisters
  ) {
    let document = documents[index]
    profile = registers.profile(byHead: document.record) != nil
    let office = database.records(ofType: Schema.matterType).first?.firstFilled("co_quan")
    let kind = registers.issuers.kind(of: office, under: nil)?.kind
    likelyProfile = kind.flatMap {
      registers.profile(of: $0, on: document.record.firstFilled(HeadFields.date))?.name
    }
    let number = documents[...index].count { $0.kind === document.kind }
    let name = DocumentName(document.kind.name, number: number)
    signer = database.records(ofType: ToldElsewhere.signerType).contains { record in
      let named = record.values("trong").filter { !$0.isBlank }
      return named.isEmpty || named.contains { name.isMeant(by: $0) }
    }
  }

  func isAbout(_ problem: Diagnostic) -> Bool {
    guard let field = ToldElsewhere.field(of: problem) else { return false }
    return profile && field == Schema.profileField
      || signer && ToldElsewhere.signerFields.contains(field)
  }

  /// Tells whether only the whole file can show that a problem of a head is none.
  static func mayBeAbout(_ problem: Diagnostic) -> Bool {
    field(of: problem).map { $0 == Schema.profileField || signerFields.contains($0) } ?? false
  }

  /// The name of the field that is not there.
  private static func field(of problem: Diagnostic) -> String? {
    switch problem.kind {
    case .records(.missingField(let missing)): missing.name
    case .records(.emptyField(let empty)): empty.name
    default: nil
    }
  }
}

extension Diagnostic {
  /// Names a profile as what a head without one is likely to want.
  fileprivate func naming(_ profile: String?) -> Diagnostic {
    guard let profile, case .records(.missingField(let field)) = kind,
      field.name == Schema.profileField
    else { return self }
    let named = NamedField(field.name, label: field.label, example: profile, help: field.help)
    return Diagnostic(.records(.missingField(named)), at: place, notes: notes)
  }

  /// Names the kinds of documents that have a field or a record type which is not known here and near to
  /// none that is.
  fileprivate func namingKinds(_ templates: TemplateCollection) -> Diagnostic {
    switch kind {
    case .records(.fieldNotAllowed(let field, nil, let known)):
      let kinds = templates.kinds(withType: known.type) { type in
        type.rule(for: Text(field.name))?.isAllowed ?? false
      }
      let named = KnownNames(ofType: known.type, known.names, kinds: kinds)
      let problem = RecordsProblem.fieldNotAllowed(field, suggestion: nil, known: named)
      return Diagnostic(.records(problem), at: place, notes: notes)
    case .report(.unknownRecordType(let name, nil, let known)):
      let kinds = templates.kinds(withType: name) { _ in true }
      let problem = ReportProblem.unknownRecordType(
        name, suggestion: nil, known: KnownNames(known.names, kinds: kinds))
      return Diagnostic(.report(problem), at: place, notes: notes)
    default: return self
    }
  }
}

extension TemplateCollection {
  /// The names of the kinds of documents in which a record type is as asked for.
  fileprivate func kinds(
    withType name: String, where isWanted: (RecordType) -> Bool
  ) -> [String] {
    // What is wrong with a schema is told where one of its documents is made.
    guard let kinds = try? allKinds() else { return [] }
    return kinds.filter { kind in
      var problems: [Diagnostic] = []
      let own = kind.descriptors.filter { $0.type.isSpelled(name) }
      guard !own.isEmpty, let type = RecordType(merging: own, into: &problems) else { return false }
      return isWanted(type)
    }.map(\.name)
  }
}
