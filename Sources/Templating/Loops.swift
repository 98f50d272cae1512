import Diagnostics

struct LoopState {
  var items: [Value]
  var index = 0
  let loop: Int
  let depth: Int
  var lastChanged: [Value]?
}

extension Renderer {
  mutating func renderLoop(_ index: Int) throws(Diagnostic) {
    let loop = tree.loops[index]
    let items = try items(of: try evaluate(loop.items), at: loop.items)
    try runLoop(index, loop, items, depth: 0)
  }

  /// Runs a loop over items; again for `loop(items)` in a recursive one.
  mutating func runLoop(
    _ index: Int, _ loop: ForLoop, _ items: [Value], depth: Int
  ) throws(Diagnostic) {
    let items = loop.filter == nil ? items : try filtered(items, loop, index, depth)
    guard !items.isEmpty else { return try render(loop.otherwise) }
    try enter(at: tree.expressionRanges[Int(loop.items.index)])
    defer { leave() }
    loops.append(LoopState(items: items, loop: index, depth: depth))
    defer { loops.removeLast() }
    for (round, item) in items.enumerated() {
      loops[loops.count - 1].index = round
      for slot in loop.slots { slots[base + Int(slot)] = .undefined }
      try assign(item, to: loop.target, from: loop.items)
      try render(loop.body)
    }
  }

  mutating func filtered(
    _ items: [Value], _ loop: ForLoop, _ index: Int, _ depth: Int
  ) throws(Diagnostic) -> [Value] {
    guard let filter = loop.filter else { return items }
    var kept: [Value] = []
    loops.append(LoopState(items: items, loop: index, depth: depth))
    defer { loops.removeLast() }
    for item in items {
      try countStep()
      try assign(item, to: loop.target, from: loop.items)
      if try isTrue(filter) { kept.append(item) }
    }
    return kept
  }

  /// What a loop goes through: the items of a list, the keys of a map, the characters of a text.
  mutating func items(of value: Value, at id: ExpressionID?) throws(Diagnostic) -> [Value] {
    switch value {
    case .list(let items): return items
    case .map(let map): return map.items
    case .text(let text), .typed(let text, _), .markup(let text):
      try countSteps(text.count)
      return text.string.unicodeScalars.map { Value(String($0)) }
    case .missing: return []
    case .undefined where environment.undefined != .strict: return []
    case .undefined:
      guard let id else { throw .template(.absentValue) }
      throw undefinedError(id)
    default:
      let place = id.map { self.place(of: $0) }
      throw Diagnostic(.template(.notIterable(value.kind)), at: place)
    }
  }
}
