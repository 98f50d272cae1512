import CaseFiles
import Diagnostics
import Foundation
import Records
import Testing
import Texts

@testable import Reports

private let root = packageRoot(ofTest: #filePath)

/// Documents that are plain text become data files as those of Word do.
@Suite struct PlainDocumentTests {
  private static func templates() throws -> TemplateCollection {
    try TemplateCollection(TemplateFolder(root + "/Templates"), undefined: .strict)
  }

  // MARK: The gallery

  /// The documents of the example data whose kinds take a text.
  private static func gallery() throws -> [(name: String, text: String)] {
    let collection = try templates()
    let kinds = try ImportableKinds(collection).names
    let names = try FileManager.default.contentsOfDirectory(atPath: root + "/data").sorted()
    return try names.filter { $0.hasSuffix(".rec") }.flatMap { name in
      let file = try DataFile.read(path: root + "/data/" + name).check(collection)
      let files = try file.render(collection, formats: [.text])
      return files.compactMap { output -> (String, String)? in
        let path = output.path.split(separator: "/").last.map(String.init) ?? ""
        let kind = path.replacing(/(?:-[0-9]+)?\.txt/, with: "")
        guard kinds.contains(kind) else { return nil }
        return ("\(name) \(path)", String(decoding: output.bytes, as: UTF8.self))
      }
    }
  }

  @Test("what the program prints as text becomes data that print the same words in order")
  func gallery() throws {
    let collection = try Self.templates()
    let all = try Self.gallery()
    #expect(all.count > 20)
    for (name, text) in all {
      let document = WrittenDocument(text: text)
      let imported = try ImportedDocument(document, of: name, asKind: nil, collection)
      let rec = String(decoding: imported.bytes, as: UTF8.self)
      let file = try DataFile.read(name: "a.rec", bytes: imported.bytes).check(collection)
      let errors = file.problems.filter { $0.severity == .error }
      #expect(errors.isEmpty, "\(name): \(errors.map { $0.message(in: .english) })\n\(rec)")
      guard errors.isEmpty else { continue }
      let output = try #require(try file.render(collection, formats: [.text]).first)
      let printed = String(decoding: output.bytes, as: UTF8.self)
      let change = words(printed).difference(from: words(text))
      #expect(
        change.isEmpty,
        "\(name): lost \(change.removals), added \(change.insertions)\n\(rec)")
    }
  }

  // MARK: Other texts

  private func imported(_ text: String) throws -> (rec: String, codes: [String]) {
    let document = WrittenDocument(text: text)
    let imported = try ImportedDocument(document, of: "a.txt", asKind: nil, Self.templates())
    return (String(decoding: imported.bytes, as: UTF8.self), imported.notices.map(\.kind.code))
  }

  @Test("texts as they are copied out of Word and from pages", arguments: examples.indices)
  func example(_ index: Int) throws {
    let example = examples[index]
    let (rec, codes) = try imported(example.text)
    for line in example.lines {
      #expect(rec.contains("\n\(line)\n"), "\(example.name): \(line)\n\(rec)")
    }
    #expect(codes == example.codes, "\(example.name)\n\(rec)")
  }

  @Test("the same text has the same blocks, whatever ends its lines") func lineEnds() throws {
    let text = examples[0].text
    let own = try imported(text).rec
    for end in ["\r\n", "\r", "\u{2028}"] {
      #expect(try imported("\u{FEFF}" + text.replacing("\n", with: end)).rec == own)
    }
  }

  @Test("a formal document is told from a post") func formal() throws {
    for example in examples where !example.text.contains("Thông báo\n") {
      #expect(WrittenDocument(text: example.text).isFormal, "\(example.name)")
    }
    for (name, text) in try Self.gallery() {
      #expect(WrittenDocument(text: text).isFormal, "\(name)")
    }
    for post in [
      "THÔNG BÁO CẮT ĐIỆN\nNgày đăng 04/07/2018 | 18:10\nSố hộ: 120\nSố 5 - đường Ví Dụ sẽ cắt điện.",
      "Đảng ủy phường gặp mặt\nNgày đăng: 04/07/2018\nTheo Kế hoạch số 12/KH-UBND, phường đã họp.",
    ] {
      #expect(!WrittenDocument(text: post).isFormal, "\(post)")
    }
  }

  // MARK: Documents from before the first form that is known

  @Test("a document older than all forms has the oldest, is told of it, and is rendered")
  func olderThanForms() throws {
    let collection = try Self.templates()
    for example in examples where example.oldestForm != nil {
      let bytes = Array(try imported(example.text).rec.utf8)
      let file = try DataFile.read(name: "a.rec", bytes: bytes).check(collection)
      let told = file.problems.map { "\($0.kind.code) \($0.severity)" }
      #expect(told == ["D109 warning"], "\(example.name)")
      let message = file.problems.first?.message(in: .vietnamese) ?? ""
      #expect(message.contains(example.oldestForm ?? "-"), "\(message)")
      let output = try #require(try file.render(collection, formats: [.text]).first)
      let text = String(decoding: output.bytes, as: UTF8.self)
      for line in example.printed { #expect(text.contains(line), "\(line)\n\(text)") }
    }
    #expect(examples.count { $0.oldestForm != nil } == 2)
  }

  @Test("a form goes out of use for days behind its last only, and none comes before its first")
  func formsByDay() throws {
    let all = try Self.templates().profiles
    let ofParty = all.filter { $0.name.hasPrefix("dang-") }
    let days = ["20/01/2016", "03/4/2018", "26/5/2026", "27/5/2026"]
    #expect(
      days.map { ofParty.profile(on: Text($0))?.name }
        == ["dang-2018", "dang-2018", "dang-2018", "dang-2026"])
    #expect(ofParty.profile(on: nil)?.name == "dang-2026")
    let old = ofParty.filter { $0.name == "dang-2018" }
    #expect(old.profile(on: Text("27/5/2026")) == nil)
  }

  // MARK: Texts that take long

  @Test("a text without letters is refused") func empty() throws {
    #expect(throws: Problems.self) { try imported(" \n\t\n\u{C}") }
  }

  @Test(
    "very many lines and rooms are read within no time",
    arguments: [
      "a   ", "+---+\n", "| a\n", "1.\tviệc\n", "a\tb\n\n", "(mở\n", "Nơi nhận:   B\n\n\n",
      "\u{C}\n", "                              giữa dòng\n",
    ])
  func manyLines(_ part: String) {
    let short = Self.time { WrittenDocument(text: String(repeating: part, count: 500)) }
    let long = Self.time { WrittenDocument(text: String(repeating: part, count: 5_000)) }
    #expect(long < short * 40 + .milliseconds(400), "\(part): \(short), \(long)")
  }

  private static func time(_ body: () -> WrittenDocument) -> Duration {
    ContinuousClock().measure { #expect(!body().blocks.isEmpty || true) }
  }
}

private struct Example {
  let name: String
  let text: String
  let lines: [String]
  var codes: [String] = []
  /// The form of a document that is older than it.
  var oldestForm: String?
  /// What its text has then.
  var printed: [String] = []
}

private let examples = [
  Example(
    name: "one below the other, a paragraph a line",
    text: """
      UBND THÀNH PHỐ MINH HỌA
      ỦY BAN NHÂN DÂN PHƯỜNG VÍ DỤ
      -------
      CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
      Độc lập - Tự do - Hạnh phúc
      ---------------
      Số: 96/BC-UBND
      Ví Dụ, ngày 25 tháng 9 năm 2026

      BÁO CÁO
      Kết quả rà soát thủ tục hành chính

      Kính gửi: Ủy ban nhân dân thành phố Minh Họa

      Thực hiện Kế hoạch số 12/KH-UBND ngày 05/02/2026 về rà soát thủ tục hành chính trên địa bàn, UBND phường báo cáo kết quả như sau:
      I. KẾT QUẢ THỰC HIỆN
      1. Rà soát
      Đã rà soát 186 thủ tục.
      2. Niêm yết
      - Tại trụ sở;
      - Tại các tổ dân phố.
      II. NHIỆM VỤ
      1. Cập nhật thủ tục mới.
      2. Kiểm tra mỗi quý một lần.
      Trên đây là kết quả rà soát, UBND phường báo cáo./.

      TM. ỦY BAN NHÂN DÂN
      CHỦ TỊCH

      Trần Thị B

      Nơi nhận:
      - Như trên;
      - Lưu: VT.
      """,
    lines: [
      "co_quan_chu_quan: UBND THÀNH PHỐ MINH HỌA\nco_quan_ban_hanh: ỦY BAN NHÂN DÂN PHƯỜNG VÍ DỤ",
      "so: 96\nky_hieu: BC-UBND\ndia_danh: Ví Dụ\nngay_ban_hanh: 25/9/2026",
      "trich_yeu: Kết quả rà soát thủ tục hành chính",
      "kinh_gui: Ủy ban nhân dân thành phố Minh Họa", "kieu_so: muc",
      "quyen_han: TM. ỦY BAN NHÂN DÂN\nchuc_vu_ky: CHỦ TỊCH\nnguoi_ky: Trần Thị B\nluu: VT",
      "cap: 2\nnoi_dung: Niêm yết\ny: Tại trụ sở\ny: Tại các tổ dân phố",
    ]),
  Example(
    name: "with tabs, as Word copies tables and lists",
    text: """
      UBND THÀNH PHỐ MINH HỌA
      ỦY BAN NHÂN DÂN PHƯỜNG VÍ DỤ\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
      Độc lập - Tự do - Hạnh phúc
      Số: 97/BC-UBND\tVí Dụ, ngày 30 tháng 9 năm 2026

      BÁO CÁO
      Kết quả thu các loại quỹ

      UBND phường báo cáo kết quả thu các loại quỹ của các tổ dân phố trên địa bàn phường năm 2026 như sau:
      1.\tKết quả thu
      TT\tKhoản thu\tSố thu
      1\tQuỹ khuyến học\t11.900
      2\tQuỹ vì người nghèo\t8.250
      \tTổng cộng\t20.150
      2.\tPhương hướng
      -\tThu đủ;
      -\tCông khai.
      Trên đây là báo cáo kết quả thu các loại quỹ./.

      Nơi nhận:\tTM. ỦY BAN NHÂN DÂN
      - Chủ tịch UBND phường;\tCHỦ TỊCH
      - Lưu: VT.\tTrần Thị B
      """,
    lines: [
      "so: 97\nky_hieu: BC-UBND\ndia_danh: Ví Dụ\nngay_ban_hanh: 30/9/2026",
      "noi_dung: Kết quả thu\nbang: bang-1", "noi_dung: Phương hướng\ny: Thu đủ\ny: Công khai",
      "tong: Tổng cộng | so_thu=20.150", "khoan_thu: Quỹ khuyến học\nso_thu: 11.900",
      "quyen_han: TM. ỦY BAN NHÂN DÂN\nchuc_vu_ky: CHỦ TỊCH\nnguoi_ky: Trần Thị B",
      "noi_nhan: Chủ tịch UBND phường\nluu: VT",
    ]),
  Example(
    name: "lines that are broken, without blank ones between the paragraphs; drawn tables",
    text: """
          ỦY BAN NHÂN DÂN          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
          PHƯỜNG VÍ DỤ                 Độc lập - Tự do - Hạnh phúc
         Số:    /KH-UBND             Ví Dụ, ngày    tháng 9 năm 2026

                                  KẾ HOẠCH
                     Tuyên truyền pháp luật năm 2026

         Thực hiện Kế hoạch số 12/KH-UBND ngày 05/02/2026 của UBND thành
      phố về tuyên truyền pháp luật, UBND phường xây dựng kế hoạch như sau:
         1. Tuyên truyền trên loa, trên cổng thông tin, tại các cuộc họp của
      12. tổ dân phố và khu dân cư.
         2. Tổ chức hội nghị:
         | Nội dung | Số người |
         |----------|---------:|
         | Luật     | 120      |
         3. Thống kê:
         ┌──────┬────┐
         │ Tên  │ Số │
         ├──────┼────┤
         │ Tổ 1 │ 12 │
         └──────┴────┘
         Trên đây là kế hoạch tuyên truyền pháp luật của Ủy ban nhân dân
      phường Ví Dụ./.
      """,
    lines: [
      "co_quan_ban_hanh: ỦY BAN NHÂN DÂN PHƯỜNG VÍ DỤ",
      "ky_hieu: KH-UBND\ndia_danh: Ví Dụ\nngay_ban_hanh: …/9/2026",
      "trich_yeu: Tuyên truyền pháp luật năm 2026",
      "noi_dung: Tuyên truyền trên loa, trên cổng thông tin, tại các cuộc họp của 12. tổ dân phố và"
        + " khu dân cư",
      "cot: noi_dung | Nội dung\ncot: so_nguoi | Số người", "cot: ten | Tên\ncot: so | Số",
      "loi_ket: Trên đây là kế hoạch tuyên truyền pháp luật của Ủy ban nhân dân phường Ví Dụ",
    ]),
  Example(
    name: "with blank lines between all, titles on the left, captions of tables and an annex",
    text: """
      ỦY BAN NHÂN DÂN
      THÀNH PHỐ MINH HỌA

      CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
      Độc lập - Tự do - Hạnh phúc

      Số: 12/KH-UBND

      Minh Họa, ngày 05 tháng 01 năm 2026

      KẾ HOẠCH

      VỀ VIỆC TUYÊN TRUYỀN, PHỔ BIẾN PHÁP LUẬT
      NĂM 2026

      Thực hiện Quyết định số 1739/QĐ-TTg ngày 18/11/2020 của Thủ tướng Chính phủ, Ủy ban nhân dân thành phố ban hành Kế hoạch như sau:

      I. NỘI DUNG

      Bảng 1: Các hội nghị

      Nội dung | Số người
      Luật Đất đai | 120

      Bảng 2: Kinh phí
      (Đơn vị tính: triệu đồng)

      Nội dung\tSố tiền
      In tài liệu\t12

      II. TỔ CHỨC THỰC HIỆN

      1. Sở Tư pháp theo dõi.

      Trên đây là Kế hoạch năm 2026./.

      TM. ỦY BAN NHÂN DÂN
      KT. CHỦ TỊCH
      PHÓ CHỦ TỊCH


      Hoàng Văn D

      PHỤ LỤC
      DANH MỤC CÁC HỘI NGHỊ
      (Kèm theo Kế hoạch số 12/KH-UBND ngày 05 tháng 01 năm 2026 của UBND thành phố Minh Họa)

      1. Hội nghị một.
      2. Hội nghị hai.
      """,
    lines: [
      "co_quan_ban_hanh: ỦY BAN NHÂN DÂN THÀNH PHỐ MINH HỌA",
      "trich_yeu: VỀ VIỆC TUYÊN TRUYỀN, PHỔ BIẾN PHÁP LUẬT NĂM 2026",
      "tieu_de: Các hội nghị", "tieu_de: Kinh phí\ndon_vi: triệu đồng",
      "quyen_han: TM. ỦY BAN NHÂN DÂN\nquyen_han: KT. CHỦ TỊCH\nchuc_vu_ky: PHÓ CHỦ TỊCH",
      "tieu_de: DANH MỤC CÁC HỘI NGHỊ", "noi_dung: Hội nghị một\nphu_luc: phu-luc-1",
    ]),
  Example(
    name: "the name of the kind alone in small letters, a body in the middle",
    text: """
                          ỦY BAN NHÂN DÂN PHƯỜNG VÍ DỤ

      Thông báo
      Về việc cắt điện

      Ngày 12/9/2026 sẽ cắt điện từ 8 giờ đến 11 giờ.
      1. Tổ 1.
      2. Tổ 2.
      """,
    lines: [
      "co_quan_ban_hanh: ỦY BAN NHÂN DÂN PHƯỜNG VÍ DỤ\ntrich_yeu: Về việc cắt điện",
      "mau: thong-bao",
    ]),
  Example(
    name: "a decision of a page, with its grounds",
    text: """
      ỦY BAN NHÂN DÂN PHƯỜNG VÍ DỤ
      CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
      Độc lập - Tự do - Hạnh phúc
      Số: 410/QĐ-UBND
      Ví Dụ, ngày 06 tháng 10 năm 2026
      QUYẾT ĐỊNH
      Về việc khen thưởng các tập thể
      CHỦ TỊCH ỦY BAN NHÂN DÂN PHƯỜNG VÍ DỤ
      Căn cứ Luật Tổ chức chính quyền địa phương ngày 16/6/2025; Luật Thi đua, khen thưởng ngày 15/6/2022;
      Theo đề nghị của Trưởng phòng Văn hóa - Xã hội.
      QUYẾT ĐỊNH:
      Điều 1. Khen thưởng 05 tập thể có tên kèm theo.
      Điều 2. Quyết định này có hiệu lực từ ngày ký./.
      Nơi nhận:
      - Như Điều 1;
      - Lưu: VT.
      CHỦ TỊCH
      Trần Thị B
      """,
    lines: [
      "mau: quyet-dinh", "trich_yeu: Về việc khen thưởng các tập thể",
      "tham_quyen: CHỦ TỊCH ỦY BAN NHÂN DÂN PHƯỜNG VÍ DỤ",
      "ma: CC2\nloai: Luật\nngay: 15/6/2022\ntrich_yeu: Thi đua, khen thưởng",
      "de_nghi: Trưởng phòng Văn hóa - Xã hội", "chuc_vu_ky: CHỦ TỊCH\nnguoi_ky: Trần Thị B",
    ]),
  Example(
    name:
      "a report of 2018: a subject in two lines, a section of one word, a note for the signature",
    text: """
      UỶ BAN NHÂN DÂN
      HUYỆN VÍ DỤ
      -------
      CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
      Độc lập - Tự do - Hạnh phúc
      ---------------
      Số: 45/BC-UBND
      Ví Dụ, ngày 15 tháng 6 năm 2018

      BÁO CÁO
      Kết quả thực hiện nhiệm vụ 6 tháng đầu năm 2018,
      phương hướng nhiệm vụ 6 tháng cuối năm

      Thực hiện kế hoạch năm 2018, Uỷ ban nhân dân huyện Ví Dụ báo cáo như sau:

      I. KẾT QUẢ
      1. Kinh tế
      Tổng giá trị sản xuất tăng 8%.
      2. Khó khăn
      Không.
      II. NHIỆM VỤ
      Tiếp tục thực hiện kế hoạch.

      Nơi nhận:
      - UBND thành phố;
      - Lưu: VT.

      TM. UỶ BAN NHÂN DÂN
      CHỦ TỊCH
      [Đã ký]
      Nguyễn Văn An
      """,
    lines: [
      "trich_yeu: Kết quả thực hiện nhiệm vụ 6 tháng đầu năm 2018, phương hướng nhiệm vụ 6 tháng cuối năm",
      "doan: Không.", "chuc_vu_ky: CHỦ TỊCH\nnguoi_ky: Nguyễn Văn An",
      "mau: bao-cao\nco_quan_ban_hanh: UỶ BAN NHÂN DÂN HUYỆN VÍ DỤ",
    ], codes: ["N101"], oldestForm: "nha-nuoc-2020",
    printed: ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Không.\n", "Nguyễn Văn An"]),
  Example(
    name: "a plan of the Party of 2016, with the hand and the seal in brackets",
    text: """
      ĐẢNG BỘ HUYỆN VÍ DỤ
      ĐẢNG ỦY XÃ MINH HỌA
      *
      Số 12-KH/ĐU
      ĐẢNG CỘNG SẢN VIỆT NAM
      Minh Họa, ngày 20 tháng 01 năm 2016

      KẾ HOẠCH
      kiểm tra, giám sát năm 2016

      I. MỤC ĐÍCH
      Nâng cao chất lượng công tác kiểm tra.
      II. NỘI DUNG
      1. Kiểm tra
      Kiểm tra hai chi bộ.
      2. Giám sát
      Giám sát ba chi bộ.

      Nơi nhận:
      - Huyện ủy,
      - Lưu Văn phòng Đảng ủy.

      T/M ĐẢNG ỦY
      BÍ THƯ
      [Chữ ký, đóng dấu]
      Trần Văn Bình
      """,
    lines: [
      "mau: ke-hoach\nco_quan_chu_quan: ĐẢNG BỘ HUYỆN VÍ DỤ\nco_quan_ban_hanh: ĐẢNG ỦY XÃ MINH HỌA",
      "chuc_vu_ky: BÍ THƯ\nnguoi_ky: Trần Văn Bình",
    ], codes: ["N107", "N107", "N101"], oldestForm: "dang-2018",
    printed: ["ĐẢNG CỘNG SẢN VIỆT NAM", "Trần Văn Bình"]),
  Example(
    name: "a head in columns with tabs, an office below its superior",
    text: """
      UBND HUYỆN VÍ DỤ\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
      PHÒNG TƯ PHÁP\tĐộc lập - Tự do - Hạnh phúc
      Số: 210/BC-TP\tVí Dụ, ngày 15 tháng 6 năm 2021

      BÁO CÁO
      Công tác tư pháp 6 tháng đầu năm 2021

      Phòng Tư pháp báo cáo như sau:

      I. KẾT QUẢ
      Đã làm xong.

      Nơi nhận:
      - UBND huyện;
      - Lưu: VT.

      TRƯỞNG PHÒNG
      (Đã ký)
      Lê Thị Hoa
      """,
    lines: ["co_quan_chu_quan: UBND HUYỆN VÍ DỤ\nco_quan_ban_hanh: PHÒNG TƯ PHÁP"], codes: ["N101"]),
  Example(
    name: "a letter of an office",
    text: """
      UBND HUYỆN VÍ DỤ
      PHÒNG NỘI VỤ
      Số: 210/NV
      V/v báo cáo tiến độ cải cách hành chính
      CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
      Độc lập - Tự do - Hạnh phúc
      Ví Dụ, ngày 15 tháng 6 năm 2021

      Kính gửi: Uỷ ban nhân dân các xã, thị trấn

      Phòng Nội vụ đề nghị các xã báo cáo tiến độ trước ngày 20/6/2021.
      Trân trọng./.

      Nơi nhận:
      - Như trên;
      - Lưu: VT.

      TRƯỞNG PHÒNG
      (Đã ký)
      Lê Thị Hoa
      """,
    lines: [
      "mau: cong-van\nco_quan_chu_quan: UBND HUYỆN VÍ DỤ\nco_quan_ban_hanh: PHÒNG NỘI VỤ",
      "so: 210\nky_hieu: NV", "kinh_gui: Uỷ ban nhân dân các xã, thị trấn",
    ], codes: ["N101"]),
]

private func words(_ text: String) -> [String] {
  text.foldedText.split { !$0.isLetter && !$0.isNumber }.map(String.init)
}
