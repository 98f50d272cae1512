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
  ///
  /// - Precondition: ``isCalm``, which it then stays.
  @inlinable @inline(__always)
  public func allows(_ step: EscapeStep) -> Bool {
    // A line that holds an ordinary value is no delimiter row of a table.
    step.before == setting && (step.lastLineStart < 0 || lastWord >= lineStart)
  }

  /// Steps over the passage and an ordinary value after it.
  @inlinable @inline(__always)
  public mutating func make(_ step: EscapeStep, valueAt start: Int, upTo end: Int) {
    if step.lastLineStart >= 0 { lineStart = scanned &+ Int(step.lastLineStart) }
    (setting, scanned, lastWord) = (step.after, end, start)
  }
}

/// What a passage of a template does with an ordinary value after it, where nothing is open: known
/// from reading it once.
public struct EscapeStep: BitwiseCopyable, Sendable {
  /// See ``EscapeCursor/setting``.
  @usableFromInline let before: UInt64
  @usableFromInline let after: UInt64
  /// Counted from the start of the passage; -1 without a line feed.
  @usableFromInline let lastLineStart: Int32
  /// Whether the value begins a line, which a digit could make another block.
  public let wantsLetter: Bool

  public init(
    from before: UInt64, to after: UInt64, lastLineStart: Int32, wantsLetter: Bool
  ) {
    (self.before, self.after) = (before, after)
    (self.lastLineStart, self.wantsLetter) = (lastLineStart, wantsLetter)
  }

  /// Whether there is a value, and an ordinary one may begin so.
  @inlinable @inline(__always)
  public func takes(_ value: Span<UInt8>) -> Bool {
    !value.isEmpty && (!wantsLetter || value[0] &- UInt8(ascii: "0") >= 10)
  }
}
