import Texts

/// What the template's own passages do to the position, learned from reading them once.
///
/// A template writes the same passages between its values again and again: in each round of a
/// loop, in each report. Where nothing is open around a passage, what it does depends on its bytes,
/// for which its number stands, and on its ``Position/Setting``.
struct PassageMemory: Sendable {
  /// A few for each number, the latest first, for it may come in several settings by turns: in the
  /// first item of a list and in the others, after `9. ` and after `10. `.
  private var passages: [Learned] = []
  private static let ways = 4

  /// Plain numbers, so that looking at one counts no references.
  struct Learned: BitwiseCopyable {
    /// 0 where nothing was learned.
    fileprivate(set) var length: Int32 = 0
    /// Where its first line feed is, and where its last line starts, from its own start; -1
    /// without a line feed.
    fileprivate(set) var firstLineEnd: Int32 = -1
    fileprivate(set) var lastLineStart: Int32 = -1
    /// What an ordinary value must begin with after it, for that to stand in a line of text, or to
    /// begin one.
    fileprivate(set) var wanted = Beginning.unknown
    fileprivate(set) var before = Position.Setting()
    fileprivate(set) var after = Position.Setting()
    /// The setting after an ordinary value of the wanted beginning.
    fileprivate(set) var afterValue = Position.Setting()

    /// What it does with an ordinary value after it, if that is known.
    var step: EscapeStep? {
      guard wanted != .unknown else { return nil }
      return EscapeStep(
        from: before.bits, to: afterValue.bits, lastLineStart: lastLineStart,
        wantsLetter: wanted == .letter)
    }

    /// What it does with a number after it that begins a line, whose digits are yet to be read.
    func step(toDigits setting: Position.Setting) -> EscapeStep? {
      guard (1...9).contains(setting.leadingDigits) else { return nil }
      return EscapeStep(
        from: before.bits, to: setting.bits, lastLineStart: lastLineStart, wantsLetter: false,
        digits: UInt8(setting.leadingDigits))
    }
  }

  enum Beginning: UInt8, BitwiseCopyable {
    case letterOrDigit
    case letter
    case unknown
  }

  /// Where in the memory a passage is.
  struct Place: BitwiseCopyable {
    fileprivate let index: Int
  }

  private static let most = 1 << 14

  init() {}

  @inline(__always)
  subscript(place: Place) -> Learned { passages[place.index] }

  /// The passage that came since the last value, if what it does is known.
  ///
  /// - Parameter hasWord: whether the line that it begins in is known to hold a word.
  @inline(__always)
  func known(
    _ number: Int, after position: inout Position, _ text: Span<UInt8>, hasWord: Bool
  ) -> Place? {
    guard number >= 0 else { return nil }
    let length = text.count &- position.scanned
    var index = PassageMemory.ways &* number
    let end = index &+ PassageMemory.ways
    guard end <= passages.count else { return nil }
    while !isKnown(index, length, position.setting) {
      index &+= 1
      if index == end { return nil }
    }
    if passages[index].firstLineEnd >= 0, !hasWord {
      let end = position.scanned &+ Int(passages[index].firstLineEnd)
      if position.wouldBeDelimiterRow(text, endingAt: end) { return nil }
    }
    return Place(index: index)
  }

  @inline(__always)
  private func isKnown(_ index: Int, _ length: Int, _ setting: Position.Setting) -> Bool {
    Int(passages[index].length) == length && passages[index].before == setting
  }

  /// Takes note of what reading a passage did that left nothing open.
  mutating func learn(
    _ number: Int, _ text: Span<UInt8>, from start: Int, before: Position.Setting,
    to after: Position
  ) {
    guard number >= 0, number < PassageMemory.most, text.count > start,
      let length = Int32(exactly: text.count - start)
    else { return }
    let first = PassageMemory.ways * number
    // More at once than the array would take by itself, as most templates have many.
    if passages.isEmpty { passages.reserveCapacity(1 << 9) }
    while passages.count < first + PassageMemory.ways { passages.append(Learned()) }
    let end = text.first(UInt8(ascii: "\n"), in: start..<text.count)
    let hasLineFeed = end < text.count
    let isInText =
      after.line != .start && !after.isIndentedCode && after.isOpenText
      && !(text.last.map(mayBeInReference) ?? true)
    for index in (first + 1..<first + PassageMemory.ways).reversed() {
      passages[index] = passages[index - 1]
    }
    passages[first] = Learned(
      length: length, firstLineEnd: hasLineFeed ? Int32(end - start) : -1,
      lastLineStart: hasLineFeed ? Int32(after.lineStart - start) : -1,
      wanted: isInText ? .letterOrDigit : .unknown,
      before: before, after: after.setting, afterValue: after.setting)
  }

  /// Takes note of what an ordinary value did that begins a line with a letter.
  mutating func learn(_ place: Place, afterLetter setting: Position.Setting) {
    passages[place.index].wanted = .letter
    passages[place.index].afterValue = setting
  }
}

extension Position {
  /// Moves over a passage that came since the last value.
  @inline(__always)
  mutating func advance(past passage: PassageMemory.Learned, to setting: Setting) {
    if passage.firstLineEnd >= 0 { lineStart = scanned &+ Int(passage.lastLineStart) }
    scanned &+= Int(passage.length)
    self.setting = setting
  }
}

extension Position {
  /// Nothing is open before the bytes that come next, and the last value has no say in them.
  func isCalm(_ text: Span<UInt8>) -> Bool {
    scanned == text.count && text.last != UInt8(ascii: "\\") && hasNothingOpen
  }

  var hasNothingOpen: Bool {
    guard codeRun == 0, openBrackets == 0 else { return false }
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
