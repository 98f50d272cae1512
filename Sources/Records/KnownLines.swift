import Diagnostics

/// A field name that a line is expected to begin with, ready to be compared eight bytes at a time.
public struct ExpectedName: BitwiseCopyable, Sendable {
  /// Of the name and its colon.
  @usableFromInline let count: Int
  /// The first eight bytes of the two, those that follow, and the last eight; of a shorter name
  /// `mask` says which bits count.
  @usableFromInline let head: UInt64
  @usableFromInline let second: UInt64
  @usableFromInline let third: UInt64
  @usableFromInline let tail: UInt64
  @usableFromInline let mask: UInt64
  @usableFromInline let tailOffset: Int

  /// Nil for a name that recutils does not read, and for one of more than 31 bytes.
  public init?(_ name: Text) {
    guard name.isFieldName, name.count < 32 else { return nil }
    let bytes = Array(name.bytes) + [UInt8(ascii: ":")]
    count = bytes.count
    tailOffset = max(8, bytes.count) - 8
    mask = bytes.count < 8 ? UInt64.max >> UInt64(64 - 8 * bytes.count) : UInt64.max
    head = ExpectedName.word(bytes[...])
    second = ExpectedName.word(bytes.dropFirst(8))
    third = ExpectedName.word(bytes.dropFirst(min(16, max(8, bytes.count - 8))))
    tail = ExpectedName.word(bytes.suffix(8))
  }

  /// Up to eight bytes, the first lowest.
  private static func word(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// Whether the name and its colon stand there.
  @inlinable @inline(__always)
  func stands(at offset: Int, _ bytes: RawSpan) -> Bool {
    guard offset >= 0, offset &+ 32 <= bytes.byteCount else { return standsAtEnd(offset, bytes) }
    let differences =
      (bytes.uncheckedWord(offset) ^ head)
      | (bytes.uncheckedWord(offset &+ tailOffset) ^ tail)
    guard differences & mask == 0 else { return false }
    guard count > 16 else { return true }
    return bytes.uncheckedWord(offset &+ 8) == second
      && bytes.uncheckedWord(offset &+ min(16, count &- 8)) == third
  }

  /// The same where fewer than 32 bytes are left.
  @usableFromInline
  func standsAtEnd(_ offset: Int, _ bytes: RawSpan) -> Bool {
    guard offset >= 0, offset + count <= bytes.byteCount else { return false }
    return (0..<count).allSatisfy { bytes.byte(at: offset + $0) == byte($0) }
  }

  private func byte(_ index: Int) -> UInt8 {
    let (word, place) =
      switch index {
      case ..<8: (head, index)
      case (count - 8)...: (tail, index - (count - 8))
      case ..<16: (second, index - 8)
      default: (third, index - min(16, count - 8))
      }
    return UInt8(truncatingIfNeeded: word >> UInt64(8 * place))
  }
}

/// Goes through the lines of a rec text whose field names are known from a text before.
///
/// It says only whether they are as expected; whatever else a text may hold is for ``Database`` to
/// read. The text must be one whose ``LineFeeds`` are known.
public struct KnownLines: Sendable {
  @usableFromInline var start = 0
  @usableFromInline var feeds: LineFeeds.Cursor

  /// Where the next line begins.
  @inlinable public var offset: Int { start }

  public init(_ words: Span<UInt64>) { feeds = LineFeeds.Cursor(words) }

  public func isAtEnd(_ bytes: RawSpan) -> Bool { offset >= bytes.byteCount }

  /// The value of the field that begins there, if it has that name; where it goes on after its
  /// first line, that line only.
  @inlinable @inline(__always)
  public mutating func value(
    of name: ExpectedName, _ bytes: RawSpan, _ words: Span<UInt64>
  ) -> (range: SourceRange, goesOn: Bool)? {
    guard name.stands(at: start, bytes) else { return nil }
    let colonEnd = start &+ name.count
    let end = feeds.next(words)
    precondition(colonEnd <= end && end <= bytes.byteCount)
    start = end &+ 1
    let hasBlank = colonEnd < end && bytes.uncheckedByte(colonEnd).isBlank
    let range = SourceRange(start: colonEnd &+ (hasBlank ? 1 : 0), end: end)
    // A name ends with a colon: the byte before an empty value is that or a blank.
    let goesOn =
      bytes.uncheckedByte(end &- 1) == UInt8(ascii: "\\")
      || start < bytes.byteCount && bytes.uncheckedByte(start) == UInt8(ascii: "+")
    return (range, goesOn)
  }

  /// The whole of a value that goes on.
  public mutating func folded(
    _ value: SourceRange, _ source: Source, _ bytes: RawSpan, _ words: Span<UInt64>
  ) -> Text {
    let (text, end) = source.foldedValue(from: Int(value.start), bytes)
    skip(to: end + 1, bytes, words)
    return text
  }

  /// Skips one comment, if one is there.
  public mutating func skipComment(_ bytes: RawSpan, _ words: Span<UInt64>) -> Bool {
    guard offset < bytes.byteCount, bytes.byte(at: offset) == UInt8(ascii: "#") else {
      return false
    }
    start = feeds.next(words) + 1
    return true
  }

  /// Skips blank lines and comments.
  public mutating func skipBetweenRecords(_ bytes: RawSpan, _ words: Span<UInt64>) {
    while skipBlankLine(bytes, words) || skipComment(bytes, words) {}
  }

  /// Whether the record ends there; skips the blank line that says so.
  @inlinable
  public mutating func endsRecord(_ bytes: RawSpan, _ words: Span<UInt64>) -> Bool {
    while !skipBlankLine(bytes, words) {
      if isAtEnd(bytes) { return true }
      guard skipComment(bytes, words) else { return false }
    }
    return true
  }

  /// Goes on after a record with just these bytes; nil if another stands there.
  public func skippingRecord(
    _ record: Text, _ bytes: RawSpan, _ words: Span<UInt64>
  ) -> KnownLines? {
    let end = offset + record.count
    guard !record.isEmpty, end <= bytes.byteCount,
      record.withBytes({ $0.bytes.equal(bytes, at: offset) })
    else { return nil }
    guard end == bytes.byteCount || bytes.byte(at: end) == UInt8(ascii: "\n"),
      bytes.byte(at: end - 1) != UInt8(ascii: "\\")
    else { return nil }
    var lines = self
    lines.skip(to: end + 1, bytes, words)
    return lines.endsRecord(bytes, words) ? lines : nil
  }

  @inlinable @inline(__always)
  mutating func skipBlankLine(_ bytes: RawSpan, _ words: Span<UInt64>) -> Bool {
    guard offset < bytes.byteCount, bytes.uncheckedByte(offset) == UInt8(ascii: "\n") else {
      return false
    }
    start = feeds.next(words) &+ 1
    return true
  }

  private mutating func skip(to offset: Int, _ bytes: RawSpan, _ words: Span<UInt64>) {
    start = offset
    if offset < bytes.byteCount { feeds.skip(to: offset, words) }
  }
}

extension RawSpan {
  /// Whether another holds these bytes from an offset on, where they fit.
  fileprivate func equal(_ other: RawSpan, at offset: Int) -> Bool {
    var done = 0
    while done &+ 8 <= byteCount {
      if word(at: done) != other.word(at: offset &+ done) { return false }
      done &+= 8
    }
    while done < byteCount {
      if byte(at: done) != other.byte(at: offset &+ done) { return false }
      done &+= 1
    }
    return true
  }

  /// Eight bytes, the first lowest, where the caller has seen that they are there.
  @inlinable @inline(__always)
  func uncheckedWord(_ offset: Int) -> UInt64 {
    unsafe UInt64(
      littleEndian: unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: UInt64.self))
  }

  @inlinable @inline(__always)
  func uncheckedByte(_ offset: Int) -> UInt8 {
    unsafe unsafeLoad(fromUncheckedByteOffset: offset, as: UInt8.self)
  }
}
