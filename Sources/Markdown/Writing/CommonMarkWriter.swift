import CCmark
import Texts

/// Writes the tree of prose as Markdown, from which the same tree is read: CommonMark and pipe
/// tables. Raw HTML becomes the text that it is written with, a link whose scheme could run code
/// leaves its text, and headings rank below those of a template.
///
/// Blocks are parted by a blank line, those of a tight list by none. Lists are indented by two
/// columns, code is fenced.
struct CommonMarkWriter {
  private(set) var output: [UInt8] = []
  /// What each line begins with: the marks of the containers that are open.
  private var prefix: [UInt8] = []
  /// The line already has its marks.
  private var isLineOpen = false

  /// How a list marks its items; lists next to each other differ.
  private struct Marker {
    let isOrdered: Bool
    let sign: UInt8
  }

  mutating func writeBlocks(of parent: Node, isTight: Bool) {
    var previous: Node?
    var marker: Marker?
    var current = parent.firstChild
    while let node = current {
      if previous != nil, !isTight { writeBlankLine() }
      marker = node.type == CMARK_NODE_LIST ? self.marker(of: node, after: marker) : nil
      write(node, marker)
      (previous, current) = (node, node.next)
    }
  }

  private mutating func write(_ node: Node, _ marker: Marker?) {
    switch node.type {
    case CMARK_NODE_BLOCK_QUOTE: writeQuote(node)
    case CMARK_NODE_LIST: if let marker { writeList(node, marker) }
    case CMARK_NODE_CODE_BLOCK: writeCode(node)
    case CMARK_NODE_HTML_BLOCK: writeParagraph(InlineText(rawHTML: node.literal))
    case CMARK_NODE_HEADING: writeHeading(node)
    case CMARK_NODE_THEMATIC_BREAK: writeRule()
    case CMARK_NODE_CUSTOM_BLOCK: writeTable(node)
    default: writeParagraph(InlineText(of: node))
    }
  }

  // MARK: Lines

  private mutating func beginLine() {
    if !isLineOpen { output += prefix }
    isLineOpen = false
  }

  private mutating func endLine() {
    output.append(UInt8(ascii: "\n"))
  }

  private mutating func writeBlankLine() {
    output += prefix[...].trimmingBlanksAtEnd
    endLine()
  }

  // MARK: Containers

  private mutating func writeQuote(_ node: Node) {
    beginLine()
    output.append(literal: "> ")
    writeContents(of: node, prefix: Array("> ".utf8), isTight: false)
  }

  /// Writes the blocks of a container whose mark was written, the lines after the first with that
  /// prefix.
  private mutating func writeContents(of node: Node, prefix mark: [UInt8], isTight: Bool) {
    let outer = prefix.count
    prefix += mark
    isLineOpen = true
    if node.firstChild == nil {
      output.removeSubrange(output[...].trimmingBlanksAtEnd.endIndex...)
      isLineOpen = false
      endLine()
    } else {
      writeBlocks(of: node, isTight: isTight)
    }
    prefix.removeLast(prefix.count - outer)
  }

  private func marker(of list: Node, after previous: Marker?) -> Marker {
    let (isOrdered, hasParenthesis) = (list.isOrderedList, list.hasParenthesisDelimiter)
    let (usual, other) = isOrdered ? (UInt8(ascii: "."), UInt8(ascii: ")")) : (45, 43)
    // `- - -` would be a rule.
    let couldBeRule = !isOrdered && isLineOpen && list.isEmptyAtStart
    let own = isOrdered && hasParenthesis || couldBeRule ? other : usual
    guard let previous, previous.isOrdered == isOrdered, previous.sign == own else {
      return Marker(isOrdered: isOrdered, sign: own)
    }
    return Marker(isOrdered: isOrdered, sign: own == usual ? other : usual)
  }

  private mutating func writeList(_ list: Node, _ marker: Marker) {
    let isTight = list.isTightList && list.canBeTight
    let indent = marker.isOrdered || list.isBesideMarker ? 0 : 2
    var number = list.listStart
    var current = list.firstChild
    while let item = current {
      if number > list.listStart, !isTight { writeBlankLine() }
      write(
        item, number: min(number, greatestNumber), marker, indent: indent, isTight: isTight)
      number += 1
      current = item.next
    }
  }

  private mutating func write(
    _ item: Node, number: Int, _ marker: Marker, indent: Int, isTight: Bool
  ) {
    var mark = [UInt8](repeating: UInt8(ascii: " "), count: indent)
    if marker.isOrdered { mark += String(number).utf8 }
    mark.append(marker.sign)
    mark.append(literal: marker.isOrdered && number < 10 ? "  " : " ")
    beginLine()
    output += mark
    let blanks = [UInt8](repeating: UInt8(ascii: " "), count: mark.count)
    writeContents(of: item, prefix: blanks, isTight: isTight)
  }

  // MARK: Leaves

  private mutating func writeParagraph(_ text: InlineText) {
    beginLine()
    text.write(in: .paragraph, linePrefix: prefix, to: &output)
    endLine()
  }

  private mutating func writeHeading(_ node: Node) {
    beginLine()
    output.append(contentsOf: repeatElement(35, count: min(6, node.headingLevel + 3)))
    if node.firstChild != nil {
      output.append(UInt8(ascii: " "))
      InlineText(of: node).write(in: .heading, linePrefix: [], to: &output)
    }
    endLine()
  }

  /// No dashes where they could be the underline of a heading or end the list.
  private mutating func writeRule() {
    let mayBeDashes = prefix.isEmpty
    beginLine()
    output.append(literal: mayBeDashes ? "-----" : "***")
    endLine()
  }

  private mutating func writeCode(_ node: Node) {
    let (code, info) = (node.literal, node.fenceInfo)
    let sign = info.contains(UInt8(ascii: "`")) ? UInt8(ascii: "~") : UInt8(ascii: "`")
    let fence = [UInt8](repeating: sign, count: max(3, code.longestRun(of: sign) + 1))
    beginLine()
    output += fence
    appendEscaped(info, "\\`~&", to: &output)
    endLine()
    for line in code.split(separator: 10, omittingEmptySubsequences: false).dropLast() {
      output += line.isEmpty ? prefix[...].trimmingBlanksAtEnd : prefix[...]
      output += line
      endLine()
    }
    output += prefix
    output += fence
    endLine()
  }

  // MARK: Tables

  private mutating func writeTable(_ table: Node) {
    var section = table.firstChild
    while let part = section {
      var current = part.firstChild
      while let row = current {
        writeRow(row) { cell, output in
          InlineText(of: cell).write(in: .cell, linePrefix: [], to: &output)
        }
        if part.tablePart == .head {
          writeRow(row) { cell, output in output.append(literal: cell.alignment.delimiter) }
        }
        current = row.next
      }
      section = part.next
    }
  }

  private mutating func writeRow(_ row: Node, _ writeCell: (Node, inout [UInt8]) -> Void) {
    beginLine()
    output.append(UInt8(ascii: "|"))
    var current = row.firstChild
    while let cell = current {
      output.append(UInt8(ascii: " "))
      let start = output.count
      writeCell(cell, &output)
      output.append(literal: output.count == start ? "|" : " |")
      current = cell.next
    }
    endLine()
  }
}

/// A marker has nine digits at most.
private let greatestNumber = 999_999_999

extension Alignment {
  fileprivate var delimiter: StaticString {
    switch self {
    case .none: "---"
    case .left: ":---"
    case .center: ":---:"
    case .right: "---:"
    }
  }
}

extension Node {
  /// Whether the blocks in the items of a list can follow each other without a blank line. All
  /// can as they were written, but raw HTML that became a paragraph, and links' definitions that
  /// went.
  fileprivate var canBeTight: Bool {
    var items = firstChild
    while let item = items {
      var current = item.firstChild
      while let block = current, let following = block.next {
        if !block.canStandBefore(following) { return false }
        current = following
      }
      items = item.next
    }
    return true
  }

  /// Whether a list, or one before it, begins behind the mark of its container: blanks there would move
  /// the content of the first item, and those that follow have to stand left of it.
  fileprivate var isBesideMarker: Bool {
    guard let parent, parent.type != CMARK_NODE_DOCUMENT else { return false }
    return parent.firstChild?.type == CMARK_NODE_LIST
  }

  /// Whether nothing stands in the first item of a list, or in that of the list it begins with.
  fileprivate var isEmptyAtStart: Bool {
    var list = self
    while let first = list.firstChild?.firstChild {
      guard first.type == CMARK_NODE_LIST else { return false }
      list = first
    }
    return true
  }

  private func canStandBefore(_ following: Node) -> Bool {
    switch type {
    case CMARK_NODE_PARAGRAPH, CMARK_NODE_HTML_BLOCK: !following.isText && following.interrupts
    case CMARK_NODE_LIST, CMARK_NODE_BLOCK_QUOTE:
      (!following.isText || !mayGoOn) && following.type != type
        && following.type != CMARK_NODE_CUSTOM_BLOCK && following.interrupts
    case CMARK_NODE_CUSTOM_BLOCK: !following.isText && following.type != type
    default: true
    }
  }

  /// Whether a line of text behind a list or quote would go on with what stands last in it.
  private var mayGoOn: Bool {
    var node = self
    while let last = node.lastChild {
      switch last.type {
      case CMARK_NODE_LIST, CMARK_NODE_ITEM, CMARK_NODE_BLOCK_QUOTE: node = last
      default: return last.isText || last.type == CMARK_NODE_CUSTOM_BLOCK
      }
    }
    return false
  }

  private var isText: Bool { type == CMARK_NODE_PARAGRAPH || type == CMARK_NODE_HTML_BLOCK }

  /// Whether a list may end a paragraph.
  private var interrupts: Bool {
    type != CMARK_NODE_LIST
      || (firstChild?.firstChild != nil && (!isOrderedList || listStart == 1))
  }
}

extension ArraySlice<UInt8> {
  fileprivate var trimmingBlanksAtEnd: ArraySlice<UInt8> {
    self[..<((lastIndex { $0 != UInt8(ascii: " ") } ?? startIndex - 1) + 1)]
  }
}
