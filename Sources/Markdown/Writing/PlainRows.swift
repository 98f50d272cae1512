import Texts

/// The rows of a table that need no parse of their own, as HTML: cells of plain text, or of
/// plain text in bold.
///
/// Nodes for each cell would cost as much as all else in the document.
struct PlainRows: ~Copyable {
  private var html = ByteBuffer()

  /// Makes room for so many rows with a text of that size, unless much of it has to be escaped.
  mutating func reserve(rows: Int, textSize: Int, tags: RowTags) {
    html.reserve(min(rows * tags.size + textSize, PlainRows.usualSize + tags.size))
  }

  var isEmpty: Bool { html.isEmpty }

  /// Tells whether it is time to hand them out: a buffer for all rows of a long table would be
  /// memory that the system has to make anew for each document.
  var isFull: Bool { html.count >= PlainRows.usualSize }

  private static let usualSize = 1 << 17

  /// Hands out the rows so far.
  mutating func takeNode() -> Node {
    defer { html.removeAll() }
    return .plain(.plainRows, &html)
  }

  /// Appends a row; appends nothing and returns false when cmark has to read one of its cells.
  mutating func append(
    _ line: Range<Int>, tags: RowTags, source: Span<UInt8>
  ) -> Bool {
    let start = html.count
    if start > 0 { html.append(UInt8(ascii: "\n")) }
    let isPlain = tags.appendRow(line, source: source, to: &html)
    if !isPlain { html.truncate(to: start) }
    return isPlain
  }
}

/// The HTML around the cells of a row, made once for all rows.
final class RowTags {
  private let bytes: [UInt8]
  /// The offsets in `bytes` where the tags before each cell end.
  private let ends: [Int]
  private let closing: StaticString

  init(alignments: [Alignment], isHeader: Bool) {
    closing = isHeader ? "</th>\n</tr>" : "</td>\n</tr>"
    var (bytes, ends): ([UInt8], [Int]) = ([], [])
    bytes.reserveCapacity(alignments.count * longestTags)
    ends.reserveCapacity(alignments.count)
    for (column, alignment) in alignments.enumerated() {
      let before: StaticString = isHeader ? "</th>" : "</td>"
      bytes.append(literal: column == 0 ? "<tr>\n" : before)
      bytes.append(literal: alignment.tag(isHeader: isHeader))
      ends.append(bytes.count)
    }
    (self.bytes, self.ends) = (bytes, ends)
  }

  /// The most that a row has besides its text.
  fileprivate var size: Int {
    let strong = strongOpening.utf8CodeUnitCount + strongClosing.utf8CodeUnitCount
    return 1 + bytes.count + closing.utf8CodeUnitCount + strong * ends.count
  }

  /// Appends a row, or part of it when cmark has to read one of its cells; then returns false.
  fileprivate func appendRow(
    _ line: Range<Int>, source: Span<UInt8>, to output: inout ByteBuffer
  ) -> Bool {
    var index = line.lowerBound
    if index < line.upperBound, source[index] == UInt8(ascii: "|") { index += 1 }
    let tags = bytes
    var start = 0
    for end in ends {
      output.append(start..<end, of: tags.span)
      start = end
      guard appendCell(at: &index, of: line, source: source, to: &output) else { return false }
    }
    output.append(literal: closing)
    return true
  }
}

/// Appends the cell at `index`, which then stands behind the pipe that ends it; false when cmark
/// has to read it.
private func appendCell(
  at index: inout Int, of line: Range<Int>, source: Span<UInt8>,
  to output: inout ByteBuffer
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
  if isBold { return appendBold(cell, source: source, to: &output) }
  if isQuoted {
    appendText(cell, source: source, to: &output)
  } else {
    output.append(cell, of: source)
  }
  return true
}

/// Appends a text without `&` and `<`.
private func appendText(
  _ range: Range<Int>, source: Span<UInt8>, to output: inout ByteBuffer
) {
  var written = range.lowerBound
  var quote = source.first(UInt8(ascii: "\""), in: range)
  var angle = source.first(UInt8(ascii: ">"), in: range)
  while min(quote, angle) < range.upperBound {
    output.append(written..<min(quote, angle), of: source)
    if quote < angle {
      output.append(literal: "&quot;")
      written = quote + 1
      quote = source.first(UInt8(ascii: "\""), in: written..<range.upperBound)
    } else {
      output.append(literal: "&gt;")
      written = angle + 1
      angle = source.first(UInt8(ascii: ">"), in: written..<range.upperBound)
    }
  }
  output.append(written..<range.upperBound, of: source)
}

/// Appends a paragraph of one ordinary line as HTML.
func appendPlainParagraph(
  _ line: Range<Int>, source: Span<UInt8>, to output: inout ByteBuffer
) {
  output.append(literal: "<p>")
  appendText(line, source: source, to: &output)
  output.append(literal: "</p>")
}

/// `**text**`, where nothing but the marks themselves decides that they are emphasis.
private func appendBold(
  _ cell: Range<Int>, source: Span<UInt8>, to output: inout ByteBuffer
) -> Bool {
  guard cell.count > 4 else { return false }
  let text = (cell.lowerBound + 2)..<(cell.upperBound - 2)
  for index in cell where (source[index] == UInt8(ascii: "*")) == text.contains(index) {
    return false
  }
  guard startsWord(source, text.lowerBound), endsWord(source, text.upperBound) else {
    return false
  }
  output.append(literal: strongOpening)
  appendText(text, source: source, to: &output)
  output.append(literal: strongClosing)
  return true
}

/// Bytes with a meaning to cmark's inline parser but the asterisk, and zero, which no C string
/// can hold.
private let markup = ByteSet("\\_`[]<&!\u{0}")

private let quoted = ByteSet("\">")

private var strongOpening: StaticString { "<strong>" }
private var strongClosing: StaticString { "</strong>" }

/// No less than what parts two cells.
private let longestTags = 64
