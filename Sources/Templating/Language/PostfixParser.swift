import Diagnostics
import Texts

// What stands behind a value: attributes, items, calls, filters and tests.

extension Parser {
  mutating func parsePostfix(_ operand: ExpressionID) throws(Diagnostic) -> ExpressionID {
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
  func checkChain(_ links: Int) throws(Diagnostic) {
    guard links <= 100 else { throw Diagnostic(.template(.nestedTooDeep(100)), at: text(last)) }
  }

  mutating func parseAttribute(of base: ExpressionID) throws(Diagnostic) -> ExpressionID {
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

  mutating func parseSubscript(of base: ExpressionID) throws(Diagnostic) -> ExpressionID {
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

  mutating func parseCall(of base: ExpressionID) throws(Diagnostic) -> ExpressionID {
    let (arguments, end) = try parseArguments()
    let range = tree.range(of: base).joined(with: end)
    switch tree.expressions[Int(base.index)] {
    case .superBlock: return base
    case .attribute(let object, let symbol):
      guard case .ownBlocks = tree.expressions[Int(object.index)] else { break }
      return tree.add(.ownBlock(name: symbol), at: range)
    default: break
    }
    let index = tree.add(arguments)
    return tree.add(callExpression(base, index), at: range)
  }

  /// Calls on `loop` are known when the template is compiled.
  func callExpression(_ base: ExpressionID, _ arguments: Int32) -> Expression {
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
  mutating func parseArguments() throws(Diagnostic) -> (Arguments, end: SourceRange) {
    var arguments = Arguments()
    try expect(.leftParenthesis)
    while current.kind != .rightParenthesis {
      if arguments.keywordSpread != .none { throw unexpected(wanted: .token(")")) }
      if arguments.spread == .none, take(.star) {
        arguments.spread = try parseExpression()
      } else if take(.power) {
        arguments.keywordSpread = try parseExpression()
      } else if let (key, range) = takeKeyword() {
        guard arguments.keywordNames.slot(of: key) == arguments.keywords.count else {
          throw Diagnostic(.template(.duplicateArgument(key.text.string)), at: text(range))
        }
        arguments.keywords.append(Arguments.Keyword(key: key, value: try parseExpression()))
      } else {
        guard arguments.keywords.isEmpty, !arguments.isSpread else {
          throw unexpected(wanted: .keywordArgument)
        }
        arguments.rest.append(try parseExpression())
      }
      if !take(.comma) { break }
    }
    let end = current.range
    try expect(.rightParenthesis)
    return (arguments, end)
  }

  mutating func takeKeyword() -> (Key, SourceRange)? {
    guard current.kind == .name else { return nil }
    let range = current.range
    advance()
    if take(.assign) { return (Key(text(range)), range) }
    stepBack()
    return nil
  }

  mutating func parseFiltersAndTests(
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
        let range = start.joined(with: last)
        value = tree.add(.filter(id, value, arguments: arguments), at: range)
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
    guard let id = environment.filter(named: name) else {
      let suggestion = nearest(to: name.string, among: environment.filterNames)
      if current.kind == .leftParenthesis { _ = try parseArguments() }
      report(.unknownFilter(name.string, suggestion: suggestion), at: range)
      return (0, tree.add(Arguments()))
    }
    let arguments =
      current.kind == .leftParenthesis ? try parseArguments().0 : Arguments()
    if case .selecting(let selection) = environment.filters[id].body,
      let plan = SelectionPlan(selection, arguments, &tree)
    {
      return (Int32(id), tree.add(arguments, selection: plan))
    }
    let signature = environment.filters[id].signature
    return (Int32(id), bind(arguments, to: signature, of: name, at: range))
  }

  mutating func parseDottedName() throws(Diagnostic) -> (Text, SourceRange) {
    var range = current.range
    guard take(.name) else { throw unexpected(wanted: .name) }
    guard current.kind == .dot else { return (text(range), range) }
    var name = text(range).string
    while take(.dot) {
      let (next, nextRange) = try takeName()
      name += "." + next.text.string
      range = range.joined(with: nextRange)
    }
    return (Text(name), range)
  }

  mutating func parseTest(of value: ExpressionID) throws(Diagnostic) -> ExpressionID {
    let isNegated = take(word: "not")
    let (name, range) = try parseDottedName()
    let arguments = try parseTestArguments()
    guard let id = Test.index(of: name.string) else {
      let suggestion = nearest(to: name.string, among: Test.builtIn.map(\.name))
      report(.unknownTest(name.string, suggestion: suggestion), at: range)
      return value
    }
    let signature = Test.builtIn[id].signature
    let bound = bind(arguments, to: signature, of: name, at: range)
    let whole = tree.range(of: value).joined(with: last)
    let test = tree.add(.test(Int32(id), value, arguments: bound), at: whole)
    return isNegated ? tree.add(.not(test), at: whole) : test
  }

  /// `is divisibleby(3)` or `is divisibleby 3`.
  mutating func parseTestArguments() throws(Diagnostic) -> Arguments {
    switch current.kind {
    case .leftParenthesis:
      return try parseArguments().0
    case .name where isOperatorWord: return Arguments()
    case .name, .string, .integer, .decimal, .leftBracket, .leftBrace:
      let operand = try parsePrimary()
      return Arguments(rest: [try parsePostfix(operand)])
    default:
      return Arguments()
    }
  }

  /// A word that may follow a test without arguments.
  private var isOperatorWord: Bool {
    isWord("else") || isWord("or") || isWord("and") || isWord("is") || isWord("if")
      || isWord("not") || isWord("in") || isWord("recursive")
  }

  /// Puts arguments into the order of the parameters and reports what does not fit.
  mutating func bind(
    _ arguments: Arguments, to signature: Signature, of name: Text, at range: SourceRange
  ) -> Int32 {
    let parameters = signature.parameters
    if arguments.isSpread { return tree.add(arguments) }
    if signature.required == 0, arguments.rest.isEmpty, arguments.keywords.isEmpty {
      return Arguments.none
    }
    var bound = Arguments()
    bound.bound = Array(repeating: ExpressionID.none, count: parameters.count)
    for (index, value) in arguments.rest.enumerated() {
      if index < parameters.count {
        bound.bound[index] = value
      } else if signature.takesMore {
        bound.rest.append(value)
      } else {
        let problem = TemplateProblem.tooManyArguments(name.string, limit: parameters.count)
        report(problem, at: tree.range(of: value))
      }
    }
    for keyword in arguments.keywords {
      let given = keyword.key.text
      if let index = parameters.firstIndex(where: given.isSpelled), bound.bound[index] == .none {
        bound.bound[index] = keyword.value
      } else if signature.takesMore {
        bound.keywords.append(keyword)
      } else {
        let suggestion = nearest(to: given.string, among: parameters)
        report(
          .unknownArgument(given.string, of: name.string, suggestion: suggestion),
          at: given.range)
      }
    }
    for index in 0..<signature.required where bound.bound[index] == .none {
      report(.missingArgument(parameters[index], of: name.string), at: range)
    }
    if parameters.isEmpty, bound.rest.isEmpty, bound.keywords.isEmpty { return Arguments.none }
    return tree.add(bound)
  }
}
