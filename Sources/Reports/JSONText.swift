import Diagnostics
import FoundationEssentials
import Templating

/// Data that another program made: JSON, read by Foundation's decoder.
///
/// Numbers stay exact. The decoder does not keep the order of an object's members, so they come
/// in the order of their names.
enum JSONText {
  static func map(_ source: Source) throws(Diagnostic) -> ValueMap {
    let value: JSONValue
    do {
      value = try JSONDecoder().decode(JSONValue.self, from: Data(source.bytes))
    } catch {
      var scanner = JSONScanner(source.bytes)
      throw Diagnostic(.source(.notJSON), at: source.text(from: scanner.firstFault))
    }
    guard case .object(let members) = value else {
      throw Diagnostic(.source(.notAnObject), at: source.text)
    }
    return map(members)
  }

  private static func map(_ members: [String: JSONValue]) -> ValueMap {
    ValueMap(members.sorted { $0.key < $1.key }.map { (Key($0.key), templateValue($0.value)) })
  }

  private static func templateValue(_ value: JSONValue) -> Value {
    switch value {
    case .null: .none
    case .bool(let bool): .bool(bool)
    case .int(let int): .int(int)
    case .number(let digits): Templating.Decimal(digits.utf8).map { .decimal($0) } ?? Value(digits)
    case .string(let string): Value(string)
    case .array(let items): .list(items.map(templateValue))
    case .object(let members): .map(map(members))
    }
  }
}

private enum JSONValue: Decodable {
  case null
  case bool(Bool)
  case int(Int)
  case number(String)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let bool = try? container.decode(Bool.self) {
      self = .bool(bool)
    } else if let int = try? container.decode(Int.self) {
      self = .int(int)
    } else if let decimal = try? container.decode(FoundationEssentials.Decimal.self) {
      self = .number(decimal.description)
    } else if let string = try? container.decode(String.self) {
      self = .string(string)
    } else if let items = try? container.decode([JSONValue].self) {
      self = .array(items)
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }
}

/// Finds where a text stops being JSON; the decoder does not tell.
private struct JSONScanner {
  private let bytes: [UInt8]
  private var index = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The offset of the first byte that cannot stand there; that of the last one where more is
  /// needed, and the beginning where JSON is right and only the decoder refuses it.
  var firstFault: Int {
    mutating get {
      index = 0
      if value(depth: 0), next == nil { return 0 }
      return index < bytes.count ? index : bytes.lastIndex { $0 > 0x20 } ?? 0
    }
  }

  /// The next byte that is not white space.
  private var next: UInt8? {
    mutating get {
      while index < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[index]) { index += 1 }
      return index < bytes.count ? bytes[index] : nil
    }
  }

  private mutating func take(_ wanted: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: wanted) else { return false }
    index += 1
    return true
  }

  private mutating func value(depth: Int) -> Bool {
    guard let first = next, depth < 512 else { return false }
    switch first {
    case UInt8(ascii: "{"): return members(closedBy: "}", depth, haveNames: true)
    case UInt8(ascii: "["): return members(closedBy: "]", depth, haveNames: false)
    case UInt8(ascii: "\""): return string()
    default: return ["true", "false", "null"].contains { word($0) } || number()
    }
  }

  private mutating func members(
    closedBy end: Unicode.Scalar, _ depth: Int, haveNames: Bool
  ) -> Bool {
    index += 1
    if take(end) { return true }
    repeat {
      if haveNames {
        guard next == UInt8(ascii: "\""), string(), take(":") else { return false }
      }
      guard value(depth: depth + 1) else { return false }
    } while take(",")
    return take(end)
  }

  private mutating func string() -> Bool {
    index += 1
    while index < bytes.count, bytes[index] >= 0x20 {
      switch bytes[index] {
      case UInt8(ascii: "\""):
        index += 1
        return true
      case UInt8(ascii: "\\"): index += 2
      default: index += 1
      }
    }
    return false
  }

  private mutating func word(_ word: String) -> Bool {
    guard bytes[index...].starts(with: word.utf8) else { return false }
    index += word.utf8.count
    return true
  }

  private mutating func number() -> Bool {
    let start = index
    let signs = "+-.eE0123456789".utf8
    while index < bytes.count, signs.contains(bytes[index]) { index += 1 }
    return index > start
  }
}

extension Source {
  /// The rest of the line from an offset on.
  fileprivate func text(from offset: Int) -> Text {
    let end = lineRange(at: offset).upperBound
    return Text(source: self, range: SourceRange(start: offset, end: max(end, offset)))
  }
}
