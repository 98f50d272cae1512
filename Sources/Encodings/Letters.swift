import Texts

/// A letter of Vietnamese, or f, j, w, z: its place in the alphabet, its tone, and whether it is a
/// capital. 0 is no letter.
struct Letter: BitwiseCopyable {
  let bits: UInt16

  static let none = Letter(bits: 0)

  init(bits: UInt16) { self.bits = bits }

  init(rank: UInt8, tone: UInt8, isCapital: Bool) {
    bits = UInt16(rank) | UInt16(tone) << 6 | (isCapital ? 1 << 9 : 0)
  }

  /// The place among ``alphabet``, counted from 1; 0 for no letter.
  @inline(__always) var rank: UInt8 { UInt8(truncatingIfNeeded: bits & 0x3F) }
  /// The place among ``Letters/tones``, 0 for none of them.
  @inline(__always) var tone: UInt8 { UInt8(truncatingIfNeeded: bits >> 6 & 7) }
  @inline(__always) var isCapital: Bool { bits & 1 << 9 != 0 }
  @inline(__always) var isLetter: Bool { bits != 0 }
}

/// What letters there are, by their scalars and back.
enum Letters {
  static let alphabet = Array("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz".unicodeScalars)

  /// The vowels, each with the five tones behind it: huyền, hỏi, ngã, sắc, nặng.
  private static let vowels = [
    "aàảãáạ", "ăằẳẵắặ", "âầẩẫấậ", "eèẻẽéẹ", "êềểễếệ", "iìỉĩíị", "oòỏõóọ", "ôồổỗốộ", "ơờởỡớợ",
    "uùủũúụ", "ưừửữứự", "yỳỷỹýỵ",
  ]

  /// The combining marks of the tones, in the same order.
  static let toneMarks: [UInt32] = [0x300, 0x309, 0x303, 0x301, 0x323]

  /// The place of a tone among ``toneMarks``.
  @inline(__always)
  static func tonePlace(_ mark: UInt32) -> Int {
    switch mark {
    case 0x300: 0
    case 0x309: 1
    case 0x303: 2
    case 0x301: 3
    default: 4
    }
  }

  static func rank(_ letter: Unicode.Scalar) -> UInt8 {
    alphabet.firstIndex(of: letter).map { UInt8(truncatingIfNeeded: $0 + 1) } ?? 0
  }

  /// The letters by their scalars, up to U+1EFF.
  static let table: [Letter] = {
    var table = [Letter](repeating: .none, count: 0x1F00)
    func add(_ small: Unicode.Scalar, _ rank: UInt8, _ tone: UInt8) {
      let capital = String(small).uppercased().unicodeScalars.first ?? small
      table[Int(small.value)] = Letter(rank: rank, tone: tone, isCapital: false)
      table[Int(capital.value)] = Letter(rank: rank, tone: tone, isCapital: true)
    }
    for letter in alphabet { add(letter, rank(letter), 0) }
    for family in vowels.map({ Array($0.unicodeScalars) }) {
      for (tone, letter) in family.enumerated() {
        add(letter, rank(family[0]), UInt8(truncatingIfNeeded: tone))
      }
    }
    return table
  }()

  /// The scalars of the letters by their bits; 0 where there is none, as for b with a tone.
  static let scalars: [UInt32] = {
    var scalars = [UInt32](repeating: 0, count: 1 << 10)
    for (scalar, letter) in table.enumerated() where letter.isLetter {
      scalars[Int(letter.bits)] = UInt32(scalar)
    }
    return scalars
  }()

  @inline(__always)
  static func letter(_ scalar: UInt32) -> Letter {
    scalar < 0x1F00 ? table[Int(scalar)] : .none
  }

  /// A combining mark by what it does to a letter.
  struct Mark: BitwiseCopyable, Equatable {
    /// 0 for one that Vietnamese does not have, 1 to 3 for those that make another letter, 4 to 8 for
    /// the tones.
    let rawValue: UInt8

    @inline(__always) var isTone: Bool { rawValue > 3 }
  }

  static let noMark = Mark(rawValue: 0)

  /// The marks U+0300…U+033F.
  static let marks: [Mark] = (UInt32(0x300)..<0x340).map { mark in
    if let tone = toneMarks.firstIndex(of: mark) {
      return Mark(rawValue: UInt8(truncatingIfNeeded: tone + 4))
    }
    return Mark(rawValue: mark == 0x302 ? 1 : mark == 0x306 ? 2 : mark == 0x31B ? 3 : 0)
  }

  /// For each letter by its bits eight places: what the marks that make another letter make of it.
  static let joined: [Letter] = (0..<UInt16(1 << 10)).flatMap { bits in
    ([0, 0x302, 0x306, 0x31B, 0, 0, 0, 0] as [UInt32]).map { mark in
      letter(Letter(bits: bits), adding: mark) ?? .none
    }
  }

  /// The letter with a mark: a tone, or one of the marks that make another letter of a vowel. nil
  /// where Vietnamese has no such letter.
  static func letter(_ letter: Letter, adding mark: UInt32) -> Letter? {
    guard letter.isLetter, letter.rank > 0, letter.rank <= alphabet.count else { return nil }
    if let place = toneMarks.firstIndex(of: mark) {
      let toned = Letter(
        rank: letter.rank, tone: UInt8(truncatingIfNeeded: place + 1), isCapital: letter.isCapital)
      return letter.tone == 0 && scalars[Int(toned.bits)] != 0 ? toned : nil
    }
    let hatted: Unicode.Scalar
    switch (mark, alphabet[Int(letter.rank) - 1]) {
    case (0x302, "a"): hatted = "â"
    case (0x302, "e"): hatted = "ê"
    case (0x302, "o"): hatted = "ô"
    case (0x306, "a"): hatted = "ă"
    case (0x31B, "o"): hatted = "ơ"
    case (0x31B, "u"): hatted = "ư"
    default: return nil
    }
    return Letter(rank: rank(hatted), tone: letter.tone, isCapital: letter.isCapital)
  }
}

extension ByteBuffer {
  @inline(__always)
  mutating func append(scalar: UInt32) {
    append(Int(EncodedScalar(scalar).length), of: UInt64(EncodedScalar(scalar).bytes))
  }
}

/// The UTF-8 of a scalar below U+10000, the first byte lowest.
struct EncodedScalar: BitwiseCopyable {
  let bytes: UInt32
  let length: UInt8

  /// The bytes of each scalar below U+2000, and their number on top.
  static let table: [UInt32] = (UInt32(0)..<0x2000).map { scalar in
    let encoded = EncodedScalar(scalar)
    return encoded.bytes | UInt32(encoded.length) << 24
  }

  @inline(__always)
  init(_ scalar: UInt32) {
    if scalar < 0x80 {
      (bytes, length) = (scalar, 1)
    } else if scalar < 0x800 {
      (bytes, length) = (0x80C0 | scalar >> 6 | (scalar & 0x3F) << 8, 2)
    } else if scalar < 0x10000 {
      bytes = 0x8080E0 | scalar >> 12 | (scalar >> 6 & 0x3F) << 8 | (scalar & 0x3F) << 16
      length = 3
    } else {
      let high = 0x8080_80F0 | scalar >> 18 | (scalar >> 12 & 0x3F) << 8
      bytes = high | (scalar >> 6 & 0x3F) << 16 | (scalar & 0x3F) << 24
      length = 4
    }
  }
}
