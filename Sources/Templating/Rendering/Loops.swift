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
    if loop.filter == nil, let (window, slot) = storedMember(at: loop.items),
      let records = window.records(slot)
    {
      let items = records._withUnsafeGuaranteedRef { ItemList($0) }
      return try run(loop, LoopState(items: items, loop: index, depth: 0))
    }
    let items = try items(of: try evaluate(loop.items), at: loop.items)
    try runLoop(index, loop, items, depth: 0)
  }

  /// Runs a loop over items; again for `loop(items)` in a recursive one.
  mutating func runLoop(
    _ index: Int, _ loop: ForLoop, _ items: ItemList, depth: Int
  ) throws(Diagnostic) {
    let items = loop.filter == nil ? items : try filtered(items, loop, index, depth)
    try run(loop, LoopState(items: items, loop: index, depth: depth))
  }

  private mutating func run(_ loop: ForLoop, _ state: LoopState) throws(Diagnostic) {
    guard !state.items.isEmpty else { return try render(loop.otherwise) }
    try enter(at: tree.expressionRanges[Int(loop.items.index)])
    defer { leave() }
    loops.append(state)
    defer { loops.removeLast() }
    if let records = state.items.records, case .slot(let slot) = loop.target {
      return try runRounds(of: loop, state, records, slot)
    }
    for (round, item) in state.items.enumerated() {
      state.index = round
      for slot in loop.slots { slots[base + slot] = .undefined }
      try assign(item, to: loop.target, from: loop.items)
      try render(loop.body)
    }
  }

  /// Runs a loop over records, of which maps are made only where one is asked for.
  ///
  /// - Parameter records: the items of the state.
  private mutating func runRounds(
    of loop: ForLoop, _ state: LoopState, _ records: RecordItems, _ target: Int32
  ) throws(Diagnostic) {
    let setsNoOther = loop.slots.count == 1 && loop.slots[0] == Int(target)
    var rounds = Rounds(of: records, state, target, settingNoOther: setsNoOther)
    defer { slots[base + Int(target)] = .undefined }
    try render(loop.body, &rounds)
  }

  /// Begins the round that the rounds are ahead to: what it takes is in its place.
  mutating func begin(_ rounds: inout Rounds) {
    guard let record = rounds.begin() else { return }
    if !rounds.setsNoOther {
      let slots = tree.loops[loops[loops.count - 1].loop].slots
      for slot in slots where slot != rounds.local { self.slots[base + slot] = .undefined }
    }
    slots.setRecord(record, at: base + Int(rounds.local))
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

/// The rounds of a loop over records.
struct Rounds: BitwiseCopyable {
  private let records: Unmanaged<RecordItems>?
  private let state: Unmanaged<LoopState>?
  private let count: Int
  /// The local variable that has the record of the round.
  let local: Int32
  /// Whether nothing but that variable is set within a round.
  let setsNoOther: Bool
  private(set) var round = 0
  /// Whether the local variables are not yet those of the round.
  private(set) var isAhead: Bool

  /// Of what is no loop over records.
  init() {
    (records, state, count, local) = (nil, nil, 0, 0)
    (setsNoOther, isAhead) = (false, false)
  }

  /// Ahead to the first round.
  ///
  /// - Parameters:
  ///   - records: one at least; they are to be kept as long as the rounds.
  ///   - state: gets the number of the round.
  init(of records: RecordItems, _ state: LoopState, _ local: Int32, settingNoOther: Bool) {
    self.records = .passUnretained(records)
    self.state = .passUnretained(state)
    (count, self.local) = (records.count, local)
    (setsNoOther, isAhead) = (settingNoOther, true)
  }

  /// The record of the round.
  var record: RecordView {
    @inline(__always) get { RecordView(window) }
  }

  var window: Window? {
    @inline(__always) get { records?._withUnsafeGuaranteedRef { $0.window(round) } }
  }

  /// Goes ahead to the next round, if there is one.
  @inline(__always)
  mutating func goAhead() -> Bool {
    guard round &+ 1 < count else { return false }
    (round, isAhead) = (round &+ 1, true)
    return true
  }

  /// Begins the round; returns its record.
  mutating func begin() -> Window? {
    isAhead = false
    state?._withUnsafeGuaranteedRef { $0.index = round }
    return window
  }
}
