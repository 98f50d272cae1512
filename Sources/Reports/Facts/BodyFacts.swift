import Texts

/// Bodies that a paragraph names with a name of their own: `Quận ủy Đống Đa`, `UBND phường Bồ Đề`, `Ban
/// Dân vận Thành ủy`.
extension FactParagraph {
  func body(at index: Int) -> Fact? {
    guard let head = finder.facts.bodies.match(words, at: index),
      index == 0 || !isNamePart(index)
    else { return nil }
    var (last, hasName) = (index + head.count - 1, false)
    while let next = nameEnd(behind: last) { (last, hasName) = (next, true) }
    guard hasName else { return nil }
    return fact(
      .body, start(of: index)..<end(of: last), [("ten", string(from: index, to: last))])
  }

  /// Tells whether a word is the second of a body that began before it: `Ban Dân vận Thành ủy` is one.
  private func isNamePart(_ index: Int) -> Bool {
    guard words.followsBlank(at: index) else { return false }
    return (max(0, index - 5)..<index).contains { before in
      finder.facts.bodies.match(words, at: before).map { before + $0.count == index } ?? false
    }
  }

  /// The last word of what goes on as a name: the name of a body above, or of a place with or without its
  /// kind. The name of a person who holds an office there is none.
  private func nameEnd(behind last: Int) -> Int? {
    let next = last + 1
    guard next < words.count, words.followsBlank(at: next) else { return nil }
    if let body = finder.facts.bodies.match(words, at: next) { return next + body.count - 1 }
    let kind = placeKindLength(at: next)
    var end = next + kind
    let first = end
    while end < words.count, end - first < 5, isCapital(end) || kind > 0 && isNumber(end, first) {
      // «Bộ Công an»: the name of a body goes on in small letters.
      if end > first, let body = finder.facts.bodies.match(words, at: end), body.count > 1 {
        return end + body.count - 1
      }
      end += 1
    }
    guard end > first else { return nil }
    // «UBND tỉnh Trương Cảnh Mẫu»: no province has the name of a person.
    if kind > 0, end - first > 2, string(from: next, to: first - 1) == "tỉnh",
      finder.facts.familyNames.match(words, at: first) != nil
    {
      return nil
    }
    if kind == 0, finder.facts.familyNames.match(words, at: first) != nil, end - first > 1 {
      return nil
    }
    return end - 1
  }

  /// Tells whether the name of the place is a number: `phường 12`.
  private func isNumber(_ index: Int, _ first: Int) -> Bool {
    index == first && words.followsBlank(at: index) && words.kind(at: index) == .number
  }

  /// The number of words of the kind of a place: 2 for `thành phố`.
  private func placeKindLength(at index: Int) -> Int {
    let places = finder.registers.places
    guard places.kindStarts.mayHold(words.key(at: index)) else { return 0 }
    let rest = text.part(start(of: index)..<text.range.bounds.upperBound).bytes
    let length = places.kinds.lazy.compactMap { $0.length(atStartOf: rest) }.max()
    guard let length else { return 0 }
    let end = start(of: index) + length
    return (index..<min(index + 4, words.count)).prefix { start(of: $0) < end }.count
  }
}
