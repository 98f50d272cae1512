import Texts

/// The position of the next byte in a Markdown text, known from the bytes so far.
///
/// Reads each byte of the template's text once. It follows the structure of CommonMark as far
/// as it matters to a value: the start of the line, headings, table rows, code, raw HTML, links.
struct Position: Sendable {
  /// The number of bytes that have been read; those of values are stepped over.
  var scanned = 0
  var lineStart = 0
  /// The least offset that reading looked back to; what it tells is then no matter of the bytes that
  /// come after alone.
  var lookedBackTo = Int.max
  var setting = Setting()
  /// The length of the backtick run that opened a code span; 0 outside.
  var codeRun = 0
  var codeHoldsValue = false
  /// A value was put into a code span that the template never closed.
  var hasBrokenCode = false
  var fence: Fence?
  var html = HTMLState.none
  var link = LinkState.none
  var isDefinition = false
  var openBrackets = 0
  /// The last byte is a backslash that would escape the next.
  var isAfterBackslash = false
  /// The last byte is a `<` that could open a tag or an address.
  var isAfterAngle = false
  /// The last value ended in `!`, which a `[` would make an image.
  var isAfterBang = false
  /// The space that ends the last value, while nothing came after it.
  var spaceAtEnd: Range<Int>?
  /// The `&` of the last value, while it could still become a reference.
  var openReference: Int?
  /// The place from which the value at hand has only line feeds.
  var contentEnd = 0
  /// Places of the line before and of this one that would be wrong in the header of a table.
  var headerRisks: [HeaderRisk] = []
  /// The number of them in the line before.
  var risksBefore = 0

  /// The kind of the line, as far as its first bytes have told.
  enum LineKind: UInt8, BitwiseCopyable {
    /// Nothing but container prefixes and signs that could still begin a block.
    case start
    case text
    case heading
    case tableRow
  }

  struct Fence {
    let byte: UInt8
    let length: Int
    /// The fence stands at the margin and in no list or quote.
    let isAtMargin: Bool
    /// The line that opens the fence is not over.
    var isOpening = true
  }

  enum HTMLState: Equatable {
    case none
    /// Inside a tag; a quoted attribute ends with this byte, 0 outside quotes.
    case tag(quote: UInt8)
    /// Inside `<scheme:…>`.
    case address
    case comment
    /// A block of HTML: all up to a blank line.
    case block
  }

  enum LinkState: Equatable {
    case none
    case destination(depth: Int)
    case pointedDestination
    case afterDestination
    case title(end: UInt8)
  }

  struct HeaderRisk {
    let offset: Int
    /// A hard break of two bytes; else a pipe.
    let isBreak: Bool
  }

  var line: LineKind {
    get { setting.line }
    set { setting.line = newValue }
  }

  var isFirstLine: Bool {
    get { setting.isFirstLine }
    set { setting.isFirstLine = newValue }
  }

  var isInTable: Bool {
    get { setting.isInTable }
    set { setting.isInTable = newValue }
  }

  var isIndentedCode: Bool {
    get { setting.isIndentedCode }
    set { setting.isIndentedCode = newValue }
  }

  var listIndent: Int {
    get { setting.listIndent }
    set { setting.listIndent = newValue }
  }

  var isLineBound: Bool {
    line == .heading || line == .tableRow || isInTable || isInTitle
  }

  var isInTitle: Bool {
    if case .title = link { return true }
    return false
  }

  /// Reads what the template appended since the last value.
  mutating func read(_ text: inout ByteBuffer) {
    if scanned < text.count { settleEnd(&text) }
    while reachesTable(text.span) { repairHeader(&text) }
  }

  /// Writes the end of the last value as the byte that follows asks for.
  private mutating func settleEnd(_ text: inout ByteBuffer) {
    if openReference != nil { settleReference(&text) }
    if spaceAtEnd != nil { settleSpace(isBeforeWord: startsWord(text.span, scanned), &text) }
    isAfterAngle = false
    isAfterBackslash = false
    if isAfterBang, text[scanned] == UInt8(ascii: "[") {
      text.insert(UInt8(ascii: "\\"), at: scanned - 1)
      scanned += 1
    }
    isAfterBang = false
  }

  /// Reads up to the end, or up to a delimiter row whose header has to be rewritten.
  private mutating func reachesTable(_ text: Span<UInt8>) -> Bool {
    while scanned < text.count || line == .start {
      if line == .start, !isVerbatim {
        readLineStart(text)
        if line == .start, scanned >= text.count { return false }
      }
      guard scanned < text.count else { return false }
      let isRow = step(text)
      if isRow { return true }
    }
    return false
  }

  /// Inside a fence or a block of HTML: only the ends of lines matter.
  var isVerbatim: Bool { fence != nil || html == .block || html == .comment }

  /// Reads up to the next byte that changes the state, and that byte. Returns what
  /// ``finishLine(_:)`` does.
  private mutating func step(_ text: Span<UInt8>) -> Bool {
    skipPlain(text)
    guard scanned < text.count else { return false }
    let byte = text[scanned]
    if byte == UInt8(ascii: "\n") { return finishLine(text) }
    if line == .start {
      // The line start is known up to a line feed.
      scanned += 1
    } else if html != .none {
      stepTag(byte)
    } else if link != .none {
      stepLink(byte, text)
    } else if codeRun > 0 {
      stepCode(byte, text)
    } else {
      stepText(byte, text)
    }
    return false
  }

  /// Skips the bytes that mean nothing in this state.
  private mutating func skipPlain(_ text: Span<UInt8>) {
    if isVerbatim {
      readVerbatim(text)
    } else if line != .start, html == .none, link == .none {
      scanned = text.firstMarkup(in: scanned..<text.count)
    }
  }

  private mutating func readVerbatim(_ text: Span<UInt8>) {
    if line == .start { line = .text }
    let end = text.first(UInt8(ascii: "\n"), in: scanned..<text.count)
    if html == .comment { leaveComment(text, end) }
    scanned = end
  }

  private mutating func leaveComment(_ text: Span<UInt8>, _ end: Int) {
    var index = max(lineStart, scanned - 2)
    while index + 2 < end {
      if text[index] == UInt8(ascii: "-"), text[index + 1] == UInt8(ascii: "-"),
        text[index + 2] == UInt8(ascii: ">")
      {
        return html = .none
      }
      index += 1
    }
  }

  private mutating func stepCode(_ byte: UInt8, _ text: Span<UInt8>) {
    switch byte {
    case UInt8(ascii: "`"):
      let run = runLength(text, at: scanned)
      if run == codeRun { (codeRun, codeHoldsValue) = (0, false) }
      scanned += run
    case UInt8(ascii: "|") where line == .tableRow && !isEscaped(text, scanned):
      leaveInlines()
      scanned += 1
    default: scanned += 1
    }
  }

  private mutating func stepText(_ byte: UInt8, _ text: Span<UInt8>) {
    switch byte {
    case UInt8(ascii: "\\"): skipEscape(text)
    case UInt8(ascii: "`"):
      codeRun = runLength(text, at: scanned)
      scanned += codeRun
    case UInt8(ascii: "<"): openAngle(text)
    case UInt8(ascii: "["):
      openBrackets += 1
      scanned += 1
    case UInt8(ascii: "]"): closeBracket(text)
    case UInt8(ascii: "|") where line == .tableRow:
      openBrackets = 0
      scanned += 1
    default: scanned += 1
    }
  }

  private mutating func skipEscape(_ text: Span<UInt8>) {
    isAfterBackslash = scanned + 1 == text.count
    let escapesLine = !isAfterBackslash && text[scanned + 1] == UInt8(ascii: "\n")
    scanned = min(text.count, scanned + (escapesLine ? 1 : 2))
  }

  private mutating func openAngle(_ text: Span<UInt8>) {
    isAfterAngle = scanned + 1 == text.count
    scanned += 1
    guard scanned < text.count, startsTag(text[scanned]) else { return }
    if startsComment(text, scanned) {
      html = .comment
    } else {
      html = hasScheme(text, scanned) ? .address : .tag(quote: 0)
    }
  }

  private mutating func closeBracket(_ text: Span<UInt8>) {
    scanned += 1
    guard openBrackets > 0 else { return }
    openBrackets -= 1
    guard scanned < text.count else { return }
    let isDefinition = text[scanned] == UInt8(ascii: ":") && isFirstLine && openBrackets == 0
    if text[scanned] == UInt8(ascii: "(") || isDefinition {
      link = .destination(depth: 0)
      self.isDefinition = isDefinition
      scanned += 1
    }
  }

  private mutating func stepTag(_ byte: UInt8) {
    scanned += 1
    switch html {
    case .tag(let quote) where quote != 0:
      if byte == quote { html = .tag(quote: 0) }
    case .tag where byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'"):
      html = .tag(quote: byte)
    case .tag where byte == UInt8(ascii: ">"), .address where byte == UInt8(ascii: ">"):
      html = .none
    default: break
    }
  }

  private mutating func stepLink(_ byte: UInt8, _ text: Span<UInt8>) {
    if byte == UInt8(ascii: "\\") { return skipEscape(text) }
    scanned += 1
    switch link {
    case .destination(let depth): link = destination(byte, depth, after: text[scanned - 2])
    case .pointedDestination: if byte == UInt8(ascii: ">") { link = .afterDestination }
    case .afterDestination: link = afterDestination(byte)
    case .title(let end): if byte == end { link = .afterDestination }
    case .none: break
    }
  }

  private func destination(_ byte: UInt8, _ depth: Int, after previous: UInt8) -> LinkState {
    let isFirst = [UInt8(ascii: "("), UInt8(ascii: ":"), UInt8(ascii: " ")].contains(previous)
    switch byte {
    case UInt8(ascii: "("): return .destination(depth: depth + 1)
    case UInt8(ascii: ")"): return depth == 0 ? .none : .destination(depth: depth - 1)
    case UInt8(ascii: "<") where isFirst: return .pointedDestination
    case UInt8(ascii: " "), UInt8(ascii: "\t"):
      return isFirst ? .destination(depth: depth) : .afterDestination
    default: return .destination(depth: depth)
    }
  }

  private func afterDestination(_ byte: UInt8) -> LinkState {
    switch byte {
    case UInt8(ascii: ")"): .none
    case UInt8(ascii: "\""), UInt8(ascii: "'"): .title(end: byte)
    case UInt8(ascii: "("): .title(end: UInt8(ascii: ")"))
    default: .afterDestination
    }
  }
}

/// Counts how often the byte at `start` stands there in a row.
func runLength(_ text: Span<UInt8>, at start: Int) -> Int {
  var end = start + 1
  while end < text.count, text[end] == text[start] { end += 1 }
  return end - start
}

/// Tells whether a backslash takes the meaning from the byte at `index`.
func isEscaped(_ text: Span<UInt8>, _ index: Int) -> Bool {
  index > 0 && text[index - 1] == UInt8(ascii: "\\")
}

/// Tells whether `<` and this byte could begin a tag, a comment, or an address.
func startsTag(_ byte: UInt8) -> Bool {
  isLetter(byte) || byte == UInt8(ascii: "/") || byte == UInt8(ascii: "!")
    || byte == UInt8(ascii: "?")
}

private func startsComment(_ text: Span<UInt8>, _ start: Int) -> Bool {
  start + 2 < text.count && text[start] == UInt8(ascii: "!")
    && text[start + 1] == UInt8(ascii: "-") && text[start + 2] == UInt8(ascii: "-")
}

/// Tells whether `scheme:` or the start of an e-mail address stands at `start`.
func hasScheme(_ text: Span<UInt8>, _ start: Int) -> Bool {
  for index in start..<min(start + 64, text.count) {
    let byte = text[index]
    if byte == UInt8(ascii: ":") || byte == UInt8(ascii: "@") { return true }
    if !isWordByte(byte) && !".+-".utf8.contains(byte) { return false }
  }
  return false
}
