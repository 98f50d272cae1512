/// A writer of sheets in the form that a Vietnamese Excel opens right: UTF-8 with a byte order mark,
/// and CR LF at the end of rows.
public struct SheetWriter: Sendable {
  /// The sheet so far.
  public private(set) var bytes: [UInt8] = [0xEF, 0xBB, 0xBF]
  private let separator: Sheet.Separator

  public init(_ separator: Sheet.Separator) {
    self.separator = separator
  }

  public mutating func writeRow(_ cells: [ArraySlice<UInt8>]) {
    for (index, cell) in cells.enumerated() {
      if index > 0 { bytes.append(separator.rawValue) }
      write(cell)
    }
    bytes += [0x0D, 0x0A]
  }

  /// Writes a cell, in quotes where another program could split or trim it.
  private mutating func write(_ cell: ArraySlice<UInt8>) {
    let needsQuotes =
      cell.first == UInt8(ascii: " ") || cell.last == UInt8(ascii: " ")
      || cell.contains { byte in
        byte == .quote || byte < 0x20
          || Sheet.Separator.allCases.contains { $0.rawValue == byte }
      }
    guard needsQuotes else { return bytes += cell }
    bytes.append(.quote)
    for byte in cell {
      if byte == .quote { bytes.append(.quote) }
      bytes.append(byte)
    }
    bytes.append(.quote)
  }
}
