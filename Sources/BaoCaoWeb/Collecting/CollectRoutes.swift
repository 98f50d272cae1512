import Diagnostics
import Foundation
import Hummingbird
import Reports
import Templating

/// Adding up the figures of many units: the plans of the folder, and for each which units have reported,
/// what is wrong with their files, and the total.
struct CollectRoutes: Routes {
  let office: Office

  func add(to router: Router<WebContext>) {
    router.get("tong-hop") { _, context in try await showPlans(context) }
    router.get("tong-hop/:tep") { request, context in try await showPlan(request, context) }
    router.post("tong-hop/:tep/tai-len") { request, context in try await upload(request, context) }
    router.post("tong-hop/:tep/cong") { request, context in try await addUp(request, context) }
  }

  // MARK: - Looking

  private func showPlans(_ context: WebContext) async throws -> Response {
    _ = try context.person(who: .read)
    let plans = try await office.workshop.run {
      office.folder.files().filter { file in
        guard let bytes = try? DataFile.readBytes(file.path), Self.mayBePlan(bytes) else {
          return false
        }
        return (try? DataFile.read(name: file.path, bytes: bytes))?.isPlan ?? false
      }
    }
    let values = plans.map(\.value)
    return try await office.show(Page("tong-hop", [("cac_tep", .list(values))]), in: context)
  }

  /// Tells whether reading a file is worth while.
  private static func mayBePlan(_ bytes: [UInt8]) -> Bool {
    bytes.firstRange(of: Array("tong_hop".utf8)) != nil
  }

  private func showPlan(_ request: Request, _ context: WebContext) async throws -> Response {
    _ = try context.person(who: .read)
    let name = try office.folder.file(try context.part("tep"))
    let query = request.uri.queryParameters
    let choice = CollectingChoice(
      folder: query.get("thu_muc").map { String($0) },
      lastYear: query.get("cung_ky").map { String($0) })
    return try await show(name, choice, context, saying: [])
  }

  private func show(
    _ name: DataFileName, _ choice: CollectingChoice, _ context: WebContext,
    saying result: [(String, Value)]
  ) async throws -> Response {
    let values = try await office.workshop.run {
      let opened = try office.collecting(name, choice)
      return try opened.values(office, context.language)
    }
    return try await office.show(Page("tong-hop-mot", values + result), in: context)
  }

  // MARK: - A unit's file

  /// Takes the file of a unit; of one that has a file there already, the new one takes its place.
  private func upload(_ request: Request, _ context: WebContext) async throws -> Response {
    let (form, person) = try await context.form(request, who: .write)
    let name = try office.folder.file(try context.part("tep"))
    let choice = CollectingChoice(folder: form["thu_muc"], lastYear: form["cung_ky"])
    guard let sent = form.files.first, sent.name.lowercased().hasSuffix(".rec") else {
      throw PageFailure.badRequest
    }
    let file = try await office.workshop.run {
      let opened = try office.collecting(name, choice)
      let data = try DataFile.read(name: sent.name, bytes: sent.bytes)
      let unit = try data.unit(in: opened.plan, office.workshop.checking)
      return try office.keep(sent, of: unit, opened, by: person)
    }
    try office.store.note("tai_len", file.shown, by: person.name)
    return .redirect(to: choice.address(of: name))
  }

  // MARK: - The total

  private func addUp(_ request: Request, _ context: WebContext) async throws -> Response {
    let (form, person) = try await context.form(request, who: .write)
    let name = try office.folder.file(try context.part("tep"))
    let choice = CollectingChoice(folder: form["thu_muc"], lastYear: form["cung_ky"])
    let leavesOut = form["bo_ra"] != nil
    let old = form["tong"].flatMap { $0.isEmpty ? nil : $0 }
    let (total, file) = try await office.workshop.run {
      let opened = try office.collecting(name, choice)
      let total = try opened.total(leavesOut: leavesOut, office.workshop.checking)
      return (total, try office.keep(total, in: old, opened, by: person))
    }
    try office.store.note("tong_hop", file.shown, by: person.name)
    guard !total.warnings.isEmpty else { return .redirect(to: Address.file(file)) }
    // Their advice is for the command line; here the mistakes stand at the units.
    let warnings = total.warnings.map { warning in
      Value.map([
        ("ma", Value(warning.kind.code)), ("cau", Value(warning.sentence(in: context.language))),
      ])
    }
    return try await show(
      name, choice, context,
      saying: [
        ("da_cong", file.value), ("so_da_cong", .int(total.reported)),
        ("luu_y_cong", .list(warnings)),
      ])
  }
}

/// What the page of a plan keeps in its address: the folder with the units' files, and last year's total.
struct CollectingChoice: Sendable {
  let folder: String?
  let lastYear: String?

  init(folder: String?, lastYear: String?) {
    self.folder = folder.flatMap { $0.isEmpty ? nil : $0 }
    self.lastYear = lastYear.flatMap { $0.isEmpty ? nil : $0 }
  }

  func address(of plan: DataFileName) -> String {
    let parts = [("thu_muc", folder), ("cung_ky", lastYear)].compactMap { name, value in
      value.map { "\(name)=\(Address.encoded($0))" }
    }
    return Address.collecting(plan) + (parts.isEmpty ? "" : "?" + parts.joined(separator: "&"))
  }
}

/// A plan with the files that are added up by it.
struct OpenedPlan: Sendable {
  let plan: DataFile
  let folder: UnitFolder
  let progress: CollectionProgress
  let lastYear: DataFileName?

  func total(
    leavesOut: Bool, _ templates: TemplateCollection
  ) throws(Problems) -> CollectedTotal {
    try CollectedTotal(
      plan, units: folder.files.map(\.path),
      lastYear: try lastYear.map { (name) throws(Problems) in
        try DataFile.read(path: name.path).whole()
      },
      leavesOut: leavesOut, templates)
  }

  fileprivate func values(_ office: Office, _ language: Language) throws -> [(String, Value)] {
    let names = Dictionary(folder.files.map { ($0.path, $0) }) { first, _ in first }
    func report(_ report: CollectionProgress.Report) -> Value {
      report.value(names[report.path], office.workshop.checking, language)
    }
    let units = progress.units.map { unit in
      Value.map([
        ("ten", Value(unit.name)), ("tep", .list(unit.reports.map(report))),
        ("xong", .bool(unit.isReady)),
      ])
    }
    let totals = try office.replaceableTotals(of: folder)
    return [
      ("tep", folder.plan.value), ("ky", Value(progress.period)),
      ("cac_thu_muc", .list(folder.choices.map { Value($0) })), ("thu_muc", Value(folder.chosen)),
      ("cac_cung_ky", .list(folder.siblings.map(\.value))),
      ("cung_ky", Value(lastYear?.id ?? "")),
      ("don_vi", .list(units)), ("tep_la", .list(progress.strangers.map(report))),
      ("da_bao_cao", .int(progress.units.count { !$0.reports.isEmpty })),
      ("dung", .int(progress.units.count(where: \.isReady))),
      ("cac_tong", .list(totals.map(\.value))),
    ]
  }
}

extension Office {
  fileprivate func collecting(
    _ name: DataFileName, _ choice: CollectingChoice
  ) throws -> OpenedPlan {
    let bytes = try keeper.state(of: name).bytes
    let plan = try DataFile.read(name: name.path, bytes: bytes).whole()
    guard plan.isPlan else { throw PageFailure.notFound }
    let period = try CollectionProgress(plan, units: [], workshop.checking).period
    let folder = try UnitFolder(
      of: name, for: period, choosing: choice.folder, among: self.folder.files())
    return OpenedPlan(
      plan: plan, folder: folder, progress: try folder.progress(plan, workshop.checking),
      lastYear: try choice.lastYear.map { (id) throws(PageFailure) in try folder.sibling(id) })
  }

  /// Keeps the file that a unit has sent.
  fileprivate func keep(
    _ sent: FormData.File, of unit: String, _ opened: OpenedPlan, by person: Person
  ) throws -> DataFileName {
    let known = opened.progress.units.first { $0.name == unit }?.reports ?? []
    if known.count == 1, let old = opened.folder.files.first(where: { $0.path == known[0].path }) {
      _ = try keeper.change(old, by: person, .uploaded) { _ in sent.bytes }
      return old
    }
    let stem = String(sent.name.dropLast(4))
    let wish = PlainName(stem).text.isEmpty ? unit : stem
    guard let file = folder.newFile(named: wish, in: opened.folder.folders) else {
      throw PageFailure.badRequest
    }
    try Files.makeFolder(Files.folder(of: file.path))
    guard Files.lies(Files.folder(of: file.path), in: folder.path) else {
      throw PageFailure.badRequest
    }
    try keeper.make(file, sent.bytes, by: person, .uploaded)
    return file
  }

  /// Writes a total into a new file, or over one in which nobody has written anything since it was added up.
  ///
  /// - Parameter old: the file to write over.
  fileprivate func keep(
    _ total: CollectedTotal, in old: String?, _ opened: OpenedPlan, by person: Person
  ) throws -> DataFileName {
    guard let old else {
      let wish = wording.text("tep_tong", in: .vietnamese) + " " + opened.progress.period
      guard let file = folder.newFile(named: wish, in: opened.folder.plan.folders) else {
        throw PageFailure.badRequest
      }
      try keeper.make(file, total.bytes, by: person, .collected)
      try store.keep(total: file, of: opened.folder.plan)
      return file
    }
    let file = try opened.folder.sibling(old)
    guard file != opened.lastYear else { throw PageFailure.badRequest }
    var isWritten = false
    _ = try keeper.change(file, by: person, .collected) { current in
      isWritten = try !store.isCollected(current.sum, file)
      return isWritten ? nil : total.bytes
    }
    if isWritten { throw PageFailure.written }
    try store.keep(total: file, of: opened.folder.plan)
    return file
  }
}

extension Address {
  static func collecting(_ plan: DataFileName) -> String { "/tong-hop/\(encoded(plan.id))" }
}

extension DataFileName {
  /// How lists of files show it: `ma` is for addresses, `dinh_danh` for forms.
  var value: Value {
    .map([
      ("ma", Value(Address.encoded(id))), ("dinh_danh", Value(id)), ("ten", Value(shown)),
    ])
  }
}

extension CollectionProgress.Report {
  /// - Parameter name: nil for a file that has no page.
  fileprivate func value(
    _ name: DataFileName?, _ templates: TemplateCollection, _ language: Language
  ) -> Value {
    let form =
      problems.isEmpty
      ? nil : (try? DataFile.read(path: path)).flatMap { try? EntryForm(of: $0, templates) }
    let shown = problems.map { problem in
      let place = form?.place(of: problem)
      return Value.map(
        problem.shown(in: language) + [
          ("muc", Value(place?.type ?? "")), ("ban_ghi", .int(place?.record ?? 0)),
          ("truong", Value(place?.field ?? "")),
        ])
    }
    return .map([
      ("ma", Value(name.map { Address.encoded($0.id) } ?? "")),
      ("ten", Value(name.map { $0.stem + ".rec" } ?? Files.name(of: path))),
      ("don_vi", Value(unit ?? "")), ("loi", .list(shown)),
    ])
  }
}
