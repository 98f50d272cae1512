import Texts
import Templating
import Vietnamese

/// A figure of the data as a check sees it: exact, and with what a hedge and rounding leave open.
struct Figure {
  /// In the plain unit: 13,5 tỷ đồng is 13500000000 of đồng.
  let value: Decimal
  let hedge: HedgedNumber.Hedge?
  /// How many digits after the comma it is written with; fewer than none with a unit such as tỷ.
  let digits: Int
  /// Without tỷ, triệu, nghìn; empty where none is given.
  let unit: String
  let isPercent: Bool
  let place: Text
  /// As it is quoted in messages.
  let written: String

  /// - Parameters:
  ///   - hedge: a word such as `trên` in a field of its own.
  ///   - unit: the unit in a field of its own.
  init?(_ text: Text, hedge: Text?, unit: Text?) {
    guard let number = try? HedgedNumber(text), let plain = Decimal(number.decimal) else {
      return nil
    }
    let own = number.unit.isEmpty ? unit?.string ?? "" : number.unit.string
    let (zeros, rest) = Figure.scale(of: own)
    guard let value = zeros == 0 ? plain : Figure.scaled(plain, by: zeros) else { return nil }
    let point = number.decimal.firstIndex(of: UInt8(ascii: "."))
    self.value = value
    self.hedge = number.hedge ?? hedge.flatMap { HedgedNumber.Hedge(rawValue: $0.string) }
    digits = (point.map { number.decimal.count - $0 - 1 } ?? 0) - zeros
    self.unit = rest
    isPercent = number.isPercent || own == "%"
    place = text
    let head = hedge.map { $0.isEmpty ? "" : "\($0.string) " } ?? ""
    let tail = number.unit.isEmpty ? unit?.string ?? "" : ""
    written = head + text.string + (tail.isEmpty || tail == "%" ? tail : " \(tail)")
  }

  private static func scaled(_ value: Decimal, by zeros: Int) -> Decimal? {
    Decimal("1\(String(repeating: "0", count: zeros))".utf8).flatMap { value.multiplied(by: $0) }
  }

  private static func scale(of unit: String) -> (zeros: Int, rest: String) {
    guard unit.utf8.first == UInt8(ascii: "t") || unit.utf8.first == UInt8(ascii: "n") else {
      return (0, unit)
    }
    for (word, zeros) in [
      ("nghìn tỷ", 12), ("tỷ", 9), ("tỉ", 9), ("triệu", 6), ("nghìn", 3), ("ngàn", 3),
    ] where unit == word || unit.hasPrefix(word + " ") {
      return (zeros, String(unit.dropFirst(word.count + 1)))
    }
    return (0, unit)
  }

  /// The least and the most that may be meant; nil where there is no bound.
  ///
  /// A decimal or a figure in tỷ is rounded at its last digit; a whole count is exact.
  var bounds: Bounds {
    let slack = digits == 0 ? Decimal(0) : halfUnit ?? Decimal(0)
    switch hedge {
    case nil: return Bounds(value.adding(slack.negated), value.adding(slack))
    case .over, .moreThan, .atLeast: return Bounds(value, nil)
    case .under, .nearly: return Bounds(value < Decimal(0) ? nil : Decimal(0), value)
    case .about: return Bounds(nil, nil)
    }
  }

  /// Half of what the last written digit counts.
  var halfUnit: Decimal? {
    digits >= 0
      ? Decimal("0.\(String(repeating: "0", count: digits))5".utf8)
      : Decimal("5\(String(repeating: "0", count: -digits - 1))".utf8)
  }

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

    /// Whether no number lies in both.
    func isApart(from other: Bounds) -> Bool {
      if let low, let high = other.high, high < low { return true }
      if let high, let low = other.low, high < low { return true }
      return false
    }
  }
}

extension Decimal {
  /// As a Vietnamese figure: `-1.234,5`.
  var vietnamese: String {
    var written = ByteBuffer()
    _ = appendNumber(decimal: Array(canonical.utf8)[...], to: &written)
    return written.string
  }
}
