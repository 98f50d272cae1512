import CaseFiles
import Diagnostics
import Foundation
import Testing
import Texts

@testable import OfficeFiles
@testable import Reports

/// Single parts of documents as offices vary them: which field each becomes, and what is told.
@Suite struct ImportedPartsTests {
  private static let root = packageRoot(ofTest: #filePath)

  private func imported(_ text: String, _ folder: String = root + "/Templates") throws
    -> (rec: String, codes: [String])
  {
    let bytes = [UInt8](DocumentFixture(text).data)
    let document = try WrittenDocument.read(
      word: bytes.span, file: "a.docx", limits: .officeFiles)
    let templates = try TemplateCollection(TemplateFolder(folder), undefined: .strict)
    let imported = try ImportedDocument(document, of: "a.docx", asKind: nil, templates)
    return (String(decoding: imported.bytes, as: UTF8.self), imported.notices.map(\.kind.code))
  }

  @Test("parts of documents", arguments: examples.indices) func part(_ index: Int) throws {
    let example = examples[index]
    let (rec, codes) = try imported(example.text)
    for line in example.lines {
      #expect(rec.contains("\n\(line)\n"), "\(example.name): \(line)\n\(rec)")
    }
    #expect(codes == example.codes, "\(example.name)\n\(rec)")
  }

  @Test("the title of a section is no title of a document, and a letter has none")
  func noTitle() throws {
    for text in [
      state("Số: 05/NQ-HĐND")
        + "[bc] NGHỊ QUYẾT\n[bc] Về nhiệm vụ\n1. Một việc.\nKẾ HOẠCH THÁNG TỚI",
      state("Số: 05/NQ-HĐND") + "Báo cáo của phường có số liệu sau.",
    ] {
      #expect(throws: Problems.self) { try imported(text) }
    }
  }

  @Test("words of the register that are taken out are told, and what they are for stays a text")
  func emptiedRegister() throws {
    let folder = NSTemporaryDirectory() + "baocao-so-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileManager.default.copyItem(atPath: Self.root + "/Templates", toPath: folder)
    let path = folder + "/so-bo/van-ban-co-san.rec"
    let register = try String(contentsOfFile: path, encoding: .utf8)
    let emptied = register.replacing(/(?m)^chu: (?:bảng|biểu|.*đơn vị.*|đvt|nguồn.*)\n/, with: "")
      .replacing(/(?m)^nghia: .*\n/, with: "")
    try emptied.write(toFile: path, atomically: true, encoding: .utf8)
    let text =
      state() + "[bc] BÁO CÁO\n[bc] Số hộ\n1. Số hộ như sau:\nBảng 1. Số hộ\n| Tổ | Số\n"
      + "| Tổ 1 | 2\n"
    let (rec, codes) = try imported(text, folder)
    #expect(codes == ["D207"])
    #expect(rec.contains("\ndoan: Bảng 1. Số hộ\n"), "\(rec)")
    try FileManager.default.removeItem(atPath: path)
    #expect(try imported(text, folder).codes == ["D206"])
  }
}

private struct Example {
  let name: String
  let text: String
  let lines: [String]
  var codes: [String] = []
}

private func state(_ number: String = "Số: 96/BC-UBND", _ bodies: String? = nil) -> String {
  let bodies = bodies ?? "UBND THÀNH PHỐ MINH HỌA\\n*ỦY BAN NHÂN DÂN\\n*PHƯỜNG VÍ DỤ"
  return """
    | \(bodies) | *CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\\n*Độc lập - Tự do - Hạnh phúc
    | \(number) | Ví Dụ, ngày 25 tháng 9 năm 2026


    """
}

private let report = "[bc] BÁO CÁO\n[bc] Kết quả rà soát\nUBND phường báo cáo như sau:\n"

private func decision(_ grounds: String) -> String {
  state("Số: 96/QĐ-UBND") + """
    [bc] QUYẾT ĐỊNH
    [bc] Về việc khen thưởng
    [bc] ỦY BAN NHÂN DÂN PHƯỜNG VÍ DỤ
    \(grounds)
    [bc] QUYẾT ĐỊNH:
    [b] Điều 1. Khen thưởng
    Khen các tập thể có tên kèm theo.
    """
}

private let examples = [
  // The name of the kind.
  Example(
    name: "a name that is longer than that of the register",
    text: state() + """
      [bc] KẾ HOẠCH LIÊN TỊCH
      [bc] Phối hợp tuyên truyền năm 2026
      Hai bên phối hợp như sau:
      1. Một việc.
      2. Hai việc.
      """,
    lines: [
      "mau: ke-hoach", "trich_yeu: Phối hợp tuyên truyền năm 2026",
      "# Chưa xếp được: đoạn 9: KẾ HOẠCH LIÊN TỊCH",
    ],
    codes: ["N107", "N101"]),
  Example(
    name: "the same by the layout, and a subject in capitals by the register",
    text: state() + """
      [bc] BÁO CÁO ĐÁNH GIÁ NHANH
      [bc] Kết quả rà soát
      1. Một việc.
      2. Hai việc.
      """,
    lines: ["trich_yeu: Kết quả rà soát", "# Chưa xếp được: đoạn 9: BÁO CÁO ĐÁNH GIÁ NHANH"],
    codes: ["N101"]),
  Example(
    name: "a subject in capitals below an extended name",
    text: state() + """
      [bc] BÁO CÁO CHUYÊN ĐỀ
      [bc] KẾT QUẢ RÀ SOÁT
      [b] I. KẾT QUẢ
      1. Một việc.
      2. Hai việc.
      """,
    lines: ["trich_yeu: KẾT QUẢ RÀ SOÁT", "noi_dung: KẾT QUẢ"],
    codes: ["N101"]),
  Example(
    name: "a subject that begins beside the name",
    text: state() + """
      [bc] BÁO CÁO CÔNG TÁC DÂN VẬN
      [bc] Tháng 9 năm 2026
      1. Một việc.
      2. Hai việc.
      """,
    lines: ["trich_yeu: CÔNG TÁC DÂN VẬN Tháng 9 năm 2026"]),
  Example(
    name: "a name in small letters above a section with the name of a kind",
    text: state() + """
      [c] Báo cáo
      [c] Kết quả rà soát
      UBND phường báo cáo như sau:
      [b] KẾ HOẠCH THÁNG TỚI
      1. Một việc.
      2. Hai việc.
      """,
    lines: ["mau: bao-cao", "trich_yeu: Kết quả rà soát"]),
  Example(
    name: "a name in small letters and bold type, extended",
    text: state("Số: 96/KH-UBND") + """
      [b] Kế hoạch liên tịch
      [b] Tuyên truyền pháp luật
      Hai bên phối hợp như sau:
      1. Một việc.
      Trên đây là kế hoạch liên tịch./.
      """,
    lines: ["mau: ke-hoach", "trich_yeu: Tuyên truyền pháp luật"],
    codes: ["N101"]),
  // Numbers.
  Example(
    name: "a list that Word counts below typed numbers",
    text: """
      --- list 1 decimal=%1.

      """ + state() + report + """
        [b] I. KẾT QUẢ
        1. Rà soát các việc sau:
        [n=1.0] Niêm yết.
        [n=1.0] Công khai.
        [n=1.0] Tiếp dân.
        2. Kiểm tra.
        3. Báo cáo.
        [b] II. NHIỆM VỤ
        1. Cập nhật.
        2. Kiểm tra.
        """,
    lines: [
      "cap: 0\nnoi_dung: 1. Niêm yết", "cap: 0\nnoi_dung: 3. Tiếp dân",
      "cap: 2\nnoi_dung: Kiểm tra", "cap: 2\nnoi_dung: Báo cáo", "cap: 2\nnoi_dung: Cập nhật",
    ],
    codes: ["N104"]),
  Example(
    name: "a list that goes on with typed numbers is no list within",
    text: """
      --- list 1 decimal=%1.

      """ + state() + report + """
        [n=1.0] Niêm yết.
        [n=1.0] Công khai.
        3. Kiểm tra.
        """,
    lines: ["noi_dung: Niêm yết", "noi_dung: Công khai", "noi_dung: Kiểm tra"]),
  Example(
    name: "typed lists within, told apart by bold type or by the number that comes again",
    text: state() + report + """
      [b] 1. Rà soát
      1. Niêm yết.
      2. Công khai.
      [b] 2. Kiểm tra
      1. Mỗi quý một lần.
      2. Mỗi năm hai lần.
      3. Đột xuất.
      [b] 3. Báo cáo
      a) Hằng tháng.
      b) Hằng quý.
      """,
    lines: [
      "noi_dung: Rà soát\ndang: tieu_de", "cap: 0\nnoi_dung: 2. Công khai",
      "noi_dung: Kiểm tra\ndang: tieu_de", "cap: 0\nnoi_dung: 3. Đột xuất", "noi_dung: Báo cáo",
      "cap: 2\nnoi_dung: Hằng quý",
    ],
    codes: ["N104"]),
  Example(
    name: "Roman numbers that begin anew below a letter stay sections",
    text: state() + report + """
      [b] A. KẾT QUẢ
      [b] I. RÀ SOÁT
      1. Một việc.
      [b] B. NHIỆM VỤ
      [b] I. CẬP NHẬT
      1. Một việc khác.
      2. Hai việc khác.
      """,
    lines: ["noi_dung: CẬP NHẬT", "cap: 2\nnoi_dung: Hai việc khác"],
    codes: ["N104", "N103"]),
  // Grounds.
  Example(
    name: "two laws between semicolons, where every word is printed",
    text: decision(
      "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025; Luật Thi đua, khen"
        + " thưởng ngày 15 tháng 6 năm 2022;"),
    lines: [
      "ma: CC1\nloai: Luật\nngay: 16/6/2025\ntrich_yeu: Tổ chức chính quyền địa phương",
      "ma: CC2\nloai: Luật\nngay: 15/6/2022\ntrich_yeu: Thi đua, khen thưởng",
    ]),
  Example(
    name: "two laws with và, of which the second names two laws",
    text: decision(
      "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015 và Luật sửa đổi, bổ sung"
        + " một số điều của Luật Tổ chức Chính phủ và Luật Tổ chức chính quyền địa phương ngày 22"
        + " tháng 11 năm 2019;"),
    lines: [
      "ma: CC1\nloai: Luật\nngay: 19/6/2015\ntrich_yeu: Tổ chức chính quyền địa phương",
      "ma: CC2\nloai: Luật\nngay: 22/11/2019\ntrich_yeu: sửa đổi, bổ sung một số điều của"
        + " Luật Tổ chức Chính phủ và Luật Tổ chức chính quyền địa phương",
    ],
    codes: ["N109"]),
  Example(
    name: "what a decision is about may name others; a law may have its name alone",
    text: decision(
      "Căn cứ Luật Thủ đô;\nCăn cứ Quyết định số 12/QĐ-UBND ngày 05 tháng 01 năm 2026 của UBND"
        + " phường về thực hiện Nghị quyết số 02/NQ-HĐND và Kế hoạch số 3/KH-UBND;"),
    lines: [
      "ma: CC1\nloai: Luật\ntrich_yeu: Thủ đô",
      "trich_yeu: về thực hiện Nghị quyết số 02/NQ-HĐND và Kế hoạch số 3/KH-UBND",
    ]),
  Example(
    name: "a line of which one part is no document stays whole",
    text: decision(
      "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022; chức năng, nhiệm vụ được giao;"),
    lines: [
      "# Chưa xếp được: đoạn 12: Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022; chức năng,"
        + " nhiệm vụ được giao;"
    ],
    codes: ["N101"]),
  // Tables.
  Example(
    name: "the only table keeps its number as text",
    text: state() + report + """
      1. Số hộ như sau:
      [bc] Bảng 1. Số hộ nghèo
      [r] (Đơn vị tính: hộ)
      | Tổ | Số
      | Tổ 1 | 12
      Nguồn: Văn phòng
      2. Hai việc.
      """,
    lines: ["tieu_de: Bảng 1. Số hộ nghèo\ndon_vi: hộ", "nguon: Văn phòng"]),
  Example(
    name: "several tables are numbered by the program",
    text: state() + report + """
      1. Số hộ như sau:
      Bảng 1. Số hộ nghèo
      (Đơn vị: hộ)
      | Tổ | Số
      | Tổ 1 | 12
      2. Số người như sau:
      Biểu số 02: Số người
      [i] ĐVT: Người
      | Tổ | Số
      | Tổ 1 | 12
      Đơn vị: Trường Tiểu học
      | Tổ | Số
      | Tổ 1 | 12
      3. Bảng 1 cho thấy kết quả.
      """,
    lines: [
      "tieu_de: Số hộ nghèo\ndon_vi: hộ", "tieu_de: Số người\ndon_vi: Người",
      "cap: 0\nnoi_dung: Đơn vị: Trường Tiểu học\nbang: bang-3",
    ],
    codes: ["N107", "N107", "N103"]),
  Example(
    name: "a title in two lines; one without a number",
    text: state() + report + """
      1. Số hộ như sau:
      [bc] Bảng 1
      [bc] SỐ HỘ NGHÈO
      | Tổ | Số
      | Tổ 1 | 12
      2. Số người như sau:
      [bc] SỐ NGƯỜI
      | Tổ | Số
      | Tổ 1 | 12
      """,
    lines: ["tieu_de: SỐ HỘ NGHÈO", "tieu_de: SỐ NGƯỜI"],
    codes: ["N107"]),
  // Bodies.
  Example(
    name: "a body whose name is parted between type that is bold and not",
    text: state(
      "Số: 96/BC-UBND", "UBND THÀNH PHỐ MINH HỌA\\nỦY BAN NHÂN DÂN\\n*PHƯỜNG VÍ DỤ")
      + report + "1. Một việc.\n2. Hai việc.",
    lines: [
      "co_quan_chu_quan: UBND THÀNH PHỐ MINH HỌA\nco_quan_ban_hanh: ỦY BAN NHÂN DÂN PHƯỜNG VÍ DỤ"
    ]),
  Example(
    name: "the same without a body above",
    text: state("Số: 96/BC-UBND", "ỦY BAN NHÂN DÂN\\n*PHƯỜNG VÍ DỤ") + report
      + "1. Một việc.\n2. Hai việc.",
    lines: ["mau: bao-cao\nco_quan_ban_hanh: ỦY BAN NHÂN DÂN PHƯỜNG VÍ DỤ"]),
  Example(
    name: "a joint head below the motto of the state",
    text: state("Số: 96/BC-UBND", "*ĐẢNG ỦY - UBND\\n*PHƯỜNG VÍ DỤ") + report
      + "1. Một việc.\n2. Hai việc.",
    lines: [
      "# Đoán: đầu văn bản ghi quốc hiệu, tiêu ngữ.\nthe_thuc: nha-nuoc-2020",
      "co_quan_ban_hanh: ĐẢNG ỦY - UBND PHƯỜNG VÍ DỤ",
    ]),
  Example(
    name: "the same with a longer dash",
    text: state("Số: 96/BC-UBND", "*ĐẢNG ỦY – UBND\\n*PHƯỜNG VÍ DỤ") + report
      + "1. Một việc.\n2. Hai việc.",
    lines: ["the_thuc: nha-nuoc-2020\nco_quan_ban_hanh: ĐẢNG ỦY – UBND PHƯỜNG VÍ DỤ"]),
  Example(
    name: "and below that of the Party, by the register",
    text: """
      | *ĐẢNG ỦY – UBND\\n*PHƯỜNG VÍ DỤ | *ĐẢNG CỘNG SẢN VIỆT NAM
      | Số 96-BC/ĐU | Ví Dụ, ngày 25 tháng 9 năm 2026

      """ + report + "1. Một việc.\n2. Hai việc.",
    lines: ["mau: bao-cao\nco_quan_ban_hanh: ĐẢNG ỦY – UBND PHƯỜNG VÍ DỤ"]),
]
