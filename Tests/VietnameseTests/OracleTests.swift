import CaseFiles
import Foundation
import Testing
import Vietnamese

extension Int {
  /// Tells whether no group of three digits but the first, and zeros at the end, is less than 100.
  fileprivate var saysAllHundreds: Bool {
    var rest = self
    while rest.isMultiple(of: 1000) { rest /= 1000 }
    while rest >= 1000 {
      if rest % 1000 < 100 { return false }
      rest /= 1000
    }
    return true
  }
}

/// What ICU and vn-numberwords say of numbers and of the alphabet, with the known differences.
@Suite struct OracleTests {
  private static let python = Tool("python3")
  private static let script =
    packageRoot(ofTest: #filePath) + "/Tests/VietnameseTests/oracle.py"

  /// The answers of the oracle, one for each line; nil where the oracle is not installed.
  private static func answers(_ mode: String, _ lines: [String]) throws -> [String]? {
    let (status, output) = try python.run(
      [script, mode], input: Data((lines.joined(separator: "\n") + "\n").utf8))
    guard status == 0 else { return nil }
    return output.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(
      String.init)
  }

  private static let hasICU = (try? answers("spell", ["1"])) ?? nil == ["một"]
  private static let hasNumberWords = (try? answers("words", ["1"])) ?? nil == ["một"]

  /// 0 to 10,000, many numbers to a million, and some beyond.
  private static let numbers: [Int] = {
    var random = FixedRandom(seed: 3)
    return Array(0...10_000) + stride(from: 10_001, to: 1_000_000, by: 97)
      + (0..<3000).map { _ in Int.random(in: 1_000_000...999_999_999_999, using: &random) }
      + [1_000_000, 1_000_005, 1_005_000, 2_000_000_000, 5_000_000_000_000]
  }()

  // The differences from ICU, all of them:
  // 1. it says «lẻ» where we say «linh», unless told otherwise;
  // 2. from a million on it skips groups of zeros and says nothing of hundreds that are 0: 1.005.000 is
  //    its «một triệu năm nghìn», and 1.000.005 its «một triệu lẻ năm».
  @Test("ICU says the same numbers", .enabled(if: hasICU, "needs PyICU: .ci/install --test"))
  func numbersAreThoseOfICU() throws {
    // Beyond a million those are compared of which no group lacks its hundreds.
    let compared = Self.numbers.filter { $0 < 1_000_000 || $0.saysAllHundreds }
    #expect(compared.count > 21_000)
    let known = try #require(try Self.answers("spell", compared.map(String.init)))
    for (number, said) in zip(compared, known) {
      #expect(words(String(number)) { $0.zeroTens = "lẻ" } == said, "\(number)")
    }
    let skipped = try #require(try Self.answers("spell", ["1000005", "1005000"]))
    #expect(skipped == ["một triệu lẻ năm", "một triệu năm nghìn"])
  }

  // The differences from vn-numberwords 0.2.0, all of them:
  // 1. it says «bốn» behind «mươi»;
  // 2. it says «năm» behind «mươi» where something stands before, «một trăm bảy mươi năm»;
  // 3. it skips groups of zeros, as we do with `nhom_khong=false`.
  @Test(
    "vn-numberwords says the same numbers",
    .enabled(if: hasNumberWords, "needs vn-numberwords: .ci/install --test"))
  func numbersAreThoseOfNumberWords() throws {
    let known = try #require(try Self.answers("words", Self.numbers.map(String.init)))
    for (number, said) in zip(Self.numbers, known) {
      let own = words(String(number)) {
        ($0.four, $0.saysZeroGroups) = ("bốn", false)
      }
      let alike = [own, said].map { $0.replacing("mươi lăm", with: "mươi năm") }
      #expect(alike[0] == alike[1], "\(number)")
    }
  }

  // MARK: - The alphabet

  /// Syllables of every beginning, vowel and ending, with every tone.
  private static let syllables: [String] = {
    let vowels = ["a", "ă", "â", "e", "ê", "i", "o", "ô", "ơ", "u", "ư", "y", "iê", "ươ", "uô"]
    let marks = ["", "\u{300}", "\u{309}", "\u{303}", "\u{301}", "\u{323}"]
    return ["", "b", "c", "ch", "d", "đ", "gh", "h", "kh", "ng", "ph", "tr", "x"].flatMap { start in
      vowels.flatMap { vowel in
        ["", "c", "m", "n", "ng", "t"].flatMap { end in
          marks.map { (start + vowel + $0 + end).precomposedStringWithCanonicalMapping }
        }
      }
    }
  }()

  private static let names: [String] = {
    let families = [
      "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Vũ", "Võ", "Đặng", "Đỗ", "Dương",
    ]
    let middles = ["Văn", "Thị", "Đức", "Minh", "Thị Thu", "Ngọc", "Xuân", "Quốc", "Thanh"]
    let given = [
      "An", "Ân", "Anh", "Ánh", "Bình", "Bính", "Chi", "Dung", "Dũng", "Đông", "Đồng", "Hà", "Hạ",
      "Hạnh", "Hằng", "Hân", "Hậu", "Thủy", "Tú", "Tư", "Yến", "Ý",
    ]
    return families.flatMap { family in
      middles.flatMap { middle in given.map { "\(family) \(middle) \($0)" } }
    }
  }()

  // The differences from ICU's order for Vietnamese, all of them:
  // 1. ours goes syllable by syllable, as dictionaries do: a tone in the first syllable outranks a
  //    letter in the second, «bà An» stands before «bá Cầu» and behind «ba Đình»;
  // 2. syllables that differ only in the place of the tone mark, hòa and hoà, are equal;
  // 3. spaces and signs do not count, and numbers are in the order of their values.
  @Test("ICU has the same alphabet", .enabled(if: hasICU, "needs PyICU: .ci/install --test"))
  func orderIsThatOfICU() throws {
    var random = FixedRandom(seed: 8)
    let pairs = (0..<4000).map { _ in
      let two = (0..<2).map { _ in Self.syllables.randomElement(using: &random) ?? "" }
      return two.joined(separator: " ")
    }
    let texts = Set(Self.syllables + Self.names + pairs).sorted().map { ($0, sortKey(bytes($0))) }
    #expect(texts.count > 12_000)
    let ordered = texts.sorted { $0.1.lexicographicallyPrecedes($1.1) }
    for (left, right) in zip(ordered, ordered.dropFirst()) {
      #expect(left.1 != right.1, "\(left.0) = \(right.0)")
    }
    let answers = try #require(try Self.answers("order", ordered.map(\.0)))
    #expect(answers.count == ordered.count - 1)
    var differences = 0
    for (answer, pair) in zip(answers, zip(ordered, ordered.dropFirst())) {
      let (whole, bySyllable) = (answer.hasPrefix("-1"), answer.hasSuffix(" -1"))
      #expect(bySyllable, "\(pair.0.0) < \(pair.1.0)")
      if !whole {
        differences += 1
        // Only with several syllables does the whole differ.
        #expect("\(pair.0.0)\(pair.1.0)".contains(" "), "\(pair.0.0) < \(pair.1.0)")
      }
    }
    #expect(differences > 0)
  }

  @Test("people are in the order of given names, by ICU", .enabled(if: hasICU, "needs PyICU"))
  func peopleAreInOrderByICU() throws {
    let ordered = Self.names.map { name in (name, personKey(name)) }
      .sorted { $0.1.lexicographicallyPrecedes($1.1) }.map(\.0)
    // The same names with the given name first are in the order of the syllables.
    let turned = ordered.map { name in
      let words = name.split(separator: " ")
      return ([words[words.count - 1], words[0]] + words[1..<(words.count - 1)])
        .joined(separator: " ")
    }
    let answers = try #require(try Self.answers("order", turned))
    for (answer, pair) in zip(answers, zip(turned, turned.dropFirst())) {
      #expect(answer.hasSuffix(" -1"), "\(pair.0) < \(pair.1)")
    }
  }
}
