import CaseFiles
import Foundation
import Markdown

/// What cmark makes of prose, as the HTML that ours should be: headings rank three levels lower, raw
/// HTML is text, links that could run code are their text. With tables it is cmark-gfm's.
struct ProseOracle {
  private static let tools = (plain: Tool("cmark"), tables: Tool("cmark-gfm"))

  static var isHere: Bool { tools.plain.isHere && tools.tables.isHere }

  let html: String
  let hasTable: Bool
  let hasRawHTML: Bool

  init(_ markdown: String) throws {
    let input = Data(markdown.utf8)
    var xml = try Self.tools.tables.run(["-e", "table", "-t", "xml"], input: input).output
    hasTable = xml.contains("<table>")
    if !hasTable { xml = try Self.tools.plain.run(["-t", "xml"], input: input).output }
    hasRawHTML = xml.contains("<html_")
    var writer = OracleWriter()
    for element in elements(of: xml) { writer.write(element) }
    html = writer.html
  }
}

/// A tag of cmark's XML with the text that follows it.
private struct Element {
  let name: String
  let attributes: [String: String]
  let isClosing: Bool
  let isEmpty: Bool
  let text: String
}

private func elements(of xml: String) -> [Element] {
  xml.components(separatedBy: "<").dropFirst().compactMap { part in
    guard let end = part.firstIndex(of: ">"), let first = part.first, !"?!".contains(first) else {
      return nil
    }
    let inside = part[..<end]
    let tag = inside.trimmingCharacters(in: ["/", " "])
    let name = String(tag.prefix { $0 != " " })
    var attributes: [String: String] = [:]
    let pieces = tag.dropFirst(name.count).components(separatedBy: "\"")
    for index in stride(from: 0, to: pieces.count - 1, by: 2) {
      let key = pieces[index].trimmingCharacters(in: [" ", "="])
      attributes[key] = unescaped(pieces[index + 1])
    }
    return Element(
      name: name, attributes: attributes, isClosing: first == "/", isEmpty: inside.hasSuffix("/"),
      text: unescaped(String(part[part.index(after: end)...])))
  }
}

private func unescaped(_ text: String) -> String {
  [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")].reduce(text) {
    $0.replacingOccurrences(of: $1.0, with: $1.1)
  }
}

private func escaped(_ text: String) -> String {
  [("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\"", "&quot;")].reduce(text) {
    $0.replacingOccurrences(of: $1.0, with: $1.1)
  }
}

/// A target as cmark writes it.
private func escaped(target: String) -> String {
  target.utf8.map { byte in
    switch byte {
    case UInt8(ascii: "&"): "&amp;"
    case UInt8(ascii: "'"): "&#x27;"
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "a")...UInt8(ascii: "z"):
      String(UnicodeScalar(byte))
    case _ where "-_.+!*(),%#@?=;:/$~".utf8.contains(byte): String(UnicodeScalar(byte))
    default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }
  }.joined()
}

private struct OracleWriter {
  private(set) var html = ""
  private var lists: [(isTight: Bool, isOrdered: Bool)] = []
  private var alternative: [String] = []
  private var isInHeader = false
  private var columns: [String] = []
  private var column = 0
  private var rows = 0
  private var open: [(name: String, close: String)] = []
  private var images: [Element] = []

  mutating func write(_ element: Element) {
    if element.isClosing { return close(element.name) }
    if !images.isEmpty { return add(alternativeFor: element) }
    begin(element)
  }

  private mutating func begin(_ element: Element) {
    switch element.name {
    case "text": html += escaped(element.text)
    case "html_inline": html += escaped(oneLine(element.text))
    case "code": html += "<code>\(escaped(element.text))</code>"
    case "softbreak": html += "\n"
    case "linebreak": html += "<br />\n"
    case "thematic_break": html += "<hr />"
    case "html_block": html += paragraph(escaped(oneLine(element.text)))
    case "code_block":
      let language = (element.attributes["info"] ?? "").prefix { !" \t\n".contains($0) }
      let kind = language.isEmpty ? "" : " class=\"language-\(escaped(String(language)))\""
      html += "<pre><code\(kind)>\(escaped(element.text))</code></pre>"
    case "image" where element.isEmpty: html += image(element, alternative: "")
    case "image": images.append(element)
    default: beginNested(element)
    }
  }

  private mutating func beginNested(_ element: Element) {
    let (start, end) = tags(element)
    html += start
    if element.isEmpty {
      html += end
      finish(element.name)
    } else {
      open.append((element.name, end))
    }
  }

  private mutating func tags(_ element: Element) -> (String, String) {
    switch element.name {
    case "paragraph":
      let isTight = lists.last?.isTight == true && open.last?.name == "item"
      return isTight ? (" ", " ") : ("<p>", "</p>")
    case "heading":
      let level = min(6, (Int(element.attributes["level"] ?? "1") ?? 1) + 3)
      return ("<h\(level)>", "</h\(level)>")
    case "block_quote": return ("<blockquote>", "</blockquote>")
    case "list":
      let isOrdered = element.attributes["type"] == "ordered"
      lists.append((element.attributes["tight"] == "true", isOrdered))
      let start = element.attributes["start"] ?? "1"
      if !isOrdered { return ("<ul>", "</ul>") }
      return (start == "1" ? "<ol>" : "<ol start=\"\(start)\">", "</ol>")
    case "item": return ("<li>", "</li>")
    case "emph": return ("<em>", "</em>")
    case "strong": return ("<strong>", "</strong>")
    case "link":
      let target = element.attributes["destination"] ?? ""
      if isDangerous(target) { return ("", "") }
      return ("<a href=\"\(escaped(target: target))\"\(title(element))>", "</a>")
    case "table":
      (columns, rows) = ([], 0)
      return ("<table>", rows > 1 ? "</tbody></table>" : "</table>")
    case "table_header":
      (isInHeader, column) = (true, 0)
      return ("<thead><tr>", "</tr></thead>")
    case "table_row":
      (isInHeader, column) = (false, 0)
      rows += 1
      return (rows == 1 ? "<tbody><tr>" : "<tr>", "</tr>")
    case "table_cell": return cell(element)
    default: return ("", "")
    }
  }

  private mutating func cell(_ element: Element) -> (String, String) {
    if isInHeader { columns.append(element.attributes["align"] ?? "") }
    let align = column < columns.count ? columns[column] : ""
    column += 1
    let style = align.isEmpty ? "" : " style=\"text-align: \(align)\""
    return isInHeader ? ("<th scope=\"col\"\(style)>", "</th>") : ("<td\(style)>", "</td>")
  }

  private mutating func close(_ name: String) {
    if let image = images.last {
      guard name == "image" else { return }
      images.removeLast()
      let text = alternative.joined()
      if images.isEmpty {
        alternative = []
        html += self.image(image, alternative: text)
      }
      return
    }
    guard open.last?.name == name, let last = open.popLast() else { return }
    if name == "table_row" { fillRow() }
    html += name == "table" && rows > 0 ? "</tbody>" + last.close : last.close
    finish(name)
  }

  /// cmark-gfm's XML has no cells where a row is short.
  private mutating func fillRow() {
    while column < columns.count {
      let style = columns[column].isEmpty ? "" : " style=\"text-align: \(columns[column])\""
      html += "<td\(style)></td>"
      column += 1
    }
  }

  private mutating func finish(_ name: String) {
    if name == "list" { lists.removeLast() }
  }

  private mutating func add(alternativeFor element: Element) {
    switch element.name {
    case "text", "code": alternative.append(element.text)
    case "html_inline": alternative.append(oneLine(element.text))
    case "softbreak", "linebreak": alternative.append(" ")
    case "image" where !element.isEmpty: images.append(element)
    default: break
    }
  }

  private func image(_ element: Element, alternative: String) -> String {
    let target = element.attributes["destination"] ?? ""
    if isDangerous(target) { return escaped(alternative) }
    let source = "src=\"\(escaped(target: target))\""
    return "<img \(source) alt=\"\(escaped(alternative))\"\(title(element)) />"
  }

  private func title(_ element: Element) -> String {
    guard let title = element.attributes["title"], !title.isEmpty else { return "" }
    return " title=\"\(escaped(title))\""
  }

  private func isDangerous(_ target: String) -> Bool {
    let text = target.lowercased()
    return ["javascript:", "vbscript:", "file:", "data:"].contains { text.hasPrefix($0) }
      && !text.hasPrefix("data:image/png")
  }

  private func paragraph(_ text: String) -> String {
    lists.last?.isTight == true && open.last?.name == "item" ? " \(text) " : "<p>\(text)</p>"
  }

  private func oneLine(_ text: String) -> String {
    text.split(separator: "\n").joined(separator: " ").trimmingCharacters(in: [" ", "\t"])
  }
}

/// HTML without the blanks that a browser does not show.
func shown(_ html: String, withParagraphs: Bool = true) -> String {
  var text = html.split { " \t\n".contains($0) }.joined(separator: " ")
  if !withParagraphs {
    text = text.replacingOccurrences(of: "<p>", with: " ")
    text = text.replacingOccurrences(of: "</p>", with: " ")
    text = text.split(separator: " ").joined(separator: " ")
  }
  let tags = [
    "p", "h4", "h5", "h6", "li", "ul", "ol", "blockquote", "table", "thead", "tbody", "tr", "td",
    "th", "pre", "code", "br /", "hr /",
  ]
  for tag in tags {
    for form in ["<\(tag)>", "</\(tag)>"] {
      text = text.replacingOccurrences(of: " \(form)", with: form)
      text = text.replacingOccurrences(of: "\(form) ", with: form)
    }
  }
  return text
}
