import Texts

/// The words beyond ASCII of a piece of text, and of their readings those that get the most together.
struct PieceWords {
  struct Line {
    let range: Range<Int>
    var kind: Kind
    let firstWord: Int
    /// Whether it is UTF-8 with letters that only Vietnamese has.
    var isRight = false

    enum Kind {
      case plain
      case words
      /// UTF-8 that was misread as a whole.
      case mended([UInt8])
    }
  }

  struct Word {
    let start: Int
    var row: WordRows.Place
    let isFirstOfLine: Bool

    private static let wordSwitch: Int16 = 45
    private static let lineSwitch: Int16 = 20

    /// What a reading has that is changed to before it.
    var switched: Int16 { isFirstOfLine ? -Word.lineSwitch : -Word.wordSwitch }
  }

  var lines: [Line] = []
  var words: [Word] = []
  /// The readings of the words that get the most together, by their places among all.
  private(set) var chosen: [UInt8] = []
  /// What each reading had before a word, the best of them 0.
  private var standings: [SIMD16<Int16>] = []

  mutating func removeAll() {
    lines.removeAll(keepingCapacity: true)
    words.removeAll(keepingCapacity: true)
  }

  func endOfWords(ofLine index: Int) -> Int {
    index + 1 < lines.count ? lines[index + 1].firstWord : words.count
  }

  /// The number of words that are syllables only where they were misread.
  func misreadCount(_ range: Range<Int>, _ rows: WordRows) -> Int {
    range.count { rows[words[$0].row].mayBeMisread }
  }

  /// Keeps words as they are.
  mutating func keep(_ range: Range<Int>, _ rows: inout WordRows) {
    for word in range { change(word, in: &rows) { $0.keepAsText() } }
  }

  /// Adds the words beyond ASCII of a line.
  mutating func addWords(
    of text: Span<UInt8>, from offset: Int, isValid: Bool, _ rows: inout WordRows
  ) {
    let (first, kinds) = (words.count, oldWordBytes.span)
    var isRight = true
    // How many words are Vietnamese in UTF-8, and how many are no UTF-8.
    var (right, wrong) = (0, 0)
    var start = text.startOfWord(from: 0, kinds)
    while start < text.count {
      let (end, isASCII) = text.endOfWord(from: start, kinds)
      if !isASCII {
        let place = rows.place(of: text, start..<end, isValid: isValid)
        words.append(
          Word(start: offset + start, row: place, isFirstOfLine: words.count == first))
        let row = rows[place]
        if row.good & 1 == 0 { isRight = false }
        if !row.isText { wrong += 1 } else if row.isRightText { right += 1 }
      }
      start = text.startOfWord(from: end, kinds)
    }
    // A line of UTF-8 of which a few bytes are no longer right: its other words stay.
    if !isValid, right >= 2, right >= wrong {
      for word in first..<words.count where rows[words[word].row].isRightText {
        change(word, in: &rows) { $0.keepAsText() }
      }
    }
    if !isRight, words.count > first {
      let foreign = text.foreign
      change(first, in: &rows) { $0.take(0 &- foreign) }
    }
  }

  /// Changes what speaks for a word at its place alone.
  private mutating func change(
    _ word: Int, in rows: inout WordRows, _ change: (inout WordRow) -> Void
  ) {
    var row = rows[words[word].row]
    change(&row)
    words[word].row = rows.add(row)
  }

  /// Adds the words of a line of ASCII that signs of VIQR stand in.
  mutating func addVIQRWords(
    of text: Span<UInt8>, from offset: Int, _ rows: inout WordRows
  ) {
    var isFirst = true
    var foreign: Int16 = 0
    var index = 0
    while index < text.count {
      guard text[index].isASCIILetter else {
        index += 1
        continue
      }
      let word = VIQRWord(text, at: index, guesses: true)
      if !word.isMarked {
        if word.match == .none, foreign < 60 { foreign += 6 }
      } else {
        let row = rows.add(WordRow(viqr: word.score))
        words.append(Word(start: offset + index, row: row, isFirstOfLine: isFirst))
        isFirst = false
      }
      index = word.end
    }
    if !isFirst {
      change(words.count - 1, in: &rows) { $0.take(WordRow.viqrAlone(-foreign)) }
    }
  }

  /// Finds the readings that get the most together.
  ///
  /// - Parameter standing: what each had before, and has then.
  mutating func choose(_ standing: inout SIMD16<Int16>, _ rows: WordRows) {
    chosen.removeAll(keepingCapacity: true)
    standings.removeAll(keepingCapacity: true)
    var best = standing.firstPlace(of: standing.max())
    for word in words {
      // Only differences count.
      standing &-= SIMD16(repeating: standing[Int(best)])
      // The best before is what another reading comes from.
      chosen.append(best)
      standings.append(standing)
      let switched = SIMD16(repeating: word.switched)
      standing.replace(with: switched, where: standing .< switched)
      let row = rows[word.row]
      standing &+= row.scores
      // It stays the best while nothing speaks more for another.
      if row.scores[Int(best)] < row.most { best = standing.firstPlace(of: standing.max()) }
    }
    var state = best
    for word in words.indices.reversed() {
      let before = chosen[word]
      chosen[word] = state
      if standings[word][Int(state)] < words[word].switched { state = before }
    }
  }
}

extension SIMD16<Int16> {
  /// The first place where a number stands.
  fileprivate func firstPlace(of number: Int16) -> UInt8 {
    var place = 0
    while place < 15, self[place] != number { place += 1 }
    return UInt8(truncatingIfNeeded: place)
  }
}

extension VIQRWord {
  /// How much speaks for the signs being marks.
  fileprivate var score: Int16 {
    if letterCount == 1 { return 0 }
    return switch (bestMatch, isTelling) {
    case (.common, true): hasHats ? 35 : 12
    case (.possible, true): hasHats ? 20 : 8
    case (.none, true): hasHats ? -40 : -12
    // Most of these are signs of the sentence.
    case (.common, false), (.possible, false): 0
    case (.none, false): isAbbreviation ? 0 : -12
    }
  }
}

extension Span<UInt8> {
  /// What a line asks for: whether it has bytes beyond ASCII or control characters, and else whether
  /// it has signs of VIQR behind letters.
  var needs: (isMarked: Bool, mayBeVIQR: Bool) {
    var mayBeVIQR = false
    var previous: UInt8 = 0
    for index in indices {
      let byte = self[index]
      if byte >= 0x80 || byte < 0x20 && byte.isOddControl { return (true, false) }
      if previous.isASCIILetter {
        switch byte {
        case UInt8(ascii: "^"), UInt8(ascii: "("), UInt8(ascii: "+"), UInt8(ascii: "'"),
          UInt8(ascii: "`"), UInt8(ascii: "?"), UInt8(ascii: "~"), UInt8(ascii: "."):
          mayBeVIQR = true
        case UInt8(ascii: "d"), UInt8(ascii: "D"):
          if previous | 0x20 == UInt8(ascii: "d") { mayBeVIQR = true }
        default: break
        }
      }
      previous = byte
    }
    return (false, mayBeVIQR)
  }

  func endOfLine(from start: Int) -> Int {
    let next = bytes.first(0x0A, in: start..<count)
    return next < count ? next + 1 : count
  }

  @inline(__always)
  func startOfWord(from start: Int, _ kinds: Span<UInt8>) -> Int {
    var index = start
    while index < count, kinds[Int(self[index])] == 0 { index &+= 1 }
    return index
  }

  @inline(__always)
  func endOfWord(
    from start: Int, _ kinds: Span<UInt8>
  ) -> (end: Int, isASCII: Bool) {
    var (index, met) = (start, UInt8(0))
    while index < count, kinds[Int(self[index])] != 0 {
      met |= kinds[Int(self[index])]
      index &+= 1
    }
    return (index, met == 1)
  }

  /// What words of ASCII that are no syllables speak against all readings but the text as it is and
  /// Windows-1252.
  fileprivate var foreign: SIMD16<Int16> {
    let kinds = oldWordBytes.span
    var foreign: Int16 = 0
    var start = startOfWord(from: 0, kinds)
    while start < count, foreign < 30 {
      let (end, isASCII) = endOfWord(from: start, kinds)
      if isASCII, end - start > 1, !extracting(start..<end).isPlainSyllable { foreign += 4 }
      start = startOfWord(from: end, kinds)
    }
    var scores = SIMD16<Int16>(repeating: foreign)
    for (state, reading) in Reading.all.enumerated()
    where reading == .asIs || reading == .encoding(.windows1252) {
      scores[state] = 0
    }
    return scores
  }

  var wordCount: Int {
    let kinds = oldWordBytes.span
    var (count, start) = (0, startOfWord(from: 0, kinds))
    while start < self.count {
      count += 1
      start = startOfWord(from: endOfWord(from: start, kinds).end, kinds)
    }
    return count
  }

  fileprivate var isPlainSyllable: Bool {
    var word = WordReader()
    for index in indices { word.add(Letters.letter(UInt32(self[index])), isASCII: true) }
    return word.match(in: .known) != .none
  }
}

/// What each byte is in a word of an old text: 0 where it is none of it, 1 for a letter of ASCII, 2 for
/// one that is a letter in some encoding.
let oldWordBytes: [UInt8] = (UInt8(0)...255).map { byte in
  byte.isASCIILetter ? 1 : byte >= 0x80 || byte.isOddControl ? 2 : 0
}

extension WordRow {
  /// Tells whether it is Vietnamese in UTF-8, with letters of several bytes.
  fileprivate var isRightText: Bool { isLongText && good & 1 == 1 }

  /// Tells whether it is a syllable only where it was misread.
  fileprivate var mayBeMisread: Bool { isLongText && good & 1 == 0 && good != 0 }
}

extension UInt8 {
  /// A control character that VISCII or VPS may have a letter for: none of those that texts have.
  var isOddControl: Bool {
    self < 0x20 && !(0x07...0x0D ~= self) && self != 0x1A && self != 0x1B && self != 0
  }
}
