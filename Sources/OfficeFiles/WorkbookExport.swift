import Diagnostics
import Markdown
import Reports

extension DataFile {
  /// The bytes of a workbook of all records of a type: figures as numbers, days as days.
  ///
  /// - Throws: that no schema knows the type, what is wrong with the schemas, and values that are too
  ///   long for a cell.
  public func workbook(
    ofType type: String, _ templates: TemplateCollection
  ) throws(Problems) -> [UInt8] {
    var writer = WorkbookWriter(title: type)
    try writer.append(WorkbookTable(try table(ofType: type, templates)))
    return try finish(writer)
  }
}

private func finish(_ writer: consuming WorkbookWriter) throws(Problems) -> [UInt8] {
  do throws(Diagnostic) {
    return try writer.finish()
  } catch {
    throw Problems([error])
  }
}

extension [OutputFile] {
  /// The files, with containers in place of the pages of which they are made: a workbook of the tables
  /// of a document's Markdown. A document without tables has no workbook, and a warning.
  ///
  /// - Throws: the problems of all documents together.
  public func packed(into warnings: inout [Diagnostic]) throws(Problems) -> [OutputFile] {
    var (files, problems): ([OutputFile], [Diagnostic]) = ([], [])
    for file in self {
      guard file.path.hasSuffix(".\(Format.xlsx.fileExtension)") else {
        files.append(file)
        continue
      }
      do throws(Problems) {
        if let bytes = try workbook(ofMarkdown: file) {
          files.append(OutputFile(path: file.path, bytes: bytes))
        } else {
          warnings.append(Diagnostic(.office(.noTables(document: file.path)), at: nil))
        }
      } catch {
        problems += error.diagnostics
      }
    }
    try problems.throwIfErrors()
    return files
  }
}

/// nil where the document has no table.
private func workbook(ofMarkdown file: OutputFile) throws(Problems) -> [UInt8]? {
  let tables = DocumentTable.all(of: file.bytes)
  if tables.isEmpty { return nil }
  var writer = WorkbookWriter(title: String(file.path.split(separator: ".").first ?? ""))
  var used: Set<[UInt8]> = []
  for table in tables {
    // A second table below a heading is known by the words right above it.
    let isFirst = used.insert(table.heading).inserted
    let title =
      isFirst && !table.heading.isEmpty || table.caption.isEmpty
      ? table.heading : table.caption
    try writer.append(WorkbookTable(table, title: String(decoding: title, as: UTF8.self)))
  }
  return try finish(writer)
}
