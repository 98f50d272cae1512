import Markdown
import Templating
import Testing

@testable import Reports

/// A chart to try, and what it is of.
struct ChartSample: Sendable, CustomTestStringConvertible {
  let name: String
  let table: ChartTable

  var testDescription: String { name }

  /// - Parameter series: cells as tables have them.
  init(
    _ name: String, _ kind: String = "cot", names: [String], _ series: [(String, [String])]
  ) {
    func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }
    let heads = [bytes("Tên")] + series.map { bytes($0.0) }
    let rows = names.indices.map { row in
      [bytes(names[row])] + series.map { bytes($0.1[row]) }
    }
    self.name = "\(kind) \(name)"
    let id = "mau-\(kind)-\(name.unicodeScalars.reduce(0) { ($0 * 31 + $1.value) % 99_991 })"
    table = ChartTable(kind: kind, id: id, title: bytes("Biểu đồ: \(name)"), rows: [heads] + rows)
  }

  var svg: String? { Chart(table)?.svg(fonts: ChartSample.fonts) }

  static let fonts = "Times New Roman, Tinos, Liberation Serif, serif"

  private static let wards = (1...40).map {
    "Phường \(["Minh An", "Minh Bình", "Ví Dụ", "Nghĩa Phú Đông Trung"][$0 % 4]) \($0)"
  }

  private static func shapes(_ kind: String) -> [ChartSample] {
    let years = (2016...2025).map { "Năm \($0)" }
    return [
      ChartSample("một giá trị", kind, names: ["Lượt công dân được tiếp"], [("Năm 2026", ["214"])]),
      ChartSample(
        "hai kỳ", kind, names: ["Đơn tiếp nhận", "Đơn đã giải quyết", "Vụ việc hòa giải thành"],
        [("6 tháng đầu năm 2026", ["18", "17", "11"]), ("Cùng kỳ năm 2025", ["24", "22", "9"])]),
      ChartSample(
        "thiếu kỳ trước", kind, names: ["A", "B", "C"],
        [("Kỳ này", ["3", "-", "7"]), ("Kỳ trước", ["-", "-", "2"])]),
      ChartSample(
        "số âm", kind, names: ["Thu", "Chi", "Chênh lệch", "Dự phòng"],
        [("Triệu đồng", ["1.250,5", "-980", "270,5", "-1.400"])]),
      ChartSample(
        "toàn số âm", kind, names: ["Thu", "Chi"], [("Triệu đồng", ["-12,5", "-980"])]),
      ChartSample("toàn số 0", kind, names: ["A", "B", "C"], [("Đơn", ["0", "0", "0"])]),
      ChartSample(
        "bốn mươi đơn vị", kind, names: wards,
        [("Lượt", (1...40).map { "\($0 * 37 % 400)" })]),
      ChartSample(
        "bốn mươi đơn vị, hai kỳ", kind, names: wards,
        [
          ("Kỳ này", (1...40).map { "\($0 * 37 % 400)" }),
          ("Kỳ trước", (1...40).map { "\($0 * 53 % 400)" }),
        ]),
      ChartSample(
        "số rất lớn", kind, names: ["Tổng thu ngân sách", "Tổng chi ngân sách"],
        [("Đồng", ["1.234.567.890.123.456.789", "987.654.321.000.000.000"])]),
      ChartSample(
        "phần rất nhỏ", kind, names: ["A", "B"], [("Tỷ lệ", ["0,00012", "0,00007"])]),
      ChartSample(
        "lớn và nhỏ", kind, names: ["A", "B", "C"], [("Đồng", ["9.000.000.000", "1", "0,5"])]),
      ChartSample(
        "tên dài", kind,
        names: [
          "Tỷ lệ hồ sơ thủ tục hành chính được giải quyết đúng hạn và trước hạn tại bộ phận một cửa của phường",
          "Từdàikhôngcódấucáchnàovàcứdàimãikhônghếtđểxemhìnhcóbịtrànrangoàikhung", "C",
        ], [("%", ["99,6", "87,29%", "trên 90"])]),
      ChartSample(
        "các năm", kind, names: years,
        [("Lượt", ["120", "135", "150", "149", "-", "171", "180", "178", "190", "214"])]),
      ChartSample(
        "tỷ lệ cao", kind, names: years,
        [
          ("Đúng hạn", (0..<10).map { "9\($0 % 5 + 4),\($0)" }),
          ("Hài lòng", (0..<10).map { "9\($0 % 4 + 3),5" }),
        ]),
      ChartSample(
        "bốn loạt", kind, names: ["Quý I", "Quý II"],
        (1...4).map {
          ("Loạt thứ \($0) có tên khá dài để chú giải phải xuống dòng", ["\($0)", "2"])
        }),
      ChartSample(
        "thù địch", kind,
        names: ["</title><script>alert(1)</script>", "&amp; \"'`", "\u{7}\u{FFFE}]]>"],
        [("--> <svg onload=x>", ["1", "2", "3"])]),
    ]
  }

  static let all = shapes("cot") + shapes("duong")
}
