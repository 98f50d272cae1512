import Texts
import Vietnamese

/// Phrases of a register that are looked for in texts, whatever their case and tone style.
struct PhraseTable: Sendable {
  private var words = WordTable()
  /// The keys of the forms of each word, by its number.
  private var keys: [[UInt64]] = []
  /// The phrases by the number of their first word, the longest first.
  private var phrases: [[Phrase]] = []
  /// The first words of all phrases.
  private(set) var firstWords = WordFilter()

  private struct Phrase: Sendable {
    let words: [Int]
    let payload: Int

    /// Tells whether its second word is this, nil for one that no phrase has; or it has no second
    /// word.
    func goesOn(with second: Int?) -> Bool { words.count < 2 || words[1] == second }
  }

  /// Adds a phrase; the number is given back where it is found.
  mutating func insert(_ phrase: Text, _ payload: Int) {
    let numbers = phrase.words.map { number(of: $0) }
    guard let first = numbers.first else { return }
    for key in keys[first] { firstWords.insert(key) }
    while phrases.count <= first { phrases.append([]) }
    phrases[first].append(Phrase(words: numbers, payload: payload))
    phrases[first].sort { $1.words.count < $0.words.count }
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
