import Texts

/// A unit of measure with the numeral that may stand before it: `tỷ đồng` counts đồng by 10⁹.
public struct ScaledUnit: Sendable {
  /// The number of zeros that the numeral stands for, 6 for `triệu`; 0 for a unit without one.
  public let zeros: Int
  /// The unit behind the numeral; nil where none is named, as in `13,5 tỷ`.
  public let unit: Text?

  private static let numerals = [
    ("nghìn tỷ", 12), ("nghìn tỉ", 12), ("tỷ", 9), ("tỉ", 9), ("triệu", 6), ("nghìn", 3),
    ("ngàn", 3),
  ].map { (Array($0.utf8), $1) }

  /// Splits a unit as it is written in small letters.
  public init(_ text: Text) {
    guard let (length, zeros) = text.withBytes({ ScaledUnit.numeral(atStartOf: $0) }) else {
      self.zeros = 0
      unit = text.isEmpty ? nil : text
      return
    }
    self.zeros = zeros
    let rest = text.bytes.dropFirst(length)
    unit = rest.isEmpty ? nil : text.part(rest.startIndex..<rest.endIndex).trimmed
  }

  /// The number of bytes of the numeral that small letters begin with, and of the blanks behind it; 0 for
  /// none.
  public static func numeralLength(atStartOf small: Span<UInt8>) -> Int {
    guard var (length, _) = numeral(atStartOf: small) else { return 0 }
    while length < small.count, small[length] == UInt8(ascii: " ") { length += 1 }
    return length
  }

  private static func numeral(atStartOf small: Span<UInt8>) -> (length: Int, zeros: Int)? {
    guard !small.isEmpty, small[0] == UInt8(ascii: "t") || small[0] == UInt8(ascii: "n") else {
      return nil
    }
    for (word, zeros) in numerals where word.count <= small.count {
      guard small.extracting(0..<word.count).hasSameBytes(as: word.span),
        word.count == small.count || small[word.count] == UInt8(ascii: " ")
      else { continue }
      return (word.count, zeros)
    }
    return nil
  }
}
