import Diagnostics
import Sheets
import Texts

/// The sheet that a page of a workbook makes, in the order of its cells.
///
/// The text of the sheet has a line a row, with ` | ` between cells, as messages show it.
struct PageBuilder {
  private var bytes: [UInt8] = []
  private var grid: CellGrid
  /// The ranges of the cells, one row behind the other.
  private var ranges: [SourceRange] = []
  private var rows: [(number: Int, end: Int)] = []
  private var page: Sheet.Page
  /// The joined areas of more than one row that the row at hand may lie in, by their column.
  private var joined: [Int: (area: Sheet.Area, cell: RawPage.Cell)] = [:]
  private let limit: Int
  /// Whether some text is not as a text of ours: decomposed letters, no-break spaces, what has no place
  /// in a text at all.
  private let isIrregular: Bool

  private init(_ raw: borrowing RawPage, _ name: String, cells limit: Int) {
    grid = CellGrid(page: name)
    page = Sheet.Page(name: name)
    page.merges = raw.merges
    page.hiddenRows = raw.hiddenRows
    page.hiddenColumns = raw.hiddenColumns
    page.flaws = raw.flaws
    self.limit = limit
    isIrregular = (try? Source.reading(name: "", bytes: raw.text.bytes).repairs.isEmpty) != true
  }

  /// Makes the sheet; nil where it would have more cells than the limit.
  static func sheet(
    _ raw: borrowing RawPage, name: String, file: String, cells limit: Int
  ) throws(Diagnostic) -> Sheet? {
    var builder = PageBuilder(raw, name, cells: limit)
    guard builder.append(raw) else { return nil }
    return try builder.finish(file)
  }

  private mutating func append(_ raw: borrowing RawPage) -> Bool {
    let areas = Dictionary(
      raw.merges.filter { $0.rows.count > 1 }.map {
        (CellPlace(row: $0.rows.lowerBound, column: $0.columns.lowerBound), $0)
      }
    ) { first, _ in first }
    bytes.reserveCapacity(raw.text.count + 3 * raw.cells.count)
    var index = 0
    while index < raw.cells.count {
      let row = raw.cells[index].row
      var end = index
      while end < raw.cells.count, raw.cells[end].row == row { end += 1 }
      append(row: Int(row), raw, index..<end, areas)
      if ranges.count > limit { return false }
      index = end
    }
    return true
  }

  private mutating func append(
    row: Int, _ raw: borrowing RawPage, _ cells: Range<Int>,
    _ areas: [CellPlace: Sheet.Area]
  ) {
    var column = 1
    for index in cells {
      let cell = raw.cells[index]
      fill(to: Int(cell.column), from: &column, row: row, raw)
      append(cell, row: row, column: column, raw)
      if !areas.isEmpty, let area = areas[CellPlace(row: row, column: column)] {
        joined[column] = (area, cell)
      }
      column += 1
    }
    if !joined.isEmpty {
      let last = joined.filter { $0.value.area.rows.contains(row) }.keys.max() ?? 0
      if last >= column { fill(to: last + 1, from: &column, row: row, raw) }
    }
    bytes.append(UInt8(ascii: "\n"))
    rows.append((row, ranges.count))
  }

  /// Adds the cells before one that has a text: empty ones, and those that are joined with one above.
  private mutating func fill(
    to end: Int, from column: inout Int, row: Int, _ raw: borrowing RawPage
  ) {
    while column < end {
      if !joined.isEmpty, let (area, cell) = joined[column], area.rows.contains(row) {
        append(cell, row: row, column: column, raw)
        page.flaws.append(
          Sheet.Flaw(row: row, column: column, problem: .mergedCells(1)))
      } else {
        startCell(column)
        ranges.append(SourceRange(start: bytes.count, end: bytes.count))
      }
      column += 1
    }
  }

  private mutating func append(
    _ cell: RawPage.Cell, row: Int, column: Int, _ raw: borrowing RawPage
  ) {
    startCell(column)
    let start = bytes.count
    grid.append(start: start, row: row, column: column)
    let text = raw.text.span.extracting(Int(cell.start)..<Int(cell.end))
    if isIrregular { bytes += mended(text) } else { bytes.append(text) }
    ranges.append(SourceRange(start: start, end: bytes.count))
  }

  private mutating func startCell(_ column: Int) {
    if column > 1 { bytes += [0x20, UInt8(ascii: "|"), 0x20] }
  }

  private mutating func finish(_ file: String) throws(Diagnostic) -> Sheet {
    let source = Source(name: file, bytes: bytes, cells: grid)
    if isIrregular { try source.checkCells() }
    var first = 0
    let rows = rows.map { row in
      defer { first = row.end }
      return Sheet.Row(number: row.number, in: source, ranges, first..<row.end)
    }
    page.flaws.sort { ($0.row, $0.column) < ($1.row, $1.column) }
    let flawed = Set(page.flaws.map(\.row))
    return Sheet(page: page, rows: rows.filter { !$0.isEmpty || flawed.contains($0.number) })
  }
}

/// The text of a cell with composed letters and plain spaces.
private func mended(_ text: Span<UInt8>) -> [UInt8] {
  let bytes = text.withUnsafeBufferPointer { Array($0) }
  return (try? Source.reading(name: "", bytes: bytes).source.bytes) ?? bytes
}

extension Source {
  /// - Throws: characters that have no place in a text, and letters that another program misread, at
  ///   their cells.
  fileprivate func checkCells() throws(Diagnostic) {
    do throws(Diagnostic) {
      _ = try Source.reading(name: name, bytes: bytes)
    } catch {
      func inCell(_ place: Text?) -> Text? { place.map { Text(source: self, range: $0.range) } }
      throw Diagnostic(
        error.kind, at: inCell(error.place),
        notes: error.notes.map { Diagnostic.Note($0.kind, at: inCell($0.place)) })
    }
  }
}
