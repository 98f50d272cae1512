import Diagnostics

/// What the template's own passages do to the position, learned from reading them once.
///
/// A template writes the same passages between its values again and again: in each round of a
/// loop, in each report. Where nothing is open around a passage, what it does depends on its bytes
/// and on its ``Position/Setting``.
struct PassageMemory: Sendable {
  /// By their hash; a newer passage takes the place of an older one.
  private var passages: [Passage] = []
  /// The bytes of all passages.
  private var bytes: [UInt8] = []

  /// Plain numbers, so that looking at one counts no references.
  private struct Passage {
    var range = 0..<0
    var before = Position().setting
    var outcome = Position().outcome
    /// Where its first line feed is, and where its last line starts, from its own start; -1
    /// without a line feed.
    var firstLineEnd = -1
    var lastLineStart = -1
  }

  private static let room = 1024
  private static let longest = 2048
  private static let mostBytes = 1 << 18

  init() {}

  /// Moves the position over the bytes that came since the last value, if they are known.
  func advance(_ position: inout Position, over text: Span<UInt8>) -> Bool {
    let start = position.scanned
    guard !passages.isEmpty, position.isOrdinary(text) else { return false }
    let setting = position.setting
    let passage = passages[PassageMemory.place(of: text, from: start, setting)]
    guard passage.range.count == text.count - start, passage.before == setting,
      bytes.span.extracting(passage.range).hasSameBytes(as: text.extracting(start..<text.count))
    else { return false }
    if passage.firstLineEnd >= 0 {
      let end = start + passage.firstLineEnd
      if position.wouldBeDelimiterRow(text, endingAt: end) { return false }
      position.lineStart = start + passage.lastLineStart
    }
    position.scanned = text.count
    position.outcome = passage.outcome
    return true
  }

  /// Takes note of what reading a passage did.
  mutating func learn(
    _ text: Span<UInt8>, from start: Int, before: Position.Setting, to after: Position
  ) {
    guard text.count > start, text.count - start <= PassageMemory.longest,
      after.hasNoRisks, after.scanned == text.count
    else { return }
    if passages.isEmpty || bytes.count > PassageMemory.mostBytes {
      passages = Array(repeating: Passage(), count: PassageMemory.room)
      bytes.removeAll(keepingCapacity: true)
    }
    let end = text.first(UInt8(ascii: "\n"), in: start..<text.count)
    let hasLineFeed = end < text.count
    let range = bytes.count..<bytes.count + text.count - start
    bytes.append(start..<text.count, of: text)
    passages[PassageMemory.place(of: text, from: start, before)] = Passage(
      range: range, before: before, outcome: after.outcome,
      firstLineEnd: hasLineFeed ? end - start : -1,
      lastLineStart: hasLineFeed ? after.lineStart - start : -1)
  }

  /// Of the setting, the length and the bytes at both ends.
  @inline(__always)
  private static func place(
    of text: Span<UInt8>, from start: Int, _ setting: Position.Setting
  ) -> Int {
    let count = text.count - start
    var hash = UInt64(truncatingIfNeeded: count) ^ setting.bits << 32
    hash &*= 0x9E37_79B9_7F4A_7C15
    if count >= 8 {
      let bytes = text.bytes
      hash ^= bytes.unsafeLoadUnaligned(fromByteOffset: start, as: UInt64.self)
      hash &*= 0xFF51_AFD7_ED55_8CCD
      hash ^= bytes.unsafeLoadUnaligned(fromByteOffset: text.count - 8, as: UInt64.self)
    } else {
      for index in start..<text.count { hash = hash << 8 ^ UInt64(text[index]) ^ hash >> 56 }
    }
    return Int(truncatingIfNeeded: (hash &* 0x9E37_79B9_7F4A_7C15) >> 54)
  }
}

extension Position {
  /// Nothing is open before the bytes that come next, and the last value has no say in them.
  func isOrdinary(_ text: Span<UInt8>) -> Bool {
    guard codeRun == 0, openBrackets == 0, line != .start || lineStart == scanned,
      scanned > 0, text[scanned - 1] != UInt8(ascii: "\\")
    else { return false }
    return !isAfterBang && !isAfterAngle && !isAfterBackslash && !isDefinition && fence == nil
      && html == .none && link == .none && spaceAtEnd == nil && openReference == nil
      && hasNoRisks
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

  /// What changes how a passage is read where all is ordinary.
  struct Setting: Equatable {
    let line: LineKind
    let isFirstLine: Bool
    let isInTable: Bool
    let isIndentedCode: Bool
    let listIndent: Int

    /// All of it in a few bits, for a hash.
    var bits: UInt64 {
      UInt64(line.rawValue) | (isFirstLine ? 4 : 0) | (isInTable ? 8 : 0)
        | (isIndentedCode ? 16 : 0) | UInt64(truncatingIfNeeded: listIndent) << 5
    }
  }

  var setting: Setting {
    Setting(
      line: line, isFirstLine: isFirstLine, isInTable: isInTable,
      isIndentedCode: isIndentedCode, listIndent: listIndent)
  }

  var outcome: Outcome {
    get {
      Outcome(
        setting: setting, codeRun: codeRun, fence: fence, html: html, link: link,
        isDefinition: isDefinition, openBrackets: openBrackets,
        isAfterBackslash: isAfterBackslash, isAfterAngle: isAfterAngle)
    }
    set {
      (line, isFirstLine) = (newValue.setting.line, newValue.setting.isFirstLine)
      (isInTable, listIndent) = (newValue.setting.isInTable, newValue.setting.listIndent)
      (isIndentedCode, codeRun) = (newValue.setting.isIndentedCode, newValue.codeRun)
      (fence, html, link) = (newValue.fence, newValue.html, newValue.link)
      (isDefinition, openBrackets) = (newValue.isDefinition, newValue.openBrackets)
      (isAfterBackslash, isAfterAngle) = (newValue.isAfterBackslash, newValue.isAfterAngle)
    }
  }

  /// No value of the last two lines would have to change in the header of a table.
  var hasNoRisks: Bool { headerRisks.isEmpty && !hasBrokenCode }

  /// What reading a passage can change, but for the places in the text.
  struct Outcome {
    var setting: Setting
    var codeRun: Int
    var fence: Fence?
    var html: HTMLState
    var link: LinkState
    var isDefinition: Bool
    var openBrackets: Int
    var isAfterBackslash: Bool
    var isAfterAngle: Bool
  }

  /// Whether the line that ends there could be a delimiter row, which depends on values in it.
  func wouldBeDelimiterRow(_ text: Span<UInt8>, endingAt end: Int) -> Bool {
    !setting.isFirstLine && lineStart < scanned
      && isDelimiterLine(lineStart..<end, source: text)
  }
}
