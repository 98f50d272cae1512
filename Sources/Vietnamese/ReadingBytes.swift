// What the readers of this module ask of bytes and texts, and writers of digits.

import Texts

extension UInt8 {
  var isDigit: Bool { Texts.isDigit(self) }
  var isSpace: Bool {
    self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") || self == UInt8(ascii: "\n")
  }
}

extension Collection<UInt8> {
  /// The number that one to nine digits write; nil for anything else.
  public var number: Int? {
    guard !isEmpty, count < 10, allSatisfy(\.isDigit) else { return nil }
    return reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
  }
}

extension ByteBuffer {
  /// Appends two digits: `05`.
  ///
  /// - Parameter number: 0 to 99.
  @inline(__always)
  mutating func appendPadded(_ number: Int) {
    append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / 10))
    append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number % 10))
  }

  mutating func appendDigits(_ number: Int) {
    self += String(number).utf8
  }
}

extension UInt8 {
  /// A letter or digit, or a byte of a letter with marks.
  public var isOfWord: Bool { (self | 0x20) &- 0x61 < 26 || self &- 0x30 < 10 || self >= 0x80 }
}

extension Text {
  /// The part at a range of the source's offsets, as `bytes.indices` has them.
  func part(_ range: Range<Int>) -> Text {
    Text(source: source, range: SourceRange(start: range.lowerBound, end: range.upperBound))
  }

  /// The text without spaces, tabs and line feeds at its ends.
  public var trimmed: Text {
    let bytes = bytes
    guard let start = bytes.firstIndex(where: { !$0.isSpace }),
      let end = bytes.lastIndex(where: { !$0.isSpace })
    else { return part(bytes.startIndex..<bytes.startIndex) }
    return part(start..<end + 1)
  }
}
