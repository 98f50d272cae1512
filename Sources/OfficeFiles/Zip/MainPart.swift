import Diagnostics

/// The main part of an office file, found by the relationships of its container.
struct MainPart {
  let name: String
  /// The kind of its contents; empty where the container does not say it.
  let type: String

  private static let contentTypes = "[Content_Types].xml"

  /// - Parameter usual: where it lies usually, for the message that it is missing.
  /// - Throws: that it is of OpenDocument, is missing, or lies outside.
  static func find(in zip: inout ZipReader, usual: String) throws(Diagnostic) -> MainPart {
    if zip.has("mimetype"), zip.has("content.xml") {
      throw Diagnostic(.office(.container(.openDocument, file: zip.file)), at: nil)
    }
    guard zip.has(contentTypes) else { throw zip.flaw(.missing, of: contentTypes) }
    let (types, root) = (ContentTypes(), Relationships())
    try zip.read(contentTypes, types)
    try zip.read("_rels/.rels", root)
    guard let link = root.all.first(where: { $0.type == "officeDocument" }) else {
      throw zip.flaw(.missing, of: usual)
    }
    guard !link.isExternal, let part = Relationships.part(link.target, from: "") else {
      throw zip.flaw(.outside, of: link.target)
    }
    return MainPart(name: part, type: types.type(of: part) ?? "")
  }

  /// What it is of, for a message that another program's file is wanted.
  var kindName: String {
    if type.contains("wordprocessingml") || type.contains("ms-word") { return "Word (.docx)" }
    if type.contains("presentationml") || type.contains("ms-powerpoint") {
      return "PowerPoint (.pptx)"
    }
    if type.contains("ms-excel.sheet.binary") { return "Excel (.xlsb)" }
    if type.contains("spreadsheetml") || type.contains("ms-excel") { return "Excel (.xlsx)" }
    return type.isEmpty ? "?" : type
  }
}
