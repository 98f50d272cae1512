#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

extension RawSpan {
  /// The first place of a byte in a range, or the end of the range.
  public func first(_ byte: UInt8, in range: Range<Int>) -> Int {
    if range.isEmpty { return range.upperBound }
    precondition(range.lowerBound >= 0 && range.upperBound <= byteCount)
    return unsafe withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress,
        let found = unsafe memchr(base + range.lowerBound, Int32(byte), range.count)
      else { return range.upperBound }
      return unsafe UnsafeRawPointer(found) - base
    }
  }

  /// Where a name ends: the offset of the first byte at or after `start` that is no letter, digit or
  /// `_`.
  ///
  /// - Parameter beyondASCII: whether all bytes of letters beyond ASCII count as letters too.
  public func nameEnd(from start: Int, beyondASCII: Bool) -> Int {
    precondition(start >= 0)
    var offset = start
    while offset &+ 16 <= byteCount {
      let block = unsafe unsafeLoadUnaligned(
        fromUncheckedByteOffset: offset, as: SIMD16<UInt8>.self)
      let others = ~block.nameParts(beyondASCII).bits & 0xFFFF
      if others != 0 { return offset &+ others.trailingZeroBitCount }
      offset &+= 16
    }
    while offset < byteCount {
      let byte = unsafe unsafeLoad(fromUncheckedByteOffset: offset, as: UInt8.self)
      guard SIMD16(repeating: byte).nameParts(beyondASCII).isSet else { return offset }
      offset &+= 1
    }
    return max(start, byteCount)
  }
}

extension SIMD16<UInt8> {
  @inline(__always)
  fileprivate func nameParts(_ beyondASCII: Bool) -> SIMDMask<SIMD16<Int8>> {
    let isLetter =
      (self | SIMD16(repeating: 0x20)).isAny(of: UInt8(ascii: "a"), through: UInt8(ascii: "z"))
    let isDigit = isAny(of: UInt8(ascii: "0"), through: UInt8(ascii: "9"))
    let isPart = isLetter .| isDigit .| (self .== SIMD16(repeating: UInt8(ascii: "_")))
    return beyondASCII ? isPart .| isAny(of: 0x80, through: 0xFF) : isPart
  }
}
