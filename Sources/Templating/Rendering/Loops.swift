import Diagnostics
import Texts

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
  let count: Int
  /// Of the item at hand.
  @exclusivity(unchecked) var index = 0
  let loop: Int
  let depth: Int
  @exclusivity(unchecked) var lastChanged: [Value]?
  /// What stands for it in variables, once something asks for that.
  @exclusivity(unchecked) var object: ObjectID?

  init(items: ItemList, loop: Int, depth: Int) {
    (self.items, self.loop, self.depth) = (items, loop, depth)
    count = items.count
  }
}

extension Renderer {
  mutating func renderLoop(_ index: Int) throws(Diagnostic) {
    let loop = code.loop(index)
    let items = try items(of: try evaluate(loop.items), at: loop.items)
    try runLoop(index, loop, items, depth: 0)
  }

  /// Runs a loop over items; again for `loop(items)` in a recursive one.
  mutating func runLoop(
    _ index: Int, _ loop: ForLoop, _ items: ItemList, depth: Int
  ) throws(Diagnostic) {
    let items = loop.filter == nil ? items : try filtered(items, loop, index, depth)
    guard !items.isEmpty else { return try render(loop.otherwise) }
    try enter(at: loop.items)
    defer { leave() }
    let state = LoopState(items: items, loop: index, depth: depth)
    loops.append(state)
    defer {
      // The items may go with the loop.
      for slot in loop.slots { slots.lend(.undefined, at: base &+ slot) }
      loops.removeLast()
    }
    for round in 0..<items.count {
      state.index = round
      for slot in loop.slots { slots.lend(.undefined, at: base &+ slot) }
      try assign(round, of: items, to: loop)
      try render(loop.body)
    }
  }

  /// Puts an item where a loop wants it.
  @inline(__always)
  private mutating func assign(
    _ index: Int, of items: ItemList, to loop: ForLoop
  ) throws(Diagnostic) {
    let pooled = pool.count
    let item = item(index, of: items)
    if case .slot(let slot) = loop.target {
      if case .box = item {
        slots.set(item, at: base &+ Int(slot))
      } else {
        slots.lend(item, at: base &+ Int(slot))
      }
    } else {
      try assign(item, to: loop.target, from: loop.items)
    }
    drainPool(to: pooled)
  }

  /// An item of a list that something else keeps.
  @inline(__always)
  mutating func item(_ index: Int, of items: ItemList) -> Operand {
    switch items.storage {
    case .values(let array): return lend(array.values[index])
    case .records(let records):
      guard records.isColumn else {
        return .record(.passUnretained(records), Int32(truncatingIfNeeded: index))
      }
      return operand(records.storedMember(index), of: .passUnretained(records.store))
    }
  }

  private mutating func filtered(
    _ items: ItemList, _ loop: ForLoop, _ index: Int, _ depth: Int
  ) throws(Diagnostic) -> ItemList {
    guard let filter = loop.filter else { return items }
    var kept: [Int] = []
    loops.append(LoopState(items: items, loop: index, depth: depth))
    defer { loops.removeLast() }
    let pooled = pool.count
    for index in 0..<items.count {
      try countStep()
      try assign(index, of: items, to: loop)
      if try isTrue(filter) { kept.append(index) }
      drainPool(to: pooled)
    }
    return items.picking(kept)
  }

  /// The values that a loop goes through: the items of a list, the keys of a map, the characters of
  /// a text.
  mutating func items(of operand: Operand, at id: ExpressionID?) throws(Diagnostic) -> ItemList {
    switch operand {
    case .list(let array): return ItemList(array.takeUnretainedValue())
    case .records(let records): return ItemList(records.takeUnretainedValue())
    default: break
    }
    let value = operand.value
    if let text = value.asText {
      try countSteps(text.count)
      return ItemList(text.characters)
    }
    switch value {
    case .map(let map): return ItemList(map.items)
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

extension Text {
  /// Its characters, each a part of it.
  var characters: [Value] {
    withBytes { bytes in
      var characters: [Value] = []
      characters.reserveCapacity(bytes.count)
      var start = 0
      while start < bytes.count {
        var end = start + 1
        while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
        characters.append(.text(part(start..<end)))
        start = end
      }
      return characters
    }
  }

  /// One of its characters, from the end where the index is negative; nil out of range.
  func character(at index: Int) -> Value? {
    withBytes { $0.scalarRange(at: index) }.map { .text(part($0)) }
  }

  /// A part of it, by offsets of bytes from its own start.
  func part(_ range: Range<Int>) -> Text {
    let start = Int(self.range.start)
    return Text(
      source: source,
      range: SourceRange(start: start + range.lowerBound, end: start + range.upperBound))
  }
}

extension Span<UInt8> {
  /// The Unicode scalar of a number, which counts from the end where it is negative; nil out of
  /// range.
  func scalarRange(at number: Int) -> Range<Int>? {
    guard let start = scalarOffset(number), start < count else { return nil }
    return start..<scalarEnd(from: start)
  }

  /// The place where a Unicode scalar begins, as a bound of a slice: out of range, the nearer end
  /// of the text.
  func clampedScalarOffset(_ number: Int) -> Int {
    scalarOffset(number) ?? (number < 0 ? 0 : count)
  }

  /// The place where a Unicode scalar begins, or the text ends; nil out of range.
  private func scalarOffset(_ number: Int) -> Int? {
    if number < 0 {
      if number < -64 { return scalarOffset(fromStart: number &+ scalarCount) }
      var offset = count
      for _ in number..<0 {
        if offset == 0 { return nil }
        offset = scalarStart(before: offset)
      }
      return offset
    }
    return scalarOffset(fromStart: number)
  }

  private func scalarOffset(fromStart number: Int) -> Int? {
    guard number >= 0, number <= count else { return nil }
    if number > 64 {
      let all = scalarCount
      if all == count { return number }
      if number > all { return nil }
      if number > all / 2 { return walk(back: all - number) }
    }
    var offset = 0
    for _ in 0..<number {
      guard offset < count else { return nil }
      offset = scalarEnd(from: offset)
    }
    return offset
  }

  /// The place where the last scalars begin.
  private func walk(back scalars: Int) -> Int {
    var offset = count
    for _ in 0..<scalars { offset = scalarStart(before: offset) }
    return offset
  }
}
