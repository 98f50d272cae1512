/// What the main part of a workbook says: the sheets and how days are counted.
final class WorkbookIndex: XMLHandler {
  private(set) var sheets: [Entry] = []
  private(set) var isFrom1904 = false

  struct Entry {
    let name: String
    let relationship: String
    let isHidden: Bool
  }

  override func start(_ name: XMLName, _ attributes: XMLAttributes) {
    switch name {
    case "workbookPr": isFrom1904 = attributes.isTrue("date1904")
    case "sheet":
      sheets.append(
        Entry(
          name: attributes.string("name") ?? "", relationship: attributes.string("id") ?? "",
          isHidden: attributes.has("state", "hidden") || attributes.has("state", "veryHidden")))
    default: break
    }
  }
}

/// The styles of a workbook, of which only the formats of numbers count.
final class StyleFormats: XMLHandler {
  /// By the number that cells give.
  private(set) var formats: [NumberFormat] = []
  private var codes: [Int: NumberFormat] = [:]
  private var isInCellFormats = false

  override func start(_ name: XMLName, _ attributes: XMLAttributes) {
    switch name {
    case "numFmt":
      guard let number = attributes.number("numFmtId"), let code = attributes.string("formatCode")
      else { return }
      codes[number] = NumberFormat(code: code)
    case "cellXfs": isInCellFormats = true
    case "xf":
      guard isInCellFormats else { return }
      let number = attributes.number("numFmtId") ?? 0
      formats.append(codes[number] ?? NumberFormat(builtIn: number))
    default: break
    }
  }

  override func end(_ name: XMLName) {
    if case "cellXfs" = name { isInCellFormats = false }
  }
}
