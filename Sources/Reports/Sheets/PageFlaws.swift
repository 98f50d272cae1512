import Diagnostics
import Sheets
import Texts

/// What is to be said of the cells of a workbook's page that are imported.
struct PageFlaws {
  private(set) var problems: [Diagnostic] = []
  /// The offsets in the sheet's text of cells without a value that could be checked.
  private var flawed: Set<Int32> = []

  /// Tells whether a problem is that of a cell whose value is none.
  func explains(_ problem: Diagnostic) -> Bool {
    problem.place.map { flawed.contains($0.place.range.start) } ?? false
  }
}

extension Sheet {
  /// What is to be said of a page, below its headers; nothing of a sheet that is no page.
  ///
  /// - Parameter known: what is known of the workbook.
  func flaws(below header: SheetHeader, knowing known: [WorkbookProblem]) -> PageFlaws {
    guard let page, let first = header.cells.first(where: { !$0.isEmpty }) else {
      return PageFlaws()
    }
    var flaws = PageFlaws()
    flaws.add(known.map { Diagnostic(.office(.sheet($0)), at: first.value) })
    let imported = Set(header.fields.indices.filter { header.fields[$0] != nil }.map { $0 + 1 })
    let top = rows[header.index].number
    let hidden = page.hiddenRows.filter { $0 > top && row(numbered: $0) != nil }
    if !hidden.isEmpty { flaws.add(.hiddenRows(hidden), at: first.value) }
    let columns = imported.sorted().filter { column in
      page.hiddenColumns.contains { $0.contains(column) }
    }
    if !columns.isEmpty {
      flaws.add(.hiddenColumns(columns.map(CellGrid.letters)), at: first.value)
    }
    let cells = page.flaws.filter { $0.row > top && imported.contains($0.column) }
    for flaw in cells.joined {
      guard let row = row(numbered: flaw.row),
        flaw.column <= row.cells.count
      else { continue }
      flaws.add(flaw.problem, at: row.cells[flaw.column - 1].value)
    }
    return flaws
  }
}

extension PageFlaws {
  fileprivate mutating func add(_ diagnostics: [Diagnostic]) { problems += diagnostics }

  fileprivate mutating func add(_ problem: WorkbookProblem, at cell: Text) {
    let diagnostic = Diagnostic(.office(.sheet(problem)), at: cell)
    problems.append(diagnostic)
    if diagnostic.severity == .error { flawed.insert(cell.range.start) }
  }
}

extension [Sheet.Flaw] {
  /// The flaws, with one in place of several cells that show less than they hold, a column each, and
  /// one in place of all cells that are joined with those above.
  fileprivate var joined: [Sheet.Flaw] {
    var rounded: [Int: Int] = [:]
    var merged = 0
    for flaw in self {
      switch flaw.problem {
      case .rounded(_, _, let count): rounded[flaw.column, default: 0] += count
      case .mergedCells: merged += 1
      default: break
      }
    }
    var seen: Set<Int> = []
    return compactMap { flaw in
      switch flaw.problem {
      case .rounded(let stored, let shown, _):
        guard seen.insert(flaw.column).inserted else { return nil }
        let count = rounded[flaw.column] ?? 1
        return Sheet.Flaw(
          row: flaw.row, column: flaw.column,
          problem: .rounded(stored: stored, shown: shown, count: count))
      case .mergedCells:
        defer { merged = 0 }
        guard merged > 0 else { return nil }
        return Sheet.Flaw(row: flaw.row, column: flaw.column, problem: .mergedCells(merged))
      default: return flaw
      }
    }
  }
}
