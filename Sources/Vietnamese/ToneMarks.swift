import Texts

/// Where the tone of an open `oa`, `oe`, `uy` stands.
public enum ToneStyle: Sendable {
  /// hòa, khỏe, thủy, ủy
  case old
  /// hoà, khoẻ, thuỷ, uỷ
  case new
}

/// Appends a text with the tone marks of every syllable that ends in a bare `oa`, `oe` or `uy`
/// (`uy` not after `q`) placed in one style; all else stays as it is.
public func appendToneMarks(
  of text: ArraySlice<UInt8>, in style: ToneStyle, to bytes: inout ByteBuffer
) {
  var syllable = Syllable()
  for scalar in String(decoding: text, as: UTF8.self).unicodeScalars {
    switch Letter(scalar) {
    case .vietnamese(let rank, let tone, let isCapital):
      syllable.add(rank, tone, isCapital, at: bytes.count)
    case .foreign: syllable.isForeign = true
    case .digit, .separator:
      syllable.place(in: style, in: &bytes)
      syllable = Syllable()
    }
    bytes += UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
  }
  syllable.place(in: style, in: &bytes)
}

/// What must be known of a syllable to move its tone: its last three letters.
private struct Syllable {
  private var last: [Part] = []
  private var tones = 0
  var isForeign = false

  private struct Part {
    let rank: UInt8
    let tone: Tone
    let isCapital: Bool
    let offset: Int
  }

  private static let o = Alphabet.rank(of: "o")
  private static let u = Alphabet.rank(of: "u")
  private static let q = Alphabet.rank(of: "q")
  private static let pairs = [
    [o, Alphabet.rank(of: "a")], [o, Alphabet.rank(of: "e")], [u, Alphabet.rank(of: "y")],
  ]

  mutating func add(_ rank: UInt8, _ tone: Tone, _ isCapital: Bool, at offset: Int) {
    if last.count == 3 { last.removeFirst() }
    last.append(Part(rank: rank, tone: tone, isCapital: isCapital, offset: offset))
    if tone != .ngang { tones += 1 }
  }

  /// Moves the tone in the syllable, which stands at the end of the bytes.
  func place(in style: ToneStyle, in bytes: inout ByteBuffer) {
    guard !isForeign, tones == 1, last.count >= 2 else { return }
    let (first, second) = (last[last.count - 2], last[last.count - 1])
    guard Self.pairs.contains([first.rank, second.rank]), !isAfterVowelOrQ else { return }
    let tone = first.tone == .ngang ? second.tone : first.tone
    guard tone != .ngang,
      let one = Alphabet.vowel(
        rank: first.rank, tone: style == .old ? tone : .ngang, isCapital: first.isCapital),
      let two = Alphabet.vowel(
        rank: second.rank, tone: style == .new ? tone : .ngang, isCapital: second.isCapital)
    else { return }
    bytes.truncate(to: first.offset)
    bytes += one + two
  }

  /// `quý` belongs to q, and `khuỷu` or `ngoao` have no bare pair.
  private var isAfterVowelOrQ: Bool {
    guard last.count == 3 else { return false }
    return last[0].rank == Self.q
      || Alphabet.vowel(rank: last[0].rank, tone: .ngang, isCapital: false) != nil
  }
}
