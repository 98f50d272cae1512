import Diagnostics
import Records
import Texts
import Vietnamese

/// The data file that a document of another program becomes.
public struct ImportedDocument: Sendable {
  /// The rec text to write.
  public let bytes: [UInt8]
  /// The kind that it was put into, as `bao-cao`.
  public let kind: String
  /// What was left as it is, could not be placed, or is printed in other words.
  public let notices: [Diagnostic]

  /// Recognises the parts of a document and makes the rec text: head, subject and addressees, grounds,
  /// sections, tables, annexes, recipients and signers.
  ///
  /// - Parameters:
  ///   - file: the document's file name, for the first line of the text.
  ///   - wanted: the kind; nil for the one that the document names.
  /// - Throws: that the kind is not known or takes no document as it is, or that there is no text.
  public init(
    _ document: WrittenDocument, of file: String, asKind wanted: String?,
    _ templates: TemplateCollection
  ) throws(Problems) {
    let blocks = document.blocks
    guard blocks.contains(where: { !$0.lines.isEmpty }) else {
      throw Problems([Diagnostic(.importing(.empty), at: nil)])
    }
    let registers = templates.registers
    var problems: [Diagnostic] = []
    let words = try Problems.collecting { () throws(Diagnostic) in
      try WordingRegister.read(in: templates.folder, into: &problems)
    }
    try problems.throwIfErrors()
    let opening = try DocumentOpening(
      document, wanted: wanted, ImportableKinds(templates), registers, words)
    let decision =
      opening.kind.takes("tham_quyen")
      ? DecisionOpening(blocks, from: opening.end, registers, words) : nil
    let start = decision?.end ?? opening.end
    let end = DocumentEnd(blocks, from: start, issuers: opening.head.issuers, registers)
    let contact = WrittenContact(blocks[end.range.upperBound...], words)
    var tables = TableImport()
    let setting = WrittenBody.Setting(
      takesOpening: opening.kind.takes("mo_dau"), takesClosing: opening.kind.takes("loi_ket"),
      isAnnex: false)
    let body = WrittenBody(
      blocks[start..<max(start, end.range.lowerBound)], setting, words, &tables)
    let annexes = WrittenAnnex.all(
      in: blocks[contact.end...], behind: blocks[..<end.range.upperBound], words, &tables)
    let tableProblems = tables.chooseTitles()
    var text = ImportText(opening, registers, words, blocks)
    text.write(
      file: file, decision, body, end, contact, annexes, tables.tables, asides: document.asides)
    bytes = text.writer.bytes
    kind = opening.kind.name
    notices =
      problems + (text.problems + tableProblems).map { Diagnostic(.importing($0), at: nil) }
  }
}
