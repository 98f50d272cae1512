import Diagnostics
import Sheets
import Texts

/// A page of a workbook as its cells come, before joined cells are filled and texts are mended.
struct RawPage: ~Copyable {
  /// The texts of all cells, one behind the other.
  var text = ByteBuffer()
  /// In the order of rows and columns.
  var cells: [Cell] = []
  var merges: [Sheet.Area] = []
  var flaws: [Sheet.Flaw] = []
  var hiddenRows: [Int] = []
  var hiddenColumns: [ClosedRange<Int>] = []

  struct Cell: BitwiseCopyable {
    let row: Int32
    let column: Int32
    /// Where its text stands.
    let start: Int32
    let end: Int32
  }
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
