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
    Filter("safe") { (value, _) throws(Diagnostic) in .markup(value.printed) },
    Filter("escape", Signature(), rendering: escaped),
    Filter("e", Signature(), rendering: escaped),
    Filter("string") { (value, _) throws(Diagnostic) in
      value.isMarkup ? value : .text(value.printed)
    },
    Filter("bool") { (value, _) throws(Diagnostic) in .bool(value.isTrue) },
    Filter("attr", Signature(["name"], required: 1), rendering: member),
    Filter("pprint") { (value, _) throws(Diagnostic) in
      var bytes: [UInt8] = []
      value.appendQuoted(to: &bytes)
      return Value(computed: bytes)
    },
    Filter("tojson", Signature(["indent"])) { (value, arguments) throws(Diagnostic) in
      var bytes: [UInt8] = []
      let indent = arguments[0] == nil ? nil : try arguments.int(0, "tojson", default: 0)
      guard indent.map({ (0...64).contains($0) }) ?? true else {
        throw .template(.badArgument("indent", of: "tojson"))
      }
      try value.appendJSON(to: &bytes, JSONLayout(indent: indent, depth: 0))
      return .markup(Text(computed: bytes))
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
    var output = OutputBuffer(renderer.memory)
    try output.append(
      escaped: value.printed, renderer.template.escape ?? 0, renderer.environment)
    try output.finish()
    return .markup(Text(computed: output.bytes))
  }

  private static func member(
    _ value: Value, _ arguments: CallArguments, _ renderer: inout Renderer
  ) throws(Diagnostic) -> Value {
    let name = try arguments.text(0, "attr")
    if case .object(let id) = value {
      return renderer.objects[id.index].attribute(Key(name), id) ?? .undefined
    }
    return renderer.member(MemberPath(name), of: value)
  }
}

extension Environment {
  /// The names of all that a template can use, which a manual must describe.
  public var names: (statements: [String], filters: [String], tests: [String], functions: [String])
  {
    (
      Parser.statementWords, filterNames, Test.builtIn.map(\.name), Function.builtIn.map(\.name)
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
    guard let int = value.asInt, abs(int) < 1 << 31 else {
      throw .template(.badArgument(value.printed.string, of: name))
    }
    return int
  }

  func bool(_ index: Int, default fallback: Bool) -> Bool { self[index]?.isTrue ?? fallback }
}

/// Where the items of a JSON list or map stand: in a row, or each on a line of its own.
private struct JSONLayout {
  /// Spaces for each level; nil for one line.
  let indent: Int?
  let depth: Int

  var inner: JSONLayout { JSONLayout(indent: indent, depth: depth + 1) }

  func startLine(to output: inout [UInt8]) {
    guard let indent else { return }
    output.append(UInt8(ascii: "\n"))
    output += repeatElement(UInt8(ascii: " "), count: indent * depth)
  }

  func separate(_ index: Int, to output: inout [UInt8]) {
    if index > 0 { output += indent == nil ? ", ".utf8 : ",".utf8 }
    startLine(to: &output)
  }
}

extension Value {
  /// JSON with `<`, `>`, `&` and `'` as escapes, so that it can stand in HTML.
  fileprivate func appendJSON(
    to output: inout [UInt8], _ layout: JSONLayout
  ) throws(Diagnostic) {
    switch self {
    case .undefined, .missing, .none: output += "null".utf8
    case .bool(let bool): output += (bool ? "true" : "false").utf8
    case .int: append(to: &output)
    case .decimal(let decimal): output += decimal.description.utf8
    case .text(let text), .typed(let text, _), .markup(let text): text.appendJSON(to: &output)
    case .items(let items):
      guard !items.isEmpty else { return output += "[]".utf8 }
      output += "[".utf8
      for (index, item) in items.enumerated() {
        layout.inner.separate(index, to: &output)
        try item.appendJSON(to: &output, layout.inner)
      }
      layout.startLine(to: &output)
      output += "]".utf8
    case .map(let map):
      guard !map.isEmpty else { return output += "{}".utf8 }
      output += "{".utf8
      for (index, (key, value)) in zip(map.keys, map.values).enumerated() {
        layout.inner.separate(index, to: &output)
        key.text.appendJSON(to: &output)
        output += ": ".utf8
        try value.appendJSON(to: &output, layout.inner)
      }
      layout.startLine(to: &output)
      output += "}".utf8
    case .object, .macro, .function:
      throw .template(.wrongOperand("tojson", kind, wanted: .map))
    }
  }
}

extension Text {
  fileprivate func appendJSON(to output: inout [UInt8]) {
    output += "\"".utf8
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "\""): output += "\\\"".utf8
      case UInt8(ascii: "\\"): output += "\\\\".utf8
      case 0x0A: output += "\\n".utf8
      case 0x0D: output += "\\r".utf8
      case 0x09: output += "\\t".utf8
      case 0..<0x20, UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"), UInt8(ascii: "'"):
        let hex = String(byte, radix: 16)
        output += ("\\u" + String(repeating: "0", count: 4 - hex.count) + hex).utf8
      default: output.append(byte)
      }
    }
    output += "\"".utf8
  }
}
