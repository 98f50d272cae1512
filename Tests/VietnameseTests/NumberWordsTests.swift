import CaseFiles
import Diagnostics
import Foundation
import Testing
import Texts
import Vietnamese

/// A number in words.
func words(_ decimal: String, _ change: (inout NumberWords) -> Void = { _ in }) -> String {
  var words = NumberWords()
  change(&words)
  return written { _ = words.append(decimal: Array(decimal.utf8)[...], to: &$0) }
}

@Suite struct NumberWordsTests {
  @Test(arguments: [
    ("0", "không"), ("000", "không"), ("4", "bốn"), ("5", "năm"), ("10", "mười"),
    ("11", "mười một"), ("14", "mười bốn"), ("15", "mười lăm"), ("20", "hai mươi"),
    ("21", "hai mươi mốt"), ("24", "hai mươi tư"), ("25", "hai mươi lăm"), ("34", "ba mươi tư"),
    ("100", "một trăm"), ("101", "một trăm linh một"), ("104", "một trăm linh bốn"),
    ("105", "một trăm linh năm"), ("110", "một trăm mười"), ("111", "một trăm mười một"),
    ("115", "một trăm mười lăm"), ("121", "một trăm hai mươi mốt"),
    ("1000", "một nghìn"), ("1001", "một nghìn không trăm linh một"),
    ("1010", "một nghìn không trăm mười"), ("1021", "một nghìn không trăm hai mươi mốt"),
    ("2024", "hai nghìn không trăm hai mươi tư"), ("10005", "mười nghìn không trăm linh năm"),
    ("100000", "một trăm nghìn"), ("1200000", "một triệu hai trăm nghìn"),
    ("1000005", "một triệu không nghìn không trăm linh năm"),
    ("1005000", "một triệu không trăm linh năm nghìn"),
    ("1000000000", "một tỷ"), ("1000000005", "một tỷ không triệu không nghìn không trăm linh năm"),
    ("1005000000", "một tỷ không trăm linh năm triệu"),
    ("5000000000000", "năm nghìn tỷ"), ("12000000000000000", "mười hai triệu tỷ"),
    ("1000000000000000000", "một tỷ tỷ"),
    ("1000000005000000000", "một tỷ không triệu không nghìn không trăm linh năm tỷ"),
    ("1000000000000000005", "một tỷ tỷ không triệu không nghìn không trăm linh năm"),
    ("-7", "âm bảy"), ("-0.5", "âm không phẩy năm"), ("13.5", "mười ba phẩy năm"),
    ("13.50", "mười ba phẩy năm mươi"), ("13.05", "mười ba phẩy không năm"),
    ("13.25", "mười ba phẩy hai mươi lăm"), ("3.14", "ba phẩy mười bốn"),
    ("54.54", "năm mươi tư phẩy năm mươi tư"),
    ("375.406", "ba trăm bảy mươi lăm phẩy bốn trăm linh sáu"),
    ("9.001", "chín phẩy không trăm linh một"), ("0.032", "không phẩy không trăm ba mươi hai"),
    ("0.000", "không phẩy không không không"), ("3.1415", "ba phẩy một bốn một năm"),
  ])
  func says(_ decimal: String, _ wanted: String) { #expect(words(decimal) == wanted) }

  @Test func saysAsIsChosen() {
    #expect(words("105") { $0.zeroTens = "lẻ" } == "một trăm lẻ năm")
    #expect(words("2024") { $0.thousand = "ngàn" } == "hai ngàn không trăm hai mươi tư")
    #expect(words("24.34") { $0.four = "bốn" } == "hai mươi bốn phẩy ba mươi bốn")
    #expect(words("2000000000") { $0.billion = "tỉ" } == "hai tỉ")
    #expect(
      words("1000005") { $0.saysZeroGroups = false } == "một triệu không trăm linh năm")
    #expect(
      words("1000005000") { $0.saysZeroGroups = false } == "một tỷ không trăm linh năm nghìn")
    #expect(words("13.254") { $0.spellsFraction = true } == "mười ba phẩy hai năm bốn")
  }

  @Test(arguments: ["", "-", ".", "1.", ".5", "1,5", "1.2.3", "a", "--1", "1 000"])
  func refuses(_ text: String) {
    var bytes = ByteBuffer()
    #expect(!NumberWords().append(decimal: Array(text.utf8)[...], to: &bytes))
    #expect(bytes.count == 0)
  }

  @Test(arguments: [
    ("3/4", "ba phần tư"), ("1/2", "một phần hai"), ("5/100", "năm phần trăm"),
    ("1/1000", "một phần nghìn"), ("03/025", "ba phần hai mươi lăm"), ("1/0", ""), ("1/2/3", ""),
    ("1/", ""), ("a/4", ""),
  ])
  func saysFractions(_ text: String, _ wanted: String) {
    let said = written { _ = NumberWords().append(fraction: Array(text.utf8)[...], to: &$0) }
    #expect(said == wanted)
  }

  @Test func saysOrdinals() throws {
    func ordinal(_ number: Int) throws -> String {
      try written { try NumberWords().append(ordinal: number, at: nil, to: &$0) }
    }
    #expect(try ordinal(1) == "thứ nhất")
    #expect(try ordinal(2) == "thứ hai")
    #expect(try ordinal(4) == "thứ tư")
    #expect(try ordinal(14) == "thứ mười bốn")
    #expect(try ordinal(24) == "thứ hai mươi tư")
    #expect(throws: Diagnostic.self) { try ordinal(0) }
  }

  // MARK: - Laws

  /// What is said is read back as the number that was meant, whatever words are chosen, to all of
  /// 10,000 and for thousands of longer numbers with many zeros.
  @Test func isReadBack() throws {
    var random = FixedRandom(seed: 17)
    var numbers = (0...10_000).map(String.init)
    for _ in 0..<10_000 {
      let groups = (0..<Int.random(in: 1...13, using: &random)).map { _ -> String in
        let group = Bool.random(using: &random) ? Int.random(in: 0...999, using: &random) : 0
        return String(repeating: "0", count: 3 - String(group).count) + String(group)
      }
      let digits = groups.joined().drop { $0 == "0" }
      numbers.append(digits.isEmpty ? "0" : String(digits))
    }
    for number in numbers {
      for isSouthern in [false, true] {
        let said = words(number) {
          if isSouthern { ($0.zeroTens, $0.thousand, $0.four) = ("lẻ", "ngàn", "bốn") }
        }
        #expect(SpokenNumber(said).digits == number, "\(said)")
      }
      // Without groups of zeros it can be read back too.
      let short = words(number) { $0.saysZeroGroups = false }
      #expect(SpokenNumber(short).digits == number, "\(short)")
    }
  }

  /// No two decimals are said alike.
  @Test func noFractionsAreSaidAlike() {
    var said: [String: String] = [:]
    for count in 1...4 {
      for value in 0..<Int(pow(10, Double(count))) {
        let digits = String(repeating: "0", count: count - String(value).count) + String(value)
        let text = words("1.\(digits)")
        #expect(said.updateValue(digits, forKey: text) == nil, "\(text)")
      }
    }
  }

  @Test func longNumbersTakeLinearTime() {
    func time(_ count: Int) -> Double {
      let digits = [UInt8](repeating: UInt8(ascii: "7"), count: count)
      return threadSeconds {
        var bytes = ByteBuffer()
        #expect(NumberWords().append(decimal: digits[...], to: &bytes))
      }
    }
    _ = time(10_000)
    let (short, long) = (time(100_000), time(400_000))
    #expect(long < short * 12, "\(short) s, \(long) s")
  }
}

/// A number that was said, read word by word: only for tests, which ask whether words mean the
/// number that they were made of.
private struct SpokenNumber {
  /// The digits without leading zeros.
  let digits: String

  init(_ text: String) {
    var blocks = [0]
    var group = 0
    var pending: Int?
    for word in text.split(separator: " ") {
      switch word {
      case "trăm": (group, pending) = ((pending ?? 0) * 100, nil)
      case "linh", "lẻ": break
      case "mười": group += 10
      case "mươi": (group, pending) = (group + (pending ?? 0) * 10, nil)
      case "nghìn", "ngàn", "triệu":
        blocks[blocks.count - 1] += (group + (pending ?? 0)) * (word == "triệu" ? 1_000_000 : 1000)
        (group, pending) = (0, nil)
      case "tỷ", "tỉ":
        blocks[blocks.count - 1] += group + (pending ?? 0)
        (group, pending) = (0, nil)
        blocks.append(0)
      default: pending = Self.ones.firstIndex { $0.contains(String(word)) } ?? -1_000_000
      }
    }
    blocks[blocks.count - 1] += group + (pending ?? 0)
    let all = blocks.map { String(repeating: "0", count: 9 - String($0).count) + String($0) }
    let digits = all.joined().drop { $0 == "0" }
    self.digits = digits.isEmpty ? "0" : String(digits)
  }

  private static let ones = [
    ["không"], ["một", "mốt"], ["hai"], ["ba"], ["bốn", "tư"], ["năm", "lăm"], ["sáu"], ["bảy"],
    ["tám"], ["chín"],
  ]
}
