import Diagnostics
import Texts

/// Puts values into a Markdown text so that each shows exactly its characters, wherever it
/// stands, and never becomes markup.
///
/// The caller appends the template's own text to the output; for each value it calls
/// ``append(_:to:)``. The escaper reads what came since the last value, once, and so knows what
/// the value stands in. At the end the caller calls ``finish(_:)``.
///
/// A value that cannot be kept is refused with a ``MarkdownProblem``. Known limits, all of
/// CommonMark: emphasis marks of the template between a letter and a value that begins or ends with
/// punctuation (`số**{{ x }}**`), and emphasis around an empty value, stay literal.
public struct MarkdownEscaper: Sendable {
  private var position = Position()
  private var address: Address?
  private var memory = PassageMemory()
  /// Nothing is open where the next byte will stand, see ``Position/isCalm(_:)``; before a passage
  /// also, a line that began was read far enough to know what it is.
  private var isCalm = true
  /// The place where the last ordinary value began; a line that has one is no delimiter row.
  private var lastWord = -1

  /// A value that stands as it is after a `<`, provided that a `>` follows.
  private final class Address: Sendable {
    let angle: Int
    /// Of the value, in the output.
    let end: Int
    let before: Position

    init(angle: Int, end: Int, before: Position) {
      (self.angle, self.end, self.before) = (angle, end, before)
    }
  }

  public init() {}

  /// Appends a value, escaped as the place asks for.
  ///
  /// - Parameter passage: stands for the very bytes that the caller appended since the last value,
  ///   so that what they do need be worked out only once; negative where nothing does.
  ///
  /// Throws ``MarkdownProblem`` without a place where the value cannot be shown.
  public mutating func append(
    _ value: Span<UInt8>, after passage: Int = -1, to output: inout ByteBuffer
  ) throws(Diagnostic) {
    if address != nil { settleAddress(&output) }
    let passage = numbered(passage, output)
    let known = known(passage, output)
    if let known, memory[known].takes(value), value.isOrdinary {
      return appendOrdinary(value, after: known, to: &output)
    }
    try appendAny(value, after: passage, known, to: &output)
  }

  /// A number for the passage that came since the last value, where the caller has none.
  @inline(__always)
  private mutating func numbered(_ passage: Int, _ output: borrowing ByteBuffer) -> Int {
    guard passage < 0, isCalm else { return passage }
    return memory.number(of: output.span.extracting(position.scanned..<output.count))
  }

  /// The passage that came since the last value, if nothing is open before it and what it does is
  /// known.
  @inline(__always)
  private mutating func known(
    _ passage: Int, _ output: borrowing ByteBuffer
  ) -> PassageMemory.Place? {
    guard isCalm else { return nil }
    return memory.known(
      passage, after: &position, output.span, hasWord: lastWord >= position.lineStart)
  }

  /// Appends a value that shows its characters as they are after this passage.
  @inline(__always)
  private mutating func appendOrdinary(
    _ value: Span<UInt8>, after known: PassageMemory.Place, to output: inout ByteBuffer
  ) {
    position.advance(past: memory[known], to: memory[known].afterValue)
    lastWord = output.count
    output.append(value)
    position.scanned = output.count
  }

  @inline(never)
  private mutating func appendAny(
    _ value: Span<UInt8>, after passage: Int, _ known: PassageMemory.Place?,
    to output: inout ByteBuffer
  ) throws(Diagnostic) {
    if let known {
      position.advance(past: memory[known], to: memory[known].after)
    } else {
      try readPassage(passage, &output)
    }
    guard !value.isEmpty else {
      return isCalm = isCalm && (position.line != .start || position.lineStart == output.count)
    }
    if position.spaceAtEnd != nil {
      position.settleSpace(isBeforeWord: startsWord(value, 0), &output)
    }
    let beginsLine = isCalm && position.line == .start
    let isPlain =
      (isCalm || position.isOpenText) && position.appendPlain(value, to: &output)
    if !isPlain { try appendInPlace(value, to: &output) }
    position.scanned = output.count
    if isCalm && isPlain {
      guard value.isOrdinary else { return }
      lastWord = output.count - value.count
      if beginsLine, let known { memory.learn(known, afterLetter: position.setting) }
      return
    }
    isCalm = address == nil && position.line != .start && position.isCalm(output.span)
  }

  /// Ends the text: rewrites what only its end tells, and refuses what was left open.
  public mutating func finish(_ output: inout ByteBuffer) throws(Diagnostic) {
    if address != nil { settleAddress(&output) }
    position.finish(&output)
    if position.hasBrokenCode { throw Diagnostic(.markdown(.codeNotClosed), at: nil) }
    keepFirstMark(in: &output)
  }

  /// A byte order mark at the very start would be taken for that of the file.
  private func keepFirstMark(in output: inout ByteBuffer) {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    guard output.count >= 3, mark.indices.allSatisfy({ output[$0] == mark[$0] }) else { return }
    let rest = Array(output.span.extracting(3..<output.count))
    output.truncate(to: 0)
    output.append(literal: "&#xFEFF;")
    output.append(rest.span)
  }

  /// Appends a whole number, whose digits stand as they are everywhere.
  ///
  /// - Parameter passage: see ``append(_:after:to:)``.
  public mutating func append(
    number: Int, after passage: Int = -1, to output: inout ByteBuffer
  ) throws(Diagnostic) {
    if address != nil { settleAddress(&output) }
    let passage = numbered(passage, output)
    if let known = known(passage, output) {
      let learned = memory[known]
      position.advance(past: learned, to: learned.after)
      if learned.wanted == .letterOrDigit, number >= 0 { lastWord = output.count }
    } else {
      try readPassage(passage, &output)
    }
    output.append(number: number)
    endNumber(output)
  }

  /// Appends Markdown that ``closedMarkdown(_:)`` made: as it is where blocks may stand, as the
  /// inlines of its only paragraph in a heading or in a cell.
  ///
  /// Throws ``MarkdownProblem/blocksInLine`` where it has more than one paragraph for these.
  public mutating func append(
    prose: Span<UInt8>, to output: inout ByteBuffer
  ) throws(Diagnostic) {
    if address != nil { settleAddress(&output) }
    try readPassage(numbered(-1, output), &output)
    guard position.isLineBound else { return output.append(prose) }
    let isCell = position.line == .tableRow || position.isInTable
    guard !position.isInTitle, let line = inlines(of: prose, in: isCell ? .cell : .heading) else {
      throw Diagnostic(.markdown(.blocksInLine), at: nil)
    }
    output.append(line.span)
  }

  /// After a number: in the middle of a text it says nothing of what comes, elsewhere it is read
  /// like the template's own signs.
  private mutating func endNumber(_ output: borrowing ByteBuffer) {
    if isCalm ? position.line != .start : position.isInPlainText {
      return position.scanned = output.count
    }
    // Its digits are yet to be read: `{{ stt }}. ` begins an item.
    let digits = output.count - position.scanned
    let beginsLine = isCalm && position.lineStart == position.scanned && digits < 10
    isCalm = beginsLine && output.last.map(isDigit) ?? false && isDigit(output[position.scanned])
    if isCalm { position.setting.leadingDigits = digits }
  }

  /// Begins another text with what was learned from the ones before.
  public mutating func beginText() {
    position = Position()
    address = nil
    isCalm = true
    lastWord = -1
  }

  /// Reads what the caller appended since the last value, and takes note of what it does.
  private mutating func readPassage(
    _ passage: Int, _ output: inout ByteBuffer
  ) throws(Diagnostic) {
    let (start, before, count) = (position.scanned, position.setting, output.count)
    let isWorthLearning =
      isCalm
      && !position.wouldBeDelimiterRow(output.span, endingAt: position.lineEnd(output.span))
    position.setting.leadingDigits = 0
    position.lookedBackTo = .max
    position.read(&output)
    if position.hasBrokenCode { throw Diagnostic(.markdown(.codeNotClosed), at: nil) }
    isCalm = position.isCalm(output.span)
    guard isWorthLearning, isCalm, output.count == count, position.lookedBackTo >= start else {
      return
    }
    memory.learn(passage, output.span, from: start, before: before, to: position)
  }

  private mutating func appendInPlace(
    _ value: Span<UInt8>, to output: inout ByteBuffer
  ) throws(Diagnostic) {
    if let fence = position.fence {
      try check(value, inFence: fence, lineSoFar: output.span, from: position.lineStart)
      return output.append(value.all, of: value)
    }
    try checkHTML(value)
    if position.codeRun > 0 { return try appendCode(value, to: &output) }
    if position.isIndentedCode { return try appendIndentedCode(value, to: &output) }
    switch position.link {
    case .destination, .pointedDestination: appendDestination(value, to: &output)
    case .none where position.html == .address: output.append(value.all, of: value)
    case .none where position.isAfterAngle: appendAfterAngle(value, to: &output)
    default: position.appendText(value, to: &output)
    }
  }

  private func checkHTML(_ value: Span<UInt8>) throws(Diagnostic) {
    switch position.html {
    case .none: return
    case .address:
      let isSafe = value.all.allSatisfy { value[$0] > 0x20 && !"<>&|".utf8.contains(value[$0]) }
      if !isSafe { throw Diagnostic(.markdown(.notInAutolink), at: nil) }
    case .tag, .comment, .block: throw Diagnostic(.markdown(.insideHTML), at: nil)
    }
  }

  private mutating func appendCode(
    _ value: Span<UInt8>, to output: inout ByteBuffer
  ) throws(Diagnostic) {
    if let problem = problemInCode(value) { throw Diagnostic(.markdown(problem), at: nil) }
    position.codeHoldsValue = true
    guard position.line == .tableRow || position.isInTable else {
      return output.append(value.all, of: value)
    }
    for index in value.all {
      if value[index] == UInt8(ascii: "|") { output.append(UInt8(ascii: "\\")) }
      output.append(value[index])
    }
  }

  private mutating func appendIndentedCode(
    _ value: Span<UInt8>, to output: inout ByteBuffer
  ) throws(Diagnostic) {
    let start = output.count
    position.appendText(value, to: &output)
    let isUnchanged =
      position.spaceAtEnd == nil && output.count - start == value.count
      && value.all.allSatisfy { output[start + $0] == value[$0] }
    position.openReference = nil
    if !isUnchanged { throw Diagnostic(.markdown(.markupInIndentedCode), at: nil) }
  }

  /// `<{{ email }}>`: the value stays as it is when it is an address; else it is text, and the
  /// angle before it too.
  private mutating func appendAfterAngle(_ value: Span<UInt8>, to output: inout ByteBuffer) {
    let angle = output.count - 1
    if isAddress(value) {
      output.append(value.all, of: value)
      return address = Address(angle: angle, end: output.count, before: position)
    }
    output.insert(UInt8(ascii: "\\"), at: angle)
    position.appendText(value, to: &output)
  }

  /// Takes an address back that no `>` follows.
  private mutating func settleAddress(_ output: inout ByteBuffer) {
    guard let address else { return }
    self.address = nil
    let end = address.end
    if end < output.count, output[end] == UInt8(ascii: ">") {
      position.scanned = end + 1
      position.isAfterAngle = false
      return isCalm = position.line != .start && position.hasNothingOpen
    }
    let value = Array(output.span.extracting((address.angle + 1)..<end))
    let rest = Array(output.span.extracting(end..<output.count))
    output.truncate(to: address.angle)
    output.append(literal: "\\<")
    position = address.before
    position.appendText(value.span, to: &output)
    position.scanned = output.count
    output.append(rest.span)
  }
}
