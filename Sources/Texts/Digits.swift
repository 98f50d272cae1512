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
  ///
  /// - Parameters:
  ///   - sign: stands between day, month and year.
  ///   - hasShortMonths: whether the months from March to September have one digit: `05/3/2020`.
  public mutating func append(
    _ day: Int, _ month: Int, _ year: Int, by sign: UInt8, hasShortMonths: Bool
  ) {
    precondition(0..<100 ~= day && 0..<100 ~= month && 0..<10_000 ~= year)
    appendPair(day)
    append(sign)
    if hasShortMonths, 3..<10 ~= month { append(number: month) } else { appendPair(month) }
    append(sign)
    appendPair(year / 100)
    appendPair(year % 100)
  }

  private mutating func appendPair(_ number: Int) {
    append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / 10))
    append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number % 10))
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

  /// The number of digits if it is below a million. Known long before the digits are,
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

/// Eight decimal digits, the first lowest, as a number: pairs, fours and all eight are put together in
/// three steps. Zero bytes before the digits count as zeros.
@inlinable @inline(__always)
public func number(ofDigits digits: UInt64) -> Int {
  let fours = ((digitPairs(digits) &* 6_553_601) >> 16) & 0x0000_FFFF_0000_FFFF
  return Int(truncatingIfNeeded: (fours &* 42_949_672_960_001) >> 32)
}

/// The numbers of the four pairs of eight decimal digits, sixteen bits each, the first lowest.
@inlinable @inline(__always)
func digitPairs(_ digits: UInt64) -> UInt64 {
  (((digits & 0x0F0F_0F0F_0F0F_0F0F) &* 2561) >> 8) & 0x00FF_00FF_00FF_00FF
}

/// The last six of eight digits with a sign before each three.
@inlinable @inline(__always)
func groups(of digits: UInt64, by sign: UInt8) -> UInt64 {
  let (first, second) = (digits >> 16 & 0xFF_FFFF, digits >> 40)
  return UInt64(sign) &* 0x1_0000_0001 | first << 8 | second << 40
}

/// Writes the last one to six of eight digits with a sign between groups of three; returns how many
/// bytes that are.
@inlinable @inline(__always)
func writeGroups(
  of digits: UInt64, _ count: Int, by sign: UInt8, to start: UnsafeMutablePointer<UInt8>
) -> Int {
  let length = count &+ (count > 3).one
  // The first sign goes, and what stands before the digits.
  write(groups(of: digits, by: sign) &>> UInt64(8 &* (8 &- length)), to: start)
  return length
}

@inlinable @inline(__always)
func write(_ word: UInt64, to start: UnsafeMutablePointer<UInt8>) {
  UnsafeMutableRawPointer(start).storeBytes(of: word.littleEndian, as: UInt64.self)
}

extension RawSpan {
  /// The eight digits of `2019-06-26`, the first lowest; nil for anything else.
  ///
  /// - Precondition: ten bytes from that offset on.
  @inlinable @inline(__always)
  public func isoDigits(at offset: Int) -> UInt64? {
    precondition(offset >= 0 && offset <= byteCount - 10)
    let (head, tail) = unsafe (
      UInt64(
        littleEndian: unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt64.self)),
      UInt16(
        littleEndian: unsafeLoadUnaligned(fromUncheckedByteOffset: offset &+ 8, as: UInt16.self))
    )
    guard head & 0xFF00_00FF_0000_0000 == 0x2D00_002D_0000_0000 else { return nil }
    let digits = head & 0xFFFF_FFFF | (head >> 40 & 0xFFFF) << 32 | UInt64(tail) << 48
    // From 30 to 39 the upper half is a three, with six added too.
    let (upper, threes): (UInt64, UInt64) = (0xF0F0_F0F0_F0F0_F0F0, 0x3030_3030_3030_3030)
    guard digits & upper == threes, (digits &+ 0x0606_0606_0606_0606) & upper == threes else {
      return nil
    }
    return digits
  }
}
