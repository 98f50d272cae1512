import Texts
import Vietnamese

/// Phrases of a register that are looked for in texts, whatever their case and tone style.
struct PhraseTable: Sendable {
  private var words = WordTable()
  /// By the number of a word, the keys of its forms.
  private var keys: [[UInt64]] = []
  /// By the number of the first word, the longest first.
  private var phrases: [[Phrase]] = []
  /// The first words of all phrases.
  private(set) var firstWords = WordFilter()

  private struct Phrase: Sendable {
    let words: [Int]
    let payload: Int

    /// Whether its second word is this, nil for one that no phrase has; or it has no second word.
    func goesOn(with second: Int?) -> Bool { words.count < 2 || words[1] == second }
  }

  var isEmpty: Bool { phrases.isEmpty }

  /// Adds a phrase; the number is given back where it is found.
  mutating func insert(_ phrase: Text, _ payload: Int) {
    let numbers = phrase.words.map { number(of: $0) }
    guard let first = numbers.first else { return }
    for key in keys[first] { firstWords.insert(key) }
    while phrases.count <= first { phrases.append([]) }
    phrases[first].append(Phrase(words: numbers, payload: payload))
    phrases[first].sort { $1.words.count < $0.words.count }
  }

  /// Puts what the phrases of some payloads begin with into a filter.
  func insertStarts(into filter: inout PhraseFilter, where isWanted: (Int) -> Bool) {
    for (first, phrases) in phrases.enumerated() {
      for phrase in phrases where isWanted(phrase.payload) {
        guard phrase.words.count > 1 else {
          for key in keys[first] { filter.insert(key) }
          continue
        }
        for key in keys[first] {
          for second in keys[phrase.words[1]] { filter.insert(key, second) }
        }
      }
    }
  }

  /// The longest phrase that begins at a word: how many words it has, and its payload. None begins
  /// at a word that ``firstWords`` does not hold.
  func match(_ text: TextWords, at index: Int) -> (count: Int, payload: Int)? {
    guard let first = words.number(of: text.hash(at: index)), first < phrases.count else {
      return nil
    }
    let second = number(in: text, at: index + 1)
    for phrase in phrases[first] where phrase.goesOn(with: second) {
      var offset = min(2, phrase.words.count)
      while offset < phrase.words.count,
        number(in: text, at: index + offset) == phrase.words[offset]
      {
        offset += 1
      }
      if offset == phrase.words.count { return (offset, phrase.payload) }
    }
    return nil
  }

  /// The number of a word of a text; nil where there is none, or where it does not follow a blank.
  private func number(in text: TextWords, at index: Int) -> Int? {
    guard index < text.count, text.followsBlank(at: index) else { return nil }
    return words.number(of: text.hash(at: index))
  }

  /// A word has one number in all its forms.
  private mutating func number(of word: Text) -> Int {
    let small = lowercased(word.bytes)
    let first = PhraseTable.placed(small, .old)
    if let known = words.number(of: WordTable.hash(first.span, 0, first.count)) { return known }
    let number = keys.count
    let forms = PhraseTable.forms(ofSmall: small)
    for form in forms { words.insert(WordTable.hash(form.span, 0, form.count), number) }
    keys.append(forms.map { WordTable.key($0.span, 0, $0.count) })
    return number
  }

  /// The word in small letters, with a capital, and in capitals, with its tone in either style.
  static func forms(of word: Text) -> [[UInt8]] { forms(ofSmall: lowercased(word.bytes)) }

  private static func forms(ofSmall word: [UInt8]) -> [[UInt8]] {
    let styles: [ToneStyle] = mayMoveTones(in: word.span) ? [.old, .new] : [.old]
    return styles.flatMap { style in
      let placed = placed(word, style)
      var capitalized = ByteBuffer()
      appendCapitalized(placed[...], to: &capitalized)
      return [placed, capitalized.bytes, uppercased(placed[...])]
    }
  }

  private static func placed(_ word: [UInt8], _ style: ToneStyle) -> [UInt8] {
    guard mayMoveTones(in: word.span) else { return word }
    var placed = ByteBuffer()
    appendToneMarks(of: word[...], in: style, to: &placed)
    return placed.bytes
  }
}

/// The words that some phrases begin with as bits, the first two of each: most words of a text begin
/// none of them, and this says so by one look at a word and the one before it.
struct PhraseFilter: Sendable {
  private var pairs = [UInt64](repeating: 0, count: 1024)
  /// Of phrases of one word.
  private var singles = [UInt64](repeating: 0, count: 64)
  private var hasSingles = false

  mutating func insert(_ first: UInt64, _ second: UInt64) {
    let pair = PhraseFilter.pair(first, second)
    pairs[Int(truncatingIfNeeded: pair >> 6 & 1023)] |= 1 << (pair & 63)
  }

  mutating func insert(_ only: UInt64) {
    singles[Int(truncatingIfNeeded: only >> 6 & 63)] |= 1 << (only & 63)
    hasSingles = true
  }

  /// False where surely none begins with a word, or with it and the one before; by the keys of
  /// ``WordTable``.
  @inline(__always)
  func mayBegin(with word: UInt64, after previous: UInt64) -> Bool {
    let pair = PhraseFilter.pair(previous, word)
    if pairs[Int(truncatingIfNeeded: pair >> 6 & 1023)] &>> (pair & 63) & 1 == 1 { return true }
    return hasSingles && singles[Int(truncatingIfNeeded: word >> 6 & 63)] &>> (word & 63) & 1 == 1
  }

  @inline(__always)
  private static func pair(_ first: UInt64, _ second: UInt64) -> UInt64 { first &* 3 &+ second }
}
