import Texts

/// The work of `wordwrap`, which cuts the lines of a text into shorter ones.
struct WordWrapping {
  /// The most characters of a line.
  let width: Int
  let breaksLongWords: Bool
  let breaksOnHyphens: Bool

  /// Appends the text in lines of that width.
  ///
  /// - Parameter lineEnd: stands between the lines.
  func append(_ text: Span<UInt8>, lineEnd: Span<UInt8>, to output: inout ByteBuffer) {
    var start = 0
    while true {
      let end = text.lineEnd(from: start)
      if start > 0 { output.append(lineEnd) }
      append(start..<end, of: text, lineEnd, to: &output)
      guard end < text.count else { return }
      start = end + 1
    }
  }

  private func append(
    _ range: Range<Int>, of text: Span<UInt8>, _ lineEnd: Span<UInt8>, to output: inout ByteBuffer
  ) {
    var line = WrappedLine(at: range.lowerBound)
    var offset = range.lowerBound
    while offset < range.upperBound {
      let chunk = chunk(in: offset..<range.upperBound, of: text)
      offset = chunk.end
      if chunk.isSpace, line.isEmpty, line.hasLinesBefore { continue }
      if line.count + chunk.count <= width {
        line.add(chunk)
        continue
      }
      line.finish(text, lineEnd, to: &output)
      if chunk.isSpace { continue }
      let rest = cut(chunk, of: text, after: &line, lineEnd, to: &output)
      line.add(rest)
    }
    line.finish(text, lineEnd, to: &output)
  }

  /// The rest of a word that is longer than a line, when lines of it are cut off.
  private func cut(
    _ word: Chunk, of text: Span<UInt8>, after line: inout WrappedLine, _ lineEnd: Span<UInt8>,
    to output: inout ByteBuffer
  ) -> Chunk {
    var rest = word
    while breaksLongWords, rest.count > width {
      let end = text.offset(after: width, from: rest.start) ?? rest.end
      line.append(rest.start..<end, of: text, lineEnd, to: &output)
      rest.start = end
      rest.count -= width
    }
    return rest
  }

  /// The white space at the start of a range, or the word, or the part of it up to a hyphen.
  private func chunk(in range: Range<Int>, of text: Span<UInt8>) -> Chunk {
    let start = range.lowerBound
    let isSpace = text.isWhiteSpace(at: start)
    if !isSpace, let word = text.plainWord(from: start) {
      return Chunk(start: start, end: word.end, count: word.characters, isSpace: false)
    }
    var chunk = Chunk(start: start, end: start, count: 0, isSpace: isSpace)
    // Where the character before the last one begins; none yet.
    var before = -1
    while chunk.end < range.upperBound {
      let last = chunk.end
      chunk.end = text.characterEnd(from: last)
      chunk.count += 1
      guard chunk.end < range.upperBound, text.isWhiteSpace(at: chunk.end) == isSpace else {
        break
      }
      let isHyphen = text[last] == UInt8(ascii: "-") && chunk.end == last + 1
      if isHyphen, breaksOnHyphens, before >= 0, text.isLetter(at: before),
        text.isLetter(at: chunk.end)
      {
        break
      }
      before = last
    }
    return chunk
  }
}

/// A word, a part of one, or white space.
private struct Chunk {
  var start: Int
  var end: Int
  /// In characters.
  var count: Int
  let isSpace: Bool
}

/// The line that is being filled: a range of the text.
private struct WrappedLine {
  private var start: Int
  private var end: Int
  /// Without the white space at its end.
  private var wordEnd: Int
  private(set) var count = 0
  /// Tells whether the line of the text has been cut already.
  private(set) var hasLinesBefore = false

  init(at start: Int) { (self.start, end, wordEnd) = (start, start, start) }

  var isEmpty: Bool { start == end }

  mutating func add(_ chunk: Chunk) {
    if isEmpty { (start, wordEnd) = (chunk.start, chunk.start) }
    end = chunk.end
    if !chunk.isSpace { wordEnd = end }
    count += chunk.count
  }

  mutating func finish(
    _ text: Span<UInt8>, _ lineEnd: Span<UInt8>, to output: inout ByteBuffer
  ) {
    if wordEnd > start { append(start..<wordEnd, of: text, lineEnd, to: &output) }
    (start, wordEnd, count) = (end, end, 0)
  }

  mutating func append(
    _ range: Range<Int>, of text: Span<UInt8>, _ lineEnd: Span<UInt8>, to output: inout ByteBuffer
  ) {
    if hasLinesBefore { output.append(lineEnd) }
    output.append(range, of: text)
    hasLinesBefore = true
  }
}

extension Span<UInt8> {
  fileprivate func isLetter(at offset: Int) -> Bool {
    scalar(at: offset).properties.isAlphabetic
  }
}
