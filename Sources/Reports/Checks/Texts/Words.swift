import Diagnostics
import Texts
import Vietnamese

/// A run of letters and digits in a text.
struct Word {
  /// The offsets of its bytes in the source.
  let start: Int
  let end: Int
  /// The hash of its first bytes, as ``WordFilter`` keeps it.
  let key: UInt64
  /// The hash of its bytes, as ``WordTable`` keeps it.
  let hash: UInt64
  let kind: Kind
  /// Tells whether only blanks stand between it and the word before.
  let followsBlank: Bool

  enum Kind: UInt8 { case small, capital, number, mixed }

  fileprivate init(_ bytes: Span<UInt8>, _ range: SourceRange, followsBlank: Bool) {
    (start, end) = (Int(range.start), Int(range.end))
    key = WordTable.key(bytes, start, end)
    hash = WordTable.hash(bytes, start, end, key)
    kind = Kind(bytes, start, end)
    self.followsBlank = followsBlank
  }
}

/// The words of a text: where they are, and which of them need a look; the rest of what is known of
/// a word is worked out when it is asked for. The room is kept for the texts that follow.
struct TextWords: RandomAccessCollection {
  private var text = TextWords.none
  private var splitter = WordSplitter()

  private static let none = Text("")

  /// A word that checks look at.
  typealias Mark = WordSplitter.Mark

  var startIndex: Int { 0 }
  var endIndex: Int { splitter.count }

  subscript(index: Int) -> Word {
    let (range, followsBlank) = (range(at: index), followsBlank(at: index))
    return withBytes { Word($0, range, followsBlank: followsBlank) }
  }

  /// Finds the range of a word alone.
  func range(at index: Int) -> SourceRange {
    precondition(index >= 0 && index < endIndex)
    return splitter.places[index].range
  }

  /// Works out the hash of a word alone.
  @inline(__always)
  func hash(at index: Int) -> UInt64 {
    precondition(index >= 0 && index < endIndex)
    let (range, key) = (splitter.places[index].range, splitter.places[index].key)
    guard range.count > 8 else { return key }
    return withBytes { WordTable.hash($0, Int(range.start), Int(range.end), key) }
  }

  /// The hash of the first bytes of a word, as ``WordFilter`` keeps it.
  func key(at index: Int) -> UInt64 {
    precondition(index >= 0 && index < endIndex)
    return splitter.places[index].key
  }

  /// Tells of a word alone of what kind it is.
  func kind(at index: Int) -> Word.Kind {
    let range = range(at: index)
    return withBytes { Word.Kind($0, Int(range.start), Int(range.end)) }
  }

  /// The one sign that stands between a word and the one before, perhaps with blanks around it; nil
  /// where there is none or more.
  func sign(before index: Int) -> Unicode.Scalar? {
    guard index > 0 else { return nil }
    return text.source.loneSign(
      in: SourceRange(start: Int(range(at: index - 1).end), end: Int(range(at: index).start)))
  }

  /// Tells of a word alone whether only blanks stand before it.
  func followsBlank(at index: Int) -> Bool {
    guard index > 0 else { return false }
    let (start, end) = (Int(range(at: index - 1).end), Int(range(at: index).start))
    return withBytes { areBlank($0, start, end) }
  }

  /// The words that a filter may hold, that are odd, or that may stand twice; in order.
  var marked: ArraySlice<Mark> { splitter.marks[..<splitter.markCount] }

  /// Tells whether a quotation mark stands in the text.
  var hasQuotes: Bool { splitter.hasQuotes }

  /// Splits a text in one pass over its bytes, in place of the one before.
  mutating func split(_ text: Text, marking filter: WordFilter) {
    split(text, marking: filter, byteByByte: text.source.bytes.count < 64)
  }

  /// - Parameter byteByByte: look at each byte alone, which finds the same.
  mutating func split(_ text: Text, marking filter: WordFilter, byteByByte: Bool) {
    self.text = text
    splitter.begin(text.count, filter)
    let isSplit =
      !byteByByte
      && text.source.text.withBytes {
        splitter.splitBlocks($0, text.range.bounds)
      }
    if isSplit { return }
    splitter.begin(text.count, filter)
    text.source.text.withBytes { splitter.splitBytes($0, text.range.bounds) }
  }

  /// The bytes of all of the source, so that eight of them can be looked at also where the text
  /// ends.
  @inline(__always)
  private func withBytes<Result>(_ body: (Span<UInt8>) -> Result) -> Result {
    text.source.withBytes(SourceRange(start: 0, end: text.source.bytes.count), body)
  }
}

extension Source {
  /// The one character in a range that is no blank.
  fileprivate func loneSign(in range: SourceRange) -> Unicode.Scalar? {
    withBytes(range) { gap in
      var (found, index) = (nil as Unicode.Scalar?, 0)
      while index < gap.count {
        let scalar = gap.scalar(at: index)
        index = gap.scalarEnd(from: index)
        if scalar.value <= 0x20 || scalar.value == 0xA0 { continue }
        guard found == nil else { return nil }
        found = scalar
      }
      return found
    }
  }
}
