/// A number as a workbook stores it, `60152.279999999999` or `1.5E-3`, as an exact decimal.
///
/// What a person typed had 15 significant digits at most: a binary number keeps no more, and writing
/// it with 17 shows digits that nobody meant. So it is rounded to 15, as Excel itself does before it
/// shows a number: 0.30000000000000004 is 0.3.
struct StoredNumber {
  private(set) var isNegative = false
  /// The significant digits as one number, whose last digit is not zero; 0 for zero.
  private var digits: UInt64 = 0
  /// The number of these digits.
  private var count = 0
  /// The number is 0.DIGITS times ten to this power.
  private(set) var power = 0
  /// Whether all digits of the text are kept.
  private(set) var isExact = true

  static let significantDigits = 15
  /// Beyond these powers there is no number in a workbook.
  private static let powers = -330...330

  /// Reads the text of a number; nil for anything else.
  init?(_ text: Span<UInt8>) {
    var index = 0
    if !text.isEmpty, text[0] == UInt8(ascii: "-") || text[0] == UInt8(ascii: "+") {
      isNegative = text[0] == UInt8(ascii: "-")
      index = 1
    }
    // One digit more than are kept tells which way to round.
    var (hasDigits, isBehindPoint, hasRest) = (false, false, false)
    while index < text.count {
      let digit = text[index] &- 0x30
      if digit < 10 {
        hasDigits = true
        if count == 0, digit == 0 {
          if isBehindPoint { power -= 1 }
        } else {
          if !isBehindPoint { power += 1 }
          if count <= StoredNumber.significantDigits {
            digits = digits * 10 + UInt64(digit)
            count += 1
          } else if digit != 0 {
            hasRest = true
          }
        }
      } else if text[index] == UInt8(ascii: "."), !isBehindPoint {
        isBehindPoint = true
      } else {
        break
      }
      index += 1
    }
    guard hasDigits, let exponent = exponent(of: text.extracting(index...)) else { return nil }
    power += exponent
    if !hasRest { normalize() }
    isExact = count <= StoredNumber.significantDigits
    round(toDigits: StoredNumber.significantDigits)
    guard count == 0 || StoredNumber.powers.contains(power) else { return nil }
  }

  /// Multiplies by a power of ten.
  mutating func shift(_ places: Int) { if count > 0 { power += places } }

  /// Rounds to a number of decimals, halves away from zero; tells whether that changed it.
  mutating func round(toDecimals decimals: Int) -> Bool {
    let kept = power + decimals
    guard kept < count else { return false }
    if kept < 0 { digits = 0 } else { round(toDigits: kept) }
    normalize()
    return true
  }

  private mutating func round(toDigits kept: Int) {
    guard kept < count else { return }
    let next = digits / tens[count - kept - 1]
    digits = next / 10 + (next % 10 >= 5 ? 1 : 0)
    count = kept
    if digits == tens[kept] {
      count += 1
      power += 1
    }
    normalize()
  }

  private mutating func normalize() {
    guard digits > 0 else { return (isNegative, power, count) = (false, 0, 0) }
    while digits % 10 == 0 {
      digits /= 10
      count -= 1
    }
  }

  /// The digit of a place: 0 for the units, 1 for the tens, -1 for the first decimal.
  func digit(at place: Int) -> UInt8 {
    let index = power - 1 - place
    guard index >= 0, index < count else { return 0 }
    return UInt8(truncatingIfNeeded: digits / tens[count - 1 - index] % 10)
  }

  /// The number of digits before the point.
  var wholeCount: Int { max(power, 0) }
  /// The number of digits behind the point.
  var decimalCount: Int { max(count - power, 0) }

  /// The whole part; nil beyond twelve digits.
  var whole: Int? {
    guard power <= 12 else { return nil }
    if power <= 0 { return 0 }
    return Int(power < count ? digits / tens[count - power] : digits * tens[power - count])
  }

  /// The part behind the point, in so many parts of a whole, rounded.
  func fraction(in parts: Int) -> Int {
    guard decimalCount > 0 else { return 0 }
    // Nine decimals tell apart a ten-thousandth of a second.
    let billionth = (1...9).reduce(0) { $0 * 10 + Int(digit(at: -$1)) }
    return (billionth * parts + 500_000_000) / 1_000_000_000
  }
}

/// The powers of ten, from 1 on.
private let tens: [UInt64] = (1...17).reduce(into: [1]) { tens, index in
  tens.append(tens[index - 1] * 10)
}

/// The power of ten behind the digits of a number, 0 where there is none; nil where it is no power.
private func exponent(of text: Span<UInt8>) -> Int? {
  guard !text.isEmpty else { return 0 }
  guard text[0] | 0x20 == UInt8(ascii: "e") else { return nil }
  let hasSign = text.count > 1 && (text[1] == UInt8(ascii: "-") || text[1] == UInt8(ascii: "+"))
  let power = text.extracting((hasSign ? 2 : 1)...)
  guard power.count <= 4, let power = power.number else { return nil }
  return hasSign && text[1] == UInt8(ascii: "-") ? -power : power
}
