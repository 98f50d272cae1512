import Texts

/// The text in capital letters (the filter `upper`).
public func uppercased(_ text: ArraySlice<UInt8>) -> [UInt8] {
  var result = ByteBuffer()
  appendUppercased(text, to: &result)
  return result.bytes
}

/// The text in small letters (the filter `lower`).
public func lowercased(_ text: ArraySlice<UInt8>) -> [UInt8] {
  var result = ByteBuffer()
  appendLowercased(text, to: &result)
  return result.bytes
}

/// Appends a text in capital letters, by the tables of the standard library where it has other
/// letters than Vietnamese ones.
public func appendUppercased(_ text: ArraySlice<UInt8>, to bytes: inout ByteBuffer) {
  let start = bytes.count
  if appendUppercased(plain: text.span, to: &bytes) { return }
  bytes.truncate(to: start)
  bytes += String(decoding: text, as: UTF8.self).uppercased().utf8
}

/// Appends a text in small letters, see ``appendUppercased(_:to:)``.
public func appendLowercased(_ text: ArraySlice<UInt8>, to bytes: inout ByteBuffer) {
  let start = bytes.count
  if appendLowercased(plain: text.span, to: &bytes) { return }
  bytes.truncate(to: start)
  bytes += String(decoding: text, as: UTF8.self).lowercased().utf8
}

/// Appends a text in capital letters if it has only ASCII, Vietnamese letters and punctuation.
///
/// - Returns: false where it has any other character; what was appended until then must be dropped.
public func appendUppercased(plain text: Span<UInt8>, to bytes: inout ByteBuffer) -> Bool {
  appendMapped(text, CaseMapping(toUpper: true), to: &bytes)
}

/// Appends a text in small letters, see ``appendUppercased(plain:to:)``.
public func appendLowercased(plain text: Span<UInt8>, to bytes: inout ByteBuffer) -> Bool {
  appendMapped(text, CaseMapping(toUpper: false), to: &bytes)
}

/// Appends a text with its first letter as a capital (the filter `viet_hoa_dau`), also behind opening
/// quotes and brackets: `“Năm dân vận`.
public func appendCapitalized(_ text: ArraySlice<UInt8>, to bytes: inout ByteBuffer) {
  let scalars = String(decoding: text.prefix(16), as: UTF8.self).unicodeScalars
  // Four signs of up to three bytes and a letter of up to four.
  let opening = scalars.prefix(4).prefix { "“”\"'‘«([".unicodeScalars.contains($0) }
  let length = opening.reduce(0) { $0 + UTF8.width($1) }
  let first = scalars.dropFirst(opening.count).first.map { UTF8.width($0) } ?? 0
  let letterEnd = min(text.startIndex + length + first, text.endIndex)
  bytes += text[..<(text.startIndex + length)]
  appendUppercased(text[(text.startIndex + length)..<letterEnd], to: &bytes)
  bytes += text[letterEnd...]
}

/// The change of case in the UTF-8 of ASCII and Vietnamese letters.
private struct CaseMapping {
  let toUpper: Bool
  /// The first ASCII letter that changes.
  let firstASCII: UInt8
  /// The byte after C3 of the first letter that changes, à or À.
  let firstLatin: UInt8

  init(toUpper: Bool) {
    self.toUpper = toUpper
    firstASCII = toUpper ? UInt8(ascii: "a") : UInt8(ascii: "A")
    firstLatin = toUpper ? 0xA0 : 0x80
  }

  /// The last byte of a letter whose capital ends in an even byte and whose small form in the next
  /// odd one.
  func pair(_ byte: UInt8) -> UInt8 { toUpper ? byte & 0xFE : byte | 1 }

  /// The last byte of Ư, C6 AF, or ư, C6 B0, where the capital has the odd byte.
  func oddPair() -> UInt8 { toUpper ? 0xAF : 0xB0 }
}

/// Appends a text of ASCII, the 134 accented Vietnamese letters and punctuation in the other case;
/// returns false at any other character.
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

/// Appends a character of two or three bytes in the other case; false for one that is neither a
/// Vietnamese letter nor punctuation.
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

/// The second byte of a two-byte character in the other case; nil for other letters than Vietnamese
/// ones.
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
