import Texts

/// The sort key of a text: bytes whose order is the order of the texts in a Vietnamese dictionary.
///
/// Texts are compared syllable by syllable, in each the letters before the tone (ngang, huyền, hỏi,
/// ngã, sắc, nặng). Numbers come before letters and are ordered by value. Texts that are otherwise
/// equal have small letters before capitals. Spaces and signs do not count, nor on which letter of
/// a syllable the tone mark stands (hòa = hoà).
public func sortKey(_ text: ArraySlice<UInt8>) -> [UInt8] {
  var key = ByteBuffer()
  appendSortKey(of: text.span, to: &key)
  return key.bytes
}

/// Appends the sort key of a text, see ``sortKey(_:)``. The keys of many texts can lie in one
/// buffer.
public func appendSortKey(of text: Span<UInt8>, to key: inout ByteBuffer) {
  var writer = SortKeyWriter()
  key.reserve(text.count * 2 + 16)
  writer.append(text, to: &key)
}

/// A writer of one sort key, scalar by scalar.
///
/// The values of its bytes give the order: the end of the text is lowest, then come the end of a
/// syllable, tones, numbers, Vietnamese letters, and the UTF-8 of other letters.
private struct SortKeyWriter: ~Copyable {
  /// A byte for each letter: 1 for a capital, 0 for a small letter.
  private var cases = ByteBuffer()
  /// The tones of the syllable so far, as bytes of the key.
  private var tones = ByteBuffer()
  private var isInSyllable = false
  /// The offset of the first digit of the number so far; nil outside a number.
  private var numberStart: Int?

  private static let endOfText: UInt8 = 0
  private static let endOfSyllable: UInt8 = 1
  private static let firstTone: UInt8 = 2
  private static let digitRun: UInt8 = 8
  private static let firstLetter: UInt8 = 0x10

  mutating func append(_ text: Span<UInt8>, to key: inout ByteBuffer) {
    let table = SortCode.table
    cases.reserve(text.count)
    var offset = 0
    while offset < text.count {
      let end = text.scalarEnd(from: offset)
      let code = SortCode(at: offset..<end, of: text, table)
      switch code.kind {
      case .letter:
        if numberStart != nil { endNumber(offset, of: text, to: &key) }
        isInSyllable = true
        key.append(Self.firstLetter &+ code.rank)
        cases.append(code.isCapital ? 1 : 0)
        if code.tone > 0 { tones.append(Self.firstTone &+ code.tone) }
      case .digit:
        if isInSyllable { endSyllable(to: &key) }
        if numberStart == nil { numberStart = offset }
      case .separator: endWord(offset, of: text, to: &key)
      case .other: add(other: offset..<end, of: text, to: &key)
      }
      offset = end
    }
    endWord(text.count, of: text, to: &key)
    key.append(Self.endOfText)
    key.append(cases.span)
  }

  /// Adds a scalar that is not in the table: a letter of another alphabet, or a sign.
  private mutating func add(
    other range: Range<Int>, of text: Span<UInt8>, to key: inout ByteBuffer
  ) {
    // U+0300…U+033F are combining marks, the most frequent of these scalars.
    let isMark = text[range.lowerBound] == 0xCC
    if !isMark, !Letter(text.scalar(at: range.lowerBound)).isForeign {
      return endWord(range.lowerBound, of: text, to: &key)
    }
    if numberStart != nil { endNumber(range.lowerBound, of: text, to: &key) }
    isInSyllable = true
    let start = key.count
    appendLowercased(text.extracting(range), to: &key)
    let lower = key.span.extracting(start..<key.count)
    let isSmall = lower.count == range.count && lower.hasSameBytes(as: text.extracting(range))
    cases.append(isSmall ? 0 : 1)
  }

  /// Ends the syllable or number before an offset.
  private mutating func endWord(
    _ end: Int, of text: Span<UInt8>, to key: inout ByteBuffer
  ) {
    if isInSyllable { endSyllable(to: &key) }
    if numberStart != nil { endNumber(end, of: text, to: &key) }
  }

  private mutating func endSyllable(to key: inout ByteBuffer) {
    isInSyllable = false
    key.append(Self.endOfSyllable)
    if tones.isEmpty { return key.append(Self.firstTone) }
    key.append(tones.span)
    tones.removeAll()
  }

  /// Writes the number of digits before the digits, since of two numbers the longer is greater.
  private mutating func endNumber(
    _ end: Int, of text: Span<UInt8>, to key: inout ByteBuffer
  ) {
    guard var start = numberStart else { return }
    numberStart = nil
    while start < end, text[start] == UInt8(ascii: "0") { start += 1 }
    key.append(Self.digitRun)
    for shift in stride(from: UInt32(24), through: 0, by: -8) {
      key.append(UInt8(truncatingIfNeeded: UInt32(truncatingIfNeeded: end - start) >> shift))
    }
    key.append(start..<end, of: text)
  }
}

extension Letter {
  fileprivate var isForeign: Bool { if case .foreign = self { true } else { false } }
}

/// The part of a scalar in a sort key.
private struct SortCode: BitwiseCopyable {
  enum Kind: UInt8 {
    case other
    case letter
    case digit
    case separator
  }

  let kind: Kind
  let isCapital: Bool
  /// The place of a letter in ``Alphabet/letters``.
  let rank: UInt8
  /// The raw value of a letter's ``Tone``.
  let tone: UInt8

  init(_ kind: Kind, rank: UInt8 = 0, tone: UInt8 = 0, isCapital: Bool = false) {
    (self.kind, self.rank, self.tone, self.isCapital) = (kind, rank, tone, isCapital)
  }

  /// The code of the scalar in a range of a text.
  @inline(__always)
  init(at range: Range<Int>, of text: Span<UInt8>, _ table: [SortCode]) {
    let lead = text[range.lowerBound]
    let last = Int(text[range.upperBound &- 1] & 0x3F)
    if lead < 0x80 {
      self = table[Int(lead)]
    } else if lead < 0xC7 {
      self = table[Int(lead & 0x1F) &<< 6 | last]
    } else if lead == 0xE1, range.count == 3, text[range.lowerBound &+ 1] &- 0xBA < 2 {
      self = table[0x1C0 &+ Int(text[range.lowerBound &+ 1] &- 0xBA) &<< 6 &+ last]
    } else {
      let isSign = lead == 0xE2 && range.count == 3 && text[range.lowerBound &+ 1] == 0x80
      self = SortCode(isSign ? .separator : .other)
    }
  }

  /// The codes of U+0000 … U+01BF, and then of U+1E80 … U+1EFF.
  static let table: [SortCode] = (0..<0x240).map { index in
    SortCode(Unicode.Scalar(UInt16(index < 0x1C0 ? index : 0x1E80 + index - 0x1C0)))
  }

  private init(_ scalar: Unicode.Scalar?) {
    switch scalar.map({ Letter($0) }) {
    case .vietnamese(let rank, let tone, let isCapital):
      self = SortCode(.letter, rank: rank, tone: tone.rawValue, isCapital: isCapital)
    case .digit: self = SortCode(.digit)
    case .separator: self = SortCode(.separator)
    case .foreign, nil: self = SortCode(.other)
    }
  }
}
