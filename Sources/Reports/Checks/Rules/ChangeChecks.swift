import Diagnostics
import Templating
import Texts
import Vietnamese

/// Checks how a figure changed since the period before: the words on it, and whether it can be.
struct ChangeChecks {
  private let declaration: ResolvedDeclaration
  private let this: Figure?
  private let last: Figure?

  init(_ declaration: ResolvedDeclaration, _ this: Figure?, _ last: Figure?) {
    (self.declaration, self.this, self.last) = (declaration, this, last)
  }

  /// - Parameter text: the words, as `tăng 12,5%`; nil where there are none.
  func problems(_ text: Text?) -> [Diagnostic] {
    let change = text.flatMap(Change.init)
    guard let this, let last else {
      return (change.flatMap { impossible($0) ?? absurd($0) }).map { [$0] } ?? []
    }
    guard this.isComparable(with: last) else { return [] }
    let slip = distant(this, from: last)
    let mistake = change.flatMap { wrong($0, this, last, areDoubtful: slip != nil) }
    return [slip, mistake].compactMap(\.self)
  }

  // MARK: - The words

  /// - Parameter areDoubtful: whether the figures are so far apart that one may be wrong; then no words
  ///   are offered.
  private func wrong(
    _ change: Change, _ this: Figure, _ last: Figure, areDoubtful: Bool
  ) -> Diagnostic? {
    guard this.hedge == nil, last.hedge == nil else { return nil }
    if last.isNothing, change.isPercent {
      let problem = FigureProblem.percentFromNothing(
        change.text.string, meant: change.words(from: last, to: this))
      return broken(.figure(problem), change, [this, last])
    }
    if let unit = change.otherUnit(than: this) {
      let problem = FigureProblem.changeInOtherUnit(
        change.text.string, unit: unit.string, own: this.measure)
      return broken(.figure(problem), change, [this])
    }
    guard change.differs(from: last, to: this) else { return nil }
    let problem = CheckProblem.wrongChange(
      written: change.text.string, from: last.written, to: this.written,
      computed: change.readings(from: last, to: this), isSure: !areDoubtful)
    return broken(problem, change, [this, last])
  }

  /// The problem of words that no figures at all fit.
  private func impossible(_ change: Change) -> Diagnostic? {
    guard let amount = change.amount else { return nil }
    let isImpossible =
      change.isPercent
      ? change.isFall && Decimal(100) < amount.value
      : !change.isFall && this?.isLess(than: amount) ?? false
    guard isImpossible else { return nil }
    return broken(
      .figure(.impossibleChange(change.text.string, isFall: change.isFall)), change,
      this.map { [$0] } ?? [])
  }

  private func absurd(_ change: Change) -> Diagnostic? {
    let most = Decimal((ChangeChecks.mostTimes - 1) * 100)
    guard let amount = change.amount, change.isPercent, !(amount.value < most) else { return nil }
    return broken(.figure(.absurdChange(change.text.string)), change, [])
  }

  // MARK: - The figures

  /// A slip of thousands, as of triệu for tỷ, and a change within a year make about as much.
  static let mostTimes = 500

  private func distant(_ this: Figure, from last: Figure) -> Diagnostic? {
    let (new, old) = (this.value.magnitude, last.value.magnitude)
    guard Decimal(0) < new, Decimal(0) < old else { return nil }
    let (less, more) = new < old ? (new, old) : (old, new)
    guard let most = less.multiplied(by: Decimal(ChangeChecks.mostTimes)), !(more < most),
      let times = more.divided(by: less)?.rounded(to: 0, .halfUp)
    else { return nil }
    let problem: FigureProblem =
      old < new
      ? .thousandfold(this.written, last: last.written, times: times.vietnamese)
      : .thousandth(this.written, last: last.written, times: times.vietnamese)
    return declaration.broken(.figure(problem), at: this.place, besides: [last])
  }

  private func broken(_ problem: CheckProblem, _ change: Change, _ others: [Figure]) -> Diagnostic {
    declaration.broken(problem, at: change.text, besides: others)
  }
}

extension Figure {
  /// Tells whether it surely is less than an amount in words.
  fileprivate func isLess(than amount: Figure) -> Bool {
    hedge == nil && isSameMeasure(as: amount) && value < amount.value
  }

  /// Tells whether an amount in words surely counts the same.
  fileprivate func isSameMeasure(as amount: Figure) -> Bool {
    if isPercent { return amount.unit.map { Change.isPoint($0) } ?? false }
    guard let unit, let other = amount.unit else { return false }
    return unit == other
  }
}

/// `tăng 12,5%`, `giảm 3 đơn`, `tăng 0,5 điểm %`, `không thay đổi`.
private struct Change {
  let text: Text
  /// By how much; nil for no change.
  let amount: Figure?
  let isFall: Bool

  var isPercent: Bool { amount?.isPercent ?? false }

  init?(_ text: Text) {
    self.text = text
    if text.isSpelled("không thay đổi") || text.isSpelled("không đổi") {
      (amount, isFall) = (nil, false)
      return
    }
    let words = text.words
    guard words.count > 1, words[0].isSpelled("tăng") || words[0].isSpelled("giảm"),
      let amount = Figure(text.from(words[1]), hedge: nil, unit: nil)
    else { return nil }
    (self.amount, isFall) = (amount, words[0].isSpelled("giảm"))
  }

  static func isPoint(_ unit: Text) -> Bool {
    unit.isSpelled("điểm %") || unit.isSpelled("điểm phần trăm")
  }

  // MARK: - Comparing

  /// Tells whether figures surely changed otherwise.
  func differs(from last: Figure, to this: Figure) -> Bool {
    guard let amount else {
      return Bounds(Decimal(0), Decimal(0)).isApart(from: this.bounds.subtracting(last.bounds))
    }
    if isPercent, this.value < Decimal(0) || last.value < Decimal(0) { return false }
    if isPercent { return percentBounds?.isApart(fromPercentageOf: this, in: last) ?? false }
    guard this.isSameMeasure(as: amount) else { return false }
    let bounds = amount.bounds
    let signed = isFall ? Bounds(Decimal(0), Decimal(0)).subtracting(bounds) : bounds
    return signed.isApart(from: this.bounds.subtracting(last.bounds))
  }

  /// The unit that the words count in, where the figure has another.
  func otherUnit(than this: Figure) -> Text? {
    guard let amount, !amount.isPercent, let unit = amount.unit, let own = this.unit,
      !this.isPercent, !Self.isPoint(unit)
    else { return nil }
    let (one, other) = (folded(unit.bytes), folded(own.bytes))
    // «lượt» is «lượt công dân».
    return one.begins(with: other) || other.begins(with: one) ? nil : unit
  }

  private typealias Bounds = Figure.Bounds

  /// This over last, in percent.
  private var percentBounds: Figure.Bounds? {
    guard let amount, let half = amount.halfUnit else { return nil }
    let signed = isFall ? amount.value.negated : amount.value
    let middle = Decimal(100).adding(signed)
    return Bounds(middle.flatMap { $0.adding(half.negated) }, middle.flatMap { $0.adding(half) })
  }

  // MARK: - Words

  /// The words that fit. «tăng 5%» on a share may mean points or a growth: both are named.
  func readings(from last: Figure, to this: Figure) -> [String] {
    let computed = computedWords(from: last, to: this)
    guard isPercent, this.isPercent else { return [computed] }
    let points = words(from: last, to: this)
    return points == computed ? [computed] : [points, computed]
  }

  /// The words that fit, in percent where these are, with as many digits.
  func computedWords(from last: Figure, to this: Figure) -> String {
    guard isPercent || amount == nil && !this.isPercent, !(this.value < Decimal(0)),
      !(last.value < Decimal(0)),
      let ratio = this.value.percentage(of: last.value)
    else { return words(from: last, to: this) }
    let digits = amount?.digits ?? 1
    let change = ratio.adding(Decimal(-100))?.rounded(to: digits, .halfUp) ?? Decimal(0)
    // A small change is not none, and a fall that leaves something not all.
    let isRounded =
      change == Decimal(0) && this.value != last.value
      || change == Decimal(-100) && !this.isNothing
    return isRounded ? words(from: last, to: this) : Change.words(change, "%")
  }

  /// The words that fit, in the unit of measure.
  func words(from last: Figure, to this: Figure) -> String {
    let difference = this.value.adding(last.value.negated) ?? Decimal(0)
    let measure = this.isPercent ? "điểm %" : this.measure
    return Change.words(this.countedInUnit(difference), measure.isEmpty ? "" : " \(measure)")
  }

  private static func words(_ change: Decimal, _ tail: String) -> String {
    if change == Decimal(0) { return "không thay đổi" }
    return "\(change < Decimal(0) ? "giảm" : "tăng") \(change.magnitude.vietnamese)\(tail)"
  }
}

extension Text {
  /// The rest of the text from a part of it on.
  fileprivate func from(_ part: Text) -> Text {
    Text(source: source, range: SourceRange(start: Int(part.range.start), end: Int(range.end)))
  }
}
