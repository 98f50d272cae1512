import Diagnostics
import Texts

/// A sheet that a spreadsheet program saved: as text, CSV (RFC 4180) with a semicolon, comma or tab,
/// or as a page of a workbook.
public struct Sheet: Sendable {
  /// What stands between cells; nil for a page of a workbook.
  public let separator: Separator?
  /// The rows that have a cell which is not empty.
  public let rows: [Row]
  /// What only a page of a workbook has.
  public let page: Page?

  init(separator: Separator, rows: [Row]) {
    (self.separator, self.rows, page) = (separator, rows, nil)
  }

  public init(page: Page, rows: [Row]) {
    (separator, self.rows, self.page) = (nil, rows, page)
  }

  public struct Row: Sendable {
    /// The number of the row as a spreadsheet counts, from 1; empty rows count, line breaks in
    /// cells do not.
    public let number: Int
    @usableFromInline let storage: Storage

    /// Where the cells are: a page of a workbook has so many that each is kept by its place alone.
    @usableFromInline enum Storage: Sendable {
      case cells([Cell])
      case places(in: Source, Range<Int>)
    }

    init(number: Int, cells: [Cell]) {
      (self.number, storage) = (number, .cells(cells))
    }

    /// - Parameter window: the cells of the source that are this row.
    public init(number: Int, in source: Source, _ window: Range<Int>) {
      (self.number, storage) = (number, .places(in: source, window))
    }

    public var cells: [Cell] {
      switch storage {
      case .cells(let cells): cells
      case .places(let source, let window):
        window.map { Cell(value: Text(source: source, range: source.place(ofCell: $0))) }
      }
    }

    public var count: Int {
      switch storage {
      case .cells(let cells): cells.count
      case .places(_, let window): window.count
      }
    }

    /// Calls `body` with the text of a cell, which counts no references; with an empty one behind the
    /// last.
    @inlinable
    public func withBytes<Result>(at index: Int, _ body: (Span<UInt8>) -> Result) -> Result {
      switch storage {
      case .cells(let cells):
        return index < cells.count ? cells[index].value.withBytes(body) : Text("").withBytes(body)
      case .places(let source, let window):
        guard index < window.count else {
          return source.withBytes(SourceRange(start: 0, end: 0), body)
        }
        return source.withBytes(source.place(ofCell: window.lowerBound + index), body)
      }
    }

    public var isEmpty: Bool {
      (0..<count).allSatisfy { index in withBytes(at: index) { $0.isBlank } }
    }
  }

  public struct Cell: Sendable {
    /// The text without the quotes around it; its place is the cell.
    public let value: Text

    public init(value: Text) { self.value = value }

    /// Tells whether the cell has nothing but spaces, tabs and line breaks.
    public var isEmpty: Bool { value.withBytes { $0.isBlank } }
  }

  public enum Separator: UInt8, Sendable, CaseIterable {
    case semicolon = 0x3B
    case comma = 0x2C
    case tab = 0x09
  }
}

extension Sheet {
  /// Reads a sheet whose line ends are LF already, as ``Source`` reading makes them.
  ///
  /// A quote inside a cell that does not begin with one is a character, as in Excel. A first line
  /// `sep=;`, which Excel writes, is no row; it overrides `separator`.
  ///
  /// - Throws: ``SheetProblem/openQuote`` or ``SheetProblem/textAfterQuote``, at the cell.
  public static func read(_ source: Source, separator: Separator) throws(Diagnostic) -> Sheet {
    var reader = SheetReader(source.bytes, separator)
    while reader.offset < source.bytes.count { reader.readRow() }
    let marked = Source(name: source.name, bytes: source.bytes, cells: reader.grid)
    if let problem = reader.problem {
      let place = Text(source: marked, range: problem.range)
      throw Diagnostic(.sheet(problem.kind), at: place)
    }
    let rows = reader.rows.map { row in
      Row(number: row.number, cells: row.cells.map { $0.cell(in: marked) })
    }
    return Sheet(separator: reader.separator, rows: rows.filter { !$0.isEmpty })
  }
}

/// A single pass over the bytes of a sheet, row by row.
private struct SheetReader {
  private let bytes: [UInt8]
  private(set) var separator: Sheet.Separator
  private(set) var offset = 0
  private(set) var grid = CellGrid()
  private(set) var rows: [(number: Int, cells: [RawCell])] = []
  /// The first problem, which ends the reading, since the cells behind it cannot be told apart.
  private(set) var problem: (kind: SheetProblem, range: SourceRange)?
  private var number = 0

  /// A cell while the grid of cells is not complete, so that it cannot be a ``Text`` yet.
  struct RawCell {
    let range: SourceRange
    /// The value of a quoted cell; nil for a cell whose value is its range.
    var unquoted: [UInt8]?
    /// The runs of it as they stand in the sheet.
    var pieces: [Source.Piece] = []

    func cell(in source: Source) -> Sheet.Cell {
      let text = Text(source: source, range: range)
      return Sheet.Cell(
        value: unquoted.map { Text(computed: $0, from: text, pieces: pieces) } ?? text)
    }
  }

  init(_ bytes: [UInt8], _ separator: Sheet.Separator) {
    self.bytes = bytes
    self.separator = separator
    let mark = Array("sep=".utf8)
    let end = bytes.firstIndex(of: .lineFeed) ?? bytes.count
    if end == mark.count + 1, bytes.starts(with: mark),
      let own = Sheet.Separator(rawValue: bytes[mark.count])
    {
      self.separator = own
      offset = end + 1
    }
  }

  mutating func readRow() {
    number += 1
    var cells: [RawCell] = []
    grid.startRow(number)
    while true {
      let isQuoted = offset < bytes.count && bytes[offset] == .quote
      let cell = isQuoted ? readQuoted() : readPlain()
      grid.append(cell.range)
      cells.append(cell)
      guard offset < bytes.count, bytes[offset] == separator.rawValue else { break }
      offset += 1
    }
    offset += 1
    rows.append((number, cells))
  }

  private mutating func readPlain() -> RawCell {
    let start = offset
    while offset < bytes.count, !endsCell(bytes[offset]) { offset += 1 }
    return RawCell(range: SourceRange(start: start, end: offset))
  }

  private mutating func readQuoted() -> RawCell {
    let start = offset
    offset += 1
    var (value, pieces): ([UInt8], _) = ([], [Source.Piece(start: 0, origin: offset)])
    while offset < bytes.count {
      if bytes[offset] != .quote {
        value.append(bytes[offset])
      } else if offset + 1 < bytes.count, bytes[offset + 1] == .quote {
        let place = SourceRange(start: offset, end: offset + 2)
        pieces.append(Source.Piece(start: value.count, writtenAt: place))
        value.append(.quote)
        offset += 1
        pieces.append(Source.Piece(start: value.count, origin: offset + 1))
      } else {
        let end = endQuoted(start)
        return RawCell(range: SourceRange(start: start, end: end), unquoted: value, pieces: pieces)
      }
      offset += 1
    }
    fail(.openQuote, start..<start + 1)
    return RawCell(range: SourceRange(start: start, end: offset), unquoted: value)
  }

  /// Ends a cell at its closing quote, and returns the end of its text; anything but spaces between
  /// that and the separator is an error.
  private mutating func endQuoted(_ start: Int) -> Int {
    offset += 1
    let end = offset
    while offset < bytes.count, !endsCell(bytes[offset]) { offset += 1 }
    if !bytes[end..<offset].allSatisfy({ $0 == UInt8(ascii: " ") }) {
      fail(.textAfterQuote, start..<offset)
    }
    return end
  }

  private func endsCell(_ byte: UInt8) -> Bool {
    byte == separator.rawValue || byte == .lineFeed
  }

  private mutating func fail(_ kind: SheetProblem, _ range: Range<Int>) {
    if problem != nil { return }
    problem = (kind, SourceRange(start: range.lowerBound, end: range.upperBound))
    offset = bytes.count
  }
}

extension Span<UInt8> {
  /// Tells whether there is nothing but spaces, tabs and line breaks.
  public var isBlank: Bool { indices.allSatisfy { self[$0].isBlank } }
}

extension UInt8 {
  static let quote = UInt8(ascii: "\"")
  static let lineFeed = UInt8(ascii: "\n")

  var isBlank: Bool { self == 0x20 || self == 0x09 || self == 0x0A }
}
