import Diagnostics
import Texts

extension Filter {
  /// `'a-b-c' | replace('-', '/', 1)`: what is put into markup, and is none, is escaped.
  static func replaced(
    _ value: Value, _ arguments: CallArguments, _ renderer: inout Renderer
  ) throws(Diagnostic) -> Value {
    var value = value
    let (old, new) = (arguments[0] ?? .none, arguments[1] ?? .none)
    if !value.isMarkup, old.isMarkup || new.isMarkup, renderer.template.escape != nil {
      value = .markup(Text(computed: try renderer.escaped(value, renderer.template.escape ?? 0)))
    }
    let replacement = Replacement(
      old: old.printed, new: try renderer.part(new, of: value),
      count: try arguments.int(2, "replace", default: -1))
    let bytes = try replacement.bytes(of: value.printed)
    try renderer.countSteps(bytes.count / 16)
    return value.changed(to: bytes)
  }
}

private struct Replacement {
  let old: Text
  let new: Text
  /// The most replacements; negative for all.
  let count: Int

  func bytes(of text: Text) throws(Diagnostic) -> [UInt8] {
    var output = ByteBuffer()
    if old.isEmpty { try Limits.check(textSize: text.count * (1 + new.count)) }
    try text.withBytes { (text) throws(Diagnostic) in
      try new.withBytes { (new) throws(Diagnostic) in
        if old.isEmpty { return append(text, interspersedWith: new, to: &output) }
        try old.withBytes { (old) throws(Diagnostic) in
          try append(text, old, new, to: &output)
        }
      }
    }
    return output.bytes
  }

  private func append(
    _ text: Span<UInt8>, _ old: Span<UInt8>, _ new: Span<UInt8>, to output: inout ByteBuffer
  ) throws(Diagnostic) {
    var left = count
    var start = 0
    output.reserve(text.count)
    while left != 0, let found = text.first(of: old, from: start) {
      output.append(start..<found, of: text)
      output.append(new)
      try Limits.check(textSize: output.count)
      start = found &+ old.count
      left &-= 1
    }
    output.append(start..<text.count, of: text)
  }

  /// Before each scalar and at the end, as Python replaces the empty text.
  private func append(
    _ text: Span<UInt8>, interspersedWith new: Span<UInt8>, to output: inout ByteBuffer
  ) {
    var left = count
    var start = 0
    while start < text.count, left != 0 {
      let end = text.scalarEnd(from: start)
      output.append(new)
      output.append(start..<end, of: text)
      start = end
      left &-= 1
    }
    output.append(start..<text.count, of: text)
    if left != 0 { output.append(new) }
  }
}

extension Renderer {
  /// What is put into a text by a filter: escaped where the text is markup and it is not.
  mutating func part(_ value: Value, of text: Value) throws(Diagnostic) -> Text {
    guard text.isMarkup, !value.isMarkup, let escape = template.escape else {
      return value.printed
    }
    return Text(computed: try escaped(value, escape))
  }
}
