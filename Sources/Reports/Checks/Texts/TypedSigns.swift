import Diagnostics
import Texts
import Vietnamese

/// Signs that are typed where the document sets its own: bullets and numbers at the start of a text,
/// blanks side by side or on the wrong side of a mark, signs of the symbol fonts of Word, and
/// sentences that begin with a small letter.
struct TypedSigns {
  /// Tells whether blanks stand side by side, or a tab, somewhere in the file.
  private let hasBlanks: Bool
  /// Tells whether a character of no font may stand in the file.
  private let hasSymbols: Bool
  /// Tells whether a blank stands before a mark, or behind a bracket, somewhere in the file.
  private let hasStrayBlanks: Bool
  private(set) var problems: [Diagnostic] = []

  init(_ source: Text) {
    (hasBlanks, hasSymbols, hasStrayBlanks) = source.withBytes { bytes in
      let (raw, all) = (bytes.bytes, 0..<bytes.count)
      func holds(_ byte: UInt8) -> Bool { raw.first(byte, in: all) < bytes.count }
      func holds(_ pair: [UInt8]) -> Bool { bytes.first(of: pair.span, from: 0) != nil }
      let hasBlanks = holds([0x20, 0x20]) || holds(0x09)
      let hasStrayBlanks =
        holds([UInt8(ascii: "("), 0x20])
        || TypedSigns.marksWithoutBlank.contains { holds([0x20, $0]) }
      return (hasBlanks, holds(0xEE) || holds(0xEF), hasStrayBlanks)
    }
  }

  /// - Parameter isProse: whether the template reads the text as Markdown, which has its own bullets.
  mutating func check(_ text: Text, isProse: Bool) {
    if !isProse, let length = TypedSigns.bulletLength(text.bytes) { reportBullet(text, length) }
    if hasBlanks, !isProse { checkBlanks(text) }
    if hasSymbols { checkSymbols(text) }
    if hasStrayBlanks, !isProse { checkStrayBlanks(text) }
    checkInitials(text)
  }

  private mutating func reportBullet(_ text: Text, _ length: Int) {
    let start = text.range.bounds.lowerBound
    let sign = text.part(start..<start + length)
    let rest = text.bytes.dropFirst(length).drop { $0 == 0x20 || $0 == 0x09 }
    let words = String(decoding: rest, as: UTF8.self).split(separator: " ")
    let beginning = words.prefix(6).joined(separator: " ")
    let meant = words.count > 8 ? beginning + "…" : words.joined(separator: " ")
    problems.append(Diagnostic(.check(.form(.typedBullet(sign.string, meant: meant))), at: sign))
  }

  private static let bullets = "- – — • · ● ○ ▪ ■ □ ◦ * + ✓ → §".split(separator: " ").map {
    Array($0.utf8)
  }

  /// The length of a bullet or number that a text begins with; nil for none. A sign before a figure,
  /// `-5%`, is none.
  private static func bulletLength(_ bytes: ArraySlice<UInt8>) -> Int? {
    guard let first = bytes.first, bytes.count > 2 else { return nil }
    // Most texts begin with a letter and go on with one.
    let second = bytes[bytes.startIndex + 1]
    // Word's bullet of the second level, copied as a letter.
    if first == UInt8(ascii: "o"), second == 0x20, bytes.dropFirst(2).beginsWithCapital { return 1 }
    if first.isLetter, second.isLetter || second == 0x20 || second >= 0x80 { return nil }
    if let bullet = bullets.first(where: { bytes.starts(with: $0) }) {
      let next = bytes.dropFirst(bullet.count).first ?? 0
      return next &- UInt8(ascii: "0") < 10 ? nil : bullet.count
    }
    if let length = sectionLength(bytes) { return length }
    let opening = first == UInt8(ascii: "(") ? 1 : 0
    let label = bytes.dropFirst(opening).prefix { $0 &- UInt8(ascii: "0") < 10 || $0.isLetter }
    let rest = bytes.dropFirst(opening + label.count)
    guard (1...3).contains(label.count), let sign = rest.first,
      ".)/".utf8.contains(sign), rest.dropFirst().first == 0x20, isOrdinal(label, sign),
      opening == 0 || sign == UInt8(ascii: ")")
    else { return nil }
    return opening + label.count + 1
  }

  /// The length of a number in parts, `1.1` or `1.1.2.`, before a capital; nil for none.
  private static func sectionLength(_ bytes: ArraySlice<UInt8>) -> Int? {
    let number = bytes.prefix { $0 &- UInt8(ascii: "0") < 10 || $0 == UInt8(ascii: ".") }
    let parts = number.split(separator: UInt8(ascii: "."))
    let rest = bytes.dropFirst(number.count)
    guard parts.count > 1, parts.allSatisfy({ $0.count < 3 }), rest.first == 0x20,
      rest.dropFirst().beginsWithCapital
    else { return nil }
    return number.count
  }

  /// A number, a Roman one, or one letter; `Q.` before a post is none.
  private static func isOrdinal(_ label: ArraySlice<UInt8>, _ sign: UInt8) -> Bool {
    let isLetter =
      label.count == 1 && sign != UInt8(ascii: "/")
      && (sign == UInt8(ascii: ")") || (label.first ?? 0) >= 0x61)
    return isLetter || label.allSatisfy { $0 &- UInt8(ascii: "0") < 10 }
      || label.allSatisfy { "IVX".utf8.contains($0) }
  }

  private mutating func checkBlanks(_ text: Text) {
    let bytes = text.bytes
    var index = bytes.startIndex
    while index < bytes.endIndex {
      let start = index
      while index < bytes.endIndex, bytes[index] == 0x20 || bytes[index] == 0x09 { index += 1 }
      if index - start > 1 || index > start && bytes[start] == 0x09 {
        problems.append(
          Diagnostic(.check(.form(.doubledBlank)), at: text.part(start..<index)))
        return
      }
      index += 1
    }
  }

  /// The marks that stand right behind a word.
  private static let marksWithoutBlank = Array(",;.:)".utf8)

  /// `tuyên truyền ,vận động`, `( sau đây gọi là BCĐ)`; of the blanks of one text the first.
  private mutating func checkStrayBlanks(_ text: Text) {
    let bytes = text.bytes
    for index in bytes.indices.dropFirst().dropLast() where bytes[index] == 0x20 {
      let (before, mark) = (bytes[index - 1], bytes[index + 1])
      let next = bytes.indices.contains(index + 2) ? bytes[index + 2] : 0x20
      let isBracket = before == UInt8(ascii: "(")
      let isMark = TypedSigns.marksWithoutBlank.contains(mark) && before != 0x20
      // `...`, and `.vn`; a dash or a figure may stand before a mark.
      guard isBracket || isMark && (mark != UInt8(ascii: ".") || next == 0x20) else { continue }
      let start = bytes[..<index].lastIndex(of: 0x20).map { $0 + 1 } ?? bytes.startIndex
      let end = bytes[(index + 1)...].firstIndex(of: 0x20) ?? bytes.endIndex
      let kept = text.part(start..<index).string
      let rest = text.part((index + 1)..<end).string
      let meant =
        isBracket || rest.count == 1 ? kept + rest : kept + rest.prefix(1) + " " + rest.dropFirst()
      problems.append(
        Diagnostic(
          .check(.form(.strayBlank(isBracket ? "(" : String(rest.prefix(1)), meant: meant))),
          at: text.part(start..<end)))
      return
    }
  }

  /// `. phường đã`: a sentence that begins with a small letter; `; Đã`: a capital within one.
  private mutating func checkInitials(_ text: Text) {
    let bytes = text.bytes
    var index = bytes.startIndex
    while let mark = text.nextStop(from: index) {
      index = mark + 1
      let rest = bytes[(index + 1)...]
      let word = text.part(rest.startIndex..<(rest.firstIndex(of: 0x20) ?? bytes.endIndex))
      if bytes[mark] == 0x3B {
        guard let small = TypedSigns.smallWords.first(where: { word.isSpelled($0.capital) }) else {
          continue
        }
        let problem = DocumentFormProblem.capitalBehindMark(word.string, meant: small.small)
        problems.append(Diagnostic(.check(.form(problem)), at: word))
      } else if rest.beginsWithSmall, endsSentence(bytes[..<mark]) {
        var meant = ByteBuffer()
        appendCapitalized(word.bytes, to: &meant)
        let problem = DocumentFormProblem.smallSentence(word.string, meant: meant.string)
        problems.append(Diagnostic(.check(.form(problem)), at: word))
      }
    }
  }

  /// Tells whether a full stop behind these bytes ends a sentence, and is not that of an
  /// abbreviation, `tr.`, `v.v.`, which has no vowel or no mark.
  private func endsSentence(_ bytes: ArraySlice<UInt8>) -> Bool {
    let word = bytes.suffix(while: { $0 != 0x20 && $0 != 0x0A })
    return word.count > 2 && !word.contains(0x2E) && word.beginsWithSmall
      && word.contains { $0 >= 0x80 || "aeiouy".utf8.contains($0) }
  }

  /// Words that no name begins with.
  private static let smallWords = ["đã", "đang", "sẽ", "được", "và", "đồng thời", "trong đó"].map {
    word in
    let first = word.split(separator: " ")[0]
    return (small: String(first), capital: first.prefix(1).uppercased() + first.dropFirst())
  }

  /// U+E000 to U+F8FF: signs that only the font has with which they were typed.
  private mutating func checkSymbols(_ text: Text) {
    let bytes = text.bytes
    for index in bytes.indices.dropLast(2)
    where bytes[index] == 0xEE || bytes[index] == 0xEF && bytes[index + 1] < 0xA4 {
      problems.append(
        Diagnostic(.check(.form(.signOfSymbolFont)), at: text.part(index..<index + 3)))
    }
  }
}

extension Text {
  /// The offset of the next `.` or `;` with a blank and something more behind it; nil where none
  /// follows.
  fileprivate func nextStop(from start: Int) -> Int? {
    withBytes { bytes in
      let first = range.bounds.lowerBound
      var index = start - first
      while index + 2 < bytes.count {
        let byte = bytes[index]
        if byte == 0x2E || byte == 0x3B, bytes[index + 1] == 0x20 { return first + index }
        index += 1
      }
      return nil
    }
  }
}

extension ArraySlice<UInt8> {
  /// The bytes at the end that get a yes.
  fileprivate func suffix(while answer: (UInt8) -> Bool) -> ArraySlice<UInt8> {
    let start = lastIndex { !answer($0) }.map { $0 + 1 } ?? startIndex
    return self[start...]
  }
}

extension UInt8 {
  fileprivate var isLetter: Bool { (self | 0x20) &- 0x61 < 26 }
}
