#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

extension Span<UInt8> {
  var all: Range<Int> { 0..<count }
  var last: UInt8? { isEmpty ? nil : self[count - 1] }

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
  /// at one of `>^{}~`.
  func firstMarkup(in range: Range<Int>) -> Int {
    first(of: markup, in: range)
  }

  /// Whether ``firstMarkup(in:)`` finds something, of which most texts have nothing.
  var hasMarkup: Bool {
    withUnsafeBytes { bytes in
      var index = 0
      var block = Block()
      while index + 32 <= bytes.count {
        block |= hits(of: markup, in: bytes.loadUnaligned(fromByteOffset: index, as: Block.self))
        index += 32
      }
      var found = block[0] | block[1] | block[2] | block[3]
      while index + 8 <= bytes.count {
        found |= hits(of: markup, in: bytes.word(at: index))
        index += 8
      }
      let rest = hits(of: markup, in: bytes.lastWord(index..<bytes.count))
      return found | rest & (1 << UInt64(8 * (bytes.count - index)) - 1) != 0
    }
  }

  /// The same with `"` and `>`, which HTML cannot hold as they are, but without `!`.
  func firstCellSign(in range: Range<Int>) -> Int {
    first(of: ("\"", "&", "*", "<", ">", "`"), in: range)
  }

  /// The first place of a bracket, of a control character or of one of the `signs`.
  @inline(__always)
  private func first(of signs: Signs, in range: Range<Int>) -> Int {
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    return withUnsafeBytes { bytes in
      var index = range.lowerBound
      while index + 8 <= range.upperBound {
        // Most hits are near; only a long way is worth blocks.
        if index == range.lowerBound + 32 {
          index = bytes.skippingBlocks(without: signs, in: index..<range.upperBound)
          if index + 8 > range.upperBound { break }
        }
        let hits = hits(of: signs, in: bytes.word(at: index))
        if hits != 0 { return index + hits.trailingZeroBitCount / 8 }
        index += 8
      }
      let hits = hits(of: signs, in: bytes.lastWord(index..<range.upperBound))
      return Swift.min(index + hits.trailingZeroBitCount / 8, range.upperBound)
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

  /// The first place of a block of 32 bytes that has a hit, or that is not whole.
  @inline(never)
  fileprivate func skippingBlocks(without signs: Signs, in range: Range<Int>) -> Int {
    var index = range.lowerBound
    while index + 32 <= range.upperBound {
      let block = loadUnaligned(fromByteOffset: index, as: Block.self)
      let hits = hits(of: signs, in: block)
      if hits[0] | hits[1] | hits[2] | hits[3] != 0 { break }
      index += 32
    }
    return index
  }
}

private var markup: Signs { ("!", "&", "*", "<", ">", "`") }

private typealias Signs = (Sign, Sign, Sign, Sign, Sign, Sign)

/// An ASCII character.
private struct Sign: ExpressibleByUnicodeScalarLiteral {
  let byte: UInt64

  @inline(__always)
  init(unicodeScalarLiteral scalar: Unicode.Scalar) { byte = UInt64(scalar.value) }
}

/// Bytes that are looked at together, eight in a word.
private protocol Words {
  init(repeating word: UInt64)
  static func &+ (left: Self, right: Self) -> Self
  static func & (left: Self, right: Self) -> Self
  static func | (left: Self, right: Self) -> Self
  static func ^ (left: Self, right: Self) -> Self
  prefix static func ~ (words: Self) -> Self
}

private typealias Block = SIMD4<UInt64>

extension Block: Words {}

extension UInt64: Words {
  fileprivate init(repeating word: UInt64) { self = word }
}

/// The high bit of each byte that is a bracket, a control character or one of the signs.
@inline(__always)
private func hits<Bytes: Words>(of signs: Signs, in bytes: Bytes) -> Bytes {
  @inline(__always)
  func each(_ byte: UInt64) -> Bytes { Bytes(repeating: byte * 0x0101_0101_0101_0101) }
  let high = each(0x80)
  // Adding to seven bits carries into the eighth of the same byte only.
  let low = bytes & ~high
  @inline(__always)
  func differing(from sign: Sign) -> Bytes { (low ^ each(sign.byte)) &+ each(0x7F) }
  let brackets = (low | each(0x20)) &+ each(0x05)
  var others = low &+ each(0x60)
  others = others & differing(from: signs.0) & differing(from: signs.1)
  others = others & differing(from: signs.2) & differing(from: signs.3)
  others = others & differing(from: signs.4) & differing(from: signs.5)
  return (brackets | ~others) & high & ~bytes
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
