import Sheets
import Texts

/// Rows of a workbook's page that may together be the header: upper ones name groups of columns.
struct JoinedHead {
  /// The indices of the rows among the page's.
  let rows: ClosedRange<Int>
  /// The names above each column, from top to bottom.
  let columns: [[Sheet.Cell]]

  /// The headers that the names above a column may be: all together, the lowest, the one above.
  static func candidates(_ names: [Sheet.Cell]) -> [Text] {
    let all = names.map(\.value)
    if all.count < 2 { return all }
    let joined = Text(computed: Array(all.map(\.bytes).joined(separator: [0x20])), from: all.last)
    return [joined] + all.reversed()
  }
}

extension Sheet {
  /// The rows that may together be a header of two or three, where cells are joined there.
  func joinedHeads(among count: Int) -> [JoinedHead] {
    guard let page, let last = rows.prefix(count).last?.number else { return [] }
    let merges = page.merges.filter { $0.rows.lowerBound <= last }
    if merges.isEmpty { return [] }
    return rows.indices.prefix(count).flatMap { index in
      (index + 1..<min(index + 3, rows.count)).map { end in
        joinedHead(index...end, merges)
      }
    }
  }

  private func joinedHead(_ range: ClosedRange<Int>, _ merges: [Area]) -> JoinedHead {
    let width = range.map { rows[$0].cells.count }.max() ?? 0
    let columns = (0..<width).map { column in
      var names: [Sheet.Cell] = []
      for index in range {
        guard let cell = cell(rows[index], column, merges), names.last?.value != cell.value
        else { continue }
        names.append(cell)
      }
      return names
    }
    return JoinedHead(rows: range, columns: columns)
  }

  /// The cell of a row in a column, or the one it is joined with; nil where it is empty.
  private func cell(_ row: Row, _ column: Int, _ merges: [Area]) -> Cell? {
    if column < row.cells.count, !row.cells[column].isEmpty { return row.cells[column] }
    let area = merges.first { $0.rows.contains(row.number) && $0.columns.contains(column + 1) }
    guard let area, let top = self.row(numbered: area.rows.lowerBound),
      area.columns.lowerBound <= top.cells.count
    else { return nil }
    let cell = top.cells[area.columns.lowerBound - 1]
    return cell.isEmpty ? nil : cell
  }

  /// The row of a number; nil where it is empty.
  func row(numbered number: Int) -> Row? {
    let next = rows.sortedIndex(after: { $0.number < number })
    return next < rows.count && rows[next].number == number ? rows[next] : nil
  }
}
