/// How series are told apart, in colours and in grey: by lightness and outline, dashes and marks.
enum ChartStyle {
  struct Bar {
    let fill: String
  }

  struct Line {
    let dashes: String
    let mark: Mark
  }

  enum Mark {
    case disc, square, ring, diamond
  }

  static let bars = [
    Bar(fill: "#1f4e79"), Bar(fill: "#cfe0f0"), Bar(fill: "#7a9fc4"), Bar(fill: "#ffffff"),
  ]

  static let lines = [
    Line(dashes: "", mark: .disc), Line(dashes: "6 3", mark: .square),
    Line(dashes: "2 3", mark: .ring), Line(dashes: "9 3 2 3", mark: .diamond),
  ]

  /// Of outlines and lines.
  static let ink = "#1f4e79"
  static let grid = "#c4c4c4"
  static let axis = "#000000"

  /// The size of all text in a drawing.
  static let text = ChartText(size: 120)

  /// The width of a drawing in tenths of its unit; a page shows it as wide as its text.
  static let width = 4600
  /// The greatest height of one drawing, so that it fits a page with its title.
  static let mostHeight = 6000
}
