import CaseFiles
import Diagnostics
import Texts
import Testing
import Vietnamese

@Suite struct DocumentNumberTests {
  private func parts(_ number: DocumentNumber) -> [String] {
    [
      number.number.string, number.year.map(String.init) ?? "", number.kind?.string ?? "",
      number.issuer?.string ?? "", number.unit?.string ?? "",
    ]
  }

  @Test(arguments: [
    ("120-KL/TW", ["120", "", "KL", "TW", ""]),
    ("34/2007/PL-UBTVQH11", ["34", "2007", "PL", "UBTVQH11", ""]),
    ("172/KH-UBND", ["172", "", "KH", "UBND", ""]),
    ("30/2020/NĐ-CP", ["30", "2020", "NĐ", "CP", ""]),
    ("10/2022/QH15", ["10", "2022", "", "QH15", ""]),
    ("12/UBND-VX", ["12", "", "", "UBND", "VX"]),
    ("9086/BNV-CTTN&BĐG", ["9086", "", "", "BNV", "CTTN&BĐG"]),
    ("01/2024/TTLT-BNV-BTC", ["01", "2024", "TTLT", "BNV-BTC", ""]),
    ("45/TTr-BDVQU", ["45", "", "TTr", "BDVQU", ""]), ("36-HD/VPTW", ["36", "", "HD", "VPTW", ""]),
    ("12a/QyĐ-UBND", ["12a", "", "QyĐ", "UBND", ""]), ("34", ["34", "", "", "", ""]),
    ("34/2007", ["34", "2007", "", "", ""]), ("75/KH-BCĐ", ["75", "", "KH", "BCĐ", ""]),
    ("05/BC", ["05", "", "BC", "", ""]), (" 03-CT/QU ", ["03", "", "CT", "QU", ""]),
  ])
  func takesApart(text: String, wanted: [String]) throws {
    #expect(parts(try DocumentNumber(Text(text))) == wanted)
  }

  @Test(arguments: [
    ("6525- QĐ/TU", "6525-QĐ/TU"), ("30- CT/TW", "30-CT/TW"), ("30 - CT / TW", "30-CT/TW"),
    ("172/KH – UBND", "172/KH-UBND"), ("Số: 05/BC-UBND", "05/BC-UBND"),
    ("số 120-KL/TW", "120-KL/TW"), ("120–KL/TW", "120-KL/TW"), ("120-\nKL/TW", "120-KL/TW"),
    ("120-\u{A0}KL/TW", "120-KL/TW"),
  ])
  func whatToType(text: String, meant: String) {
    let found = problem { () throws(Diagnostic) in _ = try DocumentNumber(Text(text)) }
    #expect(found.hasPrefix("lỗi[V041]") && found.hasSuffix("| viết \(meant)"), "\(found)")
  }

  @Test(arguments: [
    "", "KL/TW", "120-KL", "120-", "120/", "120--KL/TW", "120-kl/tw", "120/2007/", "1234567-QĐ/TU",
    "120-KL/TW.", "không số", "-1", "120_KL/TW", "12ab/QĐ-UBND", "١٢٠-KL/TW", "１２-KL/TW",
  ])
  func refuses(text: String) {
    #expect(
      problem { () throws(Diagnostic) in _ = try DocumentNumber(Text(text)) }
        .hasPrefix("lỗi[V040]"))
  }

  @Test func putTogetherItIsTheSame() throws {
    var random = FixedRandom(seed: 11)
    let kinds = ["KH", "QĐ", "TTr", "NĐ", "BC"]
    let issuers = ["UBND", "CP", "TW", "QU", "UBTVQH11", "BNV-BTC", "BCĐ", "BNN&PTNT"]
    for _ in 0..<2000 {
      let number = String(Int.random(in: 1...99_999, using: &random))
      let year = Int.random(in: 1945...2100, using: &random)
      let kind = kinds.randomElement(using: &random) ?? ""
      let issuer = issuers.randomElement(using: &random) ?? ""
      for (text, hasYear) in [
        ("\(number)/\(year)/\(kind)-\(issuer)", true), ("\(number)/\(kind)-\(issuer)", false),
        ("\(number)-\(kind)/\(issuer)", false),
      ] {
        let wanted = [number, hasYear ? String(year) : "", kind, issuer, ""]
        #expect(parts(try DocumentNumber(Text(text))) == wanted)
      }
    }
  }

  @Test func hugeTexts() {
    for part in ["1", "Đ", "1-"] {
      let text = String(repeating: part, count: 10_000_000 / part.utf8.count)
      #expect((try? DocumentNumber(Text(text))) == nil)
    }
  }
}

@Suite struct MoneyTests {
  @Test(arguments: [
    ("13,5 tỷ đồng", "", "13.5", "13500000000"), ("trên 13 tỷ đồng", "trên", "13", "13000000000"),
    ("900 triệu đồng", "", "900", "900000000"), ("1.500.000 đồng", "", "1500000", "1500000"),
    ("gần 1,25 tỉ đồng", "gần", "1.25", "1250000000"), ("0 đồng", "", "0", "0"),
    ("2,5 nghìn tỷ đồng", "", "2.5", "2500000000000"), ("15 ngàn đồng", "", "15", "15000"),
    ("0,0005 nghìn đồng", "", "0.0005", "0.5"), ("-0,5 triệu đồng", "", "-0.5", "-500000"),
    ("0,05 tỷ đồng", "", "0.05", "50000000"),
  ])
  func reads(
    text: String, hedge: String, number: String, dong: String
  ) throws {
    let money = try Money(Text(text))
    #expect(money.figure.hedge?.rawValue ?? "" == hedge)
    #expect(String(decoding: money.figure.decimal, as: UTF8.self) == number)
    #expect(String(decoding: money.dong, as: UTF8.self) == dong)
  }

  @Test(arguments: [
    ("13,5 tỷ", "lỗi[V051]", "13,5 tỷ đồng"), ("trên 13 tỷ", "lỗi[V051]", "trên 13 tỷ đồng"),
    ("1.500.000", "lỗi[V051]", "1.500.000 đồng"), ("5 triệu VNĐ", "lỗi[V051]", "5 triệu đồng"),
    ("1.500.000 đ", "lỗi[V051]", "1.500.000 đồng"), ("5 USD", "lỗi[V050]", ""),
    ("5%", "lỗi[V050]", ""), ("nhiều tiền", "lỗi[V010]", ""), ("1,400 đồng", "lỗi[V011]", "1.400"),
  ])
  func explains(text: String, code: String, hint: String) {
    let found = problem { () throws(Diagnostic) in _ = try Money(Text(text)) }
    #expect(found.hasPrefix(code) && (hint.isEmpty || found.contains(hint)), "\(found)")
  }

  /// The same amount in every unit is the same number of đồng.
  @Test func unitsAgree() throws {
    var random = FixedRandom(seed: 12)
    for _ in 0..<5000 {
      let amount = Int.random(in: 1...9_999_999, using: &random) * 100_000
      let wanted = String(amount)
      for (unit, zeros) in [("đồng", 0), ("nghìn đồng", 3), ("triệu đồng", 6), ("tỷ đồng", 9)] {
        let padded = String(repeating: "0", count: max(0, zeros + 1 - wanted.count)) + wanted
        let fraction = String(padded.suffix(zeros))
        // A group of three after the comma would be ambiguous.
        let comma = zeros == 0 ? "" : ",\(fraction)0"
        let text = "\(padded.dropLast(zeros))\(comma) \(unit)"
        let dong = String(decoding: try Money(Text(text)).dong, as: UTF8.self)
        #expect(dong == wanted || dong == wanted + ".0", "\(text)")
      }
    }
  }

  @Test func hugeTexts() throws {
    let digits = String(repeating: "9", count: 2_000_000)
    #expect(try Money(Text(digits + " tỷ đồng")).dong.count == 2_000_009)
    #expect((try? Money(Text(digits))) == nil)
    let words = "5 " + String(repeating: "tỷ ", count: 200_000)
    #expect((try? Money(Text(words))) == nil)
  }
}

@Suite struct PersonTests {
  @Test(arguments: [
    ("Nguyễn Văn A, Phó Bí thư Quận ủy", "", "Nguyễn Văn A", "A", "Phó Bí thư Quận ủy"),
    (
      "đồng chí Lê Thị Bình, Ủy viên, Trưởng ban", "đồng chí", "Lê Thị Bình", "Bình",
      "Ủy viên, Trưởng ban"
    ),
    ("Ông Trần Đức, Chủ tịch", "Ông", "Trần Đức", "Đức", "Chủ tịch"),
    ("H'Hen Niê, Bí thư", "", "H'Hen Niê", "Niê", "Bí thư"),
  ])
  func reads(text: String, address: String, name: String, given: String, title: String) throws {
    let person = try Person(Text(text))
    #expect(person.address?.string ?? "" == address)
    #expect(person.name.string == name)
    #expect(person.givenName.string == given)
    #expect(person.title.string == title)
  }

  @Test(arguments: [
    ("Nguyễn Văn A - Phó Bí thư", "lỗi[V061]", "viết Nguyễn Văn A, Phó Bí thư"),
    ("Nguyễn Văn A – Phó Bí thư", "lỗi[V061]", "viết Nguyễn Văn A, Phó Bí thư"),
    ("Nguyễn Văn A", "lỗi[V060]", ""), ("A, Bí thư", "lỗi[V060]", ""),
    (", Bí thư", "lỗi[V060]", ""),
    ("Nguyễn Văn A,", "lỗi[V060]", ""), ("nguyễn văn a, Bí thư", "lỗi[V060]", ""),
    ("TS. Nguyễn Văn A, Bí thư", "lỗi[V060]", ""), ("Nguyễn  Văn A, Bí thư", "lỗi[V060]", ""),
    ("Nguyễn Văn 5, Bí thư", "lỗi[V060]", ""), ("", "lỗi[V060]", ""),
  ])
  func explains(text: String, code: String, hint: String) {
    let found = problem { () throws(Diagnostic) in _ = try Person(Text(text)) }
    #expect(found.hasPrefix(code) && (hint.isEmpty || found.contains(hint)), "\(found)")
  }

  @Test func hugeTexts() throws {
    let long = String(repeating: "Nguyễn ", count: 100_000)
    #expect((try? Person(Text(long))) == nil)
    #expect((try? Person(Text(long + ", Bí thư"))) == nil)
    #expect(try Person(Text("Nguyễn An, " + long)).title.count > 600_000)
  }
}
