import Diagnostics
import Hummingbird
import OfficeFiles
import Reports
import Templating

/// The records of a section as a sheet of Excel: taken away, and sent back.
struct SheetRoutes: Routes {
  let office: Office

  func add(to router: Router<WebContext>) {
    router.get("tep/:tep/bang/:muc") { _, context in try await takeAway(context) }
    router.post("tep/:tep/bang/:muc") { request, context in try await upload(request, context) }
  }

  /// `so_lieu.xlsx` or `so_lieu.csv`.
  private func takeAway(_ context: WebContext) async throws -> Response {
    _ = try context.person(who: .read)
    let name = try office.folder.file(try context.part("tep"))
    let parts = try context.part("muc").split(separator: ".").map(String.init)
    guard parts.count == 2, ["xlsx", "csv"].contains(parts[1]) else { throw PageFailure.notFound }
    let bytes = try await office.workshop.run {
      let state = try office.keeper.state(of: name)
      let file = try DataFile.read(name: name.path, bytes: state.bytes).whole()
      let templates = office.workshop.checking
      guard try EntryForm(of: file, templates).section(parts[0]) != nil else {
        throw PageFailure.notFound
      }
      return parts[1] == "xlsx"
        ? try file.workbook(ofType: parts[0], templates)
        : try file.sheet(ofType: parts[0], templates, separator: .semicolon)
    }
    let plain = "\(name.stem)-\(PlainName(parts[0]).text).\(parts[1])"
    return TakenFile(name: plain, bytes: bytes).response
  }

  /// Puts the rows of a sheet in the place of the records of a section. What is wrong is told at its cells,
  /// and then nothing is changed.
  private func upload(_ request: Request, _ context: WebContext) async throws -> Response {
    let (form, person) = try await context.form(request, who: .write)
    let type = try context.part("muc")
    let name = try office.folder.file(try context.part("tep"))
    guard let sent = form.files.first else { throw PageFailure.badRequest }
    do {
      let imported = try await office.workshop.run {
        try office.take(sent, ofType: type, into: name, by: person)
      }
      guard !imported.warnings.isEmpty else {
        return .redirect(to: Address.section(type, of: name))
      }
      return try await tell(imported.warnings, of: name, type, imported.count, context)
    } catch let problems as Problems {
      return try await tell(problems.diagnostics, of: name, type, nil, context)
    }
  }

  /// - Parameter count: of the records that were put in; nil where none was.
  private func tell(
    _ problems: [Diagnostic], of name: DataFileName, _ type: String, _ count: Int?,
    _ context: WebContext
  ) async throws -> Response {
    let opened = try await office.open(name.id)
    guard let section = opened.form.section(type) else { throw PageFailure.notFound }
    let shown = problems.prefix(Self.shown).map { problem in
      Value.map(problem.shown(in: context.language) + [("o", Value(problem.cellName ?? ""))])
    }
    var page = Page(
      "bang",
      [
        ("tep", opened.value), ("muc", Value(type)), ("ten_muc", Value(section.title)),
        ("da_dua", .bool(count != nil)), ("so", .int(count ?? 0)),
        ("van_de", .list(Array(shown))), ("con_lai", .int(problems.count - shown.count)),
      ])
    if count == nil { page.status = .unprocessableContent }
    return try await office.show(page, in: context)
  }

  /// The problems of a sheet that are told.
  private static let shown = 200
}

extension Office {
  fileprivate func take(
    _ sent: FormData.File, ofType type: String, into name: DataFileName, by person: Person
  ) throws -> ImportedSheet {
    var result: ImportedSheet?
    _ = try keeper.change(name, by: person, .pasted) { current in
      let file = try DataFile.read(name: name.path, bytes: current.bytes).whole()
      let imported = try workshop.imported(sent, ofType: type, into: file)
      result = imported
      return imported.bytes
    }
    guard let result else { throw PageFailure.broken }
    return result
  }
}

extension Workshop {
  fileprivate func imported(
    _ sent: FormData.File, ofType type: String, into file: DataFile
  ) throws(Problems) -> ImportedSheet {
    if Workbook.isOne(sent.bytes, named: sent.name) {
      return try ImportedSheet(
        workbook: sent.name, sent.bytes, sheet: nil, ofType: type, into: file, checking,
        clearing: [])
    }
    return try ImportedSheet(
      sheet: sent.name, sent.bytes, ofType: type, into: file, checking, separator: nil,
      clearing: [])
  }
}
