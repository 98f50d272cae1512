/// The rows of a table that need no parse of their own, as HTML: cells of plain text, or of
/// plain text in bold.
///
/// Nodes for each cell would cost as much as all else in the document.
struct PlainRows {
  private var html: [UInt8] = []
  private let tags: RowTags

  init(alignments: [Alignment], isHeader: Bool) {
    tags = RowTags(alignments: alignments, isHeader: isHeader)
  }

  var isEmpty: Bool { html.isEmpty }

  /// Hands out the HTML of the rows so far, with a zero byte at the end.
  mutating func take() -> [UInt8] {
    html.append(0)
    defer { html.removeAll() }
    return html
  }

  /// Appends a row; appends nothing and returns false when cmark has to read one of its cells.
  mutating func append(_ line: Range<Int>, source: Span<UInt8>) -> Bool {
    let start = html.count
    if start > 0 { html.append(UInt8(ascii: "\n")) }
    var index = line.lowerBound
    if index < line.upperBound, source[index] == UInt8(ascii: "|") { index += 1 }
    for column in 0..<tags.count {
      tags.appendOpening(column, to: &html)
      guard appendCell(at: &index, of: line, source: source) else {
        html.removeLast(html.count - start)
        return false
      }
    }
    tags.appendClosing(to: &html)
    return true
  }

  /// Appends the cell at `index`, which then stands behind the pipe that ends it.
  private mutating func appendCell(
    at index: inout Int, of line: Range<Int>, source: Span<UInt8>
  ) -> Bool {
    let start = min(index, line.upperBound)
    var (isBold, isQuoted) = (false, false)
    index = source.firstCellSign(in: start..<line.upperBound)
    while index < line.upperBound, source[index] != UInt8(ascii: "|") {
      let sign = source[index]
      if markup.contains(sign) { return false }
      isBold = isBold || sign == UInt8(ascii: "*")
      isQuoted = isQuoted || quoted.contains(sign)
      index = source.firstCellSign(in: (index + 1)..<line.upperBound)
    }
    let cell = trimmed(start..<index, source: source)
    index += 1
    if isBold { return appendBold(cell, source: source) }
    if isQuoted { appendText(cell, source: source) } else { html.append(cell, of: source) }
    return true
  }

  private mutating func appendText(_ range: Range<Int>, source: Span<UInt8>) {
    var written = range.lowerBound
    for index in range where quoted.contains(source[index]) {
      html.append(written..<index, of: source)
      html.append(literal: source[index] == UInt8(ascii: ">") ? "&gt;" : "&quot;")
      written = index + 1
    }
    html.append(written..<range.upperBound, of: source)
  }

  /// `**text**`, where nothing but the marks themselves decides that they are emphasis.
  private mutating func appendBold(_ cell: Range<Int>, source: Span<UInt8>) -> Bool {
    guard cell.count > 4 else { return false }
    let text = (cell.lowerBound + 2)..<(cell.upperBound - 2)
    for index in cell where (source[index] == UInt8(ascii: "*")) == text.contains(index) {
      return false
    }
    guard startsWord(source, text.lowerBound), endsWord(source, text.upperBound) else {
      return false
    }
    html.append(literal: "<strong>")
    appendText(text, source: source)
    html.append(literal: "</strong>")
    return true
  }
}

/// Bytes with a meaning to cmark's inline parser but the asterisk, and zero, which no C string
/// can hold.
private let markup = ByteSet("\\_`[]<&!\u{0}")

private let quoted = ByteSet("\">")

/// The HTML around the cells of a row.
private struct RowTags {
  private var bytes: [UInt8] = []
  /// Where in `bytes` ends what stands before each cell.
  private var ends: [Int] = []
  private let closing: StaticString

  init(alignments: [Alignment], isHeader: Bool) {
    closing = isHeader ? "</th>\n</tr>" : "</td>\n</tr>"
    for (column, alignment) in alignments.enumerated() {
      let before: StaticString = isHeader ? "</th>" : "</td>"
      bytes.append(literal: column == 0 ? "<tr>\n" : before)
      bytes.append(literal: alignment.tag(isHeader: isHeader))
      ends.append(bytes.count)
    }
  }

  var count: Int { ends.count }

  func appendOpening(_ column: Int, to output: inout [UInt8]) {
    output.append((column == 0 ? 0 : ends[column - 1])..<ends[column], of: bytes.span)
  }

  func appendClosing(to output: inout [UInt8]) {
    output.append(literal: closing)
  }
}
