import Diagnostics
import Vietnamese

/// Phrases of a register that are looked for in texts, whatever their case and tone style.
struct PhraseTable: Sendable {
  private var words = WordTable()
  private var wordCount = 0
  /// By the number of the first word, the longest first.
  private var phrases: [[Phrase]] = []
  /// The first words of all phrases.
  private(set) var firstWords = WordFilter()

  private struct Phrase: Sendable {
    let words: [Int]
    let payload: Int
  }

  var isEmpty: Bool { phrases.isEmpty }

  /// Adds a phrase; the number is given back where it is found.
  mutating func insert(_ phrase: Text, _ payload: Int) {
    let numbers = phrase.words.map { number(of: $0) }
    guard let first = numbers.first, let word = phrase.words.first else { return }
    for form in PhraseTable.forms(of: word) { firstWords.insert(WordTable.hash(form)) }
    while phrases.count <= first { phrases.append([]) }
    phrases[first].append(Phrase(words: numbers, payload: payload))
    phrases[first].sort { $1.words.count < $0.words.count }
  }

  /// The longest phrase that begins at a word: how many words it has, and its payload. None begins
  /// at a word that ``firstWords`` does not hold.
  func match(_ text: TextWords, at index: Int) -> (count: Int, payload: Int)? {
    guard let first = words.number(of: text[index].hash), first < phrases.count else { return nil }
    for phrase in phrases[first] where phrase.words.count <= text.count - index {
      var offset = 1
      while offset < phrase.words.count, text[index + offset].followsBlank,
        words.number(of: text[index + offset].hash) == phrase.words[offset]
      {
        offset += 1
      }
      if offset == phrase.words.count { return (offset, phrase.payload) }
    }
    return nil
  }

  /// A word has one number in all its forms.
  private mutating func number(of word: Text) -> Int {
    let forms = PhraseTable.forms(of: word)
    if let known = words.number(of: WordTable.hash(forms[0])) { return known }
    let number = wordCount
    wordCount += 1
    for form in forms { words.insert(WordTable.hash(form), number) }
    return number
  }

  /// The word in small letters, with a capital, and in capitals, with its tone in either style.
  static func forms(of word: Text) -> [[UInt8]] {
    let lower = lowercased(word.bytes)
    return [ToneStyle.old, .new].flatMap { style in
      var marked = ByteBuffer()
      appendToneMarks(of: lower[...], in: style, to: &marked)
      let placed = marked.bytes
      var capitalized = ByteBuffer()
      appendCapitalized(placed[...], to: &capitalized)
      return [placed, capitalized.bytes, uppercased(placed[...])]
    }
  }
}
