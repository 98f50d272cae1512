import Diagnostics
import OfficeFiles
import Reports

extension Entry {
  /// Reads a container as it is, or makes one of a page, the shared texts, the styles, the list of
  /// pages and what that leads to, which lines `---` part, as no fuzzer finds the sum of a part; brings
  /// it into records, and these out again.
  static func workbook(_ bytes: [UInt8]) {
    guard let templates else { return }
    let file = bytes.starts(with: "PK".utf8) ? bytes : container(bytes)
    _ = messages { () throws(Problems) in
      let first = try records(file, templates)
      let data = try DataFile.read(name: "fuzz.rec", bytes: first).whole()
      let exported = try data.workbook(ofType: type, templates)
      let again = try records(exported, templates)
      precondition(again == first, "what was exported imports as something else")
    }
  }

  private static let type = "so_lieu"

  private static func records(
    _ file: [UInt8], _ templates: TemplateCollection
  ) throws(Problems) -> [UInt8] {
    try ImportedSheet(
      workbook: "fuzz.xlsx", file, sheet: nil, ofType: type, into: nil, templates, clearing: []
    ).bytes
  }

  private static func container(_ bytes: [UInt8]) -> [UInt8] {
    var rest = bytes[...]
    func part(_ name: String, orElse text: String = "") -> (name: String, bytes: [UInt8]) {
      let (first, others) = parts(of: Array(rest))
      // Without a line between, all is the last part.
      let own = first.isEmpty ? others : first
      rest = first.isEmpty ? [] : others
      return (name, own.isEmpty ? Array(text.utf8) : Array(own))
    }
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    let fixed = [
      (
        "[Content_Types].xml",
        "<Types><Override PartName=\"/xl/workbook.xml\" ContentType=\"\(kind)\"/></Types>"
      ),
      (
        "_rels/.rels",
        "<Relationships><Relationship Type=\"officeDocument\" Target=\"xl/workbook.xml\"/>"
          + "</Relationships>"
      ),
    ]
    let targets = [
      ("1", "worksheet", "worksheets/sheet1.xml"), ("2", "sharedStrings", "sharedStrings.xml"),
      ("3", "styles", "styles.xml"),
    ]
    let links = targets.map { "<Relationship Id=\"\($0)\" Type=\"\($1)\" Target=\"\($2)\"/>" }
    let files =
      fixed.map { (name: $0, bytes: Array($1.utf8)) } + [
        part("xl/worksheets/sheet1.xml"), part("xl/sharedStrings.xml"), part("xl/styles.xml"),
        part(
          "xl/workbook.xml",
          orElse: "<workbook><sheets><sheet name=\"a\" id=\"1\"/></sheets></workbook>"),
        part(
          "xl/_rels/workbook.xml.rels",
          orElse: "<Relationships>\(links.joined())</Relationships>"),
      ]
    var zip = ZipWriter()
    for file in files { zip.append(file.name, file.bytes.span) }
    return zip.finish() ?? []
  }
}
