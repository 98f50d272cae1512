import Diagnostics

extension Span<UInt8> {
  /// Whether it is a text of one line that means nothing to Markdown wherever text can stand:
  /// begins with a letter or digit, ends in no space, and holds no sign at which ``hasMarkup`` would
  /// stop and no `#`. Says no to some others too.
  @inline(__always)
  var isOrdinary: Bool {
    withUnsafeBytes { bytes in
      guard !bytes.isEmpty, let start = bytes.baseAddress, startsWithLetterOrDigit(bytes),
        endsInNoSpace(bytes)
      else { return false }
      return holdsNoSign(start, bytes.count)
    }
  }
}

extension Span<UInt8> {
  /// Whether a range of sixteen bytes and more means nothing to Markdown but where its pipes are,
  /// and can stand in HTML as it is. Says no to some others too.
  func isOrdinaryBetweenPipes(in range: Range<Int>) -> Bool {
    guard range.count >= 16 else { return false }
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    return withUnsafeBytes { bytes in
      var found = signsButPipes(bytes.block(at: range.upperBound &- 16))
      var index = range.lowerBound
      while index &+ 16 < range.upperBound {
        found .|= signsButPipes(bytes.block(at: index))
        index &+= 16
      }
      return !found.isSet
    }
  }
}

/// Those of ``signs(_:)`` but pipes, and what HTML cannot hold as it is.
@inline(__always)
private func signsButPipes(_ block: SIMD16<UInt8>) -> SIMDMask<SIMD16<Int8>> {
  @inline(__always)
  func each(_ byte: UInt8) -> SIMD16<UInt8> { SIMD16(repeating: byte) }
  let isQuoted = (block .== each(UInt8(ascii: "\""))) .| (block .== each(UInt8(ascii: ">")))
  return (signs(block) .& (block .!= each(UInt8(ascii: "|")))) .| isQuoted
}

@inline(__always)
private func startsWithLetterOrDigit(_ bytes: UnsafeRawBufferPointer) -> Bool {
  let first = bytes[0]
  if first < 0x80 { return isWordByte(first) }
  return first &- 0xC3 <= 0xCD - 0xC3
    || first == 0xE1 && bytes.count > 1 && bytes[1] &- 0xB8 <= 0xBB - 0xB8
}

/// True for ASCII other than blanks, and for letters of Latin scripts.
@inline(__always)
private func endsInNoSpace(_ bytes: UnsafeRawBufferPointer) -> Bool {
  let last = bytes[bytes.count &- 1]
  if last < 0x80 { return !isBlank(last) }
  if bytes.count > 1, bytes[bytes.count &- 2] &- 0xC3 <= 0xCD - 0xC3 { return true }
  return bytes.count > 2 && bytes[bytes.count &- 3] == 0xE1
    && bytes[bytes.count &- 2] &- 0xB8 <= 0xBB - 0xB8
}

/// - Precondition: so many bytes, at least one, from `start` on.
@inline(__always)
private func holdsNoSign(_ start: UnsafeRawPointer, _ count: Int) -> Bool {
  if count >= 16 { return holdsNoSignInBlocks(start, count) }
  // The last word overlaps the first; spaces stand for what is not there.
  let (first, last): (UInt64, UInt64)
  if count >= 8 {
    first = start.loadUnaligned(as: UInt64.self)
    last = start.loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self)
  } else if count >= 4 {
    let half: UInt64 = 0x2020_2020 << 32
    first = half | UInt64(start.loadUnaligned(as: UInt32.self))
    last = half | UInt64(start.loadUnaligned(fromByteOffset: count &- 4, as: UInt32.self))
  } else {
    let bytes = start.assumingMemoryBound(to: UInt8.self)
    first = 0x2020_2020_2020_2000 | UInt64(bytes[0])
    last =
      0x2020_2020_2020_0000 | UInt64(bytes[count &>> 1]) | UInt64(bytes[count &- 1]) << 8
  }
  return !signs(unsafeBitCast(SIMD2(first, last), to: SIMD16<UInt8>.self)).isSet
}

private func holdsNoSignInBlocks(_ start: UnsafeRawPointer, _ count: Int) -> Bool {
  // The last block overlaps the one before it.
  var found = signs(start.loadUnaligned(fromByteOffset: count &- 16, as: SIMD16<UInt8>.self))
  var index = 0
  while index &+ 16 < count {
    found .|= signs(start.loadUnaligned(fromByteOffset: index, as: SIMD16<UInt8>.self))
    index &+= 16
  }
  return !found.isSet
}

/// The bytes of a block that are a control character or one of ``!#&*<[\]^_`{|}~`` or DEL.
@inline(__always)
private func signs(_ block: SIMD16<UInt8>) -> SIMDMask<SIMD16<Int8>> {
  @inline(__always)
  func each(_ byte: UInt8) -> SIMD16<UInt8> { SIMD16(repeating: byte) }
  let isBracket = block.isAny(of: 0x5B, through: 0x60) .| block.isAny(of: 0x7B, through: 0x7F)
  let isHashOrBang = (block | each(0x02)) .== each(UInt8(ascii: "#"))
  let isOther =
    (block .== each(UInt8(ascii: "&"))) .| (block .== each(UInt8(ascii: "*")))
    .| (block .== each(UInt8(ascii: "<")))
  return block.isAny(of: 0x00, through: 0x1F) .| isBracket .| isHashOrBang .| isOther
}
