import Diagnostics
import Templating
import Vietnamese

/// The comparison of a figure with that of the same period of last year.
struct FigureComparison {
  /// Last year's figure.
  let old: Decimal
  let difference: Decimal
  /// The change in per cent; nil where last year's figure is 0, and for figures in per cent.
  let percent: Decimal?
  /// The change in words: `tăng 12,5%`, `giảm 3 đơn`, `không thay đổi`.
  let words: String

  /// Compares two figures; nil where they have too many digits.
  init?(_ new: Decimal, _ old: Decimal, _ indicator: Indicator) {
    guard let difference = new.adding(old.negated) else { return nil }
    let isPercent = indicator.measure.string == "%"
    self.old = old
    self.difference = difference
    if isPercent || old == Decimal(0) {
      percent = nil
    } else {
      let base = old < Decimal(0) ? old.negated : old
      guard let share = percentage(difference, of: base, digits: indicator.digits) else {
        return nil
      }
      percent = share
    }
    // Words must not say 0 % of a change that is only too small for the digits shown, nor 100 % of a
    // fall that leaves something: such changes are told in the unit of measure.
    let isRounded = percent == Decimal(0) || percent == Decimal(-100) && new != Decimal(0)
    let isInMeasure = percent == nil || isRounded || indicator.comparesInMeasure
    let change = ChangeWords(
      form: isInMeasure ? .measure : .percent, digits: indicator.digits,
      measure: indicator.measure.string)
    guard let words = change.words(from: old, to: new) else { return nil }
    self.words = words
  }
}
