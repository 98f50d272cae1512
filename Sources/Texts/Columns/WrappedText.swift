/// The place of a text in its column.
public enum TextAlignment: Sendable {
  case left
  case center
  case right
}

/// A text in lines of a width, broken between words only: a word that is longer than a line stays
/// whole, and none is hyphenated.
///
/// White space between words is one blank; no-break spaces are part of their word, and so are the
/// blanks in the mark of a draft. A line feed of the text begins a line.
public struct WrappedText: ~Copyable {
  /// The words, with one blank between those of a line.
  private var words = ByteBuffer()
  public private(set) var lines: [Line] = []

  public struct Line: BitwiseCopyable, Sendable {
    /// Offsets among the words.
    fileprivate var start: Int
    fileprivate var end: Int
    public fileprivate(set) var columns: Int

    var isEmpty: Bool { start == end }
  }

  /// - Parameters:
  ///   - width: the columns of a line.
  ///   - first: the columns of the first line that are taken already, as by an indent.
  ///   - hanging: the same for the lines after it.
  public init(_ text: Span<UInt8>, width: Int, first: Int = 0, hanging: Int = 0) {
    words.reserve(text.count)
    var start = 0
    while true {
      let end = text.bytes.first(UInt8(ascii: "\n"), in: start..<text.count)
      appendLine(start..<end, of: text, width: width, first: first, hanging: hanging)
      guard end < text.count else { return }
      start = end + 1
    }
  }

  /// The same in lines that are as equally long as they can be without becoming more.
  public init(balanced text: Span<UInt8>, width: Int) {
    self.init(text, width: width)
    guard lines.count > 1 else { return }
    var (narrow, wide) = (lines.map(\.columns).max().map { $0 / 2 } ?? 0, width)
    while narrow + 1 < wide {
      let middle = (narrow + wide) / 2
      let narrower = WrappedText(text, width: middle)
      if narrower.lines.count == lines.count { wide = middle } else { narrow = middle }
    }
    let balanced = WrappedText(text, width: wide)
    // A long word would make other lines uneven.
    if balanced.widest <= width { self = balanced }
  }

  /// The columns of the longest line.
  public var widest: Int { lines.reduce(0) { max($0, $1.columns) } }

  /// Appends a line of the text.
  public func append(_ line: Line, to output: inout ByteBuffer) {
    output.append(line.start..<line.end, of: words.span)
  }

  private mutating func appendLine(
    _ range: Range<Int>, of text: Span<UInt8>, width: Int, first: Int, hanging: Int
  ) {
    var line = Line(start: words.count, end: words.count, columns: 0)
    var offset = range.lowerBound
    while let word = text.nextWord(in: offset..<range.upperBound) {
      let columns = text.columnCount(in: word)
      let room = width - (lines.isEmpty ? first : hanging)
      if !line.isEmpty, line.columns + 1 + columns > room {
        lines.append(line)
        line = Line(start: words.count, end: words.count, columns: 0)
      }
      if !line.isEmpty {
        words.append(UInt8(ascii: " "))
        line.columns += 1
      }
      words.append(word, of: text)
      line.columns += columns
      line.end = words.count
      offset = word.upperBound
    }
    lines.append(line)
  }
}

extension Span<UInt8> {
  /// The columns of the longest word.
  public var longestWord: Int {
    var (longest, offset) = (0, 0)
    while let word = nextWord(in: offset..<count) {
      longest = Swift.max(longest, columnCount(in: word))
      offset = word.upperBound
    }
    return longest
  }

  /// The first word of a range, nil where there is none.
  fileprivate func nextWord(in range: Range<Int>) -> Range<Int>? {
    var start = range.lowerBound
    while start < range.upperBound, let length = breakLength(at: start) { start += length }
    guard start < range.upperBound else { return nil }
    var end = start
    while end < range.upperBound, breakLength(at: end) == nil {
      end = draftMarkEnd(from: end, in: range) ?? scalarEnd(from: end)
    }
    return start..<Swift.min(end, range.upperBound)
  }

  /// The end of the mark `⟦thiếu: …⟧` that a draft shows and that begins at an offset: those who look
  /// for it find it in one line.
  private func draftMarkEnd(from start: Int, in range: Range<Int>) -> Int? {
    func isSign(_ last: UInt8, at offset: Int) -> Bool {
      offset + 2 < range.upperBound && self[offset] == 0xE2 && self[offset + 1] == 0x9F
        && self[offset + 2] == last
    }
    guard isSign(0xA6, at: start) else { return nil }
    let most = Swift.min(range.upperBound, start + 200)
    return (start..<most).first { isSign(0xA7, at: $0) }.map { $0 + 3 }
  }

  /// The length of the space at an offset where a line may be broken: of white space, all but what
  /// is there to join words.
  private func breakLength(at offset: Int) -> Int? {
    let lead = self[offset]
    if lead < 0x80 { return lead == 0x20 || lead &- 9 < 5 ? 1 : nil }
    guard isWhiteSpace(at: offset) else { return nil }
    let scalar = scalar(at: offset).value
    return [0xA0, 0x2007, 0x202F].contains(scalar) ? nil : scalarEnd(from: offset) - offset
  }
}
