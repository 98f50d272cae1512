import Diagnostics
import Texts

extension Renderer {
  mutating func evaluate(_ id: ExpressionID) throws(Diagnostic) -> Value {
    switch tree.expressions[Int(id.index)] {
    case .constant(let index): return tree.constants[Int(index)]
    case .name(let symbol): return lookUp(symbol, at: id)
    case .local(let slot, let otherwise):
      let value = slots[base + Int(slot)]
      guard case .undefined = value else { return value }
      return try evaluate(otherwise)
    case .attribute(let object, let symbol): return try attribute(of: object, symbol, at: id)
    case .filter(let filter, let operand, let arguments):
      return try filtered(operand, Int(filter), arguments, at: id)
    case .loop(let attribute, let level): return try loopValue(attribute, Int(level))
    case .columnSum(let items, let symbol, let otherwise):
      if let sum = try columnSum(items, symbol, at: id) { return .int(sum) }
      return try evaluate(otherwise)
    default: return try evaluateDeep(id)
    }
  }

  /// The rarer expressions, which may nest; kept apart so that the common ones need little stack.
  mutating func evaluateDeep(_ id: ExpressionID) throws(Diagnostic) -> Value {
    try enter(at: tree.expressionRanges[Int(id.index)])
    defer { leave() }
    switch tree.expressions[Int(id.index)] {
    case .list(let items): return .list(try evaluate(items))
    case .map(let entries): return try makeMap(entries)
    case .item(let object, let index): return try item(of: object, index, at: id)
    case .slice(let parts): return try slice(parts, at: id)
    case .call(let callee, let arguments): return try call(callee, arguments, at: id)
    case .test(let test, let operand, let arguments):
      return .bool(try passes(operand, Int(test), arguments, at: id))
    case .not(let operand): return .bool(try !isTrue(operand))
    case .negative(let operand): return try negated(operand)
    case .positive(let operand): return try number(operand, "+")
    case .binary(let operation, let left, let right):
      return try compute(operation, left, right, at: id)
    case .and(let left, let right):
      let value = try evaluate(left)
      return try isTrue(value, left) ? try evaluate(right) : value
    case .or(let left, let right):
      let value = try evaluate(left)
      return try isTrue(value, left) ? value : try evaluate(right)
    case .comparison(let operands, let operators):
      return .bool(try compare(operands, tree.comparisons[Int(operators)], at: id))
    case .conditional(let test, let then, let otherwise):
      return try evaluate(try isTrue(test) ? then : otherwise)
    case .recurse(let level, let arguments): return try recurse(Int(level), arguments, at: id)
    case .cycle(let level, let arguments): return try cycle(Int(level), arguments, at: id)
    case .changed(let level, let arguments): return try changed(Int(level), arguments)
    case .superBlock: return try renderSuper(at: id)
    case .absent: return .missing
    default: return .undefined
    }
  }

  mutating func evaluate(_ items: Operands) throws(Diagnostic) -> [Value] {
    var values: [Value] = []
    values.reserveCapacity(Int(items.count))
    for index in items.indices { values.append(try evaluate(tree.operands[index])) }
    return values
  }

  mutating func makeMap(_ entries: Operands) throws(Diagnostic) -> Value {
    var pairs: [(Key, Value)] = []
    for index in stride(from: entries.indices.lowerBound, to: entries.indices.upperBound, by: 2) {
      let id = tree.operands[index]
      let keyValue = try evaluate(id)
      guard let key = Key(keyValue) else {
        throw problem(.wrongOperand("{}", keyValue.kind, wanted: .text), at: id)
      }
      pairs.append((key, try evaluate(tree.operands[index + 1])))
    }
    return .map(ValueMap(pairs))
  }

  private mutating func columnSum(
    _ items: ExpressionID, _ symbol: Int32, at id: ExpressionID
  ) throws(Diagnostic) -> Int? {
    if let (window, slot) = storedMember(at: items), let records = window.records(slot) {
      return records._withUnsafeGuaranteedRef { sum(of: $0, symbol, at: id) }
    }
    guard case .items(let items) = try evaluate(items), let records = items.records else {
      return nil
    }
    return sum(of: records, symbol, at: id)
  }

  @inline(__always)
  private mutating func sum(
    of records: RecordItems, _ symbol: Int32, at id: ExpressionID
  ) -> Int? {
    guard records.count > 0,
      let (_, slot) = storedMember(symbol, of: records.window(0), at: id)
    else { return nil }
    return records.wholeSum(slot)
  }

  // MARK: Names

  mutating func lookUp(_ symbol: Int32, at id: ExpressionID) -> Value {
    if let map = contexts[context].data, contexts[context].variables.isEmpty {
      let value = member(symbol, of: map, at: id)
      guard case .undefined = value else { return value }
    }
    return lookUp(tree.symbols[Int(symbol)])
  }

  func lookUp(_ key: Key) -> Value {
    var index: Int? = context
    while let current = index {
      for variable in contexts[current].variables where variable.key == key {
        return variable.value
      }
      if let value = contexts[current].data?[key] { return value }
      index = contexts[current].parent
    }
    return Function.named(key).map { .function($0) } ?? .undefined
  }

  /// Every name in sight, for a suggestion.
  var knownNames: [String] {
    var names: [String] = []
    var index: Int? = context
    while let current = index {
      names += contexts[current].variables.map(\.key.text.string)
      names += contexts[current].data?.keys.map(\.text.string) ?? []
      index = contexts[current].parent
    }
    return names
  }

  /// Why the value of an expression is missing.
  mutating func undefinedError(_ id: ExpressionID) -> Diagnostic {
    switch tree.expressions[Int(id.index)] {
    case .name(let symbol):
      let name = tree.symbols[Int(symbol)].text.string
      let suggestion = nearest(to: name, among: knownNames)
      var error = problem(.undefinedName(name, suggestion: suggestion), at: id)
      if suggestion == nil, let record = contexts[0].data?.place {
        error.notes.append(Diagnostic.Note(.inThisRecord, at: record))
      }
      return error
    case .local(_, let otherwise), .columnSum(_, _, let otherwise):
      return undefinedError(otherwise)
    case .attribute(let object, let symbol):
      return missingAttribute(tree.symbols[Int(symbol)], of: try? evaluate(object), at: id)
    case .item(let object, let index):
      let key = (try? evaluate(index)) ?? .none
      if let key = Key(key), !key.isInteger {
        return missingAttribute(key, of: try? evaluate(object), at: id)
      }
      return problem(.missingItem(key.printed.string), at: id)
    default: return problem(.absentValue, at: id)
    }
  }

  func missingAttribute(
    _ key: Key, of object: Value?, at id: ExpressionID
  ) -> Diagnostic { missingAttribute(key, of: object, at: place(of: id)) }

  func missingAttribute(_ key: Key, of object: Value?, at place: Text) -> Diagnostic {
    var suggestion: String?
    var notes: [Diagnostic.Note] = []
    if case .typed(let text, let type)? = object {
      return located(type.problem(of: key, text), at: place)
    }
    if case .map(let map)? = object {
      suggestion = nearest(to: key.text.string, among: map.keys.map(\.text.string))
      if let record = map.place { notes.append(Diagnostic.Note(.inThisRecord, at: record)) }
    }
    return Diagnostic(
      .template(.missingAttribute(key.text.string, suggestion: suggestion)), at: place,
      notes: notes)
  }

  // MARK: Parts of values

  mutating func attribute(
    of id: ExpressionID, _ symbol: Int32, at whole: ExpressionID
  ) throws(Diagnostic) -> Value {
    if let (window, slot) = storedMember(at: whole) { return window.value(slot) }
    let object = try evaluate(id)
    if case .map(let map) = object { return member(symbol, of: map, at: whole) }
    return try rareAttribute(tree.symbols[Int(symbol)], of: object, id, at: whole)
  }

  /// A member by name; a map of the same shape as the last one there has it in the same slot.
  mutating func member(_ symbol: Int32, of map: ValueMap, at id: ExpressionID) -> Value {
    let slot =
      memory.members.slot(at: id, of: map.shape.number)
      ?? memory.note(map.shape.slot(of: tree.symbols[Int(symbol)]), at: id, of: map.shape)
    return slot < 0 ? .undefined : map[slot: slot]
  }

  mutating func rareAttribute(
    _ key: Key, of object: Value, _ id: ExpressionID, at whole: ExpressionID
  ) throws(Diagnostic) -> Value {
    switch object {
    case .object(let id): return objects[id.index].attribute(key, id) ?? .undefined
    case .missing: return .missing
    case .undefined:
      if environment.undefined == .draft { return .undefined }
      throw undefinedError(id)
    case .macro(let macro) where key == Key("name"): return Value(macro.name)
    case .typed(let text, let type): return type.attribute(key, of: text)
    default: return .undefined
    }
  }

  /// An attribute or item by key, as `map(attribute=…)` and `groupby` look it up: `a.b.0`.
  mutating func member(_ path: MemberPath, of value: Value) -> Value {
    var value = value
    for key in path.keys {
      switch value {
      case .map(let map) where map.isRow:
        let index = Int(key.text.string).flatMap { position($0, map.count) }
        value = index.map { map[slot: $0] } ?? map[key] ?? .undefined
      case .map(let map): value = map[key] ?? .undefined
      case .items(let items):
        let index = Int(key.text.string)
        value = index.flatMap { items.indices.contains($0) ? items[$0] : nil } ?? .undefined
      case .missing: return .missing
      case .typed(let text, let type): value = type.attribute(key, of: text)
      default: return .undefined
      }
    }
    return value
  }

  mutating func item(
    of id: ExpressionID, _ index: ExpressionID, at whole: ExpressionID
  ) throws(Diagnostic) -> Value {
    let object = try evaluate(id)
    let key = try use(index)
    switch object {
    case .map(let map) where !map.isRow: return Key(key).flatMap { map[$0] } ?? .undefined
    case .map(let map):
      return key.asInt.flatMap { position($0, map.count) }.map { map[slot: $0] }
        ?? .undefined
    case .items(let items):
      return key.asInt.flatMap { position($0, items.count) }.map { items[$0] } ?? .undefined
    case .typed(let text, let type) where key.asText != nil:
      return Key(key).map { type.attribute($0, of: text) } ?? .undefined
    case .text(let text), .typed(let text, _), .markup(let text):
      let scalars = Array(text.string.unicodeScalars)
      return key.asInt.flatMap { position($0, scalars.count) }
        .map { Value(String(scalars[$0])) } ?? .undefined
    default:
      if let key = Key(key) { return try rareAttribute(key, of: object, id, at: whole) }
      return .undefined
    }
  }

  /// An index from the end where it is negative; nil out of range.
  mutating func position(_ index: Int, _ count: Int) -> Int? {
    let position = index < 0 ? index + count : index
    return position >= 0 && position < count ? position : nil
  }

  mutating func slice(
    _ parts: Operands, at whole: ExpressionID
  ) throws(Diagnostic) -> Value {
    let ids = parts.indices.map { tree.operands[$0] }
    let object = try use(ids[0])
    var bounds: [Int?] = []
    for id in ids.dropFirst() {
      let value = try use(id)
      if case .none = value { bounds.append(nil) } else { bounds.append(try int(value, "[:]", id)) }
    }
    if bounds[2] == 0 { throw problem(.badArgument("0", of: "[::]"), at: whole) }
    switch object {
    case .items(let items): return .list(sliceIndices(items.count, bounds).map { items[$0] })
    case .text(let text), .typed(let text, _), .markup(let text):
      let scalars = Array(text.string.unicodeScalars)
      var result = String.UnicodeScalarView()
      result.append(contentsOf: sliceIndices(scalars.count, bounds).map { scalars[$0] })
      return Value(String(result))
    default: throw problem(.wrongOperand("[:]", object.kind, wanted: .list), at: whole)
    }
  }

  /// The indices that Python's `[start:stop:step]` picks.
  func sliceIndices(_ count: Int, _ bounds: [Int?]) -> [Int] {
    let step = bounds[2] ?? 1
    let (low, high) = step > 0 ? (0, count) : (-1, count - 1)
    func clamped(_ bound: Int?, _ fallback: Int) -> Int {
      guard let bound else { return fallback }
      return min(max(bound < 0 ? bound &+ count : bound, low), high)
    }
    let start = clamped(bounds[0], step > 0 ? 0 : count - 1)
    let stop = clamped(bounds[1], step > 0 ? count : -1)
    return Array(stride(from: start, to: stop, by: step))
  }

  // MARK: Use

  /// The value of an expression that must be there.
  mutating func use(_ id: ExpressionID) throws(Diagnostic) -> Value {
    let value = try evaluate(id)
    if case .undefined = value, environment.undefined == .strict { throw undefinedError(id) }
    return value
  }

  mutating func isTrue(_ id: ExpressionID) throws(Diagnostic) -> Bool {
    if let (window, slot) = storedMember(at: id), case .bool(let bool) = window[slot] {
      return bool
    }
    return try isTrue(try evaluate(id), id)
  }

  mutating func isTrue(_ value: Value, _ id: ExpressionID) throws(Diagnostic) -> Bool {
    if case .undefined = value, environment.undefined == .strict { throw undefinedError(id) }
    return value.isTrue
  }

  func int(_ value: Value, _ name: String, _ id: ExpressionID) throws(Diagnostic) -> Int {
    guard let int = value.asInt else {
      throw problem(.wrongOperand(name, value.kind, wanted: .number), at: id, of: value)
    }
    return int
  }
}

/// The parts of `a.b.0`.
struct MemberPath {
  let text: Text
  let keys: [Key]

  init(_ text: Text) {
    self.text = text
    guard text.bytes.contains(UInt8(ascii: ".")) else {
      keys = text.isEmpty ? [] : [Key(text)]
      return
    }
    keys = text.bytes.split(separator: UInt8(ascii: ".")).map { part in
      let range = SourceRange(start: part.startIndex, end: part.endIndex)
      return Key(Text(source: text.source, range: range))
    }
  }
}
