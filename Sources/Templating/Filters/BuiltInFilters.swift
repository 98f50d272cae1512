import Diagnostics
import Texts

extension Filter {
  /// The filters of the language itself, on which Jinja2 and MiniJinja agree, and others behind.
  static func builtIn(and others: [Filter]) -> [Filter] {
    var filters: [Filter] = []
    filters.reserveCapacity(100)
    filters += generalFilters
    filters += textFilters
    filters += numberFilters
    filters += listFilters
    filters += others
    return filters
  }

  private static let generalFilters: [Filter] = [
    Filter("default", Signature(["default_value", "boolean"]), absence: .answersAll, body: orElse),
    Filter("d", Signature(["default_value", "boolean"]), absence: .answersAll, body: orElse),
    Filter("safe") { (value, _) throws(Diagnostic) in
      value.isMarkup ? value : .markup(Markup(value.printed, escape: -1))
    },
    Filter("escape", Signature(), rendering: escaped),
    Filter("e", Signature(), rendering: escaped),
    Filter("string") { (value, _) throws(Diagnostic) in
      value.isMarkup ? value : .text(value.printed)
    },
    Filter("bool") { (value, _) throws(Diagnostic) in .bool(value.isTrue) },
    Filter("attr", Signature(["name"], required: 1), rendering: member),
    Filter("pprint") { (value, _) throws(Diagnostic) in
      if let text = value.asText {
        return Value(computed: text.edited { $1.append(quoted: $0) })
      }
      var bytes: [UInt8] = []
      value.append(to: &bytes)
      return Value(computed: bytes)
    },
    Filter("tojson", Signature(["indent"])) { (value, arguments) throws(Diagnostic) in
      try json(value, arguments)
    },
  ]

  private static func orElse(
    _ value: Value, _ arguments: CallArguments
  ) throws(Diagnostic) -> Value {
    let isWanted = value.isAbsent || (arguments[1]?.isTrue ?? false) && !value.isTrue
    return isWanted ? arguments[0] ?? Value("") : value
  }

  private static func escaped(
    _ value: Value, _ arguments: CallArguments, _ renderer: inout Renderer
  ) throws(Diagnostic) -> Value {
    if value.isMarkup { return value }
    if let escape = renderer.template.escape { return try renderer.escaped(value, escape) }
    // A template that escapes nothing of its own gets the characters of HTML.
    let html = try renderer.capture(for: nil) { (renderer: inout Renderer) throws(Diagnostic) in
      try renderer.output.append(escaped: value, Environment.htmlEscape, renderer.environment)
    }
    return .markup(Markup(html.printed, escape: Environment.htmlEscape))
  }

  private static func member(
    _ value: Value, _ arguments: CallArguments, _ renderer: inout Renderer
  ) throws(Diagnostic) -> Value {
    let name = try arguments.text(0, "attr")
    if case .object(let id) = value { return renderer.attribute(Key(name), of: id).value }
    return renderer.member(MemberPath(name), of: value)
  }
}

extension Environment {
  /// The names of all that a template can use, which a manual must describe.
  public var names: (statements: [String], filters: [String], tests: [String], functions: [String])
  {
    (
      Parser.statementWords, filterNames, Test.builtIn.map(\.name),
      (Function.builtIn + functions).map(\.name)
    )
  }
}

extension CallArguments {
  /// A text argument that must be given.
  func text(_ index: Int, _ name: String) throws(Diagnostic) -> Text {
    guard let value = self[index] else { throw .template(.missingArgument("…", of: name)) }
    guard let text = value.asText else {
      throw .template(.badArgument(value.printed.string, of: name))
    }
    return text
  }

  func string(_ index: Int, _ name: String, default fallback: String) throws(Diagnostic) -> String {
    self[index] == nil ? fallback : try text(index, name).string
  }

  func int(_ index: Int, _ name: String, default fallback: Int) throws(Diagnostic) -> Int {
    guard let value = self[index], value != .none else { return fallback }
    guard let int = value.asInt, int.magnitude < 1 << 31 else {
      throw .template(.badArgument(value.printed.string, of: name))
    }
    return int
  }

  func bool(_ index: Int, default fallback: Bool) -> Bool { self[index]?.isTrue ?? fallback }
}
