import Texts

/// A line that is read from the left, in the columns that CommonMark counts: a tab reaches to the
/// next multiple of four, and part of it may belong to a container.
struct ScannedLine {
  let text: [UInt8]
  private(set) var start = 0
  private var end = 0
  private var next: Int
  private var offset = 0
  private var column = 0
  /// Of the next byte that is no blank, and its distance in columns.
  private var contentStart = 0
  private(set) var indent = 0
  /// A run that begins before this place is no thematic break.
  private var noRuleBefore = 0

  init(_ text: [UInt8]) {
    self.text = text
    next = byteOrderMarkLength(text.span)
  }

  /// Goes to the next line; false at the end of the text.
  mutating func beginNext() -> Bool {
    guard next < text.count else { return false }
    (start, offset, column, noRuleBefore) = (next, next, 0, next)
    end = lineEnd(from: next, source: text.span)
    next = lineBreak(after: end, source: text.span)
    findContent()
    return true
  }

  private mutating func findContent() {
    var (index, reached) = (offset, column)
    while index < end, isBlank(text[index]) {
      reached += text[index] == UInt8(ascii: "\t") ? 4 - reached % 4 : 1
      index += 1
    }
    (contentStart, indent) = (index, reached - column)
  }

  var content: Range<Int> { contentStart..<end }
  var isEmpty: Bool { contentStart == end }
  /// The first byte of the content.
  var first: UInt8? { byte(contentStart) }

  private func byte(_ index: Int) -> UInt8? { index < end ? text[index] : nil }

  private func isBlankOrEnd(_ index: Int) -> Bool { byte(index).map(isBlank) ?? true }

  private func runEnd(_ sign: UInt8, from start: Int) -> Int {
    var index = start
    while index < end, text[index] == sign { index += 1 }
    return index
  }

  // MARK: Container marks

  /// Goes over so many columns of blanks.
  mutating func skip(columns count: Int) {
    var left = count
    while left > 0, let byte = byte(offset), isBlank(byte) {
      let width = byte == UInt8(ascii: "\t") ? 4 - column % 4 : 1
      column += min(width, left)
      if width <= left { offset += 1 }
      left -= width
    }
    findContent()
  }

  /// Goes over the content's first bytes, none of which is a blank.
  private mutating func skipSigns(_ count: Int) {
    column += indent + count
    offset = contentStart + count
    findContent()
  }

  mutating func skipQuoteMark() {
    skipSigns(1)
    if indent > 0 { skip(columns: 1) }
  }

  /// Goes over a list marker and the blanks after it; returns how many columns they take.
  mutating func skipMarker(interrupts: Bool) -> Int? {
    guard let length = markerLength, isBlankOrEnd(contentStart + length) else { return nil }
    if interrupts, !mayInterrupt(length) { return nil }
    skipSigns(length)
    let blanks = indent
    guard !isEmpty, blanks < 5 else {
      if blanks > 0 { skip(columns: 1) }
      return length + 1
    }
    skip(columns: blanks)
    return length + blanks
  }

  private var markerLength: Int? {
    guard let first else { return nil }
    if "-+*".utf8.contains(first) { return 1 }
    var index = contentStart
    while index < end, isDigit(text[index]) { index += 1 }
    let digits = index - contentStart
    guard (1...9).contains(digits), let delimiter = byte(index), ".)".utf8.contains(delimiter)
    else { return nil }
    return digits + 1
  }

  /// A paragraph goes on with an empty item, and with a list that does not begin with 1.
  private func mayInterrupt(_ length: Int) -> Bool {
    guard trimmed((contentStart + length)..<end, source: text.span).isEmpty == false else {
      return false
    }
    if length == 1 { return true }
    var number = 0
    for index in contentStart..<(contentStart + length - 1) {
      number = number * 10 + Int(text[index] - UInt8(ascii: "0"))
    }
    return number == 1
  }

  // MARK: Blocks of one line

  var isHeading: Bool {
    let run = runEnd(UInt8(ascii: "#"), from: contentStart)
    return run - contentStart <= 6 && isBlankOrEnd(run)
  }

  /// A line of `=` or of `-` alone.
  var isUnderline: Bool {
    guard let first, first == UInt8(ascii: "=") || first == UInt8(ascii: "-") else { return false }
    let rest = runEnd(first, from: contentStart)..<end
    return trimmed(rest, source: text.span).isEmpty
  }

  /// Three or more of one of `-*_`, blanks between them or not.
  mutating func isRule() -> Bool {
    guard contentStart >= noRuleBefore, let first, "-*_".utf8.contains(first) else { return false }
    var count = 0
    for index in content {
      if text[index] == first {
        count += 1
      } else if !isBlank(text[index]) {
        noRuleBefore = index
        return false
      }
    }
    return count >= 3
  }

  // MARK: Fences

  var fence: (byte: UInt8, length: Int)? {
    guard let first else { return nil }
    let run = runEnd(first, from: contentStart)
    guard run - contentStart >= 3 else { return nil }
    if first == UInt8(ascii: "`"), text[run..<end].contains(first) { return nil }
    return (first, run - contentStart)
  }

  func closesFence(_ byte: UInt8, length: Int) -> Bool {
    guard indent < 4 else { return false }
    let run = runEnd(byte, from: contentStart)
    return run - contentStart >= length && trimmed(run..<end, source: text.span).isEmpty
  }

  // MARK: Raw HTML

  func html(mayBeText: Bool) -> HTMLBlockKind? {
    HTMLBlockKind(text[contentStart..<end], mayBeText: mayBeText)
  }

  func ends(_ kind: HTMLBlockKind) -> Bool { kind.ends(in: text[contentStart..<end]) }
}

/// The length of the byte order mark that may begin a text.
func byteOrderMarkLength(_ text: Span<UInt8>) -> Int {
  let isMark = text.count >= 3 && text[0] == 0xEF && text[1] == 0xBB && text[2] == 0xBF
  return isMark ? 3 : 0
}
