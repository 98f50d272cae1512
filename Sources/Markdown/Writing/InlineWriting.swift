import Texts

extension InlineText {
  /// Appends the text as Markdown.
  ///
  /// - Parameter linePrefix: what each line after the first begins with.
  func write(in place: Place, linePrefix: [UInt8], to output: inout [UInt8]) {
    var text = self
    text.placeEmphasis()
    for (index, piece) in text.pieces.enumerated() {
      switch piece {
      case .text(let plain):
        let writer = TextWriter(
          plain, in: place, isLineStart: text.isLineEdge(index - 1),
          isLineEnd: text.isLineEdge(index + 1))
        writer.write(to: &output)
      case .begin(let span), .end(let span):
        let span = text.spans[span]
        output.append(contentsOf: repeatElement(span.sign, count: span.length))
      case .code(let code): append(markup: codeSpan(code), place, to: &output)
      case .markup(let markup): append(markup: markup, place, to: &output)
      case .softBreak: appendBreak("", place, linePrefix, &output)
      case .hardBreak:
        appendBreak(text.needsBackslash(at: index) ? "\\" : "  ", place, linePrefix, &output)
      }
    }
  }

  /// Whether blanks would be no hard break: at the start of a line, or of an emphasis.
  func needsBackslash(at index: Int) -> Bool {
    if isLineEdge(index - 1) { return true }
    if case .begin = pieces[index - 1] { return true }
    return false
  }

  /// Whether a line ends beyond this piece.
  private func isLineEdge(_ index: Int) -> Bool {
    guard pieces.indices.contains(index) else { return true }
    return switch pieces[index] {
    case .softBreak, .hardBreak: true
    default: false
    }
  }

  /// A pipe in a cell has a backslash, in code as well.
  private func append(markup: [UInt8], _ place: Place, to output: inout [UInt8]) {
    guard place == .cell else { return output += markup }
    for byte in markup {
      if byte == UInt8(ascii: "|") { output.append(UInt8(ascii: "\\")) }
      output.append(byte)
    }
  }

  /// A heading has one line: a break in it is the one element that ``Document`` reads.
  private func appendBreak(
    _ end: StaticString, _ place: Place, _ linePrefix: [UInt8], _ output: inout [UInt8]
  ) {
    if place == .paragraph {
      output.append(literal: end)
      output.append(UInt8(ascii: "\n"))
      output += linePrefix
    } else {
      output.append(literal: end.utf8CodeUnitCount > 0 ? "<br />" : " ")
    }
  }
}

private func codeSpan(_ code: [UInt8]) -> [UInt8] {
  let (tick, space) = (UInt8(ascii: "`"), UInt8(ascii: " "))
  var length = 1
  let runs = Set(code.split { $0 != tick }.map(\.count))
  while runs.contains(length) { length += 1 }
  let fence = [UInt8](repeating: tick, count: length)
  let isPadded =
    code.first == tick || code.last == tick
    || (code.first == space && code.last == space && code.contains { $0 != space })
  return fence + (isPadded ? [space] + code + [space] : code) + fence
}

/// Writes a text so that it shows its characters.
private struct TextWriter {
  private let text: [UInt8]
  private let plain: PlainText
  private let place: InlineText.Place
  private let isLineStart: Bool
  private let isLineEnd: Bool

  init(_ plain: PlainText, in place: InlineText.Place, isLineStart: Bool, isLineEnd: Bool) {
    (self.plain, text) = (plain, plain.bytes)
    (self.place, self.isLineStart, self.isLineEnd) = (place, isLineStart, isLineEnd)
  }

  func write(to output: inout [UInt8]) {
    var index = 0
    if plain.beginsWithReference || isLineStart && isBlank(text[0]) {
      index = appendReference(0, to: &output)
    } else if isLineStart {
      index = writeLineStart(to: &output)
    }
    let last = lastReference
    while index < last {
      if mustEscape(index) { output.append(UInt8(ascii: "\\")) }
      index = append(index, to: &output)
    }
    if last < text.count, index == last { _ = appendReference(last, to: &output) }
  }

  /// Where the last character begins if it is written as a reference.
  private var lastReference: Int {
    guard let last = text.last, plain.endsWithReference || isLineEnd && isBlank(last) else {
      return text.count
    }
    return text.lastIndex { $0 & 0xC0 != 0x80 } ?? text.count
  }

  /// Appends a byte, or a reference for one that would end the line.
  private func append(_ index: Int, to output: inout [UInt8]) -> Int {
    switch text[index] {
    case 0x0A...0x0D: return appendReference(index, to: &output)
    case let byte: output.append(byte)
    }
    return index + 1
  }

  /// Appends `&#…;` for the character at an index; returns where the next one begins.
  private func appendReference(_ index: Int, to output: inout [UInt8]) -> Int {
    var end = index + 1
    while end < text.count, text[end] & 0xC0 == 0x80 { end += 1 }
    let scalar = String(decoding: text[index..<end], as: UTF8.self).unicodeScalars.first
    output.append(literal: "&#")
    output.append(contentsOf: String(scalar?.value ?? 0xFFFD).utf8)
    output.append(UInt8(ascii: ";"))
    return end
  }

  // MARK: Signs in a line

  private func mustEscape(_ index: Int) -> Bool {
    switch text[index] {
    case UInt8(ascii: "`"), UInt8(ascii: "["), UInt8(ascii: "]"): true
    case UInt8(ascii: "*"): !isBetweenBlanks(index)
    case UInt8(ascii: "_"): !isInWord(index)
    case UInt8(ascii: "\\"): byte(index + 1).map { !isWord($0) && $0 != 0x20 } ?? true
    case UInt8(ascii: "<"): byte(index + 1).map(startsTag) ?? true
    case UInt8(ascii: "&"): mayBeReference(text.span, at: index)
    case UInt8(ascii: "!"): index + 1 == text.count && !isLineEnd
    case UInt8(ascii: "|"): place == .cell
    case UInt8(ascii: "#"): place == .heading && endsHeading(index)
    default: false
    }
  }

  private func byte(_ index: Int) -> UInt8? { text.indices.contains(index) ? text[index] : nil }

  private func isWord(_ byte: UInt8) -> Bool { isWordByte(byte) || byte >= 0x80 }

  private func isBetweenBlanks(_ index: Int) -> Bool {
    byte(index - 1) == 0x20 && byte(index + 1) == 0x20 && index + 2 < text.count
  }

  /// `so_van_ban`: an underscore inside a word neither begins nor ends anything.
  private func isInWord(_ index: Int) -> Bool {
    guard let before = byte(index - 1), let after = byte(index + 1) else { return false }
    return isWordByte(before) && isWordByte(after)
  }

  private func endsHeading(_ index: Int) -> Bool {
    isLineEnd && text[index...].allSatisfy { $0 == UInt8(ascii: "#") || isBlank($0) }
  }

  // MARK: The start of a line

  /// Writes what would begin a block with a backslash; returns how far it got.
  private func writeLineStart(to output: inout [UInt8]) -> Int {
    guard place == .paragraph else { return 0 }
    let first = text[0]
    if isDigit(first) { return writeNumber(to: &output) }
    if beginsBlock(first) {
      output.append(UInt8(ascii: "\\"))
      output.append(first)
      return 1
    }
    return 0
  }

  private func beginsBlock(_ first: UInt8) -> Bool {
    let isEnd = byte(1).map { isBlank($0) } ?? true
    switch first {
    case UInt8(ascii: ">"): return true
    case UInt8(ascii: "+"): return isEnd
    case UInt8(ascii: "-"), UInt8(ascii: ":"), UInt8(ascii: "|"), UInt8(ascii: "="):
      return isEnd || isLineEnd && text.allSatisfy { "-:|= \t".utf8.contains($0) }
    case UInt8(ascii: "~"): return text.starts(with: "~~~".utf8)
    case UInt8(ascii: "#"):
      let run = text.prefix { $0 == first }.count
      return run <= 6 && (byte(run).map { isBlank($0) } ?? true)
    default: return false
    }
  }

  /// `1. ` begins an item, `1.234` does not.
  private func writeNumber(to output: inout [UInt8]) -> Int {
    let end = text.prefix(while: isDigit).count
    guard let sign = byte(end), ".)".utf8.contains(sign),
      byte(end + 1).map({ isBlank($0) }) ?? true
    else { return 0 }
    output += text[..<end]
    output.append(UInt8(ascii: "\\"))
    output.append(sign)
    return end + 1
  }
}
