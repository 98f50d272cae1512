import Texts

/// The effects of the template's own passages on the position, learned from reading them once.
///
/// A template writes the same passages between its values again and again: in each round of a
/// loop, in each report. Where nothing is open around a passage, what it does depends on its bytes,
/// for which its number stands, and on its ``Position/Setting``: the same passage may come after
/// `9. ` and after `10. `, in the first item of a list and in the others.
struct PassageMemory: Sendable {
  /// A table of twice as many places as there are passages in it. A passage stands at the place
  /// that its number and setting name, or at one of the few behind that.
  private var passages: [Learned] = []
  private var count = 0
  private var texts = PassageTexts()
  private static let ways = 8
  private static let most = 1 << 12

  /// Plain numbers, so that looking at one counts no references.
  struct Learned: BitwiseCopyable {
    fileprivate var number = -1
    fileprivate var before = Position.Setting()
    fileprivate(set) var length: Int32 = 0
    /// The offsets of its first line feed and of the start of its last line, from its own start; -1
    /// without a line feed.
    fileprivate(set) var firstLineEnd: Int32 = -1
    fileprivate(set) var lastLineStart: Int32 = -1
    /// The beginning that an ordinary value must have after it, for that to stand in a line of
    /// text, or to begin one.
    fileprivate(set) var wanted = Beginning.unknown
    fileprivate(set) var after = Position.Setting()
    /// The setting after an ordinary value of the wanted beginning.
    fileprivate(set) var afterValue = Position.Setting()

    /// Tells whether it is known what it does with a value like this, if that is ordinary.
    @inline(__always)
    func takes(_ value: Span<UInt8>) -> Bool {
      guard value.count > 0 else { return false }
      return wanted == .letterOrDigit || wanted == .letter && !isDigit(value[0])
    }
  }

  enum Beginning: UInt8, BitwiseCopyable {
    case letterOrDigit
    case letter
    case unknown
  }

  /// The place of a passage in the memory.
  struct Place: BitwiseCopyable {
    fileprivate let index: Int
  }

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
    guard number >= 0, let index = index(of: number, position.setting),
      Int(passages[index].length) == text.count &- position.scanned
    else { return nil }
    if passages[index].firstLineEnd >= 0, !hasWord {
      let end = position.scanned &+ Int(passages[index].firstLineEnd)
      if position.wouldBeDelimiterRow(text, endingAt: end) { return nil }
    }
    return Place(index: index)
  }

  @inline(__always)
  private func index(of number: Int, _ setting: Position.Setting) -> Int? {
    guard !passages.isEmpty else { return nil }
    var index = first(number, setting)
    for _ in 0..<PassageMemory.ways {
      let found = passages[index].number
      if found == number, passages[index].before == setting { return index }
      if found < 0 { return nil }
      index = (index &+ 1) & (passages.count &- 1)
    }
    return nil
  }

  /// The place where a passage is looked for first.
  @inline(__always)
  private func first(_ number: Int, _ setting: Position.Setting) -> Int {
    let mixed = (UInt(bitPattern: number) ^ UInt(setting.bits)) &* 0x9E37_79B9_7F4A_7C15
    return Int(bitPattern: mixed >> 32) & (passages.count &- 1)
  }

  /// The number of a passage of which only the bytes are known; -1 for a long one.
  mutating func number(of passage: Span<UInt8>) -> Int {
    passage.isEmpty ? 0 : texts.number(of: passage)
  }

  /// Takes note of what reading a passage did that left nothing open.
  mutating func learn(
    _ number: Int, _ text: Span<UInt8>, from start: Int, before: Position.Setting,
    to after: Position
  ) {
    guard number >= 0, text.count > start,
      let length = Int32(exactly: text.count - start)
    else { return }
    let end = text.first(UInt8(ascii: "\n"), in: start..<text.count)
    let hasLineFeed = end < text.count
    let isInText =
      after.line != .start && !after.isIndentedCode && after.isOpenText
      && !(text.last.map(mayBeInReference) ?? true)
    insert(
      Learned(
        number: number, before: before, length: length,
        firstLineEnd: hasLineFeed ? Int32(end - start) : -1,
        lastLineStart: hasLineFeed ? Int32(after.lineStart - start) : -1,
        wanted: isInText ? .letterOrDigit : .unknown,
        after: after.setting, afterValue: after.setting))
  }

  private mutating func insert(_ learned: Learned) {
    if 2 * (count + 1) > passages.count, passages.count < PassageMemory.most { grow() }
    var index = first(learned.number, learned.before)
    for _ in 1..<PassageMemory.ways {
      let found = passages[index]
      if found.number < 0 || found.number == learned.number && found.before == learned.before {
        break
      }
      index = (index + 1) & (passages.count - 1)
    }
    if passages[index].number < 0 { count += 1 }
    passages[index] = learned
  }

  private mutating func grow() {
    let earlier = passages
    passages = [Learned](repeating: Learned(), count: max(256, 2 * earlier.count))
    count = 0
    for learned in earlier where learned.number >= 0 { insert(learned) }
  }

  /// Takes note of what an ordinary value did that begins a line with a letter.
  mutating func learn(_ place: Place, afterLetter setting: Position.Setting) {
    passages[place.index].wanted = .letter
    passages[place.index].afterValue = setting
  }
}

/// Numbers for short passages that have none of their own, such as the markup in captured text.
private struct PassageTexts: Sendable {
  /// Each at the place that its hash names, until another takes that.
  private var bytes: [UInt8] = []
  private var lengths: [Int32] = []
  private var numbers: [Int] = []
  /// Even: those of the template's own passages are odd.
  private var last = 0
  private static let places = 256
  private static let longest = 64

  mutating func number(of passage: Span<UInt8>) -> Int {
    guard passage.count <= PassageTexts.longest else { return -1 }
    if numbers.isEmpty { reserve() }
    let place = Int(truncatingIfNeeded: passage.contentHash) & (PassageTexts.places - 1)
    let start = place * PassageTexts.longest
    if numbers[place] > 0, Int(lengths[place]) == passage.count,
      bytes.span.extracting(start..<start + passage.count).hasSameBytes(as: passage)
    {
      return numbers[place]
    }
    last += 2
    numbers[place] = last
    lengths[place] = Int32(passage.count)
    for offset in passage.indices { bytes[start + offset] = passage[offset] }
    return last
  }

  private mutating func reserve() {
    bytes = [UInt8](repeating: 0, count: PassageTexts.places * PassageTexts.longest)
    lengths = [Int32](repeating: 0, count: PassageTexts.places)
    numbers = [Int](repeating: 0, count: PassageTexts.places)
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

  /// The end of the line that the next byte stands in.
  func lineEnd(_ text: Span<UInt8>) -> Int {
    text.first(UInt8(ascii: "\n"), in: scanned..<text.count)
  }

  /// Tells whether the line that ends there could be a delimiter row, which depends on values in
  /// it.
  ///
  /// Mutating, so that it gets no copy of the position.
  @inline(__always)
  mutating func wouldBeDelimiterRow(_ text: Span<UInt8>, endingAt end: Int) -> Bool {
    !setting.isFirstLine && lineStart < scanned
      && isDelimiterLine(lineStart..<end, source: text)
  }
}
