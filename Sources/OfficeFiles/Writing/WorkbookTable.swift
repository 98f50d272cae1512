import Markdown
import Reports
import Texts

/// A table to write as a sheet.
struct WorkbookTable {
  /// What its sheet is called, as far as such a name may be.
  let title: String
  let head: [[UInt8]]
  let rows: [[Cell]]
  /// How the texts below each header become values.
  let readings: [ColumnReading]

  struct Cell {
    let text: [UInt8]
    var isStrong = false
    /// Its place in a file, for messages.
    var place: Text?
  }

  init(_ table: SheetTable) {
    title = table.type
    head = table.columns.map { Array($0.header.utf8) }
    rows = table.rows.map { row in
      row.map { Cell(text: $0.map { Array($0.bytes) } ?? [], place: $0) }
    }
    readings = table.columns.enumerated().map { index, column in
      switch column.content {
      case .text: .text
      case .figure, .percentage: .figures
      case .day: .days
      case .truth: .truth
      case .mixed:
        ColumnReading(of: table.rows.lazy.compactMap { $0[index] }.map { Array($0.bytes) })
      }
    }
  }

  init(_ table: DocumentTable, title: String) {
    self.title = title
    head = table.head
    rows = table.rows.map { row in row.map { Cell(text: $0.text, isStrong: $0.isStrong) } }
    readings = table.head.indices.map { index in
      ColumnReading(of: table.rows.lazy.compactMap { index < $0.count ? $0[index].text : nil })
    }
  }
}
