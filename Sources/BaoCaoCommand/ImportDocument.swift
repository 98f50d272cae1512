import ArgumentParser
import Diagnostics
import OfficeFiles
import Reports

struct ImportDocument: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import-docx",
    abstract: Messages.text(
      "Đưa một văn bản Word (.docx) thành tệp dữ liệu.",
      "Make a data file of a document of Word (.docx)."),
    discussion: Messages.text(
      """
      Đầu văn bản, trích yếu, căn cứ, các mục, bảng, phụ lục, nơi nhận, người ký vào các trường.
      Chỗ nào đoán hoặc chưa xếp được thì có dòng chú thích trong tệp và lời nhắc.
      """,
      """
      Head, subject, grounds, sections, tables, annexes, recipients and signers go to their fields.
      What is guessed or has no place is a comment in the file, and is told.
      """))

  @Argument(
    help: .text(
      "Văn bản Word, .docx.",
      "The document, .docx.",
      value: ("văn bản", "document")))
  var document: String

  @OptionGroup var file: NewFile

  @Option(
    name: .customLong("mau"),
    help: .text(
      "Mẫu của tệp dữ liệu; không ghi thì theo tên loại của văn bản.",
      "The kind of the data file; without it, by the name in the document.",
      value: ("mẫu", "kind")))
  var kind: String?

  @OptionGroup var templates: TemplateOptions

  func run() throws {
    if let output = file.output, output != "-", !output.hasSuffix(".rec") {
      throw Problems([Diagnostic(.report(.wrongExtension(output)), at: nil)])
    }
    try file.check(isNoneOf: [document], templates)
    let collection = try templates.collection(undefined: .strict)
    let written = try Problems.collecting { () throws(Diagnostic) in
      let bytes = try Files.input(document)
      return try WrittenDocument.read(word: bytes.span, file: document, limits: .officeFiles)
    }
    let imported = try ImportedDocument(written, of: document, asKind: kind, collection)
    try Problems.collecting { () throws(Diagnostic) in
      try Files.output(imported.bytes, to: file.output, isNew: !file.overwrites)
    }
    Messages.show(imported.notices)
    if let output = file.output, output != "-" { try Messages.show(path: output) }
  }
}
