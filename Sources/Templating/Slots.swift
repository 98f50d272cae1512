import Diagnostics

/// A map whose values are a window of a store, looked at without counting references.
///
/// Good only while the map lives: ``Slots`` and ``Renderer`` keep it as long as they keep this.
struct Window: BitwiseCopyable {
  private let map: Unmanaged<ValueMap>

  /// nil for a map whose values are no window of a store.
  @inline(__always)
  init?(_ map: ValueMap) {
    guard map.isWindow else { return nil }
    self.map = .passUnretained(map)
  }

  /// What tells the map's shape from any other that lives.
  var shape: ObjectIdentifier {
    @inline(__always) get { map._withUnsafeGuaranteedRef { ObjectIdentifier($0.shape) } }
  }

  var keys: Shape { map._withUnsafeGuaranteedRef { $0.shape } }

  /// - Precondition: a slot of the map's shape.
  @inline(__always)
  subscript(slot: Int) -> StoredValue { map._withUnsafeGuaranteedRef { $0.stored[slot] } }

  /// The text that stored ranges are of.
  var text: SourceBytes {
    @inline(__always) get { map._withUnsafeGuaranteedRef { $0.text } }
  }

  @inline(__always)
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
  /// Of a map that is a window of a store; good while the value is kept.
  @inline(__always)
  var window: Window? {
    if case .map(let map) = self { return Window(map) }
    return nil
  }
}
