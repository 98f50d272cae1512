import Diagnostics

/// A document as another program holds it: its paragraphs and tables in order, without sizes and fonts.
///
/// This is what ``ImportedDocument`` recognises a report, a plan or a letter in, wherever it was read.
public struct WrittenDocument: Sendable {
  public var blocks: [WrittenBlock] = []
  /// The texts that stand beside the body, such as footnotes, and those that were taken out of it.
  public var asides: [WrittenAside] = []
  /// Whether it shows type and alignment, as plain text does not.
  public var hasLooks = true

  public init() {}
}

public enum WrittenBlock: Sendable {
  case paragraph(WrittenParagraph)
  case table(WrittenTable)
}

/// A paragraph with what is seen of its form.
public struct WrittenParagraph: Sendable {
  /// The text; a line feed parts lines, a tab parts columns.
  public var text = ""
  /// The number or bullet that the program puts before it: `1.`, `a)`, `-`.
  public var label: String?
  /// The level of a heading, from 1; nil for a text.
  public var outlineLevel: Int?
  /// Whether all of it is bold, and all of it italic.
  public var isBold = false
  public var isItalic = false
  public var alignment = Alignment.start
  public var beginsPage = false
  /// Counted from 1 through the document, those in tables too, by which messages name it.
  public var number = 0

  public enum Alignment: Sendable {
    case start, center, end
  }

  public init() {}
}

public struct WrittenTable: Sendable {
  public var rows: [WrittenRow] = []

  public init() {}
}

public struct WrittenRow: Sendable {
  public var cells: [WrittenCell] = []
  /// Whether it is repeated on each page.
  public var isHead = false
  /// The columns that are left out before its first cell.
  public var skipped = 0

  public init() {}
}

public struct WrittenCell: Sendable {
  public var paragraphs: [WrittenParagraph] = []
  /// The columns that it takes.
  public var columns = 1
  /// Whether it goes on with the cell above.
  public var continues = false

  public init() {}
}

/// A text that has no place in the body.
public struct WrittenAside: Sendable {
  public var kind: ImportProblem.Aside
  public var text: String
  /// The number of the paragraph at which it stands; nil for the whole document.
  public var paragraph: Int?

  public init(_ kind: ImportProblem.Aside, _ text: String, at paragraph: Int?) {
    (self.kind, self.text, self.paragraph) = (kind, text, paragraph)
  }
}
