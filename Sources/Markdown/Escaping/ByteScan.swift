import Texts

extension Span<UInt8> {
  var all: Range<Int> { 0..<count }
  var last: UInt8? { isEmpty ? nil : self[count - 1] }

  /// The first place of a byte in a range, or the end of the range.
  func first(_ byte: UInt8, in range: Range<Int>) -> Int { bytes.first(byte, in: range) }
}

extension Span<UInt8> {
  /// The first place in a range of a byte that can mean something to Markdown anywhere in a
  /// line, or the end of the range: a control character or one of ``!&*<[\]_`|~``. May also stop
  /// at one of `>^{}`.
  func firstMarkup(in range: Range<Int>) -> Int {
    first(of: markup, in: range)
  }

  /// The same with `"` and `>`, which HTML cannot hold as they are, but without `!`.
  func firstCellSign(in range: Range<Int>) -> Int {
    first(of: ("\"", "&", "*", "<", ">", "`"), in: range)
  }

  /// The first place of a byte that is mostly near, or the end of the range.
  @inline(__always)
  func firstNear(_ byte: UInt8, in range: Range<Int>) -> Int {
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    return withUnsafeBytes { bytes in
      var index = range.lowerBound
      while index < range.upperBound, index &+ 16 <= bytes.count {
        let hits = bytes.block(at: index).isAny(of: byte, through: byte)
        if let first = hits.first { return Swift.min(index &+ first, range.upperBound) }
        index &+= 16
      }
      while index < range.upperBound, bytes[index] != byte { index &+= 1 }
      return Swift.min(index, range.upperBound)
    }
  }

  /// The first place of a bracket, of a control character or of one of the `signs`.
  @inline(__always)
  private func first(of signs: Signs, in range: Range<Int>) -> Int {
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    return withUnsafeBytes { bytes in
      var index = range.lowerBound
      while index < range.upperBound, index &+ 16 <= bytes.count {
        let hits = hits(of: signs, in: bytes.block(at: index))
        if let first = hits.first { return Swift.min(index &+ first, range.upperBound) }
        index &+= 16
      }
      while index &+ 8 <= range.upperBound {
        let hits = hits(of: signs, in: bytes.word(at: index))
        if hits != 0 { return index &+ hits.trailingZeroBitCount / 8 }
        index &+= 8
      }
      if index >= range.upperBound { return range.upperBound }
      let hits = hits(of: signs, in: bytes.lastWord(index..<range.upperBound))
      return Swift.min(index &+ hits.trailingZeroBitCount / 8, range.upperBound)
    }
  }
}

extension UnsafeRawBufferPointer {
  /// Eight bytes, the first one lowest.
  @inline(__always)
  fileprivate func word(at index: Int) -> UInt64 {
    UInt64(littleEndian: loadUnaligned(fromByteOffset: index, as: UInt64.self))
  }

  /// Fewer than eight bytes, the first one lowest; what stands above them means nothing.
  @inline(__always)
  fileprivate func lastWord(_ range: Range<Int>) -> UInt64 {
    if range.lowerBound + 8 <= count { return word(at: range.lowerBound) }
    if range.upperBound >= 8 {
      return word(at: range.upperBound - 8) >> UInt64(8 * (8 - range.count))
    }
    return self[range].reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
}

extension SIMDMask where Storage == SIMD16<Int8> {
  /// The first of the sixteen that answered yes.
  @inline(__always)
  fileprivate var first: Int? {
    let words = unsafeBitCast(self, to: SIMD2<UInt64>.self)
    let (low, high) = (UInt64(littleEndian: words[0]), UInt64(littleEndian: words[1]))
    if low != 0 { return low.trailingZeroBitCount / 8 }
    return high == 0 ? nil : 8 + high.trailingZeroBitCount / 8
  }
}

/// The bytes that ``Span/firstMarkup(in:)`` stops at, beside brackets and control characters.
private var markup: Signs { ("!", "&", "*", "<", ">", "`") }

private typealias Signs = (Sign, Sign, Sign, Sign, Sign, Sign)

/// An ASCII character.
private struct Sign: ExpressibleByUnicodeScalarLiteral {
  let byte: UInt8

  @inline(__always)
  init(unicodeScalarLiteral scalar: Unicode.Scalar) {
    byte = UInt8(truncatingIfNeeded: scalar.value)
  }
}

/// The bytes of a block that are a bracket, a control character or one of the signs.
@inline(__always)
private func hits(of signs: Signs, in block: SIMD16<UInt8>) -> SIMDMask<SIMD16<Int8>> {
  @inline(__always)
  func each(_ byte: UInt8) -> SIMD16<UInt8> { SIMD16(repeating: byte) }
  let isControl = (block & each(0xE0)) .== each(0)
  // From `[` to `_`, and from `{` to 7F.
  let isBracket = ((block | each(0x20)) &- each(0x7B)) .< each(5)
  let others =
    (block .== each(signs.0.byte)) .| (block .== each(signs.1.byte))
    .| (block .== each(signs.2.byte)) .| (block .== each(signs.3.byte))
    .| (block .== each(signs.4.byte)) .| (block .== each(signs.5.byte))
  return isControl .| isBracket .| others
}

/// The same for the eight bytes of a word, in the high bit of each.
@inline(__always)
private func hits(of signs: Signs, in word: UInt64) -> UInt64 {
  @inline(__always)
  func each(_ byte: UInt8) -> UInt64 { UInt64(byte) &* 0x0101_0101_0101_0101 }
  let high = each(0x80)
  // Adding to seven bits carries into the eighth of the same byte only.
  let low = word & ~high
  @inline(__always)
  func differing(from sign: Sign) -> UInt64 { (low ^ each(sign.byte)) &+ each(0x7F) }
  let brackets = (low | each(0x20)) &+ each(0x05)
  var others = low &+ each(0x60)
  others = others & differing(from: signs.0) & differing(from: signs.1)
  others = others & differing(from: signs.2) & differing(from: signs.3)
  others = others & differing(from: signs.4) & differing(from: signs.5)
  return (brackets | ~others) & high & ~word
}

extension Array<UInt8> {
  init(_ text: Span<UInt8>) { self = text.withUnsafeBufferPointer { Array($0) } }

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
