import CStack

/// How far the stack of a thread reaches, so that what nests can stop before it is used up: how much
/// a level takes differs from one to the other, and so do the stacks of threads.
///
/// Unsafe, as only an address tells how much is in use.
public struct StackBounds: Sendable {
  /// The lowest address that nesting may reach.
  private let lowest: UInt

  /// What is left for calls that do not nest.
  private static let reserve: UInt = 192 << 10

  /// Those of the thread that asks; as if there were no end where the system does not tell.
  public static func ofThisThread() -> StackBounds {
    let bounds = stack_bounds_of_this_thread()
    return StackBounds(lowest: UInt(bounds.lowest) + min(reserve, UInt(bounds.size) / 2))
  }

  /// Tells whether there is room for one more level.
  @inline(__always)
  public var hasRoom: Bool {
    var here: UInt8 = 0
    return withUnsafeMutablePointer(to: &here) { UInt(bitPattern: $0) } > lowest
  }
}
