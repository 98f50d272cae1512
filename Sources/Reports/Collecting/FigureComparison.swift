import Diagnostics
import Templating
import Vietnamese

/// A figure beside that of the same period of last year: the difference, in per cent, in words.
struct FigureComparison {
  let old: Decimal
  let difference: Decimal
  /// nil where last year there was nothing, and for figures that are per cent themselves.
  let percent: Decimal?
  let words: String

  /// nil where the numbers have too many digits.
  init?(_ new: Decimal, _ old: Decimal, _ figure: CollectedFigure) {
    guard let difference = new.adding(old.negated) else { return nil }
    let isPercent = figure.measure.string == "%"
    self.old = old
    self.difference = difference
    if isPercent || old == Decimal(0) {
      percent = nil
    } else {
      let base = old < Decimal(0) ? old.negated : old
      guard let share = percentage(difference, of: base, digits: figure.digits) else { return nil }
      percent = share
    }
    guard difference != Decimal(0) else {
      words = "không thay đổi"
      return
    }
    let verb = difference < Decimal(0) ? "giảm" : "tăng"
    // A change too small for the digits shown is no change of 0 %, and what is left no loss of 100 %.
    let isRounded = percent == Decimal(0) || percent == Decimal(-100) && new != Decimal(0)
    if let percent, !isRounded, !figure.comparesInUnits {
      words = "\(verb) \(percent.withoutSign.vietnamese)%"
    } else {
      let measure = isPercent ? "điểm %" : figure.measure.string
      words = "\(verb) \(difference.withoutSign.vietnamese) \(measure)"
    }
  }
}

extension Decimal {
  fileprivate var withoutSign: Decimal { self < Decimal(0) ? negated : self }
}
