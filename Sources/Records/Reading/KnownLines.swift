import Texts

/// A field name that a line is expected to begin with, ready to be compared eight bytes at a time.
public struct ExpectedName: BitwiseCopyable, Sendable {
  /// Of the name, its colon and a blank.
  @usableFromInline let count: Int
  /// The first eight bytes of these, those that follow, and the last eight; of a shorter name `mask`
  /// says which bits count.
  @usableFromInline let head: UInt64
  @usableFromInline let second: UInt64
  @usableFromInline let third: UInt64
  @usableFromInline let tail: UInt64
  @usableFromInline let mask: UInt64
  @usableFromInline let tailOffset: Int

  @usableFromInline static let mostBytes = 32

  /// Nil for a name that recutils does not read, and for one of more than 30 bytes.
  public init?(_ name: Text) {
    guard name.isFieldName, name.count + 2 <= ExpectedName.mostBytes else { return nil }
    let bytes = Array(name.bytes) + Array(": ".utf8)
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

  /// Whether the name, its colon and a blank stand there.
  ///
  /// - Precondition: so many bytes as a name has at most.
  @inlinable @inline(__always)
  func stands(at offset: Int, _ bytes: RawSpan) -> Bool {
    let differences =
      (bytes.uncheckedWord(offset) ^ head)
      | (bytes.uncheckedWord(offset &+ tailOffset) ^ tail)
    guard differences & mask == 0 else { return false }
    guard count > 16 else { return true }
    return bytes.uncheckedWord(offset &+ 8) == second
      && bytes.uncheckedWord(offset &+ min(16, count &- 8)) == third
  }

  /// Whether the name and its colon stand there.
  func standsWithColon(at offset: Int, _ bytes: RawSpan) -> Bool {
    guard offset + count - 1 <= bytes.byteCount else { return false }
    return (0..<count - 1).allSatisfy { bytes.byte(at: offset + $0) == byte($0) }
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
/// read.
public struct KnownLines: BitwiseCopyable, Sendable {
  @usableFromInline var start = 0

  /// Where the next line begins.
  @inlinable public var offset: Int { start }

  @usableFromInline static let block = 16

  public init() {}

  public func isAtEnd(_ bytes: RawSpan) -> Bool { offset >= bytes.byteCount }

  /// Whether a field with that name may begin there: it has the same first letter.
  @inlinable @inline(__always)
  public func mayBegin(_ name: ExpectedName, _ bytes: RawSpan) -> Bool {
    offset < bytes.byteCount
      && bytes.uncheckedByte(offset) == UInt8(truncatingIfNeeded: name.head)
  }

  /// The value of a field that stands on one line.
  public struct PlainValue: BitwiseCopyable {
    @usableFromInline let start: Int
    @usableFromInline let end: Int
    /// The sixteen bytes from its start on.
    @usableFromInline let block: SIMD16<UInt8>

    @inlinable @inline(__always)
    init(_ start: Int, _ end: Int, _ block: SIMD16<UInt8>) {
      (self.start, self.end, self.block) = (start, end, block)
    }

    @inlinable public var range: SourceRange {
      @inline(__always) get { SourceRange(start: start, end: end) }
    }

    /// nil where it is none, or near the start or the end of the text.
    @inlinable @inline(__always)
    public func number(_ bytes: RawSpan) -> WrittenNumber? {
      WrittenNumber(at: start, count: end &- start, in: block, of: bytes.byteCount)
    }
  }

  /// The value of the field that begins there, if it has that name, a blank behind its colon, and no
  /// second line; nil also near the end of the text.
  @inlinable @inline(__always)
  public mutating func plainValue(of name: ExpectedName, _ bytes: RawSpan) -> PlainValue? {
    guard offset &+ (ExpectedName.mostBytes + KnownLines.block) < bytes.byteCount,
      name.stands(at: offset, bytes)
    else { return nil }
    let value = offset &+ name.count
    let block = bytes.uncheckedBlock(value)
    let feeds = block.places(of: UInt8(ascii: "\n"))
    let end =
      feeds != 0
      ? value &+ feeds.trailingZeroBitCount
      : bytes.lineFeed(from: value &+ KnownLines.block)
    guard end &+ 1 < bytes.byteCount, bytes.uncheckedByte(end &- 1) != UInt8(ascii: "\\"),
      bytes.uncheckedByte(end &+ 1) != UInt8(ascii: "+")
    else { return nil }
    start = end &+ 1
    return PlainValue(value, end, block)
  }

  /// The value of the next field, which may stand behind comments and go on after its line, if it
  /// has that name.
  public mutating func value(of name: ExpectedName, _ source: Source, _ bytes: RawSpan) -> Text? {
    while skipComment(bytes) {}
    guard name.standsWithColon(at: offset, bytes) else { return nil }
    let colonEnd = offset + name.count - 1
    let value = bytes.isBlank(at: colonEnd) ? colonEnd + 1 : colonEnd
    let end = bytes.lineFeed(from: value)
    guard bytes.goesOn(from: value, to: end) else {
      start = end + 1
      return Text(source: source, range: SourceRange(start: value, end: end))
    }
    let (text, lastEnd) = source.foldedValue(from: value, bytes)
    start = lastEnd + 1
    return text
  }

  /// Skips one comment, if one is there.
  @inlinable @inline(__always)
  mutating func skipComment(_ bytes: RawSpan) -> Bool {
    guard offset < bytes.byteCount, bytes.uncheckedByte(offset) == UInt8(ascii: "#") else {
      return false
    }
    start = bytes.lineFeed(from: offset) + 1
    return true
  }

  /// Skips blank lines and comments.
  @inlinable @inline(__always)
  public mutating func skipBetweenRecords(_ bytes: RawSpan) {
    while skipBlankLine(bytes) || skipComment(bytes) {}
  }

  /// Whether the record ends there; skips the blank line that says so.
  @inlinable @inline(__always)
  public mutating func endsRecord(_ bytes: RawSpan) -> Bool {
    skipBlankLine(bytes) || endsBehindComments(bytes)
  }

  @usableFromInline
  mutating func endsBehindComments(_ bytes: RawSpan) -> Bool {
    while !skipBlankLine(bytes) {
      if isAtEnd(bytes) { return true }
      guard skipComment(bytes) else { return false }
    }
    return true
  }

  /// Goes on after a record with just these bytes; nil if another stands there.
  public func skippingRecord(_ record: SourceBytes, _ bytes: RawSpan) -> KnownLines? {
    let end = offset + record.count
    guard !record.isEmpty, end <= bytes.byteCount,
      record.span.bytes.equal(bytes, at: offset)
    else { return nil }
    guard end == bytes.byteCount || bytes.byte(at: end) == UInt8(ascii: "\n"),
      bytes.byte(at: end - 1) != UInt8(ascii: "\\")
    else { return nil }
    var lines = self
    lines.start = end + 1
    return lines.endsRecord(bytes) ? lines : nil
  }

  @inlinable @inline(__always)
  mutating func skipBlankLine(_ bytes: RawSpan) -> Bool {
    guard offset < bytes.byteCount, bytes.uncheckedByte(offset) == UInt8(ascii: "\n") else {
      return false
    }
    start += 1
    return true
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

  /// The same for sixteen bytes, and for one.
  @inlinable @inline(__always)
  func uncheckedBlock(_ offset: Int) -> SIMD16<UInt8> {
    unsafe unsafeLoadUnaligned(fromUncheckedByteOffset: offset, as: SIMD16<UInt8>.self)
  }

  @inlinable @inline(__always)
  func uncheckedByte(_ offset: Int) -> UInt8 {
    unsafe unsafeLoad(fromUncheckedByteOffset: offset, as: UInt8.self)
  }
}
