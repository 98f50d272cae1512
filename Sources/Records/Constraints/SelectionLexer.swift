import Diagnostics
import Texts

/// A word or sign of a selection expression.
struct SelectionToken {
  enum Kind {
    case integer(Int)
    case decimal(Fraction)
    case text(ArraySlice<UInt8>)
    /// `name`, `name[0]`; `name.part` stands for the field `name_part`.
    case name(Text, index: Int?)
    case binary(BinaryOperator)
    case not
    case count
    case question
    case colon
    case open
    case close
    case end
  }

  let kind: Kind
  let place: Text
}

/// Cuts a selection expression into its words and signs, each as long as it can be.
struct SelectionLexer {
  private let text: Text
  private let bytes: ArraySlice<UInt8>
  private var offset: Int
  private var last: Text

  init(_ text: Text) {
    self.text = text
    bytes = text.bytes
    offset = bytes.startIndex
    last = text
  }

  /// The next token; the end has the place of the token before it.
  mutating func next() throws(Diagnostic) -> SelectionToken {
    while offset < bytes.endIndex, bytes[offset].isSpace { offset += 1 }
    let start = offset
    guard start < bytes.endIndex else { return SelectionToken(kind: .end, place: last) }
    let kind: SelectionToken.Kind
    switch bytes[start] {
    case UInt8(ascii: "'"), UInt8(ascii: "\""): kind = try textLiteral()
    case let byte where byte.isLetter: kind = try name()
    case let byte where byte.isDigit || byte == UInt8(ascii: ".") || isSignedNumber:
      kind = try number()
    default: kind = try sign()
    }
    last = part(start..<offset)
    return SelectionToken(kind: kind, place: last)
  }

  /// A minus belongs to the digits right after it: `a -1` is two operands side by side.
  private var isSignedNumber: Bool {
    guard bytes[offset] == UInt8(ascii: "-") else { return false }
    let rest = bytes[(offset + 1)...]
    let afterPoint = rest.first == UInt8(ascii: ".") ? rest.dropFirst() : rest
    return afterPoint.first?.isDigit ?? false
  }

  private mutating func number() throws(Diagnostic) -> SelectionToken.Kind {
    let start = offset
    if bytes[offset] == UInt8(ascii: "-") { offset += 1 }
    if bytes[offset...].starts(with: "0x".utf8), isHexadecimal(at: offset + 2) {
      offset += 2
      while isHexadecimal(at: offset) { offset += 1 }
    } else {
      skipDigits()
      if offset + 1 < bytes.endIndex, bytes[offset] == UInt8(ascii: "."),
        bytes[offset + 1].isDigit
      {
        offset += 1
        skipDigits()
        guard let decimal = Fraction(bytes[start..<offset]) else { throw badNumber(start) }
        return .decimal(decimal)
      }
      // A point alone, or after the last digit.
      guard offset > start, bytes[offset - 1].isDigit else { throw unknownCharacter() }
    }
    guard let integer = part(start..<offset).integerLiteral else { throw badNumber(start) }
    return .integer(integer)
  }

  private mutating func name() throws(Diagnostic) -> SelectionToken.Kind {
    let start = offset
    skipName()
    var name = part(start..<offset)
    if offset + 1 < bytes.endIndex, bytes[offset] == UInt8(ascii: "."),
      bytes[offset + 1].isLetter
    {
      offset += 1
      skipName()
      let joined = bytes[start..<offset].map { $0 == UInt8(ascii: ".") ? UInt8(ascii: "_") : $0 }
      name = Text(computed: joined, from: part(start..<offset))
    }
    guard offset < bytes.endIndex, bytes[offset] == UInt8(ascii: "[") else {
      return .name(name, index: nil)
    }
    let digits = bytes[(offset + 1)...].prefix(while: \.isDigit)
    guard !digits.isEmpty, digits.endIndex < bytes.endIndex,
      bytes[digits.endIndex] == UInt8(ascii: "]")
    else { throw unknownCharacter() }
    offset = digits.endIndex + 1
    return .name(name, index: Int(String(decoding: digits, as: UTF8.self)) ?? Int.max)
  }

  /// As in recutils, a quote after a backslash ends the text only where no other quote does; here
  /// the backslash then goes, for the quote is what is meant.
  private mutating func textLiteral() throws(Diagnostic) -> SelectionToken.Kind {
    let quote = bytes[offset]
    var end: Int?
    var escapes: [Int] = []
    var next = offset + 1
    while next < bytes.endIndex {
      if bytes[next] == quote {
        end = next
        guard bytes[next - 1] == UInt8(ascii: "\\") else { break }
        escapes.append(next - 1)
      }
      next += 1
    }
    guard let end else { throw mistake(.openQuote, offset..<offset + 1) }
    let inside = bytes[(offset + 1)..<end]
    offset = end + 1
    let dropped = Set(escapes.filter { $0 + 1 < end })
    guard !dropped.isEmpty else { return .text(inside) }
    return .text(inside.indices.filter { !dropped.contains($0) }.map { bytes[$0] }[...])
  }

  private mutating func sign() throws(Diagnostic) -> SelectionToken.Kind {
    for length in [2, 1] where offset + length <= bytes.endIndex {
      let sign = String(decoding: bytes[offset..<offset + length], as: UTF8.self)
      guard let kind = Self.kind(ofSign: sign) else { continue }
      offset += length
      return kind
    }
    throw unknownCharacter()
  }

  private static func kind(ofSign sign: String) -> SelectionToken.Kind? {
    switch sign {
    case "!": .not
    case "#": .count
    case "?": .question
    case ":": .colon
    case "(": .open
    case ")": .close
    default: BinaryOperator(rawValue: sign).map { .binary($0) }
    }
  }

  private mutating func skipDigits() {
    while offset < bytes.endIndex, bytes[offset].isDigit { offset += 1 }
  }

  private mutating func skipName() {
    while offset < bytes.endIndex, bytes[offset].isNamePart { offset += 1 }
  }

  private func isHexadecimal(at offset: Int) -> Bool {
    offset < bytes.endIndex
      && (bytes[offset].isDigit || (bytes[offset] | 0x20) &- UInt8(ascii: "a") < 6)
  }

  /// The whole character at the offset, which may have several bytes.
  private func unknownCharacter() -> Diagnostic {
    let rest = String(decoding: bytes[offset...].prefix(4), as: UTF8.self)
    let character = rest.unicodeScalars.first.map(String.init) ?? ""
    return mistake(.unknownCharacter(character), offset..<offset + character.utf8.count)
  }

  private func badNumber(_ start: Int) -> Diagnostic {
    mistake(.badNumber(part(start..<offset).string), start..<offset)
  }

  private func mistake(_ mistake: ExpressionMistake, _ range: Range<Int>) -> Diagnostic {
    Diagnostic(.records(.constraint(.notAnExpression(mistake))), at: part(range))
  }

  private func part(_ range: Range<Int>) -> Text {
    Text(source: text.source, range: SourceRange(start: range.lowerBound, end: range.upperBound))
  }
}

extension Text {
  /// A number as expressions write it: `10`, `0x1F`, `-7`, and in base 8 after a zero, `012`.
  fileprivate var integerLiteral: Int? {
    let digits = bytes.first == UInt8(ascii: "-") ? bytes.dropFirst() : bytes
    guard digits.count > 1, digits.first == UInt8(ascii: "0"), digits.allSatisfy(\.isDigit) else {
      return integer
    }
    return Int(string, radix: 8)
  }
}
