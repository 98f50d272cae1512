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
      guard rule.type?.lack(of: value) != nil else { return nil }
      return rule.problem(ofDocumentNumber: value) ?? wordsAroundFigure(value, unit)
    } catch {
      return rule.problem(ofDocumentNumber: value) ?? wordsAroundFigure(value, unit) ?? error
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
      let reading = ValueProblem.PlainReading(range, in: own, beside: unit)
      return Diagnostic(.value(.notPlainFigure(value.string, reading)), at: value)
    }
    return Diagnostic(
      .value(.range(value.string, meant: isTaken ? range.plain : nil)), at: value)
  }

  /// Tells what to write for a figure with a hedge or unit where the schema's expression allows
  /// none; nil for a figure without words, and for what is none.
  private func wordsAroundFigure(_ text: Text, _ unit: Text?) -> Diagnostic? {
    guard self == .so || self == .soNguyen,
      let reading = ValueProblem.PlainReading(of: text, beside: unit)
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
      if isDocumentNumber {
        .documentNumber
      } else if isFigure {
        isMandatory ? .figureRecord : .figureLine
      } else {
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

  /// Tells whether the field has the number of the document itself.
  private var isDocumentNumber: Bool {
    name.isSpelled(Schema.numberField) && valueType == .soNguyen
  }

  /// Tells of a document's number that has something with it: its sign, `05/BC-UBND`, the year, or
  /// dots between thousands.
  fileprivate func problem(ofDocumentNumber value: Text) -> Diagnostic? {
    guard isDocumentNumber else { return nil }
    var text = value.trimmed
    for word in ["Số: ", "Số ", "số: ", "số "] where text.bytes.starts(with: word.utf8) {
      text = text.part(text.bytes.startIndex + word.utf8.count..<text.bytes.endIndex)
      break
    }
    guard let sign = try? DocumentNumber(text), sign.issuer != nil else {
      let problem = ValueProblem.notADocumentSerial(value.string, meant: text.serial)
      return Diagnostic(.value(problem), at: value)
    }
    let rest = text.bytes.dropFirst(sign.number.count + 1)
    let problem = ValueProblem.numberWithSign(
      value.string, number: sign.number.string, sign: String(decoding: rest, as: UTF8.self))
    return Diagnostic(.value(problem), at: value)
  }
}

extension Text {
  /// The digits of a document's number with dots in it or the year behind it, `1.145`, `145/2026`; nil
  /// where it may be another number, and for 0, which no document has.
  fileprivate var serial: String? {
    let parts = bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard parts.count == 1 || parts.count == 2 && parts[1].count == 4 && parts[1].allDigits,
      let number = try? decimal(of: part(parts[0].startIndex..<parts[0].endIndex)),
      number[...].allDigits, number.contains(where: { $0 != UInt8(ascii: "0") })
    else { return nil }
    return String(decoding: number, as: UTF8.self)
  }
}

extension ArraySlice<UInt8> {
  fileprivate var allDigits: Bool { !isEmpty && allSatisfy(isDigit) }
}

extension Decimal {
  fileprivate init?(vietnamese text: Text) {
    guard let digits = try? Vietnamese.decimal(of: text) else { return nil }
    self.init(digits)
  }
}
