import CaseFiles
import Diagnostics
import Foundation
import Markdown
import Testing

/// Texts made to hurt: each must come through whole and in time that grows with its length.
@Suite(.serialized) struct HostileTests {
  /// Generous: a quadratic pass over these texts takes far longer.
  private static let limit = 5.0

  private func timed<Result>(_ body: () throws -> Result) rethrows -> Result {
    let start = threadSeconds()
    let result = try body()
    #expect(threadSeconds() - start < Self.limit)
    return result
  }

  @Test func deepNesting() {
    let depth = 50_000
    for (opening, tag) in [(">", "<blockquote>"), ("[", "["), ("- ", "<li>"), ("*a ", "*a")] {
      let result = timed { html(String(repeating: opening, count: depth) + "a\n") }
      #expect(result.components(separatedBy: tag).count == depth + 1)
    }
    let text = timed { plainText(String(repeating: "> ", count: depth) + "a\n") }
    #expect(text == "a")
  }

  @Test func tableInDeepQuotes() {
    let quotes = String(repeating: "> ", count: 2000)
    let result = timed { html("\(quotes)|a|\n\(quotes)|-|\n\(quotes)|1|\n") }
    #expect(result.contains("<td>1</td>"))
  }

  @Test func hugeTables() {
    let rows = 20_000
    for cell in ["x", "*x*", "[r]", "\\|"] {
      let body = String(repeating: "| \(cell) | y |\n", count: rows)
      let result = timed { html("| a | b |\n|---|---|\n\(body)\n[r]: /u\n") }
      #expect(result.components(separatedBy: "<tr>").count == rows + 2)
    }
  }

  @Test func manyTables() {
    let table = "| a | [r] |\n|---|---|\n| 1 | *2* |\n\n"
    let result = timed { html(String(repeating: table, count: 5000) + "[r]: /u\n") }
    #expect(result.components(separatedBy: "<table>").count == 5001)
    #expect(result.components(separatedBy: "href").count == 5001)
  }

  @Test func wideAndUnbalancedTables() {
    let width = 20_000
    let header = String(repeating: "|a", count: width)
    let wide = timed { html("\(header)\n\(String(repeating: "|-", count: width))\n|1\n") }
    #expect(wide.components(separatedBy: "<td>").count == width + 1)
    let unbalanced = timed { html("\(header)\n\(String(repeating: "x|y\n|-\n", count: width))") }
    let hasTable = unbalanced.contains("<table>")
    #expect(!hasTable)
  }

  @Test(arguments: [
    "`", "[", "]", "<", "&", "*", "_", "!", "|", "\\", "\n", " ", "#", "# ", "-", "1", "\t", "\n\n",
    "&a", "<a", "_a", "a_", "* ", "~", "=", ">", "\n-", "\n1", "\u{A0}", "a\n", "&#", "![", "](",
    "ế",
  ]) func longValues(piece: String) throws {
    let value = String(repeating: piece, count: 100_000 / piece.utf8.count)
    for place in ["{{}}", "a {{}}", "# {{}}", "| {{}} |\n", "- {{}}\n", "[x]({{}})", "&{{}}"] {
      let markdown = try timed { try fill(place, value) }
      let isWhole = markdown.utf8.count >= value.utf8.count
      #expect(isWhole)
    }
  }

  /// Prose that would keep cmark busy is refused before it reaches it.
  @Test(arguments: [
    (String(repeating: "> ", count: 101) + "a", "M010"),
    (String(repeating: "- ", count: 101) + "a", "M010"),
    ((0..<101).map { String(repeating: "  ", count: $0) + "- a\n" }.joined(), "M010"),
    (String(repeating: "[", count: 3000), "M011"), (String(repeating: "*a_ ", count: 3000), "M011"),
    (String(repeating: "a <?\n", count: 4000), "M011"),
    (
      "[a]: /" + String(repeating: "u", count: 5000) + "\n\n"
        + String(repeating: "[a]\n\n", count: 5000), "M011"
    ),
    (
      String(repeating: "|a", count: 5000) + "\n" + String(repeating: "|-", count: 5000) + "\n"
        + String(repeating: "x\n", count: 5), "M012"
    ),
  ]) func proseThatTakesTooMuch(markdown: String, code: String) {
    #expect {
      try timed { try prose(markdown) }
    } throws: { error in
      (error as? Diagnostic)?.kind.code == code
    }
  }

  /// Four times the text takes about four times as long, of whatever it is made.
  @Test(arguments: [
    String(repeating: "> ", count: 100) + "a\n\n",
    String(repeating: "- ", count: 100) + "a\n\n\n\n",
    String(repeating: "[", count: 2000) + "\n\n",
    String(repeating: "*a **b ", count: 300) + "\n\n",
    String(repeating: "`a``", count: 500) + "\n\n",
    String(repeating: "[a](<b", count: 300) + "\n\n",
    String(repeating: "<!--a", count: 500) + "\n\n", "| a | b |\n|---|---|\n| *x* | [y](/z) |\n\n",
    "| a |\n|---|\n2. b\n\n", "- a\n\n\n", "~~~\n\n", "a\\\n", "&amp;&#124;\n\n",
    "**Điều 1.** Phạm vi, “đối tượng” áp dụng 3 * 4\n\n",
  ]) func proseGrowsLikeItsText(piece: String) throws {
    func time(_ size: Int) throws -> Double {
      let text = Array(String(repeating: piece, count: size / piece.utf8.count + 1).utf8)
      return try (0..<3).map { _ in
        try threadSeconds { _ = try closedMarkdown(text[...]) }
      }.min() ?? 0
    }
    let (short, long) = (try time(50_000), try time(200_000))
    #expect(long < short * 12 + 0.02, "\(short) s, \(long) s")
  }

  @Test func manyValues() throws {
    for (place, value) in [
      ("|{{}}", "-"), ("{{}}", "1"), ("{{}}", "!"), ("<{{}}", "a@b"), (">{{}}", ""),
      ("`{{}}`", "x"), ("[{{}}](/{{}})", "x"), ("{{}}|\n", "|"), ("&{{}}", "a"),
      ("{{}}\n-|-\n", "|"),
    ] {
      let template = String(repeating: place, count: 20_000)
      let markdown = try timed { try fill(template, value) }
      let isEmpty = markdown.isEmpty
      #expect(!isEmpty)
    }
  }
}
