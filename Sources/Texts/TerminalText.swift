/// The way a terminal is shown a character: nothing that it would act upon, or that nobody sees, is printed
/// as it is.
extension Unicode.Scalar {
  /// Tells whether it is a control character, or one that is not seen and changes what is: marks of
  /// direction (U+202A–U+202E, U+2066–U+2069), joiners (U+200B–U+200F), soft hyphens (U+00AD) and
  /// their like.
  public var isInvisible: Bool {
    if value < 0x7F { return value < 0x20 }
    return switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: true
    // A blank of Braille looks like any blank.
    default: properties.isDefaultIgnorableCodePoint || value == 0x2800
    }
  }

  /// `\u{202E}`
  public var escaped: String { "\\u{" + String(value, radix: 16, uppercase: true) + "}" }

  /// The text that is printed for it: a blank for a tab or a line feed, `\u{202E}` for others that are not seen.
  public var printed: String {
    if value == 0x09 || value == 0x0A { return " " }
    return isInvisible ? escaped : String(self)
  }

  /// The number of columns that it takes.
  public var columns: Int {
    if value < 0x7F {
      return value == 0x09 || value == 0x0A || value >= 0x20 ? 1 : escaped.utf8.count
    }
    if isInvisible { return escaped.utf8.count }
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark: return 0
    default: return isWide ? 2 : 1
    }
  }

  /// Tells whether it takes two columns: the letters of East Asia, and pictures (UAX 11).
  var isWide: Bool {
    if value < 0x1100 { return false }
    return switch value {
    case 0x1100...0x115F, 0x2329...0x232A, 0x2E80...0x303E, 0x3041...0x4DBF, 0x4E00...0xA4CF,
      0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F,
      0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18CFF, 0x1AFF0...0x1B2FF, 0x1F200...0x1F265,
      0x20000...0x3FFFD:
      true
    default: properties.isEmojiPresentation
    }
  }
}

extension String {
  /// The text as it may be printed on one line of a terminal.
  public var printed: String {
    unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value < 0x7F }
      ? self : unicodeScalars.map(\.printed).joined()
  }

  /// The same for a text of several lines, each of them kept.
  public var printedLines: String {
    split(separator: "\n", omittingEmptySubsequences: false).map { String($0).printed }
      .joined(separator: "\n")
  }
}
