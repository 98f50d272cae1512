import Diagnostics
import Sheets
import Texts

/// A workbook of tables, a sheet each: the same tables give the same bytes.
///
/// No text of a cell is ever a formula. Heads stay in sight and are printed on each page.
struct WorkbookWriter: ~Copyable {
  private var styles = CellStyles()
  private var texts = CellTexts()
  private var names = SheetNames()
  private var sheets: [(name: String, part: [UInt8])] = []
  private let title: String

  /// - Parameter title: of the whole, as the properties of the file tell it.
  init(title: String) { self.title = title }

  /// - Throws: texts that are too long for a cell, and more rows than a sheet has.
  mutating func append(_ table: WorkbookTable) throws(Problems) {
    var problems: [Diagnostic] = []
    if table.rows.count >= CellPlace.rows.upperBound {
      let problem = WorkbookProblem.tooManyRows(limit: CellPlace.rows.upperBound - 1)
      problems.append(Diagnostic(.office(.sheet(problem)), at: table.rows[0].first?.place))
    }
    for cell in table.rows.joined() where cell.text.isTooLong {
      let problem = WorkbookProblem.tooLongText(limit: mostUnits)
      problems.append(Diagnostic(.office(.sheet(problem)), at: cell.place))
    }
    try problems.throwIfErrors()
    let name = names.name(for: table.title)
    sheets.append((name, table.part(isFirst: sheets.isEmpty, &styles, &texts)))
  }

  /// The bytes of the file.
  consuming func finish() throws(Diagnostic) -> [UInt8] {
    let sheets = sheets
    var zip = ZipWriter()
    zip.append("[Content_Types].xml", contentTypes(count: sheets.count).span)
    zip.append("_rels/.rels", rootRelationships.span)
    zip.append("docProps/core.xml", properties(title).span)
    zip.append("xl/workbook.xml", workbook(sheets.map(\.name)).span)
    zip.append("xl/_rels/workbook.xml.rels", workbookRelationships(count: sheets.count).span)
    zip.append("xl/theme/theme1.xml", OfficeTheme.part.span)
    zip.append("xl/styles.xml", styles.part().span)
    zip.append("xl/sharedStrings.xml", texts.part.span)
    for (index, sheet) in sheets.enumerated() {
      zip.append("xl/worksheets/sheet\(index + 1).xml", sheet.part.span)
    }
    guard let bytes = zip.finish() else {
      throw Diagnostic(.office(.container(.noMemory, file: title)), at: nil)
    }
    return bytes
  }
}

/// The most UTF-16 units that Excel keeps in a cell.
private let mostUnits = 32_767

extension [UInt8] {
  fileprivate var isTooLong: Bool {
    count > mostUnits && String(decoding: self, as: UTF8.self).utf16.count > mostUnits
  }
}

// MARK: - Parts

private let officeType = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
private let relationshipsSpace = "http://schemas.openxmlformats.org/package/2006/relationships"

private func contentTypes(count: Int) -> [UInt8] {
  let main = "application/vnd.openxmlformats-officedocument.spreadsheetml"
  var text = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
  text += "<Default Extension=\"rels\" ContentType=\""
  text += "application/vnd.openxmlformats-package.relationships+xml\"/>"
  text += "<Default Extension=\"xml\" ContentType=\"application/xml\"/>"
  text += override("xl/workbook.xml", "\(main).sheet.main+xml")
  for number in 1...max(count, 1) {
    text += override("xl/worksheets/sheet\(number).xml", "\(main).worksheet+xml")
  }
  text += override("xl/styles.xml", "\(main).styles+xml")
  text += override("xl/sharedStrings.xml", "\(main).sharedStrings+xml")
  text += override(
    "xl/theme/theme1.xml", "application/vnd.openxmlformats-officedocument.theme+xml")
  text += override(
    "docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml")
  return part(text + "</Types>")
}

private func override(_ part: String, _ type: String) -> String {
  "<Override PartName=\"/\(part)\" ContentType=\"\(type)\"/>"
}

private var rootRelationships: [UInt8] {
  let core = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
  return part(
    "<Relationships xmlns=\"\(relationshipsSpace)\">"
      + relationship("rId1", "\(officeType)/officeDocument", "xl/workbook.xml")
      + relationship("rId2", core, "docProps/core.xml") + "</Relationships>")
}

private func workbookRelationships(count: Int) -> [UInt8] {
  var text = "<Relationships xmlns=\"\(relationshipsSpace)\">"
  for number in 1...max(count, 1) {
    text += relationship(
      "rId\(number)", "\(officeType)/worksheet", "worksheets/sheet\(number).xml")
  }
  let others = [
    ("theme", "theme/theme1.xml"), ("styles", "styles.xml"), ("sharedStrings", "sharedStrings.xml"),
  ]
  for (index, (type, target)) in others.enumerated() {
    text += relationship("rId\(count + 1 + index)", "\(officeType)/\(type)", target)
  }
  return part(text + "</Relationships>")
}

private func relationship(_ id: String, _ type: String, _ target: String) -> String {
  "<Relationship Id=\"\(id)\" Type=\"\(type)\" Target=\"\(target)\"/>"
}

/// Times are left out: the same tables give the same file on every day.
private func properties(_ title: String) -> [UInt8] {
  var xml = XMLWriter()
  xml.write("<cp:coreProperties xmlns:cp=\"")
  xml.write("http://schemas.openxmlformats.org/package/2006/metadata/core-properties\"")
  xml.write(" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>")
  xml.write(escaped: title)
  xml.write("</dc:title><dc:creator>BaoCao</dc:creator><dc:language>vi-VN</dc:language>")
  xml.write("</cp:coreProperties>")
  return xml.finish()
}

/// The list of the sheets, and for each its first row as the one that is printed on every page.
private func workbook(_ names: [String]) -> [UInt8] {
  var xml = XMLWriter()
  xml.write("<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"")
  xml.write(" xmlns:r=\"")
  xml.write(escaped: officeType)
  xml.write("\"><bookViews><workbookView/></bookViews><sheets>")
  for (index, name) in names.enumerated() {
    xml.write("<sheet name=\"")
    xml.write(escaped: name)
    xml.write("\" sheetId=\"")
    xml.write(number: index + 1)
    xml.write("\" r:id=\"rId")
    xml.write(number: index + 1)
    xml.write("\"/>")
  }
  xml.write("</sheets><definedNames>")
  for (index, name) in names.enumerated() {
    xml.write("<definedName name=\"_xlnm.Print_Titles\" localSheetId=\"")
    xml.write(number: index)
    xml.write("\">'")
    xml.write(
      escaped: name.split(separator: "'", omittingEmptySubsequences: false)
        .joined(separator: "''"))
    xml.write("'!$1:$1</definedName>")
  }
  xml.write("</definedNames></workbook>")
  return xml.finish()
}

private func part(_ text: String) -> [UInt8] {
  Array("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\(text)".utf8)
}
