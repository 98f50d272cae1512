import Diagnostics
import Foundation
import Reports
import Testing

/// The fixed sections of reports and plans in the order that a document asks for.
@Suite struct SectionOrderTests {
  /// The headings of the first level of a shipped document, with other lines in its record.
  private func headings(_ file: String, _ order: [String]) throws -> [String] {
    let path = GoldenTests.root + "/data/" + file
    let lines = try String(contentsOfFile: path, encoding: .utf8)
      .components(separatedBy: "\n").filter { !$0.hasPrefix("thu_tu: ") }
    let first = try #require(lines.firstIndex { $0.hasPrefix("trich_yeu: ") })
    let text = lines[...first] + order.map { "thu_tu: \($0)" } + lines[(first + 1)...]
    let templates = try TemplateCollection(
      TemplateFolder(GoldenTests.root + "/Templates"), undefined: .strict)
    let checked = try DataFile.read(name: path, bytes: Array(text.joined(separator: "\n").utf8))
      .check(templates)
    try checked.problems.throwIfErrors()
    let page = try #require(try checked.render(templates, formats: [.markdown]).first)
    return String(decoding: page.bytes, as: UTF8.self).components(separatedBy: "\n")
      .filter { $0.hasPrefix("## ") || $0.contains("số liệu từng năm tại") }
      .map { line in
        line.hasPrefix("## ") ? String(line.dropFirst(3)) : line.components(separatedBy: " tại ")[1]
      }
  }

  private static let report = "ubnd-phuong-vi-du-2026-10-nam.rec"

  @Test("sections that are named follow each other where the first of them stood") func order()
    throws
  {
    let usual = try headings(Self.report, [])
    #expect(
      usual[3...] == ["IV. MỘT SỐ CHỈ TIÊU CHỦ YẾU", "V. ĐÁNH GIÁ CHUNG", "mục IV.", usual[6]])
    let turned = try headings(Self.report, ["danh_gia", "so_lieu"])
    #expect(
      turned[3...] == ["IV. ĐÁNH GIÁ CHUNG", "mục V.", "V. MỘT SỐ CHỈ TIÊU CHỦ YẾU", usual[6]])
    let first = try headings(Self.report, ["phuong_huong", "dac_diem"])
    #expect(first[0].hasPrefix("I. PHƯƠNG HƯỚNG") && first[1] == "II. ĐẶC ĐIỂM TÌNH HÌNH")
    #expect(first.count == usual.count)
  }

  @Test func plans() throws {
    let file = "ubnd-phuong-vi-du-2026-ke-hoach.rec"
    let usual = try headings(file, [])
    let turned = try headings(file, ["to_chuc", "kinh_phi"])
    let (funds, work) = (
      usual.firstIndex { $0.hasSuffix("KINH PHÍ") }, turned.firstIndex { $0.hasSuffix("KINH PHÍ") }
    )
    #expect(try #require(work) == #require(funds) + 1 && usual.count == turned.count)
  }

  @Test(
    "names that the kind does not have, and names that come twice, are refused",
    arguments: [
      ["danh_gia", "danh_gia"], ["kinh_phi"], ["danh gia"],
    ])
  func wrong(_ order: [String]) {
    #expect(throws: Problems.self) { try headings(Self.report, order) }
  }
}
