import Markdown
import Texts

/// A drawing of plain shapes, one upon the other. All lengths are whole tenths of its unit, so that
/// it is the same everywhere.
struct Drawing {
  private(set) var shapes: [Shape] = []

  typealias Point = (x: Int, y: Int)

  enum Shape {
    /// Filled, with an outline or without.
    case rectangle(x: Int, y: Int, width: Int, height: Int, fill: String, isOutlined: Bool)
    case line(Point, Point, colour: String)
    /// Lines through points, each by itself.
    case lines([[Point]], dashes: String)
    case mark(ChartStyle.Mark, x: Int, y: Int)
    /// A line of text by its baseline.
    case text(String, x: Int, y: Int, Anchor)
  }

  enum Anchor: String {
    case start, middle, end
  }

  mutating func rectangle(x: Int, y: Int, width: Int, height: Int, fill: String) {
    shapes.append(
      .rectangle(x: x, y: y, width: width, height: height, fill: fill, isOutlined: true))
  }

  mutating func line(from start: Point, to end: Point, _ colour: String) {
    shapes.append(.line(start, end, colour: colour))
  }

  /// A line through points, parted where one of them is not there.
  mutating func line(through points: [Point?], dashes: String) {
    var lines: [[Point]] = []
    var isOpen = false
    for point in points {
      if let point {
        if isOpen { lines[lines.count - 1].append(point) } else { lines.append([point]) }
      }
      isOpen = point != nil
    }
    shapes.append(.lines(lines, dashes: dashes))
  }

  mutating func mark(_ mark: ChartStyle.Mark, x: Int, y: Int) {
    shapes.append(.mark(mark, x: x, y: y))
  }

  mutating func text(_ text: String, x: Int, y: Int, _ anchor: Anchor) {
    shapes.append(.text(text, x: x, y: y, anchor))
  }

  /// A number at a bar or a point, which hides the lines behind it.
  mutating func number(_ text: String, x: Int, y: Int, _ anchor: Anchor) {
    let (width, height) = (ChartStyle.text.width(text), ChartStyle.text.size)
    let start = anchor == .start ? x : anchor == .end ? x - width : x - width / 2
    shapes.append(
      .rectangle(
        x: start, y: y - height * 8 / 10, width: width, height: height, fill: "#fff",
        isOutlined: false))
    self.text(text, x: x, y: y, anchor)
  }
}
