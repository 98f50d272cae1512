import Diagnostics
import Texts

/// A value that a template computes with. Everything in it is immutable; what a template may change
/// (`namespace`, `cycler`) lives in the ``Renderer`` and is only referred to here.
public enum Value: Sendable {
  /// No such name: an error as soon as it is used, unless `default` or `is defined` asks first.
  case undefined
  /// A field that the schema allows and the data leaves out: false, and nothing when printed.
  case missing
  case none
  case bool(Bool)
  case int(Int)
  indirect case decimal(Decimal)
  case text(Text)
  /// A text that also has attributes, by its type: `{{ ngay_hop.thang }}`. Everywhere else it is
  /// the text it is.
  indirect case typed(Text, TextType)
  /// Text that is markup of an output format already and is not escaped again.
  case markup(Markup)
  case items(ItemList)
  case map(ValueMap)
  /// A place in the renderer's own store: a namespace, a cycler, a joiner.
  case object(ObjectID)
  case macro(Macro)
  case function(Function)

  public init(_ string: String) { self = .text(Text(string)) }
  public init(computed bytes: [UInt8]) { self = .text(Text(computed: bytes)) }

  /// Markup that every template writes as it is.
  public init(markup bytes: [UInt8]) {
    self = .markup(Markup(Text(computed: bytes), escape: -1))
  }
}

/// An index into the objects of one rendering.
public struct ObjectID: BitwiseCopyable, Sendable, Hashable {
  let index: Int
}

extension Value {
  /// The text of a string value, marked safe or not.
  public var asText: Text? {
    switch self {
    case .text(let text), .typed(let text, _): text
    case .markup(let markup): markup.text
    default: nil
    }
  }

  /// The bytes of a text; 0 for anything else.
  var textSize: Int {
    switch self {
    case .text(let text), .typed(let text, _): text.count
    case .markup(let markup): markup.text.count
    default: 0
    }
  }

  /// A whole number; a decimal counts when it has no fraction, a bool as 0 or 1.
  public var asInt: Int? {
    switch self {
    case .int(let int): int
    case .bool(let bool): bool ? 1 : 0
    case .decimal(let decimal): decimal.wholeInt
    default: nil
    }
  }

  public var asDecimal: Decimal? {
    switch self {
    case .int(let int): Decimal(int)
    case .bool(let bool): Decimal(bool ? 1 : 0)
    case .decimal(let decimal): decimal
    default: nil
    }
  }

  public var isAbsent: Bool {
    switch self {
    case .undefined, .missing: true
    default: false
    }
  }

  /// Truth as in Python: empty, zero, none and absent are false.
  public var isTrue: Bool {
    switch self {
    case .undefined, .missing, .none: false
    case .bool(let bool): bool
    case .int(let int): int != 0
    case .decimal(let decimal): !decimal.isZero
    case .text(let text), .typed(let text, _): !text.isEmpty
    case .markup(let markup): !markup.text.isEmpty
    case .items(let items): !items.isEmpty
    case .map(let map): !map.isEmpty
    case .object, .macro, .function: true
    }
  }

  /// The name of its kind in messages.
  public var kind: ValueKind {
    switch self {
    case .undefined, .missing: .absent
    case .none: .none
    case .bool: .bool
    case .int, .decimal: .number
    case .text, .typed, .markup: .text
    case .items: .list
    case .map: .map
    case .object: .object
    case .macro, .function: .function
    }
  }
}

extension Value: Equatable {
  /// Numbers are equal by value, texts by their characters, safe or not.
  public static func == (left: Value, right: Value) -> Bool {
    switch (left, right) {
    case (.int(let left), .int(let right)): return left == right
    case (.bool(let left), .bool(let right)): return left == right
    case (.none, .none): return true
    case (.items(let left), .items(let right)):
      return left.isTuple == right.isTuple && left.elementsEqual(right)
    case (.map(let left), .map(let right)): return left.hasSameEntries(as: right)
    case (.object(let left), .object(let right)): return left == right
    case (.macro(let left), .macro(let right)): return left === right
    default: break
    }
    if left.isAbsent || right.isAbsent { return left.isAbsent && right.isAbsent }
    if let left = left.asText, let right = right.asText { return left == right }
    if let left = left.asDecimal, let right = right.asDecimal { return left == right }
    return false
  }
}

extension Value {
  /// The order of numbers, texts (by code point), bools and lists; nil where there is none.
  func isLess(than other: Value) -> Bool? {
    switch (self, other) {
    case (.int(let left), .int(let right)): return left < right
    case (.items(let left), .items(let right)): return Value.isLess(left, right)
    default: break
    }
    if let left = asText, let right = other.asText {
      return left.bytes.lexicographicallyPrecedes(right.bytes)
    }
    if let left = asDecimal, let right = other.asDecimal { return left < right }
    return nil
  }

  private static func isLess(_ left: ItemList, _ right: ItemList) -> Bool? {
    for (left, right) in zip(left, right) where left != right {
      return left.isLess(than: right)
    }
    return left.count < right.count
  }
}

extension Value {
  /// Appends what `{{ value }}` prints before escaping.
  func append(to output: inout [UInt8]) {
    switch self {
    case .undefined, .missing: break
    case .none: output += "None".utf8
    case .bool(let bool): output += (bool ? "True" : "False").utf8
    case .int(let int): output += String(int).utf8
    case .decimal(let decimal): output += decimal.description.utf8
    case .text(let text), .typed(let text, _): output += text.bytes
    case .markup(let markup): output += markup.text.bytes
    case .items(let items): Value.append(items, to: &output)
    case .map(let map): map.append(to: &output)
    case .object: output += "<object>".utf8
    case .macro(let macro): output += "<macro \(macro.name.string)>".utf8
    case .function(let function): output += "<function \(function.name)>".utf8
    }
  }

  private static func append(_ items: ItemList, to output: inout [UInt8]) {
    output.append(UInt8(ascii: items.isTuple ? "(" : "["))
    for (index, item) in items.enumerated() {
      // The output is refused anyway.
      guard output.count <= Limits.textSize else { return }
      if index > 0 { output += ", ".utf8 }
      item.appendQuoted(to: &output)
    }
    if items.isTuple, items.count == 1 { output.append(UInt8(ascii: ",")) }
    output.append(UInt8(ascii: items.isTuple ? ")" : "]"))
  }

  /// As inside a printed list: a text stands in quotes, double ones where it has single ones.
  func appendQuoted(to output: inout [UInt8]) {
    guard let text = asText else { return append(to: &output) }
    let (single, double) = (UInt8(ascii: "'"), UInt8(ascii: "\""))
    let quote = text.bytes.contains(single) && !text.bytes.contains(double) ? double : single
    output.append(quote)
    for byte in text.bytes {
      switch byte {
      case 0x0A: output += "\\n".utf8
      case 0x0D: output += "\\r".utf8
      case 0x09: output += "\\t".utf8
      case quote, UInt8(ascii: "\\"): output += [UInt8(ascii: "\\"), byte]
      default: output.append(byte)
      }
    }
    output.append(quote)
  }

  /// The text that `{{ value }}` prints; a text is passed on with its place.
  public var printed: Text {
    if let text = asText { return text }
    var bytes: [UInt8] = []
    append(to: &bytes)
    return Text(computed: bytes)
  }
}

extension Value {
  /// The text that a change of this value's text gave, with the place that this came from; markup
  /// where this is markup and has no data in it.
  func changed(to bytes: [UInt8]) -> Value {
    let text = Text(computed: bytes, from: asText)
    guard case .markup(let markup) = self, markup.pieces.isEmpty else { return .text(text) }
    return .markup(Markup(text, escape: markup.escape))
  }

  /// Calls `body` with each piece of markup, and with the text of anything else.
  func forEachPiece(
    _ body: (Span<UInt8>, Markup.Piece.Kind) throws(Diagnostic) -> Void
  ) throws(Diagnostic) {
    if case .markup(let markup) = self { return try markup.forEachPiece(body) }
    if case .text(let text) = self {
      return try text.withBytes { (text) throws(Diagnostic) in try body(text, .markup) }
    }
    try printed.withBytes { (text) throws(Diagnostic) in try body(text, .markup) }
  }

  /// Applies a change to the text, and to markup piece by piece.
  func edited(_ edit: TextEdit) -> Value {
    if case .markup(let markup) = self { return .markup(markup.edited(edit)) }
    return .text(Text(computed: printed.edited { edit($0, true, &$1) }, from: asText))
  }

  /// The part of the text that `range` finds.
  func part(_ range: (Span<UInt8>) -> Range<Int>) -> Value {
    let text = printed
    let found = text.withBytes(range)
    if case .markup(let markup) = self { return .markup(markup.part(found)) }
    return .text(text.part(found))
  }
}
