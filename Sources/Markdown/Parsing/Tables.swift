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
    let root = parse(source, hiding: standalone.blocks, rows: .html)
  {
    return root
  }
  // There are other tables, or one that is left stands in code or raw HTML.
  var scanner = BlockScanner(Array(source))
  scanner.scan()
  return parse(source, tables: scanner.tables, rows: .html)
}

/// Parses a text with its pipe tables, each cell of which has its node.
func parseWithCells(_ source: Span<UInt8>, rows: TableRows) -> Node {
  var scanner = BlockScanner(Array(source))
  scanner.scan()
  let blocks = scanner.tables.flatMap { table in
    HiddenBlock.edits(before: table, isProse: false, source: source) + [HiddenBlock(table)]
  }
  return parse(source, hiding: blocks, rows: rows) ?? .parse(source, after: [], hiding: [])
}

/// Parses a text whose tables are known.
///
/// - Parameter rows: the form of the rows.
func parse(_ source: Span<UInt8>, tables: [PipeTable], rows: TableRows) -> Node {
  let blocks = tables.flatMap { table in
    let edits = HiddenBlock.edits(before: table, isProse: rows == .cells, source: source)
    return edits + [HiddenBlock(table)]
  }
  return parse(source, hiding: blocks, rows: rows)
    ?? .parse(source, after: [], hiding: [])
}

/// Parses a text with these blocks, unless cmark finds something else in the place of one.
private func parse(
  _ source: Span<UInt8>, hiding blocks: [HiddenBlock], rows: TableRows
) -> Node? {
  var builder = TableBuilder(rows)
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
  let isPut = root.put(
    replacements, after: builder.cellCount, namingTables: rows == .html || rows == .merged)
  return isPut ? root : nil
}

/// The form in which the rows of tables come into a tree.
enum TableRows {
  /// Rows without markup as HTML, heads of two rows, and the name of a table as its caption; for trees
  /// that are printed.
  case html
  /// Each cell with its node, as it stands in the text.
  case cells
  /// The same, with a head of two rows as one: `2025: Cases`.
  case joined
  /// Each cell with its node, and heads of two rows and names as in HTML; for trees whose tables are
  /// drawn.
  case merged
}

private struct Replacement {
  let block: HiddenBlock
  let node: Node
}

extension Node {
  /// Puts each replacement in the place where cmark read only part of its block; false if one of
  /// them has no such place.
  ///
  /// - Parameter namesTables: the emphasised paragraph right above a table becomes its caption.
  fileprivate func put(
    _ replacements: [Replacement], after linesBefore: Int, namingTables namesTables: Bool
  ) -> Bool {
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
      let isTable = replacements[placed].node.tablePart == .table
      if namesTables, isTable, let caption = node.captionAbove {
        replacements[placed].node.takeCaption(caption)
      }
      replacements[placed].node.insertBefore(node)
      node.unlink()
      lines -= replacements[placed].block.lineBreaks
      placed += 1
    }
    return placed == replacements.count
  }

  /// The paragraph right above a table, without a blank line between, if all of it is emphasised: the
  /// name of the table, and perhaps its unit in another line.
  private var captionAbove: Node? {
    guard let above = previous, above.type == CMARK_NODE_PARAGRAPH,
      above.endLine == startLine - 1
    else { return nil }
    return above.isAllEmphasis ? above : nil
  }

  /// Tells whether everything in a paragraph is emphasised.
  var isAllEmphasis: Bool {
    var current = firstChild
    while let inline = current {
      switch inline.type {
      case CMARK_NODE_STRONG, CMARK_NODE_EMPH, CMARK_NODE_LINEBREAK, CMARK_NODE_SOFTBREAK: break
      default: return false
      }
      current = inline.next
    }
    return true
  }

  private func takeCaption(_ paragraph: Node) {
    let caption = Node.tablePart(.caption, open: "<caption>", close: "</caption>")
    caption.takeChildren(of: paragraph)
    prepend(caption)
    paragraph.unlink()
  }

  func firstBlock(inside type: cmark_node_type) -> Node? {
    switch type {
    case CMARK_NODE_BLOCK_QUOTE, CMARK_NODE_LIST, CMARK_NODE_ITEM: firstChild
    default: nil
    }
  }

  var nextBlockOutside: Node? {
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

  /// The attribute of a cell, with a blank before it; empty for none.
  var style: String {
    switch self {
    case .none: ""
    case .left: " style=\"text-align: left\""
    case .center: " style=\"text-align: center\""
    case .right: " style=\"text-align: right\""
    }
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
  private let form: TableRows
  private(set) var cellLines: [UInt8] = []
  private var cells: [Node] = []

  init(_ form: TableRows) {
    self.form = form
  }

  var cellCount: Int { cells.count }

  mutating func build(_ table: PipeTable, source: Span<UInt8>) -> Node {
    let node = Node.tablePart(.table, open: "<table>", close: "</table>")
    let head = Node.tablePart(.head, open: "<thead>", close: "</thead>")
    node.append(head)
    var rows = table.rows
    if form != .cells, let merged = MergedHead(of: table, source: source) {
      if form == .html || form == .merged {
        addMergedHead(merged, of: table, to: head, source: source)
      } else {
        addJoinedHead(merged, of: table, to: head, source: source)
      }
      rows.removeFirst()
    } else {
      let header = [ContentLine(range: table.header)]
      addRows(header, of: table, to: head, isHeader: true, source: source)
    }
    guard !rows.isEmpty else { return node }
    let body = Node.tablePart(.body, open: "<tbody>", close: "</tbody>")
    node.append(body)
    addRows(rows, of: table, to: body, isHeader: false, source: source)
    return node
  }

  /// Adds two rows of a head, in which groups of columns have a name of their own.
  private mutating func addMergedHead(
    _ head: MergedHead, of table: PipeTable, to section: Node, source: Span<UInt8>
  ) {
    for cells in [head.upper, head.lower] {
      let row = Node.tablePart(.row, open: "<tr>", close: "</tr>")
      section.append(row)
      for (column, cell) in cells.enumerated() {
        guard let cell else {
          row.append(Node.tablePart(.mergedCell, open: "", close: ""))
          continue
        }
        let alignment = cell.columns > 1 ? Alignment.center : table.alignments[column]
        let node = Node.headCell(columns: cell.columns, rows: cell.rows, alignment)
        row.append(node)
        if !cell.text.isEmpty { addText([cell.text], of: node, source: source) }
      }
    }
  }

  /// Adds a head in which each column has the name of its group before its own.
  private mutating func addJoinedHead(
    _ head: MergedHead, of table: PipeTable, to section: Node, source: Span<UInt8>
  ) {
    let row = Node.tablePart(.row, open: "<tr>", close: "</tr>")
    section.append(row)
    var group = MergedHead.Cell(text: 0..<0)
    for column in head.upper.indices {
      group = head.upper[column] ?? group
      let cell = addCell(table.alignments[column], to: row, isHeader: true)
      let names = [group.text, head.lower[column]?.text ?? 0..<0].filter { !$0.isEmpty }
      if !names.isEmpty { addText(names, of: cell, source: source) }
    }
  }

  private mutating func addRows(
    _ lines: [ContentLine], of table: PipeTable, to section: Node, isHeader: Bool,
    source: Span<UInt8>
  ) {
    guard form == .html, let first = lines.first, let last = lines.last else {
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
      if !range.isEmpty { addText([range], of: cell, source: source) }
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
  private mutating func addText(_ ranges: [Range<Int>], of cell: Node, source: Span<UInt8>) {
    cells.append(cell)
    cellLines.append(literal: "# ")
    for (number, range) in ranges.enumerated() {
      if number > 0 { cellLines.append(literal: ": ") }
      for index in range {
        let byte = source[index]
        // A pipe inside a cell was escaped; GFM takes its backslash off even in code.
        if byte == UInt8(ascii: "|") { cellLines.removeLast() }
        cellLines.append(byte)
      }
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
