/// The words that some phrases begin with as bits, the first two of each: most words of a text begin
/// none of them, and this says so by one look at a word and the one before it.
struct PhraseFilter: Sendable {
  private var pairs = [UInt64](repeating: 0, count: 1024)
  /// Of phrases of one word.
  private var singles = [UInt64](repeating: 0, count: 64)
  private var hasSingles = false

  mutating func insert(_ first: UInt64, _ second: UInt64) {
    let pair = PhraseFilter.pair(first, second)
    pairs[Int(truncatingIfNeeded: pair >> 6 & 1023)] |= 1 << (pair & 63)
  }

  mutating func insert(_ only: UInt64) {
    singles[Int(truncatingIfNeeded: only >> 6 & 63)] |= 1 << (only & 63)
    hasSingles = true
  }

  /// False where surely none begins with a word, or with it and the one before; by the keys of
  /// ``WordTable``.
  @inline(__always)
  func mayBegin(with word: UInt64, after previous: UInt64) -> Bool {
    let pair = PhraseFilter.pair(previous, word)
    if pairs[Int(truncatingIfNeeded: pair >> 6 & 1023)] &>> (pair & 63) & 1 == 1 { return true }
    return hasSingles && singles[Int(truncatingIfNeeded: word >> 6 & 63)] &>> (word & 63) & 1 == 1
  }

  @inline(__always)
  private static func pair(_ first: UInt64, _ second: UInt64) -> UInt64 { first &* 3 &+ second }
}
