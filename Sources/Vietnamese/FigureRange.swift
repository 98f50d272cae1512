import Diagnostics
import Texts

/// A range of figures with what may stand behind it: `11,5 - 12,4`, `11,5-12,4%`, `từ 5 đến 7 đơn`.
///
/// In data it stands with a hyphen between blanks and without a unit: `11,5 - 12,4`.
public struct FigureRange: Sendable {
  public let low: Text
  public let high: Text
  /// The sign or words behind it: `%`, `đơn`; nil where there are none.
  public let unit: Text?
  /// Tells whether it is written as data have it.
  public let isPlain: Bool

  /// Reads a range; nil for any other text.
  public init?(_ text: Text) {
    let text = text.trimmed
    var rest = text.bytes[...]
    rest.drop("từ ")
    guard let low = rest.takeFigure() else { return nil }
    let isLowPercent = rest.drop("%")
    rest.dropBlanks()
    guard ["-", "–", "—", "đến "].contains(where: { rest.drop($0) }) else { return nil }
    rest.dropBlanks()
    guard let high = rest.takeFigure() else { return nil }
    (self.low, self.high) = (text.part(low), text.part(high))
    let unit = text.part(rest.startIndex..<rest.endIndex).trimmed
    guard (try? decimal(of: self.low)) != nil, (try? decimal(of: self.high)) != nil,
      unit.isEmpty || rest.first == UInt8(ascii: " ") || rest.first == UInt8(ascii: "%")
    else { return nil }
    self.unit = !unit.isEmpty ? unit : isLowPercent ? Text("%") : nil
    isPlain = text.string == "\(self.low.string) - \(self.high.string)"
  }

  /// The range as data have it.
  public var plain: String { "\(low.string) - \(high.string)" }
}

extension ArraySlice<UInt8> {
  /// Removes a word at the beginning; false where it is not there.
  @discardableResult
  fileprivate mutating func drop(_ word: String) -> Bool {
    guard starts(with: word.utf8) else { return false }
    self = dropFirst(word.utf8.count)
    return true
  }

  fileprivate mutating func dropBlanks() { self = drop { $0 == UInt8(ascii: " ") } }

  /// Removes the digits, dots and commas at the beginning; nil where there are none.
  fileprivate mutating func takeFigure() -> Range<Int>? {
    let figure = prefix { $0.isDigit || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",") }
    guard figure.first?.isDigit ?? false else { return nil }
    self = self[figure.endIndex...]
    return figure.indices
  }
}
