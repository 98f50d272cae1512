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
  mutating func write(escaped text: Span<UInt8>) {
    for index in text.indices {
      switch text[index] {
      case UInt8(ascii: "&"): output.append(literal: "&amp;")
      case UInt8(ascii: "<"): output.append(literal: "&lt;")
      case UInt8(ascii: ">"): output.append(literal: "&gt;")
      case UInt8(ascii: "\""): output.append(literal: "&quot;")
      case UInt8(ascii: "\n"): output.append(literal: "&#10;")
      case UInt8(ascii: "\t"): output.append(literal: "&#9;")
      case UInt8(ascii: "\r"): output.append(literal: "&#13;")
      case 0..<0x20: break
      case 0xBE, 0xBF:
        // U+FFFE and U+FFFF are EF BF BE and EF BF BF.
        let isNone = index > 1 && text[index - 1] == 0xBF && text[index - 2] == 0xEF
        if isNone { output.truncate(to: output.count - 2) } else { output.append(text[index]) }
      case let byte: output.append(byte)
      }
    }
  }

  mutating func write(escaped text: String) {
    var text = text
    text.withUTF8 { write(escaped: $0.span) }
  }
}
