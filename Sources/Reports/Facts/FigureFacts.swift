import Texts
import Vietnamese

/// Figures that a paragraph gives with a unit of the register of units: `trên 9.000 lượt người`, `98,5%`.
extension FactParagraph {
  func figure(at index: Int) -> Fact? {
    let (bytes, limit) = (text.source.bytes, text.range.bounds.upperBound)
    let start = start(of: index)
    guard start == text.range.bounds.lowerBound || bytes[start - 1].mayStandBeforeFigure else {
      return nil
    }
    var end = start
    while end < limit, bytes[end].isOfNumber { end += 1 }
    while !isDigit(bytes[end - 1]) { end -= 1 }
    guard end < limit, let unit = unit(behind: end) else { return nil }
    let number = text.part(start..<end)
    guard !isNumbered(index), !isOfRange(index), (try? decimal(of: number)) != nil else {
      return nil
    }
    let hedge = hedge(before: index)
    return fact(
      .figure, (hedge.map { self.start(of: $0.first) } ?? start)..<unit.range.bounds.upperBound,
      [("uoc", hedge?.written), ("gia_tri", number.string), ("don_vi", unit.string)])
  }

  /// The unit right behind a number, with its numeral: `%`, `lượt người`, `triệu đồng`.
  private func unit(behind end: Int) -> Text? {
    let (bytes, limit) = (text.source.bytes, text.range.bounds.upperBound)
    if bytes[end] == UInt8(ascii: "%") { return text.part(end..<end + 1) }
    guard bytes[end] == UInt8(ascii: " ") else { return nil }
    var start = end
    while start < limit, bytes[start] == UInt8(ascii: " ") { start += 1 }
    var last = start
    while last < min(limit, start + 60), !bytes[last].endsUnit { last += 1 }
    var small = ByteBuffer()
    text.source.withBytes(SourceRange(start: start, end: last)) {
      appendLowercased($0, to: &small)
    }
    guard small.count == last - start else { return nil }
    let numeral = ScaledUnit.numeralLength(atStartOf: small.span)
    let counted = small.span.extracting(numeral..<small.count)
    guard let length = finder.registers.units.nameLength(atStartOf: counted),
      finder.facts.timeUnits.number(of: WordTable.hash(counted, 0, length)) == nil
    else { return nil }
    return text.part(start..<start + numeral + length)
  }

  /// Tells whether the number is a name: `Đề án 06`, `tổ 12`.
  private func isNumbered(_ index: Int) -> Bool {
    let before = (max(0, index - 3)..<index).map { text.part(start(of: $0)..<end(of: $0)) }
    return words.followsBlank(at: index) && finder.registers.units.isNumbered(before)
  }

  /// Tells whether it is an end of a range, `5 - 10 hộ`, which is not one figure.
  private func isOfRange(_ index: Int) -> Bool {
    func leads(_ index: Int) -> Bool {
      guard index > 0, index < words.count, let sign = words.sign(before: index),
        sign == "-" || sign == "–" || sign == "/"
      else { return false }
      return words.kind(at: index - 1) == .number && words.kind(at: index) == .number
    }
    return leads(index) || leads(index + 1)
  }

  private func hedge(before index: Int) -> (first: Int, written: String)? {
    guard words.followsBlank(at: index) else { return nil }
    for count in 1...2 where index >= count {
      if let found = Self.hedges.match(words, at: index - count), found.count == count {
        return (index - count, HedgedNumber.Hedge.allCases[found.payload].rawValue)
      }
    }
    return nil
  }

  private static let hedges: PhraseTable = {
    var hedges = PhraseTable()
    for (place, hedge) in HedgedNumber.Hedge.allCases.enumerated() {
      hedges.insert(Text(hedge.rawValue), place)
    }
    return hedges
  }()
}

extension UInt8 {
  fileprivate var isOfNumber: Bool { Texts.isDigit(self) || self == 0x2C || self == 0x2E }

  /// Tells whether it is a blank, of which the last byte may be that of a no-break space, or a bracket.
  fileprivate var mayStandBeforeFigure: Bool {
    self == 0x20 || self == UInt8(ascii: "(") || self == 0x0A || self == 0xA0
  }

  /// Tells whether it is a sign that no unit and no numeral has.
  fileprivate var endsUnit: Bool {
    switch self {
    case 0x0A, 0x28, 0x29, 0x2C, 0x2E, 0x3A, 0x3B: true
    default: false
    }
  }
}
