import Texts

/// The page that a document of Word is written for, in twentieths of a point.
public struct WordPage: Sendable {
  /// The room between the margins, upright and turned.
  public let upright: Area
  public let turned: Area
  /// With more columns than these, a table stands on a turned page.
  public let uprightColumns: Int
  /// From so many columns on, letters of a table are smaller.
  public let smallColumns: Int
  /// The sizes of letters in tables.
  public let tableSize: Int
  public let smallTableSize: Int
  /// Stands before the description of a picture that cannot be shown: `[Ảnh: …]`.
  public let pictureLabel: String
  public let role: Role

  public struct Area: Sendable {
    public let width: Int
    public let height: Int

    public init(width: Int, height: Int) { (self.width, self.height) = (width, height) }
  }

  public enum Role: Sendable {
    /// The body of a document, behind which its signature stands: turned pages are parts of it.
    case body
    /// The body of a post: paragraphs in emphasis are captions.
    case post
    /// An annex, which is turned as a whole, also where one of its tables asks for it.
    case annex(isTurned: Bool)
  }

  public init(
    upright: Area, turned: Area, uprightColumns: Int, smallColumns: Int, tableSize: Int,
    smallTableSize: Int, pictureLabel: String, role: Role
  ) {
    (self.upright, self.turned) = (upright, turned)
    (self.uprightColumns, self.smallColumns) = (uprightColumns, smallColumns)
    (self.tableSize, self.smallTableSize) = (tableSize, smallTableSize)
    (self.pictureLabel, self.role) = (pictureLabel, role)
  }
}

/// Paragraphs and tables that stand on pages of one direction.
public struct WordStretch: Sendable {
  public internal(set) var xml: [UInt8]
  public let isTurned: Bool
}

/// What stands beside the text of a file of Word: the lists that its paragraphs are numbered by, and
/// its pictures. One for all documents that go into a file.
public struct WordParts {
  /// An ordered list; ``WordList/bullets`` stands for all others.
  public private(set) var lists: [WordList] = []
  private var drawingCount = 0
  /// The pictures that a target of Markdown stands for; empty where it cannot be shown.
  let picture: (_ target: [UInt8]) -> WordPicture?
  /// The pictures that a chart is drawn as, one below the other; nil where it cannot be drawn.
  let draw: (_ chart: ChartTable) -> [WordPicture]?

  public init(
    picture: @escaping (_ target: [UInt8]) -> WordPicture?,
    draw: @escaping (_ chart: ChartTable) -> [WordPicture]?
  ) {
    (self.picture, self.draw) = (picture, draw)
  }

  /// The number of a new list.
  mutating func add(list start: Int, hasParenthesis: Bool, level: Int) -> Int {
    let number = WordList.bullets + 1 + lists.count
    lists.append(
      WordList(number: number, start: start, hasParenthesis: hasParenthesis, level: level))
    return number
  }

  mutating func nextDrawing() -> Int {
    drawingCount += 1
    return drawingCount
  }
}

/// An ordered list, as paragraphs name it by its number.
public struct WordList: Sendable {
  public let number: Int
  public let start: Int
  /// `1)` instead of `1.`
  public let hasParenthesis: Bool
  /// The lists that it stands in.
  public let level: Int

  /// The number of the one list of dashes.
  public static let bullets = 1
  /// Lists deeper than this look like it.
  static let deepest = 8
}

/// A picture of the file.
public struct WordPicture: Sendable {
  /// The relationship by which the text names it.
  let relationship: String
  /// Of the same picture as SVG, which newer programs prefer.
  let vector: String?
  /// Its size in whatever unit; it is shown no larger than the page, and a drawing as wide as that.
  let width: Int
  let height: Int
  /// nil for that of the text.
  let description: String?

  public init(
    relationship: String, vector: String?, width: Int, height: Int, description: String?
  ) {
    (self.relationship, self.vector) = (relationship, vector)
    (self.width, self.height, self.description) = (width, height, description)
  }
}
