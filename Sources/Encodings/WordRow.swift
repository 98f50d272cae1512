import Texts

/// What speaks for each reading of a word.
struct WordRow {
  var scores: SIMD16<Int16>
  /// A bit for each reading in which it is a syllable, and in which it is none.
  var good: UInt16 = 0
  var bad: UInt16 = 0

  /// No reading falls further behind.
  static let least: Int16 = -10_000
  /// Nothing for any reading.
  static let never = SIMD16(repeating: least)
  /// The place of VIQR.
  static let viqr = Reading.all.count - 1

  /// Rules out the old encodings.
  mutating func keepAsText() {
    for (state, reading) in Reading.all.enumerated() {
      if case .encoding = reading { set(WordScore.impossible, state) }
    }
  }

  /// A word of ASCII with signs of VIQR.
  init(viqr score: Int16) {
    scores = SIMD16(repeating: 0)
    scores[WordRow.viqr] = score
    if score > 0 { good = 1 << UInt16(WordRow.viqr) }
    if score < 0 { bad = 1 << UInt16(WordRow.viqr) }
    closeUnused()
  }

  /// - Parameter isValid: whether its line is UTF-8.
  init(_ word: Span<UInt8>, isValid: Bool, _ raw: inout ByteBuffer, _ decoded: inout ByteBuffer) {
    scores = SIMD16(repeating: 0)
    let isText = isValid || word.validUTF8Count == word.count
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
    closeUnused()
  }

  private mutating func closeUnused() {
    for place in Reading.all.count..<16 { scores[place] = WordRow.least }
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

/// The words that were met last, as a text has the same ones again and again.
struct KnownWords {
  private var keys = [SIMD2<UInt64>](repeating: SIMD2(repeating: 0), count: size)
  private var rows = [WordRow](repeating: WordRow(viqr: 0), count: size)
  private static let size = 1 << 11
  /// The bytes of longer words are not kept.
  private static let longest = 15

  mutating func row(of word: Span<UInt8>, isValid: Bool) -> WordRow {
    guard word.count <= Self.longest else { return Self.made(word, isValid) }
    var key = SIMD2<UInt64>(repeating: 0)
    for index in word.indices {
      key[index >> 3] |= UInt64(word[index]) << UInt64(truncatingIfNeeded: (index & 7) * 8)
    }
    key[1] |= (isValid ? 0x80 : 0x40) << 56
    let mixed = (key[0] &* 0x9E37_79B9_7F4A_7C15) ^ (key[1] &* 0xC2B2_AE3D_27D4_EB4F)
    let slot = Int(truncatingIfNeeded: mixed >> 53)
    if keys[slot] == key { return rows[slot] }
    let row = Self.made(word, isValid)
    (keys[slot], rows[slot]) = (key, row)
    return row
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
