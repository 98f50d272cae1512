import Diagnostics
import Texts

/// How a statement is run, in plain numbers: for a text, and for a value that is printed as the data
/// has it or through one filter, all that this needs is in one place.
struct Instruction: BitwiseCopyable {
  enum Kind: UInt8, BitwiseCopyable {
    case text
    /// `{{ name }}` or `{{ name | filter }}`.
    case name
    /// `{{ local.name }}` or `{{ local.name | filter }}`.
    case member
    /// See ``Tree/statements``.
    case other
  }

  private(set) var kind = Kind.other
  /// Of a text.
  private(set) var range = SourceRange(start: 0, end: 0)
  /// Whether the next statement, if it is of the same body, prints a value as the data has it.
  private(set) var isBeforeValue = false
  /// The whole expression, and the part of it that names the value.
  private(set) var whole = ExpressionID(index: 0)
  private(set) var operand = ExpressionID(index: 0)
  /// Of the environment's; -1 for none.
  private(set) var filter: Int32 = -1
  private(set) var symbol: Int32 = 0
  private(set) var local: Int32 = 0

  /// - Parameter next: the one after it.
  init(_ statement: Statement, before next: Instruction?, _ tree: Tree) {
    switch statement {
    case .text(let range):
      (kind, self.range) = (.text, range)
      isBeforeValue = next?.kind == .name || next?.kind == .member
    case .output(let id, isEscaped: true): read(id, tree)
    default: break
    }
  }

  private mutating func read(_ id: ExpressionID, _ tree: Tree) {
    (whole, operand) = (id, id)
    if case .filter(let filter, let inner, Arguments.none) = tree.expressions[Int(id.index)] {
      (self.filter, operand) = (filter, inner)
    }
    switch tree.expressions[Int(operand.index)] {
    case .name(let symbol): (kind, self.symbol) = (.name, symbol)
    case .attribute(let object, let symbol):
      guard case .local(let slot, _) = tree.expressions[Int(object.index)] else { return }
      (kind, self.symbol, local) = (.member, symbol, slot)
    default: break
    }
  }
}
