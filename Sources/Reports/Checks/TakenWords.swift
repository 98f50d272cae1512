import Diagnostics

/// The words of a text while it is taken apart, see ``TextWords``.
struct TakenWords {
  /// There is room for a word more than every second byte.
  private let places: UnsafeMutableBufferPointer<TextWords.Place>
  private let marks: UnsafeMutableBufferPointer<TextWords.Mark>
  private(set) var count = 0
  private(set) var markCount = 0
  private(set) var hasQuotes = false
  /// The key of the word before.
  private var previous: UInt64 = 0

  init(
    _ places: UnsafeMutableBufferPointer<TextWords.Place>,
    _ marks: UnsafeMutableBufferPointer<TextWords.Mark>
  ) {
    (self.places, self.marks) = (places, marks)
  }

  @inline(__always)
  private mutating func add(
    _ start: Int, _ end: Int, isOdd: Bool, _ bytes: Span<UInt8>, _ filter: Span<UInt64>
  ) {
    let key = WordTable.key(bytes, start, end)
    places[count] = TextWords.Place(range: SourceRange(start: start, end: end), key: key)
    // Where it is not marked, the next mark takes this one's place.
    let mayBeDouble = key == previous
    marks[markCount] = TextWords.Mark(
      index: Int32(truncatingIfNeeded: count), key: key, isOdd: isOdd, mayBeDouble: mayBeDouble)
    let isMarked = isOdd || mayBeDouble || WordFilter.mayHold(key, filter)
    markCount &+= isMarked ? 1 : 0
    count &+= 1
    previous = key
  }

  // MARK: - By blocks

  /// Finds the words of 64 bytes at a time.
  ///
  /// - Returns: false for a text with characters of four bytes, which it does not take.
  mutating func takeBlocks(
    _ bytes: Span<UInt8>, _ range: Range<Int>, marking filter: Span<UInt64>
  ) -> Bool {
    var taken = self
    // Of the block before: where the word began that its last byte is of, and which first bytes of
    // this one belong to a sign that it leads.
    var (open, rest): (Int?, UInt64) = (nil, 0)
    var block = range.lowerBound
    while block < range.upperBound {
      let bits = WordBits(bytes.bytes, at: block)
      let count = range.upperBound &- block
      let inText = count >= 64 ? UInt64.max : ~(UInt64.max &<< UInt64(truncatingIfNeeded: count))
      var words = bits.words & inText & ~rest
      rest = 0
      if bits.quotes & inText != 0 { taken.hasQuotes = true }
      if bits.leads & inText != 0 {
        let leads = bits.leads & inText
        guard let signs = taken.passSigns(leads, block, bytes, range.upperBound) else {
          return false
        }
        words &= ~signs.bits
        rest = signs.rest
      }
      let before = words &<< 1 | (open == nil ? 0 : 1)
      var (starts, ends) = (words & ~before, before & ~words)
      if let start = open, ends != 0 {
        let end = block &+ ends.trailingZeroBitCount
        taken.add(start, end, isOdd: isOdd(bytes, start, end), bytes, filter)
        ends &= ends &- 1
        open = nil
      }
      // In a run of ones, a digit's bit carries over to where the run ends.
      let odd = (words &+ (bits.digits & words)) | starts &<< 1
      while ends != 0 {
        let (first, end) = (starts.trailingZeroBitCount, ends.trailingZeroBitCount)
        starts &= starts &- 1
        ends &= ends &- 1
        let start = block &+ first
        let isOdd =
          odd &>> UInt64(truncatingIfNeeded: end) & 1 == 1
          || mayBeNumeral(bytes[start], end &- first)
        taken.add(start, block &+ end, isOdd: isOdd, bytes, filter)
      }
      if starts != 0 { open = block &+ starts.trailingZeroBitCount }
      block &+= 64
    }
    if let start = open {
      let end = range.upperBound
      taken.add(start, end, isOdd: isOdd(bytes, start, end), bytes, filter)
    }
    self = taken
    return true
  }

  /// The bytes of the signs whose leads are given; `rest` are those in the next block. nil where
  /// one takes four bytes.
  private mutating func passSigns(
    _ leads: UInt64, _ block: Int, _ bytes: Span<UInt8>, _ end: Int
  ) -> (bits: UInt64, rest: UInt64)? {
    var leads = leads
    var (bits, rest): (UInt64, UInt64) = (0, 0)
    while leads != 0 {
      let place = leads.trailingZeroBitCount
      leads &= leads &- 1
      let byte = bytes[block &+ place]
      if byte >= 0xF0 { return nil }
      let sign: UInt64 = byte < 0xE0 ? 0b11 : 0b111
      bits |= sign &<< UInt64(truncatingIfNeeded: place)
      if place > 61 { rest = sign >> UInt64(truncatingIfNeeded: 64 &- place) }
      if isQuote(byte, bytes, block &+ place, end) { hasQuotes = true }
    }
    return (bits, rest)
  }

  // MARK: - Byte by byte

  mutating func takeBytes(
    _ bytes: Span<UInt8>, _ range: Range<Int>, marking filter: Span<UInt64>
  ) {
    var index = range.lowerBound
    while index < range.upperBound {
      let byte = bytes[index]
      if letterWidth(byte) == 0 {
        if isQuote(byte, bytes, index, range.upperBound) { hasQuotes = true }
        index &+= byte < 0x80 ? 1 : byte >= 0xE0 ? 3 : 2
      } else {
        let start = index
        while index < range.upperBound {
          let width = letterWidth(bytes[index])
          if width == 0 { break }
          index &+= width
        }
        let end = Swift.min(index, range.upperBound)
        add(start, end, isOdd: isOdd(bytes, start, end), bytes, filter)
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

/// Whether a word has digits, or may be the letter or the Roman numeral of a point.
private func isOdd(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
  hasDigits(bytes, start, end) || end - start == 1 || mayBeNumeral(bytes[start], end &- start)
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
private func isQuote(_ byte: UInt8, _ bytes: Span<UInt8>, _ index: Int, _ end: Int) -> Bool {
  byte == 0x22 || byte == 0xC2
    || (byte == 0xE2 && index &+ 2 < end && bytes[index &+ 1] == 0x80
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
