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

  /// Appends a day in digits: `05/03/2020`.
  public mutating func append(_ day: Int, _ month: Int, _ year: Int, as form: WrittenDate.Form) {
    precondition(0..<100 ~= day && 0..<100 ~= month && 0..<10_000 ~= year)
    reserve(ByteBuffer.mostDigits)
    let number = UInt(bitPattern: (day &* 100 &+ month) &* 10_000 &+ year)
    let digits = EightDigits(number).text
    let date = WrittenDate(
      day: digits & 0xFFFF, month: digits >> 16 & 0xFFFF, year: digits >> 32,
      monthNumber: UInt64(month))
    filled &+= date.write(as: form, to: start + filled)
  }
}

/// Writes a number where there is room for ``ByteBuffer/mostDigits``, and returns how many bytes it
/// takes.
///
/// How long a number is takes no branch: a processor cannot foretell it.
///
/// - Parameter sign: stands between groups of three digits; 0 for none.
private func writeDigits(
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
  private let number: UInt64

  @inline(__always)
  init(_ number: UInt) { self.number = UInt64(number) }

  /// All eight, the first lowest.
  var text: UInt64 {
    @inline(__always) get {
      let high = number / 10_000
      let fours = high | (number &- high &* 10_000) << 32
      // As 10,486 / 2^20 is a hundredth, and 103 / 2^10 a tenth, as far as these go.
      let hundreds = ((fours &* 10_486) >> 20) & 0x0000_007F_0000_007F
      let pairs = hundreds | (fours &- hundreds &* 100) << 16
      let tens = ((pairs &* 103) >> 10) & 0x000F_000F_000F_000F
      return tens | (pairs &- tens &* 10) << 8 | 0x3030_3030_3030_3030
    }
  }

  /// How many digits the number takes if it is below a million. Known long before the digits are,
  /// so that what comes next need not wait for them.
  private var shortCount: Int {
    @inline(__always) get {
      let (two, three) = ((number >= 10).one, (number >= 100).one)
      return 1 &+ two &+ three &+ (number >= 1_000).one
        &+ ((number >= 10_000).one &+ (number >= 100_000).one)
    }
  }

  /// Writes all eight.
  @inline(__always)
  func write(to start: UnsafeMutablePointer<UInt8>) { Texts.write(text, to: start) }

  /// Without the zeros before the number; returns how many digits are left.
  @inline(__always)
  func writeShort(to start: UnsafeMutablePointer<UInt8>) -> Int {
    let count =
      shortCount &+ ((number >= 1_000_000).one &+ (number >= 10_000_000).one)
    Texts.write(text &>> UInt64(8 &* (8 &- count)), to: start)
    return count
  }

  /// Writes the last six with a sign before each three.
  @inline(__always)
  func write(groupedBy sign: UInt8, to start: UnsafeMutablePointer<UInt8>) {
    Texts.write(groups(of: text, by: sign), to: start)
  }

  /// The same of a number below a million, without what stands before its first digit; returns how
  /// many bytes are left.
  @inline(__always)
  func writeShort(groupedBy sign: UInt8, to start: UnsafeMutablePointer<UInt8>) -> Int {
    writeGroups(of: text, shortCount, by: sign, to: start)
  }
}

extension Bool {
  /// 1 for yes: the sum of several needs no branches.
  @inlinable var one: Int {
    @inline(__always) get { self ? 1 : 0 }
  }
}
