import Texts
import Records
import Vietnamese

extension QuickDeclaration {
  /// Whether the figures that a declaration relates surely fit together as they are written; what
  /// a hedge, a unit or rounding leaves open beyond that is for ``FigureChecks`` to say.
  func areFiguresRight(_ file: KnownFile) -> Bool {
    guard operands[0].isOfRecord else { return false }
    var figures = RelatedFigures()
    return file.allRecords(of: type) { record, form in
      guard let offset = form.offset(of: operands[0].column), !record[offset].isEmpty else {
        return true
      }
      switch lackedOperand(form) {
      case .one: return true
      case .unsure: return false
      case .none: break
      }
      // A change of what is hedged is not worked out.
      if relation == .change, operands.contains(where: { $0.isHedged(record, form) }) {
        return true
      }
      return figures.take(self, record, form, in: file)
        && isRight(record[offset], figures, record, form)
    }
  }

  private func isRight(
    _ value: SourceBytes, _ others: RelatedFigures, _ record: RecordBytes, _ form: KnownForm
  ) -> Bool {
    let (figures, first) = (others.figures, others.firstCount)
    if relation == .change {
      return PlainChange(value.span).map { $0.isSurely(from: figures[first], to: figures[0]) }
        ?? !PlainChange.mayBe(value.span)
    }
    guard let figure = PlainMeasure(operands[0], record, form) else { return false }
    switch relation {
    case .part: return figures.allSatisfy { figure.isSurelyPart(of: $0) }
    case .total: return figure.isSurelyTotal(of: figures)
    default:
      return first >= 1 && figures.count > first
        && figure.isSurelyRate(figures[0], of: figures[first])
    }
  }

  private enum Lack { case one, none, unsure }

  /// Whether an operand is not there, so that nothing is compared.
  private func lackedOperand(_ form: KnownForm) -> Lack {
    var (lacksOne, isLinked) = (false, false)
    for operand in operands.dropFirst() {
      switch operand.origin {
      case .record: lacksOne = lacksOne || form.isLacking(operand.column)
      case .linked(let by):
        if form.isLacking(by) { lacksOne = true } else { isLinked = true }
      case .all: return .unsure
      }
    }
    // A link that leads nowhere is a problem, also where another operand is not there.
    return lacksOne ? (isLinked ? .unsure : .one) : .none
  }
}

extension QuickDeclaration.Operand {
  /// Whether a hedge stands in the field for it.
  fileprivate func isHedged(_ record: RecordBytes, _ form: KnownForm) -> Bool {
    guard isOfRecord, hedges.count == 1, let offset = form.offset(of: hedges[0]) else {
      return false
    }
    return HedgedNumber.Hedge(rawValue: record[offset].text.string) != nil
  }
}

/// The figures that the operands of a declaration name beside the first one.
private struct RelatedFigures {
  private(set) var figures: [PlainMeasure] = []
  /// How many of them are those of the first of the operands.
  private(set) var firstCount = 0
  private var keyed: KeyedRecords?

  /// - Returns: false where a figure is not plain.
  mutating func take(
    _ declaration: QuickDeclaration, _ record: RecordBytes, _ form: KnownForm, in file: KnownFile
  ) -> Bool {
    figures.removeAll(keepingCapacity: true)
    for index in declaration.operands.indices.dropFirst() {
      let operand = declaration.operands[index]
      if case .linked(let by) = operand.origin {
        let known = keyed ?? KeyedRecords(of: declaration.type, file)
        keyed = known
        let isRight = form.all(by) { link in
          guard let figure = known.figure(operand, record[link]) else { return false }
          figures.append(figure)
          return true
        }
        if !isRight { return false }
      } else {
        guard let figure = PlainMeasure(operand, record, form) else { return false }
        figures.append(figure)
      }
      if index == 1 { firstCount = figures.count }
    }
    return true
  }
}

/// The records of a type by what names them: the `%key`, or where there is none the first
/// `%singular` field.
private struct KeyedRecords {
  private var records: [(key: SourceBytes, record: RecordBytes, form: KnownForm)] = []

  init(of type: Int, _ file: KnownFile) {
    _ = file.allRecords(of: type) { record, form in
      if let offset = form.nameOffset, !record[offset].isEmpty {
        records.append((record[offset], record, form))
      }
      return true
    }
  }

  /// The figure of the record of that name, or the one that the name is itself.
  func figure(_ operand: QuickDeclaration.Operand, _ name: SourceBytes) -> PlainMeasure? {
    if let known = records.first(where: { $0.key.isSame(as: name) }) {
      return PlainMeasure(operand, known.record, known.form)
    }
    return PlainFigure(name.span).map { PlainMeasure($0, unit: nil) }
  }
}

/// A plain figure and the unit beside it.
private struct PlainMeasure {
  let figure: PlainFigure
  /// nil where none is given.
  let unit: SourceBytes?

  init(_ figure: PlainFigure, unit: SourceBytes?) { (self.figure, self.unit) = (figure, unit) }

  /// nil where the figure is not plain, or may be hedged.
  init?(_ operand: QuickDeclaration.Operand, _ record: RecordBytes, _ form: KnownForm) {
    guard let offset = form.offset(of: operand.column), operand.units.count < 2,
      operand.hedges.allSatisfy({ form.isLacking($0) }),
      let figure = PlainFigure(record[offset].span)
    else { return nil }
    self.figure = figure
    let unit = operand.units.first.flatMap { form.offset(of: $0) }
    self.unit = unit.map { record[$0] }
  }

  /// Whether the figures count the same: in one unit, or in none that is so many thousands.
  func isLike(_ other: PlainMeasure) -> Bool {
    if let unit, let its = other.unit, unit.isSame(as: its) { return true }
    return hasPlainUnit && other.hasPlainUnit
  }

  /// No triệu, tỷ, nghìn.
  private var hasPlainUnit: Bool {
    guard let unit, !unit.isEmpty else { return true }
    return unit.span[0] != UInt8(ascii: "t") && unit.span[0] != UInt8(ascii: "n")
  }

  /// The figure times a power of ten.
  func scaled(_ decimals: Int) -> Int128 { Int128(figure.digits) * power(decimals) }

  func isSurelyPart(of whole: PlainMeasure) -> Bool {
    isLike(whole) && scaled(whole.figure.decimals) <= whole.scaled(figure.decimals)
  }

  func isSurelyTotal(of parts: [PlainMeasure]) -> Bool {
    guard parts.count < 1000 else { return false }
    let decimals = parts.reduce(figure.decimals) { max($0, $1.figure.decimals) }
    let sum = parts.reduce(Int128(0)) { $0 + $1.scaled(decimals - $1.figure.decimals) }
    return parts.allSatisfy { isLike($0) }
      && sum == scaled(decimals - figure.decimals)
  }

  /// Whether this is the percentage of a part, as it is rounded.
  func isSurelyRate(_ part: PlainMeasure, of whole: PlainMeasure) -> Bool {
    part.isLike(whole)
      && isRatio(Int128(figure.digits), figure.decimals, slack: 1, of: part.figure, whole.figure)
  }
}

private func power(_ exponent: Int) -> Int128 {
  var power: Int128 = 1
  for _ in 0..<exponent { power *= 10 }
  return power
}

/// Whether part / whole is so many percent, give or take half of its last digit.
///
/// - Parameter slack: 0 for exactly so many.
private func isRatio(
  _ percent: Int128, _ decimals: Int, slack: Int128, of part: PlainFigure, _ whole: PlainFigure
) -> Bool {
  guard whole.digits > 0, part.digits >= 0, decimals + whole.decimals + part.decimals < 8 else {
    return false
  }
  let unit = Int128(whole.digits) * power(part.decimals)
  let ratio = 200 * power(decimals) * Int128(part.digits) * power(whole.decimals)
  return (2 * percent - slack) * unit <= ratio && ratio <= (2 * percent + slack) * unit
}

/// `tăng 12,5%`, `giảm 9,3%`, `không đổi`.
private struct PlainChange {
  private let percent: Int
  private let decimals: Int
  private let isExact: Bool

  private static let same = Array("không đổi".utf8)
  private static let more = Array("tăng ".utf8)
  private static let less = Array("giảm ".utf8)

  /// Texts of more or fewer words say nothing of a percentage.
  static func mayBe(_ text: Span<UInt8>) -> Bool {
    var (words, isInWord) = (0, false)
    for index in text.indices {
      let isBlank = text[index] == 0x20 || text[index] == 0x09 || text[index] == 0x0A
      if !isBlank, !isInWord { words += 1 }
      isInWord = !isBlank
    }
    return words == 2
  }

  /// nil also for a change that is written in another way.
  init?(_ text: Span<UInt8>) {
    if text.count == PlainChange.same.count, text.begins(with: PlainChange.same) {
      (percent, decimals, isExact) = (0, 0, true)
      return
    }
    let isMore = text.begins(with: PlainChange.more)
    guard isMore || text.begins(with: PlainChange.less) else { return nil }
    let start = isMore ? PlainChange.more.count : PlainChange.less.count
    guard let figure = PlainFigure(text.extracting(start..<text.count)), figure.isPercent else {
      return nil
    }
    percent = isMore ? figure.digits : -figure.digits
    (decimals, isExact) = (figure.decimals, false)
  }

  /// Whether the ratio of the figures as they are written is within the rounding of the change.
  func isSurely(from last: PlainMeasure, to this: PlainMeasure) -> Bool {
    this.isLike(last)
      && isRatio(
        100 * power(decimals) + Int128(percent), decimals, slack: isExact ? 0 : 1,
        of: this.figure, last.figure)
  }
}
