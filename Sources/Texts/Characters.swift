// What a byte, or a character of several bytes, counts as in CommonMark.

@inlinable @inline(__always)
public func isBlank(_ byte: UInt8) -> Bool {
  byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
}

@inlinable @inline(__always)
public func isDigit(_ byte: UInt8) -> Bool {
  byte &- UInt8(ascii: "0") < 10
}

@inlinable @inline(__always)
public func isLetter(_ byte: UInt8) -> Bool {
  (byte | 0x20) &- UInt8(ascii: "a") < 26
}

@inlinable @inline(__always)
public func isWordByte(_ byte: UInt8) -> Bool {
  isLetter(byte) || isDigit(byte)
}

/// The length of the Unicode space that begins a value, 0 for none: beside emphasis marks it
/// counts like a blank.
@inlinable
public func firstSpaceLength(_ text: Span<UInt8>) -> Int {
  spaceLength(text, at: 0)
}

/// The length of the space that ends a value, 0 for none.
@inlinable
public func lastSpaceLength(_ text: Span<UInt8>) -> Int {
  for length in 1...3 where length <= text.count {
    if spaceLength(text, at: text.count - length) == length { return length }
  }
  return 0
}

/// Tells whether a text that is not empty ends in a blank or another space of
/// ``spaceLength(_:at:)``.
@inlinable @inline(__always)
public func endsInSpace(_ text: Span<UInt8>) -> Bool {
  let count = text.count
  if text[count - 1] < 0x80 { return isBlank(text[count - 1]) }
  // Most others are Vietnamese letters.
  if count > 1, isLatinLetter(text, count - 2) { return false }
  if count > 2, text[count - 3] == 0xE1, isLatinLetter(text, count - 3) { return false }
  return lastSpaceLength(text) > 0
}

/// Blanks, and U+00A0, U+1680, U+2000…U+200A, U+202F, U+205F, U+3000 as UTF-8.
@inlinable
public func spaceLength(_ text: Span<UInt8>, at start: Int) -> Int {
  let first = text[start]
  if first < 0x80 { return isBlank(first) ? 1 : 0 }
  guard start + 1 < text.count else { return 0 }
  if first == 0xC2 { return text[start + 1] == 0xA0 ? 2 : 0 }
  guard start + 2 < text.count else { return 0 }
  switch (first, text[start + 1], text[start + 2]) {
  case (0xE1, 0x9A, 0x80), (0xE2, 0x80, 0x80...0x8A), (0xE2, 0x80, 0xAF), (0xE2, 0x81, 0x9F),
    (0xE3, 0x80, 0x80):
    return 3
  default: return 0
  }
}

/// Tells whether a letter or digit ends before `end`; letters of Latin scripts and their marks
/// count.
@inlinable
public func endsWord(_ text: Span<UInt8>, _ end: Int) -> Bool {
  guard end > 0 else { return false }
  if text[end - 1] < 0x80 { return isWordByte(text[end - 1]) }
  var start = end - 1
  while start > 0, text[start] & 0xC0 == 0x80 { start -= 1 }
  return isLatinLetter(text, start)
}

@inlinable @inline(__always)
public func startsWord(_ text: Span<UInt8>, _ start: Int) -> Bool {
  guard start < text.count else { return false }
  return text[start] < 0x80 ? isWordByte(text[start]) : isLatinLetter(text, start)
}

/// U+00C0…U+036F and U+1E00…U+1EFF, as UTF-8: neither space nor punctuation.
@inlinable @inline(__always)
public func isLatinLetter(_ text: Span<UInt8>, _ start: Int) -> Bool {
  let lead = text[start]
  if (0xC3...0xCD).contains(lead) { return true }
  return lead == 0xE1 && start + 1 < text.count && (0xB8...0xBB).contains(text[start + 1])
}
