import Diagnostics

/// A class, like what else there are few of: the type of an array of structures is put together at
/// run time, some ten thousand instructions each; all arrays of classes share one.
final class ForLoop: Sendable {
  let target: Target
  let items: ExpressionID
  let filter: ExpressionID?
  let body: Body
  let otherwise: Body
  let isRecursive: Bool
  /// The slots that each round begins with unset.
  let slots: [Int]

  init(
    target: Target, items: ExpressionID, filter: ExpressionID?, body: Body, otherwise: Body,
    isRecursive: Bool, slots: [Int]
  ) {
    (self.target, self.items, self.filter) = (target, items, filter)
    (self.body, self.otherwise) = (body, otherwise)
    (self.isRecursive, self.slots) = (isRecursive, slots)
  }
}

final class LoopState {
  let items: ItemList
  /// Of the item at hand.
  @exclusivity(unchecked) var index = 0
  let loop: Int
  let depth: Int
  @exclusivity(unchecked) var lastChanged: [Value]?

  init(items: ItemList, loop: Int, depth: Int) {
    (self.items, self.loop, self.depth) = (items, loop, depth)
  }
}

extension Renderer {
  mutating func renderLoop(_ index: Int) throws(Diagnostic) {
    let loop = tree.loops[index]
    let items = try items(of: try evaluate(loop.items), at: loop.items)
    try runLoop(index, loop, items, depth: 0)
  }

  /// Runs a loop over items; again for `loop(items)` in a recursive one.
  mutating func runLoop(
    _ index: Int, _ loop: ForLoop, _ items: ItemList, depth: Int
  ) throws(Diagnostic) {
    let items = loop.filter == nil ? items : try filtered(items, loop, index, depth)
    guard !items.isEmpty else { return try render(loop.otherwise) }
    try enter(at: tree.expressionRanges[Int(loop.items.index)])
    defer { leave() }
    let state = LoopState(items: items, loop: index, depth: depth)
    loops.append(state)
    defer { loops.removeLast() }
    if let records = items.records, case .slot(let slot) = loop.target {
      return try runRounds(of: loop, state, records, base + Int(slot))
    }
    for (round, item) in items.enumerated() {
      state.index = round
      for slot in loop.slots { slots[base + slot] = .undefined }
      try assign(item, to: loop.target, from: loop.items)
      try render(loop.body)
    }
  }

  /// Runs a loop over records, of which maps are made only where one is asked for.
  private mutating func runRounds(
    of loop: ForLoop, _ state: LoopState, _ records: RecordItems, _ target: Int
  ) throws(Diagnostic) {
    defer { slots[target] = .undefined }
    for round in 0..<records.count {
      state.index = round
      for slot in loop.slots where base + slot != target { slots[base + slot] = .undefined }
      slots.setRecord(records.window(round), at: target)
      try render(loop.body)
    }
  }

  mutating func filtered(
    _ items: ItemList, _ loop: ForLoop, _ index: Int, _ depth: Int
  ) throws(Diagnostic) -> ItemList {
    guard let filter = loop.filter else { return items }
    var kept: [Value] = []
    loops.append(LoopState(items: items, loop: index, depth: depth))
    defer { loops.removeLast() }
    for item in items {
      try countStep()
      try assign(item, to: loop.target, from: loop.items)
      if try isTrue(filter) { kept.append(item) }
    }
    return ItemList(kept)
  }

  /// What a loop goes through: the items of a list, the keys of a map, the characters of a text.
  mutating func items(of value: Value, at id: ExpressionID?) throws(Diagnostic) -> ItemList {
    switch value {
    case .items(let items): return items
    case .map(let map): return ItemList(map.items)
    case .text(let text), .typed(let text, _), .markup(let text):
      try countSteps(text.count)
      return ItemList(text.string.unicodeScalars.map { Value(String($0)) })
    case .missing: return ItemList([])
    case .undefined where environment.undefined != .strict: return ItemList([])
    case .undefined:
      guard let id else { throw .template(.absentValue) }
      throw undefinedError(id)
    default:
      let place = id.map { self.place(of: $0) }
      throw Diagnostic(.template(.notIterable(value.kind)), at: place)
    }
  }
}
