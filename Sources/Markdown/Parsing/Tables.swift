import CCmark
import Texts

/// Parses a text and turns the paragraphs that hold a GFM pipe table into table nodes that stock
/// cmark prints.
///
/// The tree of a table: a custom block for the table, for its head, its body and each row with
/// markup, in which each cell is a custom inline with inlines in it. Plain rows that follow each
/// other are one block that holds their HTML. As in GFM, the header is the line before the
/// delimiter row, lines before it stay a paragraph, and the table ends with the block. Unlike
/// GFM, a lazy continuation line is a row too.
func parseWithTables(_ source: Span<UInt8>) -> Node {
  parse(source, standalone: standaloneBlocks(in: source))
}

private func parse(_ source: Span<UInt8>, standalone: [StandaloneBlock]) -> Node {
  let root = Node.parse(source, hiding: standalone)
  var pass = TablePass(standalone: standalone)
  var current: Node? = root.firstChild
  while let node = current {
    let type = node.type
    // The successor first: a conversion may replace the node.
    current = node.firstBlock(inside: type) ?? node.nextBlockOutside
    switch type {
    case CMARK_NODE_PARAGRAPH, CMARK_NODE_HEADING:
      pass.convert(node, type, source: source)
    default: break
    }
  }
  // One that is left stands in code or raw HTML: cmark has to see it after all.
  if !pass.hasAllStandalone { return parse(source, standalone: []) }
  pass.parsed.fill(root: root, source: source, hidden: standalone)
  return root
}

extension Node {
  fileprivate func firstBlock(inside type: cmark_node_type) -> Node? {
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
}

private struct TablePass: ~Copyable {
  private let standalone: [StandaloneBlock]
  /// The number of blocks whose paragraph was found so far; they come in order.
  private var placed = 0
  private var lines = LineCursor()
  private var html = ByteBuffer()
  var parsed = ParsedTexts()

  init(standalone: [StandaloneBlock]) {
    self.standalone = standalone
  }

  var hasAllStandalone: Bool { placed == standalone.count }

  /// Converts a paragraph, or a heading with an underline: cmark takes a table that is followed
  /// by `---` for such a heading.
  mutating func convert(_ block: Node, _ type: cmark_node_type, source: Span<UInt8>) {
    let start = block.startLine
    if !hasAllStandalone, start == standalone[placed].line {
      place(standalone[placed], for: block, source: source)
    } else if block.endLine > start {
      convertLines(of: block, type, source: source)
    }
  }

  private mutating func place(
    _ standalone: StandaloneBlock, for block: Node, source: Span<UInt8>
  ) {
    placed += 1
    lines.skip(to: standalone.hidden.upperBound, line: standalone.line)
    switch standalone.content {
    case .paragraph(let line):
      html.removeAll()
      appendPlainParagraph(line, source: source, to: &html)
      replace(block, by: .plain(.plainParagraph, &html), addRule: false)
    case .table(let table): place(table, for: block, source: source)
    }
  }

  private mutating func place(_ table: StandaloneTable, for block: Node, source: Span<UInt8>) {
    let body = table.bodyLines(source: source)
    let node = build(table.alignments, header: table.header, body: body[...], source: source)
    replace(block, by: node, addRule: false)
  }

  private mutating func convertLines(
    of block: Node, _ type: cmark_node_type, source: Span<UInt8>
  ) {
    guard lines.mayHoldDelimiterRow(block, source: source) else { return }
    let rows = lines.contents(of: block, source: source)
    let isHeading = type == CMARK_NODE_HEADING
    guard let last = isHeading ? underline(rows, source: source) : rows.count else { return }
    guard let shape = TableShape(rows[..<last], source: source) else { return }
    let isRule = isHeading && block.headingLevel == 2 && rows[last].range.count > 2
    let body = rows[(shape.delimiter + 1)..<(isHeading && !isRule ? last + 1 : last)]
    let header = rows[shape.delimiter - 1].range
    let table = build(shape.alignments, header: header, body: body, source: source)
    parsed.add(rows[..<(shape.delimiter - 1)], before: table, source: source)
    replace(block, by: table, addRule: isRule)
  }

  private mutating func build(
    _ alignments: [Alignment], header: Range<Int>, body: ArraySlice<ContentLine>,
    source: Span<UInt8>
  ) -> Node {
    let open = parsed
    parsed = ParsedTexts()
    var builder = TableBuilder(alignments: alignments, parsed: consume open)
    builder.addHead(ContentLine(range: header), source: source)
    builder.addBody(body, source: source)
    parsed = builder.releaseTexts()
    return builder.table
  }

  private func replace(_ block: Node, by table: Node, addRule: Bool) {
    table.insertBefore(block)
    if addRule { Node.thematicBreak().insertBefore(block) }
    block.unlink()
  }

  /// The line under a heading. cmark's end line may lie one beyond it.
  private func underline(_ rows: [ContentLine], source: Span<UInt8>) -> Int? {
    rows.indices.dropFirst().first { row in
      guard let first = rows[row].range.first else { return false }
      let byte = source[first]
      guard byte == UInt8(ascii: "=") || byte == UInt8(ascii: "-") else { return false }
      for index in rows[row].range where source[index] != byte { return false }
      return true
    }
  }
}

/// The delimiter row of a table: its place among the lines of a block, and the alignments.
private struct TableShape {
  let delimiter: Int
  let alignments: [Alignment]

  init?(_ lines: ArraySlice<ContentLine>, source: Span<UInt8>) {
    for index in lines.indices.dropFirst() {
      guard let alignments = delimiterRow(lines[index].range, source: source) else { continue }
      let header = lines[index - 1].range
      guard cellCount(of: header, source: source) == alignments.count else { continue }
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

/// Makes the nodes of one table and fills its cells.
private struct TableBuilder {
  private let alignments: [Alignment]
  let table = Node.tablePart(.table, open: "<table>", close: "</table>")
  private var parsed: ParsedTexts

  init(alignments: [Alignment], parsed: consuming ParsedTexts) {
    self.alignments = alignments
    self.parsed = parsed
  }

  /// Hands the texts on, without a copy.
  mutating func releaseTexts() -> ParsedTexts {
    let texts = parsed
    parsed = ParsedTexts()
    return texts
  }

  mutating func addHead(_ line: ContentLine, source: Span<UInt8>) {
    let head = Node.tablePart(.head, open: "<thead>", close: "</thead>")
    table.append(head)
    addRows([line], to: head, isHeader: true, source: source)
  }

  mutating func addBody(_ lines: ArraySlice<ContentLine>, source: Span<UInt8>) {
    guard !lines.isEmpty else { return }
    let body = Node.tablePart(.body, open: "<tbody>", close: "</tbody>")
    table.append(body)
    addRows(lines, to: body, isHeader: false, source: source)
  }

  private mutating func addRows(
    _ lines: ArraySlice<ContentLine>, to section: Node, isHeader: Bool, source: Span<UInt8>
  ) {
    guard let first = lines.first, let last = lines.last else { return }
    let tags = RowTags(alignments: alignments, isHeader: isHeader)
    var plain = PlainRows()
    let textSize = last.range.upperBound - first.range.lowerBound
    plain.reserve(rows: lines.count, textSize: textSize, tags: tags)
    for line in lines {
      let isPlain = plain.append(line.range, tags: tags, source: source)
      if !isPlain || plain.isFull { addPlainRows(&plain, to: section) }
      if !isPlain { addMarkedRow(line.range, to: section, isHeader: isHeader, source: source) }
    }
    addPlainRows(&plain, to: section)
  }

  private func addPlainRows(_ rows: inout PlainRows, to section: Node) {
    if rows.isEmpty { return }
    section.append(rows.takeNode())
  }

  private mutating func addMarkedRow(
    _ line: Range<Int>, to section: Node, isHeader: Bool, source: Span<UInt8>
  ) {
    let row = Node.tablePart(.row, open: "<tr>", close: "</tr>")
    section.append(row)
    var columns = alignments[...]
    forEachCell(of: line, source: source) { range in
      guard let alignment = columns.popFirst() else { return }
      let cell = addCell(alignment, to: row, isHeader: isHeader)
      if !range.isEmpty { parsed.add(range, to: cell, source: source) }
    }
    for alignment in columns { _ = addCell(alignment, to: row, isHeader: isHeader) }
  }

  private func addCell(_ alignment: Alignment, to row: Node, isHeader: Bool) -> Node {
    let close: StaticString = isHeader ? "</th>" : "</td>"
    let cell = Node.tablePart(.cell, open: alignment.tag(isHeader: isHeader), close: close)
    row.append(cell)
    return cell
  }
}

/// Texts that cmark parses once more, all in one go at the end: cells with markup, and the lines
/// before a table.
private struct ParsedTexts {
  private enum Place {
    /// A cell, into which the inlines of one paragraph go.
    case cell(Node)
    /// A table, before which the blocks up to the next thematic break go.
    case before(Node)
  }

  private var places: [Place] = []
  private var text: [UInt8] = []
  private var needsDefinitions = false

  /// The prefix keeps a cell from starting a block; it is taken off again afterwards.
  mutating func add(_ range: Range<Int>, to cell: Node, source: Span<UInt8>) {
    places.append(.cell(cell))
    text.append(literal: cellPrefix)
    for index in range {
      let byte = source[index]
      // A pipe inside a cell was escaped; GFM takes its backslash off even in code.
      if byte == UInt8(ascii: "|") { text.removeLast() }
      if byte == UInt8(ascii: "[") { needsDefinitions = true }
      text.append(byte)
    }
    text.append(literal: "\n\n")
  }

  /// Indented, a further line cannot begin a block of its own.
  mutating func add(_ lines: ArraySlice<ContentLine>, before table: Node, source: Span<UInt8>) {
    if lines.isEmpty { return }
    places.append(.before(table))
    for (number, line) in lines.enumerated() {
      if number > 0 { text.append(literal: "    ") }
      text.append(line.range, of: source)
      text.append(literal: "\n")
    }
    text.append(literal: "\n***\n\n")
    needsDefinitions = true
  }

  /// Parses the texts and moves what comes out to its places.
  ///
  /// - Parameter hidden: the blocks of the source that cmark was not shown in whole.
  mutating func fill(root: Node, source: Span<UInt8>, hidden: [StandaloneBlock]) {
    if places.isEmpty { return }
    if needsDefinitions {
      var shown: [UInt8] = []
      source.forEachRange(outside: hidden) { shown.append($0, of: source) }
      appendLinkDefinitions(in: root, source: shown.span, to: &text)
    }
    let parsed = Node.parse(text.span, hiding: [])
    for place in places {
      switch place {
      case .cell(let cell): fill(cell, from: parsed)
      case .before(let table): moveBlocks(of: parsed, before: table)
      }
    }
  }

  private func fill(_ cell: Node, from parsed: Node) {
    guard let paragraph = parsed.firstChild else { return }
    cell.takeChildren(of: paragraph)
    cell.firstChild?.dropLiteralPrefix(cellPrefix.utf8CodeUnitCount)
    paragraph.unlink()
  }

  private func moveBlocks(of parsed: Node, before table: Node) {
    while let block = parsed.firstChild {
      guard block.type == CMARK_NODE_THEMATIC_BREAK else {
        block.insertBefore(table)
        continue
      }
      return block.unlink()
    }
  }
}

private let cellPrefix: StaticString = ". "
