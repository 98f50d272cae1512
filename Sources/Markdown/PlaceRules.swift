import Diagnostics

// The places where no escape works: code, and link destinations.

/// Why a value cannot stand in a code span, or nil.
func problemInCode(_ value: ArraySlice<UInt8>) -> MarkdownProblem? {
  for byte in value {
    if byte == UInt8(ascii: "`") { return .backtickInCode }
    if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") { return .lineBreakInCode }
  }
  let space = UInt8(ascii: " ")
  return value.first == space || value.last == space ? .edgeSpaceInCode : nil
}

/// Refuses a value that would not stay as it is in a fenced code block.
///
/// A line of nothing but blanks and the fence's sign counts as a closing fence, whatever the
/// template writes around it.
func check(
  _ value: ArraySlice<UInt8>, inFence fence: Position.Fence, line: ArraySlice<UInt8>
) throws(Diagnostic) {
  let isOneLine = !value.contains { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
  if !isOneLine && (fence.isOpening || !fence.isAtMargin) {
    throw Diagnostic(.markdown(.lineBreakInNestedFence), at: nil)
  }
  if fence.isOpening, value.contains(where: { "`&\\ \t".utf8.contains($0) }) {
    throw Diagnostic(.markdown(.backtickInCode), at: nil)
  }
  var rest = value
  var isAfterText = line.contains { $0 != fence.byte && !isBlank($0) }
  while !rest.isEmpty {
    let content = rest.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
    let signs = content.drop(while: isBlank)
    let couldClose = !signs.isEmpty && signs.allSatisfy { $0 == fence.byte || isBlank($0) }
    if couldClose && !isAfterText { throw Diagnostic(.markdown(.closesFence), at: nil) }
    isAfterText = false
    rest = rest[content.endIndex...].dropFirst()
  }
}

/// Appends a link target so that it stays one target: what could end it is percent-encoded.
func appendDestination(_ value: ArraySlice<UInt8>, to output: inout [UInt8]) {
  let digits = Array("0123456789ABCDEF".utf8)
  for index in value.indices {
    let byte = value[index]
    if byte == UInt8(ascii: "&"), mayBeReference(value.span, at: index - value.startIndex) {
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

/// Whether `<value>` is an e-mail address or a URI that CommonMark makes a link of, and shows
/// as it is.
func isAddress(_ value: ArraySlice<UInt8>) -> Bool {
  let hasMarkup = value.contains { $0 <= 0x20 || $0 == 0x7F || "<>&|`".utf8.contains($0) }
  return !hasMarkup && (isURI(value) || isMail(value))
}

private func isURI(_ value: ArraySlice<UInt8>) -> Bool {
  guard let first = value.first, isLetter(first) else { return false }
  let scheme = value.prefix { isWordByte($0) || ".+-".utf8.contains($0) }
  return (2...32).contains(scheme.count) && value[scheme.endIndex...].first == UInt8(ascii: ":")
}

private func isMail(_ value: ArraySlice<UInt8>) -> Bool {
  let signs = ByteSet(".!#$%'*+/=?^_{}~-")
  let name = value.prefix { isWordByte($0) || signs.contains($0) }
  guard !name.isEmpty, value[name.endIndex...].first == UInt8(ascii: "@") else { return false }
  let labels = value[name.endIndex...].dropFirst()
    .split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
  return labels.allSatisfy(isHostLabel)
}

private func isHostLabel(_ label: ArraySlice<UInt8>) -> Bool {
  guard let first = label.first, let last = label.last, label.count <= 63 else { return false }
  return isWordByte(first) && isWordByte(last)
    && label.allSatisfy { isWordByte($0) || $0 == UInt8(ascii: "-") }
}

/// Whether the `&` at `index` begins a character reference, as far as the text goes.
func mayBeReference(_ text: Span<UInt8>, at index: Int) -> Bool {
  var end = index + 1
  if end < text.count, text[end] == UInt8(ascii: "#") { end += 1 }
  let digits = end
  while end < text.count, end - digits < 32, isWordByte(text[end]) { end += 1 }
  guard end < text.count else { return true }
  return end > digits && text[end] == UInt8(ascii: ";")
}
