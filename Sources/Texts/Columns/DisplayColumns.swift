// The columns that a text takes where all letters are equally wide, as in a text file.

extension Unicode.Scalar {
  /// The number of columns that it takes where it stands alone: none for marks and for what is not
  /// seen, two for the letters of East Asia and for pictures (UAX 11).
  var displayColumns: Int {
    if value < 0x7F { return value < 0x20 ? 0 : 1 }
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .nonspacingMark, .enclosingMark:
      return 0
    default: return properties.isDefaultIgnorableCodePoint ? 0 : isWide ? 2 : 1
    }
  }
}

extension Span<UInt8> {
  /// The number of columns of the text, however its letters are composed.
  public var columnCount: Int { columnCount(in: 0..<count) }

  /// The number of columns of the part of the text that begins and ends with a character.
  func columnCount(in range: Range<Int>) -> Int {
    var columns = 0
    var offset = range.lowerBound
    while offset < range.upperBound {
      let lead = self[offset]
      if lead < 0x80 {
        columns &+= lead >= 0x20 && lead != 0x7F ? 1 : 0
        offset &+= 1
      } else if lead &- 0xC3 < 9 {
        // U+00C0 … U+02FF
        columns &+= 1
        offset &+= 2
      } else if isVietnameseLetter(at: offset) {
        columns &+= 1
        offset &+= 3
      } else {
        columns &+= columnsOfCharacter(at: &offset)
      }
    }
    return columns
  }

  /// U+1E00 … U+1EFF: the letters with two marks.
  private func isVietnameseLetter(at offset: Int) -> Bool {
    self[offset] == 0xE1 && offset &+ 1 < count && self[offset &+ 1] &- 0xB8 < 4
  }

  /// The columns of the character with all that joins it: those of its widest part.
  private func columnsOfCharacter(at offset: inout Int) -> Int {
    let end = characterEnd(from: offset)
    var columns = 0
    while offset < end {
      let scalar = scalar(at: offset)
      // A sign for pictures makes one of a letter.
      columns = scalar.value == 0xFE0F ? 2 : Swift.max(columns, scalar.displayColumns)
      offset = scalarEnd(from: offset)
    }
    return columns
  }
}
