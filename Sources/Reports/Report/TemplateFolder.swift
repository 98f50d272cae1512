import Diagnostics
import Texts
import Templating

/// A root of templates: names are paths below it, and nothing outside it is ever read.
public struct TemplateFolder: Sendable {
  /// The path as the user gave it.
  public let path: String

  public init(_ path: String) {
    self.path = path.utf8.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
  }

  /// The text of a template, nil where there is none. `name` holds no `..`.
  func source(named name: String) throws(Diagnostic) -> Source? {
    let file = path == "." ? name : "\(path)/\(name)"
    guard Files.exists(file), !Files.isFolder(file) else { return nil }
    // A link may lead out of the root.
    guard Files.lies(file, in: path) else {
      throw Diagnostic(.template(.outsideRoots(name)), at: nil)
    }
    return try Source.reading(
      name: file, bytes: try Files.read(file), keepsSpaces: name.hasSuffix(".jinja")
    ).source
  }

  /// The names of all templates, for suggestions.
  var names: [String] {
    var names: [String] = []
    collect("", into: &names, depth: 0)
    return names
  }

  private func collect(_ prefix: String, into names: inout [String], depth: Int) {
    let folder = prefix.isEmpty ? path : "\(path)/\(prefix)"
    guard depth < 8, let entries = try? Files.names(in: folder) else { return }
    for entry in entries {
      let name = prefix.isEmpty ? entry : "\(prefix)/\(entry)"
      if Files.isFolder("\(path)/\(name)") {
        collect(name, into: &names, depth: depth + 1)
      } else if entry.hasSuffix(".jinja") {
        names.append(name)
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
