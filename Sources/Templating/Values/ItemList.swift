import Texts

/// The items of a list: values, or records as they lie in a data file, of which a map is made only
/// where one is asked for, or one member of each such record.
public struct ItemList: RandomAccessCollection, Sendable {
  private let storage: Storage

  private enum Storage: Sendable {
    case values([Value])
    case records(RecordItems)
  }

  public init(_ values: [Value]) { storage = .values(values) }
  public init(_ records: RecordItems) { storage = .records(records) }

  /// nil for any other items than records.
  var records: RecordItems? {
    guard case .records(let records) = storage, !records.isColumn else { return nil }
    return records
  }

  /// All of them; only of values is that no new array.
  var array: [Value] {
    if case .values(let values) = storage { values } else { Array(self) }
  }

  public var startIndex: Int { 0 }
  public var endIndex: Int {
    switch storage {
    case .values(let values): values.count
    case .records(let records): records.count
    }
  }

  public subscript(index: Int) -> Value {
    switch storage {
    case .values(let values): values[index]
    case .records(let records): records[index]
    }
  }

  /// The sum of a number and the items, where they are whole numbers; nil where one is something
  /// else, or it is too large.
  func wholeSum(from start: Int) -> Int? {
    ItemList.wholeSum(of: count, from: start, wholeNumber)
  }

  /// - Parameter number: gives each of the numbers, nil for anything else.
  @inline(__always)
  static func wholeSum(of count: Int, from start: Int, _ number: (Int) -> Int?) -> Int? {
    var sum = start
    for index in 0..<count {
      guard let number = number(index) else { return nil }
      let (result, overflow) = sum.addingReportingOverflow(number)
      guard !overflow else { return nil }
      sum = result
    }
    return sum
  }

  private func wholeNumber(at index: Int) -> Int? {
    switch storage {
    case .values(let values): if case .int(let number) = values[index] { number } else { nil }
    case .records(let records): records.wholeNumber(at: index)
    }
  }
}

extension Value {
  public static func list(_ values: [Value]) -> Value { .items(ItemList(values)) }
}
