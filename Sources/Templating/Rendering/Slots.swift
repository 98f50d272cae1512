import Texts

/// A record whose values are a window of a store, looked at without counting references.
///
/// Good only while what it is a window of lives: ``Slots`` and ``Renderer`` keep that as long as
/// they keep this.
struct Window: BitwiseCopyable {
  private let ownShape: Unmanaged<Shape>
  private let store: Unmanaged<ValueStore>
  fileprivate let stored: ArrayView<StoredValue>
  /// The text that stored ranges are of.
  let text: SourceBytes
  /// nil for the window of a map.
  let record: Record?

  /// A record of a list, of which no map was made yet.
  struct Record: BitwiseCopyable {
    let items: Unmanaged<RecordItems>
    let index: Int
  }

  @inline(__always)
  init(_ shape: Shape, _ store: ValueStore, _ stored: ArrayView<StoredValue>, _ record: Record?) {
    ownShape = .passUnretained(shape)
    self.store = .passUnretained(store)
    (self.stored, text) = (stored, store.text)
    self.record = record
  }

  /// nil for a map whose values are no window of a store.
  @inline(__always)
  init?(_ map: ValueMap) {
    guard let store = map.store else { return nil }
    self.init(map.shape, store, map.stored, nil)
  }

  /// See ``Shape/number``.
  var shape: Int {
    @inline(__always) get { ownShape._withUnsafeGuaranteedRef { $0.number } }
  }

  var keys: Shape { ownShape._withUnsafeGuaranteedRef { $0 } }

  /// - Precondition: a slot of the shape.
  @inline(__always)
  subscript(slot: Int) -> StoredValue { stored[slot] }

  /// nil for anything but a list of records; good as long as this is.
  @inline(__always)
  func records(_ slot: Int) -> Unmanaged<RecordItems>? {
    store._withUnsafeGuaranteedRef { $0.records(stored[slot]) }
  }

  @inline(__always)
  func value(_ slot: Int) -> Value {
    store._withUnsafeGuaranteedRef { $0.value(stored[slot]) }
  }
}

/// The stored values of a record and nothing else of it, see ``Window``.
struct RecordView: BitwiseCopyable {
  /// See ``Shape/number``; 0 where there is no record.
  let shape: Int
  let stored: ArrayView<StoredValue>
  let text: SourceBytes

  @inline(__always)
  init(_ window: Window?) {
    shape = window?.shape ?? 0
    stored = window?.stored ?? ArrayView()
    text = window?.text ?? SourceBytes()
  }
}

/// The local variables of all active routines.
struct Slots {
  private var values: [Value] = []
  /// Of the values that are maps, and of records, of which no value was made yet; nil for any other.
  private var windows: [Window?] = []

  var count: Int { values.count }

  subscript(index: Int) -> Value {
    @inline(__always) mutating get {
      if let record = windows[index]?.record { makeMap(of: record, at: index) }
      return values[index]
    }
    @inline(__always) set {
      windows[index] = newValue.window
      values[index] = newValue
    }
  }

  private mutating func makeMap(of record: Window.Record, at index: Int) {
    self[index] = .map(record.items._withUnsafeGuaranteedRef { $0.map(record.index) })
  }

  /// The window of a value that is a map, good until that slot changes.
  @inline(__always)
  func window(at index: Int) -> Window? { windows[index] }

  /// Makes a slot's value a record, which is to be taken out again before its items go.
  @inline(__always)
  mutating func setRecord(_ record: Window, at index: Int) { windows[index] = record }

  mutating func push(_ count: Int) {
    if values.isEmpty {
      values.reserveCapacity(count)
      windows.reserveCapacity(count)
    }
    for _ in 0..<count {
      values.append(.undefined)
      windows.append(nil)
    }
  }

  mutating func shrink(to count: Int) {
    values.removeLast(values.count - count)
    windows.removeLast(windows.count - count)
  }
}

extension Value {
  /// Of a map that is a window of a store; good while the value is kept.
  @inline(__always)
  var window: Window? {
    if case .map(let map) = self { return Window(map) }
    return nil
  }
}
