import Templating

/// Bars that lie, a name beside each: for many names or long ones. What one page cannot hold goes on
/// in a second drawing.
struct BarChart {
  private let layout: ChartLayout
  private let text = ChartStyle.text
  private let names: [[String]]
  private let left: Int
  private let right: Int
  private let nameWidth: Int
  /// The numbers of rows that each drawing has.
  let parts: [Range<Int>]

  /// From one bar to the next of the same row.
  private static let barPitch = 140
  private static let rowGap = 60
  private static let widestName = 1600
  private static let leastPlot = 400

  /// nil where numbers of so many digits leave no room.
  init?(_ layout: ChartLayout) {
    self.layout = layout
    names = layout.chart.names.map { ChartStyle.text.lines($0, width: BarChart.widestName) }
    nameWidth = names.joined().map { ChartStyle.text.width($0) }.max() ?? 0
    let beside = layout.valueWidth + 2 * ChartLayout.gap
    let isDown = layout.chart.values.contains { $0.number < Decimal(0) }
    let isUp = layout.chart.values.contains { !($0.number < Decimal(0)) }
    left = nameWidth + 2 * ChartLayout.gap + (isDown ? beside : 0)
    let margin = layout.tickWidth / 2 + ChartLayout.gap
    right = ChartStyle.width - max(isUp ? beside : 0, margin)
    guard right - left >= BarChart.leastPlot else { return nil }
    let room = ChartStyle.mostHeight - layout.legendHeight - 2 * ChartStyle.text.lineHeight
    parts = BarChart.parts(
      names.map { BarChart.rowHeight($0, layout.chart.series.count) }, room: room)
  }

  private static func rowHeight(_ lines: [String], _ seriesCount: Int) -> Int {
    max(lines.count * ChartStyle.text.lineHeight, seriesCount * barPitch) + rowGap
  }

  /// Rows in parts of about the same height, none higher than the room unless a row is.
  private static func parts(_ heights: [Int], room: Int) -> [Range<Int>] {
    let total = heights.reduce(0, +)
    let count = max(1, (total + room - 1) / room)
    let wanted = min(room, (total + count - 1) / count + (heights.max() ?? 0))
    var parts: [Range<Int>] = []
    var (start, height) = (0, 0)
    for (index, row) in heights.enumerated() {
      if index > start, height + row > wanted {
        parts.append(start..<index)
        (start, height) = (index, 0)
      }
      height += row
    }
    return parts + [start..<heights.count]
  }

  /// Draws the rows of a part, and returns the height.
  func draw(_ rows: Range<Int>, _ drawing: inout Drawing) -> Int {
    layout.drawLegend(&drawing)
    let top = layout.legendHeight
    let bottom = top + rows.reduce(0) { $0 + height(ofRow: $1) }
    drawAxis(&drawing, top: top, bottom: bottom)
    var y = top
    for row in rows {
      drawRow(row, top: y, &drawing)
      y += height(ofRow: row)
    }
    let zero = left + layout.scale.place(Decimal(0), on: right - left)
    drawing.line(from: (zero, top), to: (zero, bottom), ChartStyle.axis)
    return bottom + text.lineHeight + 2 * ChartLayout.gap
  }

  private func height(ofRow row: Int) -> Int {
    BarChart.rowHeight(names[row], layout.chart.series.count)
  }

  private func drawRow(_ row: Int, top: Int, _ drawing: inout Drawing) {
    let middle = top + height(ofRow: row) / 2
    let nameTop = middle - names[row].count * text.lineHeight / 2
    for (index, line) in names[row].enumerated() {
      let y = nameTop + layout.baseline(index) - text.size / 12
      drawing.text(line, x: nameWidth + ChartLayout.gap, y: y, .end)
    }
    let zero = layout.scale.place(Decimal(0), on: right - left)
    var y = middle - layout.chart.series.count * BarChart.barPitch / 2
    for (index, series) in layout.chart.series.enumerated() {
      defer { y += BarChart.barPitch }
      guard let value = series.values[row] else { continue }
      let end = layout.scale.place(value.number, on: right - left)
      drawing.rectangle(
        x: left + min(zero, end), y: y + 10, width: abs(end - zero),
        height: BarChart.barPitch - 20, fill: ChartStyle.bars[index].fill)
      let isDown = value.number < Decimal(0)
      drawing.number(
        value.written, x: left + end + (isDown ? -ChartLayout.gap : ChartLayout.gap),
        y: y + BarChart.barPitch / 2 + text.size / 3, isDown ? .end : .start)
    }
  }

  /// Numbers under the plot, as many as fit beside each other.
  private func drawAxis(_ drawing: inout Drawing, top: Int, bottom: Int) {
    let ticks = layout.scale.ticks
    let spacing = (right - left) / max(ticks.count - 1, 1)
    let every = (layout.tickWidth + 2 * ChartLayout.gap + spacing - 1) / max(spacing, 1)
    for (index, tick) in ticks.enumerated() {
      let x = left + layout.scale.place(tick, on: right - left)
      drawing.line(from: (x, top), to: (x, bottom), ChartStyle.grid)
      guard index.isMultiple(of: max(every, 1)) else { continue }
      drawing.text(tick.vietnamese, x: x, y: bottom + ChartLayout.gap + text.size, .middle)
    }
  }
}
