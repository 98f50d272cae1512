import Texts

/// The words of a descriptor's value, each with its place.
struct Words {
  private let text: Text
  private let bytes: ArraySlice<UInt8>
  private var offset: Int

  init(_ text: Text) {
    self.text = text
    bytes = text.bytes
    offset = bytes.startIndex
  }

  /// The next word, or nil at the end.
  mutating func next() -> Text? {
    skipSpaces()
    let start = offset
    while offset < bytes.endIndex, !bytes[offset].isSpace { offset += 1 }
    return start == offset ? nil : part(start..<offset)
  }

  /// The rest, without the spaces around it.
  mutating func rest() -> Text {
    skipSpaces()
    let end = bytes[offset...].lastIndex { !$0.isSpace }.map { $0 + 1 } ?? offset
    defer { offset = bytes.endIndex }
    return part(offset..<end)
  }

  private mutating func skipSpaces() {
    while offset < bytes.endIndex, bytes[offset].isSpace { offset += 1 }
  }

  private func part(_ range: Range<Int>) -> Text {
    Text(source: text.source, range: SourceRange(start: range.lowerBound, end: range.upperBound))
  }
}

extension Text {
  var words: [Text] {
    var words = Words(self)
    var result: [Text] = []
    while let word = words.next() { result.append(word) }
    return result
  }

  /// The text without the spaces around it.
  var trimmed: Text {
    var words = Words(self)
    return words.rest()
  }

  var integer: Int? { bytes.integer }
}

extension ArraySlice<UInt8> {
  /// An integer in the notation of recutils: decimal or `0x` hexadecimal; nil when it is none or
  /// does not fit.
  var integer: Int? {
    let digits = String(decoding: self, as: UTF8.self)
    if digits.hasPrefix("0x") { return Int(digits.dropFirst(2), radix: 16) }
    if digits.hasPrefix("-0x") { return Int("-" + digits.dropFirst(3), radix: 16) }
    return digits.hasPrefix("+") ? nil : Int(digits)
  }
}
