/// A bit for each of 64 bytes that belongs to a word, the first byte lowest; to find where words
/// begin and end without a look at each byte.
public struct WordBits: BitwiseCopyable, Sendable {
  /// Letters and digits of ASCII, and every byte above.
  public let words: UInt64
  public let digits: UInt64
  /// The bytes that must be looked at: `"`, and the bytes above ASCII that lead no letter or mark
  /// of the Latin alphabets, C2, E0 and from E2 on.
  public let signs: UInt64

  private typealias Bytes = SIMD16<UInt8>

  /// The bytes from an offset on, or only so many of them as are wanted; behind the last byte no bit
  /// is set.
  ///
  /// - Precondition: there are 64 bytes at least, be it that some are before the offset.
  public init(_ raw: RawSpan, at offset: Int, count: Int) {
    precondition(raw.byteCount >= 64 && offset >= 0 && offset < raw.byteCount)
    let start = min(offset, raw.byteCount &- 64)
    var (words, digits, signs): (UInt64, UInt64, UInt64) = (0, 0, 0)
    let blocks = start < offset || count > 48 ? 4 : (max(1, count) &+ 15) / 16
    for index in 0..<blocks {
      let place = UInt64(truncatingIfNeeded: 16 &* index)
      // Within the 64 bytes.
      let bytes = unsafe raw.unsafeLoadUnaligned(
        fromUncheckedByteOffset: start &+ 16 &* index, as: Bytes.self)
      let isDigit = bytes.isAny(of: 0x30, through: 0x39)
      let isLetter = (bytes | Bytes(repeating: 0x20)).isAny(of: 0x61, through: 0x7A)
      // C0, C2, E0 and E2, of which UTF-8 does not have the first.
      let isPaired = (bytes & Bytes(repeating: 0xDD)) .== Bytes(repeating: 0xC0)
      words |= (bytes | (isDigit .| isLetter).bytes).topBits &<< place
      digits |= isDigit.bits &<< place
      let isLead = isPaired .| bytes.isAny(of: 0xE3, through: 0xFF)
      signs |= (isLead .| (bytes .== Bytes(repeating: 0x22))).bits &<< place
    }
    let shift = UInt64(truncatingIfNeeded: offset &- start)
    (self.words, self.digits, self.signs) = (words &>> shift, digits &>> shift, signs &>> shift)
  }
}
