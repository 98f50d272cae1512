import Diagnostics
import Texts
import Vietnamese

/// A run of letters and digits in a text.
struct Word {
  /// Where its bytes begin and end in the source.
  let start: Int
  let end: Int
  /// Of its first bytes, as ``WordFilter`` keeps them.
  let key: UInt64
  /// Of its bytes, as ``WordTable`` keeps them.
  let hash: UInt64
  let kind: Kind
  /// Whether only blanks stand between it and the word before.
  let followsBlank: Bool

  enum Kind: UInt8 { case small, capital, number, mixed }

  fileprivate init() {
    (start, end, key, hash, kind, followsBlank) = (0, 0, 0, 0, .small, false)
  }

  fileprivate init(_ bytes: Span<UInt8>, _ range: SourceRange, followsBlank: Bool) {
    (start, end) = (Int(range.start), Int(range.end))
    key = WordTable.key(bytes, start, end)
    hash = WordTable.hash(bytes, start, end, key)
    kind = Kind(bytes, start, end)
    self.followsBlank = followsBlank
  }
}

/// The words of a text: where they are, and which of them need a look; the rest of what is known of
/// a word is worked out when it is asked for. The room is kept for the texts that follow.
struct TextWords: RandomAccessCollection {
  /// All of it, so that eight bytes can be looked at also where the text ends.
  private var text = TextWords.none
  /// Those of the text, which lives as long as this.
  private var bytes = SourceBytes()
  private var places: [Place] = []
  private(set) var endIndex = 0
  private var marks: [Mark] = []
  private var markCount = 0
  /// Whether a quotation mark stands in the text.
  private(set) var hasQuotes = false

  private static let none = Text("")

  /// Where a word is, and its key.
  struct Place {
    let range: SourceRange
    let key: UInt64
  }

  /// A word that checks look at.
  struct Mark {
    let index: Int32
    let key: UInt64
    /// Whether it has digits, or may be the letter or the Roman numeral of a point.
    let isOdd: Bool
    /// Whether it may be the word before once more.
    let mayBeDouble: Bool
  }

  var startIndex: Int { 0 }

  subscript(index: Int) -> Word {
    let (range, followsBlank) = (range(at: index), followsBlank(at: index))
    var word = Word()
    bytes.withBytes(text.range) { word = Word($0, range, followsBlank: followsBlank) }
    return word
  }

  /// Of the word alone.
  func range(at index: Int) -> SourceRange {
    precondition(index >= 0 && index < endIndex)
    return places[index].range
  }

  /// Of the word alone.
  @inline(__always)
  func hash(at index: Int) -> UInt64 {
    precondition(index >= 0 && index < endIndex)
    let (range, key) = (places[index].range, places[index].key)
    guard range.count > 8 else { return key }
    var hash: UInt64 = 0
    bytes.withBytes(text.range) {
      hash = WordTable.hash($0, Int(range.start), Int(range.end), key)
    }
    return hash
  }

  /// Of the word alone.
  func followsBlank(at index: Int) -> Bool {
    guard index > 0 else { return false }
    let (start, end) = (Int(range(at: index - 1).end), Int(range(at: index).start))
    var isBlank = false
    bytes.withBytes(text.range) { isBlank = areBlank($0, start, end) }
    return isBlank
  }

  /// The words that a filter may hold, that are odd, or that may stand twice; in order.
  var marked: ArraySlice<Mark> { marks[..<markCount] }

  /// Takes a text apart in one pass over its bytes, in place of the one before.
  mutating func take(_ text: Text, marking filter: WordFilter) {
    take(text, marking: filter, byteByByte: text.source.bytes.count < 64)
  }

  /// - Parameter byteByByte: look at each byte alone, which finds the same.
  mutating func take(_ text: Text, marking filter: WordFilter, byteByByte: Bool) {
    self.text = text.source.text
    bytes = SourceBytes(text.source)
    makeRoom(for: text)
    let counts = places.withUnsafeMutableBufferPointer { places in
      marks.withUnsafeMutableBufferPointer { marks in
        self.text.withBytes { bytes in
          var taken = TakenWords(places, marks, marking: filter)
          if !byteByByte, taken.visitBlocks(bytes, text.range.bounds) {
            return (taken.count, taken.markCount, taken.hasQuotes)
          }
          var single = TakenWords(places, marks, marking: filter)
          single.takeBytes(bytes, text.range.bounds)
          return (single.count, single.markCount, single.hasQuotes)
        }
      }
    }
    (endIndex, markCount, hasQuotes) = counts
  }

  private mutating func makeRoom(for text: Text) {
    // Between two words there is a byte at least.
    let most = text.count / 2 + 1
    guard places.count < most else { return }
    let nowhere = Place(range: SourceRange(start: 0, end: 0), key: 0)
    places = [Place](repeating: nowhere, count: most * 2)
    let none = Mark(index: 0, key: 0, isOdd: false, mayBeDouble: false)
    marks = [Mark](repeating: none, count: most * 2)
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

  static func hash(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> UInt64 {
    hash(bytes, start, end, key(bytes, start, end))
  }

  /// The hash of the first eight bytes: of most words that is all.
  @inline(__always)
  static func key(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> UInt64 {
    let first: UInt64 = 0xCBF2_9CE4_8422_2325
    guard start &+ 8 <= bytes.count else { return mix(first, lastBytes(bytes, start, end)) }
    // Within the bytes.
    let eight = unsafe bytes.bytes.unsafeLoadUnaligned(
      fromUncheckedByteOffset: start, as: UInt64.self)
    // What stands behind the word is shifted out.
    let behind = UInt64(truncatingIfNeeded: 8 &* max(0, start &+ 8 &- end))
    return mix(first, (UInt64(littleEndian: eight) &<< behind) &>> behind)
  }

  /// - Parameter key: of the same bytes.
  @inline(__always)
  static func hash(_ bytes: Span<UInt8>, _ start: Int, _ end: Int, _ key: UInt64) -> UInt64 {
    end &- start <= 8 ? key : longHash(bytes, start, end, key)
  }

  private static func longHash(
    _ bytes: Span<UInt8>, _ start: Int, _ end: Int, _ key: UInt64
  ) -> UInt64 {
    var hash = key
    var index = start &+ 8
    while index &+ 8 <= end {
      let eight = bytes.bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
      hash = mix(hash, UInt64(littleEndian: eight))
      index &+= 8
    }
    if index < end {
      hash = mix(hash, lastBytes(bytes, index, end))
    }
    return hash
  }

  /// One to eight bytes, the first one lowest. None is 0, so that also those of less than eight
  /// differ.
  private static func lastBytes(_ bytes: Span<UInt8>, _ start: Int, _ end: Int) -> UInt64 {
    var last: UInt64 = 0
    for index in start..<min(end, start + 8) {
      last |= UInt64(bytes[index]) << UInt64((index - start) * 8)
    }
    return last
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

  /// Makes room for so many words.
  mutating func reserve(_ words: Int) {
    while hashes.count < words * 2 + 2 { grow() }
  }

  private mutating func grow() {
    let old = (hashes, numbers)
    hashes = [UInt64](repeating: 0, count: old.0.count * 2)
    numbers = [Int32](repeating: 0, count: old.0.count * 2)
    count = 0
    for (hash, number) in zip(old.0, old.1) where hash != 0 { insert(hash, Int(number)) }
  }
}

/// The keys of some words as bits: most words of a text are not among them, and this says so by
/// one look.
struct WordFilter: Sendable {
  private(set) var bits = [UInt64](repeating: 0, count: 64)

  mutating func insert(_ word: some Sequence<UInt8>) {
    let bytes = Array(word)
    insert(WordTable.key(bytes.span, 0, bytes.count))
  }

  /// - Parameter key: of a word.
  mutating func insert(_ key: UInt64) {
    bits[Int(truncatingIfNeeded: key >> 6 & 63)] |= 1 << (key & 63)
  }

  /// With the words of another filter.
  mutating func insert(_ other: WordFilter) {
    for index in bits.indices { bits[index] |= other.bits[index] }
  }

  /// False for the key of a word that is surely not among them.
  @inline(__always)
  func mayHold(_ key: UInt64) -> Bool {
    bits[Int(truncatingIfNeeded: key >> 6 & 63)] &>> (key & 63) & 1 == 1
  }
}
