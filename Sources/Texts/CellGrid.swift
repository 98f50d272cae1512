/// The cells of a sheet in its text, so that places are rows and columns as a spreadsheet counts.
public struct CellGrid: Sendable {
  /// Where each cell lies, one row behind the other; without holes in a row.
  public private(set) var places: [SourceRange] = []
  /// The numbers of the rows, and the index of the first cell of each.
  private var rows: [Row] = []
  /// The name of the page of a workbook; nil for a sheet that is a file of its own.
  public let page: String?

  private struct Row: BitwiseCopyable, Sendable {
    let number: Int32
    let first: Int32
  }

  public init(page: String? = nil) { self.page = page }

  /// Starts the row of a number, which counts from 1 and is larger than that of the row before.
  public mutating func startRow(_ number: Int) {
    rows.append(
      Row(
        number: Int32(truncatingIfNeeded: number), first: Int32(truncatingIfNeeded: places.count)))
  }

  /// Adds the next cell of the row.
  public mutating func append(_ place: SourceRange) { places.append(place) }

  public var rowCount: Int { rows.count }

  /// The number of a row, and the indices of its cells.
  public func row(at index: Int) -> (number: Int, cells: Range<Int>) {
    let end = index + 1 < rows.count ? Int(rows[index + 1].first) : places.count
    return (Int(rows[index].number), Int(rows[index].first)..<end)
  }

  /// The row and column of the cell that holds the byte at `offset`.
  func cell(at offset: Int) -> (line: Int, column: Int)? {
    let index = places.sortedIndex(after: { Int($0.start) <= offset }) - 1
    guard index >= 0 else { return nil }
    let row = rows[rows.sortedIndex(after: { Int($0.first) <= index }) - 1]
    return (Int(row.number), index - Int(row.first) + 1)
  }

  /// The name that a spreadsheet shows for the cell: `C5`.
  public func name(at offset: Int) -> String? {
    cell(at: offset).map { "\(Self.letters(ofColumn: $0.column))\($0.line)" }
  }

  /// A … Z, AA, AB, ….
  public static func letters(ofColumn column: Int) -> String {
    var letters = ""
    var rest = column
    while rest > 0 {
      let letter = UInt8(ascii: "A") + UInt8(truncatingIfNeeded: (rest - 1) % 26)
      letters = String(decoding: [letter], as: UTF8.self) + letters
      rest = (rest - 1) / 26
    }
    return letters
  }
}
