import Diagnostics
import Texts

/// One look at the bytes of running texts, each on its own: most of them surely have no slip of
/// ``TypingSlips``, no sign of a document and no name of ``starts``.
struct TextLook: WordVisitor {
  /// What must not be named: frequent slips, and bodies that are not there.
  private let starts: PhraseFilter
  private var previous: UInt64 = 0
  private var previousEnd = 0
  private var mayHoldPhrase = false
  private var mayHoldSlip = false
  private var hasQuotes = false

  init(for starts: PhraseFilter) { self.starts = starts }

  /// - Parameter bytes: of the whole source.
  mutating func isSurelyRight(_ bytes: Span<UInt8>, _ text: Range<Int>) -> Bool {
    guard take(bytes, text), !mayHoldPhrase, !mayHoldSlip else { return false }
    return !hasQuotes || areQuotesPaired(bytes, text)
  }

  /// Whether a text surely has no phrase of ``starts``, whatever else it has.
  mutating func surelyHasNoPhrase(_ bytes: Span<UInt8>, _ text: Range<Int>) -> Bool {
    take(bytes, text) && !mayHoldPhrase
  }

  private mutating func take(_ bytes: Span<UInt8>, _ text: Range<Int>) -> Bool {
    guard bytes.count >= 64 else { return false }
    (previous, previousEnd) = (0, text.lowerBound)
    (mayHoldPhrase, mayHoldSlip, hasQuotes) = (false, false, false)
    return visitBlocks(bytes, text)
  }

  @inline(__always)
  mutating func visitWord(
    _ start: Int, _ end: Int, isOdd: @autoclosure () -> Bool, _ bytes: Span<UInt8>
  ) {
    let key = WordTable.key(bytes, start, end)
    if starts.mayBegin(with: key, after: previous) { mayHoldPhrase = true }
    if key == previous, areBlank(bytes, previousEnd, start),
      Word.Kind(bytes, start, end) == .small
    {
      mayHoldSlip = true
    }
    (previous, previousEnd) = (key, end)
  }

  @inline(__always)
  mutating func visitSign(at index: Int, in text: Range<Int>, _ bytes: Span<UInt8>) {
    switch bytes[index] {
    case UInt8(ascii: "."), UInt8(ascii: ")"):
      if isInWords(bytes, index, text) { mayHoldSlip = true }
    case UInt8(ascii: "-"), UInt8(ascii: "/"):
      if maySignGoOn(bytes, index, text) { mayHoldSlip = true }
    default:
      if isQuote(bytes, index, text.upperBound) { hasQuotes = true }
    }
  }
}

/// Whether a point stands between a word and a letter, as in `6.Thực hiện`.
private func isInWords(_ bytes: Span<UInt8>, _ index: Int, _ text: Range<Int>) -> Bool {
  guard index > text.lowerBound, index + 1 < text.upperBound else { return false }
  let (before, after) = (bytes[index - 1], bytes[index + 1])
  return before > UInt8(ascii: " ") && after > UInt8(ascii: " ") && after &- 0x30 >= 10
}

/// Whether a `/` or `-` may stand in the sign of a document: `34/2007/PL-UBTVQH11`, `120 -KL/TW`;
/// not in `30/6/2024`.
private func maySignGoOn(_ bytes: Span<UInt8>, _ index: Int, _ text: Range<Int>) -> Bool {
  var (before, after) = (index, index + 1)
  while before > text.lowerBound, bytes[before - 1] == 0x20 { before -= 1 }
  guard before > text.lowerBound, bytes[before - 1] &- 0x30 < 10 else { return false }
  while after < text.upperBound, bytes[after] == 0x20 { after += 1 }
  var end = after
  while end < text.upperBound, letterWidth(bytes[end]) > 0 { end += letterWidth(bytes[end]) }
  guard after - before <= 3, end > after, end <= text.upperBound else { return false }
  switch Word.Kind(bytes, after, end) {
  case .small: return false
  case .capital, .mixed: return true
  case .number:
    // A year, with more behind it.
    guard bytes[index] == UInt8(ascii: "/"), end - after == 4 else { return false }
    return (end..<min(end + 3, text.upperBound)).contains {
      bytes[$0] == UInt8(ascii: "/") || bytes[$0] == UInt8(ascii: "-")
    }
  }
}

/// Whether every quotation mark of a text is “ or ", and closed before the next one opens.
private func areQuotesPaired(_ bytes: Span<UInt8>, _ text: Range<Int>) -> Bool {
  var open: UInt8 = 0
  for index in text where isQuote(bytes, index, text.upperBound) {
    let quote = bytes[index] == 0xE2 ? bytes[index + 2] : bytes[index]
    switch (quote, open) {
    case (0x22, 0), (0x9C, 0): open = quote
    case (0x22, 0x22), (0x9D, 0x9C): open = 0
    default: return false
    }
  }
  return open == 0
}
