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
  private var standing = [Int32](repeating: 0, count: Reading.all.count)

  private static let wordSwitch: Int32 = 45
  private static let lineSwitch: Int32 = 20
  /// What a reading that changes the text needs more than one word for.
  private static let start: Int32 = 25

  struct Finding {
    var reading: Reading
    var lines = 0
    var firstLine = 0
    var good = 0
    var bad = 0
    /// The scores of its words in each reading.
    var scores = [Int](repeating: 0, count: Reading.all.count)
  }

  init() {
    for state in Reading.all.indices.dropFirst() { standing[state] = -Self.start }
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
        scratch.addWords(of: text, from: range.lowerBound, isValid: isValid)
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
        let next = index + 1 < scratch.lines.count ? scratch.lines[index + 1].firstWord : states.count
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
    let row = word * Reading.all.count
    found[index].good += Int(scratch.goods[row + Int(state)])
    found[index].bad += Int(scratch.bads[row + Int(state)])
    for other in Reading.all.indices { found[index].scores[other] += Int(scratch.scores[row + other]) }
  }

  private mutating func finding(_ reading: Reading) -> Int {
    if let index = found.firstIndex(where: { $0.reading == reading }) { return index }
    found.append(Finding(reading: reading, firstLine: lines))
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
    /// For each word a score for each reading, and whether it is a syllable in it.
    var scores: [Int32] = []
    var goods: [UInt8] = []
    var bads: [UInt8] = []

    mutating func removeAll() {
      lines.removeAll(keepingCapacity: true)
      words.removeAll(keepingCapacity: true)
      scores.removeAll(keepingCapacity: true)
      goods.removeAll(keepingCapacity: true)
      bads.removeAll(keepingCapacity: true)
    }

    private mutating func add(_ score: WordScore) {
      scores.append(score.score)
      goods.append(UInt8(clamping: score.good))
      bads.append(UInt8(clamping: score.bad))
    }

    private mutating func add(_ score: Int32, isGood: Bool = false) {
      scores.append(score)
      goods.append(isGood ? 1 : 0)
      bads.append(score < 0 ? 1 : 0)
    }

    /// Adds the words beyond ASCII of a line.
    mutating func addWords(of text: Span<UInt8>, from offset: Int, isValid: Bool) {
      var foreign: Int32 = 0
      let firstRow = scores.count
      var raw = ByteBuffer()
      var decoded = ByteBuffer()
      var start = text.startOfWord(from: 0)
      var isFirst = true
      while start < text.count {
        let end = text.endOfWord(from: start)
        let word = text.extracting(start..<end)
        if word.isASCIIOnly {
          if word.count > 1, foreign < 30, !word.isPlainSyllable { foreign += 4 }
        } else {
          words.append(Word(start: offset + start, isFirstOfLine: isFirst))
          isFirst = false
          addScores(of: word, isValid: isValid, &raw, &decoded)
        }
        start = text.startOfWord(from: end)
      }
      guard foreign > 0, scores.count > firstRow else { return }
      for (state, reading) in Reading.all.enumerated()
      where reading != .asIs && reading != .encoding(.windows1252) {
        scores[firstRow + state] -= foreign
      }
    }

    private mutating func addScores(
      of word: Span<UInt8>, isValid: Bool, _ raw: inout ByteBuffer, _ decoded: inout ByteBuffer
    ) {
      let isText = isValid || word.validUTF8Count == word.count
      let row = scores.count
      defer {
        // What is a word in no reading speaks for none.
        if isText, goods[row...].allSatisfy({ $0 == 0 }) { scores[row] = max(scores[row], 0) }
      }
      raw.removeAll()
      let isMisreadable = isText && Misreading.append(bytesOf: word, to: &raw)
      for reading in Reading.all {
        switch reading {
        case .asIs:
          guard isText else { add(WordScore.impossible); continue }
          decoded.removeAll()
          decoded.append(composing: word)
          var score = WordScore(decoded.span, isTolerant: true, mixesCapitals: false)
          score.prefer()
          add(score)
        case .encoding(.viqr):
          add(isText ? min(-40, scores[scores.count - Reading.all.count + 1]) : WordScore.impossible)
        case .encoding(let encoding):
          addScore(of: word, encoding, &decoded)
          // What is well-formed UTF-8 is seldom anything else.
          let last = scores.count - 1
          if isText { scores[last] = isValid ? min(scores[last], 0) - 60 : scores[last] - 30 }
        case .misread(let encoding):
          guard isText else { add(WordScore.impossible); continue }
          guard isMisreadable else { add(-80); continue }
          addScore(of: raw.span, encoding, &decoded)
          // Where it is the same word, it is as good.
          let last = scores.count - 1
          if decoded.count == word.count, decoded.span.hasSameBytes(as: word) {
            scores[last] = max(scores[last], scores[row])
          }
          // A sign that stands alone says nothing.
          if raw.count == 1 { scores[last] = min(scores[last], 0) }
        }
      }
    }

    private mutating func addScore(
      of bytes: Span<UInt8>, _ encoding: TextEncoding, _ decoded: inout ByteBuffer
    ) {
      decoded.removeAll()
      do throws(UndecodableByte) {
        _ = try decoded.append(bytes, from: encoding, isLast: true)
      } catch {
        return add(WordScore.impossible)
      }
      add(
        WordScore(
          decoded.span, isTolerant: encoding == .windows1252, mixesCapitals: encoding == .tcvn3))
    }

    /// Adds the words of a line of ASCII that signs of VIQR stand in.
    mutating func addVIQRWords(of text: Span<UInt8>, from offset: Int) {
      let states = Reading.all.count
      var isFirst = true
      var foreign: Int32 = 0
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
          for _ in 0..<(states - 1) { add(0) }
          add(word.score, isGood: word.score > 0)
        }
        index = word.end
      }
      if !isFirst { scores[scores.count - 1] -= foreign }
    }

    /// The readings that get the most together.
    ///
    /// - Parameter standing: what each had before, and has then.
    func chosen(_ standing: inout [Int32]) -> [UInt8] {
      let states = Reading.all.count
      var from = [UInt8](repeating: 0, count: scores.count)
      for (word, facts) in words.enumerated() {
        var best = 0
        for state in 1..<states where standing[state] > standing[best] { best = state }
        let cost = facts.isFirstOfLine ? lineSwitch : wordSwitch
        let switched = standing[best] - cost
        for state in 0..<states {
          let row = word * states + state
          if standing[state] >= switched {
            from[row] = UInt8(truncatingIfNeeded: state)
          } else {
            from[row] = UInt8(truncatingIfNeeded: best)
            standing[state] = switched
          }
          standing[state] += scores[row]
        }
        // Only differences count.
        let most = standing.max() ?? 0
        for state in 0..<states { standing[state] = max(standing[state] - most, -10_000) }
      }
      var chosen = [UInt8](repeating: 0, count: words.count)
      var state = 0
      for other in 1..<states where standing[other] > standing[state] { state = other }
      for word in words.indices.reversed() {
        chosen[word] = UInt8(truncatingIfNeeded: state)
        state = Int(from[word * states + state])
      }
      return chosen
    }
  }
}

extension WordScore {
  /// Gives the text as it is the benefit of the doubt.
  fileprivate mutating func prefer() {
    add(8 * good)
  }
}

extension VIQRWord {
  /// How much speaks for the signs being marks.
  fileprivate var score: Int32 {
    if letterCount == 1 { return 0 }
    switch (bestMatch, isTelling) {
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

  fileprivate var isASCIIOnly: Bool { indices.allSatisfy { self[$0].isASCIILetter } }

  fileprivate var isPlainSyllable: Bool {
    var word = WordReader()
    for index in indices { word.add(Letters.letter(UInt32(self[index])), isASCII: true) }
    return word.match(in: .known) != .none
  }
}

extension UInt8 {
  /// A control character that VISCII or VPS may have a letter for: none of those that texts have.
  fileprivate var isOddControl: Bool {
    self < 0x20 && !(0x07...0x0D ~= self) && self != 0x1A && self != 0x1B && self != 0
  }

  /// A letter, or a byte that is one in some encoding.
  fileprivate var isOfOldWord: Bool { isASCIILetter || self >= 0x80 || isOddControl }
}
