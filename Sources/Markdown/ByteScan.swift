#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

extension Span<UInt8> {
  /// The first place of a byte in a range, or the end of the range.
  func first(_ byte: UInt8, in range: Range<Int>) -> Int {
    if range.isEmpty { return range.upperBound }
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    return withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress,
        let found = memchr(base + range.lowerBound, Int32(byte), range.count)
      else { return range.upperBound }
      return UnsafeRawPointer(found) - base
    }
  }
}

extension Span<UInt8> {
  /// The first place in a range of a byte that can mean something to Markdown anywhere in a
  /// line, or the end of the range: a control character or one of ``!&*<[\]_`|``. May also stop
  /// at one of `^{}~`.
  func firstMarkup(in range: Range<Int>) -> Int {
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    return withUnsafeBytes { bytes in
      var index = range.lowerBound
      while index + 8 <= range.upperBound {
        let word = bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self)
        let hits = markupBits(UInt64(littleEndian: word))
        if hits != 0 { return index + hits.trailingZeroBitCount / 8 }
        index += 8
      }
      while index < range.upperBound, markupBits(UInt64(bytes[index]) | blanks) == 0 { index += 1 }
      return index
    }
  }
}

/// Seven blanks above the lowest byte.
private let blanks: UInt64 = 0x2020_2020_2020_2000

/// The high bit of each byte of a word that ``Span/firstMarkup(in:)`` stops at.
@inline(__always)
private func markupBits(_ word: UInt64) -> UInt64 {
  let ones: UInt64 = 0x0101_0101_0101_0101
  let high = ones << 7
  let low = word & ~high
  // Adding to seven bits carries into the eighth of the same byte only.
  let brackets = (low | ones * 0x20) + ones * 0x05
  var others = low + ones * 0x60
  others &= (low ^ ones * 0x21) + ones * 0x7F
  others &= (low ^ ones * 0x26) + ones * 0x7F
  others &= (low ^ ones * 0x2A) + ones * 0x7F
  others &= (low ^ ones * 0x3C) + ones * 0x7F
  others &= (low ^ ones * 0x60) + ones * 0x7F
  return (brackets | ~others) & high & ~word
}

extension Array<UInt8> {
  /// Appends a text of the program.
  @inline(__always)
  mutating func append(literal text: StaticString) {
    text.withUTF8Buffer { append(contentsOf: $0) }
  }

  /// Appends a range of a text.
  @inline(__always)
  mutating func append(_ range: Range<Int>, of text: Span<UInt8>) {
    text.withUnsafeBufferPointer { append(contentsOf: $0[range]) }
  }
}
