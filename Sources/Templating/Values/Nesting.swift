import Synchronization

/// The size of a list or map with all that is in it.
struct Nesting: Sendable {
  /// Lists and maps inside each other, this one among them; 0 for any other value.
  let levels: Int
  /// Its members, and those of its members; one that is held twice counts twice.
  let members: Int

  init(levels: Int, members: Int) {
    self.levels = min(levels, Nesting.mostLevels)
    self.members = min(members, Nesting.mostMembers)
  }

  /// The nesting of a list with these values.
  init(of values: some Collection<Value>) {
    var (levels, members) = (0, values.count)
    for value in values {
      let inner = value.nesting
      levels = max(levels, inner.levels)
      members = min(members &+ inner.members, Nesting.mostMembers)
    }
    self.init(levels: levels + 1, members: members)
  }

  /// That of a list with the members of two lists.
  func joined(with other: Nesting) -> Nesting {
    Nesting(levels: max(levels, other.levels), members: members + other.members)
  }

  /// Tells whether all that goes through such a value ends.
  var isWithinLimits: Bool { levels <= Limits.nesting && members <= Limits.members }

  // What is counted at most is more than the limits.
  private static let mostLevels = 255
  private static let mostMembers = 1 << 40
}

/// The nesting of a list or map, worked out when it is first asked for: a list that grows by one
/// value at a time is not gone through for each.
struct NestingMemory: ~Copyable, Sendable {
  /// The members, and the levels in the last eight bits; 0 before it is known.
  private let packed: Atomic<Int>

  init(_ nesting: Nesting? = nil) {
    packed = Atomic(nesting.map { $0.members << 8 | $0.levels } ?? 0)
  }

  func nesting(_ find: () -> Nesting) -> Nesting {
    let known = packed.load(ordering: .relaxed)
    if known != 0 { return Nesting(levels: known & 0xFF, members: known >> 8) }
    let found = find()
    packed.store(found.members << 8 | found.levels, ordering: .relaxed)
    return found
  }
}

extension Value {
  var nesting: Nesting {
    switch self {
    case .items(let items): items.nesting
    case .map(let map): map.nesting
    default: Nesting(levels: 0, members: 0)
    }
  }
}
