/// The six tones in dictionary order.
enum Tone: UInt8 {
  case ngang
  case huyen
  case hoi
  case nga
  case sac
  case nang
}

/// A character as Vietnamese sees it.
enum Letter {
  /// One of the letters a … z with ă â đ ê ô ơ ư, its place among them, its tone.
  case vietnamese(rank: UInt8, tone: Tone, isCapital: Bool)
  case digit(UInt8)
  /// A letter of another alphabet.
  case foreign(Unicode.Scalar)
  /// Spaces and signs.
  case separator

  init(_ scalar: Unicode.Scalar) {
    let value = Int(scalar.value)
    if value < 0x80 {
      self = Self.ascii(UInt8(value))
    } else if let found = Alphabet.letter(of: scalar) {
      self = found
    } else {
      self = scalar.properties.isAlphabetic || scalar.isMark ? .foreign(scalar) : .separator
    }
  }

  private static func ascii(_ byte: UInt8) -> Letter {
    if byte.isDigit { return .digit(byte) }
    let offset = (byte | 0x20) &- UInt8(ascii: "a")
    guard offset < 26 else { return .separator }
    let isCapital = byte & 0x20 == 0
    return .vietnamese(rank: Alphabet.asciiRanks[Int(offset)], tone: .ngang, isCapital: isCapital)
  }
}

/// The tables of the alphabet.
enum Alphabet {
  /// In dictionary order; f, j, w and z where dictionaries slot them.
  static let letters = Array("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz".unicodeScalars)

  /// The vowels with their tones, in the order of ``Tone``.
  private static let vowels = [
    "aàảãáạ", "ăằẳẵắặ", "âầẩẫấậ", "eèẻẽéẹ", "êềểễếệ", "iìỉĩíị", "oòỏõóọ", "ôồổỗốộ", "ơờởỡớợ",
    "uùủũúụ", "ưừửữứự", "yỳỷỹýỵ",
  ]

  static let asciiRanks: [UInt8] = (0..<26).map { offset in
    rank(of: Unicode.Scalar(UInt8(ascii: "a") + offset))
  }

  /// By scalar value, for U+00C0 … U+01B0 and then U+1EA0 … U+1EF9.
  private static let table: [Letter?] = makeTable()

  static func letter(of scalar: Unicode.Scalar) -> Letter? {
    index(of: scalar).flatMap { table[$0] }
  }

  /// The vowel of a rank with a tone, or nil for a consonant.
  static func vowel(rank: UInt8, tone: Tone, isCapital: Bool) -> [UInt8]? {
    let base = letters[Int(rank)]
    guard let row = vowels.first(where: { $0.unicodeScalars.first == base }) else { return nil }
    let vowel = Array(row.unicodeScalars)[Int(tone.rawValue)]
    return Array((isCapital ? String(vowel).uppercased() : String(vowel)).utf8)
  }

  static func rank(of scalar: Unicode.Scalar) -> UInt8 {
    UInt8(truncatingIfNeeded: letters.firstIndex(of: scalar) ?? 0)
  }

  private static func index(of scalar: Unicode.Scalar) -> Int? {
    switch scalar.value {
    case 0xC0...0x1B0: Int(scalar.value) - 0xC0
    case 0x1EA0...0x1EF9: Int(scalar.value) - 0x1EA0 + 0xF1
    default: nil
    }
  }

  private static func makeTable() -> [Letter?] {
    var table = [Letter?](repeating: nil, count: 0xF1 + 0x5A)
    func add(_ scalar: Unicode.Scalar, rank: UInt8, tone: Tone) {
      for (isCapital, text) in [(false, String(scalar)), (true, String(scalar).uppercased())] {
        guard let letter = text.unicodeScalars.first, let index = index(of: letter) else {
          continue
        }
        table[index] = .vietnamese(rank: rank, tone: tone, isCapital: isCapital)
      }
    }
    for vowel in vowels.map({ Array($0.unicodeScalars) }) {
      for (offset, scalar) in vowel.enumerated() {
        add(scalar, rank: rank(of: vowel[0]), tone: Tone(rawValue: UInt8(offset)) ?? .ngang)
      }
    }
    add("đ", rank: rank(of: "đ"), tone: .ngang)
    return table
  }
}

extension Unicode.Scalar {
  fileprivate var isMark: Bool { properties.generalCategory == .nonspacingMark }
}
