// Texts in columns: centred, wrapped with an indent, side by side. No line ends in a blank.

extension ByteBuffer {
  public mutating func append(blanks count: Int) {
    append(UInt8(ascii: " "), times: count)
  }

  public mutating func append(_ byte: UInt8, times count: Int) {
    guard count > 0 else { return }
    reserve(count)
    for _ in 0..<count { append(byte) }
  }

  /// Appends each line of a text in the middle of so many columns; lines that are too long are
  /// broken into such of about one length.
  public mutating func append(centered text: Span<UInt8>, width: Int) {
    let wrapped = WrappedText(balanced: text, width: width)
    for (index, line) in wrapped.lines.enumerated() {
      if index > 0 { append(UInt8(ascii: "\n")) }
      if line.isEmpty { continue }
      append(blanks: (width - line.columns) / 2)
      wrapped.append(line, to: &self)
    }
  }

  /// Appends a text in lines of a width; each line feed of the text begins a paragraph of its own.
  ///
  /// - Parameters:
  ///   - first: the indent of the first line of each paragraph.
  ///   - hanging: that of its other lines.
  public mutating func append(
    paragraphs text: Span<UInt8>, width: Int, first: Int, hanging: Int
  ) {
    var start = 0
    while true {
      let end = text.bytes.first(UInt8(ascii: "\n"), in: start..<text.count)
      append(
        paragraph: text.extracting(start..<end), width: width, first: first, hanging: hanging)
      guard end < text.count else { return }
      append(UInt8(ascii: "\n"))
      start = end + 1
    }
  }

  /// Appends one paragraph; its line feeds begin lines that hang as the others do.
  public mutating func append(
    paragraph text: Span<UInt8>, width: Int, first: Int, hanging: Int
  ) {
    let wrapped = WrappedText(text, width: width, first: first, hanging: hanging)
    for (index, line) in wrapped.lines.enumerated() {
      if index > 0 { append(UInt8(ascii: "\n")) }
      if line.isEmpty { continue }
      append(blanks: index == 0 ? first : hanging)
      wrapped.append(line, to: &self)
    }
  }

  /// Appends a rule as long as a part, in per cent, of the longest line that a text has when it is
  /// centred in so many columns.
  public mutating func append(ruleUnder text: Span<UInt8>, width: Int, percent: Int) {
    let columns = WrappedText(balanced: text, width: width).widest
    append(UInt8(ascii: "-"), times: (columns * percent + 50) / 100)
  }
}

/// Two texts side by side.
public struct TwoColumns {
  public let left: Column
  public let right: Column
  /// The columns between them.
  public let gap: Int

  public struct Column: Sendable {
    let width: Int
    let alignment: TextAlignment

    /// - Parameter alignment: `left` keeps the blanks that begin a line.
    public init(width: Int, alignment: TextAlignment) {
      (self.width, self.alignment) = (width, alignment)
    }
  }

  public init(left: Column, right: Column, gap: Int) {
    (self.left, self.right, self.gap) = (left, right, gap)
  }

  /// The columns of both with those between them.
  public var width: Int { left.width + gap + right.width }

  public func append(
    _ leftText: Span<UInt8>, _ rightText: Span<UInt8>, to output: inout ByteBuffer
  ) {
    let (one, other) = (left.lines(of: leftText), right.lines(of: rightText))
    for index in 0..<max(one.count, other.count) {
      if index > 0 { output.append(UInt8(ascii: "\n")) }
      var end = 0
      if index < one.count { end = one.append(index, at: 0, after: 0, to: &output) }
      guard index < other.count else { continue }
      _ = other.append(index, at: left.width + gap, after: end, to: &output)
    }
  }
}

extension TwoColumns.Column {
  fileprivate func lines(of text: Span<UInt8>) -> AlignedLines {
    guard alignment == .left else {
      return AlignedLines(WrappedText(balanced: text, width: width), width, alignment)
    }
    // Lines that were laid out keep their indent.
    var lines = AlignedLines()
    var start = 0
    while true {
      let end = text.bytes.first(UInt8(ascii: "\n"), in: start..<text.count)
      var indent = start
      while indent < end, text[indent] == UInt8(ascii: " ") { indent += 1 }
      let blanks = min(indent - start, width / 2)
      lines.append(
        WrappedText(text.extracting(indent..<end), width: width - blanks), indent: blanks)
      guard end < text.count else { return lines }
      start = end + 1
    }
  }
}

/// The lines of a column with the blanks before each.
private struct AlignedLines {
  private var bytes: [UInt8] = []
  private var lines: [(range: Range<Int>, indent: Int, columns: Int)] = []

  init() {}

  init(_ text: borrowing WrappedText, _ width: Int, _ alignment: TextAlignment) {
    append(text) { columns in
      let space = max(0, width - columns)
      return alignment == .center ? space / 2 : space
    }
  }

  var count: Int { lines.count }

  mutating func append(_ text: borrowing WrappedText, indent: Int) {
    append(text) { _ in indent }
  }

  private mutating func append(_ text: borrowing WrappedText, _ indent: (Int) -> Int) {
    for line in text.lines {
      var buffer = ByteBuffer()
      text.append(line, to: &buffer)
      let start = bytes.count
      bytes += buffer.bytes
      lines.append((start..<bytes.count, indent(line.columns), line.columns))
    }
  }

  /// Appends a line of a column that begins at `start`, and returns the column where it ends.
  ///
  /// - Parameter end: where the text before it ends, 0 where there is none.
  func append(
    _ index: Int, at start: Int, after end: Int, to output: inout ByteBuffer
  ) -> Int {
    let line = lines[index]
    guard !line.range.isEmpty else { return end }
    // A word longer than its column keeps a blank to the next text.
    let place = max(start + line.indent, end == 0 ? 0 : end + 1)
    output.append(blanks: place - end)
    output.append(line.range, of: bytes.span)
    return place + line.columns
  }
}
