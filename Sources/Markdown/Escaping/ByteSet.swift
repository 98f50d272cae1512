/// A set of ASCII characters, tested without a table in memory.
struct ByteSet: Sendable {
  private let low: UInt64
  private let high: UInt64

  @inline(__always)
  init(_ characters: StaticString) {
    var (low, high) = (UInt64(0), UInt64(0))
    characters.withUTF8Buffer { bytes in
      for byte in bytes {
        if byte < 64 { low |= 1 << UInt64(byte) } else { high |= 1 << UInt64(byte - 64) }
      }
    }
    (self.low, self.high) = (low, high)
  }

  /// The characters, and all control characters below a space.
  init(withControls characters: StaticString) {
    let others = ByteSet(characters)
    (low, high) = (others.low | 0xFFFF_FFFF, others.high)
  }

  @inline(__always)
  func contains(_ byte: UInt8) -> Bool {
    let half = byte < 64 ? low : high
    return byte < 128 && half & (1 << UInt64(byte & 63)) != 0
  }
}
