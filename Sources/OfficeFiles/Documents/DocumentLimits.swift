/// How much of a document is read: a plan of a province has far less, a hostile file far more.
public struct DocumentLimits: Sendable {
  public var container: ZipLimits
  /// The bytes of text in a part.
  public var text: Int
  public var paragraphs: Int
  /// The cells of all tables.
  public var cells: Int

  public init(container: ZipLimits, text: Int, paragraphs: Int, cells: Int) {
    (self.container, self.text) = (container, text)
    (self.paragraphs, self.cells) = (paragraphs, cells)
  }

  public static let officeFiles = DocumentLimits(
    container: .officeFiles, text: 16 << 20, paragraphs: 200_000, cells: 400_000)
}
