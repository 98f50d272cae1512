import Texts
import Templating
import Vietnamese

/// A figure of the data as a check sees it: exact, and with what a hedge and rounding leave open.
struct Figure {
  /// The number in the plain unit: 13,5 tỷ đồng is 13500000000 of đồng.
  let value: Decimal
  let hedge: HedgedNumber.Hedge?
  /// The number of digits written after the comma; negative with a unit such as tỷ, -9.
  let digits: Int
  /// The number of zeros that tỷ, triệu or nghìn in the unit stands for.
  let zeros: Int
  /// The unit without tỷ, triệu, nghìn; nil where none is given.
  let unit: Text?
  let isPercent: Bool
  let place: Text
  /// The words that stand in fields beside it.
  private let hedgeBeside: Text?
  private let unitBeside: Text?

  /// - Parameters:
  ///   - hedge: a word such as `trên` in a field of its own.
  ///   - unit: the unit in a field of its own.
  init?(_ text: Text, hedge: Text?, unit: Text?) {
    guard let number = FigureNumber(text) else { return nil }
    let hasOwnUnit = number.unit.map { !$0.isEmpty } ?? false
    unitBeside = hasOwnUnit || unit?.isEmpty ?? true ? nil : unit
    hedgeBeside = hedge?.isEmpty ?? true ? nil : hedge
    let own = hasOwnUnit ? number.unit : unitBeside
    let scaled = own.map(ScaledUnit.init)
    zeros = scaled?.zeros ?? 0
    guard let value = zeros == 0 ? number.value : Figure.scaled(number.value, by: zeros) else {
      return nil
    }
    self.value = value
    self.hedge =
      number.hedge ?? hedgeBeside.flatMap { HedgedNumber.Hedge(rawValue: $0.string) }
    digits = number.decimals - zeros
    self.unit = scaled?.unit
    isPercent = number.isPercent || own?.bytes.first == UInt8(ascii: "%")
    place = text
  }

  /// The figure as it is quoted in messages: `trên 13,5 tỷ đồng`.
  var written: String {
    let head = hedgeBeside.map { "\($0.string) " } ?? ""
    let tail = unitBeside?.string ?? ""
    return head + place.string + (tail.isEmpty || tail == "%" ? tail : " \(tail)")
  }

  private static func scaled(_ value: Decimal, by zeros: Int) -> Decimal? {
    Decimal("1e\(zeros)".utf8).flatMap { value.multiplied(by: $0) }
  }

  /// A number of the plain unit as it is written in the field of this figure: 13,6 for 13600000000
  /// beside `13,5` and `tỷ đồng`.
  func inOwnUnit(_ number: Decimal) -> String {
    let tail = unitBeside == nil ? measure : ""
    return countedInUnit(number).vietnameseToType + (tail.isEmpty ? "" : " \(tail)")
  }

  /// A number of the plain unit in the unit of this figure.
  func countedInUnit(_ number: Decimal) -> Decimal {
    zeros == 0 ? number : Figure.scaled(number, by: -zeros) ?? number
  }

  /// What one of the rate's unit is in percent, and how many of it one percent is: both 1 for a
  /// percentage and for a rate without a unit; 100 and 0,01 for one of another unit, as `0,85 lần`.
  var partsOfWhole: (inPercent: Decimal, ofPercent: Decimal) {
    guard let unit, !isPercent, !unit.isSpelled("phần trăm") else {
      return (Decimal(1), Decimal(1))
    }
    let isPermille = unit.isSpelled("‰") || unit.isSpelled("phần nghìn")
    let (inPercent, ofPercent) = isPermille ? ("1e-1", "10") : ("100", "1e-2")
    return (Decimal(inPercent.utf8) ?? Decimal(1), Decimal(ofPercent.utf8) ?? Decimal(1))
  }

  /// The unit as it is written, `tỷ đồng`, wherever it stands.
  var measure: String { unitBeside?.string ?? (try? HedgedNumber(place))?.unit.string ?? "" }

  /// The least and the most that may be meant; nil where there is no bound.
  ///
  /// A decimal, a percentage and a figure in tỷ are rounded at the last digit; a whole count is exact.
  var bounds: Bounds {
    let slack = digits == 0 && !isPercent ? Decimal(0) : halfUnit ?? Decimal(0)
    switch hedge {
    case nil: return Bounds(value.adding(slack.negated), value.adding(slack))
    case .over, .moreThan, .atLeast: return Bounds(value, nil)
    case .under, .nearly: return Bounds(value < Decimal(0) ? nil : Decimal(0), value)
    case .about: return Bounds(nil, nil)
    }
  }

  /// Half of what the last written digit counts.
  var halfUnit: Decimal? {
    Figure.halves.indices.contains(digits)
      ? Figure.halves[digits] : Decimal("5e\(-digits - 1)".utf8)
  }

  /// Half of the last digit, by the number of digits after the comma.
  private static let halves = (0..<16).map { Decimal("5e\(-$0 - 1)".utf8) }

  struct Bounds {
    let low: Decimal?
    let high: Decimal?

    init(_ low: Decimal?, _ high: Decimal?) {
      (self.low, self.high) = (low, high)
    }

    func adding(_ other: Bounds) -> Bounds {
      Bounds(
        low.flatMap { left in other.low.flatMap { left.adding($0) } },
        high.flatMap { left in other.high.flatMap { left.adding($0) } })
    }

    /// - Parameter factor: more than 0.
    func multiplied(by factor: Decimal) -> Bounds {
      Bounds(
        low.flatMap { $0.multiplied(by: factor) }, high.flatMap { $0.multiplied(by: factor) })
    }

    func subtracting(_ other: Bounds) -> Bounds {
      adding(Bounds(other.high?.negated, other.low?.negated))
    }

    /// Tells whether no number lies in both.
    func isApart(from other: Bounds) -> Bool {
      if let low, let high = other.high, high < low { return true }
      if let high, let low = other.low, high < low { return true }
      return false
    }
  }
}

/// The number of a figure, and what stands in one field with it.
private struct FigureNumber {
  let value: Decimal
  let decimals: Int
  let hedge: HedgedNumber.Hedge?
  let isPercent: Bool
  /// The words behind the figure; nil for a figure in digits alone.
  let unit: Text?

  init?(_ text: Text) {
    if let plain = text.withBytes({ PlainFigure($0) }), let value = Decimal(plain) {
      (self.value, decimals, isPercent) = (value, plain.decimals, plain.isPercent)
      (hedge, unit) = (nil, nil)
      return
    }
    guard let number = try? HedgedNumber(text), let value = Decimal(number.decimal) else {
      return nil
    }
    let point = number.decimal.firstIndex(of: UInt8(ascii: "."))
    decimals = point.map { number.decimal.count - $0 - 1 } ?? 0
    (self.value, hedge, isPercent) = (value, number.hedge, number.isPercent)
    unit = number.unit
  }
}

extension Decimal {
  /// The worth of the last digit, by the number of digits after the comma.
  private static let lastDigits = (0..<16).map { Decimal("1e\(-$0)".utf8) }

  fileprivate init?(_ figure: PlainFigure) {
    guard Decimal.lastDigits.indices.contains(figure.decimals),
      let unit = Decimal.lastDigits[figure.decimals],
      let value = figure.decimals == 0
        ? Decimal(figure.digits) : Decimal(figure.digits).multiplied(by: unit)
    else { return nil }
    self = value
  }

  /// The same as it can be typed: with a zero more where three decimals could be thousands, as in
  /// `3,4820`.
  var vietnameseToType: String {
    let written = vietnamese
    let parts = written.drop { $0 == "-" }.split(separator: ",")
    let isAmbiguous =
      parts.count == 2 && parts[1].count == 3 && !parts[0].contains(".") && parts[0] != "0"
    return isAmbiguous ? written + "0" : written
  }

  /// The decimal as a Vietnamese figure: `-1.234,5`.
  var vietnamese: String {
    var written = ByteBuffer()
    _ = appendNumber(decimal: Array(canonical.utf8)[...], to: &written)
    return written.string
  }
}
