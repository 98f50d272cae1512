import Diagnostics
import Texts
import Markdown
import Templating
import Vietnamese

extension Environment {
  /// The language as documents use it: Markdown escaping, Vietnamese filters and order.
  public static func documents(undefined: UndefinedPolicy) -> Environment {
    var environment = Environment(
      escapes: [.markdown], filters: Filter.vietnamese,
      precedes: { Vietnamese.precedes($0.bytes, $1.bytes) })
    environment.undefined = undefined
    return environment
  }
}

extension Escape {
  static let markdown = Escape(fileExtension: "md") { PositionEscaper() }
}

/// Markdown's escape as the template language calls it.
private final class PositionEscaper: Escaper {
  @exclusivity(unchecked) private var escaper = MarkdownEscaper()

  override func beginText() -> EscapeCursor {
    escaper.beginText()
    return escaper.cursor
  }

  override func append(
    _ value: Span<UInt8>, after passage: Passage, at cursor: inout EscapeCursor,
    to output: inout ByteBuffer
  ) throws(Diagnostic) -> EscapeStep? {
    escaper.cursor = cursor
    defer { cursor = escaper.cursor }
    try escaper.append(value, after: Int(passage.number), to: &output)
    return escaper.step
  }

  override func append(
    number: Int, after passage: Passage, at cursor: inout EscapeCursor,
    to output: inout ByteBuffer
  ) throws(Diagnostic) -> EscapeStep? {
    escaper.cursor = cursor
    defer { cursor = escaper.cursor }
    try escaper.append(number: number, after: Int(passage.number), to: &output)
    return escaper.step
  }

  override func finish(
    at cursor: EscapeCursor, _ output: inout ByteBuffer
  ) throws(Diagnostic) {
    escaper.cursor = cursor
    try escaper.finish(&output)
  }
}
