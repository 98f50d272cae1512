import CaseFiles
import Diagnostics
import Foundation
import Records
import Templating
import Testing
import Texts

@testable import Reports

/// One more mistake in a file must not hide those that it has: the blame is narrowed, not the look.
struct NarrowBlameTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path
  private static let templates = root + "/Templates"

  private static let files: [String] = {
    let names = FileManager.default.enumerator(atPath: root + "/data")
    return (names?.allObjects as? [String] ?? []).filter { $0.hasSuffix(".rec") }.sorted()
      .map { "data/" + $0 }
  }()

  private func collection() throws -> TemplateCollection {
    try TemplateCollection(TemplateFolder(Self.templates), undefined: .strict)
  }

  /// An error without its place, which moves when lines are put in.
  private struct Found: Hashable, CustomStringConvertible {
    let code: String
    let sentence: String
    let line: String
    var description: String { "\(code) \(sentence) [\(line)]" }

    init(_ problem: Diagnostic) {
      code = problem.kind.code
      sentence = problem.sentence(in: .english)
      let place = problem.place?.place
      let bytes = place.map { $0.source.bytes[$0.source.lineRange(at: Int($0.range.start))] }
      // A record is named by its first line, before which another one may be put.
      line = code == "R201" ? "" : bytes.map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
  }

  private func errors(in text: [UInt8], _ templates: TemplateCollection) -> Set<Found> {
    var problems: [Diagnostic] = []
    do throws(Problems) {
      let file = try DataFile.read(name: "x.rec", bytes: text)
      problems = file.problemsAsData(templates) ?? file.check(templates).problems
    } catch {
      problems = error.diagnostics
    }
    return Set(problems.filter { $0.severity == .error }.map(Found.init))
  }

  /// The lines of a data file with mistakes that its kinds refuse, in the head and in other records.
  private func withMistakes(_ text: String) -> [String] {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    func change(_ name: String, _ line: String) {
      guard let index = lines.firstIndex(where: { $0.hasPrefix(name + ":") }) else { return }
      lines[index] = line
    }
    change("ngay_ban_hanh", "ngay_ban_hanh: 31/2/2018")
    change("nguoi_ky", "nguoi_kyy: Nguyễn Văn A")
    change("ngay_hop", "ngay_hop: 40/1/2018")
    change("gia_tri", "gia_tri: nhiều")
    change("dia_danh", "dia_danh:")
    if let index = lines.firstIndex(where: { $0.hasPrefix("co_quan:") }) {
      lines.insert("khong_co_truong_nay: 1", at: index)
    }
    if let index = lines.firstIndex(where: { $0.hasPrefix("trich_yeu:") }) {
      lines.insert(lines[index], at: index)
    }
    return lines + ["", "%rec: loai_khong_co", "", "a: 1", ""]
  }

  /// A file with a single further mistake, and the lines that it touches.
  private struct Mutation {
    let name: String
    var bytes: [UInt8]
    /// The text of the lines that are no longer what they were.
    let touched: [String]
  }

  private func mutation(of lines: [String], _ random: inout FixedRandom) -> Mutation? {
    var lines = lines
    let index = Int.random(in: lines.indices, using: &random)
    let line = lines[index]
    let kinds = [
      "blank line", "bad byte", "control", "no colon", "indented", "wide colon", "bullet", "plus",
      "directive", "no colon after directive", "type", "repeated directive", "digit name", "kind",
      "words", "special field", "blank before colon",
    ]
    let kind = kinds.randomElement(using: &random) ?? ""
    func join(_ touched: [String]) -> Mutation {
      Mutation(name: kind, bytes: Array(lines.joined(separator: "\n").utf8), touched: touched)
    }
    let isField = line.contains(":") && !line.hasPrefix("#") && !line.hasPrefix("+")
    let isDirective = line.hasPrefix("%rec:")
    switch kind {
    case "blank line":
      // Within a record, and not before a line that goes on.
      guard index > 0, !line.isEmpty, !line.hasPrefix("+"), !lines[index - 1].isEmpty,
        !lines[index - 1].hasPrefix("%")
      else { return nil }
      lines.insert("", at: index)
      return join([])
    case "bad byte":
      guard !line.isEmpty, !line.hasPrefix("%") else { return nil }
      var mutation = join([line])
      let before = lines[..<index].joined(separator: "\n").utf8.count
      mutation.bytes.insert(0xFF, at: before + 1 + line.utf8.count / 2)
      return index == 0 ? nil : mutation
    case "control":
      guard isField, !isDirective else { return nil }
      lines[index] = line + "\u{7}"
      return join([line])
    case "no colon":
      guard isField, !line.hasPrefix("%"), let colon = line.firstIndex(of: ":") else { return nil }
      lines[index].remove(at: colon)
      return join([line])
    case "indented":
      guard isField, !line.hasPrefix("%") else { return nil }
      lines[index] = "  " + line
      return join([line])
    case "wide colon":
      guard isField, !line.hasPrefix("%"), let colon = line.firstIndex(of: ":") else { return nil }
      lines[index].replaceSubrange(colon...colon, with: "：")
      return join([line])
    case "bullet", "plus", "words", "digit name":
      guard index > 0, !lines[index - 1].isEmpty || kind == "plus" else { return nil }
      let text = [
        "bullet": "- một mục", "plus": "+ tiếp", "words": "một câu không có gì",
        "digit name": "1a: b",
      ]
      lines.insert(text[kind] ?? "", at: index)
      return join([line, lines[index - 1]])
    case "directive":
      guard isDirective else { return nil }
      let names = ["%rce", "%re", "%recc", "%Rec", "%rek"]
      lines[index] = line.replacing("%rec", with: names.randomElement(using: &random) ?? "")
      return join([line])
    case "no colon after directive":
      guard isDirective else { return nil }
      lines[index] = line.replacing("%rec:", with: "%rec")
      return join([line])
    case "type":
      guard isDirective, line.utf8.count > 12 else { return nil }
      lines[index] = line + "x"
      return join([line])
    case "repeated directive":
      guard isDirective else { return nil }
      lines.append(contentsOf: [line, ""])
      return join([])
    case "kind":
      guard line.hasPrefix("mau:") else { return nil }
      lines[index] = line + "t"
      return join([line])
    case "special field":
      guard isField, !line.hasPrefix("%") else { return nil }
      lines.insert("%doc: lạc chỗ", at: index)
      return join([])
    default:
      guard isField, !line.hasPrefix("%"), let colon = line.firstIndex(of: ":") else { return nil }
      lines[index].insert(" ", at: colon)
      return join([line])
    }
  }

  @Test(arguments: files) func aFurtherMistakeHidesNone(_ file: String) throws {
    let templates = try collection()
    let text = try String(contentsOfFile: Self.root + "/" + file, encoding: .utf8)
    guard text.contains("%rec: van_ban") else { return }
    let lines = withMistakes(text)
    let known = errors(in: Array(lines.joined(separator: "\n").utf8), templates)
    // A file of a single post has fewer lines to spoil.
    #expect(known.count >= (lines.count > 40 ? 4 : 2))
    // Where signers have records of their own, a head needs none; which it is depends on the others.
    let hasSigners = text.contains("%rec: nguoi_ky")
    var random = FixedRandom(seed: 15)
    for _ in 0..<150 {
      guard let mutation = mutation(of: lines, &random) else { continue }
      let found = errors(in: mutation.bytes, templates)
      if ["bad byte", "control", "directive", "no colon after directive"].contains(mutation.name) {
        #expect(found != known, "\(mutation.name) at \(mutation.touched) is not seen")
      }
      let lost = known.subtracting(found).filter { problem in
        let isSigner = ["“nguoi_ky”", "“chuc_vu_ky”"].contains { problem.sentence.contains($0) }
        if hasSigners, isSigner, problem.code == "R201" { return false }
        return
          // What is wrong with the very line, and fields that it may be.
          !mutation.touched.contains(problem.line)
          && !mutation.touched.contains { line in
            // Its name, or the one that it misspells with a letter more.
            let name = line.prefix { $0 != ":" }
            return problem.code == "R201"
              && [name, name.dropLast()].contains { problem.sentence.contains("“\($0)”") }
          }
      }
      #expect(lost.isEmpty, "\(mutation.name) at \(mutation.touched) hides \(lost)")
    }
  }

  /// A copy of the templates in which each file with one of the names has a directive that is
  /// misspelt and one that stands in a record.
  private func withWarnings(in names: [String]) throws -> String {
    let copy = NSTemporaryDirectory() + "baocao-\(ProcessInfo.processInfo.globallyUniqueString)"
    try FileManager.default.copyItem(atPath: Self.templates, toPath: copy)
    for name in names {
      let path = copy + "/" + name
      var lines = try String(contentsOfFile: path, encoding: .utf8)
        .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
      let record = lines.indices.dropFirst().last {
        lines[$0 - 1].isEmpty && lines[$0].contains(": ") && !lines[$0].hasPrefix("%")
      }
      if let record { lines.insert("%doc: lạc chỗ", at: record + 1) }
      let type = lines.firstIndex { $0.hasPrefix("%rec:") }
      if let type { lines.insert("%mandatroy: ten", at: type + 1) }
      try lines.joined(separator: "\n").write(toFile: path, atomically: true, encoding: .utf8)
    }
    return copy
  }

  @Test func warningsOfTemplatesStopNothing() throws {
    let names =
      (FileManager.default.enumerator(atPath: Self.templates)?.allObjects as? [String] ?? [])
      .filter { $0.hasSuffix(".rec") }.sorted()
    #expect(names.count > 10)
    let plain = try collection()
    for planted in [names] + names.map({ [$0] }) {
      let copy = try withWarnings(in: planted)
      defer { try? FileManager.default.removeItem(atPath: copy) }
      let templates = try TemplateCollection(TemplateFolder(copy), undefined: .strict)
      #expect(!templates.warnings.hasErrors)
      for file in planted.count > 1 ? Self.files : Array(Self.files.prefix(2)) {
        let text = try String(contentsOfFile: Self.root + "/" + file, encoding: .utf8)
        let lines = withMistakes(text).joined(separator: "\n")
        let found = errors(in: Array(lines.utf8), templates)
        let known = errors(in: Array(lines.utf8), plain)
        #expect(found == known, "\(planted): \(found.symmetricDifference(known))")
        let data = try DataFile.read(path: Self.root + "/" + file)
        let right = data.check(templates)
        #expect(right.hasErrors == data.check(plain).hasErrors)
        #expect(right.reports.count == data.check(plain).reports.count)
      }
    }
  }
}

/// What is wrong in a value is shown where it stands, also in a line that goes on with a value, and
/// behind what is written by an escape.
struct PlaceTests {
  @Test func placesInFoldedValues() throws {
    let text = "a: một\n+ hai\\\nba bốn\n+\n+ năm\n"
    var problems: [Diagnostic] = []
    let source = Source(name: "x.rec", bytes: Array(text.utf8))
    let database = Database.read(source, into: &problems)
    let value = try #require(database.recordSets[0].records[0].fields.first?.value)
    #expect(value.string == "một\nhaiba bốn\n\nnăm")
    for (word, line, column) in [
      ("một", 1, 4), ("hai", 2, 3), ("ba", 3, 1), ("bốn", 3, 4), ("năm", 5, 3),
    ] {
      let range = try #require(value.string.range(of: word))
      let start = value.string[..<range.lowerBound].utf8.count
      let part = Text(
        source: value.source, range: SourceRange(start: start, end: start + word.utf8.count))
      let place = source.position(at: Int(part.place.range.start))
      #expect((place.line, place.column) == (line, column), "\(word)")
      #expect(part.place.string == word)
    }
    #expect(value.place.string == text.dropFirst(3).dropLast())
  }
}

/// The check of a file four times as long takes no more than ten times the time of its thread: four
/// times the work, or a little more.
@Suite(.serialized) struct CheckGrowthTests {
  private static let sizes = (few: 1500, many: 6000)

  static let forms: [(name: String, text: @Sendable (Int) -> String)] = [
    ("types", { count in (0..<count).map { "%rec: t\($0)\n\na: 1\n\n" }.joined() }),
    (
      "types with rules",
      { count in (0..<count).map { "%rec: t\($0)\n%mandatory: a\n\na: 1\n\n" }.joined() }
    ),
    (
      "recipients",
      { count in
        "%rec: van_ban\n\nmau: so-ket\n"
          + (0..<count * 4).map { "noi_nhan: Nơi \($0)\n" }.joined()
      }
    ),
    (
      "references",
      { count in
        "%rec: van_ban\n\nmau: so-ket\n\n%rec: so_lieu\n\n"
          + (0..<count).map { "ma: a\($0)\nmau_so: b\($0)\ngia_tri: 1\n\n" }.joined()
      }
    ),
    (
      "wrong values",
      { count in
        "%rec: van_ban\n\nmau: so-ket\n\n%rec: so_lieu\n\n"
          + (0..<count).map { "ma: a\($0)\ngia_tri: hai\nmuc: quan_trie\n\n" }.joined()
      }
    ),
    (
      "documents",
      { count in
        "%rec: van_ban\n\n" + String(repeating: "mau: so-ket\nso: 1\n\n", count: count)
      }
    ),
    (
      // Letters of which the hash of figures that say the same makes one.
      "names that look alike",
      { count in
        "%rec: van_ban\n\nmau: so-ket\n\n%rec: so_lieu\n\n"
          + (0..<count).map { number in
            let name = (0..<14).map { number >> $0 & 1 == 0 ? "à" : "á" }.joined()
            return "chi_tieu: \(name)\ngia_tri: 1\ndon_vi: x\n\n"
          }.joined()
      }
    ),
    (
      "cut records",
      { count in
        "%rec: van_ban\n\nmau: so-ket\n\n%rec: nguoi\n\n"
          + String(repeating: "ho_ten: A\n\nchuc_vu: B\nvai_tro: du\n\n", count: count)
      }
    ),
  ]

  @Test(arguments: forms.indices) func growsInALine(_ form: Int) throws {
    let folder = TemplateFolder(GoldenTests.root + "/Templates")
    let templates = try TemplateCollection(folder, undefined: .strict)
    func time(_ count: Int) throws -> Double {
      let bytes = Array(Self.forms[form].text(count).utf8)
      return try threadSeconds {
        let file = try DataFile.read(name: "x.rec", bytes: bytes)
        _ = file.problemsAsData(templates) ?? file.check(templates).problems
      }
    }
    _ = try time(10)
    let (few, many) = (try time(Self.sizes.few), try time(Self.sizes.many))
    #expect(many < 10 * few + 0.05, "\(Self.forms[form].name): \(few) s, \(many) s")
  }
}
