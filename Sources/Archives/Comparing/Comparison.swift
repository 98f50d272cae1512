import Diagnostics
import Reports
import Texts

/// How alike two documents are.
public enum Likeness: Sendable {
  case sameBytes
  /// The same words and figures in the same order, laid out otherwise.
  case sameContent
  case different([Difference])
}

/// What two documents, or two data files, do not have alike.
public struct Difference: Sendable {
  /// Where it stands: a line of the old document, `tong-ket.md:31`, a cell, a page.
  public var place: String { place(in: .vietnamese) }
  /// What it is of: a field's name or label, the row and column of a table, the heading of the
  /// section; empty where none is known.
  public let field: String
  /// Empty: it was added.
  public let old: String
  /// Empty: it was taken out.
  public let new: String
  /// The words around it, for a page that shows both sides.
  public let before: String
  public let after: String
  private let file: String
  private let spot: (place: ShownPlace, cell: Int)?

  init(
    at spot: (ShownPlace, cell: Int)?, in file: String, field: String, old: String, new: String,
    before: String = "", after: String = ""
  ) {
    (self.spot, self.file, self.field) = (spot, file, field)
    (self.old, self.new, self.before, self.after) = (old, new, before, after)
  }

  /// Where it stands, as a person is told.
  public func place(in language: Language) -> String {
    guard let spot else { return file }
    switch spot.place {
    case .line(let line): return "\(file):\(line)"
    case .page(let page):
      return language == .vietnamese ? "\(file), trang \(page)" : "\(file), page \(page)"
    case .paragraph(let number):
      return language == .vietnamese ? "\(file), đoạn \(number)" : "\(file), paragraph \(number)"
    case .row(let sheet, let row):
      return "\(file), \(sheet)!\(CellGrid.letters(ofColumn: spot.cell + 1))\(row)"
    }
  }
}

/// The comparing of documents and of data files.
public enum Comparison {
  /// Compares two documents of one form.
  ///
  /// - Parameter name: of the document, for places and messages.
  /// - Returns: nil for PDF where `pdftotext` is not there.
  /// - Throws: that one of them cannot be read.
  public static func likeness(
    of old: [UInt8], _ new: [UInt8], as format: Format, named name: String
  ) throws(Diagnostic) -> Likeness? {
    if old == new { return .sameBytes }
    if format == .pdf { return try PrintedPages.likeness(of: old, new, named: name) }
    let (shown, other) = (
      try ShownText.reading(old, as: format, named: name),
      try ShownText.reading(new, as: format, named: name)
    )
    return TextComparison(of: shown, other, named: name).likeness
  }

  /// Tells of two PDF files with the same words whether these stand at the same places on their
  /// pages; nil where `pdftotext` is not there.
  public static func printsAlike(
    _ old: [UInt8], _ new: [UInt8], named name: String
  ) throws(Diagnostic) -> Bool? {
    try PrintedPages.standAlike(old, new, named: name)
  }

  /// Compares two data files: records are matched by their type and, where the file says `%key`, by
  /// it, else by likeness and order; then their fields. Figures are compared as numbers, days as days,
  /// and prose by its words.
  public static func differences(of old: DataFile, _ new: DataFile) -> [Difference] {
    var comparison = RecordComparison(of: old, new)
    comparison.run()
    return comparison.differences
  }
}

extension ShownText {
  /// Reads a document of any form but PDF.
  fileprivate static func reading(
    _ bytes: [UInt8], as format: Format, named name: String
  ) throws(Diagnostic) -> ShownText {
    switch format {
    case .markdown: try ShownText(markdown: bytes, named: name)
    case .html: try ShownText(page: bytes, named: name)
    case .text, .pdf: try ShownText(text: bytes, named: name)
    case .docx: try ShownText(word: bytes, named: name)
    case .xlsx: try ShownText(workbook: bytes, named: name)
    }
  }
}
