import Diagnostics
import Texts

/// An amount of money as documents write it, with or without a hedge: `13,5 tỷ đồng`,
/// `trên 900 triệu đồng`.
public struct Money: Sendable {
  /// The figure before the scale, with its hedge: `trên 900`.
  public let figure: HedgedNumber
  /// The number of zeros that the scale stands for, 6 for `triệu`.
  private let zeros: Int

  /// Reads an amount.
  ///
  /// - Throws: ``ValueProblem/moneyMeant(_:_:)`` where `đồng` is left out or shortened,
  ///   ``ValueProblem/notMoney(_:)``, or what is wrong with the figure.
  public init(_ text: Text) throws(Diagnostic) {
    let text = text.trimmed
    let figure = try HedgedNumber(text)
    let unit = String(decoding: lowercased(figure.unit.bytes), as: UTF8.self)
    guard !figure.isPercent, let known = units.first(where: { $0.name == unit }) else {
      throw Diagnostic(.value(Self.mistake(text, figure, unit)), at: text)
    }
    (self.figure, zeros) = (figure, known.zeros)
  }

  /// The exact amount in đồng, a decimal in ASCII: `13500000000`.
  public var dong: [UInt8] {
    let sign = figure.decimal.prefix { $0 == UInt8(ascii: "-") }
    let decimal = figure.decimal.dropFirst(sign.count)
    let point = decimal.firstIndex(of: UInt8(ascii: ".")) ?? decimal.endIndex
    let fraction = decimal[point...].dropFirst()
    let moved = fraction.prefix(zeros)
    let padding = [UInt8](repeating: UInt8(ascii: "0"), count: zeros - moved.count)
    let digits = (decimal[..<point] + moved + padding).drop { $0 == UInt8(ascii: "0") }
    let left = fraction.dropFirst(zeros)
    return sign + (digits.isEmpty ? [UInt8(ascii: "0")] : digits)
      + (left.isEmpty ? [] : [UInt8(ascii: ".")] + left)
  }

  /// The problem of an amount whose unit is wrong, with the right one where only `đồng` is missing.
  private static func mistake(
    _ text: Text, _ figure: HedgedNumber, _ unit: String
  ) -> ValueProblem {
    let whole = text.part(text.bytes.startIndex..<figure.unit.bytes.startIndex).trimmed.string
    let words = unit.split(separator: " ").filter { !currencies.contains(String($0)) }
    let meant = (words + ["đồng"]).joined(separator: " ")
    let isKnown = !figure.isPercent && units.contains { $0.name == meant }
    return isKnown ? .moneyMeant(text.string, "\(whole) \(meant)") : .notMoney(text.string)
  }
}

private let units = [
  (name: "đồng", zeros: 0), (name: "nghìn đồng", zeros: 3), (name: "ngàn đồng", zeros: 3),
  (name: "triệu đồng", zeros: 6), (name: "tỷ đồng", zeros: 9), (name: "tỉ đồng", zeros: 9),
  (name: "nghìn tỷ đồng", zeros: 12), (name: "nghìn tỉ đồng", zeros: 12),
]

/// The ways to write the currency, of which only the first is right.
private let currencies = ["đồng", "đ", "đ.", "vnđ", "vnd"]

// MARK: - Writing

/// Appends an amount in full, `1.400.000 đồng` (the filter `tien`).
///
/// - Parameter text: a decimal in ASCII, `1400000`.
public func appendMoney(_ text: Text, to bytes: inout ByteBuffer) throws(Diagnostic) {
  try appendNumber(text, to: &bytes)
  bytes.append(literal: " đồng")
}
