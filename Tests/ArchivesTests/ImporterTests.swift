import Diagnostics
import Reports
import Testing
import Texts

@testable import Archives

/// What `baocao import` makes of a file besides keeping its words: its encoding, its kind, its facts.
@Suite struct ImporterTests {
  private func imported(
    _ bytes: [UInt8], _ name: String = "bai.txt", asKind kind: String? = nil,
    proposesFacts: Bool = true
  ) throws -> (rec: String, codes: [String]) {
    let importer = try PostImporter(
      Imported.templates.get(), asKind: kind, proposesFacts: proposesFacts)
    let post = try importer.post(bytes, of: name)
    return (String(decoding: post.bytes, as: UTF8.self), post.notices.map(\.kind.code))
  }

  private let post = """
    Phường Ví Dụ giao ban quý I
    Ngày đăng 19/02/2020 | 07:02

    Đồng chí Lê Thị Hòa, Bí thư Đảng ủy phường, chủ trì hội nghị có 05 ý kiến về Kết luận số 120-KL/TW.

    """

  // MARK: Facts

  @Test("facts are proposed, each with its quote and its block") func facts() throws {
    let rec = try imported(Array(post.utf8)).rec
    let lines = try #require(rec.split(separator: "%rec: du_kien").last).split(separator: "\n")
    let expected = """
      loai: nguoi
      ho_ten: Lê Thị Hòa
      chuc_vu: Bí thư Đảng ủy phường
      trich: Đồng chí Lê Thị Hòa, Bí thư Đảng ủy phường
      o_doan: 3
      xac_nhan: chua
      loai: so_lieu
      gia_tri: 05
      don_vi: ý kiến
      trich: 05 ý kiến
      o_doan: 3
      xac_nhan: chua
      loai: van_ban
      loai_van_ban: Kết luận
      so_ky_hieu: 120-KL/TW
      trich: Kết luận số 120-KL/TW
      o_doan: 3
      xac_nhan: chua
      """
    #expect(lines.joined(separator: "\n") == expected)
    #expect(try !imported(Array(post.utf8), proposesFacts: false).rec.contains("du_kien"))
  }

  @Test("a fact whose quote the text does not have is wrong") func otherQuote() throws {
    let rec = try imported(Array(post.utf8)).rec
    let changed = rec.replacing("trich: 05 ý kiến", with: "trich: 06 ý kiến")
    let file = try DataFile.read(name: "bai.rec", bytes: Array(changed.utf8))
    let codes = try file.check(Imported.templates.get()).problems.map(\.kind.code)
    #expect(codes == ["K271"])
  }

  @Test("checks look at a fact once it is confirmed") func confirmed() throws {
    let text = post.replacing("120-KL/TW.", with: "120-KL/TW ngày 08/01/2016.")
    let rec = try imported(Array(text.utf8)).rec
    func codes(_ rec: String) throws -> [String] {
      let file = try DataFile.read(name: "bai.rec", bytes: Array(rec.utf8))
      return try file.check(Imported.templates.get()).problems.map(\.kind.code)
    }
    #expect(try codes(rec) == [])
    let confirmed = rec.replacing("xac_nhan: chua", with: "xac_nhan: co")
    #expect(try codes(confirmed) == ["K122"])
  }

  // MARK: Encodings

  /// Bytes of TCVN3, as `iconv -t TCVN5712-1` makes them of the small letters of these words.
  private let tcvn3 = [UInt8](
    "Ph\u{AD}\u{EA}ng V\u{DD} D\u{F4} giao ban qu\u{FD} I v\u{D2} c\u{AB}ng t\u{B8}c d\u{A9}n v\u{CB}n\n"
      .unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) })

  @Test("a post in an old encoding becomes Unicode, and that is told") func oldEncoding() throws {
    let post = try imported(tcvn3 + [0x0A] + tcvn3)
    #expect(post.rec.contains("Phường Ví Dụ giao ban quý I về công tác dân vận"))
    #expect(post.codes.contains("N127"))
  }

  @Test("what is no text is refused") func noText() throws {
    let error = #expect(throws: Problems.self) {
      try imported((0..<4000).map { UInt8(truncatingIfNeeded: $0 &* 37) })
    }
    #expect(error?.diagnostics.map(\.kind.code) == ["N004"])
  }

  // MARK: Documents

  private let notice = """
    ỦY BAN NHÂN DÂN                    CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
    PHƯỜNG VÍ DỤ                          Độc lập - Tự do - Hạnh phúc
    Số: 12/TB-UBND                     Ví Dụ, ngày 12 tháng 3 năm 2026

    THÔNG BÁO
    Về việc tiếp công dân quý II năm 2026

    Ủy ban nhân dân phường thông báo lịch tiếp công dân như sau:
    1. Thứ ba hằng tuần, tại trụ sở.
    2. Thứ năm hằng tuần, tại nhà văn hóa tổ 4./.

    Nơi nhận:                                      CHỦ TỊCH
    - Các tổ dân phố;
    - Lưu: VT.
                                                   Trần Thị B

    """

  @Test("a notice in plain text becomes data of its kind") func document() throws {
    let rec = try imported(Array(notice.utf8)).rec
    #expect(rec.contains("mau: thong-bao\n") && rec.contains("ky_hieu: TB-UBND\n"))
    #expect(rec.contains("tiếp công dân quý II năm 2026\n"))
    #expect(rec.contains("nguoi_ky: Trần Thị B\n") && !rec.contains("nguyen_van"))
  }

  @Test("a letter is a document, with a long subject above the motto") func letter() throws {
    let letter = """
      UBND HUYỆN VÍ DỤ
      PHÒNG NỘI VỤ
      Số: 210/NV
      V/v báo cáo tiến độ cải cách hành chính năm 2021 của các xã, thị trấn
      CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
      Độc lập - Tự do - Hạnh phúc
      Ví Dụ, ngày 15 tháng 6 năm 2021

      Kính gửi: Uỷ ban nhân dân các xã, thị trấn

      Phòng Nội vụ đề nghị các xã báo cáo tiến độ trước ngày 20/6/2021.

      Nơi nhận:
      - Như trên;
      - Lưu: VT.

      TRƯỞNG PHÒNG
      (Đã ký)
      Lê Thị B
      """
    let rec = try imported(Array(letter.utf8)).rec
    #expect(rec.contains("mau: cong-van\n") && rec.contains("nguoi_ky: Lê Thị B\n"))
    #expect(rec.contains("kinh_gui: Uỷ ban nhân dân các xã, thị trấn\n"))
  }

  @Test("as a post it is kept word for word") func documentAsPost() throws {
    let rec = try imported(Array(notice.utf8), asKind: "tin-bai").rec
    #expect(rec.contains("mau: tin-bai\n") && rec.contains("%rec: nguyen_van\n"))
    #expect(try !imported(Array(post.utf8)).rec.contains("trich_yeu"))
  }

  @Test("a kind that takes no text is refused") func wrongKind() throws {
    let error = #expect(throws: Problems.self) {
      try imported(Array(notice.utf8), asKind: "so-ket")
    }
    #expect(error?.diagnostics.map(\.kind.code) == ["N002"])
  }
}
