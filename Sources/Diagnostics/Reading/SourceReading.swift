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
  /// - Parameter keepsSpaces: whether non-breaking spaces stay, as in a template, whose author set
  ///   them.
  /// - Returns: the text, and which of these repairs it needed.
  /// - Throws: ``SourceProblem/notUTF8(guess:)`` at the first byte that is not UTF-8, with a guess at
  ///   the encoding; ``SourceProblem/nulByte``, ``SourceProblem/controlCharacter(code:)`` and
  ///   ``SourceProblem/misreadLetters(_:meant:)``. Notes name the places of all further ones.
  public static func reading(
    name: String, bytes: [UInt8], keepsSpaces: Bool = false
  ) throws(Diagnostic) -> (source: Source, repairs: ReadingRepairs) {
    let (source, flaws, repairs) = try readingFlaws(name: name, bytes, keepsSpaces: keepsSpaces)
    if let problem = flaws.joined { throw problem }
    return (source, repairs)
  }

  /// Reads it going on after bytes and characters that have no place in a text.
  ///
  /// - Throws: that it is no text in UTF-8 at all.
  public static func readingOn(
    name: String, bytes: [UInt8]
  ) throws(Diagnostic) -> (source: Source, flaws: TextFlaws) {
    let (source, flaws, _) = try readingFlaws(name: name, bytes, keepsSpaces: false)
    return (source, flaws)
  }

  private static func readingFlaws(
    name: String, _ bytes: [UInt8], keepsSpaces: Bool
  ) throws(Diagnostic) -> (Source, TextFlaws, ReadingRepairs) {
    guard ByteScan(bytes).isPlain else {
      return try readingClosely(name: name, bytes, keepsSpaces: keepsSpaces)
    }
    let source = Source(name: name, bytes: bytes)
    return (source, TextFlaws(MisreadLetters(in: source)), [])
  }

  private static func readingClosely(
    name: String, _ bytes: [UInt8], keepsSpaces: Bool
  ) throws(Diagnostic) -> (Source, TextFlaws, ReadingRepairs) {
    let decoded = DecodedBytes(bytes)
    let guess = decoded.guess(bytes)
    if let first = decoded.firstInvalid, guess != .damaged {
      throw notUTF8(name: name, bytes, at: first, guess)
    }
    let found = IrregularCharacters(in: decoded.bytes.span)
    if let offset = found.firstOfManyNulBytes {
      let source = Source(name: name, bytes: decoded.bytes)
      let place = Text(source: source, range: SourceRange(start: offset, end: offset + 1))
      throw Diagnostic(.source(.nulByte), at: place)
    }
    let repairs = keepsSpaces ? found.repairs.subtracting(.nonBreakingSpaces) : found.repairs
    let read = repairs.isEmpty ? decoded.bytes : repair(decoded.bytes, repairs)
    let source = Source(name: name, bytes: read)
    let misread = MisreadLetters(in: source)
    let isRight = decoded.firstInvalid == nil && !found.hasControls
    let flaws =
      isRight
      ? TextFlaws(misread) : TextFlaws(in: source, replaced: decoded.replaced, guess, misread)
    return (source, flaws, repairs)
  }

  private static func notUTF8(
    name: String, _ bytes: [UInt8], at offset: Int, _ guess: EncodingGuess
  ) -> Diagnostic {
    let head = Array(bytes[..<offset])
    let tail = String(decoding: bytes[offset...].prefix(40), as: UTF8.self)
    let source = Source(name: name, bytes: head + Array(tail.utf8))
    return Diagnostic(
      .source(.notUTF8(guess: guess)),
      at: Text(source: source, range: SourceRange(start: offset, end: offset + 3)))
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

/// The bytes of a file with U+FFFD in place of what is not UTF-8.
private struct DecodedBytes {
  private(set) var bytes: [UInt8]
  /// The offset in the file of the first byte that is not UTF-8.
  private(set) var firstInvalid: Int?
  /// Which of the U+FFFD were put in, counted from 0.
  private(set) var replaced: [Int] = []

  private static let mark: [UInt8] = [0xEF, 0xBF, 0xBD]

  init(_ file: [UInt8]) {
    bytes = file
    guard let first = DecodedBytes.invalidRange(file[...]) else { return }
    firstInvalid = first.lowerBound
    bytes = []
    var (rest, marks) = (file[...], 0)
    while let invalid = DecodedBytes.invalidRange(rest) {
      let valid = rest[..<invalid.lowerBound]
      marks += valid.ranges(of: DecodedBytes.mark).count
      replaced.append(marks)
      marks += 1
      bytes += valid + DecodedBytes.mark
      rest = rest[invalid.upperBound...]
    }
    bytes += rest
  }

  private static func invalidRange(_ bytes: ArraySlice<UInt8>) -> Range<Int>? {
    do {
      _ = try UTF8Span(validating: bytes.span)
      return nil
    } catch {
      let range = error.byteOffsets
      return bytes.startIndex + range.lowerBound..<bytes.startIndex + range.upperBound
    }
  }

  func guess(_ file: [UInt8]) -> EncodingGuess {
    guard let firstInvalid else { return .damaged }
    let valid = bytes.count { $0 >= 0xC2 } - replaced.count
    return EncodingGuess(file, from: firstInvalid, invalid: replaced.count, valid: valid)
  }
}

/// The characters of well-formed UTF-8 that reading refuses or repairs, found byte by byte.
///
/// Most files need none of it: ``Texts/ByteScan`` clears them sixteen bytes at a time.
private struct IrregularCharacters {
  /// Tells whether there is a control character other than tab and line ends; none may get into a document.
  private(set) var hasControls = false
  private var nulBytes = (first: 0, count: 0)
  private let count: Int
  private(set) var repairs: ReadingRepairs = []

  init(in text: Span<UInt8>) {
    count = text.count
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
      case 0: noteNulByte(offset)
      case 0..<0x20, 0x7F: hasControls = true
      case 0xC2 where next < 0xA0: hasControls = true
      case 0xC2 where next == 0xA0: repairs.insert(.nonBreakingSpaces)
      // U+0300…U+036F are CC 80 … CD AF.
      case 0xCC: repairs.insert(.decomposedLetters)
      case 0xCD where next < 0xB0: repairs.insert(.decomposedLetters)
      default: break
      }
    }
  }

  private mutating func noteNulByte(_ offset: Int) {
    if nulBytes.count == 0 { nulBytes.first = offset }
    nulBytes.count += 1
    hasControls = true
  }

  /// The first zero byte of a file that has so many of them that it is no text.
  var firstOfManyNulBytes: Int? {
    nulBytes.count > 4 && nulBytes.count * 8 > count ? nulBytes.first : nil
  }
}
