/// Writes a sheet as Excel for Vietnam opens it right: UTF-8 with a byte order mark, CR LF.
public struct SheetWriter: Sendable {
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

  /// Quotes what another program could cut, join or trim.
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
