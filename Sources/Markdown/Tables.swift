import CCmark

/// Turns the paragraphs that hold a GFM pipe table into table nodes that stock cmark prints.
///
/// The tree of a table: a custom block for the table, for its head, its body and each row. In a
/// row with markup each cell is a custom inline with inlines in it; any other row holds its HTML. As in GFM, the header is the line before the
/// delimiter row, lines before it stay a paragraph, and the table ends with the block. Unlike
/// GFM, a lazy continuation line is a row too.
func convertTables(in root: Node, source: Span<UInt8>) {
  var pass = TablePass(root: root)
  var current: Node? = root.firstChild
  while let node = current {
    // The successor first: a conversion may replace the node.
    current = node.firstBlockInside ?? node.nextBlockOutside
    if node.mayHoldTable { pass.convert(node, source: source) }
  }
}

extension Node {
  fileprivate var firstBlockInside: Node? {
    switch type {
    case CMARK_NODE_BLOCK_QUOTE, CMARK_NODE_LIST, CMARK_NODE_ITEM: firstChild
    default: nil
    }
  }

  fileprivate var nextBlockOutside: Node? {
    var node: Node? = self
    while let level = node {
      if let next = level.next { return next }
      node = level.parent
    }
    return nil
  }

  /// A paragraph of several lines, or a heading with an underline: cmark takes a table that is
  /// followed by `---` for such a heading.
  fileprivate var mayHoldTable: Bool {
    switch type {
    case CMARK_NODE_PARAGRAPH, CMARK_NODE_HEADING: endLine > startLine
    default: false
    }
  }
}

private struct TablePass {
  let root: Node
  var lines = LineCursor()
  /// The link reference definitions of the document, collected when a cell first needs them.
  var definitions: [UInt8]?

  mutating func convert(_ block: Node, source: Span<UInt8>) {
    guard lines.mayHoldDelimiterRow(block, source: source) else { return }
    let rows = lines.contents(of: block, source: source)
    let isHeading = block.type == CMARK_NODE_HEADING
    let last = isHeading ? rows.count - 1 : rows.count
    guard let shape = TableShape(rows[..<last], source: source) else { return }
    var builder = TableBuilder(alignments: shape.alignments)
    let underlineIsRow = isHeading && block.headingLevel == 1
    let body = rows[(shape.delimiter + 1)..<(underlineIsRow ? rows.count : last)]
    builder.addHead(rows[shape.delimiter - 1], source: source)
    builder.addBody(body, source: source)
    let before = rows[..<(shape.delimiter - 1)]
    builder.fill(before: before, source: source, definitions: definitions(for: builder, source))
    builder.replace(block, addRule: isHeading && !underlineIsRow)
  }

  private mutating func definitions(for builder: TableBuilder, _ source: Span<UInt8>) -> [UInt8] {
    guard builder.needsDefinitions else { return [] }
    if let definitions { return definitions }
    let collected = linkDefinitions(in: root, source: source)
    definitions = collected
    return collected
  }
}

/// Where the delimiter row of a table stands in the lines of a block, and what it says.
private struct TableShape {
  let delimiter: Int
  let alignments: [Alignment]

  init?(_ lines: ArraySlice<Range<Int>>, source: Span<UInt8>) {
    for index in lines.indices.dropFirst() {
      guard let alignments = delimiterRow(lines[index], source: source) else { continue }
      var header = 0
      forEachCell(of: lines[index - 1], source: source) { _ in header += 1 }
      guard header == alignments.count else { continue }
      (self.delimiter, self.alignments) = (index, alignments)
      return
    }
    return nil
  }
}

enum Alignment {
  case none
  case left
  case center
  case right

  fileprivate func tag(isHeader: Bool) -> StaticString {
    isHeader ? headerTag : dataTag
  }

  private var headerTag: StaticString {
    switch self {
    case .none: "<th scope=\"col\">"
    case .left: "<th scope=\"col\" style=\"text-align: left\">"
    case .center: "<th scope=\"col\" style=\"text-align: center\">"
    case .right: "<th scope=\"col\" style=\"text-align: right\">"
    }
  }

  private var dataTag: StaticString {
    switch self {
    case .none: "<td>"
    case .left: "<td style=\"text-align: left\">"
    case .center: "<td style=\"text-align: center\">"
    case .right: "<td style=\"text-align: right\">"
    }
  }
}

/// Makes the nodes of one table and fills its cells.
private struct TableBuilder {
  private let alignments: [Alignment]
  private let table = Node.tablePart(.table, open: "<table>", close: "</table>")
  /// Text before the table, once it has been parsed on its own.
  private var blocksBefore: Node?
  /// The cells of the row at hand.
  private var cells: [Range<Int>] = []
  /// Cells with markup, and their text as paragraphs that cmark parses in one go.
  private var markedCells: [Node] = []
  private var cellParagraphs: [UInt8] = []
  private var rowHTML: [UInt8] = []
  private(set) var needsDefinitions = false

  init(alignments: [Alignment]) {
    self.alignments = alignments
  }

  mutating func addHead(_ line: Range<Int>, source: Span<UInt8>) {
    let head = Node.tablePart(.head, open: "<thead>", close: "</thead>")
    table.append(head)
    addRow(line, to: head, isHeader: true, source: source)
  }

  mutating func addBody(_ lines: ArraySlice<Range<Int>>, source: Span<UInt8>) {
    guard !lines.isEmpty else { return }
    let body = Node.tablePart(.body, open: "<tbody>", close: "</tbody>")
    table.append(body)
    for line in lines { addRow(line, to: body, isHeader: false, source: source) }
  }

  private mutating func addRow(
    _ line: Range<Int>, to section: Node, isHeader: Bool, source: Span<UInt8>
  ) {
    cells.removeAll(keepingCapacity: true)
    forEachCell(of: line, source: source) { cells.append($0) }
    let missing = alignments.count - cells.count
    if missing < 0 { cells.removeLast(-missing) }
    if missing > 0 {
      cells.append(contentsOf: repeatElement(line.upperBound..<line.upperBound, count: missing))
    }
    if isPlain(line, source: source) {
      addPlainRow(to: section, isHeader: isHeader, source: source)
    } else {
      addMarkedRow(to: section, isHeader: isHeader, source: source)
    }
  }

  private func isPlain(_ line: Range<Int>, source: Span<UInt8>) -> Bool {
    for index in line where markup.contains(source[index]) { return false }
    return true
  }

  /// A row without markup is one node that holds its HTML: nodes for each cell would cost as
  /// much as all else in the document.
  private mutating func addPlainRow(to section: Node, isHeader: Bool, source: Span<UInt8>) {
    rowHTML.removeAll(keepingCapacity: true)
    rowHTML.append(literal: "<tr>\n")
    for (column, cell) in cells.enumerated() {
      rowHTML.append(literal: alignments[column].tag(isHeader: isHeader))
      appendEscapedHTML(source, cell, to: &rowHTML)
      rowHTML.append(literal: isHeader ? "</th>" : "</td>")
    }
    rowHTML.append(literal: "\n</tr>")
    rowHTML.append(0)
    section.append(.plainRow(zeroTerminatedHTML: rowHTML))
  }

  private mutating func addMarkedRow(to section: Node, isHeader: Bool, source: Span<UInt8>) {
    let row = Node.tablePart(.row, open: "<tr>", close: "</tr>")
    section.append(row)
    for (column, range) in cells.enumerated() {
      let cell = Node.tablePart(
        .cell, open: alignments[column].tag(isHeader: isHeader),
        close: isHeader ? "</th>" : "</td>")
      row.append(cell)
      if !range.isEmpty { lineUp(cell, range, source: source) }
    }
  }

  /// Lines up a cell for cmark. The prefix keeps the text from starting a block; it is taken off
  /// again afterwards.
  private mutating func lineUp(_ cell: Node, _ range: Range<Int>, source: Span<UInt8>) {
    markedCells.append(cell)
    cellParagraphs.append(literal: cellPrefix)
    for index in range {
      let byte = source[index]
      // A pipe inside a cell was escaped; GFM takes its backslash off even in code.
      if byte == UInt8(ascii: "|") { cellParagraphs.removeLast() }
      if byte == UInt8(ascii: "[") { needsDefinitions = true }
      cellParagraphs.append(byte)
    }
    cellParagraphs.append(literal: "\n\n")
  }

  /// Parses the marked cells, and the lines before the table, in one text.
  mutating func fill(
    before: ArraySlice<Range<Int>>, source: Span<UInt8>, definitions: [UInt8]
  ) {
    if markedCells.isEmpty && before.isEmpty { return }
    appendParagraph(before, source: source)
    cellParagraphs.append(contentsOf: definitions)
    let parsed = Node.parse(cellParagraphs.span)
    for cell in markedCells {
      guard let paragraph = parsed.firstChild else { break }
      cell.takeChildren(of: paragraph)
      cell.firstChild?.dropLiteralPrefix(cellPrefix.utf8CodeUnitCount)
      paragraph.unlink()
      paragraph.free()
    }
    blocksBefore = parsed
    if before.isEmpty {
      parsed.free()
      blocksBefore = nil
    }
  }

  /// Indented, a further line cannot begin a block of its own.
  private mutating func appendParagraph(_ lines: ArraySlice<Range<Int>>, source: Span<UInt8>) {
    for (number, line) in lines.enumerated() {
      if number > 0 { cellParagraphs.append(literal: "    ") }
      cellParagraphs.append(line, of: source)
      cellParagraphs.append(literal: "\n")
    }
    cellParagraphs.append(literal: "\n")
  }

  /// Puts the table where `block` stands.
  func replace(_ block: Node, addRule: Bool) {
    if let blocksBefore {
      if let paragraph = blocksBefore.firstChild, paragraph.type == CMARK_NODE_PARAGRAPH {
        paragraph.insertBefore(block)
      }
      blocksBefore.free()
    }
    table.insertBefore(block)
    if addRule { Node.thematicBreak().insertBefore(block) }
    block.unlink()
    block.free()
  }
}

private let cellPrefix: StaticString = ". "

/// Bytes with a meaning to cmark's inline parser, and zero, which no C string can hold.
private let markup = ByteSet("\\*_`[]<>&!\u{0}")
