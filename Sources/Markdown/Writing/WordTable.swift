import CCmark
import Texts

/// A table of WordprocessingML: as wide as the page, its columns by what they hold, its head repeated
/// on each page, no row parted.
struct WordTable {
  private var rows: [Row] = []
  private var needs: [ColumnNeed] = []
  private let isSmall: Bool
  private let size: Int
  private let width: Int

  private struct Row {
    var cells: [Cell] = []
    let isHead: Bool
  }

  private struct Cell {
    let runs: [UInt8]
    let alignment: Alignment
    let columns: Int
    let rows: Int
    /// It belongs to the cell above.
    let goesOn: Bool
  }

  /// On each side of a cell.
  private static let padding = (usual: 100, small: 60)

  /// - Parameter room: between the margins.
  init(columns: Int, on page: WordPage, room: Int) {
    isSmall = columns >= page.smallColumns
    size = isSmall ? page.smallTableSize : page.tableSize
    width = room
    needs = [ColumnNeed](repeating: ColumnNeed(), count: columns)
  }

  // MARK: What it holds

  mutating func beginRow(isHead: Bool) { rows.append(Row(isHead: isHead)) }

  /// Adds a cell of the row that began last.
  ///
  /// - Parameters:
  ///   - runs: nil where the cell goes on with the one above.
  ///   - text: the same, to be measured.
  mutating func add(
    _ runs: [UInt8]?, _ text: [UInt8], _ alignment: Alignment, columns: Int, rows rowCount: Int
  ) {
    guard let row = rows.indices.last else { return }
    let column = rows[row].cells.reduce(0) { $0 + $1.columns }
    guard column < needs.count else { return }
    rows[row].cells.append(
      Cell(
        runs: runs ?? [], alignment: alignment, columns: min(columns, needs.count - column),
        rows: rowCount, goesOn: runs == nil))
    guard columns == 1 else { return }
    let isBold = rows[row].isHead
    func longest(_ parts: [ArraySlice<UInt8>]) -> Int {
      let width = parts.map { LetterWidths.width($0.span, isBold: isBold) }.max()
      return width.map { $0 * size / 50 + 2 * padding + 20 } ?? 0
    }
    needs[column].add(
      longestWord: longest(text.split { $0 == 0x20 || $0 == 0x0A }),
      longestLine: longest(text.split(separator: 0x0A)), isHead: isBold)
  }

  private var padding: Int { isSmall ? Self.padding.small : Self.padding.usual }

  /// All of the room: what columns do not need is shared by what they hold; where the longest words
  /// do not fit beside each other, all give way.
  private var widths: [Int] {
    let least = needs.reduce(0) { $0 + $1.least }
    if least > width {
      return stretched(needs.map { max(1, $0.least * width / least) })
    }
    let widths = needs.widths(room: width)
    let used = widths.reduce(0, +)
    return stretched(used < width ? widths.map { $0 * width / max(1, used) } : widths)
  }

  /// What rounding left over goes to the last column.
  private func stretched(_ widths: [Int]) -> [Int] {
    guard let last = widths.last else { return widths }
    return widths.dropLast() + [max(1, last + width - widths.reduce(0, +))]
  }

  // MARK: Writing

  /// - Returns: where each paragraph of the last row can be told to stay with what follows.
  func append(to output: inout ByteBuffer) -> [Int] {
    let widths = widths
    output.append(literal: "<w:tbl><w:tblPr><w:tblStyle w:val=\"")
    output.append(literal: isSmall ? "BangNho" : "Bang")
    output.append(literal: "\"/><w:tblW w:w=\"")
    output.append(number: width)
    output.append(
      literal: "\" w:type=\"dxa\"/><w:jc w:val=\"center\"/><w:tblCellMar><w:left w:w=\"")
    output.append(number: padding)
    output.append(literal: "\" w:type=\"dxa\"/><w:right w:w=\"")
    output.append(number: padding)
    output.append(literal: "\" w:type=\"dxa\"/></w:tblCellMar><w:tblLook w:val=\"0020\"")
    output.append(literal: " w:firstRow=\"1\" w:lastRow=\"0\" w:firstColumn=\"0\"")
    output.append(literal: " w:lastColumn=\"0\" w:noHBand=\"1\" w:noVBand=\"1\"/>")
    output.append(literal: "</w:tblPr><w:tblGrid>")
    for width in widths { output.append(gridColumn: width) }
    output.append(literal: "</w:tblGrid>")
    let firstOfBody = rows.firstIndex { !$0.isHead } ?? rows.count
    var keeps: [Int] = []
    for (index, row) in rows.enumerated() {
      // Neither the first row nor the last one, often the total, stands on a page of its own.
      let isAtEdge = row.isHead || index == firstOfBody || index == rows.count - 2
      let isLast = index == rows.count - 1
      keeps = append(row, widths, isKept: isAtEdge && !isLast, to: &output)
    }
    output.append(literal: "</w:tbl>")
    return keeps
  }

  /// - Returns: where each paragraph of the row can be told to stay with what follows.
  private func append(
    _ row: Row, _ widths: [Int], isKept: Bool, to output: inout ByteBuffer
  ) -> [Int] {
    output.append(literal: "<w:tr><w:trPr><w:cantSplit/>")
    if row.isHead { output.append(literal: "<w:tblHeader/>") }
    output.append(literal: "</w:trPr>")
    var keeps: [Int] = []
    var column = 0
    for cell in row.cells {
      let end = column + cell.columns
      output.append(literal: "<w:tc><w:tcPr><w:tcW w:w=\"")
      output.append(number: widths[column..<end].reduce(0, +))
      output.append(literal: "\" w:type=\"dxa\"/>")
      if cell.columns > 1 {
        output.append(literal: "<w:gridSpan w:val=\"")
        output.append(number: cell.columns)
        output.append(literal: "\"/>")
      }
      if cell.goesOn {
        output.append(literal: "<w:vMerge/>")
      } else if cell.rows > 1 {
        output.append(literal: "<w:vMerge w:val=\"restart\"/>")
      }
      output.append(literal: "<w:vAlign w:val=\"center\"/></w:tcPr>")
      keeps.append(append(cell, isHead: row.isHead, isKept: isKept, to: &output))
      output.append(literal: "</w:tc>")
      column = end
    }
    output.append(literal: "</w:tr>")
    return keeps
  }

  /// - Returns: where its paragraph can be told to stay with what follows.
  private func append(
    _ cell: Cell, isHead: Bool, isKept: Bool, to output: inout ByteBuffer
  ) -> Int {
    output.append(literal: "<w:p><w:pPr><w:pStyle w:val=\"")
    output.append(literal: isHead ? "DauBang" : "OBang")
    output.append(literal: isSmall ? "Nho\"/>" : "\"/>")
    let keep = output.count
    if isKept { output.append(literal: "<w:keepNext/>") }
    if !isHead {
      switch cell.alignment {
      case .none, .left: break
      case .center: output.append(literal: "<w:jc w:val=\"center\"/>")
      case .right: output.append(literal: "<w:jc w:val=\"right\"/>")
      }
    }
    output.append(literal: "</w:pPr>")
    output.append(contentsOf: cell.runs)
    output.append(literal: "</w:p>")
    return keep
  }
}

extension ByteBuffer {
  fileprivate mutating func append(gridColumn width: Int) {
    append(literal: "<w:gridCol w:w=\"")
    append(number: width)
    append(literal: "\"/>")
  }
}

extension Node {
  /// The number of columns of a table, merged ones counted.
  var columnCount: Int {
    var count = 0
    var cell = firstRow?.firstChild
    while let node = cell {
      count += 1
      cell = node.next
    }
    return count
  }

  private var firstRow: Node? {
    var section = firstChild
    while let node = section {
      if node.tablePart == .head || node.tablePart == .body { return node.firstChild }
      section = node.next
    }
    return nil
  }
}
