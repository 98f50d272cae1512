import Templating

/// Upright columns: for a few short names.
struct ColumnChart {
  private let layout: ChartLayout
  private let text = ChartStyle.text
  private let names: [[String]]
  private let left: Int
  /// The room of one name.
  private let pitch: Int
  private let columnWidth: Int

  private static let plotHeight = 1700
  private static let mostLines = 3
  private static let widestColumn = 480

  /// nil where the names or the numbers do not fit beside each other.
  init?(_ layout: ChartLayout) {
    let chart = layout.chart
    let left = layout.tickWidth + 2 * ChartLayout.gap
    let pitch = (ChartStyle.width - left - ChartLayout.gap) / max(chart.names.count, 1)
    let room = pitch - 2 * ChartLayout.gap
    guard room > 0, chart.names.allSatisfy({ ChartStyle.text.widestWord($0) <= room }) else {
      return nil
    }
    names = chart.names.map { ChartStyle.text.lines($0, width: room) }
    let shown = layout.valueWidth + ChartLayout.gap
    columnWidth = min(room / chart.series.count, ColumnChart.widestColumn)
    guard names.allSatisfy({ $0.count <= ColumnChart.mostLines }), shown <= columnWidth else {
      return nil
    }
    (self.layout, self.left, self.pitch) = (layout, left, pitch)
  }

  /// Draws it, and returns its height.
  func draw(_ drawing: inout Drawing) -> Int {
    let top = layout.legendHeight + text.lineHeight
    // Numbers of columns that go down stand below them.
    let hasNegative = layout.scale.low < Decimal(0)
    let bottom = top + ColumnChart.plotHeight
    layout.drawLegend(&drawing)
    layout.drawLeftAxis(
      &drawing, left: left, right: ChartStyle.width, top: top, bottom: bottom)
    let zero = bottom - layout.scale.place(Decimal(0), on: ColumnChart.plotHeight)
    for (index, series) in layout.chart.series.enumerated() {
      for (place, value) in series.values.enumerated() {
        guard let value else { continue }
        let y = bottom - layout.scale.place(value.number, on: ColumnChart.plotHeight)
        let x = columnStart(place) + index * columnWidth
        drawing.rectangle(
          x: x, y: min(y, zero), width: columnWidth - ChartLayout.gap / 2, height: abs(y - zero),
          fill: ChartStyle.bars[index].fill)
        let isDown = value.number < Decimal(0)
        drawing.number(
          value.written, x: x + columnWidth / 2, y: isDown ? y + text.size : y - ChartLayout.gap,
          .middle)
      }
    }
    drawing.line(from: (left, zero), to: (ChartStyle.width, zero), ChartStyle.axis)
    let namesTop = bottom + ChartLayout.gap + (hasNegative ? text.lineHeight : 0)
    for (place, lines) in names.enumerated() {
      let x = left + place * pitch + pitch / 2
      for (index, line) in lines.enumerated() {
        drawing.text(line, x: x, y: namesTop + layout.baseline(index), .middle)
      }
    }
    return namesTop + (names.map(\.count).max() ?? 0) * text.lineHeight + ChartLayout.gap
  }

  private func columnStart(_ place: Int) -> Int {
    left + place * pitch + (pitch - layout.chart.series.count * columnWidth) / 2
  }
}
