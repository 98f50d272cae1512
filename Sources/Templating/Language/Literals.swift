import Diagnostics
import Texts

// Numbers and texts as a template writes them.

/// `12`, `1_000`, `12.5`, `1e3`, `0x1F`, `0o17`, `0b101`.
struct NumberLiteral {
  private let digits: [UInt8]
  /// 10 for decimals.
  private let base: Int

  /// nil for one that is not written right: with an underscore that stands in no row of digits, or
  /// with a digit that its base does not have.
  init?(_ written: ArraySlice<UInt8>) {
    let base = NumberLiteral.base(of: written)
    let underscore = UInt8(ascii: "_")
    let body = base == 10 ? written : written.dropFirst(2)
    var previous = base == 10 ? underscore : UInt8(ascii: "0")
    for byte in body {
      let isDigit = byte.digitValue.map { $0 < base } ?? false
      let isSign = base == 10 && NumberLiteral.signs.contains(byte)
      guard isDigit || isSign || byte == underscore else { return nil }
      if byte == underscore || isSign, previous == underscore { return nil }
      if byte == underscore, base == 10, NumberLiteral.signs.contains(previous) { return nil }
      previous = byte
    }
    if body.isEmpty || previous == underscore { return nil }
    digits = body.filter { $0 != underscore }
    self.base = base
  }

  private static let signs = Array(".eE+-".utf8)

  private static func base(of written: ArraySlice<UInt8>) -> Int {
    guard written.count > 1, written.first == UInt8(ascii: "0") else { return 10 }
    switch written[written.startIndex + 1] | 0x20 {
    case UInt8(ascii: "x"): return 16
    case UInt8(ascii: "o"): return 8
    case UInt8(ascii: "b"): return 2
    default: return 10
    }
  }

  /// nil for one with too many digits.
  var value: Decimal? {
    if base == 10 { return Decimal(digits) }
    var number = Decimal(0)
    for digit in digits {
      guard let value = digit.digitValue,
        let next = number.multiplied(by: Decimal(base))?.adding(Decimal(value))
      else { return nil }
      number = next
    }
    return number
  }
}

extension UInt8 {
  /// The value of a digit, of which those above nine are letters.
  fileprivate var digitValue: Int? {
    if isDigit { return Int(self) - 0x30 }
    let letter = self | 0x20
    return (0x61...0x66).contains(letter) ? Int(letter) - 0x61 + 10 : nil
  }
}

/// A text between quotes: `\\n`, `\\t`, `\\r`, `\\b`, `\\f`, `\\\\`, `\\'`, `\\"`, `\\x41`, `\\u1EBF` and
/// up to three octal digits; any other letter after a backslash stays as it is.
struct StringLiteral {
  private let bytes: ArraySlice<UInt8>
  private let source: Source
  private var index: Int

  /// - Parameter text: with its quotes.
  init(_ text: Text) {
    source = text.source
    bytes = text.bytes.dropFirst().dropLast()
    index = bytes.startIndex
  }

  /// Appends its characters, and the place where each run of them is written.
  ///
  /// - Throws: ``TemplateProblem/badEscape(_:)`` for `\\x` and `\\u` without their digits.
  mutating func append(
    to result: inout [UInt8], _ pieces: inout [Source.Piece]
  ) throws(Diagnostic) {
    pieces.append(Source.Piece(start: result.count, origin: index))
    while index < bytes.endIndex {
      guard bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.endIndex else {
        result.append(bytes[index])
        index += 1
        continue
      }
      let (count, written) = (result.count, index)
      index += 2
      try appendEscaped(bytes[index - 1], to: &result)
      let place = SourceRange(start: written, end: index)
      pieces.append(Source.Piece(start: count, writtenAt: place))
      pieces.append(Source.Piece(start: result.count, origin: index))
    }
  }

  private mutating func appendEscaped(
    _ letter: UInt8, to result: inout [UInt8]
  ) throws(Diagnostic) {
    switch letter {
    case UInt8(ascii: "n"): result.append(0x0A)
    case UInt8(ascii: "t"): result.append(0x09)
    case UInt8(ascii: "r"): result.append(0x0D)
    case UInt8(ascii: "b"): result.append(0x08)
    case UInt8(ascii: "f"): result.append(0x0C)
    case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""): result.append(letter)
    case UInt8(ascii: "x"): result += String(try hexadecimal(2)).utf8
    case UInt8(ascii: "u"): result += String(try character()).utf8
    case UInt8(ascii: "0")...UInt8(ascii: "7"): result += String(octal()).utf8
    default: result += [UInt8(ascii: "\\"), letter]
    }
  }

  /// `\\u1EBF`, or the two halves of a character beyond U+FFFF.
  private mutating func character() throws(Diagnostic) -> Unicode.Scalar {
    let start = index
    let first = try number(4)
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard first < 0xDC00, bytes[index...].starts(with: "\\u".utf8) else { throw bad(from: start) }
    index += 2
    let second = try number(4)
    guard (0xDC00...0xDFFF).contains(second),
      let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
    else { throw bad(from: start) }
    return scalar
  }

  private mutating func hexadecimal(_ count: Int) throws(Diagnostic) -> Unicode.Scalar {
    let start = index
    guard let scalar = Unicode.Scalar(try number(count)) else { throw bad(from: start) }
    return scalar
  }

  private mutating func number(_ count: Int) throws(Diagnostic) -> UInt32 {
    let start = index
    var number: UInt32 = 0
    for _ in 0..<count {
      guard index < bytes.endIndex, let digit = bytes[index].digitValue else {
        throw bad(from: start)
      }
      number = number << 4 | UInt32(digit)
      index += 1
    }
    return number
  }

  private mutating func octal() -> Unicode.Scalar {
    index -= 1
    var number: UInt32 = 0
    for _ in 0..<3 {
      guard index < bytes.endIndex, (0x30...0x37).contains(bytes[index]) else { break }
      number = number << 3 | UInt32(bytes[index] - 0x30)
      index += 1
    }
    return Unicode.Scalar(number) ?? "\u{FFFD}"
  }

  /// - Parameter start: of the digits.
  private func bad(from start: Int) -> Diagnostic {
    let place = Text(source: source, range: SourceRange(start: start - 2, end: index))
    return Diagnostic(.template(.badEscape(place.string)), at: place)
  }
}
