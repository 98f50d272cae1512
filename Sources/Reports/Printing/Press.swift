import Diagnostics

/// How the documents of a run go to paper.
public struct Paper: Sendable {
  /// Prints PDF; nil where none is wanted.
  public let printer: PagePrinter?
  /// Sheets are printed on both sides: the margins of their backs are those of the profile for them.
  public let isTwoSided: Bool

  public init(printer: PagePrinter? = nil, isTwoSided: Bool = false) {
    (self.printer, self.isTwoSided) = (printer, isTwoSided)
  }
}

/// Prints the documents of one data file.
struct Press {
  private let printer: PagePrinter
  private let pictures: PagePrinter.Pictures

  init(_ printer: PagePrinter, showing pictures: [OutputFile]) {
    self.printer = printer
    self.pictures = printer.pictures(pictures)
  }

  func print(_ page: [UInt8], of report: Report) throws(Problems) -> [UInt8] {
    let page = PagePrinter.Page(
      html: page, document: report.name, place: report.head.place, pictures: pictures,
      fonts: report.profile.fontNames)
    return try printer.print(page)
  }
}
