import Texts

/// Words of TCVN3 in which small letters with marks stand among capitals: `CéNG`, which is `CộNG`.
///
/// The encoding has no capitals with tones. They are small letters in a font that shows all letters as
/// capitals, and so such a word most likely was one in capitals.
struct HalfCapitals {
  private(set) var first: (word: String, line: Int)?
  private(set) var count = 0
  private var line = 1

  /// Looks through bytes of TCVN3 that go on from those before.
  mutating func look(in bytes: Span<UInt8>) {
    var start = 0
    while start < bytes.count {
      let end = bytes.bytes.first(0x0A, in: start..<bytes.count)
      look(in: bytes.extracting(start..<end), onLine: line)
      if end < bytes.count { line += 1 }
      start = end + 1
    }
  }

  mutating func look(in bytes: Span<UInt8>, onLine line: Int) {
    var index = 0
    while index &+ 1 < bytes.count {
      // A capital, and behind it another one or a letter with a mark.
      guard bytes[index].isCapital, bytes[index &+ 1].isCapital || bytes[index &+ 1] >= 0xA8 else {
        index &+= 1
        continue
      }
      var end = index
      while end < bytes.count, bytes[end].isASCIILetter || bytes[end] >= 0xA1 { end += 1 }
      add(bytes.extracting(index..<end), line)
      index = end
    }
  }

  private mutating func add(_ word: Span<UInt8>, _ line: Int) {
    var capitals = 0
    var small = 0
    for index in word.indices {
      if word[index].isCapital { capitals += 1 } else if word[index] >= 0xA8 { small += 1 }
    }
    guard capitals > 1, small > 0, capitals + small == word.count else { return }
    var text = ByteBuffer()
    guard (try? text.append(word, from: .tcvn3, isLast: true)) != nil else { return }
    if first == nil { first = (text.string, line) }
    count += 1
  }

  func joined(with other: HalfCapitals) -> HalfCapitals {
    var joined = first == nil ? other : self
    joined.count = count + other.count
    return joined
  }

  var note: DecodedText.Note? {
    first.map { .halfCapitals(first: $0.word, line: $0.line, count: count) }
  }
}

extension UInt8 {
  fileprivate var isCapital: Bool { self &- 0x41 < 26 || 0xA1...0xA7 ~= self }
}
