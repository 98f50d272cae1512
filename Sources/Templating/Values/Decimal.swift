/// An exact decimal number: `coefficient × 10^-scale`, up to 38 digits, no trailing zeros kept.
///
/// Never a binary float: 0.1 + 0.2 is 0.3. Operations return nil where the result needs more
/// digits than there are; division alone rounds, half to even, to 28 significant digits.
public struct Decimal: Sendable, Hashable {
  let coefficient: Int128
  /// Digits after the point, 0…38.
  let scale: Int

  public init(_ int: Int) {
    coefficient = Int128(int)
    scale = 0
  }

  /// `12.5` for the digits 125, of which one stands after the point.
  public init(digits: Int, scale: Int) { self.init(Int128(digits), scale: scale) }

  /// Drops trailing zeros after the point.
  init(_ coefficient: Int128, scale: Int) {
    if scale == 0 {
      (self.coefficient, self.scale) = (coefficient, 0)
    } else if let small = coefficient.word {
      let (shortest, scale) = Decimal.withoutZeros(small, scale: scale)
      (self.coefficient, self.scale) = (Int128(shortest), scale)
    } else {
      (self.coefficient, self.scale) = Decimal.withoutZeros(coefficient, scale: scale)
    }
  }

  @inline(__always)
  private static func withoutZeros<Number: FixedWidthInteger>(
    _ coefficient: Number, scale: Int
  ) -> (Number, Int) {
    var (coefficient, scale) = (coefficient, scale)
    while scale > 0 {
      let (quotient, rest) = coefficient.quotientAndRemainder(dividingBy: 10)
      guard rest == 0 else { break }
      (coefficient, scale) = (quotient, scale - 1)
    }
    return (coefficient, scale)
  }

  var isZero: Bool { coefficient == 0 }
  var isNegative: Bool { coefficient < 0 }
  public var isWhole: Bool { scale == 0 }

  /// The number as an `Int` when it is whole and fits.
  var wholeInt: Int? { scale == 0 ? Int(exactly: coefficient) : nil }

  /// Tells whether it is a whole number that is too large for an `Int`: such a decimal is a whole
  /// number to a template.
  var isLargeWhole: Bool { scale == 0 && coefficient.word == nil }

  /// Towards zero.
  var truncated: Decimal {
    guard let small = coefficient.word, scale < smallPowers.count else {
      return Decimal(coefficient / Decimal.power(scale), scale: 0)
    }
    return Decimal(small / smallPowers[scale])
  }
}

extension Decimal: Comparable {
  public static func < (left: Decimal, right: Decimal) -> Bool {
    if left.scale == right.scale { return left.coefficient < right.coefficient }
    guard let (left, right, _) = aligned(left, right) else {
      return compareWide(left, right)
    }
    return left < right
  }

  /// For numbers too far apart in scale to align: their whole parts, then their fractions.
  private static func compareWide(_ left: Decimal, _ right: Decimal) -> Bool {
    let (leftWhole, rightWhole) = (left.truncated.coefficient, right.truncated.coefficient)
    if leftWhole != rightWhole { return leftWhole < rightWhole }
    let leftRest = left.coefficient % power(left.scale)
    let rightRest = right.coefficient % power(right.scale)
    let common = max(left.scale, right.scale)
    return Double(leftRest) * Double(power(common - left.scale))
      < Double(rightRest) * Double(power(common - right.scale))
  }
}

extension Decimal {
  static func power(_ exponent: Int) -> Int128 {
    if exponent < smallPowers.count { return Int128(smallPowers[exponent]) }
    // No more than 10^38 is asked for.
    return Int128(smallPowers[18]) &* power(exponent - 18)
  }

  static func shifted(_ coefficient: Int128, by digits: Int) -> Int128? {
    if digits == 0 { return coefficient }
    if let small = coefficient.word, digits < smallPowers.count {
      return Int128(small) &* Int128(smallPowers[digits])
    }
    guard digits <= 38 else { return coefficient == 0 ? 0 : nil }
    let (result, overflow) = coefficient.multipliedReportingOverflow(by: power(digits))
    return overflow || result == .min ? nil : result
  }

  static func aligned(_ left: Decimal, _ right: Decimal) -> (Int128, Int128, Int)? {
    let scale = max(left.scale, right.scale)
    guard let first = shifted(left.coefficient, by: scale - left.scale),
      let second = shifted(right.coefficient, by: scale - right.scale)
    else { return nil }
    return (first, second, scale)
  }

  public func adding(_ other: Decimal) -> Decimal? {
    guard let (left, right, scale) = Decimal.aligned(self, other) else { return nil }
    let (sum, overflow) = left.addingReportingOverflow(right)
    return overflow || sum == .min ? nil : Decimal(sum, scale: scale)
  }

  public var negated: Decimal { Decimal(-coefficient, scale: scale) }

  public func multiplied(by other: Decimal) -> Decimal? {
    let scale = scale + other.scale
    if let left = coefficient.word, let right = other.coefficient.word {
      return scale <= 38 ? Decimal(Int128(left) &* Int128(right), scale: scale) : nil
    }
    let (product, overflow) = coefficient.multipliedReportingOverflow(by: other.coefficient)
    guard !overflow, product != .min else { return nil }
    return scale <= 38 ? Decimal(product, scale: scale) : nil
  }

  /// Exact where the quotient ends within 28 significant digits, else rounded half to even.
  public func divided(by other: Decimal) -> Decimal? {
    guard !other.isZero, let (left, right, _) = Decimal.aligned(self, other) else { return nil }
    // Ten times a remainder, which is less than the divisor, must fit.
    if let left = left.word, left != .min, let right = right.word,
      right.magnitude < UInt(Int.max / 10)
    {
      return Decimal.quotient(left, right)
    }
    return Decimal.quotient(left, right)
  }

  @inline(__always)
  private static func quotient<Number: FixedWidthInteger>(
    _ left: Number, _ right: Number
  ) -> Decimal? {
    var (whole, remainder) = left.quotientAndRemainder(dividingBy: right)
    var quotient = Int128(truncatingIfNeeded: whole)
    var scale = 0
    let isNegative = (left < 0) != (right < 0)
    let most = UInt128(power(27))
    while remainder != 0, scale < 28, quotient.magnitude < most {
      let (widened, overflow) = remainder.multipliedReportingOverflow(by: 10)
      if overflow { return nil }
      (whole, remainder) = widened.quotientAndRemainder(dividingBy: right)
      quotient = quotient &* 10 &+ Int128(truncatingIfNeeded: whole)
      scale += 1
    }
    let doubled = remainder.magnitude.multipliedReportingOverflow(by: 2)
    let isOver = doubled.overflow || doubled.partialValue > right.magnitude
    let isHalf = !doubled.overflow && doubled.partialValue == right.magnitude
    if isOver || (isHalf && quotient % 2 != 0) { quotient += isNegative ? -1 : 1 }
    return Decimal(quotient, scale: scale)
  }

  /// Towards minus infinity, as `//` in Python.
  public func floorDivided(by other: Decimal) -> Decimal? {
    guard !other.isZero, let (left, right, _) = Decimal.aligned(self, other) else { return nil }
    if let left = left.word, let right = right.word, left != .min {
      return Decimal(Int128(Decimal.floorDivision(left, right).quotient), scale: 0)
    }
    return Decimal(Decimal.floorDivision(left, right).quotient, scale: 0)
  }

  /// The rest that has the sign of the divisor, as `%` in Python.
  public func modulo(_ other: Decimal) -> Decimal? {
    guard !other.isZero, let (left, right, scale) = Decimal.aligned(self, other) else { return nil }
    if let left = left.word, let right = right.word, left != .min {
      return Decimal(Int128(Decimal.floorDivision(left, right).rest), scale: scale)
    }
    return Decimal(Decimal.floorDivision(left, right).rest, scale: scale)
  }

  @inline(__always)
  private static func floorDivision<Number: FixedWidthInteger>(
    _ left: Number, _ right: Number
  ) -> (quotient: Number, rest: Number) {
    let (quotient, rest) = left.quotientAndRemainder(dividingBy: right)
    return rest != 0 && (rest < 0) != (right < 0) ? (quotient - 1, rest + right) : (quotient, rest)
  }

  public enum Rounding: Sendable { case halfUp, ceiling, floor }

  /// Rounds to a number of digits after the point; negative digits round before it.
  public func rounded(to digits: Int, _ rounding: Rounding) -> Decimal? {
    guard digits < scale else { return self }
    guard scale - digits <= 38 else { return Decimal(0) }
    let quotient: Int128
    if let small = coefficient.word, scale - digits < smallPowers.count {
      quotient = Int128(Decimal.rounded(small, to: smallPowers[scale - digits], rounding))
    } else {
      quotient = Decimal.rounded(coefficient, to: Decimal.power(scale - digits), rounding)
    }
    if digits >= 0 { return Decimal(quotient, scale: digits) }
    return Decimal.shifted(quotient, by: -digits).map { Decimal($0, scale: 0) }
  }

  /// The number of units, a power of ten, in a number that is rounded to such.
  @inline(__always)
  private static func rounded<Number: FixedWidthInteger & SignedInteger>(
    _ number: Number, to unit: Number, _ rounding: Rounding
  ) -> Number {
    let (quotient, rest) = number.quotientAndRemainder(dividingBy: unit)
    guard rest != 0 else { return quotient }
    let away: Number = rest < 0 ? -1 : 1
    switch rounding {
    case .ceiling: return rest > 0 ? quotient + 1 : quotient
    case .floor: return rest < 0 ? quotient - 1 : quotient
    case .halfUp: return rest.magnitude >= (unit / 2).magnitude ? quotient + away : quotient
    }
  }
}

/// The powers of ten that fit a machine word, from 1 on.
let smallPowers: InlineArray<19, Int> = [
  1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000,
  10_000_000_000, 100_000_000_000, 1_000_000_000_000, 10_000_000_000_000, 100_000_000_000_000,
  1_000_000_000_000_000, 10_000_000_000_000_000, 100_000_000_000_000_000,
  1_000_000_000_000_000_000,
]

extension Int128 {
  /// The number where it fits a machine word, in which it is worked with ten times as fast.
  @inline(__always)
  var word: Int? {
    let low = Int(truncatingIfNeeded: self)
    return Int128(low) == self ? low : nil
  }
}
