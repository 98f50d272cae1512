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
  private var known = KnownWords()

  private static let wordSwitch: Int16 = 45
  private static let lineSwitch: Int16 = 20
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
    var start = 0
    while start < bytes.count {
      let end = bytes.endOfLine(from: start)
      look(at: bytes, start..<end)
      start = end
    }
    let states = scratch.chosen(&standing)
    try write(bytes, states, to: &output)
  }

  /// Finds the words of a line, and what speaks for each reading of them.
  private mutating func look(at bytes: Span<UInt8>, _ range: Range<Int>) {
    var line = Line(range: range, kind: .plain, firstWord: scratch.words.count)
    let text = bytes.extracting(range)
    let needs = text.needs
    if needs.isMarked {
      let isValid = text.validUTF8Count == text.count
      if isValid, let mended = DoubleUTF8.mended(text) {
        line.kind = .mended(mended)
      } else {
        line.kind = .words
        scratch.addWords(of: text, from: range.lowerBound, isValid: isValid, &known)
      }
    } else if needs.mayBeVIQR {
      line.kind = .words
      scratch.addVIQRWords(of: text, from: range.lowerBound)
    }
    scratch.lines.append(line)
  }

  private mutating func write(
    _ bytes: Span<UInt8>, _ states: [UInt8], to output: inout ByteBuffer
  ) throws(UndecodableByte) {
    for (index, line) in scratch.lines.enumerated() {
      lines += 1
      switch line.kind {
      case .plain: output.append(line.range, of: bytes)
      case .mended(let mended):
        output.append(mended.span)
        note(.misread(.utf8), isSure: true)
      case .words:
        let next =
          index + 1 < scratch.lines.count ? scratch.lines[index + 1].firstWord : states.count
        try write(bytes, line.range, line.firstWord..<next, states, to: &output)
      }
    }
  }

  /// Writes a line of words, those of one reading that follow each other at once.
  private mutating func write(
    _ bytes: Span<UInt8>, _ range: Range<Int>, _ words: Range<Int>, _ states: [UInt8],
    to output: inout ByteBuffer
  ) throws(UndecodableByte) {
    var start = range.lowerBound
    var word = words.lowerBound
    var met: Set<UInt8> = []
    let begin = output.count
    defer { if met.count > 1 { output.compose(from: begin) } }
    while word < words.upperBound {
      let state = states[word]
      var next = word + 1
      while next < words.upperBound, states[next] == state { next += 1 }
      let end = next == words.upperBound ? range.upperBound : scratch.words[next].start
      let reading = Reading.all[Int(state)]
      let isNew = met.insert(state).inserted
      for index in word..<next { note(index, state, isFirst: isNew && index == word) }
      try append(bytes, start..<end, reading, to: &output)
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
        _ = try output.append(part, from: encoding, isLast: true)
      } catch {
        throw UndecodableByte(offset: range.lowerBound + error.offset)
      }
    case .misread(let encoding):
      var start = 0
      while start < part.count {
        let end = part.endOfWord(from: start)
        append(misread: part.extracting(start..<end), encoding, to: &output)
        let next = part.startOfWord(from: end)
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

  private mutating func note(_ word: Int, _ state: UInt8, isFirst: Bool) {
    let index = finding(Reading.all[Int(state)])
    if isFirst { found[index].lines += 1 }
    found[index].add(scratch.rows[word], at: Int(state))
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

    enum Kind {
      case plain
      case words
      /// UTF-8 that was misread as a whole.
      case mended([UInt8])
    }
  }

  private struct Word {
    let start: Int
    let isFirstOfLine: Bool
  }

  /// What is known of the words of a piece.
  private struct Scratch {
    var lines: [Line] = []
    var words: [Word] = []
    var rows: [WordRow] = []

    mutating func removeAll() {
      lines.removeAll(keepingCapacity: true)
      words.removeAll(keepingCapacity: true)
      rows.removeAll(keepingCapacity: true)
    }

    /// Adds the words beyond ASCII of a line.
    mutating func addWords(
      of text: Span<UInt8>, from offset: Int, isValid: Bool, _ known: inout KnownWords
    ) {
      let firstRow = rows.count
      var isRight = true
      // The rows of words that are Vietnamese in UTF-8, and how many words are no UTF-8.
      var (right, wrong): ([Int], Int) = ([], 0)
      var start = text.startOfWord(from: 0)
      while start < text.count {
        let end = text.endOfWord(from: start)
        let word = text.extracting(start..<end)
        if !word.isASCIIOnly {
          words.append(Word(start: offset + start, isFirstOfLine: rows.count == firstRow))
          let row = known.row(of: word, isValid: isValid)
          if row.good & 1 == 0 { isRight = false }
          if !isValid {
            if word.validUTF8Count < word.count {
              wrong += 1
            } else if row.good & 1 == 1, word.isLongUTF8 {
              right.append(rows.count)
            }
          }
          rows.append(row)
        }
        start = text.startOfWord(from: end)
      }
      // A line of UTF-8 of which a few bytes are no longer right: its other words stay.
      if right.count >= 2, right.count >= wrong { for row in right { rows[row].keepAsText() } }
      if !isRight, rows.count > firstRow { rows[firstRow].scores &-= text.foreign }
    }

    /// Adds the words of a line of ASCII that signs of VIQR stand in.
    mutating func addVIQRWords(of text: Span<UInt8>, from offset: Int) {
      var isFirst = true
      var foreign: Int16 = 0
      var index = 0
      while index < text.count {
        guard text[index].isASCIILetter else {
          index += 1
          continue
        }
        let word = VIQRWord(text, at: index)
        if !word.isMarked {
          if word.match == .none, foreign < 60 { foreign += 6 }
        } else {
          words.append(Word(start: offset + index, isFirstOfLine: isFirst))
          isFirst = false
          rows.append(WordRow(viqr: word.score))
        }
        index = word.end
      }
      if !isFirst { rows[rows.count - 1].scores[WordRow.viqr] -= foreign }
    }

    /// The readings that get the most together.
    ///
    /// - Parameter standing: what each had before, and has then.
    func chosen(_ standing: inout SIMD16<Int16>) -> [UInt8] {
      // A bit for each reading that goes on from itself, and the one that the others come from.
      var steps: [(stays: UInt16, best: UInt8)] = []
      steps.reserveCapacity(words.count)
      for (word, facts) in words.enumerated() {
        // Only differences count.
        standing &-= SIMD16(repeating: standing.max())
        let best = standing.firstPlace(of: 0)
        let switched = SIMD16(repeating: facts.isFirstOfLine ? -lineSwitch : -wordSwitch)
        let stays = standing .>= switched
        steps.append((UInt16(truncatingIfNeeded: stays.bits), best))
        standing.replace(with: switched, where: .!stays)
        standing &+= rows[word].scores
        standing.replace(
          with: SIMD16(repeating: WordRow.least),
          where: standing .< SIMD16(repeating: WordRow.least))
      }
      var chosen = [UInt8](repeating: 0, count: words.count)
      var state = standing.firstPlace(of: standing.max())
      for word in words.indices.reversed() {
        chosen[word] = state
        if steps[word].stays & 1 << UInt16(state) == 0 { state = steps[word].best }
      }
      return chosen
    }
  }
}

extension SIMD16<Int16> {
  /// The first place where a number stands.
  fileprivate func firstPlace(of number: Int16) -> UInt8 {
    let places = (self .== SIMD16(repeating: number)).bits
    return UInt8(truncatingIfNeeded: places.trailingZeroBitCount)
  }
}

extension SIMDMask<SIMD16<Int16>> {
  /// A bit for each place, the first lowest.
  fileprivate var bits: UInt64 {
    let narrow = SIMD16<Int8>(truncatingIfNeeded: unsafeBitCast(self, to: SIMD16<Int16>.self))
    return unsafeBitCast(narrow, to: SIMDMask<SIMD16<Int8>>.self).bits
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

  fileprivate func startOfWord(from start: Int) -> Int {
    var index = start
    while index < count, !self[index].isOfOldWord { index += 1 }
    return index
  }

  fileprivate func endOfWord(from start: Int) -> Int {
    var index = start
    while index < count, self[index].isOfOldWord { index += 1 }
    return index
  }

  /// What words of ASCII that are no syllables speak against all readings but the text as it is and
  /// Windows-1252.
  fileprivate var foreign: SIMD16<Int16> {
    var foreign: Int16 = 0
    var start = startOfWord(from: 0)
    while start < count, foreign < 30 {
      let end = endOfWord(from: start)
      let word = extracting(start..<end)
      if word.count > 1, word.isASCIIOnly, !word.isPlainSyllable { foreign += 4 }
      start = startOfWord(from: end)
    }
    var scores = SIMD16<Int16>(repeating: foreign)
    for (state, reading) in Reading.all.enumerated()
    where reading == .asIs || reading == .encoding(.windows1252) {
      scores[state] = 0
    }
    return scores
  }

  /// Tells whether it is UTF-8 with characters of several bytes.
  fileprivate var isLongUTF8: Bool {
    validUTF8Count == count && indices.contains { self[$0] >= 0x80 }
  }

  fileprivate var isASCIIOnly: Bool { indices.allSatisfy { self[$0].isASCIILetter } }

  fileprivate var isPlainSyllable: Bool {
    var word = WordReader()
    for index in indices { word.add(Letters.letter(UInt32(self[index])), isASCII: true) }
    return word.match(in: .known) != .none
  }
}

extension UInt8 {
  /// A control character that VISCII or VPS may have a letter for: none of those that texts have.
  var isOddControl: Bool {
    self < 0x20 && !(0x07...0x0D ~= self) && self != 0x1A && self != 0x1B && self != 0
  }

  /// A letter, or a byte that is one in some encoding.
  fileprivate var isOfOldWord: Bool { isASCIILetter || self >= 0x80 || isOddControl }
}
