import CaseFiles
import Diagnostics
import Foundation
import Reports
import Testing

/// The page for office staff on data files: its examples are right, and each wrong line is refused.
///
/// The first fence `data` is a whole file. A row of the table puts its lines in the place of the
/// field of that name. A later fence `data` is read alone; `truoc` becomes `sau` by rewriting.
@Suite struct DataManualTests {
  private static func page(_ path: String) -> String {
    (try? String(contentsOfFile: GoldenTests.root + "/" + path, encoding: .utf8)) ?? ""
  }

  private static let manual = page("Templates/huong-dan.md")

  private static func fences(_ name: String) -> [String] {
    manual.components(separatedBy: "```").enumerated().compactMap { index, part in
      guard !index.isMultiple(of: 2), part.hasPrefix(name + "\n") else { return nil }
      return String(part.dropFirst(name.count + 1))
    }
  }

  /// The first two cells of the table's rows.
  static let rows: [(wrong: String, right: String)] = manual.split(separator: "\n").compactMap {
    $0.firstMatch(of: /^\| `([^`]+)` \| `([^`]+)` \|/).map { (String($0.1), String($0.2)) }
  }

  private func codes(_ text: String) throws -> [String] {
    let templates = try TemplateCollection(
      TemplateFolder(GoldenTests.root + "/Templates"), undefined: .strict)
    let file = try DataFile.read(name: GoldenTests.root + "/data/x.rec", bytes: Array(text.utf8))
    let checked = file.check(templates)
    if checked.problems.isEmpty { _ = try checked.render(templates, formats: Format.texts) }
    return checked.problems.map(\.kind.code)
  }

  /// The page's file with a line in the place of the field of its name, or of the one like it.
  private func file(with line: String) throws -> String {
    let name = line.drop { $0 == "#" }.prefix { $0 != ":" }.replacing("nguoi_ki", with: "nguoi_ky")
    let whole = try #require(Self.fences("data").first)
    let old = try #require(whole.split(separator: "\n").first { $0.hasPrefix(name + ":") })
    return whole.replacing("\n" + old + "\n", with: "\n" + line + "\n")
  }

  @Test func wholeFileIsRight() throws {
    #expect(try codes(try #require(Self.fences("data").first)).isEmpty)
  }

  @Test("there are rows") func count() { #expect(Self.rows.count >= 15) }

  @Test(arguments: rows) func row(wrong: String, right: String) throws {
    #expect(try !codes(try file(with: wrong)).isEmpty, "\(wrong)")
    #expect(try codes(try file(with: right)).isEmpty, "\(right)")
  }

  @Test func rewriting() throws {
    let templates = try TemplateCollection(
      TemplateFolder(GoldenTests.root + "/Templates"), undefined: .strict)
    var formatting = Formatting(templates)
    for text in Self.fences("data") {
      #expect(try formatting.format(name: "x", bytes: Array(text.utf8)).changes.isEmpty)
    }
    let pairs = zip(Self.fences("truoc"), Self.fences("sau"))
    #expect(Self.fences("truoc").count == 1)
    for (before, after) in pairs {
      let formatted = try formatting.format(name: "x", bytes: Array(before.utf8))
      #expect(String(decoding: formatted.bytes, as: UTF8.self) == after)
    }
  }

  @Test("every change has its row in the manual and its case") func everyChange() throws {
    let wording = Self.page("Sources/Diagnostics/Messages/FormatChange.swift")
    let codes = wording.matches(of: /"(F0[0-9]{2})"/).map { String($0.1) }
    #expect(codes.count >= 14 && Set(codes).count == codes.count)
    let manual = Self.page("Sources/Records/Records.docc/DataFiles.md")
    let cases = try String(
      contentsOfFile: GoldenTests.root + "/Tests/BaoCaoCommandTests/cases/format.case",
      encoding: .utf8)
    for code in codes {
      #expect(manual.contains("| \(code) |") && cases.contains(": \(code) "), "\(code)")
    }
  }
}
