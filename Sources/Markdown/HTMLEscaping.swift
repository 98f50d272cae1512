/// Appends a text so that it shows as itself in HTML, between tags or inside an attribute:
/// `&`, `<`, `>`, `"` and `'` become references.
public func appendEscapedHTML(_ text: ArraySlice<UInt8>, to output: inout [UInt8]) {
  var written = text.startIndex
  for index in text.indices {
    guard let reference = htmlReference(text[index]) else { continue }
    output.append(contentsOf: text[written..<index])
    reference.withUTF8Buffer { output.append(contentsOf: $0) }
    written = index + 1
  }
  output.append(contentsOf: text[written...])
}

@inline(__always)
private func htmlReference(_ byte: UInt8) -> StaticString? {
  switch byte {
  case UInt8(ascii: "&"): "&amp;"
  case UInt8(ascii: "<"): "&lt;"
  case UInt8(ascii: ">"): "&gt;"
  case UInt8(ascii: "\""): "&quot;"
  case UInt8(ascii: "'"): "&#39;"
  default: nil
  }
}
