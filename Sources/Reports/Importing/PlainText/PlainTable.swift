/// A table in plain text: drawn of signs, in rows with `|`, or with tabs between the cells.
struct PlainTable {
  private(set) var rows: [[String]] = []
  /// Whether a line below the first row says that it has the titles.
  private(set) var hasHead = false
  /// The lines that were looked at.
  private(set) var count = 0

  /// Tells whether the lines are a table.
  var isTable: Bool { rows.count > 1 }

  /// The table that begins with the first of the lines, if there is one.
  init(_ lines: ArraySlice<TextLine>) {
    guard let first = lines.first else { return }
    if first.isTableRule {
      readDrawn(lines)
    } else if first.content.hasPrefix("|") || first.content.contains(" | ") {
      readRows(lines)
    } else if first.hasTab {
      readTabs(lines)
    }
  }

  // MARK: Drawn tables

  /// Reads rows between rules; where there is a rule below the head and none below that, each line is a row.
  private mutating func readDrawn(_ lines: ArraySlice<TextLine>) {
    let own = lines.prefix { $0.isTableRule || $0.tableContent.hasPrefix("|") }
    count = own.count
    let rules = own.indices.filter { own[$0].isTableRule }
    let head = rules.dropFirst().first ?? own.endIndex
    let body = rules.dropFirst(2).filter { $0 < own.endIndex - 1 }
    hasHead = rules.count > 1 && head < own.endIndex - 1
    var row: [[String]] = []
    for index in own.indices {
      guard !own[index].isTableRule else {
        close(&row)
        continue
      }
      row.append(own[index].cells)
      if index > head, body.isEmpty { close(&row) }
    }
    close(&row)
  }

  /// Adds the lines of a row, its cells below each other.
  private mutating func close(_ lines: inout [[String]]) {
    guard let width = lines.map(\.count).max() else { return }
    rows.append(
      (0..<width).map { column in
        lines.compactMap { column < $0.count ? $0[column] : nil }.filter { !$0.isEmpty }
          .joined(separator: " ")
      })
    lines = []
  }

  // MARK: Rows with signs

  private mutating func readRows(_ lines: ArraySlice<TextLine>) {
    let width = lines.first.map(\.cells.count) ?? 0
    let own = lines.prefix { line in
      let isRow = line.content.hasPrefix("|") || line.content.contains(" | ")
      return isRow && !line.isTableRule && (line.cells.count == width || line.isMarkdownRule)
    }
    count = own.count
    rows = own.filter { !$0.isMarkdownRule }.map(\.cells)
    hasHead = own.dropFirst().first?.isMarkdownRule ?? false
  }

  // MARK: Tabs

  private mutating func readTabs(_ lines: ArraySlice<TextLine>) {
    let width = lines.first.map(\.tabbed.count) ?? 0
    for line in lines where !line.isBlank {
      let cells = line.tabbed
      // An item of a list has a tab behind its number; a row may have no last cells.
      let isItem = cells.count == 2 && cells[0].isLabel
      guard 2...max(width, 2) ~= cells.count, !isItem else { break }
      rows.append(cells)
    }
    count = max(rows.count, 1)
  }

  // MARK: What it becomes

  func written(numberedFrom number: inout Int) -> WrittenTable {
    var table = WrittenTable()
    for (index, texts) in rows.enumerated() {
      var row = WrittenRow()
      row.isHead = hasHead && index == 0
      for text in texts {
        var cell = WrittenCell()
        cell.paragraphs = [WrittenParagraph(text, &number)]
        row.cells.append(cell)
      }
      table.rows.append(row)
    }
    return table
  }
}

extension WrittenParagraph {
  /// A paragraph of plain text, with the next number.
  init(_ text: String, _ number: inout Int) {
    self.init()
    number += 1
    (self.text, self.number) = (text, number)
  }
}

extension TextLine {
  /// The line with the signs of drawing that a keyboard has.
  fileprivate var tableContent: String {
    guard let first = content.first, "│┃║┌├└╔╠╚┏┣┗".contains(first) else { return content }
    return String(
      content.map { sign in
        switch sign {
        case "│", "┃", "║": "|"
        case "─", "━", "═": "-"
        case "\u{2500}"..."\u{257F}": "+"
        default: sign
        }
      })
  }

  /// `+----+=====+`
  fileprivate var isTableRule: Bool {
    let text = tableContent
    return text.hasPrefix("+") && text.count > 3 && text.allSatisfy { "+-=:".contains($0) }
  }

  /// `|---|:---:|`
  fileprivate var isMarkdownRule: Bool {
    content.contains("-") && content.allSatisfy { "|-: ".contains($0) }
  }

  /// Tells whether it looks like a line of a table with signs.
  var isOfTable: Bool { isTableRule || tableContent.hasPrefix("|") }

  /// What stands between tabs.
  fileprivate var tabbed: [String] {
    text.split(separator: "\t", omittingEmptySubsequences: false).map(\.cleaned)
  }

  fileprivate var cells: [String] {
    var text = tableContent[...]
    if text.hasPrefix("|") { text = text.dropFirst() }
    if text.hasSuffix("|") { text = text.dropLast() }
    return text.split(separator: "|", omittingEmptySubsequences: false).map(\.cleaned)
  }
}

extension String {
  /// Tells whether it is nothing but the label of an item: `1.`, `a)`, `-`, `•`.
  fileprivate var isLabel: Bool {
    count <= 6 && (last.map { ".)/-–+•●o".contains($0) } ?? false) && !contains(" ")
  }
}
