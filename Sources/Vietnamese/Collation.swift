/// A key whose bytes compare as a Vietnamese dictionary orders the texts: syllable by syllable,
/// letters before tone (ngang, huyền, hỏi, ngã, sắc, nặng); digits by value and before letters;
/// small letters before capitals where all else is equal.
///
/// Where the tone of a syllable stands does not matter (hòa = hoà), nor do spaces and signs.
public func sortKey(_ text: ArraySlice<UInt8>) -> [UInt8] {
  var key = SortKey()
  for scalar in String(decoding: text, as: UTF8.self).unicodeScalars { key.add(scalar) }
  return key.finished()
}

/// Whether one text stands before another in a Vietnamese dictionary.
public func precedes(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Bool {
  sortKey(left).lexicographicallyPrecedes(sortKey(right))
}

/// A sort key in the making. Lower bytes first: the end of the text, of a syllable, tones, digits,
/// letters, other alphabets.
private struct SortKey {
  private var bytes: [UInt8] = []
  private var cases: [UInt8] = []
  private var tones: [UInt8] = []
  private var digits: [UInt8] = []
  private var isInSyllable = false

  private static let endOfText: UInt8 = 0
  private static let endOfSyllable: UInt8 = 1
  private static let firstTone: UInt8 = 2
  private static let digitRun: UInt8 = 8
  private static let firstLetter: UInt8 = 0x10

  mutating func add(_ scalar: Unicode.Scalar) {
    switch Letter(scalar) {
    case .vietnamese(let rank, let tone, let isCapital):
      endDigits()
      isInSyllable = true
      bytes.append(Self.firstLetter + rank)
      cases.append(isCapital ? 1 : 0)
      if tone != .ngang { tones.append(Self.firstTone + tone.rawValue) }
    case .foreign(let scalar):
      endDigits()
      isInSyllable = true
      let lower = scalar.properties.lowercaseMapping
      bytes += lower.utf8
      cases.append(String(scalar) == lower ? 0 : 1)
    case .digit(let byte):
      endSyllable()
      digits.append(byte)
    case .separator:
      endSyllable()
      endDigits()
    }
  }

  mutating func finished() -> [UInt8] {
    endSyllable()
    endDigits()
    return bytes + [Self.endOfText] + cases
  }

  private mutating func endSyllable() {
    guard isInSyllable else { return }
    isInSyllable = false
    bytes.append(Self.endOfSyllable)
    bytes += tones.isEmpty ? [Self.firstTone] : tones
    tones = []
  }

  /// More digits make a greater number, so their count comes before them.
  private mutating func endDigits() {
    guard !digits.isEmpty else { return }
    let significant = digits.drop { $0 == UInt8(ascii: "0") }
    let count = UInt32(truncatingIfNeeded: significant.count)
    bytes.append(Self.digitRun)
    for shift in [24, 16, 8, 0] as [UInt32] {
      bytes.append(UInt8(truncatingIfNeeded: count >> shift))
    }
    bytes += significant
    digits = []
  }
}
