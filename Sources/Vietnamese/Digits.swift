import Texts

extension UInt8 {
  var isDigit: Bool { Texts.isDigit(self) }
  var isSpace: Bool {
    self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") || self == UInt8(ascii: "\n")
  }
}

extension Collection<UInt8> {
  /// The number its digits make; nil for anything but one to nine digits.
  var number: Int? {
    guard !isEmpty, count < 10, allSatisfy(\.isDigit) else { return nil }
    return reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
  }
}

extension ByteBuffer {
  /// Two digits, for 0 to 99.
  @inline(__always)
  mutating func appendPadded(_ number: Int) {
    append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / 10))
    append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number % 10))
  }

  mutating func appendDigits(_ number: Int) {
    self += String(number).utf8
  }
}

extension Text {
  func part(_ range: Range<Int>) -> Text {
    Text(source: source, range: SourceRange(start: range.lowerBound, end: range.upperBound))
  }

  /// Without the spaces around it.
  var trimmed: Text {
    let bytes = bytes
    guard let start = bytes.firstIndex(where: { !$0.isSpace }),
      let end = bytes.lastIndex(where: { !$0.isSpace })
    else { return part(bytes.startIndex..<bytes.startIndex) }
    return part(start..<end + 1)
  }
}
