import Diagnostics
import Texts

/// Strings of JSON, most of which are texts as they stand in the file.
extension JSONReader {
  /// A string without escapes is the text as it stands in the file.
  mutating func string(_ bytes: RawSpan) throws(Diagnostic) -> Text {
    if let range = takeUnescapedString(bytes) { return Text(source: source, range: range) }
    let start = index + 1
    index = bytes.stringEnd(from: start)
    guard index < bytes.byteCount, bytes[index] == UInt8(ascii: "\\") else { throw fault }
    return try escapedString(from: start)
  }

  /// Takes a string without escapes; nil, and nothing taken, for anything else.
  @inline(__always)
  mutating func takeUnescapedString(_ bytes: RawSpan) -> SourceRange? {
    let end = bytes.stringEnd(from: index &+ 1)
    guard end < bytes.byteCount, bytes[end] == UInt8(ascii: "\"") else { return nil }
    defer { index = end &+ 1 }
    return SourceRange(start: index &+ 1, end: end)
  }

  private mutating func escapedString(from start: Int) throws(Diagnostic) -> Text {
    var result = Array(bytes[start..<index])
    var pieces = [Source.Piece(start: 0, origin: start)]
    while index < bytes.count, bytes[index] >= 0x20 {
      switch bytes[index] {
      case UInt8(ascii: "\""):
        defer { index += 1 }
        let whole = text(from: start)
        // Escapes may write a letter and its accent apart, which no file has after it was read.
        guard mayBeDecomposed(result) else {
          return Text(computed: result, from: whole, pieces: pieces)
        }
        let composed = String(decoding: result, as: UTF8.self).composed
        return Text(computed: Array(composed.utf8), from: whole)
      case UInt8(ascii: "\\"):
        let (count, written) = (result.count, index)
        try appendEscape(to: &result)
        // A line feed took the place of the `\r` before it.
        if result.count == count { pieces.removeLast(2) }
        let place = SourceRange(start: written, end: index)
        pieces.append(Source.Piece(start: min(count, result.count - 1), writtenAt: place))
        pieces.append(Source.Piece(start: result.count, origin: index))
      default:
        result.append(bytes[index])
        index += 1
      }
    }
    throw fault
  }

  /// Tells whether a text has an accent that stands for itself, U+0300 to U+036F.
  private func mayBeDecomposed(_ text: [UInt8]) -> Bool {
    text.indices.dropLast().contains {
      text[$0] == 0xCC || text[$0] == 0xCD && text[$0 + 1] < 0xB0
    }
  }

  private mutating func appendEscape(to result: inout [UInt8]) throws(Diagnostic) {
    guard index + 1 < bytes.count else { throw fault }
    switch bytes[index + 1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): result.append(bytes[index + 1])
    case UInt8(ascii: "b"): throw control(0x08, length: 2)
    case UInt8(ascii: "f"): throw control(0x0C, length: 2)
    case UInt8(ascii: "n"): appendLineFeed(to: &result)
    case UInt8(ascii: "r"): result.append(0x0D)
    case UInt8(ascii: "t"): result.append(0x09)
    case UInt8(ascii: "u"): return try appendScalar(to: &result)
    default: throw fault
    }
    index += 2
  }

  /// A line ends in one byte, as where files are read.
  private func appendLineFeed(to result: inout [UInt8]) {
    if result.last == 0x0D { result.removeLast() }
    result.append(0x0A)
  }

  /// A control character that no text holds: it would spoil the page it comes into.
  private func control(_ code: UInt32, length: Int) -> Diagnostic {
    Diagnostic(
      .source(.controlCharacter(code: UInt8(truncatingIfNeeded: code))),
      at: Text(source: source, range: SourceRange(start: index, end: index + length)))
  }

  /// `\u1EA3`, or two halves `\uD83D\uDE00`; half a pair is refused.
  private mutating func appendScalar(to result: inout [UInt8]) throws(Diagnostic) {
    guard var code = unit(at: index) else { throw fault }
    var length = 6
    if code & 0xFC00 == 0xD800, let low = unit(at: index + 6), low & 0xFC00 == 0xDC00 {
      code = 0x10000 + (code & 0x3FF) << 10 + low & 0x3FF
      length = 12
    }
    guard let scalar = Unicode.Scalar(code) else { throw fault }
    switch code {
    case 0x0A: appendLineFeed(to: &result)
    case 0x09, 0x0D: result.append(UInt8(code))
    case 0..<0x20, 0x7F..<0xA0: throw control(code, length: length)
    default: result += String(scalar).utf8
    }
    index += length
  }

  /// The number of `\uXXXX`.
  private func unit(at start: Int) -> UInt32? {
    guard start + 6 <= bytes.count, bytes[start] == UInt8(ascii: "\\"),
      bytes[start + 1] == UInt8(ascii: "u")
    else { return nil }
    let digits = bytes[(start + 2)..<(start + 6)]
    guard !digits.contains(UInt8(ascii: "+")), !digits.contains(UInt8(ascii: "-")) else {
      return nil
    }
    return UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
  }
}

extension RawSpan {
  subscript(offset: Int) -> UInt8 {
    @inline(__always)
    get { unsafe unsafeLoad(fromByteOffset: offset, as: UInt8.self) }
  }

  /// The offset of the first `"`, `\` or control character at or after `start`, or the end.
  @inline(__always)
  fileprivate func stringEnd(from start: Int) -> Int {
    var offset = start
    while offset &+ 16 <= byteCount {
      let block = unsafe unsafeLoadUnaligned(fromByteOffset: offset, as: SIMD16<UInt8>.self)
      // Of control characters the top three bits are not set.
      let signs =
        block.places(of: UInt8(ascii: "\"")) | block.places(of: UInt8(ascii: "\\"))
        | (block & SIMD16(repeating: 0xE0)).places(of: 0)
      if signs != 0 { return offset &+ signs.trailingZeroBitCount }
      offset &+= 16
    }
    while offset < byteCount, self[offset] >= 0x20, self[offset] != UInt8(ascii: "\""),
      self[offset] != UInt8(ascii: "\\")
    {
      offset &+= 1
    }
    return offset
  }

  /// Tells whether another holds these bytes from an offset on, where they fit.
  func hasSameBytes(as other: RawSpan, at start: Int) -> Bool {
    var offset = 0
    while offset < byteCount {
      if self[offset] != other[start &+ offset] { return false }
      offset &+= 1
    }
    return true
  }
}
