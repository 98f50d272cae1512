import Archives
import Diagnostics
import Glibc
import Hummingbird
import Reports

/// Sealing the documents of a file into the archive of the folder.
struct SealRoutes: Routes {
  let office: Office

  func add(to router: Router<WebContext>) {
    router.post("tep/:tep/niem-phong") { request, context in try await seal(request, context) }
  }

  private func seal(_ request: Request, _ context: WebContext) async throws -> Response {
    let (_, person) = try await context.form(request, who: .approve)
    let name = try office.folder.file(try context.part("tep"))
    try await office.workshop.run { try office.seal(name) }
    try office.store.note("niem_phong", name.shown, by: person.name)
    return .redirect(to: Address.work(on: name))
  }
}

extension Office {
  /// The time in which other files of the same name are looked at.
  private static let patience = Duration.seconds(20)

  /// Seals all documents of a file, as `baocao seal` does.
  ///
  /// - Throws: the problems of the file, where one is an error; that another file of the name makes
  ///   documents, which would be sealed under the same one.
  fileprivate func seal(_ name: DataFileName) throws {
    let opened = try workshop.open(name, try keeper.state(of: name))
    guard opened.isReady else { throw Problems(opened.problems.map(\.problem)) }
    let same = folder.files().filter { $0.stem == name.stem && $0 != name }
    // A file that nobody has looked at yet may make documents too.
    let unknown = try summarize(same, until: .now + Self.patience)
    guard unknown.isEmpty, try summaries(of: same).values.allSatisfy(\.documents.isEmpty) else {
      throw PageFailure.sameName
    }
    let archive = sealed.archive
    guard !Files.isThere(archive.path) || Files.lies(archive.path, in: folder.path) else {
      throw PageFailure.badRequest
    }
    let printers = Printers()
    defer { printers.close() }
    let sealer = try Sealer(
      archive, templates: workshop.checking, try ArchiveCodes(workshop.checking),
      epoch: getenv("SOURCE_DATE_EPOCH").map { String(cString: $0) })
    defer { sealer.writer.close() }
    let outcome = sealer.outcome(
      of: name.path, workshop.checking,
      Making(formats: Format.usual, isArchived: false, isTwoSided: false), DocumentMemory(),
      printers)
    try outcome.problems.throwIfErrors()
    _ = try sealer.writer.commit(outcome.drafts)
  }
}
