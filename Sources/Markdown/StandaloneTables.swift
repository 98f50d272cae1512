/// A pipe table between blank lines at the left margin, each line of which begins with a pipe.
///
/// cmark is shown nothing of it but the first pipe, since what it makes of the rows is thrown away.
/// A line that begins so can only begin a paragraph, go on with one, or stand in code or raw HTML.
/// If the pipe has become a paragraph, all the lines would have been, and nothing around them
/// would have been read in another way.
struct StandaloneTable {
  /// The number of its first line in what cmark reads.
  let line: Int
  let header: Range<Int>
  let alignments: [Alignment]
  /// The lines below the delimiter row.
  let body: Range<Int>
  private let bodyLineCount: Int

  /// What cmark is not shown.
  var hidden: Range<Int> { (header.lowerBound + 1)..<body.upperBound }

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

/// The standalone tables of a text in their order; none if it has carriage returns, which may end
/// lines too.
func standaloneTables(in source: Span<UInt8>) -> [StandaloneTable] {
  var tables: [StandaloneTable] = []
  var (line, counted) = (1, 0)
  var start = source.first(UInt8(ascii: "|"), in: 0..<source.count)
  guard start < source.count, !source.contains(UInt8(ascii: "\r")) else { return [] }
  while start < source.count {
    var end = source.lineFeed(from: start)
    if source.isAfterBlankLine(start) {
      line += source.lineFeeds(in: counted..<start)
      counted = start
      if let table = StandaloneTable(at: start, line: line, source: source) {
        tables.append(table)
        end = table.body.upperBound
        counted = end
      }
    }
    start = source.first(UInt8(ascii: "|"), in: end..<source.count)
  }
  return tables
}

extension StandaloneTable {
  /// The table that begins at a pipe after a blank line, if it is one.
  fileprivate init?(at start: Int, line: Int, source: Span<UInt8>) {
    let headerEnd = source.lineFeed(from: start)
    let delimiter = min(headerEnd + 1, source.count)
    guard source.isPipe(at: delimiter) else { return nil }
    var end = source.lineFeed(from: delimiter)
    let header = trimmed(start..<headerEnd, source: source)
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
    (self.line, self.header, self.alignments) = (line, header, alignments)
    (self.body, self.bodyLineCount) = (min(body, end)..<end, bodyLineCount)
  }
}

extension Span<UInt8> {
  /// What is left of all without what tables hide, which come in order.
  func forEachRange(outside tables: [StandaloneTable], _ visit: (Range<Int>) -> Void) {
    var start = 0
    for table in tables {
      visit(start..<table.hidden.lowerBound)
      start = table.hidden.upperBound
    }
    visit(start..<count)
  }

  fileprivate func contains(_ byte: UInt8) -> Bool { first(byte, in: all) < count }

  fileprivate func lineFeed(from start: Int) -> Int {
    first(UInt8(ascii: "\n"), in: start..<count)
  }

  fileprivate func lineFeeds(in range: Range<Int>) -> Int {
    var found = 0
    var next = first(UInt8(ascii: "\n"), in: range)
    while next < range.upperBound {
      found += 1
      next = first(UInt8(ascii: "\n"), in: (next + 1)..<range.upperBound)
    }
    return found
  }

  fileprivate func isPipe(at index: Int) -> Bool {
    index < count && self[index] == UInt8(ascii: "|")
  }

  /// Whether a line begins at `index` that is the first, or comes after an empty one.
  fileprivate func isAfterBlankLine(_ index: Int) -> Bool {
    if index == 0 { return true }
    guard self[index - 1] == UInt8(ascii: "\n") else { return false }
    return index == 1 || self[index - 2] == UInt8(ascii: "\n")
  }
}
