/// One quick pass over the bytes of a file, sixteen at a time: is it well-formed UTF-8, and does it
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
    guard count >= 18, bytes[..<2].allSatisfy({ $0 < 0x80 && $0 >= 0x20 }) else {
      (isSurelyUTF8, needsCloserLook) = (false, true)
      return
    }
    let raw = bytes.span.bytes
    var wrong = Block.Answer(repeating: false)
    var special = Block.Answer(repeating: false)
    var offset = 2
    while offset < count {
      // The last block overlaps the one before it.
      let at = min(offset, count - 16)
      let block = Block(raw, at)
      special .|= block.control .| block.spaceOrMarkLead
      let leadBefore = Block(raw, at - 1).lead .| Block(raw, at - 2).leadOfThree
      wrong .|= (block.continuation .^ leadBefore) .| block.rareLead
      offset += 16
    }
    isSurelyUTF8 = !wrong.isSet && bytes[count - 1] < 0xC0 && bytes[count - 2] < 0xE0
    needsCloserLook = special.isSet
  }
}

/// Sixteen bytes; each question is answered for every byte.
private struct Block {
  typealias Answer = SIMDMask<SIMD16<Int8>>

  private let bytes: SIMD16<UInt8>

  @inline(__always)
  init(_ raw: RawSpan, _ offset: Int) {
    bytes = raw.unsafeLoadUnaligned(fromByteOffset: offset, as: SIMD16<UInt8>.self)
  }

  /// Whether the bits of a byte that `mask` picks are `bits`.
  @inline(__always)
  private func has(_ bits: UInt8, of mask: UInt8) -> Answer {
    (bytes & SIMD16(repeating: mask)) .== SIMD16(repeating: bits)
  }

  @inline(__always)
  private func isByte(_ byte: UInt8) -> Answer { bytes .== SIMD16(repeating: byte) }

  /// 80…BF.
  @inline(__always)
  var continuation: Answer { has(0x80, of: 0xC0) }
  /// C0…FF.
  @inline(__always)
  var lead: Answer { has(0xC0, of: 0xC0) }
  /// E0…FF.
  @inline(__always)
  var leadOfThree: Answer { has(0xE0, of: 0xE0) }

  /// C0, C1, E0, ED and F0…FF: never or seldom in a Vietnamese text.
  @inline(__always)
  var rareLead: Answer {
    has(0xC0, of: 0xFE) .| isByte(0xE0) .| isByte(0xED) .| has(0xF0, of: 0xF0)
  }

  /// C2, CC, CD: the leads of the no-break space and of combining marks.
  @inline(__always)
  var spaceOrMarkLead: Answer { isByte(0xC2) .| has(0xCC, of: 0xFE) }

  /// Below a space but no tab or line feed, or 7F.
  @inline(__always)
  var control: Answer {
    (has(0, of: 0xE0) .& .!(isByte(0x09) .| isByte(0x0A))) .| isByte(0x7F)
  }
}
