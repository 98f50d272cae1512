import Texts

/// Numbers of words, found by one look at their hash.
struct WordTable: Sendable {
  private var hashes: [UInt64] = [UInt64](repeating: 0, count: 64)
  private var numbers: [Int32] = [Int32](repeating: 0, count: 64)
  private(set) var count = 0

  /// Hashes a word, the same in every run; eight bytes at a time, so that most words take one step.
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
    let eight = bytes.bytes.unsafeLoadUnaligned(fromByteOffset: start, as: UInt64.self)
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

  /// Puts one to eight bytes into a word, the first one lowest. None is 0, so that also those of
  /// less than eight differ.
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

  /// Inserts the words of another filter.
  mutating func insert(_ other: WordFilter) {
    for index in bits.indices { bits[index] |= other.bits[index] }
  }

  /// False for the key of a word that is surely not among them.
  @inline(__always)
  func mayHold(_ key: UInt64) -> Bool {
    bits[Int(truncatingIfNeeded: key >> 6 & 63)] &>> (key & 63) & 1 == 1
  }
}
