import Diagnostics
import OfficeFiles
import Reports

extension Entry {
  /// Reads a container as it is, or makes one of a page, the shared texts and the styles, which lines
  /// `---` part, as no fuzzer finds the sum of a part; brings it into records, and these out again.
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
    let (sheet, rest) = parts(of: bytes)
    let (strings, styles) = parts(of: Array(rest))
    var files: [(name: String, bytes: [UInt8])] = []
    func add(_ name: String, _ bytes: some Sequence<UInt8>) { files.append((name, Array(bytes))) }
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    add(
      "[Content_Types].xml",
      "<Types><Override PartName=\"/w.xml\" ContentType=\"\(kind)\"/></Types>".utf8)
    add(
      "_rels/.rels",
      "<Relationships><Relationship Type=\"officeDocument\" Target=\"w.xml\"/></Relationships>".utf8
    )
    add("w.xml", "<workbook><sheets><sheet name=\"a\" id=\"1\"/></sheets></workbook>".utf8)
    let targets = [
      ("1", "worksheet", "s.xml"), ("2", "sharedStrings", "t.xml"), ("3", "styles", "f.xml"),
    ]
    let links = targets.map { "<Relationship Id=\"\($0)\" Type=\"\($1)\" Target=\"\($2)\"/>" }
    add("_rels/w.xml.rels", "<Relationships>\(links.joined())</Relationships>".utf8)
    add("s.xml", sheet)
    add("t.xml", strings)
    add("f.xml", styles)
    var zip = ZipWriter()
    for file in files { zip.append(file.name, file.bytes.span) }
    return zip.finish() ?? []
  }
}
