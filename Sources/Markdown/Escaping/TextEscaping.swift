import Texts

// A value as text: the signs that could become markup get a backslash or become a reference.

extension Position {
  /// Appends a value of one line that stands as it is wherever text can; appends nothing and
  /// returns false for any other value or place. Most values take this way.
  mutating func appendPlain(_ text: Span<UInt8>, to output: inout ByteBuffer) -> Bool {
    guard !isIndentedCode, startsWord(text, 0), !endsInSpace(text) else { return false }
    // A run of them could end the heading.
    if line == .heading, text.first(UInt8(ascii: "#"), in: text.all) < text.count { return false }
    if text[0] < 0x80 {
      // It could go on with a list marker, or with a reference.
      if line == .start, isDigit(text[0]) { return false }
      if let last = output.last, mayBeInReference(last) { return false }
    }
    // What comes after a `!` tells whether it means something.
    if text[text.count - 1] == UInt8(ascii: "!") { return false }
    if text.firstMarkup(in: text.all) < text.count { return false }
    output.append(text.all, of: text)
    isAfterBang = false
    // A letter tells what the line is.
    if line == .start { readLineStart(output.span) }
    return true
  }

  /// No code, HTML or link target, nor a sign that takes the next byte's meaning.
  var isOpenText: Bool {
    codeRun == 0 && fence == nil && html == .none && link == .none && !isAfterBackslash
      && !isAfterAngle
  }

  /// Appends a value where text stands.
  mutating func appendText(_ text: Span<UInt8>, to output: inout ByteBuffer) {
    openReference = nil
    openText(text, &output)
    var index = startText(text, &output)
    var written = index
    while true {
      index = nextMarkup(text, from: index)
      guard index < text.count else { break }
      let replacement = replacement(text, at: index, written: written, output.span)
      if case .asItIs(let length) = replacement {
        index += length
        continue
      }
      output.append(written..<index, of: text)
      index = write(replacement, text, at: index, to: &output)
      written = index
    }
    closeText(text, from: written, to: &output)
  }

  /// The way to write a sign.
  private enum Replacement {
    case asItIs(Int)
    case backslash
    /// A backslash before each byte of a run, which is looked at once.
    case backslashes(Int)
    case lineBreak
    case reference
    /// A backslash where what comes after the value needs one.
    case openReference
    case riskyPipe
  }

  private func nextMarkup(_ text: Span<UInt8>, from start: Int) -> Int {
    guard line == .heading || isInTitle else { return text.firstMarkup(in: start..<text.count) }
    var index = start
    while index < text.count, !strictMarkup.contains(text[index]) { index += 1 }
    return index
  }

  private func replacement(
    _ text: Span<UInt8>, at index: Int, written: Int, _ output: Span<UInt8>
  ) -> Replacement {
    let next: UInt8? = index + 1 < text.count ? text[index + 1] : nil
    switch text[index] {
    case UInt8(ascii: "`"), UInt8(ascii: "["), UInt8(ascii: "]"): return .backslash
    case UInt8(ascii: "\\"): return backslash(text, before: index + 1)
    case UInt8(ascii: "*"):
      return isBetweenBlanks(text, index, written, output) ? .asItIs(1) : .backslash
    case UInt8(ascii: "_"): return underscore(text, index, written, output)
    case UInt8(ascii: "~"): return tildes(text, index, written, output)
    case UInt8(ascii: "<"): return next.map(startsTag) ?? true ? .backslash : .asItIs(1)
    case UInt8(ascii: "&"):
      return isReference(text, at: index).map { $0 ? .backslash : .asItIs(1) } ?? .openReference
    case UInt8(ascii: "|"): return pipe()
    case UInt8(ascii: "\n"): return .lineBreak
    case UInt8(ascii: "\r"), 0x0B, 0x0C: return .reference
    case UInt8(ascii: "#"): return hash(text, index, after: before(text, index, written, output))
    case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "("), UInt8(ascii: ")"):
      return isInTitle ? .backslash : .asItIs(1)
    default: return .asItIs(1)
    }
  }

  /// Only a word keeps a backslash as it is: anything else may itself become a sign. Before a pipe,
  /// and at the end of a value, which a pipe may follow, it is a reference: GFM takes the backslash
  /// before a pipe away, even one of two, in a paragraph of which the last line heads a table.
  private func backslash(_ text: Span<UInt8>, before next: Int) -> Replacement {
    if next == text.count || text[next] == UInt8(ascii: "|") { return .reference }
    return startsWord(text, next) ? .asItIs(1) : .backslash
  }

  private func pipe() -> Replacement {
    if line == .heading || isInTitle { return .asItIs(1) }
    return line == .tableRow || isInTable ? .backslash : .riskyPipe
  }

  /// The byte that comes before the one at `index` in the output.
  private func before(
    _ text: Span<UInt8>, _ index: Int, _ written: Int, _ output: Span<UInt8>
  ) -> UInt8? {
    index > written ? text[index - 1] : output.last
  }

  /// `2 * 3`: an asterisk that neither opens nor closes.
  private func isBetweenBlanks(
    _ text: Span<UInt8>, _ index: Int, _ written: Int, _ output: Span<UInt8>
  ) -> Bool {
    guard index + 2 < text.count, text[index + 1] == UInt8(ascii: " ") else { return false }
    guard text[index + 2] != UInt8(ascii: "\n"), index > written || line != .start else {
      return false
    }
    return before(text, index, written, output) == UInt8(ascii: " ")
  }

  /// `so_van_ban`: underscores inside a word neither open nor close.
  private func underscore(
    _ text: Span<UInt8>, _ index: Int, _ written: Int, _ output: Span<UInt8>
  ) -> Replacement {
    var end = index
    while end < text.count, text[end] == UInt8(ascii: "_") { end += 1 }
    let isAfterWord =
      index > written ? endsWord(text, index) : endsWord(output, output.count)
    return isAfterWord && startsWord(text, end) ? .asItIs(end - index) : .backslashes(end - index)
  }

  /// `~~x~~`: CommonMark shows it, but many viewers strike out what stands between two runs of
  /// tildes. Where no run of a value can close, none is a pair, and `~5 km` stays as it is.
  private func tildes(
    _ text: Span<UInt8>, _ index: Int, _ written: Int, _ output: Span<UInt8>
  ) -> Replacement {
    var end = index
    while end < text.count, text[end] == UInt8(ascii: "~") { end += 1 }
    guard !isInTitle, !isIndentedCode, let previous = before(text, index, written, output),
      !isBlank(previous), previous != UInt8(ascii: "\n")
    else { return .asItIs(end - index) }
    let goesOn = previous == UInt8(ascii: "~") && !isEscaped(output, output.count - 1)
    let isAfterSign = previous < 0x80 && !isWordByte(previous) && !goesOn
    return isAfterSign && startsWord(text, end) ? .asItIs(end - index) : .backslashes(end - index)
  }

  /// A run of `#` at the end of a heading would be taken for its end.
  private func hash(_ text: Span<UInt8>, _ index: Int, after previous: UInt8?) -> Replacement {
    guard line == .heading else { return .asItIs(1) }
    var end = index
    while end < text.count, text[end] == UInt8(ascii: "#") { end += 1 }
    let length = end - index
    while end < text.count, isBlank(text[end]) { end += 1 }
    let isAfterGap = previous.map { isBlank($0) || $0 == UInt8(ascii: "#") } ?? true
    return isAfterGap && end == text.count ? .backslashes(length) : .asItIs(length)
  }

  private mutating func write(
    _ replacement: Replacement, _ text: Span<UInt8>, at index: Int, to output: inout ByteBuffer
  ) -> Int {
    switch replacement {
    case .asItIs: break
    case .backslash: appendEscaped(text[index], to: &output)
    case .backslashes(let length):
      for _ in 0..<length { appendEscaped(text[index], to: &output) }
      return index + length
    case .reference: appendReference(text[index], to: &output)
    case .openReference:
      openReference = output.count
      output.append(text[index])
    case .riskyPipe:
      headerRisks.append(HeaderRisk(offset: output.count, isBreak: false))
      output.append(text[index])
    case .lineBreak: return appendBreak(text, at: index, to: &output)
    }
    return index + 1
  }

  /// A hard break, and the start of the line after it; a reference where no break can stand.
  private mutating func appendBreak(
    _ text: Span<UInt8>, at index: Int, to output: inout ByteBuffer
  ) -> Int {
    if index > 0, let last = output.last, isBlank(last) {
      output.removeLast()
      appendReference(last, to: &output)
    }
    if isLineBound || index >= contentEnd {
      appendReference(text[index], to: &output)
      return index + 1
    }
    headerRisks.append(HeaderRisk(offset: output.count, isBreak: true))
    output.append(literal: "\\\n")
    line = .text
    guard text[index + 1] != UInt8(ascii: "\n") else { return index + 1 }
    return escapeLineStart(text, at: index + 1, isValueStart: false, to: &output)
  }
}

// MARK: - The ends of a value

extension Position {
  /// Undoes what the template's last bytes would do to the value.
  private mutating func openText(_ text: Span<UInt8>, _ output: inout ByteBuffer) {
    if isAfterBackslash { output.append(UInt8(ascii: "\\")) }
    contentEnd = text.count
    while contentEnd > 0, text[contentEnd - 1] == UInt8(ascii: "\n") { contentEnd -= 1 }
    let first = text[0]
    if isWordByte(first) || first == UInt8(ascii: "#") || first == UInt8(ascii: ";") {
      closeReference(&output)
    }
  }

  /// `&{{ x }}`: the template's `&` and the value must not form a reference.
  private func closeReference(_ output: inout ByteBuffer) {
    var index = output.count
    while index > 0, output.count - index < 34 {
      index -= 1
      let byte = output[index]
      if byte == UInt8(ascii: "&") {
        if !isEscaped(output.span, index) { output.insert(UInt8(ascii: "\\"), at: index) }
        return
      }
      if !mayBeInReference(byte) { return }
    }
  }

  /// Escapes what only matters at the start of a value; returns how many bytes it has written.
  private mutating func startText(_ text: Span<UInt8>, _ output: inout ByteBuffer) -> Int {
    let first = text[0]
    let previous = output.last ?? UInt8(ascii: "\n")
    if line == .start, firstSpaceLength(text) < 2 {
      return escapeLineStart(text, at: 0, isValueStart: true, to: &output)
    }
    if isBlank(first), mayLoseBlank(after: previous) {
      appendReference(first, to: &output)
      return 1
    }
    let length = firstSpaceLength(text)
    if length > 1, isLineBound || "*_".utf8.contains(previous) {
      appendReference(text, at: 0, to: &output)
      return length
    }
    let isAfterBracket = previous == UInt8(ascii: "]")
    if isAfterBracket, first == UInt8(ascii: "(") || first == UInt8(ascii: ":") {
      appendEscaped(first, to: &output)
      return 1
    }
    return escapeDelimiterRow(text, to: &output)
  }

  private func mayLoseBlank(after previous: UInt8) -> Bool {
    isLineBound || !(isWordByte(previous) || previous >= 0x80 || ".,;:)".utf8.contains(previous))
  }

  /// In a line that could still be a delimiter row, keeps the value from making it one.
  private func escapeDelimiterRow(_ text: Span<UInt8>, to output: inout ByteBuffer) -> Int {
    let first = text[0]
    guard "-:|".utf8.contains(first) else { return 0 }
    guard !isFirstLine, !isInTable, isDelimiterSoFar(output.span) else { return 0 }
    appendEscaped(first, to: &output)
    return 1
  }

  private mutating func closeText(
    _ text: Span<UInt8>, from written: Int, to output: inout ByteBuffer
  ) {
    output.append(written..<text.count, of: text)
    let length = min(text.count - written, lastSpaceLength(text))
    if length > 0 { spaceAtEnd = (output.count - length)..<output.count }
    isAfterBang = text[text.count - 1] == UInt8(ascii: "!")
    (isAfterBackslash, isAfterAngle) = (false, false)
  }

  /// The last value ended in an `&` and letters, which the template may have made a reference.
  mutating func settleReference(_ output: inout ByteBuffer) {
    guard let open = openReference, let isReference = isReference(output.span, at: open) else {
      return
    }
    openReference = nil
    guard isReference else { return }
    output.insert(UInt8(ascii: "\\"), at: open)
    scanned += 1
  }

  /// The last value ended in a space, which only a word after it keeps as it is.
  mutating func settleSpace(isBeforeWord: Bool, _ output: inout ByteBuffer) {
    guard let space = spaceAtEnd else { return }
    spaceAtEnd = nil
    if isBeforeWord { return }
    var reference = ByteBuffer()
    appendReference(output.span, at: space.lowerBound, to: &reference)
    output.replaceSubrange(space, with: reference.span)
    scanned += reference.count - space.count
  }
}

// MARK: - The start of a line

extension Position {
  /// Escapes the first signs of a line, where they could begin a block; returns how far it got.
  ///
  /// At the start of a value the template may have written signs before it, and may go on: a
  /// number there is left alone, since `{{ stt }}. ` is the template's own list.
  private func escapeLineStart(
    _ text: Span<UInt8>, at start: Int, isValueStart: Bool, to output: inout ByteBuffer
  ) -> Int {
    guard start < text.count else { return start }
    let byte = text[start]
    if isBlank(byte) {
      appendReference(byte, to: &output)
      return start + 1
    }
    if isDigit(byte) {
      return escapeNumber(text, at: start, isValueStart: isValueStart, to: &output)
    }
    guard beginsBlock(text, at: start, after: isValueStart ? output.last : nil) else {
      return start
    }
    appendEscaped(byte, to: &output)
    return start + 1
  }

  private func beginsBlock(_ text: Span<UInt8>, at start: Int, after previous: UInt8?) -> Bool {
    let byte = text[start]
    let next: UInt8? = start + 1 < text.count ? text[start + 1] : nil
    let isEnd = next.map { isBlank($0) || $0 == UInt8(ascii: "\n") } ?? true
    switch byte {
    case UInt8(ascii: ">"), UInt8(ascii: "="), UInt8(ascii: "*"), UInt8(ascii: "|"): return true
    case UInt8(ascii: "+"): return isEnd
    case UInt8(ascii: "-"), UInt8(ascii: ":"):
      return isEnd || previous == byte || "-:|".utf8.contains(next ?? 0)
        || previous.map { "-:|".utf8.contains($0) } ?? false
    case UInt8(ascii: "~"): return next == nil || next == byte || previous == byte
    case UInt8(ascii: "#"): return previous == byte || isHeadingRun(text, at: start)
    case UInt8(ascii: "."), UInt8(ascii: ")"): return isEnd && previous.map(isDigit) ?? false
    default: return false
    }
  }

  private func isHeadingRun(_ text: Span<UInt8>, at start: Int) -> Bool {
    var end = start
    while end < text.count, text[end] == UInt8(ascii: "#") { end += 1 }
    guard end < text.count else { return true }
    return end - start <= 6 && (isBlank(text[end]) || text[end] == UInt8(ascii: "\n"))
  }

  /// `1. ` begins a list, `1.234` does not.
  private func escapeNumber(
    _ text: Span<UInt8>, at start: Int, isValueStart: Bool, to output: inout ByteBuffer
  ) -> Int {
    var end = start
    while end < text.count, isDigit(text[end]) { end += 1 }
    if end == text.count, !isValueStart {
      appendReference(text[start], to: &output)
      return start + 1
    }
    guard end < text.count, ".)".utf8.contains(text[end]) else { return start }
    let isMarker =
      end + 1 == text.count || isBlank(text[end + 1]) || text[end + 1] == UInt8(ascii: "\n")
    guard isMarker else { return start }
    output.append(start..<end, of: text)
    appendEscaped(text[end], to: &output)
    return end + 1
  }
}

/// Tells whether a reference like `&amp;` or `&#38;` can have the byte before its end.
func mayBeInReference(_ byte: UInt8) -> Bool {
  isWordByte(byte) || byte == UInt8(ascii: "#") || byte == UInt8(ascii: "&")
}

private let strictMarkup = ByteSet("!&*<[\\]_`|~\n\r\u{B}\u{C}#\"'()")

@inline(__always)
private func appendEscaped(_ byte: UInt8, to output: inout ByteBuffer) {
  output.append(UInt8(ascii: "\\"))
  output.append(byte)
}

/// Appends `&#…;`, which shows the character and means nothing.
private func appendReference(_ byte: UInt8, to output: inout ByteBuffer) {
  output.append(literal: "&#")
  output.append(contentsOf: String(byte).utf8)
  output.append(UInt8(ascii: ";"))
}

/// The same for the character at `start`.
private func appendReference(_ text: Span<UInt8>, at start: Int, to output: inout ByteBuffer) {
  var bytes: [UInt8] = []
  bytes.append(start..<min(text.count, start + 3), of: text)
  let scalar = String(decoding: bytes, as: UTF8.self).unicodeScalars.first?.value ?? 0x20
  output.append(literal: "&#")
  output.append(contentsOf: String(scalar).utf8)
  output.append(UInt8(ascii: ";"))
}
