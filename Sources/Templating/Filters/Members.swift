import Diagnostics
import Texts

// What the filters of lists do with the members of items.

extension Renderer {
  /// The items of a list-like value, counted as steps.
  mutating func iterable(_ value: Value, _ filter: String) throws(Diagnostic) -> ItemList {
    let items = try value.itemList(filter)
    try countSteps(items.count)
    return items
  }

  /// The items, or one member of each.
  mutating func members(
    _ value: Value, _ path: Value?, _ filter: String
  ) throws(Diagnostic) -> ItemList {
    let items = try iterable(value, filter)
    guard let path = path?.memberPath else { return items }
    return try members(items, path, nil)
  }

  /// A member that is not there is an error unless there is a fallback.
  mutating func members(
    _ items: ItemList, _ path: MemberPath, _ fallback: Value?
  ) throws(Diagnostic) -> ItemList {
    if fallback == nil, path.keys.count == 1, let column = items.records?.column(path.keys[0]) {
      return ItemList(column)
    }
    var results: [Value] = []
    results.reserveCapacity(items.count)
    for item in items {
      var member = member(path, of: item)
      if member.isAbsent, let fallback { member = fallback }
      if case .undefined = member, environment.undefined == .strict {
        throw missingMember(path, of: item)
      }
      results.append(member)
    }
    return ItemList(results)
  }

  /// The member of an item, which must be there.
  mutating func usedMember(_ path: MemberPath, of item: Value) throws(Diagnostic)
    -> Value
  {
    let found = member(path, of: item)
    guard case .undefined = found, environment.undefined == .strict else { return found }
    throw missingMember(path, of: item)
  }

  /// Which part of a path an item lacks.
  private mutating func missingMember(_ path: MemberPath, of item: Value) -> Diagnostic {
    var holder = item
    for key in path.keys {
      let next = member(MemberPath(key.text), of: holder)
      guard next.isAbsent else {
        holder = next
        continue
      }
      if case .items = holder, Int(key.text.string) != nil {
        return Diagnostic(.template(.missingItem(key.text.string)), at: path.text)
      }
      return missingAttribute(key, of: holder, at: path.text)
    }
    return Diagnostic(.template(.absentValue), at: path.text)
  }

  /// Sorts by value, or by the members that a comma-separated list of paths names. Stable.
  mutating func sorted(
    _ value: Value, _ arguments: CallArguments, by index: Int, _ filter: String,
    isReversed: Bool = false, fallback: Value? = nil
  ) throws(Diagnostic) -> [Value] {
    let items = try iterable(value, filter)
    let isCaseSensitive = arguments.bool(0, default: false)
    var keys = items.map { [$0] }
    if let paths = arguments[index]?.memberPath?.text {
      let parts = paths.bytes.split(separator: UInt8(ascii: ",")).map { part in
        let range = SourceRange(start: part.startIndex, end: part.endIndex)
        return MemberPath(Text(source: paths.source, range: range))
      }
      let columns = try parts.map { (path) throws(Diagnostic) in
        try members(items, path, fallback)
      }
      keys = items.indices.map { row in columns.map { $0[row] } }
    }
    return try sort(items.array, keys, isCaseSensitive, isReversed, filter)
  }

  private func sort(
    _ items: [Value], _ keys: [[Value]], _ isCaseSensitive: Bool, _ isReversed: Bool,
    _ filter: String
  ) throws(Diagnostic) -> [Value] {
    var wrong: (Value, Value)?
    let order = items.indices.sorted { left, right in
      let (first, second) = isReversed ? (right, left) : (left, right)
      for (a, b) in zip(keys[first], keys[second]) where a != b {
        guard let isLess = precedes(a, b, isCaseSensitive) else {
          wrong = (a, b)
          return left < right
        }
        if isLess { return true }
        if precedes(b, a, isCaseSensitive) ?? false { return false }
      }
      return left < right
    }
    if let (a, b) = wrong {
      let lacking = items.indices.first { keys[$0].contains(where: \.isAbsent) }
      let error = Diagnostic.template(.wrongOperands(filter, a.kind, b.kind), of: a, b)
      throw lacking.map { error.within(items[$0]) } ?? error
    }
    return order.map { items[$0] }
  }

  private func precedes(_ left: Value, _ right: Value, _ isCaseSensitive: Bool) -> Bool? {
    if let left = left.asText, let right = right.asText, !isCaseSensitive {
      return environment.precedes(left, right)
    }
    return left.isLess(than: right)
  }

  /// Applies a filter by its name, as `map('upper')` does.
  mutating func apply(
    named name: String, to value: Value, _ arguments: CallArguments
  ) throws(Diagnostic) -> Value {
    guard let index = environment.filter(named: Text(name)) else {
      let known = nearest(to: name, among: environment.filterNames)
      throw .template(.unknownFilter(name, suggestion: known))
    }
    let signature = environment.filters[index].signature
    return try apply(index, to: value, try arguments.bound(to: signature, name))
  }

  /// `select` and its like: the items for which a test holds, or that are true.
  mutating func selected(
    _ value: Value, _ arguments: CallArguments, _ filter: String, byAttribute: Bool, keeping: Bool
  ) throws(Diagnostic) -> Value {
    var inner = arguments
    var path: MemberPath?
    if byAttribute {
      guard let first = inner.rest.first?.memberPath else {
        throw .template(.missingArgument("attribute", of: filter))
      }
      path = first
      inner.rest.removeFirst()
    }
    var name: String?
    if !inner.rest.isEmpty { name = inner.rest.removeFirst().asText?.string }
    var kept: [Value] = []
    let test = try test(named: name)
    if let test { inner = try inner.bound(to: test.signature, test.name) }
    let mayLack = test?.acceptsAbsent ?? false
    for item in try iterable(value, filter) {
      var subject = item
      if let path {
        subject = try mayLack ? member(path, of: item) : usedMember(path, of: item)
      }
      let passes: Bool
      do throws(Diagnostic) {
        passes = try test?.body(subject, inner, environment) ?? subject.isTrue
      } catch {
        throw error.within(item)
      }
      if passes == keeping { kept.append(item) }
    }
    return .list(kept)
  }

  private func test(named name: String?) throws(Diagnostic) -> Test? {
    guard let name else { return nil }
    guard let index = Test.index(of: name) else {
      let known = nearest(to: name, among: Test.builtIn.map(\.name))
      throw .template(.unknownTest(name, suggestion: known))
    }
    return Test.builtIn[index]
  }
}

extension Diagnostic {
  /// A problem with a part of an item: tells the record, where no value has a place of its own.
  func within(_ item: Value) -> Diagnostic {
    guard case .map(let map) = item, let place = map.place, notes.isEmpty else { return self }
    return Diagnostic(kind, at: self.place, notes: [Note(.inThisRecord, at: place)])
  }
}

extension Value {
  /// The path that an `attribute` argument names: `'a.b'` or `0`.
  var memberPath: MemberPath? {
    switch self {
    case .text(let text), .typed(let text, _), .markup(let text): MemberPath(text)
    case .int(let int): MemberPath(Text(String(int)))
    default: nil
    }
  }

  func isSameKey(as other: Value, _ isCaseSensitive: Bool) -> Bool {
    if !isCaseSensitive, let left = asText, let right = other.asText {
      return left.string.lowercased() == right.string.lowercased()
    }
    return self == other
  }

  /// The items of a list, the keys of a map, the characters of a text.
  func itemList(_ filter: String) throws(Diagnostic) -> ItemList {
    switch self {
    case .items(let items): return items
    case .map(let map): return ItemList(map.items)
    case .text(let text), .typed(let text, _), .markup(let text):
      return ItemList(text.string.unicodeScalars.map { Value(String($0)) })
    case .missing: return ItemList([])
    default: throw .template(.wrongOperand(filter, kind, wanted: .list), of: self)
    }
  }

  func pairs(_ filter: String) throws(Diagnostic) -> [Value] {
    guard case .map(let map) = self else {
      throw .template(.wrongOperand(filter, kind, wanted: .map), of: self)
    }
    return zip(map.keys, map.values).map { .list([$0.value, $1]) }
  }
}
