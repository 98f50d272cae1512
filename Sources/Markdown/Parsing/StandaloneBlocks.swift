import Texts

/// A block between blank lines, a plain paragraph or a table, of which cmark reads only the first
/// letter. The rest holds nothing for cmark to find, so reading it would only cost time.
///
/// If cmark makes a paragraph of the first letter, the whole block would have become a paragraph
/// too, and the text around it is read the same way.
final class StandaloneBlock {
  /// The number of its first line in what cmark reads.
  let line: Int
  /// The bytes that cmark does not read.
  let hidden: Range<Int>
  let content: Content

  enum Content {
    case table(StandaloneTable)
    /// A paragraph of one line, all of it ordinary text.
    case paragraph(Range<Int>)
  }

  /// Shorter paragraphs are read as soon.
  fileprivate static let leastLength = 64

  private init(_ line: Int, hidden: Range<Int>, _ content: Content) {
    (self.line, self.hidden, self.content) = (line, hidden, content)
  }
}

/// The standalone blocks of a text in their order; none if it has carriage returns, which may end
/// lines too.
func standaloneBlocks(in source: Span<UInt8>) -> [StandaloneBlock] {
  guard !source.contains(UInt8(ascii: "\r")) else { return [] }
  var blocks: [StandaloneBlock] = []
  var (start, line, isAfterBlankLine) = (0, 1, true)
  while start < source.count {
    var end = source.lineFeed(from: start)
    if isAfterBlankLine, end > start,
      let block = StandaloneBlock(start..<end, line: line, source: source)
    {
      blocks.append(block)
      end = block.hidden.upperBound
    }
    isAfterBlankLine = end == start
    (start, line) = (end + 1, line + 1)
  }
  return blocks
}

extension StandaloneBlock {
  /// The block that begins with a line after a blank one, if it is one of these.
  fileprivate convenience init?(_ first: Range<Int>, line: Int, source: Span<UInt8>) {
    let start = first.lowerBound
    if source[start] == UInt8(ascii: "|") {
      guard let table = StandaloneTable(first, source: source) else { return nil }
      self.init(line, hidden: (start + 1)..<table.body.upperBound, .table(table))
      return
    }
    let isLast = first.upperBound + 1 >= source.count
    guard first.count >= StandaloneBlock.leastLength, !isDigit(source[start]),
      isLast || source[first.upperBound + 1] == UInt8(ascii: "\n"),
      source.extracting(first).isOrdinary
    else { return nil }
    let shown = letterLength(source[start])
    self.init(line, hidden: (start + shown)..<first.upperBound, .paragraph(first))
  }
}

/// Counts the bytes of the letter that begins an ordinary text.
private func letterLength(_ lead: UInt8) -> Int {
  lead < 0x80 ? 1 : lead < 0xE0 ? 2 : 3
}

/// A pipe table between blank lines at the left margin, each line of which begins with a pipe.
///
/// A line that begins so can only begin a paragraph, go on with one, or stand in code or raw HTML.
struct StandaloneTable {
  let header: Range<Int>
  let alignments: [Alignment]
  /// The lines below the delimiter row.
  let body: Range<Int>
  private let bodyLineCount: Int

  /// The lines of the body without blanks at the ends.
  func bodyLines(source: Span<UInt8>) -> [ContentLine] {
    var lines: [ContentLine] = []
    lines.reserveCapacity(bodyLineCount)
    var start = body.lowerBound
    while start < body.upperBound {
      let end = source.lineFeed(from: start)
      lines.append(ContentLine(range: trimmed(start..<end, source: source)))
      start = end + 1
    }
    return lines
  }
}

extension StandaloneTable {
  /// The table that begins with a line with a pipe, after a blank line, if it is one.
  fileprivate init?(_ first: Range<Int>, source: Span<UInt8>) {
    let delimiter = min(first.upperBound + 1, source.count)
    guard source.isPipe(at: delimiter) else { return nil }
    var end = source.lineFeed(from: delimiter)
    let header = trimmed(first, source: source)
    let delimiterLine = trimmed(delimiter..<end, source: source)
    guard let alignments = delimiterRow(delimiterLine, source: source),
      cellCount(of: header, source: source) == alignments.count
    else { return nil }
    let body = min(end + 1, source.count)
    var bodyLineCount = 0
    while source.isPipe(at: end + 1) {
      end = source.lineFeed(from: end + 1)
      bodyLineCount += 1
    }
    let isLast = end + 1 >= source.count
    guard isLast || source[end + 1] == UInt8(ascii: "\n") else { return nil }
    (self.header, self.alignments) = (header, alignments)
    (self.body, self.bodyLineCount) = (min(body, end)..<end, bodyLineCount)
  }
}

extension Span<UInt8> {
  /// Visits the ranges that the blocks do not hide. The blocks come in order.
  func forEachRange(outside blocks: [StandaloneBlock], _ visit: (Range<Int>) -> Void) {
    var start = 0
    for block in blocks {
      visit(start..<block.hidden.lowerBound)
      start = block.hidden.upperBound
    }
    visit(start..<count)
  }

  fileprivate func contains(_ byte: UInt8) -> Bool { first(byte, in: all) < count }

  fileprivate func lineFeed(from start: Int) -> Int {
    first(UInt8(ascii: "\n"), in: start..<count)
  }

  fileprivate func isPipe(at index: Int) -> Bool {
    index < count && self[index] == UInt8(ascii: "|")
  }
}
