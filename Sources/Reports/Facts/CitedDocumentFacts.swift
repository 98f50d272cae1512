import Texts
import Vietnamese

/// Documents that a paragraph cites: `Kết luận số 65-KL/TW ngày 04/3/2010 của Ban Bí thư`.
extension FactParagraph {
  func documentSign(at index: Int) -> FoundSign? {
    guard FoundSign.mayBegin(words, at: index, text.source.bytes),
      let sign = FoundSign(words, at: index, in: text), sign.isWhole
    else { return nil }
    return sign
  }

  func fact(of sign: FoundSign, at index: Int) -> Fact {
    let kind = kindName(before: index)
    let issuer = sign.issuer.flatMap { rest in
      finder.registers.laws.issuer(atStartOf: rest)
        ?? body(at: word(at: rest.range.bounds.lowerBound, behind: index))?.quote
    }
    let end = (issuer ?? sign.date ?? sign.place).range.bounds.upperBound
    return fact(
      .document, (kind?.start ?? sign.range.lowerBound)..<end,
      [
        ("loai_van_ban", kind?.name), ("so_ky_hieu", sign.sign.string),
        ("ngay", sign.date.flatMap { CalendarDate(writtenIn: $0) }?.written),
        ("ban_hanh", issuer?.string),
      ])
  }

  /// The kind that is named before the sign, or before «số» in front of it, by one to four words.
  private func kindName(before index: Int) -> (name: String, start: Int)? {
    var end = index
    if end > 0, words.followsBlank(at: end), words.hash(at: end - 1) == FoundSign.so { end -= 1 }
    var first = end
    var found: Int?
    while first > 0, end - first < 4, words.followsBlank(at: first) {
      first -= 1
      if finder.registers.laws.isKind(text.part(start(of: first)..<self.end(of: end - 1))) {
        found = first
      }
    }
    guard let found else { return nil }
    let name = string(from: found, to: end - 1)
    return (name.prefix(1).uppercased() + name.dropFirst().lowercased(), start(of: found))
  }
}
