import Texts

/// Reading a text whose encoding nobody knows, which may have several: each word is read so that the
/// words around it are Vietnamese too.
///
/// For each word beyond ASCII every reading has a score, and to change the reading costs something,
/// more within a line than at its end. The readings that get the most together are taken (Viterbi),
/// in one pass over pieces of the text: what was read before weighs on what comes next.
struct AutomaticDecoding {
  /// The encodings and misreadings that were met.
  private(set) var found: [Finding] = []
  private(set) var lines = 0
  private(set) var halfCapitals = HalfCapitals()

  private var scratch = Scratch()
  private var standing = WordRow.never
  /// The number of lines that were right, and of those that may be misread.
  private var (rightLines, misreadLines) = (0, 0)
  private var rows = WordRows()
  /// The places in ``found`` of the readings that were met, by their places among all.
  private var places = [Int?](repeating: nil, count: Reading.all.count)

  private static let wordSwitch: Int16 = 45
  private static let lineSwitch: Int16 = 20
  /// Beyond this many nothing changes any more.
  private static let enoughLines = 1 << 20
  /// What a reading that changes the text needs more than one word for.
  private static let start: Int16 = 25

  struct Finding {
    var reading: Reading
    var lines = 0
    var firstLine: Int
    var good = 0
    var bad = 0
    /// The scores of its words in each reading.
    var scores = SIMD16<Int32>(repeating: 0)
    private var words = 0

    init(_ reading: Reading, from line: Int) { (self.reading, firstLine) = (reading, line) }

    /// Beyond this many nothing changes any more.
    private static let most = 1 << 20

    mutating func add(_ row: WordRow, at state: Int) {
      if row.good & 1 << UInt16(state) != 0 { good += 1 }
      if row.bad & 1 << UInt16(state) != 0 { bad += 1 }
      guard words < Finding.most else { return }
      words += 1
      scores &+= SIMD16<Int32>(truncatingIfNeeded: row.scores)
    }
  }

  init() {
    for state in Reading.all.indices { standing[state] = state == 0 ? 0 : -Self.start }
  }

  /// Appends the text of a piece that ends at the end of a line, or between words.
  mutating func append(
    _ bytes: Span<UInt8>, to output: inout ByteBuffer, capitals: Bool = false
  ) throws(UndecodableByte) {
    scratch.removeAll()
    rows.beginPiece()
    let isValid = bytes.validUTF8Count == bytes.count
    var start = 0
    while start < bytes.count {
      let end = bytes.endOfLine(from: start)
      look(at: bytes, start..<end, isValid: isValid)
      start = end
    }
    if isValid { keepQuotedLines(of: bytes) }
    scratch.choose(&standing, rows)
    try write(bytes, to: &output)
  }

  /// Finds the words of a line, and what speaks for each reading of them.
  ///
  /// - Parameter isValid: whether the whole piece is UTF-8.
  private mutating func look(at bytes: Span<UInt8>, _ range: Range<Int>, isValid: Bool) {
    var line = Line(range: range, kind: .plain, firstWord: scratch.words.count)
    let text = bytes.extracting(range)
    let needs = text.needs
    if needs.isMarked {
      let isValid = isValid || text.validUTF8Count == text.count && !text.mixesScripts
      line.isRight = isValid && QuotedLetters.hasVietnamese(text)
      if line.isRight { rightLines = min(rightLines + 1, Self.enoughLines) }
      if isValid, !line.isRight, let mended = DoubleUTF8.mended(text) {
        line.kind = .mended(mended)
      } else {
        line.kind = .words
        scratch.addWords(of: text, from: range.lowerBound, isValid: isValid, &rows)
      }
    } else if needs.mayBeVIQR {
      line.kind = .words
      scratch.addVIQRWords(of: text, from: range.lowerBound, &rows)
    }
    scratch.lines.append(line)
  }

  /// Keeps misread letters that a right text speaks of: those of a line that has right ones, or where
  /// most lines are right, those that are quoted or are few.
  private mutating func keepQuotedLines(of bytes: Span<UInt8>) {
    guard rightLines > 0 else { return }
    var misread: [(line: Int, words: Int, isCode: Bool)] = []
    var isCode = false
    for index in scratch.lines.indices {
      let line = scratch.lines[index]
      if QuotedLetters.turnsCode(bytes.extracting(line.range)) { isCode.toggle() }
      let words = line.firstWord..<scratch.endOfWords(ofLine: index)
      switch line.kind {
      case .plain: break
      case .mended: misread.append((index, 0, isCode))
      case .words:
        let count = scratch.misreadCount(words, rows)
        if count == 0 { continue }
        if line.isRight {
          scratch.keep(words, &rows)
        } else {
          misread.append((index, count, isCode))
        }
      }
    }
    misreadLines = min(misreadLines + misread.count, Self.enoughLines)
    guard misreadLines * 2 <= rightLines else { return }
    for (index, count, isCode) in misread {
      let line = scratch.lines[index]
      let text = bytes.extracting(line.range)
      let words = text.wordCount
      let isQuoted = isCode || QuotedLetters.isQuoted(text)
      if case .mended = line.kind {
        if words > QuotedLetters.few, !isQuoted { continue }
        scratch.lines[index].kind = .plain
      } else {
        if isQuoted || count <= QuotedLetters.few || count * 2 <= words {
          scratch.keep(line.firstWord..<scratch.endOfWords(ofLine: index), &rows)
        }
      }
    }
  }

  private mutating func write(
    _ bytes: Span<UInt8>, to output: inout ByteBuffer
  ) throws(UndecodableByte) {
    for index in scratch.lines.indices {
      lines += 1
      let line = scratch.lines[index]
      switch line.kind {
      case .plain: output.append(line.range, of: bytes)
      case .mended(let mended):
        output.append(mended.span)
        note(.misread(.utf8), isSure: true)
      case .words:
        let next = scratch.endOfWords(ofLine: index)
        try write(bytes, line.range, line.firstWord..<next, to: &output)
      }
    }
  }

  /// Writes a line of words, those of one reading that follow each other at once.
  private mutating func write(
    _ bytes: Span<UInt8>, _ range: Range<Int>, _ words: Range<Int>, to output: inout ByteBuffer
  ) throws(UndecodableByte) {
    var start = range.lowerBound
    var word = words.lowerBound
    // A bit for each reading.
    var met: UInt16 = 0
    let begin = output.count
    defer { if met.nonzeroBitCount > 1 { output.compose(from: begin) } }
    while word < words.upperBound {
      let state = scratch.chosen[word]
      var next = word + 1
      while next < words.upperBound, scratch.chosen[next] == state { next += 1 }
      let end = next == words.upperBound ? range.upperBound : scratch.words[next].start
      note(word..<next, state, isNew: met & 1 << UInt16(state) == 0)
      met |= 1 << UInt16(state)
      try append(bytes, start..<end, Reading.all[Int(state)], to: &output)
      (start, word) = (end, next)
    }
    output.append(start..<range.upperBound, of: bytes)
  }

  private mutating func append(
    _ bytes: Span<UInt8>, _ range: Range<Int>, _ reading: Reading, to output: inout ByteBuffer
  ) throws(UndecodableByte) {
    let part = bytes.extracting(range)
    switch reading {
    case .asIs:
      output.append(composing: part)
    case .encoding(let encoding):
      if encoding == .tcvn3 { halfCapitals.look(in: part, onLine: lines) }
      do throws(UndecodableByte) {
        if encoding == .viqr {
          _ = try output.appendVIQR(part, isLast: true, guesses: true)
        } else {
          _ = try output.append(part, from: encoding, isLast: true)
        }
      } catch {
        throw UndecodableByte(offset: range.lowerBound + error.offset)
      }
    case .misread(let encoding):
      let kinds = oldWordBytes.span
      var start = 0
      while start < part.count {
        let (end, _) = part.endOfWord(from: start, kinds)
        append(misread: part.extracting(start..<end), encoding, to: &output)
        let next = part.startOfWord(from: end, kinds)
        output.append(end..<next, of: part)
        start = next
      }
    }
  }

  private mutating func append(
    misread word: Span<UInt8>, _ encoding: TextEncoding, to output: inout ByteBuffer
  ) {
    var raw = ByteBuffer()
    let length = output.count
    if Misreading.append(bytesOf: word, to: &raw),
      (try? output.append(raw.span, from: encoding, isLast: true)) != nil
    {
      if encoding == .tcvn3 { halfCapitals.look(in: raw.span, onLine: lines) }
      return
    }
    output.truncate(to: length)
    output.append(composing: word)
  }

  private mutating func note(_ reading: Reading, isSure: Bool) {
    let index = finding(reading)
    found[index].lines += 1
    found[index].good += isSure ? 10 : 0
  }

  /// Notes words that follow each other in one reading, and whether it is the first of their line.
  private mutating func note(_ words: Range<Int>, _ state: UInt8, isNew: Bool) {
    let index = places[Int(state)] ?? finding(Reading.all[Int(state)])
    places[Int(state)] = index
    if isNew { found[index].lines += 1 }
    for word in words { found[index].add(rows[scratch.words[word].row], at: Int(state)) }
  }

  private mutating func finding(_ reading: Reading) -> Int {
    if let index = found.firstIndex(where: { $0.reading == reading }) { return index }
    found.append(Finding(reading, from: lines))
    return found.count - 1
  }

  private struct Line {
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

  private struct Word {
    let start: Int
    var row: WordRows.Place
    let isFirstOfLine: Bool

    /// What a reading has that is changed to before it.
    var switched: Int16 { isFirstOfLine ? -lineSwitch : -wordSwitch }
  }

  /// What is known of the words of a piece.
  private struct Scratch {
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
}

extension SIMD16<Int16> {
  /// The first place where a number stands.
  fileprivate func firstPlace(of number: Int16) -> UInt8 {
    var place = 0
    while place < 15, self[place] != number { place += 1 }
    return UInt8(truncatingIfNeeded: place)
  }
}

extension ByteBuffer {
  /// Composes what was put together of several parts: a mark may join what stands before its own.
  fileprivate mutating func compose(from start: Int) {
    let text = span.extracting(start..<count).withUnsafeBufferPointer { Array($0) }
    truncate(to: start)
    append(composing: text.span)
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
  fileprivate var needs: (isMarked: Bool, mayBeVIQR: Bool) {
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

  fileprivate func endOfLine(from start: Int) -> Int {
    let next = bytes.first(0x0A, in: start..<count)
    return next < count ? next + 1 : count
  }

  @inline(__always)
  fileprivate func startOfWord(from start: Int, _ kinds: Span<UInt8>) -> Int {
    var index = start
    while index < count, kinds[Int(self[index])] == 0 { index &+= 1 }
    return index
  }

  @inline(__always)
  fileprivate func endOfWord(
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

  fileprivate var wordCount: Int {
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
private let oldWordBytes: [UInt8] = (UInt8(0)...255).map { byte in
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
