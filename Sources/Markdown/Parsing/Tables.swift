import CCmark
import Texts

/// Parses a text with its GFM pipe tables, as nodes that stock cmark prints.
///
/// The tree of a table: a custom block for the table, for its head, its body and each row with
/// markup, in which each cell is a custom inline with inlines in it. Plain rows that follow each
/// other are one block that holds their HTML.
func parseWithTables(_ source: Span<UInt8>) -> Node {
  let standalone = StandaloneBlocks(source)
  if !standalone.mayLackTables,
    let root = parse(source, hiding: standalone.blocks, rowsAsHTML: true)
  {
    return root
  }
  // There are other tables, or one that is left stands in code or raw HTML.
  var scanner = BlockScanner(Array(source))
  scanner.scan()
  return parse(source, tables: scanner.tables, rowsAsHTML: true)
}

/// Parses a text with its pipe tables, each cell of which has its node.
func parseWithCells(_ source: Span<UInt8>) -> Node {
  var scanner = BlockScanner(Array(source))
  scanner.scan()
  let blocks = scanner.tables.flatMap { table in
    HiddenBlock.edits(before: table, isProse: false, source: source) + [HiddenBlock(table)]
  }
  return parse(source, hiding: blocks, rowsAsHTML: false) ?? .parse(source, after: [], hiding: [])
}

/// Parses a text whose tables are known.
///
/// - Parameter rowsAsHTML: rows without markup need no nodes; only for trees that are printed.
func parse(_ source: Span<UInt8>, tables: [PipeTable], rowsAsHTML: Bool) -> Node {
  let blocks = tables.flatMap { table in
    let edits = HiddenBlock.edits(before: table, isProse: !rowsAsHTML, source: source)
    return edits + [HiddenBlock(table)]
  }
  return parse(source, hiding: blocks, rowsAsHTML: rowsAsHTML)
    ?? .parse(source, after: [], hiding: [])
}

/// Parses a text with these blocks, unless cmark finds something else in the place of one.
private func parse(
  _ source: Span<UInt8>, hiding blocks: [HiddenBlock], rowsAsHTML: Bool
) -> Node? {
  var builder = TableBuilder(rowsAsHTML: rowsAsHTML)
  var html = ByteBuffer()
  var replacements: [Replacement] = []
  replacements.reserveCapacity(blocks.count)
  for block in blocks {
    switch block.content {
    case .table(let table):
      let node = builder.build(table, source: source)
      replacements.append(Replacement(block: block, node: node))
    case .paragraph(let line):
      html.removeAll()
      appendPlainParagraph(line, source: source, to: &html)
      replacements.append(Replacement(block: block, node: .plain(.plainParagraph, &html)))
    case .edit: break
    }
  }
  let root = Node.parse(source, after: builder.cellLines, hiding: blocks)
  builder.fillCells(from: root)
  return root.put(replacements, after: builder.cellCount) ? root : nil
}

private struct Replacement {
  let block: HiddenBlock
  let node: Node
}

extension Node {
  /// Puts each replacement in the place where cmark read only part of its block; false if one of
  /// them has no such place.
  fileprivate func put(_ replacements: [Replacement], after linesBefore: Int) -> Bool {
    var placed = 0
    var lines = linesBefore
    var current: Node? = firstChild
    while placed < replacements.count, let node = current {
      let type = node.type
      // The successor first: the node may go.
      current = node.firstBlock(inside: type) ?? node.nextBlockOutside
      guard type == CMARK_NODE_HEADING || type == CMARK_NODE_PARAGRAPH,
        node.startLine == replacements[placed].block.line + lines
      else { continue }
      replacements[placed].node.insertBefore(node)
      node.unlink()
      lines -= replacements[placed].block.lineBreaks
      placed += 1
    }
    return placed == replacements.count
  }

  private func firstBlock(inside type: cmark_node_type) -> Node? {
    switch type {
    case CMARK_NODE_BLOCK_QUOTE, CMARK_NODE_LIST, CMARK_NODE_ITEM: firstChild
    default: nil
    }
  }

  private var nextBlockOutside: Node? {
    var node: Node? = self
    while let level = node {
      if let next = level.next { return next }
      node = level.parent
    }
    return nil
  }
}

enum Alignment: Int {
  case none
  case left
  case center
  case right

  func tag(isHeader: Bool) -> StaticString {
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

/// Makes the nodes of tables. What cmark has to read in their cells stands before the text, each
/// as a heading, so that one parse knows the links that the text defines.
private struct TableBuilder {
  private let rowsAsHTML: Bool
  private(set) var cellLines: [UInt8] = []
  private var cells: [Node] = []

  init(rowsAsHTML: Bool) {
    self.rowsAsHTML = rowsAsHTML
  }

  var cellCount: Int { cells.count }

  mutating func build(_ table: PipeTable, source: Span<UInt8>) -> Node {
    let node = Node.tablePart(.table, open: "<table>", close: "</table>")
    let head = Node.tablePart(.head, open: "<thead>", close: "</thead>")
    node.append(head)
    let header = [ContentLine(range: table.header)]
    addRows(header, of: table, to: head, isHeader: true, source: source)
    guard !table.rows.isEmpty else { return node }
    let body = Node.tablePart(.body, open: "<tbody>", close: "</tbody>")
    node.append(body)
    addRows(table.rows, of: table, to: body, isHeader: false, source: source)
    return node
  }

  private mutating func addRows(
    _ lines: [ContentLine], of table: PipeTable, to section: Node, isHeader: Bool,
    source: Span<UInt8>
  ) {
    guard rowsAsHTML, let first = lines.first, let last = lines.last else {
      for line in lines {
        addMarkedRow(line.range, of: table, to: section, isHeader: isHeader, source: source)
      }
      return
    }
    let tags = RowTags(alignments: table.alignments, isHeader: isHeader)
    var plain = PlainRows()
    let textSize = last.range.upperBound - first.range.lowerBound
    plain.reserve(rows: lines.count, textSize: textSize, tags: tags)
    for line in lines {
      let isPlain = plain.append(line.range, tags: tags, source: source)
      if !isPlain || plain.isFull { addPlainRows(&plain, to: section) }
      if isPlain { continue }
      addMarkedRow(line.range, of: table, to: section, isHeader: isHeader, source: source)
    }
    addPlainRows(&plain, to: section)
  }

  private func addPlainRows(_ rows: inout PlainRows, to section: Node) {
    if rows.isEmpty { return }
    section.append(rows.takeNode())
  }

  private mutating func addMarkedRow(
    _ line: Range<Int>, of table: PipeTable, to section: Node, isHeader: Bool,
    source: Span<UInt8>
  ) {
    let row = Node.tablePart(.row, open: "<tr>", close: "</tr>")
    section.append(row)
    var columns = table.alignments[...]
    forEachCell(of: line, source: source) { range in
      guard let alignment = columns.popFirst() else { return }
      let cell = addCell(alignment, to: row, isHeader: isHeader)
      if !range.isEmpty { addText(range, of: cell, source: source) }
    }
    for alignment in columns { _ = addCell(alignment, to: row, isHeader: isHeader) }
  }

  private func addCell(_ alignment: Alignment, to row: Node, isHeader: Bool) -> Node {
    let close: StaticString = isHeader ? "</th>" : "</td>"
    let cell = Node.tablePart(
      .cell, alignment, open: alignment.tag(isHeader: isHeader), close: close)
    row.append(cell)
    return cell
  }

  /// A heading cannot begin another block, and what ends it hides what may look like its end.
  private mutating func addText(_ range: Range<Int>, of cell: Node, source: Span<UInt8>) {
    cells.append(cell)
    cellLines.append(literal: "# ")
    for index in range {
      let byte = source[index]
      // A pipe inside a cell was escaped; GFM takes its backslash off even in code.
      if byte == UInt8(ascii: "|") { cellLines.removeLast() }
      cellLines.append(byte)
    }
    cellLines.append(literal: " #\n")
  }

  /// Moves what cmark read to its cells.
  func fillCells(from root: Node) {
    for cell in cells {
      guard let heading = root.firstChild else { return }
      cell.takeChildren(of: heading)
      heading.unlink()
    }
  }
}
