import Diagnostics
import Vietnamese

/// A run of letters and digits in a text.
struct Word {
  private let from: Int32
  private let until: Int32
  /// Of its bytes, as ``WordTable`` keeps them.
  let hash: UInt64
  let kind: Kind
  /// Whether only blanks stand between it and the word before.
  let followsBlank: Bool

  enum Kind: UInt8 { case small, capital, number, mixed }

  /// Where its bytes begin and end in the source.
  var start: Int { Int(from) }
  var end: Int { Int(until) }

  @inline(__always)
  fileprivate init(
    _ start: Int, _ end: Int, in text: Text, _ hash: UInt64, _ kind: Kind, followsBlank: Bool
  ) {
    from = text.range.start &+ Int32(truncatingIfNeeded: start)
    until = text.range.start &+ Int32(truncatingIfNeeded: end)
    (self.hash, self.kind, self.followsBlank) = (hash, kind, followsBlank)
  }
}

/// The words of a text; the room for them is kept for the texts that follow.
struct TextWords: RandomAccessCollection {
  private var room: [Word] = []
  private(set) var endIndex = 0
  /// Whether a quotation mark stands in the text.
  private(set) var hasQuotes = false

  var startIndex: Int { 0 }

  subscript(index: Int) -> Word {
    precondition(index < endIndex)
    return room[index]
  }

  /// Takes a text apart in one pass over its bytes, in place of the one before.
  mutating func take(_ text: Text) {
    // Between two words there is a byte at least.
    let most = text.count / 2 + 1
    if room.count < most {
      let none = Word(0, 0, in: text, 0, .small, followsBlank: false)
      room = [Word](repeating: none, count: most * 2)
    }
    hasQuotes = false
    endIndex = text.withBytes { bytes in
      room.withUnsafeMutableBufferPointer { TextWords.take(bytes, of: text, &$0, &hasQuotes) }
    }
  }

  /// - Returns: how many words there are.
  private static func take(
    _ bytes: Span<UInt8>, of text: Text, _ words: inout UnsafeMutableBufferPointer<Word>,
    _ hasQuotes: inout Bool
  ) -> Int {
    var (index, count) = (0, 0)
    // A blank counts only after a word, or after one that does.
    var (isAfterBlank, lastEnd) = (false, -1)
    while index < bytes.count {
      let byte = bytes[index]
      if byte == 0x20 || byte == 0x0A {
        isAfterBlank = isAfterBlank || lastEnd == index
        index &+= 1
      } else if letterWidth(byte) == 0 {
        isAfterBlank = false
        if isQuote(byte, bytes, index) { hasQuotes = true }
        index &+= byte < 0x80 ? 1 : byte >= 0xE0 ? 3 : 2
      } else {
        let start = index
        let kind = passWord(bytes, &index)
        lastEnd = Swift.min(index, bytes.count)
        words[count] = Word(
          start, lastEnd, in: text, WordTable.hash(bytes, start, lastEnd), kind,
          followsBlank: isAfterBlank)
        count &+= 1
        isAfterBlank = false
      }
    }
    return count
  }
}

/// Moves to the end of the word that begins at the index.
@inline(__always)
private func passWord(_ bytes: Span<UInt8>, _ index: inout Int) -> Word.Kind {
  let start = index
  var (hasDigits, hasLetters) = (false, false)
  repeat {
    let byte = bytes[index]
    let width = letterWidth(byte)
    if width == 0 { break }
    if byte &- 0x30 < 10 { hasDigits = true } else { hasLetters = true }
    index &+= width
  } while index < bytes.count
  if hasDigits { return hasLetters ? .mixed : .number }
  return isCapital(bytes, start) ? .capital : .small
}

/// Whether one of the marks begins here that ``TypingSlips`` takes for quotes.
@inline(__always)
private func isQuote(_ byte: UInt8, _ bytes: Span<UInt8>, _ index: Int) -> Bool {
  byte == 0x22 || byte == 0xC2
    || (byte == 0xE2 && index &+ 2 < bytes.count && bytes[index &+ 1] == 0x80
      && bytes[index &+ 2] &- 0x98 < 6)
}

/// How many bytes the letter or digit takes that a byte leads; 0 for a sign or a blank.
@inline(__always)
private func letterWidth(_ byte: UInt8) -> Int {
  if byte < 0x80 {
    return (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 ? 1 : 0
  }
  // Latin letters, and marks on them; C2 leads signs, E2 dashes and quotes.
  if byte >= 0xC3, byte < 0xE0 { return 2 }
  return byte == 0xE1 ? 3 : 0
}

/// Whether a capital of the Vietnamese alphabet begins at an index.
private func isCapital(_ bytes: Span<UInt8>, _ index: Int) -> Bool {
  let byte = bytes[index]
  if byte < 0x80 { return byte &- 0x41 < 26 }
  let last = index &+ (byte == 0xE1 ? 2 : 1)
  guard last < bytes.count else { return false }
  switch byte {
  case 0xC3: return bytes[last] < 0x9F
  case 0xC4, 0xC5, 0xE1: return bytes[last] & 1 == 0
  // Ơ and Ư.
  case 0xC6: return bytes[last] == 0xA0 || bytes[last] == 0xAF
  default: return false
  }
}

/// Numbers of words, found by one look at their hash.
struct WordTable: Sendable {
  private var hashes: [UInt64] = [UInt64](repeating: 0, count: 64)
  private var numbers: [Int32] = [Int32](repeating: 0, count: 64)
  private(set) var count = 0

  /// The same in every run; eight bytes at a time, so that most words take one step.
  static func hash(_ word: some Sequence<UInt8>) -> UInt64 {
    let bytes = Array(word)
    return hash(bytes.span, 0, bytes.count)
  }

  @inline(__always)
  static func hash(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    var index = start
    while index &+ 8 <= end {
      hash = mix(hash, eightBytes(bytes, index))
      index &+= 8
    }
    let rest = UInt64(truncatingIfNeeded: end &- index)
    if rest == 0 { return hash }
    guard index &+ 8 <= bytes.count else { return mix(hash, lastBytes(bytes, index, end)) }
    // What stands behind the word is shifted out.
    let behind = 64 &- rest &* 8
    return mix(hash, ((eightBytes(bytes, index) &<< behind) &>> behind) | (rest &<< 56))
  }

  /// One to seven bytes at the end of a text, and how many.
  private static func lastBytes(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> UInt64 {
    var last = UInt64(truncatingIfNeeded: end - start) << 56
    for index in start..<end { last |= UInt64(bytes[index]) << UInt64((index - start) * 8) }
    return last
  }

  /// The first byte lowest; there must be eight.
  @inline(__always)
  private static func eightBytes(_ bytes: Span<UInt8>, _ index: Int) -> UInt64 {
    UInt64(
      littleEndian: bytes.bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self))
  }

  @inline(__always)
  private static func mix(_ hash: UInt64, _ word: UInt64) -> UInt64 {
    let mixed = (hash ^ word) &* 0x9E37_79B9_7F4A_7C15
    return mixed ^ mixed >> 32
  }

  /// The number of a word, nil for one that is not in the table.
  func number(of hash: UInt64) -> Int? {
    var slot = Int(truncatingIfNeeded: hash) & (hashes.count - 1)
    while hashes[slot] != 0 {
      if hashes[slot] == hash { return Int(numbers[slot]) }
      slot = (slot + 1) & (hashes.count - 1)
    }
    return nil
  }

  /// A word that is there already keeps its number.
  mutating func insert(_ hash: UInt64, _ number: Int) {
    if count * 2 >= hashes.count { grow() }
    var slot = Int(truncatingIfNeeded: hash) & (hashes.count - 1)
    while hashes[slot] != 0 {
      if hashes[slot] == hash { return }
      slot = (slot + 1) & (hashes.count - 1)
    }
    (hashes[slot], numbers[slot]) = (hash, Int32(truncatingIfNeeded: number))
    count += 1
  }

  private mutating func grow() {
    let old = (hashes, numbers)
    hashes = [UInt64](repeating: 0, count: old.0.count * 2)
    numbers = [Int32](repeating: 0, count: old.0.count * 2)
    count = 0
    for (hash, number) in zip(old.0, old.1) where hash != 0 { insert(hash, Int(number)) }
  }
}

/// The hashes of some words as bits: most words of a text are not among them, and this says so by
/// one look.
struct WordFilter: Sendable {
  private var bits = [UInt64](repeating: 0, count: 64)

  mutating func insert(_ hash: UInt64) {
    bits[Int(truncatingIfNeeded: hash >> 6 & 63)] |= 1 << (hash & 63)
  }

  /// False for a word that is surely not among them.
  func mayHold(_ hash: UInt64) -> Bool {
    bits[Int(truncatingIfNeeded: hash >> 6 & 63)] >> (hash & 63) & 1 == 1
  }
}
