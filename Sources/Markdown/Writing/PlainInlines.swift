import CCmark
import Texts

/// The inlines of a block or a cell as text, without their marks.
struct PlainInlines {
  private(set) var text: [UInt8] = []
  private let style: Style
  /// Where the text of each link that is open begins.
  private var links: [Int] = []

  enum Style {
    /// Their text alone.
    case bare
    /// A picture as `[Ảnh: what it shows]`, and the address of a link behind its text.
    case page(pictureLabel: [UInt8])
  }

  init(_ style: Style) { self.style = style }

  mutating func removeAll() {
    text.removeAll(keepingCapacity: true)
    links.removeAll()
  }

  mutating func take(_ node: Node, entering: Bool) {
    switch node.type {
    case CMARK_NODE_TEXT, CMARK_NODE_CODE: append(node)
    case CMARK_NODE_SOFTBREAK: text.append(UInt8(ascii: " "))
    case CMARK_NODE_LINEBREAK: text.append(UInt8(ascii: "\n"))
    case CMARK_NODE_LINK: entering ? links.append(text.count) : endLink(node)
    case CMARK_NODE_IMAGE: markPicture(entering: entering)
    default: break
    }
  }

  private mutating func append(_ node: Node) {
    guard case .page = style else { return node.appendLiteral(to: &text) }
    var shown = ByteBuffer()
    shown.append(forTextFile: node.literal.span)
    text += shown.bytes
  }

  private mutating func endLink(_ link: Node) {
    guard let start = links.popLast(), case .page = style, !link.hasDangerousTarget else { return }
    let (shown, target) = (text[start...], link.target)
    guard !target.isEmpty, !shown.elementsEqual(target),
      !(Array("mailto:".utf8) + shown).elementsEqual(target)
    else { return }
    var address = ByteBuffer()
    address.append(forTextFile: target.span)
    text += Array(" (".utf8) + address.bytes + Array(")".utf8)
  }

  private mutating func markPicture(entering: Bool) {
    guard case .page(let label) = style else { return }
    guard entering else { return text.append(UInt8(ascii: "]")) }
    text += Array("[".utf8) + label
    if !label.isEmpty { text.append(UInt8(ascii: " ")) }
  }
}

/// Gathers the cells of the table that a tree is gone through in, of which each has its node.
struct TableCollection {
  private var table: TextTable?
  private var cell: PlainInlines

  init(_ style: PlainInlines.Style) { cell = PlainInlines(style) }

  /// Tells whether the tree is inside of a table.
  var isOpen: Bool { table != nil }

  mutating func begin() { table = TextTable() }

  /// Ends the table and hands it out.
  mutating func end() -> TextTable? {
    defer { table = nil }
    return table
  }

  /// Takes what begins or ends in the table.
  mutating func take(_ node: Node, entering: Bool) {
    switch node.tablePart {
    case .row: if entering { table?.rows.append([]) }
    case .cell: entering ? cell.removeAll() : addCell(node.alignment)
    default: cell.take(node, entering: entering)
    }
  }

  private mutating func addCell(_ alignment: Alignment) {
    guard let row = table?.rows.indices.last else { return }
    if row == 0 { table?.alignments.append(alignment) }
    table?.rows[row].append(cell.text)
  }
}
