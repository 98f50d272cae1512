import Diagnostics
import Records
import Vietnamese

extension QuickDeclaration {
  /// Whether the figures that a declaration relates surely fit together as they are written; what
  /// a hedge, a unit or rounding leaves open beyond that is for ``FigureChecks`` to say.
  func areFiguresRight(_ memory: CheckMemory) -> Bool {
    guard operands[0].isOfRecord else { return false }
    var keyed: KeyedRecords?
    return memory.allRecords(of: type) { record, form in
      guard let offset = form.columns[operands[0].column].first else { return true }
      let text = record.value(at: offset)
      guard !text.isEmpty else { return true }
      switch lackedOperand(form) {
      case .one: return true
      case .unsure: return false
      case .none: break
      }
      // A change of what is hedged is not worked out.
      if relation == .change, operands.contains(where: { $0.isHedged(record, form) }) {
        return true
      }
      var figures: [PlainMeasure] = []
      var ends: [Int] = []
      for operand in operands.dropFirst() {
        if case .linked(let by) = operand.origin {
          let known = keyed ?? KeyedRecords(of: type, memory)
          keyed = known
          for link in form.columns[by] {
            guard let figure = known.figure(operand, record.value(at: link)) else { return false }
            figures.append(figure)
          }
        } else {
          guard let figure = PlainMeasure(operand, record, form) else { return false }
          figures.append(figure)
        }
        ends.append(figures.count)
      }
      if relation == .change {
        return PlainChange(text).map { $0.isSurely(from: figures[ends[0]], to: figures[0]) }
          ?? !PlainChange.mayBe(text)
      }
      guard let figure = PlainMeasure(operands[0], record, form) else { return false }
      switch relation {
      case .part: return figures.allSatisfy { figure.isSurelyPart(of: $0) }
      case .total: return figure.isSurelyTotal(of: figures)
      default:
        return ends[0] >= 1 && figures.count > ends[0]
          && figure.isSurelyRate(figures[0], of: figures[ends[0]])
      }
    }
  }

  private enum Lack { case one, none, unsure }

  /// Whether an operand is not there, so that nothing is compared.
  private func lackedOperand(_ form: KnownForm) -> Lack {
    var (lacksOne, isLinked) = (false, false)
    for operand in operands.dropFirst() {
      switch operand.origin {
      case .record: lacksOne = lacksOne || form.columns[operand.column].isEmpty
      case .linked(let by):
        if form.columns[by].isEmpty { lacksOne = true } else { isLinked = true }
      case .all: return .unsure
      }
    }
    // A link that leads nowhere is a problem, also where another operand is not there.
    return lacksOne ? (isLinked ? .unsure : .one) : .none
  }
}

extension QuickDeclaration.Operand {
  /// Whether a hedge stands in the field for it.
  fileprivate func isHedged(_ record: Record, _ form: KnownForm) -> Bool {
    guard isOfRecord, hedges.count == 1, let offset = form.columns[hedges[0]].first else {
      return false
    }
    return HedgedNumber.Hedge(rawValue: record.value(at: offset).string) != nil
  }
}

/// The records of a type by what names them: the `%key`, or where there is none the first
/// `%singular` field.
private struct KeyedRecords {
  private var records: [(key: Text, record: Record, form: KnownForm)] = []

  init(of type: Int, _ memory: CheckMemory) {
    _ = memory.allRecords(of: type) { record, form in
      if let offset = form.nameOffset, !record.value(at: offset).isEmpty {
        records.append((record.value(at: offset), record, form))
      }
      return true
    }
  }

  /// The figure of the record of that name, or the one that the name is itself.
  func figure(_ operand: QuickDeclaration.Operand, _ name: Text) -> PlainMeasure? {
    if let known = records.first(where: { $0.key == name }) {
      return PlainMeasure(operand, known.record, known.form)
    }
    return name.withBytes { PlainFigure($0) }.map { PlainMeasure($0, unit: nil) }
  }
}

/// A plain figure and the unit beside it.
private struct PlainMeasure {
  let figure: PlainFigure
  /// nil where none is given.
  let unit: Text?

  init(_ figure: PlainFigure, unit: Text?) { (self.figure, self.unit) = (figure, unit) }

  /// nil where the figure is not plain, or may be hedged.
  init?(_ operand: QuickDeclaration.Operand, _ record: Record, _ form: KnownForm) {
    guard let offset = form.columns[operand.column].first, operand.units.count < 2,
      operand.hedges.allSatisfy({ form.columns[$0].isEmpty }),
      let figure = record.value(at: offset).withBytes({ PlainFigure($0) })
    else { return nil }
    self.figure = figure
    let unit = operand.units.first.flatMap { form.columns[$0].first }
    self.unit = unit.map { record.value(at: $0) }
  }

  /// Whether the figures count the same: in one unit, or in none that is so many thousands.
  func isLike(_ other: PlainMeasure) -> Bool {
    if let unit, let its = other.unit, unit == its { return true }
    return hasPlainUnit && other.hasPlainUnit
  }

  /// No triệu, tỷ, nghìn.
  private var hasPlainUnit: Bool {
    guard let first = unit?.bytes.first else { return true }
    return first != UInt8(ascii: "t") && first != UInt8(ascii: "n")
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

  private static let same = Text("không đổi")
  private static let more = Text("tăng")
  private static let less = Text("giảm")

  /// Texts of more or fewer words say nothing of a percentage.
  static func mayBe(_ text: Text) -> Bool { text.words.count == 2 }

  init?(_ text: Text) {
    if text == PlainChange.same {
      (percent, decimals, isExact) = (0, 0, true)
      return
    }
    let words = text.words
    guard words.count == 2, words[0] == PlainChange.more || words[0] == PlainChange.less,
      let figure = words[1].withBytes({ PlainFigure($0) }), figure.isPercent
    else { return nil }
    percent = words[0] == PlainChange.more ? figure.digits : -figure.digits
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
