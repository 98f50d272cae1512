import Hummingbird
import Reports
import Templating

/// What is done to a data file as a whole: another name, deleting it and taking it back; and an example
/// to play with.
struct FileRoutes: Routes {
  let office: Office

  func add(to router: Router<WebContext>) {
    router.get("tep/:tep/viec") { _, context in try await showWork(context) }
    router.post("tep/:tep/doi-ten") { request, context in try await rename(request, context) }
    router.post("tep/:tep/xoa") { request, context in try await delete(request, context) }
    router.get("da-xoa") { _, context in try await showDeleted(context) }
    router.post("da-xoa/:so") { request, context in try await takeBack(request, context) }
    router.post("vi-du") { request, context in try await makeExample(request, context) }
  }

  private func showWork(_ context: WebContext) async throws -> Response {
    _ = try context.person(who: .read)
    let file = try await office.open(try context.part("tep"))
    let isSealed = try await office.workshop.run { office.sealed.holds(file.name) }
    return try await office.show(
      Page(
        "viec",
        [
          ("tep", file.value), ("ten_tep", Value(file.name.stem)),
          ("da_niem", .bool(isSealed)),
        ]), in: context)
  }

  // MARK: - Its name

  private func rename(_ request: Request, _ context: WebContext) async throws -> Response {
    let (form, person) = try await context.form(request, who: .write)
    let name = try office.folder.file(try context.part("tep"))
    let wish = form["ten"] ?? ""
    guard wish != name.stem else { return .redirect(to: Address.work(on: name)) }
    guard let new = office.folder.newFile(named: wish, in: name.folders) else {
      throw PageFailure.badRequest
    }
    try await office.workshop.run { try office.keeper.rename(name, to: new, by: person) }
    try office.store.note("doi_ten", "\(name.shown) → \(new.shown)", by: person.name)
    return .redirect(to: Address.work(on: new))
  }

  // MARK: - Deleting

  private func delete(_ request: Request, _ context: WebContext) async throws -> Response {
    let (_, person) = try await context.form(request, who: .write)
    let name = try office.folder.file(try context.part("tep"))
    try await office.workshop.run { try office.keeper.remove(name, by: person) }
    try office.store.note("xoa", name.shown, by: person.name)
    return .redirect(to: "/da-xoa")
  }

  /// The deletions of files that are not there again.
  private func deleted() throws -> [(version: Version, file: DataFileName)] {
    try office.store.deletions().compactMap { version in
      guard let file = DataFileName(id: version.file, in: office.folder.path),
        !Files.isThere(file.path)
      else { return nil }
      return (version, file)
    }
  }

  private func showDeleted(_ context: WebContext) async throws -> Response {
    _ = try context.person(who: .write)
    let values = try await office.workshop.run {
      try deleted().map { version, file in
        Value.map([
          ("so", .int(version.id)), ("ten", Value(file.shown)), ("luc", Value(version.time.shown)),
          ("nguoi", Value(version.person)),
        ])
      }
    }
    return try await office.show(Page("da-xoa", [("cac_tep", .list(values))]), in: context)
  }

  private func takeBack(_ request: Request, _ context: WebContext) async throws -> Response {
    let (_, person) = try await context.form(request, who: .write)
    let id = Int(try context.part("so"))
    let file = try await office.workshop.run {
      guard let (version, file) = try deleted().first(where: { $0.version.id == id }),
        let bytes = try office.store.content(version.sum)
      else { throw PageFailure.notFound }
      let folder = Files.folder(of: file.path)
      try Files.makeFolder(folder)
      guard Files.lies(folder, in: office.folder.path) else { throw PageFailure.notFound }
      try office.keeper.make(file, bytes, by: person, .takenBack)
      return file
    }
    try office.store.note("lay_lai", file.shown, by: person.name)
    return .redirect(to: Address.file(file))
  }

  // MARK: - An example

  private func makeExample(_ request: Request, _ context: WebContext) async throws -> Response {
    let (_, person) = try await context.form(request, who: .write)
    guard let name = office.folder.newFile(named: Self.example) else {
      throw PageFailure.badRequest
    }
    try await office.workshop.run {
      let bytes = try office.workshop.checking.folder.bytes(named: "web/\(Self.example).rec")
      try office.keeper.make(name, bytes, by: person, .made)
    }
    try office.store.note("tao", name.shown, by: person.name)
    return .redirect(to: Address.file(name))
  }

  private static let example = "vi-du"
}

extension Address {
  static func work(on name: DataFileName) -> String { "\(file(name))/viec" }
}
