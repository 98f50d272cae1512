// Scalars and characters of a text, found by its UTF-8 bytes.

extension Span<UInt8> {
  /// Finds the end of the Unicode scalar that begins at an offset.
  @inlinable @inline(__always)
  public func scalarEnd(from start: Int) -> Int {
    let lead = self[start]
    if lead < 0x80 { return start &+ 1 }
    return Swift.min(start &+ (lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4), count)
  }

  /// Finds the beginning of the Unicode scalar that ends before an offset.
  @inlinable @inline(__always)
  public func scalarStart(before end: Int) -> Int {
    var start = end &- 1
    while start > 0, self[start] & 0xC0 == 0x80 { start &-= 1 }
    return start
  }

  /// The Unicode scalar that begins at an offset.
  public func scalar(at start: Int) -> Unicode.Scalar {
    let lead = UInt32(self[start])
    var value = lead < 0x80 ? lead : lead < 0xE0 ? lead & 0x1F : lead < 0xF0 ? lead & 0xF : lead & 7
    var offset = start + 1
    let end = scalarEnd(from: start)
    while offset < end {
      value = value << 6 | UInt32(self[offset] & 0x3F)
      offset += 1
    }
    return Unicode.Scalar(value) ?? "\u{FFFD}"
  }

  /// A hash of the bytes, the same for the same bytes while a program runs.
  public var contentHash: UInt64 {
    let (raw, count) = (bytes, count)
    var hash = UInt64(truncatingIfNeeded: count)
    var offset = 0
    while offset &+ 8 <= count {
      hash.mix(raw.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
      offset &+= 8
    }
    while offset < count {
      hash.mix(UInt64(self[offset]))
      offset &+= 1
    }
    return hash
  }

  /// Counts the Unicode scalars: the bytes that continue none, eight at a time.
  public var scalarCount: Int {
    let (raw, count) = (bytes, count)
    var continuing = 0
    var offset = 0
    while offset &+ 8 <= count {
      let word = raw.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
      let marks = (word &>> 7) & ~(word &>> 6) & 0x0101_0101_0101_0101
      continuing &+= Int(truncatingIfNeeded: (marks &* 0x0101_0101_0101_0101) &>> 56)
      offset &+= 8
    }
    while offset < count {
      if self[offset] & 0xC0 == 0x80 { continuing &+= 1 }
      offset &+= 1
    }
    return count &- continuing
  }

  /// Tells whether the scalar at an offset is white space (Unicode's `White_Space`).
  @inlinable @inline(__always)
  public func isWhiteSpace(at start: Int) -> Bool {
    let lead = self[start]
    if lead < 0x80 { return lead == 0x20 || lead &- 9 < 5 }
    // Most others are Vietnamese letters.
    if lead == 0xE1 { return start &+ 1 < count && self[start &+ 1] == 0x9A && isOgham(at: start) }
    return lead &- 0xE2 < 2 || lead == 0xC2 ? isWhiteSpaceBeyondASCII(at: start) : false
  }

  /// Tells whether the third byte of two that are right makes U+1680, the space of the Ogham
  /// script.
  @usableFromInline
  func isOgham(at start: Int) -> Bool { start + 2 < count && self[start + 2] == 0x80 }

  @usableFromInline
  func isWhiteSpaceBeyondASCII(at start: Int) -> Bool {
    guard start + 1 < count else { return false }
    if self[start] == 0xC2 { return self[start + 1] == 0x85 || self[start + 1] == 0xA0 }
    guard start + 2 < count else { return false }
    switch (self[start], self[start + 1], self[start + 2]) {
    case (0xE2, 0x80, 0x80...0x8A), (0xE2, 0x80, 0xA8...0xA9), (0xE2, 0x80, 0xAF),
      (0xE2, 0x81, 0x9F), (0xE3, 0x80, 0x80):
      return true
    default: return false
    }
  }
}

// MARK: Characters as readers see them

extension Span<UInt8> {
  /// Finds the end of the character that begins at an offset, with all that joins it: marks, the
  /// parts of an emoji, the line feed of `\r\n` (an extended grapheme cluster of Unicode, as
  /// Swift's `Character`).
  ///
  /// - Parameter start: where a character begins.
  @inlinable @inline(__always)
  public func characterEnd(from start: Int) -> Int {
    let next = scalarEnd(from: start)
    if next >= count { return next }
    let isLineBreak = self[start] == 0x0D && self[next] == 0x0A
    if standsAlone(at: start), standsAlone(at: next), !isLineBreak { return next }
    return joinedEnd(from: start, next)
  }

  /// Tells whether the scalar at an offset joins no other of which this is true, but for `\r\n`:
  /// those below U+0300, and U+1E00 … U+1EFF with the rest of the Vietnamese letters.
  @inlinable @inline(__always)
  func standsAlone(at offset: Int) -> Bool {
    let lead = self[offset]
    if lead < 0xCC { return true }
    return lead == 0xE1 && offset &+ 1 < count && self[offset &+ 1] &- 0xB8 < 4
  }

  @usableFromInline @inline(never)
  func joinedEnd(from start: Int, _ next: Int) -> Int {
    var recognizer = Unicode._CharacterRecognizer()
    _ = recognizer.hasBreak(before: scalar(at: start))
    var offset = next
    while offset < count, !recognizer.hasBreak(before: scalar(at: offset)) {
      offset = scalarEnd(from: offset)
    }
    return offset
  }

  /// Finds where so many characters from an offset end; nil where there are fewer.
  public func offset(after characters: Int, from start: Int) -> Int? {
    var offset = start
    var left = characters
    while left > 0 {
      guard offset < count else { return nil }
      left &-= skipPlain(from: &offset, atMost: left &- 1)
      offset = characterEnd(from: offset)
      left &-= 1
    }
    return offset
  }

  /// Counts the characters.
  public var characterCount: Int {
    var offset = 0
    var characters = 0
    while offset < count {
      characters &+= skipPlain(from: &offset, atMost: count)
      offset = characterEnd(from: offset)
      characters &+= 1
    }
    return characters
  }

  /// Passes by characters of one scalar each, sixteen bytes at a time, and leaves the last of them;
  /// returns how many.
  private func skipPlain(from offset: inout Int, atMost limit: Int) -> Int {
    let raw = bytes
    var skipped = 0
    while offset &+ 17 <= count {
      let block = unsafe raw.unsafeLoadUnaligned(
        fromUncheckedByteOffset: offset, as: SIMD16<UInt8>.self)
      let next = unsafe raw.unsafeLoadUnaligned(
        fromUncheckedByteOffset: offset &+ 1, as: SIMD16<UInt8>.self)
      let isWide: SIMDMask<SIMD16<Int8>> = block .== SIMD16(repeating: 0xE1)
      let isJoining = block.isAny(of: 0xCC, through: 0xFF) .& .!isWide
      let isOther = isWide .& .!next.isAny(of: 0xB8, through: 0xBB)
      let isReturn: SIMDMask<SIMD16<Int8>> = block .== SIMD16(repeating: 0x0D)
      if (isJoining .| isOther .| isReturn).isSet { return skipped }
      let leads = ~block.isAny(of: 0x80, through: 0xBF).bits & 0xFFFF
      // The last may join what comes behind the block.
      let passed = leads.nonzeroBitCount &- 1
      guard passed > 0, skipped &+ passed <= limit else { return skipped }
      skipped &+= passed
      offset &+= 63 &- leads.leadingZeroBitCount
    }
    return skipped
  }

  /// Tells whether a character begins at an offset where a scalar does that is no mark and no
  /// control character: only a few signs of Arabic and Indic scripts join what follows them.
  public func beginsCharacter(at offset: Int) -> Bool {
    guard offset > 0, self[offset - 1] >= 0x80 else { return true }
    let before = scalarStart(before: offset)
    if standsAlone(at: before) { return true }
    var recognizer = Unicode._CharacterRecognizer()
    _ = recognizer.hasBreak(before: scalar(at: before))
    return recognizer.hasBreak(before: scalar(at: offset))
  }
}

// MARK: Words between white space

extension Span<UInt8> {
  /// Finds the end of the word that begins at an offset: before the next character that is white
  /// space.
  public func wordEnd(from start: Int) -> Int {
    let raw = bytes
    var offset = start
    while offset < count {
      offset = raw.first(in: offset..<count, { $0.mayBeWhiteSpace })
      if offset == count { return count }
      // U+1680 is told by its second byte, since its first is that of most Vietnamese letters.
      let space = self[offset] == 0x9A && offset > start ? offset &- 1 : offset
      if isWhiteSpace(at: space), beginsCharacter(at: space) { return space }
      offset &+= 1
    }
    return offset
  }

  /// The end of the word that begins at an offset, and how many characters it has; nil where it has
  /// a hyphen, or a scalar that may join another.
  public func plainWord(from start: Int) -> (end: Int, characters: Int)? {
    var offset = start
    var characters = 0
    while offset < count {
      let byte = self[offset]
      if byte & 0xC0 != 0x80 {
        if isWhiteSpace(at: offset) { break }
        guard standsAlone(at: offset), byte != UInt8(ascii: "-") else { return nil }
        characters &+= 1
      }
      offset &+= 1
    }
    return (offset, characters)
  }

  /// Finds the beginning of the next word at or after an offset: behind all characters that are
  /// white space.
  @inline(__always)
  public func wordStart(from start: Int) -> Int {
    var offset = start
    while offset < count, isWhiteSpace(at: offset) { offset = characterEnd(from: offset) }
    return offset
  }
}

extension SIMD16<UInt8> {
  /// Tells whether a byte is white space of ASCII, or one of C2, E2, E3 and 9A, which the UTF-8 of
  /// all other white space holds.
  @inline(__always)
  fileprivate var mayBeWhiteSpace: SIMDMask<SIMD16<Int8>> {
    let isLead =
      ((self & SIMD16(repeating: 0xDF)) .== SIMD16(repeating: 0xC2))
      .| (self .== SIMD16(repeating: 0xE3)) .| (self .== SIMD16(repeating: 0x9A))
    return isAny(of: 0x09, through: 0x0D) .| (self .== SIMD16(repeating: 0x20)) .| isLead
  }
}

extension UInt64 {
  @inline(__always)
  fileprivate mutating func mix(_ word: UInt64) {
    self = (self ^ word) &* 0x9E37_79B9_7F4A_7C15
    self ^= self &>> 32
  }
}
