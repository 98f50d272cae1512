import Texts

/// A table as it is drawn in a text file: columns as wide as what they hold, cells in several lines
/// where the page is narrow, a rule of `=` under the head.
///
/// ```
/// +----+-------------------+---------+
/// | TT |     Chỉ tiêu      | Kết quả |
/// +====+===================+=========+
/// |  1 | Hội nghị          |       6 |
/// +----+-------------------+---------+
/// ```
///
/// Where the longest words do not fit beside each other, each row is a list of its cells, named by
/// the head. No word is broken in either form.
struct TextTable {
  /// The rows, the head first.
  var rows: [[[UInt8]]] = []
  /// Of each column.
  var alignments: [Alignment] = []

  /// The width of a page where nobody says another.
  static let usualWidth = 72

  /// Appends the table in lines of a width, each after so many blanks.
  func append(width: Int, indent: Int, to output: inout [UInt8]) {
    guard let form = TableForm(of: self, width: width - indent) else {
      return appendAsLists(width: width, indent: indent, to: &output)
    }
    var lines = ByteBuffer()
    form.append(self, indent: indent, to: &lines)
    output += lines.bytes
  }

  /// Each row as a list of its cells, parted by a blank line.
  private func appendAsLists(width: Int, indent: Int, to output: inout [UInt8]) {
    var lines = ByteBuffer()
    let head = rows.first ?? []
    let body = rows.count > 1 ? rows.dropFirst() : rows[...]
    for (number, row) in body.enumerated() {
      if number > 0 { lines.append(literal: "\n\n") }
      for (column, cell) in row.enumerated() {
        if column > 0 { lines.append(UInt8(ascii: "\n")) }
        let name = rows.count > 1 && column < head.count ? head[column] : []
        let named = (name.isEmpty ? [] : name + Array(": ".utf8)) + cell
        lines.append(
          paragraph: named.span, width: width, first: indent, hanging: indent + Self.hanging)
      }
    }
    output += lines.bytes
  }

  private static let hanging = 2
}

/// The columns of a table that is drawn.
private struct TableForm {
  private var widths: [Int]
  /// The blanks on each side of a cell.
  private let padding: Int

  /// The widths with which the table fits into a page; nil where a word is too long for that.
  init?(of table: TextTable, width: Int) {
    let count = table.alignments.count
    var needs = [ColumnNeed](repeating: ColumnNeed(), count: count)
    for (number, row) in table.rows.enumerated() {
      for (column, cell) in row.enumerated() where column < count {
        needs[column].add(
          longestWord: cell.span.longestWord,
          longestLine: WrappedText(cell.span, width: .max).widest, isHead: number == 0)
      }
    }
    let needed = needs.reduce(0) { $0 + $1.least }
    guard let padding = [1, 0].first(where: { needed <= width - (1 + count + 2 * $0 * count) })
    else { return nil }
    self.padding = padding
    widths = needs.widths(room: width - (1 + count + 2 * padding * count))
  }

  func append(_ table: TextTable, indent: Int, to output: inout ByteBuffer) {
    let rule = UInt8(ascii: "-")
    let rows = table.rows.map { row in cells(of: row) }
    let isTall = rows.dropFirst().contains { row in row.contains { $0.count > 1 } }
    appendRule(rule, indent, to: &output)
    for (number, row) in rows.enumerated() {
      let alignments = number == 0 ? table.alignments.map { _ in .center } : table.alignments
      append(row, alignments, indent, to: &output)
      let isLast = number + 1 == rows.count
      guard isTall || isLast || number == 0 else { continue }
      output.append(UInt8(ascii: "\n"))
      appendRule(number == 0 ? UInt8(ascii: "=") : rule, indent, to: &output)
    }
  }

  /// The lines of each cell of a row.
  private func cells(of row: [[UInt8]]) -> [[CellLine]] {
    widths.indices.map { column in
      guard column < row.count else { return [] }
      let cell = row[column]
      let wrapped = WrappedText(cell.span, width: widths[column])
      return wrapped.lines.map { line in
        var text = ByteBuffer()
        wrapped.append(line, to: &text)
        return CellLine(text: text.bytes, columns: line.columns)
      }
    }
  }

  private struct CellLine {
    let text: [UInt8]
    let columns: Int
  }

  private func append(
    _ cells: [[CellLine]], _ alignments: [Alignment], _ indent: Int, to output: inout ByteBuffer
  ) {
    for number in 0..<max(1, cells.map(\.count).max() ?? 0) {
      output.append(UInt8(ascii: "\n"))
      output.append(blanks: indent)
      output.append(UInt8(ascii: "|"))
      for (column, lines) in cells.enumerated() {
        let line = number < lines.count ? lines[number] : CellLine(text: [], columns: 0)
        let space = widths[column] - line.columns
        let before = alignments[column].blanksBefore(space)
        output.append(blanks: padding + before)
        output.append(contentsOf: line.text)
        output.append(blanks: space - before + padding)
        output.append(UInt8(ascii: "|"))
      }
    }
  }

  private func appendRule(_ sign: UInt8, _ indent: Int, to output: inout ByteBuffer) {
    output.append(blanks: indent)
    output.append(UInt8(ascii: "+"))
    for width in widths {
      output.append(sign, times: width + 2 * padding)
      output.append(UInt8(ascii: "+"))
    }
  }
}

extension Alignment {
  fileprivate func blanksBefore(_ space: Int) -> Int {
    switch self {
    case .none, .left: 0
    case .center: space / 2
    case .right: space
    }
  }
}
