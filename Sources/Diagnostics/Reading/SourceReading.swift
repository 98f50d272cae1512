import Texts
@_spi(_Unicode) import Swift

/// What an office PC did to a text that reading it undid.
public struct ReadingRepairs: OptionSet, Sendable {
  public let rawValue: UInt8
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  public static let byteOrderMark = ReadingRepairs(rawValue: 1)
  public static let carriageReturns = ReadingRepairs(rawValue: 2)
  public static let decomposedLetters = ReadingRepairs(rawValue: 4)
  public static let nonBreakingSpaces = ReadingRepairs(rawValue: 8)
}

extension Source {
  /// Reads the bytes of a file that a person wrote: drops a byte order mark, turns CR LF and CR
  /// into LF, composes decomposed letters (NFC), and turns non-breaking spaces into spaces.
  ///
  /// Line numbers are those of the file. Throws ``SourceProblem/notUTF8`` at the first byte that
  /// is not UTF-8, with a guess at the encoding it is in.
  public static func reading(
    name: String, bytes: [UInt8]
  ) throws(Diagnostic) -> (source: Source, repairs: ReadingRepairs) {
    if ByteScan(bytes).isPlain { return (Source(name: name, bytes: bytes), []) }
    if let offset = firstInvalidOffset(bytes) {
      throw notUTF8(name: name, bytes, at: offset)
    }
    let look = CloserLook(bytes.span)
    if let offset = look.nulByte { throw nulByte(name: name, bytes, at: offset) }
    if let range = look.control { throw control(name: name, bytes, at: range) }
    guard look.repairs.isEmpty else {
      return (Source(name: name, bytes: repair(bytes, look.repairs)), look.repairs)
    }
    return (Source(name: name, bytes: bytes), [])
  }

  private static func nulByte(name: String, _ bytes: [UInt8], at offset: Int) -> Diagnostic {
    let source = Source(name: name, bytes: bytes)
    return Diagnostic(
      .source(.nulByte),
      at: Text(source: source, range: SourceRange(start: offset, end: offset + 1)))
  }

  private static func control(name: String, _ bytes: [UInt8], at range: Range<Int>) -> Diagnostic {
    let source = Source(name: name, bytes: bytes)
    let code = bytes[range.upperBound - 1]
    return Diagnostic(
      .source(.controlCharacter(code: code)),
      at: Text(
        source: source, range: SourceRange(start: range.lowerBound, end: range.upperBound)))
  }

  private static func notUTF8(name: String, _ bytes: [UInt8], at offset: Int) -> Diagnostic {
    let head = Array(bytes[..<offset])
    let tail = String(decoding: bytes[offset...].prefix(40), as: UTF8.self)
    let source = Source(name: name, bytes: head + Array(tail.utf8))
    return Diagnostic(
      .source(.notUTF8(guess: EncodingGuess(bytes, from: offset))),
      at: Text(source: source, range: SourceRange(start: offset, end: offset + 3)))
  }

  /// The offset of the first byte that is not part of well-formed UTF-8.
  private static func firstInvalidOffset(_ bytes: [UInt8]) -> Int? {
    do {
      _ = try UTF8Span(validating: bytes.span)
      return nil
    } catch {
      return error.byteOffsets.lowerBound
    }
  }

  private static func repair(_ bytes: [UInt8], _ repairs: ReadingRepairs) -> [UInt8] {
    let start = repairs.contains(.byteOrderMark) ? 3 : 0
    let body = bytes[start...]
    let lines = repairs.contains(.carriageReturns) ? lineFeeds(body) : body
    var text = String(decoding: lines, as: UTF8.self)
    if repairs.contains(.decomposedLetters) { text = composed(text) }
    guard repairs.contains(.nonBreakingSpaces) else { return Array(text.utf8) }
    let spaced = text.unicodeScalars.map { $0 == "\u{A0}" ? " " : $0 }
    var result = String.UnicodeScalarView()
    result.append(contentsOf: spaced)
    return Array(String(result).utf8)
  }

  private static func lineFeeds(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var afterReturn = false
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "\r"): result.append(UInt8(ascii: "\n"))
      case UInt8(ascii: "\n") where afterReturn: break
      default: result.append(byte)
      }
      afterReturn = byte == UInt8(ascii: "\r")
    }
    return result[...]
  }

  /// Unicode normalization form C, by the standard library's own tables.
  private static func composed(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    result.append(contentsOf: text._nfc)
    return String(result)
  }
}

/// What a text of well-formed UTF-8 holds that reading refuses or repairs.
private struct CloserLook {
  private(set) var nulByte: Int?
  /// The first control character that no text holds: it would spoil the page it comes into.
  private(set) var control: Range<Int>?
  private(set) var repairs: ReadingRepairs = []

  init(_ text: Span<UInt8>) {
    if text.count >= 3, text[0] == 0xEF, text[1] == 0xBB, text[2] == 0xBF {
      repairs.insert(.byteOrderMark)
    }
    for offset in text.indices {
      let byte = text[offset]
      // Most are letters, signs and continuation bytes.
      if byte &- 0x20 < 0x5F || byte & 0xC0 == 0x80 { continue }
      let next = offset + 1 < text.count ? text[offset + 1] : 0
      switch byte {
      case 0x09, 0x0A: break
      case 0x0D: repairs.insert(.carriageReturns)
      case 0..<0x20, 0x7F: note(offset..<offset + 1, isNul: byte == 0)
      case 0xC2 where next < 0xA0: note(offset..<offset + 2, isNul: false)
      case 0xC2 where next == 0xA0: repairs.insert(.nonBreakingSpaces)
      // U+0300…U+036F are CC 80 … CD AF.
      case 0xCC: repairs.insert(.decomposedLetters)
      case 0xCD where next < 0xB0: repairs.insert(.decomposedLetters)
      default: break
      }
    }
  }

  private mutating func note(_ range: Range<Int>, isNul: Bool) {
    control = control ?? range
    if isNul { nulByte = nulByte ?? range.lowerBound }
  }
}

/// What the bytes of a file that is not UTF-8 look like.
public enum EncodingGuess: Sendable, Hashable {
  /// A Word, Excel or PDF file, whatever its name says.
  case officeFile
  case utf16
  case tcvn3
  case vniWindows
  case unknown

  /// Looks at the bytes after the first that is not UTF-8 (hints of the two legacy encodings:
  /// letters of TCVN3 stand at A1–FE alone, VNI writes a tone byte after a plain vowel).
  init(_ bytes: [UInt8], from offset: Int) {
    let officeMarks: [[UInt8]] = [
      [0x50, 0x4B, 0x03, 0x04], [0xD0, 0xCF, 0x11, 0xE0], [0x25, 0x50, 0x44, 0x46],
    ]
    if officeMarks.contains(where: { bytes.starts(with: $0) }) {
      self = .officeFile
      return
    }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      self = .utf16
      return
    }
    var tones = 0
    var alone = 0
    var previous: UInt8 = 0
    for byte in bytes[offset...].prefix(4096) {
      if byte >= 0xA1 {
        let afterVowel = "aeouyAEOUY\u{F4}\u{F6}".unicodeScalars.contains { $0.value == previous }
        if afterVowel && [0xF9, 0xF8, 0xFB, 0xF5, 0xEF, 0xE2, 0xEA].contains(byte) {
          tones += 1
        } else {
          alone += 1
        }
      }
      previous = byte
    }
    self = tones > alone ? .vniWindows : alone > 2 ? .tcvn3 : .unknown
  }
}
