import Texts

/// An emphasis in a text that is written as Markdown.
struct EmphasisSpan {
  /// 1 for emphasis, 2 for strong emphasis.
  let length: Int
  /// The emphasis that it stands in.
  let outer: Int?
  /// The index of the piece that ends it.
  var end = 0
  var sign = UInt8(ascii: "*")
}

extension InlineText {
  /// Chooses the signs of all emphasis, and writes letters next to them as references where the
  /// signs would not be read as marks otherwise.
  ///
  /// CommonMark tells by the characters on both sides whether a run of signs may begin or end an
  /// emphasis: none begins before a blank, none ends after one, and one with punctuation on the
  /// inner side has none but blanks and punctuation on the other. A reference counts as
  /// punctuation.
  mutating func placeEmphasis() {
    let plain = self
    if placeEmphasis(onlyAsterisks: false) { return }
    // Runs that become one are read from the inside to the outside, as they were.
    self = plain
    _ = placeEmphasis(onlyAsterisks: true)
  }

  /// Tells whether each mark can only be read as what it is.
  private mutating func placeEmphasis(onlyAsterisks: Bool) -> Bool {
    var isCertain = true
    for index in pieces.indices {
      switch pieces[index] {
      case .begin(let span):
        if !onlyAsterisks { spans[span].sign = sign(of: span, at: index) }
        makeRoom(at: index, inner: 1, isUnderscore: spans[span].sign == UInt8(ascii: "_"))
        separate(span, at: index)
        isCertain = isCertain && isCertainMark(span, at: index)
      case .end(let span):
        makeRoom(at: index, inner: -1, isUnderscore: spans[span].sign == UInt8(ascii: "_"))
      default: break
      }
    }
    return isCertain
  }

  /// A mark between two signs of punctuation could end an outer emphasis as well, and one that ends
  /// where another one ends could become one run with it.
  private func isCertainMark(_ span: Int, at index: Int) -> Bool {
    let sign = spans[span].sign
    if let outer = markThatEnds(after: spans[span].end), spans[outer].sign == sign { return false }
    return side(at: index - 1, isBefore: true) != .punctuation
      || side(at: index + 1, isBefore: false) != .punctuation || !isInside(span, of: sign)
  }

  /// An asterisk, unless a run of asterisks would become one with that before it or after it, or
  /// could end another emphasis.
  private func sign(of span: Int, at index: Int) -> UInt8 {
    let (asterisk, underscore) = (UInt8(ascii: "*"), UInt8(ascii: "_"))
    if neighbor(before: index) == asterisk { return underscore }
    if neighbor(before: index) == underscore { return asterisk }
    if let outer = markThatEnds(after: spans[span].end) {
      return spans[outer].sign == asterisk ? underscore : asterisk
    }
    let mayEnd = side(at: index - 1, isBefore: true) != .blank
    return mayEnd && isInside(span, of: asterisk) && !isInside(span, of: underscore)
      ? underscore : asterisk
  }

  /// The emphasis that ends directly after an end.
  private func markThatEnds(after index: Int) -> Int? {
    guard pieces.indices.contains(index + 1), case .end(let span) = pieces[index + 1] else {
      return nil
    }
    return span
  }

  /// The sign of the mark that stands directly before.
  private func neighbor(before index: Int) -> UInt8? {
    guard index > 0 else { return nil }
    return switch pieces[index - 1] {
    case .begin(let span), .end(let span): spans[span].sign
    default: nil
    }
  }

  /// Whether a run of the same length and sign is still open.
  private func isInside(_ span: Int, of sign: UInt8) -> Bool {
    var outer = spans[span].outer
    while let number = outer {
      if spans[number].sign == sign, spans[number].length == spans[span].length { return true }
      outer = spans[number].outer
    }
    return false
  }

  private func side(at index: Int, isBefore: Bool) -> Side {
    guard pieces.indices.contains(index) else { return .blank }
    switch pieces[index] {
    case .text(let text):
      if isBefore ? text.endsWithReference : text.beginsWithReference { return .punctuation }
      return Side(text.scalar(isLast: isBefore))
    case .hardBreak where !isBefore && needsBackslash(at: index): return .punctuation
    case .softBreak, .hardBreak: return .blank
    default: return .punctuation
    }
  }

  /// Sees to it that a mark is read as one; `inner` leads from it into the emphasis.
  private mutating func makeRoom(at index: Int, inner: Int, isUnderscore: Bool) {
    let (inside, outside) = (index + inner, index - inner)
    if side(at: inside, isBefore: inner < 0) == .blank { refer(at: inside, isBefore: inner < 0) }
    let isTight = isUnderscore || side(at: inside, isBefore: inner < 0) == .punctuation
    if isTight, side(at: outside, isBefore: inner > 0) == .letter {
      refer(at: outside, isBefore: inner > 0)
    }
  }

  /// Keeps a mark between letters from ending an outer emphasis of the same sign.
  private mutating func separate(_ span: Int, at index: Int) {
    guard side(at: index - 1, isBefore: true) == .letter, isInside(span, of: spans[span].sign)
    else { return }
    refer(at: index - 1, isBefore: true)
  }

  private mutating func refer(at index: Int, isBefore: Bool) {
    guard pieces.indices.contains(index), case .text(var text) = pieces[index] else { return }
    let isOne = text.isOneCharacter
    if isBefore || isOne { text.endsWithReference = true }
    if !isBefore || isOne { text.beginsWithReference = true }
    pieces[index] = .text(text)
  }
}

extension PlainText {
  fileprivate var isOneCharacter: Bool { bytes.count { $0 & 0xC0 != 0x80 } == 1 }

  fileprivate func scalar(isLast: Bool) -> Unicode.Scalar? {
    let text = String(decoding: isLast ? bytes.suffix(4) : bytes.prefix(4), as: UTF8.self)
    return isLast ? text.unicodeScalars.last : text.unicodeScalars.first
  }
}
