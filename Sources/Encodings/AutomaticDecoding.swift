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

  private var piece = PieceWords()
  private var standing = WordRow.never
  /// The number of lines that were right, and of those that may be misread.
  private var (rightLines, misreadLines) = (0, 0)
  private var rows = WordRows()
  /// The places in ``found`` of the readings that were met, by their places among all.
  private var places = [Int?](repeating: nil, count: Reading.all.count)

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
    piece.removeAll()
    rows.beginPiece()
    let isValid = bytes.validUTF8Count == bytes.count
    var start = 0
    while start < bytes.count {
      let end = bytes.endOfLine(from: start)
      look(at: bytes, start..<end, isValid: isValid)
      start = end
    }
    if isValid { keepQuotedLines(of: bytes) }
    piece.choose(&standing, rows)
    try write(bytes, to: &output)
  }

  /// Finds the words of a line, and what speaks for each reading of them.
  ///
  /// - Parameter isValid: whether the whole piece is UTF-8.
  private mutating func look(at bytes: Span<UInt8>, _ range: Range<Int>, isValid: Bool) {
    var line = PieceWords.Line(range: range, kind: .plain, firstWord: piece.words.count)
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
        piece.addWords(of: text, from: range.lowerBound, isValid: isValid, &rows)
      }
    } else if needs.mayBeVIQR {
      line.kind = .words
      piece.addVIQRWords(of: text, from: range.lowerBound, &rows)
    }
    piece.lines.append(line)
  }

  /// Keeps misread letters that a right text speaks of: those of a line that has right ones, or where
  /// most lines are right, those that are quoted or are few.
  private mutating func keepQuotedLines(of bytes: Span<UInt8>) {
    guard rightLines > 0 else { return }
    var misread: [(line: Int, words: Int, isCode: Bool)] = []
    var isCode = false
    for index in piece.lines.indices {
      let line = piece.lines[index]
      if QuotedLetters.turnsCode(bytes.extracting(line.range)) { isCode.toggle() }
      let words = line.firstWord..<piece.endOfWords(ofLine: index)
      switch line.kind {
      case .plain: break
      case .mended: misread.append((index, 0, isCode))
      case .words:
        let count = piece.misreadCount(words, rows)
        if count == 0 { continue }
        if line.isRight {
          piece.keep(words, &rows)
        } else {
          misread.append((index, count, isCode))
        }
      }
    }
    misreadLines = min(misreadLines + misread.count, Self.enoughLines)
    guard misreadLines * 2 <= rightLines else { return }
    for (index, count, isCode) in misread {
      let line = piece.lines[index]
      let text = bytes.extracting(line.range)
      let words = text.wordCount
      let isQuoted = isCode || QuotedLetters.isQuoted(text)
      if case .mended = line.kind {
        if words > QuotedLetters.few, !isQuoted { continue }
        piece.lines[index].kind = .plain
      } else {
        if isQuoted || count <= QuotedLetters.few || count * 2 <= words {
          piece.keep(line.firstWord..<piece.endOfWords(ofLine: index), &rows)
        }
      }
    }
  }

  private mutating func write(
    _ bytes: Span<UInt8>, to output: inout ByteBuffer
  ) throws(UndecodableByte) {
    for index in piece.lines.indices {
      lines += 1
      let line = piece.lines[index]
      switch line.kind {
      case .plain: output.append(line.range, of: bytes)
      case .mended(let mended):
        output.append(mended.span)
        note(.misread(.utf8), isSure: true)
      case .words:
        let next = piece.endOfWords(ofLine: index)
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
      let state = piece.chosen[word]
      var next = word + 1
      while next < words.upperBound, piece.chosen[next] == state { next += 1 }
      let end = next == words.upperBound ? range.upperBound : piece.words[next].start
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
      let wordBytes = oldWordBytes
      let kinds = wordBytes.span
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
    for word in words { found[index].add(rows[piece.words[word].row], at: Int(state)) }
  }

  private mutating func finding(_ reading: Reading) -> Int {
    if let index = found.firstIndex(where: { $0.reading == reading }) { return index }
    found.append(Finding(reading, from: lines))
    return found.count - 1
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
