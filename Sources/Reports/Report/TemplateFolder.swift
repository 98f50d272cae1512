import Diagnostics
import Records
import Synchronization
import Texts
import Templating

/// A root of templates: names are paths below it, and nothing outside it is ever read.
public struct TemplateFolder: Sendable {
  /// The path as the user gave it.
  public let path: String
  /// The names of what was read of it.
  let readNames = ReadNames()

  public init(_ path: String) {
    self.path = path.utf8.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
  }

  /// The text of a template, nil where there is none. `name` holds no `..`.
  func source(named name: String) throws(Diagnostic) -> Source? {
    let file = path == "." ? name : "\(path)/\(name)"
    guard Files.isThere(file) else { return nil }
    // A link may lead out of the root.
    guard let bytes = try Files.read(file, inside: path) else {
      throw Diagnostic(.template(.outsideRoots(name)), at: nil)
    }
    readNames.add(name)
    return try Source.reading(
      name: file, bytes: bytes, keepsSpaces: name.hasSuffix(".jinja")
    ).source
  }

  /// A register of the templates, nil where there is none; that it is missing, and what its own
  /// descriptors and the form find wrong, is a problem.
  func register(
    _ form: RegisterForm, into problems: inout [Diagnostic]
  ) throws(Diagnostic) -> Database? {
    guard let source = try source(named: form.file) else {
      problems.append(Diagnostic(.report(.missingRegister(form.file, folder: path)), at: nil))
      return nil
    }
    let database = Database.read(source, into: &problems)
    problems += form.problems(of: database, path: source.name)
    return database
  }

  /// A schema that several kinds share, nil where there is none; that it is missing, or describes
  /// nothing, is a problem.
  func schema(
    named name: String, into problems: inout [Diagnostic]
  ) throws(Diagnostic) -> Database? {
    guard let source = try source(named: name) else {
      problems.append(Diagnostic(.report(.missingRegister(name, folder: path)), at: nil))
      return nil
    }
    let database = Database.read(source, into: &problems)
    if database.recordSets.allSatisfy({ $0.type == nil }) {
      problems.append(Diagnostic(.report(.emptySchema(source.name)), at: source.firstLine))
    }
    return database
  }

  /// The names of all templates, for suggestions.
  var names: [String] { files.filter { $0.hasSuffix(".jinja") } }

  /// The bytes of a file that has to lie in this folder.
  public func bytes(named name: String) throws(Diagnostic) -> [UInt8] {
    guard let bytes = try Files.read("\(path)/\(name)", inside: path) else {
      throw Diagnostic(.template(.outsideRoots(name)), at: nil)
    }
    return bytes
  }

  /// The names of all files but for hidden ones, and for what lies outside.
  public var files: [String] {
    var names: [String] = []
    var walk = FolderWalk(path)
    collect("", &walk, into: &names)
    return names
  }

  private func collect(_ prefix: String, _ walk: inout FolderWalk, into names: inout [String]) {
    let folder = prefix.isEmpty ? path : "\(path)/\(prefix)"
    guard let entries = try? walk.enter(folder) else { return }
    for entry in entries {
      let name = prefix.isEmpty ? entry.name : "\(prefix)/\(entry.name)"
      switch entry.kind {
      case .folder: collect(name, &walk, into: &names)
      case .file: names.append(name)
      case .linkOut: break
      }
    }
  }

  /// A library of the templates below this folder.
  public func library(_ environment: Environment) -> TemplateLibrary {
    TemplateLibrary(environment: environment, names: { names }) {
      (name: String) throws(Diagnostic) in try source(named: name)
    }
  }
}

/// The names of the files of a folder that were read, until nobody asks any more.
final class ReadNames: Sendable {
  private let names = Mutex<[String]?>([])

  func add(_ name: String) { names.withLock { $0?.append(name) } }

  /// Those that were read so far; later ones are not kept.
  func close() -> [String] {
    names.withLock { names in
      defer { names = nil }
      return names ?? []
    }
  }
}
