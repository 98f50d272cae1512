import CCmark
import Diagnostics
import Texts

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A Markdown text, parsed: CommonMark by libcmark, and the pipe tables of GFM.
///
/// Raw HTML and dangerous links are never written (cmark's safe mode), but for `<br />`: a heading
/// has no other way to break its line. A document owns its tree
/// and shares nothing, so each thread may have its own. All pointers of the module live in this
/// file; the other files see ``Node``.
public struct Document: ~Copyable {
  private let arena: Arena
  private let root: Node
  /// Tells whether each cell of a table has its node.
  private let hasCells: Bool

  /// Parses a text. Zero bytes are read as U+FFFD; bytes that are not UTF-8 likewise.
  public init(parsing markdown: Span<UInt8>) {
    (arena, hasCells) = (Arena(textSize: markdown.count), false)
    root = arena.use {
      let root = parseWithTables(markdown)
      if markdown.first(of: lineBreakElement.span, from: 0) != nil { root.readLineBreakElements() }
      return root
    }
  }

  /// Parses a text whose tables are known, into a tree in which each cell has its node.
  init(parsing markdown: Span<UInt8>, tables: [PipeTable], rows: TableRows) {
    (arena, hasCells) = (Arena(textSize: markdown.count), true)
    root = arena.use { parse(markdown, tables: tables, rows: rows) }
  }

  /// Parses a text for a page, with its marks of tables, charts and pictures; see ``PageParts``.
  public init(parsing markdown: Span<UInt8>, for page: PageParts) {
    self.init(parsing: markdown)
    arena.use {
      var pass = PagePartsPass(page)
      pass.apply(to: root)
    }
  }

  /// Parses a text to be written as text, each cell of whose tables has its node.
  public init(forTextOf markdown: Span<UInt8>) {
    (arena, hasCells) = (Arena(textSize: markdown.count), true)
    root = arena.use {
      let root = parseWithCells(markdown, rows: .joined)
      if markdown.first(of: lineBreakElement.span, from: 0) != nil { root.readLineBreakElements() }
      return root
    }
  }

  /// Parses a text to be written as WordprocessingML: each cell of its tables has its node, heads of
  /// two rows keep their merged cells, and a table has its name.
  public init(forWordOf markdown: Span<UInt8>) {
    (arena, hasCells) = (Arena(textSize: markdown.count), true)
    root = arena.use {
      let root = parseWithCells(markdown, rows: .merged)
      if markdown.first(of: lineBreakElement.span, from: 0) != nil { root.readLineBreakElements() }
      return root
    }
  }

  deinit {
    arena.drop()
  }

  /// Keeps memory that documents give back for the next ones, up to 32 MB on each thread: documents
  /// of megabytes are made in two thirds of the time. For programs that make many; before threads
  /// begin.
  public static func keepFreedMemory() { arena_keep_freed_memory() }

  /// Appends the HTML of the document: a fragment without `<html>` or `<body>`.
  public borrowing func appendHTML(to output: inout [UInt8]) {
    output += bytes(of: arena.use { cmark_render_html(root.pointer, CMARK_OPT_DEFAULT) })
  }

  /// Hands the HTML of the document on where it lies, see ``appendHTML(to:)``.
  public borrowing func withHTML(
    _ body: (Span<UInt8>) throws(Diagnostic) -> Void
  ) throws(Diagnostic) {
    let html = bytes(of: arena.use { cmark_render_html(root.pointer, CMARK_OPT_DEFAULT) })
    try body(html.span)
  }

  /// Appends the document as plain text, see ``PlainTextWriter``. Tables are drawn where each cell
  /// has its node, see ``init(forTextOf:)``.
  public borrowing func appendPlainText(to output: inout [UInt8]) {
    var writer = PlainTextWriter(drawsTables: hasCells)
    arena.use {
      root.forEachEvent { node, entering in
        writer.write(node, entering: entering, to: &output)
      }
    }
  }

  /// The document as it is typed on a page, see ``PageTextWriter``; made by ``init(forTextOf:)``.
  public borrowing func text(on page: TextPage) -> [UInt8] {
    var writer = PageTextWriter(page)
    arena.use {
      root.forEachEvent { node, entering in writer.write(node, entering: entering) }
    }
    return writer.output.bytes
  }

  /// The document as WordprocessingML, see ``WordWriter``; made by ``init(forWordOf:)``.
  ///
  /// - Parameter parts: what stands beside the text in the file; it grows with each document.
  public borrowing func word(on page: WordPage, _ parts: inout WordParts) -> [WordStretch] {
    arena.use {
      var writer = WordWriter(page, parts)
      writer.write(root)
      parts = writer.parts
      return writer.finish()
    }
  }

  /// Does something with the tree.
  borrowing func withRoot<Result>(_ body: (Node) -> Result) -> Result {
    arena.use { body(root) }
  }
}

/// The memory of one document, given back as a whole: nothing in it is freed on its own.
private struct Arena {
  private let pointer: UnsafeMutablePointer<arena>

  /// Room for the tree and the HTML of a text of that many bytes; grows where that is not enough.
  init(textSize: Int) {
    pointer = arena_new(10 * textSize + 4096)
  }

  func drop() {
    arena_drop(pointer)
  }

  /// Everything that cmark allocates in `body` comes from this arena.
  func use<Result>(_ body: () -> Result) -> Result {
    let outer = arena_enter(pointer)
    defer { arena_leave(outer) }
    return body()
  }
}

private let lineBreakElement = Array("<br />".utf8)

/// A text of cmark's, where it lies.
private func bytes(of text: UnsafePointer<CChar>?) -> UnsafeBufferPointer<UInt8> {
  UnsafeRawBufferPointer(start: text, count: text.map { Int(strlen($0)) } ?? 0)
    .bindMemory(to: UInt8.self)
}

/// A node of a cmark tree; valid as long as the ``Document`` that owns the tree.
struct Node {
  fileprivate let pointer: OpaquePointer?

  /// The part of a table that a node stands for; the table pass makes these, cmark does not.
  enum TablePart: Int {
    case table = 1
    case head
    case body
    case row
    case cell
    /// Rows whose cells are text; the whole of them is HTML in one node.
    case plainRows
    /// A paragraph that is a line of text, as HTML.
    case plainParagraph
    case caption
    /// A cell that is merged into another one.
    case mergedCell
    /// An element around other blocks, or in the place of one, as a page has it.
    case frame
  }

  /// Parses a text without what blocks hide, after lines of our own.
  static func parse(
    _ markdown: Span<UInt8>, after lines: [UInt8], hiding blocks: [HiddenBlock]
  ) -> Node {
    let parser = cmark_parser_new_with_mem(CMARK_OPT_DEFAULT, arena_memory())
    func feed(_ bytes: UnsafeRawBufferPointer) {
      guard let start = bytes.baseAddress, !bytes.isEmpty else { return }
      cmark_parser_feed(parser, start.assumingMemoryBound(to: CChar.self), bytes.count)
    }
    lines.withUnsafeBytes(feed)
    markdown.withUnsafeBytes { bytes in
      var start = byteOrderMarkLength(markdown)
      for block in blocks {
        feed(UnsafeRawBufferPointer(rebasing: bytes[start..<block.hidden.lowerBound]))
        switch block.content {
        case .paragraph: break
        case .edit(let text): text.withUTF8Buffer { feed(UnsafeRawBufferPointer($0)) }
        case .table(let table):
          feed(UnsafeRawBufferPointer(rebasing: bytes[table.prefix]))
          ("#" as StaticString).withUTF8Buffer { feed(UnsafeRawBufferPointer($0)) }
          guard let prefix = table.prefixInItem else { break }
          ("\n" as StaticString).withUTF8Buffer { feed(UnsafeRawBufferPointer($0)) }
          feed(UnsafeRawBufferPointer(rebasing: bytes[prefix]))
        }
        start = block.hidden.upperBound
      }
      feed(UnsafeRawBufferPointer(rebasing: bytes[start...]))
    }
    return Node(pointer: cmark_parser_finish(parser))
  }

  var type: cmark_node_type { cmark_node_get_type(pointer) }
  var parent: Node? { wrapped(cmark_node_parent(pointer)) }
  var next: Node? { wrapped(cmark_node_next(pointer)) }
  var previous: Node? { wrapped(cmark_node_previous(pointer)) }
  var firstChild: Node? { wrapped(cmark_node_first_child(pointer)) }
  var lastChild: Node? { wrapped(cmark_node_last_child(pointer)) }

  /// Lines count from 1, those of our own among them.
  var startLine: Int { Int(cmark_node_get_start_line(pointer)) }
  var endLine: Int { Int(cmark_node_get_end_line(pointer)) }

  var headingLevel: Int { Int(cmark_node_get_heading_level(pointer)) }
  var isOrderedList: Bool { cmark_node_get_list_type(pointer) == CMARK_ORDERED_LIST }
  var listStart: Int { Int(cmark_node_get_list_start(pointer)) }
  var isTightList: Bool { cmark_node_get_list_tight(pointer) != 0 }
  var hasParenthesisDelimiter: Bool {
    cmark_node_get_list_delim(pointer) == CMARK_PAREN_DELIM
  }

  /// What ``tablePart(_:_:open:close:)`` kept: the part, above it the alignment, and of a cell of a
  /// merged head how many columns and rows it takes.
  private var tableData: Int { Int(bitPattern: cmark_node_get_user_data(pointer)) }
  var tablePart: TablePart? { TablePart(rawValue: tableData & 15) }
  var alignment: Alignment { Alignment(rawValue: tableData >> 4 & 15) ?? .none }
  var columnSpan: Int { max(1, tableData >> 8 & 0xFFFF) }
  var rowSpan: Int { max(1, tableData >> 24) }

  /// Appends the literal text of a text or code node.
  func appendLiteral(to output: inout [UInt8]) {
    output += bytes(of: cmark_node_get_literal(pointer))
  }

  /// The literal text of a text, code or HTML node.
  var literal: [UInt8] { Array(bytes(of: cmark_node_get_literal(pointer))) }
  /// The target of a link or an image, without escapes.
  var target: [UInt8] { Array(bytes(of: cmark_node_get_url(pointer))) }
  var title: [UInt8] { Array(bytes(of: cmark_node_get_title(pointer))) }
  var fenceInfo: [UInt8] { Array(bytes(of: cmark_node_get_fence_info(pointer))) }

  /// The tags that open a node of a table; all of plain rows.
  func appendOpeningHTML(to output: inout [UInt8]) {
    output += bytes(of: cmark_node_get_on_enter(pointer))
  }

  func setOpeningHTML(_ html: [UInt8]) {
    (html + [0]).withUnsafeBytes { buffer in
      guard let start = buffer.baseAddress else { return }
      _ = cmark_node_set_on_enter(pointer, start.assumingMemoryBound(to: CChar.self))
    }
  }

  func setClosingHTML(_ html: String) { _ = cmark_node_set_on_exit(pointer, html) }

  func insertBefore(_ sibling: Node) { cmark_node_insert_before(sibling.pointer, pointer) }
  func append(_ child: Node) { cmark_node_append_child(pointer, child.pointer) }
  func prepend(_ child: Node) { cmark_node_prepend_child(pointer, child.pointer) }
  func unlink() { cmark_node_unlink(pointer) }

  /// Moves all children of `other` to the end of this node.
  func takeChildren(of other: Node) {
    while let child = other.firstChild { append(child) }
  }

  /// A node of a table, with the tags that open and close it.
  static func tablePart(
    _ part: TablePart, _ alignment: Alignment = .none, open: StaticString, close: StaticString
  ) -> Node {
    let type = part.isInline ? CMARK_NODE_CUSTOM_INLINE : CMARK_NODE_CUSTOM_BLOCK
    let node = cmark_node_new_with_mem(type, arena_memory())
    open.withCString { _ = cmark_node_set_on_enter(node, $0) }
    close.withCString { _ = cmark_node_set_on_exit(node, $0) }
    let data = alignment.rawValue << 4 | part.rawValue
    cmark_node_set_user_data(node, UnsafeMutableRawPointer(bitPattern: data))
    return Node(pointer: node)
  }

  /// A cell of the head that takes the place of several, with its alignment.
  static func headCell(columns: Int, rows: Int, _ alignment: Alignment) -> Node {
    let cell = tablePart(.cell, alignment, open: "", close: "</th>")
    var tag = columns > 1 ? "<th scope=\"colgroup\" colspan=\"\(columns)\"" : "<th scope=\"col\""
    if rows > 1 { tag += " rowspan=\"\(rows)\"" }
    cmark_node_set_on_enter(cell.pointer, tag + alignment.style + ">")
    let data = cell.tableData | columns << 8 | rows << 24
    cmark_node_set_user_data(cell.pointer, UnsafeMutableRawPointer(bitPattern: data))
    return cell
  }

  /// An element around what is put into it.
  static func frame(_ open: String, close: String) -> Node {
    let node = html(Array(open.utf8))
    node.setClosingHTML(close)
    return node
  }

  /// A block of this HTML, which holds no zero byte.
  static func html(_ html: [UInt8]) -> Node {
    let node = Node(pointer: cmark_node_new_with_mem(CMARK_NODE_CUSTOM_BLOCK, arena_memory()))
    node.setOpeningHTML(html)
    let part = TablePart.frame.rawValue
    cmark_node_set_user_data(node.pointer, UnsafeMutableRawPointer(bitPattern: part))
    return node
  }

  /// Whole rows or a paragraph, of this HTML, which holds no zero byte.
  static func plain(_ part: TablePart, _ html: inout ByteBuffer) -> Node {
    let node = cmark_node_new_with_mem(CMARK_NODE_CUSTOM_BLOCK, arena_memory())
    html.append(0)
    html.span.withUnsafeBytes { buffer in
      guard let start = buffer.baseAddress else { return }
      _ = cmark_node_set_on_enter(node, start.assumingMemoryBound(to: CChar.self))
    }
    cmark_node_set_user_data(node, UnsafeMutableRawPointer(bitPattern: part.rawValue))
    return Node(pointer: node)
  }

  /// Turns `<br />` into a hard line break.
  fileprivate func readLineBreakElements() {
    var elements: [Node] = []
    forEachEvent { node, entering in
      guard entering, node.type == CMARK_NODE_HTML_INLINE, node.literal == lineBreakElement else {
        return
      }
      elements.append(node)
    }
    for element in elements {
      Node(pointer: cmark_node_new_with_mem(CMARK_NODE_LINEBREAK, arena_memory()))
        .insertBefore(element)
      element.unlink()
    }
  }

  func isSame(_ other: Node) -> Bool { pointer == other.pointer }

  /// Visits the tree in document order, without recursion.
  func forEachEvent(_ visit: (Node, _ entering: Bool) -> Void) {
    let iterator = cmark_iter_new(pointer)
    defer { cmark_iter_free(iterator) }
    var event = cmark_iter_next(iterator)
    while event != CMARK_EVENT_DONE {
      visit(Node(pointer: cmark_iter_get_node(iterator)), event == CMARK_EVENT_ENTER)
      event = cmark_iter_next(iterator)
    }
  }

  private func wrapped(_ other: OpaquePointer?) -> Node? {
    other.map { Node(pointer: $0) }
  }
}

extension Node.TablePart {
  fileprivate var isInline: Bool { self == .cell || self == .mergedCell || self == .caption }
}

extension StaticString {
  /// Calls `body` with the bytes, which a literal always ends with a zero.
  fileprivate func withCString(_ body: (UnsafePointer<CChar>) -> Void) {
    withUTF8Buffer { buffer in
      guard let start = buffer.baseAddress else { return }
      start.withMemoryRebound(to: CChar.self, capacity: buffer.count + 1) { body($0) }
    }
  }
}

extension Document {
  /// The version of libcmark that the program runs with: `0.30.2`.
  public static var libraryVersion: String { String(cString: cmark_version_string()) }
}
