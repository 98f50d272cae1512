import Texts

/// The values of a list, with an address of their own. Immutable.
final class ValueArray: Sendable {
  let values: [Value]
  /// Tells whether it prints as `(1, 2)`, and is equal to no list.
  let isTuple: Bool
  private let nestingMemory: NestingMemory

  /// - Parameter nesting: nil where it is not known yet.
  init(_ values: [Value], isTuple: Bool = false, nesting: Nesting? = nil) {
    (self.values, self.isTuple) = (values, isTuple)
    nestingMemory = NestingMemory(nesting)
  }

  var nesting: Nesting { nestingMemory.nesting { Nesting(of: values) } }
}

/// The items of a list: values, or records as they lie in a data file, of which a map is made only
/// where one is asked for, or one member of each such record.
public struct ItemList: RandomAccessCollection, Sendable {
  let storage: Storage

  enum Storage: Sendable {
    case values(ValueArray)
    case records(RecordItems)
  }

  public init(_ values: [Value]) { storage = .values(ValueArray(values)) }
  public init(_ records: RecordItems) { storage = .records(records) }
  init(_ array: ValueArray) { storage = .values(array) }

  /// The records; nil for any other items.
  var records: RecordItems? {
    guard case .records(let records) = storage, !records.isColumn else { return nil }
    return records
  }

  var isTuple: Bool {
    if case .values(let array) = storage { array.isTuple } else { false }
  }

  /// The same items as a list.
  var list: ItemList { isTuple ? ItemList(array) : self }

  /// All of them; only of values is that no new array.
  var array: [Value] {
    if case .values(let array) = storage { array.values } else { Array(self) }
  }

  public var startIndex: Int { 0 }
  public var endIndex: Int {
    switch storage {
    case .values(let array): array.values.count
    case .records(let records): records.count
    }
  }

  public subscript(index: Int) -> Value {
    switch storage {
    case .values(let array): array.values[index]
    case .records(let records): records[index]
    }
  }

  /// Tells how deep lists and maps stand inside each other in it; records hold values and lists of
  /// them.
  var nesting: Nesting {
    switch storage {
    case .values(let array): array.nesting
    case .records(let records): Nesting(levels: 3, members: records.count)
    }
  }

  /// The items with those of another behind them: a tuple where both are.
  func appending(_ other: ItemList) -> ItemList {
    let isTuple = isTuple && other.isTuple
    let nesting = nesting.joined(with: other.nesting)
    return ItemList(ValueArray(array + other.array, isTuple: isTuple, nesting: nesting))
  }

  /// The items at some indices, in that order. Records stay records.
  func picking(_ indices: [Int]) -> ItemList {
    switch storage {
    case .values(let array):
      if !array.isTuple, indices.count == array.values.count,
        indices.elementsEqual(array.values.indices)
      {
        return self
      }
      return ItemList(indices.map { array.values[$0] })
    case .records(let records): return ItemList(records.picking(indices))
    }
  }

  /// The sum of a number and the items, where they are whole numbers; nil where one is something
  /// else, or it is too large.
  func wholeSum(from start: Int) -> Int? {
    var sum = start
    for index in 0..<count {
      guard let number = wholeNumber(at: index) else { return nil }
      let (result, overflow) = sum.addingReportingOverflow(number)
      guard !overflow else { return nil }
      sum = result
    }
    return sum
  }

  @inline(__always)
  private func wholeNumber(at index: Int) -> Int? {
    switch storage {
    case .values(let array):
      if case .int(let number) = array.values[index] { number } else { nil }
    case .records(let records): records.wholeNumber(at: index)
    }
  }
}

extension Value {
  public static func list(_ values: [Value]) -> Value { .items(ItemList(values)) }

  static func tuple(_ values: [Value]) -> Value {
    .items(ItemList(ValueArray(values, isTuple: true)))
  }
}
