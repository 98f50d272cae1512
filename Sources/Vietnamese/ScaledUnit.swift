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
    let bytes = text.bytes
    if bytes.first == UInt8(ascii: "t") || bytes.first == UInt8(ascii: "n") {
      for (word, zeros) in ScaledUnit.numerals where bytes.starts(with: word) {
        let rest = bytes.dropFirst(word.count)
        guard rest.first.map({ $0 == UInt8(ascii: " ") }) ?? true else { continue }
        self.zeros = zeros
        unit = rest.isEmpty ? nil : text.part(rest.startIndex..<rest.endIndex).trimmed
        return
      }
    }
    zeros = 0
    unit = text.isEmpty ? nil : text
  }
}
