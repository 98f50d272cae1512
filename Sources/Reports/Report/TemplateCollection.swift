import Diagnostics
import Records
import Synchronization
import Templating

/// All that stands in a template folder: document kinds, layouts and their profiles, each read
/// and compiled once.
public final class TemplateCollection: Sendable {
  public let folder: TemplateFolder
  let library: TemplateLibrary
  let profiles: [LayoutProfile]
  let reportingRules: [ReportingRules]
  let registers: CheckRegisters
  let titles: LazyTitleRegister
  /// The names of the profiles, registers and shared schemas that documents are made with.
  public let registerNames: [String]
  /// The warnings about profiles and registers.
  public let warnings: [Diagnostic]
  // Plain arrays of what is read, and a look at each: the type of a dictionary is put together at run
  // time, which takes a process that makes one report longer than all its looks.
  private let bodyProblems = Mutex<[(names: [String], problems: [Diagnostic])]>([])
  private let sharedSchema = Mutex<(part: SchemaPart, problems: [Diagnostic])?>(nil)
  private let kinds = Mutex<[DocumentKind]>([])
  private let verbatimForms = Mutex<[DocumentKind]>([])
  let schemas = Mutex<[(key: SchemaKey, schema: SharedSchema)]>([])
  /// The files that documents are made of: see ``DocumentInputs``.
  private let inputs = Mutex<[(documents: String, formats: String, names: [String])]>([])

  /// - Parameter isSealed: the templates are those that documents were once made of. What a later
  ///   version of this program would have otherwise stops nothing.
  /// - Throws: what is wrong with the profiles and registers.
  public init(
    _ folder: TemplateFolder, undefined: UndefinedPolicy, isSealed: Bool = false
  ) throws(Problems) {
    self.folder = folder
    titles = LazyTitleRegister(folder)
    var problems: [Diagnostic] = []
    profiles = try Problems.collecting { () throws(Diagnostic) in
      try LayoutProfile.readAll(in: folder, into: &problems)
    }
    reportingRules = try Problems.collecting { () throws(Diagnostic) in
      try ReportingRules.readAll(in: folder, into: &problems)
    }
    let known = profiles
    registers = try Problems.collecting { () throws(Diagnostic) in
      try CheckRegisters(in: folder, beside: known, into: &problems)
    }
    if !isSealed { try problems.throwIfErrors() }
    warnings = problems
    registerNames =
      folder.readNames.close() + [LazyTitleRegister.file, DocumentKind.sharedSchemaFile]
    let labels = FieldLabels()
    var environment = Environment.documents(undefined: undefined, registers, titles)
    if undefined == .draft {
      environment.missingName = { labels.label(of: $0, in: $1) }
    }
    library = folder.library(environment)
    labels.read { [weak self] in (try? self?.allKinds())?.flatMap(\.descriptors) ?? [] }
  }

  /// The kind of that name, nil where there is none.
  ///
  /// - Throws: what is wrong with its schema.
  func kind(named name: String) throws(Problems) -> DocumentKind? {
    let kind = try readableKind(named: name)
    try kind?.problems.throwIfErrors()
    return kind
  }

  /// The same, however much is wrong with its schema; data are checked by what is right of it.
  ///
  /// - Throws: that it cannot be read at all.
  func readableKind(named name: String) throws(Problems) -> DocumentKind? {
    if let known = kinds.withLock({ $0.first { $0.name == name } }) { return known }
    var problems: [Diagnostic] = []
    let kind = try Problems.collecting { () throws(Diagnostic) in
      try DocumentKind.read(name, in: folder, into: &problems) {
        (problems: inout [Diagnostic]) throws(Diagnostic) in try sharedSchema(into: &problems)
      }
    }
    guard let kind else {
      try problems.throwIfErrors()
      return nil
    }
    return kinds.withLock { kinds in
      // Another thread may have been quicker.
      if let known = kinds.first(where: { $0.name == name }) { return known }
      kinds.append(kind)
      return kind
    }
  }

  /// The form of a kind for documents that are kept word for word, whose text is records
  /// `nguyen_van`; the kind itself where it has none.
  ///
  /// - Throws: that it cannot be read at all.
  func verbatimForm(of kind: DocumentKind) throws(Problems) -> DocumentKind {
    if let known = verbatimForms.withLock({ $0.first { $0.name == kind.name } }) { return known }
    let form = try Problems.collecting { () throws(Diagnostic) in
      try kind.readVerbatimForm(in: folder)
    }
    guard let form else { return kind }
    return verbatimForms.withLock { forms in
      // Another thread may have been quicker.
      if let known = forms.first(where: { $0.name == kind.name }) { return known }
      forms.append(form)
      return form
    }
  }

  /// Reads the demands of all kinds, once; their problems count for each kind.
  private func sharedSchema(into problems: inout [Diagnostic]) throws(Diagnostic) -> SchemaPart {
    if let known = sharedSchema.withLock({ $0 }) {
      problems += known.problems
      return known.part
    }
    var found: [Diagnostic] = []
    let part = try SchemaPart.read(
      file: DocumentKind.sharedSchemaFile, in: folder, into: &found)
    let read = (part: part, problems: found)
    sharedSchema.withLock { $0 = read }
    problems += found
    return part
  }

  /// The same for a file of which no document's kind is known; nil where it cannot be read.
  func sharedPart(into problems: inout [Diagnostic]) -> SchemaPart? {
    do throws(Diagnostic) {
      return try sharedSchema(into: &problems)
    } catch {
      problems.append(error)
      return nil
    }
  }

  func knownInputs(_ documents: String, _ formats: String) -> [String]? {
    inputs.withLock { known in
      known.first { $0.documents == documents && $0.formats == formats }?.names
    }
  }

  func remember(inputs names: [String], _ documents: String, _ formats: String) {
    inputs.withLock { $0.append((documents, formats, names)) }
  }

  /// A page of the program's own, such as a list of documents; nil where the templates do not have it.
  public func page(_ template: String, _ variables: ValueMap) throws(Problems) -> [UInt8]? {
    guard let template = try library.template(named: template) else { return nil }
    return try template.render(variables, library: library)
  }

  /// The same for one of many pages.
  ///
  /// - Parameter memory: what pages made before on this thread left.
  public func page(
    _ template: String, _ variables: ValueMap, _ memory: DocumentMemory
  ) throws(Problems) -> [UInt8] {
    guard let found = try library.template(named: template) else {
      throw Problems([
        Diagnostic(.template(.templateNotFound(template, suggestion: nil)), at: nil)
      ])
    }
    memory.renderings.beginDocument()
    return try found.render(variables, library: library, memory: memory.renderings)
  }

  /// A register that only some commands read; nil where there is none.
  ///
  /// - Throws: what is wrong with it.
  public func register(_ form: RegisterForm) throws(Problems) -> Database? {
    var problems: [Diagnostic] = []
    let database = try Problems.collecting { () throws(Diagnostic) in
      try folder.register(form, into: &problems)
    }
    try problems.throwIfErrors()
    return database
  }

  /// Finds what is wrong with the body and annex templates of kinds and with all that these include, before
  /// any data is put into them.
  func problems(ofBodies kinds: [DocumentKind]) -> [Diagnostic] {
    var names: [String] = []
    for kind in kinds where !names.contains(kind.bodyTemplate) {
      names += [kind.bodyTemplate] + [kind.annexTemplate].compactMap(\.self)
    }
    let known = bodyProblems.withLock { $0.first { $0.names == names } }
    if let known { return known.problems }
    let problems = library.problems(of: names)
    bodyProblems.withLock { if $0.count < 64 { $0.append((names, problems)) } }
    return problems
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
