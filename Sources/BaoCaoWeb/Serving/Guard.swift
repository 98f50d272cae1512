import Diagnostics
import Foundation
import HTTPTypes
import Hummingbird
import Templating

/// What every request goes through: it has to ask for this page by its name, everybody gets the
/// headers that keep pages from doing more than they should, who comes is found out, and what goes
/// wrong becomes a page without anything of the inside.
struct Guard: RouterMiddleware {
  typealias Context = WebContext

  let office: Office

  func handle(
    _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
  ) async throws -> Response {
    var context = context
    var response: Response
    do {
      guard office.access.isKnown(host: request.head.authority) else {
        throw PageFailure.badRequest
      }
      let cookies = request.cookies
      context.language = language(of: cookies)
      context.session = try session(of: cookies)
      try check(origin: request)
      if context.session == nil, !isOpen(request.uri.path) { throw PageFailure.notIn }
      response = try await next(request, context)
    } catch let failure as PageFailure {
      response = try await answer(failure, request, context)
    } catch let error as any HTTPResponseError {
      let failure: PageFailure =
        error.status == .notFound
        ? .notFound
        : error.status == .contentTooLarge ? .tooLarge : .badRequest
      response = try await answer(failure, request, context)
    } catch let problems as Problems {
      response = try await answer(problems, context)
    } catch let problem as Diagnostic {
      response = try await answer(Problems([problem]), context)
    } catch {
      // What else fails is of the inside: the log of the machine has it, the page does not.
      context.logger.error("\(error)")
      response = try await answer(.broken, request, context)
    }
    protect(&response)
    return response
  }

  private func session(of cookies: Cookies) throws -> Session? {
    guard let secret = cookies[Session.cookie]?.value else { return nil }
    var alone: Person?
    if !office.access.hasAccounts {
      alone = Person(alone: office.wording.text("nguoi_may_nay", in: .vietnamese))
    }
    return try office.store.session(secret, alone: alone)
  }

  /// Tells whether a page is for those who have not come in yet.
  private func isOpen(_ path: String) -> Bool {
    let open = ["/vao", "/dang-nhap", "/lap-tai-khoan", "/ngon-ngu"]
    return open.contains(path) || path.hasPrefix("/giao-dien.")
  }

  private func language(of cookies: Cookies) -> Language {
    switch cookies["ngon_ngu"]?.value {
    case "en": .english
    case "vi": .vietnamese
    default: .ofEnvironment
    }
  }

  /// A request that changes something and says which page sends it comes from one of ours.
  private func check(origin request: Request) throws(PageFailure) {
    guard request.method != .get, request.method != .head else { return }
    if let origin = request.headers[.origin] {
      guard office.access.isOwn(origin: origin, host: request.head.authority) else { throw .forged }
    }
    let site = HTTPField.Name("Sec-Fetch-Site").flatMap { request.headers[$0] }
    guard site == nil || site == "same-origin" || site == "none" else { throw .forged }
  }

  private func answer(
    _ failure: PageFailure, _ request: Request, _ context: WebContext
  ) async throws -> Response {
    if failure == .notIn, request.method == .get, office.access.hasAccounts {
      return .redirect(to: "/dang-nhap")
    }
    var page = Page(
      "loi", [("loi", Value(office.wording.text(failure.wording, in: context.language)))])
    page.status = failure.status
    return try await office.show(page, in: context)
  }

  /// A data file or template that cannot be read is told of as on the command line.
  private func answer(_ problems: Problems, _ context: WebContext) async throws -> Response {
    let shown = problems.diagnostics.prefix(20).map { Value.map($0.shown(in: context.language)) }
    var page = Page(
      "loi",
      [
        ("loi", Value(office.wording.text("loi_tep", in: context.language))),
        ("van_de", .list(Array(shown))),
      ])
    page.status = .unprocessableContent
    return try await office.show(page, in: context)
  }

  private func protect(_ response: inout Response) {
    func set(_ name: String, _ value: String) {
      guard let field = HTTPField.Name(name), response.headers[field] == nil else { return }
      response.headers[field] = value
    }
    set(
      "Content-Security-Policy",
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        + "connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; "
        + "frame-ancestors 'none'")
    set("X-Content-Type-Options", "nosniff")
    set("X-Frame-Options", "DENY")
    set("Referrer-Policy", "same-origin")
    set("Cross-Origin-Opener-Policy", "same-origin")
    set("Cross-Origin-Resource-Policy", "same-origin")
    set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
    set("Cache-Control", "no-store")
  }
}

extension Response {
  /// Sets a header field.
  mutating func setHeader(_ name: String, _ value: String) {
    guard let field = HTTPField.Name(name) else { return }
    headers[field] = value
  }
}
