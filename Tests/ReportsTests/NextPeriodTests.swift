import Diagnostics
import Foundation
import Testing

@testable import Reports

/// The form of a later period: what it takes over from the file of an earlier one.
@Suite struct NextPeriodTests {
  private static let old = """
    %rec: su_viec

    co_quan: Ủy ban nhân dân phường Ví Dụ
    ky: 6 tháng đầu năm 2026
    ky_toi: 6 tháng cuối năm 2026

    %rec: nguoi

    ho_ten: Trần Thị B
    chuc_vu: Chủ tịch UBND phường
    vai_tro: chu_tri
    loi: biểu dương các tổ dân phố

    %rec: so_lieu

    chi_tieu: Lượt công dân được tiếp
    gia_tri: 214
    don_vi: lượt
    ky_truoc: 236

    chi_tieu: Lượt người dự
    gia_tri: 780
    don_vi: lượt
    uoc: trên

    %rec: nhiem_vu

    noi_dung: Niêm yết công khai
    chu_tri: văn phòng
    thoi_han: trước ngày 30/9/2026

    noi_dung: Duy trì tuyến ngõ tự quản
    thoi_han: thường xuyên

    noi_dung: Xây nhà văn hóa
    thoi_han: quý IV năm 2028

    noi_dung: Rà soát quy ước
    thoi_han: từ ngày 01/7/2026 đến ngày 31/3/2027

    noi_dung: Tổng hợp ý kiến
    thoi_han: trước ngày 01/01/2027

    """

  /// The lines of the form that are no comments.
  private func form(
    _ kind: String, _ period: String?, from old: String = old
  ) throws -> [String] {
    let templates = try TemplateCollection(
      TemplateFolder(GoldenTests.root + "/Templates"), undefined: .strict)
    let file = try DataFile.read(name: "a.rec", bytes: Array(old.utf8))
    let form = try templates.blankForm(of: [kind], from: file, for: period)
    return String(decoding: form, as: UTF8.self).split(separator: "\n").map(String.init)
      .filter { !$0.hasPrefix("#") }
  }

  @Test("figures stand beside those of the same period, and not of another length")
  func comparedFigures() throws {
    let later = try form("so-ket", "6 tháng đầu năm 2027")
    #expect(later.contains("ky: 6 tháng đầu năm 2027"))
    #expect(later.contains("ky_toi: 6 tháng cuối năm 2027"))
    #expect(later.contains("ky_so_sanh: cùng kỳ năm 2026"))
    #expect(later.contains("ky_truoc: 214"))
    #expect(!later.contains { $0.contains("236") || $0 == "ky_truoc: 780" })
    #expect(try form("tong-ket", "năm 2026").contains("ky_toi: năm 2027"))
    for other in [nil, "9 tháng đầu năm 2026", "năm 2026", "năm 2027"] {
      let form = try form("so-ket", other)
      #expect(!form.contains { $0.hasPrefix("ky_truoc: ") || $0.hasPrefix("ky_so_sanh: ") })
      #expect(form.contains("chi_tieu: Lượt công dân được tiếp"))
    }
    #expect(try form("so-ket", "9 tháng đầu năm 2026").contains("ky_toi: 3 tháng cuối năm 2026"))
  }

  @Test(
    "terms, school years and weeks go on as halves of a year do",
    arguments: [
      ("nhiệm kỳ 2020-2025", nil, "nhiệm kỳ 2030-2035", true),
      ("nhiệm kỳ 2020-2025", "nhiệm kỳ 2025-2030", "nhiệm kỳ 2030-2035", true),
      ("giai đoạn 2021-2025", "giai đoạn 2026-2030", "giai đoạn 2031-2035", true),
      ("5 năm (2021-2025)", "10 năm (2021-2030)", "10 năm (2031-2040)", false),
      ("năm học 2024-2025", "năm học 2025-2026", "năm học 2026-2027", true),
      ("tuần 26 năm 2025", "tuần 26 năm 2026", "tuần 27 năm 2026", true),
      ("tuần 25 năm 2026", "tuần 26 năm 2026", "tuần 27 năm 2026", false),
      (
        "từ ngày 22/6/2025 đến ngày 28/6/2025", "từ ngày 22/6/2026 đến ngày 28/6/2026",
        "từ ngày 29/6/2026 đến ngày 05/7/2026", true
      ),
    ] as [(String, String?, String, Bool)])
  func longerPeriods(_ old: String, _ new: String?, _ next: String, _ areCompared: Bool) throws {
    let data = Self.old.replacing("ky: 6 tháng đầu năm 2026", with: "ky: \(old)")
      .replacing("ky_toi: 6 tháng cuối năm 2026", with: "ky_toi: nhiệm kỳ 2025-2030")
    let form = try form("tong-ket", new, from: data)
    #expect(form.contains("ky: \(new ?? "nhiệm kỳ 2025-2030")"))
    #expect(form.contains("ky_toi: \(next)"))
    #expect(form.contains("ky_truoc: 214") == areCompared)
    let compared = form.first { $0.hasPrefix("ky_so_sanh: ") }
    if areCompared {
      let isOfWeek = old.hasPrefix("t")
      #expect(compared == "ky_so_sanh: \(isOfWeek ? "cùng kỳ năm 2025" : old)")
    } else {
      #expect(compared == nil)
    }
  }

  @Test("the next period is behind the new one, though it is shorter")
  func shorterNextPeriod() throws {
    let data = Self.old.replacing("ky: 6 tháng đầu năm 2026", with: "ky: 10 năm (2016-2025)")
      .replacing("ky_toi: 6 tháng cuối năm 2026", with: "ky_toi: giai đoạn 2026-2030")
    let form = try form("tong-ket", nil, from: data)
    #expect(form.contains("ky: 10 năm (2026-2035)"))
    #expect(form.contains("ky_toi: giai đoạn 2036-2040"))
  }

  @Test(
    "figures of the last period become blanks, and numbers that are names stay",
    arguments: [
      ("số đơn đã giải quyết là 17/18 đơn, đạt", "số đơn đã giải quyết là […]/[…] đơn, đạt"),
      ("trong tổng số 1.250 vụ việc (94,4%)", "trong tổng số […] vụ việc ([…]%)"),
      ("13 trong số 18 đơn năm 2026", "[…] trong số […] đơn năm […]"),
      ("thực hiện Đề án 06, mức độ 4", "thực hiện Đề án 06, mức độ 4"),
      ("theo Nghị quyết 18-NQ/TW, diện tích m2", "theo Nghị quyết 18-NQ/TW, diện tích m2"),
      ("phòng, chống Covid-19", "phòng, chống Covid-19"),
      ("17", "[…]"), ("don_tiep_nhan", "don_tiep_nhan"),
    ])
  func blankedFigures(_ old: String, _ new: String) throws {
    let templates = try TemplateCollection(
      TemplateFolder(GoldenTests.root + "/Templates"), undefined: .strict)
    #expect(OldFigures(templates.registers.units).blanked(old) == new)
  }

  @Test("people and what is still to be done come along, and each task is to be reported on")
  func peopleAndTasks() throws {
    let next = try form("so-ket", nil)
    #expect(next.contains("ho_ten: Trần Thị B") && next.contains("vai_tro: chu_tri"))
    #expect(!next.contains { $0.contains("biểu dương") })
    func count(_ line: String) -> Int { next.count { $0 == line } }
    #expect(count("noi_dung: Niêm yết công khai") == 1, "reported on, and past its time")
    #expect(count("noi_dung: Duy trì tuyến ngõ tự quản") == 2)
    #expect(count("noi_dung: Xây nhà văn hóa") == 2)
    #expect(count("thoi_han: quý IV năm 2028") == 2)
    #expect(count("noi_dung: Rà soát quy ước") == 2, "its last day counts")
    #expect(count("noi_dung: Tổng hợp ý kiến") == 1, "before a day is up to the one before")
    #expect(count("tinh_trang:") == 5)
  }

  @Test("a period that is none, and one that is not later", arguments: ["2026", "quý I năm 2026"])
  func wrongPeriods(_ period: String) throws {
    #expect(throws: Problems.self) { try form("so-ket", period) }
  }
}
