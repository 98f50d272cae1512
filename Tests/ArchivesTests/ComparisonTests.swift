import CaseFiles
import Diagnostics
import Foundation
import Reports
import Testing

@testable import Archives

/// The shortest way from one sequence to another, on sequences made at random.
@Suite struct EditScriptTests {
  @Test("the edits turn the old sequence into the new one", arguments: 0..<60)
  func applied(_ seed: UInt64) {
    var random = FixedRandom(seed: seed)
    for _ in 0..<20 {
      let letters = Int32.random(in: 1...8, using: &random)
      let (old, new) = (sequence(letters, &random), sequence(letters, &random))
      let script = EditScript(from: old[...], to: new[...])
      #expect(apply(script, old, new) == new)
      let kept = old.count - script.edits.reduce(0) { $0 + $1.old.count }
      #expect(kept == longestShared(old, new), "\(old) \(new)")
      #expect(EditScript(from: old[...], to: old[...]).edits.isEmpty)
    }
  }

  @Test("slices keep their places") func slices() {
    let (old, new): ([Int32], [Int32]) = ([9, 9, 1, 2, 3], [9, 1, 3])
    let edits = EditScript(from: old[2...], to: new[1...]).edits
    #expect(edits == [EditScript.Edit(old: 3..<4, new: 2..<2)])
  }

  @Test("texts of 20,000 words that share few take no long time") func large() {
    var random = FixedRandom(seed: 7)
    let old = (0..<20_000).map { _ in Int32.random(in: 0..<3000, using: &random) }
    var new = old
    for _ in 0..<300 {
      new[Int.random(in: 0..<new.count, using: &random)] = Int32.random(
        in: 0..<3000, using: &random)
    }
    let start = ContinuousClock.now
    let script = EditScript(from: old[...], to: new[...])
    #expect(apply(script, old, new) == new)
    #expect(ContinuousClock.now - start < .seconds(10), "without optimization")
  }

  @Test("of sequences that are all different the way is found in bounded time") func hostile() {
    let old = (0..<60_000).map { Int32($0 * 7919 % 1009) }
    let new = (0..<60_000).map { Int32($0 * 104_729 % 1013) }
    let script = EditScript(from: old[..<3000], to: new[..<3000])
    #expect(apply(script, Array(old[..<3000]), Array(new[..<3000])) == Array(new[..<3000]))
  }

  private func sequence(_ letters: Int32, _ random: inout FixedRandom) -> [Int32] {
    (0..<Int.random(in: 0...24, using: &random)).map { _ in
      Int32.random(in: 0..<letters, using: &random)
    }
  }

  private func apply(_ script: EditScript, _ old: [Int32], _ new: [Int32]) -> [Int32] {
    var (result, place): ([Int32], Int) = ([], 0)
    for edit in script.edits {
      result += old[place..<edit.old.lowerBound] + new[edit.new]
      place = edit.old.upperBound
    }
    return result + old[place...]
  }

  /// By the table of all prefixes.
  private func longestShared(_ old: [Int32], _ new: [Int32]) -> Int {
    var last = [Int](repeating: 0, count: new.count + 1)
    for element in old {
      var row = last
      for (index, other) in new.enumerated() {
        row[index + 1] = element == other ? last[index] + 1 : max(last[index + 1], row[index])
      }
      last = row
    }
    return last[new.count]
  }
}

/// Documents compared by what they show.
@Suite struct DocumentComparisonTests {
  private func compare(
    _ old: String, _ new: String, _ format: Format
  ) throws -> [String] {
    let likeness = try Comparison.likeness(
      of: Array(old.utf8), Array(new.utf8), as: format, named: "a")
    switch try #require(likeness) {
    case .sameBytes: return ["same bytes"]
    case .sameContent: return ["same content"]
    case .different(let differences):
      return differences.map { "\($0.place)|\($0.field)|\($0.old)|\($0.new)" }
    }
  }

  @Test("another layout is no difference") func layout() throws {
    #expect(
      try compare("# A\n\nmột *hai*\nba\n", "# A\n\nmột hai ba\n", .markdown) == ["same content"])
    #expect(try compare("<p>một hai", "<div>một <b>hai</b></div>", .html) == ["same content"])
    #expect(try compare("một hai\nba\n", "một\nhai ba\n", .text) == ["same content"])
    #expect(try compare("a", "a", .text) == ["same bytes"])
  }

  @Test("paragraphs that are cut elsewhere are the same") func cut() throws {
    #expect(try compare("a\n\nb a\n", "a b\n\na\n", .markdown) == ["same content"])
  }

  @Test("letters are the same however they are composed") func composed() throws {
    let text = "Phường Đống Đa\n"
    let other = text.decomposedStringWithCanonicalMapping
    #expect(try compare(text, other, .text) == ["same content"])
  }

  private static let table = """
    ## I. Kết quả

    | TT | Nội dung | Hộ | Người |
    |---|---|---|---|
    | 1 | Tổ 1 | 12 | 40 |
    | 2 | Tổ 2 | 15 | 51 |
    """

  @Test("a figure is named by its row and column") func table() throws {
    let new = Self.table.replacing("51", with: "1.051")
    #expect(try compare(Self.table, new, .markdown) == ["a:6|Tổ 2 · Người|51|1.051"])
  }

  @Test("figures that change their columns are two differences") func swapped() throws {
    let new = Self.table.replacing("12 | 40", with: "40 | 12")
    #expect(
      try compare(Self.table, new, .markdown) == [
        "a:5|Tổ 1 · Hộ|12|40", "a:5|Tổ 1 · Người|40|12",
      ])
  }

  @Test("a figure that moves into an empty cell is a difference") func moved() throws {
    let old = Self.table.replacing("12 | 40", with: "12 | ")
    let new = Self.table.replacing("12 | 40", with: " | 12")
    #expect(
      try compare(old, new, .markdown) == ["a:5|Tổ 1 · Hộ|12|", "a:5|Tổ 1 · Người||12"])
  }

  @Test("a row that is added or taken out is one") func rows() throws {
    let new = Self.table.replacing("| 1 | Tổ 1 | 12 | 40 |\n", with: "")
    #expect(
      try compare(Self.table, new, .markdown) == ["a:5|I. Kết quả|1 | Tổ 1 | 12 | 40|"])
    #expect(
      try compare(new, Self.table, .markdown) == ["a:3|I. Kết quả||1 | Tổ 1 | 12 | 40"])
  }

  @Test("a figure in a sentence is named by the words before it") func sentence() throws {
    let old = "Kết quả. Tổng số hồ sơ đã nhận là 1.240, đúng hẹn 95%, còn lại chờ.\n"
    let new = old.replacing("1.240", with: "1.204").replacing("95%", with: "94%")
    #expect(
      try compare(old, new, .text) == [
        "a:1|số hồ sơ đã nhận là|1.240|1.204", "a:1|đúng hẹn|95%|94%",
      ])
  }

  @Test("a table that is drawn with signs is read by its cells") func drawn() throws {
    let old = """
      +----+-------+-----+
      | TT | Nội   | Hộ  |
      |    | dung  |     |
      +====+=======+=====+
      | 1  | Tổ    | 12  |
      |    | một   |     |
      +----+-------+-----+
      """
    #expect(
      try compare(old, old.replacing("12 ", with: "13 "), .text) == ["a:5|Tổ một · Hộ|12|13"])
    let wide = """
      +----+----------+----+
      | TT | Nội dung | Hộ |
      +====+==========+====+
      | 1  | Tổ một   | 12 |
      +----+----------+----+
      """
    #expect(try compare(old, wide, .text) == ["same content"])
  }

  @Test("words in drawings and pictures count") func drawings() throws {
    let old = "<p>x<svg><text>12</text></svg><img src=\"data:image/png;base64,AAAA\">"
    #expect(try compare(old, old.replacing("12", with: "13"), .html).count == 1)
    #expect(try compare(old, old.replacing("AAAA", with: "AAAB"), .html).count == 1)
    #expect(try compare(old, old.replacing("<p>", with: "<div>"), .html) == ["same content"])
  }

  @Test("documents made at random differ from others only, and say all of it", arguments: 0..<30)
  func random(_ seed: UInt64) throws {
    var random = FixedRandom(seed: seed)
    let words = ["một", "hai", "1.240", "12,5%", "hồ", "sơ", "và", "|", "-", "#", "*", "./.", "a)"]
    func text() -> String {
      (0..<Int.random(in: 0...40, using: &random)).map { _ in
        (words.randomElement(using: &random) ?? "") + (Bool.random(using: &random) ? " " : "\n")
      }.joined()
    }
    for _ in 0..<20 {
      let (old, new) = (text(), text())
      for format in Format.texts {
        #expect(try compare(old, old, format) == ["same bytes"])
        let found = try compare(old, new, format)
        #expect(!found.isEmpty)
      }
      let isSame = old.split { $0.isWhitespace } == new.split { $0.isWhitespace }
      #expect(try compare(old, new, .text) == ["same content"] || !isSame || old == new)
    }
  }
}

/// PDF files, whose words poppler reads.
@Suite(
  .enabled(if: PageTextTool.installed() != nil, "pdftotext is not installed")
)
struct PrintedPagesTests {
  /// A file of one page with a line of text.
  private func page(_ words: String, at y: Int, by author: String) -> [UInt8] {
    let drawing = "BT /F1 12 Tf 72 \(y) Td (\(words)) Tj ET"
    let objects = [
      "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
      "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        + " /Resources << /Font << /F1 5 0 R >> >> >>",
      "<< /Length \(drawing.utf8.count) >>\nstream\n\(drawing)\nendstream",
      "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>", "<< /Author (\(author)) >>",
    ]
    var file = "%PDF-1.4\n"
    var places: [Int] = []
    for (index, object) in objects.enumerated() {
      places.append(file.utf8.count)
      file += "\(index + 1) 0 obj\n\(object)\nendobj\n"
    }
    let start = file.utf8.count
    file += "xref\n0 \(objects.count + 1)\n0000000000 65535 f \n"
    for place in places { file += String(format: "%010d 00000 n \n", place) }
    file += "trailer << /Size \(objects.count + 1) /Root 1 0 R /Info 6 0 R >>\n"
    return Array((file + "startxref\n\(start)\n%%EOF\n").utf8)
  }

  @Test func words() throws {
    let old = page("So ho so: 1.240 ho so", at: 700, by: "A")
    let new = page("So ho so: 1.204 ho so", at: 700, by: "A")
    guard case .different(let found) = try Comparison.likeness(of: old, new, as: .pdf, named: "a")
    else { throw CancellationError() }
    #expect(found.map(\.old) == ["1.240"] && found.map(\.new) == ["1.204"])
    #expect(found.map(\.place) == ["a, trang 1"] && found.map(\.field) == ["So ho so"])
  }

  @Test func layout() throws {
    let old = page("So ho so", at: 700, by: "A")
    for (new, isAlike) in [
      (page("So ho so", at: 600, by: "A"), false), (page("So ho so", at: 700, by: "B"), true),
    ] {
      guard case .sameContent = try Comparison.likeness(of: old, new, as: .pdf, named: "a") else {
        throw CancellationError()
      }
      #expect(try Comparison.printsAlike(old, new, named: "a") == isAlike)
    }
  }

  @Test("what is no PDF file is refused") func damaged() {
    #expect(throws: Diagnostic.self) {
      _ = try Comparison.likeness(of: [1, 2], [3], as: .pdf, named: "a")
    }
  }
}

/// Data files compared by records and fields.
@Suite struct RecordComparisonTests {
  private func compare(_ old: String, _ new: String) throws -> [String] {
    let ours = try DataFile.read(name: "a.rec", bytes: Array(old.utf8))
    let theirs = try DataFile.read(name: "b.rec", bytes: Array(new.utf8))
    return Comparison.differences(of: ours, theirs).map {
      "\($0.place)|\($0.field)|\($0.old)|\($0.new)"
    }
  }

  @Test("figures, days, labels and blanks in another spelling are the same") func spelling() throws
  {
    let old = "%rec: a\n\nso_ho: 1400\nngay: 1/7/2022\nNgười ký: Trần  Thị B\n"
    let new = "# x\n%rec: a\n\nnguoi_ky: Trần Thị B\nso_ho: 1.400\nngay: 01/07/2022\n"
    #expect(try compare(old, new) == [])
    #expect(try compare("%rec: a\n\nmay: 0912\n", "%rec: a\n\nmay: 912\n").count == 1)
  }

  @Test("records are matched by their key") func key() throws {
    let old = "%rec: a\n%key: ma\n\nma: x\nso: 1\n\nma: y\nso: 2\n"
    let new = "%rec: a\n%key: ma\n\nma: x\nso: 1\n\nma: z\nso: 9\n\nma: y\nso: 3\n"
    #expect(
      try compare(old, new) == ["a.rec:8|y · so|2|3", "b.rec:7|a||ma: z | so: 9"])
  }

  @Test("records without a key are matched by likeness, in order") func likeness() throws {
    let old = "%rec: a\n\nten: Tổ 1\nso: 1\n\nten: Tổ 2\nso: 2\n\nten: Tổ 3\nso: 3\n"
    let new = "%rec: a\n\nten: Tổ 1\nso: 1\n\nten: Tổ 3\nso: 4\n"
    #expect(
      try compare(old, new) == ["a.rec:10|Tổ 3 · so|3|4", "a.rec:6|a|ten: Tổ 2 | so: 2|"])
  }

  @Test("records that change places are told") func order() throws {
    let old = "%rec: a\n%key: ma\n\nma: x\n\nma: y\n"
    let new = "%rec: a\n%key: ma\n\nma: y\n\nma: x\n"
    #expect(try compare(old, new).count == 1)
  }

  @Test("prose is compared by its words") func prose() throws {
    let text =
      "%rec: a\n\nnoi_dung: Phường đã giải quyết 61.400 hồ sơ thủ tục hành chính trong năm, đúng hẹn.\n"
    #expect(
      try compare(text, text.replacing("61.400", with: "61.040"))
        == ["a.rec:3|noi_dung|61.400|61.040"])
  }

  @Test("fields, types and values that are added or gone") func added() throws {
    #expect(try compare("%rec: a\n\nx: 1\n", "%rec: a\n\nx: 1\ny: 2\n") == ["a.rec:3|y||2"])
    #expect(try compare("%rec: a\n\nx: 1\nx: 2\n", "%rec: a\n\nx: 2\n") == ["a.rec:3|x|1|"])
    #expect(try compare("%rec: a\n\nx: 1\n", "%rec: b\n\nx: 1\n").count == 2)
    #expect(try compare("", "%rec: b\n\nx: 1\n").count == 1)
    #expect(try compare("", "") == [])
  }
}

/// The examples of the manual page Comparing.md.
@Suite struct ComparisonManualTests {
  private static var blocks: [(info: String, text: String)] {
    let path = packageRoot(ofTest: #filePath) + "/Sources/Archives/Archives.docc/Comparing.md"
    let parts = ((try? String(contentsOfFile: path, encoding: .utf8)) ?? "")
      .components(separatedBy: "\n```")
    return stride(from: 1, to: parts.count - 1, by: 2).map { index in
      let lines = parts[index].split(
        separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
      return (String(lines[0]), String(lines[1]) + "\n")
    }
  }

  @Test func examples() throws {
    let blocks = Self.blocks
    #expect(
      blocks.map(\.info) == ["rec old", "rec new", "text", "markdown old", "markdown new", "text"])
    let ours = try DataFile.read(name: "cu.rec", bytes: Array(blocks[0].text.utf8))
    let theirs = try DataFile.read(name: "moi.rec", bytes: Array(blocks[1].text.utf8))
    #expect(told(Comparison.differences(of: ours, theirs)) == blocks[2].text)
    guard
      case .different(let found) = try Comparison.likeness(
        of: Array(blocks[3].text.utf8), Array(blocks[4].text.utf8), as: .markdown, named: "cu.md")
    else { throw CancellationError() }
    #expect(told(found) == blocks[5].text)
  }

  private func told(_ differences: [Difference]) -> String {
    differences.map {
      "\($0.place)\n  mục: \($0.field)\n  cũ: \($0.old)\n  mới: \($0.new)\n"
    }.joined(separator: "\n")
  }
}
