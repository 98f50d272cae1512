import Markdown

extension Chart {
  /// The chart as SVG elements, one below the other; nil where its numbers are too long to be drawn.
  ///
  /// - Parameter fonts: the families of the page, as CSS names them.
  func svg(fonts: String) -> String? {
    guard let layout = ChartLayout(self) else { return nil }
    switch kind {
    case .lines:
      guard let lines = LineChart(layout) else { return nil }
      return drawing(number: nil, names: names.indices, fonts: fonts, lines.draw)
    case .bars:
      if let columns = ColumnChart(layout) {
        return drawing(number: nil, names: names.indices, fonts: fonts, columns.draw)
      }
      guard let bars = BarChart(layout) else { return nil }
      return bars.parts.enumerated().map { index, rows in
        let number = bars.parts.count > 1 ? index + 1 : nil
        return drawing(number: number, names: rows, fonts: fonts) { bars.draw(rows, &$0) }
      }.joined(separator: "\n")
    }
  }

  private func drawing(
    number: Int?, names: Range<Int>, fonts: String, _ draw: (inout Drawing) -> Int
  ) -> String {
    var drawing = Drawing()
    let height = draw(&drawing)
    let part = number.map { "-\($0)" } ?? ""
    let shown = number.map { "\(title) (\($0))" } ?? title
    return drawing.svg(
      height: height, id: id + part, title: shown, description: description(names), fonts: fonts)
  }

  /// Few values are all told; of many, each series' least and greatest.
  private func description(_ shown: Range<Int>) -> String {
    series.map { series in
      let told = shown.compactMap { index in
        series.values[index].map { (name: names[index], value: $0) }
      }
      let parts =
        if told.count <= Chart.mostTold {
          told.map { "\($0.name) \($0.value.written)" }.joined(separator: "; ")
        } else if let least = told.min(by: { $0.value.number < $1.value.number }),
          let most = told.max(by: { $0.value.number < $1.value.number })
        {
          "\(least.value.written) (\(least.name)) – \(most.value.written) (\(most.name))"
        } else {
          ""
        }
      return "\(series.name): \(parts)"
    }.joined(separator: ". ")
  }

  private static let mostTold = 6
}
