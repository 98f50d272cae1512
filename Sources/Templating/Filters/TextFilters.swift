import Diagnostics
import Texts

extension Filter {
  static let textFilters: [Filter] = [
    Filter("upper", editing: { appendUppercased($0, to: &$2) }),
    Filter("lower", editing: { appendLowercased($0, to: &$2) }),
    Filter(
      "capitalize",
      editing: { (text, isStart, output) in
        if isStart { output.append(capitalized: text) } else { appendLowercased(text, to: &output) }
      }),
    Filter("title") { (value, _) throws(Diagnostic) in
      // No longer markup: the names of tags and references have other letters now.
      let text = value.printed
      return .text(Text(computed: text.edited { $1.append(titleCased: $0) }, from: value.asText))
    },
    Filter("striptags") { (value, _) throws(Diagnostic) in
      // No longer markup: what stood as a reference is a plain character now.
      Value(computed: value.printed.edited { $1.append(strippedOfTags: $0) })
    },
    Filter("urlencode") { (value, _) throws(Diagnostic) in try urlEncoded(value) },
    Filter("trim", Signature(["chars"])) { (value, arguments) throws(Diagnostic) in
      try trimmed(value, arguments)
    },
    Filter("replace", Signature(["old", "new", "count"], required: 2), rendering: replaced),
    Filter("format", Signature(takesMore: true), rendering: formatted),
    Filter("indent", Signature(["width", "first", "blank"])) {
      (value, arguments) throws(Diagnostic) in try indented(value, arguments)
    },
    Filter("wordwrap", Signature(["width", "break_long_words", "wrapstring", "break_on_hyphens"])) {
      (value, arguments) throws(Diagnostic) in try wrapped(value, arguments)
    },
    Filter("truncate", Signature(["length", "killwords", "end", "leeway"])) {
      (value, arguments) throws(Diagnostic) in try truncated(value, arguments)
    },
    Filter("wordcount") { (value, _) throws(Diagnostic) in
      .int(value.printed.withBytes { $0.wordCount })
    },
    Filter("center", Signature(["width"])) { (value, arguments) throws(Diagnostic) in
      let width = try arguments.int(0, "center", default: 80)
      let text = value.printed
      let space = max(0, width - text.withBytes { $0.scalarCount })
      guard space < 1 << 20 else { throw .template(.badArgument("width", of: "center")) }
      return Value(computed: text.edited { $1.append(centered: $0, space: space) })
    },
  ]

  private static func urlEncoded(_ value: Value) throws(Diagnostic) -> Value {
    let pairs: ItemList
    switch value {
    case .map: pairs = ItemList(try value.pairs("urlencode"))
    case .items(let items): pairs = items
    default:
      return value.changed(
        to: value.printed.edited { $1.append(percentEncoded: $0, keepingSlash: true) })
    }
    var output = ByteBuffer()
    for (index, pair) in pairs.enumerated() {
      guard case .items(let items) = pair, items.count == 2 else {
        throw .template(.wrongOperand("urlencode", pair.kind, wanted: .list), of: pair)
      }
      if index > 0 { output.append(UInt8(ascii: "&")) }
      items[0].printed.withBytes { output.append(percentEncoded: $0, keepingSlash: false) }
      output.append(UInt8(ascii: "="))
      items[1].printed.withBytes { output.append(percentEncoded: $0, keepingSlash: false) }
    }
    return Value(computed: output.bytes)
  }

  private static func trimmed(
    _ value: Value, _ arguments: CallArguments
  ) throws(Diagnostic) -> Value {
    guard arguments[0] != nil else {
      return value.part { $0.trimmed { $0.isWhiteSpace(at: $1) } }
    }
    let cut = try arguments.text(0, "trim")
    return value.part { text in
      cut.withBytes { cut in text.trimmed { cut.holdsScalar(of: $0, at: $1) } }
    }
  }

  private static func indented(
    _ value: Value, _ arguments: CallArguments
  ) throws(Diagnostic) -> Value {
    let indent = try indent(arguments)
    let (first, blank) = (arguments.bool(1, default: false), arguments.bool(2, default: false))
    let text = value.printed
    try Limits.check(textSize: text.count + text.withBytes { $0.lineCount } * indent.count)
    // What comes after a line feed in another piece of markup begins a line, too.
    var beginsLine = first
    return value.edited { (text, _, output) in
      indent.withBytes { output.append(text, indentedBy: $0, first: beginsLine, blank: blank) }
      beginsLine = !blank && text.count > 0 && text[text.count - 1] == UInt8(ascii: "\n")
    }
  }

  /// The text that `indent` puts before a line, or so many spaces.
  private static func indent(_ arguments: CallArguments) throws(Diagnostic) -> Text {
    if let text = arguments[0]?.asText { return text }
    let count = try arguments.int(0, "indent", default: 4)
    guard count < 1 << 16 else { throw .template(.badArgument("width", of: "indent")) }
    return Text(computed: [UInt8](repeating: UInt8(ascii: " "), count: max(0, count)))
  }

  private static func wrapped(
    _ value: Value, _ arguments: CallArguments
  ) throws(Diagnostic) -> Value {
    let wrapping = WordWrapping(
      width: max(1, try arguments.int(0, "wordwrap", default: 79)),
      breaksLongWords: arguments.bool(1, default: true),
      breaksOnHyphens: arguments.bool(3, default: true))
    let end = try arguments.text(2, "wordwrap", default: "\n")
    let text = value.printed
    let most = 2 * text.count / wrapping.width + text.withBytes { $0.lineCount }
    try Limits.check(textSize: text.count + most * end.count)
    let bytes = text.edited { (text, output) in
      end.withBytes { wrapping.append(text, lineEnd: $0, to: &output) }
    }
    return Value(computed: bytes)
  }

  private static func truncated(
    _ value: Value, _ arguments: CallArguments
  ) throws(Diagnostic) -> Value {
    let length = try arguments.int(0, "truncate", default: 255)
    let keepsWords = !arguments.bool(1, default: false)
    let end = try arguments.text(2, "truncate", default: "...")
    let leeway = try arguments.int(3, "truncate", default: 5)
    guard let text = value.asText else {
      throw .template(.wrongOperand("truncate", value.kind, wanted: .text), of: value)
    }
    guard text.withBytes({ $0.isLonger(than: length + leeway) }) else { return value }
    let room = length - end.withBytes { $0.characterCount }
    guard room >= 0 else { throw .template(.badArgument("length", of: "truncate")) }
    let bytes = text.edited { (text, output) in
      output.append(0..<text.headEnd(atMost: room, keepingWords: keepsWords), of: text)
      end.withBytes { output.append($0) }
    }
    return Value(computed: bytes)
  }
}

extension Text {
  /// Applies a change to the bytes.
  func edited(_ edit: (Span<UInt8>, inout ByteBuffer) -> Void) -> [UInt8] {
    var output = ByteBuffer()
    withBytes { edit($0, &output) }
    return output.bytes
  }
}

extension Span<UInt8> {
  /// Tells whether there are more characters; no more of them are looked at.
  fileprivate func isLonger(than characters: Int) -> Bool {
    if characters < 0 { return true }
    return count > characters && offset(after: characters, from: 0).map { $0 < count } ?? false
  }

  /// Finds the end of the first characters, or the last of the words among them that a space
  /// follows.
  fileprivate func headEnd(atMost characters: Int, keepingWords: Bool) -> Int {
    let head = offset(after: characters, from: 0) ?? count
    guard keepingWords else { return head }
    var end = head
    while end > 0 {
      end &-= 1
      guard self[end] == UInt8(ascii: " ") else { continue }
      if beginsCharacter(at: end), characterEnd(from: end) == end + 1 { return end }
    }
    return head
  }
}

extension CallArguments {
  /// A text argument, or what stands for one that is left out.
  func text(
    _ index: Int, _ name: String, default fallback: StaticString
  ) throws(Diagnostic) -> Text {
    if self[index] != nil { return try text(index, name) }
    return Text(computed: fallback.withUTF8Buffer { Array($0) })
  }
}
