import Diagnostics

/// Records that lie side by side in a store, or one member of each. Immutable.
public final class RecordItems: Sendable {
  private let store: ValueStore
  private let shapes: [Shape]
  private let rows: [Row]
  /// The first of the rows that belongs to these items.
  private let start: Int
  public let count: Int
  /// Of the member; -1 for the records as a whole.
  private let slot: Int

  /// A record whose values are in the store.
  public struct Row: BitwiseCopyable, Sendable {
    private let shapeNumber: Int32
    private let firstValue: Int32
    public let place: SourceRange

    public var shape: Int { Int(shapeNumber) }
    public var first: Int { Int(firstValue) }

    /// - Parameters:
    ///   - shape: the number of its shape among those of the items.
    ///   - first: the place of its first value in the store.
    ///   - place: where it stands in the store's source.
    public init(shape: Int, first: Int, place: SourceRange) {
      (shapeNumber, firstValue) = (Int32(clamping: shape), Int32(clamping: first))
      self.place = place
    }
  }

  /// - Parameter range: those of the rows that belong to the items.
  public convenience init(
    _ store: ValueStore, _ shapes: [Shape], _ rows: [Row], _ range: Range<Int>
  ) {
    precondition(range.lowerBound >= 0 && range.upperBound <= rows.count)
    self.init(store, shapes, rows, range, slot: -1)
  }

  private init(
    _ store: ValueStore, _ shapes: [Shape], _ rows: [Row], _ range: Range<Int>, slot: Int
  ) {
    (self.store, self.shapes, self.rows) = (store, shapes, rows)
    (start, count) = (range.lowerBound, range.count)
    self.slot = slot
  }

  /// Whether these are members of records.
  var isColumn: Bool { slot >= 0 }

  subscript(index: Int) -> Value {
    let row = row(index)
    if isColumn { return store.value(store.stored[row.first + slot]) }
    return .map(map(row))
  }

  /// - Precondition: records as a whole.
  func map(_ index: Int) -> ValueMap { map(row(index)) }

  private func map(_ row: Row) -> ValueMap {
    ValueMap(shape: shapes[row.shape], in: store, from: row.first, place: row.place)
  }

  @inline(__always)
  private func row(_ index: Int) -> Row {
    precondition(index >= 0 && index < count)
    return rows[start &+ index]
  }

  /// A record, looked at without making a map of it; good while the items are kept.
  @inline(__always)
  func window(_ index: Int) -> Window {
    let row = row(index)
    let shape = shapes[row.shape]
    return Window(
      shape, store, store.stored.window(from: row.first, count: shape.keys.count),
      Window.Record(items: .passUnretained(self), index: index))
  }

  /// A member of each of the records; nil where they have more than one shape or it is not sure
  /// that all have it.
  func column(_ key: Key) -> RecordItems? {
    guard count > 0, !isColumn else { return nil }
    let first = row(0).shape
    guard let slot = shapes[first].slot(of: key) else { return nil }
    for index in 0..<count {
      let row = row(index)
      guard row.shape == first else { return nil }
      if case .other = store.stored[row.first + slot] { return nil }
    }
    return RecordItems(store, shapes, rows, start..<start + count, slot: slot)
  }

  /// The sum of a member of each of the records; nil where they have more than one shape, it is no
  /// whole number everywhere, or the sum is too large.
  ///
  /// - Parameter slot: that of the member in the shape of the first.
  /// - Precondition: records as a whole, and one at least.
  func wholeSum(_ slot: Int) -> Int? {
    let shape = row(0).shape
    return ItemList.wholeSum(of: count, from: 0) { index in
      let row = row(index)
      return row.shape == shape ? store.wholeNumber(store.stored[row.first + slot]) : nil
    }
  }

  /// nil where it is something else, and for records as a whole.
  @inline(__always)
  func wholeNumber(at index: Int) -> Int? {
    guard isColumn else { return nil }
    return store.wholeNumber(store.stored[row(index).first + slot])
  }
}
