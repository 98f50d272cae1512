import CaseFiles
import Foundation
import Testing

@testable import Markdown

@Suite struct DocumentTests {
  @Test func tablesOfTheFile() throws {
    let all = try cases("tables.txt")
    try #require(all.count >= 30)
    for (name, sections) in all {
      try #require(sections.count == 2, "\(name)")
      let result = html(sections[0] + "\n").trimmingCharacters(in: .newlines)
      #expect(result == sections[1], "\(name)")
    }
  }

  @Test func plainTextOfTheFile() throws {
    let all = try cases("plain-text.txt")
    try #require(all.count >= 8)
    for (name, sections) in all {
      try #require(sections.count == 2, "\(name)")
      #expect(plainText(sections[0] + "\n") == sections[1], "\(name)")
    }
  }

  @Test(arguments: ["", "\n", " ", "\u{FEFF}", "\u{FEFF}| a |\n|---|\n", "\0", "| \0 |\n|---|\n"])
  func emptyAndOddInputsAreSurvived(markdown: String) {
    #expect(!html(markdown).contains("\0"))
    #expect(html(markdown).contains("<table>") == markdown.contains("---"))
  }

  @Test func lineEndingsOfEveryKind() {
    let expected = html("x\n\n| a | b |\n|---|---|\n| 1 | *2* |\n")
    for ending in ["\r\n", "\r"] {
      let markdown = ["x", "", "| a | b |", "|---|---|", "| 1 | *2* |", ""]
      #expect(html(markdown.joined(separator: ending)) == expected)
    }
  }

  /// With carriage returns cmark reads each line of each table.
  @Test func blocksThatCmarkDoesNotReadEqualThoseThatItReads() {
    let line = "Ổn định, \"dân chủ\" > 90% ở các phường, xã, cơ quan và doanh nghiệp trong kỳ"
    let pieces = [
      "\n\n\(line)\n\n", "\n\nA\(line)\n", "\(line)\n", "đ\(line)", "\(line)!\n\n", "1\(line)\n\n",
      "\n\nx\(line) \n\n", "\n\n\(line), *rõ*\n\n",
      "\n\n| a | b |\n|---|:-:|\n| 1 | 2 |\n| **3** | \"4\" > |\n\n", "\n\n| a |\n|---|\n\n",
      "\n\n| [a] | b |\n|--|--|\n| [x][a] | `2` |\n\n", "| a | b |\n", "|---|---|\n", "|---|\n",
      "| x |\n", "| *x* | y | z |\n", "|\n", "\n", "\n\n", "\n \n", "```\n", "~~~\n", "<pre>\n",
      "<!--\n", "-->\n", "<div>\n", "[a]: /u\n", "[a]: /u 'x\n", "'\n", "- ", "> ", "1. ", "    ",
      "# h\n", "---\n", "===\n", "chữ\n", "a | b\n", "-|-\n", "\\|", "`|`\n", " ", "\t", "\0",
      "\u{FEFF}",
    ]
    var random = FixedRandom(seed: 5)
    for _ in 0..<2000 {
      let length = Int.random(in: 1...30, using: &random)
      let markdown = (0..<length).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      let read = markdown.replacingOccurrences(of: "\n", with: "\r\n")
      #expect(html(markdown) == html(read))
      #expect(plainText(markdown) == plainText(read))
    }
  }

  /// The same for a table whose rows make several nodes.
  @Test func longTablesEqualThoseThatCmarkReads() {
    var markdown = "| stt | tên | số |\n|---:|:---|:-:|\n"
    for row in 1...9_000 {
      let name = row == 8_007 ? "[x](/a) `b`" : row % 3 == 0 ? "**Cát Dài**" : "Dư Hàng \(row)"
      markdown += "| \(row) | \(name) | \(row * row) |\n"
    }
    markdown += "\nsau bảng\n"
    let read = markdown.replacingOccurrences(of: "\n", with: "\r\n")
    let written = html(markdown)
    #expect(written.utf8.count > 500_000)
    #expect(written == html(read))
    #expect(plainText(markdown) == plainText(read))
  }

  @Test func rawHTMLAndDangerousLinksAreNotWritten() {
    let result = html("<script>x</script>\n\n<b>y</b> [z](javascript:alert)\n")
    #expect(!result.contains("script"))
    #expect(!result.contains("<b>"))
    #expect(result.contains("y"))
    #expect(result.contains(">z</a>"))
  }

  @Test func documentsOnManyThreads() async {
    let markdown = "# A\n\n| a | *b* |\n|---|---|\n| 1 | `2` |\n\n- x\n- y\n"
    let expected = html(markdown)
    await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<8 {
        group.addTask { (0..<200).allSatisfy { _ in html(markdown) == expected } }
      }
      for await isSame in group { #expect(isSame) }
    }
  }

  @Test func documentsInsideDocuments() {
    let outer = Document(parsing: Array("# A\n\n| *a* |\n|---|\n| 1 |\n".utf8).span)
    var first: [UInt8] = []
    outer.appendHTML(to: &first)
    for size in [1, 100, 10_000] {
      let inner = Document(parsing: Array(String(repeating: "*b* `c`\n\n", count: size).utf8).span)
      var (second, third): ([UInt8], [UInt8]) = ([], [])
      outer.appendHTML(to: &second)
      inner.appendHTML(to: &third)
      #expect(first == second)
      #expect(third.count == 33 * size)
    }
  }

  /// More than a gigabyte if each document left its memory behind.
  @Test(.enabled(if: residentPages() != nil, "needs /proc"))
  func manyDocumentsKeepMemoryFlat() throws {
    let markdown = Array(String(repeating: "*một* hai\n\n", count: 8000).utf8)
    let before = try #require(residentPages())
    var output: [UInt8] = []
    for _ in 0..<400 {
      output.removeAll(keepingCapacity: true)
      Document(parsing: markdown.span).appendHTML(to: &output)
    }
    #expect(try #require(residentPages()) < before + 100_000)
  }

  @Test func escapedHTML() {
    var output: [UInt8] = []
    let text = Array("<a href=\"x\">'&amp;' ế</a>".utf8)
    appendEscapedHTML(text.span, 0..<text.count, to: &output)
    #expect(
      String(decoding: output, as: UTF8.self)
        == "&lt;a href=&quot;x&quot;&gt;&#39;&amp;amp;&#39; ế&lt;/a&gt;")
  }

  @Test(arguments: [
    ("```\nmở", "```\nmở\n```\n"),
    ("<!-- mở", "\\<!-- mở\n"),
    ("<div>\nmột\n</div>", "\\<div> một \\</div>\n"),
    ("# một\n\n### hai", "#### một\n\n###### hai\n"),
    ("*mở và **nhấn**", "\\*mở và **nhấn**\n"),
    ("a <b>b</b> [c](javascript:x) [d](/e)", "a \\<b>b\\</b> c [d](/e)\n"),
    ("một\nhai\n\n- ba", "một\nhai\n\n  - ba\n"),
    (
      "a | b\n-|:-:\n`x\\|y` | &#124;\n1. sau",
      "| a | b |\n| --- | :---: |\n| `x\\|y` | \\| |\n\n1.  sau\n"
    ),
    ("dài  \nngắn\n---\n\n- a\n+ b", "##### dài<br />ngắn\n\n  - a\n\n  + b\n"),
  ]) func proseIsClosed(markdown: String, expected: String) throws {
    let result = try closedMarkdown(Array(markdown.utf8)[...])
    #expect(String(decoding: result, as: UTF8.self) == expected)
  }
}

/// The memory of this process in pages.
private func residentPages() -> Int? {
  let path = "/proc/self/statm"
  guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return nil }
  let fields = text.split(separator: " ")
  return fields.count > 1 ? Int(fields[1]) : nil
}

/// The `cmark` command, when it is installed.
private let command = ["/usr/bin/cmark", "/usr/local/bin/cmark"].first {
  FileManager.default.isExecutableFile(atPath: $0)
}

@Suite struct DifferentialTests {
  private static let pieces = [
    "# ", "- ", "1. ", "> ", "*", "**", "_", "`", "```\n", "\n", "\n\n", "    ", "[x](/y)", "<b>",
    "&amp;", "chữ ", "Việt", " ", "\\", "![", "](z)", "---\n", "===\n", "<http://a.vn>", "\t", "a",
  ]

  /// Pieces without a pipe or a colon row cannot make a table.
  @Test(.enabled(if: command != nil, "needs the cmark command"))
  func withoutTablesEqualsTheCommand() throws {
    var random = FixedRandom(seed: 42)
    for _ in 0..<40 {
      let markdown = (0..<400).map { _ in Self.pieces.randomElement(using: &random) ?? "" }.joined()
      #expect(html(markdown) == (try run(try #require(command), markdown)))
    }
  }

  private func run(_ path: String, _ input: String) throws -> String {
    let file = FileManager.default.temporaryDirectory
      .appendingPathComponent("markdown-\(UUID().uuidString).md")
    try input.write(to: file, atomically: true, encoding: .utf8)
    defer { try? FileManager.default.removeItem(at: file) }
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = [file.path]
    process.standardOutput = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return String(decoding: output, as: UTF8.self)
  }
}
