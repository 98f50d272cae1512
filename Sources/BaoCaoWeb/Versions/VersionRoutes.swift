import Archives
import Diagnostics
import Hummingbird
import Reports
import Templating

/// The versions of a file: who made them when, what differs, and taking one back.
struct VersionRoutes: Routes {
  let office: Office

  func add(to router: Router<WebContext>) {
    router.get("tep/:tep/phien-ban") { _, context in try await showAll(context) }
    router.get("tep/:tep/phien-ban/:so") { _, context in try await showOne(context) }
    router.post("tep/:tep/phien-ban/:so") { request, context in
      try await takeBack(request, context)
    }
  }

  private func showAll(_ context: WebContext) async throws -> Response {
    _ = try context.person(who: .read)
    let file = try await office.open(try context.part("tep"))
    let versions = try office.store.versions(of: file.name.id)
    return try await office.show(
      Page(
        "phien-ban",
        [
          ("tep", file.value),
          ("cac_ban", .list(versions.map { value(of: $0, now: file.state.sum, context) })),
        ]), in: context)
  }

  private func value(of version: Version, now: ContentSum, _ context: WebContext) -> Value {
    .map([
      ("so", .int(version.id)), ("luc", Value(version.time.shown)),
      ("nguoi", Value(version.person)),
      ("viec", Value(office.wording.text("viec_\(version.act.rawValue)", in: context.language))),
      ("hien_tai", .bool(version.sum == now)),
    ])
  }

  private func version(_ context: WebContext, of name: DataFileName) throws -> (Version, [UInt8]) {
    guard let id = Int(try context.part("so")),
      let version = try office.store.version(id, of: name.id),
      let bytes = try office.store.content(version.sum)
    else { throw PageFailure.notFound }
    return (version, bytes)
  }

  /// What a version has otherwise than the file now.
  private func showOne(_ context: WebContext) async throws -> Response {
    _ = try context.person(who: .read)
    let file = try await office.open(try context.part("tep"))
    let (version, bytes) = try version(context, of: file.name)
    let differences = try await office.workshop.run {
      let old = try DataFile.read(name: file.name.path, bytes: bytes)
      return Comparison.differences(of: old, file.file)
    }
    let shown = differences.prefix(Self.shown).map { difference in
      Value.map([
        ("truong", Value(difference.field)), ("truoc", Value(difference.before)),
        ("cu", Value(difference.old)), ("moi", Value(difference.new)),
        ("sau", Value(difference.after)),
      ])
    }
    return try await office.show(
      Page(
        "ban-cu",
        [
          ("tep", file.value), ("ban", value(of: version, now: file.state.sum, context)),
          ("cac_cho", .list(Array(shown))), ("con_lai", .int(differences.count - shown.count)),
        ]), in: context)
  }

  private static let shown = 500

  private func takeBack(_ request: Request, _ context: WebContext) async throws -> Response {
    let (_, person) = try await context.form(request, who: .write)
    let name = try office.folder.file(try context.part("tep"))
    let (_, bytes) = try version(context, of: name)
    try await office.workshop.run {
      _ = try office.keeper.change(name, by: person, .takenBack) { _ in bytes }
    }
    try office.store.note("lay_lai", name.shown, by: person.name)
    return .redirect(to: Address.file(name))
  }
}
