/// The advances of letters of Times New Roman and its metric twins, as their fonts have them.
public enum LetterWidths {
  /// The width of a line in thousandths of the size of its letters; a character that is not of the
  /// Latin alphabet counts as a whole one.
  public static func width(_ line: some StringProtocol, isBold: Bool) -> Int {
    var width = 0
    var last: Unicode.Scalar = " "
    for scalar in String(line).decomposedScalars {
      width += isBold ? bold(scalar, after: last) : regular(scalar, after: last)
      last = scalar.properties.isAlphabetic ? scalar : last
    }
    return width
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
