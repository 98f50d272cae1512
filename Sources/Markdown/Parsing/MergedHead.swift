import Texts

/// The head of a table in two rows, of which the first has the names of groups of columns.
///
/// Our only addition to the rows of GFM, written so that every reader of pipe tables shows it well:
///
///     | TT | Unit | 2025 || 2026 ||
///     |:--:|:-----|---:|---:|---:|---:|
///     | ^^ | ^^   | **Cases** | **People** | **Cases** | **People** |
///
/// An empty cell of the header that is two pipes side by side goes on with the cell before it. Where
/// there is one, the first row belongs to the head if each of its cells is bold, or `^^`, which goes
/// on with the cell above.
struct MergedHead {
  /// By column; nil for a cell that is merged into another.
  private(set) var upper: [Cell?] = []
  private(set) var lower: [Cell?] = []

  struct Cell {
    let text: Range<Int>
    var columns = 1
    var rows = 1
  }

  /// nil for a table with any other head.
  init?(of table: PipeTable, source: Span<UInt8>) {
    guard let first = table.rows.first, MergedHead.mergesCells(table.header, source: source) else {
      return nil
    }
    var texts: [Range<Int>] = []
    forEachCell(of: table.header, source: source) { texts.append($0) }
    for (column, text) in texts.enumerated() {
      let goesOn = column > 0 && text.isEmpty && source[text.lowerBound - 1] == UInt8(ascii: "|")
      if goesOn, let start = upper.lastIndex(where: { $0 != nil }) {
        upper[start]?.columns += 1
        upper.append(nil)
      } else {
        upper.append(Cell(text: text))
      }
    }
    guard addLower(first.range, source: source), lower.count == upper.count else { return nil }
  }

  /// Tells whether two pipes stand side by side within a header.
  private static func mergesCells(_ header: Range<Int>, source: Span<UInt8>) -> Bool {
    let pipe = UInt8(ascii: "|")
    return header.dropFirst(2).contains { index in
      source[index] == pipe && source[index - 1] == pipe && source[index - 2] != UInt8(ascii: "\\")
    }
  }

  /// Adds the second row; false where it is no part of a head.
  private mutating func addLower(_ row: Range<Int>, source: Span<UInt8>) -> Bool {
    var texts: [Range<Int>] = []
    forEachCell(of: row, source: source) { texts.append($0) }
    for (column, text) in texts.enumerated() {
      let isBold =
        text.count > 4 && text.prefix(2).allSatisfy { source[$0] == UInt8(ascii: "*") }
        && text.suffix(2).allSatisfy { source[$0] == UInt8(ascii: "*") }
      let goesOn = text.count == 2 && text.allSatisfy { source[$0] == UInt8(ascii: "^") }
      if goesOn, column < upper.count, let above = upper[column], above.columns == 1 {
        upper[column]?.rows = 2
        lower.append(nil)
      } else if isBold {
        lower.append(Cell(text: text.lowerBound + 2..<text.upperBound - 2))
      } else {
        return false
      }
    }
    return true
  }
}
