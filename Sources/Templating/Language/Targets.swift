import Diagnostics
import Texts

// Where a loop, `set`, `with` or a macro puts a value.

extension Parser {
  /// A target as written: a name, an attribute of one, or several in a row.
  indirect enum TargetNames {
    case name(Key)
    case attribute(Key, Key, SourceRange)
    case several([TargetNames])
  }

  /// - Parameters:
  ///   - word: what stands behind them.
  ///   - dotted: whether an attribute may be one, as in `set`.
  mutating func parseTargetNames(
    until word: StaticString?, dotted: Bool = false
  ) throws(Diagnostic) -> TargetNames {
    let first = try parseTargetName(dotted)
    guard take(.comma) else { return first }
    var names = [first]
    repeat {
      if current.kind != .leftParenthesis, endsTargets(word) { break }
      names.append(try parseTargetName(dotted))
    } while take(.comma)
    return .several(names)
  }

  private func endsTargets(_ word: StaticString?) -> Bool {
    word.map { isWord($0) } ?? (current.kind == .rightParenthesis)
  }

  private mutating func parseTargetName(_ dotted: Bool) throws(Diagnostic) -> TargetNames {
    if take(.leftParenthesis) {
      let names = try nested { (parser: inout Parser) throws(Diagnostic) in
        try parser.parseTargetNames(until: nil, dotted: dotted)
      }
      try expect(.rightParenthesis)
      return names
    }
    if current.kind == .name, tree.source.constant(current.range) != nil {
      throw unexpected(wanted: .name)
    }
    let (key, range) = try takeName()
    if dotted, take(.dot) { return .attribute(key, try takeName().key, range) }
    try refuseLoop(key, range)
    return .name(key)
  }

  /// Refuses to give `loop` a value, which would go unseen in a loop.
  func refuseLoop(_ key: Key, _ range: SourceRange) throws(Diagnostic) {
    if key == Scopes.loop {
      throw Diagnostic(.template(.reservedName(key.text.string)), at: text(range))
    }
  }

  mutating func declare(_ names: TargetNames) -> Target {
    switch names {
    case .name(let key):
      scopes.declare(key).map { .slot($0) } ?? .context(symbol: tree.symbol(key))
    case .attribute(let base, let key, let range):
      .attribute(scopes.resolve(base, at: range, in: &tree), symbol: tree.symbol(key))
    case .several(let names):
      .unpack(names.map { declare($0) })
    }
  }
}
