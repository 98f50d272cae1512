import Diagnostics
import Texts

/// Appends a number from 1 to 3999 in Roman numerals (the filter `la_ma`).
public func appendRoman(
  _ number: Int, at place: Text?, to bytes: inout ByteBuffer
) throws(Diagnostic) {
  guard (1...3999).contains(number) else {
    throw Diagnostic(.value(.noRomanNumeral(number)), at: place)
  }
  var rest = number
  for (value, numeral) in romanNumerals {
    while rest >= value {
      bytes += numeral.utf8
      rest -= value
    }
  }
}

private let romanNumerals = [
  (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
  (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
]

/// Appends the letter of a `điểm`, 1 for a (the filter `chu_cai`): the Vietnamese alphabet without
/// ă, â, ê, ô, ơ, ư (NĐ 30/2020, Phụ lục III).
public func appendPointLetter(
  _ number: Int, at place: Text?, to bytes: inout ByteBuffer
) throws(Diagnostic) {
  guard (1...pointLetters.count).contains(number) else {
    throw Diagnostic(.value(.noPointLetter(number, last: pointLetters.count)), at: place)
  }
  bytes += String(pointLetters[number - 1]).utf8
}

private let pointLetters = Array("abcdđeghiklmnopqrstuvxy".unicodeScalars)

/// Appends a decimal (`87.29`) or a Vietnamese figure with a comma as `87,29%` (the filter
/// `phan_tram`); a text that ends with `%` already stays as it is.
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

/// Appends an amount as `1.400.000 đồng` (the filter `tien`).
public func appendMoney(_ text: Text, to bytes: inout ByteBuffer) throws(Diagnostic) {
  try appendNumber(text, to: &bytes)
  bytes += " đồng".utf8
}

/// Appends an amount in words of scale, `13,5 tỷ đồng` or `900 triệu đồng`, where that takes no
/// more than three decimals, and otherwise in full: `13.512.345.678 đồng`.
public func appendScaledMoney(_ text: Text, to bytes: inout ByteBuffer) throws(Diagnostic) {
  let digits = text.bytes
  guard digits.allSatisfy(\.isDigit), digits.first != UInt8(ascii: "0"),
    let scale = moneyScales.first(where: { digits.count > $0.zeros })
  else { return try appendMoney(text, to: &bytes) }
  let whole = digits.dropLast(scale.zeros)
  let fraction = digits.suffix(scale.zeros)
  let decimals = fraction.lastIndex { $0 != UInt8(ascii: "0") }.map { $0 + 1 - fraction.startIndex }
  guard (decimals ?? 0) <= 3 else { return try appendMoney(text, to: &bytes) }
  _ = appendGrouped(whole.span, to: &bytes)
  if let decimals {
    bytes.append(UInt8(ascii: ","))
    bytes += fraction.prefix(decimals)
  }
  bytes += scale.words.utf8
}

private let moneyScales = [(zeros: 9, words: " tỷ đồng"), (zeros: 6, words: " triệu đồng")]

// MARK: - Hedged figures

/// A figure that is not meant exactly: `trên 9.000`, `gần 40%`, `khoảng 13,5 tỷ đồng`.
public struct HedgedNumber: Sendable {
  public let hedge: Hedge?
  /// An exact decimal in ASCII, as ``decimal(of:)`` gives it.
  public let decimal: [UInt8]
  public let isPercent: Bool
  /// What follows the figure: `tỷ đồng`. Empty where nothing does.
  public let unit: Text

  public enum Hedge: String, Sendable, CaseIterable {
    case over = "trên"
    case nearly = "gần"
    case moreThan = "hơn"
    case about = "khoảng"
    case under = "dưới"
    case atLeast = "ít nhất"
  }

  public init(_ text: Text) throws(Diagnostic) {
    var rest = text.trimmed
    hedge = Hedge(takenFrom: &rest)
    let end = rest.bytes.firstIndex { $0.isSpace } ?? rest.bytes.endIndex
    var figure = rest.part(rest.bytes.startIndex..<end)
    unit = rest.part(end..<rest.bytes.endIndex).trimmed
    isPercent = figure.bytes.last == UInt8(ascii: "%")
    if isPercent { figure = figure.part(figure.bytes.startIndex..<figure.bytes.endIndex - 1) }
    decimal = try Vietnamese.decimal(of: figure)
    // `1 400` is not one of something.
    if unit.bytes.first?.isDigit == true {
      throw Diagnostic(.value(.notANumber(rest.string)), at: rest)
    }
  }
}

extension HedgedNumber.Hedge {
  /// Takes the hedge, in small or capital letters, and the space after it off the text.
  fileprivate init?(takenFrom text: inout Text) {
    let lower = lowercased(text.bytes)
    guard let hedge = Self.allCases.first(where: { lower.starts(with: "\($0.rawValue) ".utf8) })
    else { return nil }
    // Small and capital letters of these words take the same number of bytes.
    let start = text.bytes.startIndex + hedge.rawValue.utf8.count
    text = text.part(start..<text.bytes.endIndex).trimmed
    self = hedge
  }
}
