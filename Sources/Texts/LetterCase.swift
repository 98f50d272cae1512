/// Appends a text in capital letters, each character by itself as Unicode maps it.
///
/// ASCII goes eight bytes at a time, Vietnamese letters by what their bytes have in common, other
/// alphabets by the tables of the standard library.
public func appendUppercased(_ text: Span<UInt8>, to bytes: inout ByteBuffer) {
  appendMapped(text, CaseMapping(toUpper: true), to: &bytes)
}

/// Appends a text in small letters; see ``appendUppercased(_:to:)``.
public func appendLowercased(_ text: Span<UInt8>, to bytes: inout ByteBuffer) {
  appendMapped(text, CaseMapping(toUpper: false), to: &bytes)
}

/// Tells whether a text has capital letters and no small ones; signs and digits count as neither.
public func isUppercased(_ text: Span<UInt8>) -> Bool {
  !isChanged(text, by: CaseMapping(toUpper: true))
    && isChanged(text, by: CaseMapping(toUpper: false))
}

/// Tells whether a text has small letters and no capital ones.
public func isLowercased(_ text: Span<UInt8>) -> Bool {
  !isChanged(text, by: CaseMapping(toUpper: false))
    && isChanged(text, by: CaseMapping(toUpper: true))
}

/// The effect of changing case on the bytes of letters.
private struct CaseMapping {
  let toUpper: Bool
  /// The first ASCII letter that changes.
  let firstASCII: UInt8
  /// The second byte, after C3, of the first letter that changes: à or À.
  let firstLatin: UInt8

  @inline(__always)
  init(toUpper: Bool) {
    self.toUpper = toUpper
    firstASCII = toUpper ? UInt8(ascii: "a") : UInt8(ascii: "A")
    firstLatin = toUpper ? 0xA0 : 0x80
  }

  @inline(__always)
  func ascii(_ byte: UInt8) -> UInt8 { byte &- firstASCII < 26 ? byte ^ 0x20 : byte }

  /// Eight bytes at once; those from the first beyond ASCII on mean nothing then.
  @inline(__always)
  func ascii(_ word: UInt64) -> UInt64 {
    let each: UInt64 = 0x0101_0101_0101_0101
    // The top bit of a sum tells whether the byte is at or behind a letter.
    let isFromFirst = word &+ each &* UInt64(0x80 &- firstASCII)
    let isBehindLast = word &+ each &* UInt64(0x80 &- firstASCII &- 26)
    return word ^ ((isFromFirst & ~isBehindLast & (each &* 0x80)) &>> 2)
  }

  /// The last byte of a letter whose capital has an even and whose small letter the next odd byte.
  @inline(__always)
  func pair(_ byte: UInt8) -> UInt8 { toUpper ? byte & 0xFE : byte | 1 }

  /// As ``pair(_:)``, where the capital has the odd byte: Ư is C6 AF, ư is C6 B0.
  @inline(__always)
  func oddPair() -> UInt8 { toUpper ? 0xAF : 0xB0 }

  /// The second byte of a letter of two bytes in the other case; nil for the rest of Unicode.
  @inline(__always)
  func second(_ first: UInt8, _ second: UInt8) -> UInt8? {
    switch first {
    case 0xC3:
      if second == 0x9F || second == 0xBF { return nil }
      let isLetter = second &- firstLatin < 0x1F && second | 0x20 != 0xB7
      return isLetter ? second ^ 0x20 : second
    case 0xC4: return second < 0xB0 ? pair(second) : nil
    case 0xC6: return second &- 0xA0 < 6 ? pair(second) : second &- 0xAF < 2 ? oddPair() : nil
    case 0xC5: return second &- 0x8A < 0x2E ? pair(second) : nil
    case 0xC2: return second == 0xB5 ? nil : second
    // Combining marks, but for the iota below.
    case 0xCC: return second
    case 0xCD: return second < 0xB0 && second != 0x85 ? second : nil
    default: return nil
    }
  }

  /// The third byte of a letter or sign of three.
  @inline(__always)
  func third(_ first: UInt8, _ second: UInt8, _ third: UInt8) -> UInt8? {
    if first == 0xE1 {
      let isPaired = second &- 0xB8 < 4 && (second != 0xBA || third < 0x96 || third >= 0xA0)
      return isPaired ? pair(third) : nil
    }
    return first == 0xE2 && second < 0x84 ? third : nil
  }

  /// The letter at an offset in the other case, its bytes from the lowest on; nil for the rest of
  /// Unicode.
  @inline(__always)
  func letter(at start: Int, upTo end: Int, of text: Span<UInt8>) -> UInt64? {
    let (first, next) = (text[start], text[end &- 1])
    switch end &- start {
    case 2:
      guard let second = second(first, next) else { return nil }
      return UInt64(first) | UInt64(second) &<< 8
    case 3:
      let middle = text[start &+ 1]
      guard let third = third(first, middle, next) else { return nil }
      return UInt64(first) | UInt64(middle) &<< 8 | UInt64(third) &<< 16
    default: return nil
    }
  }

  /// The scalar in the other case, by the tables of the standard library.
  @inline(never)
  func rest(_ scalar: Unicode.Scalar) -> String {
    toUpper ? scalar.properties.uppercaseMapping : scalar.properties.lowercaseMapping
  }
}

/// Counts the bytes of ASCII that begin a word of eight.
@inline(__always)
private func leadingASCII(_ word: UInt64) -> Int {
  (word & 0x8080_8080_8080_8080).trailingZeroBitCount &>> 3
}

@inline(__always)
private func appendMapped(
  _ text: Span<UInt8>, _ mapping: CaseMapping, to bytes: inout ByteBuffer
) {
  let (raw, count) = (text.bytes, text.count)
  bytes.reserve(count &+ 8)
  var offset = 0
  while offset < count {
    if offset &+ 8 <= count {
      let word = raw.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
      let length = leadingASCII(word)
      if length > 0 {
        bytes.append(length, of: mapping.ascii(word))
        offset &+= length
        if length == 8 { continue }
      }
    } else if text[offset] < 0x80 {
      bytes.append(mapping.ascii(text[offset]))
      offset &+= 1
      continue
    }
    let end = text.scalarEnd(from: offset)
    if let letter = mapping.letter(at: offset, upTo: end, of: text) {
      bytes.append(end &- offset, of: letter)
    } else {
      bytes += mapping.rest(text.scalar(at: offset)).utf8
    }
    offset = end
  }
}

/// Tells whether a letter of the text has another form in that case.
@inline(__always)
private func isChanged(_ text: Span<UInt8>, by mapping: CaseMapping) -> Bool {
  var offset = 0
  while offset < text.count {
    let end = text.scalarEnd(from: offset)
    if end == offset &+ 1 {
      if mapping.ascii(text[offset]) != text[offset] { return true }
    } else if let letter = mapping.letter(at: offset, upTo: end, of: text) {
      let last = UInt8(truncatingIfNeeded: letter &>> UInt64(8 &* (end &- offset &- 1)))
      if last != text[end &- 1] { return true }
    } else {
      let scalar = text.scalar(at: offset)
      if !mapping.rest(scalar).unicodeScalars.elementsEqual(CollectionOfOne(scalar)) { return true }
    }
    offset = end
  }
  return false
}
