import Texts

/// A value as it lies in a ``ValueStore``: plain numbers, so that looking at one counts no
/// references.
public enum StoredValue: BitwiseCopyable, Sendable {
  /// The place of the text in the store's source.
  case text(SourceRange)
  case int(Int)
  case bool(Bool)
  case missing
  /// A list of records, by its place among those of the store.
  case records(Int32)
  /// Any other value, by its place in the store.
  case other(Int32)
}

extension StoredValue {
  /// Returns nil for anything but a whole number.
  @inline(__always)
  var wholeNumber: Int? { if case .int(let int) = self { int } else { nil } }

  /// - Parameters:
  ///   - source: the store's.
  ///   - others: gets the value if it is one that is not stored as plain numbers.
  public init(_ value: Value, of source: Source, _ others: inout [Value]) {
    switch value {
    case .text(let text) where text.source === source: self = .text(text.range)
    case .int(let int): self = .int(int)
    case .bool(let bool): self = .bool(bool)
    case .missing: self = .missing
    default:
      self = .other(Int32(truncatingIfNeeded: others.count))
      others.append(value)
    }
  }
}

/// The values of many maps side by side, mostly still as they stand in the text of a data file.
/// Immutable, shared by the maps that are windows of it.
public final class ValueStore: Sendable {
  /// The text that stored ranges are of.
  public let source: Source
  private let array: [StoredValue]
  private let others: [Value]
  private let lists: [RecordItems]
  /// Those of the array.
  let stored: ArrayView<StoredValue>
  /// The address of the source's bytes.
  let text: SourceBytes

  fileprivate init(_ builder: consuming Builder) {
    source = builder.source
    array = builder.stored
    (others, lists) = (builder.others, builder.lists)
    self.stored = ArrayView(array)
    text = SourceBytes(source)
  }

  public var values: [Value] { array.map(value) }

  /// The stored value as one that a template computes with.
  @inline(__always)
  func value(_ stored: StoredValue) -> Value {
    switch stored {
    case .text(let range): .text(Text(source: source, range: range))
    case .int(let int): .int(int)
    case .bool(let bool): .bool(bool)
    case .missing: .missing
    case .records(let index): .items(ItemList(lists[Int(index)]))
    case .other(let index): others[Int(index)]
    }
  }

  /// Records that are in a list, by the number of the list.
  @inline(__always)
  func records(at index: Int) -> RecordItems { lists[index] }

  /// A value that is not stored as plain numbers.
  @inline(__always)
  func other(_ index: Int) -> Value { others[index] }

  /// Collects the values of a store, one after the other.
  public struct Builder: ~Copyable {
    public let source: Source
    @usableFromInline var stored: [StoredValue] = []
    @usableFromInline var others: [Value] = []
    fileprivate var lists: [RecordItems] = []

    /// - Parameter room: how many values to expect.
    public init(_ source: Source, room: Int) {
      self.source = source
      stored.reserveCapacity(room)
    }

    @inlinable public var count: Int { stored.count }

    @inline(__always)
    public mutating func append(_ value: StoredValue) { stored.append(value) }

    public mutating func append(_ records: RecordItems) {
      stored.append(.records(Int32(truncatingIfNeeded: lists.count)))
      lists.append(records)
    }

    public mutating func append(_ value: Value) {
      stored.append(StoredValue(value, of: source, &others))
    }

    /// Appends up to `count` values, which `write` writes side by side; one that cannot be stored
    /// goes to the other values, whose number is then stored.
    @inlinable @inline(__always)
    public mutating func append(
      upTo count: Int, _ write: (inout OutputSpan<StoredValue>, inout [Value]) -> Void
    ) {
      var others: [Value] = []
      swap(&others, &self.others)
      stored.append(addingCapacity: count) { write(&$0, &others) }
      swap(&others, &self.others)
    }

    public consuming func finish() -> ValueStore { ValueStore(self) }
  }
}
