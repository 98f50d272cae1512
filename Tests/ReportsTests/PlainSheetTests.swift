import CaseFiles
import Diagnostics
import Records
import Sheets
import Testing
import Texts

@testable import Reports

/// The quick way of a sheet into records takes and gives what the other way takes and gives.
@Suite struct PlainSheetTests {
  private static let values = [
    "1.400", "13,5", "-7", "05", "90%", "28/6/2018", "31/6/2018", "trên 9.000", "11,5 - 12,4",
    "1,400", "", " ", "-", "không", "không có", "chưa", "lượt", "đơn", "n/a", "a\\", "hai\ndòng",
    "# a", "+ b", "x: y", "'=A1", "=A1", "Ế Ậ Ữ", "b\u{200B}c", "m?t", "Kết quả", "…", "20/5/2026",
    "tăng 12,5%", "ma_1", "quan_triet", "1 400", "12/2018", "true",
  ]

  private static let headers: [(type: String, columns: [String])] = [
    ("so_lieu", ["Chỉ tiêu", "Giá trị", "Đơn vị tính", "Tính đến ngày", "So với cùng kỳ trước"]),
    (
      "so_lieu",
      ["Chỉ tiêu", "Giá trị", "Đơn vị tính", "Mã ngắn để số liệu khác trỏ tới khi kiểm tra"]
    ),
    ("y_kien", ["Nội dung"]), ("nguoi", ["Họ tên", "Chức vụ"]),
  ]

  private func imported(
    _ sheet: String, _ type: String, clearing: [String], _ templates: TemplateCollection
  ) -> String {
    do throws(Problems) {
      let imported = try ImportedSheet(
        sheet: "a.csv", Array(sheet.utf8), ofType: type, into: nil, templates, separator: .tab,
        clearing: clearing)
      let warnings = imported.warnings.map { $0.message(in: .english) }
      return String(decoding: imported.bytes, as: UTF8.self) + warnings.joined()
    } catch {
      return error.diagnostics.map { $0.message(in: .english) }.joined()
    }
  }

  /// A field without a column, which is cleared in a record that is not there, bars the quick way.
  private static let unused = ["so_lieu": "uoc", "y_kien": "trong", "nguoi": "trong"]

  @Test("random sheets") func random() throws {
    let templates = try TemplateCollection(
      TemplateFolder(GoldenTests.root + "/Templates"), undefined: .strict)
    var random = FixedRandom(seed: 181)
    var taken = 0
    for _ in 0..<120 {
      let (type, columns) = Self.headers.randomElement(using: &random) ?? ("", [])
      var rows = [columns]
      for _ in 0..<Int.random(in: 0...3, using: &random) {
        rows.append(
          columns.indices.map { index in
            // Mostly right ones, so that some sheets are right as a whole.
            let good = [["Hộ \(rows.count)", "a"], ["12", "1.250,5"], ["hộ"], ["20/5/2026"]]
            let isGood = index < good.count && Int.random(in: 0...5, using: &random) > 0
            return (isGood ? good[index] : Self.values).randomElement(using: &random) ?? ""
          })
      }
      let sheet = rows.map { row in
        row.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: "\t") + "\n"
      }.joined()
      let quick = imported(sheet, type, clearing: [], templates)
      let other = imported(sheet, type, clearing: [Self.unused[type] ?? ""], templates)
      #expect(quick == other, "\(sheet)")
      if quick.hasPrefix("%rec") { taken += 1 }
    }
    #expect(taken > 20)
  }
}
