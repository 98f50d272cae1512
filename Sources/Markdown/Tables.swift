import CCmark

/// Turns the paragraphs that hold a GFM pipe table into table nodes that stock cmark prints.
///
/// The tree of a table: a custom block for the table, for its head, its body and each row, a
/// custom inline for each cell, inlines in it. As in GFM, the header is the line before the
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

  fileprivate var headerTag: StaticString {
    switch self {
    case .none: "<th scope=\"col\">"
    case .left: "<th scope=\"col\" style=\"text-align: left\">"
    case .center: "<th scope=\"col\" style=\"text-align: center\">"
    case .right: "<th scope=\"col\" style=\"text-align: right\">"
    }
  }

  fileprivate var dataTag: StaticString {
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
  /// Cells with markup, and their text as paragraphs that cmark parses in one go.
  private var markedCells: [Node] = []
  private var cellParagraphs: [UInt8] = []
  private var scratch: [UInt8] = []
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
    let row = Node.tablePart(.row, open: "<tr>", close: "</tr>")
    section.append(row)
    var column = 0
    forEachCell(of: line, source: source) { range in
      guard column < alignments.count else { return }
      let cell = addCell(to: row, column: column, isHeader: isHeader)
      fill(cell, range, source: source)
      column += 1
    }
    for missing in column..<alignments.count {
      _ = addCell(to: row, column: missing, isHeader: isHeader)
    }
  }

  private func addCell(to row: Node, column: Int, isHeader: Bool) -> Node {
    let alignment = alignments[column]
    let open = isHeader ? alignment.headerTag : alignment.dataTag
    let cell = Node.tablePart(.cell, open: open, close: isHeader ? "</th>" : "</td>")
    row.append(cell)
    return cell
  }

  /// Puts the text of a plain cell into it; lines up a cell with markup for cmark.
  private mutating func fill(_ cell: Node, _ range: Range<Int>, source: Span<UInt8>) {
    scratch.removeAll(keepingCapacity: true)
    var isMarked = false
    for index in range {
      let byte = source[index]
      if byte == UInt8(ascii: "|") { scratch.removeLast() }
      scratch.append(byte)
      if isMarkup[Int(byte)] {
        isMarked = true
        if byte == UInt8(ascii: "[") { needsDefinitions = true }
      }
    }
    if scratch.isEmpty { return }
    if isMarked { return lineUp(cell) }
    scratch.append(0)
    cell.append(Node.text(zeroTerminated: scratch))
  }

  /// The prefix keeps the text from starting a block; it is taken off again afterwards.
  private mutating func lineUp(_ cell: Node) {
    markedCells.append(cell)
    cellParagraphs.append(contentsOf: cellPrefix)
    cellParagraphs.append(contentsOf: scratch)
    cellParagraphs.append(contentsOf: paragraphEnd)
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
      cell.firstChild?.dropLiteralPrefix(cellPrefix.count)
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
      if number > 0 { cellParagraphs.append(contentsOf: "    ".utf8) }
      for index in line { cellParagraphs.append(source[index]) }
      cellParagraphs.append(UInt8(ascii: "\n"))
    }
    cellParagraphs.append(UInt8(ascii: "\n"))
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

private let cellPrefix: [UInt8] = Array(". ".utf8)
private let paragraphEnd: [UInt8] = Array("\n\n".utf8)

/// Bytes with a meaning to cmark's inline parser, and zero, which no C string can hold.
private let isMarkup: [Bool] = {
  var table = [Bool](repeating: false, count: 256)
  for byte in "\\*_`[]<>&!\u{0}".utf8 { table[Int(byte)] = true }
  return table
}()
