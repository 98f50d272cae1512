extension ByteBuffer {
  /// Room that is enough for a whole number, and for what is written beyond it.
  @usableFromInline static let mostDigits = 40

  /// Appends a whole number in decimal digits.
  ///
  /// - Parameter sign: stands between groups of three digits; 0 for none.
  public mutating func append(number: Int, groupedBy sign: UInt8 = 0) {
    if number < 0 { append(UInt8(ascii: "-")) }
    reserve(ByteBuffer.mostDigits)
    filled &+= writeDigits(of: number.magnitude, groupedBy: sign, to: start + filled)
  }
}

/// Writes a number where there is room for ``ByteBuffer/mostDigits``, and returns how many bytes it
/// takes.
///
/// How long a number is takes no branch: a processor cannot foretell it.
///
/// - Parameter sign: stands between groups of three digits; 0 for none.
@usableFromInline
func writeDigits(
  of number: UInt, groupedBy sign: UInt8, to start: UnsafeMutablePointer<UInt8>
) -> Int {
  if sign == 0 {
    guard number >= 100_000_000 else { return EightDigits(number).writeShort(to: start) }
    let (high, low) = number.quotientAndRemainder(dividingBy: 100_000_000)
    let count = writeDigits(of: high, groupedBy: sign, to: start)
    EightDigits(low).write(to: start + count)
    return count &+ 8
  }
  guard number >= 1_000_000 else {
    return EightDigits(number).writeShort(groupedBy: sign, to: start)
  }
  let (high, low) = number.quotientAndRemainder(dividingBy: 1_000_000)
  let count = writeDigits(of: high, groupedBy: sign, to: start)
  EightDigits(low).write(groupedBy: sign, to: start + count)
  return count &+ 8
}

/// A number below a hundred million as eight digits: all of them, fours and pairs are taken apart
/// in three steps.
private struct EightDigits {
  /// A digit a byte, the first lowest.
  private let values: UInt64

  @inline(__always)
  init(_ number: UInt) {
    let number = UInt64(number)
    let high = number / 10_000
    let fours = high | (number &- high &* 10_000) << 32
    // As 10,486 / 2^20 is a hundredth, and 103 / 2^10 a tenth, as far as these go.
    let hundreds = ((fours &* 10_486) >> 20) & 0x0000_007F_0000_007F
    let pairs = hundreds | (fours &- hundreds &* 100) << 16
    let tens = ((pairs &* 103) >> 10) & 0x000F_000F_000F_000F
    values = tens | (pairs &- tens &* 10) << 8
  }

  private var text: UInt64 { values | 0x3030_3030_3030_3030 }

  /// The zeros before the number, but for a last one.
  private var leadingZeros: Int { (values | 1 << 63).trailingZeroBitCount / 8 }

  /// All eight.
  @inline(__always)
  func write(to start: UnsafeMutablePointer<UInt8>) { EightDigits.write(text, to: start) }

  /// Without the zeros before the number; returns how many digits are left.
  @inline(__always)
  func writeShort(to start: UnsafeMutablePointer<UInt8>) -> Int {
    let zeros = leadingZeros
    EightDigits.write(text &>> UInt64(8 &* zeros), to: start)
    return 8 &- zeros
  }

  /// The last six with a sign before each three.
  private func groups(_ sign: UInt8) -> UInt64 {
    let (first, second) = (text >> 16 & 0xFF_FFFF, text >> 40)
    return UInt64(sign) &* 0x1_0000_0001 | first << 8 | second << 40
  }

  /// Writes the last six with a sign before each three.
  @inline(__always)
  func write(groupedBy sign: UInt8, to start: UnsafeMutablePointer<UInt8>) {
    EightDigits.write(groups(sign), to: start)
  }

  /// The same of a number below a million, without what stands before its first digit; returns how
  /// many bytes are left.
  @inline(__always)
  func writeShort(groupedBy sign: UInt8, to start: UnsafeMutablePointer<UInt8>) -> Int {
    let zeros = leadingZeros &- 2
    // The first sign, the zeros, and among them the second.
    let dropped = 1 &+ zeros &+ (zeros >= 3 ? 1 : 0)
    EightDigits.write(groups(sign) &>> UInt64(8 &* dropped), to: start)
    return 8 &- dropped
  }

  @inline(__always)
  private static func write(_ text: UInt64, to start: UnsafeMutablePointer<UInt8>) {
    UnsafeMutableRawPointer(start).storeBytes(of: text.littleEndian, as: UInt64.self)
  }
}
