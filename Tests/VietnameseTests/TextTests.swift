import CaseFiles
import Testing
import Vietnamese

private func string(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

@Suite struct LetterCaseTests {
  @Test func everyScalarAsSwiftHasIt() {
    for value in UInt32(0)...0x1FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let text = String(scalar)
      #expect(string(uppercased(bytes(text))) == text.uppercased())
      #expect(string(lowercased(bytes(text))) == text.lowercased())
    }
  }

  @Test func mixedTextsAsSwiftHasThem() {
    var random = FixedRandom(seed: 4)
    let scalars = Array(
      "aZ19 .–“”đĐƯưỡỮÝỹỵ×÷ßÿµ§éÉçÅñЖжΣσς🙂e\u{301}Ǆİıﬁ".unicodeScalars)
    for _ in 0..<5000 {
      var view = String.UnicodeScalarView()
      for _ in 0..<Int.random(in: 0...8, using: &random) {
        view.append(scalars.randomElement(using: &random) ?? "a")
      }
      let text = String(view)
      #expect(
        string(uppercased(bytes(text))).unicodeScalars.elementsEqual(
          text.uppercased().unicodeScalars))
      #expect(
        string(lowercased(bytes(text))).unicodeScalars.elementsEqual(
          text.lowercased().unicodeScalars))
    }
  }

  @Test(arguments: [
    ("ủy ban nhân dân", "Ủy ban nhân dân"), ("“năm Dân vận”", "“Năm Dân vận”"), ("", ""),
    ("đảng ủy", "Đảng ủy"), ("5 xã", "5 xã"), ("«ưu điểm»", "«Ưu điểm»"), ("“", "“"),
    ("“““““ủy", "“““““ủy"),
  ])
  func capitalizes(text: String, wanted: String) {
    #expect(written { appendCapitalized(bytes(text), to: &$0) } == wanted)
  }
}

@Suite struct ToneMarkTests {
  @Test(arguments: [
    ("hòa bình", "hoà bình"), ("mạnh khỏe", "mạnh khoẻ"), ("thủy lợi", "thuỷ lợi"),
    ("Ủy ban", "Uỷ ban"), ("HUYỆN ỦY ĐỊNH HÓA", "HUYỆN UỶ ĐỊNH HOÁ"), ("lũy kế,", "luỹ kế,"),
    ("xóa-bỏ", "xoá-bỏ"),
  ])
  func moves(old: String, new: String) {
    #expect(written { appendToneMarks(of: bytes(old), in: .new, to: &$0) } == new)
    #expect(written { appendToneMarks(of: bytes(new), in: .old, to: &$0) } == old)
    #expect(written { appendToneMarks(of: bytes(old), in: .old, to: &$0) } == old)
    #expect(written { appendToneMarks(of: bytes(new), in: .new, to: &$0) } == new)
  }

  @Test(arguments: [
    "hoàn", "khoét", "thuyền", "hoài", "quý", "quà", "già", "Quỳ", "khuya", "hoa", "của",
    "nghĩa", "khuỷu", "ngoằn ngoèo", "𝔥òa", "hòä", "số 5", "",
  ])
  func leavesAlone(text: String) {
    for style in [ToneStyle.old, .new] {
      #expect(written { appendToneMarks(of: bytes(text), in: style, to: &$0) } == text)
    }
  }
}

@Suite struct CollationTests {
  /// Texts of many kinds of characters have the keys that the plainest way to make them gives.
  @Test func keysOfMixedTexts() {
    var random = FixedRandom(seed: 5)
    let scalars = Array(
      "aBđĐỡƯưẾệyzF 0019 .–“\u{A0}ªµßÿĀıǰЖжΣﬁ🙂\u{301}\u{345}\u{20D0}ñƠẹỹ-a0".unicodeScalars)
    for _ in 0..<5000 {
      var view = String.UnicodeScalarView()
      for _ in 0..<Int.random(in: 0...12, using: &random) {
        view.append(scalars.randomElement(using: &random) ?? "a")
      }
      let text = String(view)
      #expect(sortKey(bytes(text)) == SortKeyReference().key(of: text), "\(text)")
    }
  }

  /// Each list stands in dictionary order.
  @Test(arguments: [
    ["ba Đình", "bà An", "bá Cầu"],
    ["a", "à", "ả", "ã", "á", "ạ", "ă", "ằ", "â", "ậ", "b"],
    ["d", "đ", "e", "ê", "f", "g", "h", "i", "j", "k", "o", "ô", "ơ", "p", "u", "ư", "v", "w"],
    ["ba", "Ba", "bà", "ban", "bán"],
    ["Phường 2", "Phường 10", "Phường 010a", "Phường Bồ Đề"],
    ["hoa", "hòa", "hoan", "hoàn"],
    ["Đông Anh", "Đồng Tháp", "Đống Đa"],
    ["", "1", "a", "z", "ж"],
    ["kinh tế", "kinh tế - xã hội", "kinh tế xanh"],
  ])
  func ordersLikeADictionary(_ list: [String]) {
    let keys = list.map { sortKey(bytes($0)) }
    for (index, left) in keys.enumerated() {
      for (right, other) in keys.enumerated() {
        #expect(
          left.lexicographicallyPrecedes(other) == (index < right),
          "\(list[index]) < \(list[right])")
      }
    }
  }

  @Test func placementOfToneDoesNotMatter() {
    #expect(sortKey(bytes("hòa")) == sortKey(bytes("hoà")))
    #expect(sortKey(bytes("Ủy ban")) == sortKey(bytes("Uỷ ban")))
    #expect(sortKey(bytes("kinh tế – xã hội")) == sortKey(bytes("kinh tế - xã hội")))
  }

  @Test func longTextsTakeLinearTime() {
    func time(_ count: Int) -> Double {
      let text = bytes(String(repeating: "ủy1", count: count))
      return threadSeconds { #expect(sortKey(text).count > count * 3) }
    }
    _ = time(2000)
    let (short, long) = (time(50_000), time(200_000))
    #expect(long < short * 12, "\(short) s, \(long) s")
  }
}

@Suite struct PlainLetterTests {
  @Test(arguments: [
    ("Sơ kết", "So ket"), ("ĐƯỜNG đi", "DUONG di"), ("tin-bai", "tin-bai"), ("ữ", "u"),
    ("u\u{31B}\u{303}", "u"), ("", ""), ("日本 é", "日本 e"),
  ])
  func marksAreDropped(_ text: String, plain: String) {
    #expect(withoutMarks(text) == plain)
  }
}

/// Sort keys made scalar by scalar, by a dictionary of the letters.
private struct SortKeyReference {
  private let places: [Unicode.Scalar: (rank: UInt8, tone: UInt8, isCapital: Bool)]

  init() {
    let letters = Array("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz".unicodeScalars)
    let vowels = [
      "aàảãáạ", "ăằẳẵắặ", "âầẩẫấậ", "eèẻẽéẹ", "êềểễếệ", "iìỉĩíị", "oòỏõóọ", "ôồổỗốộ", "ơờởỡớợ",
      "uùủũúụ", "ưừửữứự", "yỳỷỹýỵ",
    ]
    var places: [Unicode.Scalar: (rank: UInt8, tone: UInt8, isCapital: Bool)] = [:]
    for row in vowels + letters.map({ String($0) }) {
      let rank = letters.firstIndex(of: row.unicodeScalars.first ?? "a") ?? 0
      for (tone, scalar) in row.unicodeScalars.enumerated() {
        let capital = scalar.properties.uppercaseMapping.unicodeScalars.first ?? scalar
        places[scalar] = (UInt8(rank), UInt8(tone), false)
        places[capital] = (UInt8(rank), UInt8(tone), true)
      }
    }
    self.places = places
  }

  func key(of text: String) -> [UInt8] {
    var (key, cases, tones, digits): ([UInt8], [UInt8], [UInt8], String) = ([], [], [], "")
    var isInSyllable = false
    func endSyllable() {
      if isInSyllable { key += [1] + (tones.isEmpty ? [2] : tones) }
      (isInSyllable, tones) = (false, [])
    }
    func endDigits() {
      if digits.isEmpty { return }
      let significant = digits.utf8.drop { $0 == UInt8(ascii: "0") }
      key += [8, 0, 0, 0, UInt8(significant.count)] + significant
      digits = ""
    }
    for scalar in text.unicodeScalars {
      let properties = scalar.properties
      if ("0"..."9").contains(scalar) {
        endSyllable()
        digits.unicodeScalars.append(scalar)
      } else if let place = places[scalar] {
        endDigits()
        isInSyllable = true
        key.append(0x10 + place.rank)
        cases.append(place.isCapital ? 1 : 0)
        if place.tone > 0 { tones.append(2 + place.tone) }
      } else if properties.isAlphabetic || properties.generalCategory == .nonspacingMark {
        endDigits()
        isInSyllable = true
        key += properties.lowercaseMapping.utf8
        cases.append(String(scalar) == properties.lowercaseMapping ? 0 : 1)
      } else {
        endSyllable()
        endDigits()
      }
    }
    endSyllable()
    endDigits()
    return key + [0] + cases
  }
}
