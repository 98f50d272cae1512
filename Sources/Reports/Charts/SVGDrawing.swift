/// A drawing as an element of SVG, with its name and description for those who do not see it.
struct SVGDrawing {
  let drawing: Drawing
  let height: Int
  let title: String
  let description: String

  /// As it stands in a page, where its texts are known by an `id`.
  func element(id: String, fonts: String) -> String {
    let mark = " role=\"img\" aria-describedby=\"\(id)-mo-ta\""
    return element(attributes: mark, descriptionID: " id=\"\(id)-mo-ta\"", fonts: fonts)
  }

  /// As a file of its own.
  func file(fonts: String) -> String {
    let size = " width=\"\(tenths(ChartStyle.width))\" height=\"\(tenths(height))\""
    let mark = " xmlns=\"http://www.w3.org/2000/svg\"" + size
    return element(attributes: mark, descriptionID: "", fonts: fonts)
  }

  private func element(attributes: String, descriptionID: String, fonts: String) -> String {
    let (width, height) = (tenths(ChartStyle.width), tenths(height))
    let size = tenths(ChartStyle.text.size)
    return """
      <svg\(attributes) viewBox="0 0 \(width) \(height)">
      <title>\(escaped(title))</title>
      <desc\(descriptionID)>\(escaped(description))</desc>
      <g font-family="\(escaped(fonts))" font-size="\(size)">
      \(drawing.shapes.map(element).joined())</g>
      </svg>
      """
  }

  private func element(_ shape: Drawing.Shape) -> String {
    switch shape {
    case .rectangle(let x, let y, let width, let height, let fill, let isOutlined):
      let place = "x=\"\(tenths(x))\" y=\"\(tenths(y))\" width=\"\(tenths(width))\" "
      let look = isOutlined ? " stroke=\"\(ChartStyle.ink)\" stroke-width=\"0.8\"" : ""
      return "<rect \(place)height=\"\(tenths(height))\" fill=\"\(fill)\"\(look)/>\n"
    case .line(let start, let end, let colour):
      return "<path d=\"\(path([start, end]))\" stroke=\"\(colour)\" stroke-width=\"0.8\"/>\n"
    case .lines(let lines, let dashes):
      let look = dashes.isEmpty ? "" : " stroke-dasharray=\"\(dashes)\""
      return "<path d=\"\(lines.map(path).joined())\" fill=\"none\" stroke=\"\(ChartStyle.ink)\" "
        + "stroke-width=\"2\"\(look)/>\n"
    case .mark(let mark, let x, let y): return element(mark, x: x, y: y)
    case .text(let text, let x, let y, let anchor):
      let side = anchor == .start ? "" : " text-anchor=\"\(anchor.rawValue)\""
      return "<text x=\"\(tenths(x))\" y=\"\(tenths(y))\"\(side)>\(escaped(text))</text>\n"
    }
  }

  private func path(_ points: [Drawing.Point]) -> String {
    points.enumerated().map { index, point in
      "\(index == 0 ? "M" : "L")\(tenths(point.x)) \(tenths(point.y))"
    }.joined()
  }

  private func element(_ mark: ChartStyle.Mark, x: Int, y: Int) -> String {
    let outline = "stroke=\"\(ChartStyle.ink)\" stroke-width=\"1.5\"/>\n"
    switch mark {
    case .disc, .ring:
      let fill = mark == .disc ? ChartStyle.ink : "#ffffff"
      return "<circle cx=\"\(tenths(x))\" cy=\"\(tenths(y))\" r=\"3\" fill=\"\(fill)\" " + outline
    case .square:
      return "<rect x=\"\(tenths(x - 30))\" y=\"\(tenths(y - 30))\" width=\"6\" height=\"6\" "
        + "fill=\"#ffffff\" " + outline
    case .diamond:
      let corners = [(x - 40, y), (x, y - 40), (x + 40, y), (x, y + 40)].map { (x: $0, y: $1) }
      return "<path d=\"\(path(corners))Z\" fill=\"\(ChartStyle.ink)\" " + outline
    }
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
