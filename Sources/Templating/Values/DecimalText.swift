import Texts

// Decimals as texts.

// MARK: - Writing

extension Decimal {
  /// `12.5`, `-0.05`, `3`: canonical, with no digit too many.
  public var canonical: String { written { append(to: &$0) } }

  /// Appends `12.5`, `-0.05`, `3`; see ``canonical``.
  public func append(to bytes: inout ByteBuffer) {
    guard let small = coefficient.word, small != .min, scale < smallPowers.count else {
      return appendWide(to: &bytes)
    }
    if scale == 0 { return bytes.append(number: small) }
    if small < 0 { bytes.append(UInt8(ascii: "-")) }
    let (whole, fraction) = abs(small).quotientAndRemainder(dividingBy: smallPowers[scale])
    bytes.append(number: whole)
    bytes.append(UInt8(ascii: "."))
    var digits = scale - 1
    while digits > 0, fraction < smallPowers[digits] {
      bytes.append(UInt8(ascii: "0"))
      digits -= 1
    }
    bytes.append(number: fraction)
  }

  private func appendWide(to bytes: inout ByteBuffer) {
    let digits = Array(String(coefficient.magnitude).utf8)
    if coefficient < 0 { bytes.append(UInt8(ascii: "-")) }
    for place in stride(from: max(digits.count, scale + 1) - 1, through: 0, by: -1) {
      let isGiven = place < digits.count
      bytes.append(isGiven ? digits[digits.count - 1 - place] : UInt8(ascii: "0"))
      if place == scale, scale > 0 { bytes.append(UInt8(ascii: ".")) }
    }
  }

  /// Appends what a template prints: see ``description``.
  func appendPrinted(to bytes: inout ByteBuffer) {
    append(to: &bytes)
    if scale == 0, !isLargeWhole { bytes.append(literal: ".0") }
  }

  /// Appends the number with just so many digits after the point, rounded half up; false, and
  /// nothing appended, where they are too many.
  func appendFixed(_ digits: Int, to bytes: inout ByteBuffer) -> Bool {
    guard (0...38).contains(digits), let rounded = rounded(to: digits, .halfUp) else {
      return false
    }
    rounded.append(to: &bytes)
    if digits > 0, rounded.scale == 0 { bytes.append(UInt8(ascii: ".")) }
    for _ in rounded.scale..<digits { bytes.append(UInt8(ascii: "0")) }
    return true
  }

  private func written(_ write: (inout ByteBuffer) -> Void) -> String {
    var bytes = ByteBuffer()
    write(&bytes)
    return bytes.span.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
  }
}

extension Decimal: CustomStringConvertible {
  /// As a template prints it: a decimal that is whole shows it, `2.0`.
  public var description: String { written { appendPrinted(to: &$0) } }
}

// MARK: - Reading

extension Decimal {
  /// Reads `-12.50`, `1e3`, `2.5E-2`: ASCII digits with a point, as in JSON and in templates.
  public init?(_ bytes: some Collection<UInt8>) {
    let read = bytes.withContiguousStorageIfAvailable { Decimal($0.span) }
    guard let decimal = read ?? Decimal(Array(bytes).span) else { return nil }
    self = decimal
  }

  /// The same of bytes that lie in a row.
  public init?(_ bytes: Span<UInt8>) {
    var reading = DecimalReading()
    guard reading.read(bytes) else { return nil }
    var (coefficient, scale) = (reading.coefficient, reading.scale)
    if scale < 0 {
      guard let scaled = Decimal.shifted(coefficient, by: -scale) else { return nil }
      (coefficient, scale) = (scaled, 0)
    }
    guard scale <= 38 else { return nil }
    self.init(reading.isNegative ? -coefficient : coefficient, scale: scale)
  }
}

extension Decimal {
  /// Tells whether a text is a number, also one with more digits than there are.
  static func isWritten(in text: Span<UInt8>) -> Bool {
    var offset = signLength(text)
    let whole = digits(text, from: offset)
    offset += whole
    if whole > 0, offset < text.count, text[offset] == UInt8(ascii: ".") {
      offset += 1 + digits(text, from: offset + 1)
    }
    guard whole > 0, offset < text.count else { return whole > 0 }
    guard text[offset] | 0x20 == UInt8(ascii: "e") else { return false }
    let exponent = text.extracting(offset + 1..<text.count)
    let sign = signLength(exponent)
    return sign < exponent.count && sign + digits(exponent, from: sign) == exponent.count
  }

  private static func signLength(_ text: Span<UInt8>) -> Int {
    !text.isEmpty && (text[0] == UInt8(ascii: "-") || text[0] == UInt8(ascii: "+")) ? 1 : 0
  }

  private static func digits(_ text: Span<UInt8>, from start: Int) -> Int {
    var end = start
    while end < text.count, isDigit(text[end]) { end += 1 }
    return end - start
  }
}

/// A decimal that is being read.
private struct DecimalReading {
  private(set) var coefficient: Int128 = 0
  private(set) var scale = 0
  private(set) var isNegative = false

  /// The digits that a machine word holds whatever they are.
  private static let wordDigits = 18

  /// False for what is no decimal or has too many digits.
  mutating func read(_ bytes: Span<UInt8>) -> Bool {
    var offset = 0
    if !bytes.isEmpty, bytes[0] == UInt8(ascii: "-") || bytes[0] == UInt8(ascii: "+") {
      isNegative = bytes[0] == UInt8(ascii: "-")
      offset = 1
    }
    var word = 0
    var digits = 0
    var isAfterPoint = false
    while offset < bytes.count, bytes[offset] | 0x20 != UInt8(ascii: "e") {
      let byte = bytes[offset]
      offset += 1
      if byte == UInt8(ascii: "."), !isAfterPoint, digits > 0 {
        isAfterPoint = true
        continue
      }
      guard isDigit(byte) else { return false }
      let digit = Int(byte &- UInt8(ascii: "0"))
      digits += 1
      if isAfterPoint { scale += 1 }
      if digits <= Self.wordDigits {
        word = word &* 10 &+ digit
      } else {
        if digits == Self.wordDigits + 1 { coefficient = Int128(word) }
        guard addDigit(digit) else { return false }
      }
    }
    if digits <= Self.wordDigits { coefficient = Int128(word) }
    if digits == 0 { return false }
    return offset == bytes.count || readExponent(bytes.extracting(offset + 1..<bytes.count))
  }

  private mutating func addDigit(_ digit: Int) -> Bool {
    let (product, isTooLarge) = coefficient.multipliedReportingOverflow(by: 10)
    let (sum, overflow) = product.addingReportingOverflow(Int128(digit))
    coefficient = sum
    return !isTooLarge && !overflow && sum != .max
  }

  /// A number from -60 to 60.
  private mutating func readExponent(_ bytes: Span<UInt8>) -> Bool {
    var start = 0
    if !bytes.isEmpty, bytes[0] == UInt8(ascii: "-") || bytes[0] == UInt8(ascii: "+") { start = 1 }
    guard start < bytes.count else { return false }
    var exponent = 0
    for index in start..<bytes.count {
      guard isDigit(bytes[index]) else { return false }
      exponent = min(exponent * 10 + Int(bytes[index] &- UInt8(ascii: "0")), 1000)
    }
    scale -= bytes[0] == UInt8(ascii: "-") ? -exponent : exponent
    return exponent <= 60
  }
}
