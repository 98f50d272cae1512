import Texts

/// XML that is written: tags as they are given, values escaped.
struct XMLWriter: ~Copyable {
  private var output = ByteBuffer()

  init() {
    output.append(literal: "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n")
  }

  /// All that was written.
  consuming func finish() -> [UInt8] { output.bytes }

  mutating func write(_ markup: StaticString) { output.append(literal: markup) }

  mutating func write(number: Int) { output.append(number: number) }

  /// Writes a text or the value of an attribute, without the characters that XML cannot hold.
  mutating func write(escaped text: Span<UInt8>) { output.append(forXML: text) }

  mutating func write(escaped text: String) {
    var text = text
    text.withUTF8 { write(escaped: $0.span) }
  }
}
