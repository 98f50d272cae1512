import Diagnostics
import Texts

struct Token: Sendable {
  let kind: Kind
  let range: SourceRange

  enum Kind: Sendable, Equatable {
    case text
    case variableStart, variableEnd
    case blockStart, blockEnd
    case name, string, integer, decimal
    case dot, comma, colon, pipe, tilde, assign
    case plus, minus, star, power, slash, floorSlash, percent
    case leftParenthesis, rightParenthesis
    case leftBracket, rightBracket
    case leftBrace, rightBrace
    case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
    case end
  }
}

/// Cuts a template into tokens. Works on bytes and goes on after an error, at the end of the tag.
struct Lexer {
  private let source: Source
  private let syntax: Syntax
  private let bytes: [UInt8]
  private var position = 0
  private var tokens: [Token] = []
  private(set) var problems: [Diagnostic] = []
  /// The text after a tag loses its first newline, or all its leading white space.
  private var trimming = Trimming.nothing

  private enum Trimming { case nothing, newline, all }

  static func tokens(
    of source: Source, syntax: Syntax
  ) -> (tokens: [Token], problems: [Diagnostic]) {
    var lexer = Lexer(source: source, syntax: syntax)
    lexer.run()
    return (lexer.tokens, lexer.problems)
  }

  private init(source: Source, syntax: Syntax) {
    self.source = source
    self.syntax = syntax
    self.bytes = source.bytes
    tokens.reserveCapacity(bytes.count / 4)
  }

  private mutating func run() {
    while position < bytes.count {
      let start = nextTag(from: position)
      guard start < bytes.count else {
        addText(position..<textEnd)
        position = bytes.count
        break
      }
      readTag(at: start)
    }
    add(.end, bytes.count..<bytes.count)
  }

  /// The end of the last text: a single newline at the end of the file may not count.
  private var textEnd: Int {
    !syntax.keepsTrailingNewline && bytes.last == UInt8(ascii: "\n")
      ? bytes.count - 1 : bytes.count
  }

  private func nextTag(from start: Int) -> Int {
    var index = start
    while true {
      index = bytes.span.bytes.first(UInt8(ascii: "{"), in: index..<bytes.count)
      guard index + 1 < bytes.count else { return bytes.count }
      switch bytes[index + 1] {
      case UInt8(ascii: "{"), UInt8(ascii: "%"), UInt8(ascii: "#"): return index
      default: index += 1
      }
    }
  }

  private mutating func readTag(at start: Int) {
    let kind = bytes[start + 1]
    let sign = start + 2 < bytes.count ? bytes[start + 2] : 0
    addText(position..<end(ofTextBefore: start, isBlock: kind != UInt8(ascii: "{"), sign: sign))
    position = start + 2
    if sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { position += 1 }
    switch kind {
    case UInt8(ascii: "#"): skipComment(from: start)
    case UInt8(ascii: "{"): readExpression(from: start, .variableStart, .variableEnd, closing: "}}")
    default:
      if isRaw() {
        readRaw(from: start)
      } else {
        readExpression(from: start, .blockStart, .blockEnd, closing: "%}")
      }
    }
  }

  /// The place where the text before a tag ends once the tag's `-`, or stripping of blocks, took
  /// its share.
  private func end(ofTextBefore start: Int, isBlock: Bool, sign: UInt8) -> Int {
    var end = start
    if sign == UInt8(ascii: "-") {
      while end > position, bytes[end - 1].isWhiteSpace { end -= 1 }
      return end
    }
    guard isBlock, syntax.stripsBlocks, sign != UInt8(ascii: "+") else { return start }
    while end > 0, bytes[end - 1] == UInt8(ascii: " ") || bytes[end - 1] == UInt8(ascii: "\t") {
      end -= 1
    }
    let isLineStart = end == 0 || bytes[end - 1] == UInt8(ascii: "\n")
    return isLineStart ? max(end, position) : start
  }

  private mutating func addText(_ range: Range<Int>) {
    var start = range.lowerBound
    let end = max(start, range.upperBound)
    switch trimming {
    case .nothing: break
    case .newline: if start < end, bytes[start] == UInt8(ascii: "\n") { start += 1 }
    case .all: while start < end, bytes[start].isWhiteSpace { start += 1 }
    }
    trimming = .nothing
    if start < end { add(.text, start..<end) }
  }

  private mutating func add(_ kind: Token.Kind, _ range: Range<Int>) {
    tokens.append(
      Token(kind: kind, range: SourceRange(start: range.lowerBound, end: range.upperBound)))
  }

  /// After a tag that ends at `position`, with `-` or `+` before its end.
  private mutating func endTag(sign: UInt8, isBlock: Bool) {
    if sign == UInt8(ascii: "-") {
      trimming = .all
    } else if isBlock, syntax.trimsBlocks, sign != UInt8(ascii: "+") {
      trimming = .newline
    }
  }

  private mutating func skipComment(from start: Int) {
    guard let end = find("#}", from: position) else {
      return fail(.unclosedComment, start..<start + 2, resumeAt: bytes.count)
    }
    let sign = end > position ? bytes[end - 1] : 0
    position = end + 2
    endTag(sign: sign, isBlock: true)
  }

  private func find(_ string: StaticString, from start: Int) -> Int? {
    let first = string.utf8Start[0]
    let second = string.utf8Start[1]
    var index = start
    while index + 1 < bytes.count {
      if bytes[index] == first, bytes[index + 1] == second { return index }
      index += 1
    }
    return nil
  }

  private mutating func fail(_ problem: TemplateProblem, _ range: Range<Int>, resumeAt: Int) {
    let range = SourceRange(start: range.lowerBound, end: min(range.upperBound, bytes.count))
    problems.append(Diagnostic(.template(problem), at: Text(source: source, range: range)))
    position = resumeAt
  }
}

extension Lexer {
  /// Tells whether `raw` stands here, alone in its tag.
  private func isRaw() -> Bool { tagEnd(ofWord: "raw", from: position) != nil }

  /// The end of a tag that holds just this word, and the sign before its end.
  private func tagEnd(ofWord word: String, from start: Int) -> (end: Int, sign: UInt8)? {
    var index = skipSpace(from: start)
    for byte in word.utf8 {
      guard index < bytes.count, bytes[index] == byte else { return nil }
      index += 1
    }
    index = skipSpace(from: index)
    var sign: UInt8 = 0
    if index < bytes.count, bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+") {
      sign = bytes[index]
      index += 1
    }
    guard index + 1 < bytes.count, bytes[index] == UInt8(ascii: "%"),
      bytes[index + 1] == UInt8(ascii: "}")
    else { return nil }
    return (index + 2, sign)
  }

  private func skipSpace(from start: Int) -> Int {
    var index = start
    while index < bytes.count, bytes[index].isWhiteSpace { index += 1 }
    return index
  }

  private mutating func readRaw(from start: Int) {
    guard let opening = tagEnd(ofWord: "raw", from: position) else { return }
    position = opening.end
    endTag(sign: opening.sign, isBlock: true)
    var search = position
    while let tag = find("{%", from: search) {
      let sign = tag + 2 < bytes.count ? bytes[tag + 2] : 0
      let isSigned = sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+")
      if let closing = tagEnd(ofWord: "endraw", from: tag + (isSigned ? 3 : 2)) {
        addText(position..<end(ofTextBefore: tag, isBlock: true, sign: sign))
        position = closing.end
        endTag(sign: closing.sign, isBlock: true)
        return
      }
      search = tag + 2
    }
    fail(.unclosedBlock("raw"), start..<opening.end, resumeAt: bytes.count)
  }

  private mutating func readExpression(
    from start: Int, _ opening: Token.Kind, _ closing: Token.Kind, closing end: StaticString
  ) {
    add(opening, start..<position)
    let first = end.utf8Start[0]
    var depth = 0
    while true {
      position = skipSpace(from: position)
      guard position + 1 < bytes.count, !isTagStart else {
        let isVariable = opening == .variableStart
        dropTokens(from: start)
        let problem: TemplateProblem = .unclosedTag(isVariable ? "}}" : "%}")
        return fail(problem, start..<start + 2, resumeAt: nextTag(from: start + 2))
      }
      var at = position
      let sign = bytes[at]
      if sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { at += 1 }
      if depth == 0, at + 1 < bytes.count, bytes[at] == first, bytes[at + 1] == UInt8(ascii: "}") {
        let isSigned = at > position
        add(closing, position..<at + 2)
        position = at + 2
        return endTag(sign: isSigned ? sign : 0, isBlock: opening == .blockStart)
      }
      guard let kind = readToken() else {
        dropTokens(from: start)
        position = min(bytes.count, (find(end, from: position) ?? bytes.count) + 2)
        return
      }
      switch kind {
      case .leftBrace: depth += 1
      case .rightBrace: depth = max(0, depth - 1)
      default: break
      }
    }
  }

  /// A tag that begins inside a tag: the first was not closed.
  private var isTagStart: Bool {
    bytes[position] == UInt8(ascii: "{")
      && (bytes[position + 1] == UInt8(ascii: "%") || bytes[position + 1] == UInt8(ascii: "{"))
  }

  private mutating func dropTokens(from start: Int) {
    while let last = tokens.last, Int(last.range.start) >= start, last.kind != .text {
      tokens.removeLast()
    }
  }

  /// Reads one token of an expression; nil after an error.
  private mutating func readToken() -> Token.Kind? {
    let start = position
    let byte = bytes[start]
    if byte.isNameStart { return readName() }
    if byte >= 0x30, byte <= 0x39 { return readNumber() }
    if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") { return readString(quote: byte) }
    let next = start + 1 < bytes.count ? bytes[start + 1] : 0
    if let kind = Token.Kind(first: byte, second: next) { return take(kind, 2) }
    if let kind = Token.Kind(byte) { return take(kind, 1) }
    let rest = String(decoding: bytes[start...].prefix(8), as: UTF8.self)
    let length = max(1, rest.unicodeScalars.first.map { UTF8.width($0) } ?? 1)
    let character = String(rest.unicodeScalars.prefix(1))
    fail(.unexpectedCharacter(character), start..<start + length, resumeAt: start + length)
    return nil
  }

  private mutating func take(_ kind: Token.Kind, _ length: Int) -> Token.Kind {
    add(kind, position..<position + length)
    position += length
    return kind
  }

  private mutating func readName() -> Token.Kind {
    let end = bytes.span.bytes.nameEnd(from: position, beyondASCII: true)
    for index in position..<end where bytes[index] >= 0x80 {
      let name = Text(source: source, range: SourceRange(start: position, end: end))
      problems += name.unseenCharacters(orBlank: true)
      break
    }
    return take(.name, end - position)
  }

  /// `12`, `1_000`, `12.5`, `1e3`, `0x1F`, `0o17`, `0b101`. After a dot it is an index, and no dot
  /// is part of it: `x.0.1`.
  private mutating func readNumber() -> Token.Kind {
    if let end = basedNumberEnd(from: position) { return take(.integer, end - position) }
    var end = digits(from: position)
    var kind = Token.Kind.integer
    if isAfterDot { return take(kind, end - position) }
    if end + 1 < bytes.count, bytes[end] == UInt8(ascii: "."), bytes[end + 1].isDigit {
      end = digits(from: end + 1)
      kind = .decimal
    }
    if end + 1 < bytes.count, bytes[end] | 0x20 == UInt8(ascii: "e") {
      let isSigned = bytes[end + 1] == UInt8(ascii: "-") || bytes[end + 1] == UInt8(ascii: "+")
      let exponent = end + (isSigned ? 2 : 1)
      if exponent < bytes.count, bytes[exponent].isDigit {
        end = digits(from: exponent)
        kind = .decimal
      }
    }
    return take(kind, end - position)
  }

  /// Tells whether the last token is a dot right before.
  private var isAfterDot: Bool { position > 0 && bytes[position - 1] == UInt8(ascii: ".") }

  /// The end of a number whose base is written; nil for any other.
  private func basedNumberEnd(from start: Int) -> Int? {
    guard start + 1 < bytes.count, bytes[start] == UInt8(ascii: "0"), !isAfterDot else {
      return nil
    }
    switch bytes[start + 1] | 0x20 {
    case UInt8(ascii: "x"), UInt8(ascii: "o"), UInt8(ascii: "b"): break
    default: return nil
    }
    // What does not belong to it is told with it.
    var end = start + 2
    while end < bytes.count, bytes[end].isNamePart { end += 1 }
    return end
  }

  private func digits(from start: Int) -> Int {
    var index = start
    while index < bytes.count, bytes[index].isDigit || bytes[index] == UInt8(ascii: "_") {
      index += 1
    }
    return index
  }

  private mutating func readString(quote: UInt8) -> Token.Kind? {
    var end = position + 1
    while end < bytes.count, bytes[end] != quote {
      end += bytes[end] == UInt8(ascii: "\\") ? 2 : 1
    }
    guard end < bytes.count else {
      let line = source.lineRange(at: position)
      fail(.unclosedString, position..<line.upperBound, resumeAt: line.upperBound)
      return nil
    }
    return take(.string, end + 1 - position)
  }
}

extension Token.Kind {
  /// As messages write it.
  var spelling: String {
    switch self {
    case .variableEnd: "}}"
    case .blockEnd: "%}"
    case .leftParenthesis: "("
    case .rightParenthesis: ")"
    case .rightBracket: "]"
    case .rightBrace: "}"
    case .colon: ":"
    case .assign: "="
    default: "…"
    }
  }

  fileprivate init?(first: UInt8, second: UInt8) {
    switch (first, second) {
    case (UInt8(ascii: "*"), UInt8(ascii: "*")): self = .power
    case (UInt8(ascii: "/"), UInt8(ascii: "/")): self = .floorSlash
    case (UInt8(ascii: "="), UInt8(ascii: "=")): self = .equal
    case (UInt8(ascii: "!"), UInt8(ascii: "=")): self = .notEqual
    case (UInt8(ascii: "<"), UInt8(ascii: "=")): self = .lessOrEqual
    case (UInt8(ascii: ">"), UInt8(ascii: "=")): self = .greaterOrEqual
    default: return nil
    }
  }

  fileprivate init?(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "."): self = .dot
    case UInt8(ascii: ","): self = .comma
    case UInt8(ascii: ":"): self = .colon
    case UInt8(ascii: "|"): self = .pipe
    case UInt8(ascii: "~"): self = .tilde
    case UInt8(ascii: "="): self = .assign
    case UInt8(ascii: "+"): self = .plus
    case UInt8(ascii: "-"): self = .minus
    case UInt8(ascii: "*"): self = .star
    case UInt8(ascii: "/"): self = .slash
    case UInt8(ascii: "%"): self = .percent
    case UInt8(ascii: "("): self = .leftParenthesis
    case UInt8(ascii: ")"): self = .rightParenthesis
    case UInt8(ascii: "["): self = .leftBracket
    case UInt8(ascii: "]"): self = .rightBracket
    case UInt8(ascii: "{"): self = .leftBrace
    case UInt8(ascii: "}"): self = .rightBrace
    case UInt8(ascii: "<"): self = .less
    case UInt8(ascii: ">"): self = .greater
    default: return nil
    }
  }
}

extension UInt8 {
  var isWhiteSpace: Bool { self == 0x20 || (self >= 0x09 && self <= 0x0D) }
  var isDigit: Bool { self >= 0x30 && self <= 0x39 }
  /// Letters of ASCII, the underscore, and every byte of a letter beyond ASCII.
  var isNameStart: Bool {
    let lower = self | 0x20
    return (lower >= 0x61 && lower <= 0x7A) || self == 0x5F || self >= 0x80
  }
  var isNamePart: Bool { isNameStart || isDigit }
}
