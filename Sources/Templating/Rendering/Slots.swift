import Texts

/// The local variables of all active routines, those of the innermost one last.
struct Slots {
  private var operands: [Operand] = []
  /// The value that keeps each operand alive; nil where the data or the loop does, or nothing need.
  private var owners: [AnyObject?] = []
  private(set) var count = 0

  subscript(index: Int) -> Operand {
    @inline(__always) get { operands[index] }
  }

  /// Sets a variable, which keeps what the operand refers to.
  @inline(__always)
  mutating func set(_ operand: Operand, at index: Int) {
    let owner = operand.owner
    operands[index] = operand
    if owner != nil || owners[index] != nil { owners[index] = owner }
  }

  /// Sets a variable to what something else keeps as long as the variable has it.
  @inline(__always)
  mutating func lend(_ operand: Operand, at index: Int) {
    operands[index] = operand
    if owners[index] != nil { owners[index] = nil }
  }

  /// Adds variables that are unset.
  @inline(__always)
  mutating func push(_ added: Int) {
    count &+= added
    if count > operands.count { grow() }
  }

  private mutating func grow() {
    let missing = max(64, count) * 2 - operands.count
    operands.append(contentsOf: repeatElement(.undefined, count: missing))
    owners.append(contentsOf: repeatElement(nil, count: missing))
  }

  mutating func shrink(to remaining: Int) {
    for index in remaining..<count { lend(.undefined, at: index) }
    count = remaining
  }
}
