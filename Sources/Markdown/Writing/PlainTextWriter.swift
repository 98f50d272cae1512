import CCmark

/// Writes a tree as plain text.
///
/// Blocks are parted by a blank line, items of a tight list by a line feed; items keep their
/// markers, nested lists are indented by two spaces. Tables are drawn, see ``TextTable``, where each
/// cell has its node; where rows are HTML, a row is a line, its cells parted by tabs. Soft and hard
/// breaks are line feeds. Raw HTML is left out.
struct PlainTextWriter {
  /// The lists that are open: the next number of each, and how its items look.
  private var lists: [List] = []
  private var isFirst = true
  /// Tells whether a marker was written and its item has no text yet.
  private var isAfterMarker = false
  private var isFirstCell = true
  /// The item that comes is the first of its list: it is parted like a block of the list before.
  private var isListStart = false
  private let drawsTables: Bool
  private var table = TableCollection(.bare)

  init(drawsTables: Bool) { self.drawsTables = drawsTables }

  private struct List {
    var next: Int
    let isOrdered: Bool
    let isTight: Bool
    let delimiter: UInt8
  }

  mutating func write(_ node: Node, entering: Bool, to output: inout [UInt8]) {
    if drawsTables, node.tablePart == .table {
      return entering ? table.begin() : drawTable(to: &output)
    }
    if table.isOpen { return table.take(node, entering: entering) }
    switch node.type {
    case CMARK_NODE_LIST: entering ? open(node) : close()
    case CMARK_NODE_ITEM: if entering { startItem(&output) } else { isAfterMarker = false }
    case CMARK_NODE_PARAGRAPH, CMARK_NODE_HEADING: if entering { startBlock(&output) }
    case CMARK_NODE_CODE_BLOCK: writeCode(node, to: &output)
    case CMARK_NODE_THEMATIC_BREAK: writeRule(to: &output)
    case CMARK_NODE_CUSTOM_BLOCK: if entering { startTablePart(node, &output) }
    case CMARK_NODE_CUSTOM_INLINE where node.tablePart == .caption:
      if !entering { output.append(UInt8(ascii: "\n")) }
    case CMARK_NODE_CUSTOM_INLINE: if entering { startCell(&output) }
    case CMARK_NODE_SOFTBREAK, CMARK_NODE_LINEBREAK: output.append(UInt8(ascii: "\n"))
    case CMARK_NODE_TEXT, CMARK_NODE_CODE: node.appendLiteral(to: &output)
    default: break
    }
  }

  private mutating func open(_ node: Node) {
    lists.append(
      List(
        next: node.listStart, isOrdered: node.isOrderedList, isTight: node.isTightList,
        delimiter: UInt8(ascii: node.hasParenthesisDelimiter ? ")" : ".")))
    isListStart = true
  }

  private mutating func close() {
    _ = lists.popLast()
  }

  private mutating func startItem(_ output: inout [UInt8]) {
    startBlock(&output)
    guard var list = lists.popLast() else { return }
    output.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * lists.count))
    if list.isOrdered {
      output.append(contentsOf: String(list.next).utf8)
      output.append(list.delimiter)
    } else {
      output.append(UInt8(ascii: "-"))
    }
    output.append(UInt8(ascii: " "))
    list.next += 1
    lists.append(list)
    isAfterMarker = true
  }

  /// Parts the block that begins from the text before it.
  private mutating func startBlock(_ output: inout [UInt8]) {
    defer { (isFirst, isAfterMarker, isListStart) = (false, false, false) }
    if isFirst || isAfterMarker { return }
    output.append(UInt8(ascii: "\n"))
    let list = isListStart ? lists.dropLast().last : lists.last
    if list?.isTight != true { output.append(UInt8(ascii: "\n")) }
  }

  private mutating func writeCode(_ node: Node, to output: inout [UInt8]) {
    startBlock(&output)
    let start = output.count
    node.appendLiteral(to: &output)
    if output.count > start, output.last == UInt8(ascii: "\n") { output.removeLast() }
  }

  private mutating func writeRule(to output: inout [UInt8]) {
    startBlock(&output)
    output.append(contentsOf: "---".utf8)
  }

  private mutating func drawTable(to output: inout [UInt8]) {
    startBlock(&output)
    table.end()?.append(width: TextTable.usualWidth, indent: 0, to: &output)
  }

  private mutating func startTablePart(_ node: Node, _ output: inout [UInt8]) {
    switch node.tablePart {
    case .table: startBlock(&output)
    case .row, .plainRows: startRow(node, &output)
    case .plainParagraph:
      startBlock(&output)
      appendText(ofHTML: node, to: &output)
    default: break
    }
  }

  private mutating func startRow(_ row: Node, _ output: inout [UInt8]) {
    isFirstCell = true
    let isFirstOfHead = row.parent?.tablePart == .head && row.previous == nil
    if !isFirstOfHead { output.append(UInt8(ascii: "\n")) }
    guard row.tablePart == .plainRows else { return }
    appendText(ofHTML: row, to: &output)
  }

  private func appendText(ofHTML node: Node, to output: inout [UInt8]) {
    var html: [UInt8] = []
    node.appendOpeningHTML(to: &html)
    appendCellText(ofRows: html, to: &output)
  }

  private mutating func startCell(_ output: inout [UInt8]) {
    if !isFirstCell { output.append(UInt8(ascii: "\t")) }
    isFirstCell = false
  }
}
