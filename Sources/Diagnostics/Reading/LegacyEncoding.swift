import Texts

/// An encoding of Vietnamese from before Unicode, which files from old office PCs still have.
struct LegacyEncoding {
  /// Letters by their bytes, one or two.
  private var letters: [[UInt8]: LegacyLetter] = [:]

  /// TCVN 5712:1993 VN3, also called ABC: one byte for each letter, the same for small letters and
  /// capitals with tones.
  static let tcvn3: LegacyEncoding = {
    var encoding = LegacyEncoding()
    encoding.add("ĂÂÊÔƠƯĐăâêôơưđ", from: 0xA1)
    encoding.add("àảãáạ", from: 0xB5)
    encoding.add("ằẳẵắ", from: 0xBB)
    encoding.add("ặầẩẫấậè", from: 0xC6)
    encoding.add("ẻẽéẹềểễếệìỉ", from: 0xCE)
    encoding.add("ĩíịò", from: 0xDC)
    encoding.add("ỏõóọồổỗốộờởỡớợù", from: 0xE1)
    encoding.add("ủũúụừửữứựỳỷỹýỵ", from: 0xF1)
    return encoding
  }()

  /// Windows-1258: a letter, and behind it one byte for its tone.
  static let windows1258: LegacyEncoding = {
    var encoding = LegacyEncoding()
    for (letters, start) in [
      ("àáâă", 0xC0), ("èéê", 0xC8), ("í", 0xCD), ("đ", 0xD0), ("óôơ", 0xD3), ("ùú", 0xD9),
      ("ư", 0xDD),
    ] as [(String, UInt8)] {
      encoding.add(letters, from: start)
      encoding.add(letters, from: start + 0x20)
    }
    for vowel in LegacyLetter.vowels {
      for bytes in encoding.bytes(ofPlain: vowel) {
        for tone: UInt8 in [0xCC, 0xD2, 0xDE, 0xEC, 0xF2] {
          encoding.letters[bytes + [tone]] = LegacyLetter(base: vowel, hasTone: true)
        }
      }
    }
    return encoding
  }()

  /// VNI for Windows: a plain vowel, and behind it one byte for its marks.
  static let vni: LegacyEncoding = {
    var encoding = LegacyEncoding()
    let tones: [UInt8] = [0xF8, 0xFB, 0xF5, 0xF9, 0xEF]
    for (letter, byte) in [
      ("đ", 0xF1), ("ơ", 0xF4), ("ư", 0xF6), ("ì", 0xEC), ("í", 0xED), ("ỉ", 0xE6), ("ĩ", 0xF3),
      ("ị", 0xF2), ("ỵ", 0xEE),
    ] as [(String, UInt8)] {
      encoding.add(letter, from: byte)
      encoding.add(letter, from: byte - 0x20)
    }
    for (vowel, letter) in [
      (0x61, "a"), (0x65, "e"), (0x6F, "o"), (0x75, "u"), (0x79, "y"), (0xF4, "ơ"), (0xF6, "ư"),
    ] as [(UInt8, Character)] {
      encoding.addMarked(vowel, tones, LegacyLetter(base: letter, hasTone: true))
    }
    for (vowel, hat) in [(0x61, "â"), (0x65, "ê"), (0x6F, "ô")] as [(UInt8, Character)] {
      encoding.addMarked(vowel, [0xE2], LegacyLetter(base: hat, hasTone: false))
      encoding.addMarked(
        vowel, [0xE0, 0xE5, 0xE3, 0xE1, 0xE4], LegacyLetter(base: hat, hasTone: true))
    }
    encoding.addMarked(0x61, [0xEA], LegacyLetter(base: "ă", hasTone: false))
    encoding.addMarked(
      0x61, [0xE8, 0xFA, 0xFC, 0xE9, 0xEB], LegacyLetter(base: "ă", hasTone: true))
    return encoding
  }()

  private mutating func add(_ letters: String, from start: UInt8) {
    for (index, letter) in letters.enumerated() {
      self.letters[[start + UInt8(index)]] = LegacyLetter(letter)
    }
  }

  /// Adds a vowel with each of some marks, in small letters and capitals.
  private mutating func addMarked(_ vowel: UInt8, _ marks: [UInt8], _ letter: LegacyLetter) {
    for mark in marks {
      for bytes in [[vowel, mark], [vowel - 0x20, mark], [vowel - 0x20, mark - 0x20]] {
        letters[bytes] = letter
      }
    }
  }

  /// The bytes that stand for a vowel without a tone, small and capital.
  private func bytes(ofPlain vowel: Character) -> [[UInt8]] {
    if let ascii = vowel.asciiValue { return [[ascii], [ascii - 0x20]] }
    return letters.filter { $0.key.count == 1 && $0.value.base == vowel && !$0.value.hasTone }
      .map(\.key)
  }

  /// Tells whether a word is one that Vietnamese can have, read in this encoding.
  func isSyllable(_ word: ArraySlice<UInt8>) -> Bool {
    var bases = ""
    var tones = 0
    var rest = word
    while let first = rest.first {
      if let letter = letters[Array(rest.prefix(2))], rest.count > 1 {
        (rest, bases, tones) = (rest.dropFirst(2), bases + [letter.base], tones + letter.tones)
      } else if let letter = letters[[first]] {
        (rest, bases, tones) = (rest.dropFirst(), bases + [letter.base], tones + letter.tones)
      } else if first < 0x80 {
        (rest, bases) = (rest.dropFirst(), bases + Character(Unicode.Scalar(first)).lowercased())
      } else {
        return false
      }
    }
    return tones < 2 && VietnameseSyllable.holds(bases)
  }
}

/// A letter apart from its tone.
private struct LegacyLetter {
  let base: Character
  let hasTone: Bool

  var tones: Int { hasTone ? 1 : 0 }

  static let vowels = families.compactMap(\.first)

  /// The vowels, each with the tones behind it.
  private static let families = [
    "aàảãáạ", "ăằẳẵắặ", "âầẩẫấậ", "eèẻẽéẹ", "êềểễếệ", "iìỉĩíị", "oòỏõóọ", "ôồổỗốộ", "ơờởỡớợ",
    "uùủũúụ",
    "ưừửữứự", "yỳỷỹýỵ",
  ]

  init(base: Character, hasTone: Bool) { (self.base, self.hasTone) = (base, hasTone) }

  init(_ letter: Character) {
    let small = Character(letter.lowercased())
    let family = LegacyLetter.families.first { $0.contains(small) }
    base = family?.first ?? small
    hasTone = base != small
  }
}

/// The form of Vietnamese syllables: a beginning, vowels, and an end.
private enum VietnameseSyllable {
  /// Tells whether letters without tones are a syllable.
  static func holds(_ letters: String) -> Bool {
    beginnings.contains { beginning in
      guard letters.hasPrefix(beginning) else { return false }
      let rest = letters.dropFirst(beginning.count)
      return open.contains(rest)
        || ends.contains { rest.hasSuffix($0) && closed.contains(rest.dropLast($0.count)) }
    }
  }

  private static let beginnings =
    words(
      "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph q r s t th tr v x") + [""]
  private static let ends = words("c ch m n ng nh p t")
  /// Vowels that an end may follow.
  private static let closed = Set(
    words("a ă â e ê i o ô ơ u ư y iê oa oă oe oo uâ uê uô uy uyê ươ yê ua uă ue"))
  /// Vowels that end a syllable.
  private static let open = closed.union(
    words(
      "ai ao au ay âu ây eo êu ia iêu iu oai oao oay oeo oi ôi ơi uây ui uôi uơ uya uyu ưa ưi ươi ươu ưu"
        + " yêu uai uao uau uay ueo"))

  private static func words(_ list: String) -> [Substring] { list.split(separator: " ") }
}
