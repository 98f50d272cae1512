import Texts

/// Putting letters and their combining marks together (NFC), in one pass over UTF-8.
///
/// The marks of a Vietnamese letter may stand in any order: `a`, acute, circumflex is ấ, which is not
/// what NFC makes of it, and what whoever typed it meant. A letter of another language goes through
/// the standard library, and so do characters that NFC writes otherwise.
extension ByteBuffer {
  /// Appends well-formed UTF-8 in NFC. The text before it is not looked at: it begins with no mark.
  mutating func append(composing text: Span<UInt8>) {
    var copied = 0
    var index = text.firstToCompose(from: 0)
    while index < text.count {
      // A mark joins the character before it.
      var start = index
      if start > copied {
        start -= 1
        while start > copied, text[start] & 0xC0 == 0x80 { start -= 1 }
      }
      let end: Int
      if let joined = text.joinedLetter(from: start, index) {
        append(copied..<start, of: text)
        append(scalar: joined.scalar)
        end = joined.end
      } else {
        append(copied..<start, of: text)
        end = text.endOfCluster(from: index)
        append(composingCluster: text.extracting(start..<end))
      }
      copied = end
      index = text.firstToCompose(from: end)
    }
    append(copied..<text.count, of: text)
  }

  private mutating func append(composingCluster cluster: Span<UInt8>) {
    let first = cluster.nextScalar(at: 0)
    var letter = Letters.letter(first.value)
    var index = first.end
    guard letter.isLetter, index < cluster.count else { return append(normalizing: cluster) }
    var hasFailed = false
    // Marks that make another letter come first, whatever their order.
    for isTone in [false, true] {
      index = first.end
      while index < cluster.count {
        let mark = cluster.nextScalar(at: index)
        index = mark.end
        if Letters.toneMarks.contains(mark.value) != isTone { continue }
        if let joined = Letters.letter(letter, adding: mark.value) {
          letter = joined
        } else {
          hasFailed = true
        }
      }
    }
    if hasFailed { return append(normalizing: cluster) }
    append(scalar: Letters.scalars[Int(letter.bits)])
  }

  private mutating func append(normalizing cluster: Span<UInt8>) {
    let bytes = cluster.withUnsafeBufferPointer { Array($0) }
    append(contentsOf: String(decoding: bytes, as: UTF8.self).composed.utf8)
  }
}

/// The bytes that begin a character which NFC may change.
private let rareLeads = (0...255).map { byte in byte >= 0xCC && byte != 0xD0 && byte != 0xD1 }

extension Span<UInt8> {
  /// The scalar that begins at an offset of well-formed UTF-8, and where it ends.
  @inline(__always)
  func nextScalar(at offset: Int) -> (value: UInt32, end: Int) {
    let lead = UInt32(self[offset])
    if lead < 0x80 { return (lead, offset + 1) }
    let second = UInt32(self[offset + 1] & 0x3F)
    if lead < 0xE0 { return ((lead & 0x1F) << 6 | second, offset + 2) }
    let third = UInt32(self[offset + 2] & 0x3F)
    if lead < 0xF0 { return ((lead & 0xF) << 12 | second << 6 | third, offset + 3) }
    let fourth = UInt32(self[offset + 3] & 0x3F)
    return ((lead & 7) << 18 | second << 12 | third << 6 | fourth, offset + 4)
  }

  /// The first offset from one on where a mark or a character begins that NFC may change.
  @inline(__always)
  fileprivate func firstToCompose(from start: Int) -> Int {
    let leads = rareLeads
    let rare = leads.span
    var index = start
    while index < count {
      if rare[Int(self[index])], mayCompose(self[index], at: index) { return index }
      index &+= 1
    }
    return count
  }

  /// Tells whether the character that begins here may be changed: no for those of Vietnamese and for
  /// most signs.
  private func mayCompose(_ lead: UInt8, at index: Int) -> Bool {
    switch lead {
    case 0xE1: return !(0xB8...0xBB ~= self[index + 1])
    case 0xE2:
      let (second, third) = (self[index + 1], self[index + 2])
      switch second {
      case 0x80: return third < 0x82
      case 0x81, 0x82, 0x85...0x8B, 0x8D...0xAA: return false
      case 0x84: return third >= 0xA6
      default: return true
      }
    default: return true
    }
  }

  /// The letter that a letter and all marks behind it make, mostly one or two; nil where there is
  /// more to it.
  @inline(__always)
  fileprivate func joinedLetter(
    from start: Int, _ first: Int
  ) -> (scalar: UInt32, end: Int)? {
    guard start < first else { return nil }
    var letter = Letters.letter(nextScalar(at: start).value)
    var index = first
    var tone = Letters.noMark
    while index &+ 1 < count, self[index] &- 0xCC < 2 {
      let mark = UInt32(self[index] & 0x1F) << 6 | UInt32(self[index &+ 1] & 0x3F)
      guard mark < 0x340 else { return nil }
      let kind = Letters.marks[Int(mark &- 0x300)]
      if kind.isTone {
        guard tone == Letters.noMark else { return nil }
        tone = kind
      } else {
        letter = Letters.joined[Int(letter.bits & 0x3FF) &* 8 &+ Int(kind.rawValue)]
      }
      guard letter.isLetter else { return nil }
      index &+= 2
    }
    if index < count, rareLeads[Int(self[index])], mayCompose(self[index], at: index) { return nil }
    if tone != Letters.noMark {
      guard letter.tone == 0 else { return nil }
      letter = Letter(bits: letter.bits | UInt16(tone.rawValue &- 3) << 6)
    }
    let scalar = Letters.scalars[Int(letter.bits)]
    return scalar == 0 ? nil : (scalar, index)
  }

  /// The end of a run of characters that NFC may change, with what is between them.
  fileprivate func endOfCluster(from start: Int) -> Int {
    var index = start
    while index < count {
      let byte = self[index]
      let isMark =
        byte == 0xCC || byte == 0xCD && self[index + 1] < 0xB0
      // A letter of another script may join the next one: they go together up to a plain character.
      guard isMark || rareLeads[Int(byte)] && mayCompose(byte, at: index) else { break }
      index = nextScalar(at: index).end
    }
    return index
  }
}
