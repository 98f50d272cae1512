/// Where the line feeds of a file are, found on the way while it was looked at whether it is UTF-8.
///
/// Kept from one file to the next, it takes no memory of its own for each.
public struct LineFeeds: Sendable {
  /// A bit for each byte from ``offset`` on, the first of a word lowest: set for a line feed, and
  /// for the end of the text.
  ///
  /// More words may follow, of longer files before.
  public private(set) var words: [UInt64] = []
  private var count = 0

  /// The first two bytes are never line feeds.
  @usableFromInline static let offset = 2

  public init() {}

  /// Whether the text is one that reading left as it is. Short texts are not looked at, nor those
  /// that begin with anything but two plain signs.
  public var areKnown: Bool { count > 0 }

  mutating func forget() { count = 0 }

  /// - Parameter write: writes all the words of a text of `count` bytes but the end.
  @inline(__always)
  mutating func fill(count bytes: Int, _ write: (inout MutableSpan<UInt64>) -> Void) {
    let end = bytes - LineFeeds.offset
    count = end / 64 + 1
    while words.count < count { words.append(0) }
    words[count - 1] = 0
    var span = words.mutableSpan
    write(&span)
    span[end / 64] |= 1 << UInt64(end % 64)
  }

  /// Goes through the line feeds in order.
  public struct Cursor: Sendable {
    @usableFromInline var index = 0
    /// Those of the word there that are still to come.
    @usableFromInline var rest: UInt64

    @inlinable
    public init(_ words: Span<UInt64>) { rest = words.isEmpty ? 0 : words[0] }

    /// The offset of the next line feed, or the end of the text, after which there is none.
    @inlinable @inline(__always)
    public mutating func next(_ words: Span<UInt64>) -> Int {
      while rest == 0 {
        index &+= 1
        rest = words[index]
      }
      let offset = LineFeeds.offset &+ 64 &* index &+ rest.trailingZeroBitCount
      rest &= rest &- 1
      return offset
    }

    /// Goes on with the first line feed at or after an offset that is not before ``offset``.
    @inlinable
    public mutating func skip(to offset: Int, _ words: Span<UInt64>) {
      let bit = offset - LineFeeds.offset
      index = bit / 64
      rest = words[index] & (UInt64.max << UInt64(bit % 64))
    }
  }
}
