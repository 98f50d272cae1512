import Diagnostics
import Records
import Synchronization
import Templating

/// All that stands in a template folder: document kinds, layouts and their profiles, each read
/// and compiled once.
public final class TemplateCollection: Sendable {
  let folder: TemplateFolder
  let library: TemplateLibrary
  let profiles: [LayoutProfile]
  let reportingRules: [ReportingRules]
  let registers: CheckRegisters
  private let bodyProblems = Mutex<[[String]: [Diagnostic]]>([:])
  private let kinds = Mutex<[String: DocumentKind?]>([:])
  /// By the names of the kinds together.
  private let schemas = Mutex<[[String]: MergedSchema]>([:])

  /// - Throws: what is wrong with the profiles and registers.
  public init(_ folder: TemplateFolder, undefined: UndefinedPolicy) throws(Problems) {
    self.folder = folder
    library = folder.library(.documents(undefined: undefined))
    var problems: [Diagnostic] = []
    profiles = try Problems.collecting { () throws(Diagnostic) in
      try LayoutProfile.readAll(in: folder, into: &problems)
    }
    reportingRules = try Problems.collecting { () throws(Diagnostic) in
      try ReportingRules.readAll(in: folder, into: &problems)
    }
    registers = try Problems.collecting { () throws(Diagnostic) in
      try CheckRegisters(in: folder, into: &problems)
    }
    guard problems.isEmpty else { throw Problems(problems) }
  }

  /// The kind of that name, nil where there is none.
  func kind(named name: String) throws(Problems) -> DocumentKind? {
    if let known = kinds.withLock({ $0[name] }) { return known }
    var problems: [Diagnostic] = []
    let kind = try Problems.collecting { () throws(Diagnostic) in
      try DocumentKind.read(name, in: folder, into: &problems)
    }
    guard problems.isEmpty else { throw Problems(problems) }
    kinds.withLock { $0[name] = kind }
    return kind
  }

  /// What is wrong with the body templates of kinds and with all that these include, before any
  /// data is put into them.
  func problems(ofBodies kinds: [DocumentKind]) -> [Diagnostic] {
    var names: [String] = []
    for kind in kinds where !names.contains(kind.bodyTemplate) { names.append(kind.bodyTemplate) }
    if let known = bodyProblems.withLock({ $0[names] }) { return known }
    let problems = library.problems(of: names)
    bodyProblems.withLock { if $0.count < 64 { $0[names] = problems } }
    return problems
  }

  /// The schema of some kinds taken together, and the checks it declares; merged once for all data
  /// files that make the same documents and demand nothing of their own.
  func schema(
    of kinds: [DocumentKind], own: [Descriptor], into problems: inout [Diagnostic]
  ) -> (Schema, DeclaredChecks) {
    let names = kinds.map(\.name)
    let known = own.isEmpty ? schemas.withLock { $0[names] } : nil
    let merged = known ?? MergedSchema(kinds, own)
    // The kinds are few, their orders in files of ever new forms need not be.
    if own.isEmpty, known == nil {
      schemas.withLock { if $0.count < 64 { $0[names] = merged } }
    }
    problems += merged.problems
    return (merged.schema, merged.declared)
  }

  /// Every kind there is, by name.
  public func allKinds() throws(Problems) -> [DocumentKind] {
    var found: [DocumentKind] = []
    for name in kindNames {
      if let kind = try kind(named: name) { found.append(kind) }
    }
    guard !found.isEmpty else {
      throw Problems([Diagnostic(.report(.noKinds(folder: folder.path)), at: nil)])
    }
    return found
  }

  /// The folders that hold a schema.
  var kindNames: [String] {
    let names = (try? Files.names(in: folder.path)) ?? []
    return names.filter { Files.exists("\(folder.path)/\(DocumentKind.schemaFile($0))") }
  }
}

/// What is worked out of the schemas of some kinds.
private struct MergedSchema: Sendable {
  let schema: Schema
  let declared: DeclaredChecks
  let problems: [Diagnostic]

  init(_ kinds: [DocumentKind], _ own: [Descriptor]) {
    var problems: [Diagnostic] = []
    schema = Schema(kinds.flatMap(\.descriptors), own: own, into: &problems)
    var checks = kinds.flatMap(\.checks)
    for descriptor in own { checks += descriptor.checkDeclarations(into: &problems) }
    declared = DeclaredChecks(checks, schema)
    self.problems = problems
  }
}
