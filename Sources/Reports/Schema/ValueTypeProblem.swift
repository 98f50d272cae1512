import Diagnostics
import Records
import Templating
import Texts
import Vietnamese

extension ValueType {
  /// Tells what is wrong with a value, and what was meant; nothing of an empty one.
  ///
  /// - Parameter unit: the unit of measure that the record has in a field of its own.
  func problem(of value: Text, by rule: FieldRule, unit: Text?) -> Diagnostic? {
    guard !value.isEmpty else { return nil }
    if let problem = rule.problem(ofNothing: value, isFigure: isFigure) { return problem }
    if self == .so, let range = FigureRange(value) { return problem(of: range, value, rule, unit) }
    do throws(Diagnostic) {
      try check(value)
      return rule.type?.lack(of: value) == nil ? nil : wordsAroundFigure(value, unit)
    } catch {
      return rule.problem(ofNumberWithSign: value) ?? error
    }
  }

  private var isFigure: Bool {
    switch self {
    case .so, .soNguyen, .tyLe, .tien: true
    default: false
    }
  }

  /// Tells of a range that is not written as data have it, or where the field takes none.
  private func problem(
    of range: FigureRange, _ value: Text, _ rule: FieldRule, _ unit: Text?
  ) -> Diagnostic? {
    let isTaken = rule.type?.lack(of: Text(range.plain)) == nil
    if isTaken, let low = Decimal(vietnamese: range.low),
      let high = Decimal(vietnamese: range.high), high < low
    {
      let meant = "\(range.high.string) - \(range.low.string)"
      return Diagnostic(.value(.backwardRange(value.string, meant: meant)), at: value)
    }
    if isTaken, range.isPlain { return nil }
    if isTaken, let own = range.unit, let unit, !unit.isEmpty, own != unit {
      let reading = ValueProblem.PlainReading.otherUnit(
        range.plain, unit: own.string, recordUnit: unit.string)
      return Diagnostic(.value(.notPlainFigure(value.string, reading)), at: value)
    }
    return Diagnostic(
      .value(.range(value.string, meant: isTaken ? range.plain : nil)), at: value)
  }

  /// Tells of a figure that is right in itself, but with a hedge or unit where the schema's
  /// expression allows none.
  private func wordsAroundFigure(_ text: Text, _ unit: Text?) -> Diagnostic? {
    guard self == .so || self == .soNguyen, let figure = try? HedgedNumber(text),
      let reading = ValueProblem.PlainReading(figure, beside: unit)
    else { return nil }
    if case .number(text.string, unit: nil, hedge: nil) = reading { return nil }
    return Diagnostic(.value(.notPlainFigure(text.string, reading)), at: text)
  }
}

extension FieldRule {
  /// Tells of a value that says that there is nothing, where the line or the record can be left out.
  func problem(ofNothing value: Text, isFigure: Bool) -> Diagnostic? {
    guard isFigure || !isMandatory || type == nil, saysNothing(value), !takes(nothing: value) else {
      return nil
    }
    let gap: ValueProblem.Gap =
      if isFigure { isMandatory ? .figureRecord : .figureLine } else {
        isMandatory ? .record : .line
      }
    return Diagnostic(.value(.nothing(value.string, gap)), at: value)
  }

  /// Tells whether its type has a word for nothing, as one of a choice; of a change it may say that
  /// there was none.
  private func takes(nothing value: Text) -> Bool {
    guard let type, valueType != .thoiHan else { return false }
    return type.lack(of: value) == nil || valueType == nil && value.isSpelled("không")
  }

  /// Tells of a document's number that has its sign with it: `05/BC-UBND`.
  fileprivate func problem(ofNumberWithSign value: Text) -> Diagnostic? {
    guard name.isSpelled(Schema.numberField) else { return nil }
    var text = value
    for word in ["Số: ", "Số ", "số: ", "số "] where text.bytes.starts(with: word.utf8) {
      text = text.part(text.bytes.startIndex + word.utf8.count..<text.bytes.endIndex)
      break
    }
    guard let sign = try? DocumentNumber(text), sign.issuer != nil else { return nil }
    let rest = text.bytes.dropFirst(sign.number.count + 1)
    let problem = ValueProblem.numberWithSign(
      value.string, number: sign.number.string, sign: String(decoding: rest, as: UTF8.self))
    return Diagnostic(.value(problem), at: value)
  }
}

extension ValueProblem.PlainReading {
  /// Tells what to write for a figure with words around it; nil for one of too many digits.
  ///
  /// - Parameter unit: the unit of measure that has a field of its own; nil where none is known.
  init?(_ figure: HedgedNumber, beside unit: Text?) {
    let own = figure.isPercent ? Text("%") : figure.unit
    let hedge = figure.hedge?.rawValue
    guard let value = Decimal(figure.decimal) else { return nil }
    func written(_ zeros: Int) -> String? {
      guard zeros != 0 else {
        var bytes = ByteBuffer()
        _ = appendNumber(decimal: figure.decimal[...], to: &bytes)
        return bytes.string
      }
      return Decimal("1e\(zeros)".utf8).flatMap { value.multiplied(by: $0) }?.vietnameseToType
    }
    guard let plain = written(0) else { return nil }
    if own.isEmpty {
      self = .number(plain, unit: nil, hedge: hedge)
      return
    }
    let scaled = ScaledUnit(small: own)
    guard let unit, !unit.isEmpty else {
      guard scaled.zeros > 0, let full = written(scaled.zeros) else {
        self = .number(plain, unit: nil, hedge: hedge)
        return
      }
      self = .eitherScale(full: full, short: plain, unit: own.string)
      return
    }
    let wanted = ScaledUnit(small: unit)
    guard scaled.isSameUnit(as: wanted), let counted = written(scaled.zeros - wanted.zeros) else {
      self = .otherUnit(plain, unit: own.string, recordUnit: unit.string)
      return
    }
    let isScaled = scaled.zeros != wanted.zeros
    self = .number(counted, unit: isScaled ? unit.string : nil, hedge: hedge)
  }
}

extension ScaledUnit {
  fileprivate init(small text: Text) { self.init(Text(computed: lowercased(text.bytes))) }

  /// Tells whether figures of both can be told in either; a numeral alone, `1,1 tỷ`, counts whatever
  /// the other counts.
  fileprivate func isSameUnit(as other: ScaledUnit) -> Bool {
    guard let unit, let wanted = other.unit else { return unit == nil }
    return unit == wanted || ScaledUnit.isMoney(unit) && ScaledUnit.isMoney(wanted)
  }

  private static func isMoney(_ unit: Text) -> Bool {
    ["đồng", "đ", "vnđ", "vnd"].contains { unit.isSpelled($0) }
  }
}

extension Decimal {
  fileprivate init?(vietnamese text: Text) {
    guard let digits = try? Vietnamese.decimal(of: text) else { return nil }
    self.init(digits)
  }
}
