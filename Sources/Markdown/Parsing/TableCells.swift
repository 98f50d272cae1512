import CCmark

extension Node {
  /// Tells whether it is a paragraph, read by cmark or not.
  var isParagraph: Bool { type == CMARK_NODE_PARAGRAPH || tablePart == .plainParagraph }

  /// Puts a `div` around a block.
  func wrap(in opening: String) {
    let frame = Node.frame(opening, close: "</div>")
    frame.insertBefore(self)
    frame.append(self)
  }

  var onlyChild: Node? {
    guard let child = firstChild, child.next == nil else { return nil }
    return child
  }

  /// An element with the content of this block, which is left empty.
  ///
  /// - Parameter closing: the name of the element where `element` has attributes too.
  func renamed(_ element: String, id: String?, closing name: String? = nil) -> Node {
    let name = name ?? element
    let open = id.map { "<\(element) id=\"\($0)\">" } ?? "<\(element)>"
    if tablePart == .plainParagraph {
      let content = openingHTML.dropFirst("<p>".utf8.count).dropLast("</p>".utf8.count)
      return .html(Array(open.utf8) + content + Array("</\(name)>".utf8))
    }
    let block = Node.frame(open, close: "</\(name)>")
    block.takeChildren(of: self)
    return block
  }

  /// The text of a paragraph, a heading or a cell, in one line.
  var text: [UInt8] {
    var text: [UInt8] = []
    if tablePart == .plainParagraph {
      appendCellText(ofRows: openingHTML, to: &text)
      return text
    }
    forEachEvent { node, entering in
      switch node.type {
      case CMARK_NODE_TEXT, CMARK_NODE_CODE: if entering { node.appendLiteral(to: &text) }
      case CMARK_NODE_SOFTBREAK, CMARK_NODE_LINEBREAK: text.append(UInt8(ascii: " "))
      default: break
      }
    }
    return text
  }

  private var openingHTML: [UInt8] {
    var html: [UInt8] = []
    appendOpeningHTML(to: &html)
    return html
  }
}

/// The rows of a table, as they stand in its head and its body.
extension Node {
  /// The text of each cell.
  var cellTexts: [[[UInt8]]] {
    var rows: [[[UInt8]]] = []
    forEachRows { node in
      if node.tablePart == .row {
        var cells: [[UInt8]] = []
        node.forEachChild { cells.append($0.text) }
        rows.append(cells)
      } else {
        forEachCellText(ofRows: node.openingHTML) { text, isFirst in
          if isFirst { rows.append([]) }
          rows[rows.count - 1].append(text)
        }
      }
    }
    return rows
  }

  /// Makes the cells of a column the heads of the rows of a table's body.
  ///
  /// - Parameter column: counts from 1; a table without it stays as it is.
  func nameRows(byColumn column: Int) {
    forEachChild { section in
      guard section.tablePart == .body else { return }
      section.forEachChild { node in
        if node.tablePart == .row {
          node.child(column - 1)?.becomeRowHead()
        } else {
          node.setOpeningHTML(namingRows(node.openingHTML, byColumn: column))
        }
      }
    }
  }

  private func forEachRows(_ visit: (Node) -> Void) {
    forEachChild { section in
      if section.tablePart == .head || section.tablePart == .body { section.forEachChild(visit) }
    }
  }

  private func forEachChild(_ visit: (Node) -> Void) {
    var child = firstChild
    while let node = child {
      child = node.next
      visit(node)
    }
  }

  private func child(_ index: Int) -> Node? {
    var child = firstChild
    for _ in 0..<index { child = child?.next }
    return child
  }

  private func becomeRowHead() {
    setOpeningHTML(Array("<th scope=\"row\"".utf8) + openingHTML.dropFirst("<td".utf8.count))
    setClosingHTML("</th>")
  }
}

/// Calls `body` with the text of each cell of rows of HTML that this module wrote, and whether it is
/// the first of its row.
private func forEachCellText(
  ofRows html: [UInt8], _ body: (_ text: [UInt8], _ isFirst: Bool) -> Void
) {
  var isFirst = true
  var index = 0
  while let start = html[index...].firstIndex(of: UInt8(ascii: "<")) {
    let isRow = html[start...].starts(with: "<tr".utf8)
    let isCell = html[start...].starts(with: "<td".utf8) || html[start...].starts(with: "<th ".utf8)
    isFirst = isFirst || isRow
    index = (html[start...].firstIndex(of: UInt8(ascii: ">")) ?? html.endIndex - 1) + 1
    guard isCell else { continue }
    let end = cellEnd(html, from: index)
    var text: [UInt8] = []
    appendCellText(ofRows: Array(html[index..<end]), to: &text)
    body(text, isFirst)
    (isFirst, index) = (false, end)
  }
}

/// The place of the tag that closes the cell whose content begins at `start`.
private func cellEnd(_ html: [UInt8], from start: Int) -> Int {
  var index = start
  while let tag = html[index...].firstIndex(of: UInt8(ascii: "<")) {
    if html[tag...].starts(with: "</t".utf8) { return tag }
    index = tag + 1
  }
  return html.endIndex
}

/// Rows of HTML that this module wrote, with the cells of one column as heads of their rows.
private func namingRows(_ html: [UInt8], byColumn column: Int) -> [UInt8] {
  var output: [UInt8] = []
  output.reserveCapacity(html.count + html.count / 8)
  var (written, cell, index) = (0, 0, 0)
  while let tag = html[index...].firstIndex(of: UInt8(ascii: "<")) {
    index = tag + 1
    let rest = html[tag...]
    if rest.starts(with: "<tr".utf8) {
      cell = 0
    } else if rest.starts(with: "<td".utf8) {
      cell += 1
      guard cell == column else { continue }
      output += html[written..<tag]
      output += "<th scope=\"row\"".utf8
      written = tag + "<td".utf8.count
    } else if cell == column, rest.starts(with: "</td".utf8) {
      output += html[written..<tag]
      output += "</th".utf8
      written = tag + "</td".utf8.count
    }
  }
  return output + html[written...]
}
