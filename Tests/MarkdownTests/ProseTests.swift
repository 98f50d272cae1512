import CaseFiles
import Foundation
import Markdown
import Testing

/// Prose as the filter `markdown` writes it.
func prose(_ markdown: String) throws -> String {
  String(decoding: try closedMarkdown(Array(markdown.utf8)[...]), as: UTF8.self)
}

@Suite struct ProseTests {
  private static let pieces = [
    "|", "|", " | ", "| a | b |\n", "|---|---|\n", "|:-|-:|\n", "| :-: |\n", "a | b\n-|-\n",
    "| x |\n|-|\n", "\\|", "&#124;", "`|`", "`\\|`", "\\", "&amp;", "&lt;", "&#42;", "&nbsp;",
    "[x](/y)", "![v](/w \"t\")", "[a*b*](<c d>)", "[", "](/u)", "![", "*", "*", "**", "**", "_",
    "__", "***", "`", "``", "x:", "y", "chữ ", "ế", "a", " ", " ", "  \n", "\\\n", "\n", "\n",
    "\n", "\n\n", "\n\n", "\n---\n", "---\n", "\n===\n", "- ", "1. ", "2. ", "+ ", "> ",
    "> | a |\n> |-|\n", "- | a |\n  |-|\n", "    ", "  ", "\t", "```\n", "~~~ a\n", "```", "<b>",
    "</b>", "<!-- c -->", "<div>\n", "<http://a.vn/b>", "# ", "## ", "#", "!", "(", ")", "\"",
    ".", "1", "“", "”", "[z](javascript:q)", "***\n", "[r]: /u\n", "[r]", "[x][r]", "- - ", "* ",
    "\n  - ", "\n  ", "\n    ", "1. - ",
  ]

  private func piece(of pieces: [String], _ random: inout FixedRandom) -> String {
    (0..<Int.random(in: 1...16, using: &random)).map { _ in
      pieces.randomElement(using: &random) ?? ""
    }.joined()
  }

  /// Pieces of what a writer may do wrong, in any order. `BAOCAO_PIECES` makes more than 2,000.
  @Test(.enabled(if: ProseOracle.isHere, "needs cmark and cmark-gfm"))
  func equalsCmarkWithTables() throws {
    var random = FixedRandom(seed: 15)
    let count = ProcessInfo.processInfo.environment["BAOCAO_PIECES"].flatMap { Int($0) } ?? 2000
    var (failures, tables): ([String], Int) = ([], 0)
    for _ in 0..<count {
      let markdown = piece(of: Self.pieces, &random)
      let oracle = try ProseOracle(markdown)
      tables += oracle.hasTable ? 1 : 0
      let written = try prose(markdown)
      let ours = shown(html(written), withParagraphs: !oracle.hasRawHTML)
      let wanted = shown(oracle.html, withParagraphs: !oracle.hasRawHTML)
      if ours != wanted {
        failures.append(
          """
          \(markdown.debugDescription)
          \(written.debugDescription)
          ours \(ours)
          cmark \(wanted)
          """)
      }
    }
    let first = failures.prefix(9).joined(separator: "\n\n")
    #expect(failures.isEmpty, "\(failures.count) of \(count)\n\(first)")
    #expect(tables > count / 20)
  }

  /// Lists that begin with lists, with their second items; empty ones; and images that are none.
  @Test(
    .enabled(if: ProseOracle.isHere, "needs cmark and cmark-gfm"),
    arguments: [
      "* * a\n  * b", "1. * a\n   * b", "> - a\n>   - b\n> + c", "* - -", "* - + \n\n  a",
      "- - a\n\n  + b", "- - ```\n    x\n    ```\n  y", "- - -\n  y",
      "- > ```\n  > x\n  > ```\n  y",
      "![a <http://a.vn> *b* `c`](javascript:q)",
    ]) func equalsCmark(markdown: String) throws
  {
    #expect(shown(html(try prose(markdown))) == shown(try ProseOracle(markdown).html))
  }

  /// Where the check finds a mark without a partner, asterisks show.
  @Test func openMarksAreThoseThatShow() throws {
    let signs = ["*", "**", "*", "**", "***", " ", "a", "ế", ":", "“", "(", "chữ ", "\n"]
    var random = FixedRandom(seed: 3)
    for _ in 0..<5000 {
      let markdown = "x" + piece(of: signs, &random) + "x"
      let open = ProseCheck(Array(markdown.utf8)[...]).openMarks
      let isShown = plainText(try prose(markdown)).contains("*")
      #expect(open.isEmpty || isShown, "\(markdown.debugDescription)")
    }
  }

  @Test(arguments: [
    ("**x:**y", ["**", "**"]), ("**mở", ["**"]), ("a\n*mở rồi\n\nb", ["*"]),
    ("| **a | b |\n|-|-|", ["**"]),
    ("# __mở", ["__"]), ("**Kết quả:** tốt, 2 * 3, Hà Nội*, (*), ____, `**`, \\*\\*, so_a", []),
    ("```\n**\n```\n\n    **\n\n[a](/b**c)", []), ("_x_, *y* và ***z***", []),
  ]) func marksThatStayOpen(markdown: String, expected: [String]) {
    let bytes = Array(markdown.utf8)
    let found = ProseCheck(bytes[...]).openMarks.map { String(decoding: bytes[$0], as: UTF8.self) }
    #expect(found == expected)
  }
}
