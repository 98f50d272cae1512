import Texts

/// Who is told of the words of a text, in order, and of signs that stand between them.
protocol WordVisitor {
  /// - Parameter isOdd: whether it has digits, or a single byte.
  mutating func visitWord(
    _ start: Int, _ end: Int, isOdd: @autoclosure () -> Bool, _ bytes: Span<UInt8>)
  /// A sign of ``WordBits/signs`` begins at an index.
  mutating func visitSign(at index: Int, in text: Range<Int>, _ bytes: Span<UInt8>)
}

extension WordVisitor {
  /// Goes through a text 64 bytes at a time; tells of the signs of a block before its words.
  ///
  /// - Parameter bytes: 64 at least, with those before and behind the text.
  /// - Returns: false for a text with characters of four bytes, of which it does not tell all.
  @inline(__always)
  mutating func visitBlocks(_ bytes: Span<UInt8>, _ text: Range<Int>) -> Bool {
    // Of the block before: where the word began that its last byte is of, and which first bytes of
    // this one belong to a sign that it leads.
    var (open, rest): (Int?, UInt64) = (nil, 0)
    var block = text.lowerBound
    while block < text.upperBound {
      let count = text.upperBound &- block
      let bits = WordBits(bytes.bytes, at: block, count: count)
      let inText = count >= 64 ? UInt64.max : ~(UInt64.max &<< UInt64(truncatingIfNeeded: count))
      var words = bits.words & inText & ~rest
      rest = 0
      if bits.signs & inText != 0 {
        guard let signs = visitSigns(bits.signs & inText, block, text, bytes) else { return false }
        words &= ~signs.bits
        rest = signs.rest
      }
      let before = words &<< 1 | (open == nil ? 0 : 1)
      var (starts, ends) = (words & ~before, before & ~words)
      if let start = open, ends != 0 {
        let end = block &+ ends.trailingZeroBitCount
        visitWord(start, end, isOdd: isOdd(bytes, start, end), bytes)
        ends &= ends &- 1
        open = nil
      }
      // In a run of ones, a digit's bit carries over to where the run ends.
      let odd = (words &+ (bits.digits & words)) | starts &<< 1
      while ends != 0 {
        let (first, end) = (starts.trailingZeroBitCount, ends.trailingZeroBitCount)
        starts &= starts &- 1
        ends &= ends &- 1
        visitWord(
          block &+ first, block &+ end,
          isOdd: odd &>> UInt64(truncatingIfNeeded: end) & 1 == 1, bytes)
      }
      if starts != 0 { open = block &+ starts.trailingZeroBitCount }
      block &+= 64
    }
    if let start = open {
      let end = text.upperBound
      visitWord(start, end, isOdd: isOdd(bytes, start, end), bytes)
    }
    return true
  }

  /// The bytes of signs above ASCII; `rest` are those in the next block. nil where one takes four
  /// bytes.
  @inline(__always)
  private mutating func visitSigns(
    _ signs: UInt64, _ block: Int, _ text: Range<Int>, _ bytes: Span<UInt8>
  ) -> (bits: UInt64, rest: UInt64)? {
    var signs = signs
    var (bits, rest): (UInt64, UInt64) = (0, 0)
    while signs != 0 {
      let place = signs.trailingZeroBitCount
      signs &= signs &- 1
      let byte = bytes[block &+ place]
      if byte >= 0xF0 { return nil }
      visitSign(at: block &+ place, in: text, bytes)
      if byte < 0x80 { continue }
      let sign: UInt64 = byte < 0xE0 ? 0b11 : 0b111
      bits |= sign &<< UInt64(truncatingIfNeeded: place)
      if place > 61 { rest = sign >> UInt64(truncatingIfNeeded: 64 &- place) }
    }
    return (bits, rest)
  }
}
