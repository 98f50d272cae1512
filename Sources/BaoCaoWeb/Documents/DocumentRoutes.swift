import Diagnostics
import Foundation
import HTTPTypes
import Hummingbird
import OfficeFiles
import Reports
import Templating

/// The documents of a file: seen beside the form, printed, and taken away.
struct DocumentRoutes: Routes {
  let office: Office

  func add(to router: Router<WebContext>) {
    router.get("tep/:tep/xem/**") { request, context in try await preview(request, context) }
    router.get("tep/:tep/in/**") { _, context in try await print(context) }
    router.get("tep/:tep/tai/:ten") { request, context in try await takeAway(request, context) }
  }

  // MARK: - Seeing

  /// The document as it is going to be, with marks where something is missing, and what is being edited
  /// shown; or a picture of it.
  private func preview(_ request: Request, _ context: WebContext) async throws -> Response {
    _ = try context.person(who: .read)
    let path = context.parameters.getCatchAll().compactMap { $0.removingPercentEncoding }
    let name = try office.folder.file(try context.part("tep"))
    guard path.count == 1 else { return try picture(path, of: name) }
    let place = request.uri.queryParameters.get("o").flatMap { EntryPlace(query: String($0)) }
    return try await page(path[0], of: name, showing: place, context)
  }

  private func print(_ context: WebContext) async throws -> Response {
    _ = try context.person(who: .read)
    let path = context.parameters.getCatchAll().compactMap { $0.removingPercentEncoding }
    let name = try office.folder.file(try context.part("tep"))
    guard path.count == 1 else { return try picture(path, of: name) }
    return try await page(path[0], of: name, showing: nil, isFinal: true, context)
  }

  private func page(
    _ document: String, of name: DataFileName, showing place: EntryPlace?, isFinal: Bool = false,
    _ context: WebContext
  ) async throws -> Response {
    do {
      let html = try await office.workshop.run { () throws -> [UInt8]? in
        let state = try office.keeper.state(of: name)
        let file = try DataFile.read(name: name.path, bytes: state.bytes)
        if isFinal, let made = try? office.workshop.finalPage(of: document, in: file) {
          return made
        }
        return try office.workshop.page(of: document, in: file, showing: place)
      }
      guard let html else { throw PageFailure.notFound }
      return framed(html, as: "text/html; charset=utf-8")
    } catch let problems as Problems {
      // What no draft can be made with is told in the place of the document.
      let shown = problems.diagnostics.prefix(20).map {
        Value.map($0.forDataAuthors.shown(in: context.language))
      }
      let page = Page("chua-xem", [("van_de", .list(shown))])
      var response = try await office.show(page, in: context)
      let policy = Self.policy.replacing("style-src", with: "style-src 'self'")
      response.setHeader("Content-Security-Policy", policy)
      response.setHeader("X-Frame-Options", "SAMEORIGIN")
      return response
    }
  }

  /// A picture beside the data file.
  private func picture(_ path: [String], of name: DataFileName) throws -> Response {
    let inner = path.joined(separator: "/")
    guard Files.isRelative(inner), let type = Self.pictureType(of: inner) else {
      throw PageFailure.notFound
    }
    let folder = Files.folder(of: name.path)
    let stored = "\(folder)/\(Files.stored(inner, in: folder))"
    guard let bytes = try? Files.read(stored, inside: folder) else { throw PageFailure.notFound }
    return framed(bytes, as: type)
  }

  private static func pictureType(of path: String) -> String? {
    switch path.split(separator: ".").last?.lowercased() {
    case "svg": "image/svg+xml"
    case "png": "image/png"
    case "jpg", "jpeg": "image/jpeg"
    case "gif": "image/gif"
    case "webp": "image/webp"
    default: nil
    }
  }

  /// An answer that is shown in a frame of ours and may do nothing there.
  private func framed(_ bytes: [UInt8], as type: String) -> Response {
    var response = Response(bytes, as: type)
    response.setHeader("Content-Security-Policy", Self.policy)
    response.setHeader("X-Frame-Options", "SAMEORIGIN")
    return response
  }

  // It may run nothing; of the same origin it is to be let its pictures.
  private static let policy =
    "sandbox allow-same-origin; default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; "
    + "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"

  // MARK: - Taking away

  private func takeAway(_ request: Request, _ context: WebContext) async throws -> Response {
    _ = try context.person(who: .read)
    let name = try office.folder.file(try context.part("tep"))
    let wish = try context.part("ten")
    let file = try await office.workshop.run {
      try office.workshop.takeAway(wish, of: name, try office.keeper.state(of: name))
    }
    guard let file else { throw PageFailure.notFound }
    return file.response
  }
}

extension EntryPlace {
  /// Reads `so_lieu.3.gia_tri`.
  fileprivate init?(query: String) {
    let parts = query.split(separator: ".").map(String.init)
    guard parts.count == 3, let record = Int(parts[1]) else { return nil }
    self.init(type: parts[0], record: record, field: parts[2])
  }
}

extension Workshop {
  /// The page of a document as it is taken away.
  fileprivate func finalPage(
    of document: String, in file: DataFile
  ) throws(Problems) -> [UInt8]? {
    try make(file, only: document, as: [.html], on: Paper()).first {
      $0.path == "\(document).html"
    }?
    .bytes
  }

  /// The page of a document as a draft, with the place that is being edited marked where it can be told;
  /// nil where the file asks for no such document.
  fileprivate func page(
    of document: String, in file: DataFile, showing place: EntryPlace?
  ) throws(Problems) -> [UInt8]? {
    func html(_ file: DataFile) throws(Problems) -> [UInt8]? {
      try draft(file, of: document, as: .html).first { $0.path == "\(document).html" }?.bytes
    }
    if let place, let marked = file.marked(place, checking), let page = try? html(marked) {
      return EditMark.marked(page)
    }
    return try html(file)
  }

  /// A document in one form, the data file itself, or all as a ZIP; nil where there is none of the name.
  fileprivate func takeAway(
    _ wish: String, of name: DataFileName, _ state: FileState
  ) throws -> TakenFile? {
    let last = name.stem
    if wish == "du-lieu.rec" { return TakenFile(name: "\(last).rec", bytes: state.bytes) }
    let file = try DataFile.read(name: name.path, bytes: state.bytes)
    if wish == "tat-ca.zip" {
      return TakenFile(name: "\(last).zip", bytes: try zip(file, named: last, state.bytes))
    }
    guard let dot = wish.lastIndex(of: "."),
      let format = Format.allCases.first(where: {
        $0.fileExtension == wish[wish.index(after: dot)...]
      })
    else { return nil }
    var warnings: [Diagnostic] = []
    let document = String(wish[..<dot])
    let made = try make(file, only: document, as: [format], on: paper(for: [format]))
      .packed(into: &warnings)
    if let problem = warnings.first, made.isEmpty { throw Problems([problem]) }
    guard let output = made.first(where: { $0.path == wish }) else { return nil }
    return TakenFile(name: "\(last)-\(wish)", bytes: output.bytes)
  }

  private func zip(_ file: DataFile, named name: String, _ data: [UInt8]) throws -> [UInt8] {
    var formats: [Format] = [.markdown, .html, .text, .docx, .xlsx]
    var (paper, missing) = (Paper(), "")
    do throws(Problems) {
      paper = try self.paper(for: [.pdf])
      formats.append(.pdf)
    } catch {
      // Without a program that prints, all the other forms are there, and why there is no PDF.
      let problems = error.diagnostics.map {
        $0.sentence(in: .vietnamese) + "\n" + $0.hint(in: .vietnamese) + "\n"
      }
      missing = problems.joined()
    }
    var warnings: [Diagnostic] = []
    let made = try make(file, only: nil, as: formats, on: paper).packed(into: &warnings)
    var writer = ZipWriter()
    writer.append("\(name)/\(name).rec", data.span)
    var seen: Set<String> = []
    for output in made where seen.insert(output.path).inserted {
      writer.append("\(name)/\(output.path)", output.bytes.span)
    }
    if !missing.isEmpty { writer.append("\(name)/\(Self.missingPDF)", Array(missing.utf8).span) }
    guard let bytes = writer.finish() else { throw PageFailure.broken }
    return bytes
  }

  /// The file of a ZIP that says why there is no PDF.
  private static let missingPDF = "chua-co-pdf.txt"

  private func paper(for formats: [Format]) throws(Problems) -> Paper {
    guard formats.contains(.pdf) else { return Paper() }
    return Paper(printer: try printer(), isTwoSided: false)
  }
}
