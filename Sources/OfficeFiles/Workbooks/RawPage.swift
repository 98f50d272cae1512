import Diagnostics
import Sheets
import Texts

/// A page of a workbook as its cells come: the sheet that they make, before joined cells are filled and
/// texts are mended.
///
/// Its text has a line a row, with ` | ` between cells, as messages show it.
struct RawPage: ~Copyable {
  var text = ByteBuffer()
  private(set) var grid: CellGrid
  private(set) var merges: [Sheet.Area] = []
  private(set) var flaws: [Sheet.Flaw] = []
  private(set) var hiddenRows: [Int] = []
  private(set) var hiddenColumns: [ClosedRange<Int>] = []
  /// The last cell.
  private var place = CellPlace(row: 0, column: 0)
  private var cellStart = 0
  /// The number of cells of a column that show less than they hold, and the index of the last flaw that
  /// tells of them.
  private var rounded: [Int: (count: Int, flaw: Int)] = [:]

  init(name: String) { grid = CellGrid(page: name) }

  /// The number of cells, empty ones between others among them.
  var cellCount: Int { grid.places.count }

  /// The bytes of their texts, about: what stands between cells has three bytes.
  var textCount: Int { text.count - 3 * cellCount }

  /// Begins a cell behind the others, whose text is what is appended until its end.
  mutating func startCell(_ next: CellPlace) {
    if next.row != place.row {
      endRow()
      grid.startRow(next.row)
      place = CellPlace(row: next.row, column: 0)
    }
    while true {
      if place.column > 0 { text.append(literal: " | ") }
      place.column += 1
      cellStart = text.count
      if place.column == next.column { return }
      endCell()
    }
  }

  mutating func endCell() { grid.append(SourceRange(start: cellStart, end: text.count)) }

  /// Ends the row at hand.
  mutating func endRow() { if place.row > 0 { text.append(UInt8(ascii: "\n")) } }

  // MARK: - What is to be said

  /// The number of cells of a column that are each told of as showing less than they hold. Further ones
  /// are counted with the last; so many rows are no head.
  private static let toldRoundings = 64

  mutating func note(_ problem: WorkbookProblem, at place: CellPlace) {
    if case .rounded = problem {
      rounded[place.column] = ((rounded[place.column]?.count ?? 0) + 1, flaws.count)
    }
    flaws.append(Sheet.Flaw(row: place.row, column: place.column, problem: problem))
  }

  /// Counts a cell that shows less than it holds with others; false where it is to be told of.
  mutating func countRounded(inColumn column: Int) -> Bool {
    guard let known = rounded[column], known.count >= RawPage.toldRoundings else { return false }
    let flaw = flaws[known.flaw]
    guard case .rounded(let stored, let shown, let count) = flaw.problem else { return false }
    flaws[known.flaw] = Sheet.Flaw(
      row: flaw.row, column: column,
      problem: .rounded(stored: stored, shown: shown, count: count + 1))
    return true
  }

  mutating func join(_ area: Sheet.Area) { merges.append(area) }
  mutating func hide(row: Int) { hiddenRows.append(row) }
  mutating func hide(columns: ClosedRange<Int>) { hiddenColumns.append(columns) }
}

/// Where a cell is, from its name, `AB12`. Both count from 1.
struct CellPlace: Hashable {
  var row: Int
  var column: Int

  static let rows = 1...1_048_576
  static let columns = 1...16_384

  init(row: Int, column: Int) { (self.row, self.column) = (row, column) }

  /// nil for a name that no cell has.
  init?(_ name: Span<UInt8>) {
    var (row, column, index) = (0, 0, 0)
    while index < name.count, 0x41...0x5A ~= name[index], column < 1 << 20 {
      column = column * 26 + Int(name[index] - 0x40)
      index += 1
    }
    guard index < name.count else { return nil }
    while index < name.count, 0x30...0x39 ~= name[index], row < 1 << 24 {
      row = row * 10 + Int(name[index] - 0x30)
      index += 1
    }
    guard index == name.count, CellPlace.rows ~= row, CellPlace.columns ~= column else {
      return nil
    }
    (self.row, self.column) = (row, column)
  }
}

extension Sheet.Area {
  /// The area of a reference, `B2:C5` or `B2`; nil for none.
  init?(_ reference: String) {
    let ends = reference.split(separator: ":", omittingEmptySubsequences: false).map {
      CellPlace(Array($0.utf8).span)
    }
    guard 1...2 ~= ends.count, let first = ends[0], let last = ends[ends.count - 1],
      first.row <= last.row, first.column <= last.column
    else { return nil }
    self.init(rows: first.row...last.row, columns: first.column...last.column)
  }
}
