/// Where an escaper stands in its text, as far as ordinary values need to know: those that show
/// their characters as they are wherever text can stand.
public struct EscapeCursor: BitwiseCopyable, Sendable {
  /// What the text so far means for what comes, in the escaper's own code.
  public var setting: UInt64
  /// How far the text was read; a passage that came since then was not.
  public var scanned: Int
  /// Where the line begins that holds it.
  public var lineStart: Int
  /// Where the last ordinary value begins; -1 for none.
  public var lastWord: Int
  /// False where something is open before the next byte, so that only the escaper knows.
  public var isCalm: Bool

  public init(setting: UInt64, scanned: Int, lineStart: Int, lastWord: Int, isCalm: Bool) {
    (self.setting, self.scanned, self.isCalm) = (setting, scanned, isCalm)
    (self.lineStart, self.lastWord) = (lineStart, lastWord)
  }

  /// That of escapers that make no steps.
  public static let none = EscapeCursor(
    setting: 0, scanned: 0, lineStart: 0, lastWord: -1, isCalm: false)

  /// Whether the step may be made, if the passage that came since is the one that it is of.
  public func allows(_ step: EscapeStep) -> Bool {
    isCalm && setting == step.before && allowsLines(of: step)
  }

  /// The same where ``isCalm`` and ``setting`` were looked at. A step changes nothing of the first.
  @inlinable @inline(__always)
  public func allowsLines(of step: EscapeStep) -> Bool {
    // A line that holds an ordinary value is no delimiter row of a table.
    step.lastLineStart < 0 || lastWord >= lineStart
  }

  /// Steps over the passage and the value after it.
  @inlinable @inline(__always)
  public mutating func make(_ step: EscapeStep, valueAt start: Int, upTo end: Int) {
    if step.lastLineStart >= 0 { lineStart = scanned &+ Int(step.lastLineStart) }
    setting = step.after
    // What the digits mean is told by what follows.
    if step.digits == 0 { (scanned, lastWord) = (end, start) } else { scanned = start }
  }
}

/// What a passage of a template does with a value after it, where nothing is open: known from
/// reading it once.
///
/// The value is an ordinary text or a number, or a number of so many digits that begins a line.
public struct EscapeStep: BitwiseCopyable, Sendable {
  /// See ``EscapeCursor/setting``.
  public let before: UInt64
  @usableFromInline let after: UInt64
  /// Counted from the start of the passage; -1 without a line feed.
  @usableFromInline let lastLineStart: Int32
  /// Whether the value begins a line, which a digit could make another block.
  public let wantsLetter: Bool
  /// Of a number that begins a line; 0 for any other value.
  public let digits: UInt8

  /// - Parameter digits: at most 9.
  public init(
    from before: UInt64, to after: UInt64, lastLineStart: Int32, wantsLetter: Bool,
    digits: UInt8 = 0
  ) {
    (self.before, self.after, self.digits) = (before, after, digits)
    (self.lastLineStart, self.wantsLetter) = (lastLineStart, wantsLetter)
  }

  /// Whether there is a value, and an ordinary one may begin so.
  @inlinable @inline(__always)
  public func takes(_ value: Span<UInt8>) -> Bool {
    digits == 0 && !value.isEmpty && (!wantsLetter || !isDigit(value[0]))
  }
}
