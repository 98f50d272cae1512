import Diagnostics
import Texts

// The places where no escape works: code, and link destinations.

/// Why a value cannot stand in a code span, or nil.
func problemInCode(_ value: Span<UInt8>) -> MarkdownProblem? {
  for index in value.all {
    if value[index] == UInt8(ascii: "`") { return .backtickInCode }
    if isLineEnd(value[index]) { return .lineBreakInCode }
  }
  let space = UInt8(ascii: " ")
  return value[0] == space || value[value.count - 1] == space ? .edgeSpaceInCode : nil
}

/// Refuses a value that would not stay as it is in a fenced code block.
///
/// A line of nothing but blanks and the fence's sign counts as a closing fence, whatever the
/// template writes around it.
func check(
  _ value: Span<UInt8>, inFence fence: Position.Fence, lineSoFar text: Span<UInt8>, from start: Int
) throws(Diagnostic) {
  let isOneLine = !value.all.contains { isLineEnd(value[$0]) }
  if !isOneLine && (fence.isOpening || !fence.isAtMargin) {
    throw Diagnostic(.markdown(.lineBreakInNestedFence), at: nil)
  }
  if fence.isOpening, value.all.contains(where: { "`&\\ \t".utf8.contains(value[$0]) }) {
    throw Diagnostic(.markdown(.backtickInCode), at: nil)
  }
  var isAfterText = (start..<text.count).contains { text[$0] != fence.byte && !isBlank(text[$0]) }
  var lineStart = 0
  while lineStart < value.count {
    let end = (lineStart..<value.count).first { isLineEnd(value[$0]) } ?? value.count
    let signs = trimmed(lineStart..<end, source: value)
    let couldClose =
      !signs.isEmpty && signs.allSatisfy { value[$0] == fence.byte || isBlank(value[$0]) }
    if couldClose && !isAfterText { throw Diagnostic(.markdown(.closesFence), at: nil) }
    isAfterText = false
    lineStart = end + 1
  }
}

private func isLineEnd(_ byte: UInt8) -> Bool {
  byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r")
}

/// Appends a link target so that it stays one target: what could end it is percent-encoded.
func appendDestination(_ value: Span<UInt8>, to output: inout ByteBuffer) {
  let digits = Array("0123456789ABCDEF".utf8)
  for index in value.all {
    let byte = value[index]
    if byte == UInt8(ascii: "&"), mayBeReference(value, at: index) {
      output.append(literal: "&amp;")
    } else if byte <= 0x20 || byte == 0x7F || endsTarget.contains(byte) {
      output.append(UInt8(ascii: "%"))
      output.append(digits[Int(byte >> 4)])
      output.append(digits[Int(byte & 15)])
    } else {
      output.append(byte)
    }
  }
}

private let endsTarget = ByteSet("()<>[]{}\\`|^\"")

private let endsAddress = ByteSet("<>&|`")

/// Tells whether `<value>` is an e-mail address or a URI that CommonMark makes a link of, and shows
/// as it is.
func isAddress(_ value: Span<UInt8>) -> Bool {
  let signs = endsAddress
  for index in value.all {
    let byte = value[index]
    if byte <= 0x20 || byte == 0x7F || signs.contains(byte) { return false }
  }
  return isURI(value) || isMail(value)
}

private func isURI(_ value: Span<UInt8>) -> Bool {
  guard isLetter(value[0]) else { return false }
  let scheme = end(of: value.all, in: value) { isWordByte($0) || ".+-".utf8.contains($0) }
  return (2...32).contains(scheme) && scheme < value.count && value[scheme] == UInt8(ascii: ":")
}

private let mailSigns = ByteSet(".!#$%'*+/=?^_{}~-")

private func isMail(_ value: Span<UInt8>) -> Bool {
  let signs = mailSigns
  let at = end(of: value.all, in: value) { isWordByte($0) || signs.contains($0) }
  guard at > 0, at < value.count, value[at] == UInt8(ascii: "@") else { return false }
  var start = at + 1
  while true {
    let end = value.first(UInt8(ascii: "."), in: start..<value.count)
    guard isHostLabel(start..<end, in: value) else { return false }
    if end == value.count { return true }
    start = end + 1
  }
}

private func isHostLabel(_ label: Range<Int>, in value: Span<UInt8>) -> Bool {
  guard let first = label.first, let last = label.last, label.count <= 63 else { return false }
  return isWordByte(value[first]) && isWordByte(value[last])
    && label.allSatisfy { isWordByte(value[$0]) || value[$0] == UInt8(ascii: "-") }
}

/// Finds the end of the bytes that belong to a set.
private func end(
  of range: Range<Int>, in value: Span<UInt8>, where belongs: (UInt8) -> Bool
) -> Int {
  range.first { !belongs(value[$0]) } ?? range.upperBound
}

/// Tells whether the `&` at `index` begins a character reference, as far as the text goes.
func mayBeReference(_ text: Span<UInt8>, at index: Int) -> Bool {
  isReference(text, at: index) ?? true
}

/// Tells whether the `&` at `index` begins a character reference; nil when the text ends too soon.
func isReference(_ text: Span<UInt8>, at index: Int) -> Bool? {
  var end = index + 1
  if end < text.count, text[end] == UInt8(ascii: "#") { end += 1 }
  let digits = end
  while end < text.count, end - digits < 32, isWordByte(text[end]) { end += 1 }
  guard end < text.count else { return nil }
  return end > digits && text[end] == UInt8(ascii: ";")
}
