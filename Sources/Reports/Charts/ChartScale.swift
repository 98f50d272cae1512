import Templating

/// The axis of values: its ends and steps in round numbers.
struct ChartScale {
  let low: Decimal
  let high: Decimal
  let step: Decimal

  /// The most steps there may be.
  private static let mostSteps = 6

  /// An axis for these numbers; nil where the digits for it do not suffice.
  ///
  /// - Parameter startsAtZero: bars do, for their lengths are compared.
  init?(_ numbers: [Decimal], startsAtZero: Bool) {
    let zero = Decimal(0)
    var low = numbers.min() ?? zero
    var high = numbers.max() ?? zero
    if startsAtZero || ChartScale.isNearZero(low, high) {
      low = min(low, zero)
      high = max(high, zero)
    }
    if low == high { high = low.adding(Decimal(1)) ?? low }
    guard let range = high.adding(low.negated),
      let step = ChartScale.roundStep(range, isWhole: numbers.allSatisfy(\.isWhole)),
      let first = low.divided(by: step)?.rounded(to: 0, .floor)?.multiplied(by: step),
      let last = high.divided(by: step)?.rounded(to: 0, .ceiling)?.multiplied(by: step)
    else { return nil }
    (self.low, self.high, self.step) = (first, last, step)
  }

  /// Tells whether an axis from 0 on shows numbers well that lie between these.
  private static func isNearZero(_ low: Decimal, _ high: Decimal) -> Bool {
    let zero = Decimal(0)
    if low == high { return true }
    if low < zero { return !(high < zero) }
    return low.multiplied(by: Decimal(2)).map { $0 <= high } ?? true
  }

  /// The least of 1, 2, 5, 10, 20 … by which a range takes no more than the most steps.
  private static func roundStep(_ range: Decimal, isWhole: Bool) -> Decimal? {
    guard let least = range.divided(by: Decimal(mostSteps - 1)) else { return nil }
    let one = Decimal(1)
    var power = one
    let (ten, tenth) = (Decimal(10), Decimal(digits: 1, scale: 1))
    while !isWhole, least < power {
      guard let smaller = power.multiplied(by: tenth) else { return nil }
      power = smaller
    }
    while true {
      for factor in [1, 2, 5] {
        guard let step = power.multiplied(by: Decimal(factor)) else { return nil }
        if least <= step { return step }
      }
      guard let larger = power.multiplied(by: ten) else { return nil }
      power = larger
    }
  }

  var ticks: [Decimal] {
    var ticks = [low]
    while let last = ticks.last, last < high, let next = last.adding(step) { ticks.append(next) }
    return ticks
  }

  /// The place of a number on an axis of a length, from its low end, in the unit of the length.
  func place(_ number: Decimal, on length: Int) -> Int {
    guard let range = high.adding(low.negated), let offset = number.adding(low.negated),
      let ratio = offset.divided(by: range)?.rounded(to: 9, .halfUp),
      let place = ratio.multiplied(by: Decimal(length))?.rounded(to: 0, .halfUp)
    else { return 0 }
    return Value.decimal(place).asInt ?? 0
  }
}
