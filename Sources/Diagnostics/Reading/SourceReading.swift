import Texts

/// The peculiarities of files from office PCs that reading has repaired in a text.
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
  /// None of this changes the number of a line.
  ///
  /// - Returns: the text, and which of these repairs it needed.
  /// - Throws: ``SourceProblem/notUTF8(guess:)`` at the first byte that is not UTF-8, with a guess at
  ///   the encoding; ``SourceProblem/nulByte`` and ``SourceProblem/controlCharacter(code:)``.
  public static func reading(
    name: String, bytes: [UInt8]
  ) throws(Diagnostic) -> (source: Source, repairs: ReadingRepairs) {
    if ByteScan(bytes).isPlain { return (Source(name: name, bytes: bytes), []) }
    if let offset = firstInvalidOffset(bytes) {
      throw notUTF8(name: name, bytes, at: offset)
    }
    let found = IrregularCharacters(in: bytes.span)
    if let offset = found.nulByte { throw nulByte(name: name, bytes, at: offset) }
    if let range = found.control { throw control(name: name, bytes, at: range) }
    guard found.repairs.isEmpty else {
      return (Source(name: name, bytes: repair(bytes, found.repairs)), found.repairs)
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

  /// The offset of the first byte that is not part of well-formed UTF-8; nil where all are.
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
    if repairs.contains(.decomposedLetters) { text = text.composed }
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
}

/// The characters of well-formed UTF-8 that reading refuses or repairs, found byte by byte.
///
/// Most files need none of it: ``Texts/ByteScan`` clears them sixteen bytes at a time.
private struct IrregularCharacters {
  private(set) var nulByte: Int?
  /// The first control character other than tab and line ends; none may get into a document.
  private(set) var control: Range<Int>?
  private(set) var repairs: ReadingRepairs = []

  init(in text: Span<UInt8>) {
    if text.count >= 3, text[0] == 0xEF, text[1] == 0xBB, text[2] == 0xBF {
      repairs.insert(.byteOrderMark)
    }
    for offset in text.indices {
      let byte = text[offset]
      // ASCII letters and signs, and continuation bytes: most of any text.
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
