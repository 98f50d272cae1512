import CaseFiles
import Diagnostics
import Foundation
import Testing
import Texts

@testable import OfficeFiles

/// Files that no office program writes, each refused with a sentence and within no time. Limits are
/// lowered, so that the files are small.
@Suite struct HostileWorkbookTests {
  /// Limits in proportion to the files here.
  static let limits = WorkbookLimits(
    container: ZipLimits(entries: 20, entrySize: 6 << 20, totalSize: 8 << 20, ratio: 100),
    text: 64 << 10, cells: 20_000, merges: 100)

  struct Attack: CustomTestStringConvertible, Sendable {
    let name: String
    let code: String
    let file: @Sendable () -> Data
    var testDescription: String { name }

    init(_ name: String, _ code: String, _ file: @escaping @Sendable () -> Data) {
      (self.name, self.code, self.file) = (name, code, file)
    }

    /// A workbook with something changed.
    init(
      _ name: String, _ code: String,
      changing change: @escaping @Sendable (inout ZipFixture) -> Void
    ) {
      self.init(name, code) {
        var zip = workbook("Chỉ tiêu | Giá trị\na | n:1")
        change(&zip)
        return zip.data
      }
    }

    /// A workbook with another sheet.
    init(_ name: String, _ code: String, sheet: @escaping @Sendable () -> String) {
      self.init(name, code) { $0[sheetPart] = .init(sheetPart, sheet()) }
    }

    /// A workbook with another part.
    init(_ name: String, _ code: String, part: String, _ text: @escaping @Sendable () -> String) {
      self.init(name, code) { $0[part] = .init(part, text()) }
    }
  }

  @Test("each is refused with its sentence", arguments: attacks) func refused(_ attack: Attack) {
    let bytes = [UInt8](attack.file())
    let seconds = threadSeconds {
      do throws(Diagnostic) {
        _ = try Workbook.read(bytes.span, file: "a.xlsx", sheet: nil, limits: Self.limits)
        Issue.record("it is read")
      } catch {
        #expect(error.kind.code == attack.code, "\(error.message(in: .english))")
        #expect(error.message(in: .vietnamese).contains("a.xlsx"))
      }
    }
    #expect(seconds < 5)
  }

  /// What no small file can bring about.
  private static let others: [Diagnostic] = [
    Diagnostic(.office(.container(.noMemory, file: "a.xlsx")), at: nil),
    Diagnostic(.office(.sheet(.tooLongText(limit: 32_767))), at: nil),
    Diagnostic(.office(.sheet(.tooManyRows(limit: 1_048_575))), at: nil),
    Diagnostic(
      .office(
        .part(.tooManyParagraphs(limit: 200_000), part: "word/document.xml", file: "a.docx")),
      at: nil),
  ]

  @Test("each sentence, in both languages") func sentences() throws {
    let folder = folder("cases", besideFile: #filePath)
    let testCase = try #require(CaseFile.all(in: folder, extension: "case").first)
    let problems = Self.attacks.compactMap { attack -> Diagnostic? in
      let bytes = [UInt8](attack.file())
      do throws(Diagnostic) {
        _ = try Workbook.read(bytes.span, file: "a.xlsx", sheet: nil, limits: Self.limits)
        return nil
      } catch {
        return error
      }
    }
    func printed(_ language: Language) -> String {
      (problems + Self.others).map { $0.message(in: language) }.joined(separator: "\n")
    }
    let outcome = [
      ("errors", String(printed(.vietnamese).dropLast())),
      ("errors en", String(printed(.english).dropLast())),
    ]
    if CaseFile.isRecording { return try testCase.record(outcome, in: folder) }
    for (name, text) in outcome { #expect(text == testCase[name], "\(text)") }
  }

  @Test("there are thirty and more") func count() {
    #expect(Self.attacks.count >= 30)
    #expect(Set(Self.attacks.map(\.name)).count == Self.attacks.count)
  }

  @Test("the workbook that they are made from is read") func harmless() throws {
    let bytes = [UInt8](workbook("Chỉ tiêu | Giá trị\na | n:1").data)
    let read = try Workbook.read(bytes.span, file: "a.xlsx", sheet: nil, limits: Self.limits)
    #expect(
      read.sheets[0].rows.map { $0.cells.map(\.value.string) } == [
        ["Chỉ tiêu", "Giá trị"], ["a", "1"],
      ])
  }

  @Test("a file cut short anywhere is refused or read, and never crashes") func cutShort() {
    let whole = [UInt8](workbook("Chỉ tiêu | Giá trị\na | n:1").data)
    for count in stride(from: 0, to: whole.count, by: 7) {
      let part = Array(whole[..<count])
      _ = try? Workbook.read(
        part.span, file: "a.xlsx", sheet: nil, limits: Self.limits)
    }
  }

  @Test("a file with any byte changed is refused or read, and never crashes") func changedBytes() {
    let whole = [UInt8](workbook("Chỉ tiêu | Giá trị\na | n:1").data)
    var random = FixedRandom(seed: 18)
    for _ in 0..<2000 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        bytes[Int.random(in: bytes.indices, using: &random)] = .random(in: 0...255, using: &random)
      }
      _ = try? Workbook.read(bytes.span, file: "a.xlsx", sheet: nil, limits: Self.limits)
    }
  }
}

private func workbook(_ text: String) -> ZipFixture { WorkbookFixture(text).zip }

private let sheetPart = "xl/worksheets/sheet1.xml"
private let space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"

private func sheet(_ data: String) -> String {
  "<worksheet xmlns=\"\(space)\"><sheetData>\(data)</sheetData></worksheet>"
}

private func text(_ text: String) -> String { "<is><t>\(text)</t></is>" }

/// The bytes packed as minizip packs them, which becomes much smaller.
private func packed(_ data: Data) -> ZipFixture.Entry {
  var zip = ZipWriter()
  zip.append("a", [UInt8](data).span)
  let bytes = zip.finish() ?? []
  // Behind the local header of thirty bytes and the name of one.
  let size = bytes[18..<22].reversed().reduce(0) { $0 << 8 | Int($1) }
  var entry = ZipFixture.Entry(sheetPart, data)
  entry.method = 8
  entry.packed = Data(bytes[31..<31 + size])
  return entry
}

private func laughs(_ count: Int) -> String {
  let entities = (1...count).map {
    "<!ENTITY a\($0) \"" + String(repeating: "&a\($0 - 1);", count: 10) + "\">"
  }
  return "<!DOCTYPE sst [<!ENTITY a0 \"ha\">\(entities.joined())]>"
}

extension HostileWorkbookTests {
  private static let rels = "xl/_rels/workbook.xml.rels"

  private static func relationships(_ target: String, _ more: String = "") -> String {
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return "<Relationships><Relationship Id=\"rId1\" Type=\"\(office)/worksheet\""
      + " Target=\"\(target)\"\(more)/></Relationships>"
  }

  static let attacks: [Attack] = containers + parts + sheets

  private static let containers: [Attack] = [
    Attack("no bytes at all", "X001") { Data() },
    Attack("a text", "X001") { Data("TT;Chỉ tiêu\n1;a\n".utf8) },
    Attack("a container cut off", "X001") { workbook("a").data.dropLast(30) },
    Attack("the old form under a new name, as locked files have it", "X003") {
      Data([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + [UInt8](repeating: 0, count: 600))
    },
    Attack("an encrypted entry", "X003", changing: { $0.entries[4].flags = 1 }),
    Attack("a name with ..", "X021", changing: { $0.entries.append(.init("xl/../../x", "a")) }),
    Attack(
      "a name that begins at the root", "X021",
      changing: {
        $0.entries.append(.init("/etc/passwd", "a"))
      }),
    Attack("a name of a drive", "X021", changing: { $0.entries.append(.init("C:x.xml", "a")) }),
    Attack(
      "a name with backslashes", "X021",
      changing: {
        $0.entries.append(.init("xl\\..\\x", "a"))
      }),
    Attack(
      "a name with a zero byte", "X021",
      changing: {
        $0.entries.append(.init("xl/a\0.xml", "a"))
      }),
    Attack("one name twice", "X022", changing: { $0.entries.append($0.entries[2]) }),
    Attack(
      "one name twice, in capitals", "X022",
      changing: {
        $0.entries.append(.init("XL/WORKBOOK.XML", "<a/>"))
      }),
    Attack(
      "too many entries", "X006",
      changing: { zip in
        for number in 0..<20 { zip.entries.append(.init("xl/\(number)", "a")) }
      }),
    Attack("more entries told than there are", "X001", changing: { $0.count = 19 }),
    Attack("a wrong sum", "X023", changing: { $0.entries[2].crc = 1 }),
    Attack("an offset behind the end", "X023", changing: { $0.entries[2].offset = 0x7FFF_FFFF }),
    Attack("an offset into another entry", "X023", changing: { $0.entries[2].offset = 5 }),
    Attack(
      "a size larger than the file", "X023",
      changing: {
        $0.entries[2].size = 100_000
        $0.entries[2].packedSize = 100_000
      }),
    Attack("a size that is not the size", "X023", changing: { $0.entries[2].size = 10 }),
    Attack("a method that nobody knows", "X024", changing: { $0.entries[2].method = 99 }),
    Attack(
      "bytes that do not unpack", "X023",
      changing: {
        $0.entries[2].method = 8
        $0.entries[2].packed = Data([0xFF, 0xFF, 0xFF, 0xFF])
      }),
    Attack(
      "a bomb: a part far larger than it looks", "X026",
      changing: {
        $0[sheetPart] = packed(Data(count: 5 << 20))
      }),
    Attack(
      "a part that is too large", "X025",
      changing: {
        $0[sheetPart] = packed(Data(count: 7 << 20))
      }),
    Attack(
      "a bomb of several parts", "X007",
      changing: { zip in
        var random = FixedRandom(seed: 1)
        let noise = Data((0..<90_000).map { _ in .random(in: 0x40...0x7E, using: &random) })
        let blanks = Data(repeating: 0x20, count: 4_400_000)
        for part in ["xl/sharedStrings.xml", "xl/styles.xml"] {
          let data = Data("<a>".utf8) + noise + blanks + Data("</a>".utf8)
          var entry = packed(data)
          entry.name = part
          zip[part] = entry
        }
      }),
  ]

  private static let parts: [Attack] = [
    Attack("no list of contents", "X027", changing: { $0.entries.removeFirst() }),
    Attack("no relationships", "X027", changing: { $0.entries.remove(at: 1) }),
    Attack("no workbook", "X027", changing: { $0.entries.remove(at: 2) }),
    Attack("no sheet", "X027", changing: { $0.entries.removeAll { $0.name == sheetPart } }),
    Attack("a document of Word by its contents", "X004", part: "[Content_Types].xml") {
      "<Types><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-"
        + "officedocument.wordprocessingml.document.main+xml\"/></Types>"
    },
    Attack("contents of no type", "X004", part: "[Content_Types].xml") { "<Types/>" },
    Attack("a workbook elsewhere", "X028", part: "_rels/.rels") {
      "<Relationships><Relationship Type=\"x/officeDocument\" TargetMode=\"External\""
        + " Target=\"http://127.0.0.1/workbook.xml\"/></Relationships>"
    },
    Attack("a sheet elsewhere", "X028", part: rels) {
      relationships("http://127.0.0.1/sheet.xml", " TargetMode=\"External\"")
    },
    Attack("a sheet outside of the file", "X028", part: rels) {
      relationships("../../../etc/passwd")
    },
    Attack("a workbook without sheets", "X009", part: "xl/workbook.xml") { "<workbook/>" },
    Attack("an entity bomb", "X030", part: "xl/sharedStrings.xml") {
      laughs(9) + "<sst><si><t>&a9;</t></si></sst>"
    },
    Attack("a bomb of large entities", "X030", part: "xl/sharedStrings.xml") {
      "<!DOCTYPE sst [<!ENTITY a \"\(String(repeating: "a", count: 9000))\">]><sst><si><t>"
        + String(repeating: "&a;", count: 500) + "</t></si></sst>"
    },
    Attack("an entity from a file", "X030", part: "xl/sharedStrings.xml") {
      "<!DOCTYPE sst [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><sst><si><t>&a;</t></si></sst>"
    },
    Attack("a document type elsewhere", "X030", part: "xl/workbook.xml") {
      "<!DOCTYPE workbook SYSTEM \"http://127.0.0.1/a.dtd\"><workbook/>"
    },
    Attack("more shared texts than the limit", "X033", part: "xl/sharedStrings.xml") {
      "<sst count=\"4294967295\">"
        + String(repeating: "<si><t>aaaaaaaaaaaaaaaa</t></si>", count: 5000)
        + "</sst>"
    },
    Attack("an empty part", "X029", part: "xl/workbook.xml") { "" },
    Attack("an encoding that nobody knows", "X029", part: "xl/workbook.xml") {
      "<?xml version=\"1.0\" encoding=\"UTF-77\"?><workbook/>"
    },
  ]

  private static let sheets: [Attack] = [
    Attack(
      "elements in a thousand levels", "X031",
      sheet: {
        String(repeating: "<a>", count: 1000) + String(repeating: "</a>", count: 1000)
      }),
    Attack(
      "a tag of two megabytes", "X032",
      sheet: {
        "<worksheet a=\"\(String(repeating: "a", count: 2 << 20))\"/>"
      }),
    Attack(
      "a comment of two megabytes", "X032",
      sheet: {
        "<worksheet><!--\(String(repeating: "a", count: 2 << 20))--></worksheet>"
      }),
    Attack("XML that is not closed", "X029", sheet: { "<worksheet><sheetData><row r=\"1\">" }),
    Attack(
      "rows that go back", "X035",
      sheet: {
        sheet("<row r=\"5\"><c r=\"A5\"><v>1</v></c></row><row r=\"2\"/>")
      }),
    Attack("a row beyond the last", "X035", sheet: { sheet("<row r=\"1048577\"/>") }),
    Attack(
      "cells that go back", "X035",
      sheet: {
        sheet("<row r=\"1\"><c r=\"B1\"><v>1</v></c><c r=\"A1\"><v>1</v></c></row>")
      }),
    Attack(
      "a cell of another row", "X035",
      sheet: { sheet("<row r=\"1\"><c r=\"A2\"><v>1</v></c></row>") }),
    Attack(
      "a cell beyond the last column", "X035",
      sheet: {
        sheet("<row r=\"1\"><c r=\"XFE1\"><v>1</v></c></row>")
      }),
    Attack(
      "a cell of no name", "X035", sheet: { sheet("<row r=\"1\"><c r=\"1A\"><v>1</v></c></row>") }),
    Attack(
      "cells far apart in every row", "X034",
      sheet: {
        sheet((1...20).map { "<row r=\"\($0)\"><c r=\"XFD\($0)\"><v>1</v></c></row>" }.joined())
      }),
    Attack(
      "more cells than the limit", "X034",
      sheet: {
        let row = String(repeating: "<c><v>1</v></c>", count: 500)
        return sheet(String(repeating: "<row>\(row)</row>", count: 50))
      }),
    Attack(
      "more text than the limit", "X033",
      sheet: {
        let long = text(String(repeating: "a", count: 30_000))
        return sheet(
          "<row r=\"1\">" + String(repeating: "<c t=\"inlineStr\">\(long)</c>", count: 3) + "</row>"
        )
      }),
    Attack(
      "a joined area over everything", "X034",
      sheet: {
        let row = "<row><c><v>1</v></c></row>"
        let merges = (0..<90).map { index in
          let letters = String(UnicodeScalar(UInt8(65 + index % 26))) + "A"
          return "<mergeCell ref=\"\(letters)1:\(letters)1048576\"/>"
        }
        return "<worksheet><sheetData><row><c><v>1</v></c><c r=\"ZA1\"><v>1</v></c></row>"
          + String(repeating: row, count: 100)
          + "</sheetData><mergeCells>\(merges.joined())<mergeCell ref=\"ZA1:ZA1048576\"/>"
          + "</mergeCells></worksheet>"
      }),
  ]
}
