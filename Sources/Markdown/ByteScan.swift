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
    first(in: range) { $0.others(than: "!&*<`") }
  }

  /// The same with `"` and `>`, which HTML cannot hold as they are.
  func firstCellSign(in range: Range<Int>) -> Int {
    first(in: range) { $0.others(than: "!\"&*<>`") }
  }

  /// Looks for brackets and control characters as well as for what `others` leaves out.
  @inline(__always)
  private func first(in range: Range<Int>, others: (ByteWord) -> UInt64) -> Int {
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    return withUnsafeBytes { bytes in
      var index = range.lowerBound
      while index < range.upperBound {
        let word = ByteWord(bytes, at: index)
        let hits = word.hits(others: others(word))
        if hits != 0 { return Swift.min(index + hits.trailingZeroBitCount / 8, range.upperBound) }
        index += 8
      }
      return range.upperBound
    }
  }
}

/// Eight bytes of a text, looked at together; what lies beyond the text is zero.
private struct ByteWord {
  private let word: UInt64
  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let high = ones << 7

  @inline(__always)
  init(_ bytes: UnsafeRawBufferPointer, at index: Int) {
    if index + 8 <= bytes.count {
      word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
    } else if bytes.count >= 8 {
      let last = bytes.loadUnaligned(fromByteOffset: bytes.count - 8, as: UInt64.self)
      word = UInt64(littleEndian: last) >> UInt64(8 * (index + 8 - bytes.count))
    } else {
      word = bytes[index...].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
  }

  /// The seven low bits of each byte: adding to them carries into the eighth of the same byte
  /// only.
  private var low: UInt64 { word & ~Self.high }

  /// The high bit of each byte that is no control character and none of a few signs.
  @inline(__always)
  func others(than signs: StaticString) -> UInt64 {
    var result = low + Self.ones * 0x60
    signs.withUTF8Buffer { signs in
      for sign in signs { result &= (low ^ Self.ones * UInt64(sign)) + Self.ones * 0x7F }
    }
    return result
  }

  /// The high bit of each ASCII byte that is a bracket or sign like one, or not of `others`.
  @inline(__always)
  func hits(others: UInt64) -> UInt64 {
    let brackets = (low | Self.ones * 0x20) + Self.ones * 0x05
    return (brackets | ~others) & Self.high & ~word
  }
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
    text.withUnsafeBufferPointer {
      append(contentsOf: UnsafeBufferPointer(rebasing: $0[range]))
    }
  }
}
