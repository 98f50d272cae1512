import CaseFiles
import Foundation
import Testing
import Texts

@testable import Markdown

@Suite struct PageTextTests {
  private func text(
    _ markdown: String, width: Int = 40, indent: Int = 4, centered: TextPage.Centered = .captions
  ) -> String {
    let page = TextPage(width: width, indent: indent, pictureLabel: "Ảnh:", centered: centered)
    let bytes = Document(forTextOf: Array(markdown.utf8).span).text(on: page)
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test func casesOfTheFile() throws {
    let all = try cases("page-text.txt")
    try #require(all.count >= 15)
    for (name, sections) in all {
      try #require(sections.count == 2, "\(name)")
      let found = text(sections[0] + "\n")
      #expect(found == sections[1], "\(name)\n\(found)")
    }
  }

  @Test("the name of a table stands in the middle, and a head of two rows becomes one")
  func namedTable() {
    let markdown = """
      **Kết quả**
      | TT | 2025 || Cộng |
      |:--:|---:|---:|---:|
      | ^^ | **Vụ** | **Người** | ^^ |
      | 1 | 2 | 3 | 5 |
      """
    let wanted = """
                      Kết quả

      +----+----------+-------------+------+
      | TT | 2025: Vụ | 2025: Người | Cộng |
      +====+==========+=============+======+
      | 1  |        2 |           3 |    5 |
      +----+----------+-------------+------+
      """
    #expect(text(markdown + "\n", centered: .nothing) == wanted)
  }

  /// Words with and without marks, composed and decomposed, wide ones, numbers, signs.
  private static let words = [
    "a", "và", "Ủy", "nghiêng", "thực", "hie\u{302}\u{323}n", "民主", "1.250,5", "30-CT/TW",
    "“Dân", "khéo”", "(MTTQ)", "https://a.vn/tin", "tổng-kết", "👍", "x\u{A0}y", "…", "100%;",
  ]

  private static func prose(_ random: inout FixedRandom, count: Int) -> String {
    (0..<count).map { _ in words.randomElement(using: &random) ?? "" }.joined(separator: " ")
  }

  private static func sortedWords(_ text: String) -> [String] {
    // The lines of a table and its columns are no words.
    let signs = text.split { " \n|".contains($0) }.map(String.init)
    return signs.filter { !$0.allSatisfy { "+-=".contains($0) } }.sorted()
  }

  @Test("no word is lost, broken or added, no line is longer than the page or ends in a blank")
  func wordsStay() {
    var random = FixedRandom(seed: 17)
    for round in 0..<400 {
      let width = Int.random(in: 24...90, using: &random)
      let columns = Int.random(in: 1...9, using: &random)
      func row() -> String {
        let cells = (0..<columns).map { _ in
          Self.prose(&random, count: Int.random(in: 0...6, using: &random))
        }
        return "| " + cells.joined(separator: " | ") + " |"
      }
      let rows = (0..<3).map { _ in row() }
      let head = row()
      let rule =
        "|" + (0..<columns).map { [":---", ":---:", "---:"][$0 % 3] }.joined(separator: "|")
      let markdown =
        Self.prose(&random, count: 30) + "\n\n- " + Self.prose(&random, count: 9) + "\n\n"
        + ([head, rule + "|"] + rows).joined(separator: "\n") + "\n"
      let found = text(markdown, width: width)
      let isList = !found.contains("+==") && !found.contains("+--")
      let source =
        isList ? Self.asLists(markdown, head, rows) : markdown.replacing(rule + "|", with: "")
      let expected = Self.sortedWords(source).filter { $0 != "-" }
      #expect(Self.sortedWords(found) == expected, "round \(round), width \(width):\n\(found)")
      for line in found.split(separator: "\n") {
        let bytes = Array(line.utf8)
        #expect(bytes.last != UInt8(ascii: " "))
        let isOneWord = !line.drop { $0 == " " }.contains(" ")
        #expect(bytes.span.columnCount <= width || isOneWord, "round \(round): \(line)")
      }
    }
  }

  /// The Markdown with each cell behind the name of its column.
  private static func asLists(_ markdown: String, _ head: String, _ rows: [String]) -> String {
    func cells(_ row: String) -> [String] {
      row.dropFirst(2).dropLast(2).split(separator: " | ", omittingEmptySubsequences: false)
        .map { $0.trimmingCharacters(in: .whitespaces) }
    }
    let names = cells(head)
    let lists = rows.flatMap { row in
      zip(names, cells(row)).map { name, cell in name.isEmpty ? cell : name + ": " + cell }
    }
    let prose = markdown.prefix { $0 != "|" }
    return prose + lists.joined(separator: "\n")
  }

  @Test("columns of a drawn table stand under each other, whatever its letters")
  func columnsAlign() {
    let found = text("| a | b |\n|---|---|\n| 民主 | hie\u{302}\u{323}n |\n| 👍 | ế\u{200B} |\n")
    let widths = Set(found.split(separator: "\n").map { Array($0.utf8).span.columnCount })
    #expect(widths.count == 1, "\(found)")
  }

  @Test("what a terminal or printer would act upon is shown, not done") func controls() {
    let found = text("a\u{1B}[2Jb \u{C}c &#8238;d\u{202E} e&#13;f\n")
    #expect(found == "    a␛[2Jb ␌c \u{FFFD}d\u{FFFD} e\nf", "\(found)")
  }

  @Test("the mark of a draft is one word") func draftMarks() {
    let found = text("Thực hiện trước ngày ⟦thiếu: Ngày ban hành⟧, ⟦thiếu: Ký hiệu⟧ và ⟦một\n")
    #expect(
      found == "    Thực hiện trước ngày\n⟦thiếu: Ngày ban hành⟧, ⟦thiếu: Ký hiệu⟧\nvà ⟦một",
      "\(found)")
  }

  @Test func depthAndSizeAreSurvived() {
    let marks = text(String(repeating: "⟦", count: 200_000) + "\n")
    #expect(marks.count == 200_004)
    let seconds = threadSeconds(of: longTexts)
    #expect(seconds < 10)
  }

  private func longTexts() {
    #expect(text(String(repeating: "> ", count: 20_000) + "a\n").hasSuffix("a"))
    let lists = (0..<600).map { String(repeating: " ", count: 2 * $0) + "- a\n" }.joined()
    #expect(text(lists).count { $0 == "a" } == 600)
    let row = String(repeating: "| x ", count: 300) + "|\n"
    let rule = String(repeating: "|---", count: 300) + "|\n"
    let wide = text(row + rule + String(repeating: row, count: 300))
    #expect(wide.count { $0 == "x" } == 300 * 300 * 2)
  }
}

/// Columns of texts, by hand.
@Suite struct ColumnTests {
  @Test(arguments: [
    ("", 0), ("abc", 3), ("Ủy ban", 6), ("hie\u{302}\u{323}n", 4), ("nghiệp", 6), ("民主", 4),
    ("가", 2), ("👍", 2), ("👨‍👩‍👧", 2), ("e\u{200B}", 1), ("\u{FEFF}a", 1), ("“…”", 3),
    ("\u{A0}", 1), ("đ", 1), ("\u{1B}a", 1),
  ]) func count(_ text: String, _ columns: Int) {
    #expect(Array(text.utf8).span.columnCount == columns)
  }

  private func made(_ make: (inout ByteBuffer) -> Void) -> String {
    var buffer = ByteBuffer()
    make(&buffer)
    return buffer.string
  }

  @Test func centered() {
    func centered(_ text: String, _ width: Int) -> String {
      made { $0.append(centered: Array(text.utf8).span, width: width) }
    }
    #expect(centered("ab", 6) == "  ab")
    #expect(centered("abc", 6) == " abc")
    #expect(centered("một hai ba bốn", 10) == " một hai\n  ba bốn")
    #expect(centered("một\n\nhai", 5) == " một\n\n hai")
    #expect(centered("dài-hơn-dòng", 4) == "dài-hơn-dòng")
  }

  @Test func sideBySide() {
    let columns = TwoColumns(
      left: .init(width: 10, alignment: .center), right: .init(width: 8, alignment: .center), gap: 2
    )
    func beside(_ left: String, _ right: String) -> String {
      made { columns.append(Array(left.utf8).span, Array(right.utf8).span, to: &$0) }
    }
    #expect(beside("ab\nUBND\nx", "cd") == "    ab         cd\n   UBND\n    x")
    #expect(beside("ab", "c\nd") == "    ab         c\n               d")
    #expect(beside("", "c") == "               c")
    #expect(beside("một-chữ-rất-dài", "cd") == "một-chữ-rất-dài cd")
    #expect(beside("ab", "") == "    ab")
  }

  @Test("lines that were laid out keep their indent") func keptIndent() {
    let columns = TwoColumns(
      left: .init(width: 8, alignment: .left), right: .init(width: 4, alignment: .right), gap: 1)
    let text = made {
      columns.append(Array("- a b c d e\n  x".utf8).span, Array("r\ns".utf8).span, to: &$0)
    }
    #expect(text == "- a b c     r\nd e         s\n  x")
  }

  @Test func rules() {
    func rule(_ text: String, _ width: Int, _ percent: Int) -> String {
      made { $0.append(ruleUnder: Array(text.utf8).span, width: width, percent: percent) }
    }
    #expect(rule("Độc lập", 40, 100) == "-------")
    #expect(rule("Độc lập", 40, 40) == "---")
    #expect(rule("một hai ba bốn", 10, 100) == "-------")
    #expect(rule("", 40, 100) == "")
  }
}
