import Diagnostics
import Texts

/// A value while expressions are evaluated: a number, or the address of what holds it, so that
/// handing it on counts no references.
///
/// It is good until the statement at hand is done: what it refers to is kept by the data, by the
/// template's constants, by a local variable, or by the renderer's pool (``Renderer/hold(_:)``).
/// A value that lives longer is a ``Value``.
enum Operand: BitwiseCopyable {
  case undefined
  case missing
  case none
  case bool(Bool)
  case int(Int)
  case text(Unmanaged<Source>, SourceRange)
  case markup(Unmanaged<Markup>)
  case list(Unmanaged<ValueArray>)
  case records(Unmanaged<RecordItems>)
  case map(Unmanaged<ValueMap>)
  /// One record of a list, of which no map was made.
  case record(Unmanaged<RecordItems>, Int32)
  case object(ObjectID)
  case macro(Unmanaged<Macro>)
  /// A decimal, a typed text or a function.
  case box(Unmanaged<ValueBox>)
}

/// A value with an address of its own.
final class ValueBox: Sendable {
  let value: Value
  init(_ value: Value) { self.value = value }
}

extension Operand {
  init(text: Text) { self = .text(.passUnretained(text.source), text.range) }

  init(items: ItemList) {
    switch items.storage {
    case .values(let array): self = .list(.passUnretained(array))
    case .records(let records): self = .records(.passUnretained(records))
    }
  }

  /// The operand for a value that something else keeps; nil where it takes a box.
  @inline(__always)
  init?(lending value: Value) {
    switch value {
    case .text(let text): self.init(text: text)
    case .int(let int): self = .int(int)
    case .missing: self = .missing
    case .bool(let bool): self = .bool(bool)
    case .items(let items): self.init(items: items)
    case .map(let map): self = .map(.passUnretained(map))
    case .undefined: self = .undefined
    case .none: self = .none
    case .markup(let markup): self = .markup(.passUnretained(markup))
    case .object(let id): self = .object(id)
    case .macro(let macro): self = .macro(.passUnretained(macro))
    case .decimal, .typed, .function: return nil
    }
  }

  /// The value, which keeps what it refers to.
  var value: Value {
    switch self {
    case .undefined: .undefined
    case .missing: .missing
    case .none: .none
    case .bool(let bool): .bool(bool)
    case .int(let int): .int(int)
    case .text(let source, let range):
      .text(Text(source: source.takeUnretainedValue(), range: range))
    case .markup(let markup): .markup(markup.takeUnretainedValue())
    case .list(let array): .items(ItemList(array.takeUnretainedValue()))
    case .records(let records): .items(ItemList(records.takeUnretainedValue()))
    case .map(let map): .map(map.takeUnretainedValue())
    case .record(let records, let index):
      .map(records._withUnsafeGuaranteedRef { $0.map(Int(index)) })
    case .object(let id): .object(id)
    case .macro(let macro): .macro(macro.takeUnretainedValue())
    case .box(let box): box._withUnsafeGuaranteedRef { $0.value }
    }
  }

  /// The value it refers to, for whoever wants to keep it.
  var owner: AnyObject? {
    switch self {
    case .undefined, .missing, .none, .bool, .int, .object: nil
    case .text(let source, _): source.takeUnretainedValue()
    case .markup(let markup): markup.takeUnretainedValue()
    case .list(let array): array.takeUnretainedValue()
    case .records(let records), .record(let records, _): records.takeUnretainedValue()
    case .map(let map): map.takeUnretainedValue()
    case .macro(let macro): macro.takeUnretainedValue()
    case .box(let box): box.takeUnretainedValue()
    }
  }

  var isUndefined: Bool {
    @inline(__always) get { if case .undefined = self { true } else { false } }
  }

  var isMarkup: Bool { if case .markup = self { true } else { false } }

  /// See ``Value/kind``.
  var kind: ValueKind {
    switch self {
    case .undefined, .missing: .absent
    case .none: .none
    case .bool: .bool
    case .int: .number
    case .text, .markup: .text
    case .list, .records: .list
    case .map, .record: .map
    case .object: .object
    case .macro: .function
    case .box(let box): box._withUnsafeGuaranteedRef { $0.value.kind }
    }
  }

  /// Tells whether it has items: a list, a map or a text.
  var isSequence: Bool {
    switch kind {
    case .list, .map, .text: true
    default: false
    }
  }

  /// The bytes of a text, markup or not; nil for anything else.
  var textBytes: SourceBytes? {
    @inline(__always) get {
      switch self {
      case .text(let source, let range):
        source._withUnsafeGuaranteedRef { SourceBytes($0) }[range]
      case .markup(let markup):
        markup._withUnsafeGuaranteedRef { SourceBytes($0.text.source)[$0.text.range] }
      default: nil
      }
    }
  }

  /// See ``Value/isTrue``.
  var isTrue: Bool {
    @inline(__always) get {
      switch self {
      case .undefined, .missing, .none: false
      case .bool(let bool): bool
      case .int(let int): int != 0
      case .text(_, let range): !range.isEmpty
      case .markup(let markup): markup._withUnsafeGuaranteedRef { !$0.text.isEmpty }
      case .list(let array): array._withUnsafeGuaranteedRef { !$0.values.isEmpty }
      case .records(let records): records._withUnsafeGuaranteedRef { $0.count > 0 }
      case .map(let map): map._withUnsafeGuaranteedRef { !$0.isEmpty }
      case .record(let records, let index):
        records._withUnsafeGuaranteedRef { !$0.shape(Int(index)).keys.isEmpty }
      case .object, .macro: true
      case .box(let box): box._withUnsafeGuaranteedRef { $0.value.isTrue }
      }
    }
  }

  /// Tells whether two are equal as ``Value``s are.
  @inline(__always)
  func isEqual(to other: Operand) -> Bool {
    if case .int(let left) = self, case .int(let right) = other { return left == right }
    if let left = textBytes, let right = other.textBytes { return left.isSame(as: right) }
    return isEqualValue(to: other)
  }

  @inline(never)
  private func isEqualValue(to other: Operand) -> Bool { value == other.value }

  /// The order of two, see ``Value/isLess(than:)``.
  @inline(__always)
  func isLess(than other: Operand) -> Bool? {
    if case .int(let left) = self, case .int(let right) = other { return left < right }
    return isLessValue(than: other)
  }

  @inline(never)
  private func isLessValue(than other: Operand) -> Bool? { value.isLess(than: other.value) }
}

extension Renderer {
  /// The operand for a value that something else keeps until the statement is done.
  @inline(__always)
  mutating func lend(_ value: Value) -> Operand {
    Operand(lending: value) ?? box(value)
  }

  /// The operand for a value that nothing else keeps: the pool does, until the statement is done.
  @inline(__always)
  mutating func hold(_ value: Value) -> Operand {
    guard let operand = Operand(lending: value) else { return box(value) }
    if let owner = operand.owner { pool.append(owner) }
    return operand
  }

  @inline(never)
  private mutating func box(_ value: Value) -> Operand {
    let box = ValueBox(value)
    pool.append(box)
    return .box(.passUnretained(box))
  }

  /// The operand for a text that was just made.
  mutating func hold(computed bytes: [UInt8]) -> Operand {
    let source = Source(name: "", bytes: bytes)
    pool.append(source)
    let range = SourceRange(start: 0, end: bytes.count)
    return .text(.passUnretained(source), range)
  }

  /// Lets go what the pool kept since it held so many.
  @inline(__always)
  mutating func drainPool(to count: Int) {
    while pool.count > count { pool.removeLast() }
  }

  /// The operand for a stored value.
  @inline(__always)
  mutating func operand(_ stored: StoredValue, of store: Unmanaged<ValueStore>) -> Operand {
    switch stored {
    case .text(let range):
      .text(store._withUnsafeGuaranteedRef { .passUnretained($0.source) }, range)
    case .int(let int): .int(int)
    case .bool(let bool): .bool(bool)
    case .missing: .missing
    case .records(let index):
      .records(store._withUnsafeGuaranteedRef { .passUnretained($0.records(at: Int(index))) })
    case .other(let index): lend(store._withUnsafeGuaranteedRef { $0.other(Int(index)) })
    }
  }
}
