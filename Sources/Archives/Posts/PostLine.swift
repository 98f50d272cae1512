import Texts
import Vietnamese

/// A block of a post with what is seen of it at a glance.
struct PostLine {
  let block: PostBlock
  /// The text as it is written.
  let text: ArraySlice<UInt8>
  /// The same in small letters; empty for a long one, whose words nobody looks for.
  let small: [UInt8]
  let words: [PostWord]
  /// How many words it has, of a long one about how many.
  let wordCount: Int
  let ending: Ending
  let isCapital: Bool
  let hasFigures: Bool
  let mark: Range<Int>?
  /// Where the sign `./.` or `/.` stands at the end of the text, perhaps with a name behind it.
  let endMark: Range<Int>?

  enum Ending {
    /// `.`, `!`, `?`, `…`, perhaps with a quote or bracket behind it.
    case sentence
    /// `:`, `,`, `;`.
    case open
    case none
  }

  /// Lines of so many bytes may be a part of the page, a title, a caption or an author.
  static let shortLength = 420

  init(_ block: PostBlock, _ bytes: [UInt8]) {
    let text = bytes[block.text]
    let isShort = text.count <= PostLine.shortLength
    let small = isShort ? lowercased(text) : []
    self.block = block
    (self.text, self.small) = (text, small)
    words = PostWord.all(in: small, 0..<small.count)
    wordCount = isShort ? words.count : text.count / 6
    isCapital = isShort && isUppercased(text.span)
    hasFigures = isShort && words.contains { small[$0.range.lowerBound].isASCIIDigit }
    ending = PostLine.ending(of: text)
    mark = PostLine.mark(of: text)
    endMark = PostLine.endMark(of: text)
  }

  var index: Range<Int> { block.text }
  var isEmpty: Bool { text.isEmpty }
  var string: String { String(decoding: text, as: UTF8.self) }

  /// A part of the text by a range of the small letters, which lie at the same places where both have
  /// the same length; nil where they do not.
  func part(_ range: Range<Int>) -> ArraySlice<UInt8>? {
    guard small.count == text.count else { return nil }
    return text[text.startIndex + range.lowerBound..<text.startIndex + range.upperBound]
  }

  /// Tells whether it begins with a small letter, so that it goes on with the line above.
  var beginsSmall: Bool {
    guard let first = String(decoding: text.prefix(4), as: UTF8.self).unicodeScalars.first else {
      return false
    }
    return first.properties.isLowercase
  }

  private static func ending(of text: ArraySlice<UInt8>) -> Ending {
    var rest = text
    // Quotes and brackets: ” ’ " ' ) ]
    while let last = rest.last {
      if "\"')]".utf8.contains(last) {
        rest.removeLast()
      } else if rest.suffix(3).elementsEqual("”".utf8) || rest.suffix(3).elementsEqual("’".utf8) {
        rest.removeLast(3)
      } else {
        break
      }
    }
    guard let last = rest.last else { return .none }
    if ".!?".utf8.contains(last) || rest.suffix(3).elementsEqual("…".utf8) { return .sentence }
    return ":,;".utf8.contains(last) ? .open : .none
  }

  /// Looks at the last bytes alone.
  private static func endMark(of text: ArraySlice<UInt8>) -> Range<Int>? {
    let bytes = text.span
    let count = bytes.count
    var index = count - 2
    let limit = max(0, count - 100)
    while index >= limit {
      if bytes[index] == 0x2F, bytes[index + 1] == 0x2E {
        let hasDot = index > 0 && bytes[index - 1] == 0x2E
        let end = index + 2
        let isLast = end == count
        guard isLast || hasDot && bytes[end] == 0x20 else { return nil }
        let start = text.startIndex + index - (hasDot ? 1 : 0)
        return start..<text.startIndex + end
      }
      index -= 1
    }
    return nil
  }

  private static let bullets = [
    "–", "—", "•", "●", "▪", "◦", "➢", "✓", "✔", "\u{F0B7}", "·",
  ].map { Array($0.utf8) }

  /// The range of a number or sign at the start: `1.`, `2)`, `a)`, `-`, `+`, `•`, `II.`
  static func mark(of text: ArraySlice<UInt8>) -> Range<Int>? {
    guard let first = text.first else { return nil }
    let start = text.startIndex
    if first == 0x2D || first == 0x2B || first == 0x2A {
      let next = text.dropFirst().first
      return next == 0x20 || next.map { $0 >= 0x80 || ($0 | 0x20) &- 0x61 < 26 } ?? false
        ? start..<start + 1 : nil
    }
    if first == 0xC2 || first == 0xE2 || first == 0xEF,
      let bullet = bullets.first(where: { text.starts(with: $0) })
    {
      return start..<start + bullet.count
    }
    let word = text.prefix { $0.isASCIIDigit }
    if 1...3 ~= word.count { return numbered(text, word.count) }
    let letters = text.prefix { ($0 | 0x20) &- 0x61 < 26 || $0 == 0xC4 || $0 == 0x91 }
    guard 1...4 ~= letters.count, let sign = text.dropFirst(letters.count).first,
      sign == 0x2E || sign == 0x29, text.dropFirst(letters.count + 1).first == 0x20
    else { return nil }
    let isRoman = letters.allSatisfy { "IVX".utf8.contains($0) }
    let isLetter = letters.count == 1 && letters[start] >= 0x61 || letters.elementsEqual("đ".utf8)
    return isRoman || isLetter ? start..<start + letters.count + 1 : nil
  }

  /// `1.`, `1.2.`, `1)`, `1/`, `1-`; not `1.400` and `1,5`.
  private static func numbered(_ text: ArraySlice<UInt8>, _ digits: Int) -> Range<Int>? {
    let start = text.startIndex
    var index = start + digits
    while index < text.endIndex, text[index] == 0x2E, index + 1 < text.endIndex,
      text[index + 1].isASCIIDigit
    {
      let more = text[(index + 1)...].prefix { $0.isASCIIDigit }.count
      guard more < 3 else { return nil }
      index += 1 + more
    }
    guard index < text.endIndex, ".)/-".utf8.contains(text[index]) else {
      // 1.1 before a word.
      return index > start + digits && text[index...].first == 0x20 ? start..<index : nil
    }
    let next = index + 1 < text.endIndex ? text[index + 1] : 0x20
    if next.isASCIIDigit || next == 0x2F || next == 0x2E { return nil }
    // A single number behind which a small letter stands without a blank counts something.
    return next == 0x20 || next >= 0x80 || next &- 0x41 < 26 ? start..<index + 1 : nil
  }
}
