import Diagnostics
import Texts

// The order of lists: `sort`, `min`, `max`, `groupby` and their like.

/// What items are sorted by: one value of each, in a form that is quick to compare.
private enum SortColumn {
  case numbers([Int])
  case texts([[UInt8]])
  /// Values of several kinds.
  case values
}

/// How the items of a list are to be ordered.
struct SortOrder {
  fileprivate let columns: [SortColumn]
  /// The values of each column.
  fileprivate let members: [ItemList]
  let isReversed: Bool

  /// Whether all columns are numbers or texts, of which any two have an order.
  fileprivate var isTotal: Bool {
    columns.allSatisfy { if case .values = $0 { false } else { true } }
  }

  /// Whether one item comes before another by what they are sorted by.
  fileprivate func precedes(_ left: Int, _ right: Int) -> Bool {
    let (first, second) = isReversed ? (right, left) : (left, right)
    for column in columns {
      switch column {
      case .numbers(let numbers) where numbers[first] != numbers[second]:
        return numbers[first] < numbers[second]
      case .texts(let keys):
        let order = keys[first].order(to: keys[second])
        if order != 0 { return order < 0 }
      default: break
      }
    }
    return false
  }
}

extension Renderer {
  /// How to sort items by value, or by the members that a comma-separated list of paths names.
  mutating func order(
    of items: ItemList, by paths: Value?, isCaseSensitive: Bool, isReversed: Bool,
    fallback: Value? = nil
  ) throws(Diagnostic) -> SortOrder {
    guard let paths = paths?.memberPath?.text else {
      let column = column(items, isCaseSensitive)
      return SortOrder(columns: [column], members: [items], isReversed: isReversed)
    }
    var (columns, lists): ([SortColumn], [ItemList]) = ([], [])
    for part in paths.parts(separatedBy: UInt8(ascii: ",")) {
      let members = try members(items, MemberPath(part), fallback)
      columns.append(column(members, isCaseSensitive))
      lists.append(members)
    }
    return SortOrder(columns: columns, members: lists, isReversed: isReversed)
  }

  private mutating func column(_ items: ItemList, _ isCaseSensitive: Bool) -> SortColumn {
    numbers(items) ?? texts(items, isCaseSensitive) ?? .values
  }

  private mutating func numbers(_ items: ItemList) -> SortColumn? {
    var numbers: [Int] = []
    numbers.reserveCapacity(items.count)
    let pooled = pool.count
    defer { drainPool(to: pooled) }
    for index in 0..<items.count {
      guard case .int(let number) = item(index, of: items) else { return nil }
      numbers.append(number)
    }
    return .numbers(numbers)
  }

  private func texts(_ items: ItemList, _ isCaseSensitive: Bool) -> SortColumn? {
    var keys: [[UInt8]] = []
    keys.reserveCapacity(items.count)
    for item in items {
      guard let text = item.asText else { return nil }
      keys.append(isCaseSensitive ? Array(text.bytes) : environment.sortKey(text))
    }
    return .texts(keys)
  }

  /// The indices of items in their order; equal ones stay as they are.
  func sorted(
    _ items: ItemList, _ order: SortOrder, _ isCaseSensitive: Bool, _ filter: String
  ) throws(Diagnostic) -> [Int] {
    guard order.isTotal else {
      return try sortedOneByOne(items, order, isCaseSensitive, filter)
    }
    var indices = Array(0..<items.count)
    indices.sort { left, right in
      order.precedes(left, right) || left < right && !order.precedes(right, left)
    }
    return indices
  }

  /// The first item in order; nil of no items.
  func first(
    of items: ItemList, _ order: SortOrder, _ isCaseSensitive: Bool, _ filter: String
  ) throws(Diagnostic) -> Int? {
    guard order.isTotal else { return try sorted(items, order, isCaseSensitive, filter).first }
    var first: Int?
    for index in 0..<items.count {
      if first.map({ order.precedes(index, $0) }) ?? true { first = index }
    }
    return first
  }

  /// The same where two values may have no order, which is an error.
  private func sortedOneByOne(
    _ items: ItemList, _ order: SortOrder, _ isCaseSensitive: Bool, _ filter: String
  ) throws(Diagnostic) -> [Int] {
    let keys = items.indices.map { row in order.members.map { $0[row] } }
    var wrong: (Value, Value)?
    let indices = items.indices.sorted { left, right in
      let (first, second) = order.isReversed ? (right, left) : (left, right)
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
    return indices
  }

  private func precedes(_ left: Value, _ right: Value, _ isCaseSensitive: Bool) -> Bool? {
    if let left = left.asText, let right = right.asText, !isCaseSensitive {
      let (left, right) = (environment.sortKey(left), environment.sortKey(right))
      return left.lexicographicallyPrecedes(right)
    }
    return left.isLess(than: right)
  }
}

extension [UInt8] {
  /// Less than 0 where these bytes come before others, more where they come after them.
  fileprivate func order(to other: [UInt8]) -> Int {
    let shared = Swift.min(count, other.count)
    var index = 0
    while index < shared {
      if self[index] != other[index] { return Int(self[index]) &- Int(other[index]) }
      index &+= 1
    }
    return count &- other.count
  }
}

extension Text {
  /// The parts between separators, those that are empty left out.
  func parts(separatedBy separator: UInt8) -> [Text] {
    withBytes { bytes in
      var parts: [Text] = []
      var start = 0
      for end in 0...bytes.count where end == bytes.count || bytes[end] == separator {
        if end > start { parts.append(part(start..<end)) }
        start = end + 1
      }
      return parts
    }
  }
}
