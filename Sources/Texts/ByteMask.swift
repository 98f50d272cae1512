#if arch(x86_64)
  public import _Builtin_intrinsics.intel
#endif

/// A mask of sixteen bytes: which of them answered yes. The standard library's `any` looks at each
/// of them.
extension SIMDMask where Storage == SIMD16<Int8> {
  @inlinable @inline(__always)
  public var isSet: Bool {
    let words = unsafeBitCast(self, to: SIMD2<UInt64>.self)
    return words[0] | words[1] != 0
  }

  /// FF for yes, 00 for no.
  @inline(__always)
  var bytes: SIMD16<UInt8> { unsafeBitCast(self, to: SIMD16<UInt8>.self) }

  /// A bit for each byte, the first lowest. Swift has no name for the one instruction that it takes.
  @inlinable @inline(__always)
  public var bits: UInt64 {
    #if arch(x86_64)
      let bits = _mm_movemask_epi8(unsafeBitCast(self, to: SIMD2<Int64>.self))
      return UInt64(UInt32(bitPattern: bits))
    #else
      let words = unsafeBitCast(self, to: SIMD2<UInt64>.self)
      return SIMDMask.bits(words[0]) | SIMDMask.bits(words[1]) << 8
    #endif
  }

  /// The lowest bits of eight bytes side by side: the product carries each to its place on top.
  @usableFromInline
  static func bits(_ word: UInt64) -> UInt64 {
    ((word & 0x0101_0101_0101_0101) &* 0x0102_0408_1020_4080) >> 56
  }
}

extension SIMD16<UInt8> {
  /// The top bit of each byte, the first lowest. Comparing with 80 would look at each of them.
  @inline(__always)
  var topBits: UInt64 {
    #if arch(x86_64)
      let bits = _mm_movemask_epi8(unsafeBitCast(self, to: SIMD2<Int64>.self))
      return UInt64(UInt32(bitPattern: bits))
    #else
      return unsafeBitCast(self &>> 7, to: SIMDMask<SIMD16<Int8>>.self).bits
    #endif
  }
}

extension SIMD16<UInt8> {
  /// Tells whether a byte is in a range, which may go on from FF to 00; two instructions.
  @inlinable @inline(__always)
  public func isAny(of first: UInt8, through last: UInt8) -> SIMDMask<SIMD16<Int8>> {
    let turned = self &+ SIMD16(repeating: 0x7F &- last)
    let least = Int8(bitPattern: first &+ (0x7F &- last))
    return unsafeBitCast(turned, to: SIMD16<Int8>.self) .> SIMD16<Int8>(repeating: least - 1)
  }

  /// A bit for each place where a byte stands, the first lowest.
  @inlinable @inline(__always)
  public func places(of byte: UInt8) -> UInt64 {
    let mask: SIMDMask<SIMD16<Int8>> = self .== SIMD16<UInt8>(repeating: byte)
    return mask.bits
  }
}
