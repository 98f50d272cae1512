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

/// nil where the document has no table.
func workbook(ofMarkdown file: OutputFile) throws(Problems) -> [UInt8]? {
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
