import Texts

/// The records of a file, all that are in lists, side by side in a store. Immutable.
public final class RecordTable: Sendable {
  let store: ValueStore
  private let array: [Row]
  /// Those of the array.
  let rows: ArrayView<Row>

  /// A record whose values are in the store.
  public struct Row: BitwiseCopyable, Sendable {
    private let shapeNumber: Int32
    private let firstValue: Int32
    public let place: SourceRange

    public var shape: Int { Int(shapeNumber) }
    public var first: Int { Int(firstValue) }

    /// - Parameters:
    ///   - shape: the number of its shape among those of its list.
    ///   - first: the place of its first value in the store.
    ///   - place: where it stands in the store's source.
    public init(shape: Int, first: Int, place: SourceRange) {
      (shapeNumber, firstValue) = (Int32(clamping: shape), Int32(clamping: first))
      self.place = place
    }
  }

  public init(_ store: ValueStore, _ rows: [Row]) {
    (self.store, array) = (store, rows)
    self.rows = ArrayView(array)
  }
}

/// Records of a table, one after the other, or one member of each. Immutable.
public final class RecordItems: Sendable {
  private let table: RecordTable
  private let shapes: [Shape]
  /// The first of the rows that belongs to these items.
  private let start: Int
  public let count: Int
  /// Of the member; -1 for the records as a whole.
  private let slot: Int

  /// - Parameters:
  ///   - shapes: those that the numbers of the rows' shapes stand for.
  ///   - range: those of the rows that belong to the items.
  public convenience init(_ table: RecordTable, _ shapes: [Shape], _ range: Range<Int>) {
    precondition(range.lowerBound >= 0 && range.upperBound <= table.rows.count)
    self.init(table, shapes, range, slot: -1)
  }

  private init(_ table: RecordTable, _ shapes: [Shape], _ range: Range<Int>, slot: Int) {
    (self.table, self.shapes) = (table, shapes)
    (start, count) = (range.lowerBound, range.count)
    self.slot = slot
  }

  private var store: ValueStore { table.store }

  /// Whether these are members of records.
  var isColumn: Bool { slot >= 0 }

  subscript(index: Int) -> Value {
    let row = row(index)
    if isColumn { return store.value(store.stored[row.first + slot]) }
    return .map(map(row))
  }

  /// - Precondition: records as a whole.
  func map(_ index: Int) -> ValueMap { map(row(index)) }

  private func map(_ row: RecordTable.Row) -> ValueMap {
    ValueMap(shape: shapes[row.shape], in: store, from: row.first, place: row.place)
  }

  @inline(__always)
  private func row(_ index: Int) -> RecordTable.Row {
    precondition(index >= 0 && index < count)
    return table.rows[start &+ index]
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
      switch store.stored[row.first + slot] {
      case .other, .records: return nil
      default: continue
      }
    }
    return RecordItems(table, shapes, start..<start + count, slot: slot)
  }

  /// The sum of a member of each of the records; nil where they have more than one shape, it is no
  /// whole number everywhere, or the sum is too large.
  ///
  /// - Parameter slot: that of the member in the shape of the first.
  /// - Precondition: records as a whole, and one at least.
  func wholeSum(_ slot: Int) -> Int? {
    let (shape, first) = (row(0).shape, start)
    let (rows, stored, text) = (table.rows, store.stored, store.text)
    return ItemList.wholeSum(of: count, from: 0) { index in
      let row = rows[first &+ index]
      return row.shape == shape ? stored[row.first &+ slot].wholeNumber(in: text) : nil
    }
  }

  /// nil where it is something else, and for records as a whole.
  @inline(__always)
  func wholeNumber(at index: Int) -> Int? {
    guard isColumn else { return nil }
    return store.stored[row(index).first + slot].wholeNumber(in: store.text)
  }
}
