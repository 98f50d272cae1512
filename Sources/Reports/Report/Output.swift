import Diagnostics
import Templating

/// A form that a document is made in.
public enum Format: String, Sendable, CaseIterable {
  case markdown, html, text

  /// Of its files.
  var fileExtension: String {
    switch self {
    case .markdown: "md"
    case .html: "html"
    case .text: "txt"
    }
  }
}

/// A file to write, by its path inside the folder of its data file's documents.
public struct OutputFile: Sendable {
  public let path: String
  public let bytes: [UInt8]
}

extension CheckedFile {
  /// The problems that still refuse a draft: all but fields that are missing. A document's kind and
  /// profile no draft can do without.
  public var problemsOfDraft: [Diagnostic] {
    problems.filter { problem in
      switch problem.kind {
      case .records(.missingField(let field)), .records(.emptyField(let field)):
        [Schema.kindField, Schema.profileField].contains(field.name)
      case .report(.missingRecordType): false
      default: true
      }
    }
  }

  /// Every document in the formats that are asked for, and the pictures they show.
  ///
  /// - Parameter memory: what documents made before on this thread, with the same templates, left.
  /// - Throws: the problems of all documents together.
  public func render(
    _ templates: TemplateCollection, formats: [Format],
    memory: DocumentMemory = DocumentMemory()
  ) throws(Problems) -> [OutputFile] {
    var files: [OutputFile] = []
    var problems: [Diagnostic] = []
    let variables = DocumentVariables(of: database, merged, among: templates.reportingRules)
    for report in reports {
      do throws(Problems) {
        let pages = try report.render(formats, variables, templates, memory)
        files += zip(formats, pages).map { format, page in
          OutputFile(path: "\(report.name).\(format.fileExtension)", bytes: page)
        }
      } catch {
        problems += error.diagnostics
      }
    }
    try problems.throwIfErrors()
    return files + (try pictureFiles())
  }

  private func pictureFiles() throws(Problems) -> [OutputFile] {
    try Problems.collecting { () throws(Diagnostic) in
      var files: [OutputFile] = []
      for path in pictures {
        files.append(OutputFile(path: path, bytes: try Files.read("\(folder)/\(path)")))
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
    guard path.hasSuffix(".rec") else {
      throw Diagnostic(.report(.wrongExtension(path)), at: nil)
    }
    return try Files.read(path)
  }
}

extension Files {
  /// Writes the files below a folder and returns their paths, pictures but once.
  public static func write(
    _ files: [OutputFile], in folder: String
  ) throws(Problems) -> [String] {
    try Problems.collecting { () throws(Diagnostic) in
      var paths: [String] = []
      for file in files {
        let path = "\(folder)/\(file.path)"
        if paths.contains(path) { continue }
        try makeFolder(Files.folder(of: path))
        try write(file.bytes.span, to: path)
        paths.append(path)
      }
      return paths
    }
  }
}
