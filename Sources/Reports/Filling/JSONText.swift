import Diagnostics
import Texts
import Templating

/// Data that another program made: JSON (RFC 8259).
///
/// Foundation's decoder keeps neither the order of an object's members nor where a value stands,
/// and reads numbers as binary ones; so this reads the bytes itself.
enum JSONText {
  /// The members of the object that the text is, in their order; the last of several of one name
  /// counts.
  ///
  /// - Parameter shapes: what objects with the same members share, in this text and in those before.
  static func map(_ source: Source, sharing shapes: inout KnownShapes) throws(Diagnostic)
    -> ValueMap
  {
    var reader = JSONReader(source, shapes)
    defer { shapes = reader.shapes }
    guard case .map(let map) = try reader.document() else {
      throw Diagnostic(.source(.notAnObject), at: source.text)
    }
    return map
  }
}

/// The shapes of the objects that were read last.
struct KnownShapes {
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
    if shapes.count == KnownShapes.most { shapes.removeFirst() }
    shapes.append(shape)
  }
}

private struct JSONReader {
  private let source: Source
  private let bytes: [UInt8]
  private var index = 0
  private(set) var shapes: KnownShapes

  /// Arrays and objects inside each other.
  private static let deepest = 512

  init(_ source: Source, _ shapes: KnownShapes) {
    (self.source, self.shapes) = (source, shapes)
    bytes = source.bytes
  }

  mutating func document() throws(Diagnostic) -> Value {
    let value = try value(depth: 0)
    if next != nil { throw fault }
    return value
  }

  /// What cannot stand at `index`, up to the end of its line; the last byte where more is needed.
  private var fault: Diagnostic {
    let last = bytes.lastIndex { $0 > 0x20 } ?? 0
    let start = index < bytes.count ? index : last
    let end = max(start, source.lineRange(at: start).upperBound)
    return Diagnostic(
      .source(.notJSON),
      at: Text(source: source, range: SourceRange(start: start, end: end)))
  }

  /// The next byte that is not white space.
  private var next: UInt8? {
    mutating get {
      while index < bytes.count {
        switch bytes[index] {
        case 0x20, 0x09, 0x0A, 0x0D: index += 1
        default: return bytes[index]
        }
      }
      return nil
    }
  }

  private mutating func take(_ wanted: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: wanted) else { return false }
    index += 1
    return true
  }

  private func text(from start: Int) -> Text {
    Text(source: source, range: SourceRange(start: start, end: index))
  }

  private mutating func value(depth: Int) throws(Diagnostic) -> Value {
    guard let first = next, depth < JSONReader.deepest else { throw fault }
    switch first {
    case UInt8(ascii: "{"): return .map(try object(depth))
    case UInt8(ascii: "["): return .list(try array(depth))
    case UInt8(ascii: "\""): return .text(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .none)
    default: return try number()
    }
  }

  private mutating func array(_ depth: Int) throws(Diagnostic) -> [Value] {
    index += 1
    var items: [Value] = []
    if take("]") { return items }
    repeat { items.append(try value(depth: depth + 1)) } while take(",")
    guard take("]") else { throw fault }
    return items
  }

  private mutating func object(_ depth: Int) throws(Diagnostic) -> ValueMap {
    let start = index
    index += 1
    let place = text(from: start)
    var (names, values): ([Text], [Value]) = ([], [])
    if take("}") { return ValueMap([], place: place) }
    repeat {
      guard next == UInt8(ascii: "\"") else { throw fault }
      names.append(try string())
      guard take(":") else { throw fault }
      values.append(try value(depth: depth + 1))
    } while take(",")
    guard take("}") else { throw fault }
    guard let shape = shapes.shape(of: names) ?? newShape(names) else {
      return ValueMap(zip(names, values).map { (Key($0), $1) }, place: place)
    }
    // A template prints stored values where they lie.
    var store = ValueStore.Builder(source, room: values.count)
    for value in values { store.append(value) }
    return ValueMap(shape: shape, in: store.finish(), from: 0, place: place.range)
  }

  /// nil where a name comes twice.
  private mutating func newShape(_ names: [Text]) -> Shape? {
    var keys = DistinctKeys(room: names.count)
    for name in names { _ = keys.slot(of: Key(name)) }
    guard keys.keys.count == names.count else { return nil }
    let shape = keys.shape
    shapes.keep(shape)
    return shape
  }

  private mutating func word(_ word: String, _ value: Value) throws(Diagnostic) -> Value {
    guard bytes[index...].starts(with: word.utf8) else { throw fault }
    index += word.utf8.count
    return value
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

// MARK: - Strings

extension JSONReader {
  /// A string without escapes is the text as it stands in the file.
  private mutating func string() throws(Diagnostic) -> Text {
    index += 1
    let start = index
    while index < bytes.count, bytes[index] >= 0x20 {
      switch bytes[index] {
      case UInt8(ascii: "\""):
        defer { index += 1 }
        return text(from: start)
      case UInt8(ascii: "\\"): return try escapedString(from: start)
      default: index += 1
      }
    }
    throw fault
  }

  private mutating func escapedString(from start: Int) throws(Diagnostic) -> Text {
    var result = Array(bytes[start..<index])
    while index < bytes.count, bytes[index] >= 0x20 {
      switch bytes[index] {
      case UInt8(ascii: "\""):
        defer { index += 1 }
        return Text(computed: result, from: text(from: start))
      case UInt8(ascii: "\\"): try appendEscape(to: &result)
      default:
        result.append(bytes[index])
        index += 1
      }
    }
    throw fault
  }

  private mutating func appendEscape(to result: inout [UInt8]) throws(Diagnostic) {
    guard index + 1 < bytes.count else { throw fault }
    switch bytes[index + 1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): result.append(bytes[index + 1])
    case UInt8(ascii: "b"): throw control(0x08, length: 2)
    case UInt8(ascii: "f"): throw control(0x0C, length: 2)
    case UInt8(ascii: "n"): appendLineFeed(to: &result)
    case UInt8(ascii: "r"): result.append(0x0D)
    case UInt8(ascii: "t"): result.append(0x09)
    case UInt8(ascii: "u"): return try appendScalar(to: &result)
    default: throw fault
    }
    index += 2
  }

  /// A line ends in one byte, as where files are read.
  private func appendLineFeed(to result: inout [UInt8]) {
    if result.last == 0x0D { result.removeLast() }
    result.append(0x0A)
  }

  /// A control character that no text holds: it would spoil the page it comes into.
  private func control(_ code: UInt32, length: Int) -> Diagnostic {
    Diagnostic(
      .source(.controlCharacter(code: UInt8(truncatingIfNeeded: code))),
      at: Text(source: source, range: SourceRange(start: index, end: index + length)))
  }

  /// `\u1EA3`, or two halves `\uD83D\uDE00`; half a pair is refused.
  private mutating func appendScalar(to result: inout [UInt8]) throws(Diagnostic) {
    guard var code = unit(at: index) else { throw fault }
    var length = 6
    if code & 0xFC00 == 0xD800, let low = unit(at: index + 6), low & 0xFC00 == 0xDC00 {
      code = 0x10000 + (code & 0x3FF) << 10 + low & 0x3FF
      length = 12
    }
    guard let scalar = Unicode.Scalar(code) else { throw fault }
    switch code {
    case 0x0A: appendLineFeed(to: &result)
    case 0x09, 0x0D: result.append(UInt8(code))
    case 0..<0x20, 0x7F..<0xA0: throw control(code, length: length)
    default: result += String(scalar).utf8
    }
    index += length
  }

  /// The number of `\uXXXX`.
  private func unit(at start: Int) -> UInt32? {
    guard start + 6 <= bytes.count, bytes[start] == UInt8(ascii: "\\"),
      bytes[start + 1] == UInt8(ascii: "u")
    else { return nil }
    let digits = bytes[(start + 2)..<(start + 6)]
    guard !digits.contains(UInt8(ascii: "+")), !digits.contains(UInt8(ascii: "-")) else {
      return nil
    }
    return UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
  }
}
