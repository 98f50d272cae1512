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
  /// line, or the end of the range: a control character (not the tab) or one of !&*<[\\]_`|.
  func firstMarkup(in range: Range<Int>) -> Int {
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    return withUnsafeBytes { bytes in
      var index = range.lowerBound
      while index < range.upperBound {
        var blockEnd = range.upperBound
        if index + 16 <= range.upperBound {
          blockEnd = index + 16
          let block = bytes.loadUnaligned(fromByteOffset: index, as: SIMD16<UInt8>.self)
          if !mayHoldMarkup(block) { index = blockEnd }
        }
        while index < blockEnd {
          if lineMarkup.contains(bytes[index]) { return index }
          index += 1
        }
      }
      return index
    }
  }
}

private let lineMarkup = ByteSet(
  """
  !&*<[\\]_`|\
  \u{0}\u{1}\u{2}\u{3}\u{4}\u{5}\u{6}\u{7}\u{8}\n\u{B}\u{C}\r\u{E}\u{F}\u{10}\u{11}\
  \u{12}\u{13}\u{14}\u{15}\u{16}\u{17}\u{18}\u{19}\u{1A}\u{1B}\u{1C}\u{1D}\u{1E}\u{1F}
  """)

/// No false negatives; `^` and the tab are false positives.
@inline(__always)
private func mayHoldMarkup(_ block: SIMD16<UInt8>) -> Bool {
  let controls = block .< 0x20
  let brackets = (block &- 0x5B) .< 6
  let signs = (block .== 0x21) .| (block .== 0x26) .| (block .== 0x2A)
  return any(controls .| brackets .| signs .| (block .== 0x3C) .| (block .== 0x7C))
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
