import CCmark
import Texts

/// Writes a tree as paragraphs and tables of WordprocessingML, as they stand in the body of a
/// document.
///
/// Each block names a style, whose look the layout's styles decide:
///
/// | block | style |
/// | --- | --- |
/// | heading of level 2, 3, 4; of level 4 that is all emphasis | `MucI`, `Khoan`, `DeGiua`; `DeGiuaNghieng` |
/// | heading of level 1, in an annex also of level 4; the paragraph below that | `TenPhuLuc`; `DuoiTenPhuLuc` |
/// | paragraph, the same in a quote | `NoiDung`, `TrichDan` |
/// | item of a list with dashes, with numbers; its further paragraphs | `GachDau`, `DanhSo`, `TiepMuc` |
/// | name of a table, of a chart; a unit in emphasis | `TenBang`, `TenBieuDo`, `DonViTinh` |
/// | cell of a head, of a body; smaller in a table of many columns | `DauBang`, `OBang`; `DauBangNho`, `OBangNho` |
/// | picture, its caption | `Anh`, `ChuThichAnh` |
/// | code, rule | `Ma`, `DuongKe` |
///
/// Code within a text has the style `ChuDeuCot`, a link `LienKet`. A table or picture is no wider than
/// the page; a table of many columns stands on a page that is turned, with the heading and the line
/// above it. The marks of ``PageParts`` are followed; other raw HTML is left out.
struct WordWriter: ~Copyable {
  private let page: WordPage
  private(set) var parts: WordParts
  private var stretches: WordStretches
  private var runs = WordRuns()
  private var containers: [Container] = []
  private var mark: PageMark?
  /// A picture was the last block, whose caption may follow.
  private var isAfterPicture = false
  private var isAfterAnnexName = false

  private enum Container {
    case quote
    /// Of the list with that number.
    case list(Int, isOrdered: Bool)
    /// Whether a paragraph of the item was written.
    case item(isBegun: Bool)
  }

  init(_ page: WordPage, _ parts: WordParts) {
    (self.page, self.parts) = (page, parts)
    if case .annex(isTurned: true) = page.role {
      stretches = WordStretches(isTurned: true)
    } else {
      stretches = WordStretches(isTurned: false)
    }
  }

  private var room: WordPage.Area { stretches.isTurned ? page.turned : page.upright }

  mutating func write(_ root: Node) {
    if isAnnex, root.hasTable(widerThan: page.uprightColumns) {
      stretches = WordStretches(isTurned: true)
    }
    var current = root.firstChild
    while let node = current {
      if node.type == CMARK_NODE_HTML_BLOCK {
        mark = PageMark(node.literal)
        current = node.next
      } else {
        current = writeBlock(node)
      }
    }
  }

  /// The stretches, the last paragraph of which stays with the signature.
  consuming func finish() -> [WordStretch] {
    if case .body = page.role { stretches.keepLast() }
    return stretches.finish()
  }

  // MARK: Blocks of the top level

  /// Writes a block, and returns the one to go on with.
  private mutating func writeBlock(_ node: Node) -> Node? {
    let mark = takeMark()
    if node.tablePart == .table {
      writeTable(node)
    } else if let mark, node.isParagraph, let table = node.next, table.tablePart == .table {
      return write(table, named: node, mark)
    } else {
      turnBack()
      let place = stretches.end
      let isAfterPicture = isAfterPicture
      self.isAfterPicture = false
      writeContents(of: node, isCaption: isAfterPicture && node.isOnlyEmphasis)
      stretches.note(node.leading, at: place)
    }
    return node.next
  }

  private mutating func takeMark() -> PageMark? {
    defer { mark = nil }
    return mark
  }

  /// Writes a table or a chart below its name, and returns the block behind it.
  private mutating func write(_ table: Node, named name: Node, _ mark: PageMark) -> Node? {
    let place = stretches.end
    guard mark.kind == .chart else {
      turn(for: table)
      writeName(name, "TenBang")
      writeTable(table, isTurning: false)
      return table.next
    }
    turnBack()
    writeName(name, "TenBieuDo")
    let chart = ChartTable(kind: mark.word, id: "", title: name.text, rows: table.cellTexts)
    guard let pictures = parts.draw(chart) else {
      stretches.note(name.leading, at: place)
      writeTable(table)
      return table.next
    }
    for picture in pictures { write(picture) }
    if !mark.hidesTable { writeTable(table) }
    stretches.note(.nothing, at: stretches.end)
    return table.next
  }

  private mutating func write(_ picture: WordPicture) {
    runs.append(run: drawing(picture, [], fillsPage: true).span)
    writeParagraph("Anh")
  }

  // MARK: Blocks at any depth

  private mutating func writeContents(of root: Node, isCaption: Bool) {
    var isInTable = false
    root.forEachEvent { node, entering in
      if node.tablePart == .table {
        if entering { writeTable(node) }
        isInTable = entering
      } else if !isInTable {
        write(node, entering: entering, isCaption: isCaption)
      }
    }
  }

  private mutating func write(_ node: Node, entering: Bool, isCaption: Bool) {
    switch node.type {
    case CMARK_NODE_BLOCK_QUOTE: entering ? containers.append(.quote) : close()
    case CMARK_NODE_LIST: entering ? open(node) : close()
    case CMARK_NODE_ITEM: entering ? containers.append(.item(isBegun: false)) : closeItem()
    case CMARK_NODE_PARAGRAPH, CMARK_NODE_HEADING:
      entering ? runs.removeAll() : writeText(of: node, isCaption: isCaption)
    case CMARK_NODE_CODE_BLOCK: writeCode(node)
    case CMARK_NODE_THEMATIC_BREAK: writeParagraph("DuongKe")
    case CMARK_NODE_HTML_BLOCK, CMARK_NODE_HTML_INLINE: break
    default: takeInline(node, entering: entering)
    }
  }

  private mutating func close() { _ = containers.popLast() }

  private mutating func open(_ list: Node) {
    // An item without text before its first list has its mark all the same.
    if case .item(isBegun: false)? = containers.last { writeParagraph("NoiDung") }
    let level = min(listDepth, WordList.deepest)
    let number =
      list.isOrderedList
      ? parts.add(
        list: list.listStart, hasParenthesis: list.hasParenthesisDelimiter, level: level)
      : WordList.bullets
    containers.append(.list(number, isOrdered: list.isOrderedList))
  }

  private var listDepth: Int {
    containers.count { if case .list = $0 { true } else { false } }
  }

  private mutating func closeItem() {
    if case .item(isBegun: false)? = containers.last { writeParagraph("NoiDung") }
    close()
  }

  // MARK: Paragraphs

  private mutating func writeText(of node: Node, isCaption: Bool) {
    let isHeading = node.type == CMARK_NODE_HEADING
    defer { isAfterAnnexName = isHeading && isAnnex && node.headingLevel >= 4 }
    if runs.isEmpty { return }
    if isHeading { return writeParagraph(style(ofHeading: node)) }
    if node.onlyChild?.type == CMARK_NODE_IMAGE, containers.isEmpty {
      isAfterPicture = true
      return writeParagraph("Anh")
    }
    if isCaption || isPost && containers.isEmpty && node.isOnlyEmphasis {
      return writeParagraph("ChuThichAnh")
    }
    writeParagraph(isAfterAnnexName ? "DuoiTenPhuLuc" : "NoiDung")
  }

  private var isAnnex: Bool { if case .annex = page.role { true } else { false } }
  private var isPost: Bool { if case .post = page.role { true } else { false } }

  private func style(ofHeading node: Node) -> StaticString {
    switch node.headingLevel {
    case 1: "TenPhuLuc"
    case 2: "MucI"
    case 3: "Khoan"
    default: isAnnex ? "TenPhuLuc" : node.isOnlyEmphasis ? "DeGiuaNghieng" : "DeGiua"
    }
  }

  /// Writes a paragraph of the runs that were taken.
  ///
  /// - Parameter style: where no list or quote decides otherwise.
  private mutating func writeParagraph(_ style: StaticString) {
    let list = takeListMark()
    stretches.append(
      paragraph: self.style(style, isOrdered: list?.isOrdered), runs.finish(),
      list: list.map { ($0.number, $0.level) })
  }

  /// - Parameter isOrdered: of the list whose item begins; nil where none does.
  private func style(_ style: StaticString, isOrdered: Bool?) -> StaticString {
    if let isOrdered { return isOrdered ? "DanhSo" : "GachDau" }
    guard style.isSpelled("NoiDung") else { return style }
    switch containers.last {
    case .item: return "TiepMuc"
    case .quote: return "TrichDan"
    default: return style
    }
  }

  /// The number of the item whose first paragraph begins; nil where none does.
  private mutating func takeListMark() -> (number: Int, level: Int, isOrdered: Bool)? {
    guard case .item(isBegun: false)? = containers.last,
      case .list(let number, let isOrdered)? = containers.dropLast().last
    else { return nil }
    containers[containers.count - 1] = .item(isBegun: true)
    return (number, min(listDepth - 1, WordList.deepest), isOrdered)
  }

  private mutating func writeCode(_ node: Node) {
    var lines = node.literal.split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    runs.removeAll()
    for (number, line) in lines.enumerated() {
      if number > 0 { runs.append(run: Array("<w:r><w:br/></w:r>".utf8).span) }
      runs.take(text: Array(line), isCode: false)
    }
    writeParagraph("Ma")
  }

  // MARK: Tables

  /// Turns the page for a table that is too wide, from the heading and the line above it on.
  private mutating func turn(for table: Node) {
    if isAnnex || !containers.isEmpty { return }
    stretches.turn(table.columnCount > page.uprightColumns)
  }

  /// What comes behind a table on a turned page stands upright again.
  private mutating func turnBack() {
    if isAnnex || !containers.isEmpty { return }
    stretches.turnBack()
  }

  private mutating func writeTable(_ table: Node, isTurning: Bool = true) {
    if isTurning { turn(for: table) }
    stretches.keepLine()
    if let caption = table.firstChild, caption.tablePart == .caption {
      writeName(caption, "TenBang")
    }
    var writing = WordTable(columns: table.columnCount, on: page, room: room.width)
    var section = table.firstChild
    while let part = section {
      var row = part.tablePart == .caption ? nil : part.firstChild
      while let current = row {
        writing.beginRow(isHead: part.tablePart == .head)
        addCells(of: current, to: &writing)
        row = current.next
      }
      section = part.next
    }
    runs.removeAll()
    stretches.append(writing)
  }

  private mutating func addCells(of row: Node, to table: inout WordTable) {
    var covered = 0
    var current = row.firstChild
    while let cell = current {
      current = cell.next
      if cell.tablePart == .mergedCell {
        if covered > 0 { covered -= 1 } else { table.add(nil, [], .none, columns: 1, rows: 1) }
        continue
      }
      covered = cell.columnSpan - 1
      runs.removeAll()
      cell.forEachEvent { node, entering in
        if node.tablePart != .cell { takeInline(node, entering: entering) }
      }
      table.add(
        runs.finish(), cell.plainText, cell.alignment, columns: cell.columnSpan,
        rows: cell.rowSpan)
    }
  }

  /// Writes the name of a table: what is in emphasis alone, its unit, in a paragraph of its own.
  private mutating func writeName(_ name: Node, _ style: StaticString) {
    runs.removeAll()
    var inline = name.firstChild
    while let node = inline {
      inline = node.next
      switch node.type {
      case CMARK_NODE_LINEBREAK, CMARK_NODE_SOFTBREAK:
        if let next = node.next, next.type != CMARK_NODE_EMPH, !runs.isEmpty {
          takeInline(node, entering: true)
        }
      case CMARK_NODE_EMPH where name.tablePart == .caption:
        if !runs.isEmpty { writeParagraph(style) }
        takeInlines(of: node)
        writeParagraph("DonViTinh")
      default: takeInlines(of: node)
      }
    }
    if !runs.isEmpty { writeParagraph(style) }
  }

  // MARK: Inlines

  private mutating func takeInlines(of root: Node) {
    root.forEachEvent { takeInline($0, entering: $1) }
  }

  private mutating func takeInline(_ node: Node, entering: Bool) {
    guard let shown = runs.take(node, entering: entering) else { return }
    guard let picture = parts.picture(shown.target) else {
      let label = Array((page.pictureLabel.isEmpty ? "[" : "[\(page.pictureLabel) ").utf8)
      return runs.take(text: label + shown.description + Array("]".utf8), isCode: false)
    }
    runs.append(run: drawing(picture, shown.description, fillsPage: false).span)
  }

  /// The run of a picture, no larger than the page.
  private mutating func drawing(
    _ picture: WordPicture, _ description: [UInt8], fillsPage: Bool
  ) -> [UInt8] {
    var output = ByteBuffer()
    let description = picture.description.map { Array($0.utf8) } ?? description
    let size = room.fitting(width: picture.width, height: picture.height, fills: fillsPage)
    output.append(drawing: picture, number: parts.nextDrawing(), size, description)
    return output.bytes
  }
}

extension StaticString {
  fileprivate func isSpelled(_ other: StaticString) -> Bool {
    utf8CodeUnitCount == other.utf8CodeUnitCount
      && withUTF8Buffer { own in other.withUTF8Buffer { own.elementsEqual($0) } }
  }
}

extension Node {
  /// Tells whether a paragraph or a heading is one passage in emphasis.
  fileprivate var isOnlyEmphasis: Bool { onlyChild?.type == CMARK_NODE_EMPH }

  /// What it is to a table that stands right behind it.
  fileprivate var leading: WordStretches.Leading {
    type == CMARK_NODE_HEADING ? .heading : isParagraph ? .line : .nothing
  }

  /// Tells whether a block of the top level is a table of more columns.
  fileprivate func hasTable(widerThan columns: Int) -> Bool {
    var block = firstChild
    while let node = block {
      if node.tablePart == .table, node.columnCount > columns { return true }
      block = node.next
    }
    return false
  }
}
