/// Protection from CSV injection: a spreadsheet would run a cell such as `=HYPERLINK(…)` when it
/// opens the sheet.
///
/// A value that looks like a formula is written with an apostrophe before it, `'=A1`, which makes
/// it a text, and loses that apostrophe when it is read.
public enum FormulaGuard {
  /// The cell for a value.
  public static func guarded(_ value: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    looksLikeFormula(value) ? [apostrophe] + value : value
  }

  /// The value of a cell that has the apostrophe; nil for any other cell.
  public static func unguarded(_ cell: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    cell.first == apostrophe && looksLikeFormula(cell) ? cell.dropFirst() : nil
  }

  private static let apostrophe = UInt8(ascii: "'")

  /// Tells whether a value begins with `=`, `+`, `-` or `@`, as an ASCII or a full-width sign,
  /// behind any blanks and apostrophes, or with a tab, which some programs take for the end of a
  /// cell.
  ///
  /// Figures such as `-5` and `+12,5%` are no formulas.
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

  /// Tells whether a text has only digits, points, commas and `%`, which can name no function or
  /// cell.
  private static func isFigure(_ digits: ArraySlice<UInt8>) -> Bool {
    guard let first = digits.first, (0x30...0x39).contains(first) else { return false }
    return digits.allSatisfy { byte in
      (0x30...0x39).contains(byte)
        || [UInt8(ascii: "."), UInt8(ascii: ","), UInt8(ascii: "%")].contains(byte)
    }
  }
}
