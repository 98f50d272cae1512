import Diagnostics
import Texts

extension Renderer {
  mutating func evaluate(_ id: ExpressionID) throws(Diagnostic) -> Operand {
    switch code.expressions[Int(id.index)] {
    case .constant(let index): return code.constants[Int(index)]
    case .name(let symbol): return lookUp(symbol, at: id)
    case .local(let slot, let otherwise):
      let value = slots[base &+ Int(slot)]
      return value.isUndefined ? try evaluate(otherwise) : value
    case .attribute(let object, let symbol): return try attribute(of: object, symbol, at: id)
    case .filter(let filter, let operand, let arguments):
      return try filtered(operand, Int(filter), arguments, at: id)
    case .loop(let attribute, let level): return loopValue(attribute, Int(level))
    default: return try evaluateDeep(id)
    }
  }

  /// The rarer expressions, which may nest; kept apart so that the common ones need little stack.
  @inline(never)
  private mutating func evaluateDeep(_ id: ExpressionID) throws(Diagnostic) -> Operand {
    try enter(at: id)
    defer { leave() }
    switch code.expressions[Int(id.index)] {
    case .list(let items): return hold(.list(try evaluate(items)))
    case .tuple(let items): return hold(.tuple(try evaluate(items)))
    case .map(let entries): return hold(try makeMap(entries))
    case .item(let object, let index): return try item(of: object, index, at: id)
    case .slice(let parts): return hold(try slice(parts, at: id))
    case .call(let callee, let arguments): return try call(callee, arguments, at: id)
    case .test, .not, .comparison: return .bool(try isTrue(id))
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
    case .conditional(let test, let then, let otherwise):
      return try evaluate(try isTrue(test) ? then : otherwise)
    case .recurse(let level, let arguments):
      return hold(try recurse(Int(level), arguments, at: id))
    case .cycle(let level, let arguments):
      return try cycle(loops[loopBase + Int(level)], arguments, at: id)
    case .changed(let level, let arguments):
      return try changed(loops[loopBase + Int(level)], arguments)
    case .superBlock:
      return hold(
        try capture(isEscaped: true) { (renderer: inout Renderer) throws(Diagnostic) in
          try renderer.renderSuper(at: id)
        })
    case .ownBlock(let name):
      return hold(
        try capture(isEscaped: true) { (renderer: inout Renderer) throws(Diagnostic) in
          try renderer.renderOwnBlock(name, at: id)
        })
    case .absent: return .missing
    default: return .undefined
    }
  }

  mutating func evaluate(_ items: Operands) throws(Diagnostic) -> [Value] {
    var values: [Value] = []
    values.reserveCapacity(Int(items.count))
    for index in items.indices { values.append(try argument(code.operands[index]).value) }
    return values
  }

  private mutating func makeMap(_ entries: Operands) throws(Diagnostic) -> Value {
    var pairs: [(Key, Value)] = []
    for index in stride(from: entries.indices.lowerBound, to: entries.indices.upperBound, by: 2) {
      let id = code.operands[index]
      let keyValue = try argument(id).value
      guard let key = Key(keyValue) else {
        throw problem(.wrongOperand("{}", keyValue.kind, wanted: .text), at: id)
      }
      pairs.append((key, try argument(code.operands[index + 1]).value))
    }
    return .map(ValueMap(pairs))
  }

  // MARK: Truth

  /// Tells whether an expression is true, which a test or comparison is without making a value.
  mutating func isTrue(_ id: ExpressionID) throws(Diagnostic) -> Bool {
    switch code.expressions[Int(id.index)] {
    case .test(let test, let operand, let arguments):
      try enter(at: id)
      defer { leave() }
      return try passes(operand, Int(test), arguments, at: id)
    case .not(let operand):
      try enter(at: id)
      defer { leave() }
      return try !isTrue(operand)
    case .comparison(let operands, let operators):
      try enter(at: id)
      defer { leave() }
      return try compare(operands, Int(operators), at: id)
    case .and(let left, let right):
      try enter(at: id)
      defer { leave() }
      return try isTrue(left) ? try isTrue(right) : false
    case .or(let left, let right):
      try enter(at: id)
      defer { leave() }
      return try isTrue(left) ? true : try isTrue(right)
    default: return try isTrue(try evaluate(id), id)
    }
  }

  @inline(__always)
  mutating func isTrue(_ operand: Operand, _ id: ExpressionID) throws(Diagnostic) -> Bool {
    if operand.isUndefined, environment.undefined == .strict { throw undefinedError(id) }
    return operand.isTrue
  }

  // MARK: Names

  @inline(__always)
  private mutating func lookUp(_ symbol: Int32, at id: ExpressionID) -> Operand {
    let current = Unmanaged.passUnretained(contexts[context])
    return current._withUnsafeGuaranteedRef { context in
      if context.isEmpty, let data = context.data {
        let slot = code.slot(of: symbol, at: id, in: data.shape)
        if slot >= 0 { return member(slot, of: data) }
      }
      return lookUpElsewhere(symbol, at: id)
    }
  }

  @inline(never)
  private mutating func lookUpElsewhere(_ symbol: Int32, at id: ExpressionID) -> Operand {
    var place = context
    while place >= 0 {
      let context = Unmanaged.passUnretained(contexts[place])
      let found = context._withUnsafeGuaranteedRef { variable(symbol, at: id, in: $0) }
      if let found { return found }
      place = context._withUnsafeGuaranteedRef { $0.parent }
    }
    return environment.function(named: code.symbol(symbol).pointee)
      .map { .box(.passUnretained($0)) }
      ?? .undefined
  }

  @inline(__always)
  private mutating func variable(
    _ symbol: Int32, at id: ExpressionID, in context: Context
  ) -> Operand? {
    if let index = context.index(of: code.symbol(symbol)) {
      return lend(context[index])
    }
    guard let data = context.data else { return nil }
    let slot = code.slot(of: symbol, at: id, in: data.shape)
    return slot < 0 ? nil : member(slot, of: data)
  }

  /// Every name in sight, for a suggestion.
  var knownNames: [String] {
    var names: [String] = []
    var place = context
    while place >= 0 {
      names += contexts[place].names.map(\.text.string)
      names += contexts[place].data?.keys.map(\.text.string) ?? []
      place = contexts[place].parent
    }
    return names
  }

  /// Why the value of an expression is missing.
  mutating func undefinedError(_ id: ExpressionID) -> Diagnostic {
    switch code.expressions[Int(id.index)] {
    case .name(let symbol):
      let name = code.symbol(symbol).pointee.text.string
      let suggestion = nearest(to: name, among: knownNames)
      var error = problem(.undefinedName(name, suggestion: suggestion), at: id)
      if suggestion == nil, let record = contexts[0].data?.place {
        error.notes.append(Diagnostic.Note(.inThisRecord, at: record))
      }
      return error
    case .local(_, let otherwise): return undefinedError(otherwise)
    case .noCaller: return problem(.noCaller, at: id)
    case .attribute(let object, let symbol):
      return missingAttribute(code.symbol(symbol).pointee, of: try? evaluate(object).value, at: id)
    case .item(let object, let index):
      let key = (try? evaluate(index).value) ?? .none
      if let key = Key(key), !key.isInteger {
        return missingAttribute(key, of: try? evaluate(object).value, at: id)
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

  @inline(__always)
  private mutating func attribute(
    of id: ExpressionID, _ symbol: Int32, at whole: ExpressionID
  ) throws(Diagnostic) -> Operand {
    let object = try evaluate(id)
    switch object {
    case .record(let records, let index):
      return records._withUnsafeGuaranteedRef { records in
        let slot = code.slot(of: symbol, at: whole, in: records.shape(Int(index)))
        if slot < 0 { return .undefined }
        return operand(records.stored(Int(index), slot), of: .passUnretained(records.store))
      }
    case .map(let map):
      return map._withUnsafeGuaranteedRef { map in
        let slot = code.slot(of: symbol, at: whole, in: map.shape)
        return slot < 0 ? .undefined : member(slot, of: map)
      }
    default: return try rareAttribute(code.symbol(symbol).pointee, of: object, id)
    }
  }

  /// The value of a map at a place in its shape.
  @inline(__always)
  mutating func member(_ slot: Int, of map: ValueMap) -> Operand {
    guard let store = map.store else { return lend(map.ownValues[slot]) }
    return operand(map.stored[slot], of: .passUnretained(store))
  }

  @inline(never)
  private mutating func rareAttribute(
    _ key: Key, of object: Operand, _ id: ExpressionID
  ) throws(Diagnostic) -> Operand {
    switch object {
    case .object(let id): return attribute(key, of: id)
    case .missing: return .missing
    case .undefined:
      if environment.undefined == .draft { return .undefined }
      throw undefinedError(id)
    case .macro(let macro):
      return macro.takeUnretainedValue().attribute(key).map { hold($0) } ?? .undefined
    case .box(let box):
      guard case .typed(let text, let type) = box.takeUnretainedValue().value else { break }
      return hold(type.attribute(key, of: text))
    default: break
    }
    return .undefined
  }

  /// An attribute or item by key, as `map(attribute=…)` and `groupby` look it up: `a.b.0`.
  func member(_ path: MemberPath, of value: Value) -> Value {
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

  private mutating func item(
    of id: ExpressionID, _ index: ExpressionID, at whole: ExpressionID
  ) throws(Diagnostic) -> Operand {
    let object = try evaluate(id)
    let key = try use(index)
    switch (object, key) {
    case (.list(let array), .int(let int)):
      let items = ItemList(array.takeUnretainedValue())
      return position(int, items.count).map { item($0, of: items) } ?? .undefined
    case (.records(let records), .int(let int)):
      let items = ItemList(records.takeUnretainedValue())
      return position(int, items.count).map { item($0, of: items) } ?? .undefined
    case (.text(let source, let range), .int(let int)):
      try count(object.textBytes)
      return object.textBytes?.span.scalarRange(at: int).map {
        .text(
          source,
          SourceRange(
            start: range.bounds.lowerBound + $0.lowerBound,
            end: range.bounds.lowerBound + $0.upperBound))
      } ?? .undefined
    default:
      try count(object.textBytes)
      try count(key.textBytes)
      return hold(try item(of: object, id, key.value))
    }
  }

  private mutating func item(
    of operand: Operand, _ id: ExpressionID, _ key: Value
  ) throws(Diagnostic) -> Value {
    let object = operand.value
    switch object {
    case .map(let map) where !map.isRow: return Key(key).flatMap { map[$0] } ?? .undefined
    case .map(let map):
      return key.asInt.flatMap { position($0, map.count) }.map { map[slot: $0] }
        ?? .undefined
    case .items(let items):
      return key.asInt.flatMap { position($0, items.count) }.map { items[$0] } ?? .undefined
    case .typed(let text, let type) where key.asText != nil:
      return Key(key).map { type.attribute($0, of: text) } ?? .undefined
    case .text(let text), .typed(let text, _):
      return key.asInt.flatMap { text.character(at: $0) } ?? .undefined
    case .markup(let markup):
      return key.asInt.flatMap { markup.text.character(at: $0) } ?? .undefined
    default:
      if let key = Key(key) { return try rareAttribute(key, of: operand, id).value }
      return .undefined
    }
  }

  /// An index from the end where it is negative; nil out of range.
  func position(_ index: Int, _ count: Int) -> Int? {
    let position = index < 0 ? index &+ count : index
    return position >= 0 && position < count ? position : nil
  }

  private mutating func slice(
    _ parts: Operands, at whole: ExpressionID
  ) throws(Diagnostic) -> Value {
    let (first, operands) = (parts.indices.lowerBound, code.operands)
    let operand = try use(operands[first])
    try count(operand.textBytes)
    let object = operand.value
    let bounds = SliceBounds(
      start: try bound(operands[first + 1]), stop: try bound(operands[first + 2]),
      step: try bound(operands[first + 3]) ?? 1)
    if bounds.step == 0 { throw problem(.badArgument("0", of: "[::]"), at: whole) }
    switch object {
    case .items(let items):
      let picked = items.picking(bounds.indices(of: items.count))
      return items.isTuple ? .tuple(picked.array) : .items(picked)
    case .text(let text), .typed(let text, _): return text.slice(bounds)
    case .markup(let markup): return markup.text.slice(bounds)
    default: throw problem(.wrongOperand("[:]", object.kind, wanted: .list), at: whole)
    }
  }

  /// A bound of a slice; nil where it is left out.
  private mutating func bound(_ id: ExpressionID) throws(Diagnostic) -> Int? {
    let value = try use(id).value
    if case .none = value { return nil }
    return try int(value, "[:]", id)
  }

  // MARK: Use

  /// The value of an expression that must be there.
  @inline(__always)
  mutating func use(_ id: ExpressionID) throws(Diagnostic) -> Operand {
    let value = try evaluate(id)
    if value.isUndefined, environment.undefined == .strict { throw undefinedError(id) }
    return value
  }

  func int(_ value: Value, _ name: String, _ id: ExpressionID) throws(Diagnostic) -> Int {
    guard let int = value.asInt else {
      throw problem(.wrongOperand(name, value.kind, wanted: .whole), at: id, of: value)
    }
    return int
  }
}

/// The positions that Python's `[start:stop:step]` picks.
struct SliceBounds {
  let start: Int?
  let stop: Int?
  let step: Int

  func indices(of count: Int) -> [Int] {
    let (low, high) = step > 0 ? (0, count) : (-1, count - 1)
    func clamped(_ bound: Int?, _ fallback: Int) -> Int {
      guard let bound else { return fallback }
      return min(max(bound < 0 ? bound &+ count : bound, low), high)
    }
    let first = clamped(start, step > 0 ? 0 : count - 1)
    return Array(stride(from: first, to: clamped(stop, step > 0 ? count : -1), by: step))
  }
}

extension Text {
  fileprivate func slice(_ bounds: SliceBounds) -> Value {
    withBytes { bytes in
      if bounds.step == 1 {
        let start = bounds.start.map { bytes.clampedScalarOffset($0) } ?? 0
        let end = bounds.stop.map { bytes.clampedScalarOffset($0) } ?? bytes.count
        return .text(part(start..<max(start, end)))
      }
      let starts = bytes.indices.filter { bytes[$0] & 0xC0 != 0x80 } + [bytes.count]
      var result: [UInt8] = []
      for index in bounds.indices(of: starts.count - 1) {
        result.append(bytes.extracting(starts[index]..<starts[index + 1]))
      }
      return Value(computed: result)
    }
  }
}

/// The parts of `a.b.0`.
struct MemberPath: Sendable {
  let text: Text
  let keys: [Key]

  /// That of an item itself.
  static let none = MemberPath(Text(""))

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
