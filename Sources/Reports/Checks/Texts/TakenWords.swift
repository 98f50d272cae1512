import Diagnostics
import Texts

/// The words of a text while it is taken apart, see ``TextWords``.
struct TakenWords: WordVisitor {
  /// There is room for a word more than every second byte.
  private let places: UnsafeMutableBufferPointer<TextWords.Place>
  private let marks: UnsafeMutableBufferPointer<TextWords.Mark>
  private let filter: WordFilter
  private(set) var count = 0
  private(set) var markCount = 0
  private(set) var hasQuotes = false
  /// The key of the word before.
  private var previous: UInt64 = 0

  init(
    _ places: UnsafeMutableBufferPointer<TextWords.Place>,
    _ marks: UnsafeMutableBufferPointer<TextWords.Mark>, marking filter: WordFilter
  ) {
    (self.places, self.marks, self.filter) = (places, marks, filter)
  }

  @inline(__always)
  mutating func visitWord(
    _ start: Int, _ end: Int, isOdd: @autoclosure () -> Bool, _ bytes: Span<UInt8>
  ) {
    let key = WordTable.key(bytes, start, end)
    places[count] = TextWords.Place(range: SourceRange(start: start, end: end), key: key)
    // Where it is not marked, the next mark takes this one's place.
    let mayBeDouble = key == previous
    let isOdd = isOdd() || mayBeNumeral(bytes[start], end &- start)
    marks[markCount] = TextWords.Mark(
      index: Int32(truncatingIfNeeded: count), key: key, isOdd: isOdd, mayBeDouble: mayBeDouble)
    let isMarked = isOdd || mayBeDouble || filter.mayHold(key)
    markCount &+= isMarked ? 1 : 0
    count &+= 1
    previous = key
  }

  @inline(__always)
  mutating func visitSign(at index: Int, in text: Range<Int>, _ bytes: Span<UInt8>) {
    if isQuote(bytes, index, text.upperBound) { hasQuotes = true }
  }

  /// Goes through a text byte by byte; finds what going through it by blocks finds.
  mutating func takeBytes(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    var index = range.lowerBound
    while index < range.upperBound {
      let byte = bytes[index]
      if letterWidth(byte) == 0 {
        visitSign(at: index, in: range, bytes)
        index &+= byte < 0x80 ? 1 : byte >= 0xE0 ? 3 : 2
      } else {
        let start = index
        while index < range.upperBound {
          let width = letterWidth(bytes[index])
          if width == 0 { break }
          index &+= width
        }
        let end = Swift.min(index, range.upperBound)
        visitWord(start, end, isOdd: isOdd(bytes, start, end), bytes)
      }
    }
  }
}

extension Word.Kind {
  /// By all bytes of a word.
  init(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) {
    if hasDigits(bytes, start, end) {
      var hasLetters = false
      for index in start..<end where bytes[index] &- 0x30 >= 10 { hasLetters = true }
      self = hasLetters ? .mixed : .number
    } else {
      self = isCapital(bytes, start) ? .capital : .small
    }
  }
}

private func hasDigits(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
  for index in start..<end where bytes[index] &- 0x30 < 10 { return true }
  return false
}

/// Whether a word has digits, or may be the letter of a point.
func isOdd(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
  hasDigits(bytes, start, end) || end - start == 1
}

/// Whether a short word begins like a Roman numeral.
@inline(__always)
private func mayBeNumeral(_ first: UInt8, _ length: Int) -> Bool {
  length <= 4 && (first == 0x49 || first == 0x56 || first == 0x58)
}

/// Whether blanks stand between two words, and nothing else.
func areBlank(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
  for index in start..<end where bytes[index] != 0x20 && bytes[index] != 0x0A { return false }
  return true
}

/// Whether one of the marks begins here that ``TypingSlips`` takes for quotes.
@inline(__always)
func isQuote(_ bytes: Span<UInt8>, _ index: Int, _ end: Int) -> Bool {
  let byte = bytes[index]
  return byte == 0x22 || byte == 0xC2
    || (byte == 0xE2 && index &+ 2 < end && bytes[index &+ 1] == 0x80
      && bytes[index &+ 2] &- 0x98 < 6)
}

/// How many bytes the letter or digit takes that a byte leads; 0 for a sign or a blank.
@inline(__always)
func letterWidth(_ byte: UInt8) -> Int {
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
