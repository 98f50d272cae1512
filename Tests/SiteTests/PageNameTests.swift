import Foundation
import Testing

@testable import Site

@Suite struct PageNameTests {
  @Test(
    "words without accents, with hyphens between",
    arguments: [
      ("Sơ kết 6 tháng đầu năm", "so-ket-6-thang-dau-nam"),
      ("Đường Đê La Thành: «Đẹp» hơn?", "duong-de-la-thanh-dep-hon"),
      ("Nghị quyết số 29-NQ/TW, 13,5%", "nghi-quyet-so-29-nq-tw-13-5"),
      ("HOÀ BÌNH – Hòa Bình", "hoa-binh-hoa-binh"), ("Ưu, Ơn, Ăn, Âu, Êm, Ôm", "uu-on-an-au-em-om"),
      ("ten_trang", "ten-trang"), ("Café Zürich", "cafe-zurich"),
    ])
  func name(title: String, expected: String) {
    #expect(PageName.name(of: title, limit: 80) == expected)
  }

  @Test("a long title ends at a word") func long() {
    let title = "Hội nghị sơ kết công tác dân vận và thực hiện quy chế dân chủ ở cơ sở"
    #expect(PageName.name(of: title, limit: 30) == "hoi-nghi-so-ket-cong-tac-dan")
    #expect(PageName.name(of: String(repeating: "a", count: 99), limit: 30)?.utf8.count == 30)
  }

  @Test("a title without letters has no name") func empty() {
    #expect(PageName.name(of: "… 中 !", limit: 80) == nil)
  }

  @Test("paths that a site can have") func paths() {
    #expect(PageName.path("2026/07/so-ket") == "/2026/07/so-ket/")
    #expect(PageName.path("/tin/a/") == "/tin/a/")
    for path in ["", "/", "//", "/a//b/", "/../a/", "/Sơ-kết/", "/a b/", "/a?b/", "/A/"] {
      #expect(PageName.path(path) == nil, "\(path)")
    }
  }

  /// Titles as boards write them, put together of what, who, when and where.
  static let titles: [String] = {
    let what = [
      "Sơ kết công tác dân vận", "Tổng kết phong trào “Dân vận khéo”",
      "Hội nghị đối thoại với Nhân dân",
      "Giao ban công tác Đảng", "Ra quân tổng vệ sinh môi trường",
      "Khai giảng lớp bồi dưỡng nghiệp vụ",
      "Gặp mặt, tặng quà người có công", "Kiểm tra việc thực hiện Chỉ thị số 05-CT/TW",
      "Tuyên truyền phòng, chống rửa tiền", "Đại hội đại biểu lần thứ XXV",
    ]
    let place = ["phường Bồ Đề", "quận Đống Đa", "phường Ví Dụ", "xã Yên Nghĩa", "tổ dân phố số 5"]
    let time = [
      "6 tháng đầu năm 2026", "quý I/2026", "nhân ngày 27/7", "năm học 2026 - 2027", "tháng 9",
      "dịp Tết Nguyên đán", "đợt 2", "(lần 3)", "chào mừng 96 năm ngày thành lập Đảng",
      "mùa mưa bão",
    ]
    return what.flatMap { what in place.flatMap { place in time.map { "\(what) \(place) \($0)" } } }
  }()

  @Test("500 titles: as another way of leaving accents out has them") func oracle() {
    #expect(Set(Self.titles).count == 500)
    for title in Self.titles {
      let plain = title.lowercased().replacing("đ", with: "d")
        .folding(options: .diacriticInsensitive, locale: Locale(identifier: "en_US_POSIX"))
      let words = plain.split { !$0.isASCII || !($0.isLetter || $0.isNumber) }
      #expect(PageName.name(of: title, limit: 150) == words.joined(separator: "-"))
    }
  }
}
