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
    var finder = MemberFinder(path)
    let pooled = pool.count
    for index in 0..<items.count {
      var found = member(of: index, in: items, &finder).value
      if found.isAbsent, let fallback { found = fallback }
      if case .undefined = found, environment.undefined == .strict {
        throw missingMember(path, of: items[index])
      }
      results.append(found)
      drainPool(to: pooled)
    }
    return ItemList(results)
  }

  /// The part of a path that an item lacks.
  func missingMember(_ path: MemberPath, of item: Value) -> Diagnostic {
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

  /// The filter that `map('upper')` names, by its place among all.
  func filter(named name: String) throws(Diagnostic) -> Int {
    if let index = environment.filter(named: Text(name)) { return index }
    let known = nearest(to: name, among: environment.filterNames)
    throw .template(.unknownFilter(name, suggestion: known))
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
    case .text(let text), .typed(let text, _): MemberPath(text)
    case .markup(let markup): MemberPath(markup.text)
    case .int(let int): MemberPath(Text(String(int)))
    default: nil
    }
  }

  func isSameKey(as other: Value, _ isCaseSensitive: Bool) -> Bool {
    if self == other { return true }
    guard !isCaseSensitive, let left = asText, let right = other.asText else { return false }
    return left.lowercasedBytes == right.lowercasedBytes
  }

  /// The items of a list, the keys of a map, the characters of a text.
  func itemList(_ filter: String) throws(Diagnostic) -> ItemList {
    switch self {
    case .items(let items): return items
    case .map(let map): return ItemList(map.items)
    case .text(let text), .typed(let text, _): return ItemList(text.characters)
    case .markup(let markup): return ItemList(markup.text.characters)
    case .missing: return ItemList([])
    default: throw .template(.wrongOperand(filter, kind, wanted: .list), of: self)
    }
  }

  func pairs(_ filter: String) throws(Diagnostic) -> [Value] {
    guard case .map(let map) = self else {
      throw .template(.wrongOperand(filter, kind, wanted: .map), of: self)
    }
    return zip(map.keys, map.values).map { .tuple([$0.value, $1]) }
  }
}

extension Text {
  /// The text in small letters.
  var lowercasedBytes: [UInt8] {
    var small = ByteBuffer()
    withBytes { appendLowercased($0, to: &small) }
    return small.bytes
  }
}
