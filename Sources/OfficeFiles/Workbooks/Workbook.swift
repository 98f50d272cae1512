import Diagnostics
import Sheets
import Texts
import Vietnamese

/// A workbook of Excel (.xlsx, .xlsm), as the sheets that can be read from it.
public struct Workbook: Sendable {
  /// The sheets to choose among, in the order of the workbook.
  public let sheets: [Sheet]
  /// The names of sheets that are not shown, and were not asked for.
  public let hiddenSheets: [String]
  /// Whether formulas take values from other files.
  public let usesOtherWorkbooks: Bool

  /// Reads a workbook.
  ///
  /// - Parameters:
  ///   - file: its name, for messages.
  ///   - name: the sheet that is wanted, hidden or not; nil for all that are shown.
  /// - Throws: that it is no workbook, is damaged or hostile, or has no such sheet.
  public static func read(
    _ bytes: Span<UInt8>, file: String, sheet name: String?, limits: WorkbookLimits
  ) throws(Diagnostic) -> Workbook {
    guard !bytes.begins(with: oldContainer) else {
      // A locked workbook is put into a container of the old form.
      let isOld = file.lowercased().hasSuffix(".xls")
      throw Diagnostic(.office(.container(isOld ? .oldForm : .locked, file: file)), at: nil)
    }
    var reader = try WorkbookReader(
      try ZipReader(bytes, file: file, limits: limits.container), limits)
    return try reader.read(sheet: name)
  }

  /// How the containers of Office 97 to 2003 begin.
  private static let oldContainer: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]

  /// Tells whether a file is a workbook by its name or how it begins, one that is not read among
  /// them.
  public static func isOne(_ bytes: [UInt8], named path: String) -> Bool {
    let name = path.lowercased()
    return [".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".ods"].contains { name.hasSuffix($0) }
      || bytes.span.begins(with: Array("PK\u{3}\u{4}".utf8))
      || bytes.span.begins(with: oldContainer)
  }
}

extension Span<UInt8> {
  fileprivate func begins(with start: [UInt8]) -> Bool {
    count >= start.count && start.indices.allSatisfy { self[$0] == start[$0] }
  }
}

/// The way through the parts of a workbook.
private struct WorkbookReader: ~Copyable {
  private var zip: ZipReader
  private let limits: WorkbookLimits
  private let main: String
  private let index = WorkbookIndex()
  private let relationships = Relationships()

  /// Finds the main part and reads it.
  init(_ container: consuming ZipReader, _ limits: WorkbookLimits) throws(Diagnostic) {
    var zip = container
    let found = try MainPart.find(in: &zip, usual: "xl/workbook.xml")
    guard workbookTypes.contains(found.type) else {
      throw Self.refusal(.otherKind(found.kindName), zip.file)
    }
    let main = found.name
    try zip.read(main, index)
    try zip.read(Relationships.part(of: main), relationships)
    self.zip = zip
    (self.main, self.limits) = (main, limits)
  }

  private static func refusal(_ flaw: OfficeProblem.ContainerFlaw, _ file: String) -> Diagnostic {
    Diagnostic(.office(.container(flaw, file: file)), at: nil)
  }

  mutating func read(sheet name: String?) throws(Diagnostic) -> Workbook {
    let pages = index.sheets.filter { sheet in
      relationships.all.contains { $0.id == sheet.relationship && $0.type == "worksheet" }
    }
    let wanted = try chosen(name, among: pages)
    let context = PageContext(
      strings: try sharedStrings(), formats: try formats(), isFrom1904: index.isFrom1904,
      limits: limits)
    var sheets: [Sheet] = []
    for page in wanted { sheets.append(try sheet(page, context)) }
    let hidden = name == nil ? pages.filter(\.isHidden).map(\.name) : []
    return Workbook(
      sheets: sheets, hiddenSheets: hidden,
      usesOtherWorkbooks: relationships.all.contains { $0.type == "externalLink" })
  }

  private func chosen(
    _ name: String?, among pages: [WorkbookIndex.Entry]
  ) throws(Diagnostic) -> [WorkbookIndex.Entry] {
    guard let name else {
      let shown = pages.filter { !$0.isHidden }
      if shown.isEmpty { throw Self.refusal(.noSheet, zip.file) }
      return shown
    }
    let wanted = name.composed.lowercased()
    if let page = pages.first(where: { $0.name.composed.lowercased() == wanted }) { return [page] }
    let known = pages.map(\.name)
    let plain = withoutMarks(wanted)
    let near = known.first { withoutMarks($0.composed.lowercased()) == plain }
    throw Self.refusal(
      .noSuchSheet(name, suggestion: near ?? nearest(to: name, among: known), known: known),
      zip.file)
  }

  private mutating func sheet(
    _ page: WorkbookIndex.Entry, _ context: PageContext
  ) throws(Diagnostic) -> Sheet {
    let part = try part { $0.id == page.relationship } ?? ""
    let handler = PageHandler(page.name, context)
    try zip.read(part, handler)
    guard let sheet = try handler.takePage().sheet(file: zip.file, cells: limits.cells) else {
      throw zip.flaw(.tooManyCells(limit: limits.cells), of: part)
    }
    return sheet
  }

  private mutating func sharedStrings() throws(Diagnostic) -> SharedStrings {
    let strings = SharedStrings(limit: limits.text)
    if let part = try part({ $0.type == "sharedStrings" }) { try zip.read(part, strings) }
    return strings
  }

  private mutating func formats() throws(Diagnostic) -> [NumberFormat] {
    let styles = StyleFormats()
    if let part = try part({ $0.type == "styles" }) { try zip.read(part, styles) }
    return styles.formats
  }

  /// The part to which a relationship of the workbook leads; nil where there is none.
  private func part(
    _ isWanted: (Relationships.Relationship) -> Bool
  ) throws(Diagnostic) -> String? {
    guard let link = relationships.all.first(where: isWanted) else { return nil }
    guard !link.isExternal, let part = Relationships.part(link.target, from: main) else {
      throw zip.flaw(.outside, of: link.target)
    }
    return part
  }
}

private let workbookTypes: Set<String> = [
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml",
  "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
  "application/vnd.ms-excel.template.macroEnabled.main+xml",
]
