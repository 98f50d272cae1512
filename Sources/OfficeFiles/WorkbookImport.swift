import Diagnostics
import Reports
import Sheets

extension ImportedSheet {
  /// Reads a workbook and makes the rec text of one of its sheets, see
  /// ``ImportedSheet/init(pages:of:ofType:into:_:clearing:knowing:)``.
  ///
  /// - Parameter sheet: its name; nil for the one that fits.
  public init(
    workbook file: String, _ bytes: [UInt8], sheet: String?, ofType type: String,
    into data: DataFile?, _ templates: TemplateCollection, clearing cleared: [String]
  ) throws(Problems) {
    let workbook = try Problems.collecting { () throws(Diagnostic) in
      try Workbook.read(bytes.span, file: file, sheet: sheet, limits: .officeFiles)
    }
    var known: [WorkbookProblem] = []
    if !workbook.hiddenSheets.isEmpty { known.append(.hiddenSheets(workbook.hiddenSheets)) }
    if workbook.usesOtherWorkbooks { known.append(.otherWorkbooks) }
    try self.init(
      pages: workbook.sheets, of: file, ofType: type, into: data, templates, clearing: cleared,
      knowing: known)
  }
}
