import Texts
import Vietnamese

/// Figures that a paragraph gives with a unit of the register of units: `trên 9.000 lượt người`, `98,5%`.
extension FactParagraph {
  func figure(at index: Int) -> Fact? {
    let bytes = text.source.bytes
    let start = start(of: index)
    guard start == text.range.bounds.lowerBound || " (\n\u{A0}".utf8.contains(bytes[start - 1])
    else {
      return nil
    }
    var end = start
    while end < text.range.bounds.upperBound, bytes[end].isOfNumber { end += 1 }
    while ",.".utf8.contains(bytes[end - 1]) { end -= 1 }
    guard (try? decimal(of: text.part(start..<end))) != nil, !isNumbered(index), !isOfRange(index)
    else { return nil }
    let unit = unit(behind: end)
    guard let unit else { return nil }
    let hedge = hedge(before: index)
    return fact(
      .figure, (hedge.map { self.start(of: $0.first) } ?? start)..<unit.range.bounds.upperBound,
      [
        ("uoc", hedge?.written), ("gia_tri", text.part(start..<end).string),
        ("don_vi", unit.string),
      ])
  }

  /// The unit right behind a number, with its numeral: `%`, `lượt người`, `triệu đồng`.
  private func unit(behind end: Int) -> Text? {
    let bytes = text.source.bytes
    if end < text.range.bounds.upperBound, bytes[end] == UInt8(ascii: "%") {
      return text.part(end..<end + 1)
    }
    let bounds = end..<text.range.bounds.upperBound
    guard bytes[bounds].first == UInt8(ascii: " ") else { return nil }
    let following = text.part(bounds).trimmed
    // No unit and no numeral has signs in it.
    let clause = following.bytes.prefix(60).prefix { !",;:.()\n".utf8.contains($0) }
    let unit = following.part(clause.indices)
    let scaled = ScaledUnit(Text(computed: lowercased(unit.bytes)))
    let skipped = unit.count - (scaled.unit?.count ?? 0)
    let counted = unit.part(unit.range.bounds.lowerBound + skipped..<unit.range.bounds.upperBound)
    guard let name = finder.registers.units.name(atStartOf: counted),
      !finder.facts.timeUnits.contains(Text(computed: lowercased(name.bytes)))
    else { return nil }
    return text.part(unit.range.bounds.lowerBound..<name.range.bounds.upperBound)
  }

  /// Tells whether the number is a name: `Đề án 06`, `tổ 12`.
  private func isNumbered(_ index: Int) -> Bool {
    let before = (max(0, index - 3)..<index).map { text.part(start(of: $0)..<end(of: $0)) }
    return words.followsBlank(at: index) && finder.registers.units.isNumbered(before)
  }

  /// Tells whether it is an end of a range, `5 - 10 hộ`, which is not one figure.
  private func isOfRange(_ index: Int) -> Bool {
    func leads(_ index: Int) -> Bool {
      guard index > 0, index < words.count, words[index - 1].kind == .number,
        words[index].kind == .number
      else { return false }
      let signs = String(decoding: gap(before: index), as: UTF8.self).filter { !$0.isWhitespace }
      return ["-", "–", "/", "x"].contains(signs)
    }
    return leads(index) || leads(index + 1)
  }

  private func hedge(before index: Int) -> (first: Int, written: String)? {
    for count in 1...2 where index >= count && words.followsBlank(at: index) {
      let first = index - count
      let written = string(from: first, to: index - 1).lowercased()
      if HedgedNumber.Hedge(rawValue: written) != nil { return (first, written) }
    }
    return nil
  }
}

extension UInt8 {
  fileprivate var isOfNumber: Bool { self &- 0x30 < 10 || ",.".utf8.contains(self) }
}
