import Texts

/// The two spellings of syllables that end in `oa`, `oe`, `uy`: with the tone mark on the first or
/// on the second vowel.
public enum ToneStyle: Sendable {
  /// hòa, khỏe, thủy, ủy
  case old
  /// hoà, khoẻ, thuỷ, uỷ
  case new
}

/// Appends a text with the tone marks of all syllables in `oa`, `oe` or `uy` placed in one style:
/// `hòa` or `hoà`.
///
/// Syllables where `uy` follows `q`, or where the pair has a vowel before it, have one spelling
/// only and stay as they are.
public func appendToneMarks(
  of text: ArraySlice<UInt8>, in style: ToneStyle, to bytes: inout ByteBuffer
) {
  guard mayMoveTones(in: text.span) else { return bytes.append(text.span) }
  var start = text.startIndex
  while start < text.endIndex {
    let end = text[start...].firstIndex { $0 < 0x80 && !isLetter($0) } ?? text.endIndex
    appendToneMarks(ofWord: text[start..<end], in: style, to: &bytes)
    // Between words there is nothing to place.
    start = text[end...].firstIndex { $0 >= 0x80 || isLetter($0) } ?? text.endIndex
    bytes.append(text[end..<start].span)
  }
}

private func appendToneMarks(
  ofWord text: ArraySlice<UInt8>, in style: ToneStyle, to bytes: inout ByteBuffer
) {
  guard mayMoveTones(in: text.span) else { return bytes.append(text.span) }
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

/// Tells whether a text may have tone marks whose place depends on the style; false for most texts.
///
/// It looks for a pair of bytes of which one is an ASCII letter of `oa`, `oe` or `uy` and the other
/// belongs to a letter outside ASCII, as in `òa` and `oà`.
public func mayMoveTones(in text: Span<UInt8>) -> Bool {
  for index in text.indices.dropFirst() {
    let (first, second) = (text[index - 1], text[index])
    if first < 0x80, second >= 0x80 {
      guard first | 0x20 == UInt8(ascii: "o") || first | 0x20 == UInt8(ascii: "u") else { continue }
      if endsSyllable(text, at: index + (second < 0xE0 ? 2 : 3)) { return true }
    } else if first >= 0x80, second < 0x80 {
      guard mayEndMarked(first, before: second | 0x20) else { continue }
      if endsSyllable(text, at: index + 1) { return true }
    }
  }
  return false
}

/// Tells whether a byte ends a letter of `òóỏõọ` before `a` and `e`, or of `ùúủũụ` before `y`; also
/// true for some others.
private func mayEndMarked(_ byte: UInt8, before letter: UInt8) -> Bool {
  switch letter {
  case UInt8(ascii: "a"), UInt8(ascii: "e"):
    (0x8C...0x8F).contains(byte) || (0x92...0x95).contains(byte) || (0xB2...0xB5).contains(byte)
  case UInt8(ascii: "y"):
    (0xA4...0xA9).contains(byte) || (0x99...0x9A).contains(byte) || (0xB9...0xBA).contains(byte)
  default: false
  }
}

/// Tells whether no letter of Vietnamese stands at an offset.
private func endsSyllable(_ text: Span<UInt8>, at offset: Int) -> Bool {
  guard offset < text.count else { return true }
  let byte = text[offset]
  if byte < 0x80 { return (byte | 0x20) &- UInt8(ascii: "a") >= 26 }
  return !(0xC3...0xC6).contains(byte) && byte != 0xE1
}

/// The last three letters of a syllable, which decide whether its tone mark can move.
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
  private static let a = Alphabet.rank(of: "a")
  private static let e = Alphabet.rank(of: "e")
  private static let y = Alphabet.rank(of: "y")

  mutating func add(_ rank: UInt8, _ tone: Tone, _ isCapital: Bool, at offset: Int) {
    if last.count == 3 { last.removeFirst() }
    last.append(Part(rank: rank, tone: tone, isCapital: isCapital, offset: offset))
    if tone != .ngang { tones += 1 }
  }

  /// Moves the tone mark of the syllable, whose letters are the last that were appended.
  func place(in style: ToneStyle, in bytes: inout ByteBuffer) {
    guard !isForeign, tones == 1, last.count >= 2 else { return }
    let (first, second) = (last[last.count - 2], last[last.count - 1])
    let isPair =
      first.rank == Self.o && (second.rank == Self.a || second.rank == Self.e)
      || first.rank == Self.u && second.rank == Self.y
    guard isPair, !isAfterVowelOrQ else { return }
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

  /// Tells whether the pair belongs to a longer vowel, as in `quý` and `khuỷu`, so that its mark
  /// stays.
  private var isAfterVowelOrQ: Bool {
    guard last.count == 3 else { return false }
    return last[0].rank == Self.q
      || Alphabet.vowel(rank: last[0].rank, tone: .ngang, isCapital: false) != nil
  }
}
