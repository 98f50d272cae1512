import Diagnostics
import Templating
import Texts
import Vietnamese

extension ValueProblem.PlainReading {
  /// Tells what to write for a figure with words around it, perhaps of a form that data do not have:
  /// `1.1 tỷ`, `1,1tr`, `13 tỷ 500 triệu`. nil for one without words, and for what is no figure.
  ///
  /// - Parameter unit: the unit of measure that has a field of its own; nil where none is known.
  init?(of text: Text, beside unit: Text?) {
    let meanings = FigureMeanings(of: text.trimmed, beside: unit).texts
    if meanings.isEmpty {
      guard let figure = try? HedgedNumber(text) else { return nil }
      self.init(figure, beside: unit)
      return
    }
    let readings = meanings.compactMap { meaning in
      (try? HedgedNumber(Text(meaning)))
        .flatMap { ValueProblem.PlainReading($0, beside: unit) }
        .map { ValueProblem.Meaning(meaning, $0) }
    }
    guard !readings.isEmpty else { return nil }
    self = .meanings(readings)
  }

  /// Tells what to write for a range with a unit behind it.
  init(_ range: FigureRange, in own: Text, beside unit: Text) {
    let ends = [range.low, range.high].compactMap { end -> ValueProblem.PlainReading? in
      let figure = try? HedgedNumber(Text("\(end.string) \(own.string)"))
      return figure.flatMap { ValueProblem.PlainReading($0, beside: unit) }
    }
    guard ends.count == 2, case .number(let low, let counted, nil) = ends[0],
      case .number(let high, _, nil) = ends[1]
    else {
      self = .otherUnit(range.plain, unit: own.string, recordUnit: unit.string)
      return
    }
    self = .number("\(low) - \(high)", unit: counted, hedge: nil)
  }

  /// The same of a figure that is right in itself; nil for one of too many digits.
  init?(_ figure: HedgedNumber, beside unit: Text?) {
    let own = figure.isPercent ? Text("%") : figure.unit
    let hedge = figure.hedge?.rawValue
    guard let plain = figure.written(timesTen: 0) else { return nil }
    if own.isEmpty {
      self = .number(plain, unit: nil, hedge: hedge)
      return
    }
    if let remark = own.remark {
      let bare = own.part(own.bytes.startIndex..<remark.bytes.startIndex).trimmed
      guard
        let figure = try? HedgedNumber(
          Text("\(hedge.map { $0 + " " } ?? "")\(plain) \(bare.string)")),
        let reading = ValueProblem.PlainReading(figure, beside: unit)
      else { return nil }
      self = .withRemark(remark.string, reading)
      return
    }
    if own.hasFigures {
      self = .severalFigures
      return
    }
    let scaled = ScaledUnit(small: own)
    guard let unit, !unit.isEmpty else {
      guard scaled.zeros > 0, let full = figure.written(timesTen: scaled.zeros) else {
        self = .number(plain, unit: nil, hedge: hedge)
        return
      }
      self = .eitherScale(full: full, short: plain, unit: own.string)
      return
    }
    let wanted = ScaledUnit(small: unit)
    guard scaled.isSameUnit(as: wanted),
      let counted = figure.written(timesTen: scaled.zeros - wanted.zeros)
    else {
      self = .otherUnit(plain, unit: own.string, recordUnit: unit.string)
      return
    }
    let isScaled = scaled.zeros != wanted.zeros
    self = .number(counted, unit: isScaled ? unit.string : nil, hedge: hedge)
  }
}

extension HedgedNumber {
  /// The number times a power of ten, as it can be typed.
  fileprivate func written(timesTen zeros: Int) -> String? {
    guard let value = Decimal(decimal) else { return nil }
    guard zeros != 0 else {
      var bytes = ByteBuffer()
      _ = appendNumber(decimal: decimal[...], to: &bytes)
      return bytes.string
    }
    return Decimal("1e\(zeros)".utf8).flatMap { value.multiplied(by: $0) }?.vietnameseToType
  }
}

extension Text {
  /// What is no unit behind a figure, but tells more: `(trong đó 50 nữ)`; nil where there is none.
  fileprivate var remark: Text? {
    let starts = ["(", "trong đó"].compactMap { bytes.firstRange(of: $0.utf8)?.lowerBound }
    guard let start = starts.min() else { return nil }
    let remark = part(start..<bytes.endIndex)
    return remark.hasFigures ? remark : nil
  }

  /// Tells whether a word of it, perhaps behind a bracket, begins with a digit.
  fileprivate var hasFigures: Bool {
    words.contains { $0.bytes.first { $0 != UInt8(ascii: "(") }.map(isDigit) ?? false }
  }
}

/// What a figure may mean whose form data do not have, in the right form: `1,1 tỷ` for `1.1 tỷ` and
/// `1,1tỷ`, `13,5 tỷ` for `13 tỷ 500 triệu`.
private struct FigureMeanings {
  let texts: [String]

  init(of text: Text, beside unit: Text?) {
    let mayBeMoney = unit.map { $0.isEmpty || ScaledUnit(small: $0).mayCountMoney } ?? true
    do throws(Diagnostic) {
      let figure = try HedgedNumber(text)
      texts = [figure.compound ?? (mayBeMoney ? figure.spelledOut : nil)].compactMap(\.self)
    } catch {
      guard let spaced = text.spacedFigure(mayBeMoney ? nil : unit) else {
        texts = FigureMeanings.regrouped(text, error)
        return
      }
      let meanings = FigureMeanings(of: spaced, beside: unit).texts
      texts = meanings.isEmpty ? [spaced.string] : meanings
    }
  }

  /// The readings of digits whose dots or commas are in wrong places, with the words around them.
  private static func regrouped(_ text: Text, _ error: Diagnostic) -> [String] {
    guard let figure = error.place, figure.source === text.source,
      figure.range.end < text.range.end, case .value(let problem) = error.kind
    else { return [] }
    let head = text.part(text.range.bounds.lowerBound..<figure.range.bounds.lowerBound)
    let tail = text.part(figure.range.bounds.upperBound..<text.range.bounds.upperBound)
      .trimmed.inFullNumeral
    let isPercent = tail.bytes.first == UInt8(ascii: "%")
    let isScaled = isPercent || ScaledUnit(small: tail).zeros > 0
    let numbers: [String?] =
      switch problem {
      case .ambiguousNumber(_, let grouped, let decimal): [grouped, decimal]
      case .foreignGrouping(_, let grouped), .spacedGrouping(_, let grouped): [grouped]
      // Before % and tỷ a dot stands for the comma: no spreadsheet dropped zeros there.
      case .wrongGrouping(_, _, let decimal?) where isScaled: [decimal]
      case .wrongGrouping(_, let grouped, let decimal): [grouped, decimal]
      default: []
      }
    let tailString = (isPercent ? "" : " ") + tail.string
    return numbers.compactMap { $0.map { head.string + $0 + tailString } }
  }
}

extension HedgedNumber {
  /// The one number that `13 tỷ 500 triệu` or `2 tỷ rưỡi` is, in its first unit: `13,5 tỷ`; nil for
  /// anything else.
  fileprivate var compound: String? {
    let written = unit.inFullNumeral
    let first = ScaledUnit(small: written)
    guard first.zeros > 0, var sum = Decimal(decimal), var rest = first.unit else { return nil }
    let numeral = written.part(
      written.range.bounds.lowerBound..<written.range.bounds.upperBound - rest.count
    ).trimmed
    var zeros = first.zeros
    var isCompound = false
    while let word = rest.words.first, let part = word.partOfCompound {
      let isHalf = word.isSpelled("rưỡi")
      let next = rest.part(word.range.bounds.upperBound..<rest.range.bounds.upperBound)
        .trimmed.inFullNumeral
      let scaled = ScaledUnit(small: next)
      guard isHalf || scaled.zeros < zeros && !next.isEmpty,
        let worth = Decimal("1e\((isHalf ? zeros : scaled.zeros) - first.zeros)".utf8),
        let more = part.multiplied(by: worth).flatMap({ sum.adding($0) })
      else { return nil }
      (sum, isCompound) = (more, true)
      zeros = isHalf ? 0 : scaled.zeros
      rest = isHalf ? next : scaled.unit ?? Text("")
    }
    guard isCompound, !["trăm", "chục", "vạn"].contains(rest.words.first?.string) else {
      return nil
    }
    let words = [hedge?.rawValue ?? "", sum.vietnameseToType, numeral.string, rest.string]
    return words.filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// The figure with its numeral in full, `1,1 triệu` for `1,1 tr`; nil where it is so already.
  fileprivate var spelledOut: String? {
    let full = unit.inFullNumeral
    guard full != unit, let number = written(timesTen: 0) else { return nil }
    return (hedge.map { "\($0.rawValue) " } ?? "") + "\(number) \(full.string)"
  }
}

extension Text {
  /// The number that a word of `13 tỷ 500 triệu`, `2 tỷ rưỡi` adds; nil for any other word.
  fileprivate var partOfCompound: Decimal? {
    if isSpelled("rưỡi") { return Decimal("0.5".utf8) }
    return (try? decimal(of: self)).flatMap { Decimal($0) }
  }

  /// A unit with its numeral in full: `triệu` for `tr`, `triệu đồng` for `trđ`.
  fileprivate var inFullNumeral: Text {
    guard let word = words.first,
      let full = ["tr": "triệu", "trđ": "triệu đồng", "tr.đ": "triệu đồng", "k": "nghìn"][
        word.inSmallLetters]
    else { return self }
    let rest = part(word.range.bounds.upperBound..<range.bounds.upperBound)
    return Text(full + rest.string)
  }

  /// The figure with a blank before the unit that is written right behind it, `1,1 tỷ` for `1,1tỷ`;
  /// nil where no numeral and not the unit stands there.
  ///
  /// - Parameter unit: the only unit that may stand there; nil for any amount of money.
  fileprivate func spacedFigure(_ unit: Text?) -> Text? {
    let signs = [UInt8(ascii: ","), UInt8(ascii: ".")]
    guard let start = bytes.firstIndex(where: isDigit),
      let end = bytes[start...].firstIndex(where: { !isDigit($0) && !signs.contains($0) }),
      isDigit(bytes[end - 1]), bytes[end] != UInt8(ascii: " ")
    else { return nil }
    let tail = part(end..<range.bounds.upperBound)
    let full = ScaledUnit(small: tail.inFullNumeral)
    let isKnown =
      unit.map { lowercased($0.bytes) == lowercased(tail.bytes) }
      ?? (full.zeros > 0 || full.mayCountMoney)
    guard isKnown || full.zeros > 0 else { return nil }
    return Text(part(range.bounds.lowerBound..<end).string + " " + tail.string)
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

  /// Tells whether it is a unit of money, or a numeral alone.
  fileprivate var mayCountMoney: Bool { unit.map(ScaledUnit.isMoney) ?? (zeros > 0) }

  private static func isMoney(_ unit: Text) -> Bool {
    ["đồng", "đ", "vnđ", "vnd"].contains { unit.isSpelled($0) }
  }
}
