import Texts

/// Finds the pipe tables of a text, line by line, with the block structure that CommonMark gives
/// it, so that a table begins and ends where GFM says: its header is the line of a paragraph before
/// the delimiter row, and it ends before a blank line, a line outside of its containers, and a line
/// that begins another block.
struct BlockScanner {
  private var line: ScannedLine
  private var containers: [Container] = []
  private var leaf = Leaf.none
  private var number = 0
  /// The line at hand has opened a container.
  private var hasOpened = false
  private(set) var tables: [PipeTable] = []
  private(set) var effort: ParsingEffort
  /// The lines of each paragraph, heading and cell, where the effort is limited.
  private(set) var texts: [[ContentLine]] = []

  private enum Leaf: Equatable {
    case none
    case paragraph(ParagraphLine)
    case fence(UInt8, length: Int)
    case html(HTMLBlockKind)
    case indentedCode
    case table
  }

  private enum Container: Equatable {
    case quote
    /// A list item whose content stands so many columns from that of its own container.
    case item(width: Int, isEmpty: Bool)
  }

  /// The last line of an open paragraph.
  private struct ParagraphLine: Equatable {
    /// Where the paragraph begins.
    let first: Int
    let content: Range<Int>
    let start: Int
    let number: Int
    var isFirst: Bool { first == content.lowerBound }
  }

  init(_ text: [UInt8], effort: ParsingEffort = ParsingEffort(isLimited: false)) {
    line = ScannedLine(text)
    self.effort = effort
  }

  /// Reads the whole text, or less of it where it takes more effort than there may be.
  mutating func scan() {
    while !effort.isTooMuch, line.beginNext() {
      number += 1
      effort.begin(line: number)
      scanLine()
    }
  }

  private mutating func scanLine() {
    var matched = 0
    while matched < containers.count, goesOn(matched) { matched += 1 }
    let isInside = matched == containers.count
    if isInside, goesOnInLeaf() { return }
    let isInParagraph = if case .paragraph = leaf { true } else { false }
    hasOpened = false
    if openBlocks(in: matched, isLazy: isInParagraph) { return }
    let isLazy = isInParagraph && !isInside && !hasOpened && !line.isEmpty
    if !isInside && !hasOpened && !isLazy { close(after: matched) }
    if !line.isEmpty { addText(isLazy: isLazy) }
  }

  // MARK: Containers

  /// Takes the prefix that goes on with a container off the line.
  private mutating func goesOn(_ index: Int) -> Bool {
    switch containers[index] {
    case .quote:
      guard line.indent < 4, line.first == UInt8(ascii: ">") else { return false }
      line.skipQuoteMark()
    case .item(let width, let isEmpty):
      if line.indent >= width {
        line.skip(columns: width)
      } else if line.isEmpty && !isEmpty {
        line.skip(columns: line.indent)
      } else {
        return false
      }
    }
    return true
  }

  private mutating func open(_ container: Container) {
    begin(.none)
    hasOpened = true
    containers.append(container)
    effort.note(depth: containers.count)
  }

  private mutating func close(after count: Int) {
    containers.removeLast(containers.count - count)
    leaf = .none
  }

  /// Begins a block in the innermost container.
  private mutating func begin(_ leaf: Leaf) {
    self.leaf = leaf
    effort.endLeaf()
    if case .item(let width, true) = containers.last {
      containers[containers.count - 1] = .item(width: width, isEmpty: false)
    }
  }

  // MARK: Blocks

  /// Tells whether the line belongs to the code, the HTML or the table that is open.
  private mutating func goesOnInLeaf() -> Bool {
    switch leaf {
    case .fence(let byte, let length):
      if line.closesFence(byte, length: length) { leaf = .none }
      return true
    case .html(let kind):
      if line.isEmpty && kind.endsAtBlankLine { break }
      if line.ends(kind) { leaf = .none }
      return true
    case .indentedCode where line.indent >= 4 || line.isEmpty: return true
    case .none, .paragraph, .indentedCode, .table: break
    }
    switch leaf {
    case .html, .indentedCode: leaf = .none
    case .paragraph where line.isEmpty, .table where line.isEmpty: leaf = .none
    default: break
    }
    return false
  }

  /// Opens the blocks that begin with this line inside of so many containers; tells whether none
  /// of it is left as text.
  private mutating func openBlocks(in matched: Int, isLazy: Bool) -> Bool {
    var isLazy = isLazy
    var interrupts = matched == containers.count && isLazy
    while !effort.isTooMuch, !line.isEmpty {
      if line.indent >= 4 {
        if !isLazy { beginLeaf(.indentedCode, in: matched) }
        return !isLazy
      }
      if let leaf = leafBegun(interrupts: interrupts, isLazy: isLazy) {
        beginLeaf(leaf, in: matched)
        return true
      }
      guard let container = containerBegun(interrupts: interrupts) else { return false }
      if !hasOpened { close(after: matched) }
      open(container)
      (isLazy, interrupts) = (false, false)
    }
    return false
  }

  private mutating func beginLeaf(_ leaf: Leaf, in matched: Int) {
    if !hasOpened { close(after: matched) }
    begin(leaf)
    effort.add(line.content, of: line.text)
    if effort.isLimited, line.first == UInt8(ascii: "#"), leaf == .none {
      texts.append([ContentLine(range: line.content)])
    }
  }

  /// The block that the line begins and that is no paragraph; `none` for one that ends with it.
  private mutating func leafBegun(interrupts: Bool, isLazy: Bool) -> Leaf? {
    switch line.first {
    case UInt8(ascii: "#"): return line.isHeading ? Leaf.none : nil
    case UInt8(ascii: "`"), UInt8(ascii: "~"):
      return line.fence.map { .fence($0.byte, length: $0.length) }
    case UInt8(ascii: "<"):
      guard let kind = line.html(mayBeText: isLazy) else { return nil }
      return line.ends(kind) ? Leaf.none : .html(kind)
    default:
      return interrupts && line.isUnderline || line.isRule() ? Leaf.none : nil
    }
  }

  /// Takes the mark of a quote or a list item off the line, if one begins here.
  private mutating func containerBegun(interrupts: Bool) -> Container? {
    if line.first == UInt8(ascii: ">") {
      line.skipQuoteMark()
      return .quote
    }
    let indent = line.indent
    guard let padding = line.skipMarker(interrupts: interrupts) else { return nil }
    return .item(width: indent + padding, isEmpty: true)
  }

  // MARK: Text

  private mutating func addText(isLazy: Bool) {
    let content = trimmed(line.content, source: line.text.span)
    var first = content.lowerBound
    switch leaf {
    case .paragraph(let header):
      if !isLazy, line.indent < 4, beginTable(header, delimiter: content) { return }
      first = header.first
    case .table where cellCount(of: content, source: line.text.span) > 0:
      effort.endLeaf()
      effort.add(line.content, of: line.text)
      return addRow(content)
    default: begin(.none)
    }
    effort.add(line.content, of: line.text)
    addToTexts(content, isFirst: first == content.lowerBound)
    leaf = .paragraph(
      ParagraphLine(first: first, content: content, start: line.start, number: number))
  }

  private mutating func addToTexts(_ content: Range<Int>, isFirst: Bool) {
    guard effort.isLimited else { return }
    if isFirst { texts.append([]) }
    texts[texts.count - 1].append(ContentLine(range: content))
  }

  private mutating func addCells(_ row: Range<Int>) {
    guard effort.isLimited else { return }
    var cells: [[ContentLine]] = []
    forEachCell(of: row, source: line.text.span) { cells.append([ContentLine(range: $0)]) }
    texts += cells
  }

  private mutating func beginTable(_ header: ParagraphLine, delimiter: Range<Int>) -> Bool {
    guard let alignments = delimiterRow(delimiter, source: line.text.span),
      cellCount(of: header.content, source: line.text.span) == alignments.count
    else { return false }
    let prefix = line.start..<delimiter.lowerBound
    let isInItem = if case .item = containers.last { true } else { false }
    let start = header.isFirst ? header.content.lowerBound : header.start
    tables.append(
      PipeTable(
        line: header.number, paragraph: header.first..<start,
        hidden: start..<delimiter.upperBound, lineBreaks: 1,
        prefix: header.isFirst ? 0..<0 : prefix, prefixInItem: isInItem ? prefix : nil,
        header: header.content, alignments: alignments))
    leaf = .table
    effort.endLeaf()
    // Its last line is the header.
    if effort.isLimited { texts[texts.count - 1].removeLast() }
    addCells(header.content)
    effort.add(row: tables[tables.count - 1])
    return true
  }

  private mutating func addRow(_ content: Range<Int>) {
    let last = tables.count - 1
    addCells(content)
    tables[last].prefixInItem = nil
    tables[last].rows.append(ContentLine(range: content))
    tables[last].lineBreaks += 1
    tables[last].hidden = tables[last].hidden.lowerBound..<content.upperBound
    effort.add(row: tables[last])
  }
}

/// A pipe table in a text.
struct PipeTable {
  /// The number of the line where `hidden` begins.
  let line: Int
  /// The lines before the header in its paragraph.
  let paragraph: Range<Int>
  /// What cmark reads a heading in place of.
  var hidden: Range<Int>
  /// The line breaks in it.
  var lineBreaks: Int
  /// The line breaks that cmark reads less.
  var lostLineBreaks: Int { prefixInItem == nil ? lineBreaks : lineBreaks - 1 }
  /// The container marks that stand before the heading in its place.
  let prefix: Range<Int>
  /// The container marks before the delimiter row, where it is the last row in a list item: to
  /// GFM, the row then counts as followed by a blank line.
  var prefixInItem: Range<Int>?
  let header: Range<Int>
  let alignments: [Alignment]
  var rows: [ContentLine] = []
}
