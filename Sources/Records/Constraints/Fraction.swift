/// An exact number: 0.1 and 0.2 are 0.3, and a third of 1 times 3 is 1.
struct Fraction: Sendable, Hashable {
  private let numerator: Int
  /// Greater than 0 and without a common divisor with the numerator.
  private let denominator: Int

  init(_ integer: Int) {
    (numerator, denominator) = (integer, 1)
  }

  /// Makes a fraction; nil when it does not fit, or for a division by zero.
  private init?(_ numerator: Int128, over denominator: Int128) {
    guard denominator != 0 else { return nil }
    let divisor = Self.commonDivisor(numerator.magnitude, denominator.magnitude)
    let sign: Int128 = denominator < 0 ? -1 : 1
    guard let top = Int(exactly: sign * numerator / Int128(divisor)),
      let bottom = Int(exactly: sign * denominator / Int128(divisor))
    else { return nil }
    (self.numerator, self.denominator) = (top, bottom)
  }

  /// Reads `13`, `-0.5`, `.5` or `5.`; nil for anything else, and for what does not fit.
  init?(_ text: ArraySlice<UInt8>) {
    let isNegative = text.first == UInt8(ascii: "-")
    let digits = isNegative || text.first == UInt8(ascii: "+") ? text.dropFirst() : text
    let point = digits.firstIndex(of: UInt8(ascii: ".")) ?? digits.endIndex
    let fraction = digits[point...].dropFirst()
    guard digits.count <= 19, digits.count > (point == digits.endIndex ? 0 : 1),
      digits[..<point].allSatisfy(\.isDigit), fraction.allSatisfy(\.isDigit)
    else { return nil }
    var value: Int128 = 0
    for digit in digits where digit.isDigit { value = value * 10 + Int128(digit & 0xF) }
    var scale: Int128 = 1
    for _ in fraction { scale *= 10 }
    self.init(isNegative ? -value : value, over: scale)
  }

  static func + (left: Fraction, right: Fraction) -> Fraction? {
    sum(left, Int128(right.numerator), right.denominator)
  }

  static func - (left: Fraction, right: Fraction) -> Fraction? {
    sum(left, -Int128(right.numerator), right.denominator)
  }

  static func * (left: Fraction, right: Fraction) -> Fraction? {
    Fraction(
      Int128(left.numerator) * Int128(right.numerator),
      over: Int128(left.denominator) * Int128(right.denominator))
  }

  static func / (left: Fraction, right: Fraction) -> Fraction? {
    Fraction(
      Int128(left.numerator) * Int128(right.denominator),
      over: Int128(left.denominator) * Int128(right.numerator))
  }

  /// The numerators are 64 bits wide, so a sum of two products could be one bit too wide.
  private static func sum(
    _ left: Fraction, _ numerator: Int128, _ denominator: Int
  ) -> Fraction? {
    let (first, second) = (
      Int128(left.numerator) * Int128(denominator), numerator * Int128(left.denominator)
    )
    let (total, overflow) = first.addingReportingOverflow(second)
    return overflow
      ? nil : Fraction(total, over: Int128(left.denominator) * Int128(denominator))
  }

  private static func commonDivisor(_ first: UInt128, _ second: UInt128) -> UInt128 {
    var (larger, smaller) = (first, second)
    while smaller != 0 { (larger, smaller) = (smaller, larger % smaller) }
    return max(larger, 1)
  }

  var isZero: Bool { numerator == 0 }
}

extension Fraction: Comparable {
  static func < (left: Fraction, right: Fraction) -> Bool {
    Int128(left.numerator) * Int128(right.denominator)
      < Int128(right.numerator) * Int128(left.denominator)
  }
}
