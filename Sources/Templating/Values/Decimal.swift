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

  /// Drops trailing zeros after the point.
  init(_ coefficient: Int128, scale: Int) {
    var coefficient = coefficient
    var scale = scale
    while scale > 0, coefficient % 10 == 0 {
      coefficient /= 10
      scale -= 1
    }
    self.coefficient = coefficient
    self.scale = scale
  }

  /// Reads `-12.50`, `1e3`, `2.5E-2`: ASCII digits with a point, as in JSON and in templates.
  public init?(_ bytes: some Collection<UInt8>) {
    var coefficient: Int128 = 0
    var scale = 0
    var digits = 0
    var isAfterPoint = false
    var rest = bytes[...]
    let isNegative = rest.first == UInt8(ascii: "-")
    if isNegative || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
    while let byte = rest.first, byte != UInt8(ascii: "e"), byte != UInt8(ascii: "E") {
      rest = rest.dropFirst()
      if byte == UInt8(ascii: "."), !isAfterPoint, digits > 0 {
        isAfterPoint = true
        continue
      }
      guard byte >= 0x30, byte <= 0x39 else { return nil }
      let (product, tooLarge) = coefficient.multipliedReportingOverflow(by: 10)
      let (sum, overflow) = product.addingReportingOverflow(Int128(byte - 0x30))
      if tooLarge || overflow || sum == .max { return nil }
      coefficient = sum
      digits += 1
      if isAfterPoint { scale += 1 }
    }
    guard digits > 0 else { return nil }
    if !rest.isEmpty {
      guard let exponent = Int(String(decoding: rest.dropFirst(), as: UTF8.self)),
        abs(exponent) <= 60
      else { return nil }
      scale -= exponent
    }
    if scale < 0 {
      guard let scaled = Decimal.shifted(coefficient, by: -scale) else { return nil }
      (coefficient, scale) = (scaled, 0)
    }
    guard scale <= 38 else { return nil }
    self.init(isNegative ? -coefficient : coefficient, scale: scale)
  }

  var isZero: Bool { coefficient == 0 }
  var isNegative: Bool { coefficient < 0 }
  public var isWhole: Bool { scale == 0 }

  /// The number as an `Int` when it is whole and fits.
  var wholeInt: Int? { scale == 0 ? Int(exactly: coefficient) : nil }

  /// Towards zero.
  var truncated: Decimal { Decimal(coefficient / Decimal.power(scale), scale: 0) }

  /// `12.5`, `-0.05`, `3`: canonical, with no digit too many.
  public var canonical: String {
    guard scale > 0 else { return String(coefficient) }
    var digits = String(coefficient.magnitude)
    if digits.count <= scale {
      digits = String(repeating: "0", count: scale - digits.count + 1) + digits
    }
    let point = digits.index(digits.endIndex, offsetBy: -scale)
    return (coefficient < 0 ? "-" : "") + digits[..<point] + "." + digits[point...]
  }
}

extension Decimal: CustomStringConvertible {
  /// As a template prints it: a decimal that is whole shows it, `2.0`.
  public var description: String { scale == 0 ? canonical + ".0" : canonical }
}

extension Decimal: Comparable {
  public static func < (left: Decimal, right: Decimal) -> Bool {
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
    var result: Int128 = 1
    for _ in 0..<exponent { result *= 10 }
    return result
  }

  static func shifted(_ coefficient: Int128, by digits: Int) -> Int128? {
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
    let (product, overflow) = coefficient.multipliedReportingOverflow(by: other.coefficient)
    guard !overflow, product != .min else { return nil }
    let scale = scale + other.scale
    return scale <= 38 ? Decimal(product, scale: scale) : nil
  }

  /// Exact where the quotient ends within 28 significant digits, else rounded half to even.
  public func divided(by other: Decimal) -> Decimal? {
    guard !other.isZero, let (left, right, _) = Decimal.aligned(self, other) else { return nil }
    var quotient = left / right
    var remainder = left % right
    var scale = 0
    let isNegative = (left < 0) != (right < 0)
    while remainder != 0, scale < 28, quotient.magnitude < UInt128(Decimal.power(27)) {
      let (widened, overflow) = remainder.multipliedReportingOverflow(by: 10)
      if overflow { return nil }
      quotient = quotient * 10 + widened / right
      remainder = widened % right
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
    let quotient = left / right
    let isExact = left % right == 0
    return Decimal(quotient - (!isExact && (left < 0) != (right < 0) ? 1 : 0), scale: 0)
  }

  /// The rest that has the sign of the divisor, as `%` in Python.
  public func modulo(_ other: Decimal) -> Decimal? {
    guard !other.isZero, let (left, right, scale) = Decimal.aligned(self, other) else { return nil }
    let rest = left % right
    return Decimal(rest != 0 && (rest < 0) != (right < 0) ? rest + right : rest, scale: scale)
  }

  public enum Rounding: Sendable { case halfEven, halfUp, ceiling, floor }

  /// Rounds to a number of digits after the point; negative digits round before it.
  public func rounded(to digits: Int, _ rounding: Rounding) -> Decimal? {
    guard digits < scale else { return self }
    guard scale - digits <= 38 else { return Decimal(0) }
    let unit = Decimal.power(scale - digits)
    let quotient = coefficient / unit + step(coefficient % unit, of: unit, rounding)
    if digits >= 0 { return Decimal(quotient, scale: digits) }
    return Decimal.shifted(quotient, by: -digits).map { Decimal($0, scale: 0) }
  }

  /// What is added to the truncated quotient: -1, 0 or 1.
  private func step(_ rest: Int128, of unit: Int128, _ rounding: Rounding) -> Int128 {
    guard rest != 0 else { return 0 }
    let away: Int128 = rest < 0 ? -1 : 1
    let half = unit / 2
    switch rounding {
    case .ceiling: return rest > 0 ? 1 : 0
    case .floor: return rest < 0 ? -1 : 0
    case .halfUp: return rest.magnitude >= half.magnitude ? away : 0
    case .halfEven:
      let isOdd = (coefficient / unit) % 2 != 0
      let isOver = rest.magnitude > half.magnitude
      return isOver || (rest.magnitude == half.magnitude && isOdd) ? away : 0
    }
  }
}
