import Diagnostics
import Texts

extension Filter {
  /// `'%s: %.2f' | format(a, b)`: the directives of Python that numbers and texts need.
  static func formatted(
    _ value: Value, _ arguments: CallArguments, _ renderer: inout Renderer
  ) throws(Diagnostic) -> Value {
    guard let pattern = value.asText else {
      throw .template(.wrongOperand("format", value.kind, wanted: .text))
    }
    var output: [UInt8] = []
    var reader = DirectiveReader(pattern)
    var rest = arguments.rest[...]
    while let piece = try reader.next() {
      switch piece {
      case .text(let bytes): output += bytes
      case .directive(let directive):
        let named = directive.name.map { arguments.keyword($0) }
        guard let argument = named ?? rest.popFirst() else {
          throw .template(.missingArgument(directive.name ?? "…", of: "format"))
        }
        output += try renderer.part(Value(directive.text(of: argument)), of: value, argument)
        try Limits.check(textSize: output.count)
      }
    }
    guard rest.isEmpty else {
      let limit = arguments.rest.count - rest.count
      throw .template(.tooManyArguments("format", limit: limit))
    }
    return value.changed(to: output)
  }
}

extension Renderer {
  fileprivate func part(
    _ shown: Value, of text: Value, _ argument: Value
  ) throws(Diagnostic) -> [UInt8] {
    try part(argument.isMarkup ? .markup(shown.printed) : shown, of: text)
  }
}

/// `%(name)-08.2f`: how one argument is shown.
private struct Directive {
  var name: String?
  var flags: Set<Character> = []
  var width = 0
  var precision: Int?
  var conversion: Character = "s"

  func text(of value: Value) throws(Diagnostic) -> String {
    switch conversion {
    case "s": padded(String(value.printed.string.prefix(precision ?? .max)), isNumber: false)
    case "d", "i", "u": padded(signed(try whole(value), radix: 10, prefix: ""), isNumber: true)
    case "x", "X", "o": padded(try based(value), isNumber: true)
    case "f", "F": padded(try fixed(value), isNumber: true)
    case "c": padded(value.printed.string, isNumber: false)
    default: throw .template(.badArgument("%" + String(conversion), of: "format"))
    }
  }

  private func whole(_ value: Value) throws(Diagnostic) -> Int {
    guard let int = value.asInt else {
      throw .template(
        .wrongOperand("%" + String(conversion), value.kind, wanted: .number), of: value)
    }
    return int
  }

  private func based(_ value: Value) throws(Diagnostic) -> String {
    let radix = conversion == "o" ? 8 : 16
    let prefix = flags.contains("#") ? (radix == 8 ? "0o" : "0x") : ""
    let text = signed(try whole(value), radix: radix, prefix: prefix)
    return conversion == "X" ? text.uppercased() : text
  }

  private func fixed(_ value: Value) throws(Diagnostic) -> String {
    let number = try value.number("%f")
    guard let digits = (number.isNegative ? number.negated : number).fixed(precision ?? 6) else {
      throw .template(.badArgument("%" + String(conversion), of: "format"))
    }
    return sign(isNegative: number.isNegative) + digits
  }

  private func signed(_ int: Int, radix: Int, prefix: String) -> String {
    let digits = String(int.magnitude, radix: radix)
    let zeros = String(repeating: "0", count: max(0, (precision ?? 0) - digits.count))
    return sign(isNegative: int < 0) + prefix + zeros + digits
  }

  private func sign(isNegative: Bool) -> String {
    isNegative ? "-" : flags.contains("+") ? "+" : flags.contains(" ") ? " " : ""
  }

  private func padded(_ text: String, isNumber: Bool) -> String {
    let space = max(0, width - text.unicodeScalars.count)
    if flags.contains("-") { return text + String(repeating: " ", count: space) }
    guard isNumber, flags.contains("0") else {
      return String(repeating: " ", count: space) + text
    }
    let sign = text.prefix { "+- ".contains($0) }
    return sign + String(repeating: "0", count: space) + text.dropFirst(sign.count)
  }
}

/// Cuts a pattern into its texts and directives.
private struct DirectiveReader {
  enum Piece {
    case text(ArraySlice<UInt8>)
    case directive(Directive)
  }

  private var rest: ArraySlice<UInt8>

  init(_ pattern: Text) { rest = Array(pattern.bytes)[...] }

  mutating func next() throws(Diagnostic) -> Piece? {
    let percent = UInt8(ascii: "%")
    guard let first = rest.first else { return nil }
    guard first == percent else {
      let text = rest.prefix { $0 != percent }
      rest = rest.dropFirst(text.count)
      return .text(text)
    }
    rest.removeFirst()
    if rest.first == percent {
      let text = rest.prefix(1)
      rest.removeFirst()
      return .text(text)
    }
    return .directive(try readDirective())
  }

  private mutating func readDirective() throws(Diagnostic) -> Directive {
    var directive = Directive()
    if rest.first == UInt8(ascii: "("), let end = rest.firstIndex(of: UInt8(ascii: ")")) {
      directive.name = String(decoding: rest[..<end].dropFirst(), as: UTF8.self)
      rest = rest[(end + 1)...]
    }
    while let byte = rest.first, "-+ 0#".utf8.contains(byte) {
      directive.flags.insert(Character(Unicode.Scalar(byte)))
      rest.removeFirst()
    }
    directive.width = try readNumber() ?? 0
    if rest.first == UInt8(ascii: ".") {
      rest.removeFirst()
      directive.precision = try readNumber() ?? 0
    }
    guard let conversion = rest.popFirst() else {
      throw .template(.badArgument("%", of: "format"))
    }
    directive.conversion = Character(Unicode.Scalar(conversion))
    return directive
  }

  private mutating func readNumber() throws(Diagnostic) -> Int? {
    let digits = rest.prefix { $0.isDigit }
    guard !digits.isEmpty else { return nil }
    rest = rest.dropFirst(digits.count)
    guard let number = Int(String(decoding: digits, as: UTF8.self)), number < 1 << 16 else {
      throw .template(.badArgument("%" + String(decoding: digits, as: UTF8.self), of: "format"))
    }
    return number
  }
}
