import Diagnostics
import Foundation
import Records
import Sheets
import Testing
import Texts

@testable import Reports

/// Records → sheet → records gives the records back.
@Suite struct SheetRoundTripTests {
  private static let schema = """
    %rec: muc
    %allowed: ten so_luong ngay ghi_chu nhan_xet
    %unique: ten so_luong ngay
    nhan: ten Tên mục, như ghi trong sổ
    nhan: so_luong Số lượng (cái)
    nhan: ghi_chu Ghi chú


    """

  private func templates() throws -> TemplateCollection {
    try TemplateCollection(TemplateFolder(GoldenTests.root + "/Templates"), undefined: .strict)
  }

  /// Every record as its fields with their values, whatever the order of the fields.
  private func contents(_ file: DataFile) -> [[String: [String]]] {
    (file.database.recordSet(ofType: "muc").map { Array($0.records) } ?? []).map { record in
      Dictionary(grouping: record.fields, by: \.name.string).mapValues { $0.map(\.value.string) }
    }
  }

  @Test func randomRecords() throws {
    let templates = try templates()
    var random = Numbers(seed: 11)
    for _ in 0..<300 {
      let text = Self.schema + Self.records(&random)
      let file = try DataFile.read(name: "a.rec", bytes: Array(text.utf8))
      let separator: Sheet.Separator = random.next(2) == 0 ? .semicolon : .comma
      let sheet = try file.sheet(ofType: "muc", templates, separator: separator)
      let imported = try ImportedSheet(
        sheet: "a.csv", sheet, ofType: "muc", into: file, templates, separator: nil, clearing: [])
      let back = try DataFile.read(name: "a.rec", bytes: imported.bytes)
      #expect(contents(back) == contents(file), "\(text)")
      #expect(try back.sheet(ofType: "muc", templates, separator: separator) == sheet)
    }
  }

  @Test("every record set that ships", arguments: GoldenTests.dataFiles)
  func shipped(_ name: String) throws {
    let templates = try templates()
    let path = GoldenTests.root + "/data/" + name
    let file = try DataFile.read(path: path)
    for type in file.database.recordSets.compactMap({ $0.type?.string }) {
      let sheet = try file.sheet(ofType: type, templates, separator: .semicolon)
      let imported = try ImportedSheet(
        sheet: "a.csv", sheet, ofType: type, into: file, templates, separator: nil, clearing: [])
      let back = try DataFile.read(name: path, bytes: imported.bytes)
      #expect(imported.bytes == file.source.bytes, "\(type): comments and orders stay")
      #expect(!back.check(templates).hasErrors)
    }
  }

  /// Labels that begin alike or are no headers, and fields of which the schema says nothing.
  private static let hardSchema = """
    %rec: muc
    %mandatory: ten
    %type: ngay date
    %unique: ten ngay tt
    nhan: ten Tên, như trong sổ
    nhan: ten_tat Tên tắt
    nhan: ngay Email (nếu có)
    nhan: tt Số TT
    nhan: ghi_chu Ghi chú


    """

  private static let hardNames = [
    "ten", "ten_tat", "ghi_chu", "ngay", "ghi_chu", "tt", "Ten", "Email", "stt", "la", "ghi_chu",
  ]

  /// Records with fields in any order, without values, and with comments.
  private static func hardRecords(_ random: inout Numbers) -> String {
    var writer = Writer()
    for _ in 0...random.next(4) {
      writer.endBlock()
      if random.next(3) == 0 { writer.writeComment("# lời chú") }
      let isBlank = random.next(5) == 0
      var used: Set<String> = []
      for _ in 0...random.next(9) {
        let name = hardNames[random.next(hardNames.count)]
        guard name == "ghi_chu" || name == "la" || used.insert(name).inserted else { continue }
        let value = isBlank || name == "ngay" || random.next(3) == 0 ? "" : pieces[random.next(18)]
        writer.writeField(name: Array(name.utf8)[...], value: Array(value.utf8)[...])
      }
      if !isBlank, !used.contains("ten") { writer.writeField("ten", "t\(random.next(2))") }
    }
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  @Test("any records come back to the byte, also without some of the columns") func anything()
    throws
  {
    let templates = try templates()
    var random = Numbers(seed: 12)
    for _ in 0..<400 {
      let text = Self.hardSchema + Self.hardRecords(&random)
      let file = try DataFile.read(name: "a.rec", bytes: Array(text.utf8))
      let sheet = try file.sheet(ofType: "muc", templates, separator: .semicolon)
      for dropped in [nil, random.next(6), random.next(6)] {
        guard let cut = try dropped.map({ try Self.sheet(sheet, without: $0) }) ?? sheet else {
          continue
        }
        do {
          let imported = try ImportedSheet(
            sheet: "a.csv", cut, ofType: "muc", into: file, templates, separator: nil,
            clearing: [])
          #expect(
            imported.bytes == file.source.bytes, "\(text)\(String(decoding: cut, as: UTF8.self))")
        } catch {
          // What is wrong with the file itself, and a sheet of which nothing is left.
          let isAsBefore = file.problemsAsData(templates)?.hasErrors ?? false
          #expect(isAsBefore || dropped != nil, "\(text)\(error.diagnostics.map(\.kind))")
        }
      }
    }
  }

  /// A sheet without one of its columns, also where a row has no value any more; nil where the header
  /// has none.
  private static func sheet(_ bytes: [UInt8], without column: Int) throws -> [UInt8]? {
    let source = try Source.reading(name: "a.csv", bytes: bytes).source
    let sheet = try Sheet.read(source, separator: .semicolon)
    var writer = SheetWriter(.semicolon)
    for (index, row) in sheet.rows.enumerated() {
      let rest = row.cells.indices.filter { $0 != column }
      guard index > 0 || rest.contains(where: { !row.cells[$0].isEmpty }) else { return nil }
      writer.writeRow(rest.map { row.cells[$0].value.bytes })
    }
    return writer.bytes
  }

  @Test("each header that is written names its field, and begins no other label") func headers()
    throws
  {
    let templates = try templates()
    for type in ["su_viec", "so_lieu", "nhiem_vu", "nguoi", "can_cu", "ket_qua", "van_ban"] {
      let schema = try SheetSchema(type, of: nil, templates).type
      let headers = schema.fields.map(schema.header)
      #expect(Set(headers.map { $0.lowercased() }).count == headers.count)
      for (field, header) in zip(schema.fields, headers) {
        #expect(schema.rule(forHeader: Text(header))?.name == field.name)
        #expect(
          !schema.fields.contains {
            $0.name != field.name && header != field.label?.string
              && $0.label?.string.hasPrefix(header) == true
          }, "\(header)")
      }
    }
  }

  @Test("a column that is gone clears nothing, but where that is said") func columnsThatAreGone()
    throws
  {
    let text = Self.schema + "ten: A\nso_luong: 3\nghi_chu: x\nghi_chu: y\n"
    let file = try DataFile.read(name: "a.rec", bytes: Array(text.utf8))
    func imported(_ sheet: String, _ cleared: [String]) throws -> String {
      let imported = try ImportedSheet(
        sheet: "a.csv", Array(sheet.utf8), ofType: "muc", into: file, try templates(),
        separator: nil, clearing: cleared)
      return String(decoding: imported.bytes.dropFirst(Self.schema.utf8.count), as: UTF8.self)
    }
    #expect(try imported("Tên mục\nA\n", []) == "ten: A\nso_luong: 3\nghi_chu: x\nghi_chu: y\n")
    #expect(try imported("Tên mục\nA\n", ["so_luong", "Ghi chú"]) == "ten: A\n")
    #expect(try imported("Tên mục;so_luong\nA;\n", []) == "ten: A\nghi_chu: x\nghi_chu: y\n")
    // One of two columns of a field is gone, whichever it was.
    #expect(
      try imported("Tên mục;Ghi chú\nA;x\n", [])
        == "ten: A\nso_luong: 3\nghi_chu: x\nghi_chu: y\n")
    #expect(
      try imported("Tên mục;Ghi chú\nA;z\n", [])
        == "ten: A\nso_luong: 3\nghi_chu: z\nghi_chu: y\n")
  }

  @Test("an Excel for Vietnam opens it right") func bytes() throws {
    let text = Self.schema + "ten: A; B\nso_luong: 1.234,5\nghi_chu: =1\nghi_chu: x\n+ y\n"
    let file = try DataFile.read(name: "a.rec", bytes: Array(text.utf8))
    let sheet = try file.sheet(ofType: "muc", try templates(), separator: .semicolon)
    #expect(
      String(decoding: sheet, as: UTF8.self)
        == "\u{FEFF}Tên mục;Số lượng;ngay;Ghi chú;Ghi chú;nhan_xet\r\n"
        + "\"A; B\";\"1.234,5\";;'=1;\"x\ny\";\r\n")
  }

  @Test("Excel's Unicode text") func utf16() throws {
    let text = "Chỉ tiêu\tGiá trị\tĐơn vị tính\r\nLượt công dân\t1.234,5\tlượt\r\n"
    for (mark, isLittle) in [([0xFF, 0xFE] as [UInt8], true), ([0xFE, 0xFF], false)] {
      let bytes = text.utf16.flatMap { unit in
        let pair = [UInt8(truncatingIfNeeded: unit), UInt8(truncatingIfNeeded: unit >> 8)]
        return isLittle ? pair : pair.reversed()
      }
      let imported = try ImportedSheet(
        sheet: "a.txt", mark + bytes, ofType: "so_lieu", into: nil, templates(), separator: nil,
        clearing: [])
      #expect(
        String(decoding: imported.bytes, as: UTF8.self)
          == "%rec: so_lieu\n\nchi_tieu: Lượt công dân\ngia_tri: 1.234,5\ndon_vi: lượt\n")
    }
  }

  private static let pieces = [
    "a", "Đ", " ", ";", ",", "\"", "'", "=", "+", "-", "@", "\n", "\t", "1", "%", "#", "\\", "x: y",
  ]

  /// Values that are not blank; a blank cell is no field.
  private static func records(_ random: inout Numbers) -> String {
    var writer = Writer()
    for _ in 0...random.next(4) {
      writer.endBlock()
      for name in ["ten", "so_luong", "ngay", "ghi_chu", "ghi_chu", "ghi_chu", "nhan_xet"]
      where random.next(3) > 0 {
        var value = (0...random.next(6)).map { _ in pieces[random.next(pieces.count)] }.joined()
        if value.allSatisfy(\.isWhitespace) { value = "0" }
        writer.writeField(name: Array(name.utf8)[...], value: Array(value.utf8)[...])
      }
    }
    return String(decoding: writer.bytes, as: UTF8.self) + "\n\nten: cuối\n"
  }
}

/// The same numbers in every run.
private struct Numbers {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next(_ count: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % count
  }
}
