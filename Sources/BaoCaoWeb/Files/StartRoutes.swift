import Diagnostics
import Finding
import Foundation
import Hummingbird
import OfficeFiles
import Reports
import Templating

/// The list of the files, finding in them, and new ones.
struct StartRoutes: Routes {
  let office: Office

  func add(to router: Router<WebContext>) {
    router.get("") { request, context in try await showFiles(request, context) }
    router.get("giao-dien.css") { _, _ in try office.assets.response(for: "giao-dien.css") }
    router.get("giao-dien.js") { _, _ in try office.assets.response(for: "giao-dien.js") }
    router.get("giup") { _, context in try await office.show(Page("giup"), in: context) }
    router.get("moi") { request, context in try await showNew(request, context) }
    router.post("moi") { request, context in try await make(request, context) }
    router.post("tai-len") { request, context in try await upload(request, context) }
  }

  /// The time for which the list waits for files to be looked at.
  private static let patience = Duration.milliseconds(300)

  // MARK: - The list

  private func showFiles(_ request: Request, _ context: WebContext) async throws -> Response {
    _ = try context.person(who: .read)
    let words = String(request.uri.queryParameters.get("tim")?.prefix(200) ?? "")
    var page = Page("bat-dau", [("tim", Value(words))])
    if words.isEmpty {
      let (groups, waiting) = try await office.workshop.run { try files() }
      if waiting > 0 { await office.summaryKeeper.catchUp(office) }
      page.show("nhom", .list(groups))
      page.show("con_lai", .int(waiting))
    } else {
      page.show("tim_thay", .list(try await office.workshop.run { try found(words) }))
    }
    return try await office.show(page, in: context)
  }

  /// The files by period and office, the latest period first, and how many are not looked at yet.
  private func files() throws -> ([Value], Int) {
    let files = office.folder.files()
    var summaries = try office.summaries(of: files)
    let changed = files.filter { summaries[$0] == nil }
    if !changed.isEmpty {
      // Where few files changed, nobody has to look twice.
      _ = try office.summarize(changed, until: .now + Self.patience)
      summaries = try office.summaries(of: files)
    }
    var groups: [String: [Value]] = [:]
    for file in files {
      let summary = summaries[file]
      let period = summary?.period ?? ""
      groups[period, default: []].append(value(of: file, summary))
    }
    let order = groups.keys.sorted { FilePeriod($0) > FilePeriod($1) }
    let values = order.map { period in
      Value.map([("ky", Value(period)), ("cac_tep", .list(groups[period] ?? []))])
    }
    return (values, files.count - summaries.count)
  }

  private func value(of file: DataFileName, _ summary: FileSummary?) -> Value {
    let state =
      switch summary {
      case _ where office.sealed.holds(file): "niem_phong"
      case nil: "dang_xem"
      case let summary? where summary.isBlank: "dang_dien"
      case let summary? where summary.errors > 0: "co_loi"
      default: "san_sang"
      }
    return .map([
      ("ma", Value(Address.encoded(file.id))), ("ten", Value(file.shown)),
      ("co_quan", Value(summary?.office ?? "")), ("van_ban", Value(summary?.documents ?? "")),
      ("tinh_trang", Value(state)), ("loi", .int(summary?.errors ?? 0)),
      ("luu_y", .int(summary?.warnings ?? 0)),
    ])
  }

  // MARK: - Finding

  private func found(_ words: String) throws -> [Value] {
    // Words in quotes are a phrase; others stand anywhere.
    let parts = words.contains("\"") ? [words] : words.split(separator: " ").map(String.init)
    guard let query = try? SearchQuery(words: parts) else { return [] }
    let finder = try Finder(query, in: [office.folder.path], limit: 50, anew: false) { _, _ in }
    return finder.documents.compactMap { document in
      let prefix = office.folder.path + "/"
      guard document.path.hasPrefix(prefix),
        let file = DataFileName(
          document.path.dropFirst(prefix.count).split(separator: "/").map(String.init),
          in: office.folder.path)
      else { return nil }
      return .map([
        ("ma", Value(Address.encoded(file.id))), ("ten", Value(file.shown)),
        ("mau", Value(document.kind)), ("trich_yeu", document.subject?.value ?? Value("")),
        ("cau", document.sentence?.value ?? Value("")),
      ])
    }
  }

  // MARK: - New files

  private func showNew(_ request: Request, _ context: WebContext) async throws -> Response {
    _ = try context.person(who: .write)
    let from = request.uri.queryParameters.get("tu").map { String($0) } ?? ""
    return try await showNew(from: from, isEmpty: false, context)
  }

  /// - Parameter isEmpty: whether it was sent without anything chosen.
  private func showNew(
    from: String, isEmpty: Bool, _ context: WebContext
  ) async throws -> Response {
    let kinds = try await office.workshop.run {
      try office.workshop.checking.allKinds().map {
        Value.map([("ma", Value($0.name)), ("ten", Value($0.title.string))])
      }
    }
    let files = try await office.workshop.run { office.folder.files() }
    return try await office.show(
      Page(
        "moi",
        [
          ("chua_chon", .bool(isEmpty)),
          ("cac_mau", .list(kinds)), ("tu", Value(from)),
          (
            "cac_tep",
            .list(files.map { .map([("ma", Value($0.id)), ("ten", Value($0.shown))]) })
          ),
        ]), in: context)
  }

  /// Makes a blank file of some kinds, or one that takes over what stays of the last period's.
  private func make(_ request: Request, _ context: WebContext) async throws -> Response {
    let (form, person) = try await context.form(request, who: .write)
    let kinds = form.values("mau")
    let old = form["tu"].flatMap { $0.isEmpty ? nil : $0 }
    let period = form["ky"].flatMap { $0.isEmpty ? nil : $0 }
    let from = try old.map { (id) throws(PageFailure) in try office.folder.file(id) }
    guard !kinds.isEmpty || from != nil else {
      return try await showNew(from: "", isEmpty: true, context)
    }
    let wish = form["ten"].flatMap { $0.isEmpty ? nil : $0 } ?? kinds.first ?? "tep-moi"
    guard let name = office.folder.newFile(named: wish) else { throw PageFailure.badRequest }
    try await office.workshop.run {
      let last = try from.map { try DataFile.read(path: $0.path).whole() }
      let bytes = try office.workshop.checking.blankForm(of: kinds, from: last, for: period)
      try office.keeper.make(name, bytes, by: person, .made)
    }
    try office.store.note("tao", name.shown, by: person.name)
    return .redirect(to: Address.file(name))
  }

  /// Takes a data file, or a document of Word that becomes one.
  private func upload(_ request: Request, _ context: WebContext) async throws -> Response {
    let (form, person) = try await context.form(request, who: .write)
    guard let file = form.files.first else { throw PageFailure.badRequest }
    let parts = file.name.split(separator: ".")
    guard parts.count > 1, let kind = parts.last?.lowercased(),
      let name = office.folder.newFile(named: parts.dropLast().joined(separator: "."))
    else { throw PageFailure.badRequest }
    try await office.workshop.run {
      let bytes = try office.workshop.dataFile(of: file, kind)
      try office.keeper.make(name, bytes, by: person, .uploaded)
    }
    try office.store.note("tai_len", name.shown, by: person.name)
    return .redirect(to: Address.file(name))
  }
}

extension Workshop {
  /// What an uploaded file is as a data file.
  fileprivate func dataFile(of file: FormData.File, _ kind: String) throws -> [UInt8] {
    switch kind {
    case "rec":
      _ = try DataFile.read(name: file.name, bytes: file.bytes)
      return file.bytes
    case "docx":
      let written = try WrittenDocument.read(
        word: file.bytes.span, file: file.name, limits: .officeFiles)
      return try ImportedDocument(written, of: file.name, asKind: nil, checking).bytes
    default: throw PageFailure.badRequest
    }
  }
}

extension MarkedText {
  fileprivate var value: Value {
    .list(pieces.map { .map([("chu", Value($0.text)), ("trung", .bool($0.isMarked))]) })
  }
}

/// The order of the list: the year of a period, then its words; files without one come last.
private struct FilePeriod: Comparable {
  private let year: Int
  private let text: String

  init(_ period: String) {
    let words = period.split { !$0.isNumber }.compactMap { Int($0) }
    year = words.last { (1900...2999).contains($0) } ?? 0
    text = period
  }

  static func < (left: FilePeriod, right: FilePeriod) -> Bool {
    (left.year, left.text) < (right.year, right.text)
  }
}
