import Diagnostics
import Texts

extension Filter {
  /// JSON with `<`, `>`, `&` and `'` as escapes, so that it can stand in HTML.
  static func json(_ value: Value, _ arguments: CallArguments) throws(Diagnostic) -> Value {
    let indent = arguments[0] == nil ? nil : try arguments.int(0, "tojson", default: 0)
    guard indent.map({ (0...64).contains($0) }) ?? true else {
      throw .template(.badArgument("indent", of: "tojson"))
    }
    var output = ByteBuffer()
    try value.appendJSON(to: &output, JSONLayout(indent: indent, depth: 0))
    return .markup(Markup(Text(computed: output.bytes), escape: Environment.htmlEscape))
  }
}

/// The places of the items of a JSON list or map: in a row, or each on a line of its own.
private struct JSONLayout {
  /// Spaces for each level; nil for one line.
  let indent: Int?
  let depth: Int

  var inner: JSONLayout { JSONLayout(indent: indent, depth: depth + 1) }

  func startLine(to output: inout ByteBuffer) {
    guard let indent else { return }
    output.append(UInt8(ascii: "\n"))
    output.append(UInt8(ascii: " "), times: indent * depth)
  }

  func separate(_ index: Int, to output: inout ByteBuffer) {
    if index > 0 {
      output.append(UInt8(ascii: ","))
      if indent == nil { output.append(UInt8(ascii: " ")) }
    }
    startLine(to: &output)
  }
}

extension Value {
  fileprivate func appendJSON(
    to output: inout ByteBuffer, _ layout: JSONLayout
  ) throws(Diagnostic) {
    switch self {
    case .undefined, .missing, .none: output.append(literal: "null")
    case .bool(let bool): output.append(literal: bool ? "true" : "false")
    case .int(let int): output.append(number: int)
    case .decimal(let decimal): decimal.appendPrinted(to: &output)
    case .text(let text), .typed(let text, _): text.withBytes { output.append(json: $0) }
    case .markup(let markup): markup.text.withBytes { output.append(json: $0) }
    case .items(let items): try items.appendJSON(to: &output, layout)
    case .map(let map): try map.appendJSON(to: &output, layout)
    case .object, .macro, .function:
      throw .template(.wrongOperand("tojson", kind, wanted: .map))
    }
  }
}

extension ItemList {
  fileprivate func appendJSON(
    to output: inout ByteBuffer, _ layout: JSONLayout
  ) throws(Diagnostic) {
    guard !isEmpty else { return output.append(literal: "[]") }
    output.append(UInt8(ascii: "["))
    for index in 0..<count {
      layout.inner.separate(index, to: &output)
      try self[index].appendJSON(to: &output, layout.inner)
    }
    layout.startLine(to: &output)
    output.append(UInt8(ascii: "]"))
  }
}

extension ValueMap {
  fileprivate func appendJSON(
    to output: inout ByteBuffer, _ layout: JSONLayout
  ) throws(Diagnostic) {
    guard !isEmpty else { return output.append(literal: "{}") }
    output.append(UInt8(ascii: "{"))
    let (keys, values) = (keys, values)
    for index in 0..<keys.count {
      layout.inner.separate(index, to: &output)
      keys[index].text.withBytes { output.append(json: $0) }
      output.append(literal: ": ")
      try values[index].appendJSON(to: &output, layout.inner)
    }
    layout.startLine(to: &output)
    output.append(UInt8(ascii: "}"))
  }
}

extension ByteBuffer {
  /// A text in quotes as JSON has it.
  fileprivate mutating func append(json text: Span<UInt8>) {
    append(UInt8(ascii: "\""))
    append(text, escaping: { $0.isSpecialInJSON }) { $0.appendJSONEscape(of: $1) }
    append(UInt8(ascii: "\""))
  }

  /// A text as inside a printed list: in quotes, double ones where it has single ones.
  mutating func append(quoted text: Span<UInt8>) {
    let (single, double) = (UInt8(ascii: "'"), UInt8(ascii: "\""))
    let raw = text.bytes
    let hasSingle = raw.first(single, in: 0..<text.count) < text.count
    let quote = hasSingle && raw.first(double, in: 0..<text.count) == text.count ? double : single
    append(quote)
    append(text, escaping: { $0.isSpecial(inQuotes: quote) }) { $0.appendQuotedEscape(of: $1) }
    append(quote)
  }

  /// Appends a text, and what stands for the bytes that get a yes.
  @inline(__always)
  private mutating func append(
    _ text: Span<UInt8>, escaping isSpecial: (SIMD16<UInt8>) -> SIMDMask<SIMD16<Int8>>,
    _ escape: (inout ByteBuffer, UInt8) -> Void
  ) {
    let raw = text.bytes
    var start = 0
    while start < text.count {
      let end = raw.first(in: start..<text.count, isSpecial)
      append(start..<end, of: text)
      if end == text.count { return }
      escape(&self, text[end])
      start = end &+ 1
    }
  }

  private mutating func appendJSONEscape(of byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): append(literal: "\\\"")
    case UInt8(ascii: "\\"): append(literal: "\\\\")
    case 0x0A: append(literal: "\\n")
    case 0x0D: append(literal: "\\r")
    case 0x09: append(literal: "\\t")
    default:
      append(literal: "\\u00")
      append((byte >> 4).smallHexDigit)
      append((byte & 15).smallHexDigit)
    }
  }

  private mutating func appendQuotedEscape(of byte: UInt8) {
    switch byte {
    case 0x0A: append(literal: "\\n")
    case 0x0D: append(literal: "\\r")
    case 0x09: append(literal: "\\t")
    default:
      append(UInt8(ascii: "\\"))
      append(byte)
    }
  }
}

extension SIMD16<UInt8> {
  /// Control characters, `"`, `&`, `'`, `<`, `>` and `\`.
  @inline(__always)
  fileprivate var isSpecialInJSON: SIMDMask<SIMD16<Int8>> {
    let isQuote = isAny(of: 0x26, through: 0x27) .| (self .== SIMD16(repeating: 0x22))
    // `<` and `>` differ in one bit.
    let isAngle = (self | SIMD16(repeating: 2)) .== SIMD16(repeating: 0x3E)
    return isAny(of: 0x00, through: 0x1F) .| isQuote .| isAngle
      .| (self .== SIMD16(repeating: 0x5C))
  }

  /// Tabs and line ends, the quote and `\`.
  @inline(__always)
  fileprivate func isSpecial(inQuotes quote: UInt8) -> SIMDMask<SIMD16<Int8>> {
    let isLineEnd =
      (self .== SIMD16(repeating: 0x0A)) .| (self .== SIMD16(repeating: 0x0D))
      .| (self .== SIMD16(repeating: 0x09))
    return isLineEnd .| (self .== SIMD16(repeating: quote)) .| (self .== SIMD16(repeating: 0x5C))
  }
}

extension UInt8 {
  fileprivate var smallHexDigit: UInt8 {
    self < 10 ? self &+ UInt8(ascii: "0") : self &+ (UInt8(ascii: "a") - 10)
  }
}
