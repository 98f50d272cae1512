import Diagnostics
import Foundation
import HTTPTypes
import Hummingbird
import Templating

/// A page of the office: a template of `web/` and what it shows.
struct Page: Sendable {
  let template: String
  private(set) var values: [(String, Value)]
  var status = HTTPResponse.Status.ok

  init(_ template: String, _ values: [(String, Value)] = []) {
    (self.template, self.values) = (template, values)
  }

  mutating func show(_ name: String, _ value: Value) { values.append((name, value)) }
}

extension Office {
  /// Makes the answer that shows a page.
  func show(_ page: Page, in context: WebContext) async throws -> Response {
    let variables = ValueMap((common(in: context) + page.values).map { (Key($0.0), $0.1) })
    let html = try await workshop.run {
      try workshop.checking.page("web/\(page.template).html.jinja", variables)
    }
    guard let html else { throw PageFailure.notFound }
    return Response(html, as: "text/html; charset=utf-8", page.status)
  }

  /// What every page knows: the words, the language, and who looks at it.
  private func common(in context: WebContext) -> [(String, Value)] {
    let person = context.session?.person
    func may(_ right: Right) -> Value { .bool(person?.role.has(right) ?? false) }
    return [
      ("chu", .map(wording.all(in: context.language))),
      ("tieng_anh", .bool(context.language == .english)),
      ("nguoi", Value(person?.name ?? "")), ("duoc_viet", may(.write)),
      ("duoc_duyet", may(.approve)), ("duoc_quan_ly", may(.manage)),
      ("co_tai_khoan", .bool(access.hasAccounts)),
      ("khoa", Value(context.session?.token ?? "")), ("ban", Value(assets.version)),
    ]
  }
}

extension Value {
  /// A map of some names and values.
  static func map(_ entries: [(String, Value)]) -> Value {
    .map(ValueMap(entries.map { (Key($0.0), $0.1) }))
  }

  /// The values by their names.
  static func texts(_ entries: [String: String]) -> Value {
    .map(entries.sorted { $0.key < $1.key }.map { ($0.key, Value($0.value)) })
  }
}

extension Diagnostic {
  /// What every page shows of a problem.
  func shown(in language: Language) -> [(String, Value)] {
    [
      ("ma", Value(kind.code)), ("nang", .bool(severity == .error)),
      ("cau", Value(sentence(in: language))), ("goi_y", Value(hint(in: language))),
    ]
  }
}

extension Response {
  /// An answer of some bytes.
  init(_ bytes: [UInt8], as type: String, _ status: HTTPResponse.Status = .ok) {
    self.init(
      status: status, headers: [.contentType: type],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
  }
}

extension Date {
  /// `28/11/2026 14:05`, by the clock of this machine.
  var shown: String {
    var time = time_t(timeIntervalSince1970)
    var parts = tm()
    localtime_r(&time, &parts)
    func two(_ number: Int32) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(two(parts.tm_mday))/\(two(parts.tm_mon + 1))/\(parts.tm_year + 1900) "
      + "\(two(parts.tm_hour)):\(two(parts.tm_min))"
  }
}
