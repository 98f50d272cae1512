import Diagnostics
import Texts

// The order of lists: `sort`, `min`, `max`, `groupby` and their like.

/// The keys that items are sorted by: one value of each, in a form that is quick to compare.
private enum SortColumn {
  case numbers([Int])
  case texts(SortKeys)
  /// Values of several kinds.
  case values
}

/// The sort keys of texts, one after the other.
private final class SortKeys {
  @exclusivity(unchecked) private var bytes = ByteBuffer()
  /// The places where each key begins, and the last one ends.
  @exclusivity(unchecked) private var bounds: [Int] = [0]

  func append(_ append: (inout ByteBuffer) -> Void) {
    append(&bytes)
    bounds.append(bytes.count)
  }

  /// Less than 0 where the first key comes before the second, more where it comes after it.
  @inline(__always)
  func order(_ left: Int, _ right: Int) -> Int {
    var (first, second) = (bounds[left], bounds[right])
    let (firstEnd, secondEnd) = (bounds[left + 1], bounds[right + 1])
    while first < firstEnd, second < secondEnd {
      if bytes[first] != bytes[second] { return Int(bytes[first]) &- Int(bytes[second]) }
      (first, second) = (first &+ 1, second &+ 1)
    }
    return (firstEnd &- first) &- (secondEnd &- second)
  }
}

/// The wanted order of the items of a list.
struct SortOrder {
  fileprivate let columns: [SortColumn]
  /// The values of each column.
  fileprivate let members: [ItemList]
  let isReversed: Bool

  /// Tells whether all columns are numbers or texts, of which any two have an order.
  fileprivate var isTotal: Bool {
    columns.allSatisfy { if case .values = $0 { false } else { true } }
  }

  /// Tells whether one item comes before another by what they are sorted by.
  fileprivate func precedes(_ left: Int, _ right: Int) -> Bool {
    let (first, second) = isReversed ? (right, left) : (left, right)
    for column in columns {
      switch column {
      case .numbers(let numbers) where numbers[first] != numbers[second]:
        return numbers[first] < numbers[second]
      case .texts(let keys):
        let order = keys.order(first, second)
        if order != 0 { return order < 0 }
      default: break
      }
    }
    return false
  }
}

extension Renderer {
  /// The order of items by value, or by the members that a comma-separated list of paths names.
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
    let keys = SortKeys()
    for item in items {
      guard let text = item.asText else { return nil }
      keys.append { bytes in
        if isCaseSensitive {
          text.withBytes { bytes.append($0) }
        } else {
          environment.appendSortKey(text, &bytes)
        }
      }
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
    // Most lists are sorted by one thing, which is then looked at without a look at the others.
    switch order.columns.count == 1 ? order.columns[0] : .values {
    case .numbers(let numbers):
      indices.sort { left, right in
        let (a, b) = (numbers[left], numbers[right])
        return a == b ? left < right : (a < b) != order.isReversed
      }
    case .texts(let keys):
      indices.sort { left, right in
        let found = keys.order(left, right)
        return found == 0 ? left < right : (found < 0) != order.isReversed
      }
    case .values:
      indices.sort { left, right in
        order.precedes(left, right) || left < right && !order.precedes(right, left)
      }
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
      let keys = SortKeys()
      for text in [left, right] { keys.append { environment.appendSortKey(text, &$0) } }
      return keys.order(0, 1) < 0
    }
    return left.isLess(than: right)
  }
}

extension Filter {
  /// A filter that puts items in order, `name(attribute, reverse=false)`, by keys of their texts or of
  /// a member's; equal ones stay as they are.
  ///
  /// - Parameter key: gives what appends the key of a text, whose bytes give the order.
  public init(
    _ name: String,
    sortedBy key:
      @escaping @Sendable () throws(Diagnostic) ->
      @Sendable (Text, inout ByteBuffer)
      -> Void
  ) {
    self.init(name, Signature(["attribute", "reverse"])) {
      (value, arguments, renderer) throws(Diagnostic) in
      let append = try key()
      let items = try renderer.iterable(value, name)
      let keys = SortKeys()
      let members = try arguments[0]?.memberPath.map { path throws(Diagnostic) in
        try renderer.members(items, path, nil)
      }
      for item in members ?? items {
        guard let text = item.asText else {
          throw .template(.wrongOperand(name, item.kind, wanted: .text), of: item)
        }
        try renderer.count(textOf: item)
        keys.append { append(text, &$0) }
      }
      let isReversed = arguments.bool(1, default: false)
      let indices = (0..<items.count).sorted { left, right in
        let order = keys.order(left, right)
        return order == 0 ? left < right : (order < 0) != isReversed
      }
      return .list(indices.map { items[$0] })
    }
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
