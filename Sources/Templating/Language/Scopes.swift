import Texts

/// The slots that names stand for while a template is parsed.
///
/// Names of the top level live in the context, where blocks and importers see them; names set
/// inside a loop, a `with` or a macro get a numbered slot. A slot that is still unset at run time
/// falls through to what its name meant outside, as in Jinja2.
struct Scopes {
  private var frames = [Frame(isRoot: true, capturesOuter: false, hasSpecials: false)]

  /// The slots of one routine.
  final class Frame {
    let isRoot: Bool
    /// Macros and call bodies see the locals around them; blocks do not.
    let capturesOuter: Bool
    @exclusivity(unchecked) var scopes = [SlotNames()]
    @exclusivity(unchecked) var slotCount: Int32 = 0
    @exclusivity(unchecked) var captures: [(from: ExpressionID, slot: Int32)] = []
    @exclusivity(unchecked) var captured = SlotNames()
    @exclusivity(unchecked) var loopDepth: Int32 = 0
    /// `caller`, `varargs`, `kwargs`, where the body asks for them.
    @exclusivity(unchecked) var special = SlotNames()
    let hasSpecials: Bool

    init(isRoot: Bool = false, capturesOuter: Bool, hasSpecials: Bool) {
      self.isRoot = isRoot
      self.capturesOuter = capturesOuter
      self.hasSpecials = hasSpecials
    }
  }

  var slotCount: Int32 { frames[frames.count - 1].slotCount }
  var loopDepth: Int32 { frames[frames.count - 1].loopDepth }

  /// The slots since `first` but those filled when the routine is called, which stay.
  func changingSlots(from first: Int32) -> [Int] {
    let frame = frames[frames.count - 1]
    let staying = Set(frame.captured.slots + frame.special.slots)
    return (Int(first)..<Int(frame.slotCount)).filter { !staying.contains($0) }
  }

  mutating func enterScope() { frames[frames.count - 1].scopes.append(SlotNames()) }
  mutating func leaveScope() { frames[frames.count - 1].scopes.removeLast() }

  mutating func enterLoop() {
    enterScope()
    frames[frames.count - 1].loopDepth += 1
  }

  mutating func leaveLoop() {
    leaveScope()
    frames[frames.count - 1].loopDepth -= 1
  }

  mutating func hideLoop() { frames[frames.count - 1].loopDepth -= 1 }
  mutating func showLoop() { frames[frames.count - 1].loopDepth += 1 }

  mutating func enterRoutine(capturesOuter: Bool, hasSpecials: Bool) {
    frames.append(Frame(capturesOuter: capturesOuter, hasSpecials: hasSpecials))
  }

  mutating func leaveRoutine() -> Frame { frames.removeLast() }
  mutating func resume(_ frame: Frame) { frames.append(frame) }

  /// A slot for a name of the innermost scope, or nil where the name belongs to the context.
  mutating func declare(_ key: Key) -> Int32? {
    let frame = frames.count - 1
    let scope = frames[frame].scopes.count - 1
    if frames[frame].isRoot, scope == 0 { return nil }
    if let slot = frames[frame].scopes[scope][key] { return slot }
    let slot = newSlot(in: frame)
    frames[frame].scopes[scope][key] = slot
    return slot
  }

  private mutating func newSlot(in frame: Int) -> Int32 {
    frames[frame].slotCount += 1
    return frames[frame].slotCount - 1
  }

  /// The expression that reads a name here.
  mutating func resolve(_ key: Key, at range: SourceRange, in tree: inout Tree) -> ExpressionID {
    resolve(key, at: range, frame: frames.count - 1, in: &tree)
      ?? tree.add(.name(tree.symbol(key)), at: range)
  }

  /// Returns nil where no local of that name is in sight.
  private mutating func resolve(
    _ key: Key, at range: SourceRange, frame: Int, in tree: inout Tree
  ) -> ExpressionID? {
    var found = capture(key, at: range, frame: frame, in: &tree)
    // From the outermost inwards: each falls through to the one before.
    for scope in frames[frame].scopes.indices {
      guard let slot = frames[frame].scopes[scope][key] else { continue }
      let otherwise = found ?? tree.add(.name(tree.symbol(key)), at: range)
      found = tree.add(.local(slot: slot, otherwise: otherwise), at: range)
    }
    return found
  }

  private mutating func capture(
    _ key: Key, at range: SourceRange, frame: Int, in tree: inout Tree
  ) -> ExpressionID? {
    if let slot = frames[frame].special[key] ?? special(key, frame: frame) {
      // The other two are always set.
      return tree.add(.local(slot: slot, otherwise: tree.add(.noCaller, at: range)), at: range)
    }
    guard frames[frame].capturesOuter else { return nil }
    if let slot = frames[frame].captured[key] { return local(slot, key, at: range, in: &tree) }
    let depth = frames[frame - 1].loopDepth
    let loop =
      key == Scopes.loop && depth > 0 ? tree.add(.loop(.all, level: depth - 1), at: range) : nil
    guard let from = loop ?? resolve(key, at: range, frame: frame - 1, in: &tree) else {
      return nil
    }
    let slot = newSlot(in: frame)
    frames[frame].captures.append((from, slot))
    frames[frame].captured[key] = slot
    return local(slot, key, at: range, in: &tree)
  }

  private func local(
    _ slot: Int32, _ key: Key, at range: SourceRange, in tree: inout Tree
  ) -> ExpressionID {
    let otherwise = tree.add(.name(tree.symbol(key)), at: range)
    return tree.add(.local(slot: slot, otherwise: otherwise), at: range)
  }

  private mutating func special(_ key: Key, frame: Int) -> Int32? {
    guard frames[frame].hasSpecials, Scopes.specials.contains(key) else { return nil }
    let slot = newSlot(in: frame)
    frames[frame].special[key] = slot
    return slot
  }

  static let loop = Key("loop")
  static let caller = Key("caller")
  static let variadic = Key("varargs")
  static let keywords = Key("kwargs")
  private static let specials = [caller, variadic, keywords]

  /// Every local in sight by name, innermost first: what an include or a scoped block sees.
  func visibleNames() -> [Key] {
    var names: [Key] = []
    var seen: Set<Key> = []
    var frame = frames.count - 1
    while true {
      for scope in frames[frame].scopes.reversed() {
        for key in scope.names where seen.insert(key).inserted { names.append(key) }
      }
      guard frames[frame].capturesOuter else { return names }
      frame -= 1
    }
  }
}

/// Slots by name, in the order in which they were declared.
final class SlotNames {
  @exclusivity(unchecked) private var keys = DistinctKeys(room: 0)
  @exclusivity(unchecked) private(set) var slots: [Int] = []

  var names: [Key] { keys.keys }

  subscript(key: Key) -> Int32? {
    get { keys.existingSlot(of: key).map { Int32(slots[$0]) } }
    set {
      guard let newValue else { return }
      let place = keys.slot(of: key)
      if place == slots.count {
        slots.append(Int(newValue))
      } else {
        slots[place] = Int(newValue)
      }
    }
  }
}
