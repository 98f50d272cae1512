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
      guard !RegularExpressionSize.hasBackReference(pattern) else {
        throw Failure(reason: "Back-references are not supported")
      }
      let library = try LibraryExpression(self.pattern)
      _ = compiled.storeIfNil(CompiledExpression(nil, nil, library))
    }
  }

  /// Tells whether the expression matches somewhere in the bytes.
  public func matches(_ bytes: ArraySlice<UInt8>) -> Bool { matches(bytes.span) }

  func matches(_ bytes: Span<UInt8>) -> Bool {
    let compiled = compiled.load() ?? compile()
    return compiled.automaton?.matches(bytes) ?? compiled.places?.matches(bytes)
      ?? compiled.library.map { bytes.count <= Self.longestForLibrary && $0.matches(bytes) }
      ?? false
  }

  private func compile() -> CompiledExpression {
    let automaton = positions.flatMap(Automaton.init)
    // Of too many states for a table.
    let places = automaton == nil ? positions.map(PlaceSets.init) : nil
    return compiled.storeIfNil(CompiledExpression(automaton, places, nil))
  }

  /// The longest text that the C library is given, whose time nobody bounds: a longer one does not
  /// match. Types are those of names, numbers and signs.
  private static let longestForLibrary = 4096
}

/// An expression as a table, as sets of places, or as the C library has it.
private final class CompiledExpression: Sendable {
  let automaton: Automaton?
  let places: PlaceSets?
  let library: LibraryExpression?

  init(_ automaton: Automaton?, _ places: PlaceSets?, _ library: LibraryExpression?) {
    (self.automaton, self.places, self.library) = (automaton, places, library)
  }
}
