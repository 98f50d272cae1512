import Diagnostics
import Texts

/// A line that does not start with a field name and a colon, and what it may have been meant as.
struct OddLine {
  private let bytes: ArraySlice<UInt8>
  /// The offset of the first colon, or the end of the line.
  let colon: Int

  /// Longer runs of words before a colon are sentences, not labels.
  private static let longestLabel = 100

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    colon = bytes.firstIndex(of: UInt8(ascii: ":")) ?? bytes.endIndex
  }

  /// The words before the colon where they can be the label of a field: `Người chủ trì: …`.
  func label(at start: Int) -> SourceRange? {
    guard colon < bytes.endIndex, startsWithLetter, !isClockTime else { return nil }
    let label = words
    guard label.count <= Self.longestLabel, !label.contains(where: Self.endsSentence),
      !Self.isMisspeltName(label)
    else { return nil }
    return SourceRange(start: start, end: label.endIndex)
  }

  /// Tells whether it is one word without accents, and yet no name: `ten-1`.
  private static func isMisspeltName(_ word: ArraySlice<UInt8>) -> Bool {
    guard let first = word.first, word.allSatisfy({ (0x21..<0x7F).contains($0) }) else {
      return false
    }
    return !first.isNameStart || !word.allSatisfy(\.isNamePart)
  }

  /// The `%rec` at the start of the line, with a blank in place of the colon or before it.
  var typeField: SourceRange? {
    guard bytes.starts(with: "%rec".utf8), bytes.dropFirst(4).first?.isBlank ?? false,
      colon == bytes.endIndex || words.count == 4
    else { return nil }
    return SourceRange(start: bytes.startIndex, end: bytes.startIndex + 4)
  }

  /// The text in the place of a name that cannot be one: `1a: …`.
  var badName: String? {
    guard colon < bytes.endIndex, colon + 1 == bytes.endIndex || bytes[colon + 1].isBlank,
      !words.isEmpty, words.count <= Self.longestLabel, !words.contains(where: \.isBlank)
    else { return nil }
    return String(decoding: words, as: UTF8.self)
  }

  func guess(afterField: Bool) -> LineGuess {
    if holdsFullWidthColon { return .fullWidthColon }
    if startsWithAssignment { return .equalsSign }
    if ["- ", "* ", "• ", "– "].contains(where: { bytes.starts(with: $0.utf8) }) {
      return .listItem
    }
    return afterField ? .continuation : .field
  }

  /// The text before the colon, without blanks at its end.
  private var words: ArraySlice<UInt8> {
    let head = bytes[..<colon]
    let last = head.lastIndex { !$0.isBlank }
    return head[..<(last.map { $0 + 1 } ?? head.startIndex)]
  }

  private var startsWithLetter: Bool {
    let head = String(decoding: bytes.prefix(4), as: UTF8.self)
    return head.unicodeScalars.first.map(\.properties.isAlphabetic) ?? false
  }

  /// A digit right after the colon: `lúc 10:30`.
  private var isClockTime: Bool {
    colon + 1 < bytes.endIndex && bytes[colon + 1].isDigit
  }

  private var startsWithAssignment: Bool {
    let name = bytes.prefix { $0.isNameStart || $0.isNamePart }
    let sign = bytes[name.endIndex...].first { !$0.isBlank }
    return !name.isEmpty && sign == UInt8(ascii: "=")
  }

  private var holdsFullWidthColon: Bool {
    String(decoding: bytes, as: UTF8.self).unicodeScalars.contains("\u{FF1A}")
  }

  private static func endsSentence(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "."), UInt8(ascii: ";"), UInt8(ascii: "?"), UInt8(ascii: "!"),
      UInt8(ascii: "="), UInt8(ascii: "\""):
      true
    default: false
    }
  }
}
