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
