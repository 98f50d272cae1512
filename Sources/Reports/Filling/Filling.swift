import Diagnostics
import Texts
import Markdown
import Templating

/// The engine alone: one template over any data files, one after the other. Each thread has one of
/// its own, which remembers how the files before were made.
public final class Filling {
  private let path: String
  private let template: Template
  private let library: TemplateLibrary
  private let format: Format?
  /// What the template writes; nil for plain text.
  private let written: Format?
  private var reader: FillReader
  private let memory = RenderMemory()

  /// - Parameters:
  ///   - template: the path of the template, `-` for standard input.
  ///   - root: where its includes are found; its own folder where nil.
  ///   - format: nil for the text as the template writes it.
  public init(
    template path: String, root: String?, _ environment: Environment, to format: Format?
  ) throws(Problems) {
    if format == .pdf { throw Problems([Diagnostic(.print(.notFilled), at: nil)]) }
    self.format = format
    self.path = path
    written = environment.format(ofTemplate: path).flatMap(Format.init(fileExtension:))
    if let format, written == .html, format != .html {
      let problem = ReportProblem.otherForm(written: "HTML", wanted: format.rawValue)
      throw Problems([Diagnostic(.report(problem), at: nil)])
    }
    let root = root ?? Files.folder(of: path)
    library = TemplateFolder(root).library(environment)
    reader = FillReader(root: root)
    let source = try Problems.collecting { () throws(Diagnostic) in
      let bytes = try path == "-" ? Files.readStandardInput() : Files.read(path)
      return try Source.reading(name: path, bytes: bytes, keepsSpaces: true).source
    }
    template = try library.compile(source)
  }

  /// Makes a program quicker that is going to fill many data files, some of them large; see
  /// `Document.keepFreedMemory`.
  public static func expectManyDocuments() { Document.keepFreedMemory() }

  /// Fills the template with a data file and makes the form that was asked for.
  ///
  /// - Parameter body: gets the document where it lies.
  /// - Returns: the warnings about the data.
  public func fill(
    _ path: String, _ body: (Span<UInt8>) throws(Diagnostic) -> Void
  ) throws(Problems) -> [Diagnostic] {
    let bytes = try Problems.collecting { () throws(Diagnostic) in
      try path == "-" ? Files.readStandardInput() : Files.read(path)
    }
    let data = try read(name: path, bytes: bytes)
    do throws(Problems) {
      try fill(data, to: format, body)
    } catch {
      throw Problems(reader.warnings + error.diagnostics)
    }
    return reader.warnings
  }

  /// Fills the template with data that is in memory already.
  ///
  /// - Parameter body: gets the document where it lies.
  public func fill(
    name: String, bytes: [UInt8], to format: Format?,
    _ body: (Span<UInt8>) throws(Diagnostic) -> Void
  ) throws(Problems) {
    try fill(try read(name: name, bytes: bytes), to: format, body)
  }

  /// Fills the template with variables.
  public func fill(_ data: ValueMap, to format: Format?) throws(Problems) -> [UInt8] {
    var document: [UInt8] = []
    try fill(data, to: format) { text in
      document = text.withUnsafeBufferPointer { Array($0) }
    }
    return document
  }

  private func fill(
    _ data: ValueMap, to format: Format?, _ body: (Span<UInt8>) throws(Diagnostic) -> Void
  ) throws(Problems) {
    memory.beginDocument()
    try template.render(data, library: library, memory: memory) { text throws(Diagnostic) in
      switch (format, written) {
      case (.html?, .markdown?): try Document(parsing: text).withHTML(body)
      case (.html?, nil), (.html?, .text?): try body(plainTextHTML(text).span)
      case (.text?, .markdown?): try body(Report.plainText(text).span)
      default: try body(text)
      }
    }
  }

  /// The variables that data in memory makes, see ``FillData``.
  public func read(name: String, bytes: [UInt8]) throws(Problems) -> ValueMap {
    try reader.read(name: name, bytes: bytes)
  }

  /// Of the files that a folder of data is filled into.
  public var fileExtension: String {
    (format ?? written)?.fileExtension ?? ownExtension ?? Format.markdown.fileExtension
  }

  /// What stands before `.jinja` in the template's name: `txt` of `a.txt.jinja`.
  private var ownExtension: String? {
    let parts = Files.name(of: path).split(separator: ".")
    return parts.count > 2 && parts.last == "jinja" ? String(parts[parts.count - 2]) : nil
  }
}
