import CCmark
import Texts

/// The page that a text is typed on: letters of one width.
public struct TextPage: Sendable {
  /// The columns of a line.
  public let width: Int
  /// The indent of the first line of a paragraph, a heading and a list.
  public let indent: Int
  /// Stands before the description of a picture: `[Ảnh: …]`.
  public let pictureLabel: String
  /// What stands in the middle besides headings of the fourth level.
  public let centered: Centered

  public enum Centered: Sendable {
    case nothing
    /// Paragraphs that are a picture or all emphasis: captions.
    case captions
  }

  public init(width: Int, indent: Int, pictureLabel: String, centered: Centered) {
    (self.width, self.indent) = (width, indent)
    (self.pictureLabel, self.centered) = (pictureLabel, centered)
  }

  /// Of a page whose profile says nothing.
  public static let usualWidth = TextTable.usualWidth
}

/// Writes a tree as a typist would: lines of a width, broken between words.
///
/// Paragraphs begin with an indent, as headings do; a heading of the fourth level, and on some pages
/// captions, stand in the middle. Items of lists hang behind
/// their marks. Blocks are parted by a blank line, items of a tight list by none. Tables are drawn,
/// see ``TextTable``; pictures are described, the address of a link follows its text; code is not
/// wrapped. Raw HTML is left out.
struct PageTextWriter: ~Copyable {
  private let page: TextPage
  private(set) var output = ByteBuffer()
  private var lists: [List] = []
  /// The columns where the content of each container begins.
  private var margins = [0]
  /// The mark of an item that has no text yet, and the column where it stands.
  private var mark: (text: [UInt8], column: Int)?
  private var inlines: PlainInlines
  private var table: TableCollection
  private var isListStart = false

  private struct List {
    var next: Int
    let isOrdered: Bool
    let isTight: Bool
    let delimiter: UInt8
  }

  init(_ page: TextPage) {
    self.page = page
    let style = PlainInlines.Style.page(pictureLabel: Array(page.pictureLabel.utf8))
    (inlines, table) = (PlainInlines(style), TableCollection(style))
  }

  mutating func write(_ node: Node, entering: Bool) {
    if node.tablePart == .table { return entering ? table.begin() : endTable() }
    if table.isOpen { return table.take(node, entering: entering) }
    switch node.type {
    case CMARK_NODE_LIST: entering ? open(node) : close()
    case CMARK_NODE_ITEM: entering ? startItem() : endItem()
    case CMARK_NODE_BLOCK_QUOTE: entering ? indent(by: page.indent) : unindent()
    case CMARK_NODE_PARAGRAPH, CMARK_NODE_HEADING:
      entering ? inlines.removeAll() : writeText(of: node)
    case CMARK_NODE_CODE_BLOCK: writeCode(node)
    case CMARK_NODE_THEMATIC_BREAK: writeRule()
    default: inlines.take(node, entering: entering)
    }
  }

  // MARK: Containers

  private var margin: Int { margins.last ?? 0 }

  /// However deep it is nested, half of the page stays for the text.
  private mutating func indent(by columns: Int) {
    margins.append(min(margin + columns, page.width / 2))
  }

  private mutating func unindent() { _ = margins.popLast() }

  private mutating func open(_ list: Node) {
    lists.append(
      List(
        next: list.listStart, isOrdered: list.isOrderedList, isTight: list.isTightList,
        delimiter: UInt8(ascii: list.hasParenthesisDelimiter ? ")" : ".")))
    isListStart = true
  }

  private mutating func close() { _ = lists.popLast() }

  private mutating func startItem() {
    // An item without text before its first list has its mark all the same.
    if mark != nil { writeParagraph([], first: 0) }
    guard var list = lists.popLast() else { return }
    let sign = list.isOrdered ? Array(String(list.next).utf8) + [list.delimiter] : Array("-".utf8)
    list.next += 1
    let isOutermost = lists.isEmpty
    lists.append(list)
    let column = min(margin + (isOutermost ? page.indent : 0), page.width / 2)
    mark = (sign, column)
    margins.append(min(column + sign.count + 1, page.width / 2 + sign.count + 1))
  }

  private mutating func endItem() {
    if mark != nil { writeParagraph([], first: 0) }
    unindent()
  }

  // MARK: Blocks

  /// Parts the block that begins from the text before it.
  private mutating func startBlock() {
    defer { isListStart = false }
    if output.isEmpty { return }
    output.append(UInt8(ascii: "\n"))
    let list = isListStart ? lists.dropLast().last : lists.last
    if list?.isTight != true { output.append(UInt8(ascii: "\n")) }
  }

  private mutating func writeText(of node: Node) {
    let text = inlines.text
    if text.isEmpty { return }
    if isCentered(node) {
      startBlock()
      return appendCentered(text)
    }
    writeParagraph(text, first: lists.isEmpty ? page.indent : 0)
  }

  private func isCentered(_ node: Node) -> Bool {
    guard lists.isEmpty, margin == 0 else { return false }
    if node.type == CMARK_NODE_HEADING { return [1, 4].contains(node.headingLevel) }
    if node.next?.tablePart == .table, node.isAllEmphasis { return true }
    guard page.centered == .captions, let child = node.firstChild else { return false }
    let isPicture = child.type == CMARK_NODE_IMAGE
    return child.next == nil && (child.type == CMARK_NODE_EMPH || isPicture)
  }

  /// Somewhat narrower than the page, so that it is seen that it stands in the middle.
  private mutating func appendCentered(_ text: [UInt8]) {
    var lines = ByteBuffer()
    lines.append(centered: text.span, width: page.width - 2 * page.indent)
    var start = 0
    let bytes = lines.bytes
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
      if end > start { output.append(blanks: page.indent) }
      output.append(contentsOf: bytes[start..<end])
      if end < bytes.count { output.append(UInt8(ascii: "\n")) }
      start = end + 1
    }
  }

  /// - Parameter first: the indent of its first line, where no mark stands before it.
  private mutating func writeParagraph(_ text: [UInt8], first: Int) {
    startBlock()
    guard let mark = takeMark() else {
      return output.append(
        paragraph: text.span, width: page.width, first: margin + first, hanging: margin)
    }
    let marked = mark.text + (text.isEmpty ? [] : [UInt8(ascii: " ")]) + text
    output.append(
      paragraph: marked.span, width: page.width, first: mark.column, hanging: margin)
  }

  private mutating func takeMark() -> (text: [UInt8], column: Int)? {
    defer { mark = nil }
    return mark
  }

  /// A block that is not a paragraph stands below the mark of its item.
  private mutating func writeMarkAlone() {
    if mark != nil { writeParagraph([], first: 0) }
  }

  private mutating func writeCode(_ node: Node) {
    writeMarkAlone()
    startBlock()
    var code = ByteBuffer()
    code.append(forTextFile: node.literal.span)
    let lines = code.bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (number, line) in (lines.last?.isEmpty == true ? lines.dropLast() : lines).enumerated() {
      if number > 0 { output.append(UInt8(ascii: "\n")) }
      let end = line.lastIndex { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }
      guard let end else { continue }
      output.append(blanks: margin)
      output.append(contentsOf: line[...end])
    }
  }

  private mutating func writeRule() {
    writeMarkAlone()
    startBlock()
    output.append(blanks: margin)
    output.append(UInt8(ascii: "-"), times: page.width - margin)
  }

  private mutating func endTable() {
    guard let table = table.end() else { return }
    writeMarkAlone()
    startBlock()
    var lines: [UInt8] = []
    table.append(width: page.width, indent: margin, to: &lines)
    output.append(lines.span)
  }
}
