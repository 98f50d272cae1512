import CaseFiles
import Foundation
import Reports
import Testing

@testable import Site

/// What `MakingASite.md` says.
@Suite struct SiteManualTests {
  private static let root = packageRoot(ofTest: #filePath)

  private static let page =
    (try? String(
      contentsOfFile: root + "/Sources/Site/Site.docc/MakingASite.md", encoding: .utf8)) ?? ""

  /// The rows of the table whose first column has a title.
  private static func rows(under title: String) -> [[String]] {
    let lines = page.components(separatedBy: "\n")
    guard let head = lines.firstIndex(where: { $0.hasPrefix("| \(title) |") }) else { return [] }
    return lines[(head + 2)...].prefix { $0.hasPrefix("|") }.map { line in
      line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
    }
  }

  private static func profile() throws -> SiteProfile {
    try SiteProfile(
      try TemplateCollection(TemplateFolder(root + "/Templates"), undefined: .strict))
  }

  @Test("the titles of the table have the names it says") func names() throws {
    let rows = Self.rows(under: "title")
    #expect(rows.count == 4)
    let limit = try Self.profile().nameLimit
    for row in rows { #expect(PageName.name(of: row[0], limit: limit) == row[1]) }
  }

  @Test("the parts of addresses are those of the register") func sections() throws {
    let paths = Self.rows(under: "path").map { $0[0] }.joined(separator: " ")
    let sections = try Self.profile().sections
    for part in [sections.category, sections.tag, sections.archive, sections.search] {
      #expect(paths.contains("`/\(part)/"), "\(part)")
    }
    #expect(paths.contains("/\(sections.page)-2/") && paths.contains("/\(sections.english)/"))
  }

  @Test("the fields of the table are in the schema of posts") func fields() throws {
    let schema = try String(
      contentsOfFile: Self.root + "/Templates/tin-bai/mau.rec", encoding: .utf8)
    let fields = Self.rows(under: "field of the post").map { $0[0].filter { $0 != "`" } }
    #expect(fields.count == 3)
    for field in fields + ["dang_kem", "tieu_de_anh", "tom_tat_anh"] {
      #expect(schema.contains("\ntruong: \(field)\n"), "\(field)")
    }
  }
}
