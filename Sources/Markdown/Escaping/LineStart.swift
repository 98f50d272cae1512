import Diagnostics
import Texts

/// The meaning of the first bytes of a line: its container prefixes, and the kind of block that
/// begins.
struct LineStart {
  /// The place where the prefixes end; the end of the text when nothing else came yet.
  private(set) var content: Int
  private(set) var hasMarker = false
  /// Columns of blanks before the content, or before the content of the last list item.
  private(set) var indent = 0
  /// The column where the content of the innermost list item stands.
  private var itemIndent: Int
  /// The kind of block; nil while further bytes could still change it.
  private(set) var kind: Kind?
  /// The content stands so far in that it is code, where no paragraph is open.
  private(set) var isIndented = false

  enum Kind: Equatable {
    case text
    case heading
    case tableRow
    case fence(UInt8, length: Int)
    case html(isComment: Bool)
  }

  /// Longer heads than this are text, so that no text is read over and over.
  private static let longest = 1000

  /// Reads the line at `start`, in a list item whose content stands at column `itemIndent`.
  init(_ text: Span<UInt8>, from start: Int, itemIndent: Int) {
    content = start
    self.itemIndent = itemIndent
    while true {
      let blanks = content
      while content < text.count, isBlank(text[content]) {
        indent += text[content] == UInt8(ascii: "\t") ? 4 - indent % 4 : 1
        content += 1
      }
      isIndented = indent >= self.itemIndent + 4
      guard content < text.count else { return }
      if text[content] == UInt8(ascii: "\n") { return }
      guard content - start < Self.longest, !isIndented else {
        kind = .text
        return
      }
      guard let length = prefixLength(text, blanksFrom: blanks) else { return }
      content += length
    }
  }

  /// Tells whether the line holds nothing but prefixes of containers.
  func isBlankLine(_ text: Span<UInt8>) -> Bool {
    content >= text.count || text[content] == UInt8(ascii: "\n")
  }

  /// The length of the prefix at `content`; nil when there is none, with `kind` set if known.
  private mutating func prefixLength(_ text: Span<UInt8>, blanksFrom: Int) -> Int? {
    let byte = text[content]
    switch byte {
    case UInt8(ascii: ">"):
      (indent, itemIndent) = (0, 0)
      return 1
    case UInt8(ascii: "-"), UInt8(ascii: "+"):
      return markerLength(text, at: content + 1) ?? signs(text)
    case UInt8(ascii: "*"): return markerLength(text, at: content + 1) ?? known(.text)
    case UInt8(ascii: "0")...UInt8(ascii: "9"): return numberLength(text)
    case UInt8(ascii: "#"): return heading(text)
    case UInt8(ascii: "|"): return known(.tableRow)
    case UInt8(ascii: "`"), UInt8(ascii: "~"): return fence(text)
    case UInt8(ascii: "="), UInt8(ascii: ":"): return signs(text)
    case UInt8(ascii: "<"): return html(text)
    default: return known(.text)
    }
  }

  private mutating func known(_ kind: Kind) -> Int? {
    self.kind = kind
    return nil
  }

  /// A run of one sign that could go on to become a rule or an underline.
  private mutating func signs(_ text: Span<UInt8>) -> Int? {
    let end = runEnd(text)
    if end == text.count { return nil }
    let isRule = text[end] == UInt8(ascii: "\n") && text[content] != UInt8(ascii: ":")
    return isRule ? nil : known(.text)
  }

  /// The length of a list marker that ends before `end`, when a blank follows.
  private mutating func markerLength(_ text: Span<UInt8>, at end: Int) -> Int? {
    guard end < text.count, isBlank(text[end]) || text[end] == UInt8(ascii: "\n") else {
      return nil
    }
    hasMarker = true
    indent += end - content
    itemIndent = indent + 1
    return end - content
  }

  private mutating func numberLength(_ text: Span<UInt8>) -> Int? {
    var end = content
    while end < text.count, isDigit(text[end]) { end += 1 }
    guard end - content <= 9 else { return known(.text) }
    guard end < text.count else { return nil }
    guard text[end] == UInt8(ascii: ".") || text[end] == UInt8(ascii: ")") else {
      return known(.text)
    }
    guard end + 1 < text.count else { return nil }
    return markerLength(text, at: end + 1) ?? known(.text)
  }

  private mutating func heading(_ text: Span<UInt8>) -> Int? {
    let end = runEnd(text)
    guard end - content <= 6 else { return known(.text) }
    guard end < text.count else { return nil }
    let isHeading = isBlank(text[end]) || text[end] == UInt8(ascii: "\n")
    return known(isHeading ? .heading : .text)
  }

  private mutating func fence(_ text: Span<UInt8>) -> Int? {
    let end = runEnd(text)
    let byte = text[content]
    if end - content < 3 {
      return byte == UInt8(ascii: "~") && end == text.count ? nil : known(.text)
    }
    var rest = end
    while rest < text.count, text[rest] != UInt8(ascii: "\n") {
      if byte == UInt8(ascii: "`"), text[rest] == byte { return known(.text) }
      rest += 1
    }
    return known(.fence(byte, length: end - content))
  }

  private mutating func html(_ text: Span<UInt8>) -> Int? {
    var index = content + 1
    guard index < text.count, startsTag(text[index]) else { return known(.text) }
    if text[index] == UInt8(ascii: "!"), index + 1 < text.count {
      return known(.html(isComment: text[index + 1] == UInt8(ascii: "-")))
    }
    while index < text.count, index - content < 64 {
      let byte = text[index]
      if byte == UInt8(ascii: ":") || byte == UInt8(ascii: "@") { return known(.text) }
      if !isWordByte(byte) && !".+-".utf8.contains(byte) { break }
      index += 1
    }
    return known(.html(isComment: false))
  }

  private func runEnd(_ text: Span<UInt8>) -> Int {
    var end = content + 1
    while end < text.count, text[end] == text[content] { end += 1 }
    return end
  }
}
