import Diagnostics
import Foundation
import Testing
import Texts

@testable import Reports

/// Mistakes that have nothing to do with each other are all told at once: none hides another.
@Suite struct OneRoundTests {
  /// Lines of the file that are right, and the mistakes that take their place.
  static let mistakes: [(right: String, wrong: String)] = [
    ("buoi: sáng", "buoi: buổi sáng"),
    ("so_y_kien: 7", "so_y_kien: bảy"),
    ("ky_so_sanh: cùng kỳ năm 2023", "ky_so_sanh: cùng kỳ năm 2025"),
    ("dia_danh: Ví Dụ", "dia_danhh: Ví Dụ"),
    ("luu: VT, VP-TK", "luu:"),
    ("kinh_gui: Phòng Nội vụ quận Minh Họa", "kinh_gui: Kính gửi: Phòng Nội vụ quận Minh Họa"),
    ("ngay_dang: 20/6/2024 15:30", "ngay_dang: 31/6/2024 15:30"),
    ("vai_tro: du", "vai_tro: dự"),
    ("ngay: 16/8/2023", "ngay: 16/8/2026"),
    ("theo: ND61", "theo: ND62"),
    ("tang_giam: tăng 11,6%", "tang_giam: tăng 12,6%"),
    ("gia_tri: 99,6", "gia_tri: 99.6"),
    ("mau_so: don_tiep_nhan", "mau_so: don_tiep_nhann"),
    ("loai: khach_quan", "loai: khách quan"),
    ("%rec: to_chuc", "%rec: to_chucc"),
    (
      "noi_dung: Dân cư biến động, nhiều hộ đi làm cả ngày; cơ sở vật chất của một số nhà văn hóa còn thiếu",
      "noi_dung: Dân cư biến động, cơ sở vật chất của của một số nhà văn hóa còn thiếu"
    ),
    ("noi_gui: Phòng Nội vụ quận Minh Họa", "noi_gui Phòng Nội vụ quận Minh Họa"),
    ("tap_tin: anh/hoi-truong.svg", "tap_tin: anh/hoi-truongg.svg"),
  ]

  private struct Found: Hashable {
    let code: String
    let line: Int
  }

  private func problems(_ planted: [(right: String, wrong: String)]) throws -> Set<Found> {
    let templates = try TemplateCollection(
      TemplateFolder(GoldenTests.root + "/Templates"), undefined: .strict)
    let path = GoldenTests.root + "/data/ubnd-phuong-vi-du-2024-6-thang.rec"
    var lines = try String(contentsOfFile: path, encoding: .utf8).components(separatedBy: "\n")
    for (right, wrong) in planted {
      let index = try #require(lines.firstIndex(of: right), "\(right)")
      lines[index] = wrong
    }
    let file = try DataFile.read(name: path, bytes: Array(lines.joined(separator: "\n").utf8))
    let checked = file.check(templates)
    let found = checked.problems + checked.proofread([], with: nil)
    return Set(
      found.compactMap { problem in
        problem.place?.place.lineNumber.map { Found(code: problem.kind.code, line: $0) }
      })
  }

  @Test("all that each alone is told for") func atOnce() throws {
    let usual = try problems([])
    let all = try problems(Self.mistakes)
    for mistake in Self.mistakes {
      let alone = try problems([mistake]).subtracting(usual)
      #expect(!alone.isEmpty, "\(mistake.wrong) passes")
      #expect(alone.subtracting(all).isEmpty, "\(mistake.wrong): \(alone.subtracting(all))")
    }
  }

  @Test("a mistake does not hide that a profile is unknown") func profile() throws {
    let usual = try problems([])
    let both = try problems([
      ("the_thuc: nha-nuoc-2020", "the_thuc: nha-nuoc-2021"), ("buoi: sáng", "buoi: trưa"),
    ])
    #expect(both.subtracting(usual).count >= 2)
  }
}

extension Text {
  /// The number of its line in the file.
  fileprivate var lineNumber: Int? { source.position(at: Int(range.start)).line }
}
