import Texts
import Templating

/// What a field's text becomes for a template.
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
    case .figure:
      text.withBytes(wholeFigure).map { .int($0) } ?? decimalFigure(text)
        ?? .typed(text, .hedgedFigure)
    case .typed(let type): .typed(text, type.textType)
    }
  }

  /// The whole number that the text in a range of a source becomes; nil where it becomes something
  /// else.
  @inline(__always)
  func number(_ range: SourceRange, of source: Source) -> Int? {
    switch self {
    case .integer: source.withBytes(range, wholeNumber)
    case .figure: source.withBytes(range, wholeFigure)
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

/// Whether it is `yes`, `true` or `1`.
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

/// The number that a figure such as `1.400` or `35` stands for; nil for every other form, which may
/// be a figure too: `0,5`, `-3`, `007`.
private func wholeFigure(_ bytes: Span<UInt8>) -> Int? {
  guard !bytes.isEmpty, bytes.count < 19, bytes[0] != UInt8(ascii: "0") || bytes.count == 1 else {
    return nil
  }
  var number = 0
  // How many dots there were, and how many digits behind the last one.
  var (dots, digits) = (0, 0)
  for index in bytes.indices {
    let digit = bytes[index] &- UInt8(ascii: "0")
    if digit <= 9 {
      number = number &* 10 &+ Int(digit)
      digits &+= 1
    } else {
      guard bytes[index] == UInt8(ascii: "."), dots > 0 ? digits == 3 : 1...3 ~= digits else {
        return nil
      }
      (dots, digits) = (dots + 1, 0)
    }
  }
  return dots == 0 || digits == 3 ? number : nil
}

private func decimalFigure(_ text: Text) -> Value? {
  guard let canonical = try? canonicalFigure(text) else { return nil }
  return Value(number: Decimal(canonical))
}
