/// How much of a workbook is read.
public struct WorkbookLimits: Sendable {
  public var container: ZipLimits
  /// The bytes of text in a page, and those that the pages share.
  public var text: Int
  /// The cells of a page, those between and before others among them.
  public var cells: Int
  /// The joined areas of a page; further ones are left out.
  public var merges: Int

  public init(container: ZipLimits, text: Int, cells: Int, merges: Int) {
    self.container = container
    (self.text, self.cells, self.merges) = (text, cells, merges)
  }

  public static let officeFiles = WorkbookLimits(
    container: .officeFiles, text: 64 << 20, cells: 8_000_000, merges: 100_000)
}
