import Texts

// What filters do with the bytes of a text, each in one pass that appends to a buffer.

extension ByteBuffer {
  /// Appends a byte again and again.
  mutating func append(_ byte: UInt8, times count: Int) {
    guard count > 0 else { return }
    reserve(count)
    for _ in 0..<count { append(byte) }
  }

  /// The text with a large letter at its start, and small ones behind it.
  mutating func append(capitalized text: Span<UInt8>) {
    if text.isEmpty { return }
    let first = text.characterEnd(from: 0)
    appendUppercased(text.extracting(0..<first), to: &self)
    appendLowercased(text.extracting(first..<text.count), to: &self)
  }

  /// The first letter of every word large, the rest small. A word begins behind white space, a
  /// hyphen and opening brackets.
  mutating func append(titleCased text: Span<UInt8>) {
    var offset = 0
    while offset < text.count {
      let first = text.characterEnd(from: offset)
      appendUppercased(text.extracting(offset..<first), to: &self)
      let end = text.opensWord(offset..<first) ? first : text.titleWordEnd(from: first)
      appendLowercased(text.extracting(first..<end), to: &self)
      offset = end
    }
  }

  /// All bytes but unreserved ones as `%XX`.
  ///
  /// - Parameter slash: whether `/` stays.
  mutating func append(percentEncoded text: Span<UInt8>, keepingSlash slash: Bool) {
    reserve(text.count * 3)
    for index in text.indices {
      let byte = text[index]
      if byte.isUnreserved || slash && byte == UInt8(ascii: "/") {
        append(byte)
      } else {
        append(3, of: byte.percentEncoded)
      }
    }
  }

  /// The text with spaces before and behind it, so that it takes so many scalars.
  mutating func append(centered text: Span<UInt8>, space: Int) {
    let left = space / 2
    append(UInt8(ascii: " "), times: left)
    append(text)
    append(UInt8(ascii: " "), times: space - left)
  }

  /// The lines of the text with something before each.
  ///
  /// - Parameters:
  ///   - first: whether it stands before the first line, too.
  ///   - blank: whether it stands before empty lines.
  mutating func append(
    _ text: Span<UInt8>, indentedBy indent: Span<UInt8>, first: Bool, blank: Bool
  ) {
    var start = 0
    while true {
      let end = text.lineEnd(from: start)
      if start == 0 ? first : blank || end > start { append(indent) }
      guard end < text.count else { return append(start..<end, of: text) }
      append(start..<end &+ 1, of: text)
      start = end &+ 1
    }
  }
}

extension Span<UInt8> {
  /// Finds the end of a line: the next line feed that is not the second half of `\r\n`, or at the
  /// end of the text.
  func lineEnd(from start: Int) -> Int {
    var end = bytes.first(UInt8(ascii: "\n"), in: start..<count)
    while end < count, end > 0, self[end - 1] == UInt8(ascii: "\r") {
      end = bytes.first(UInt8(ascii: "\n"), in: end + 1..<count)
    }
    return end
  }

  /// The number of lines as ``lineEnd(from:)`` finds them.
  var lineCount: Int {
    var lines = 1
    var end = lineEnd(from: 0)
    while end < count {
      lines += 1
      end = lineEnd(from: end + 1)
    }
    return lines
  }

  /// The number of words between white space.
  var wordCount: Int {
    var words = 0
    var start = wordStart(from: 0)
    while start < count {
      words &+= 1
      start = wordStart(from: wordEnd(from: start))
    }
    return words
  }

  /// The text without the scalars at both ends that get a yes.
  @inline(__always)
  func trimmed(_ isCut: (Span<UInt8>, Int) -> Bool) -> Range<Int> {
    var (start, end) = (0, count)
    while start < end, isCut(self, start) { start = scalarEnd(from: start) }
    while start < end {
      let last = scalarStart(before: end)
      guard isCut(self, last) else { break }
      end = last
    }
    return start..<end
  }

  /// Tells whether the scalar at an offset of this text is one of another.
  func holdsScalar(of text: Span<UInt8>, at offset: Int) -> Bool {
    let end = text.scalarEnd(from: offset)
    // UTF-8 is found at the borders of scalars alone.
    return first(of: text.extracting(offset..<end), from: 0) != nil
  }
}

extension Span<UInt8> {
  /// Tells whether `title` takes what follows a character for the start of a word: behind white
  /// space, hyphens and opening brackets.
  fileprivate func opensWord(_ character: Range<Int>) -> Bool {
    let start = character.lowerBound
    return isWhiteSpace(at: start) || character.count == 1 && self[start].opensWord
  }

  /// Behind the next character that opens a word.
  fileprivate func titleWordEnd(from start: Int) -> Int {
    var offset = start
    while offset < count {
      guard mayOpenWord(at: offset), beginsCharacter(at: offset) else {
        offset &+= 1
        continue
      }
      let end = characterEnd(from: offset)
      if opensWord(offset..<end) { return end }
      offset = end
    }
    return count
  }

  /// False for the bytes of most letters; true where a closer look is due.
  @inline(__always)
  private func mayOpenWord(at offset: Int) -> Bool {
    let byte = self[offset]
    if byte < 0x80 { return byte < 0x40 ? byte.opensWord || byte <= 0x20 : byte.opensWord }
    return byte &- 0xC3 >= 0x1E && byte >= 0xC0 && isWhiteSpace(at: offset)
  }
}

extension UInt8 {
  /// Tells whether it is a hyphen or an opening bracket.
  @inline(__always)
  fileprivate var opensWord: Bool {
    switch self {
    case UInt8(ascii: "-"), UInt8(ascii: "("), UInt8(ascii: "{"), UInt8(ascii: "["),
      UInt8(ascii: "<"):
      true
    default: false
    }
  }

  /// The bytes that stand for themselves in the address of a web page (RFC 3986, 2.3).
  @inline(__always)
  fileprivate var isUnreserved: Bool {
    if self >= 0x80 { return false }
    return isWordByte(self) || self == UInt8(ascii: "-") || self == UInt8(ascii: ".")
      || self == UInt8(ascii: "_") || self == UInt8(ascii: "~")
  }

  /// The bytes of `%E1`, the first lowest.
  @inline(__always)
  fileprivate var percentEncoded: UInt64 {
    let digits = UInt64(self &>> 4) &<< 8 | UInt64(self & 15) &<< 16
    // 1 for each digit that is a letter: `A` stands seven places behind the digit 9.
    let letters = ((digits &+ 0x06_0600) &>> 4) & 0x01_0100
    return digits &+ 0x30_3025 &+ letters &* 7
  }
}
