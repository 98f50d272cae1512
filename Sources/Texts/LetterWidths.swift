/// The advances of letters of Times New Roman and its metric twins, as their fonts have them.
public enum LetterWidths {
  /// The width of a line in thousandths of the size of its letters; a character that is not of the
  /// Latin alphabet counts as a whole one.
  public static func width(_ line: some StringProtocol, isBold: Bool) -> Int {
    var line = String(line)
    return line.withUTF8 { width($0.span, isBold: isBold) }
  }

  /// The same for a line in UTF-8.
  public static func width(_ line: Span<UInt8>, isBold: Bool) -> Int {
    let ascii = isBold ? boldASCII : regularASCII
    var width = 0
    var index = 0
    while index < line.count {
      if line[index] < 0x80 {
        width += ascii[Int(line[index])]
        index += 1
        continue
      }
      guard let letter = letter(line.scalar(at: index), isBold: isBold) else {
        return decomposedWidth(line, isBold: isBold)
      }
      width += letter
      index = line.scalarEnd(from: index)
    }
    return width
  }

  /// The width of any line: marks count by the letter that they stand on.
  private static func decomposedWidth(_ line: Span<UInt8>, isBold: Bool) -> Int {
    var width = 0
    var last: Unicode.Scalar = " "
    let text = line.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    for scalar in text.decomposedScalars {
      width += isBold ? bold(scalar, after: last) : regular(scalar, after: last)
      last = scalar.properties.isAlphabetic ? scalar : last
    }
    return width
  }

  private static let regularASCII = (UInt8.min..<0x80).map {
    regular(Unicode.Scalar($0), after: " ")
  }
  private static let boldASCII = (UInt8.min..<0x80).map { bold(Unicode.Scalar($0), after: " ") }

  /// The width of a letter of Vietnamese with its marks, or of a sign of its texts; nil for others.
  private static func letter(_ scalar: Unicode.Scalar, isBold: Bool) -> Int? {
    guard let plain = plain(scalar) else { return nil }
    let letter = isBold ? bold(plain.letter, after: " ") : regular(plain.letter, after: " ")
    guard plain.hasHorn else { return letter }
    return letter
      + (isBold ? bold(horn, after: plain.letter) : regular(horn, after: plain.letter))
  }

  /// A letter without its marks, and whether the horn of ơ and ư is one of them.
  private static func plain(
    _ scalar: Unicode.Scalar
  ) -> (letter: Unicode.Scalar, hasHorn: Bool)? {
    let value = scalar.value
    let capital: Unicode.Scalar
    switch value {
    case 0xA0, 0xAB, 0xB7, 0xBB, 0xD7, 0x110, 0x111, 0x2010...0x2027: return (scalar, false)
    case 0xC0...0xFF:
      switch value & 0xDF {
      case 0xC0...0xC3: capital = "A"
      case 0xC8...0xCA: capital = "E"
      case 0xCC, 0xCD: capital = "I"
      case 0xD2...0xD5: capital = "O"
      case 0xD9, 0xDA: capital = "U"
      case 0xDD: capital = "Y"
      default: return nil
      }
      return (value & 0x20 == 0 ? capital : capital.small, false)
    case 0x1A0: return ("O", true)
    case 0x1A1: return ("o", true)
    case 0x1AF: return ("U", true)
    case 0x1B0: return ("u", true)
    case 0x102, 0x103, 0x1EA0...0x1EB7: capital = "A"
    case 0x1EB8...0x1EC7: capital = "E"
    case 0x128, 0x129, 0x1EC8...0x1ECB: capital = "I"
    case 0x1ECC...0x1EE3: capital = "O"
    case 0x168, 0x169, 0x1EE4...0x1EF1: capital = "U"
    case 0x1EF2...0x1EF9: capital = "Y"
    default: return nil
    }
    let hasHorn = (0x1EDA...0x1EE3).contains(value) || (0x1EE8...0x1EF1).contains(value)
    return (value.isMultiple(of: 2) ? capital : capital.small, hasHorn)
  }

  private static func regular(_ scalar: Unicode.Scalar, after letter: Unicode.Scalar) -> Int {
    if scalar == horn { return letter == "o" ? 29 : letter == "u" ? 42 : letter == "U" ? 54 : 0 }
    return switch scalar {
    case "'": 180
    case "|": 200
    case " ", ",", ".", "\u{A0}": 250
    case "/", ":", ";", "\\", "i", "j", "l", "t": 278
    case "!", "(", ")", "-", "I", "[", "]", "`", "f", "r", "‘", "’", "·": 333
    case "J", "s": 389
    case "\"": 408
    case "?", "a", "c", "e", "z", "“", "”": 444
    case "^": 469
    case "{", "}": 480
    case "~": 541
    case "F", "P", "S": 556
    case "+", "<", "=", ">", "×": 564
    case "E", "L", "T", "Z": 611
    case "B", "C", "R": 667
    case "w", "Đ": 722
    case "&", "m": 778
    case "%": 833
    case "M": 889
    case "@": 921
    case "W": 944
    default: other(scalar)
    }
  }

  private static func bold(_ scalar: Unicode.Scalar, after letter: Unicode.Scalar) -> Int {
    if scalar == horn { return letter == "o" ? 54 : letter == "u" ? 44 : letter == "U" ? 74 : 0 }
    return switch scalar {
    case "|": 220
    case " ", ",", ".", "\u{A0}": 250
    case "'", "/", "\\", "i", "l": 278
    case "!", "(", ")", "-", ":", ";", "[", "]", "`", "f", "j", "t", "‘", "’", "·": 333
    case "I", "s": 389
    case "{", "}": 394
    case "c", "e", "r", "z": 444
    case "~": 520
    case "\"": 555
    case "S", "b", "d", "h", "k", "n", "p", "q", "u", "đ": 556
    case "+", "<", "=", ">", "×": 570
    case "^": 581
    case "F", "P": 611
    case "B", "E", "L", "T", "Z": 667
    case "w", "C", "D", "N", "R", "Đ": 722
    case "G", "H", "K", "O", "Q": 778
    case "&", "m": 833
    case "@": 930
    case "M": 944
    case "%", "W": 1000
    case "J": 500
    default: other(scalar)
    }
  }

  private static func other(_ scalar: Unicode.Scalar) -> Int {
    switch scalar {
    case "0"..."9", "a"..."z", "đ", "«", "»", "–", "#", "$", "*", "_": 500
    case "A"..."Z": 722
    case "\u{300}"..."\u{36F}": 0
    default: 1000
    }
  }

  /// Of ơ and ư.
  private static let horn: Unicode.Scalar = "\u{31B}"
}

extension Unicode.Scalar {
  /// The small letter of a capital of ASCII.
  fileprivate var small: Unicode.Scalar { Unicode.Scalar(UInt8(truncatingIfNeeded: value) | 0x20) }
}
