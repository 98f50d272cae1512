import Diagnostics
import Texts

// The statements inside a template: conditions, loops, assignments.

extension Parser {
  /// Statements up to the word of an end tag, `else` or `elif`, which is returned untaken.
  mutating func parseStatements() -> SourceRange? {
    while true {
      let token = current
      switch token.kind {
      case .text:
        add(.text(token.range), at: token.range)
        advance()
      case .variableStart: parseOutput()
      case .blockStart:
        advance()
        if isEndWord { return current.range }
        if let statement = parseTag(from: token.range) { add(statement, at: token.range) }
      default: return nil
      }
    }
  }

  private mutating func add(_ statement: Statement, at range: SourceRange) {
    pending.append(statement)
    pendingRanges.append(range)
  }

  var isEndWord: Bool {
    // All of them begin with that letter.
    guard tree.source.begins(current.range, with: UInt8(ascii: "e")) else {
      return false
    }
    return isWord("else") || isWord("elif") || Parser.blockWords.contains { isEnd(of: $0) }
  }

  static let blockWords = [
    "if", "for", "set", "with", "filter", "macro", "call", "block", "autoescape", "raw",
  ]

  static let statementWords: [String] =
    blockWords + ["do", "extends", "from", "import", "include"]

  mutating func parseOutput() {
    let start = current.range
    advance()
    do throws(Diagnostic) {
      let expression = try parseTuple()
      let end = current.range
      try expect(.variableEnd)
      add(.output(expression, isEscaped: isEscaped), at: start.joined(with: end))
    } catch {
      problems.append(error)
      skipTag()
    }
  }

  mutating func parseTag(from start: SourceRange) -> Statement? {
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

  mutating func parseStatement(from start: SourceRange) throws(Diagnostic) -> Statement? {
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
  mutating func parseToTagEnd() throws(Diagnostic) -> ExpressionID {
    let expression = try parseTuple()
    try expect(.blockEnd)
    return expression
  }

  /// As ``parseToTagEnd()``, but an error leaves the block standing, so that its end fits.
  mutating func parseHead() -> ExpressionID {
    do throws(Diagnostic) {
      return try parseToTagEnd()
    } catch {
      problems.append(error)
      skipTag()
      return tree.add(.absent, at: current.range)
    }
  }

  /// The words that may stand before the end tag of a block, in a tag of their own.
  enum Alternative {
    case none, `else`, elifOrElse
  }

  private func isAnother(_ alternative: Alternative) -> Bool {
    switch alternative {
    case .none: false
    case .else: isWord("else")
    case .elifOrElse: isWord("elif") || isWord("else")
    }
  }

  /// The statements of a block up to its end tag (which is taken) or an alternative (not taken).
  mutating func parseBody(
    of name: String, from opening: SourceRange, or alternative: Alternative = .none,
    title: Key? = nil
  ) -> Body {
    openBlocks.append(name)
    defer { openBlocks.removeLast() }
    let first = pending.count
    while true {
      guard let found = parseStatements() else {
        let problem = Diagnostic(.template(.unclosedBlock(name)), at: text(opening))
        problems.append(problem)
        return takePending(from: first)
      }
      if isAnother(alternative) { return takePending(from: first) }
      if isEnd(of: name) {
        closeTag(of: name, title: title)
        return takePending(from: first)
      }
      if isEndOfOuterBlock {
        problems.append(
          Diagnostic(
            .template(.unclosedBlock(name)), at: text(opening),
            notes: [Diagnostic.Note(.closedInstead, at: text(found))]))
        position -= 1
        return takePending(from: first)
      }
      if !hasLostTags { report(.strayEnd(text(found).string, open: name), at: found) }
      skipTag()
    }
  }

  /// The end tag belongs to a block further out: this one was never closed.
  var isEndOfOuterBlock: Bool {
    openBlocks.dropLast().contains { isEnd(of: $0) }
  }

  /// `endblock name` may repeat the name.
  mutating func closeTag(of name: String, title: Key?) {
    advance()
    if let title, current.kind == .name, Key(text(current.range)) != title {
      problems.append(unexpected(wanted: .token(title.text.string)))
    }
    if current.kind == .name, title != nil { advance() }
    if !take(.blockEnd) {
      problems.append(unexpected(wanted: .token("%}")))
      skipTag()
    }
  }

  mutating func parseIf(from range: SourceRange) -> Statement {
    var branches: [Branch] = []
    let test = parseHead()
    var body = parseBody(of: "if", from: range, or: .elifOrElse)
    branches.append(Branch(test: test, body: body))
    while isWord("elif") {
      advance()
      let test = parseHead()
      body = parseBody(of: "if", from: range, or: .elifOrElse)
      branches.append(Branch(test: test, body: body))
    }
    if isWord("else") {
      closeElse()
      body = parseBody(of: "if", from: range)
      branches.append(Branch(test: .none, body: body))
    }
    let first = Int32(tree.branches.count)
    tree.branches += branches
    return .condition(first: first, count: Int32(branches.count))
  }

  mutating func closeElse() {
    advance()
    if !take(.blockEnd) {
      problems.append(unexpected(wanted: .token("%}")))
      skipTag()
    }
  }

  mutating func parseFor(from range: SourceRange) -> Statement {
    let firstSlot = scopes.slotCount
    var head = ForHead(items: tree.add(.absent, at: range))
    do throws(Diagnostic) {
      head = try parseForHead()
    } catch {
      problems.append(error)
      skipTag()
      scopes.enterLoop()
    }
    let body = parseBody(of: "for", from: range, or: .else)
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

  struct ForHead {
    var target = Target.unpack([])
    var items: ExpressionID
    var filter: ExpressionID?
    var isRecursive = false
  }

  /// `target in items if filter recursive %}`; enters the loop's scope.
  mutating func parseForHead() throws(Diagnostic) -> ForHead {
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
  mutating func parseLoopFilter() throws(Diagnostic) -> ExpressionID {
    scopes.hideLoop()
    defer { scopes.showLoop() }
    return try parseExpression()
  }

  mutating func parseSet(from range: SourceRange) throws(Diagnostic) -> Statement {
    let names = try parseTargetNames(until: nil, dotted: true)
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
  mutating func parseFilterChain() throws(Diagnostic) -> [(id: Int32, arguments: Int32)] {
    var filters: [(id: Int32, arguments: Int32)] = []
    while take(.pipe) { filters.append(try parseFilterName()) }
    return filters
  }

  mutating func parseWith(from range: SourceRange) throws(Diagnostic) -> Statement {
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

  mutating func parseFilterBlock(from range: SourceRange) throws(Diagnostic) -> Statement {
    var filters = [try parseFilterName()]
    filters += try parseFilterChain()
    try expect(.blockEnd)
    scopes.enterScope()
    let body = parseBody(of: "filter", from: range)
    scopes.leaveScope()
    let block = FilterBlock(filters: filters, body: body, isEscaped: isEscaped)
    return .filterBlock(tree.filterBlocks.index(adding: block))
  }

  mutating func parseAutoescape(from range: SourceRange) throws(Diagnostic) -> Statement {
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
