import Diagnostics
import Texts

/// Signs that are typed where the document sets its own: bullets and numbers at the start of a text,
/// blanks side by side, and signs of the symbol fonts of Word.
struct TypedSigns {
  /// Tells whether blanks stand side by side, or a tab, somewhere in the file.
  private let hasBlanks: Bool
  /// Tells whether a character of no font may stand in the file.
  private let hasSymbols: Bool
  private(set) var problems: [Diagnostic] = []

  init(_ source: Text) {
    (hasBlanks, hasSymbols) = source.withBytes { bytes in
      let (raw, all) = (bytes.bytes, 0..<bytes.count)
      func holds(_ byte: UInt8) -> Bool { raw.first(byte, in: all) < bytes.count }
      let pair: [UInt8] = [0x20, 0x20]
      let hasBlanks = bytes.first(of: pair.span, from: 0) != nil || holds(0x09)
      return (hasBlanks, holds(0xEE) || holds(0xEF))
    }
  }

  /// - Parameter isProse: whether the template reads the text as Markdown, which has its own bullets.
  mutating func check(_ text: Text, isProse: Bool) {
    if !isProse, let length = TypedSigns.bulletLength(text.bytes) { reportBullet(text, length) }
    if hasBlanks, !isProse { checkBlanks(text) }
    if hasSymbols { checkSymbols(text) }
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

extension UInt8 {
  fileprivate var isLetter: Bool { (self | 0x20) &- 0x61 < 26 }
}
