import Texts

/// Searches over the bytes of a rec text, eight at a time where that pays.
extension RawSpan {
  func byte(at offset: Int) -> UInt8 {
    unsafe unsafeLoad(fromByteOffset: offset, as: UInt8.self)
  }

  /// The offset of the first line feed at or after `start`, or the end.
  @usableFromInline
  func lineFeed(from start: Int) -> Int {
    first(UInt8(ascii: "\n"), in: min(start, byteCount)..<byteCount)
  }

  /// Tells whether the value whose line ends at `end` takes more than that line.
  @inline(__always)
  func goesOn(from start: Int, to end: Int) -> Bool {
    if end > start, byte(at: end - 1) == UInt8(ascii: "\\") { return true }
    return end + 1 < byteCount && byte(at: end + 1) == UInt8(ascii: "+")
  }

  /// The offset of the first byte at or after `start` that cannot stand inside a field name.
  @inline(__always)
  func nameEnd(from start: Int) -> Int {
    guard start < byteCount, byte(at: start).isNameStart else { return start }
    return nameEnd(from: start &+ 1, beyondASCII: false)
  }

  /// Tells whether two runs of the same length hold the same bytes.
  func equal(_ left: Int, _ right: Int, count: Int) -> Bool {
    var done = 0
    while done &+ 8 <= count {
      if word(at: left &+ done) != word(at: right &+ done) { return false }
      done &+= 8
    }
    if done == count { return true }
    if max(left, right) &+ done &+ 8 <= byteCount {
      // What stands behind the two runs is shifted out.
      let behind = UInt64(truncatingIfNeeded: 8 &* (8 &- (count &- done)))
      return (word(at: left &+ done) ^ word(at: right &+ done)) &<< behind == 0
    }
    while done < count {
      if byte(at: left &+ done) != byte(at: right &+ done) { return false }
      done &+= 1
    }
    return true
  }

  /// Eight bytes, the first lowest.
  func word(at offset: Int) -> UInt64 {
    unsafe UInt64(littleEndian: unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  func isBlank(at offset: Int) -> Bool {
    offset < byteCount && byte(at: offset).isBlank
  }
}

extension Source {
  /// The value with `+ ` lines or `\` joins that begins at `start`, and where its last line ends.
  func foldedValue(from start: Int, _ bytes: RawSpan) -> (value: Text, end: Int) {
    var value: [UInt8] = []
    var pieces = [Source.Piece(start: 0, origin: start)]
    var (first, pieceStart) = (start, 0)
    var lineStart = start
    var end = bytes.lineFeed(from: start)
    while bytes.goesOn(from: lineStart, to: end) {
      if end > lineStart, bytes.byte(at: end - 1) == UInt8(ascii: "\\") {
        value += self.bytes[lineStart..<end - 1]
        lineStart = min(end + 1, bytes.byteCount)
      } else {
        value += self.bytes[lineStart..<end]
        value.append(UInt8(ascii: "\n"))
        let hasSpace = end + 2 < bytes.byteCount && bytes.byte(at: end + 2) == UInt8(ascii: " ")
        lineStart = hasSpace ? end + 3 : end + 2
      }
      // A line with nothing but a `\` gives no piece of the value.
      if value.count == pieceStart { pieces.removeLast() }
      if value.isEmpty { first = lineStart }
      pieceStart = value.count
      pieces.append(Source.Piece(start: pieceStart, origin: lineStart))
      end = bytes.lineFeed(from: lineStart)
    }
    value += self.bytes[lineStart..<end]
    let place = Text(source: self, range: SourceRange(start: first, end: end))
    return (Text(computed: value, from: place, pieces: pieces), end)
  }
}

extension UInt8 {
  @inlinable var isBlank: Bool { self == UInt8(ascii: " ") || self == UInt8(ascii: "\t") }
  var isSpace: Bool { isBlank || self == UInt8(ascii: "\n") }
  var isDigit: Bool { self &- UInt8(ascii: "0") < 10 }
  var isLetter: Bool { (self | 0x20) &- UInt8(ascii: "a") < 26 }
  var isNameStart: Bool { isLetter || self == UInt8(ascii: "%") }
  var isNamePart: Bool { isLetter || isDigit || self == UInt8(ascii: "_") }
}
