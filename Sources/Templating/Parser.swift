import Diagnostics

/// Turns tokens into a ``Template``. After an error it goes on with the next tag, so that one run
/// shows all that is wrong.
struct Parser {
  var tree: Tree
  var scopes = Scopes()
  var problems: [Diagnostic] = []
  let environment: Environment
  private let tokens: [Token]
  private var position = 0
  private var openBlocks: [OpenBlock] = []
  /// Whether values are escaped here; `autoescape` changes it.
  private var isEscaped: Bool
  private var blockNames: [Key: SourceRange] = [:]
  private var hasParent = false
  /// Lost tags make the nesting doubtful: then a stray end tag is not reported.
  private var hasLostTags: Bool
  /// How deep expressions and blocks stand inside each other.
  private var depth = 0
  private static let depthLimit = 60

  private struct OpenBlock {
    let name: String
    let range: SourceRange
  }

  static func parse(
    _ source: Source, _ environment: Environment
  ) throws(Problems) -> Template {
    var parser = Parser(source, environment)
    let root = parser.parseRoot()
    guard parser.problems.isEmpty else { throw Problems(parser.problems.inOrder) }
    return Template(
      parser.tree, root: root, slotCount: Int(parser.scopes.slotCount),
      hasParent: parser.hasParent, escape: environment.escape(forTemplate: source.name))
  }

  private init(_ source: Source, _ environment: Environment) {
    let (tokens, problems) = Lexer.tokens(of: source, syntax: environment.syntax)
    self.tokens = tokens
    self.problems = problems
    self.environment = environment
    tree = Tree(source: source)
    hasLostTags = !problems.isEmpty
    isEscaped = environment.escape(forTemplate: source.name) != nil
  }

  private mutating func parseRoot() -> Body {
    var statements: [(Statement, SourceRange)] = []
    while true {
      let (more, end) = parseStatements(until: [])
      statements += more
      guard let end else { return tree.add(statements) }
      if !hasLostTags { report(.strayEnd(text(end).string, open: nil), at: end) }
      skipTag()
    }
  }
}

// MARK: Tokens

extension Parser {
  var current: Token { tokens[min(position, tokens.count - 1)] }

  func text(_ range: SourceRange) -> Text { tree.text(range) }

  mutating func advance() { position += 1 }
  mutating func stepBack() { position -= 1 }

  /// The token that was taken last.
  var last: SourceRange { tokens[max(0, position - 1)].range }

  mutating func take(_ kind: Token.Kind) -> Bool {
    guard current.kind == kind else { return false }
    advance()
    return true
  }

  /// Takes a keyword.
  mutating func take(word: String) -> Bool {
    guard isWord(word) else { return false }
    advance()
    return true
  }

  func isWord(_ word: String) -> Bool {
    current.kind == .name && text(current.range).bytes.elementsEqual(word.utf8)
  }

  func isAnyWord(_ words: [String]) -> Bool { words.contains { isWord($0) } }

  mutating func expect(_ kind: Token.Kind) throws(Diagnostic) {
    guard take(kind) else { throw unexpected(wanted: .token(kind.spelling)) }
  }

  mutating func expect(word: String) throws(Diagnostic) {
    guard take(word: word) else { throw unexpected(wanted: .token(word)) }
  }

  mutating func takeName() throws(Diagnostic) -> (key: Key, range: SourceRange) {
    guard current.kind == .name else { throw unexpected(wanted: .name) }
    let range = current.range
    advance()
    return (Key(text(range)), range)
  }

  func unexpected(wanted: TemplateProblem.Wanted) -> Diagnostic {
    let found = current.kind == .end ? nil : text(current.range).string
    return Diagnostic(.template(.unexpected(found: found, wanted: wanted)), at: text(current.range))
  }

  mutating func report(_ problem: TemplateProblem, at range: SourceRange) {
    problems.append(Diagnostic(.template(problem), at: text(range)))
  }

  /// To the end of this tag and past it.
  mutating func skipTag() {
    while current.kind != .blockEnd, current.kind != .variableEnd, current.kind != .end {
      advance()
    }
    if current.kind != .end { advance() }
  }

  /// Runs a part of the grammar one level deeper; refuses to go too deep for the stack.
  mutating func nested<Result>(
    _ parse: (inout Parser) throws(Diagnostic) -> Result
  ) throws(Diagnostic) -> Result {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Parser.depthLimit else {
      throw Diagnostic(.template(.nestedTooDeep(Parser.depthLimit)), at: text(current.range))
    }
    return try parse(&self)
  }
}

// MARK: Statements

extension Parser {
  /// Statements up to one of these words (or any end tag), whose token is returned untaken.
  private mutating func parseStatements(
    until words: [String]
  ) -> (statements: [(Statement, SourceRange)], end: SourceRange?) {
    var statements: [(Statement, SourceRange)] = []
    while true {
      let token = current
      switch token.kind {
      case .text:
        statements.append((.text(token.range), token.range))
        advance()
      case .variableStart:
        if let output = parseOutput() { statements.append(output) }
      case .blockStart:
        advance()
        if isAnyWord(words) || isEndWord { return (statements, current.range) }
        if let statement = parseTag(from: token.range) {
          statements.append((statement, token.range))
        }
      default:
        return (statements, nil)
      }
    }
  }

  private var isEndWord: Bool {
    guard current.kind == .name else { return false }
    let word = text(current.range).string
    return word.hasPrefix("end") && Parser.blockWords.contains(String(word.dropFirst(3)))
      || ["else", "elif"].contains(word)
  }

  private static let blockWords: Set<String> = [
    "if", "for", "set", "with", "filter", "macro", "call", "block", "autoescape", "raw",
  ]

  private static let statementWords: [String] =
    blockWords.subtracting(["raw"]).sorted() + [
      "do", "extends", "from", "import", "include", "raw",
    ]

  private mutating func parseOutput() -> (Statement, SourceRange)? {
    let start = current.range
    advance()
    do throws(Diagnostic) {
      let expression = try parseTuple()
      let end = current.range
      try expect(.variableEnd)
      return (.output(expression, isEscaped: isEscaped), start.joined(with: end))
    } catch {
      problems.append(error)
      skipTag()
      return nil
    }
  }

  private mutating func parseTag(from start: SourceRange) -> Statement? {
    do throws(Diagnostic) {
      return try nested { (parser: inout Parser) throws(Diagnostic) in
        try parser.parseStatement(from: start)
      }
    } catch {
      problems.append(error)
      hasLostTags = true
      skipTag()
      return nil
    }
  }

  private mutating func parseStatement(from start: SourceRange) throws(Diagnostic) -> Statement? {
    let (key, range) = try takeName()
    switch key.text.string {
    case "if": return parseIf(from: range)
    case "for": return parseFor(from: range)
    case "set": return try parseSet(from: range)
    case "with": return try parseWith(from: range)
    case "filter": return try parseFilterBlock(from: range)
    case "macro": return try parseMacro(from: range)
    case "call": return try parseCallBlock(from: range)
    case "block": return try parseBlock(from: range)
    case "autoescape": return try parseAutoescape(from: range)
    case "include": return try parseInclude()
    case "import": return try parseImport()
    case "from": return try parseFromImport()
    case "extends": return try parseExtends(from: range)
    case "do": return .evaluate(try parseToTagEnd())
    default:
      let known = nearest(to: key.text.string, among: Parser.statementWords)
      throw Diagnostic(
        .template(.unknownStatement(key.text.string, suggestion: known)), at: key.text)
    }
  }

  /// An expression that fills the rest of the tag.
  private mutating func parseToTagEnd() throws(Diagnostic) -> ExpressionID {
    let expression = try parseTuple()
    try expect(.blockEnd)
    return expression
  }

  /// As ``parseToTagEnd()``, but an error leaves the block standing, so that its end fits.
  private mutating func parseHead() -> ExpressionID {
    do throws(Diagnostic) {
      return try parseToTagEnd()
    } catch {
      problems.append(error)
      skipTag()
      return tree.add(.absent, at: current.range)
    }
  }

  /// The statements of a block up to `end` (taken with its tag) or one of `others` (not taken).
  private mutating func parseBody(
    of name: String, from opening: SourceRange, others: [String] = [], title: Key? = nil
  ) -> Body {
    let end = "end" + name
    openBlocks.append(OpenBlock(name: name, range: opening))
    defer { openBlocks.removeLast() }
    var statements: [(Statement, SourceRange)] = []
    while true {
      let (more, found) = parseStatements(until: [end] + others)
      statements += more
      guard let found else {
        let problem = Diagnostic(.template(.unclosedBlock(name)), at: text(opening))
        problems.append(problem)
        return tree.add(statements)
      }
      if isAnyWord(others) { return tree.add(statements) }
      if isWord(end) {
        closeTag(end: end, title: title)
        return tree.add(statements)
      }
      if isEndOfOuterBlock {
        problems.append(
          Diagnostic(
            .template(.unclosedBlock(name)), at: text(opening),
            notes: [Diagnostic.Note(.closedInstead, at: text(found))]))
        position -= 1
        return tree.add(statements)
      }
      if !hasLostTags { report(.strayEnd(text(found).string, open: name), at: found) }
      skipTag()
    }
  }

  /// The end tag belongs to a block further out: this one was never closed.
  private var isEndOfOuterBlock: Bool {
    openBlocks.dropLast().contains { isWord("end" + $0.name) }
  }

  /// `endblock name` and `endmacro name` may repeat the name.
  private mutating func closeTag(end: String, title: Key?) {
    advance()
    if let title, current.kind == .name, Key(text(current.range)) != title {
      problems.append(unexpected(wanted: .token(title.text.string)))
    }
    if end == "endblock" || end == "endmacro" || end == "endcall", current.kind == .name {
      advance()
    }
    if !take(.blockEnd) {
      problems.append(unexpected(wanted: .token("%}")))
      skipTag()
    }
  }

  private mutating func parseIf(from range: SourceRange) -> Statement {
    var branches: [Branch] = []
    let test = parseHead()
    var body = parseBody(of: "if", from: range, others: ["elif", "else"])
    branches.append(Branch(test: test, body: body))
    while isWord("elif") {
      advance()
      let test = parseHead()
      body = parseBody(of: "if", from: range, others: ["elif", "else"])
      branches.append(Branch(test: test, body: body))
    }
    if isWord("else") {
      closeElse()
      body = parseBody(of: "if", from: range)
      branches.append(Branch(test: nil, body: body))
    }
    return .condition(tree.conditions.index(adding: branches))
  }

  private mutating func closeElse() {
    advance()
    if !take(.blockEnd) {
      problems.append(unexpected(wanted: .token("%}")))
      skipTag()
    }
  }

  private mutating func parseFor(from range: SourceRange) -> Statement {
    let firstSlot = scopes.slotCount
    var head = ForHead(items: tree.add(.absent, at: range))
    do throws(Diagnostic) {
      head = try parseForHead()
    } catch {
      problems.append(error)
      skipTag()
      scopes.enterLoop()
    }
    let body = parseBody(of: "for", from: range, others: ["else"])
    scopes.leaveLoop()
    let slots = scopes.changingSlots(from: firstSlot)
    var otherwise = Body(start: 0, count: 0)
    if isWord("else") {
      closeElse()
      scopes.enterScope()
      otherwise = parseBody(of: "for", from: range)
      scopes.leaveScope()
    }
    let loop = ForLoop(
      target: head.target, items: head.items, filter: head.filter, body: body,
      otherwise: otherwise, isRecursive: head.isRecursive, slots: slots)
    return .loop(tree.loops.index(adding: loop))
  }

  private struct ForHead {
    var target = Target.unpack([])
    var items: ExpressionID
    var filter: ExpressionID?
    var isRecursive = false
  }

  /// `target in items if filter recursive %}`; enters the loop's scope.
  private mutating func parseForHead() throws(Diagnostic) -> ForHead {
    let names = try parseTargetNames(until: "in")
    try expect(word: "in")
    let items = try parseTuple(withoutCondition: true)
    scopes.enterLoop()
    do throws(Diagnostic) {
      let target = declare(names)
      let filter = take(word: "if") ? try parseLoopFilter() : nil
      let isRecursive = take(word: "recursive")
      try expect(.blockEnd)
      return ForHead(target: target, items: items, filter: filter, isRecursive: isRecursive)
    } catch {
      scopes.leaveLoop()
      throw error
    }
  }

  /// The condition of a loop's items, where `loop` is still the loop around it.
  private mutating func parseLoopFilter() throws(Diagnostic) -> ExpressionID {
    scopes.hideLoop()
    defer { scopes.showLoop() }
    return try parseExpression()
  }

  /// A target as written: a name, an attribute of one, or several in a row.
  private indirect enum TargetNames {
    case name(Key)
    case attribute(Key, Key, SourceRange)
    case several([TargetNames])
  }

  private mutating func parseTargetNames(until word: String?) throws(Diagnostic) -> TargetNames {
    var names: [TargetNames] = []
    var isSeveral = false
    repeat {
      if take(.leftParenthesis) {
        names.append(try parseTargetNames(until: nil))
        try expect(.rightParenthesis)
      } else {
        if !names.isEmpty, word.map({ isWord($0) }) ?? (current.kind == .rightParenthesis) { break }
        if isAnyWord(["true", "false", "none", "True", "False", "None"]) {
          throw unexpected(wanted: .name)
        }
        let (key, range) = try takeName()
        if take(.dot) {
          names.append(.attribute(key, try takeName().key, range))
        } else {
          names.append(.name(key))
        }
      }
      if current.kind == .comma { isSeveral = true }
    } while take(.comma)
    return isSeveral ? .several(names) : names[0]
  }

  private mutating func declare(_ names: TargetNames) -> Target {
    switch names {
    case .name(let key):
      scopes.declare(key).map { .slot($0) } ?? .context(symbol: tree.symbol(key))
    case .attribute(let base, let key, let range):
      .attribute(scopes.resolve(base, at: range, in: &tree), symbol: tree.symbol(key))
    case .several(let names):
      .unpack(names.map { declare($0) })
    }
  }

  private mutating func parseSet(from range: SourceRange) throws(Diagnostic) -> Statement {
    let names = try parseTargetNames(until: nil)
    if take(.assign) {
      let value = try parseTuple()
      try expect(.blockEnd)
      let assignment = Assignment(target: declare(names), value: value)
      return .assign(tree.assignments.index(adding: assignment))
    }
    let filters = try parseFilterChain()
    try expect(.blockEnd)
    scopes.enterScope()
    let body = parseBody(of: "set", from: range)
    scopes.leaveScope()
    let block = BlockAssignment(
      target: declare(names), body: body, filters: filters, isEscaped: isEscaped)
    return .assignBlock(tree.blockAssignments.index(adding: block))
  }

  /// `| name(arguments) | …`, or nothing.
  private mutating func parseFilterChain() throws(Diagnostic) -> [(id: Int32, arguments: Int32)] {
    var filters: [(id: Int32, arguments: Int32)] = []
    while take(.pipe) { filters.append(try parseFilterName()) }
    return filters
  }

  private mutating func parseWith(from range: SourceRange) throws(Diagnostic) -> Statement {
    var parsed: [(TargetNames, ExpressionID)] = []
    while current.kind != .blockEnd {
      let names = try parseTargetNames(until: nil)
      try expect(.assign)
      parsed.append((names, try parseExpression()))
      if !take(.comma) { break }
    }
    try expect(.blockEnd)
    scopes.enterScope()
    let assignments = parsed.map { Assignment(target: declare($0.0), value: $0.1) }
    let body = parseBody(of: "with", from: range)
    scopes.leaveScope()
    return .with(tree.withs.index(adding: With(assignments: assignments, body: body)))
  }

  private mutating func parseFilterBlock(from range: SourceRange) throws(Diagnostic) -> Statement {
    var filters = [try parseFilterName()]
    filters += try parseFilterChain()
    try expect(.blockEnd)
    scopes.enterScope()
    let body = parseBody(of: "filter", from: range)
    scopes.leaveScope()
    let block = FilterBlock(filters: filters, body: body, isEscaped: isEscaped)
    return .filterBlock(tree.filterBlocks.index(adding: block))
  }

  private mutating func parseAutoescape(from range: SourceRange) throws(Diagnostic) -> Statement {
    let word = current
    advance()
    let (before, wanted) = (isEscaped, text(word.range).string)
    switch wanted {
    case "true", "True": isEscaped = true
    case "false", "False": isEscaped = false
    default:
      throw Diagnostic(
        .template(.unexpected(found: wanted, wanted: .token("true, false"))), at: text(word.range))
    }
    defer { isEscaped = before }
    try expect(.blockEnd)
    scopes.enterScope()
    let body = parseBody(of: "autoescape", from: range)
    scopes.leaveScope()
    return .with(tree.withs.index(adding: With(assignments: [], body: body)))
  }
}

// MARK: Macros, blocks and other templates

extension Parser {
  private mutating func parseMacro(from range: SourceRange) throws(Diagnostic) -> Statement {
    let (name, _) = try takeName()
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

  private mutating func finishRoutine(
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
  private mutating func parseParameters() throws(Diagnostic) -> [Routine.Parameter] {
    var parameters: [Routine.Parameter] = []
    while current.kind != .rightParenthesis {
      let (key, range) = try takeName()
      if let last = parameters.last, last.fallback != nil, current.kind != .assign {
        throw unexpected(wanted: .token("="))
      }
      let fallback = take(.assign) ? try parseExpression() : nil
      if parameters.contains(where: { $0.name == key }) {
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

  private mutating func parseCallBlock(from range: SourceRange) throws(Diagnostic) -> Statement {
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

  private mutating func parseBlock(from range: SourceRange) throws(Diagnostic) -> Statement {
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
    while isAnyWord(["scoped", "required"]) {
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
  private mutating func reportContent(of body: Body) {
    let ranges = body.indices.map { tree.statementRanges[$0] }
    guard let content = ranges.first(where: { !text($0).bytes.allSatisfy(\.isWhiteSpace) })
    else { return }
    let found = text(content).string
    report(.unexpected(found: found, wanted: .token("{% endblock %}")), at: content)
  }

  private mutating func visibleLocals(
    at range: SourceRange
  ) -> [(key: Key, value: ExpressionID)] {
    scopes.visibleNames().map { ($0, scopes.resolve($0, at: range, in: &tree)) }
  }

  private mutating func parseExtends(from range: SourceRange) throws(Diagnostic) -> Statement {
    if hasParent { throw Diagnostic(.template(.extendsTwice), at: text(range)) }
    hasParent = true
    return .extends(try parseToTagEnd())
  }

  private mutating func parseInclude() throws(Diagnostic) -> Statement {
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
  private mutating func parseContextClause(
    default hasContext: Bool
  ) throws(Diagnostic) -> Bool {
    guard isAnyWord(["with", "without"]) else { return hasContext }
    let isWith = isWord("with")
    advance()
    try expect(word: "context")
    return isWith
  }

  private mutating func parseImport() throws(Diagnostic) -> Statement {
    let name = try parseExpression()
    try expect(word: "as")
    let (key, range) = try takeName()
    let hasContext = try parseContextClause(default: false)
    try expect(.blockEnd)
    return .importModule(addImport(name, hasContext, [(nil, key, range)]))
  }

  private mutating func addImport(
    _ name: ExpressionID, _ hasContext: Bool, _ names: [(Key?, Key, SourceRange)]
  ) -> Int32 {
    let visible = hasContext ? visibleLocals(at: tree.range(of: name)) : []
    let targets = names.map { (name: $0.0, target: declare(.name($0.1)), range: $0.2) }
    return tree.imports.index(
      adding: Import(name: name, hasContext: hasContext, visible: visible, targets: targets))
  }

  private mutating func parseFromImport() throws(Diagnostic) -> Statement {
    let name = try parseExpression()
    try expect(word: "import")
    var names: [(Key?, Key, SourceRange)] = []
    repeat {
      if current.kind == .blockEnd || isAnyWord(["with", "without"]) && !names.isEmpty { break }
      let (key, range) = try takeName()
      let alias = take(word: "as") ? try takeName().key : key
      names.append((key, alias, range))
    } while take(.comma)
    let hasContext = try parseContextClause(default: false)
    try expect(.blockEnd)
    return .importNames(addImport(name, hasContext, names))
  }
}

extension [Diagnostic] {
  /// In the order of their places.
  var inOrder: [Diagnostic] {
    enumerated().sorted {
      ($0.element.place?.range.start ?? 0, $0.offset)
        < ($1.element.place?.range.start ?? 0, $1.offset)
    }.map(\.element)
  }
}
