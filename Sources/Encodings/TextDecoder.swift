import Texts

/// Decodes a file piece by piece, so that a large one takes no more memory than a small one.
public struct TextDecoder {
  /// The number of bytes that are best decoded at once.
  public static let pieceSize = 1 << 18

  private let choice: LegacyText.Choice
  private let capitals: LineSet
  /// The encoding once the first bytes have been seen.
  private var form: Form?
  private var automatic = AutomaticDecoding()
  private var halfCapitals = HalfCapitals()
  private var line = 1
  /// The number of lines that have been decoded.
  public private(set) var lineCount = 0
  private var isAtStartOfLine = true
  /// Whether a byte order mark stood before text in UTF-8, and was left out.
  public private(set) var removesMark = false
  /// The text of UTF-16 whose own encoding is still to be found.
  private var pending: [UInt8] = []

  /// How the bytes go on behind a byte order mark.
  private enum Form {
    case bytes(TextEncoding)
    case automatic
    case utf16(ByteOrder, isAutomatic: Bool)
  }

  public init(_ choice: LegacyText.Choice, capitals: LineSet = .none) {
    (self.choice, self.capitals) = (choice, capitals)
  }

  /// Appends the text of the next bytes.
  ///
  /// - Parameter isLast: whether nothing follows.
  /// - Returns: how many bytes were decoded: the others are to be given again with those that follow.
  public mutating func decode(
    _ bytes: Span<UInt8>, isLast: Bool, to output: inout ByteBuffer
  ) throws(UndecodableByte) -> Int {
    var start = 0
    let form: Form
    if let known = self.form {
      form = known
    } else {
      (form, start) = begin(bytes)
      self.form = form
      removesMark = start == 3
    }
    let rest = bytes.extracting(droppingFirst: start)
    let count: Int
    do throws(UndecodableByte) {
      switch form {
      case .bytes(let encoding): count = try decode(rest, encoding, isLast, to: &output)
      case .automatic: count = try decodeAutomatically(rest, isLast, to: &output)
      case .utf16(let order, let isAutomatic):
        count = try decodeUTF16(rest, order, isAutomatic, isLast, to: &output)
      }
    } catch {
      throw UndecodableByte(offset: start + error.offset)
    }
    addLines(of: bytes.extracting(0..<start + count))
    return start + count
  }

  private mutating func addLines(of bytes: Span<UInt8>) {
    guard !capitals.isEmpty, !bytes.isEmpty else { return }
    if isAtStartOfLine { lineCount += 1 }
    var next = bytes.bytes.first(0x0A, in: 0..<bytes.count) + 1
    while next < bytes.count {
      lineCount += 1
      next = bytes.bytes.first(0x0A, in: next..<bytes.count) + 1
    }
    isAtStartOfLine = bytes[bytes.count - 1] == 0x0A
  }

  private func begin(_ bytes: Span<UInt8>) -> (Form, start: Int) {
    let first = bytes.count > 1 ? (bytes[0], bytes[1]) : (0, 0)
    let mark = bytes.lengthOfMarks([0xEF, 0xBB, 0xBF])
    switch choice {
    case .encoding(.utf16), .automatic:
      let isAutomatic = choice == .automatic
      if first == (0xFF, 0xFE) {
        return (.utf16(.little, isAutomatic: isAutomatic), bytes.lengthOfMarks([0xFF, 0xFE]))
      }
      if first == (0xFE, 0xFF) {
        return (.utf16(.big, isAutomatic: isAutomatic), bytes.lengthOfMarks([0xFE, 0xFF]))
      }
      if let order = bytes.likelyUTF16 { return (.utf16(order, isAutomatic: isAutomatic), 0) }
      if !isAutomatic { return (.utf16(.little, isAutomatic: false), 0) }
      return (.automatic, mark)
    case .encoding(.utf8): return (.bytes(.utf8), mark)
    case .encoding(let encoding): return (.bytes(encoding), 0)
    }
  }

  private mutating func decode(
    _ bytes: Span<UInt8>, _ encoding: TextEncoding, _ isLast: Bool, to output: inout ByteBuffer
  ) throws(UndecodableByte) -> Int {
    let count = isLast ? bytes.count : bytes.endOfPiece
    let piece = bytes.extracting(0..<count)
    guard !capitals.isEmpty else {
      if encoding == .tcvn3 { halfCapitals.look(in: piece) }
      return try output.append(piece, from: encoding, isLast: isLast)
    }
    var start = 0
    while start < count {
      let end = min(piece.bytes.first(0x0A, in: start..<count) + 1, count)
      var text = ByteBuffer()
      do throws(UndecodableByte) {
        _ = try text.append(piece.extracting(start..<end), from: encoding, isLast: true)
      } catch {
        throw UndecodableByte(offset: start + error.offset)
      }
      if capitals.contains(line) {
        appendUppercased(text.span, to: &output)
      } else {
        output.append(text.span)
      }
      if piece[end - 1] == 0x0A { line += 1 }
      start = end
    }
    return count
  }

  private mutating func decodeAutomatically(
    _ bytes: Span<UInt8>, _ isLast: Bool, to output: inout ByteBuffer
  ) throws(UndecodableByte) -> Int {
    let count = isLast ? bytes.count : bytes.endOfPiece
    let piece = bytes.extracting(0..<count)
    if let place = piece.placeOfNoText { throw UndecodableByte(offset: place) }
    try automatic.append(piece, to: &output)
    return count
  }

  private mutating func decodeUTF16(
    _ bytes: Span<UInt8>, _ order: ByteOrder, _ isAutomatic: Bool, _ isLast: Bool,
    to output: inout ByteBuffer
  ) throws(UndecodableByte) -> Int {
    var text = ByteBuffer(pending)
    let count = try text.appendUTF16(bytes, order, isLast: isLast)
    // What cannot be composed yet, or is no whole line, waits for the next piece.
    let end = isLast ? text.count : text.span.endOfPiece
    let piece = text.span.extracting(0..<end)
    if isAutomatic {
      do throws(UndecodableByte) {
        try automatic.append(piece, to: &output)
      } catch {
        throw UndecodableByte(offset: 0)
      }
    } else {
      output.append(composing: piece)
    }
    pending = text.span.extracting(end..<text.count).withUnsafeBufferPointer { Array($0) }
    return count
  }

  // MARK: What was found

  public var parts: [DecodedText.Part] {
    switch form {
    case .bytes(let encoding):
      [part(.encoding(encoding))]
    case .utf16(_, isAutomatic: false): [part(.encoding(.utf16))]
    case .utf16(_, isAutomatic: true): [part(.encoding(.utf16))] + automatic.parts
    case .automatic: automatic.parts
    case nil: []
    }
  }

  private func part(_ reading: Reading) -> DecodedText.Part {
    DecodedText.Part(reading: reading, lines: 0, firstLine: 1, certainty: .sure)
  }

  public var notes: [DecodedText.Note] {
    halfCapitals.joined(with: automatic.halfCapitals).note.map { [$0] } ?? []
  }
}

extension AutomaticDecoding {
  var parts: [DecodedText.Part] {
    found.map { finding in
      DecodedText.Part(
        reading: finding.reading, lines: finding.lines, firstLine: finding.firstLine,
        certainty: finding.certainty)
    }.sorted { ($1.lines, $0.firstLine) < ($0.lines, $1.firstLine) }
  }
}

extension AutomaticDecoding.Finding {
  var certainty: Certainty {
    if reading == .asIs { return .sure }
    let place = Reading.all.firstIndex(of: reading)
    let own = place.map { Int(scores[$0]) } ?? good * 40
    let next = Reading.all.indices.filter { $0 != place }.map { Int(scores[$0]) }.max() ?? 0
    if good >= 5, bad * 12 <= good, own - next > 100 { return .sure }
    return good >= 2 && bad * 3 <= good && own - next > 30 ? .likely : .unsure
  }
}

extension Span<UInt8> {
  /// Where a piece that goes on may be cut: behind a line, else before a blank; where it has neither,
  /// before a character of UTF-8.
  fileprivate var endOfPiece: Int {
    var index = count
    while index > 0 {
      if self[index - 1] == 0x0A { return index }
      index -= 1
    }
    index = count - 1
    while index > 0 {
      if self[index] == 0x20 || self[index] == 0x09 { return index }
      index -= 1
    }
    index = count - 1
    while index > 0, count - index < 64 {
      if self[index] < 0x80 { return index }
      index -= 1
    }
    index = Swift.max(count - 1, 0)
    while index > 0, count - index < 4, self[index] & 0xC0 == 0x80 { index -= 1 }
    return index > 0 ? index : count
  }

  /// A byte for which this is no text: a zero, or the first of many control characters, more than old
  /// encodings have letters for.
  fileprivate var placeOfNoText: Int? {
    let zero = bytes.first(0, in: 0..<count)
    if zero < count { return zero }
    var (controls, first) = (0, 0)
    for index in indices where self[index].isOddControl {
      if controls == 0 { first = index }
      controls += 1
    }
    return controls >= 32 && controls * 16 > count ? first : nil
  }

  /// The order of bytes of what is UTF-16 without a mark: half of the units of a text are ASCII, so
  /// that every second byte is zero, and of the others most are letters of Vietnamese.
  fileprivate var likelyUTF16: ByteOrder? {
    let end = Swift.min(count, 4096) & ~1
    guard end >= 4 else { return nil }
    var (even, odd) = (0, 0)
    for index in stride(from: 0, to: end, by: 2) {
      if self[index] == 0 { even += 1 }
      if self[index + 1] == 0 { odd += 1 }
    }
    let half = end / 2
    if odd * 10 >= half * 4, even * 10 < odd { return .little }
    if even * 10 >= half * 4, odd * 10 < even { return .big }
    return nil
  }
}

extension Span<UInt8> {
  /// The length of the marks of the byte order at the beginning; some programs put one before another.
  fileprivate func lengthOfMarks(_ mark: [UInt8]) -> Int {
    var length = 0
    while length + mark.count <= count, mark.indices.allSatisfy({ self[length + $0] == mark[$0] }) {
      length += mark.count
    }
    return length
  }
}
