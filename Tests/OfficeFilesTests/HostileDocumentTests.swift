import CaseFiles
import Diagnostics
import Foundation
import Reports
import Testing
import Texts

@testable import OfficeFiles

/// Documents that no office program writes: each is refused with a sentence, or read as far as it goes,
/// within no time. Limits are lowered, so that the files are small.
@Suite struct HostileDocumentTests {
  static let limits = DocumentLimits(
    container: ZipLimits(entries: 20, entrySize: 6 << 20, totalSize: 8 << 20, ratio: 100),
    text: 64 << 10, paragraphs: 5000, cells: 5000)

  struct Attack: CustomTestStringConvertible, Sendable {
    let name: String
    /// nil for what is read.
    let code: String?
    let file: @Sendable () -> Data
    var testDescription: String { name }

    init(_ name: String, _ code: String?, file: @escaping @Sendable () -> Data) {
      (self.name, self.code, self.file) = (name, code, file)
    }

    /// A document with something changed.
    init(
      _ name: String, _ code: String?,
      changing change: @escaping @Sendable (inout ZipFixture) -> Void
    ) {
      self.init(name, code) {
        var zip = DocumentFixture("Một đoạn").zip
        change(&zip)
        return zip.data
      }
    }

    /// A document with another part.
    init(_ name: String, _ code: String?, part: String, _ text: @escaping @Sendable () -> String) {
      self.init(name, code) { $0[part] = .init(part, text()) }
    }

    /// A document with other blocks.
    init(_ name: String, _ code: String?, body: @escaping @Sendable () -> String) {
      self.init(name, code, part: main) {
        "<w:document xmlns:w=\"w\" xmlns:mc=\"mc\"><w:body>\(body())</w:body></w:document>"
      }
    }
  }

  private static func read(_ data: Data, named file: String) throws(Diagnostic) -> WrittenDocument {
    try WrittenDocument.read(word: [UInt8](data).span, file: file, limits: limits)
  }

  @Test("each is refused with its sentence, or read", arguments: attacks)
  func attacked(_ attack: Attack) {
    let data = attack.file()
    let seconds = threadSeconds {
      do throws(Diagnostic) {
        _ = try Self.read(data, named: "a.docx")
        #expect(attack.code == nil, "it is read")
      } catch {
        #expect(error.kind.code == attack.code, "\(error.message(in: .english))")
        #expect(error.message(in: .vietnamese).contains("a.docx"))
        #expect(!error.message(in: .vietnamese).contains("tệp .xlsx"))
      }
    }
    #expect(seconds < 5)
  }

  @Test("there are twenty and more") func count() {
    #expect(attacks.count >= 20)
    #expect(Set(attacks.map(\.name)).count == attacks.count)
  }

  @Test("what they are made from is read") func harmless() throws {
    let document = try Self.read(DocumentFixture("Một đoạn").data, named: "a.docx")
    #expect(document.blocks.count == 1)
  }

  @Test(
    "very many paragraphs are read within no time, wherever they lie",
    arguments: [
      ("", ""), ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
      ("<w:p><w:txbxContent>", "</w:txbxContent></w:p>"), ("<w:hdr xmlns:w=\"w\">", "</w:hdr>"),
    ])
  func manyParagraphs(_ open: String, _ close: String) throws {
    let count = 60_000
    let paragraphs = (0..<count).map { "<w:p><w:r><w:t>Đoạn \($0)</w:t></w:r></w:p>" }.joined()
    let text = open + paragraphs + close
    let isHeader = open.contains("w:hdr")
    var zip = DocumentFixture(isHeader ? "Một đoạn\n--- header Đầu trang" : "--- xml \(text)").zip
    if isHeader { zip["word/header0.xml"] = .init("word/header0.xml", text) }
    let bytes = [UInt8](zip.data)
    var document = WrittenDocument()
    let seconds = try threadSeconds {
      document = try WrittenDocument.read(word: bytes.span, file: "a.docx", limits: .officeFiles)
    }
    #expect(seconds < 8)
    let texts = isHeader ? document.asides.map(\.text) : document.blocks.flatMap(\.texts)
    #expect(texts == (0..<count).map { "Đoạn \($0)" })
  }

  /// Documents of which a part has no end.
  static let longParts: [String] = [
    "Số: 1/BC-UBND\nV/v \(String(repeating: "số   ", count: 20_000))\n[bc] BÁO CÁO",
    "\(String(repeating: "Ủy ban   nhân dân ", count: 10_000))\n[bc] BÁO CÁO",
    "| Số: 1/BC-UBND\n| V/v một việc\n" + String(repeating: "| khác\n", count: 10_000)
      + "[bc] BÁO CÁO",
    "[bc] BÁO CÁO\nMột đoạn\n| Nơi nhận: | TRƯỞNG\n"
      + String(repeating: "|  | BAN\n", count: 10_000),
    "[bc] QUYẾT ĐỊNH\n" + (0..<10_000).map { "| BAN \($0)\n" }.joined()
      + "[bc] QUYẾT ĐỊNH:\nĐiều 1",
    "[bc] QUYẾT ĐỊNH\nCăn cứ " + String(repeating: "Luật số 1/2025/QH15; ", count: 10_000)
      + "\n[bc] QUYẾT ĐỊNH:\nĐiều 1",
    "[bc] BÁO CÁO\n1. Một việc.\nNơi nhận:\n- Lưu: VT.\n"
      + (0..<4_000).map { "Phụ lục \($0)\n[bc] SỐ \($0)\n| Tổ | Số\n| 1 | 2\n" }.joined(),
    "[bc] BÁO CÁO\n" + (0..<2_000).map { "1. Việc \($0).\n1. Nhỏ.\n2. Nhỏ.\n" }.joined(),
  ]

  @Test("a part of very many words or lines is recognised within no time", arguments: longParts)
  func longHeads(_ text: String) throws {
    let templates = try TemplateCollection(
      TemplateFolder(packageRoot(ofTest: #filePath) + "/Templates"), undefined: .strict)
    let bytes = [UInt8](DocumentFixture(text + "\nKết quả thực hiện.").data)
    let document = try WrittenDocument.read(word: bytes.span, file: "a.docx", limits: .officeFiles)
    var imported: ImportedDocument?
    let seconds = try threadSeconds {
      imported = try ImportedDocument(document, of: "a.docx", asKind: nil, templates)
    }
    #expect(seconds < 8)
    #expect(imported?.bytes.isEmpty == false)
  }

  @Test("a body with parts of it left out, twice or elsewhere, ends nothing", arguments: 1...4)
  func mutated(_ seed: Int) throws {
    var random = FixedRandom(seed: UInt64(seed))
    let zip = DocumentFixture(Self.sample).zip
    let pieces = String(decoding: zip[main].data, as: UTF8.self).split(separator: "<")
    let templates = try TemplateCollection(
      TemplateFolder(packageRoot(ofTest: #filePath) + "/Templates"), undefined: .strict)
    for _ in 0..<60 {
      var changed = pieces
      for _ in 0...Int.random(in: 0...6, using: &random) {
        let place = Int.random(in: 2..<changed.count, using: &random)
        switch Int.random(in: 0...2, using: &random) {
        case 0: changed.remove(at: place)
        case 1: changed.insert(changed[Int.random(in: 2...place, using: &random)], at: place)
        default: changed.swapAt(place, Int.random(in: 2..<changed.count, using: &random))
        }
      }
      var file = zip
      file[main] = .init(main, "<" + changed.joined(separator: "<"))
      do {
        let document = try Self.read(file.data, named: "a.docx")
        _ = try ImportedDocument(document, of: "a.docx", asKind: nil, templates)
      } catch let problem as Diagnostic {
        #expect(problem.kind.code == "X029")
      } catch is Problems {
      }
    }
  }

  private static let sample = #"""
    | UBND THÀNH PHỐ MINH HỌA | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
    | Số: 96/BC-UBND | Ví Dụ, ngày 25 tháng 9 năm 2026
    [bc] QUYẾT ĐỊNH
    [bc] Về việc khen thưởng
    Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;
    [bc] QUYẾT ĐỊNH:
    Điều 1. Khen thưởng.
    - Một;
    |h TT | Tên | Năm | <
    |h ^ | ^ | Trước | Sau
    | 1 | Tổ 1 | 2 | 3
    |  | Tổng cộng | 2 | 3
    Điều 2. Thi hành.
    | Nơi nhận:\n- Lưu: VT. | *TM. ỦY BAN NHÂN DÂN\n*CHỦ TỊCH\n*Trần Thị B
    [pbc] PHỤ LỤC
    [bc] DANH SÁCH
    1. Một
    """#

  @Test(
    "documents with macros and templates are read",
    arguments: [
      "wordprocessingml.template.main+xml",
      "application/vnd.ms-word.document.macroEnabled.main+xml",
      "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
    ])
  func otherTypes(_ type: String) throws {
    let document = try Self.read(
      DocumentFixture("--- type \(type)\nMột đoạn").data, named: "a.docm")
    #expect(document.blocks.count == 1)
  }
}

private let main = "word/document.xml"
private let rels = "word/_rels/document.xml.rels"

private let attacks: [HostileDocumentTests.Attack] = containers + parts + bodies

private func link(_ type: String, _ target: String, _ more: String = "") -> String {
  "<Relationships><Relationship Id=\"a\" Type=\"x/\(type)\" Target=\"\(target)\"\(more)/></Relationships>"
}

private func old(_ stream: String) -> Data {
  let name = stream.utf8.flatMap { letter -> [UInt8] in [letter, 0] }
  return Data([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) + Data(count: 504) + Data(name)
}

private let containers: [HostileDocumentTests.Attack] = [
  .init("no container", "X001") { Data("a".utf8) },
  .init("nothing", "X001") { Data() },
  .init("cut in the middle", "X001") { DocumentFixture("a").data.prefix(300) },
  .init("a document of Word 97", "X002") { old("WordDocument") },
  .init("a locked document", "X003") { old("EncryptedPackage") },
  .init("a locked part", "X003", changing: { $0.entries[2].flags = 1 }),
  .init("an OpenDocument", "X005") {
    ZipFixture([
      .init("mimetype", "application/vnd.oasis.opendocument.text"), .init("content.xml", "<a/>"),
    ])
    .data
  },
  .init("a name with ..", "X021", changing: { $0.entries.append(.init("word/../../x", "a")) }),
  .init("a name at the root", "X021", changing: { $0.entries.append(.init("/etc/passwd", "a")) }),
  .init("one name twice", "X022", changing: { $0.entries.append($0.entries[2]) }),
  .init(
    "too many entries", "X006",
    changing: { zip in
      for number in 0..<20 { zip.entries.append(.init("word/\(number)", "a")) }
    }),
  .init("a wrong sum", "X023", changing: { $0.entries[2].crc = 1 }),
  .init("an offset behind the end", "X023", changing: { $0.entries[2].offset = 0x7FFF_FFFF }),
  .init(
    "a bomb", "X025",
    changing: { zip in
      zip[main] = .init(main, Data(count: 7 << 20))
    }),
]

private let parts: [HostileDocumentTests.Attack] = [
  .init("no list of contents", "X027", changing: { $0.entries.removeFirst() }),
  .init("no relationships", "X027", changing: { $0.entries.remove(at: 1) }),
  .init("no main part", "X027", changing: { $0.entries.remove(at: 2) }),
  .init("a workbook by its contents", "X004", part: "[Content_Types].xml") {
    "<Types><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-"
      + "officedocument.spreadsheetml.sheet.main+xml\"/></Types>"
  },
  .init("contents of no type", "X004", part: "[Content_Types].xml") { "<Types/>" },
  .init("a main part elsewhere", "X028", part: "_rels/.rels") {
    link("officeDocument", "http://127.0.0.1/a.xml", " TargetMode=\"External\"")
  },
  .init("styles elsewhere", "X028", part: rels) {
    link("styles", "http://127.0.0.1/a.xml", " TargetMode=\"External\"")
  },
  .init("a header outside of the file", "X028", part: rels) {
    link("header", "../../../etc/passwd")
  },
  .init("notes that are not there", "X027", part: rels) { link("footnotes", "none.xml") },
  .init("an entity bomb", "X030", part: "word/styles.xml") {
    "<!DOCTYPE a [<!ENTITY b \"c\"><!ENTITY d \"&b;&b;\">]><w:styles>&d;</w:styles>"
  },
  .init("an entity from a file", "X030", part: main) {
    "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><w:document>&b;</w:document>"
  },
  .init("an empty part", "X029", part: main) { "" },
  .init("styles based on each other", nil, part: "word/styles.xml") {
    "<w:styles xmlns:w=\"w\"><w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"a\">"
      + "<w:basedOn w:val=\"b\"/></w:style><w:style w:styleId=\"b\"><w:basedOn w:val=\"a\"/>"
      + "</w:style></w:styles>"
  },
  .init("a style based on itself", nil, part: "word/styles.xml") {
    "<w:styles xmlns:w=\"w\"><w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"a\">"
      + "<w:basedOn w:val=\"a\"/></w:style></w:styles>"
  },
  .init(
    "a list by a style that has the list", nil,
    changing: { zip in
      zip["word/styles.xml"] = .init(
        "word/styles.xml",
        "<w:styles xmlns:w=\"w\"><w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"a\"><w:pPr>"
          + "<w:numPr><w:numId w:val=\"1\"/></w:numPr></w:pPr></w:style></w:styles>")
      zip["word/numbering.xml"] = .init(
        "word/numbering.xml",
        "<w:numbering xmlns:w=\"w\"><w:abstractNum w:abstractNumId=\"1\"><w:numStyleLink w:val=\"a\"/>"
          + "</w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"1\"/></w:num></w:numbering>"
      )
    }),
  .init("numbers of lists that are absurd", nil, part: "word/numbering.xml") {
    "<w:numbering xmlns:w=\"w\"><w:abstractNum w:abstractNumId=\"999999999999\"><w:lvl w:ilvl=\"99\">"
      + "<w:start w:val=\"-5\"/><w:lvlText w:val=\"%0%10%\"/></w:lvl></w:abstractNum></w:numbering>"
  },
]

private let bodies: [HostileDocumentTests.Attack] = [
  .init(
    "elements in a thousand levels", "X031",
    body: {
      String(repeating: "<w:tbl>", count: 1000) + String(repeating: "</w:tbl>", count: 1000)
    }),
  .init(
    "tables in tables", nil,
    body: {
      let open = String(repeating: "<w:tbl><w:tr><w:tc><w:p/>", count: 60)
      return open + String(repeating: "</w:tc></w:tr></w:tbl>", count: 60)
    }),
  .init(
    "a tag of two megabytes", "X032",
    body: {
      "<w:p a=\"\(String(repeating: "a", count: 2 << 20))\"/>"
    }),
  .init("XML that is not closed", "X029", part: main) { "<w:document><w:body><w:p>" },
  .init(
    "more paragraphs than the limit", "X036",
    body: {
      String(repeating: "<w:p/>", count: 5001)
    }),
  .init(
    "more cells than the limit", "X034",
    body: {
      let row = "<w:tr>" + String(repeating: "<w:tc/>", count: 100) + "</w:tr>"
      return "<w:tbl>" + String(repeating: row, count: 51) + "</w:tbl>"
    }),
  .init(
    "more text than the limit", "X033",
    body: {
      let run = "<w:r><w:t>\(String(repeating: "a", count: 30_000))</w:t></w:r>"
      return "<w:p>" + String(repeating: run, count: 3) + "</w:p>"
    }),
  .init(
    "cells over a million columns", nil,
    body: {
      "<w:tbl><w:tr><w:trPr><w:gridBefore w:val=\"99999999\"/></w:trPr><w:tc><w:tcPr>"
        + "<w:gridSpan w:val=\"1000000\"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>"
    }),
  .init(
    "fields that end before they begin", nil,
    body: {
      "<w:p><w:r><w:fldChar w:fldCharType=\"end\"/><w:fldChar w:fldCharType=\"separate\"/>"
        + "<w:instrText>PAGE</w:instrText></w:r></w:p>"
    }),
  .init(
    "cells without rows, rows without tables", nil,
    body: {
      "<w:tc><w:p/></w:tc><w:tr><w:tc/></w:tr><w:tbl><w:tc><w:p/></w:tc></w:tbl><w:txbxContent/>"
    }),
  .init(
    "fields that do not end", nil,
    body: {
      String(repeating: "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r></w:p>", count: 4000)
    }),
  .init(
    "deletions that end twice", nil,
    body: {
      "<w:p><w:moveFrom><w:r><w:t>a</w:t></w:r></w:moveFrom></w:p><w:r><w:t>b</w:t></w:r>"
    }),
]
