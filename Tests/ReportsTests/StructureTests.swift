import CaseFiles
import Diagnostics
import Foundation
import Reports
import Testing

/// The structure of ten documents as offices write them can be written as data files without a loss.
///
/// The head of each file says in comments, by hand, what outline its document must have: the titles
/// with their numbers, the marks of points, the tables with their columns and rows, the annexes.
@Suite struct StructureTests {
  static let folder = CaseFiles.folder("structures", besideFile: #filePath)
  static let files = GoldenTests.names(in: folder).filter { $0.hasSuffix(".rec") }

  @Test("ten structures") func count() {
    #expect(Self.files.count >= 10)
  }

  @Test(arguments: files) func outline(_ name: String) throws {
    let path = Self.folder + "/" + name
    let templates = try TemplateCollection(
      TemplateFolder(GoldenTests.root + "/Templates"), undefined: .strict)
    let checked = try DataFile.read(path: path).check(templates)
    #expect(checked.problems.isEmpty, "\(checked.problems.map { $0.message(in: .english) })")
    let documents = try checked.render(templates, formats: [.markdown, .html])
    let markdown = try #require(documents.first { $0.path.hasSuffix(".md") })
    let html = try #require(documents.first { $0.path.hasSuffix(".html") })
    let outline = Outline(ofMarkdown: String(decoding: markdown.bytes, as: UTF8.self)).lines
    let wanted = try Self.wanted(path)
    #expect(outline == wanted, "\(outline.joined(separator: "\n"))")
    let page = String(decoding: html.bytes, as: UTF8.self)
    #expect(!page.contains("[["), "a mark is left")
    #expect(!page.unicodeScalars.contains { (0xFDD0...0xFDEF).contains($0.value) })
    for link in page.matches(of: /href="#([^"]*)"/) {
      #expect(page.contains("id=\"\(link.output.1)\""), "no target of #\(link.output.1)")
    }
  }

  /// The lines of the comment at the head of a file, without those before `Dàn ý:`.
  static func wanted(_ path: String) throws -> [String] {
    try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
      .prefix { $0.hasPrefix("#") }.drop { $0 != "# Dàn ý:" }.dropFirst().map {
        String($0.dropFirst(2))
      }
  }
}

/// What a reader sees of the structure of a document, from its Markdown.
private struct Outline {
  private(set) var lines: [String] = []
  private var columns = 0
  private var rows = 0
  /// Tells whether the lines are those of receivers and signers.
  private var isSigning = false

  init(ofMarkdown markdown: String) {
    for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
      add(line)
    }
  }

  private mutating func add(_ line: Substring) {
    if line.hasPrefix("|") { return addRow(line) }
    if columns > 0 {
      lines.append("[bảng \(columns) cột, \(rows) hàng]")
      (columns, rows) = (0, 0)
    }
    isSigning = (isSigning || line.contains("Nơi nhận:")) && !line.hasPrefix("#")
    if isSigning { return }
    if line.hasPrefix("#") {
      let title = String(line.drop { $0 == "#" || $0 == " " })
      lines.append(title.replacing("<br />", with: " / "))
    } else if line.hasPrefix("**Bảng ") || line.hasPrefix("*Đơn vị tính")
      || line.hasPrefix("*(Kèm theo") || line.hasPrefix("*Nguồn")
    {
      lines.append(line.filter { $0 != "*" && $0 != "\\" })
    } else if let point = line.firstMatch(of: Self.point) {
      addPoint(point.output.1.filter { $0 != "*" && $0 != "\\" })
    }
  }

  /// `**Điều 1.** `, `1\. `, `a) `, `- `, `\+ `.
  private static var point: Regex<(Substring, Substring)> {
    #/^(\*\*[^*]{1,10}\.\*\*|[0-9\\.]+\.|[a-zđ]\)|-|\\\+) /#
  }

  private mutating func addRow(_ line: Substring) {
    if line.hasPrefix("|:") {
      columns = line.count { $0 == "|" } - 1
    } else if columns > 0, !line.contains("^^") {
      rows += 1
    }
  }

  /// Adds the mark of a point; of several that follow each other, how many there are.
  private mutating func addPoint(_ mark: String) {
    guard mark == "-" || mark == "+", let last = lines.last, last.hasPrefix(mark) else {
      lines.append(mark)
      return
    }
    let count = last == mark ? 1 : Int(last.drop { !$0.isNumber }) ?? 1
    lines[lines.count - 1] = "\(mark) ×\(count + 1)"
  }
}
