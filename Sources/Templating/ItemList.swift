import Diagnostics

/// The items of a list: values, or records as they lie in a data file, of which a map is made only
/// where one is asked for, or one member of each such record.
public struct ItemList: RandomAccessCollection, Sendable {
  private let values: [Value]
  private let stored: RecordItems?

  public init(_ values: [Value]) { (self.values, stored) = (values, nil) }
  public init(_ records: RecordItems) { (values, stored) = ([], records) }

  /// nil for any other items than records.
  var records: RecordItems? {
    guard let stored, !stored.isColumn else { return nil }
    return stored
  }

  /// All of them; only of values is that no new array.
  var array: [Value] { stored == nil ? values : Array(self) }

  public var startIndex: Int { 0 }
  public var endIndex: Int { stored?.count ?? values.count }

  public subscript(index: Int) -> Value { stored?[index] ?? values[index] }

  /// The sum of a number and the items, where they are whole numbers; nil where one is something
  /// else, or it is too large.
  func wholeSum(from start: Int) -> Int? {
    var sum = start
    for index in indices {
      guard let number = wholeNumber(at: index) else { return nil }
      let (result, overflow) = sum.addingReportingOverflow(number)
      guard !overflow else { return nil }
      sum = result
    }
    return sum
  }

  private func wholeNumber(at index: Int) -> Int? {
    if let stored { return stored.wholeNumber(at: index) }
    if case .int(let number) = values[index] { return number }
    return nil
  }
}

extension Value {
  public static func list(_ values: [Value]) -> Value { .items(ItemList(values)) }
}
