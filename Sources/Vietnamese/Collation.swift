/// The sort key of a text: bytes whose order is the order of the texts in a Vietnamese dictionary.
///
/// Texts are compared syllable by syllable, in each the letters before the tone (ngang, huyền, hỏi,
/// ngã, sắc, nặng). Numbers come before letters and are ordered by value. Texts that are otherwise
/// equal have small letters before capitals. Spaces and signs do not count, nor on which letter of a
/// syllable the tone mark stands (hòa = hoà).
public func sortKey(_ text: ArraySlice<UInt8>) -> [UInt8] {
  var key = SortKey()
  for scalar in String(decoding: text, as: UTF8.self).unicodeScalars { key.add(scalar) }
  return key.finished()
}

/// Whether a text stands before another in a Vietnamese dictionary.
///
/// Makes both keys anew; whoever sorts many texts keeps a ``sortKey(_:)`` of each instead.
public func precedes(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Bool {
  sortKey(left).lexicographicallyPrecedes(sortKey(right))
}

/// A sort key being built, scalar by scalar.
///
/// The values of its bytes give the order: the end of the text is lowest, then come the end of a
/// syllable, tones, numbers, Vietnamese letters, and the UTF-8 of other letters.
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

  /// Writes the number of digits before the digits, since of two numbers the longer is greater.
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
