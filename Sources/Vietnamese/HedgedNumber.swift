import Diagnostics
import Texts

/// A figure with what may stand around it, a hedge, `%` and a unit: `trên 9.000`, `gần 40%`,
/// `khoảng 13,5 tỷ đồng`.
public struct HedgedNumber: Sendable {
  /// The word before the figure that makes it inexact; nil for an exact figure.
  public let hedge: Hedge?
  /// The figure as a decimal in ASCII, as ``decimal(of:)`` gives it.
  public let decimal: [UInt8]
  public let isPercent: Bool
  /// The words after the figure, `tỷ đồng`; empty where there are none.
  public let unit: Text

  public enum Hedge: String, Sendable, CaseIterable {
    case over = "trên"
    case nearly = "gần"
    case moreThan = "hơn"
    case about = "khoảng"
    case under = "dưới"
    case atLeast = "ít nhất"
  }

  /// Reads a figure; throws what is wrong with its digits, as ``decimal(of:)`` does.
  public init(_ text: Text) throws(Diagnostic) {
    var rest = text.trimmed
    hedge = Hedge(takenFrom: &rest)
    let end = rest.bytes.firstIndex { $0.isSpace } ?? rest.bytes.endIndex
    var figure = rest.part(rest.bytes.startIndex..<end)
    unit = rest.part(end..<rest.bytes.endIndex).trimmed
    isPercent = figure.bytes.last == UInt8(ascii: "%")
    if isPercent { figure = figure.part(figure.bytes.startIndex..<figure.bytes.endIndex - 1) }
    if rest.mayBeRange, FigureRange(rest) != nil {
      throw Diagnostic(.value(.range(rest.string, meant: nil)), at: rest)
    }
    decimal = try Vietnamese.decimal(of: figure)
    // In `1 400`, 400 is no unit: the space was meant to group digits.
    if unit.bytes.first?.isDigit == true {
      let digits = rest.bytes.prefix { $0.isDigit || " .,".utf8.contains($0) }
      _ = try Vietnamese.decimal(of: rest.part(digits.indices).trimmed)
      throw Diagnostic(.value(.notANumber(rest.string, odd: nil)), at: rest)
    }
  }
}

extension Text {
  /// False where it surely is no ``FigureRange``: one has a dash or a letter with marks.
  fileprivate var mayBeRange: Bool {
    bytes.dropFirst().contains { $0 == UInt8(ascii: "-") || $0 >= 0x80 }
  }
}

extension HedgedNumber.Hedge {
  /// Removes a hedge, in small or capital letters, and the space after it from the text; nil where
  /// the text begins with none.
  fileprivate init?(takenFrom text: inout Text) {
    let lower = lowercased(text.bytes)
    guard let hedge = Self.allCases.first(where: { lower.starts(with: "\($0.rawValue) ".utf8) })
    else { return nil }
    // The small and capital forms of these words have the same number of bytes.
    let start = text.bytes.startIndex + hedge.rawValue.utf8.count
    text = text.part(start..<text.bytes.endIndex).trimmed
    self = hedge
  }
}
