import CaseFiles
import Diagnostics
import Foundation
import Records
import Testing
import Texts

@testable import OfficeFiles
@testable import Reports

private let root = packageRoot(ofTest: #filePath)

/// Documents become data files without a loss: every word is in the file, and where nothing is told the
/// document that is made of the file has the same words in the same order.
@Suite struct ImportedDocumentTests {
  private static func templates() throws -> TemplateCollection {
    try TemplateCollection(TemplateFolder(root + "/Templates"), undefined: .strict)
  }

  private static let python = Tool("python3")

  /// What `documents.py` writes; empty where python-docx is absent.
  private static let documents: [String: Data] = {
    let folder = NSTemporaryDirectory() + "baocao-docx-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try? FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let script = root + "/Tests/OfficeFilesTests/documents.py"
    guard let run = try? python.run([script, folder]), run.status == 0 else { return [:] }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let found = names.compactMap { name in
      FileManager.default.contents(atPath: folder + "/" + name).map { (name, $0) }
    }
    return Dictionary(found) { $1 }
  }()

  private static var hasDocuments: Bool {
    if documents.isEmpty { print("python-docx is absent: its documents are not imported") }
    return !documents.isEmpty
  }

  @Test("documents of python-docx", .enabled(if: hasDocuments), arguments: documents.keys.sorted())
  func ofPython(_ name: String) throws {
    let data = try #require(Self.documents[name])
    let imported = try check(data, name)
    #expect(imported.notices.isEmpty, "\(imported.notices.map { $0.message(in: .english) })")
  }

  @Test("there are ten and more of them", .enabled(if: hasDocuments)) func count() {
    #expect(Self.documents.count >= 10)
  }

  @Test("documents of LibreOffice say the same", .enabled(if: hasDocuments && office.isHere))
  func ofLibreOffice() throws {
    let folder = NSTemporaryDirectory() + "baocao-office-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let manager = FileManager.default
    try manager.createDirectory(atPath: folder + "/out", withIntermediateDirectories: true)
    for (name, data) in Self.documents {
      try data.write(to: URL(fileURLWithPath: folder + "/" + name))
    }
    let paths = Self.documents.keys.sorted().map { folder + "/" + $0 }
    let run = try Self.office.run(
      [
        "-env:UserInstallation=file://\(folder)/profile", "--headless", "--convert-to",
        "docx:MS Word 2007 XML",
        "--outdir", folder + "/out",
      ] + paths)
    try #require(run.status == 0, "\(run.output)")
    for name in Self.documents.keys.sorted() {
      let data = try #require(manager.contents(atPath: folder + "/out/" + name), "\(name)")
      let own = try imported(try #require(Self.documents[name]), name)
      let other = try check(data, name)
      #expect(Self.withoutNumbers(other.bytes) == Self.withoutNumbers(own.bytes))
    }
  }

  private static let office = Tool("soffice")

  /// The text without comments, which name paragraphs.
  private static func withoutNumbers(_ bytes: [UInt8]) -> String {
    String(decoding: bytes, as: UTF8.self).split(separator: "\n").filter { !$0.hasPrefix("#") }
      .joined(separator: "\n")
  }

  @Test("documents with what is told keep every word", arguments: awkward.indices)
  func ofAwkward(_ index: Int) throws {
    let imported = try check(DocumentFixture(awkward[index]).data, "vi-du-\(index).docx")
    #expect(!imported.notices.isEmpty)
    #expect(imported.notices.allSatisfy { $0.severity == .warning })
  }

  @Test("raised digits, dots to write upon, recipients above and what stands below a table")
  func smallThings() throws {
    let text =
      state + """
        [b] I. KẾT QUẢ
        --- xml <w:p><w:r><w:t>1. Diện tích 5,10</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>3</w:t></w:r><w:r><w:t> m, H</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="subscript"/></w:rPr><w:t>2</w:t></w:r><w:r><w:t>O.</w:t></w:r></w:p>
        2. Họ tên: ..........
        """ + signature.replacing("- Chủ tịch", with: "- Như trên;\\n- Chủ tịch") + """

        [pbc] PHỤ LỤC
        [bc] SỐ LIỆU
        Trước bảng.
        | Tên | Số
        | Tổ 1 | 12
        Sau bảng.
        """
    let imported = try imported(DocumentFixture(text).data, "nho.docx")
    let rec = String(decoding: imported.bytes, as: UTF8.self)
    for line in [
      "noi_dung: Diện tích 5,10³ m, H₂O", "noi_dung: Họ tên: ..........", "noi_nhan: Như trên",
      "doan: Trước bảng", "noi_dung: Sau bảng\nphu_luc: phu-luc-1",
    ] {
      #expect(rec.contains("\n\(line)\n"), "\(line)\n\(rec)")
    }
    let file = try DataFile.read(name: "a.rec", bytes: imported.bytes)
    let pages = try file.check(Self.templates()).render(Self.templates(), formats: [.text])
    let page = String(decoding: try #require(pages.first).bytes, as: UTF8.self)
    let places = ["Trước bảng", "Tổ 1", "Sau bảng"].compactMap { page.range(of: $0)?.lowerBound }
    #expect(places.count == 3 && places == places.sorted(), "\(page)")
  }

  // MARK: What holds for each

  private func imported(_ data: Data, _ name: String) throws -> ImportedDocument {
    let bytes = [UInt8](data)
    let document = try WrittenDocument.read(word: bytes.span, file: name, limits: .officeFiles)
    return try ImportedDocument(document, of: name, asKind: nil, Self.templates())
  }

  private func check(_ data: Data, _ name: String) throws -> ImportedDocument {
    let bytes = [UInt8](data)
    let document = try WrittenDocument.read(word: bytes.span, file: name, limits: .officeFiles)
    let templates = try Self.templates()
    let imported = try ImportedDocument(document, of: name, asKind: nil, templates)
    let again = try ImportedDocument(document, of: name, asKind: nil, templates)
    #expect(imported.bytes == again.bytes, "the same bytes each time")
    let text = String(decoding: imported.bytes, as: UTF8.self)
    let file = try DataFile.read(name: "a.rec", bytes: imported.bytes)
    let checked = file.check(templates)
    let errors = checked.problems.filter { $0.severity == .error }
    #expect(errors.isEmpty, "\(errors.map { $0.message(in: .english) })\n\(text)")
    var problems: [Diagnostic] = []
    let database = Database.read(Source(name: "a.rec", bytes: imported.bytes), into: &problems)
    #expect(database.written() == imported.bytes, "canonical")
    checkWords(of: document, in: text)
    guard imported.notices.isEmpty, errors.isEmpty else { return imported }
    let outputs = try checked.render(templates, formats: [.text])
    let printed = String(decoding: try #require(outputs.first).bytes, as: UTF8.self)
    checkOrder(of: document, in: printed, hasGroups: text.contains("nhom:"))
    return imported
  }

  /// What the program prints by itself, and counts.
  private static let ownWords = Set(
    words(
      """
      Cộng hòa xã hội chủ nghĩa Việt Nam Độc lập Tự do Hạnh phúc Đảng Cộng sản Số ngày tháng năm
      Kính gửi Nơi nhận Như trên Lưu V/v Căn cứ Theo đề nghị của Quyết định Báo cáo Thông báo Tờ trình
      Kế hoạch Phụ lục Kèm theo Đơn vị tính Nguồn Điều Chương Phần Mục TT
      """))

  /// Every word of the document is in the file, as often, but for those that the program prints.
  private func checkWords(of document: WrittenDocument, in text: String) {
    var left: [String: Int] = [:]
    for word in words(text) { left[word, default: 0] += 1 }
    if text.contains("\nten_loai:") {
      // The names of the issuer stand once in the file, and above what is enclosed once more.
      for line in text.split(separator: "\n") where line.hasPrefix("co_quan_") {
        for word in words(String(line)).dropFirst(3) { left[word, default: 0] += 1 }
      }
    }
    let labelled = document.blocks.flatMap(\.paragraphs)
    for paragraph in labelled {
      // The program makes this line of the head.
      for line in paragraph.text.split(separator: "\n") where !line.hasPrefix("(Kèm theo") {
        let written = WrittenLine(String(line), of: paragraph)
        let rest = TypedLabel.take(from: written, lastRoman: 0)?.rest ?? written.text
        // `I.` and the like are counted anew.
        for word in words(rest)
        where !Self.ownWords.contains(word) && TypedLabel.roman(word.uppercased()) == nil {
          left[word, default: 0] -= 1
        }
      }
    }
    // Numbers of rows and annexes are counted too.
    let lost = left.filter { $0.value < 0 && Int($0.key).map { $0 > 40 } ?? true }.keys.sorted()
    #expect(lost.isEmpty, "lost: \(lost)\n\(text)")
    for aside in document.asides {
      #expect(text.contains(aside.text.cleaned), "\(aside.text)")
    }
  }

  /// The document that is made of the file has the words of each paragraph, one behind the other.
  private func checkOrder(
    of document: WrittenDocument, in printed: String, hasGroups: Bool
  ) {
    let found = words(printed)
    var place = 0
    for case .paragraph(let paragraph) in document.blocks where !paragraph.text.contains("\t") {
      let wanted = paragraph.lines.flatMap { words($0.text) }
      guard wanted.count > 2 else { continue }
      let start = (place..<max(place, found.count - wanted.count + 1)).first {
        found[$0..<($0 + wanted.count)].elementsEqual(wanted)
      }
      guard let start else {
        // A day is written in the short form by the templates, and left to be filled in.
        if wanted.contains("tháng") || paragraph.text.contains("Nơi nhận") { continue }
        Issue.record("not found behind word \(place): \(paragraph.text)\n\(printed)")
        return
      }
      place = start + wanted.count
    }
    let all = document.blocks.flatMap(\.paragraphs).flatMap { paragraph in
      paragraph.lines.flatMap { words($0.text) }
    }
    let time: Set<String> = ["ngày", "tháng", "năm"]
    func sorted(_ words: [String]) -> [String] { words.filter { !time.contains($0) }.sorted() }
    let change = sorted(found).difference(from: sorted(all))
    #expect(change.removals.isEmpty, "lost: \(change.removals)")
    // A text file repeats the title of a group of columns at each of them.
    if !hasGroups { #expect(change.insertions.isEmpty, "added: \(change.insertions)") }
  }
}

/// The words of a text in small letters, numbers without zeros before them.
private func words(_ text: String) -> [String] {
  text.foldedText.split { !$0.isLetter && !$0.isNumber }.map { word in
    let number = word.drop { $0 == "0" }
    return word.allSatisfy(\.isNumber) && !number.isEmpty ? String(number) : String(word)
  }
}

private let state = """
  | UBND THÀNH PHỐ MINH HỌA\\n*ỦY BAN NHÂN DÂN\\n*PHƯỜNG VÍ DỤ | *CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\\n*Độc lập - Tự do - Hạnh phúc
  | Số: 96/BC-UBND | Ví Dụ, ngày 25 tháng 9 năm 2026

  [bc] BÁO CÁO
  [bc] Kết quả rà soát thủ tục hành chính

  """

private let signature = """

  | Nơi nhận:\\n- Chủ tịch UBND phường;\\n- Lưu: VT. | *TM. ỦY BAN NHÂN DÂN\\n*CHỦ TỊCH\\n\\n*Trần Thị B
  """

/// Documents of which something is told.
private let awkward = [
  // Numbers that belong to no way of numbering, a wrong number, references.
  state + """
    UBND phường báo cáo như sau:
    [b] I. KẾT QUẢ
    [b] 1. Rà soát
    1.1. Rà soát 186 thủ tục.
    1.2. Đề nghị sửa 04 thủ tục.
    [b] III. HẠN CHẾ
    Có nơi ghi [[ma]] thay cho tên.
    """ + signature,
  // Changes that are tracked, notes, a header, a box, a picture.
  state + """
    --- header Tài liệu nội bộ
    --- footnote 1 Theo sổ theo dõi
    UBND phường báo cáo như sau:
    1. Đã rà soát 186 thủ tục.
    --- xml <w:p><w:r><w:t>2. Đã niêm yết</w:t><w:footnoteReference w:id="1"/></w:r><w:del><w:r><w:delText> chưa đủ</w:delText></w:r></w:del><w:ins><w:r><w:t> đủ.</w:t></w:r></w:ins></w:p>
    --- xml <w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>Khung ghi nhớ</w:t></w:r></w:p></w:txbxContent></mc:Choice></mc:AlternateContent><w:drawing><wp:docPr descr="Bảng tin"/></w:drawing></w:r></w:p>
    Trên đây là báo cáo của UBND phường./.
    """ + signature,
  // Tables with a title row over all, joined cells, a blank title, a wrong sum.
  state + """
    1. Số liệu như sau:
    | TT | Tổ | Số hộ
    | 1 | Tổ 1 | 120
    | 2 | Tổ 2 | 80
    |  | Tổng cộng | 250
    2. Phân công như sau:
    | Việc | Người làm
    | Rà soát | Phòng Văn hóa
    | ^ | Phòng Kinh tế
    3. Ghi chép:
    |  | Có
    | Tổ 3 | đủ
    Trên đây là báo cáo của UBND phường./.
    """ + signature,
  // An annex without a title and its line.
  state + """
    1. Có danh sách kèm theo.
    2. Không có việc khác.
    Trên đây là báo cáo của UBND phường./.
    """ + signature + """

      [pbc] PHỤ LỤC 05
      | Tên | Số
      | Tổ 1 | 12
      """,
]
