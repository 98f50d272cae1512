import Diagnostics
import Texts

// Macros, blocks, and statements that name other templates.

extension Parser {
  mutating func parseMacro(from range: SourceRange) throws(Diagnostic) -> Statement {
    let (name, nameRange) = try takeName()
    if scopes.loopDepth > 0 { try refuseLoop(name, nameRange) }
    scopes.enterRoutine(capturesOuter: true, hasSpecials: true)
    let routine: Int32
    do throws(Diagnostic) {
      try expect(.leftParenthesis)
      let parameters = try parseParameters()
      try expect(.blockEnd)
      routine = finishRoutine(name, parameters, parseBody(of: "macro", from: range))
    } catch {
      _ = scopes.leaveRoutine()
      throw error
    }
    let macro = MacroStatement(routine: routine, target: declare(.name(name)))
    return .macro(tree.macros.index(adding: macro))
  }

  mutating func finishRoutine(
    _ name: Key, _ parameters: [Routine.Parameter], _ body: Body
  ) -> Int32 {
    let frame = scopes.leaveRoutine()
    return tree.routines.index(
      adding: Routine(
        name: tree.symbol(name), parameters: parameters, body: body, slotCount: frame.slotCount,
        captures: frame.captures, callerSlot: frame.special[Scopes.caller],
        variadicSlot: frame.special[Scopes.variadic],
        keywordSlot: frame.special[Scopes.keywords], isEscaped: isEscaped))
  }

  /// `a, b=1)`: declared one by one, so that a default may use the parameters before it.
  mutating func parseParameters() throws(Diagnostic) -> [Routine.Parameter] {
    var parameters: [Routine.Parameter] = []
    var names = DistinctKeys(room: 0)
    while current.kind != .rightParenthesis {
      let (key, range) = try takeName()
      if let last = parameters.last, last.fallback != nil, current.kind != .assign {
        throw unexpected(wanted: .token("="))
      }
      let fallback = take(.assign) ? try parseExpression() : nil
      guard names.slot(of: key) == parameters.count else {
        throw Diagnostic(.template(.duplicateParameter(key.text.string)), at: text(range))
      }
      if let slot = scopes.declare(key) {
        parameters.append(Routine.Parameter(name: key, slot: slot, fallback: fallback))
      }
      if !take(.comma) { break }
    }
    try expect(.rightParenthesis)
    return parameters
  }

  mutating func parseCallBlock(from range: SourceRange) throws(Diagnostic) -> Statement {
    scopes.enterRoutine(capturesOuter: true, hasSpecials: false)
    var parameters: [Routine.Parameter] = []
    do throws(Diagnostic) {
      if take(.leftParenthesis) { parameters = try parseParameters() }
    } catch {
      _ = scopes.leaveRoutine()
      throw error
    }
    let frame = scopes.leaveRoutine()
    let call = try parseExpression()
    try expect(.blockEnd)
    scopes.resume(frame)
    let body = parseBody(of: "call", from: range)
    let routine = finishRoutine(Scopes.caller, parameters, body)
    guard case .call(let callee, let arguments) = tree.expressions[Int(call.index)] else {
      throw Diagnostic(.template(.notACall), at: text(tree.range(of: call)))
    }
    let block = CallBlock(routine: routine, callee: callee, arguments: arguments)
    return .callBlock(tree.callBlocks.index(adding: block))
  }

  mutating func parseBlock(from range: SourceRange) throws(Diagnostic) -> Statement {
    let (name, nameRange) = try takeName()
    if let first = blockNames[name] {
      problems.append(
        Diagnostic(
          .template(.duplicateBlock(name.text.string)), at: text(nameRange),
          notes: [Diagnostic.Note(.firstHere, at: text(first))]))
    }
    blockNames[name] = nameRange
    var isScoped = false
    var isRequired = false
    while isWord("scoped") || isWord("required") {
      if take(word: "scoped") { isScoped = true }
      if take(word: "required") { isRequired = true }
    }
    try expect(.blockEnd)
    var visible = isScoped ? visibleLocals(at: range) : []
    if isScoped, scopes.loopDepth > 0 {
      let loop = tree.add(.loop(.all, level: scopes.loopDepth - 1), at: range)
      visible.append((Scopes.loop, loop))
    }
    scopes.enterRoutine(capturesOuter: false, hasSpecials: false)
    let body = parseBody(of: "block", from: range, title: name)
    if isRequired { reportContent(of: body) }
    let routine = finishRoutine(name, [], body)
    let block = BlockStatement(
      name: name, routine: routine, isRequired: isRequired, visible: visible)
    return .block(tree.blocks.index(adding: block))
  }

  /// A required block is there to be filled: it holds nothing but white space and comments.
  mutating func reportContent(of body: Body) {
    let ranges = body.indices.map { tree.statementRanges[$0] }
    guard let content = ranges.first(where: { !text($0).bytes.allSatisfy(\.isWhiteSpace) })
    else { return }
    let found = text(content).string
    report(.unexpected(found: found, wanted: .token("{% endblock %}")), at: content)
  }

  mutating func visibleLocals(
    at range: SourceRange
  ) -> [(key: Key, value: ExpressionID)] {
    scopes.visibleNames().map { ($0, scopes.resolve($0, at: range, in: &tree)) }
  }

  mutating func parseExtends(from range: SourceRange) throws(Diagnostic) -> Statement {
    if hasParent { throw Diagnostic(.template(.extendsTwice), at: text(range)) }
    hasParent = true
    return .extends(try parseToTagEnd())
  }

  mutating func parseInclude() throws(Diagnostic) -> Statement {
    let names = try parseExpression()
    var ignoresMissing = false
    if take(word: "ignore") {
      try expect(word: "missing")
      ignoresMissing = true
    }
    let hasContext = try parseContextClause(default: true)
    try expect(.blockEnd)
    let include = Include(
      names: names, ignoresMissing: ignoresMissing, hasContext: hasContext,
      visible: hasContext ? visibleLocals(at: tree.range(of: names)) : [])
    return .include(tree.includes.index(adding: include))
  }

  /// `with context` or `without context`.
  mutating func parseContextClause(
    default hasContext: Bool
  ) throws(Diagnostic) -> Bool {
    guard isWord("with") || isWord("without") else { return hasContext }
    let isWith = isWord("with")
    advance()
    try expect(word: "context")
    return isWith
  }

  mutating func parseImport() throws(Diagnostic) -> Statement {
    let name = try parseExpression()
    try expect(word: "as")
    let (key, range) = try takeName()
    if scopes.loopDepth > 0 { try refuseLoop(key, range) }
    let hasContext = try parseContextClause(default: false)
    try expect(.blockEnd)
    return .importModule(addImport(name, hasContext, [(nil, key, range)]))
  }

  mutating func addImport(
    _ name: ExpressionID, _ hasContext: Bool, _ names: [(Key?, Key, SourceRange)]
  ) -> Int32 {
    let visible = hasContext ? visibleLocals(at: tree.range(of: name)) : []
    let targets = names.map { (name: $0.0, target: declare(.name($0.1)), range: $0.2) }
    return tree.imports.index(
      adding: Import(name: name, hasContext: hasContext, visible: visible, targets: targets))
  }

  mutating func parseFromImport() throws(Diagnostic) -> Statement {
    let name = try parseExpression()
    try expect(word: "import")
    var names: [(Key?, Key, SourceRange)] = []
    repeat {
      if current.kind == .blockEnd { break }
      if !names.isEmpty, isWord("with") || isWord("without") { break }
      let (key, range) = try takeName()
      let alias = take(word: "as") ? try takeName() : (key: key, range: range)
      if scopes.loopDepth > 0 { try refuseLoop(alias.key, alias.range) }
      names.append((key, alias.key, range))
    } while take(.comma)
    let hasContext = try parseContextClause(default: false)
    try expect(.blockEnd)
    return .importNames(addImport(name, hasContext, names))
  }
}
