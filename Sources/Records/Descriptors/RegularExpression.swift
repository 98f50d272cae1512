import Diagnostics
import Synchronization

/// A POSIX extended regular expression, matched as the C library does it for recutils.
///
/// Plain ones become an ``Automaton``; a test holds both to the same answers. An expression is
/// compiled when the first text is matched, for a schema has many more of them than a file needs.
///
/// It works on bytes: the program sets no locale, so letters beyond ASCII stand for themselves but
/// not inside brackets.
public final class RegularExpression: Sendable {
  public let pattern: String
  /// The expression as the table is made of it; nil for one that is left to the C library.
  private let positions: AutomatonPositions?
  private let compiled = AtomicLazyReference<CompiledExpression>()

  /// The reason for which an expression was refused.
  public struct Failure: Error, Sendable {
    public let reason: String
  }

  public init(_ pattern: some Collection<UInt8>) throws(Failure) {
    guard !RegularExpressionSize.isTooLarge(pattern) else {
      throw Failure(reason: "Regular expression too big")
    }
    self.pattern = String(decoding: pattern, as: UTF8.self)
    positions = AutomatonParser.positions(Array(self.pattern.utf8))
    if positions == nil {
      let library = try LibraryExpression(self.pattern)
      _ = compiled.storeIfNil(CompiledExpression(nil, library))
    }
  }

  /// Tells whether the expression matches somewhere in the bytes.
  public func matches(_ bytes: ArraySlice<UInt8>) -> Bool { matches(bytes.span) }

  func matches(_ bytes: Span<UInt8>) -> Bool {
    let compiled = compiled.load() ?? compile()
    return compiled.automaton?.matches(bytes) ?? compiled.library?.matches(bytes) ?? false
  }

  private func compile() -> CompiledExpression {
    let automaton = positions.flatMap(Automaton.init)
    // Of a plain form, so the library takes it.
    let library = automaton == nil ? try? LibraryExpression(pattern) : nil
    return compiled.storeIfNil(CompiledExpression(automaton, library))
  }
}

/// An expression as a table, or as the C library has it.
private final class CompiledExpression: Sendable {
  let automaton: Automaton?
  let library: LibraryExpression?

  init(_ automaton: Automaton?, _ library: LibraryExpression?) {
    (self.automaton, self.library) = (automaton, library)
  }
}
