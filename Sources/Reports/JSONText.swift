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
      throw Diagnostic(.source(.notJSON(line: line(of: error, in: source))), at: source.text)
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

  /// The line that the decoder names in its message, if it names one.
  private static func line(of error: any Error, in source: Source) -> Int? {
    guard case DecodingError.dataCorrupted(let context) = error else { return nil }
    let text = String(describing: context.underlyingError ?? error)
    guard let start = text.firstRange(of: "line ")?.upperBound else { return nil }
    return Int(text[start...].prefix { $0.isNumber })
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
