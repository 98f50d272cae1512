import Texts

/// A word of a text as searches compare it.
///
/// Capitals do not count, nor on which vowel the tone stands (`hoà`, `hòa`). A searched word finds those
/// that have at least its accents: `quy` finds `quý`, `chê` finds `chế`, `chế` finds neither `chê` nor
/// `chè`.
public struct SearchWord: Hashable, Sendable {
  /// Small letters without any accent: `che` of `Chế`, `dong` of `Đống`.
  public let plain: [UInt8]
  /// Small letters with their shapes and without tones, and the tones behind: `chê` and a byte for the
  /// tone, which is less than any letter. The same as ``plain`` for a word without accents.
  public let exact: [UInt8]

  public init(plain: [UInt8], exact: [UInt8]) { (self.plain, self.exact) = (plain, exact) }

  public var isAccented: Bool { plain != exact }

  /// The words of a text with composed letters, in their order.
  public static func words(of text: String) -> [SearchWord] {
    var scanner = SearchWordScanner()
    var words: [SearchWord] = []
    let bytes = Array(text.utf8)
    var offset = 0
    while scanner.next(in: bytes.span, from: offset) != nil {
      words.append(scanner.word)
      offset = scanner.end
    }
    return words
  }

  /// Tells whether another word has all accents that this one has, and the same letters.
  public func finds(_ other: SearchWord) -> Bool {
    guard plain == other.plain else { return false }
    guard isAccented, exact != other.exact else { return true }
    let (wanted, found) = (Parts(exact), Parts(other.exact))
    guard wanted.tones.isEmpty || wanted.tones == found.tones else { return false }
    let letters = String(decoding: plain, as: UTF8.self).unicodeScalars
    return zip(letters, zip(wanted.letters, found.letters)).allSatisfy { letter, pair in
      pair.0 == letter || pair.0 == pair.1
    }
  }

  private struct Parts {
    let letters: [Unicode.Scalar]
    let tones: [Unicode.Scalar]

    init(_ exact: [UInt8]) {
      let scalars = String(decoding: exact, as: UTF8.self).unicodeScalars
      letters = scalars.filter { $0.value >= 0x20 }
      tones = scalars.filter { $0.value < 0x20 }
    }
  }
}

/// Goes through the words of a text: runs of letters, digits and low lines.
public struct SearchWordScanner: ~Copyable {
  /// The last word, as ``SearchWord/plain`` and ``SearchWord/exact`` have it.
  public private(set) var plain = ByteBuffer()
  public private(set) var exact = ByteBuffer()
  /// Where the last word begins and ends in the text.
  public private(set) var start = 0
  public private(set) var end = 0
  public private(set) var isAccented = false
  private var tones: [UInt8] = []

  public init() {}

  public var word: SearchWord { SearchWord(plain: plain.bytes, exact: exact.bytes) }

  /// Goes to the first word from an offset on.
  ///
  /// - Returns: where it begins; nil where there is none.
  public mutating func next(in text: Span<UInt8>, from offset: Int) -> Int? {
    plain.removeAll()
    exact.removeAll()
    tones.removeAll(keepingCapacity: true)
    isAccented = false
    var index = offset
    var isInWord = false
    while index < text.count {
      let byte = text[index]
      let isPart: Bool
      var following = index + 1
      if byte < 0x80 {
        isPart = append(ascii: byte)
      } else {
        following = text.scalarEnd(from: index)
        isPart = append(scalar(text.extracting(index..<following)))
      }
      if isPart, !isInWord { (start, isInWord) = (index, true) }
      if !isPart, isInWord { break }
      index = following
    }
    guard isInWord else { return nil }
    end = index
    if isAccented { for tone in tones { exact.append(tone) } }
    return start
  }

  private mutating func append(ascii byte: UInt8) -> Bool {
    let letter = byte | 0x20
    if letter &- UInt8(ascii: "a") < 26 {
      plain.append(letter)
      exact.append(letter)
      return true
    }
    guard byte.isDigit || byte == UInt8(ascii: "_") else { return false }
    plain.append(byte)
    exact.append(byte)
    return true
  }

  private func scalar(_ text: Span<UInt8>) -> Unicode.Scalar {
    var value = UInt32(text[0])
    switch text.count {
    case 2: value &= 0x1F
    case 3: value &= 0x0F
    default: value &= 0x07
    }
    for index in 1..<text.count { value = value << 6 | UInt32(text[index] & 0x3F) }
    return Unicode.Scalar(value) ?? "\u{FFFD}"
  }

  /// - Returns: whether the character belongs to a word.
  private mutating func append(_ scalar: Unicode.Scalar) -> Bool {
    switch Letter(scalar) {
    case .vietnamese(let rank, let tone, _):
      let letter = SearchLetters.table[Int(rank)]
      plain.append(letter.plain)
      for byte in letter.shape { exact.append(byte) }
      if letter.shape.count > 1 { isAccented = true }
      if tone != .ngang {
        tones.append(tone.rawValue)
        isAccented = true
      }
      return true
    case .foreign(let letter): return append(foreign: letter)
    case .digit, .separator: return false
    }
  }

  /// A letter of another alphabet; its marks count as a shape does.
  private mutating func append(foreign letter: Unicode.Scalar) -> Bool {
    let parts = letter.properties.lowercaseMapping.decomposedScalars.filter {
      $0.properties.generalCategory != .nonspacingMark
    }
    guard let base = parts.first else { return true }
    let small = letter.properties.lowercaseMapping.composed.unicodeScalars
    let bare = parts.count == 1 ? base : small.first ?? base
    let shape = small.count == 1 ? small.first ?? base : bare
    plain += UTF8.encode(bare) ?? UTF8.encodedReplacementCharacter
    exact += UTF8.encode(shape) ?? UTF8.encodedReplacementCharacter
    if shape != bare { isAccented = true }
    return true
  }
}

/// The letters of ``Alphabet/letters`` with and without their shapes.
private enum SearchLetters {
  static let table: [(plain: UInt8, shape: [UInt8])] = Alphabet.letters.map { letter in
    (withoutMarks(String(letter)).utf8.first ?? 0, Array(String(letter).utf8))
  }
}
