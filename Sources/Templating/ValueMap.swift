import Diagnostics

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
    case .text(let text), .markup(let text): self.init(text)
    case .int(let int): self.init(int)
    default: return nil
    }
  }

  /// FNV-1a over the bytes.
  private static func hash(_ text: Text) -> UInt32 {
    var hash: UInt32 = 2_166_136_261
    for byte in text.bytes { hash = (hash ^ UInt32(byte)) &* 16_777_619 }
    return hash
  }

  public static func == (left: Key, right: Key) -> Bool {
    left.hash == right.hash && left.isInteger == right.isInteger && left.text == right.text
  }

  public func hash(into hasher: inout Hasher) { hasher.combine(hash) }

  var value: Value {
    isInteger ? .int(Int(text.string) ?? 0) : .text(text)
  }
}

/// The keys of a map in their order. Records with the same fields share one shape.
public final class Shape: Sendable {
  public let keys: [Key]
  /// Open addressing over the keys' hashes; a slot's number plus one, 0 for empty.
  private let table: [UInt16]

  /// The first of several equal keys counts.
  public init(_ keys: [Key]) {
    self.keys = keys
    self.table = keys.count > 6 && keys.count < 30_000 ? Shape.table(keys) : []
  }

  private static func table(_ keys: [Key]) -> [UInt16] {
    var size = 16
    while size < keys.count * 2 { size *= 2 }
    var table = [UInt16](repeating: 0, count: size)
    for (slot, key) in keys.enumerated() {
      var place = Int(key.hash) & (size - 1)
      while table[place] != 0 { place = (place + 1) & (size - 1) }
      table[place] = UInt16(slot + 1)
    }
    return table
  }

  /// The slot of a key, or nil.
  public func slot(of key: Key) -> Int? {
    if table.isEmpty { return keys.firstIndex { $0 == key } }
    var place = Int(key.hash) & (table.count - 1)
    while table[place] != 0 {
      let slot = Int(table[place]) - 1
      if keys[slot] == key { return slot }
      place = (place + 1) & (table.count - 1)
    }
    return nil
  }
}

/// An ordered map: a record, a JSON object, a map literal.
public final class ValueMap: Sendable {
  public let shape: Shape
  /// One value for each key of the shape.
  public let values: [Value]
  /// Where it stands in the data, to show which record lacks a field.
  public let place: Text?
  /// Whether it is a row of named values, as `groupby` gives: a loop goes through its values.
  let isRow: Bool

  public init(shape: Shape, values: [Value], place: Text? = nil, isRow: Bool = false) {
    self.shape = shape
    self.values = values
    self.place = place
    self.isRow = isRow
  }

  /// The last of several equal keys counts, in the place of the first.
  public convenience init(_ entries: [(Key, Value)], place: Text? = nil) {
    var keys: [Key] = []
    var values: [Value] = []
    var slots: [Key: Int] = [:]
    for (key, value) in entries {
      if let slot = slots[key] {
        values[slot] = value
      } else {
        slots[key] = keys.count
        keys.append(key)
        values.append(value)
      }
    }
    self.init(shape: Shape(keys), values: values, place: place)
  }

  public subscript(key: Key) -> Value? {
    shape.slot(of: key).map { values[$0] }
  }

  public subscript(name: String) -> Value? { self[Key(name)] }

  var keys: [Key] { shape.keys }

  /// What a loop goes through.
  var items: [Value] { isRow ? values : keys.map(\.value) }

  func hasSameEntries(as other: ValueMap) -> Bool {
    values.count == other.values.count
      && zip(keys, values).allSatisfy { key, value in other[key] == value }
  }

  func append(to output: inout [UInt8]) {
    output += "{".utf8
    for (index, (key, value)) in zip(keys, values).enumerated() {
      if index > 0 { output += ", ".utf8 }
      key.value.appendQuoted(to: &output)
      output += ": ".utf8
      value.appendQuoted(to: &output)
    }
    output += "}".utf8
  }
}
