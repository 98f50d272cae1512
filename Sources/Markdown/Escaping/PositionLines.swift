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
    isIndentedCode = start.isIndented && (isFirstLine || isInTable || start.hasMarker)
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
    if isDelimiter, fitsLineBefore(text) { isInTable = true }
    let isRule = isRule(text)
    if line == .tableRow { leaveInlines() }
    if line == .heading || isRule { leaveBlock() }
    isFirstLine = line == .heading || isRule || isIndentedCode
    return isDelimiter && risksBefore > 0
  }

  /// Tells whether the delimiter row that ends at `scanned` has as many cells as the line before it,
  /// in which a pipe of a value is none of the table's.
  private mutating func fitsLineBefore(_ text: Span<UInt8>) -> Bool {
    if isInTable { return true }
    let content = LineStart(text, from: lineStart, itemIndent: listIndent).content
    // Of what stands in a quote or an item, the line before may have other marks.
    guard trimmed(lineStart..<content, source: text).isEmpty else { return true }
    let risks = headerRisks[..<risksBefore]
    var start = min(lineStart - 1, risks.first?.offset ?? lineStart)
    while start > 0, text[start - 1] != UInt8(ascii: "\n") { start -= 1 }
    lookedBackTo = min(lookedBackTo, start)
    var header: [UInt8] = []
    for risk in risks {
      header.append(start..<risk.offset, of: text)
      header.append(literal: risk.isBreak ? " " : "\\|")
      start = risk.offset + (risk.isBreak ? 2 : 1)
    }
    header.append(start..<max(start, lineStart - 1), of: text)
    let row = trimmed(lineStart..<scanned, source: text)
    return cellCount(of: trimmed(header.indices, source: header.span), source: header.span)
      == cellCount(of: row, source: text)
  }

  /// Tells whether the line that ends at `scanned` is a rule, or underlines a heading.
  private mutating func isRule(_ text: Span<UInt8>) -> Bool {
    let last = trimmed(lineStart..<scanned, source: text).last.map { text[$0] }
    guard line == .start || last == UInt8(ascii: "*") || last == UInt8(ascii: "_") else {
      return false
    }
    let start = LineStart(text, from: lineStart, itemIndent: listIndent).content
    let signs = (start..<max(start, scanned)).filter { !isBlank(text[$0]) }
    guard let first = signs.first, signs.allSatisfy({ text[$0] == text[first] }) else {
      return line == .start
    }
    let isRule =
      switch text[first] {
      case UInt8(ascii: "="): !isFirstLine
      case UInt8(ascii: "-"): !isFirstLine || signs.count > 2
      case UInt8(ascii: "*"), UInt8(ascii: "_"): signs.count > 2
      default: false
      }
    if isRule { lookedBackTo = min(lookedBackTo, lineStart) }
    return isRule
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
