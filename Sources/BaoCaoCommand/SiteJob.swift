import Archives
import Diagnostics
import OfficeFiles
import Reports
import Site

/// The work of `baocao site`.
struct SiteJob: Job {
  /// Files and folders.
  let data: [String]
  /// The address that the site is published under; nil for that of the templates.
  let base: String?
  let output: String
  /// Nothing is written.
  let isCheck: Bool
  let jobs: Int
  let templates: String?

  func run() throws {
    if output.isEmpty { throw Messages.refuseEmptyOutput() }
    var problems: [Diagnostic] = []
    let files = try DataArguments.files(of: data, into: &problems)
    try problems.throwIfErrors()
    try checkNames(files)
    let collection = try TemplateSearch.collection(templates, undefined: .strict)
    let profile = try SiteProfile(collection)
    guard let base = SiteBase(base ?? profile.address) else {
      throw Messages.refuse(
        "«--base-url» là địa chỉ như https://vidu.example/tin",
        "“--base-url” is an address as https://vidu.example/tin")
    }
    let printers = Printers()
    defer { printers.close() }
    let memory = try rememberedPosts(collection.folder)
    let outcomes = try outcomes(of: files, profile, collection, printers, memory, &problems)
    let posts = outcomes.flatMap(\.posts)
    let folder = SiteFolder(output)
    try folder.check()
    let site = try Site(posts, profile, base, in: output, &problems)
    let pages = try SitePages(site, in: output, collection, &problems)
    let progress = Progress(of: pages.count)
    defer { progress.finish() }
    if isCheck {
      problems += try SiteCheck.problems(of: folder, pages, made, step: progress.step)
      progress.finish()
      Messages.show(problems)
      if problems.hasErrors { throw Failure.badInput }
      return Messages.tellOfSite(posts: posts.count)
    }
    let outcome = try folder.write(pages, made, step: progress.step)
    progress.finish()
    let kept = zip(files, outcomes).compactMap { file, outcome in
      outcome.kept.map { (DataFile.stem(of: file), $0) }
    }
    memory?.with(kept).write(for: output)
    Messages.show((collection.warnings + problems).toldOnce)
    Messages.tellOfSite(posts: posts.count, outcome)
  }

  private func made(
    _ count: Int, _ makeWorker: @Sendable () -> (Int) -> SiteFolder.Made
  ) -> [SiteFolder.Made] {
    inParallel(count, jobs: jobs, makeWorker: makeWorker)
  }

  /// The posts that an earlier run read; nil where nothing is written: a check believes nobody.
  private func rememberedPosts(_ templates: TemplateFolder) throws(Problems) -> PostMemory? {
    guard !isCheck, let program = try? Files.read("/proc/self/exe", atMost: 1 << 30) else {
      return nil
    }
    return try Problems.collecting { () throws(Diagnostic) in
      try PostMemory(of: program, templates).read(for: output)
    }
  }

  /// The posts of one data file, or its problems.
  private struct Outcome: Sendable {
    var posts: [SitePost] = []
    var problems: [Diagnostic] = []
    /// What the next run need not read again.
    var kept: PostMemory.Entry?
  }

  /// What all data files give.
  ///
  /// - Throws: the errors of all files: a site without some of its posts would lose their pages.
  private func outcomes(
    of files: [String], _ profile: SiteProfile, _ collection: TemplateCollection,
    _ printers: Printers, _ known: PostMemory?, _ problems: inout [Diagnostic]
  ) throws(Problems) -> [Outcome] {
    let outcomes = inParallel(files.count, jobs: jobs) {
      let memory = DocumentMemory()
      return { index in outcome(of: files[index], profile, collection, memory, printers, known) }
    }
    problems += outcomes.flatMap(\.problems) + printers.warnings
    try problems.throwIfErrors()
    return outcomes
  }

  private func outcome(
    of path: String, _ profile: SiteProfile, _ collection: TemplateCollection,
    _ memory: DocumentMemory, _ printers: Printers, _ known: PostMemory?
  ) -> Outcome {
    var outcome = Outcome()
    let name = DataFile.stem(of: path)
    do throws(Problems) {
      let bytes = try Problems.collecting { () throws(Diagnostic) in
        try DataFile.readBytes(path)
      }
      let sum = Checksum(of: bytes)
      if let entry = known?.entry(named: name, sum, in: Files.folder(of: path)) {
        outcome.posts = entry.posts
        outcome.kept = entry
      } else {
        let file = try DataFile.read(name: path, bytes: bytes)
        guard file.asks(forKind: profile.kind) else {
          outcome.kept = PostMemory.entry(of: nil, sum, [])
          return outcome
        }
        let checked = file.check(collection, ofKind: profile.kind)
        outcome.problems = checked.problems
        guard !outcome.problems.hasErrors else { return outcome }
        let companions = CompanionDocuments(file, collection, memory, printers)
        outcome.posts = try SitePost.posts(
          of: checked, named: name, profile, companions.documents, collection, memory)
        outcome.kept = PostMemory.entry(of: checked, sum, outcome.posts)
      }
      outcome.problems += outcome.posts.flatMap(\.warnings)
    } catch {
      outcome.problems += error.diagnostics
    }
    return outcome
  }

  /// Two data files of one name would have the same posts.
  private func checkNames(_ files: [String]) throws(Problems) {
    var seen: Set<String> = []
    try files.filter { !seen.insert(DataFile.stem(of: $0)).inserted }.map { file in
      Diagnostic(.report(.sameOutput("\(output)/\(DataFile.stem(of: file))")), at: nil)
    }.throwIfErrors()
  }
}

extension DataFile {
  /// The name of a data file without its extension.
  fileprivate static func stem(of path: String) -> String {
    let name = Files.name(of: path)
    return isNamed(path) ? String(name.dropLast(4)) : name
  }
}

/// Makes the documents that are published beside the posts of a data file.
private struct CompanionDocuments {
  private let file: DataFile
  private let collection: TemplateCollection
  private let memory: DocumentMemory
  private let printers: Printers

  init(
    _ file: DataFile, _ collection: TemplateCollection, _ memory: DocumentMemory,
    _ printers: Printers
  ) {
    (self.file, self.collection) = (file, collection)
    (self.memory, self.printers) = (memory, printers)
  }

  func documents(_ names: [String], of post: String) throws(Problems) -> [CompanionDocument] {
    var documents: [CompanionDocument] = []
    for name in names { documents.append(try document(name, post)) }
    return documents
  }

  /// - Parameter name: its kind, with a number where the file has several: `so-ket-2`.
  private func document(_ name: String, _ post: String) throws(Problems) -> CompanionDocument {
    let parts = name.split(separator: "-")
    let kind =
      parts.last.flatMap { Int($0) } == nil ? name : parts.dropLast().joined(separator: "-")
    let unknown = Problems([Diagnostic(.site(.noSuchCompanion(name, post: post)), at: nil)])
    guard file.asks(forKind: kind) else { throw unknown }
    let checked = file.check(collection, ofKind: kind)
    try checked.problems.throwIfErrors()
    guard let index = checked.descriptions.firstIndex(where: { $0.name == name }) else {
      throw unknown
    }
    let printer = printer
    let formats: [Format] = printer == nil ? [.html, .docx] : [.html, .pdf, .docx]
    var warnings: [Diagnostic] = []
    let files = try checked.render(
      collection, formats: formats, memory: memory, on: Paper(printer: printer, isTwoSided: false),
      only: name, tracing: nil
    ).packed(into: &warnings)
    printers.note(warnings)
    return CompanionDocument(
      title: checked.reports[index].title, subject: checked.descriptions[index].subject ?? "",
      files: files)
  }

  /// nil where no PDF can be made, which is told.
  private var printer: PagePrinter? {
    do throws(Problems) {
      return try printers.printer(.accessible)
    } catch {
      printers.note([Diagnostic(.site(.noPrinter), at: nil)])
      return nil
    }
  }
}
