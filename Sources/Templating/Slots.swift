import Diagnostics

/// The values of a map where they lie, looked at without counting references.
///
/// Good only while the map lives; ``Slots`` and ``Renderer`` keep it as long as they keep this.
struct Window: BitwiseCopyable {
  private let map: Unmanaged<ValueMap>
  /// What tells the map's shape from any other that lives.
  let shape: ObjectIdentifier
  private let stored: UnsafeBufferPointer<StoredValue>
  private let text: UnsafeBufferPointer<UInt8>

  /// nil for a map whose values are no window of a store.
  @inline(__always)
  init?(_ map: ValueMap) {
    guard let window = map.stored else { return nil }
    self.map = .passUnretained(map)
    shape = ObjectIdentifier(map.shape)
    (stored, text) = window
  }

  var keys: Shape { map._withUnsafeGuaranteedRef { $0.shape } }

  /// - Precondition: a slot of the map's shape.
  @inline(__always)
  subscript(slot: Int) -> StoredValue {
    precondition(slot >= 0 && slot < stored.count)
    return stored[slot]
  }

  /// Calls `body` with a stored text.
  @inline(__always)
  func withBytes<Failure>(
    of range: SourceRange, _ body: (Span<UInt8>) throws(Failure) -> Void
  ) throws(Failure) {
    let (start, end) = (Int(range.start), Int(range.end))
    precondition(start >= 0 && start <= end && end <= text.count)
    try body(UnsafeBufferPointer(rebasing: text[start..<end]).span)
  }

  func value(_ slot: Int) -> Value { map._withUnsafeGuaranteedRef { $0[slot: slot] } }
}

/// The local variables of all active routines.
struct Slots {
  private var values: [Value] = []
  /// Of the values that are maps; nil for any other.
  private var windows: [Window?] = []

  var count: Int { values.count }

  subscript(index: Int) -> Value {
    @inline(__always) get { values[index] }
    @inline(__always) set {
      windows[index] = newValue.window
      values[index] = newValue
    }
  }

  /// The window of a value that is a map, good until that slot changes.
  @inline(__always)
  func window(at index: Int) -> Window? { windows[index] }

  mutating func push(_ count: Int) {
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
  @inline(__always)
  fileprivate var window: Window? {
    if case .map(let map) = self { return Window(map) }
    return nil
  }
}
