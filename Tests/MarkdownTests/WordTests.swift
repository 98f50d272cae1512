import CaseFiles
import Foundation
import Testing
import Texts

@testable import Markdown

/// The paragraphs and tables of a file of Word, by what their XML says.
@Suite struct WordTests {
  private func page(_ role: WordPage.Role) -> WordPage {
    WordPage(
      upright: .init(width: 9354, height: 13_000), turned: .init(width: 14_286, height: 8000),
      uprightColumns: 4, smallColumns: 4, tableSize: 12, smallTableSize: 10, pictureLabel: "Ảnh:",
      role: role)
  }

  private func stretches(
    _ markdown: String, _ role: WordPage.Role = .post,
    _ parts: inout WordParts
  ) -> [WordStretch] {
    Document(forWordOf: Array(markdown.utf8).span).word(on: page(role), &parts)
  }

  private func xml(_ markdown: String, _ role: WordPage.Role = .post) -> String {
    var parts = WordParts(picture: Self.picture, draw: { _ in nil })
    return stretches(markdown, role, &parts).map(\.text).joined(separator: "\n--\n")
  }

  private static func picture(_ target: [UInt8]) -> WordPicture? {
    guard target == Array("a.png".utf8) else { return nil }
    return WordPicture(
      relationship: "rId9", vector: nil, width: 20_000, height: 10_000, description: nil)
  }

  @Test func casesOfTheFile() throws {
    let all = try cases("word.txt")
    try #require(all.count >= 10)
    for (name, sections) in all {
      try #require(sections.count == 2, "\(name)")
      let found = Self.shown(xml(sections[0] + "\n"))
      #expect(found == sections[1], "\(name)\n\(found)")
    }
  }

  /// A paragraph a line: its style and what it says, short of the tags that all have.
  private static func shown(_ xml: String) -> String {
    let short = [
      ("<w:p><w:pPr><w:pStyle w:val=\"", "\n"), ("\"/></w:pPr></w:p>", ""),
      ("</w:pPr></w:p>", ""), ("</w:pPr>", " | "), ("\"/><w:keepNext/>", ", kept"),
      ("\"/><w:jc w:val=\"", ", "), ("\"/><w:numPr>", ", "), ("<w:trPr><w:cantSplit/>", ""),
      ("</w:trPr>", ""), ("<w:tblHeader/>", " head"),
      ("</w:p>", ""), ("\"/> | ", " | "), ("<w:t xml:space=\"preserve\">", ""),
      ("</w:t></w:r>", ""),
      ("<w:rPr><w:b/><w:bCs/></w:rPr>", "b:"), ("<w:rPr><w:i/><w:iCs/></w:rPr>", "i:"),
      ("<w:ilvl w:val=", "level "), ("/><w:numId w:val=", " list "), ("/></w:numPr>", ""),
      ("<w:r>", "‹"),
    ]
    let bare = xml.replacing(/<w:tblPr>.*?<\/w:tblGrid>/, with: "\n").replacing(
      /<w:tcPr>.*?<\/w:tcPr>/, with: "")
    return short.reduce(bare) { $0.replacing($1.0, with: $1.1) }
      .split(separator: "\n").filter { $0 != "<w:tbl>" }.joined(separator: "\n")
  }

  @Test("text is never markup, and characters that XML does not have are left out")
  func hostileText() throws {
    let text =
      "a\u{1}b ]]> {{ x }} <w:p/> &amp; \u{FFFE}c \"d\" " + String(repeating: "x", count: 5000)
    let found = xml(text.replacing("<", with: "\\<").replacing("&", with: "\\&"))
    #expect(found.contains("ab ]]&gt; {{ x }} &lt;w:p/&gt; &amp;amp; c &quot;d&quot; xxxx"))
    #expect(!found.contains("<w:p/>"))
    try expectWellFormed(found)
  }

  @Test("deep quotes and lists, and many columns, are written in no time and without a crash")
  func deepNesting() throws {
    try expectWellFormed(xml(String(repeating: "> ", count: 20_000) + "a"), maxDepth: .max)
    try expectWellFormed(
      xml(
        (0..<400).map { String(repeating: "  ", count: $0) + "- a" }
          .joined(separator: "\n")))
    let row = String(repeating: "| a ", count: 3000) + "|\n"
    let table = row + String(repeating: "|---", count: 3000) + "|\n" + row
    #expect(xml(table).components(separatedBy: "<w:gridCol ").count == 3001)
  }

  @Test("a link that could run code leaves its text; an address cannot end its field")
  func links() {
    #expect(!xml("[a](javascript:x)").contains("HYPERLINK"))
    #expect(
      xml(#"[a](<https://x.vn/?q="a\\b c>)"#)
        .contains("HYPERLINK &quot;https://x.vn/?q=%22a%5Cb%20c&quot;"))
  }

  @Test("a merged head spans columns and goes on in rows") func mergedHead() {
    let found = xml(
      """
      | TT | 2025 || Cộng |
      |:--:|---:|---:|---:|
      | ^^ | **Vụ** | **Người** | ^^ |
      | 1 | 2 | 3 | 5 |
      """, .annex(isTurned: false))
    #expect(found.components(separatedBy: "<w:tblHeader/>").count == 3)
    #expect(found.components(separatedBy: "<w:gridSpan w:val=\"2\"/>").count == 2)
    #expect(found.components(separatedBy: "<w:vMerge w:val=\"restart\"/>").count == 3)
    #expect(found.components(separatedBy: "<w:vMerge/>").count == 3)
    #expect(found.components(separatedBy: "<w:cantSplit/>").count == 4)
  }

  @Test("columns take all of the room, however long the words") func columns() throws {
    for cell in ["a", "một hai ba bốn năm", String(repeating: "x", count: 9000)] {
      let found = xml("| TT | \(cell) |\n|---|---|\n| 1 | \(cell) |")
      let widths = found.matches(of: /gridCol w:w="([0-9]+)"/).compactMap { Int($0.1) }
      #expect(widths.reduce(0, +) == 9354, "\(widths)")
      #expect(widths.allSatisfy { $0 > 0 })
    }
  }

  private static let wide = "| a | b | c | d | e |\n|---|---|---|---|---|\n| 1 | 2 | 3 | 4 | 5 |\n"

  @Test(
    "a wide table takes its heading and the line above to a turned page; what follows goes back")
  func turnedPages() {
    var parts = WordParts(picture: Self.picture, draw: { _ in nil })
    let found = stretches(
      "Trước\n\n## Mục\n\nDòng\n\n\(Self.wide)\n\(Self.wide)\nSau", .body, &parts)
    #expect(found.map(\.isTurned) == [false, true, false])
    #expect(found[0].text.contains("Trước") && !found[0].text.contains("Mục"))
    #expect(found[1].text.contains("Mục") && found[1].text.contains("Dòng"))
    #expect(found[1].text.components(separatedBy: "<w:tbl>").count == 3)
    #expect(found[2].text.contains("Sau"))
    let annex = stretches("Dòng\n\n\(Self.wide)\nSau", .annex(isTurned: false), &parts)
    #expect(annex.map(\.isTurned) == [true])
    let last = stretches("Trước\n\n\(Self.wide)", .body, &parts)
    #expect(last.map(\.isTurned) == [true], "the line before goes along, the signature too")
  }

  @Test("a chart behind a wide table stands upright, with its title") func uprightChart() {
    var parts = WordParts(
      picture: Self.picture, draw: { _ in [Self.picture(Array("a.png".utf8))].compactMap(\.self) })
    let chart = "<!-- bieu-do cot an-bang -->\n\nBiểu đồ\n\n| a | b |\n|---|---|\n| x | 1 |\n"
    let found = stretches("\(Self.wide)\n\(chart)", .body, &parts)
    #expect(found.map(\.isTurned) == [true, false])
    #expect(found[1].text.contains("<w:pStyle w:val=\"TenBieuDo\"/>"))
    #expect(found[1].text.contains("<w:drawing>") && !found[1].text.contains("<w:tbl>"))
  }

  @Test("the end of a body stays with the signature") func keptEnd() {
    let found = xml("Một\n\nHai", .body)
    #expect(
      found.hasSuffix(
        "<w:pStyle w:val=\"NoiDung\"/><w:keepNext/></w:pPr><w:r>"
          + "<w:t xml:space=\"preserve\">Hai</w:t></w:r></w:p>"))
    let table = xml("| a |\n|---|\n| 1 |\n| 2 |", .body)
    #expect(table.components(separatedBy: "<w:keepNext/>").count == 5, "all rows, and the gap")
  }

  @Test("each ordered list is numbered by itself, over all parts of a file") func lists() {
    var parts = WordParts(picture: Self.picture, draw: { _ in nil })
    _ = stretches("1. a\n2. b\n\nx\n\n3) c\n   1. d\n", .body, &parts)
    _ = stretches("1. e\n", .annex(isTurned: false), &parts)
    #expect(parts.lists.map(\.number) == [2, 3, 4, 5])
    #expect(parts.lists.map(\.start) == [1, 3, 1, 1])
    #expect(parts.lists.map(\.hasParenthesis) == [false, true, false, false])
    #expect(parts.lists.map(\.level) == [0, 0, 1, 0])
  }

  @Test("a picture is no larger than the page, and one that is not there leaves its words")
  func pictures() {
    let found = xml("![Hội *nghị*](a.png)\n")
    #expect(found.contains("<w:pStyle w:val=\"Anh\"/>"))
    #expect(found.contains("<wp:extent cx=\"\(9354 * 635)\" cy=\"\(4677 * 635)\"/>"))
    #expect(found.contains("descr=\"Hội nghị\""))
    #expect(xml("![Hội nghị](b.webp)\n").contains("[Ảnh: Hội nghị]"))
  }
}

extension WordStretch {
  fileprivate var text: String { String(decoding: xml, as: UTF8.self) }
}

/// Each tag is closed by its own, in order.
private func expectWellFormed(_ xml: String, maxDepth: Int = 40) throws {
  var open: [Substring] = []
  for tag in xml.matches(of: /<(\/?)([a-zA-Z:]+)[^<>]*?(\/?)>/) {
    if !tag.1.isEmpty {
      #expect(open.popLast() == tag.2)
    } else if tag.3.isEmpty {
      open.append(tag.2)
      #expect(open.count < maxDepth)
    }
  }
  #expect(open.isEmpty)
}
