import Diagnostics
import Foundation
import Records
import Sheets
import Testing

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
        sheet: "a.csv", sheet, ofType: "muc", into: file, templates, separator: nil)
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
        sheet: "a.csv", sheet, ofType: type, into: file, templates, separator: nil)
      let back = try DataFile.read(name: path, bytes: imported.bytes)
      #expect(imported.bytes == file.source.bytes, "\(type): comments and orders stay")
      #expect(!back.check(templates).hasErrors)
    }
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
        sheet: "a.txt", mark + bytes, ofType: "so_lieu", into: nil, templates(), separator: nil)
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
