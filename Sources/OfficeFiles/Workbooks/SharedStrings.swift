import Texts

/// The texts that the cells of a workbook share, by their number.
final class SharedStrings: XMLHandler {
  private var text = CellText()
  private var texts = TextTable()
  private let limit: Int

  /// - Parameter limit: the number of bytes of all texts.
  init(limit: Int) { self.limit = limit }

  /// Appends the text of a number; false where there is none.
  func append(_ number: Int, to output: inout ByteBuffer) -> Bool {
    texts.append(number, to: &output)
  }

  override func start(_ name: XMLName, _ attributes: XMLAttributes) {
    if case "si" = name { text.restart() } else { text.start(name) }
  }

  override func end(_ name: XMLName) {
    guard case "si" = name else { return text.end(name) }
    text.finish(into: &texts.bytes)
    texts.endText()
    if texts.bytes.count > limit || texts.count > limit { end(.flaw(.tooManyTexts(limit: limit))) }
  }

  override func text(_ bytes: Span<UInt8>) { text.append(bytes) }
}

/// Texts, one behind the other.
private struct TextTable: ~Copyable {
  var bytes = ByteBuffer()
  private var ends: [Int32] = []

  var count: Int { ends.count }

  mutating func endText() { ends.append(Int32(truncatingIfNeeded: bytes.count)) }

  func append(_ number: Int, to output: inout ByteBuffer) -> Bool {
    guard number >= 0, number < ends.count else { return false }
    output.append((number > 0 ? Int(ends[number - 1]) : 0)..<Int(ends[number]), of: bytes.span)
    return true
  }
}

/// A text of a cell: one run or several of different looks; how it is pronounced is left out.
struct CellText: ~Copyable {
  private var bytes = ByteBuffer()
  private var isInText = false
  private var isInPhonetics = false
  /// Whether a character of it is written as an escape, or is dropped.
  private var hasEscape = false

  /// Begins another text.
  mutating func restart() {
    bytes.removeAll()
    (isInText, isInPhonetics, hasEscape) = (false, false, false)
  }

  mutating func start(_ name: XMLName) {
    switch name {
    case "t": isInText = !isInPhonetics
    case "rPh": isInPhonetics = true
    default: break
    }
  }

  mutating func end(_ name: XMLName) {
    switch name {
    case "t": isInText = false
    case "rPh": isInPhonetics = false
    default: break
    }
  }

  mutating func append(_ text: Span<UInt8>) {
    guard isInText else { return }
    append(always: text)
  }

  /// Appends the value of a cell, which is no run.
  mutating func append(always text: Span<UInt8>) {
    bytes.append(text)
    var index = 0
    while index < text.count, !hasEscape {
      hasEscape = text[index] == UInt8(ascii: "_") || text[index] == 0x0D
      index += 1
    }
  }

  /// Appends the whole text, with the characters that XML cannot hold (`_x000D_`) and line feeds.
  mutating func finish(into output: inout ByteBuffer) {
    if hasEscape { appendUnescaped(to: &output) } else { output.append(bytes.span) }
    bytes.removeAll()
    hasEscape = false
  }

  private func appendUnescaped(to output: inout ByteBuffer) {
    var index = 0
    while index < bytes.count {
      if let code = escapedCode(at: index) {
        if code != "\r" { output += String(code).utf8 }
        index += 7
      } else {
        if bytes[index] != 0x0D { output.append(bytes[index]) }
        index += 1
      }
    }
  }

  /// The character of `_xHHHH_` at an offset; nil where there is none.
  private func escapedCode(at index: Int) -> Unicode.Scalar? {
    guard index + 7 <= bytes.count, bytes[index] == UInt8(ascii: "_"),
      bytes[index + 1] == UInt8(ascii: "x"), bytes[index + 6] == UInt8(ascii: "_")
    else { return nil }
    let digits = (index + 2..<index + 6).map { bytes[$0] }
    guard digits.allSatisfy({ isHexDigit($0) }),
      let code = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    else { return nil }
    return Unicode.Scalar(code)
  }
}
