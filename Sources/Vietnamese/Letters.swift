import Texts

/// The six tones in dictionary order.
enum Tone: UInt8 {
  case ngang
  case huyen
  case hoi
  case nga
  case sac
  case nang
}

/// A character by its part in a Vietnamese text.
enum Letter {
  /// A letter with its place in ``Alphabet/letters`` and its tone: ế is ê with the tone sắc.
  case vietnamese(rank: UInt8, tone: Tone, isCapital: Bool)
  case digit(UInt8)
  /// A letter of another alphabet.
  case foreign(Unicode.Scalar)
  /// A space or a sign.
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

/// The Vietnamese alphabet with f, j, w and z, and tables of its letters.
enum Alphabet {
  /// The letters in the order of dictionaries, which put f, j, w and z where English has them.
  static let letters = Array("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz".unicodeScalars)

  /// The vowels, each with the six tones in the order of ``Tone``.
  private static let vowels = [
    "aàảãáạ", "ăằẳẵắặ", "âầẩẫấậ", "eèẻẽéẹ", "êềểễếệ", "iìỉĩíị", "oòỏõóọ", "ôồổỗốộ", "ơờởỡớợ",
    "uùủũúụ", "ưừửữứự", "yỳỷỹýỵ",
  ]

  /// The places of a to z among ``letters``.
  static let asciiRanks: [UInt8] = (0..<26).map { offset in
    rank(of: Unicode.Scalar(UInt8(ascii: "a") + offset))
  }

  /// The accented letters and đ at U+00C0…U+01B0 and then U+1EA0…U+1EF9; nil for other letters.
  private static let table: [Letter?] = makeTable()

  static func letter(of scalar: Unicode.Scalar) -> Letter? {
    index(of: scalar).flatMap { table[$0] }
  }

  /// The UTF-8 of a vowel with a tone; nil for a consonant.
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

/// The text in plain letters, without tones and other marks: `Sơ kết` is `So ket`.
///
/// For guesses at what a name was meant to be; two different words may give the same letters.
public func withoutMarks(_ text: String) -> String {
  var result = String.UnicodeScalarView()
  for scalar in text.decomposedScalars where !scalar.isMark {
    switch scalar {
    case "đ": result.append("d")
    case "Đ": result.append("D")
    default: result.append(scalar)
    }
  }
  return String(result)
}
