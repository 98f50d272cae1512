/// What the layouts of all charts have in common: the sizes and the legend.
struct ChartLayout {
  let chart: Chart
  let scale: ChartScale
  private let text = ChartStyle.text

  static let gap = 50

  init?(_ chart: Chart) {
    let numbers = chart.values.map(\.number)
    guard let scale = ChartScale(numbers, startsAtZero: chart.kind == .bars) else { return nil }
    (self.chart, self.scale) = (chart, scale)
  }

  /// The widest of the numbers that stand at the axis of values.
  var tickWidth: Int { scale.ticks.map { text.width($0.vietnamese) }.max() ?? 0 }
  /// The widest of the numbers that stand at bars and points.
  var valueWidth: Int { chart.values.map { text.width($0.written) }.max() ?? 0 }

  var hasLegend: Bool { chart.series.count > 1 }

  /// A name in the legend, and where it stands.
  private struct Entry {
    let series: Int
    let lines: [String]
    let x: Int
    let y: Int
  }

  private static let swatch = 240

  /// Names beside each other as far as they fit, and the height of all.
  private var legend: (entries: [Entry], height: Int) {
    guard hasLegend else { return ([], 0) }
    var entries: [Entry] = []
    var (x, y, height) = (0, 0, 0)
    for (index, series) in chart.series.enumerated() {
      let room = ChartStyle.width - ChartLayout.swatch - ChartLayout.gap
      let lines = text.lines(series.name, width: room)
      let width =
        ChartLayout.swatch + ChartLayout.gap + (lines.map { text.width($0) }.max() ?? 0)
      if x > 0, x + width > ChartStyle.width { (x, y) = (0, height) }
      entries.append(Entry(series: index, lines: lines, x: x, y: y))
      height = max(height, y + lines.count * text.lineHeight)
      x += width + 3 * ChartLayout.gap
    }
    return (entries, height + 2 * ChartLayout.gap)
  }

  var legendHeight: Int { legend.height }

  func drawLegend(_ drawing: inout Drawing) {
    for entry in legend.entries {
      let middle = entry.y + text.lineHeight / 2
      if chart.kind == .bars {
        drawing.rectangle(
          x: entry.x + 20, y: middle - 45, width: ChartLayout.swatch - 20, height: 90,
          fill: ChartStyle.bars[entry.series].fill)
      } else {
        let style = ChartStyle.lines[entry.series]
        let ends = [(x: entry.x, y: middle), (x: entry.x + ChartLayout.swatch, y: middle)]
        drawing.line(through: ends, dashes: style.dashes)
        drawing.mark(style.mark, x: entry.x + ChartLayout.swatch / 2, y: middle)
      }
      for (index, line) in entry.lines.enumerated() {
        let x = entry.x + ChartLayout.swatch + ChartLayout.gap
        drawing.text(line, x: x, y: entry.y + baseline(index), .start)
      }
    }
  }

  /// The place of a line's letters below the top of the first line.
  func baseline(_ line: Int) -> Int { line * text.lineHeight + text.size }

  /// The axis of values at the left, with lines across the plot.
  ///
  /// - Parameter plot: the sides of the plot.
  func drawLeftAxis(_ drawing: inout Drawing, left: Int, right: Int, top: Int, bottom: Int) {
    for tick in scale.ticks {
      let y = bottom - scale.place(tick, on: bottom - top)
      drawing.line(from: (left, y), to: (right, y), ChartStyle.grid)
      drawing.text(
        tick.vietnamese, x: left - ChartLayout.gap, y: y + text.size / 3, .end)
    }
  }
}
