import Diagnostics

/// What the template's own passages do to the position, learned from reading them once.
///
/// A template writes the same passages between its values again and again: in each round of a
/// loop, in each report. Where nothing is open around a passage, what it does depends on its bytes,
/// for which its number stands, and on its ``Position/Setting``.
struct PassageMemory: Sendable {
  /// By their number.
  private var passages: [Learned] = []

  /// Plain numbers, so that looking at one counts no references.
  private struct Learned: BitwiseCopyable {
    /// 0 where nothing was learned.
    var length = 0
    var before = Position.Setting()
    var after = Position.Setting()
    /// Where its first line feed is, and where its last line starts, from its own start; -1
    /// without a line feed.
    var firstLineEnd = -1
    var lastLineStart = -1
  }

  private static let most = 1 << 14

  init() {}

  /// Moves the position over a passage, from the last value to the end of the text, if it is known.
  @inline(__always)
  func advance(_ position: inout Position, past number: Int, over text: Span<UInt8>) -> Bool {
    guard number >= 0, number < passages.count else { return false }
    let start = position.scanned
    let passage = passages[number]
    guard passage.length == text.count &- start, passage.before == position.setting else {
      return false
    }
    if passage.firstLineEnd >= 0 {
      let end = start &+ passage.firstLineEnd
      if position.wouldBeDelimiterRow(text, endingAt: end) { return false }
      position.lineStart = start &+ passage.lastLineStart
    }
    position.scanned = text.count
    position.setting = passage.after
    return true
  }

  /// Takes note of what reading a passage did that left nothing open.
  mutating func learn(
    _ number: Int, _ text: Span<UInt8>, from start: Int, before: Position.Setting,
    to after: Position
  ) {
    guard number >= 0, number < PassageMemory.most, text.count > start else { return }
    while passages.count <= number { passages.append(Learned()) }
    let end = text.first(UInt8(ascii: "\n"), in: start..<text.count)
    let hasLineFeed = end < text.count
    passages[number] = Learned(
      length: text.count - start, before: before, after: after.setting,
      firstLineEnd: hasLineFeed ? end - start : -1,
      lastLineStart: hasLineFeed ? after.lineStart - start : -1)
  }
}

extension Position {
  /// Nothing is open before the bytes that come next, and the last value has no say in them.
  func isCalm(_ text: Span<UInt8>) -> Bool {
    guard codeRun == 0, openBrackets == 0, scanned == text.count,
      text.last != UInt8(ascii: "\\")
    else { return false }
    return !isAfterBang && !isAfterAngle && !isAfterBackslash && !isDefinition && fence == nil
      && html == .none && link == .none && spaceAtEnd == nil && openReference == nil
      && headerRisks.isEmpty && !hasBrokenCode
  }

  /// In a line of text, with nothing open that a number could go on with.
  var isInPlainText: Bool {
    line != .start && codeRun == 0 && fence == nil && html == .none && link == .none
      && !isAfterBackslash && !isAfterAngle && !isAfterBang && spaceAtEnd == nil
      && openReference == nil
  }

  /// Where the line ends that the next byte stands in.
  func lineEnd(_ text: Span<UInt8>) -> Int {
    text.first(UInt8(ascii: "\n"), in: scanned..<text.count)
  }

  /// Whether the line that ends there could be a delimiter row, which depends on values in it.
  ///
  /// Mutating, so that it gets no copy of the position.
  @inline(__always)
  mutating func wouldBeDelimiterRow(_ text: Span<UInt8>, endingAt end: Int) -> Bool {
    !setting.isFirstLine && lineStart < scanned
      && isDelimiterLine(lineStart..<end, source: text)
  }
}
