import Foundation

/// A workbook of Excel for tests, from a text with a line a row.
///
/// Cells are parted by ` | `. A cell is a text; `n:0.8729@0.0%` is a number with a format, `s:3` a shared
/// text by its number, `b:1` a truth value, `e:#REF!` an error, `f:` a formula without a value, `f:5`
/// one with, `x:…` the XML inside of the cell. An empty line is an empty row. Lines with `---` say the
/// rest: `--- sheet NAME`, `--- hidden sheet NAME`, `--- merge A1:B2`, `--- hide row 5`, `--- hide
/// column 3`, `--- shared TEXT` (a shared text; XML), `--- 1904`, `--- part NAME CONTENT` (in place of
/// a part; without CONTENT it is left out), `--- link` (a relationship to another workbook).
public struct WorkbookFixture {
  private var sheets: [SheetText] = []
  private var shared: [String] = []
  private var formats: [String] = []
  private var parts: [(name: String, content: String?)] = []
  private var isFrom1904 = false
  private var hasLink = false

  private struct SheetText {
    var name: String
    var isHidden = false
    var rows = ""
    var merges: [String] = []
    var hiddenRows: Set<Int> = []
    var hiddenColumns: [Int] = []
    var rowCount = 0
  }

  public init(_ text: String) {
    let lines = text.components(separatedBy: "\n")
    // Rows that are hidden are known before they come.
    for line in lines where line.hasPrefix("--- ") { addDirective(String(line.dropFirst(4))) }
    var sheet = sheets.isEmpty ? nil : 0
    if sheet == nil { sheets.append(SheetText(name: "Trang1")) }
    var seen = 0
    for line in lines {
      if line.hasPrefix("--- sheet ") || line.hasPrefix("--- hidden sheet ") {
        sheet = seen
        seen += 1
      } else if !line.hasPrefix("--- ") {
        addRow(line, to: sheet ?? 0)
      }
    }
  }

  private mutating func addDirective(_ text: String) {
    func rest(_ start: String) -> String? {
      text.hasPrefix(start) ? String(text.dropFirst(start.count)) : nil
    }
    if let name = rest("sheet ") { return sheets.append(SheetText(name: name)) }
    if let name = rest("hidden sheet ") {
      return sheets.append(SheetText(name: name, isHidden: true))
    }
    if let text = rest("shared ") { return shared.append(text) }
    if let part = rest("part ") {
      let words = part.split(separator: " ", maxSplits: 1).map(String.init)
      return parts.append((words[0], words.count > 1 ? words[1] : nil))
    }
    if text == "1904" { return isFrom1904 = true }
    if text == "link" { return hasLink = true }
    if sheets.isEmpty { sheets.append(SheetText(name: "Trang1")) }
    let index = sheets.count - 1
    if let area = rest("merge ") { sheets[index].merges.append(area) }
    if let row = rest("hide row ").flatMap(Int.init) { sheets[index].hiddenRows.insert(row) }
    if let column = rest("hide column ").flatMap(Int.init) {
      sheets[index].hiddenColumns.append(column)
    }
  }

  private mutating func addRow(_ line: String, to sheet: Int) {
    sheets[sheet].rowCount += 1
    let number = sheets[sheet].rowCount
    if line.isEmpty { return }
    let hidden = sheets[sheet].hiddenRows.contains(number) ? " hidden=\"1\"" : ""
    var xml = "<row r=\"\(number)\"\(hidden)>"
    for (index, cell) in line.components(separatedBy: " | ").enumerated() where !cell.isEmpty {
      xml += self.cell(cell, "\(letter(index))\(number)")
    }
    sheets[sheet].rows += xml + "</row>"
  }

  private func letter(_ index: Int) -> String {
    index < 26
      ? String(UnicodeScalar(UInt8(65 + index))) : letter(index / 26 - 1) + letter(index % 26)
  }

  private mutating func cell(_ text: String, _ place: String) -> String {
    let kind = text.prefix(2)
    let rest = String(text.dropFirst(2))
    switch kind {
    case "n:":
      let parts = rest.components(separatedBy: "@")
      guard parts.count == 2 else { return "<c r=\"\(place)\"><v>\(rest)</v></c>" }
      if !formats.contains(parts[1]) { formats.append(parts[1]) }
      let style = (formats.firstIndex(of: parts[1]) ?? 0) + 1
      return "<c r=\"\(place)\" s=\"\(style)\"><v>\(parts[0])</v></c>"
    case "s:", "b:", "e:":
      return "<c r=\"\(place)\" t=\"\(kind.prefix(1))\"><v>\(rest)</v></c>"
    case "f:":
      return "<c r=\"\(place)\"><f>A1+1</f>" + (rest.isEmpty ? "" : "<v>\(rest)</v>") + "</c>"
    case "x:": return "<c r=\"\(place)\" \(rest)</c>"
    default:
      return "<c r=\"\(place)\" t=\"inlineStr\"><is><t xml:space=\"preserve\">\(escaped(text))"
        + "</t></is></c>"
    }
  }

  private func escaped(_ text: String) -> String {
    text.replacingOccurrences(of: "&", with: "&amp;").replacingOccurrences(of: "<", with: "&lt;")
      .replacingOccurrences(of: "\"", with: "&quot;")
  }

  /// The container, to be made wrong where a test wants it.
  public var zip: ZipFixture {
    var zip = ZipFixture([
      .init("[Content_Types].xml", contentTypes), .init("_rels/.rels", root),
      .init("xl/workbook.xml", workbook), .init("xl/_rels/workbook.xml.rels", relationships),
      .init("xl/styles.xml", styles),
      .init(
        "xl/sharedStrings.xml",
        "<sst xmlns=\"\(main)\">" + shared.map { "<si>\($0)</si>" }.joined() + "</sst>"),
    ])
    for (index, sheet) in sheets.enumerated() {
      zip.entries.append(.init("xl/worksheets/sheet\(index + 1).xml", xml(of: sheet)))
    }
    zip.replace(parts)
    return zip
  }

  public var data: Data { zip.data }

  private let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
  private let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
  private let package = "http://schemas.openxmlformats.org/package/2006"

  private var contentTypes: String {
    let type = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return "<Types xmlns=\"\(package)/content-types\"><Default Extension=\"xml\""
      + " ContentType=\"\(type).worksheet+xml\"/><Override PartName=\"/xl/workbook.xml\""
      + " ContentType=\"\(type).sheet.main+xml\"/></Types>"
  }

  private var root: String {
    "<Relationships xmlns=\"\(package)/relationships\"><Relationship Id=\"rId1\""
      + " Type=\"\(office)/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
  }

  private var workbook: String {
    let list = sheets.enumerated().map { index, sheet in
      "<sheet name=\"\(escaped(sheet.name))\" sheetId=\"\(index + 1)\""
        + (sheet.isHidden ? " state=\"hidden\"" : "") + " r:id=\"rId\(index + 1)\"/>"
    }
    return "<workbook xmlns=\"\(main)\" xmlns:r=\"\(office)\">"
      + (isFrom1904 ? "<workbookPr date1904=\"1\"/>" : "")
      + "<sheets>\(list.joined())</sheets></workbook>"
  }

  private var relationships: String {
    var list = sheets.indices.map {
      relationship("\($0 + 1)", "worksheet", "worksheets/sheet\($0 + 1).xml")
    }
    list.append(relationship("s", "styles", "styles.xml"))
    list.append(relationship("t", "sharedStrings", "sharedStrings.xml"))
    if hasLink { list.append(relationship("l", "externalLink", "externalLinks/externalLink1.xml")) }
    return "<Relationships xmlns=\"\(package)/relationships\">\(list.joined())</Relationships>"
  }

  private func relationship(_ id: String, _ type: String, _ target: String) -> String {
    "<Relationship Id=\"rId\(id)\" Type=\"\(office)/\(type)\" Target=\"\(target)\"/>"
  }

  private var styles: String {
    let codes = formats.enumerated().map { index, code in
      "<numFmt numFmtId=\"\(164 + index)\" formatCode=\"\(escaped(code))\"/>"
    }
    let cells = formats.indices.map { "<xf numFmtId=\"\(164 + $0)\"/>" }
    return "<styleSheet xmlns=\"\(main)\"><numFmts>\(codes.joined())</numFmts><cellStyleXfs>"
      + "<xf numFmtId=\"9\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/>\(cells.joined())"
      + "</cellXfs></styleSheet>"
  }

  private func xml(of sheet: SheetText) -> String {
    let columns = sheet.hiddenColumns.map { "<col min=\"\($0)\" max=\"\($0)\" hidden=\"1\"/>" }
    let merges = sheet.merges.map { "<mergeCell ref=\"\($0)\"/>" }
    return "<worksheet xmlns=\"\(main)\"><dimension ref=\"A1:XFD1048576\"/>"
      + (columns.isEmpty ? "" : "<cols>\(columns.joined())</cols>")
      + "<sheetData>\(sheet.rows)</sheetData>"
      + (merges.isEmpty ? "" : "<mergeCells>\(merges.joined())</mergeCells>") + "</worksheet>"
  }
}
