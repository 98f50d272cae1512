import Texts

extension Span<UInt8> {
  var all: Range<Int> { 0..<count }
  var last: UInt8? { isEmpty ? nil : self[count - 1] }

  /// The first place of a byte in a range, or the end of the range.
  func first(_ byte: UInt8, in range: Range<Int>) -> Int { bytes.first(byte, in: range) }

  /// The first place in a range of a byte that can mean something to Markdown anywhere in a
  /// line, or the end of the range: a control character or one of ``&*<[\]_`|~``. May also stop
  /// at one of `^{}` and DEL. A `!` means something only before a `[`.
  ///
  /// Sixteen bytes at a time, as prose and captured text are read anew wherever they stand.
  func firstMarkup(in range: Range<Int>) -> Int {
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    return withUnsafeBytes { bytes in
      var index = range.lowerBound
      while index &+ 16 <= range.upperBound {
        let hits = ordinarySigns(bytes.block(at: index)).bits
        if hits != 0 { return index &+ hits.trailingZeroBitCount }
        index &+= 16
      }
      while index < range.upperBound, !markup.contains(bytes[index]) { index &+= 1 }
      return index
    }
  }

  /// The first place of a sign that a cell cannot hold as it is in HTML, `"` and `>` among them.
  func firstCellSign(in range: Range<Int>) -> Int { first(of: cellSigns, in: range) }

  @inline(__always)
  private func first(of signs: ByteSet, in range: Range<Int>) -> Int {
    precondition(range.lowerBound >= 0 && range.upperBound <= count)
    var index = range.lowerBound
    while index < range.upperBound, !signs.contains(self[unchecked: index]) { index &+= 1 }
    return index
  }
}

private let markup = ByteSet(withControls: "&*<[\\]^_`{|}~\u{7F}")
private let cellSigns = ByteSet(withControls: "\"&*<>[\\]^_`{|}~\u{7F}")

extension Array<UInt8> {
  init(_ text: Span<UInt8>) { self = text.withUnsafeBufferPointer { Array($0) } }

  /// Appends a text of the program.
  @inline(__always)
  mutating func append(literal text: StaticString) {
    text.withUTF8Buffer { append(contentsOf: $0) }
  }

  /// Appends a range of a text.
  @inline(__always)
  mutating func append(_ range: Range<Int>, of text: Span<UInt8>) {
    text.withUnsafeBufferPointer {
      append(contentsOf: UnsafeBufferPointer(rebasing: $0[range]))
    }
  }
}
