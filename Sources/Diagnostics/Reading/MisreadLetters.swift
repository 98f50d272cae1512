import Texts

/// Letters of which each byte of UTF-8 was taken for a letter of its own, in Windows-1252 or
/// Windows-1258, before the text was saved as UTF-8 once more: `Ä‘á»“ng` for `đồng`.
public struct MisreadLetters: Sendable {
  /// The places of the letters, in the order of the text, each with the letter that was meant.
  private let places: [(range: Range<Int>, meant: Unicode.Scalar)]
  private let source: Source

  /// Looks for them in a text.
  ///
  /// Each letter but a few has a character in it that begins with the byte C2, which few texts have.
  public init(in source: Source) {
    self.source = source
    places = source.text.withBytes { bytes in
      let raw = bytes.bytes
      var places: [(range: Range<Int>, meant: Unicode.Scalar)] = []
      var offset = raw.first(0xC2, in: 0..<bytes.count)
      while offset < bytes.count {
        if let found = bytes.misreadLetter(around: offset) { places.append(found) }
        let end = max(offset + 1, places.last?.range.upperBound ?? 0)
        offset = raw.first(0xC2, in: end..<bytes.count)
      }
      return places
    }
  }

  /// The problem of the text, at the first of them; nil where there is none.
  public var problem: Diagnostic? {
    guard let first = places.first else { return nil }
    let place = Text(
      source: source,
      range: SourceRange(start: first.range.lowerBound, end: first.range.upperBound))
    return Diagnostic(
      .source(.misreadLetters(place.string, meant: String(Character(first.meant)))), at: place)
  }

  /// Leaves out what else was found in lines that have them, and the control characters that the same
  /// mistake made: all of it follows from that.
  public func explaining(_ others: [Diagnostic]) -> [Diagnostic] {
    if places.isEmpty { return others }
    return others.filter { other in
      switch other.kind {
      case .source(.controlCharacter(let code)): return code < 0x80
      case .source: return true
      default: break
      }
      guard let place = other.place?.place, place.source === source else { return true }
      let line = source.lineRange(at: Int(place.range.start))
      let next = places.sortedIndex(after: { $0.range.upperBound <= line.lowerBound })
      return next == places.count || places[next].range.lowerBound >= line.upperBound
    }
  }
}

extension Span<UInt8> {
  /// The misread letter that has a character at the offset of a byte C2 in it.
  fileprivate func misreadLetter(
    around offset: Int
  ) -> (range: Range<Int>, meant: Unicode.Scalar)? {
    guard offset >= 2, offset + 1 < count else { return nil }
    let continuation = self[offset + 1]
    switch (self[offset - 2], self[offset - 1]) {
    // Ã, in Windows-1258 Ă; Ä, Å, Æ.
    case (0xC3, 0x83), (0xC4, 0x82): return letter(0xC3, continuation, around: offset)
    case (0xC3, 0x84): return letter(0xC4, continuation, around: offset)
    case (0xC3, 0x85): return letter(0xC5, continuation, around: offset)
    case (0xC3, 0x86): return letter(0xC6, continuation, around: offset)
    // á, behind which º or » stands, and a third character.
    case (0xC3, 0xA1) where continuation == 0xBA || continuation == 0xBB:
      guard let (last, end) = singleByte(at: offset + 2),
        last >= (continuation == 0xBA ? 0xA0 : 0x80),
        continuation == 0xBB && last <= 0xB9 || continuation == 0xBA,
        // A quotation may end behind á, and a mark follow.
        self[offset + 2] == 0xC2 || !isInQuotation(offset),
        let meant = Unicode.Scalar(
          0x1000 | UInt32(continuation & 0x3F) << 6 | UInt32(last & 0x3F))
      else { return nil }
      return (offset - 2..<end, meant)
    default: return nil
    }
  }

  private func letter(
    _ lead: UInt8, _ continuation: UInt8, around offset: Int
  ) -> (range: Range<Int>, meant: Unicode.Scalar)? {
    let code = UInt32(lead & 0x1F) << 6 | UInt32(continuation & 0x3F)
    guard let meant = Unicode.Scalar(code), vietnameseLetters.contains(meant) else { return nil }
    return (offset - 2..<offset + 2, meant)
  }

  /// The byte that Windows-1252 reads as the character at an offset, from 0x80 on, and where that
  /// character ends; nil for another.
  private func singleByte(at offset: Int) -> (byte: UInt8, end: Int)? {
    guard offset < count else { return nil }
    switch self[offset] {
    case 0xC2 where offset + 1 < count: return (self[offset + 1], offset + 2)
    case 0xC4...0xE2:
      let end = offset + (self[offset] < 0xE0 ? 2 : 3)
      guard end <= count else { return nil }
      for (character, byte) in windowsSigns
      where (offset..<end).elementsEqual(character.indices, by: { self[$0] == character[$1] }) {
        return (byte, end)
      }
      return nil
    default: return nil
    }
  }

  /// Tells whether a mark « stands before the offset in its line, and no » behind that.
  private func isInQuotation(_ offset: Int) -> Bool {
    var index = offset - 1
    while index > 0, self[index] != UInt8(ascii: "\n") {
      if self[index - 1] == 0xC2, self[index] == 0xAB { return true }
      if self[index - 1] == 0xC2, self[index] == 0xBB { return false }
      index -= 1
    }
    return false
  }
}

/// The letters of Vietnamese whose UTF-8 has two bytes.
private let vietnameseLetters = Set(
  "ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝĂĐĨŨƠƯàáâãèéêìíòóôõùúýăđĩũơư".unicodeScalars)

/// The characters that Windows-1252 has from 0x80 to 0x9F, in UTF-8.
private let windowsSigns: [([UInt8], UInt8)] = [
  ("€", 0x80), ("‚", 0x82), ("ƒ", 0x83), ("„", 0x84), ("…", 0x85), ("†", 0x86), ("‡", 0x87),
  ("ˆ", 0x88), ("‰", 0x89), ("Š", 0x8A), ("‹", 0x8B), ("Œ", 0x8C), ("Ž", 0x8E), ("‘", 0x91),
  ("’", 0x92), ("“", 0x93), ("”", 0x94), ("•", 0x95), ("–", 0x96), ("—", 0x97), ("˜", 0x98),
  ("™", 0x99), ("š", 0x9A), ("›", 0x9B), ("œ", 0x9C), ("ž", 0x9E), ("Ÿ", 0x9F),
].map { (Array($0.utf8), $1) }
