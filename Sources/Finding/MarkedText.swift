import Texts
import Vietnamese

/// A text in which the words that were looked for are marked.
public struct MarkedText: Sendable, Equatable {
  /// The text in pieces that follow each other.
  public let pieces: [Piece]

  public struct Piece: Sendable, Equatable {
    public let text: String
    public let isMarked: Bool
  }

  public var plain: String { pieces.map(\.text).joined() }

  init(_ text: String, marking ranges: [Range<Int>]) {
    let bytes = Array(text.utf8)
    var pieces: [Piece] = []
    var end = 0
    func add(_ range: Range<Int>, _ isMarked: Bool) {
      guard !range.isEmpty else { return }
      pieces.append(Piece(text: String(decoding: bytes[range], as: UTF8.self), isMarked: isMarked))
    }
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) where range.upperBound > end {
      add(end..<max(end, range.lowerBound), false)
      add(max(end, range.lowerBound)..<range.upperBound, true)
      end = range.upperBound
    }
    add(end..<bytes.count, false)
    self.pieces = pieces
  }
}

/// Finds the places of a query's phrases in a text, by the rules of the index.
struct PhraseFinder {
  private let phrases: [[[SearchWord]]]

  /// Only the phrases that are looked for anywhere; those of the head are seen in it.
  init(_ query: SearchQuery) { phrases = query.phrases.filter { $0.column == nil }.map(\.places) }

  struct Place {
    let phrase: Int
    let range: Range<Int>
  }

  func places(in line: some StringProtocol) -> [Place] {
    let bytes = Array(line.utf8)
    var scanner = SearchWordScanner()
    var words: [(word: SearchWord, range: Range<Int>)] = []
    var offset = 0
    while let start = scanner.next(in: bytes.span, from: offset) {
      offset = scanner.end
      words.append((scanner.word, start..<offset))
    }
    var places: [Place] = []
    for start in words.indices {
      for (number, phrase) in phrases.enumerated() where start + phrase.count <= words.count {
        let isThere = phrase.indices.allSatisfy { index in
          phrase[index].contains { $0.finds(words[start + index].word) }
        }
        guard isThere else { continue }
        let end = words[start + phrase.count - 1].range.upperBound
        places.append(Place(phrase: number, range: words[start].range.lowerBound..<end))
      }
    }
    return places
  }

  func marked(_ line: some StringProtocol) -> MarkedText {
    MarkedText(String(line), marking: places(in: line).map(\.range))
  }

  /// The number of phrases of which one of the lines has a place.
  private func count(in line: some StringProtocol) -> Int {
    Set(places(in: line).map(\.phrase)).count
  }

  // MARK: The sentence

  /// The bytes of a sentence that are shown at most.
  private static let longest = 360

  /// The sentence that has most of the phrases, the first of several; nil where none has one.
  func sentence(in lines: [Substring]) -> MarkedText? {
    guard !phrases.isEmpty else { return nil }
    var best: (line: Substring, count: Int)?
    for line in lines {
      let count = count(in: line)
      if count > best?.count ?? 0 { best = (line, count) }
      if count == phrases.count { break }
    }
    guard let best else { return nil }
    var sentence: (text: Substring, count: Int)?
    for candidate in Self.sentences(of: best.line) {
      let count = count(in: candidate)
      if count > sentence?.count ?? 0 { sentence = (candidate, count) }
    }
    // A phrase may reach over the end of what looks like a sentence.
    return cut(sentence?.text ?? best.line)
  }

  /// The sentences of a line: each ends with a mark behind which a blank and a capital stand.
  private static func sentences(of line: Substring) -> [Substring] {
    var sentences: [Substring] = []
    var start = line.startIndex
    var index = line.startIndex
    while index < line.endIndex {
      let next = line.index(after: index)
      if ".!?…;".contains(line[index]), next < line.endIndex, line[next] == " " {
        let following = line.index(after: next)
        if following < line.endIndex, line[index] == ";" || line[following].isUppercase {
          sentences.append(line[start..<next])
          start = following
        }
      }
      index = next
    }
    return sentences + [line[start...]]
  }

  /// A long sentence is cut between words, so that its first place is seen.
  private func cut(_ sentence: Substring) -> MarkedText {
    let places = places(in: sentence).map(\.range)
    let bytes = Array(sentence.utf8)
    guard bytes.count > Self.longest, let first = places.first else {
      return MarkedText(String(sentence), marking: places)
    }
    func isBlank(_ index: Int) -> Bool { bytes[index] == UInt8(ascii: " ") }
    var start = max(0, first.lowerBound - Self.longest / 3)
    if start > 0 {
      start = (start..<first.lowerBound).first(where: isBlank).map { $0 + 1 } ?? first.lowerBound
    }
    var end = min(bytes.count, max(start + Self.longest, first.upperBound))
    if end < bytes.count { end = (first.upperBound...end).last(where: isBlank) ?? first.upperBound }
    let (before, after) = (start > 0 ? "… " : "", end < bytes.count ? " …" : "")
    let text = before + String(decoding: bytes[start..<end], as: UTF8.self) + after
    let shift = before.utf8.count - start
    return MarkedText(
      text,
      marking: places.filter { $0.lowerBound >= start && $0.upperBound <= end }
        .map { $0.lowerBound + shift..<$0.upperBound + shift })
  }
}
