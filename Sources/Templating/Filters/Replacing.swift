import Diagnostics
import Texts

extension Filter {
  /// `'a-b-c' | replace('-', '/', 1)`. In markup, what is put in and is none is data.
  static func replaced(
    _ value: Value, _ arguments: CallArguments, _ renderer: inout Renderer
  ) throws(Diagnostic) -> Value {
    let (old, new) = (arguments[0] ?? .none, arguments[1] ?? .none)
    let count = try arguments.int(2, "replace", default: -1)
    let isMarkup = value.isMarkup || old.isMarkup || new.isMarkup
    try renderer.countSteps((value.asText?.count ?? 0) / 16)
    let whole = isMarkup ? try renderer.escaped(value) : value
    return try renderer.capture(isEscaped: isMarkup) {
      (renderer: inout Renderer) throws(Diagnostic) in
      var replacement = Replacement(
        old: old.printed, new: isMarkup ? try renderer.escaped(new) : new, left: count)
      try whole.forEachPiece { (text, kind) throws(Diagnostic) in
        try replacement.write(text, kind, &renderer)
      }
      try replacement.finish(&renderer)
    }
  }
}

private struct Replacement {
  let old: Text
  let new: Value
  /// The number of replacements that are left; negative for all.
  var left: Int

  mutating func write(
    _ text: Span<UInt8>, _ kind: Markup.Piece.Kind, _ renderer: inout Renderer
  ) throws(Diagnostic) {
    if old.isEmpty { return try intersperse(text, kind, &renderer) }
    var start = 0
    while left != 0, let found = old.withBytes({ text.first(of: $0, from: start) }) {
      try renderer.write(piece: text.extracting(start..<found), kind)
      try writeNew(&renderer)
      start = found &+ old.count
    }
    try renderer.write(piece: text.extracting(start..<text.count), kind)
  }

  /// Writes the text with the new one before each scalar, as Python replaces the empty text.
  private mutating func intersperse(
    _ text: Span<UInt8>, _ kind: Markup.Piece.Kind, _ renderer: inout Renderer
  ) throws(Diagnostic) {
    var start = 0
    while start < text.count, left != 0 {
      let end = text.scalarEnd(from: start)
      try writeNew(&renderer)
      try renderer.write(piece: text.extracting(start..<end), kind)
      start = end
    }
    try renderer.write(piece: text.extracting(start..<text.count), kind)
  }

  /// Writes what an empty text is replaced with at the end.
  mutating func finish(_ renderer: inout Renderer) throws(Diagnostic) {
    if old.isEmpty, left != 0 { try writeNew(&renderer) }
  }

  private mutating func writeNew(_ renderer: inout Renderer) throws(Diagnostic) {
    try renderer.write(pieces: new)
    try Limits.check(textSize: renderer.output.count)
    left &-= 1
  }
}
