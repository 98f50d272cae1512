import Texts

/// Splits texts into words: finds where these begin and end, and which of them checks look at.
struct WordSplitter: Sendable {
  private(set) var places: [Place] = []
  private(set) var count = 0
  private(set) var marks: [Mark] = []
  private(set) var markCount = 0
  private(set) var hasQuotes = false
  private var filter = WordFilter()
  /// The key of the word before.
  private var previous: UInt64 = 0

  /// The place of a word, and its key; see ``WordTable/key(_:_:_:)``.
  struct Place: BitwiseCopyable {
    let range: SourceRange
    let key: UInt64
  }

  /// A word that checks look at.
  struct Mark: BitwiseCopyable {
    let index: Int32
    let key: UInt64
    /// Tells whether it has digits, or may be the letter or the Roman numeral of a point.
    let isOdd: Bool
    /// Tells whether it may be the word before once more.
    let mayBeDouble: Bool
  }

  /// Begins a text of so many bytes.
  ///
  /// - Parameter filter: has the words that are to be marked.
  mutating func begin(_ length: Int, _ filter: WordFilter) {
    self.filter = filter
    (count, markCount, hasQuotes, previous) = (0, 0, false, 0)
    // Between two words there is a byte at least.
    let most = length / 2 + 1
    guard places.count < most else { return }
    let nowhere = Place(range: SourceRange(start: 0, end: 0), key: 0)
    places = [Place](repeating: nowhere, count: most * 2)
    let none = Mark(index: 0, key: 0, isOdd: false, mayBeDouble: false)
    marks = [Mark](repeating: none, count: most * 2)
  }

  /// Splits a text 64 bytes at a time.
  ///
  /// - Parameter bytes: 64 at least, with those before and behind the text.
  /// - Returns: false for a text with characters of four bytes, of which it does not find all.
  mutating func splitBlocks(_ bytes: Span<UInt8>, _ text: Range<Int>) -> Bool {
    // Of the block before: where the word began that its last byte is of, and which first bytes of
    // this one belong to a sign that it leads.
    var (open, rest): (Int?, UInt64) = (nil, 0)
    var block = text.lowerBound
    while block < text.upperBound {
      let count = text.upperBound &- block
      let bits = WordBits(bytes.bytes, at: block, count: count)
      let inText = count >= 64 ? UInt64.max : ~(UInt64.max &<< UInt64(truncatingIfNeeded: count))
      var words = bits.words & inText & ~rest
      rest = 0
      if bits.signs & inText != 0 {
        guard let signs = visitSigns(bits.signs & inText, block, text, bytes) else { return false }
        words &= ~signs.bits
        rest = signs.rest
      }
      let before = words &<< 1 | (open == nil ? 0 : 1)
      var (starts, ends) = (words & ~before, before & ~words)
      if let start = open, ends != 0 {
        let end = block &+ ends.trailingZeroBitCount
        visitWord(start, end, isOdd: isOdd(bytes, start, end), bytes)
        ends &= ends &- 1
        open = nil
      }
      // In a run of ones, a digit's bit carries over to where the run ends.
      let odd = (words &+ (bits.digits & words)) | starts &<< 1
      while ends != 0 {
        let (first, end) = (starts.trailingZeroBitCount, ends.trailingZeroBitCount)
        starts &= starts &- 1
        ends &= ends &- 1
        visitWord(
          block &+ first, block &+ end,
          isOdd: odd &>> UInt64(truncatingIfNeeded: end) & 1 == 1, bytes)
      }
      if starts != 0 { open = block &+ starts.trailingZeroBitCount }
      block &+= 64
    }
    if let start = open {
      let end = text.upperBound
      visitWord(start, end, isOdd: isOdd(bytes, start, end), bytes)
    }
    return true
  }

  /// The bytes of signs above ASCII; `rest` are those in the next block. nil where one takes four
  /// bytes.
  @inline(__always)
  private mutating func visitSigns(
    _ signs: UInt64, _ block: Int, _ text: Range<Int>, _ bytes: Span<UInt8>
  ) -> (bits: UInt64, rest: UInt64)? {
    var signs = signs
    var (bits, rest): (UInt64, UInt64) = (0, 0)
    while signs != 0 {
      let place = signs.trailingZeroBitCount
      signs &= signs &- 1
      let byte = bytes[block &+ place]
      if byte >= 0xF0 { return nil }
      visitSign(at: block &+ place, in: text, bytes)
      if byte < 0x80 { continue }
      let sign: UInt64 = byte < 0xE0 ? 0b11 : 0b111
      bits |= sign &<< UInt64(truncatingIfNeeded: place)
      if place > 61 { rest = sign >> UInt64(truncatingIfNeeded: 64 &- place) }
    }
    return (bits, rest)
  }

  /// - Parameter isOdd: whether it has digits, or a single byte.
  @inline(__always)
  private mutating func visitWord(
    _ start: Int, _ end: Int, isOdd: @autoclosure () -> Bool, _ bytes: Span<UInt8>
  ) {
    let key = WordTable.key(bytes, start, end)
    places[count] = Place(range: SourceRange(start: start, end: end), key: key)
    // Where it is not marked, the next mark takes this one's place.
    let mayBeDouble = key == previous
    let isOdd = isOdd() || mayBeNumeral(bytes[start], end &- start)
    marks[markCount] = Mark(
      index: Int32(truncatingIfNeeded: count), key: key, isOdd: isOdd, mayBeDouble: mayBeDouble)
    let isMarked = isOdd || mayBeDouble || filter.mayHold(key)
    markCount &+= isMarked ? 1 : 0
    count &+= 1
    previous = key
  }

  /// Looks at a sign of ``WordBits/signs``.
  @inline(__always)
  private mutating func visitSign(at index: Int, in text: Range<Int>, _ bytes: Span<UInt8>) {
    if isQuote(bytes, index, text.upperBound) { hasQuotes = true }
  }

  /// Splits a text byte by byte; finds what going through it by blocks finds.
  mutating func splitBytes(_ bytes: Span<UInt8>, _ range: Range<Int>) {
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
  /// Looks at all bytes of a word.
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

/// Tells whether a word has digits, or may be the letter of a point.
func isOdd(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
  hasDigits(bytes, start, end) || end - start == 1
}

/// Tells whether a short word begins like a Roman numeral.
@inline(__always)
private func mayBeNumeral(_ first: UInt8, _ length: Int) -> Bool {
  length <= 4 && (first == 0x49 || first == 0x56 || first == 0x58)
}

/// Tells whether blanks stand between two words, and nothing else.
func areBlank(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
  for index in start..<end where bytes[index] != 0x20 && bytes[index] != 0x0A { return false }
  return true
}

/// Tells whether one of the marks begins here that ``TypingSlips`` takes for quotes.
@inline(__always)
func isQuote(_ bytes: Span<UInt8>, _ index: Int, _ end: Int) -> Bool {
  let byte = bytes[index]
  return byte == 0x22 || byte == 0xC2
    || (byte == 0xE2 && index &+ 2 < end && bytes[index &+ 1] == 0x80
      && bytes[index &+ 2] &- 0x98 < 6)
}

/// The number of bytes of the letter or digit that a byte leads; 0 for a sign or a blank.
@inline(__always)
func letterWidth(_ byte: UInt8) -> Int {
  if byte < 0x80 {
    return (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 ? 1 : 0
  }
  // Latin letters, and marks on them; C2 leads signs, E2 dashes and quotes.
  if byte >= 0xC3, byte < 0xE0 { return 2 }
  return byte == 0xE1 ? 3 : 0
}

/// Tells whether a capital of the Vietnamese alphabet begins at an index.
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
