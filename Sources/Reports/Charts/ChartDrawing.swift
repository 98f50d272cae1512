import Markdown

extension Chart {
  /// The chart as SVG elements, one below the other; nil where its numbers are too long to be drawn.
  ///
  /// - Parameter fonts: the families of the page, as CSS names them.
  func svg(fonts: String) -> String? {
    guard let drawings else { return nil }
    return drawings.enumerated().map { index, drawing in
      let part = drawings.count > 1 ? "-\(index + 1)" : ""
      return drawing.element(id: id + part, fonts: fonts)
    }.joined(separator: "\n")
  }

  /// The drawings of the chart, one below the other; nil where its numbers are too long.
  var drawings: [SVGDrawing]? {
    guard let layout = ChartLayout(self) else { return nil }
    switch kind {
    case .lines:
      guard let lines = LineChart(layout) else { return nil }
      return [drawing(number: nil, names: names.indices, lines.draw)]
    case .bars:
      if let columns = ColumnChart(layout) {
        return [drawing(number: nil, names: names.indices, columns.draw)]
      }
      guard let bars = BarChart(layout) else { return nil }
      return bars.parts.enumerated().map { index, rows in
        let number = bars.parts.count > 1 ? index + 1 : nil
        return drawing(number: number, names: rows) { bars.draw(rows, &$0) }
      }
    }
  }

  private func drawing(
    number: Int?, names: Range<Int>, _ draw: (inout Drawing) -> Int
  ) -> SVGDrawing {
    var drawing = Drawing()
    let height = draw(&drawing)
    let shown = number.map { "\(title) (\($0))" } ?? title
    return SVGDrawing(
      drawing: drawing, height: height, title: shown, description: description(names))
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
