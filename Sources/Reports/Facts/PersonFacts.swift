import Texts

/// People whom a paragraph names behind a form of address, with the titles behind their names: `đồng chí
/// Nguyễn Văn An, Phó Bí thư Đảng ủy, Chủ tịch HĐND phường`.
extension FactParagraph {
  /// The longest name in words.
  private static let longestName = 6
  /// The longest title in words.
  private static let longestTitle = 40

  func person(at index: Int) -> Fact? {
    guard let address = finder.facts.addressLength(words, at: index, in: text) else { return nil }
    let first = word(at: start(of: index) + address, behind: index)
    var last = first
    while last < words.count, last - first < Self.longestName, isCapital(last) { last += 1 }
    guard last - first > 1, titleLength(at: first) == nil,
      finder.facts.bodies.match(words, at: first) == nil
    else { return nil }
    let title = title(behind: last - 1)
    return fact(
      .person, start(of: index)..<end(of: title?.last ?? last - 1),
      [
        ("ho_ten", string(from: first, to: last - 1)),
        ("chuc_vu", title.map { string(from: $0.first, to: $0.last) }),
      ])
  }

  /// The number of words of the title that begins at a word; nil for none.
  private func titleLength(at index: Int) -> Int? {
    let own = finder.facts.titles.match(words, at: index)?.count
    guard let ranked = finder.titles.titleLength(words, at: index) else { return own }
    return max(ranked, own ?? 0)
  }

  /// The titles behind a comma or a dash after a name.
  private func title(behind name: Int) -> (first: Int, last: Int)? {
    let first = name + 1
    guard first < words.count, separatesParts(first), let length = titleLength(at: first) else {
      return nil
    }
    var last = first + length - 1
    while last + 1 < words.count, last - first < Self.longestTitle {
      let next = last + 1
      if let length = titleLength(at: next), words.followsBlank(at: next) || separatesParts(next) {
        last = next + length - 1
      } else if words.followsBlank(at: next) {
        if endsTitle(at: next) { break }
        last = next
      } else if goesOnAsName(at: next) {
        last = next
      } else {
        break
      }
    }
    return (first, last)
  }

  /// Tells whether a comma or a dash stands before a word, and nothing else but blanks.
  private func separatesParts(_ index: Int) -> Bool {
    switch words.sign(before: index) {
    case ",", "-", "–", "—", "(": true
    default: false
    }
  }

  private static let va = WordTable.hash("và".utf8)

  /// «Lao động và Xã hội» is one name; behind other words a person begins to do something.
  private func endsTitle(at index: Int) -> Bool {
    let kind = words.kind(at: index)
    guard kind == .small || kind == .capital && words.kind(at: index - 1) == .capital,
      finder.facts.titleEnds.match(words, at: index) != nil
    else { return false }
    guard words.hash(at: index) == Self.va else { return true }
    return !isCapital(index + 1) || finder.facts.familyNames.match(words, at: index + 1) != nil
  }

  /// Tells whether a word behind a sign still belongs to the name of a body: `Phòng Lao động - Thương binh
  /// và Xã hội`, `Sở Văn hóa, Thể thao và Du lịch`.
  private func goesOnAsName(at index: Int) -> Bool {
    guard words.kind(at: index) == .capital, separatesParts(index),
      finder.facts.familyNames.match(words, at: index) == nil
    else { return false }
    var next = index + 1
    while next < words.count, next - index < 4, words.followsBlank(at: next) {
      if words.hash(at: next) == Self.va { return isCapital(next + 1) }
      next += 1
    }
    return false
  }
}
