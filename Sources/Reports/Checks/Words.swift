import Diagnostics
import Vietnamese

/// A run of letters and digits in a text.
struct Word {
  let start: Int
  let end: Int
  /// Of its bytes, as ``WordTable`` keeps them.
  let hash: UInt64
  let kind: Kind
  /// Whether only blanks stand between it and the word before.
  let followsBlank: Bool

  enum Kind { case small, capital, number, mixed }
}

extension [Word] {
  /// Takes a text apart in one pass over its bytes, in place of what was here.
  mutating func take(from bytes: [UInt8], _ range: Range<Int>) {
    removeAll(keepingCapacity: true)
    var index = range.lowerBound
    var isAfterBlank = false
    while index < range.upperBound {
      let byte = bytes[index]
      guard let width = letterWidth(bytes, index) else {
        isAfterBlank = (byte == 0x20 || byte == 0x0A) && (isAfterBlank || isEnd(index))
        index += byte < 0x80 ? 1 : byte >= 0xE0 ? 3 : 2
        continue
      }
      let start = index
      var hash = WordTable.seed
      var (hasDigits, hasLetters) = (false, false)
      var next: Int? = width
      while let width = next, index < range.upperBound {
        for offset in index..<index + width { hash = WordTable.mix(hash, bytes[offset]) }
        if bytes[index] &- 0x30 < 10 { hasDigits = true } else { hasLetters = true }
        index += width
        next = index < range.upperBound ? letterWidth(bytes, index) : nil
      }
      let kind: Word.Kind =
        hasDigits
        ? hasLetters ? .mixed : .number : isCapital(bytes, start) ? .capital : .small
      append(
        Word(start: start, end: index, hash: hash, kind: kind, followsBlank: isAfterBlank))
      isAfterBlank = false
    }
  }

  /// Whether the last word ends here.
  private func isEnd(_ index: Int) -> Bool { last?.end == index }
}

/// How many bytes the letter or digit at an index takes; nil for a sign or a blank.
private func letterWidth(_ bytes: [UInt8], _ index: Int) -> Int? {
  let byte = bytes[index]
  if byte < 0x80 {
    return (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 ? 1 : nil
  }
  // Latin letters, and marks on them; C2 leads signs, E2 dashes and quotes.
  if byte >= 0xC3, byte < 0xE0 { return 2 }
  return byte == 0xE1 ? 3 : nil
}

/// Whether a capital of the Vietnamese alphabet begins at an index.
func isCapital(_ bytes: [UInt8], _ index: Int) -> Bool {
  let byte = bytes[index]
  switch byte {
  case 0x41...0x5A: return true
  case 0xC3: return bytes[index + 1] < 0x9F
  case 0xC4, 0xC5: return bytes[index + 1] & 1 == 0
  // Ơ and Ư.
  case 0xC6: return bytes[index + 1] == 0xA0 || bytes[index + 1] == 0xAF
  case 0xE1: return bytes[index + 2] & 1 == 0
  default: return false
  }
}

/// Numbers of words, found by one look at their hash.
struct WordTable: Sendable {
  private var hashes: [UInt64] = [UInt64](repeating: 0, count: 64)
  private var numbers: [Int32] = [Int32](repeating: 0, count: 64)
  private(set) var count = 0

  static let seed: UInt64 = 0xCBF2_9CE4_8422_2325

  @inline(__always)
  static func mix(_ hash: UInt64, _ byte: UInt8) -> UInt64 {
    let mixed = (hash ^ UInt64(byte)) &* 0x9E37_79B9_7F4A_7C15
    return mixed ^ mixed >> 29
  }

  static func hash(_ bytes: some Sequence<UInt8>) -> UInt64 {
    bytes.reduce(seed) { mix($0, $1) }
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
