/// A cell that begins like a formula would be run by the spreadsheet that opens the sheet. Written,
/// it gets an apostrophe before it, which makes it text; read, it loses that apostrophe again.
public enum FormulaGuard {
  /// The value as it is written into a cell.
  public static func guarded(_ value: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    looksLikeFormula(value) ? [apostrophe] + value : value
  }

  /// The value that a cell was written from; nil where nothing is to be taken off.
  public static func unguarded(_ cell: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    cell.first == apostrophe && looksLikeFormula(cell) ? cell.dropFirst() : nil
  }

  private static let apostrophe = UInt8(ascii: "'")

  /// `=`, `+`, `-`, `@`, also as full-width signs and behind blanks and apostrophes; a tab, which
  /// some programs take for the start of a new cell. Figures such as `-5` and `+12,5%` are none.
  private static func looksLikeFormula(_ value: ArraySlice<UInt8>) -> Bool {
    let text = value.drop { $0 == apostrophe }
    if text.first == 0x09 { return true }
    let rest = text.drop(while: \.isBlank)
    guard let first = rest.first else { return false }
    if first == UInt8(ascii: "=") || first == UInt8(ascii: "@") { return true }
    if first == UInt8(ascii: "+") || first == UInt8(ascii: "-") {
      return !isFigure(rest.dropFirst())
    }
    return fullWidthSigns.contains { rest.starts(with: $0) }
  }

  private static let fullWidthSigns = ["＝", "＋", "－", "＠"].map { Array($0.utf8) }

  /// Digits with points, commas and `%` cannot name a function or a cell.
  private static func isFigure(_ digits: ArraySlice<UInt8>) -> Bool {
    guard let first = digits.first, (0x30...0x39).contains(first) else { return false }
    return digits.allSatisfy { byte in
      (0x30...0x39).contains(byte)
        || [UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: "%")].contains(byte)
    }
  }
}
