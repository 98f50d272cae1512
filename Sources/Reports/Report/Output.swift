import Diagnostics
import Glibc
import Templating

/// A form that a document is made in.
public enum Format: String, Sendable, CaseIterable {
  case markdown, html, text, pdf
  /// A workbook of the tables. What is made here is the Markdown of which it is packed.
  case xlsx
  /// A file of Word. What is made here are its parts in one text, of which it is packed.
  case docx

  /// Those that are texts, which the program makes by itself, without ``PagePrinter``.
  public static let texts: [Format] = [.markdown, .html, .text]
  /// Those that are made where none is asked for.
  public static let usual: [Format] = [.markdown, .html]

  /// Of its files.
  public var fileExtension: String {
    switch self {
    case .markdown: "md"
    case .html: "html"
    case .text: "txt"
    case .pdf: "pdf"
    case .xlsx: "xlsx"
    case .docx: "docx"
    }
  }

  /// Tells whether a document of this form has its pictures in itself.
  var holdsPictures: Bool { self == .pdf || self == .docx }

  /// The format that templates with an extension in their names write; none writes PDF.
  init?(fileExtension: String) {
    guard let format = Format.texts.first(where: { $0.fileExtension == fileExtension }) else {
      return nil
    }
    self = format
  }
}

/// A file to write, by its path inside the folder of its data file's documents.
public struct OutputFile: Sendable {
  public let path: String
  public let bytes: [UInt8]

  public init(path: String, bytes: [UInt8]) {
    (self.path, self.bytes) = (path, bytes)
  }
}

extension CheckedFile {
  /// The problems that still refuse a draft: all but fields that are missing. A document's kind no
  /// draft can do without, and of the profile only where none fits.
  public var problemsOfDraft: [Diagnostic] {
    let found = problems.filter { problem in
      switch problem.kind {
      case .records(.missingField(let field)), .records(.emptyField(let field)):
        field.name == Schema.kindField
      case .report(.missingRecordType), .check(.tooFew): false
      default: true
      }
    }
    return found.hasErrors ? found : found + unmade
  }

  /// Every document in the formats that are asked for, and the pictures they show.
  ///
  /// - Parameter memory: what documents made before on this thread, with the same templates, left.
  /// - Throws: the problems of all documents together.
  public func render(
    _ templates: TemplateCollection, formats: [Format],
    memory: DocumentMemory = DocumentMemory()
  ) throws(Problems) -> [OutputFile] {
    try render(templates, formats: formats, memory: memory, on: Paper(), tracing: nil)
  }

  /// The same, noting what of the data is printed.
  ///
  /// - Parameters:
  ///   - paper: how documents are printed.
  ///   - document: the name of the only one that is wanted; nil for all.
  ///   - printed: nil where the documents are wanted; for a check their templates are filled, and
  ///     only what it reads is laid out.
  public func render(
    _ templates: TemplateCollection, formats: [Format], memory: DocumentMemory,
    on paper: Paper, only document: String? = nil, tracing printed: PrintedData?
  ) throws(Problems) -> [OutputFile] {
    memory.renderings.trace = printed?.trace
    defer { memory.renderings.trace = nil }
    var files: [OutputFile] = []
    var problems: [Diagnostic] = []
    let variables = DocumentVariables(
      of: database, merged, among: templates.reportingRules, profiles: reports.map(\.profile),
      tables: tables, isTwoSided: paper.isTwoSided)
    let places = ReferencePlaces(in: database, tables.sheets)
    let pictures = try filesBeside(pictures)
    let press = formats.contains(.pdf) ? paper.printer.map { Press($0, showing: pictures) } : nil
    for report in reports where document == nil || report.name == document {
      do throws(Problems) {
        let pages = try report.render(
          formats, variables, templates, memory, places, press, showing: pictures,
          tracing: printed)
        files += zip(formats, pages).map { format, page in
          OutputFile(path: "\(report.name).\(format.fileExtension)", bytes: page)
        }
      } catch {
        problems += error.diagnostics
      }
    }
    try problems.throwIfErrors()
    return formats.allSatisfy(\.holdsPictures) ? files : files + pictures
  }

  /// Reads files beside the data file, which lie in its folder.
  ///
  /// - Parameter paths: as the data file names them; a disk may spell their letters otherwise.
  func filesBeside(_ paths: [String]) throws(Problems) -> [OutputFile] {
    try Problems.collecting { () throws(Diagnostic) in
      var files: [OutputFile] = []
      for path in paths {
        let file = "\(folder)/\(Files.stored(path, in: folder))"
        guard let bytes = try Files.read(file, inside: folder) else {
          throw Diagnostic(.source(.output(.outsideFolder(path: path, folder: folder))), at: nil)
        }
        files.append(OutputFile(path: path, bytes: bytes))
      }
      return files
    }
  }
}

/// The memory that one thread uses again for each document it makes with a collection of templates:
/// buffers, escapers, and where members of values are found.
public final class DocumentMemory {
  let renderings = RenderMemory()

  public init() {}
}

extension DataFile {
  public static func read(path: String) throws(Problems) -> DataFile {
    let bytes = try Problems.collecting { () throws(Diagnostic) in try readBytes(path) }
    return try read(name: path, bytes: bytes)
  }

  /// The bytes of a file whose name says that it is a data file.
  public static func readBytes(_ path: String) throws(Diagnostic) -> [UInt8] {
    // Of a file that is not there the name says nothing.
    if Files.exists(path) { try checkName(path) }
    return try Files.read(path)
  }

  /// Tells whether a path has the name of a data file: `.rec`, in capitals too.
  public static func isNamed(_ path: String) -> Bool {
    path.utf8.count > 4 && path.suffix(4).lowercased() == ".rec"
  }

  /// - Throws: that the name is not that of a data file.
  static func checkName(_ path: String) throws(Diagnostic) {
    guard isNamed(path) else {
      throw Diagnostic(.report(.wrongExtension(path)), at: nil)
    }
  }
}

extension Files {
  /// Writes the documents of a data file into their folder, all or none, and returns their paths.
  ///
  /// - Parameters:
  ///   - hidden: files for the program's own use, whose paths are not returned.
  ///   - name: the name of the folder, which is made where it is not there.
  ///   - output: the folder that it lies in. No link below it leads out of it.
  public static func write(
    _ files: [OutputFile], hidden: [OutputFile] = [], as name: String, below output: String
  ) throws(Problems) -> [String] {
    try Problems.collecting { () throws(Diagnostic) in
      let folder = "\(output)/\(name)"
      var made: [String] = []
      do throws(Diagnostic) {
        try makeFolder(output)
        try makeFolders(name, below: output, &made)
        let unique = withoutRepetitions(files)
        for file in unique { try makeFolders(Files.folder(of: file.path), below: folder, &made) }
        try OutputSet.write(unique + hidden, in: folder, for: folder)
        return unique.map { "\(folder)/\($0.path)" }
      } catch {
        // An empty folder would look like documents of an earlier run.
        for folder in made.reversed() { rmdir(folder) }
        throw error
      }
    }
  }

  /// Writes files into a folder as they are made, all or none; those that are there already with the
  /// same bytes are left alone.
  ///
  /// - Parameter make: hands over each file, one at a time.
  /// - Returns: the number of files that were written.
  public static func writeChanged(
    in folder: String,
    _ make: (_ write: (OutputFile) throws(Diagnostic) -> Void) throws(Problems) -> Void
  ) throws(Problems) -> Int {
    try Problems.collecting { () throws(Diagnostic) in try makeFolder(folder) }
    return try OutputSet.write(in: folder, make)
  }

  /// Finishes or removes what a killed run left in a folder of documents, if there is one.
  public static func finishOutputs(in folder: String) throws(Problems) {
    try Problems.collecting { () throws(Diagnostic) in try OutputSet.finish(in: folder) }
  }

  /// The files, a picture that several documents show but once.
  private static func withoutRepetitions(_ files: [OutputFile]) -> [OutputFile] {
    var seen: Set<String> = []
    return files.filter { seen.insert($0.path).inserted }
  }

  /// Makes a folder below another one, of which no link may lead out.
  ///
  /// - Parameter new: the folders that were not there.
  private static func makeFolders(
    _ path: String, below folder: String, _ new: inout [String]
  ) throws(Diagnostic) {
    guard path != "." else { return }
    guard isRelative(path) else {
      throw Diagnostic(.source(.output(.outsideFolder(path: path, folder: folder))), at: nil)
    }
    var made = folder
    for part in path.split(separator: "/") {
      made += "/\(part)"
      if !exists(made) { new.append(made) }
      try makeFolder(made)
      guard lies(made, in: folder) else {
        throw Diagnostic(.source(.output(.outsideFolder(path: made, folder: folder))), at: nil)
      }
    }
  }
}
