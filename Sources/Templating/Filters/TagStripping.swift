import Texts

// What `striptags` makes of HTML: a text without tags and comments, with one space for each run of
// white space, and with the characters that references stand for.

extension ByteBuffer {
  mutating func append(strippedOfTags text: Span<UInt8>) {
    var words = ByteBuffer()
    if text.holds(UInt8(ascii: "<")) {
      var plain = ByteBuffer()
      plain.append(withoutTags: text)
      words.append(withSingleSpaces: plain.span)
    } else {
      words.append(withSingleSpaces: text)
    }
    append(unreferenced: words.span)
  }

  private mutating func append(withoutTags text: Span<UInt8>) {
    let raw = text.bytes
    let close = UInt8(ascii: ">")
    var start = 0
    // Behind the last of them no search need begin.
    var (hasTagEnd, hasCommentEnd) = (true, true)
    while start < text.count {
      let tag = raw.first(UInt8(ascii: "<"), in: start..<text.count)
      append(start..<tag, of: text)
      guard tag < text.count else { return }
      if hasCommentEnd, text.beginsComment(at: tag) {
        if let end = text.commentEnd(from: tag) {
          start = end
          continue
        }
        hasCommentEnd = false
      }
      let end = hasTagEnd ? raw.first(close, in: tag..<text.count) : text.count
      hasTagEnd = end < text.count
      if !hasTagEnd { append(UInt8(ascii: "<")) }
      start = hasTagEnd ? end + 1 : tag + 1
    }
  }

  private mutating func append(withSingleSpaces text: Span<UInt8>) {
    reserve(text.count)
    var start = text.wordStart(from: 0)
    while start < text.count {
      let end = text.wordEnd(from: start)
      append(start..<end, of: text)
      start = text.wordStart(from: end)
      if start < text.count { append(UInt8(ascii: " ")) }
    }
  }

  /// `&lt;`, `&#39;` and their like as the characters they stand for.
  private mutating func append(unreferenced text: Span<UInt8>) {
    let raw = text.bytes
    var start = 0
    while start < text.count {
      let sign = raw.first(UInt8(ascii: "&"), in: start..<text.count)
      append(start..<sign, of: text)
      guard sign < text.count else { return }
      if text.beginsCharacter(at: sign), let reference = CharacterReference(text, at: sign) {
        self += UTF8.encode(reference.scalar) ?? UTF8.encodedReplacementCharacter
        start = reference.end
      } else {
        append(UInt8(ascii: "&"))
        start = sign + 1
      }
    }
  }
}

extension Span<UInt8> {
  fileprivate func holds(_ byte: UInt8) -> Bool { bytes.first(byte, in: 0..<count) < count }

  fileprivate func beginsComment(at offset: Int) -> Bool {
    offset + 4 <= count && self[offset + 1] == UInt8(ascii: "!")
      && self[offset + 2] == UInt8(ascii: "-") && self[offset + 3] == UInt8(ascii: "-")
  }

  /// Behind the next `-->`.
  fileprivate func commentEnd(from start: Int) -> Int? {
    let end: [UInt8] = [UInt8(ascii: "-"), UInt8(ascii: "-"), UInt8(ascii: ">")]
    return first(of: end.span, from: start).map { $0 + end.count }
  }
}

/// `&amp;`, `&#38;` or `&#x26;`.
private struct CharacterReference {
  let scalar: Unicode.Scalar
  let end: Int

  /// The most characters with `&` and `;`.
  private static let limit = 12

  /// - Parameter start: where the `&` stands.
  init?(_ text: Span<UInt8>, at start: Int) {
    var offset = start + 1
    let limit = min(start + Self.limit, text.count)
    while offset < limit, text[offset] < 0x80, text[offset] != UInt8(ascii: ";") { offset += 1 }
    guard offset < limit else { return nil }
    end = text.characterEnd(from: offset)
    guard Self.isSemicolon(text.extracting(offset..<end)),
      let scalar = Self.scalar(text.extracting(start + 1..<offset))
    else { return nil }
    self.scalar = scalar
  }

  /// U+037E, the question mark of Greek, is the same as a semicolon to Unicode.
  private static func isSemicolon(_ character: Span<UInt8>) -> Bool {
    character.isSpelled(";") || character.isSpelled("\u{37E}")
  }

  private static func scalar(_ name: Span<UInt8>) -> Unicode.Scalar? {
    guard let first = name.isEmpty ? nil : name[0] else { return nil }
    guard first == UInt8(ascii: "#") else { return named(name) }
    let isHex = name.count > 1 && name[1] | 0x20 == UInt8(ascii: "x")
    let digits = name.extracting((isHex ? 2 : 1)..<name.count)
    return number(digits, radix: isHex ? 16 : 10).flatMap { Unicode.Scalar($0) }
  }

  private static func named(_ name: Span<UInt8>) -> Unicode.Scalar? {
    if name.isSpelled("lt") { return "<" }
    if name.isSpelled("gt") { return ">" }
    if name.isSpelled("amp") { return "&" }
    if name.isSpelled("quot") { return "\"" }
    if name.isSpelled("apos") { return "'" }
    return name.isSpelled("nbsp") ? "\u{A0}" : nil
  }

  /// The number of some digits, which may have a sign before them.
  private static func number(_ digits: Span<UInt8>, radix: UInt32) -> UInt32? {
    guard let first = digits.isEmpty ? nil : digits[0] else { return nil }
    let isNegative = first == UInt8(ascii: "-")
    let start = isNegative || first == UInt8(ascii: "+") ? 1 : 0
    guard start < digits.count else { return nil }
    var number: UInt32 = 0
    for index in start..<digits.count {
      guard let digit = digits[index].hexValue, digit < radix else { return nil }
      let (product, isTooLarge) = number.multipliedReportingOverflow(by: radix)
      let (sum, overflow) = product.addingReportingOverflow(digit)
      guard !isTooLarge, !overflow else { return nil }
      number = sum
    }
    return isNegative && number > 0 ? nil : number
  }
}

extension Span<UInt8> {
  /// Tells whether it has the very letters of a name.
  func isSpelled(_ name: StaticString) -> Bool {
    guard count == name.utf8CodeUnitCount else { return false }
    return name.withUTF8Buffer { hasSameBytes(as: $0.span) }
  }
}

extension UInt8 {
  /// The worth of a hexadecimal digit.
  fileprivate var hexValue: UInt32? {
    if isDigit { return UInt32(self &- UInt8(ascii: "0")) }
    let letter = (self | 0x20) &- UInt8(ascii: "a")
    return letter < 6 ? UInt32(letter) + 10 : nil
  }
}
