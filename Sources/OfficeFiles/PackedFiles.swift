import Diagnostics
import Reports

/// The container of the parts that a template for Word writes, see `WordPackage`.
///
/// - Parameter name: the file's, for messages.
public func wordFile(_ parts: Span<UInt8>, named name: String) throws(Diagnostic) -> [UInt8] {
  let parts = parts.withUnsafeBufferPointer { Array($0) }
  guard let bytes = WordPackage(flat: parts).packed else {
    throw Diagnostic(.office(.container(.noMemory, file: name)), at: nil)
  }
  return bytes
}

extension [OutputFile] {
  /// The files, with containers in place of what was made for them: a file of Word of its parts, and
  /// a workbook of the tables of a document's Markdown. A document without tables has no workbook, and
  /// a warning.
  ///
  /// - Throws: the problems of all documents together.
  public func packed(into warnings: inout [Diagnostic]) throws(Problems) -> [OutputFile] {
    var (files, problems): ([OutputFile], [Diagnostic]) = ([], [])
    for file in self {
      do throws(Problems) {
        if let packed = try file.packed(into: &warnings) { files.append(packed) }
      } catch {
        problems += error.diagnostics
      }
    }
    try problems.throwIfErrors()
    return files
  }
}

extension OutputFile {
  /// nil for a workbook without tables.
  fileprivate func packed(into warnings: inout [Diagnostic]) throws(Problems) -> OutputFile? {
    if isOf(.docx) {
      let word = try Problems.collecting { () throws(Diagnostic) in
        try wordFile(bytes.span, named: path)
      }
      return OutputFile(path: path, bytes: word)
    }
    guard isOf(.xlsx) else { return self }
    guard let bytes = try workbook(ofMarkdown: self) else {
      warnings.append(Diagnostic(.office(.noTables(document: path)), at: nil))
      return nil
    }
    return OutputFile(path: path, bytes: bytes)
  }

  private func isOf(_ format: Format) -> Bool { path.hasSuffix(".\(format.fileExtension)") }
}
