import Diagnostics
import Foundation
import Hummingbird
import Reports
import Templating

/// The form of a data file: a section of records at a time, beside the document that it makes.
struct EditRoutes: Routes {
  let office: Office

  func add(to router: Router<WebContext>) {
    router.get("tep/:tep") { _, context in try await showFirst(context) }
    router.get("tep/:tep/tinh-hinh") { request, context in try await tell(request, context) }
    router.get("tep/:tep/kiem-tra") { _, context in try await showProblems(context) }
    router.post("tep/:tep/bo-qua") { request, context in try await silence(request, context) }
    router.get("tep/:tep/vien-dan") { request, context in try await showCitations(request, context)
    }
    router.get("tep/:tep/muc/:muc") { request, context in try await showSection(request, context) }
    router.post("tep/:tep/muc/:muc") { request, context in try await save(request, context) }
    router.post("tep/:tep/dan/:muc") { request, context in try await paste(request, context) }
  }

  private func showFirst(_ context: WebContext) async throws -> Response {
    _ = try context.person(who: .read)
    let file = try await office.open(try context.part("tep"))
    guard let first = file.form.sections.first else { throw PageFailure.notFound }
    return .redirect(to: Address.section(first.type, of: file.name))
  }

  private func showSection(_ request: Request, _ context: WebContext) async throws -> Response {
    _ = try context.person(who: .read)
    let file = try await office.open(try context.part("tep"))
    let view = SectionView(
      file, try context.part("muc"), context,
      blanks: request.uri.queryParameters.get("them") == nil ? 0 : 1)
    return try await show(view, context)
  }

  private func show(_ view: SectionView, _ context: WebContext) async throws -> Response {
    var page = Page("sua", try view.values(office))
    if view.hasConflicts { page.status = .conflict }
    return try await office.show(page, in: context)
  }

  // MARK: - Saving

  private func save(_ request: Request, _ context: WebContext) async throws -> Response {
    let (form, person) = try await context.form(request, who: .write)
    let type = try context.part("muc")
    let submission = try Submission(form, ofType: type)
    let name = try office.folder.file(try context.part("tep"))
    let saved = try await office.workshop.run { try apply(submission, to: name, by: person) }
    if wantsJSON(request) { return try saved.answer(in: context.language) }
    if saved.conflicts.isEmpty {
      let path = Address.section(type, of: name)
      return .redirect(to: submission.addsRecord ? "\(path)?them=1#moi" : path)
    }
    return try await show(
      SectionView(saved.opened, type, context, conflicts: saved.conflicts), context)
  }

  private func wantsJSON(_ request: Request) -> Bool {
    request.headers[.accept]?.hasPrefix("application/json") ?? false
  }

  /// Puts what a form sends into the file, beside what others changed meanwhile.
  private func apply(
    _ submission: Submission, to name: DataFileName, by person: Person
  ) throws -> SavedSection {
    var edited: EditedFile?
    var isLost = false
    let act: Version.Act = submission.removesRecord ? .removed : .edited
    let state = try office.keeper.change(name, by: person, act) { current in
      guard let base = try base(submission.base, current) else {
        isLost = true
        return nil
      }
      let now = try DataFile.read(name: name.path, bytes: current.bytes)
      let then = try DataFile.read(name: name.path, bytes: base)
      // A record that the form cannot have had is no record of it.
      let known = 0..<then.count(ofType: submission.edit.type)
      guard submission.edit.entries.allSatisfy({ $0.origin.map(known.contains) ?? true }) else {
        throw PageFailure.badRequest
      }
      let result = try now.applying(submission.edit, madeOn: then, office.workshop.checking)
      edited = result
      return result.bytes
    }
    if isLost { throw PageFailure.tooOld }
    let opened = try office.workshop.open(name, state)
    return SavedSection(
      opened: opened, conflicts: edited?.conflicts ?? [],
      places: submission.places(edited?.places ?? [:]),
      changes: submission.changes(in: opened.form.section(submission.edit.type)?.records ?? []))
  }

  /// The bytes that a page was made of; nil where they are no longer kept.
  private func base(_ sum: ContentSum, _ current: FileState) throws -> [UInt8]? {
    sum == current.sum ? current.bytes : try office.store.content(sum)
  }

  private func paste(_ request: Request, _ context: WebContext) async throws -> Response {
    let (form, person) = try await context.form(request, who: .write)
    let type = try context.part("muc")
    let name = try office.folder.file(try context.part("tep"))
    let (rows, replaces) = (form["bang"] ?? "", form["thay"] != nil)
    try await office.workshop.run {
      _ = try office.keeper.change(name, by: person, .pasted) { current in
        let file = try DataFile.read(name: name.path, bytes: current.bytes)
        let edit = try SectionEdit(
          pasting: rows, ofType: type, into: file, replacing: replaces, office.workshop.checking)
        return try file.applying(edit, madeOn: file, office.workshop.checking).bytes
      }
    }
    return .redirect(to: Address.section(type, of: name))
  }

  private func silence(_ request: Request, _ context: WebContext) async throws -> Response {
    let (form, person) = try await context.form(request, who: .write)
    let name = try office.folder.file(try context.part("tep"))
    let (code, reason) = (form["ma"] ?? "", form["ly_do"] ?? "")
    try await office.workshop.run {
      _ = try office.keeper.change(name, by: person) { current in
        try DataFile.read(name: name.path, bytes: current.bytes).silencing(code, because: reason)
      }
    }
    return .redirect(to: Address.problems(of: name))
  }

  // MARK: - Looking

  private func showProblems(_ context: WebContext) async throws -> Response {
    _ = try context.person(who: .read)
    let file = try await office.open(try context.part("tep"))
    let values = file.problems.map { $0.value(in: context.language, of: file) }
    return try await office.show(
      Page("kiem-tra", [("tep", file.value), ("van_de", .list(values))]), in: context)
  }

  private func showCitations(_ request: Request, _ context: WebContext) async throws -> Response {
    _ = try context.person(who: .read)
    let file = try await office.open(try context.part("tep"))
    let words = String(request.uri.queryParameters.get("tim")?.prefix(200) ?? "")
    let found = try await office.workshop.run {
      try office.workshop.checking.citationChoices(matching: words, limit: 60, for: file.file)
    }
    let known = file.form.section("can_cu")?.records ?? []
    let origins: [Value] = known.map { .int($0.index) }
    return try await office.show(
      Page(
        "vien-dan",
        [
          ("tep", file.value), ("tim", Value(words)), ("lua_chon", .list(found.map(\.value))),
          ("goc", Value(file.state.sum.text)), ("nguon", .list(origins)),
        ]), in: context)
  }

  /// Tells a window whether the file has changed since, and who else has it open.
  private func tell(_ request: Request, _ context: WebContext) async throws -> Response {
    let person = try context.person(who: .read)
    let name = try office.folder.file(try context.part("tep"))
    let window = String(request.uri.queryParameters.get("cua")?.prefix(64) ?? "")
    let others = office.presence.note(window, of: person, at: name.id)
    let sum = try await office.workshop.run { try office.keeper.state(of: name).sum.text }
    return try Response.json(FileNews(goc: sum, khac: others))
  }
}

extension CitationChoice {
  fileprivate var value: Value {
    var fields: [Value] = []
    for name in values.keys.sorted() {
      for text in values[name] ?? [] {
        fields.append(.map([("ten", Value(name)), ("gia_tri", Value(text))]))
      }
    }
    return .map([
      ("ten", Value(title)), ("luu_y", Value(note ?? "")), ("truong", .list(fields)),
    ])
  }
}

private struct FileNews: Encodable {
  let goc: String
  let khac: [String]
}

/// The addresses of pages of a file.
enum Address {
  static func file(_ name: DataFileName) -> String { "/tep/\(encoded(name.id))" }
  static func section(_ type: String, of name: DataFileName) -> String {
    "\(file(name))/muc/\(type)"
  }
  static func problems(of name: DataFileName) -> String { "\(file(name))/kiem-tra" }

  static func encoded(_ part: String) -> String {
    part.addingPercentEncoding(withAllowedCharacters: allowed) ?? part
  }

  private static let allowed = CharacterSet(
    charactersIn: "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")
}
