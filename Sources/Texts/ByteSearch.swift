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

  /// The first place in a range where a byte gets a yes, or the end of the range.
  @inlinable @inline(__always)
  public func first(
    in range: Range<Int>, _ answer: (SIMD16<UInt8>) -> SIMDMask<SIMD16<Int8>>
  ) -> Int {
    precondition(range.lowerBound >= 0 && range.upperBound <= byteCount)
    var offset = range.lowerBound
    while offset &+ 16 <= range.upperBound {
      let places = answer(
        unsafe unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: SIMD16<UInt8>.self)
      ).bits
      if places != 0 { return offset &+ places.trailingZeroBitCount }
      offset &+= 16
    }
    if offset < range.upperBound, range.upperBound >= 16 {
      // The last block begins before the range, or overlaps the one before.
      let start = range.upperBound &- 16
      let places =
        answer(
          unsafe unsafeLoadUnaligned(fromUncheckedByteOffset: start, as: SIMD16<UInt8>.self)
        ).bits &>> UInt64(truncatingIfNeeded: offset &- start)
      return places == 0 ? range.upperBound : offset &+ places.trailingZeroBitCount
    }
    while offset < range.upperBound {
      let byte = unsafe unsafeLoad(fromUncheckedByteOffset: offset, as: UInt8.self)
      if answer(SIMD16(repeating: byte)).bits & 1 != 0 { return offset }
      offset &+= 1
    }
    return range.upperBound
  }

  /// Finds the end of a name: the offset of the first byte at or after `start` that is no letter,
  /// digit or `_`.
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

extension ArraySlice<UInt8> {
  /// Where another text stands first; nil where it does not. The standard library's search is made for
  /// collections of any kind, and takes much longer.
  public func firstPlace(of part: [UInt8]) -> Range<Int>? {
    span.first(of: part.span, from: 0).map { startIndex + $0..<startIndex + $0 + part.count }
  }
}

extension Span<UInt8> {
  /// The first place at or after an offset where another text stands; nil where there is none.
  ///
  /// Of a short one the first and the last byte are looked for, at sixteen places at a time; what
  /// looks alike often, a long one might make slow, so that goes byte by byte.
  public func first(of part: Span<UInt8>, from start: Int) -> Int? {
    guard start >= 0, part.count <= count &- start else { return nil }
    if part.isEmpty { return start }
    if part.count == 1 {
      let found = bytes.first(part[0], in: start..<count)
      return found < count ? found : nil
    }
    return part.count > 64 ? first(ofLong: part, from: start) : first(ofShort: part, from: start)
  }

  /// Tells whether a text stands in this one.
  public func holds(_ part: StaticString) -> Bool {
    part.withUTF8Buffer { part in first(of: part.span, from: 0) != nil }
  }

  private func first(ofShort part: Span<UInt8>, from start: Int) -> Int? {
    let (raw, gap) = (bytes, part.count &- 1)
    let (first, last) = (SIMD16(repeating: part[0]), SIMD16(repeating: part[gap]))
    var offset = start
    while offset &+ 16 &+ gap <= count {
      let left = unsafe raw.unsafeLoadUnaligned(
        fromUncheckedByteOffset: offset, as: SIMD16<UInt8>.self)
      let right = unsafe raw.unsafeLoadUnaligned(
        fromUncheckedByteOffset: offset &+ gap, as: SIMD16<UInt8>.self)
      let isAlike: SIMDMask<SIMD16<Int8>> = (left .== first) .& (right .== last)
      var places = isAlike.bits
      while places != 0 {
        let place = offset &+ places.trailingZeroBitCount
        if holds(part, at: place) { return place }
        places &= places &- 1
      }
      offset &+= 16
    }
    while offset &+ gap < count {
      if self[offset] == part[0], holds(part, at: offset) { return offset }
      offset &+= 1
    }
    return nil
  }

  @inline(__always)
  private func holds(_ part: Span<UInt8>, at offset: Int) -> Bool {
    extracting(offset..<offset &+ part.count).hasSameBytes(as: part)
  }

  /// The search of Knuth, Morris and Pratt, which looks at no byte twice.
  private func first(ofLong part: Span<UInt8>, from start: Int) -> Int? {
    // How much of the part has been read where it begins anew, for each of its beginnings.
    var restarts = [Int](repeating: 0, count: part.count)
    var length = 0
    for index in 1..<part.count {
      while length > 0, part[index] != part[length] { length = restarts[length - 1] }
      if part[index] == part[length] { length += 1 }
      restarts[index] = length
    }
    length = 0
    for offset in start..<count {
      while length > 0, self[offset] != part[length] { length = restarts[length - 1] }
      if self[offset] == part[length] { length += 1 }
      if length == part.count { return offset + 1 - length }
    }
    return nil
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
