import Diagnostics

extension Sheet {
  /// What a page of a workbook has beside its cells. Rows and columns count from 1.
  public struct Page: Sendable {
    public let name: String
    /// The areas whose cells are joined into one.
    public var merges: [Area] = []
    /// The cells of which something is to be said, in the order of the page.
    public var flaws: [Flaw] = []
    /// The rows and columns that are not shown, in order.
    public var hiddenRows: [Int] = []
    public var hiddenColumns: [ClosedRange<Int>] = []

    public init(name: String) { self.name = name }
  }

  /// Cells in a rectangle.
  public struct Area: Sendable, Equatable {
    public let rows: ClosedRange<Int>
    public let columns: ClosedRange<Int>

    public init(rows: ClosedRange<Int>, columns: ClosedRange<Int>) {
      (self.rows, self.columns) = (rows, columns)
    }
  }

  /// Something about one cell.
  public struct Flaw: Sendable {
    public let row: Int
    public let column: Int
    public let problem: WorkbookProblem

    public init(row: Int, column: Int, problem: WorkbookProblem) {
      (self.row, self.column, self.problem) = (row, column, problem)
    }
  }
}
