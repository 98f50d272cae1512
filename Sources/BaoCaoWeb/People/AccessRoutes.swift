import Diagnostics
import Foundation
import Hummingbird
import Templating

/// Coming in and going out, accounts, and the log of what was done.
struct AccessRoutes: Routes {
  let office: Office

  func add(to router: Router<WebContext>) {
    router.get("vao") { request, context in try await enter(request, context) }
    router.get("dang-nhap") { _, context in try await showLogIn(context) }
    router.post("dang-nhap") { request, context in try await logIn(request, context) }
    router.get("lap-tai-khoan") { request, context in try await showSetup(request, context) }
    router.post("lap-tai-khoan") { request, context in try await setUp(request, context) }
    router.post("dang-xuat") { request, context in try await logOut(request, context) }
    router.post("ngon-ngu") { request, context in try await changeLanguage(request, context) }
    router.get("nguoi-dung") { _, context in try await showPeople(context, saying: nil) }
    router.post("nguoi-dung") { request, context in try await addPerson(request, context) }
    router.post("nguoi-dung/:id") { request, context in try await changePerson(request, context) }
    router.post("mat-khau") { request, context in try await changePassword(request, context) }
    router.get("nhat-ky") { _, context in try await showEvents(context) }
  }

  // MARK: - Coming in

  /// The first address of a machine where nobody else comes in.
  private func enter(_ request: Request, _ context: WebContext) async throws -> Response {
    guard case .alone(let secret) = office.access.mode,
      let given = request.uri.queryParameters.get("khoa"), Secret.isSame(given, secret)
    else { throw PageFailure.notAllowed }
    return try begin(for: Person(alone: ""))
  }

  private func showLogIn(_ context: WebContext) async throws -> Response {
    guard office.access.hasAccounts else { throw PageFailure.notIn }
    return try await office.show(Page("dang-nhap"), in: context)
  }

  private func logIn(_ request: Request, _ context: WebContext) async throws -> Response {
    guard office.access.hasAccounts else { throw PageFailure.notFound }
    let form = try await FormData.read(request)
    let login = form["ten"] ?? ""
    let password = form["mat_khau"] ?? ""
    guard login.utf8.count <= 100, password.utf8.count <= Password.most * 4 else {
      throw PageFailure.badRequest
    }
    let person = try await office.workshop.run {
      try office.store.person(login: login, password: password)
    }
    guard let person else {
      try office.store.note("vao_sai", login, by: "")
      var page = Page("dang-nhap", [("sai", .bool(true)), ("ten", Value(login))])
      page.status = .unauthorized
      return try await office.show(page, in: context)
    }
    try office.store.note("vao", "", by: person.name)
    return try begin(for: person)
  }

  private func begin(for person: Person) throws -> Response {
    let secret = try office.store.beginSession(for: person)
    var response = Response.redirect(to: "/")
    response.setCookie(
      Cookie(
        name: Session.cookie, value: secret, path: "/", secure: office.access.isSecure,
        httpOnly: true, sameSite: .strict))
    return response
  }

  private func logOut(_ request: Request, _ context: WebContext) async throws -> Response {
    _ = try await context.form(request, who: .read)
    if let session = context.session { try office.store.end(session) }
    return .redirect(to: "/dang-nhap")
  }

  private func changeLanguage(_ request: Request, _ context: WebContext) async throws -> Response {
    let form = try await FormData.read(request)
    // Back to the page where it was asked for; the origin was checked.
    let page = request.headers[.referer].flatMap { URL(string: $0)?.path(percentEncoded: true) }
    var response = Response.redirect(to: page.flatMap { $0.hasPrefix("//") ? nil : $0 } ?? "/")
    let language = form["ngon_ngu"] == "en" ? "en" : "vi"
    response.setCookie(
      Cookie(
        name: "ngon_ngu", value: language, maxAge: 365 * 86_400, path: "/",
        secure: office.access.isSecure, httpOnly: true, sameSite: .strict))
    return response
  }

  // MARK: - The first account

  /// - Throws: that there is an account, or that the secret is wrong.
  private func checkSetup(_ secret: String?) throws {
    guard case .accounts(let setup?) = office.access.mode, let secret,
      Secret.isSame(secret, setup), try !office.store.hasPeople()
    else { throw PageFailure.notAllowed }
  }

  private func showSetup(_ request: Request, _ context: WebContext) async throws -> Response {
    let secret = request.uri.queryParameters.get("khoa").map { String($0) }
    try checkSetup(secret)
    return try await office.show(
      Page("lap-tai-khoan", [("khoa_lap", Value(secret ?? ""))]), in: context)
  }

  private func setUp(_ request: Request, _ context: WebContext) async throws -> Response {
    let form = try await FormData.read(request)
    try checkSetup(form["khoa_lap"])
    let account = NewAccount(form, role: .manages)
    guard let complaint = try await add(account, by: account.name) else {
      return .redirect(to: "/dang-nhap")
    }
    var page = Page(
      "lap-tai-khoan",
      [
        ("khoa_lap", Value(form["khoa_lap"] ?? "")), ("ten", Value(account.login)),
        ("ho_ten", Value(account.name)),
        ("sai", Value(office.wording.text(complaint, in: context.language))),
      ])
    page.status = .unprocessableContent
    return try await office.show(page, in: context)
  }

  /// Adds an account.
  ///
  /// - Returns: the key of what is wrong with it; nil where it was added.
  private func add(_ account: NewAccount, by person: String) async throws -> String? {
    if let flaw = account.flaw { return flaw }
    let isNew = try await office.workshop.run {
      try office.store.add(
        login: account.login, name: account.name, password: account.password, role: account.role)
    }
    guard isNew else { return "tk_trung" }
    try office.store.note("them_nguoi", account.login, by: person)
    return nil
  }

  // MARK: - Accounts

  private func showPeople(_ context: WebContext, saying complaint: String?) async throws -> Response
  {
    let own = try context.person()
    guard office.access.hasAccounts else { throw PageFailure.notFound }
    let people = own.role.has(.manage) ? try office.store.people() : []
    var page = Page(
      "nguoi-dung",
      [
        ("cac_nguoi", .list(people.map(\.value))), ("ten_cua_toi", Value(own.login)),
        ("cac_vai_tro", .list(Role.allCases.map { Value($0.rawValue) })),
        ("loi", Value(complaint.map { office.wording.text($0, in: context.language) } ?? "")),
      ])
    if complaint != nil { page.status = .unprocessableContent }
    return try await office.show(page, in: context)
  }

  private func addPerson(_ request: Request, _ context: WebContext) async throws -> Response {
    let (form, person) = try await context.form(request, who: .manage)
    guard office.access.hasAccounts else { throw PageFailure.notFound }
    let account = NewAccount(form, role: Role(rawValue: form["vai_tro"] ?? "") ?? .reads)
    if let complaint = try await add(account, by: person.name) {
      return try await showPeople(context, saying: complaint)
    }
    return .redirect(to: "/nguoi-dung")
  }

  private func changePerson(_ request: Request, _ context: WebContext) async throws -> Response {
    let (form, person) = try await context.form(request, who: .manage)
    guard office.access.hasAccounts, let id = Int(try context.part("id")),
      let changed = try office.store.person(id), let role = Role(rawValue: form["vai_tro"] ?? "")
    else { throw PageFailure.notFound }
    let isClosed = form["dong"] != nil
    do {
      try office.store.change(id, role: role, isClosed: isClosed)
    } catch is NobodyManages {
      return try await showPeople(context, saying: "tk_quan_ly_cuoi")
    }
    try office.store.note("sua_nguoi", changed.login, by: person.name)
    if let password = form["mat_khau"], !password.isEmpty {
      guard Password.isLongEnough(password) else {
        return try await showPeople(context, saying: "tk_mat_khau_ngan")
      }
      try await office.workshop.run { try office.store.setPassword(id, password) }
      try office.store.note("doi_mat_khau", changed.login, by: person.name)
    }
    if isClosed { try office.store.endSessions(of: id) }
    return .redirect(to: "/nguoi-dung")
  }

  /// Changes one's own password, which ends all sessions.
  private func changePassword(_ request: Request, _ context: WebContext) async throws -> Response {
    let (form, person) = try await context.form(request, who: .read)
    guard office.access.hasAccounts else { throw PageFailure.notFound }
    let (old, new) = (form["cu"] ?? "", form["mat_khau"] ?? "")
    guard Password.isLongEnough(new) else {
      return try await showPeople(context, saying: "tk_mat_khau_ngan")
    }
    let known = try await office.workshop.run {
      try office.store.person(login: person.login, password: old)
    }
    guard known != nil else { return try await showPeople(context, saying: "tk_mat_khau_sai") }
    try await office.workshop.run { try office.store.setPassword(person.id, new) }
    try office.store.note("doi_mat_khau", person.login, by: person.name)
    return .redirect(to: "/dang-nhap")
  }

  private func showEvents(_ context: WebContext) async throws -> Response {
    _ = try context.person(who: .manage)
    let events = try office.store.events(limit: 500).map { event in
      Value.map([
        ("luc", Value(event.time.shown)), ("nguoi", Value(event.person)),
        ("viec", Value(office.wording.text("viec_\(event.act)", in: context.language))),
        ("cua", Value(event.object)),
      ])
    }
    return try await office.show(Page("nhat-ky", [("cac_viec", .list(events))]), in: context)
  }
}

/// An account as somebody fills it in.
private struct NewAccount: Sendable {
  let login: String
  let name: String
  let password: String
  let role: Role

  init(_ form: FormData, role: Role) {
    login = (form["ten"] ?? "").trimmingCharacters(in: .whitespaces).lowercased()
    name = (form["ho_ten"] ?? "").trimmingCharacters(in: .whitespaces)
    password = form["mat_khau"] ?? ""
    self.role = role
  }

  /// The key of what is wrong with it.
  var flaw: String? {
    let isPlain = login.unicodeScalars.allSatisfy { scalar in
      ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar)
        || ".-_@".unicodeScalars.contains(scalar)
    }
    if !(1...60).contains(login.utf8.count) || !isPlain { return "tk_ten_sai" }
    if name.isEmpty || name.utf8.count > 200 { return "tk_ho_ten_thieu" }
    return Password.isLongEnough(password) ? nil : "tk_mat_khau_ngan"
  }
}

extension Person {
  fileprivate var value: Value {
    .map([
      ("so", .int(id)), ("ten", Value(login)), ("ho_ten", Value(name)),
      ("vai_tro", Value(role.rawValue)), ("dong", .bool(isClosed)),
    ])
  }
}
