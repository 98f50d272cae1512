import Diagnostics

extension Span<UInt8> {
  /// Whether it is a text of one line that means nothing to Markdown wherever text can stand:
  /// begins with a letter or digit, ends in no space, and holds no sign at which
  /// ``firstMarkup(in:)`` would stop and no `#`. Says no to some others too.
  public var isOrdinary: Bool {
    guard !isEmpty, startsWord(self, 0), !endsInSpace(self) else { return false }
    return withUnsafeBytes { bytes in
      bytes.count < 16 ? !bytes.holdsSign : !holdsSignInBlocks(bytes)
    }
  }

  /// Whether a range of sixteen bytes and more means nothing to Markdown but where its pipes are,
  /// and can stand in HTML as it is. Says no to some others too.
  func isOrdinaryBetweenPipes(in range: Range<Int>) -> Bool {
    guard range.count >= 16 else { return false }
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    return withUnsafeBytes { !$0.isAny(in: range, signsButPipes) }
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

private func holdsSignInBlocks(_ bytes: UnsafeRawBufferPointer) -> Bool {
  bytes.isAny(in: 0..<bytes.count, signs)
}

extension UnsafeRawBufferPointer {
  /// The same for one to fifteen bytes.
  @inline(__always)
  fileprivate var holdsSign: Bool {
    // The last word overlaps the first; spaces stand for what is not there.
    let (first, last): (UInt64, UInt64)
    if count >= 8 {
      first = loadUnaligned(as: UInt64.self)
      last = loadUnaligned(fromByteOffset: count &- 8, as: UInt64.self)
    } else if count >= 4 {
      let half: UInt64 = 0x2020_2020 << 32
      first = half | UInt64(loadUnaligned(as: UInt32.self))
      last = half | UInt64(loadUnaligned(fromByteOffset: count &- 4, as: UInt32.self))
    } else {
      first = 0x2020_2020_2020_2000 | UInt64(self[0])
      last =
        0x2020_2020_2020_0000 | UInt64(self[count &>> 1]) | UInt64(self[count &- 1]) << 8
    }
    return signs(unsafeBitCast(SIMD2(first, last), to: SIMD16<UInt8>.self)).isSet
  }
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
