import Diagnostics
import OfficeFiles
import Reports

extension Entry {
  /// Reads a container as it is, or makes one of its main part, as no fuzzer finds the sum of a part;
  /// brings it into a data file.
  static func word(_ bytes: [UInt8]) {
    guard let templates else { return }
    let file = bytes.starts(with: "PK".utf8) ? bytes : container(ofBody: bytes)
    _ = messages { () throws(Problems) in
      let document = try Problems.collecting { () throws(Diagnostic) in
        try WrittenDocument.read(word: file.span, file: "fuzz.docx", limits: .officeFiles)
      }
      let imported = try ImportedDocument(
        document, of: "fuzz.docx", asKind: "bao-cao", templates)
      _ = try DataFile.read(name: "fuzz.rec", bytes: imported.bytes).whole()
    }
  }

  private static func container(ofBody body: [UInt8]) -> [UInt8] {
    let kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    let parts: [(String, [UInt8])] = [
      (
        "[Content_Types].xml",
        Array("<Types><Override PartName=\"/d.xml\" ContentType=\"\(kind)\"/></Types>".utf8)
      ),
      (
        "_rels/.rels",
        Array(
          "<Relationships><Relationship Type=\"officeDocument\" Target=\"d.xml\"/></Relationships>"
            .utf8)
      ),
      ("d.xml", body),
    ]
    var zip = ZipWriter()
    for (name, bytes) in parts { zip.append(name, bytes.span) }
    return zip.finish() ?? []
  }
}
