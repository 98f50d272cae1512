import Diagnostics
import Texts

extension ValueProblem.OddFigure {
  /// Tells what a spreadsheet put in the place of a number: `#DIV/0!`, `1,25E+09`; nil for any other
  /// text.
  init?(_ text: Text) {
    let bytes = text.bytes
    if bytes.first == UInt8(ascii: "#") {
      self = .error
      return
    }
    let parts = bytes.split(omittingEmptySubsequences: false) { $0 | 0x20 == UInt8(ascii: "e") }
    guard parts.count == 2, bytes.first?.isDigit ?? false, let power = parts.last,
      power.drop(while: { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }).allDigits,
      parts[0].allSatisfy({ $0.isDigit || $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: ".") })
    else { return nil }
    self = .shortened
  }
}

extension ArraySlice<UInt8> {
  fileprivate var allDigits: Bool { !isEmpty && allSatisfy(\.isDigit) }
}

/// Tells whether people write a text where they have nothing to report: `-`, `không có`.
public func saysNothing(_ text: Text) -> Bool {
  text.count <= 40 && text.withBytes { mayBeginNothing($0) }
    && nothings.contains(lowercased(text.trimmed.bytes))
}

/// Tells whether a text that says nothing may begin as a text does, told by its first bytes.
public func mayBeginNothing(_ bytes: Span<UInt8>) -> Bool {
  guard !bytes.isEmpty else { return false }
  return switch bytes[0] {
  // A blank, `-`, `.`, `?`, and the dashes and the ellipsis.
  case 0x09, 0x0A, 0x20, 0x2D, 0x2E, 0x3F, 0xE2: true
  // `không`, `chưa`: the third letter tells them from most words that begin so.
  case UInt8(ascii: "k"), UInt8(ascii: "K"): bytes.count > 3 && bytes[2] == 0xC3
  case UInt8(ascii: "c"), UInt8(ascii: "C"): bytes.count > 3 && bytes[2] == 0xC6
  default: bytes[0] | 0x20 == UInt8(ascii: "n")
  }
}

private let nothings: Set<[UInt8]> = Set(
  [
    "-", "--", "–", "—", ".", "...", "…", "?", "không", "không có", "chưa", "chưa có",
    "không có số liệu", "chưa có số liệu", "chưa thống kê", "không phát sinh", "không xác định",
    "không rõ", "chưa rõ", "n/a", "none", "null",
  ].map { Array($0.utf8) })
