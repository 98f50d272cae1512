/// Appends a range of a text so that it shows as itself in HTML, between tags or inside an
/// attribute: `&`, `<`, `>`, `"` and `'` become references.
func appendEscapedHTML(_ text: Span<UInt8>, _ range: Range<Int>, to output: inout [UInt8]) {
  var written = range.lowerBound
  for index in range where reserved.contains(text[index]) {
    output.append(written..<index, of: text)
    output.append(literal: reference(for: text[index]))
    written = index + 1
  }
  output.append(written..<range.upperBound, of: text)
}

/// Plain text as HTML that shows each of its characters, with its lines as they are.
public func plainTextHTML(_ text: Span<UInt8>) -> [UInt8] {
  var output: [UInt8] = []
  output.reserveCapacity(text.count + text.count / 16 + 16)
  // A reader of HTML drops a line feed that begins the element.
  output.append(literal: "<pre>\n")
  appendEscapedHTML(text, 0..<text.count, to: &output)
  output.append(literal: "</pre>\n")
  return output
}

private let reserved = ByteSet("&<>\"'")

private func reference(for byte: UInt8) -> StaticString {
  switch byte {
  case UInt8(ascii: "&"): "&amp;"
  case UInt8(ascii: "<"): "&lt;"
  case UInt8(ascii: ">"): "&gt;"
  case UInt8(ascii: "\""): "&quot;"
  default: "&#39;"
  }
}

/// Appends the text between the tags of HTML that this module wrote, a row a line, cells parted
/// by tabs.
func appendCellText(ofRows html: [UInt8], to output: inout [UInt8]) {
  var isFirst = true
  var index = 0
  while index < html.count {
    switch html[index] {
    case UInt8(ascii: "<"):
      let end = html[index...].firstIndex(of: UInt8(ascii: ">")) ?? html.endIndex - 1
      switch html[index...end].prefix(3) {
      case rowTag[...]:
        if index > 0 { output.append(UInt8(ascii: "\n")) }
        isFirst = true
      case cellTag[...], headerTag[...]:
        if !isFirst { output.append(UInt8(ascii: "\t")) }
        isFirst = false
      default: break
      }
      index = end
    case UInt8(ascii: "&"):
      let end = html[index...].firstIndex(of: UInt8(ascii: ";")) ?? html.endIndex - 1
      output.append(referenced(html[index...end]))
      index = end
    case UInt8(ascii: "\n"): break
    case let byte: output.append(byte)
    }
    index += 1
  }
}

private let rowTag = Array("<tr".utf8)
private let cellTag = Array("<td".utf8)
private let headerTag = Array("<th".utf8)

/// The character of a reference that ``appendEscapedHTML(_:_:to:)`` wrote.
private func referenced(_ reference: ArraySlice<UInt8>) -> UInt8 {
  switch reference.dropFirst().first {
  case UInt8(ascii: "a"): UInt8(ascii: "&")
  case UInt8(ascii: "l"): UInt8(ascii: "<")
  case UInt8(ascii: "g"): UInt8(ascii: ">")
  case UInt8(ascii: "q"): UInt8(ascii: "\"")
  default: UInt8(ascii: "'")
  }
}
