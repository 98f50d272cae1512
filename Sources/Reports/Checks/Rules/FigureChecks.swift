import Diagnostics
import Texts
import Records
import Templating

/// Parts and wholes, totals, rates and changes, on the exact Vietnamese numbers.
///
/// A hedged figure fails only where it surely fails, a rounded one only beyond its rounding.
struct FigureChecks {
  private let declaration: CheckDeclaration
  /// For a figure's field the fields that hold its hedge and its unit.
  private let hedges: [FieldOfType: Text]
  private let units: [FieldOfType: Text]
  private var type: String { declaration.type.string }

  private struct FieldOfType: Hashable {
    let type: String
    let field: Text
  }

  init(_ declaration: CheckDeclaration, among all: [CheckDeclaration]) {
    self.declaration = declaration
    func fields(_ relation: CheckDeclaration.Relation) -> [FieldOfType: Text] {
      let pairs = all.filter { $0.relation == relation }.map { other in
        (
          FieldOfType(type: other.type.string, field: other.operands[0].field),
          other.operands[1].field
        )
      }
      return Dictionary(pairs) { $1 }
    }
    (hedges, units) = (fields(.hedge), fields(.unit))
  }

  func problems(_ records: inout CheckedRecords) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    let first = declaration.operands[0].field
    for record in records.records(of: type) {
      guard let value = records.value(first, in: record, of: type), !value.isEmpty else {
        continue
      }
      var operands: [[Figure]] = []
      for operand in declaration.operands.dropFirst() {
        operands.append(figures(operand, record, &records, &problems))
      }
      guard operands.allSatisfy({ !$0.isEmpty }) else { continue }
      let found: Diagnostic? =
        declaration.relation == .change
        ? change(value, operands[0][0], operands[1][0])
        : figure(first, in: record, of: type, &records).flatMap { problem($0, operands) }
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

  private func figure(
    _ field: Text, in record: Record, of type: String, _ records: inout CheckedRecords
  ) -> Figure? {
    guard let value = records.value(field, in: record, of: type) else { return nil }
    let key = FieldOfType(type: type, field: field)
    let hedge = hedges[key].flatMap { records.value($0, in: record, of: type) }
    let unit = units[key].flatMap { records.value($0, in: record, of: type) }
    return Figure(value, hedge: hedge, unit: unit)
  }

  private func figures(
    _ operand: CheckDeclaration.Operand, _ record: Record, _ records: inout CheckedRecords,
    _ problems: inout [Diagnostic]
  ) -> [Figure] {
    switch operand.from {
    case .record: figure(operand.field, in: record, of: type, &records).map { [$0] } ?? []
    case .all(let type):
      records.records(of: type.string).compactMap {
        figure(operand.field, in: $0, of: type.string, &records)
      }
    case .linked(let link): linked(operand.field, by: link, record, &records, &problems)
    }
  }

  /// All or none: a sum with a part left out proves nothing.
  private func linked(
    _ field: Text, by link: Text, _ record: Record, _ records: inout CheckedRecords,
    _ problems: inout [Diagnostic]
  ) -> [Figure] {
    var figures: [Figure] = []
    for name in records.values(link, in: record, of: type) {
      if let target = records.record(type, key: name.string) {
        guard let figure = figure(field, in: target, of: type, &records) else { return [] }
        figures.append(figure)
      } else if let figure = Figure(name, hedge: nil, unit: nil) {
        figures.append(figure)
      } else {
        let suggestion = nearest(to: name.string, among: records.knownKeys(of: type))
        let problem = ReportProblem.unknownReference(
          name.string, type: type, suggestion: suggestion)
        problems.append(Diagnostic(.report(problem), at: name))
        return []
      }
    }
    return figures
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
    var (sum, bounds) = (first.value, first.bounds)
    for part in parts.dropFirst() {
      guard let next = sum.adding(part.value) else { return nil }
      (sum, bounds) = (next, bounds.adding(part.bounds))
    }
    guard total.bounds.isApart(from: bounds) else { return nil }
    return diagnostic(
      .wrongTotal(written: total.written, sum: sum.vietnamese), total, parts)
  }

  private func rate(_ rate: Figure, _ part: Figure, _ whole: Figure) -> Diagnostic? {
    guard part.isComparable(with: whole),
      let bounds = rate.roundedBounds, isApart(bounds, part, whole),
      let ratio = percentage(part.value, of: whole.value)?.rounded(to: rate.digits, .halfUp)
    else { return nil }
    let problem = CheckProblem.wrongRate(
      written: rate.written, of: part.written, and: whole.written,
      computed: ratio.vietnamese + (rate.isPercent ? "%" : ""),
      toType: ratio.vietnamese + (rate.place.bytes.last == UInt8(ascii: "%") ? "%" : ""))
    return diagnostic(problem, rate, [part, whole])
  }

  private func change(_ text: Text, _ this: Figure, _ last: Figure) -> Diagnostic? {
    guard this.isComparable(with: last), this.hedge == nil, last.hedge == nil,
      let change = Change(text), let bounds = change.bounds, isApart(bounds, this, last),
      let ratio = percentage(this.value, of: last.value)
    else { return nil }
    let computed = Change.words(ratio, digits: change.digits)
    let problem = CheckProblem.wrongChange(
      written: text.string, from: last.written, to: this.written, computed: computed)
    return diagnostic(problem, at: text, [this, last])
  }

  /// Whether part / whole, in percent, surely lies outside.
  private func isApart(_ bounds: Figure.Bounds, _ part: Figure, _ whole: Figure) -> Bool {
    let (part, whole) = (part.bounds, whole.bounds)
    let zero = Decimal(0)
    // Counts below nothing are no parts of anything.
    guard let least = whole.low, zero < least, part.low.map({ !($0 < zero) }) ?? true else {
      return false
    }
    let hundred = Decimal(100)
    if let low = bounds.low, let most = part.high?.multiplied(by: hundred),
      let needed = low.multiplied(by: least), most < needed
    {
      return true
    }
    if let high = bounds.high, let few = part.low?.multiplied(by: hundred),
      let most = whole.high, let allowed = high.multiplied(by: most), allowed < few
    {
      return true
    }
    return false
  }

  private func percentage(_ part: Decimal, of whole: Decimal) -> Decimal? {
    part.multiplied(by: Decimal(100))?.divided(by: whole)
  }

  private func diagnostic(
    _ problem: CheckProblem, _ figure: Figure, _ others: [Figure]
  ) -> Diagnostic {
    diagnostic(problem, at: figure.place, others)
  }

  /// Shows a few of the figures it was compared with; a sum may have hundreds.
  private func diagnostic(
    _ problem: CheckProblem, at place: Text, _ others: [Figure]
  ) -> Diagnostic {
    let shown = others.prefix(3).filter { $0.place.place != place.place }
    return Diagnostic(
      .check(problem), at: place,
      notes: shown.map { Diagnostic.Note(.comparedWith, at: $0.place) }
        + [Diagnostic.Note(.ruledHere, at: declaration.place)])
  }
}

extension Figure {
  /// Figures of different units are not compared; one without a unit is of any.
  fileprivate func isComparable(with other: Figure) -> Bool {
    unit.isEmpty || other.unit.isEmpty || unit == other.unit
  }

  /// A rate is always rounded at its last digit, also a whole one.
  fileprivate var roundedBounds: Bounds? {
    guard hedge == nil else { return bounds }
    guard let halfUnit else { return nil }
    return Bounds(value.adding(halfUnit.negated), value.adding(halfUnit))
  }
}

/// `tăng 12,5%`, `giảm 9,3%`, `không đổi`.
private struct Change {
  let digits: Int
  /// This over last, in percent.
  let bounds: Figure.Bounds?

  init?(_ text: Text) {
    let hundred = Decimal(100)
    if text.string == "không đổi" {
      (digits, bounds) = (1, Figure.Bounds(hundred, hundred))
      return
    }
    let words = text.words
    guard words.count == 2, ["tăng", "giảm"].contains(words[0].string),
      let figure = Figure(words[1], hedge: nil, unit: nil), figure.isPercent,
      let half = figure.halfUnit
    else { return nil }
    let signed = words[0].string == "tăng" ? figure.value : figure.value.negated
    let middle = hundred.adding(signed)
    digits = figure.digits
    bounds = Figure.Bounds(
      middle.flatMap { $0.adding(half.negated) }, middle.flatMap { $0.adding(half) })
  }

  static func words(_ ratio: Decimal, digits: Int) -> String {
    let change = ratio.adding(Decimal(-100))?.rounded(to: digits, .halfUp) ?? Decimal(0)
    if change < Decimal(0) { return "giảm \(change.negated.vietnamese)%" }
    return Decimal(0) < change ? "tăng \(change.vietnamese)%" : "không đổi"
  }
}
