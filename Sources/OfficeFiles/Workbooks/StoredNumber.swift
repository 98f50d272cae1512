/// A number as a workbook stores it, `60152.279999999999` or `1.5E-3`, as an exact decimal.
///
/// What a person typed had 15 significant digits at most: a binary number keeps no more, and writing
/// it with 17 shows digits that nobody meant. So it is rounded to 15, as Excel itself does before it
/// shows a number: 0.30000000000000004 is 0.3.
struct StoredNumber {
  var isNegative = false
  /// The significant digits, each 0 to 9, the first and the last not zero; none for zero.
  private(set) var digits: [UInt8] = []
  /// The number is 0.DIGITS times ten to this power.
  private(set) var power = 0
  /// Whether all digits of the text are kept.
  private(set) var isExact = true

  static let significantDigits = 15
  /// Beyond these powers there is no number in a workbook.
  private static let powers = -330...330

  /// Reads the text of a number; nil for anything else.
  init?(_ text: some Collection<UInt8>) {
    var rest = text[...]
    if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
      isNegative = sign == UInt8(ascii: "-")
      rest = rest.dropFirst()
    }
    let whole = rest.prefix { 0x30...0x39 ~= $0 }
    rest = rest.dropFirst(whole.count)
    var fraction = rest.prefix(0)
    if rest.first == UInt8(ascii: ".") {
      fraction = rest.dropFirst().prefix { 0x30...0x39 ~= $0 }
      rest = rest.dropFirst(1 + fraction.count)
    }
    guard !whole.isEmpty || !fraction.isEmpty, let exponent = exponent(of: rest) else { return nil }
    power = whole.count + exponent
    digits = (Array(whole) + Array(fraction)).map { $0 - 0x30 }
    normalize()
    isExact = digits.count <= StoredNumber.significantDigits
    round(toDigits: StoredNumber.significantDigits)
    guard digits.isEmpty || StoredNumber.powers.contains(power) else { return nil }
  }

  /// Multiplies by a power of ten.
  mutating func shift(_ places: Int) { if !digits.isEmpty { power += places } }

  /// Rounds to a number of decimals, halves away from zero; tells whether that changed it.
  mutating func round(toDecimals decimals: Int) -> Bool {
    let kept = power + decimals
    guard kept < digits.count else { return false }
    if kept < 0 { digits = [] } else { round(toDigits: kept) }
    normalize()
    return true
  }

  private mutating func round(toDigits count: Int) {
    guard count < digits.count else { return }
    let isUp = digits[count] >= 5
    digits.removeSubrange(count...)
    if isUp {
      var place = count - 1
      while place >= 0, digits[place] == 9 {
        digits[place] = 0
        place -= 1
      }
      if place >= 0 {
        digits[place] += 1
      } else {
        digits.insert(1, at: 0)
        power += 1
      }
    }
    normalize()
  }

  private mutating func normalize() {
    let zeros = digits.prefix { $0 == 0 }.count
    digits.removeFirst(zeros)
    power -= zeros
    while digits.last == 0 { digits.removeLast() }
    if digits.isEmpty { (isNegative, power) = (false, 0) }
  }

  /// The digit of a place: 0 for the units, 1 for the tens, -1 for the first decimal.
  func digit(at place: Int) -> UInt8 {
    let index = power - 1 - place
    return digits.indices.contains(index) ? digits[index] : 0
  }

  /// The number of digits before the point.
  var wholeCount: Int { max(power, 0) }
  /// The number of digits behind the point.
  var decimalCount: Int { max(digits.count - power, 0) }

  /// The whole part; nil beyond twelve digits.
  var whole: Int? {
    guard power <= 12 else { return nil }
    return stride(from: power - 1, through: 0, by: -1).reduce(0) { $0 * 10 + Int(digit(at: $1)) }
  }

  /// The part behind the point, in so many parts of a whole, rounded.
  func fraction(in parts: Int) -> Int {
    // Nine decimals tell apart a ten-thousandth of a second.
    let billionth = (1...9).reduce(0) { $0 * 10 + Int(digit(at: -$1)) }
    return (billionth * parts + 500_000_000) / 1_000_000_000
  }
}

/// The power of ten behind the digits of a number, 0 where there is none; nil where it is no power.
private func exponent(of text: some Collection<UInt8>) -> Int? {
  guard let mark = text.first else { return 0 }
  guard mark == UInt8(ascii: "E") || mark == UInt8(ascii: "e") else { return nil }
  var rest = text.dropFirst()
  let sign = rest.first
  if sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { rest = rest.dropFirst() }
  guard rest.count <= 4, let power = rest.number else { return nil }
  return sign == UInt8(ascii: "-") ? -power : power
}
