import Texts
import Vietnamese

/// Phrases of a register that are looked for in texts, whatever their case and tone style.
struct PhraseTable: Sendable {
  private var words = WordTable()
  /// The forms of each word, by its number.
  private var forms: [WordForms] = []
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
    let numbers = phrase.withBytes { bytes in self.numbers(of: bytes) }
    guard let first = numbers.first else { return }
    firstWords.insert(forms[first])
    while phrases.count <= first { phrases.append([]) }
    let shorter = phrases[first].firstIndex { $0.words.count < numbers.count }
    phrases[first].insert(
      Phrase(words: numbers, payload: payload), at: shorter ?? phrases[first].count)
  }

  /// The longest phrase that begins at a word: how many words it has, and its payload. None begins
  /// at a word that ``firstWords`` does not hold.
  func match(_ text: TextWords, at index: Int) -> (count: Int, payload: Int)? {
    guard firstWords.mayHold(text.key(at: index)),
      let first = words.number(of: text.hash(at: index)), first < phrases.count
    else { return nil }
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

  /// The numbers of the words of a phrase; new ones get the next.
  private mutating func numbers(of phrase: Span<UInt8>) -> [Int] {
    var numbers: [Int] = []
    var start = 0
    while start < phrase.count {
      var end = start
      while end < phrase.count, !isSpace(phrase[end]) { end += 1 }
      if end > start { numbers.append(number(of: phrase, start, end)) }
      start = end + 1
    }
    return numbers
  }

  /// A word has one number in all its forms.
  private mutating func number(of text: Span<UInt8>, _ start: Int, _ end: Int) -> Int {
    if let known = words.number(of: WordTable.hash(text, start, end)) { return known }
    let forms = WordForms(text.extracting(start..<end))
    if let known = words.number(of: forms.hashes[0]) { return known }
    let number = self.forms.count
    for form in 0..<forms.count { words.insert(forms.hashes[form], number) }
    self.forms.append(forms)
    return number
  }
}

/// A word in small letters, with a capital, and in capitals, with its tone in either style: the hashes
/// of all of these.
struct WordForms: BitwiseCopyable {
  /// As ``WordTable`` keeps them; that of the small letters with the tone in the old style is the first.
  private(set) var hashes = SIMD8<UInt64>(repeating: 0)
  /// As ``WordFilter`` keeps them.
  private(set) var keys = SIMD8<UInt64>(repeating: 0)
  private(set) var count = 0

  init(_ word: Span<UInt8>) {
    var small = ByteBuffer()
    appendLowercased(word, to: &small)
    guard mayMoveTones(in: small.span) else {
      addCases(of: small.span)
      return
    }
    for style in [ToneStyle.old, .new] {
      var placed = ByteBuffer()
      appendToneMarks(of: small.bytes[...], in: style, to: &placed)
      addCases(of: placed.span)
    }
  }

  private mutating func addCases(of small: Span<UInt8>) {
    add(small)
    var form = ByteBuffer()
    appendCapitalized(small, to: &form)
    add(form.span)
    form.removeAll()
    appendUppercased(small, to: &form)
    add(form.span)
  }

  private mutating func add(_ form: Span<UInt8>) {
    keys[count] = WordTable.key(form, 0, form.count)
    hashes[count] = WordTable.hash(form, 0, form.count, keys[count])
    count += 1
  }
}

extension WordFilter {
  mutating func insert(_ forms: WordForms) {
    for form in 0..<forms.count { insert(forms.keys[form]) }
  }

  /// Inserts all forms of the first word of a text.
  mutating func insert(firstWordOf text: Text) {
    text.withBytes { bytes in
      var end = 0
      while end < bytes.count, letterWidth(bytes[end]) > 0 { end += letterWidth(bytes[end]) }
      insert(WordForms(bytes.extracting(0..<min(end, bytes.count))))
    }
  }
}
