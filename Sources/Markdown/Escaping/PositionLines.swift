import Texts

// What the start and the end of a line do to the position.

extension Position {
  /// Reads the first bytes of the line, from its start, until they tell what it is.
  mutating func readLineStart(_ text: Span<UInt8>) {
    if lineStart < text.count, text[lineStart] == UInt8(ascii: "\n") {
      return isIndentedCode = false
    }
    let start = LineStart(text, from: lineStart, itemIndent: listIndent)
    scanned = max(scanned, min(start.content, text.count))
    isIndentedCode = isFirstLine && !start.hasMarker && start.indent >= listIndent + 4
    guard let kind = start.kind else { return }
    if start.hasMarker || (kind != .text && kind != .tableRow) { leaveBlock() }
    if start.hasMarker { listIndent = start.indent }
    if isFirstLine, !start.hasMarker, start.indent == 0 { listIndent = 0 }
    switch kind {
    case .text: line = .text
    case .heading: line = .heading
    case .tableRow: line = .tableRow
    case .fence(let byte, let length):
      line = .text
      fence = Fence(byte: byte, length: length, isAtMargin: start.content == lineStart)
    case .html(let isComment):
      line = .text
      html = isComment ? .comment : .block
    }
  }

  /// Takes note of a line feed of the template at `scanned`. Returns whether the line made a
  /// table of the line before, which holds what a header cannot.
  mutating func finishLine(_ text: Span<UInt8>) -> Bool {
    var isHeaderWrong = false
    if let open = fence {
      finishFenceLine(open, text)
    } else if isBlankLine(text) {
      leaveBlock()
      (html, isFirstLine) = (html == .comment ? .comment : .none, true)
    } else {
      isHeaderWrong = finishTextLine(text)
    }
    if isDefinition { (link, isDefinition) = (.none, false) }
    if !isHeaderWrong, !headerRisks.isEmpty {
      headerRisks.removeFirst(risksBefore)
      risksBefore = headerRisks.count
    }
    scanned += 1
    lineStart = scanned
    line = .start
    return isHeaderWrong
  }

  /// Tells whether the line holds nothing but prefixes of containers; one of text is known not to.
  private func isBlankLine(_ text: Span<UInt8>) -> Bool {
    if line != .start, !isVerbatim { return false }
    if lineStart == scanned { return true }
    return LineStart(text, from: lineStart, itemIndent: listIndent).isBlankLine(text)
  }

  /// Returns what ``finishLine(_:)`` does.
  private mutating func finishTextLine(_ text: Span<UInt8>) -> Bool {
    let isDelimiter = !isFirstLine && isDelimiterRow(text, lineStart..<scanned)
    if isDelimiter { isInTable = true }
    let isRule = line == .start
    if line == .tableRow { leaveInlines() }
    if line == .heading || isRule { leaveBlock() }
    isFirstLine = line == .heading || isRule || isIndentedCode
    return isDelimiter && risksBefore > 0
  }

  private mutating func finishFenceLine(_ open: Fence, _ text: Span<UInt8>) {
    let content = trimmed(lineStart..<scanned, source: text)
    let isClosing =
      !open.isOpening && content.count >= open.length
      && content.allSatisfy { text[$0] == open.byte }
    fence?.isOpening = false
    if isClosing { (fence, isFirstLine) = (nil, true) }
  }

  /// A paragraph, item or row is over: what was open in it never was.
  mutating func leaveInlines() {
    if codeRun > 0, codeHoldsValue { hasBrokenCode = true }
    (codeRun, codeHoldsValue, openBrackets, link) = (0, false, 0, .none)
  }

  private mutating func leaveBlock() {
    leaveInlines()
    isInTable = false
    if html != .comment { html = .none }
  }

  /// The line before turned out to be the header of a table: rewrites what cannot stand there.
  mutating func repairHeader(_ text: inout ByteBuffer) {
    guard risksBefore > 0, let first = headerRisks.first else { return }
    var repaired = ByteBuffer()
    var copied = first.offset
    for risk in headerRisks[..<risksBefore] {
      repaired.append(copied..<risk.offset, of: text.span)
      repaired.append(literal: risk.isBreak ? "&#10;" : "\\|")
      copied = risk.offset + (risk.isBreak ? 2 : 1)
    }
    repaired.append(copied..<text.count, of: text.span)
    let growth = first.offset + repaired.count - text.count
    text.replaceSubrange(first.offset..<text.count, with: repaired.span)
    scanned += growth
    lineStart += growth
    headerRisks.removeAll()
    risksBefore = 0
  }

  /// The end of the text ends its last line.
  mutating func finish(_ text: inout ByteBuffer) {
    read(&text)
    settleSpace(isBeforeWord: false, &text)
    if finishTextLine(text.span) { repairHeader(&text) }
    leaveInlines()
  }

  /// Tells whether all of the line so far could be part of a delimiter row.
  func isDelimiterSoFar(_ text: Span<UInt8>) -> Bool {
    isDelimiterLine(lineStart..<text.count, source: text)
  }
}

private func isDelimiterRow(_ text: Span<UInt8>, _ line: Range<Int>) -> Bool {
  guard isDelimiterLine(line, source: text) else { return false }
  var (hasDash, hasMark) = (false, false)
  for index in line {
    hasDash = hasDash || text[index] == UInt8(ascii: "-")
    hasMark = hasMark || text[index] == UInt8(ascii: "|") || text[index] == UInt8(ascii: ":")
  }
  return hasDash && hasMark
}
