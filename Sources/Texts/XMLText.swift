extension ByteBuffer {
  /// Appends a text or the value of an attribute as XML shows it, without the characters that XML
  /// cannot hold.
  public mutating func append(forXML text: Span<UInt8>) {
    var written = 0
    for index in text.indices {
      let byte = text[index]
      guard byte < 0x40 || byte == 0xBE || byte == 0xBF else { continue }
      guard let reference = reference(for: byte, at: index, of: text) else { continue }
      append(written..<index, of: text)
      // U+FFFE and U+FFFF are EF BF BE and EF BF BF: two bytes of them are written already.
      if byte >= 0xBE { truncate(to: count - 2) }
      append(literal: reference)
      written = index + 1
    }
    append(written..<text.count, of: text)
  }
}

/// nil for a byte that stands for itself; empty where XML has no character for it.
private func reference(for byte: UInt8, at index: Int, of text: Span<UInt8>) -> StaticString? {
  switch byte {
  case UInt8(ascii: "&"): "&amp;"
  case UInt8(ascii: "<"): "&lt;"
  case UInt8(ascii: ">"): "&gt;"
  case UInt8(ascii: "\""): "&quot;"
  case UInt8(ascii: "\n"): "&#10;"
  case UInt8(ascii: "\t"): "&#9;"
  case UInt8(ascii: "\r"): "&#13;"
  case 0..<0x20: ""
  case 0xBE, 0xBF: index > 1 && text[index - 1] == 0xBF && text[index - 2] == 0xEF ? "" : nil
  default: nil
  }
}
