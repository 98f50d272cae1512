import Texts
import Foundation
import Mustache
import Reports
import Stencil
import Templating
import Vietnamese

extension Engine {
  /// Ours over rec, and over JSON as the others.
  static func ours(_ template: String, _ reports: [ReportData]) throws -> [Engine] {
    let filling = try Filling(
      template: template, root: nil, .documents(undefined: .strict), to: nil)
    let fill = { (values: ValueMap) in try filling.fill(values, to: nil) }
    return [
      try Engine(
        "BaoCao, data in rec", reports,
        parse: { try filling.read(name: $0.name, bytes: $0.bytes) }, fill: fill),
      try Engine(
        "BaoCao, data in JSON", reports,
        parse: { try filling.read(name: $0.name + ".json", bytes: Array($0.json)) }, fill: fill),
    ]
  }

  static func mustache(_ text: String, _ reports: [ReportData]) throws -> Engine {
    let template = try MustacheTemplate(string: text)
    return try Engine(
      "swift-mustache 2.1.1", reports,
      parse: { mustacheValue(try JSONSerialization.jsonObject(with: $0.json)) },
      fill: { template.render($0).utf8 })
  }

  /// Its tags leave no white space to strip: Stencil would do that by regular expressions, and anew
  /// at each filling.
  static func stencil(_ text: String, _ reports: [ReportData]) throws -> Engine {
    let filters = Extension()
    filters.registerFilter("so") { ($0 as? Int).map(grouped) }
    filters.registerFilter("ngay_dang") { ($0 as? String).map(dayFirst) }
    filters.registerFilter("tong") { rows, arguments in
      sum(of: arguments.first as? String ?? "", in: rows as? [Any] ?? [])
    }
    let template = Stencil.Template(
      templateString: text, environment: Stencil.Environment(extensions: [filters]))
    return try Engine(
      "Stencil 0.15.1", reports,
      parse: { try JSONSerialization.jsonObject(with: $0.json) as? [String: Any] ?? [:] },
      fill: { try template.render($0).utf8 })
  }
}

/// `1.234.567`
private func grouped(_ number: Int) -> String {
  var digits = ByteBuffer()
  appendNumber(number, to: &digits)
  return digits.string
}

/// `05/03/2020` of `2020-03-05`.
private func dayFirst(_ date: String) -> String {
  let parts = date.utf8.split(separator: UInt8(ascii: "-"))
  let bytes = parts.reversed().joined(separator: [UInt8(ascii: "/")])
  return String(decoding: Array(bytes), as: UTF8.self)
}

private func sum(of field: String, in rows: [Any]) -> Int {
  rows.reduce(0) { $0 + ((($1 as? [String: Any])?[field] as? Int) ?? 0) }
}

// MARK: The filters as transforms of swift-mustache, which are methods of the value's type

private func mustacheValue(_ json: Any) -> Any {
  switch json {
  case let text as String: Words(text: text)
  case let members as [String: Any]: members.mapValues(mustacheValue)
  case let items as [Any]: Rows(items: items.map(mustacheValue))
  case let number as NSNumber: number.isBool ? number.boolValue : Figure(number: number.intValue)
  default: json
  }
}

extension NSNumber {
  fileprivate var isBool: Bool { String(cString: objCType) == "c" }
}

private struct Figure: MustacheTransformable, MustacheCustomRenderable {
  let number: Int

  var renderText: String { String(number) }
  var isNull: Bool { false }
  func transform(_ name: String) -> Any? { name == "so" ? grouped(number) : nil }
}

private struct Words: MustacheTransformable, MustacheCustomRenderable {
  let text: String

  var renderText: String { text }
  var isNull: Bool { false }
  func transform(_ name: String) -> Any? {
    switch name {
    case "ngay_dang": dayFirst(text)
    case "upper": text.uppercased()
    default: nil
    }
  }
}

/// A list; `tong_dan_so` is the sum of its members' field `dan_so`.
private struct Rows: MustacheSequence, MustacheTransformable {
  let items: [Any]

  func makeIterator() -> [Any].Iterator { items.makeIterator() }
  func transform(_ name: String) -> Any? {
    guard name.hasPrefix("tong_") else { return nil }
    let field = String(name.dropFirst(5))
    let figures = items.lazy.map { ($0 as? [String: Any])?[field] as? Figure }
    return Figure(number: figures.reduce(0) { $0 + ($1?.number ?? 0) })
  }
}
