import CaseFiles
import Diagnostics
import Texts
import Testing
import Vietnamese

@Suite struct NumberTests {
  @Test(arguments: [
    ("1.400", "1400"), ("13,5", "13.5"), ("1.234.567,5", "1234567.5"), ("-5", "-5"),
    ("1400", "1400"), ("0,125", "0.125"), ("12.345,678", "12345.678"), ("1234,567", "1234.567"),
    ("05", "5"), ("0", "0"), ("-0", "0"), ("000", "0"), ("-0,5", "-0.5"), ("87,30", "87.30"),
    (" 9.000 ", "9000"), ("1.234.567,891", "1234567.891"),
    ("123456789012345678901234567890", "123456789012345678901234567890"),
  ])
  func reads(text: String, decimal wanted: String) throws {
    #expect(String(decoding: try decimal(of: Text(text)), as: UTF8.self) == wanted)
  }

  @Test(arguments: [
    (
      "1,400",
      "lỗi[V011]: «1,400» có thể hiểu theo hai cách"
        + "| hàng nghìn thì viết 1.400; số thập phân thì viết 1,4"
    ),
    (
      "-12,345",
      "lỗi[V011]: «-12,345» có thể hiểu theo hai cách"
        + "| hàng nghìn thì viết -12.345; số thập phân thì viết -12,3450"
    ),
    (
      "1,400,000",
      "lỗi[V012]: «1,400,000» dùng dấu phẩy để ngăn hàng nghìn| viết 1.400.000"
    ),
    ("1 400 000", "lỗi[V012]: «1 400 000» dùng dấu cách để ngăn hàng nghìn| viết 1.400.000"),
    ("1,400.5", "lỗi[V012]: «1,400.5» dùng dấu phẩy để ngăn hàng nghìn| viết 1.400,5"),
    (
      "1.23.456",
      "lỗi[V013]: dấu chấm trong «1.23.456» không chia thành từng nhóm ba chữ số"
        + "| đủ chữ số thì viết 123.456"
    ),
    (
      "1.40",
      "lỗi[V013]: dấu chấm trong «1.40» không chia thành từng nhóm ba chữ số"
        + "| hàng nghìn thì viết 1.400; số thập phân thì viết 1,40"
    ),
    (
      "12.34",
      "lỗi[V013]: dấu chấm trong «12.34» không chia thành từng nhóm ba chữ số"
        + "| hàng nghìn thì viết 12.340; số thập phân thì viết 12,34"
    ),
    (
      "1.4000",
      "lỗi[V013]: dấu chấm trong «1.4000» không chia thành từng nhóm ba chữ số"
        + "| hàng nghìn thì viết 14.000; số thập phân thì viết 1,4000"
    ),
    (
      "0.125",
      "lỗi[V013]: dấu chấm trong «0.125» không chia thành từng nhóm ba chữ số"
        + "| số thập phân thì dùng dấu phẩy: 0,125"
    ),
  ])
  func explains(text: String, message: String) {
    #expect(problem { () throws(Diagnostic) in _ = try decimal(of: Text(text)) } == message)
  }

  @Test(arguments: ["", "-", "năm", "1.", ".5", ",5", "5,", "1 40", "+5", "1,2,3", "--5", "1.2,3"])
  func refuses(text: String) {
    #expect(
      problem { () throws(Diagnostic) in _ = try decimal(of: Text(text)) }
        .hasPrefix("lỗi[V010]"))
  }

  @Test(arguments: [
    ("1234567.5", "1.234.567,5"), ("-1234", "-1.234"), ("9000", "9.000"), ("999", "999"),
    ("0", "0"), ("1000000", "1.000.000"), ("13.50", "13,50"),
  ])
  func writes(decimal: String, text: String) throws {
    #expect(try written { try appendNumber(Text(decimal), to: &$0) } == text)
  }

  @Test(arguments: ["", "-", "1,5", "1.", ".5", "1.5.2", "a", "1e5", "+1"])
  func refusesOtherForms(text: String) {
    let left = written { bytes in
      #expect(!appendNumber(decimal: Text(text).bytes, to: &bytes))
    }
    #expect(left.isEmpty)
  }

  @Test func groupsLikeASlowOracle() throws {
    var random = FixedRandom(seed: 3)
    for _ in 0..<20_000 {
      let number =
        Int.random(in: Int.min...Int.max, using: &random)
        >> Int.random(in: 0..<64, using: &random)
      let text = written { appendNumber(number, to: &$0) }
      #expect(text == slowlyGrouped(number))
      #expect(String(decoding: try decimal(of: Text(text)), as: UTF8.self) == String(number))
    }
  }

  private func slowlyGrouped(_ number: Int) -> String {
    var groups: [String] = []
    var digits = String(number.magnitude)
    while digits.count > 3 {
      groups.insert(String(digits.suffix(3)), at: 0)
      digits.removeLast(3)
    }
    return (number < 0 ? "-" : "") + ([digits] + groups).joined(separator: ".")
  }
}

@Suite struct FigureTests {
  @Test func romanNumerals() throws {
    let wanted = [
      1: "I", 4: "IV", 9: "IX", 14: "XIV", 40: "XL", 90: "XC", 400: "CD", 1989: "MCMLXXXIX",
      2026: "MMXXVI", 3999: "MMMCMXCIX",
    ]
    for (number, numeral) in wanted {
      #expect(try written { try appendRoman(number, at: nil, to: &$0) } == numeral)
    }
    for number in [0, -1, 4000] {
      #expect(throws: Diagnostic.self) {
        _ = try written { try appendRoman(number, at: nil, to: &$0) }
      }
    }
  }

  @Test func pointLetters() throws {
    let all = try written { bytes in
      for number in 1...23 { try appendPointLetter(number, at: nil, to: &bytes) }
    }
    #expect(all == "abcdđeghiklmnopqrstuvxy")
    #expect(throws: Diagnostic.self) {
      _ = try written { try appendPointLetter(24, at: nil, to: &$0) }
    }
  }

  @Test(arguments: [
    ("87.29", "87,29%"), ("87,29", "87,29%"), ("40%", "40%"), ("gần 40%", "gần 40%"),
    ("100", "100%"),
  ])
  func percents(text: String, wanted: String) throws {
    #expect(try written { try appendPercent(Text(text), to: &$0) } == wanted)
  }

  @Test(arguments: [
    ("1400000", "1.400.000 đồng"),
    ("13500000000", "13.500.000.000 đồng"),
    ("900000000", "900.000.000 đồng"),
    ("1500000000000", "1.500.000.000.000 đồng"),
    ("13512345678", "13.512.345.678 đồng"),
    ("500000", "500.000 đồng"),
    ("1000000", "1.000.000 đồng"),
    ("-5", "-5 đồng"),
  ])
  func money(decimal: String, full: String) throws {
    #expect(try written { try appendMoney(Text(decimal), to: &$0) } == full)
  }

  @Test func hedgedNumbers() throws {
    let wanted: [(String, HedgedNumber.Hedge?, String, Bool, String)] = [
      ("trên 9.000 đối tượng", .over, "9000", false, "đối tượng"),
      ("gần 40%", .nearly, "40", true, ""), ("Hơn 13 tỷ đồng", .moreThan, "13", false, "tỷ đồng"),
      ("khoảng 1.400", .about, "1400", false, ""), ("dưới 5", .under, "5", false, ""),
      ("ÍT NHẤT 95%", .atLeast, "95", true, ""), ("13,5", nil, "13.5", false, ""),
    ]
    for (text, hedge, decimal, isPercent, unit) in wanted {
      let number = try HedgedNumber(Text(text))
      #expect(number.hedge == hedge)
      #expect(String(decoding: number.decimal, as: UTF8.self) == decimal)
      #expect(number.isPercent == isPercent)
      #expect(number.unit == Text(unit))
    }
    #expect(throws: Diagnostic.self) { _ = try HedgedNumber(Text("trên")) }
    #expect(throws: Diagnostic.self) { _ = try HedgedNumber(Text("nhiều 5")) }
  }
}

@Suite struct WholeNumberTests {
  @Test(arguments: [
    (0, "0"), (7, "7"), (-7, "-7"), (999, "999"), (1000, "1.000"), (-123_456, "-123.456"),
    (1_234_567, "1.234.567"), (Int.max, "9.223.372.036.854.775.807"),
    (Int.min, "-9.223.372.036.854.775.808"),
  ]) func grouped(number: Int, expected: String) {
    #expect(written { appendNumber(number, to: &$0) } == expected)
  }
}
