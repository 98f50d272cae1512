/// A named text, kept as UTF-8 bytes: a data file, a template, a schema, or a text computed from one.
///
/// Everything that is read from a `Source` is a ``Text``: a range of its bytes. So each value knows
/// the place it came from without carrying a copy of it.
public final class Source: Sendable {
  /// The name as the user typed or would type it, never made absolute.
  public let name: String
  /// Well-formed UTF-8.
  public let bytes: [UInt8]
  /// The text that a computed text came from; nil for a text that was read from a file.
  public let origin: Text?
  /// The runs of a computed text that stand in the source of its origin as they are, in order; empty
  /// where only all of it has a place.
  let pieces: [Piece]
  /// The places where the cells of a sheet begin; nil for a text of lines.
  public let cells: CellGrid?
  /// `bytes` as they lie in memory. Only read through ``withBytes(_:_:)``, which keeps this source
  /// alive meanwhile, and ``SourceBytes``.
  @usableFromInline let view: ArrayView<UInt8>
  /// The places of `cells`, as they lie in memory.
  @usableFromInline let cellPlaces: ArrayView<SourceRange>

  /// A run of a computed text: where it begins there, and in the source that it came from.
  public struct Piece: BitwiseCopyable, Sendable {
    let start: Int32
    let origin: Int32
    /// The number of bytes there, where they are other ones, as those of `\u1EBF`; 0 where they are
    /// the same.
    let length: Int32

    /// A run of the same bytes.
    public init(start: Int, origin: Int) {
      self.init(start: start, writtenAt: SourceRange(start: origin, end: origin))
    }

    /// A character that is written otherwise, as an escape is.
    public init(start: Int, writtenAt origin: SourceRange) {
      self.start = Int32(truncatingIfNeeded: start)
      (self.origin, length) = (origin.start, origin.end - origin.start)
    }
  }

  public init(
    name: String, bytes: [UInt8], origin: Text? = nil, pieces: [Piece] = [], cells: CellGrid? = nil
  ) {
    self.name = name
    self.bytes = bytes
    self.origin = origin
    self.pieces = pieces
    self.cells = cells
    view = ArrayView(self.bytes)
    cellPlaces = self.cells.map { ArrayView($0.places) } ?? ArrayView()
  }

  /// The range of a cell by its index among all cells of a sheet.
  @inlinable
  public func place(ofCell index: Int) -> SourceRange {
    withExtendedLifetime(self) { cellPlaces[index] }
  }

  /// Calls `body` with a range of the bytes, which counts no references.
  @inlinable @inline(__always)
  public func withBytes<Result, Failure>(
    _ range: SourceRange, _ body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let count = Int(range.end) &- Int(range.start)
    precondition(range.start >= 0 && count >= 0 && Int(range.end) <= view.count)
    let start = view.memory.baseAddress.map { $0 + Int(range.start) }
    return try withExtendedLifetime(self) { () throws(Failure) in
      try body(UnsafeBufferPointer(start: start, count: count).span)
    }
  }

  /// Tells whether a range holds the very characters of a string.
  @inlinable @inline(__always)
  public func holds(_ string: String, at range: SourceRange) -> Bool {
    Int(range.end) &- Int(range.start) == string.utf8.count && hasSameBytes(as: string, at: range)
  }

  /// - Precondition: the range is as long as the string.
  @usableFromInline
  func hasSameBytes(as string: String, at range: SourceRange) -> Bool {
    var string = string
    return string.withUTF8 { letters in
      withBytes(range) { $0.hasSameBytes(as: letters.span) }
    }
  }

  /// The whole of it.
  public var text: Text {
    Text(source: self, range: SourceRange(start: 0, end: bytes.count))
  }

  /// Line and column of a byte offset, both from 1; the column counts Unicode scalars. In a sheet
  /// the row and the column of the cell.
  public func position(at offset: Int) -> (line: Int, column: Int) {
    if let cell = cells?.cell(at: offset) { return cell }
    let offset = min(offset, bytes.count)
    var line = 1
    var lineStart = 0
    for index in 0..<offset where bytes[index] == UInt8(ascii: "\n") {
      line += 1
      lineStart = index + 1
    }
    return (line, scalarCount(lineStart..<offset) + 1)
  }

  /// The range of the line that holds the byte at `offset`, without its line feed.
  public func lineRange(at offset: Int) -> Range<Int> {
    let newline = UInt8(ascii: "\n")
    let offset = min(offset, bytes.count)
    let start = bytes[..<offset].lastIndex(of: newline).map { $0 + 1 } ?? 0
    let end = bytes[offset...].firstIndex(of: newline) ?? bytes.count
    return start..<end
  }

  /// Counts the Unicode scalars in a range of the bytes.
  public func scalarCount(_ range: Range<Int>) -> Int {
    bytes[range].count { $0 & 0xC0 != 0x80 }
  }
}

/// A half-open range of UTF-8 offsets in a ``Source``.
public struct SourceRange: BitwiseCopyable, Sendable, Hashable {
  public var start: Int32
  public var end: Int32

  @inlinable
  public init(start: Int, end: Int) {
    self.start = Int32(truncatingIfNeeded: start)
    self.end = Int32(truncatingIfNeeded: end)
  }

  public var count: Int { Int(end) - Int(start) }
  @inlinable public var isEmpty: Bool { start == end }
  public var bounds: Range<Int> { Int(start)..<Int(end) }

  /// The smallest range that holds both.
  public func joined(with other: SourceRange) -> SourceRange {
    SourceRange(start: Int(min(start, other.start)), end: Int(max(end, other.end)))
  }
}

/// A run of UTF-8 bytes in a ``Source``: a text and its place at once.
public struct Text: Sendable {
  public let source: Source
  public let range: SourceRange

  public init(source: Source, range: SourceRange) {
    self.source = source
    self.range = range
  }

  /// A text that stands in no file.
  public init(computed bytes: [UInt8], from origin: Text? = nil, pieces: [Source.Piece] = []) {
    self = Source(name: "", bytes: bytes, origin: origin, pieces: pieces).text
  }

  public init(_ string: String) {
    self.init(computed: Array(string.utf8))
  }

  public var count: Int { range.count }
  public var isEmpty: Bool { range.start == range.end }
  public var bytes: ArraySlice<UInt8> { source.bytes[range.bounds] }

  /// Calls `body` with the bytes; unlike ``bytes``, this counts no references.
  @inlinable @inline(__always)
  public func withBytes<Result, Failure>(
    _ body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try source.withBytes(range, body)
  }

  /// Tells whether it has the very characters of a string. Most texts are of another length, which
  /// needs no call.
  @inlinable @inline(__always)
  public func isSpelled(_ string: String) -> Bool {
    source.holds(string, at: range)
  }

  public var string: String { String(decoding: bytes, as: UTF8.self) }

  /// The place in a file that this text was read from or computed from.
  public var place: Text {
    var place = self
    while let origin = place.source.origin { place = place.part(of: origin) }
    return place
  }
}

extension Text {
  /// The part of the origin that this part of a computed text came from.
  private func part(of origin: Text) -> Text {
    let pieces = source.pieces
    guard !pieces.isEmpty, range.count < source.bytes.count else { return origin }
    func offset(_ offset: Int32, after isBefore: (Source.Piece) -> Bool, inEscape: Int32) -> Int {
      let piece = pieces[max(0, pieces.sortedIndex(after: isBefore) - 1)]
      return Int(piece.origin + (piece.length > 0 ? piece.length * inEscape : offset - piece.start))
    }
    let start = offset(range.start, after: { $0.start <= range.start }, inEscape: 0)
    // The end is behind the last byte, not before the first one of the next piece.
    let end =
      isEmpty ? start : offset(range.end, after: { $0.start < range.end }, inEscape: 1)
    return Text(source: origin.source, range: SourceRange(start: start, end: end))
  }
}

extension Text: Equatable, Hashable {
  /// Equality of the characters, wherever they stand.
  @inlinable
  public static func == (left: Text, right: Text) -> Bool {
    left.range.count == right.range.count
      && left.withBytes { left in right.withBytes { right in left.hasSameBytes(as: right) } }
  }

  public func hash(into hasher: inout Hasher) {
    bytes.withUnsafeBytes { hasher.combine(bytes: $0) }
  }
}

extension [UInt8] {
  @inlinable @inline(__always)
  public mutating func append(_ bytes: Span<UInt8>) {
    bytes.withUnsafeBufferPointer { append(contentsOf: $0) }
  }
}

extension Span<UInt8> {
  /// Tells whether another of the same length holds the same bytes; looks at eight at a time.
  @inlinable
  public func hasSameBytes(as other: Span<UInt8>) -> Bool {
    let (left, right, count) = (bytes, other.bytes, count)
    precondition(other.count == count)
    var index = 0
    while index &+ 8 <= count {
      let word = left.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
      let that = right.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
      if word != that { return false }
      index &+= 8
    }
    while index < count, self[index] == other[index] { index &+= 1 }
    return index >= count
  }
}
