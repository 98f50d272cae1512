import Texts
import Templating

/// The kind of value that a field's text becomes for a template.
enum ColumnType: BitwiseCopyable, Sendable {
  case text
  case integer
  case real
  case boolean
  /// A Vietnamese figure, `1.400` or `13,5`: a number where it is one, text where it is hedged.
  case figure
  /// A text with the attributes of its type.
  case typed(ValueType)
}

extension ColumnType {
  func value(of text: Text) -> Value {
    switch self {
    case .text: .text(text)
    case .integer: (text.withBytes(wholeNumber) ?? Int(text.string)).map { .int($0) } ?? .text(text)
    case .real: Value(number: Decimal(text.bytes)) ?? .text(text)
    case .boolean: .bool(text.withBytes(isYes))
    case .figure: figureValue(text) ?? .typed(text, .hedgedFigure)
    case .typed(let type): .typed(text, type.textType)
    }
  }

  /// The whole number that the text in a range of a source becomes; nil where it becomes something
  /// else.
  @inline(__always)
  func number(_ range: SourceRange, of source: Source) -> Int? {
    switch self {
    case .integer: source.withBytes(range, wholeNumber)
    case .figure:
      source.withBytes(range, plainFigure).flatMap { $0.scale == 0 ? $0.digits : nil }
    case .text, .real, .boolean, .typed: nil
    }
  }
}

extension Value {
  /// A decimal, or the whole number that it is; nil for none, and for one that is too large.
  init?(number: Decimal?) {
    guard let number else { return nil }
    guard number.isWhole else {
      self = .decimal(number)
      return
    }
    guard let int = Int(number.canonical) else { return nil }
    self = .int(int)
  }
}

extension Text {
  /// Tells whether it is a true value of the type `bool`.
  var isYes: Bool { withBytes(Reports.isYes) }
}

/// Tells whether it is `yes`, `true` or `1`.
private func isYes(_ bytes: Span<UInt8>) -> Bool {
  guard bytes.count <= 4 else { return false }
  // Its letters as one number.
  var letters: UInt32 = 0
  for index in bytes.indices { letters = letters << 8 | UInt32(bytes[index]) }
  return [0x79_65_73, 0x74_72_75_65, 0x31].contains(letters)
}

/// The number that decimal digits stand for, the only form that every reader of rec agrees on; nil
/// for more than 18.
func wholeNumber(_ bytes: Span<UInt8>) -> Int? {
  guard !bytes.isEmpty, bytes.count < 19 else { return nil }
  let isNegative = bytes[0] == UInt8(ascii: "-")
  guard bytes.count > (isNegative ? 1 : 0) else { return nil }
  var (number, index) = (0, isNegative ? 1 : 0)
  while index < bytes.count {
    let digit = bytes[index] &- UInt8(ascii: "0")
    guard digit <= 9 else { return nil }
    number = number &* 10 &+ Int(digit)
    index &+= 1
  }
  return isNegative ? -number : number
}

/// The number that a figure such as `1.400`, `35` or `-12,5` stands for, as its digits and how many
/// of them stand behind the comma; nil for every other form, which may be a figure too: `007`.
private func plainFigure(_ bytes: Span<UInt8>) -> (digits: Int, scale: Int)? {
  let isNegative = bytes.count > 0 && bytes[0] == UInt8(ascii: "-")
  let first = isNegative ? 1 : 0
  guard first < bytes.count, bytes.count < 19 else { return nil }
  var (index, digits, dots, inGroup) = (first, 0, 0, 0)
  while index < bytes.count, bytes[index] != UInt8(ascii: ",") {
    let digit = bytes[index] &- UInt8(ascii: "0")
    if digit <= 9 {
      digits = digits &* 10 &+ Int(digit)
      inGroup &+= 1
    } else {
      guard bytes[index] == UInt8(ascii: "."), dots > 0 ? inGroup == 3 : 1...3 ~= inGroup else {
        return nil
      }
      (dots, inGroup) = (dots &+ 1, 0)
    }
    index &+= 1
  }
  let startsWithZero = bytes[first] == UInt8(ascii: "0")
  guard dots == 0 ? inGroup > 0 : inGroup == 3, !startsWithZero || index == first &+ 1 else {
    return nil
  }
  guard index < bytes.count else { return (isNegative ? -digits : digits, 0) }
  let scale = bytes.count &- index &- 1
  // `1,400` may be meant as the digits of others.
  guard scale > 0, scale != 3 || dots > 0 || inGroup > 3 || startsWithZero else { return nil }
  for place in (index &+ 1)..<bytes.count {
    let digit = bytes[place] &- UInt8(ascii: "0")
    guard digit <= 9 else { return nil }
    digits = digits &* 10 &+ Int(digit)
  }
  return (isNegative ? -digits : digits, scale)
}

private func figureValue(_ text: Text) -> Value? {
  if let (digits, scale) = text.withBytes(plainFigure) {
    return scale == 0 ? .int(digits) : Value(number: Decimal(digits: digits, scale: scale))
  }
  guard let canonical = try? canonicalFigure(text) else { return nil }
  return Value(number: Decimal(canonical))
}
