import Texts

/// What speaks for each reading of a word.
struct WordRow {
  var scores: SIMD16<Int16>
  /// A bit for each reading in which it is a syllable, and in which it is none.
  private(set) var good: UInt16 = 0
  private(set) var bad: UInt16 = 0
  /// The most that speaks for one of them.
  private(set) var most: Int16 = 0
  /// Whether its bytes are UTF-8, and whether they are UTF-8 with letters of several bytes.
  private(set) var isText = true
  private(set) var isLongText = false

  /// What speaks for a reading that there is not.
  static let least: Int16 = -10_000
  /// Nothing for any reading.
  static let never = SIMD16(repeating: least)
  /// The place of VIQR.
  static let viqr = Reading.all.count - 1

  /// Rules out the old encodings, and that it was misread.
  mutating func keepAsText() {
    for (state, reading) in Reading.all.enumerated() {
      if reading != .asIs { set(WordScore.impossible, state) }
    }
    most = scores.max()
  }

  /// Takes what speaks against readings of its whole line.
  mutating func take(_ more: SIMD16<Int16>) {
    scores &+= more
    most = scores.max()
  }

  /// What speaks for VIQR alone.
  static func viqrAlone(_ score: Int16) -> SIMD16<Int16> {
    var scores = SIMD16<Int16>(repeating: 0)
    scores[viqr] = score
    return scores
  }

  /// A word of ASCII with signs of VIQR.
  init(viqr score: Int16) {
    scores = SIMD16(repeating: 0)
    scores[WordRow.viqr] = score
    if score > 0 { good = 1 << UInt16(WordRow.viqr) }
    if score < 0 { bad = 1 << UInt16(WordRow.viqr) }
    close()
  }

  /// - Parameter isValid: whether its line is UTF-8.
  init(_ word: Span<UInt8>, isValid: Bool, _ raw: inout ByteBuffer, _ decoded: inout ByteBuffer) {
    scores = SIMD16(repeating: 0)
    isText = isValid || word.validUTF8Count == word.count && !word.mixesScripts
    isLongText = isText && word.indices.contains { word[$0] >= 0x80 }
    raw.removeAll()
    let isMisreadable = isText && Misreading.append(bytesOf: word, to: &raw)
    for (state, reading) in Reading.all.enumerated() {
      switch reading {
      case .asIs:
        guard isText else { set(WordScore.impossible, state); continue }
        decoded.removeAll()
        decoded.append(composing: word)
        var score = WordScore(decoded.span, isTolerant: true, mixesCapitals: false)
        score.prefer()
        set(score, state)
      case .encoding(.viqr):
        set(isText ? min(-40, scores[0]) : WordScore.impossible, state)
      case .encoding(let encoding):
        setScore(of: word, encoding, state, &decoded)
        // What is well-formed UTF-8 is seldom anything else.
        if isText { scores[state] = isValid ? min(scores[state], 0) - 60 : scores[state] - 30 }
      case .misread(let encoding):
        guard isText else { set(WordScore.impossible, state); continue }
        guard isMisreadable else { set(-80, state); continue }
        setScore(of: raw.span, encoding, state, &decoded)
        // Where it is the same word, it is as good.
        if decoded.count == word.count, decoded.span.hasSameBytes(as: word) {
          scores[state] = max(scores[state], scores[0])
        }
        // A sign that stands alone says nothing.
        if raw.count == 1 { scores[state] = min(scores[state], 0) }
      }
    }
    // What is a word in no reading speaks for none.
    if isText, good == 0 { scores[0] = max(scores[0], 0) }
    close()
  }

  private mutating func close() {
    for place in Reading.all.count..<16 { scores[place] = WordRow.least }
    most = scores.max()
  }

  private mutating func set(_ score: Int16, _ state: Int) {
    scores[state] = score
    if score < 0 { bad |= 1 << UInt16(state) }
  }

  private mutating func set(_ score: WordScore, _ state: Int) {
    scores[state] = score.score
    if score.good > 0 { good |= 1 << UInt16(state) }
    if score.bad > 0 { bad |= 1 << UInt16(state) }
  }

  private mutating func setScore(
    of bytes: Span<UInt8>, _ encoding: TextEncoding, _ state: Int, _ decoded: inout ByteBuffer
  ) {
    decoded.removeAll()
    do throws(UndecodableByte) {
      _ = try decoded.append(bytes, from: encoding, isLast: true)
    } catch {
      return set(WordScore.impossible, state)
    }
    set(
      WordScore(
        decoded.span, isTolerant: encoding == .windows1252, mixesCapitals: encoding == .tcvn3),
      state)
  }
}

/// What speaks for the words of a text, once for each, as a text has the same ones again and again.
struct WordRows {
  private var known: [WordRow] = []
  /// Those that are of one place in the piece alone.
  private var own: [WordRow] = []
  /// An open table: the bytes of words, and the places of their rows.
  private var keys = [SIMD2<UInt64>](repeating: SIMD2(repeating: 0), count: size)
  private var places = [Int32](repeating: 0, count: size)

  private static let size = 1 << 13
  /// The table finds a word at once while it is not full.
  private static let most = size / 4 * 3
  /// The bytes of longer words are not kept.
  private static let longest = 15

  /// The place of a row: those of one place count down from -1.
  typealias Place = Int32

  subscript(place: Place) -> WordRow {
    @inline(__always)
    get { place >= 0 ? known[Int(place)] : own[Int(~place)] }
  }

  mutating func beginPiece() {
    own.removeAll(keepingCapacity: true)
    guard known.count >= Self.most else { return }
    self = WordRows()
  }

  /// Adds a row of one place.
  mutating func add(_ row: WordRow) -> Place {
    own.append(row)
    return ~Place(truncatingIfNeeded: own.count - 1)
  }

  /// The row of a word of a line.
  ///
  /// - Parameter isValid: whether the line is UTF-8.
  mutating func place(of text: Span<UInt8>, _ word: Range<Int>, isValid: Bool) -> Place {
    guard word.count <= Self.longest else {
      return add(Self.made(text.extracting(word), isValid))
    }
    let key = Self.key(text, word, isValid)
    let mixed = (key[0] &* 0x9E37_79B9_7F4A_7C15) ^ (key[1] &* 0xC2B2_AE3D_27D4_EB4F)
    var slot = Int(truncatingIfNeeded: mixed >> 51)
    while keys[slot][1] != 0 {
      if keys[slot] == key { return places[slot] }
      slot = (slot &+ 1) & (Self.size - 1)
    }
    let row = Self.made(text.extracting(word), isValid)
    guard known.count < Self.most else { return add(row) }
    (keys[slot], places[slot]) = (key, Place(truncatingIfNeeded: known.count))
    known.append(row)
    return places[slot]
  }

  /// The bytes of a word, and on top whether its line is UTF-8; never 0.
  @inline(__always)
  private static func key(
    _ text: Span<UInt8>, _ word: Range<Int>, _ isValid: Bool
  ) -> SIMD2<UInt64> {
    var (low, high): (UInt64, UInt64) = (0, 0)
    if word.lowerBound &+ 16 <= text.count {
      low = eight(text, at: word.lowerBound, min(8, word.count))
      if word.count > 8 { high = eight(text, at: word.lowerBound &+ 8, word.count &- 8) }
    } else {
      for index in word.reversed() {
        high = high &<< 8 | low &>> 56
        low = low &<< 8 | UInt64(text[index])
      }
    }
    return SIMD2(low, high | (isValid ? 0x80 : 0x40) &<< 56)
  }

  /// The first of eight bytes, the first lowest; those behind them are shifted out.
  @inline(__always)
  private static func eight(_ text: Span<UInt8>, at start: Int, _ count: Int) -> UInt64 {
    let eight = text.bytes.unsafeLoadUnaligned(fromByteOffset: start, as: UInt64.self)
    let behind = UInt64(truncatingIfNeeded: 8 &* (8 &- count))
    return (eight.littleEndian &<< behind) &>> behind
  }

  private static func made(_ word: Span<UInt8>, _ isValid: Bool) -> WordRow {
    var raw = ByteBuffer()
    var decoded = ByteBuffer()
    return WordRow(word, isValid: isValid, &raw, &decoded)
  }
}

extension WordScore {
  /// Gives the text as it is the benefit of the doubt.
  fileprivate mutating func prefer() {
    add(8 * good)
  }
}
