/// One quick pass over the bytes of a file, eight at a time: is it well-formed UTF-8, and does it
/// hold anything that reading would have to repair?
///
/// Leads and continuation bytes are compared by place. Leads whose next byte has a range of its own
/// (E0, ED, F0…), letters at the very start, and short texts are left to the standard library: then
/// ``isSurelyUTF8`` is false although the text may be right.
struct ByteScan {
  private(set) var isSurelyUTF8 = true
  /// A control character other than tab and line feed, or a lead of no-break spaces, combining
  /// marks and further control characters.
  private(set) var needsCloserLook = false

  init(_ bytes: [UInt8]) {
    let count = bytes.count
    guard count >= 16, bytes[..<2].allSatisfy({ $0 < 0x80 && $0 >= 0x20 }) else {
      (isSurelyUTF8, needsCloserLook) = (false, true)
      return
    }
    let raw = bytes.span.bytes
    var wrong: UInt64 = 0
    var special: UInt64 = 0
    var offset = 2
    while offset < count {
      // The last word overlaps the one before it.
      let at = min(offset, count - 8)
      let word = Word(raw, at)
      let twoBefore = Word(raw, at - 2)
      special |= word.control
      if (word.bits | twoBefore.bits) & Word.tops != 0 {
        // The byte before each: the words overlap, so only the last one is missing.
        let before = Word(bits: twoBefore.bits >> 8 | word.bits << 8 & (0xFF << 56))
        wrong |= word.continuation ^ (before.lead | twoBefore.leadOfThree) | word.rareLead
        special |= word.spaceOrMarkLead
      }
      offset += 8
    }
    isSurelyUTF8 = wrong == 0 && bytes[count - 1] < 0xC0 && bytes[count - 2] < 0xE0
    needsCloserLook = special != 0
  }
}

/// Eight bytes; each question is answered in the top bit of every byte.
private struct Word {
  let bits: UInt64

  static let tops: UInt64 = 0x8080_8080_8080_8080
  private static let ones: UInt64 = 0x0101_0101_0101_0101

  init(bits: UInt64) { self.bits = bits }

  init(_ raw: RawSpan, _ offset: Int) {
    bits = raw.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
  }

  /// 80…BF.
  var continuation: UInt64 { bits & ~(bits << 1) & Word.tops }
  /// C0…FF.
  var lead: UInt64 { bits & (bits << 1) & Word.tops }
  /// E0…FF.
  var leadOfThree: UInt64 { lead & (bits << 2) }

  /// C0, C1, E0, ED and F0…FF: never or seldom in a Vietnamese text.
  var rareLead: UInt64 {
    let (bit4, bit3, bit2, bit1, bit0) = lowerBits
    let isNeverUsed = lead & ~(bits << 2) & ~bit4 & ~bit3 & ~bit2 & ~bit1
    let isE0 = ~bit3 & ~bit2 & ~bit1 & ~bit0
    let isED = bit3 & bit2 & ~bit1 & bit0
    return isNeverUsed | leadOfThree & (bit4 | isE0 | isED)
  }

  /// C2, CC, CD: the leads of the no-break space and of combining marks.
  var spaceOrMarkLead: UInt64 {
    let (bit4, bit3, bit2, bit1, bit0) = lowerBits
    let isC2 = ~bit3 & ~bit2 & bit1 & ~bit0
    let isCCOrCD = bit3 & bit2 & ~bit1
    return lead & ~(bits << 2) & ~bit4 & (isC2 | isCCOrCD)
  }

  private var lowerBits: (UInt64, UInt64, UInt64, UInt64, UInt64) {
    (bits << 3, bits << 4, bits << 5, bits << 6, bits << 7)
  }

  /// Below a space but no tab or line feed; may also answer for a byte after one of these.
  var control: UInt64 {
    let isBelowSpace = (bits &- Word.ones &* 0x20) & ~bits
    return isBelowSpace & ~equal(to: 0x09) & ~equal(to: 0x0A) & Word.tops
  }

  private func equal(to byte: UInt64) -> UInt64 {
    let difference = bits ^ (Word.ones &* byte)
    return (difference &- Word.ones) & ~difference
  }
}
