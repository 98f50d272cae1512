import Texts

/// Capital letters of a text (the filter `upper`).
public func uppercased(_ text: ArraySlice<UInt8>) -> [UInt8] {
  var result = ByteBuffer()
  appendUppercased(text, to: &result)
  return result.bytes
}

/// Small letters of a text.
public func lowercased(_ text: ArraySlice<UInt8>) -> [UInt8] {
  var result = ByteBuffer()
  appendLowercased(text, to: &result)
  return result.bytes
}

/// Appends the capital letters of a text; Vietnamese goes byte by byte, anything else by the
/// tables of the standard library.
public func appendUppercased(_ text: ArraySlice<UInt8>, to bytes: inout ByteBuffer) {
  let start = bytes.count
  if appendUppercased(plain: text.span, to: &bytes) { return }
  bytes.truncate(to: start)
  bytes += String(decoding: text, as: UTF8.self).uppercased().utf8
}

/// See ``appendUppercased(_:to:)``.
public func appendLowercased(_ text: ArraySlice<UInt8>, to bytes: inout ByteBuffer) {
  let start = bytes.count
  if appendLowercased(plain: text.span, to: &bytes) { return }
  bytes.truncate(to: start)
  bytes += String(decoding: text, as: UTF8.self).lowercased().utf8
}

/// The quick way of ``appendUppercased(_:to:)``; false where it is not for that, and then what was
/// appended means nothing.
public func appendUppercased(plain text: Span<UInt8>, to bytes: inout ByteBuffer) -> Bool {
  appendMapped(text, CaseMapping(toUpper: true), to: &bytes)
}

/// See ``appendUppercased(plain:to:)``.
public func appendLowercased(plain text: Span<UInt8>, to bytes: inout ByteBuffer) -> Bool {
  appendMapped(text, CaseMapping(toUpper: false), to: &bytes)
}

/// Appends a text with a capital at its start (viết hoa chữ đầu), after opening quotes and brackets.
public func appendCapitalized(_ text: ArraySlice<UInt8>, to bytes: inout ByteBuffer) {
  let scalars = String(decoding: text.prefix(16), as: UTF8.self).unicodeScalars
  // Four signs and a letter are sixteen bytes at most.
  let opening = scalars.prefix(4).prefix { "“”\"'‘«([".unicodeScalars.contains($0) }
  let length = opening.reduce(0) { $0 + UTF8.width($1) }
  let first = scalars.dropFirst(opening.count).first.map { UTF8.width($0) } ?? 0
  let letterEnd = min(text.startIndex + length + first, text.endIndex)
  bytes += text[..<(text.startIndex + length)]
  appendUppercased(text[(text.startIndex + length)..<letterEnd], to: &bytes)
  bytes += text[letterEnd...]
}

/// What changing case does to the bytes of Vietnamese letters.
private struct CaseMapping {
  let toUpper: Bool
  /// The first ASCII letter that changes.
  let firstASCII: UInt8
  /// The second byte, after C3, of the first letter that changes: à or À.
  let firstLatin: UInt8

  init(toUpper: Bool) {
    self.toUpper = toUpper
    firstASCII = toUpper ? UInt8(ascii: "a") : UInt8(ascii: "A")
    firstLatin = toUpper ? 0xA0 : 0x80
  }

  /// The last byte of a letter whose capital has an even and whose small letter the next odd byte.
  func pair(_ byte: UInt8) -> UInt8 { toUpper ? byte & 0xFE : byte | 1 }

  /// As ``pair(_:)``, where the capital has the odd byte: Ư is C6 AF, ư is C6 B0.
  func oddPair() -> UInt8 { toUpper ? 0xAF : 0xB0 }
}

/// Appends text of ASCII, the 134 Vietnamese letters, and punctuation; false at anything else.
private func appendMapped(
  _ text: Span<UInt8>, _ mapping: CaseMapping, to bytes: inout ByteBuffer
) -> Bool {
  var offset = 0
  while offset < text.count {
    let byte = text[offset]
    if byte < 0x80 {
      bytes.append(byte &- mapping.firstASCII < 26 ? byte ^ 0x20 : byte)
      offset &+= 1
    } else {
      let length = byte < 0xE0 ? 2 : 3
      guard offset &+ length <= text.count, appendLetter(text, at: offset, mapping, to: &bytes)
      else { return false }
      offset &+= length
    }
  }
  return true
}

/// Appends one character of two or three bytes; false if it is not for the quick way.
private func appendLetter(
  _ text: Span<UInt8>, at offset: Int, _ mapping: CaseMapping, to bytes: inout ByteBuffer
) -> Bool {
  let (first, second) = (text[offset], text[offset &+ 1])
  switch first {
  case 0xE1:
    let third = text[offset &+ 2]
    guard second == 0xBA && third >= 0xA0 || second == 0xBB && third <= 0xB9 else { return false }
    bytes.append(first)
    bytes.append(second)
    bytes.append(mapping.pair(third))
    return true
  case 0xE2 where second == 0x80:
    bytes.append(text.extracting(offset..<offset &+ 3))
    return true
  default:
    guard first < 0xE0, let mapped = mappedSecond(first, second, mapping) else { return false }
    bytes.append(first)
    bytes.append(mapped)
    return true
  }
}

/// The second byte of a two-byte character in the other case; nil if it is not for the quick way.
private func mappedSecond(_ first: UInt8, _ second: UInt8, _ mapping: CaseMapping) -> UInt8? {
  switch (first, second) {
  case (0xC2, 0xB5), (0xC3, 0x9F), (0xC3, 0xBF): nil
  case (0xC2, _), (0xC3, 0x97), (0xC3, 0xB7): second
  case (0xC3, _): second &- mapping.firstLatin < 0x1F ? second ^ 0x20 : second
  case (0xC4, 0x82...0x83), (0xC4, 0x90...0x91), (0xC4, 0xA8...0xA9), (0xC5, 0xA8...0xA9),
    (0xC6, 0xA0...0xA1):
    mapping.pair(second)
  case (0xC6, 0xAF...0xB0): mapping.oddPair()
  default: nil
  }
}
