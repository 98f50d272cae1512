import Diagnostics
import Foundation
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

  /// Bytes of Windows-1258, as `iconv -t CP1258` makes them of «Đắk Glong, Ia Đrăng», which are no
  /// syllables that tell of an encoding.
  private let words1258 = "\u{D0}\u{E3}\u{EC}k Glong, Ia \u{D0}r\u{E3}ng"

  @Test(
    "a page in an old encoding is read as it says",
    arguments: [
      "<meta charset=windows-1258>", "<META content='text/html; charset=Windows-1258'>", "",
    ]) func declaredEncoding(_ tag: String) throws
  {
    let page = "<html><head>\(tag)<title>x</title></head><body><p>\(words1258)</p></body></html>"
    let header = "MIME-Version: 1.0\nContent-Type: text/html; charset=\"windows-1258\"\n\n"
    let text = tag.isEmpty ? header + page : page
    let bytes = text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
    let post = try imported(bytes, tag.isEmpty ? "trang.mht" : "trang.html")
    #expect(post.rec.contains("Đắk Glong, Ia Đrăng"), "\(post.rec)")
    #expect(post.codes.contains("N127"))
  }

  @Test("what is no text is refused") func noText() throws {
    let error = #expect(throws: Problems.self) {
      try imported((0..<4000).map { UInt8(truncatingIfNeeded: $0 &* 37) })
    }
    #expect(error?.diagnostics.map(\.kind.code) == ["N004"])
  }

  // MARK: Pictures

  @Test("pictures go along into another folder, unless they lie elsewhere") func pictures() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "anh-\(UUID())").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for path in ["web/a/1.png", "web/b/1.png", "web/c.txt", "ngoai.png", "rec/x"] {
      try Files.makeFolder(Files.folder(of: "\(folder)/\(path)"))
      try Files.write(Array(path.utf8).span, to: "\(folder)/\(path)")
    }
    try FileManager.default.createSymbolicLink(
      atPath: folder + "/web/link.png", withDestinationPath: "../ngoai.png")
    let names = ["a/1.png", "./b/1.png", "a/1.png", "c.txt", "../ngoai.png", "link.png", "0.png"]
    let page = "<p>Hết.</p>" + names.map { "<img src='\($0)'>" }.joined()
    let importer = try PostImporter(Imported.templates.get(), proposesFacts: false)
    func paths(_ dataFile: String) throws -> [String] {
      let post = try importer.post(Array(page.utf8), of: folder + "/web/bai.html", for: dataFile)
      try post.writePictures(besides: dataFile, isNew: true)
      return String(decoding: post.bytes, as: UTF8.self).split(separator: "\n")
        .filter { $0.hasPrefix("tep: ") }.map { String($0.dropFirst(5)) }
    }
    let rest = ["c.txt", "../ngoai.png", "link.png", "0.png"]
    #expect(try paths(folder + "/web/bai.rec") == ["a/1.png", "b/1.png", "a/1.png"] + rest)
    let copies = ["bai_files/1.png", "bai_files/2-1.png", "bai_files/1.png"]
    #expect(try paths(folder + "/rec/bai.rec") == copies + rest)
    #expect(try Files.read(folder + "/rec/bai_files/2-1.png") == Array("web/b/1.png".utf8))
    #expect(try Files.names(in: folder + "/rec/bai_files").count == 2)
    // What is there is not written over.
    #expect(throws: Diagnostic.self) { try paths(folder + "/rec/bai.rec") }
  }

  @Test("UTF-8 with a byte that is not right is refused") func damaged() throws {
    let start = "Sáng ngày 9/1, tại hội trường nhà văn hóa khu 3, cấp ủy phường Ví Dụ mở"
    let end = "c họp bàn việc chỉnh trang ngõ xóm và nghe các tổ dân phố nêu vướng mắc.\n"
    let error = #expect(throws: Problems.self) {
      try imported(Array(start.utf8) + [0x99] + Array(end.utf8))
    }
    #expect(error?.diagnostics.map(\.kind.code) == ["N004"])
  }

  @Test(
    "letters of an old encoding that became UTF-8 letter by letter are mended, and that is told")
  func misreadLetters() throws {
    let text = """
      Tæ d©n phè sè 4 gãp s¸ch cho tñ ®äc ®Çu ngâ
      09/04/2021 13:35

      S¸ng thø s¸u, m­êi hai gia ®×nh mang s¸ch cò ra nhµ v¨n hãa khu §«ng, xÕp thµnh ba ng¨n.

      """
    let post = try imported(Array(text.utf8))
    #expect(post.codes == ["N127"])
    #expect(post.rec.contains("tieu_de: Tổ dân phố số 4 góp sách cho tủ đọc đầu ngõ\n"))
  }

  @Test("a text that quotes damaged letters is taken, and one that has them is not") func quoted()
    throws
  {
    let quoting = post + "Máy cũ in chữ “Ä‘á»“ng” thay cho chữ đồng, nay đã sửa.\n"
    #expect(try imported(Array(quoting.utf8)).rec.contains("Ä‘á»“ng"))
    let error = #expect(throws: Problems.self) { try imported(Array((post + "Ä‘á»“ng").utf8)) }
    #expect(error?.diagnostics.map(\.kind.code) == ["S025"])
  }

  @Test("signs of direction, which nobody sees, are left out") func directions() throws {
    let text = post.replacing("Lê Thị Hòa", with: "\u{202D}Lê Thị Hòa\u{202C}")
    #expect(try imported(Array(text.utf8)).rec == imported(Array(post.utf8)).rec)
  }

  @Test("a day that may be the clock of the page is told") func clock() throws {
    let day = "Ngày đăng 19/02/2020 | 07:02\n"
    let text = "Chủ nhật, 06/12/2026, 20:15\n" + post.replacing(day, with: "")
    let read = try imported(Array(text.utf8))
    #expect(read.codes == ["N120"] && !read.rec.contains("ngay_dang"))
  }

  @Test("a paragraph that a page hides is kept, and told") func hidden() throws {
    let page =
      "<h1>Tổ 4 góp sách cho tủ đọc</h1><p>Đã có hai trăm cuốn.</p><p style='display:none'>"
      + String(repeating: "Chi đoàn phường dán lại những trang rách. ", count: 4)
    let read = try imported(Array(page.utf8), "bai.html")
    #expect(read.codes == ["N125"] && read.rec.contains("loai: an\n"))
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
