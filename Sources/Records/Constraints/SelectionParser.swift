import Diagnostics
import Texts

/// Puts a selection expression into postfix order, by the precedence of its operators.
struct SelectionParser {
  private let text: Text
  private var lexer: SelectionLexer
  private var token: SelectionToken
  private var count = 0
  private var depth = 0
  private var steps: [SelectionExpression.Step] = []
  private(set) var names: [Text] = []
  private var nameIndices: [Text: Int] = [:]

  /// Words and signs in one expression.
  static let longest = 1000
  /// Brackets, `!` and the like inside one another.
  static let deepest = 100

  init(_ text: Text) throws(Diagnostic) {
    self.text = text
    lexer = SelectionLexer(text)
    token = try lexer.next()
  }

  mutating func parse() throws(Diagnostic) -> [SelectionExpression.Step] {
    guard !text.trimmed.isEmpty else { throw mistake(.empty, at: text) }
    try parseExpression(minimum: 0)
    switch token.kind {
    case .end: return steps
    case .close: throw mistake(.strayBracket, at: token.place)
    case .colon: throw mistake(.strayColon, at: token.place)
    default: throw mistake(.operatorMissing(before: token.place.string), at: token.place)
    }
  }

  private mutating func advance() throws(Diagnostic) {
    count += 1
    guard count <= Self.longest else {
      throw mistake(.tooLong(limit: Self.longest), at: token.place)
    }
    token = try lexer.next()
  }

  /// Takes an operand and the operators after it that bind at least as tightly as `minimum`.
  private mutating func parseExpression(minimum: Int) throws(Diagnostic) {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else { throw mistake(.tooDeep, at: token.place) }
    try parseOperand()
    while true {
      switch token.kind {
      case .binary(let binary) where binary.precedence >= minimum: try parseRight(of: binary)
      case .question where minimum == 0: try parseChoice()
      default: return
      }
    }
  }

  private mutating func parseRight(of binary: BinaryOperator) throws(Diagnostic) {
    let place = token.place
    if binary == .matches { try refuseNumber(at: place) }
    try advance()
    let operand = token.place
    try parseExpression(minimum: binary.precedence + (binary.isRightAssociative ? 0 : 1))
    guard binary == .matches else { return steps.append(.binary(binary)) }
    try refuseNumber(at: place)
    guard case .value(.text(let pattern))? = steps.last else {
      return steps.append(.binary(binary))
    }
    do {
      steps[steps.count - 1] = .matches(try RegularExpression(pattern))
    } catch {
      throw mistake(.regexp(reason: error.reason), at: operand)
    }
  }

  /// The last step is what the operand beside a `~` comes to.
  private func refuseNumber(at place: Text) throws(Diagnostic) {
    if case .value(.integer)? = steps.last { throw mistake(.numberMatched, at: place) }
  }

  private mutating func parseChoice() throws(Diagnostic) {
    let place = token.place
    try advance()
    try parseExpression(minimum: 0)
    guard case .colon = token.kind else { throw mistake(.questionWithoutColon, at: place) }
    try advance()
    try parseExpression(minimum: 0)
    steps.append(.choose)
  }

  private mutating func parseOperand() throws(Diagnostic) {
    let place = token.place
    switch token.kind {
    case .integer(let number): try take(.value(.integer(number)))
    case .decimal(let number): try take(.value(.decimal(number)))
    case .text(let bytes): try take(.value(.text(bytes)))
    case .name(let name, let index): try take(.field(name: slot(of: name), index: index))
    case .count: try parseCount()
    case .not: try parseNegation()
    case .open:
      try advance()
      try parseExpression(minimum: 0)
      guard case .close = token.kind else { throw unclosed(place) }
      try advance()
    case .end, .binary, .question, .colon, .close: throw mistake(.operandMissing, at: place)
    }
  }

  private mutating func take(_ step: SelectionExpression.Step) throws(Diagnostic) {
    steps.append(step)
    try advance()
  }

  private mutating func parseCount() throws(Diagnostic) {
    let place = token.place
    try advance()
    guard case .name(let name, _) = token.kind else { throw mistake(.countOfNoField, at: place) }
    try take(.count(name: slot(of: name)))
  }

  private mutating func parseNegation() throws(Diagnostic) {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.deepest else { throw mistake(.tooDeep, at: token.place) }
    try advance()
    try parseOperand()
    steps.append(.not)
  }

  private mutating func slot(of name: Text) -> Int {
    if let slot = nameIndices[name] { return slot }
    nameIndices[name] = names.count
    names.append(name)
    return names.count - 1
  }

  /// A bracket that is not closed, or in which two operands stand side by side.
  private func unclosed(_ bracket: Text) -> Diagnostic {
    switch token.kind {
    case .end: mistake(.openBracket, at: bracket)
    case .colon: mistake(.strayColon, at: token.place)
    default: mistake(.operatorMissing(before: token.place.string), at: token.place)
    }
  }

  private func mistake(_ mistake: ExpressionMistake, at place: Text) -> Diagnostic {
    Diagnostic(.records(.constraint(.notAnExpression(mistake))), at: place)
  }
}
