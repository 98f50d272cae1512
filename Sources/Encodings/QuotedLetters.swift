import Texts

/// Misread letters in a text that is right: it speaks of them, and they are to stay.
public enum QuotedLetters {
  /// This many misread words on a line are an example rather than a damaged text.
  static let few = 3

  /// Tells whether a letter stands in a text that only Vietnamese has, U+1E80 to U+1EFF. No text that
  /// was taken for Windows-1252 has one.
  public static func hasVietnamese(_ text: Span<UInt8>) -> Bool {
    var index = text.bytes.first(0xE1, in: 0..<text.count)
    while index + 1 < text.count {
      if text[index + 1] == 0xBA || text[index + 1] == 0xBB { return true }
      index = text.bytes.first(0xE1, in: index + 1..<text.count)
    }
    return false
  }

  /// Tells whether code, or a text of several lines in code, begins or ends at a line.
  static func turnsCode(_ line: Span<UInt8>) -> Bool {
    var index = 0
    while index < line.count, line[index] == 0x20 { index += 1 }
    guard index + 2 < line.count else { return false }
    let sign = line[index]
    if sign == UInt8(ascii: "`") || sign == UInt8(ascii: "\"") {
      return line[index + 1] == sign && line[index + 2] == sign
    }
    // As `let text = """`.
    var end = line.count
    while end > index, line[end - 1] == 0x0A || line[end - 1] == 0x0D { end -= 1 }
    let quote = UInt8(ascii: "\"")
    return end >= index + 3 && line[end - 1] == quote && line[end - 2] == quote
      && line[end - 3] == quote
  }

  /// Tells whether all that is beyond ASCII on a line stands between quotes.
  ///
  /// Misread letters may have quotes among them, and so a quotation goes as far as it can.
  static func isQuoted(_ line: Span<UInt8>) -> Bool {
    var index = 0
    while index < line.count {
      let end = line.endOfQuote(at: index)
      if end > index {
        index = end
      } else {
        if line[index] >= 0x80 { return false }
        index += 1
      }
    }
    return true
  }
}

private let quotes: [(opening: [UInt8], closing: [UInt8])] = [
  ("`", "`"), ("\"", "\""), ("“", "”"), ("‘", "’"), ("«", "»"),
].map { (Array($0.utf8), Array($1.utf8)) }

extension Span<UInt8> {
  /// Where the longest quotation that begins at an offset ends; the offset where none does.
  fileprivate func endOfQuote(at offset: Int) -> Int {
    guard let quote = quotes.first(where: { has($0.opening, at: offset) }) else { return offset }
    var end = count - quote.closing.count
    while end > offset {
      if has(quote.closing, at: end) { return end + quote.closing.count }
      end -= 1
    }
    return offset
  }

  private func has(_ sign: [UInt8], at offset: Int) -> Bool {
    offset + sign.count <= count && sign.indices.allSatisfy { self[offset + $0] == sign[$0] }
  }

  /// Tells whether a letter of another script, U+0370 to U+07FF, stands behind one of ASCII. In a file
  /// with bytes that are no UTF-8 such two bytes are not UTF-8 either: `H\u{DF}\u{BD}ng` of VISCII.
  var mixesScripts: Bool {
    var index = 1
    while index < count {
      if 0xCE...0xDF ~= self[index], self[index - 1].isASCIILetter { return true }
      index += 1
    }
    return false
  }
}
