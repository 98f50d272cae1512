/// Which of sixteen bytes answered yes. The standard library's `any` looks at each of them.
extension SIMDMask where Storage == SIMD16<Int8> {
  @inlinable @inline(__always)
  public var isSet: Bool {
    let words = unsafeBitCast(self, to: SIMD2<UInt64>.self)
    return words[0] | words[1] != 0
  }
}
