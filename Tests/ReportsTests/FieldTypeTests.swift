import CaseFiles
import Diagnostics
import Texts
import Foundation
import Records
import Testing

@testable import Reports

/// The types of fields: recutils' expressions for them in the manual, and values that an office, or
/// an enemy, may write.
@Suite struct FieldTypeTests {
  static let manual =
    (try? String(
      contentsOfFile: GoldenTests.root + "/Sources/Reports/Reports.docc/FieldTypes.md",
      encoding: .utf8)) ?? ""

  static let types: [ValueType] = [
    .ngay, .ngayGio, .so, .soNguyen, .tyLe, .tien, .ky, .soKyHieu, .nguoi,
  ]

  /// The lines of the manual that a schema may copy.
  static var typedefs: [String] {
    manual.split(separator: "\n").map(String.init).filter { $0.hasPrefix("%typedef:") }
  }

  private func expression(_ type: ValueType) throws -> RegularExpression {
    let head = "%typedef: \(type.rawValue) regexp !"
    let line = try #require(Self.typedefs.first { $0.hasPrefix(head) })
    return try RegularExpression(Array(line.dropFirst(head.count).dropLast().utf8))
  }

  private func isAccepted(_ text: String, _ type: ValueType) -> Bool {
    (try? type.check(Text(text))) != nil
  }

  @Test("what the checker accepts, the expression of the manual accepts", arguments: types)
  func expressionsAreWideEnough(_ type: ValueType) throws {
    let expression = try expression(type)
    var random = FixedRandom(seed: 21)
    var accepted = 0
    for round in 0..<12_000 {
      let text = Pieces.text(of: type, round, &random)
      guard isAccepted(text, type) else { continue }
      accepted += 1
      let matches = expression.matches(Array(text.utf8)[...])
      #expect(matches, "\(type.rawValue): «\(text)»")
    }
    #expect(accepted > 1000)
  }

  @Test("the manual has a row for every type", arguments: ValueType.allCases)
  func rows(_ type: ValueType) { #expect(Self.manual.contains("\n| `\(type.rawValue)` | ")) }

  @Test("the manual names every attribute", arguments: types)
  func attributes(_ type: ValueType) {
    for name in type.textType.attributes {
      #expect(Self.manual.contains("`\(name)`"), "\(type.rawValue).\(name)")
    }
  }

  @Test("the examples of the shared schema are of its types") func examples() throws {
    let path = GoldenTests.root + "/Templates/khung/chung.rec"
    let bytes = Array(try String(contentsOfFile: path, encoding: .utf8).utf8)
    var problems: [Diagnostic] = []
    let database = Database.read(Source(name: path, bytes: bytes), into: &problems)
    var checked = 0
    let types = NamedTypes(database, into: &problems)
    for set in database.recordSets where set.type?.string != NamedTypes.recordType {
      let descriptor = try #require(Descriptor(set, blocks: types, into: &problems))
      let type = try #require(RecordType(merging: [descriptor], into: &problems))
      for rule in type.fields {
        guard let example = rule.example, let value = type.valueType(of: rule.name) else {
          continue
        }
        #expect(isAccepted(example.string, value), "\(rule.name.string): \(example.string)")
        checked += 1
      }
    }
    #expect(problems.isEmpty && checked > 10)
  }

  @Test(
    "a figure of ten megabytes, and the like", arguments: types)
  func hugeValues(_ type: ValueType) throws {
    let text = Text(String(repeating: "9", count: type == .so ? 10_000_000 : 500_000))
    let isAccepted = (try? type.check(text)) != nil
    #expect(isAccepted == (type == .so || type == .soNguyen))
    _ = try expression(type).matches(text.bytes.prefix(100_000))
  }

  @Test("decomposed letters are the letters they are") func decomposedLetters() {
    #expect(isAccepted("6 tha\u{301}ng đa\u{302}\u{300}u năm 2018", .ky))
    #expect(isAccepted("13,5 ty\u{309} đồng", .tien))
  }

  @Test(
    "values with the wrong digits, letters, dashes and spaces",
    arguments: [
      (ValueType.ngay, "31/02/2020"), (.ngay, "29/02/2019"), (.ngay, "٢٨/٦/٢٠١٨"),
      (.ngay, "２８/6/2018"), (.ngay, "28/6/2018\u{200B}"), (.ngayGio, "28/6/2018 24:00"),
      (.so, "1٤00"), (.so, "1.4００"), (.so, "1 400"), (.soNguyen, "13,5"), (.tyLe, "90"),
      (.tyLe, "90 %đ"), (.tien, "13,5 tỷ"), (.tien, "1 400 đồng"),
      (.ky, "6 tháng đầu năm ２０１８"), (.ky, "6 thang dau nam 2018"),
      (.ky, "6\u{A0}tháng đầu năm 2018"), (.soKyHieu, "6525- QĐ/TU"), (.soKyHieu, "120–KL/TW"),
      (.nguoi, "Nguyễn Văn A; Bí thư"),
    ])
  func hostileValues(_ type: ValueType, _ text: String) {
    #expect(!isAccepted(text, type))
  }
}

/// Values put together of what such values are made of, right and wrong.
private enum Pieces {
  static func text(of type: ValueType, _ round: Int, _ random: inout FixedRandom) -> String {
    let pieces = Self.pieces(type)
    if round.isMultiple(of: 3) {
      let count = Int.random(in: 1...6, using: &random)
      let all = pieces.flatMap { $0 }
      return (0..<count).map { _ in all.randomElement(using: &random) ?? "" }.joined()
    }
    return pieces.map { $0.randomElement(using: &random) ?? "" }.joined()
  }

  private static let space = ["", "", "", " ", "\n", "\t"]
  private static let figures = [
    "1.400", "13,5", "0", "05", "9000", "1.234.567,8", "-5", "87,29", "1,400", "٣", "0,1234",
  ]
  private static let hedges = ["", "", "trên ", "Gần ", "KHOẢNG ", "ít nhất ", "hơn  ", "nhiều "]
  private static let days = ["28/6/2018", "2018-06-28", "1/1/0001", "31/02/2020", "29/02/2020"]

  private static func pieces(_ type: ValueType) -> [[String]] {
    switch type {
    case .ngay: [space, days, space]
    case .ngayVanBan:
      [space, days + ["…/6/2026", "6/2026", "/13/2026", "5/…/2026", ".../.../2026", "26"], space]
    case .ngayGio:
      [space, days, ["", " ", " | ", "T", "|", "  "], ["", "18:10", "7:05", "24:00"], space]
    case .so, .soNguyen: [space, hedges, figures, ["", "%", " lượt", " % ", "\n"], space]
    case .tyLe: [space, hedges, figures, ["%", " %", ""], space]
    case .tien:
      [space, hedges, figures, [" ", "  ", "\n"], ["tỷ đồng", "TRIỆU ĐỒNG", "đồng", "tỷ"], space]
    case .ky:
      [
        space, ["6 tháng đầu ", "06 THÁNG CUỐI ", "tháng 3 ", "Quý II ", "quí 4 ", "quý I/", ""],
        ["năm ", "NĂM ", ""], ["2018", "0001", "9999", "18"], space,
      ]
    case .soKyHieu:
      [
        space, ["5", "05", "12a", "999999", "1234567"], ["", "/", "-", "/2020/", "/2020"],
        ["", "KH-UBND", "KL/TW", "QH15", "UBND-VX", "TTr-BNN&PTNT", "QyĐ/Đ"], space,
      ]
    case .thoiHan:
      [
        space, ["", "trước ngày ", "trong tháng ", "quý II và quý ", "từ ", "ngày "],
        ["31/6/2026", "9", "V", "30/9"],
        ["", "/2026", " năm 2026", " hằng tháng", " đến 30/9/26"], space,
      ]
    case .nguoi:
      [
        space, ["", "đồng chí ", "Bà "], ["Nguyễn Văn A", "H'Hen Niê", "Lê Ý", "an"],
        [",", ", ", " , ", " - "], ["Bí thư", "Ủy viên, Phó ban", ""], space,
      ]
    }
  }
}
