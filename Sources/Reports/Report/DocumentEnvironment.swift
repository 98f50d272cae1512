import Diagnostics
import Texts
import Markdown
import Templating
import Vietnamese

extension Environment {
  /// The language as documents use it: Markdown escaping, Vietnamese filters and order.
  public static func documents(undefined: UndefinedPolicy) -> Environment {
    documents(undefined: undefined, escapes: [.markdown, .word], filters: [], functions: [])
  }

  /// The same with what looks into the registers of a template folder.
  static func documents(
    undefined: UndefinedPolicy, _ registers: CheckRegisters, _ titles: LazyTitleRegister
  ) -> Environment {
    documents(
      undefined: undefined, escapes: [.markdown, .text, .word, .xml],
      filters: [.byTitle(titles)] + Filter.word,
      functions: Function.ofDocuments(registers))
  }

  private static func documents(
    undefined: UndefinedPolicy, escapes: [Escape], filters: [Filter], functions: [Function]
  ) -> Environment {
    var environment = Environment(
      escapes: escapes, filters: Filter.vietnamese + Filter.columns + filters,
      functions: functions,
      appendSortKey: { text, key in text.withBytes { Vietnamese.appendSortKey(of: $0, to: &key) } })
    environment.undefined = undefined
    return environment
  }
}

extension Escape {
  static let markdown = Escape(fileExtension: "md", others: ["markdown"]) {
    PositionEscaper()
  }

  /// Values stay as they are, but for what a text file cannot hold safely.
  static let text = Escape(fileExtension: "txt", others: ["text"]) { TextFileEscaper() }

  /// As XML shows them.
  static let word = Escape(fileExtension: "docx") { XMLEscaper() }

  /// As XML shows them, in attributes with either quote too, and without what it has no character for.
  static let xml = Escape(fileExtension: "xml") { XMLFileEscaper() }
}

private final class XMLEscaper: Escaper {
  override func append(
    _ value: Span<UInt8>, after passage: Passage, to output: inout ByteBuffer
  ) throws(Diagnostic) {
    output.append(forXML: value)
  }
}

private final class XMLFileEscaper: Escaper {
  override func append(
    _ value: Span<UInt8>, after passage: Passage, to output: inout ByteBuffer
  ) throws(Diagnostic) {
    var start = 0
    for index in value.indices where value[index] == UInt8(ascii: "'") {
      output.append(forXML: value.extracting(start..<index))
      output.append(literal: "&apos;")
      start = index + 1
    }
    output.append(forXML: value.extracting(start..<value.count))
  }
}

private final class TextFileEscaper: Escaper {
  override func append(
    _ value: Span<UInt8>, after passage: Passage, to output: inout ByteBuffer
  ) throws(Diagnostic) {
    output.append(forTextFile: value)
  }
}

/// Markdown's escape as the template language calls it.
private final class PositionEscaper: Escaper {
  @exclusivity(unchecked) private var escaper = MarkdownEscaper()

  override func beginText() { escaper.beginText() }

  override func append(
    _ value: Span<UInt8>, after passage: Passage, to output: inout ByteBuffer
  ) throws(Diagnostic) {
    try escaper.append(value, after: passage.number, to: &output)
  }

  override func append(
    number: Int, after passage: Passage, to output: inout ByteBuffer
  ) throws(Diagnostic) {
    try escaper.append(number: number, after: passage.number, to: &output)
  }

  override func append(prose: Span<UInt8>, to output: inout ByteBuffer) throws(Diagnostic) {
    try escaper.append(prose: prose, to: &output)
  }

  override func finish(_ output: inout ByteBuffer) throws(Diagnostic) {
    try escaper.finish(&output)
  }
}
