import Diagnostics
import Foundation
import Reports
import Testing

/// The examples of the manual's page on sections, tables, annexes and references, and those of the
/// guide for office staff, make what they are said to make.
@Suite struct BodyManualTests {
  private static func page(_ path: String) -> String {
    (try? String(contentsOfFile: GoldenTests.root + "/" + path, encoding: .utf8)) ?? ""
  }

  private static func fences(_ page: String) -> [(info: String, text: String)] {
    let parts = page.components(separatedBy: "\n```")
    return stride(from: 1, to: parts.count - 1, by: 2).map { index in
      let end = parts[index].firstIndex(of: "\n") ?? parts[index].endIndex
      return (String(parts[index][..<end]), String(parts[index][end...].dropFirst()) + "\n")
    }
  }

  private static let head = """
    %rec: su_viec

    co_quan: Ủy ban nhân dân phường Ví Dụ

    %rec: van_ban

    mau: thong-bao
    the_thuc: nha-nuoc-2020
    co_quan_ban_hanh: ỦY BAN NHÂN DÂN PHƯỜNG VÍ DỤ
    so: 5
    ky_hieu: TB-UBND
    dia_danh: Ví Dụ
    ngay_ban_hanh: 08/7/2026
    trich_yeu: Lịch tiếp công dân
    mo_dau: UBND phường thông báo như sau:
    quyen_han: TM. ỦY BAN NHÂN DÂN
    chuc_vu_ky: CHỦ TỊCH
    nguoi_ky: Trần Thị B
    noi_nhan: Các tổ dân phố
    luu: VT


    """

  /// The documents of a data file in which nothing is wrong.
  private func markdown(_ text: String) throws -> [String] {
    let templates = try TemplateCollection(
      TemplateFolder(GoldenTests.root + "/Templates"), undefined: .strict)
    let file = try DataFile.read(name: "x.rec", bytes: Array(text.utf8))
    let checked = file.check(templates)
    #expect(checked.problems.isEmpty, "\(checked.problems.map { $0.message(in: .english) })")
    return try checked.render(templates, formats: [.markdown]).map {
      String(decoding: $0.bytes, as: UTF8.self)
    }
  }

  /// The body and the annexes, without head and signature.
  private func body(_ document: String) throws -> String {
    let start = try #require(document.range(of: "như sau:\n\n")).upperBound
    let end = try #require(document.range(of: "\n***Nơi nhận:***")).lowerBound
    var text = String(document[start..<end])
    if let annex = document.range(of: "\n#### Phụ lục", range: end..<document.endIndex) {
      text += document[annex.lowerBound...]
    }
    return text.replacing(#/\n{3,}/#, with: "\n\n")
  }

  @Test("the examples for template authors make what stands behind them") func manual() throws {
    let fences = Self.fences(Self.page("Sources/Reports/Reports.docc/BodyOfADocument.md"))
    var count = 0
    for (index, fence) in fences.enumerated() where fence.info == "rec" {
      let made = try markdown(Self.head + fence.text)
      let wanted = fences[index + 1]
      #expect(wanted.info == "markdown")
      let found = try body(#require(made.first)).trimmingCharacters(in: .newlines)
      #expect(found == wanted.text.trimmingCharacters(in: .newlines), "\(found)")
      count += 1
    }
    #expect(count == 3)
  }

  @Test("the example of the guide goes into the guide's own file") func guide() throws {
    let fences = Self.fences(Self.page("Templates/huong-dan.md")).filter { $0.info == "data" }
    let whole = try #require(fences.first).text
    let own = try #require(fences.first { $0.text.contains("%rec: bang\n") }).text
    let document = try #require(try markdown(whole + "\n" + own).first)
    for part in [
      "### 1. Nội dung công khai\n\nDanh mục tại Phụ lục, đã niêm yết ở 12 tổ dân phố.",
      "| | **Tổng cộng** | **2.150** | **2.090** |",
      "#### Phụ lục<br />DANH MỤC NỘI DUNG CÔNG KHAI",
      "| 2 | Dự toán ngân sách | Trụ sở UBND phường, nhà văn hóa |",
    ] {
      #expect(document.contains(part), "\(document)")
    }
  }
}
