import Texts
import Synchronization

/// A name as a key: its characters and their hash, worked out once.
public struct Key: Sendable, Hashable {
  public let text: Text
  let hash: UInt32
  /// True for the key `1`, which is another key than `'1'`.
  let isInteger: Bool

  public init(_ text: Text) {
    self.text = text
    self.hash = Key.hash(text)
    self.isInteger = false
  }

  public init(_ string: String) { self.init(Text(string)) }

  init(_ int: Int) {
    self.text = Text(String(int))
    self.hash = Key.hash(text)
    self.isInteger = true
  }

  init?(_ value: Value) {
    switch value {
    case .text(let text), .typed(let text, _): self.init(text)
    case .markup(let markup): self.init(markup.text)
    case .int(let int): self.init(int)
    case .decimal(let decimal) where decimal.isLargeWhole: self.init(largeWhole: decimal)
    default: return nil
    }
  }

  private init(largeWhole decimal: Decimal) {
    text = Text(decimal.canonical)
    hash = Key.hash(text)
    isInteger = true
  }

  /// FNV-1a over the bytes.
  private static func hash(_ text: Text) -> UInt32 {
    text.withBytes { bytes in
      var hash: UInt32 = 2_166_136_261
      for index in bytes.indices { hash = (hash ^ UInt32(bytes[index])) &* 16_777_619 }
      return hash
    }
  }

  public static func == (left: Key, right: Key) -> Bool {
    left.hash == right.hash && left.isInteger == right.isInteger && left.text == right.text
  }

  public func hash(into hasher: inout Hasher) { hasher.combine(hash) }

  var value: Value {
    guard isInteger else { return .text(text) }
    return Decimal(text.bytes).map { Value(whole: $0) } ?? .text(text)
  }
}

/// The keys of a map in their order. Records with the same fields share one shape.
public final class Shape: Sendable {
  public let keys: [Key]
  /// Tells it from every other of the program, those that are gone too.
  let number = Shape.made.wrappingAdd(1, ordering: .relaxed).newValue
  private static let made = Atomic(0)
  /// The keys' hashes side by side, so that a search touches no reference counts.
  fileprivate let hashes: [UInt32]
  fileprivate let table: SlotTable

  /// The first of several equal keys counts.
  public init(_ keys: [Key]) {
    self.keys = keys
    hashes = keys.map(\.hash)
    var table = SlotTable(room: keys.count)
    for (slot, hash) in hashes.enumerated() { table.insert(slot, hash: hash) }
    self.table = table
  }

  fileprivate init(_ names: DistinctKeys) {
    keys = names.keys
    hashes = names.hashes
    table = names.table
  }

  /// The slot of a key, or nil.
  public func slot(of key: Key) -> Int? {
    table.slot(hash: key.hash, hashes) { keys[$0] == key }
  }
}

/// Collects keys and numbers them; a key that comes again has its first number.
public struct DistinctKeys: Sendable {
  public private(set) var keys: [Key] = []
  fileprivate var hashes: [UInt32] = []
  fileprivate var table: SlotTable

  public init(room: Int) {
    table = SlotTable(room: room)
    keys.reserveCapacity(room)
    hashes.reserveCapacity(room)
  }

  /// The keys of a shape, to which more may be added.
  public init(_ shape: Shape) {
    keys = shape.keys
    hashes = shape.hashes
    table = shape.table
  }

  /// The slot of a key that is among them, or nil.
  public func existingSlot(of key: Key) -> Int? {
    table.slot(hash: key.hash, hashes) { keys[$0] == key }
  }

  /// The same for a key that lies somewhere, without a copy of it.
  @inline(__always)
  func existingSlot(of key: UnsafePointer<Key>) -> Int? {
    table.slot(hash: key.pointee.hash, hashes) { keys[$0] == key.pointee }
  }

  /// The slot of the key, new or old.
  public mutating func slot(of key: Key) -> Int {
    if let slot = table.slot(hash: key.hash, hashes, where: { keys[$0] == key }) { return slot }
    let slot = keys.count
    keys.append(key)
    hashes.append(key.hash)
    if table.isFull(count: keys.count) {
      table = SlotTable(room: keys.count * 2)
      for (slot, hash) in hashes.enumerated() { table.insert(slot, hash: hash) }
    } else {
      table.insert(slot, hash: key.hash)
    }
    return slot
  }

  public var shape: Shape { Shape(self) }
}

/// Slots by hash, with open addressing; few keys are looked through in a row.
fileprivate struct SlotTable: Sendable {
  /// A slot's number plus one, 0 for empty.
  private var places: [UInt32] = []

  init(room: Int) {
    guard room > 8 else { return }
    var size = 32
    while size < room * 2 { size *= 2 }
    places = [UInt32](repeating: 0, count: size)
  }

  func isFull(count: Int) -> Bool { places.isEmpty ? count > 8 : count * 2 > places.count }

  mutating func insert(_ slot: Int, hash: UInt32) {
    guard !places.isEmpty else { return }
    var place = Int(hash) & (places.count - 1)
    while places[place] != 0 { place = (place + 1) & (places.count - 1) }
    places[place] = UInt32(slot + 1)
  }

  func slot(hash: UInt32, _ hashes: [UInt32], where isSame: (Int) -> Bool) -> Int? {
    if places.isEmpty {
      for slot in hashes.indices where hashes[slot] == hash && isSame(slot) { return slot }
      return nil
    }
    var place = Int(hash) & (places.count - 1)
    while places[place] != 0 {
      let slot = Int(places[place]) - 1
      if hashes[slot] == hash, isSame(slot) { return slot }
      place = (place + 1) & (places.count - 1)
    }
    return nil
  }
}

/// An ordered map: a record, a JSON object, a map literal.
public final class ValueMap: Sendable {
  public let shape: Shape
  /// The place of the values: a window of a store, or here.
  let store: ValueStore?
  /// The values of a map that is no window.
  let ownValues: [Value]
  private let ownPlace: Text?
  private let placeRange: SourceRange?
  /// The window of the store, and the text that stored ranges are of.
  let stored: ArrayView<StoredValue>
  let text: SourceBytes
  /// Tells whether it is a row of named values, as `groupby` gives: a loop goes through its values.
  let isRow: Bool
  private let nestingMemory = NestingMemory()

  /// - Parameter values: one for each key of the shape.
  public init(shape: Shape, values: [Value], place: Text? = nil, isRow: Bool = false) {
    self.shape = shape
    (store, ownValues) = (nil, values)
    (stored, text) = (ArrayView(), SourceBytes())
    (ownPlace, placeRange) = (place, nil)
    self.isRow = isRow
  }

  /// A window of a store.
  ///
  /// - Parameters:
  ///   - first: the value of the shape's first key; those of the others follow it.
  ///   - place: where the record stands in the store's source.
  public init(shape: Shape, in store: ValueStore, from first: Int, place: SourceRange?) {
    self.shape = shape
    (self.store, ownValues) = (store, [])
    (stored, text) = (store.stored.window(from: first, count: shape.keys.count), store.text)
    (ownPlace, placeRange) = (nil, place)
    isRow = false
  }

  /// The last of several equal keys counts, in the place of the first.
  public convenience init(_ entries: [(Key, Value)], place: Text? = nil) {
    var keys = DistinctKeys(room: entries.count)
    var values: [Value] = []
    values.reserveCapacity(entries.count)
    for (key, value) in entries {
      let slot = keys.slot(of: key)
      if slot == values.count { values.append(value) } else { values[slot] = value }
    }
    self.init(shape: keys.shape, values: values, place: place)
  }

  public var count: Int { shape.keys.count }
  public var isEmpty: Bool { count == 0 }

  /// One value for each key of the shape.
  public var values: [Value] { store == nil ? ownValues : (0..<count).map { self[slot: $0] } }

  /// The place in the data, to show which record lacks a field.
  public var place: Text? {
    guard let store, let placeRange else { return ownPlace }
    return Text(source: store.source, range: placeRange)
  }

  /// The value of the key at a place in the shape.
  public subscript(slot slot: Int) -> Value {
    guard let store else { return ownValues[slot] }
    return store.value(stored[slot])
  }

  public subscript(key: Key) -> Value? {
    shape.slot(of: key).map { self[slot: $0] }
  }

  public subscript(name: String) -> Value? { self[Key(name)] }

  var nesting: Nesting { nestingMemory.nesting { Nesting(of: values) } }

  var keys: [Key] { shape.keys }

  /// The keys that a loop goes through.
  var items: [Value] { isRow ? values : keys.map(\.value) }

  func hasSameEntries(as other: ValueMap) -> Bool {
    count == other.count
      && zip(keys, values).allSatisfy { key, value in other[key] == value }
  }

  func append(to output: inout [UInt8]) {
    if isRow { return Value.tuple(values).append(to: &output) }
    output += "{".utf8
    for (index, (key, value)) in zip(keys, values).enumerated() {
      guard output.count <= Limits.textSize else { return }
      if index > 0 { output += ", ".utf8 }
      key.value.appendQuoted(to: &output)
      output += ": ".utf8
      value.appendQuoted(to: &output)
    }
    output += "}".utf8
  }
}
