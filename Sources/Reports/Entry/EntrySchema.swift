import Diagnostics
import Records
import Texts

/// The demands that the form of a data file is made of: those on the documents that it asks for, or on
/// a plan or a hồ sơ, and its own.
struct EntrySchema {
  let schema: Schema
  let descriptors: [Descriptor]
  let declarations: [CheckDeclaration]
  /// The kinds of the file's documents, each once.
  let kinds: [DocumentKind]
  let sections: FormSections
  /// The names of the kinds that a document may be of, with their titles.
  let kindNames: [(name: String, title: String)]
  let documentTitles: [String: String]
  private let heads: [String: RecordType]

  /// - Throws: what keeps every schema from being read.
  init(of file: DataFile, _ templates: TemplateCollection) throws(Problems) {
    let wanted = WantedDocuments(of: file, ofKind: nil, templates)
    var problems = wanted.problems
    let merged = templates.schema(of: wanted.kinds, for: file, into: &problems).merged
    var kinds: [DocumentKind] = []
    for kind in wanted.kinds where !kinds.contains(where: { $0 === kind }) { kinds.append(kind) }
    self.kinds = kinds
    kindNames = templates.kindTitles
    documentTitles = Dictionary(kindNames.map { ($0.name, $0.title) }) { first, _ in first }
    var heads: [String: RecordType] = [:]
    for kind in kinds { heads[kind.name] = merged.headType(kind, into: &problems) }
    self.heads = heads
    if let demands = try file.otherDemands(templates, for: kinds) {
      descriptors = demands
      schema = Schema(demands, own: merged.own, into: &problems)
      var checks: [CheckDeclaration] = []
      for demand in demands { checks += demand.checkDeclarations(ofKind: nil, into: &problems) }
      declarations = DeclaredChecks(checks, schema).declarations
    } else {
      let shared = kinds.isEmpty ? templates.sharedPart(into: &problems) : nil
      let parts = shared.map { [$0] } ?? MergedSchema.parts(kinds)
      descriptors = parts.flatMap(\.descriptors) + merged.own
      (schema, declarations) = (merged.schema, merged.declared.declarations)
    }
    sections = FormSections(kinds, descriptors)
    if schema.types.isEmpty { throw Problems(problems) }
  }

  /// The demands on records of a type; of a document on those of its kind.
  ///
  /// - Parameter kind: the kind that a document names.
  func type(named name: String, ofKind kind: String?) -> RecordType? {
    guard name == Schema.documentType else { return schema.type(named: name) }
    return kind.flatMap { heads[$0] } ?? schema.type(named: name)
  }

  /// The fields of a record in the order of a form.
  func fields(of type: RecordType, ofKind kind: String?) -> [FieldRule] {
    let kind = kind.flatMap { name in kinds.first { $0.name == name } }
    return type.shownFields(last: kind?.rareHeadFields ?? [])
  }

  /// The fields of a new record: those of a document are the ones that all kinds of the file have.
  func sharedFields(of type: RecordType) -> [FieldRule] {
    guard type.name.isSpelled(Schema.documentType), let first = kinds.first else {
      return type.shownFields
    }
    let others = kinds.dropFirst().compactMap { heads[$0.name] }.map(\.shownFields)
    return fields(of: heads[first.name] ?? type, ofKind: first.name).filter { rule in
      others.allSatisfy { $0.contains { $0.name == rule.name } }
    }
  }
}

extension EntrySchema {
  /// The problem that no schema has a record type.
  func unknownType(_ name: String) -> Diagnostic {
    let known = schema.types.map(\.name.string)
    let problem = ReportProblem.unknownRecordType(
      name, suggestion: nearest(to: name, among: known), known: KnownNames(known))
    return Diagnostic(.report(problem), at: nil)
  }
}

extension TemplateCollection {
  /// The names and titles of all kinds that can be read.
  var kindTitles: [(name: String, title: String)] {
    kindNames.compactMap { name in
      (try? readableKind(named: name)).flatMap { $0 }.map { (name, $0.title.string) }
    }
  }
}

extension DataFile {
  /// The demands on a file that is a plan or describes a hồ sơ; nil for one that asks for documents alone.
  fileprivate func otherDemands(
    _ templates: TemplateCollection, for kinds: [DocumentKind]
  ) throws(Problems) -> [Descriptor]? {
    let types = database.recordSets.compactMap { $0.type?.string }
    if types.contains(DossierFile.type) {
      return try templates.descriptors(ofForm: DossierFile.schemaFile)
    }
    guard types.contains(where: CollectionPlan.instructionTypes.contains) else { return nil }
    let shared = try templates.sharedDescriptors()
    let demands = CollectionPlan.formDescriptors(
      try templates.planDescriptors(), shared: shared, for: kinds)
    // Documents may be asked for where there are none yet.
    return demands + (kinds.isEmpty ? shared.filter(\.isOfHeads) : [])
  }
}

extension Record {
  /// The kind of document that it names; nil for none.
  var kindName: String? { field(Schema.kindField)?.value.string }
}
