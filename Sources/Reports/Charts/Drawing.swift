import Markdown
import Texts

/// An SVG that is being written. All lengths are whole tenths of its unit, so that it is the same
/// everywhere.
struct Drawing {
  private var body = ""

  enum Anchor: String {
    case start, middle, end
  }

  mutating func rectangle(x: Int, y: Int, width: Int, height: Int, fill: String) {
    body += "<rect x=\"\(tenths(x))\" y=\"\(tenths(y))\" width=\"\(tenths(width))\" "
    body += "height=\"\(tenths(height))\" fill=\"\(fill)\" stroke=\"\(ChartStyle.ink)\" "
    body += "stroke-width=\"0.8\"/>\n"
  }

  mutating func line(from start: (x: Int, y: Int), to end: (x: Int, y: Int), _ colour: String) {
    body += "<path d=\"M\(tenths(start.x)) \(tenths(start.y))"
    body += "L\(tenths(end.x)) \(tenths(end.y))\" stroke=\"\(colour)\" stroke-width=\"0.8\"/>\n"
  }

  /// A line through points, parted where one of them is not there.
  mutating func line(through points: [(x: Int, y: Int)?], dashes: String) {
    var path = ""
    var isOpen = false
    for point in points {
      if let point { path += "\(isOpen ? "L" : "M")\(tenths(point.x)) \(tenths(point.y))" }
      isOpen = point != nil
    }
    body += "<path d=\"\(path)\" fill=\"none\" stroke=\"\(ChartStyle.ink)\" stroke-width=\"2\""
    body += dashes.isEmpty ? "/>\n" : " stroke-dasharray=\"\(dashes)\"/>\n"
  }

  mutating func mark(_ mark: ChartStyle.Mark, x: Int, y: Int) {
    let outline = "stroke=\"\(ChartStyle.ink)\" stroke-width=\"1.5\"/>\n"
    switch mark {
    case .disc, .ring:
      let fill = mark == .disc ? ChartStyle.ink : "#ffffff"
      body += "<circle cx=\"\(tenths(x))\" cy=\"\(tenths(y))\" r=\"3\" fill=\"\(fill)\" " + outline
    case .square:
      body += "<rect x=\"\(tenths(x - 30))\" y=\"\(tenths(y - 30))\" width=\"6\" height=\"6\" "
      body += "fill=\"#ffffff\" " + outline
    case .diamond:
      body += "<path d=\"M\(tenths(x - 40)) \(tenths(y))L\(tenths(x)) \(tenths(y - 40))"
      body += "L\(tenths(x + 40)) \(tenths(y))L\(tenths(x)) \(tenths(y + 40))Z\" "
      body += "fill=\"\(ChartStyle.ink)\" " + outline
    }
  }

  mutating func text(_ text: String, x: Int, y: Int, _ anchor: Anchor) {
    body += "<text x=\"\(tenths(x))\" y=\"\(tenths(y))\""
    if anchor != .start { body += " text-anchor=\"\(anchor.rawValue)\"" }
    body += ">\(escaped(text))</text>\n"
  }

  /// A number at a bar or a point, which hides the lines behind it.
  mutating func number(_ text: String, x: Int, y: Int, _ anchor: Anchor) {
    let (width, height) = (ChartStyle.text.width(text), ChartStyle.text.size)
    let start = anchor == .start ? x : anchor == .end ? x - width : x - width / 2
    body += "<rect x=\"\(tenths(start))\" y=\"\(tenths(y - height * 8 / 10))\" "
    body += "width=\"\(tenths(width))\" height=\"\(tenths(height))\" fill=\"#fff\"/>\n"
    self.text(text, x: x, y: y, anchor)
  }

  /// The whole element, with its name and description for those who do not see it.
  func svg(height: Int, id: String, title: String, description: String, fonts: String) -> String {
    let (width, height) = (tenths(ChartStyle.width), tenths(height))
    let size = tenths(ChartStyle.text.size)
    return """
      <svg role="img" aria-describedby="\(id)-mo-ta" viewBox="0 0 \(width) \(height)">
      <title>\(escaped(title))</title>
      <desc id="\(id)-mo-ta">\(escaped(description))</desc>
      <g font-family="\(escaped(fonts))" font-size="\(size)">
      \(body)</g>
      </svg>
      """
  }

  private func tenths(_ number: Int) -> String {
    let (whole, rest) = (number.magnitude / 10, number.magnitude % 10)
    return (number < 0 ? "-" : "") + (rest == 0 ? "\(whole)" : "\(whole).\(rest)")
  }

  /// The text as XML shows it, without the control characters that XML does not have.
  private func escaped(_ text: String) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "\t", "\n", "\r": escaped += " "
      case _ where scalar.value < 0x20 || scalar.value & 0xFFFE == 0xFFFE: escaped += "\u{FFFD}"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
