import CaseFiles
import Foundation
import FoundationXML
import Markdown
import Templating
import Testing

@testable import Reports

/// Charts of all shapes, read back as XML.
@Suite struct ChartTests {
  @Test("every sample is drawn", arguments: ChartSample.all) func drawn(_ sample: ChartSample)
    throws
  {
    let svg = try #require(sample.svg)
    #expect(svg == sample.svg)
    for element in try Self.elements(svg) {
      #expect(element.attribute(forName: "role")?.stringValue == "img")
      let names = element.elements(forName: "title").map(\.stringValue)
      #expect(names.count == 1 && names[0]?.hasPrefix("Biểu đồ: ") == true)
      let told = try #require(element.elements(forName: "desc").first?.stringValue)
      for head in sample.table.rows[0].dropFirst() {
        #expect(told.contains("\(String(decoding: head, as: UTF8.self)): "))
      }
    }
  }

  @Test("no data becomes an element", arguments: ChartSample.all) func noMarkup(
    _ sample: ChartSample
  ) throws {
    let known: Set = ["rect", "path", "circle", "text"]
    for element in try Self.elements(try #require(sample.svg)) {
      let inner = Self.shapes(element)
      #expect(inner.count > 5)
      for node in inner {
        #expect(known.contains(node.name ?? ""))
        #expect(node.children?.allSatisfy { $0.kind == .text } ?? true)
      }
    }
    let hostile = try #require(ChartSample.all.first { $0.name.contains("thù địch") }?.svg)
    #expect(!hostile.contains("<script") && !hostile.contains("onload=x>"))
    #expect(hostile.contains("&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;"))
  }

  @Test("the length of each bar is its value's share of the axis", arguments: ChartSample.all)
  func proportional(_ sample: ChartSample) throws {
    guard sample.table.kind == "cot", let chart = Chart(sample.table) else { return }
    let svg = try #require(sample.svg)
    let isUpright = ChartLayout(chart).flatMap { ColumnChart($0) } != nil
    for (index, series) in chart.series.enumerated() {
      let values = series.values.compactMap(\.self).map { abs(Double($0.number.canonical) ?? 0) }
      var lengths: [Double] = []
      for element in try Self.elements(svg) {
        let bars = Self.shapes(element).filter {
          $0.name == "rect"
            && $0.attribute(forName: "fill")?.stringValue == ChartStyle.bars[index].fill
        }
        // The first is the one of the legend.
        for bar in bars.dropFirst(chart.series.count > 1 ? 1 : 0) {
          lengths.append(try Self.number(bar, isUpright ? "height" : "width"))
        }
      }
      try #require(lengths.count == values.count)
      guard let longest = lengths.max(), let most = values.max(), most > 0 else {
        #expect(lengths.allSatisfy { $0 == 0 })
        continue
      }
      #expect(longest > 20)
      for (length, value) in zip(lengths, values) {
        #expect(abs(length - longest * value / most) <= 0.21, "\(value) is \(length) long")
      }
    }
  }

  @Test("text stands in the drawing by the widths it is laid out with", arguments: ChartSample.all)
  func inside(_ sample: ChartSample) throws {
    for element in try Self.elements(try #require(sample.svg)) {
      let box = try #require(element.attribute(forName: "viewBox")?.stringValue)
      let height = try #require(box.split(separator: " ").last.flatMap { Double($0) })
      let texts = Self.shapes(element).filter { $0.name == "text" }
      #expect(texts.count > 2)
      for text in texts {
        let width = Double(ChartStyle.text.width(text.stringValue ?? "")) / 10
        let anchor = text.attribute(forName: "text-anchor")?.stringValue
        let x = try Self.number(text, "x")
        let start = x - (anchor == "middle" ? width / 2 : anchor == "end" ? width : 0)
        let y = try Self.number(text, "y")
        #expect(start >= 0 && start + width <= 460.1, "\(text)")
        #expect(y >= 9 && y <= height - 2, "\(text)")
      }
    }
  }

  @Test("steps are 1, 2 or 5 times a power of ten, and few") func steps() throws {
    var random = FixedRandom(seed: 17)
    for _ in 0..<2000 {
      let numbers = (0..<Int.random(in: 1...5, using: &random)).map { _ in
        Decimal(
          digits: Int.random(in: -999_999...999_999, using: &random),
          scale: Int.random(in: 0...6, using: &random))
      }
      let scale = try #require(
        ChartScale(numbers, startsAtZero: Bool.random(using: &random)))
      #expect((2...9).contains(scale.ticks.count), "\(numbers)")
      let step = scale.step.canonical.filter { $0 != "0" && $0 != "." }
      #expect(["1", "2", "5"].contains(step))
      for number in numbers {
        #expect(!(number < scale.low) && !(scale.high < number))
        #expect((0...1000).contains(scale.place(number, on: 1000)))
      }
      #expect(scale.place(scale.low, on: 1000) == 0 && scale.place(scale.high, on: 1000) == 1000)
    }
  }

  @Test("figures are read as tables write them") func values() {
    for (cell, number) in [
      ("1.400", "1400"), ("13,5", "13.5"), ("-3", "-3"), ("87,29%", "87.29"),
      ("trên 9.000", "9000"),
      ("0", "0"), ("1,482", "1.482"), ("-1.234.567,5", "-1234567.5"),
    ] {
      #expect(ChartValue(cell: Array(cell.utf8))?.number.canonical == number, "\(cell)")
    }
    for cell in ["-", "", "chưa có", "11,5 - 12,4", "1.40", "12 đơn", "1,2,3", "a1", ",5", "5,"] {
      #expect(ChartValue(cell: Array(cell.utf8)) == nil, "\(cell)")
    }
  }

  @Test("what cannot be drawn is left to its table") func undrawn() {
    let plain = [("A", ["1"])]
    #expect(ChartSample("x", "tron", names: ["a"], plain).svg == nil)
    #expect(ChartSample("x", names: ["a"], [("A", ["-"])]).svg == nil)
    #expect(ChartSample("x", names: ["a"], []).svg == nil)
    #expect(ChartSample("x", names: ["a"], (1...5).map { ("\($0)", ["1"]) }).svg == nil)
    let digits = String(repeating: "9", count: 60)
    #expect(ChartSample("x", names: ["a"], [("A", [digits])]).svg == nil)
  }

  /// The elements of drawings, which the document holds.
  static func elements(_ svg: String) throws -> [XMLElement] {
    let document = try XMLDocument(xmlString: "<all>\(svg)</all>")
    let elements = document.rootElement()?.elements(forName: "svg") ?? []
    for element in elements { element.detach() }
    return elements
  }

  /// What is drawn, one after the other.
  private static func shapes(_ svg: XMLElement) -> [XMLElement] {
    #expect(svg.children?.compactMap(\.name) == ["title", "desc", "g"])
    return svg.elements(forName: "g").first?.children?.compactMap { $0 as? XMLElement } ?? []
  }

  private static func number(_ element: XMLElement, _ name: String) throws -> Double {
    try #require(element.attribute(forName: name)?.stringValue.flatMap { Double($0) })
  }
}
