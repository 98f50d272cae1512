import Diagnostics
import Texts

/// Turns tokens into a ``Template``. After an error it goes on with the next tag, so that one run
/// shows all that is wrong.
struct Parser {
  var tree: Tree
  var scopes = Scopes()
  var problems: [Diagnostic] = []
  let environment: Environment
  private let tokens: [Token]
  private let escape: Int?
  var position = 0
  /// The statements of the bodies that are not complete, those of inner bodies last, and their ranges.
  var pending: [Statement] = []
  var pendingRanges: [SourceRange] = []
  var openBlocks: [String] = []
  /// Tells whether values are escaped here; `autoescape` changes it.
  var isEscaped: Bool
  var blockNames: [Key: SourceRange] = [:]
  var hasParent = false
  /// Lost tags make the nesting doubtful: then a stray end tag is not reported.
  var hasLostTags: Bool
  /// The depth of expressions and blocks inside each other.
  var depth = 0
  static let depthLimit = 60

  static func parse(
    _ source: Source, _ environment: Environment
  ) throws(Problems) -> Template {
    var parser = Parser(source, environment)
    let root = parser.parseRoot()
    guard parser.problems.isEmpty else { throw Problems(parser.problems.inOrder) }
    return Template(
      parser.tree, root: root, slotCount: Int(parser.scopes.slotCount), escape: parser.escape)
  }

  private init(_ source: Source, _ environment: Environment) {
    let (tokens, problems) = Lexer.tokens(of: source, syntax: environment.syntax)
    self.tokens = tokens
    self.problems = problems
    self.environment = environment
    tree = Tree(source: source, tokens: tokens.count)
    hasLostTags = !problems.isEmpty
    escape = environment.escape(forTemplate: source.name)
    isEscaped = escape != nil
  }

  mutating func parseRoot() -> Body {
    while true {
      guard let end = parseStatements() else { return takePending(from: 0) }
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
  mutating func take(word: StaticString) -> Bool {
    guard isWord(word) else { return false }
    advance()
    return true
  }

  // A call would hand over a copy of the parser.
  @inline(__always)
  func isWord(_ word: StaticString) -> Bool {
    let token = current
    return token.kind == .name && tree.source.isSpelled(token.range, word)
  }

  /// Tells whether the end tag of such a block stands here.
  func isEnd(of block: String) -> Bool {
    let token = current
    return token.kind == .name && token.range.count == 3 + block.utf8.count
      && tree.source.isSpelled(token.range.prefix(3), "end")
      && text(token.range.dropFirst(3)).isSpelled(block)
  }

  mutating func expect(_ kind: Token.Kind) throws(Diagnostic) {
    guard take(kind) else { throw unexpected(wanted: .token(kind.spelling)) }
  }

  mutating func expect(word: StaticString) throws(Diagnostic) {
    guard take(word: word) else { throw unexpected(wanted: .token(word.description)) }
  }

  mutating func takeName() throws(Diagnostic) -> (key: Key, range: SourceRange) {
    guard current.kind == .name else { throw unexpected(wanted: .name) }
    let range = current.range
    advance()
    return (Key(text(range)), range)
  }

  func unexpected(wanted: TemplateProblem.Wanted) -> Diagnostic {
    let found = text(current.range)
    return Diagnostic(.template(.unexpected(found: found.string, wanted: wanted)), at: found)
  }

  /// Puts the statements since `first`, whose body ends here, side by side.
  mutating func takePending(from first: Int) -> Body {
    let body = tree.add(pending[first...], pendingRanges[first...])
    pending.removeLast(pending.count - first)
    pendingRanges.removeLast(pendingRanges.count - first)
    return body
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

extension Source {
  func begins(_ range: SourceRange, with byte: UInt8) -> Bool {
    withBytes(range) { !$0.isEmpty && $0[0] == byte }
  }

  /// Tells whether a range holds the very characters of a word of the grammar.
  func isSpelled(_ range: SourceRange, _ word: StaticString) -> Bool {
    guard range.count == word.utf8CodeUnitCount else { return false }
    return withBytes(range) { bytes in
      word.withUTF8Buffer { word in bytes.hasSameBytes(as: word.span) }
    }
  }
}

extension SourceRange {
  fileprivate func prefix(_ count: Int) -> SourceRange {
    SourceRange(start: Int(start), end: Int(start) + count)
  }

  fileprivate func dropFirst(_ count: Int) -> SourceRange {
    SourceRange(start: Int(start) + count, end: Int(end))
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
