import Diagnostics

// The grammar of expressions, from the loosest binding to the tightest, as in Jinja2.

extension Parser {
  /// One expression, or several with commas between them: a list.
  mutating func parseTuple(withoutCondition: Bool = false) throws(Diagnostic) -> ExpressionID {
    let first = withoutCondition ? try parseOr() : try parseExpression()
    guard current.kind == .comma else { return first }
    var items = [first]
    while take(.comma), startsExpression {
      items.append(withoutCondition ? try parseOr() : try parseExpression())
    }
    let range = tree.range(of: first).joined(with: tree.range(of: items[items.count - 1]))
    return tree.add(.list(tree.add(items)), at: range)
  }

  private var startsExpression: Bool {
    switch current.kind {
    case .blockEnd, .variableEnd, .rightParenthesis, .assign, .end: false
    default: !isWord("if")
    }
  }

  mutating func parseExpression() throws(Diagnostic) -> ExpressionID {
    try nested { (parser: inout Parser) throws(Diagnostic) in try parser.parseConditional() }
  }

  private mutating func parseConditional() throws(Diagnostic) -> ExpressionID {
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

  private mutating func parseOr() throws(Diagnostic) -> ExpressionID {
    var left = try parseAnd()
    while take(word: "or") {
      let right = try parseAnd()
      left = join(left, right) { .or(left, right) }
    }
    return left
  }

  private mutating func parseAnd() throws(Diagnostic) -> ExpressionID {
    var left = try parseNot()
    while take(word: "and") {
      let right = try parseNot()
      left = join(left, right) { .and(left, right) }
    }
    return left
  }

  private mutating func join(
    _ left: ExpressionID, _ right: ExpressionID, _ make: () -> Expression
  ) -> ExpressionID {
    tree.add(make(), at: tree.range(of: left).joined(with: tree.range(of: right)))
  }

  private mutating func parseNot() throws(Diagnostic) -> ExpressionID {
    let start = current.range
    guard take(word: "not") else { return try parseComparison() }
    let operand = try nested { (parser: inout Parser) throws(Diagnostic) in
      try parser.parseNot()
    }
    return tree.add(.not(operand), at: start.joined(with: tree.range(of: operand)))
  }

  private mutating func parseComparison() throws(Diagnostic) -> ExpressionID {
    let first = try parseSum()
    var operands = [first]
    var operators: [Comparison] = []
    while let comparison = takeComparison() {
      operators.append(comparison)
      operands.append(try parseSum())
    }
    guard !operators.isEmpty else { return first }
    let range = tree.range(of: first).joined(with: tree.range(of: operands[operands.count - 1]))
    let index = tree.comparisons.index(adding: operators)
    return tree.add(.comparison(tree.add(operands), operators: index), at: range)
  }

  private mutating func takeComparison() -> Comparison? {
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

  private mutating func takeIn() -> Comparison? {
    if take(word: "in") { return .isIn }
    guard isWord("not") else { return nil }
    advance()
    if take(word: "in") { return .isNotIn }
    stepBack()
    return nil
  }

  private mutating func parseSum() throws(Diagnostic) -> ExpressionID {
    var left = try parseConcatenation()
    while current.kind == .plus || current.kind == .minus {
      let operation: BinaryOperator = current.kind == .plus ? .add : .subtract
      advance()
      let right = try parseConcatenation()
      left = join(left, right) { .binary(operation, left, right) }
    }
    return left
  }

  private mutating func parseConcatenation() throws(Diagnostic) -> ExpressionID {
    var left = try parseProduct()
    while take(.tilde) {
      let right = try parseProduct()
      left = join(left, right) { .binary(.concatenate, left, right) }
    }
    return left
  }

  private mutating func parseProduct() throws(Diagnostic) -> ExpressionID {
    var left = try parsePower()
    while let operation = Parser.productOperators[current.kind] {
      advance()
      let right = try parsePower()
      left = join(left, right) { .binary(operation, left, right) }
    }
    return left
  }

  private static let productOperators: [Token.Kind: BinaryOperator] = [
    .star: .multiply, .slash: .divide, .floorSlash: .floorDivide, .percent: .modulo,
  ]

  private mutating func parsePower() throws(Diagnostic) -> ExpressionID {
    var left = try parseUnary(withFilters: true)
    while take(.power) {
      let right = try parseUnary(withFilters: true)
      left = join(left, right) { .binary(.power, left, right) }
    }
    return left
  }

  private mutating func parseUnary(withFilters: Bool) throws(Diagnostic) -> ExpressionID {
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
  private mutating func parsePrimary() throws(Diagnostic) -> ExpressionID {
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

  private mutating func parseName(_ range: SourceRange) -> ExpressionID {
    let key = Key(text(range))
    switch key.text.string {
    case "true", "True": return tree.addConstant(.bool(true), at: range)
    case "false", "False": return tree.addConstant(.bool(false), at: range)
    case "none", "None": return tree.addConstant(.none, at: range)
    case "loop" where scopes.loopDepth > 0:
      return tree.add(.loop(.all, level: scopes.loopDepth - 1), at: range)
    case "super" where current.kind == .leftParenthesis:
      return tree.add(.superBlock, at: range)
    default: return scopes.resolve(key, at: range, in: &tree)
    }
  }

  /// Strings side by side are one string.
  private mutating func parseStrings() throws(Diagnostic) -> ExpressionID {
    let first = current.range
    var range = first
    var bytes: [UInt8] = []
    var count = 0
    while current.kind == .string {
      bytes += unescaped(current.range)
      range = range.joined(with: current.range)
      count += 1
      advance()
    }
    let inner = SourceRange(start: Int(first.start) + 1, end: Int(first.end) - 1)
    let isPlain = count == 1 && text(inner).bytes.elementsEqual(bytes)
    let value = isPlain ? text(inner) : Text(computed: bytes, from: text(range))
    return tree.addConstant(.text(value), at: range)
  }

  /// The characters of a string literal: `\n`, `\t`, `\r`, `\\`, `\'`, `\"`, `\uXXXX`; another
  /// letter after a backslash stays as it is.
  private func unescaped(_ range: SourceRange) -> [UInt8] {
    let bytes = text(range).bytes.dropFirst().dropLast()
    var result: [UInt8] = []
    var index = bytes.startIndex
    while index < bytes.endIndex {
      guard bytes[index] == UInt8(ascii: "\\"), index + 1 < bytes.endIndex else {
        result.append(bytes[index])
        index += 1
        continue
      }
      let next = bytes[index + 1]
      index += 2
      switch next {
      case UInt8(ascii: "n"): result.append(0x0A)
      case UInt8(ascii: "t"): result.append(0x09)
      case UInt8(ascii: "r"): result.append(0x0D)
      case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""): result.append(next)
      case UInt8(ascii: "u"):
        let digits = String(decoding: bytes[index...].prefix(4), as: UTF8.self)
        if digits.utf8.count == 4, let number = UInt32(digits, radix: 16),
          let scalar = Unicode.Scalar(number)
        {
          result += String(scalar).utf8
          index += 4
        } else {
          result += [UInt8(ascii: "\\"), next]
        }
      default: result += [UInt8(ascii: "\\"), next]
      }
    }
    return result
  }

  private mutating func parseNumber(_ token: Token) throws(Diagnostic) -> ExpressionID {
    let digits = text(token.range).bytes.filter { $0 != UInt8(ascii: "_") }
    let string = String(decoding: digits, as: UTF8.self)
    if token.kind == .integer, let int = Int(string) {
      return tree.addConstant(.int(int), at: token.range)
    }
    guard token.kind == .decimal, let decimal = Decimal(digits) else {
      throw Diagnostic(.template(.numberTooLarge), at: text(token.range))
    }
    return tree.addConstant(.decimal(decimal), at: token.range)
  }

  private mutating func parseParenthesized() throws(Diagnostic) -> ExpressionID {
    let start = current.range
    advance()
    if take(.rightParenthesis) { return tree.add(.list(tree.add([])), at: start) }
    let expression = try parseTuple()
    try expect(.rightParenthesis)
    return expression
  }

  private mutating func parseList() throws(Diagnostic) -> ExpressionID {
    let start = current.range
    advance()
    var items: [ExpressionID] = []
    while current.kind != .rightBracket {
      items.append(try parseExpression())
      if !take(.comma) { break }
    }
    let end = current.range
    try expect(.rightBracket)
    return tree.add(.list(tree.add(items)), at: start.joined(with: end))
  }

  private mutating func parseMap() throws(Diagnostic) -> ExpressionID {
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
    return tree.add(.map(tree.add(items)), at: start.joined(with: end))
  }
}

// MARK: Postfix, filters, tests

extension Parser {
  private mutating func parsePostfix(_ operand: ExpressionID) throws(Diagnostic) -> ExpressionID {
    var base = operand
    var links = 0
    while true {
      links += 1
      try checkChain(links)
      switch current.kind {
      case .dot:
        advance()
        base = try parseAttribute(of: base)
      case .leftBracket:
        advance()
        base = try parseSubscript(of: base)
      case .leftParenthesis:
        base = try parseCall(of: base)
      default:
        return base
      }
    }
  }

  /// A chain of attributes or filters is as deep, when it is evaluated, as it is long.
  private func checkChain(_ links: Int) throws(Diagnostic) {
    guard links <= 100 else { throw Diagnostic(.template(.nestedTooDeep(100)), at: text(last)) }
  }

  private mutating func parseAttribute(of base: ExpressionID) throws(Diagnostic) -> ExpressionID {
    let token = current
    let range = tree.range(of: base).joined(with: token.range)
    switch token.kind {
    case .name:
      advance()
      if case .loop(.all, let level) = tree.expressions[Int(base.index)],
        let attribute = LoopAttribute(rawValue: text(token.range).string), attribute != .all
      {
        return tree.add(.loop(attribute, level: level), at: range)
      }
      return tree.add(.attribute(base, symbol: tree.symbol(Key(text(token.range)))), at: range)
    case .integer:
      advance()
      let index = try parseNumber(token)
      return tree.add(.item(base, index), at: range)
    default:
      throw unexpected(wanted: .name)
    }
  }

  private mutating func parseSubscript(of base: ExpressionID) throws(Diagnostic) -> ExpressionID {
    var parts: [ExpressionID?] = [nil]
    var isSlice = false
    while current.kind != .rightBracket {
      if take(.colon) {
        isSlice = true
        parts.append(nil)
      } else {
        parts[parts.count - 1] = try parseExpression()
        if current.kind != .colon { break }
      }
    }
    let range = tree.range(of: base).joined(with: current.range)
    guard parts.count <= 3 else { throw unexpected(wanted: .token("]")) }
    try expect(.rightBracket)
    if !isSlice, let index = parts[0] { return tree.add(.item(base, index), at: range) }
    guard isSlice else { throw unexpected(wanted: .expression) }
    while parts.count < 3 { parts.append(nil) }
    let operands = [base] + parts.map { $0 ?? tree.addConstant(.none, at: range) }
    return tree.add(.slice(tree.add(operands)), at: range)
  }

  private mutating func parseCall(of base: ExpressionID) throws(Diagnostic) -> ExpressionID {
    let (arguments, end) = try parseArguments()
    let range = tree.range(of: base).joined(with: end)
    if case .superBlock = tree.expressions[Int(base.index)] { return base }
    let index = tree.arguments.index(adding: arguments)
    return tree.add(callExpression(base, index), at: range)
  }

  /// Calls on `loop` are known when the template is compiled.
  private func callExpression(_ base: ExpressionID, _ arguments: Int32) -> Expression {
    switch tree.expressions[Int(base.index)] {
    case .loop(.all, let level): return .recurse(level: level, arguments: arguments)
    case .attribute(let object, let symbol):
      guard case .loop(.all, let level) = tree.expressions[Int(object.index)] else { break }
      switch tree.symbols[Int(symbol)].text.string {
      case "cycle": return .cycle(level: level, arguments: arguments)
      case "changed": return .changed(level: level, arguments: arguments)
      default: break
      }
    default: break
    }
    return .call(base, arguments: arguments)
  }

  /// `(a, b, c=1)`, all as written.
  private mutating func parseArguments() throws(Diagnostic) -> (Arguments, end: SourceRange) {
    var arguments = Arguments()
    try expect(.leftParenthesis)
    while current.kind != .rightParenthesis {
      if let (key, range) = takeKeyword() {
        if arguments.keywords.contains(where: { $0.key == key }) {
          throw Diagnostic(.template(.duplicateArgument(key.text.string)), at: text(range))
        }
        arguments.keywords.append((key, try parseExpression()))
      } else {
        guard arguments.keywords.isEmpty else { throw unexpected(wanted: .keywordArgument) }
        arguments.rest.append(try parseExpression())
      }
      if !take(.comma) { break }
    }
    let end = current.range
    try expect(.rightParenthesis)
    return (arguments, end)
  }

  private mutating func takeKeyword() -> (Key, SourceRange)? {
    guard current.kind == .name else { return nil }
    let range = current.range
    advance()
    if take(.assign) { return (Key(text(range)), range) }
    stepBack()
    return nil
  }

  private mutating func parseFiltersAndTests(
    _ operand: ExpressionID
  ) throws(Diagnostic) -> ExpressionID {
    var value = operand
    var links = 0
    while true {
      links += 1
      try checkChain(links)
      if take(.pipe) {
        let start = tree.range(of: value)
        let (id, arguments) = try parseFilterName()
        value = tree.add(.filter(id, value, arguments: arguments), at: start.joined(with: last))
      } else if take(word: "is") {
        value = try parseTest(of: value)
      } else if current.kind == .leftParenthesis {
        value = try parseCall(of: value)
      } else {
        return value
      }
    }
  }

  /// A filter's name and arguments, bound to its parameters.
  mutating func parseFilterName() throws(Diagnostic) -> (id: Int32, arguments: Int32) {
    let (name, range) = try parseDottedName()
    guard let id = environment.filterIndex[name] else {
      let suggestion = nearest(to: name, among: environment.filterIndex.keys)
      if current.kind == .leftParenthesis { _ = try parseArguments() }
      report(.unknownFilter(name, suggestion: suggestion), at: range)
      return (0, tree.arguments.index(adding: Arguments()))
    }
    let arguments =
      current.kind == .leftParenthesis ? try parseArguments().0 : Arguments()
    let signature = environment.filters[Int(id)].signature
    return (id, bind(arguments, to: signature, of: name, at: range))
  }

  private mutating func parseDottedName() throws(Diagnostic) -> (String, SourceRange) {
    let (key, start) = try takeName()
    var name = key.text.string
    var range = start
    while current.kind == .dot {
      advance()
      let (next, nextRange) = try takeName()
      name += "." + next.text.string
      range = range.joined(with: nextRange)
    }
    return (name, range)
  }

  private mutating func parseTest(of value: ExpressionID) throws(Diagnostic) -> ExpressionID {
    let isNegated = take(word: "not")
    let (name, range) = try parseDottedName()
    let arguments = try parseTestArguments()
    guard let id = environment.testIndex[name] else {
      let suggestion = nearest(to: name, among: environment.testIndex.keys)
      report(.unknownTest(name, suggestion: suggestion), at: range)
      return value
    }
    let signature = environment.tests[Int(id)].signature
    let bound = bind(arguments, to: signature, of: name, at: range)
    let whole = tree.range(of: value).joined(with: last)
    let test = tree.add(.test(id, value, arguments: bound), at: whole)
    return isNegated ? tree.add(.not(test), at: whole) : test
  }

  /// `is divisibleby(3)` or `is divisibleby 3`.
  private mutating func parseTestArguments() throws(Diagnostic) -> Arguments {
    switch current.kind {
    case .leftParenthesis:
      return try parseArguments().0
    case .name where isAnyWord(["else", "or", "and", "is", "if", "not", "in", "recursive"]):
      return Arguments()
    case .name, .string, .integer, .decimal, .leftBracket, .leftBrace:
      let operand = try parsePrimary()
      return Arguments(rest: [try parsePostfix(operand)])
    default:
      return Arguments()
    }
  }

  /// Puts arguments into the order of the parameters and reports what does not fit.
  private mutating func bind(
    _ arguments: Arguments, to signature: Signature, of name: String, at range: SourceRange
  ) -> Int32 {
    var bound = Arguments()
    let parameters = signature.parameters
    bound.bound = Array(repeating: nil, count: parameters.count)
    for (index, value) in arguments.rest.enumerated() {
      if index < parameters.count {
        bound.bound[index] = value
      } else if signature.takesMore {
        bound.rest.append(value)
      } else {
        report(.tooManyArguments(name, limit: parameters.count), at: tree.range(of: value))
      }
    }
    for (key, value) in arguments.keywords {
      if let index = parameters.firstIndex(of: key.text.string), bound.bound[index] == nil {
        bound.bound[index] = value
      } else if signature.takesMore {
        bound.keywords.append((key, value))
      } else {
        let suggestion = nearest(to: key.text.string, among: parameters)
        report(
          .unknownArgument(key.text.string, of: name, suggestion: suggestion),
          at: key.text.range)
      }
    }
    for index in 0..<signature.required where bound.bound[index] == nil {
      report(.missingArgument(parameters[index], of: name), at: range)
    }
    if parameters.isEmpty, bound.rest.isEmpty, bound.keywords.isEmpty { return Arguments.none }
    return tree.arguments.index(adding: bound)
  }
}
