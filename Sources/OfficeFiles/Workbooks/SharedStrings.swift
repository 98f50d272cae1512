import Texts

/// The texts that the cells of a workbook share, by their number.
final class SharedStrings: XMLHandler {
  private var text = CellText()
  private var bytes: [UInt8] = []
  private var ends: [Int] = []
  private let limit: Int

  /// - Parameter limit: the number of bytes of all texts.
  init(limit: Int) { self.limit = limit }

  /// The text of a number; nil where there is none.
  subscript(number: Int) -> ArraySlice<UInt8>? {
    guard ends.indices.contains(number) else { return nil }
    return bytes[(number > 0 ? ends[number - 1] : 0)..<ends[number]]
  }

  override func start(_ name: XMLName, _ attributes: XMLAttributes) {
    if case "si" = name { text = CellText() } else { text.start(name) }
  }

  override func end(_ name: XMLName) {
    guard case "si" = name else { return text.end(name) }
    text.finish(into: &bytes)
    ends.append(bytes.count)
    if bytes.count > limit || ends.count > limit { end(.flaw(.tooManyTexts(limit: limit))) }
  }

  override func text(_ bytes: Span<UInt8>) { text.append(bytes) }
}

/// A text of a cell: one run or several of different looks; how it is pronounced is left out.
struct CellText {
  private var bytes: [UInt8] = []
  private var isInText = false
  private var isInPhonetics = false
  private var hasEscape = false

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
    if !hasEscape { hasEscape = text.indices.contains { text[$0] == UInt8(ascii: "_") } }
  }

  /// Appends the whole text, with the characters that XML cannot hold (`_x000D_`) and line feeds.
  mutating func finish(into output: inout [UInt8]) {
    defer {
      bytes.removeAll(keepingCapacity: true)
      hasEscape = false
    }
    guard hasEscape || bytes.contains(0x0D) else { return output += bytes }
    var index = 0
    while index < bytes.count {
      if let code = escapedCode(at: index) {
        if code != "\r" { output += Array(String(code).utf8) }
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
      bytes[index + 1] == UInt8(ascii: "x"), bytes[index + 6] == UInt8(ascii: "_"),
      bytes[(index + 2)..<(index + 6)].allSatisfy({ isHexDigit($0) }),
      let code = UInt32(
        String(decoding: bytes[(index + 2)..<(index + 6)], as: UTF8.self), radix: 16)
    else { return nil }
    return Unicode.Scalar(code)
  }
}
