import Diagnostics
import Texts
import Records
import Templating

/// Checks parts and wholes, totals, rates and changes, on the exact Vietnamese numbers.
///
/// A hedged figure fails only where it surely fails, a rounded one only beyond its rounding.
struct FigureChecks {
  private let declaration: ResolvedDeclaration

  init(_ declaration: ResolvedDeclaration) {
    self.declaration = declaration
  }

  func problems(_ data: inout CheckedData) -> [Diagnostic] {
    let first = declaration.operands[0]
    var problems: [Diagnostic] = []
    var figuresOfAll: [[Figure]?] = declaration.operands.map { operand in
      guard case .all = operand.origin else { return nil }
      return data.records.records(ofType: operand.type).compactMap { Figure(operand, in: $0) }
    }
    figuresOfAll.removeFirst()
    for record in data.records.records(ofType: declaration.type) {
      let value = record.text(of: first.column).flatMap { $0.isEmpty ? nil : $0 }
      // How far a figure is from the last one can be told without words on it.
      if value == nil, declaration.relation != .change { continue }
      var operands: [[Figure]] = []
      for (operand, all) in zip(declaration.operands.dropFirst(), figuresOfAll) {
        operands.append(all ?? figures(operand, record, &data, &problems))
      }
      if declaration.relation == .change {
        let changes = ChangeChecks(declaration, operands[0].first, operands[1].first)
        problems += changes.problems(value)
        continue
      }
      guard operands.allSatisfy({ !$0.isEmpty }) else { continue }
      let found = Figure(first, in: record).flatMap { problem($0, operands) }
      if let found { problems.append(found) }
    }
    return problems
  }

  private func problem(_ figure: Figure, _ operands: [[Figure]]) -> Diagnostic? {
    switch declaration.relation {
    case .part: operands[0].lazy.compactMap { part(figure, of: $0) }.first
    case .total: total(figure, of: operands.flatMap { $0 })
    case .rate: rate(figure, operands[0][0], operands[1][0])
    default: nil
    }
  }

  // MARK: - Reading

  /// The figures that an operand names: those of a link all or none, for a sum with a part left out
  /// proves nothing.
  func figures(
    _ operand: ResolvedDeclaration.Operand, _ record: TypedRecord, _ data: inout CheckedData,
    _ problems: inout [Diagnostic]
  ) -> [Figure] {
    guard case .linked(let link) = operand.origin else {
      return Figure(operand, in: record).map { [$0] } ?? []
    }
    var figures: [Figure] = []
    for name in record.texts(of: link) {
      if let target = data.record(ofType: declaration.type, named: name) {
        if target.record.place.range == record.record.place.range {
          problems.append(
            Diagnostic(.check(.figure(.ofItself(name.string))), at: name))
          return []
        }
        guard let figure = Figure(operand, in: target) else { return [] }
        figures.append(figure)
      } else if let figure = Figure(name, hedge: nil, unit: nil) {
        figures.append(figure)
      } else {
        problems.append(unknown(name, data.suggestion(for: name, ofType: declaration.type)))
        return []
      }
    }
    return figures
  }

  private func unknown(_ name: Text, _ suggestion: String?) -> Diagnostic {
    let problem = ReportProblem.unknownReference(
      name.string, type: declaration.declaration.type.string,
      suggestion: suggestion)
    return Diagnostic(.report(problem), at: name)
  }

  // MARK: - Comparing

  private func part(_ part: Figure, of whole: Figure) -> Diagnostic? {
    guard part.isComparable(with: whole) else { return nil }
    let isMore: Bool
    if part.hedge == nil, whole.hedge == nil {
      let digits = min(part.digits, whole.digits)
      guard let left = part.value.rounded(to: digits, .halfUp),
        let right = whole.value.rounded(to: digits, .halfUp)
      else { return nil }
      isMore = right < left
    } else {
      isMore = part.bounds.isApart(from: whole.bounds) && whole.value < part.value
    }
    guard isMore else { return nil }
    return diagnostic(.partOfLess(part: part.written, whole: whole.written), part, [whole])
  }

  private func total(_ total: Figure, of parts: [Figure]) -> Diagnostic? {
    guard parts.allSatisfy({ $0.isComparable(with: total) }), let first = parts.first else {
      return nil
    }
    func bounds(of part: Figure) -> Figure.Bounds {
      total.isPercent ? part.roundedBounds ?? part.bounds : part.bounds
    }
    var (sum, summed) = (first.value, bounds(of: first))
    for part in parts.dropFirst() {
      guard let next = sum.adding(part.value) else { return nil }
      (sum, summed) = (next, summed.adding(bounds(of: part)))
    }
    guard total.bounds.isApart(from: summed) else { return nil }
    let problem = CheckProblem.wrongTotal(
      written: total.written, sum: sum.vietnamese,
      toType: total.isPercent && sum.isOverWhole ? nil : total.inOwnUnit(sum))
    return diagnostic(problem, total, parts)
  }

  private func rate(_ rate: Figure, _ part: Figure, _ whole: Figure) -> Diagnostic? {
    guard part.isComparable(with: whole) else { return nil }
    if whole.isNothing {
      return diagnostic(.figure(.rateOfNothing(rate.written)), rate, [part, whole])
    }
    let parts = rate.partsOfWhole
    guard let bounds = rate.roundedBounds?.multiplied(by: parts.inPercent),
      bounds.isApart(fromPercentageOf: part, in: whole),
      let percentage = part.value.percentage(of: whole.value),
      let ratio = percentage.multiplied(by: parts.ofPercent)?.rounded(to: rate.digits, .halfUp)
    else { return nil }
    let problem = CheckProblem.wrongRate(
      written: rate.written, of: part.written, and: whole.written,
      computed: ratio.vietnamese + (rate.isPercent ? "%" : ""),
      toType: percentage.isOverWhole
        ? nil : ratio.vietnameseToType + (rate.place.bytes.last == UInt8(ascii: "%") ? "%" : ""))
    return diagnostic(problem, rate, [part, whole])
  }

  private func diagnostic(
    _ problem: CheckProblem, _ figure: Figure, _ others: [Figure]
  ) -> Diagnostic {
    declaration.broken(problem, at: figure.place, besides: others)
  }
}

extension ResolvedDeclaration {
  /// Makes the problem of a value, with a few of the figures it was compared with; a sum may have
  /// hundreds.
  func broken(_ problem: CheckProblem, at place: Text, besides others: [Figure]) -> Diagnostic {
    let shown = others.prefix(3).filter { $0.place.place != place.place }
    return broken(problem, at: place, comparedWith: shown.map(\.place))
  }
}

extension Figure {
  /// The first figure of an operand's field, with the unit and the hedge beside it; nil where there
  /// is none.
  fileprivate init?(_ operand: ResolvedDeclaration.Operand, in record: TypedRecord) {
    guard let value = record.text(of: operand.column) else { return nil }
    self.init(
      value, hedge: operand.hedge.flatMap { record.text(of: $0) },
      unit: operand.unit.flatMap { record.text(of: $0) })
  }

  /// Figures of different units are not compared; one without a unit is of any.
  func isComparable(with other: Figure) -> Bool {
    guard let unit, let other = other.unit else { return true }
    return unit == other
  }

  /// A rate is always rounded at its last digit, also a whole one.
  fileprivate var roundedBounds: Bounds? {
    guard hedge == nil else { return bounds }
    guard let halfUnit else { return nil }
    return Bounds(value.adding(halfUnit.negated), value.adding(halfUnit))
  }
}

extension Figure {
  /// Tells whether it is surely 0.
  var isNothing: Bool { hedge == nil && value == Decimal(0) }
}

extension Figure.Bounds {
  /// Tells whether part / whole, in percent, surely lies outside.
  func isApart(fromPercentageOf part: Figure, in whole: Figure) -> Bool {
    let (part, whole) = (part.bounds, whole.bounds)
    let zero = Decimal(0)
    // Counts below nothing are no parts of anything.
    guard let least = whole.low, zero < least, part.low.map({ !($0 < zero) }) ?? true else {
      return false
    }
    let hundred = Decimal(100)
    if let low, let most = part.high?.multiplied(by: hundred),
      let needed = low.multiplied(by: least), most < needed
    {
      return true
    }
    if let high, let few = part.low?.multiplied(by: hundred),
      let most = whole.high, let allowed = high.multiplied(by: most), allowed < few
    {
      return true
    }
    return false
  }
}

extension Decimal {
  func percentage(of whole: Decimal) -> Decimal? {
    multiplied(by: Decimal(100))?.divided(by: whole)
  }

  var magnitude: Decimal { self < Decimal(0) ? negated : self }

  /// Tells whether no share of a whole can be so many percent.
  fileprivate var isOverWhole: Bool { Decimal(100) < self }
}
