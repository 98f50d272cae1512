import Texts

extension Source {
  /// The repairs that ``reading(name:bytes:)`` made in this text, for `baocao format` to report:
  /// each kind once, at its first line and with the number of its lines.
  ///
  /// - Parameter bytes: the bytes of the file from which this source was read.
  public func changes(from bytes: [UInt8]) -> [FormatChange] {
    if bytes == self.bytes { return [] }
    var changes: [FormatChange] = []
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let body = bytes.starts(with: mark) ? bytes[mark.count...] : bytes[...]
    if body.count < bytes.count { changes.append(FormatChange(.byteOrderMark, line: 1)) }
    var counts = LineCounts()
    var rest = self.bytes[...]
    var line = 0
    for raw in Lines(rest: body) {
      line += 1
      let end = rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.endIndex
      counts.compare(raw, with: rest[..<end], line: line)
      rest = rest[end...].dropFirst()
    }
    return changes + counts.changes
  }
}

/// The lines of a file, each with its end: LF, CR LF or CR.
private struct Lines: Sequence, IteratorProtocol {
  var rest: ArraySlice<UInt8>

  mutating func next() -> ArraySlice<UInt8>? {
    guard !rest.isEmpty else { return nil }
    var end = rest.firstIndex { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
    if let mark = end, rest[mark] == UInt8(ascii: "\r"), mark + 1 < rest.endIndex,
      rest[mark + 1] == UInt8(ascii: "\n")
    {
      end = mark + 1
    }
    let line = rest[..<(end.map { $0 + 1 } ?? rest.endIndex)]
    rest = rest[line.endIndex...]
    return line
  }
}

/// The number of lines that needed each kind of repair, and the first of them.
private struct LineCounts {
  private var returns = (first: 0, count: 0)
  private var spaces = (first: 0, count: 0)
  private var letters = (first: 0, count: 0)

  /// Compares a line of the file with what it was read as.
  mutating func compare(_ raw: ArraySlice<UInt8>, with read: ArraySlice<UInt8>, line: Int) {
    var text = raw
    while let last = text.last, last == UInt8(ascii: "\n") || last == UInt8(ascii: "\r") {
      text.removeLast()
    }
    if raw.contains(UInt8(ascii: "\r")) { LineCounts.count(line, in: &returns) }
    if text == read { return }
    let isSpaced = !text.ranges(of: [0xC2, 0xA0]).isEmpty
    if isSpaced { LineCounts.count(line, in: &spaces) }
    let plain = isSpaced ? text.replacing([0xC2, 0xA0], with: [0x20]) : text
    if !plain.elementsEqual(read) { LineCounts.count(line, in: &letters) }
  }

  private static func count(_ line: Int, in counts: inout (first: Int, count: Int)) {
    if counts.count == 0 { counts.first = line }
    counts.count += 1
  }

  var changes: [FormatChange] {
    var changes: [FormatChange] = []
    if returns.count > 0 {
      changes.append(FormatChange(.lineEnds(lines: returns.count), line: returns.first))
    }
    if letters.count > 0 {
      changes.append(FormatChange(.decomposedLetters(lines: letters.count), line: letters.first))
    }
    if spaces.count > 0 {
      changes.append(FormatChange(.nonBreakingSpaces(lines: spaces.count), line: spaces.first))
    }
    return changes
  }
}
