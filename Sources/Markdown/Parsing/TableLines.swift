import CCmark
import Texts

/// Finds the source lines of blocks that come in document order, in one pass over the source.
struct LineCursor {
  private var line = 1
  private var offset = 0

  /// Moves forward to the start of a line.
  private mutating func advance(to wanted: Int, source: Span<UInt8>) {
    while line < wanted, offset < source.count {
      offset = lineBreak(after: lineEnd(from: offset, source: source), source: source)
      line += 1
    }
  }

  /// Goes on at an offset in a line.
  mutating func skip(to offset: Int, line: Int) {
    (self.offset, self.line) = (offset, line)
  }

  /// Tells whether a line after the first could be a delimiter row: one of `|`, `-`, `:` and
  /// blanks, behind the marks of block quotes. Rejects ordinary text cheaply.
  mutating func mayHoldDelimiterRow(_ block: Node, source: Span<UInt8>) -> Bool {
    advance(to: block.startLine, source: source)
    var end = lineEnd(from: offset, source: source)
    for _ in block.startLine..<block.endLine {
      let start = lineBreak(after: end, source: source)
      end = lineEnd(from: start, source: source)
      if isDelimiterLine(start..<end, source: source) { return true }
    }
    return false
  }

  /// The lines of a block without the prefixes of its containers and without blanks at the ends.
  mutating func contents(of block: Node, source: Span<UInt8>) -> [ContentLine] {
    advance(to: block.startLine, source: source)
    let quotes = block.quoteDepth
    var result: [ContentLine] = []
    var start = offset
    for number in block.startLine...block.endLine {
      let end = lineEnd(from: start, source: source)
      let content =
        number == block.startLine
        ? min(start + block.startColumn - 1, end)
        : skippingQuotes(quotes, start..<end, source: source)
      let line = trimmed(skippingMark(content..<end, source: source), source: source)
      result.append(ContentLine(range: line))
      start = lineBreak(after: end, source: source)
    }
    return result
  }
}

/// The range of a line's content. An array of these is made quicker than one of generic ranges,
/// whose type has to be put together at run time.
struct ContentLine {
  let range: Range<Int>
}

extension Node {
  /// The number of block quotes that the node stands in.
  fileprivate var quoteDepth: Int {
    var depth = 0
    var node = parent
    while let level = node {
      if level.type == CMARK_NODE_BLOCK_QUOTE { depth += 1 }
      node = level.parent
    }
    return depth
  }
}

/// The cells of a row: parted by pipes that no backslash precedes, without the blanks around
/// them; a pipe at either end of the row is optional.
func forEachCell(of row: Range<Int>, source: Span<UInt8>, _ visit: (Range<Int>) -> Void) {
  var start = row.lowerBound
  if start < row.upperBound, source[start] == UInt8(ascii: "|") { start += 1 }
  for index in start..<row.upperBound where source[index] == UInt8(ascii: "|") {
    if index > row.lowerBound, source[index - 1] == UInt8(ascii: "\\") { continue }
    visit(trimmed(start..<index, source: source))
    start = index + 1
  }
  if start < row.upperBound { visit(trimmed(start..<row.upperBound, source: source)) }
}

func cellCount(of row: Range<Int>, source: Span<UInt8>) -> Int {
  var count = 0
  forEachCell(of: row, source: source) { _ in count += 1 }
  return count
}

/// Reads the alignments of a delimiter row, such as `|:---|---:|`; nil when the line is none. A
/// line without pipe and colon is none: it would be the underline of a heading.
func delimiterRow(_ line: Range<Int>, source: Span<UInt8>) -> [Alignment]? {
  guard isDelimiterLine(line, source: source) else { return nil }
  let hasMark = line.contains { "|:".utf8.contains(source[$0]) }
  guard hasMark else { return nil }
  var alignments: [Alignment] = []
  var isWellFormed = true
  forEachCell(of: line, source: source) { cell in
    guard let alignment = Alignment(cell, source: source) else { return isWellFormed = false }
    alignments.append(alignment)
  }
  return isWellFormed && !alignments.isEmpty ? alignments : nil
}

extension Alignment {
  /// Reads `---`, `:--`, `--:` or `:-:`.
  fileprivate init?(_ cell: Range<Int>, source: Span<UInt8>) {
    guard let first = cell.first, let last = cell.last else { return nil }
    let colon = UInt8(ascii: ":")
    let isLeft = source[first] == colon
    let isRight = source[last] == colon
    let dashes = (isLeft ? first + 1 : first)..<max(first + 1, isRight ? last : last + 1)
    guard !(isLeft && first == last), !dashes.isEmpty else { return nil }
    for index in dashes where source[index] != UInt8(ascii: "-") { return nil }
    switch (isLeft, isRight) {
    case (false, false): self = .none
    case (true, false): self = .left
    case (true, true): self = .center
    case (false, true): self = .right
    }
  }
}

/// The line without the byte order mark that may begin a text.
private func skippingMark(_ line: Range<Int>, source: Span<UInt8>) -> Range<Int> {
  guard line.lowerBound == 0, line.count >= 3 else { return line }
  let isMark = source[0] == 0xEF && source[1] == 0xBB && source[2] == 0xBF
  return isMark ? 3..<line.upperBound : line
}

/// Tells whether a line holds nothing but `|`, `-`, `:`, blanks and marks of block quotes.
func isDelimiterLine(_ line: Range<Int>, source: Span<UInt8>) -> Bool {
  for index in line {
    switch source[index] {
    case UInt8(ascii: "|"), UInt8(ascii: "-"), UInt8(ascii: ":"), UInt8(ascii: " "),
      UInt8(ascii: "\t"), UInt8(ascii: ">"):
      continue
    default: return false
    }
  }
  return true
}

/// Finds the end of the line that `start` stands in: its line feed or carriage return.
func lineEnd(from start: Int, source: Span<UInt8>) -> Int {
  let feed = source.first(UInt8(ascii: "\n"), in: start..<source.count)
  return source.first(UInt8(ascii: "\r"), in: start..<feed)
}

/// The start of the line after the one that ends at `end`.
func lineBreak(after end: Int, source: Span<UInt8>) -> Int {
  guard end < source.count else { return end }
  let isPair =
    source[end] == UInt8(ascii: "\r") && end + 1 < source.count
    && source[end + 1] == UInt8(ascii: "\n")
  return end + (isPair ? 2 : 1)
}

/// Skips blanks and at most `count` marks of block quotes; a lazy line has fewer.
private func skippingQuotes(_ count: Int, _ line: Range<Int>, source: Span<UInt8>) -> Int {
  var left = count
  var index = line.lowerBound
  while index < line.upperBound {
    switch source[index] {
    case UInt8(ascii: " "), UInt8(ascii: "\t"): break
    case UInt8(ascii: ">") where left > 0: left -= 1
    default: return index
    }
    index += 1
  }
  return index
}

func trimmed(_ range: Range<Int>, source: Span<UInt8>) -> Range<Int> {
  var (start, end) = (range.lowerBound, range.upperBound)
  while start < end, isBlank(source[start]) { start += 1 }
  while end > start, isBlank(source[end - 1]) { end -= 1 }
  return start..<end
}
