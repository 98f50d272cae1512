import Diagnostics
import Texts
import Synchronization

/// The templates of a program by name: each is read and compiled once and shared by all threads.
public final class TemplateLibrary: Sendable {
  public let environment: Environment
  private let read: @Sendable (String) throws(Diagnostic) -> Source?
  private let names: @Sendable () -> [String]
  private let compiled = Mutex(CompiledTemplates())

  /// - Parameters:
  ///   - read: the text of a template by its name inside the roots, nil where there is none.
  ///     Names are normalized: no `.`, `..` or leading `/`.
  ///   - names: the names there are, for a suggestion when one is not found.
  public init(
    environment: Environment,
    names: @escaping @Sendable () -> [String] = { [] },
    read: @escaping @Sendable (String) throws(Diagnostic) -> Source?
  ) {
    self.environment = environment
    self.names = names
    self.read = read
  }

  func nearestName(to name: String) -> String? { nearest(to: name, among: names()) }

  /// The compiled template, or nil where there is none of that name.
  ///
  /// Throws ``TemplateProblem/outsideRoots(_:)`` for a name that leaves the roots, and all
  /// problems of a template that does not compile.
  public func template(named name: String) throws(Problems) -> Template? {
    // Mostly a name is its path.
    if let known = compiled.withLock({ $0[name] }) { return try known.template() }
    guard let path = TemplateLibrary.normalized(name) else {
      throw Problems([Diagnostic(.template(.outsideRoots(name)), at: nil)])
    }
    if let known = compiled.withLock({ $0[path] }) { return try known.template() }
    let found = try Problems.collecting { () throws(Diagnostic) in try read(path) }
    guard let source = found else { return nil }
    let result = CompiledTemplate(source, environment)
    compiled.withLock { $0[path] = result }
    return try result.template()
  }

  /// Finds what is wrong with templates and with those that they name in quotes, all together.
  public func problems(of names: [String]) -> [Diagnostic] {
    var found = names.map { NamedTemplate(name: $0, place: nil, namedBy: nil) }
    var problems: [Diagnostic] = []
    var next = 0
    while next < found.count {
      do throws(Problems) {
        for (name, place) in try template(named: found[next].name)?.tree.templateNames ?? []
        where !found.contains(where: { $0.name == name }) {
          found.append(NamedTemplate(name: name, place: place, namedBy: next))
        }
      } catch {
        problems += error.diagnostics.map { NamedTemplate.located($0, next, among: found) }
      }
      next += 1
    }
    return problems
  }

  /// The names of templates and of all that they name in quotes, and those in turn, sorted.
  ///
  /// - Returns: also whether a template computes the name of another one, which then may be any.
  public func namesReached(
    from names: [String]
  ) throws(Problems) -> (names: [String], areAny: Bool) {
    var found: [String] = []
    var waiting = names
    var areAny = false
    while let name = waiting.popLast().flatMap(TemplateLibrary.normalized) {
      guard !found.contains(name), let tree = try template(named: name)?.tree else { continue }
      found.append(name)
      waiting += tree.templateNames.map(\.name)
      areAny = areAny || tree.computesTemplateNames
    }
    return (found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }, areAny)
  }

  /// Compiles a template that has no name in the library.
  public func compile(_ source: Source) throws(Problems) -> Template {
    try Parser.parse(source, environment)
  }

  /// Tells whether a name is that of one file or folder, with no path in it.
  public static func isPlainName(_ name: String) -> Bool {
    normalized(name) == name && !name.contains("/")
  }

  /// The path without `.` and empty parts; nil where it leads out of the roots.
  static func normalized(_ name: String) -> String? {
    guard !name.hasPrefix("/"), !name.utf8.contains(0), !name.contains("\\") else { return nil }
    var parts: [Substring] = []
    for part in name.split(separator: "/") where part != "." {
      if part == ".." { return nil }
      parts.append(part)
    }
    return parts.isEmpty ? nil : parts.joined(separator: "/")
  }
}

/// A template that another one names in quotes.
private struct NamedTemplate {
  let name: String
  let place: Text?
  /// The index of the one that names it.
  let namedBy: Int?

  /// Adds to a problem of a template how it was come by, as a rendering does.
  static func located(
    _ problem: Diagnostic, _ index: Int, among found: [NamedTemplate]
  ) -> Diagnostic {
    var problem = problem
    var current = found[index]
    if problem.place == nil {
      problem.place = current.place
      guard let outer = current.namedBy else { return problem }
      current = found[outer]
    }
    while let outer = current.namedBy {
      problem.notes.append(
        Diagnostic.Note(.includedHere(template: current.name), at: current.place))
      current = found[outer]
    }
    return problem
  }
}

/// A template that was read: compiled, or what is wrong with it.
private enum CompiledTemplate {
  case compiled(Template)
  case refused(Problems)

  init(_ source: Source, _ environment: Environment) {
    do throws(Problems) {
      self = .compiled(try Parser.parse(source, environment))
    } catch {
      self = .refused(error)
    }
  }

  func template() throws(Problems) -> Template {
    switch self {
    case .compiled(let template): return template
    case .refused(let problems): throw problems
    }
  }
}

/// The templates that were read, by name. Plain arrays: the type of a dictionary is made at run
/// time, which costs a run that fills one report more than it saves.
private struct CompiledTemplates {
  private var names = DistinctKeys(room: 0)
  private var templates: [CompiledTemplate] = []

  subscript(name: String) -> CompiledTemplate? {
    get { names.existingSlot(of: Key(name)).map { templates[$0] } }
    set {
      guard let newValue else { return }
      let slot = names.slot(of: Key(name))
      if slot == templates.count {
        templates.append(newValue)
      } else {
        templates[slot] = newValue
      }
    }
  }
}

extension Template {
  /// Fills the template: data in, text out.
  ///
  /// - Parameters:
  ///   - data: the variables.
  ///   - library: where its includes are found.
  ///   - memory: what earlier renderings on this thread learned.
  /// - Throws: every problem met on the way, in order.
  public func render(
    _ data: ValueMap, library: TemplateLibrary, memory: RenderMemory = RenderMemory()
  ) throws(Problems) -> [UInt8] {
    var bytes: [UInt8] = []
    try render(data, library: library, memory: memory) { text in
      bytes = text.withUnsafeBufferPointer { Array($0) }
    }
    return bytes
  }

  /// The same; `body` gets the text where it lies.
  public func render(
    _ data: ValueMap, library: TemplateLibrary, memory: RenderMemory = RenderMemory(),
    _ body: (Span<UInt8>) throws(Diagnostic) -> Void
  ) throws(Problems) {
    // So much that the text of a short template need not be moved while it grows.
    if memory.usualSize == 0 { memory.note(size: min(4 * source.bytes.count, 1 << 16)) }
    var renderer = Renderer(self, data, library, library.environment, memory)
    try renderer.run()
    try Problems.collecting { () throws(Diagnostic) in try renderer.output.withBytes(body) }
  }
}
