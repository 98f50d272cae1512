import Texts

/// The range of a line's content. An array of these is made quicker than one of generic ranges,
/// whose type has to be put together at run time.
struct ContentLine {
  let range: Range<Int>
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

func trimmed(_ range: Range<Int>, source: Span<UInt8>) -> Range<Int> {
  var (start, end) = (range.lowerBound, range.upperBound)
  while start < end, isBlank(source[start]) { start += 1 }
  while end > start, isBlank(source[end - 1]) { end -= 1 }
  return start..<end
}
