import Diagnostics
import Texts
import Templating

/// Data that another program made: JSON (RFC 8259).
///
/// Foundation's decoder keeps neither the order of an object's members nor where a value stands,
/// and reads numbers as binary ones; so this reads the bytes itself.
enum JSONText {
  /// The members of the object that the text is, in their order.
  ///
  /// - Parameter shapes: what objects with the same members share, in this text and in those before.
  /// - Throws: the names that come twice in one object, and where the text is no JSON.
  static func map(_ source: Source, sharing shapes: inout ObjectShapes) throws(Problems)
    -> ValueMap
  {
    let text = source.bytes
    let span = text.span
    var reader = JSONReader(source, shapes)
    defer { shapes = reader.shapes }
    let map = try reader.map(span.bytes)
    if !reader.hasWrongNames { return map }
    // Each name has to be read where it stands.
    var close = JSONReader(source, ObjectShapes(), expectsShapes: false)
    _ = try close.map(span.bytes)
    throw Problems(close.problems.inOrder(from: source))
  }
}

/// The shapes of the objects that were read last.
struct ObjectShapes {
  private var shapes: [Shape] = []

  private static let most = 16

  /// The shape of an object with these names, in this order; nil where none such was kept.
  func shape(of names: [Text]) -> Shape? {
    shapes.first { shape in
      guard shape.keys.count == names.count else { return false }
      return names.indices.allSatisfy { shape.keys[$0].text == names[$0] }
    }
  }

  mutating func keep(_ shape: Shape) {
    if shapes.count == ObjectShapes.most { shapes.removeFirst() }
    shapes.append(shape)
  }
}

/// Reads a JSON text from its start; its strings are in `JSONStrings.swift`.
struct JSONReader {
  let source: Source
  let bytes: [UInt8]
  var index = 0
  private(set) var shapes: ObjectShapes
  /// Tells whether objects are held against the one before, whose names stand elsewhere.
  private let expectsShapes: Bool
  /// Tells whether a name comes twice in an object, or holds what nobody sees.
  private(set) var hasWrongNames = false
  /// Those names, where no shapes are expected.
  private(set) var problems: [Diagnostic] = []

  /// Arrays and objects inside each other.
  private static let deepest = 512

  init(_ source: Source, _ shapes: ObjectShapes, expectsShapes: Bool = true) {
    (self.source, self.shapes, self.expectsShapes) = (source, shapes, expectsShapes)
    bytes = source.bytes
  }

  /// Reads the object that the whole text is.
  ///
  /// - Parameter bytes: those of the source.
  mutating func map(_ bytes: RawSpan) throws(Problems) -> ValueMap {
    do throws(Diagnostic) {
      guard case .map(let map) = try document(bytes) else {
        throw Diagnostic(.source(.notAnObject), at: source.text)
      }
      return map
    } catch {
      throw Problems(problems + [error])
    }
  }

  private mutating func document(_ bytes: RawSpan) throws(Diagnostic) -> Value {
    let value = try value(bytes, depth: 0)
    if next(bytes) != nil { throw fault }
    return value
  }

  /// The text that cannot stand at `index`, up to the end of its line; the last byte where more is
  /// needed.
  var fault: Diagnostic {
    let last = bytes.lastIndex { $0 > 0x20 } ?? 0
    let start = index < bytes.count ? index : last
    let end = max(start, source.lineRange(at: start).upperBound)
    return Diagnostic(
      .source(.notJSON),
      at: Text(source: source, range: SourceRange(start: start, end: end)))
  }

  /// The next byte that is not white space.
  @inline(__always)
  private mutating func next(_ bytes: RawSpan) -> UInt8? {
    while index < bytes.byteCount {
      let byte = bytes[index]
      switch byte {
      case 0x20, 0x09, 0x0A, 0x0D: index &+= 1
      default: return byte
      }
    }
    return nil
  }

  @inline(__always)
  private mutating func take(_ wanted: Unicode.Scalar, _ bytes: RawSpan) -> Bool {
    guard next(bytes) == UInt8(ascii: wanted) else { return false }
    index += 1
    return true
  }

  /// The byte at `index`.
  private var sign: Text {
    Text(source: source, range: SourceRange(start: index, end: index + 1))
  }

  func text(from start: Int) -> Text {
    Text(source: source, range: SourceRange(start: start, end: index))
  }

  private mutating func value(_ bytes: RawSpan, depth: Int) throws(Diagnostic) -> Value {
    guard let first = next(bytes) else { throw fault }
    guard depth < JSONReader.deepest else {
      throw Diagnostic(.source(.jsonTooDeep(JSONReader.deepest)), at: sign)
    }
    switch first {
    case UInt8(ascii: "{"): return .map(try object(bytes, depth))
    case UInt8(ascii: "["): return .items(try array(bytes, depth))
    case UInt8(ascii: "\""): return .text(try string(bytes))
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .none)
    default: return try number()
    }
  }

  private mutating func word(_ word: String, _ value: Value) throws(Diagnostic) -> Value {
    guard bytes[index...].starts(with: word.utf8) else { throw fault }
    index += word.utf8.count
    return value
  }
}

// MARK: - Objects

extension JSONReader {
  private mutating func object(_ bytes: RawSpan, _ depth: Int) throws(Diagnostic) -> ValueMap {
    let place = SourceRange(start: index, end: index + 1)
    // A template prints stored values where they lie.
    var values = ValueStore.Builder(source, room: 8)
    let shape = try members(bytes, depth, like: nil, to: &values)
    return ValueMap(shape: shape, in: values.finish(), from: 0, place: place)
  }

  /// Reads the members of an object, and appends their values.
  ///
  /// - Parameter expected: the shape that it most likely has, of names without escapes.
  /// - Returns: its shape.
  private mutating func members(
    _ bytes: RawSpan, _ depth: Int, like expected: Shape?, to values: inout ValueStore.Builder
  ) throws(Diagnostic) -> Shape {
    index += 1
    if take("}", bytes) { return JSONReader.emptyShape }
    let keys = expected?.keys ?? []
    // How many had the names that were expected, and the names of all others.
    var (met, names): (Int, [Text]) = (0, [])
    repeat {
      guard next(bytes) == UInt8(ascii: "\"") else { throw fault }
      if names.isEmpty, met < keys.count, takeName(keys[met].text, bytes) {
        met += 1
      } else {
        names.append(try string(bytes))
      }
      guard take(":", bytes) else { throw fault }
      try appendValue(bytes, depth + 1, to: &values)
    } while take(",", bytes)
    guard take("}", bytes) else { throw fault }
    if let expected, met == keys.count, names.isEmpty { return expected }
    names = keys.prefix(met).map(\.text) + names
    return shapes.shape(of: names) ?? newShape(names)
  }

  private static let emptyShape = DistinctKeys(room: 0).shape

  private mutating func appendValue(
    _ bytes: RawSpan, _ depth: Int, to values: inout ValueStore.Builder
  ) throws(Diagnostic) {
    if next(bytes) == UInt8(ascii: "\""), depth < JSONReader.deepest,
      let range = takeUnescapedString(bytes)
    {
      values.append(.text(range))
    } else {
      values.append(try value(bytes, depth: depth))
    }
  }

  /// Takes a string if it is a name that has no escapes.
  private mutating func takeName(_ name: Text, _ bytes: RawSpan) -> Bool {
    let end = index + 1 + name.count
    guard end < bytes.byteCount, bytes[end] == UInt8(ascii: "\"") else { return false }
    let isSame = name.withBytes { $0.bytes.hasSameBytes(as: bytes, at: index + 1) }
    if isSame { index = end + 1 }
    return isSame
  }

  /// The shape of an object with other names than those kept. One with wrong names is not kept.
  private mutating func newShape(_ names: [Text]) -> Shape {
    var keys = DistinctKeys(room: names.count)
    for name in names { _ = keys.slot(of: Key(name)) }
    let shape = keys.shape
    if keys.keys.count == names.count, !names.contains(where: \.holdsUnseen) {
      shapes.keep(shape)
    } else {
      hasWrongNames = true
      if !expectsShapes { problems += wrongNames(names) }
    }
    return shape
  }

  /// The places of a name that are shown.
  private static let mostPlaces = 10

  /// The names of an object that come again, each with its places, and what nobody sees of them.
  private func wrongNames(_ names: [Text]) -> [Diagnostic] {
    var keys = DistinctKeys(room: names.count)
    var problems: [Diagnostic] = []
    // For each name the index of its problem.
    var repeated: [Int: Int] = [:]
    for name in names {
      let count = keys.keys.count
      let slot = keys.slot(of: Key(name))
      if let known = repeated[slot] {
        guard problems[known].notes.count < JSONReader.mostPlaces else { continue }
        problems[known].notes.append(Diagnostic.Note(.alsoHere, at: name))
      } else if slot < count {
        repeated[slot] = problems.count
        let first = Diagnostic.Note(.firstHere, at: keys.keys[slot].text)
        problems.append(
          Diagnostic(.source(.repeatedMember(name.string)), at: name, notes: [first]))
      } else {
        problems += name.unseenCharacters(orBlank: false)
      }
    }
    return problems
  }
}

// MARK: - Arrays

extension JSONReader {
  private mutating func array(_ bytes: RawSpan, _ depth: Int) throws(Diagnostic) -> ItemList {
    index += 1
    if take("]", bytes) { return ItemList([]) }
    let (records, isWhole) = try records(bytes, depth + 1)
    if isWhole { return records }
    var items = Array(records)
    repeat { items.append(try value(bytes, depth: depth + 1)) } while take(",", bytes)
    guard take("]", bytes) else { throw fault }
    return ItemList(items)
  }

  /// Reads the objects that an array begins with, which are kept side by side as records are.
  ///
  /// - Returns: whether these are all of the array; otherwise a value follows.
  private mutating func records(
    _ bytes: RawSpan, _ depth: Int
  ) throws(Diagnostic) -> (ItemList, isWhole: Bool) {
    var values = ValueStore.Builder(source, room: 64)
    var rows: [RecordTable.Row] = []
    var shapes: [Shape] = []
    var expected: Shape?
    repeat {
      guard next(bytes) == UInt8(ascii: "{"), depth < JSONReader.deepest else {
        return (JSONReader.items(values, shapes, rows), false)
      }
      let place = SourceRange(start: index, end: index + 1)
      let first = values.count
      let shape = try members(bytes, depth, like: expected, to: &values)
      if shapes.last !== shape {
        shapes.append(shape)
        let isPlain = shape.keys.allSatisfy { $0.text.source.origin == nil }
        expected = isPlain && expectsShapes ? shape : nil
      }
      rows.append(RecordTable.Row(shape: shapes.count - 1, first: first, place: place))
    } while take(",", bytes)
    guard take("]", bytes) else { throw fault }
    return (JSONReader.items(values, shapes, rows), true)
  }

  private static func items(
    _ values: consuming ValueStore.Builder, _ shapes: [Shape], _ rows: [RecordTable.Row]
  ) -> ItemList {
    if rows.isEmpty { return ItemList([]) }
    return ItemList(RecordItems(RecordTable(values.finish(), rows), shapes, rows.indices))
  }
}

// MARK: - Numbers

extension JSONReader {
  /// Exact, whatever its length; one of more digits than templates count with is a text.
  private mutating func number() throws(Diagnostic) -> Value {
    let start = index
    if isAt("-") { index += 1 }
    let whole = index
    try digits()
    if bytes[whole] == UInt8(ascii: "0"), index > whole + 1 {
      index = whole + 1
      throw fault
    }
    if isAt(".") {
      index += 1
      try digits()
    }
    if isAt("e") || isAt("E") {
      index += 1
      if isAt("+") || isAt("-") { index += 1 }
      try digits()
    }
    let text = text(from: start)
    if let int = text.withBytes(wholeNumber) { return .int(int) }
    return Value(number: Decimal(text.bytes)) ?? .text(text)
  }

  private func isAt(_ sign: Unicode.Scalar) -> Bool {
    index < bytes.count && bytes[index] == UInt8(ascii: sign)
  }

  private mutating func digits() throws(Diagnostic) {
    let start = index
    while index < bytes.count, bytes[index] &- UInt8(ascii: "0") < 10 { index += 1 }
    if index == start { throw fault }
  }
}
