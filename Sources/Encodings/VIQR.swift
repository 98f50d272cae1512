import Texts

/// VIQR: ASCII signs behind a letter are its marks, a backslash keeps a sign as it is.
///
/// By RFC 1456 every sign behind a letter that can bear it is its mark. One exception is made: a full
/// stop behind a whole word ends the sentence, unless the sentence goes on.
extension ByteBuffer {
  /// What is beyond ASCII has to be UTF-8, and stays.
  ///
  /// - Parameter guesses: whether nobody said that it is VIQR: a word of another language then keeps
  ///   its signs.
  mutating func appendVIQR(
    _ bytes: Span<UInt8>, isLast: Bool, guesses: Bool = false
  ) throws(UndecodableByte) -> Int {
    let begin = count
    var isASCII = true
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte.isASCIILetter {
        let end = bytes.endOfPlainWord(from: index)
        if end > index, isLast || end &+ 2 < bytes.count {
          append(index..<end, of: bytes)
          index = end
          continue
        }
        let word = VIQRWord(bytes, at: index, guesses: guesses)
        // What stands behind a full stop decides about it.
        if !isLast, word.end &+ 80 >= bytes.count { break }
        word.append(to: &self, bytes)
        index = word.end
      } else if byte >= 0x80 {
        let end = bytes.endBeyondASCII(from: index)
        if end == bytes.count, !isLast { break }
        let run = bytes.extracting(index..<end)
        let valid = run.validUTF8Count
        guard valid == run.count else { throw UndecodableByte(offset: index + valid) }
        append(run)
        isASCII = false
        index = end
      } else if byte == UInt8(ascii: "\\"), index + 1 < bytes.count, bytes[index + 1].isVIQRSign {
        append(bytes[index + 1])
        index += 2
      } else {
        if byte == UInt8(ascii: "\\"), index + 1 == bytes.count, !isLast { break }
        append(byte)
        index &+= 1
      }
    }
    if !isASCII {
      let text = span.extracting(begin..<count).withUnsafeBufferPointer { Array($0) }
      truncate(to: begin)
      append(composing: text.span)
    }
    return index
  }
}

extension Span<UInt8> {
  /// The end of a run of letters without signs behind them and without dd; where it begins, if it
  /// has some.
  @inline(__always)
  fileprivate func endOfPlainWord(from start: Int) -> Int {
    var index = start
    var previous: UInt8 = 0
    while index < count, self[index].isASCIILetter {
      if index - start == VIQRWord.limit {
        return previous == UInt8(ascii: "d") ? start : index - 1
      }
      let small = self[index] | 0x20
      if small == UInt8(ascii: "d"), previous == small { return start }
      previous = small
      index &+= 1
    }
    guard index < count else { return index }
    switch self[index] {
    case UInt8(ascii: "^"), UInt8(ascii: "("), UInt8(ascii: "+"), UInt8(ascii: "'"),
      UInt8(ascii: "`"), UInt8(ascii: "?"), UInt8(ascii: "~"), UInt8(ascii: "."):
      return start
    default: return index
    }
  }

  fileprivate func endBeyondASCII(from start: Int) -> Int {
    var index = start
    while index < count, self[index] >= 0x80 { index += 1 }
    return index
  }
}

/// A run of letters and the signs behind them.
struct VIQRWord {
  let start: Int
  let end: Int
  /// The letters that the signs make, in order.
  private var letters: [Letter] = []
  /// What the signs are.
  private(set) var hasHats = false
  private var hasDashedD = false
  private var isCut = false
  let match: Syllables.Match
  /// The better of the two ways to take its last sign.
  var bestMatch: Syllables.Match { match == .none ? matchWithoutLast : match }
  /// The same word with the last sign as a sign of the sentence, where it may be one.
  private let matchWithoutLast: Syllables.Match
  private let ending: SentenceEnd
  private let guesses: Bool
  private let endsInStop: Bool

  /// The number of letters from which on a run of letters is no word: the rest is looked at as the
  /// next one.
  static let limit = 64

  /// - Parameter guesses: whether a sign before a digit, or a bracket, is no mark, and a word of another
  ///   language keeps its signs.
  init(_ bytes: Span<UInt8>, at start: Int, guesses: Bool) {
    (self.start, self.guesses) = (start, guesses)
    var index = start
    var letters: [Letter] = []
    letters.reserveCapacity(8)
    while index < bytes.count, bytes[index].isASCIILetter, letters.count < VIQRWord.limit {
      var letter = Letters.letter(UInt32(bytes[index]))
      index += 1
      if letter.rank == Letters.d, index < bytes.count, bytes[index] | 0x20 == UInt8(ascii: "d") {
        letter = Letter(rank: Letters.dashedD, tone: 0, isCapital: letter.isCapital)
        hasDashedD = true
        index += 1
      }
      if index < bytes.count, let hatted = letter.hatted(by: bytes[index]),
        !guesses || bytes.mayBeHat(at: index)
      {
        letter = hatted
        hasHats = true
        index += 1
      }
      if index < bytes.count, let toned = letter.toned(by: bytes[index]) {
        letter = toned
        index += 1
        let sign = bytes[index - 1]
        if index < bytes.count, bytes[index].isASCIILetter, sign != UInt8(ascii: "'"),
          sign != UInt8(ascii: ".")
        {
          hasInnerTone = true
        }
      }
      letters.append(letter)
    }
    end = index
    endsInStop = bytes[index - 1] == UInt8(ascii: ".")
    self.letters = letters
    match = VIQRWord.match(letters)
    // The last sign is a tone that may end a sentence.
    guard let last = letters.last, last.tone != 0 else {
      (matchWithoutLast, ending) = (.none, .none)
      return
    }
    let plain = Letter(rank: last.rank, tone: 0, isCapital: last.isCapital)
    matchWithoutLast = VIQRWord.match(letters.dropLast() + [plain])
    ending = endsInStop ? bytes.sentenceEnd(at: index) : .none
  }

  private static func match(_ letters: [Letter]) -> Syllables.Match {
    var word = WordReader()
    for letter in letters { word.add(letter, isASCII: true) }
    return word.match(in: .known)
  }

  /// Tells whether it is an abbreviation with Đ, as HDDND, or that letter alone.
  var isAbbreviation: Bool {
    hasDashedD
      && (letters.count == 1 || letters.allSatisfy { $0.isCapital && !$0.isVowel })
  }

  var letterCount: Int { letters.count }

  /// Tells whether it has a sign that no sentence has behind a letter, or begins as no word of English
  /// does.
  var isTelling: Bool {
    hasHats || hasInnerTone || hasDashedD && letters[0].rank == Letters.dashedD
  }
  /// Tells whether one of the signs ` ? ~ stands between letters.
  private var hasInnerTone = false

  /// Tells whether signs make other letters of it.
  var isMarked: Bool { letters.contains { $0.tone != 0 } || hasHats || hasDashedD }

  func append(to buffer: inout ByteBuffer, _ bytes: Span<UInt8>) {
    guard isMarked else { return buffer.append(start..<end, of: bytes) }
    if match != .none {
      let isStop =
        ending != .none && matchWithoutLast != .none
        && (match == matchWithoutLast
          ? ending == .beforeCapital && !letters[0].isCapital : matchWithoutLast == .common)
      return append(letters, droppingLastTone: isStop, to: &buffer, bytes)
    }
    if matchWithoutLast != .none, guesses || endsInStop {
      return append(letters, droppingLastTone: true, to: &buffer, bytes)
    }
    if guesses { return appendForeign(to: &buffer, bytes) }
    append(letters, droppingLastTone: false, to: &buffer, bytes)
  }

  /// Appends a word that is no syllable: names such as `DDa('k` keep to the rules, other words and
  /// addresses have signs.
  private func appendForeign(to buffer: inout ByteBuffer, _ bytes: Span<UInt8>) {
    if hasHats { return append(letters, droppingLastTone: false, to: &buffer, bytes) }
    if isAbbreviation {
      return append(letters, droppingLastTone: false, to: &buffer, bytes)
    }
    buffer.append(start..<end, of: bytes)
  }

  private func append(
    _ letters: [Letter], droppingLastTone: Bool, to buffer: inout ByteBuffer, _ bytes: Span<UInt8>
  ) {
    for (index, letter) in letters.enumerated() {
      let isPlain = droppingLastTone && index == letters.count - 1
      let shown = isPlain ? Letter(rank: letter.rank, tone: 0, isCapital: letter.isCapital) : letter
      buffer.append(scalar: Letters.scalars[Int(shown.bits)])
    }
    if droppingLastTone { buffer.append(bytes[end - 1]) }
  }
}

extension Letters {
  static let d = rank("d")
  static let dashedD = rank("đ")
  fileprivate static let vowels: [Bool] =
    [false] + alphabet.map { "aăâeêioôơuưy".unicodeScalars.contains($0) }
}

extension Letter {
  fileprivate var isVowel: Bool { Letters.vowels[Int(rank)] }

  fileprivate func hatted(by sign: UInt8) -> Letter? {
    switch sign {
    case UInt8(ascii: "^"): Letters.letter(self, adding: 0x302)
    case UInt8(ascii: "("): Letters.letter(self, adding: 0x306)
    case UInt8(ascii: "+"): Letters.letter(self, adding: 0x31B)
    default: nil
    }
  }

  fileprivate func toned(by sign: UInt8) -> Letter? {
    switch sign {
    case UInt8(ascii: "`"): Letters.letter(self, adding: 0x300)
    case UInt8(ascii: "?"): Letters.letter(self, adding: 0x309)
    case UInt8(ascii: "~"): Letters.letter(self, adding: 0x303)
    case UInt8(ascii: "'"): Letters.letter(self, adding: 0x301)
    case UInt8(ascii: "."): Letters.letter(self, adding: 0x323)
    default: nil
    }
  }
}

extension UInt8 {
  @inline(__always)
  var isASCIILetter: Bool { (self | 0x20) &- 0x61 < 26 }

  /// Tells whether a backslash before it keeps it as it is.
  fileprivate var isVIQRSign: Bool {
    switch self {
    case UInt8(ascii: "^"), UInt8(ascii: "("), UInt8(ascii: "+"), UInt8(ascii: "'"),
      UInt8(ascii: "`"), UInt8(ascii: "?"), UInt8(ascii: "~"), UInt8(ascii: "."),
      UInt8(ascii: "\\"), UInt8(ascii: "d"), UInt8(ascii: "D"):
      true
    default: false
    }
  }
}

extension UInt8 {
  fileprivate var isBlank: Bool { self == 0x20 || self == 0x09 || self == 0x0D }
}

extension Span<UInt8> {
  /// Tells whether a sign may be a mark of the letter before it: none stands before a digit, and
  /// behind a letter with a breve only some letters do.
  fileprivate func mayBeHat(at offset: Int) -> Bool {
    let next = offset + 1 < count ? self[offset + 1] : 0x20
    if next &- 0x30 < 10 { return false }
    guard self[offset] == UInt8(ascii: "(") else { return true }
    return !next.isASCIILetter && next != UInt8(ascii: ")")
      || "cmnptk".utf8.contains(next | 0x20)
  }

  /// Whether a sentence may end before an offset.
  fileprivate func sentenceEnd(at offset: Int) -> SentenceEnd {
    var index = offset
    var lines = 0
    while index < count, index - offset < 64, self[index].isBlank || self[index] == 0x0A {
      if self[index] == 0x0A { lines += 1 }
      index += 1
    }
    guard index < count, lines < 2 else { return .endOfText }
    switch self[index] {
    case UInt8(ascii: "\""), UInt8(ascii: ")"): return .endOfText
    case UInt8(ascii: "A")...UInt8(ascii: "Z"):
      return index == offset ? .none : lines > 0 ? .endOfText : .beforeCapital
    default: return .none
    }
  }
}

/// What speaks for the end of a sentence behind a full stop.
private enum SentenceEnd {
  case none
  /// The text, the paragraph or the line ends.
  case endOfText
  case beforeCapital
}
