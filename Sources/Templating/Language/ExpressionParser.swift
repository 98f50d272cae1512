import Diagnostics
import Texts

// The grammar of expressions, from the loosest binding to the tightest, as in Jinja2.

extension Parser {
  /// One expression, or several with commas between them: a tuple.
  mutating func parseTuple(withoutCondition: Bool = false) throws(Diagnostic) -> ExpressionID {
    let first = withoutCondition ? try parseOr() : try parseExpression()
    guard current.kind == .comma else { return first }
    var items = [first]
    while take(.comma), startsExpression {
      items.append(withoutCondition ? try parseOr() : try parseExpression())
    }
    let range = tree.range(of: first).joined(with: tree.range(of: items[items.count - 1]))
    return tree.addTuple(items, at: range)
  }

  var startsExpression: Bool {
    switch current.kind {
    case .blockEnd, .variableEnd, .rightParenthesis, .assign, .end: false
    default: !isWord("if")
    }
  }

  mutating func parseExpression() throws(Diagnostic) -> ExpressionID {
    try nested { (parser: inout Parser) throws(Diagnostic) in try parser.parseConditional() }
  }

  mutating func parseConditional() throws(Diagnostic) -> ExpressionID {
    var then = try parseOr()
    while take(word: "if") {
      let test = try parseOr()
      let range = tree.range(of: then)
      let otherwise = take(word: "else") ? try parseExpression() : tree.add(.absent, at: range)
      then = tree.add(
        .conditional(test: test, then: then, otherwise: otherwise),
        at: range.joined(with: tree.range(of: otherwise)))
    }
    return then
  }

  mutating func parseOr() throws(Diagnostic) -> ExpressionID {
    var left = try parseAnd()
    while take(word: "or") {
      let right = try parseAnd()
      left = join(left, right) { .or(left, right) }
    }
    return left
  }

  mutating func parseAnd() throws(Diagnostic) -> ExpressionID {
    var left = try parseNot()
    while take(word: "and") {
      let right = try parseNot()
      left = join(left, right) { .and(left, right) }
    }
    return left
  }

  mutating func join(
    _ left: ExpressionID, _ right: ExpressionID, _ make: () -> Expression
  ) -> ExpressionID {
    tree.add(make(), at: tree.range(of: left).joined(with: tree.range(of: right)))
  }

  mutating func parseNot() throws(Diagnostic) -> ExpressionID {
    let start = current.range
    guard take(word: "not") else { return try parseComparison() }
    let operand = try nested { (parser: inout Parser) throws(Diagnostic) in
      try parser.parseNot()
    }
    return tree.add(.not(operand), at: start.joined(with: tree.range(of: operand)))
  }

  mutating func parseComparison() throws(Diagnostic) -> ExpressionID {
    let first = try parseSum()
    var next = takeComparison()
    // No arrays for what is mostly a lone operand.
    guard next != nil else { return first }
    var operands = [first]
    var operators: [Comparison] = []
    while let comparison = next {
      operators.append(comparison)
      operands.append(try parseSum())
      next = takeComparison()
    }
    let range = tree.range(of: first).joined(with: tree.range(of: operands[operands.count - 1]))
    let index = Int32(tree.comparisons.count)
    tree.comparisons += operators
    return tree.add(.comparison(tree.add(operands), operators: index), at: range)
  }

  mutating func takeComparison() -> Comparison? {
    let comparison: Comparison
    switch current.kind {
    case .equal: comparison = .equal
    case .notEqual: comparison = .notEqual
    case .less: comparison = .less
    case .lessOrEqual: comparison = .lessOrEqual
    case .greater: comparison = .greater
    case .greaterOrEqual: comparison = .greaterOrEqual
    default: return takeIn()
    }
    advance()
    return comparison
  }

  mutating func takeIn() -> Comparison? {
    if take(word: "in") { return .isIn }
    guard isWord("not") else { return nil }
    advance()
    if take(word: "in") { return .isNotIn }
    stepBack()
    return nil
  }

  mutating func parseSum() throws(Diagnostic) -> ExpressionID {
    var left = try parseConcatenation()
    while current.kind == .plus || current.kind == .minus {
      let operation: BinaryOperator = current.kind == .plus ? .add : .subtract
      advance()
      let right = try parseConcatenation()
      left = join(left, right) { .binary(operation, left, right) }
    }
    return left
  }

  mutating func parseConcatenation() throws(Diagnostic) -> ExpressionID {
    var left = try parseProduct()
    while take(.tilde) {
      let right = try parseProduct()
      left = join(left, right) { .binary(.concatenate, left, right) }
    }
    return left
  }

  mutating func parseProduct() throws(Diagnostic) -> ExpressionID {
    var left = try parsePower()
    while let operation = current.kind.productOperator {
      advance()
      let right = try parsePower()
      left = join(left, right) { .binary(operation, left, right) }
    }
    return left
  }

  mutating func parsePower() throws(Diagnostic) -> ExpressionID {
    var left = try parseUnary(withFilters: true)
    while take(.power) {
      let right = try parseUnary(withFilters: true)
      left = join(left, right) { .binary(.power, left, right) }
    }
    return left
  }

  mutating func parseUnary(withFilters: Bool) throws(Diagnostic) -> ExpressionID {
    let start = current.range
    var operand: ExpressionID
    if current.kind == .minus || current.kind == .plus {
      let isNegative = current.kind == .minus
      advance()
      operand = try nested { (parser: inout Parser) throws(Diagnostic) in
        try parser.parseUnary(withFilters: false)
      }
      let range = start.joined(with: tree.range(of: operand))
      operand = tree.add(isNegative ? .negative(operand) : .positive(operand), at: range)
    } else {
      operand = try parsePrimary()
    }
    operand = try parsePostfix(operand)
    return withFilters ? try parseFiltersAndTests(operand) : operand
  }
}

// MARK: Primary expressions

extension Parser {
  mutating func parsePrimary() throws(Diagnostic) -> ExpressionID {
    let token = current
    switch token.kind {
    case .name:
      advance()
      return parseName(token.range)
    case .string: return try parseStrings()
    case .integer, .decimal:
      advance()
      return try parseNumber(token)
    case .leftParenthesis: return try parseParenthesized()
    case .leftBracket: return try parseList()
    case .leftBrace: return try parseMap()
    default: throw unexpected(wanted: .expression)
    }
  }

  mutating func parseName(_ range: SourceRange) -> ExpressionID {
    if let constant = tree.source.constant(range) { return tree.addConstant(constant, at: range) }
    if scopes.loopDepth > 0, tree.source.isSpelled(range, "loop") {
      return tree.add(.loop(.all, level: scopes.loopDepth - 1), at: range)
    }
    if current.kind == .leftParenthesis, tree.source.isSpelled(range, "super") {
      return tree.add(.superBlock, at: range)
    }
    if current.kind == .dot, tree.source.isSpelled(range, "self") {
      return tree.add(.ownBlocks, at: range)
    }
    return scopes.resolve(Key(text(range)), at: range, in: &tree)
  }

  /// Strings side by side are one string.
  mutating func parseStrings() throws(Diagnostic) -> ExpressionID {
    let first = current.range
    let inner = SourceRange(start: Int(first.start) + 1, end: Int(first.end) - 1)
    advance()
    // Most strings stand alone, as they are.
    if current.kind != .string, !tree.source.holds(UInt8(ascii: "\\"), in: inner) {
      return tree.addConstant(.text(text(inner)), at: first)
    }
    stepBack()
    var range = first
    var (bytes, pieces): ([UInt8], [Source.Piece]) = ([], [])
    var count = 0
    while current.kind == .string {
      var literal = StringLiteral(text(current.range))
      try literal.append(to: &bytes, &pieces)
      range = range.joined(with: current.range)
      count += 1
      advance()
    }
    let isPlain = count == 1 && text(inner).bytes.elementsEqual(bytes)
    let value =
      isPlain ? text(inner) : Text(computed: bytes, from: text(range), pieces: pieces)
    return tree.addConstant(.text(value), at: range)
  }

  mutating func parseNumber(_ token: Token) throws(Diagnostic) -> ExpressionID {
    let written = text(token.range)
    guard let digits = NumberLiteral(written.bytes) else {
      throw Diagnostic(.template(.badNumber(written.string)), at: written)
    }
    guard let decimal = digits.value else {
      throw Diagnostic(.template(.numberTooLarge), at: written)
    }
    let value = token.kind == .integer ? Value(whole: decimal) : .decimal(decimal)
    return tree.addConstant(value, at: token.range)
  }

  mutating func parseParenthesized() throws(Diagnostic) -> ExpressionID {
    let start = current.range
    advance()
    if take(.rightParenthesis) { return tree.addConstant(.tuple([]), at: start) }
    let expression = try parseTuple()
    try expect(.rightParenthesis)
    return expression
  }

  mutating func parseList() throws(Diagnostic) -> ExpressionID {
    let start = current.range
    advance()
    var items: [ExpressionID] = []
    while current.kind != .rightBracket {
      items.append(try parseExpression())
      if !take(.comma) { break }
    }
    let end = current.range
    try expect(.rightBracket)
    return tree.addList(items, at: start.joined(with: end))
  }

  mutating func parseMap() throws(Diagnostic) -> ExpressionID {
    let start = current.range
    advance()
    var items: [ExpressionID] = []
    while current.kind != .rightBrace {
      items.append(try parseExpression())
      try expect(.colon)
      items.append(try parseExpression())
      if !take(.comma) { break }
    }
    let end = current.range
    try expect(.rightBrace)
    return tree.addMap(items, at: start.joined(with: end))
  }
}

extension Token.Kind {
  fileprivate var productOperator: BinaryOperator? {
    switch self {
    case .star: .multiply
    case .slash: .divide
    case .floorSlash: .floorDivide
    case .percent: .modulo
    default: nil
    }
  }
}

extension Source {
  fileprivate func holds(_ byte: UInt8, in range: SourceRange) -> Bool {
    withBytes(range) { bytes in
      for index in bytes.indices where bytes[index] == byte { return true }
      return false
    }
  }

  /// The constant that a name stands for: `true`, `false`, `none`.
  func constant(_ range: SourceRange) -> Value? {
    guard range.count == 4 || range.count == 5 else { return nil }
    if isSpelled(range, "true") || isSpelled(range, "True") { return .bool(true) }
    if isSpelled(range, "false") || isSpelled(range, "False") { return .bool(false) }
    return isSpelled(range, "none") || isSpelled(range, "None") ? Value.none : nil
  }
}
