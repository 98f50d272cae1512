import Diagnostics
import Sheets
import Texts

extension RawPage {
  /// The sheet of the page; nil where joined cells make it have more cells than the limit.
  consuming func sheet(file: String, cells limit: Int) throws(Diagnostic) -> Sheet? {
    endRow()
    var page = Sheet.Page(name: grid.page ?? "")
    (page.merges, page.flaws) = (merges, flaws)
    (page.hiddenRows, page.hiddenColumns) = (hiddenRows, hiddenColumns)
    let grid = grid
    let bytes = takeBytes()
    // Not as a text of ours: decomposed letters, no-break spaces, what has no place in a text at all.
    let isIrregular = (try? Source.reading(name: "", bytes: bytes).repairs.isEmpty) != true
    let areas = merges.filter { $0.rows.count > 1 }
    guard isIrregular || !areas.isEmpty else {
      return Sheet(page, Source(name: file, bytes: bytes, cells: grid))
    }
    let raw = Source(name: file, bytes: bytes, cells: grid)
    var builder = PageBuilder(raw, page, areas, isIrregular: isIrregular)
    guard builder.append(grid, cells: limit) else { return nil }
    return try builder.finish(file)
  }

  /// Its text, of which nothing is left here.
  private mutating func takeBytes() -> [UInt8] {
    let bytes = text.bytes
    text = ByteBuffer()
    return bytes
  }
}

extension Sheet {
  /// A page whose cells lie in a text, less rows that are empty.
  fileprivate init(_ page: Page, _ source: Source) {
    let flawed = Set(page.flaws.map(\.row))
    let count = source.cells?.rowCount ?? 0
    var rows: [Row] = []
    rows.reserveCapacity(count)
    for index in 0..<count {
      guard let (number, cells) = source.cells?.row(at: index) else { break }
      let row = Row(number: number, in: source, cells)
      if !row.isEmpty || flawed.contains(number) { rows.append(row) }
    }
    self.init(page: page, rows: rows)
  }
}

/// The sheet of a page that has joined cells, each of which gets the text, or texts to be mended.
private struct PageBuilder {
  private let raw: Source
  private let isIrregular: Bool
  /// The joined areas of more than one row by their first cell.
  private let areas: [CellPlace: Sheet.Area]
  private var bytes: [UInt8] = []
  private var grid: CellGrid
  private var page: Sheet.Page
  /// Those that the row at hand may lie in by their column, and the text of their first cell.
  private var joined: [Int: (area: Sheet.Area, text: SourceRange)] = [:]

  init(_ raw: Source, _ page: Sheet.Page, _ areas: [Sheet.Area], isIrregular: Bool) {
    (self.raw, self.page, self.isIrregular) = (raw, page, isIrregular)
    self.areas = Dictionary(
      areas.map { (CellPlace(row: $0.rows.lowerBound, column: $0.columns.lowerBound), $0) }
    ) { first, _ in first }
    grid = CellGrid(page: page.name)
    // What is joined adds to it; room that is not used takes no memory.
    bytes.reserveCapacity(2 * raw.bytes.count)
  }

  /// Appends all rows; false where there are more cells than the limit.
  mutating func append(_ rows: CellGrid, cells limit: Int) -> Bool {
    for index in 0..<rows.rowCount {
      let (number, cells) = rows.row(at: index)
      append(row: number, cells)
      if grid.places.count > limit { return false }
    }
    return true
  }

  private mutating func append(row: Int, _ cells: Range<Int>) {
    grid.startRow(row)
    let last = joined.filter { $0.value.area.rows.contains(row) }.keys.max() ?? 0
    for column in 1...max(cells.count, last, 1) {
      if column > 1 { bytes += [0x20, UInt8(ascii: "|"), 0x20] }
      let index = cells.lowerBound + column - 1
      append(row: row, column, index < cells.upperBound ? raw.place(ofCell: index) : nil)
    }
    bytes.append(UInt8(ascii: "\n"))
  }

  /// Adds a cell; one without a text of its own may be joined with one above.
  private mutating func append(row: Int, _ column: Int, _ own: SourceRange?) {
    var text = own ?? SourceRange(start: 0, end: 0)
    if !text.isEmpty {
      if let area = areas[CellPlace(row: row, column: column)] { joined[column] = (area, text) }
    } else if let (area, above) = joined[column], area.rows.contains(row) {
      text = above
      page.flaws.append(Sheet.Flaw(row: row, column: column, problem: .mergedCells(1)))
    }
    let start = bytes.count
    let isAsItIs = !isIrregular
    raw.withBytes(text) { text in
      if isAsItIs || text.isPlain { bytes.append(text) } else { bytes += mended(text) }
    }
    grid.append(SourceRange(start: start, end: bytes.count))
  }

  consuming func finish(_ file: String) throws(Diagnostic) -> Sheet {
    let source = Source(name: file, bytes: bytes, cells: grid)
    if isIrregular { try source.checkCells() }
    page.flaws.sort { ($0.row, $0.column) < ($1.row, $1.column) }
    return Sheet(page, source)
  }
}

extension Span<UInt8> {
  /// Tells whether there are only signs of ASCII that are seen, and blanks.
  fileprivate var isPlain: Bool {
    var index = 0
    while index < count, 0x20..<0x7F ~= self[index] { index += 1 }
    return index == count
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
