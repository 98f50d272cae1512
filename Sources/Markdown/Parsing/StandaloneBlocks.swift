import Texts

/// A block of which cmark reads something shorter: of a table, an empty heading in its place; of a
/// plain paragraph, only the first letter. The rest holds nothing for cmark to find, so reading it
/// would only cost time.
struct HiddenBlock {
  /// The number of the line where it begins.
  let line: Int
  /// The bytes that cmark does not read.
  let hidden: Range<Int>
  /// The line breaks that cmark reads less.
  let lineBreaks: Int
  let content: Content

  enum Content {
    case table(PipeTable)
    /// A paragraph of one line, all of it ordinary text.
    case paragraph(Range<Int>)
    /// Not a block: a few bytes in the place of what is hidden.
    case edit(StaticString)
  }

  /// Shorter paragraphs are read as soon.
  fileprivate static let leastLength = 64

  init(_ table: PipeTable) {
    (line, hidden, lineBreaks) = (table.line, table.hidden, table.lostLineBreaks)
    content = .table(table)
  }

  /// What GFM does to the lines before the header in its paragraph: a pipe loses its backslash as in
  /// a cell, and in prose a link's definition is text. A template may well define links there.
  static func edits(
    before table: PipeTable, isProse: Bool, source: Span<UInt8>
  ) -> [HiddenBlock] {
    let paragraph = table.paragraph
    guard let first = paragraph.first else { return [] }
    var edits: [HiddenBlock] = []
    if isProse, mayDefineLink(paragraph, source: source) {
      edits.append(HiddenBlock(first..<first, edit: "\\"))
    }
    for index in paragraph.dropLast() where source[index] == UInt8(ascii: "\\") {
      guard source[index + 1] == UInt8(ascii: "|") else { continue }
      edits.append(HiddenBlock(index..<(index + 1), edit: ""))
    }
    return edits
  }

  private init(_ range: Range<Int>, edit: StaticString) {
    (line, lineBreaks, hidden, content) = (0, 0, range, .edit(edit))
  }

  private init(_ line: Int, paragraph: Range<Int>, shown: Int) {
    (self.line, lineBreaks) = (line, 0)
    hidden = (paragraph.lowerBound + shown)..<paragraph.upperBound
    content = .paragraph(paragraph)
  }
}

/// The plain paragraphs and the tables between blank lines at the left margin, which are found
/// without a look at the blocks around them.
///
/// If cmark makes a heading, or a paragraph, of what stands in the place of such a block, that
/// would have become of the block too.
struct StandaloneBlocks {
  private(set) var blocks: [HiddenBlock] = []
  /// A line outside of them could be the delimiter row of another table.
  private(set) var mayLackTables = false

  init(_ source: Span<UInt8>) {
    // Carriage returns may end lines too.
    guard !source.contains(UInt8(ascii: "\r")) else {
      mayLackTables = true
      return
    }
    var (start, line, isAfterBlankLine) = (0, 1, true)
    while start < source.count {
      var end = source.lineFeed(from: start)
      if isAfterBlankLine, end > start,
        let block = HiddenBlock(start..<end, line: line, source: source)
      {
        blocks.append(block)
        line += block.lineBreaks
        end = block.hidden.upperBound
      } else if !mayLackTables, mayBeDelimiterRow(start..<end, source: source) {
        mayLackTables = true
      }
      isAfterBlankLine = end == start
      (start, line) = (end + 1, line + 1)
    }
  }
}

/// Tells whether a line holds nothing but the signs of a delimiter row, and one more than the
/// underline of a heading, the rule or the fence that it could be as well.
private func mayBeDelimiterRow(_ line: Range<Int>, source: Span<UInt8>) -> Bool {
  isDelimiterLine(line, source: source)
    && line.contains { "|:".utf8.contains(source[$0]) }
}

extension HiddenBlock {
  /// The block that begins with a line after a blank one, if it is one of these.
  fileprivate init?(_ first: Range<Int>, line: Int, source: Span<UInt8>) {
    let start = first.lowerBound
    if source[start] == UInt8(ascii: "|") {
      guard let table = PipeTable(standalone: first, line: line, source: source) else { return nil }
      self.init(table)
      return
    }
    let isLast = first.upperBound + 1 >= source.count
    guard first.count >= HiddenBlock.leastLength, !isDigit(source[start]),
      isLast || source[first.upperBound + 1] == UInt8(ascii: "\n"),
      source.extracting(first).isOrdinary
    else { return nil }
    self.init(line, paragraph: first, shown: letterLength(source[start]))
  }
}

/// Whether a paragraph begins with `[label]:`.
private func mayDefineLink(_ paragraph: Range<Int>, source: Span<UInt8>) -> Bool {
  guard source[paragraph.lowerBound] == UInt8(ascii: "[") else { return false }
  let end = source.first(UInt8(ascii: "]"), in: paragraph)
  return end + 1 < paragraph.upperBound && source[end + 1] == UInt8(ascii: ":")
}

/// Counts the bytes of the letter that begins an ordinary text.
private func letterLength(_ lead: UInt8) -> Int {
  lead < 0x80 ? 1 : lead < 0xE0 ? 2 : 3
}

extension PipeTable {
  /// The table that begins with a line with a pipe after a blank line and ends before a blank
  /// line, if each of its lines begins with a pipe.
  ///
  /// A line that begins so can only begin a paragraph, go on with one, or stand in code or raw HTML.
  fileprivate init?(standalone first: Range<Int>, line: Int, source: Span<UInt8>) {
    let delimiter = min(first.upperBound + 1, source.count)
    guard source.isPipe(at: delimiter) else { return nil }
    var end = source.lineFeed(from: delimiter)
    header = trimmed(first, source: source)
    let delimiterLine = trimmed(delimiter..<end, source: source)
    guard let alignments = delimiterRow(delimiterLine, source: source),
      cellCount(of: header, source: source) == alignments.count
    else { return nil }
    while source.isPipe(at: end + 1) {
      let start = end + 1
      end = source.lineFeed(from: start)
      let row = trimmed(start..<end, source: source)
      // A lone pipe is no row.
      guard row.count > 1 else { return nil }
      rows.append(ContentLine(range: row))
    }
    guard end + 1 >= source.count || source[end + 1] == UInt8(ascii: "\n") else { return nil }
    self.line = line
    self.alignments = alignments
    paragraph = 0..<0
    hidden = first.lowerBound..<end
    lineBreaks = rows.count + 1
    (prefix, prefixInItem) = (0..<0, nil)
  }
}

extension Span<UInt8> {
  fileprivate func contains(_ byte: UInt8) -> Bool { first(byte, in: all) < count }

  fileprivate func lineFeed(from start: Int) -> Int {
    first(UInt8(ascii: "\n"), in: start..<count)
  }

  fileprivate func isPipe(at index: Int) -> Bool {
    index < count && self[index] == UInt8(ascii: "|")
  }
}
