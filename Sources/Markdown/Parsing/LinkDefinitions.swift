import CCmark
import Texts

/// Appends the lines of a document that define link references (`[label]: target`), each group
/// as a paragraph of its own, so that another parse knows them too.
///
/// cmark keeps no trace of them in its tree. A definition can only begin a paragraph; a line of
/// code or raw HTML is none.
func appendLinkDefinitions(
  in root: Node, source: Span<UInt8>, to output: inout [UInt8]
) {
  var skipped = verbatimLines(in: root)[...]
  var mayBegin = true
  var isInGroup = false
  var number = 1
  var start = 0
  while start < source.count {
    let end = lineEnd(from: start, source: source)
    let content = skippingPrefix(start..<end, source: source)
    while let first = skipped.first, first.upperBound < number { skipped.removeFirst() }
    let isSkipped = skipped.first?.contains(number) == true
    let isEnd = isSkipped || content.isEmpty
    if isInGroup && isEnd { output.append(literal: "\n") }
    isInGroup =
      !isEnd && (isInGroup || (mayBegin && mayDefine(content, source: source)))
    if isInGroup {
      output.append(content, of: source)
      output.append(literal: "\n")
    }
    mayBegin = isEnd || source[content.lowerBound] == UInt8(ascii: "#")
    start = lineBreak(after: end, source: source)
    number += 1
  }
}

/// The lines of code blocks and HTML blocks.
private func verbatimLines(in root: Node) -> [ClosedRange<Int>] {
  var result: [ClosedRange<Int>] = []
  root.forEachEvent { node, entering in
    switch node.type {
    case CMARK_NODE_CODE_BLOCK, CMARK_NODE_HTML_BLOCK:
      if entering { result.append(node.startLine...max(node.startLine, node.endLine)) }
    default: break
    }
  }
  return result
}

private func mayDefine(_ line: Range<Int>, source: Span<UInt8>) -> Bool {
  guard source[line.lowerBound] == UInt8(ascii: "[") else { return false }
  for index in line.dropFirst() where source[index] == UInt8(ascii: ":") {
    if source[index - 1] == UInt8(ascii: "]") { return true }
  }
  return false
}

/// The line without blanks, marks of block quotes and list markers in front.
private func skippingPrefix(_ line: Range<Int>, source: Span<UInt8>) -> Range<Int> {
  var content = trimmed(line, source: source)
  while let length = markerLength(content, source: source) {
    content = trimmed((content.lowerBound + length)..<content.upperBound, source: source)
  }
  return content
}

private func markerLength(_ line: Range<Int>, source: Span<UInt8>) -> Int? {
  guard let first = line.first else { return nil }
  var index = first
  switch source[first] {
  case UInt8(ascii: ">"): return 1
  case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "*"): index += 1
  case UInt8(ascii: "0")...UInt8(ascii: "9"):
    while index < line.upperBound, isDigit(source[index]) { index += 1 }
    guard index < line.upperBound, ".)".utf8.contains(source[index]) else { return nil }
    index += 1
  default: return nil
  }
  guard index < line.upperBound, isBlank(source[index]) else { return nil }
  return index - first
}
