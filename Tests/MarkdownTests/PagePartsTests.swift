import Testing

@testable import Markdown

/// The marks of pages: tables with names, charts, pictures, and the outline of headings.
@Suite struct PagePartsTests {
  /// The page that a text makes, with a word in the place of a drawing.
  private func page(_ markdown: String) -> String {
    let parts = PageParts(idPrefix: "x-") { chart in
      guard chart.kind == "cot" else { return nil }
      let cells = chart.rows.map { row in
        row.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "|")
      }
      let title = String(decoding: chart.title, as: UTF8.self)
      return Array("<b>\(chart.id) \(title): \(cells.joined(separator: "/"))</b>".utf8)
    }
    let bytes = Array(markdown.utf8)
    var html: [UInt8] = []
    Document(parsing: bytes.span, for: parts).appendHTML(to: &html)
    return String(decoding: html, as: UTF8.self).replacing("\n", with: "")
  }

  private let table = "| TT | Tên | Số |\n|:--|:-:|---|\n| 1 | An &lt; B | 5 |\n| 2 | *Cả* | 6 |\n"
  private let head =
    "<thead><tr><th scope=\"col\" style=\"text-align: left\">TT</th>"
    + "<th scope=\"col\" style=\"text-align: center\">Tên</th><th scope=\"col\">Số</th></tr></thead>"

  @Test("a name becomes a caption, a column names the rows") func caption() {
    let html = page("<!-- bang dau=2 -->\n\nBảng *một*\n\n" + table + "\nsau\n")
    #expect(
      html
        == "<div class=\"cuon\" tabindex=\"0\" role=\"region\" aria-labelledby=\"x-bang-1\"><table>"
        + "<caption id=\"x-bang-1\">Bảng <em>một</em></caption>" + head + "<tbody><tr>"
        + "<td style=\"text-align: left\">1</td>"
        + "<th scope=\"row\" style=\"text-align: center\">An &lt; B</th><td>5</td></tr><tr>"
        + "<td style=\"text-align: left\">2</td>"
        + "<th scope=\"row\" style=\"text-align: center\"><em>Cả</em></th><td>6</td></tr></tbody>"
        + "</table></div><p>sau</p>")
  }

  @Test("a long name is the same, though cmark does not read it") func longCaption() {
    let name = String(repeating: "Bảng có một cái tên \"dài\" ", count: 5).dropLast()
    let html = page("<!-- bang -->\n\n\(name)\n\n" + table)
    let shown = name.replacing("\"", with: "&quot;")
    #expect(html.contains("<caption id=\"x-bang-1\">\(shown)</caption>"))
  }

  @Test("without a name a table is known by its heading, one table for each") func heading() {
    let html = page("## Mục *a*\n\nlời\n\n" + table + "\n" + table)
    #expect(html.contains("<h2 id=\"x-muc-1\">Mục <em>a</em></h2><p>lời</p>"))
    #expect(html.ranges(of: "aria-labelledby=\"x-muc-1\"").count == 1)
    #expect(html.ranges(of: "<div class=\"cuon\" tabindex=\"0\"").count == 2)
    #expect(
      page("- x\n\n  | a |\n  |---|\n  | b |\n").contains(
        "<div class=\"cuon\" tabindex=\"0\"><table>"))
  }

  @Test("a chart is drawn of the cells' text") func chart() {
    let html = page("<!-- bieu-do cot -->\n\n**Hình** 1\n\n" + table)
    #expect(
      html.hasPrefix(
        "<figure class=\"bieu-do\"><figcaption id=\"x-bieu-do-1\"><strong>Hình</strong> 1</figcaption>"
          + "<b>x-bieu-do-1 Hình 1: TT|Tên|Số/1|An < B|5/2|Cả|6</b>"
          + "<div class=\"cuon\" tabindex=\"0\" role=\"region\" aria-labelledby=\"x-bieu-do-1\"><table>"
      ))
    #expect(html.hasSuffix("</table></div></figure>"))
    let hidden = page("<!-- bieu-do cot an-bang -->\n\nHình\n\n" + table)
    #expect(hidden.contains("</b><div class=\"an\"><table>") && !hidden.contains("tabindex"))
  }

  @Test("what cannot be drawn is a table with a caption") func undrawn() {
    let html = page("<!-- bieu-do tron -->\n\nHình\n\n" + table)
    #expect(html.contains("<caption id=\"x-bang-1\">Hình</caption>") && !html.contains("figure"))
  }

  @Test("a picture and its caption are a figure") func picture() {
    #expect(
      page("<!-- anh -->\n\n![Tả](a.png)\n\n*Chú thích*\n\nsau\n")
        == "<figure class=\"anh\"><div><img src=\"a.png\" alt=\"Tả\" /></div>"
        + "<figcaption>Chú thích</figcaption></figure><p>sau</p>")
    #expect(page("<!-- anh -->\n\n![Tả](a.png)\n\nlời\n").hasSuffix("</figure><p>lời</p>"))
  }

  @Test("levels of headings are not left out") func outline() {
    #expect(page("#### A\n\n#### B\n") == "<h2 class=\"cap-4\">A</h2><h2 class=\"cap-4\">B</h2>")
    #expect(page("## A\n\n#### B\n\n## C\n") == "<h2>A</h2><h3 class=\"cap-4\">B</h3><h2>C</h2>")
    #expect(page("#### A\n\n" + table).contains("<h2 class=\"cap-4\" id=\"x-muc-1\">A</h2>"))
  }

  @Test("a mark before something else does nothing, and other comments are no marks")
  func noMark() {
    for mark in ["<!-- bang -->", "<!-- bieu-do cot -->", "<!-- anh -->", "<!-- bang dau=9 -->"] {
      #expect(page("\(mark)\n\na\n\nb\n") == "<p>a</p><p>b</p>", "\(mark)")
      #expect(page("\(mark)\n") == "", "\(mark)")
      #expect(page("> \(mark)\n\na\n") == "<blockquote></blockquote><p>a</p>", "\(mark)")
    }
    for mark in ["<!--bang-->", "<!-- bang x y -->", "<!-- khac -->", "<!-- bieu-do cot hien -->"] {
      let html = page("\(mark)\n\nTên\n\n" + table)
      #expect(!html.contains("<caption") && html.contains("<p>Tên</p>"), "\(mark)")
    }
    #expect(!page("`<!-- bang -->`\n\nTên\n\n" + table).contains("<caption"))
    #expect(!page("\\<!-- bang -->\n\nTên\n\n" + table).contains("<caption"))
  }

  @Test("a table of many rows keeps its heads in every part") func manyRows() {
    let rows = (0..<9000).map { "| \($0) | tên số \($0) |\n" }.joined()
    let html = page("<!-- bang dau=2 -->\n\nTên\n\n| a | b |\n|---|---|\n" + rows)
    #expect(html.ranges(of: "<th scope=\"row\">tên số").count == 9000)
    #expect(html.ranges(of: "</th>").count == 9002 && html.ranges(of: "</td>").count == 9000)
  }
}
