import Templating

/// Lines over names in their order, as years.
struct LineChart {
  private let layout: ChartLayout
  private let text = ChartStyle.text
  private let left: Int
  /// From one point to the next, in hundredths, as there may be many.
  private let pitch: Int

  private static let plotHeight = 1900
  private static let mostLines = 3
  private static let leastPlot = 400

  /// nil where numbers of so many digits leave no room.
  init?(_ layout: ChartLayout) {
    self.layout = layout
    left = layout.tickWidth + 2 * ChartLayout.gap
    let plot = ChartStyle.width - left
    guard plot >= LineChart.leastPlot else { return nil }
    pitch = plot * 10 / max(layout.chart.names.count, 1)
  }

  /// Draws it, and returns its height.
  func draw(_ drawing: inout Drawing) -> Int {
    // The numbers at points stand above them.
    let top = layout.legendHeight + 2 * text.lineHeight
    let bottom = top + LineChart.plotHeight
    layout.drawLegend(&drawing)
    layout.drawLeftAxis(&drawing, left: left, right: ChartStyle.width, top: top, bottom: bottom)
    drawing.line(from: (left, bottom), to: (ChartStyle.width, bottom), ChartStyle.axis)
    let showsNumbers =
      layout.chart.series.count == 1 && layout.valueWidth + ChartLayout.gap <= pitch / 10
    for (index, series) in layout.chart.series.enumerated() {
      let style = ChartStyle.lines[index]
      let points = series.values.enumerated().map { place, value in
        value.map { value in
          (x: x(place), y: bottom - layout.scale.place(value.number, on: LineChart.plotHeight))
        }
      }
      drawing.line(through: points, dashes: style.dashes)
      for case let point? in points { drawing.mark(style.mark, x: point.x, y: point.y) }
      if showsNumbers { drawNumbers(&drawing, series, points, bottom: bottom) }
    }
    return drawNames(&drawing, top: bottom + ChartLayout.gap)
  }

  /// Draws the number of each point above it, or below where the line comes down to it.
  private func drawNumbers(
    _ drawing: inout Drawing, _ series: Chart.Series, _ points: [(x: Int, y: Int)?], bottom: Int
  ) {
    for (place, value) in series.values.enumerated() {
      guard let value, let point = points[place] else { continue }
      let beside = [place - 1, place + 1].compactMap {
        points.indices.contains($0) ? points[$0] : nil
      }
      let below = point.y + text.size + ChartLayout.gap
      let isLow = !beside.isEmpty && beside.allSatisfy { $0.y < point.y } && below < bottom
      drawing.number(
        value.written, x: point.x, y: isLow ? below : point.y - 2 * ChartLayout.gap, .middle)
    }
  }

  private func x(_ place: Int) -> Int { left + (place * pitch + pitch / 2) / 10 }

  /// Draws as many names as fit beside each other, and returns where they end.
  private func drawNames(_ drawing: inout Drawing, top: Int) -> Int {
    let names = layout.chart.names
    let every = (1...max(names.count, 1)).first { fits(every: $0) } ?? max(names.count, 1)
    let width = every * pitch / 10 - ChartLayout.gap
    var height = 0
    for (place, name) in names.enumerated() where isShown(place, every) {
      let lines = text.lines(name, width: width)
      for (index, line) in lines.enumerated() {
        drawing.text(line, x: x(place), y: top + layout.baseline(index), .middle)
      }
      height = max(height, lines.count * text.lineHeight)
    }
    return top + height + ChartLayout.gap
  }

  /// The name in the middle of each run of so many, so that it stands over its own run alone.
  private func isShown(_ place: Int, _ every: Int) -> Bool {
    place % every == every / 2 && 2 * place + 1 + every <= 2 * layout.chart.names.count
  }

  private func fits(every: Int) -> Bool {
    let width = every * pitch / 10 - ChartLayout.gap
    return layout.chart.names.enumerated().allSatisfy { place, name in
      !isShown(place, every)
        || text.widestWord(name) <= width
          && text.lines(name, width: width).count <= LineChart.mostLines
    }
  }
}
