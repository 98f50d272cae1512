import Diagnostics
import Texts

/// Reads a figure as Vietnamese data has it, `1.400`, `13,5`, `1.234.567,5`, `-5`, and gives it as
/// an exact decimal in ASCII, `1400`, `13.5`, `1234567.5`, `-5`.
///
/// Leading zeros are dropped. Zeros after the comma stay, since they tell how exact the figure is.
///
/// - Throws: V010 to V013: no number, a number that can be read in two ways, such as `1,400`, or
///   one grouped in a foreign or wrong way, each with what to write instead.
public func decimal(of text: Text) throws(Diagnostic) -> [UInt8] {
  if let digits = plainDigits(text.bytes) { return digits }
  let reading = NumberReading(text.trimmed)
  if let mistake = reading.mistake { throw Diagnostic(.value(mistake), at: text.trimmed) }
  return reading.decimal
}

/// The digits of a text that has nothing else and no leading zero; nil for any other text.
private func plainDigits(_ bytes: ArraySlice<UInt8>) -> [UInt8]? {
  guard let first = bytes.first, first != UInt8(ascii: "0"), bytes.allSatisfy(\.isDigit) else {
    return nil
  }
  return Array(bytes)
}

/// A text cut at its commas and dots.
private struct NumberReading {
  private let text: Text
  private let isNegative: Bool
  /// The parts between dots before the first comma.
  private let groups: [ArraySlice<UInt8>]
  /// The parts after each comma.
  private let fractions: [ArraySlice<UInt8>]

  init(_ text: Text) {
    self.text = text
    isNegative = text.bytes.first == UInt8(ascii: "-")
    let figure = isNegative ? text.bytes.dropFirst() : text.bytes
    let parts = figure.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    let whole = parts.first ?? figure
    groups = whole.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    fractions = Array(parts.dropFirst())
  }

  var decimal: [UInt8] {
    var digits: [UInt8] = []
    for group in groups { digits += group }
    let rest = digits.drop { $0 == UInt8(ascii: "0") }
    let whole = rest.isEmpty ? [UInt8(ascii: "0")] : Array(rest)
    let fraction = fractions.first.map { [UInt8(ascii: ".")] + $0 } ?? []
    let isZero = (whole + fraction).allSatisfy {
      $0 == UInt8(ascii: "0") || $0 == UInt8(ascii: ".")
    }
    return (isNegative && !isZero ? [UInt8(ascii: "-")] : []) + whole + fraction
  }

  /// The problem of the text; nil where it is a number.
  var mistake: ValueProblem? {
    if let spaced { return .spacedGrouping(text.string, grouped: spaced) }
    if let english { return .foreignGrouping(text.string, grouped: english) }
    let parts = groups + fractions
    guard parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isDigit) }), fractions.count < 2 else {
      return .notANumber(text.string, odd: ValueProblem.OddFigure(text))
    }
    if groups.count > 1, !isGrouped(groups) {
      return fractions.isEmpty
        ? .wrongGrouping(text.string, grouped: regrouped, decimal: withComma)
        : .notANumber(text.string, odd: nil)
    }
    if groups.count == 1, let fraction = fractions.first, isGrouped([groups[0], fraction]) {
      return .ambiguousNumber(text.string, grouped: withDots, decimal: shortDecimal(fraction))
    }
    return nil
  }

  /// What is meant by a number in English that Vietnamese cannot have: `1,400,000`, `1,400.5`.
  private var english: String? {
    let figure = text.bytes.drop { $0 == UInt8(ascii: "-") }
    let halves = figure.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    let thousands = halves[0].split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    guard halves.count < 3, thousands.count > 3 - halves.count, isGrouped(thousands),
      (thousands + halves.dropFirst()).allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isDigit) })
    else { return nil }
    return String(decoding: text.bytes.map(swapped), as: UTF8.self)
  }

  /// A comma for a dot, and a dot for a comma.
  private func swapped(_ sign: UInt8) -> UInt8 {
    switch sign {
    case UInt8(ascii: ","): UInt8(ascii: ".")
    case UInt8(ascii: "."): UInt8(ascii: ",")
    default: sign
    }
  }

  /// What is meant by digits with spaces between the thousands: `1 400`.
  private var spaced: String? {
    let parts = text.bytes.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    let whole = parts[0].drop { $0 == UInt8(ascii: "-") }
    let thousands = whole.split(separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
    guard thousands.count > 1, parts.count < 3, isGrouped(thousands),
      (thousands + parts.dropFirst()).allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isDigit) })
    else { return nil }
    return text.string.replacing(UInt8(ascii: " "), with: groupSign)
  }

  /// Tells whether one to three digits that do not start with 0 come first, and then groups of
  /// three.
  private func isGrouped(_ groups: [ArraySlice<UInt8>]) -> Bool {
    guard let first = groups.first, 1...3 ~= first.count, first.first != UInt8(ascii: "0") else {
      return false
    }
    return groups.dropFirst().allSatisfy { $0.count == 3 }
  }

  /// The thousands that dots in wrong places may stand for: `3.150` for `3.15`, of which a
  /// spreadsheet dropped the last zero, `12.345` for `1.2345`. nil where they can stand for none.
  private var regrouped: String? {
    guard let last = groups.last, groups[0].first != UInt8(ascii: "0") else { return nil }
    let isCut = last.count < 3 && isGrouped(groups.dropLast())
    let zeros = isCut ? [UInt8](repeating: UInt8(ascii: "0"), count: 3 - last.count) : []
    guard isCut || last.count > 2 else { return nil }
    let digits = Array(groups.joined()) + zeros
    var grouped = ByteBuffer()
    if isNegative { grouped.append(UInt8(ascii: "-")) }
    _ = appendGrouped(digits.span, to: &grouped)
    return grouped.string
  }

  private var withDots: String { text.string.replacing(",", with: ".") }

  /// The text with a comma in place of the last dot, which `12.34` may mean; nil where the dots
  /// before it are in wrong places too.
  private var withComma: String? {
    guard groups.count == 2 || isGrouped(groups.dropLast()) && groups.last?.count != 3 else {
      return nil
    }
    let whole = String(decoding: groups.dropLast().joined(), as: UTF8.self)
    let fraction = String(decoding: groups.last ?? [], as: UTF8.self)
    return "\(isNegative ? "-" : "")\(whole),\(fraction)"
  }

  /// The decimal that `1,400` may mean, written so that it cannot be taken for thousands: without
  /// its last zeros, `1,4`, or where it has none with one more, `1,2340`.
  private func shortDecimal(_ fraction: ArraySlice<UInt8>) -> String {
    let whole = String(decoding: groups[0], as: UTF8.self)
    let zeros = fraction.reversed().prefix { $0 == UInt8(ascii: "0") }.count
    let digits = String(decoding: fraction.dropLast(zeros), as: UTF8.self)
    let decimals = digits.isEmpty ? "" : zeros == 0 ? ",\(digits)0" : ",\(digits)"
    return "\(isNegative ? "-" : "")\(whole)\(decimals)"
  }
}

extension String {
  fileprivate func replacing(_ old: UInt8, with new: UInt8) -> String {
    String(decoding: utf8.map { $0 == old ? new : $0 }, as: UTF8.self)
  }

  fileprivate func replacing(_ old: Unicode.Scalar, with new: Unicode.Scalar) -> String {
    replacing(UInt8(ascii: old), with: UInt8(ascii: new))
  }
}

// MARK: - Writing

/// Appends a decimal of the form `-1234567.5` as `-1.234.567,5` (the filter `so`); throws
/// ``ValueProblem/notANumber(_:)`` for any other form.
public func appendNumber(_ text: Text, to bytes: inout ByteBuffer) throws(Diagnostic) {
  guard appendNumber(decimal: text.bytes, to: &bytes) else {
    throw Diagnostic(.value(.notANumber(text.string, odd: nil)), at: text)
  }
}

/// Appends a decimal of the form `-1234567.5` as `-1.234.567,5`.
///
/// - Returns: false, with nothing appended, for any other form.
public func appendNumber(decimal: ArraySlice<UInt8>, to bytes: inout ByteBuffer) -> Bool {
  appendNumber(decimal: decimal.span, to: &bytes)
}

/// The same of bytes that are only looked at.
public func appendNumber(decimal: Span<UInt8>, to bytes: inout ByteBuffer) -> Bool {
  let start = !decimal.isEmpty && decimal[0] == UInt8(ascii: "-") ? 1 : 0
  let wholeEnd = digitsEnd(decimal, from: start)
  guard wholeEnd > start else { return false }
  if wholeEnd < decimal.count {
    guard decimal[wholeEnd] == UInt8(ascii: "."), wholeEnd + 1 < decimal.count,
      digitsEnd(decimal, from: wholeEnd + 1) == decimal.count
    else { return false }
  }
  if start == 1 { bytes.append(UInt8(ascii: "-")) }
  _ = appendGrouped(decimal.extracting(start..<wholeEnd), to: &bytes)
  guard wholeEnd < decimal.count else { return true }
  bytes.append(UInt8(ascii: ","))
  bytes.append(wholeEnd + 1..<decimal.count, of: decimal)
  return true
}

private func digitsEnd(_ text: Span<UInt8>, from start: Int) -> Int {
  var end = start
  while end < text.count, text[end].isDigit { end += 1 }
  return end
}

/// Appends digits with a dot between groups of three: `1.400`.
///
/// - Returns: false, with nothing appended, where the text has anything but digits.
public func appendGrouped(_ digits: Span<UInt8>, to bytes: inout ByteBuffer) -> Bool {
  guard !digits.isEmpty, digits.indices.allSatisfy({ digits[$0].isDigit }) else { return false }
  var left = digits.count
  for index in digits.indices {
    bytes.append(digits[index])
    left -= 1
    if left > 0, left % 3 == 0 { bytes.append(UInt8(ascii: ".")) }
  }
  return true
}

/// Appends a whole number with a dot between groups of three digits: `1.400`.
public func appendNumber(_ number: Int, to bytes: inout ByteBuffer) {
  bytes.append(number: number, groupedBy: groupSign)
}

/// The dot between groups of three digits.
public let groupSign = UInt8(ascii: ".")

/// Appends a percentage, `87,29%` (the filter `phan_tram`).
///
/// - Parameter text: a decimal, `87.29`, a Vietnamese figure, `87,29`, or a percentage, which stays
///   as it is.
public func appendPercent(_ text: Text, to bytes: inout ByteBuffer) throws(Diagnostic) {
  if text.bytes.last == UInt8(ascii: "%") {
    bytes += text.bytes
    return
  }
  if !appendNumber(decimal: text.bytes, to: &bytes) {
    _ = appendNumber(decimal: try decimal(of: text)[...], to: &bytes)
  }
  bytes.append(UInt8(ascii: "%"))
}
