extension Span<UInt8> {
  /// Tells whether it is a text of one line that shows its characters as they are wherever text can
  /// stand: begins with a letter or digit, holds none of ``ordinarySigns(_:)``, and ends neither in
  /// a space nor in `!`, which may begin an image with what follows, nor in `#`, which may end a
  /// heading. Some others would too.
  public var isOrdinary: Bool {
    guard startsWord(self, 0), endsOrdinarily(self) else { return false }
    return withUnsafeBytes { bytes in
      bytes.count < 16 ? !bytes.holdsSign : !bytes.isAny(in: 0..<bytes.count, ordinarySigns)
    }
  }
}

extension UnsafeRawBufferPointer {
  /// Tells whether one of the bytes of a range of sixteen and more gets a yes.
  @inlinable @inline(__always)
  public func isAny(in range: Range<Int>, _ answer: (SIMD16<UInt8>) -> SIMDMask<SIMD16<Int8>>)
    -> Bool
  {
    // The last block overlaps the one before it.
    var found = answer(block(at: range.upperBound &- 16))
    var index = range.lowerBound
    while index &+ 16 < range.upperBound {
      found .|= answer(block(at: index))
      index &+= 16
    }
    return found.isSet
  }

  /// Sixteen bytes.
  @inlinable @inline(__always)
  public func block(at index: Int) -> SIMD16<UInt8> {
    loadUnaligned(fromByteOffset: index, as: SIMD16<UInt8>.self)
  }
}

extension UnsafeRawBufferPointer {
  /// Tells whether one of one to fifteen bytes is one of ``ordinarySigns(_:)``.
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
    return ordinarySigns(unsafeBitCast(SIMD2(first, last), to: SIMD16<UInt8>.self)).isSet
  }
}

/// Tells whether the end of a text that is not empty may be that of an ordinary one.
@inlinable @inline(__always)
func endsOrdinarily(_ text: Span<UInt8>) -> Bool {
  let last = text[text.count &- 1]
  return last &- UInt8(ascii: "$") < 0x80 - UInt8(ascii: "$") || endsInOther(text)
}

/// The same where the last byte is beyond ASCII, or a blank or another of the first signs.
@usableFromInline @inline(never)
func endsInOther(_ text: Span<UInt8>) -> Bool {
  let last = text[text.count - 1]
  return last != UInt8(ascii: "!") && last != UInt8(ascii: "#") && !endsInSpace(text)
}

/// The bytes of a block that no ordinary text holds: a control character, one of
/// ``&*<[\]^_`{|}~`` or DEL.
@inlinable @inline(__always)
public func ordinarySigns(_ block: SIMD16<UInt8>) -> SIMDMask<SIMD16<Int8>> {
  block.isAny(of: 0x00, through: 0x1F) .| printableSigns(block)
}

/// The same but control characters from 00 to 1F.
@inlinable @inline(__always)
func printableSigns(_ block: SIMD16<UInt8>) -> SIMDMask<SIMD16<Int8>> {
  @inline(__always)
  func each(_ byte: UInt8) -> SIMD16<UInt8> { SIMD16(repeating: byte) }
  // From `[` to `_`, and from `{` to 7F; the top bit makes a negative number.
  let folded = unsafeBitCast(block | each(0x20), to: SIMD16<Int8>.self)
  let isBracket = (folded .> SIMD16<Int8>(repeating: 0x7A)) .| (block .== each(UInt8(ascii: "`")))
  let isOther =
    (block .== each(UInt8(ascii: "&"))) .| (block .== each(UInt8(ascii: "*")))
    .| (block .== each(UInt8(ascii: "<")))
  return isBracket .| isOther
}
