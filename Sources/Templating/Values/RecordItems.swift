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

/// Records of a table, or one member of each. Immutable.
public final class RecordItems: Sendable {
  private let table: RecordTable
  private let shapes: [Shape]
  /// The first of the rows that belongs to these items; of picked ones, the numbers are those of
  /// `order`.
  private let start: Int
  public let count: Int
  /// The rows of items that were picked from others or sorted; empty where they follow each other.
  private let order: [Int32]
  /// Of the member; -1 for the records as a whole.
  private let slot: Int

  /// - Parameters:
  ///   - shapes: those that the numbers of the rows' shapes stand for.
  ///   - range: those of the rows that belong to the items.
  public convenience init(_ table: RecordTable, _ shapes: [Shape], _ range: Range<Int>) {
    precondition(range.lowerBound >= 0 && range.upperBound <= table.rows.count)
    self.init(table, shapes, range.lowerBound, range.count, order: [], slot: -1)
  }

  private init(
    _ table: RecordTable, _ shapes: [Shape], _ start: Int, _ count: Int, order: [Int32], slot: Int
  ) {
    (self.table, self.shapes) = (table, shapes)
    (self.start, self.count, self.order, self.slot) = (start, count, order, slot)
  }

  var store: ValueStore { table.store }

  /// Tells whether these are members of records.
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
    return table.rows[order.isEmpty ? start &+ index : Int(order[index])]
  }

  /// The keys of a record.
  @inline(__always)
  func shape(_ index: Int) -> Shape { shapes[row(index).shape] }

  /// A value of a record, as it is stored.
  ///
  /// - Parameter slot: of its key in the record's shape.
  @inline(__always)
  func stored(_ index: Int, _ slot: Int) -> StoredValue { store.stored[row(index).first &+ slot] }

  /// A member of members of records, as it is stored.
  @inline(__always)
  func storedMember(_ index: Int) -> StoredValue { stored(index, slot) }

  /// The items at some indices, in that order.
  func picking(_ indices: [Int]) -> RecordItems {
    let rows = indices.map {
      Int32(truncatingIfNeeded: order.isEmpty ? start + $0 : Int(order[$0]))
    }
    return RecordItems(table, shapes, 0, rows.count, order: rows, slot: slot)
  }

  /// Tells whether a record has a member.
  public func hasMember(_ key: Key) -> Bool {
    var known: (shape: Int, slot: Int?)?
    for index in 0..<count {
      let row = row(index)
      if known?.shape != row.shape { known = (row.shape, shapes[row.shape].slot(of: key)) }
      guard let slot = known?.slot else { continue }
      if case .missing = store.stored[row.first &+ slot] { continue }
      return true
    }
    return false
  }

  /// The records whose member passes a test.
  public func filtered(by key: Key, _ isKept: (Value) -> Bool) -> RecordItems {
    picking((0..<count).filter { isKept(map($0)[key] ?? .missing) })
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
    return RecordItems(table, shapes, start, count, order: order, slot: slot)
  }

  /// The value is nil where it is something else, and for records as a whole.
  @inline(__always)
  func wholeNumber(at index: Int) -> Int? {
    guard isColumn else { return nil }
    return store.stored[row(index).first + slot].wholeNumber
  }
}
