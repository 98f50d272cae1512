extension ByteBuffer {
  /// Appends a text as a text file may hold it: composed letters, and no character that a terminal, a
  /// printer or an editor would act upon.
  ///
  /// Line feeds and tabs stay, every other line break becomes a line feed. A control character is
  /// shown by its picture (`␛`, `␌`), one that turns the direction of what follows by U+FFFD.
  public mutating func append(forTextFile text: Span<UInt8>) {
    guard text.isUnusual else { return append(text) }
    let whole = String(decoding: text.withUnsafeBufferPointer { Array($0) }, as: UTF8.self)
    var isAfterReturn = false
    for scalar in whole.composed.unicodeScalars {
      let shown = scalar.inTextFile
      let isLineFeed = scalar == "\n" && isAfterReturn
      if !isLineFeed { append(contentsOf: UTF8.encode(shown) ?? UTF8.encodedReplacementCharacter) }
      isAfterReturn = scalar == "\r"
    }
  }
}

extension Span<UInt8> {
  /// Tells whether a text may hold a character of those, or a mark: any byte that begins neither
  /// ASCII that is seen, nor a composed Latin letter, nor the usual punctuation.
  fileprivate var isUnusual: Bool {
    var offset = 0
    while offset < count {
      let lead = self[offset]
      if lead < 0x80 {
        guard lead >= 0x20 && lead != 0x7F || lead == 0x0A || lead == 0x09 else { return true }
        offset &+= 1
      } else if lead &- 0xC3 < 9 {
        offset &+= 2
      } else if lead == 0xE1, offset &+ 1 < count, self[offset &+ 1] &- 0xB8 < 4 {
        offset &+= 3
      } else if isQuoteOrDash(at: offset) {
        offset &+= 3
      } else {
        return true
      }
    }
    return false
  }

  /// U+2010 … U+2027: dashes, quotation marks, the ellipsis.
  private func isQuoteOrDash(at offset: Int) -> Bool {
    offset &+ 2 < count && self[offset] == 0xE2 && self[offset &+ 1] == 0x80
      && self[offset &+ 2] &- 0x90 < 0x18
  }
}

extension Unicode.Scalar {
  /// What stands for it in a text file.
  fileprivate var inTextFile: Unicode.Scalar {
    switch value {
    case 0x09, 0x0A: self
    case 0x0D, 0x85, 0x2028, 0x2029: "\n"
    case 0x00...0x1F: Unicode.Scalar(0x2400 + value) ?? "\u{FFFD}"
    case 0x7F: "\u{2421}"
    case 0x80...0x9F, 0x202A...0x202E, 0x2066...0x2069: "\u{FFFD}"
    default: self
    }
  }
}
