/// The cells of a sheet in its text, so that places are rows and columns as a spreadsheet counts.
public struct CellGrid: Sendable {
  /// The place where each cell begins, in order.
  private var starts: [Int32] = []
  private var rows: [Int32] = []
  private var columns: [Int32] = []
  /// The name of the page of a workbook; nil for a sheet that is a file of its own.
  public let page: String?

  public init(page: String? = nil) { self.page = page }

  /// Adds the next cell; row and column count from 1.
  public mutating func append(start: Int, row: Int, column: Int) {
    starts.append(Int32(truncatingIfNeeded: start))
    rows.append(Int32(truncatingIfNeeded: row))
    columns.append(Int32(truncatingIfNeeded: column))
  }

  /// The row and column of the cell that holds the byte at `offset`.
  func cell(at offset: Int) -> (line: Int, column: Int)? {
    var range = 0..<starts.count
    while !range.isEmpty {
      let middle = range.lowerBound + range.count / 2
      if starts[middle] <= Int32(truncatingIfNeeded: offset) {
        range = middle + 1..<range.upperBound
      } else {
        range = range.lowerBound..<middle
      }
    }
    guard range.lowerBound > 0 else { return nil }
    let index = range.lowerBound - 1
    return (Int(rows[index]), Int(columns[index]))
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
