import Diagnostics
import Texts

/// The type of a field, with the parameters that recutils gives it.
public enum FieldType: Sendable {
  case integer
  case boolean
  /// A range of integers; nil stands for `MIN` and `MAX`.
  case range(least: Int?, most: Int?)
  case real
  case line
  /// The most bytes, which recutils counts.
  case size(Int)
  case regexp(RegularExpression)
  case date
  case enumeration([Text])
  case field
  case email
  case uuid
  /// The key of a record of that type.
  case record(type: Text)
}

/// The words after the field in `%type`: a type, or the name of a `%typedef`.
public enum TypeExpression: Sendable {
  case type(FieldType)
  case named(Text)

  /// The name of a `%typedef`; nil for a type that is written out.
  var name: Text? {
    if case .named(let name) = self { name } else { nil }
  }

  static let keywords = [
    "int", "bool", "range", "real", "line", "size", "regexp", "date", "enum", "field", "email",
    "uuid", "rec",
  ]

  /// Parses `text`; `name`, which stands before it, is the place of a type that is missing.
  init(_ text: Text, after name: Text) throws(Diagnostic) {
    var words = Words(text)
    guard let keyword = words.next() else { throw Self.mistake(.noTypeName, at: name) }
    let rest = words.rest()
    switch keyword.string {
    case "int": self = try .plain(.integer, keyword, rest)
    case "bool": self = try .plain(.boolean, keyword, rest)
    case "real": self = try .plain(.real, keyword, rest)
    case "line": self = try .plain(.line, keyword, rest)
    case "date": self = try .plain(.date, keyword, rest)
    case "field": self = try .plain(.field, keyword, rest)
    case "email": self = try .plain(.email, keyword, rest)
    case "uuid": self = try .plain(.uuid, keyword, rest)
    case "range": self = .type(try Self.range(rest, keyword))
    case "size": self = .type(try Self.size(rest, keyword))
    case "regexp": self = .type(try Self.regexp(rest, keyword))
    case "enum": self = .type(try Self.enumeration(rest, keyword))
    case "rec": self = .type(try Self.record(rest, keyword))
    default:
      guard keyword.isTypeName else { throw Self.mistake(.noTypeName, at: keyword) }
      guard rest.isEmpty else { throw Self.mistake(.takesNothing(type: keyword.string), at: rest) }
      self = .named(keyword)
    }
  }

  private static func mistake(_ mistake: TypeMistake, at place: Text) -> Diagnostic {
    Diagnostic(.records(.badType(mistake)), at: place)
  }

  private static func plain(
    _ type: FieldType, _ keyword: Text, _ rest: Text
  ) throws(Diagnostic) -> TypeExpression {
    guard rest.isEmpty else { throw mistake(.takesNothing(type: keyword.string), at: rest) }
    return .type(type)
  }

  private static func range(_ text: Text, _ keyword: Text) throws(Diagnostic) -> FieldType {
    let bounds = text.words
    func bound(_ word: Text, _ open: String) throws(Diagnostic) -> Int? {
      if word.isSpelled(open) { return nil }
      guard let number = word.integer else { throw mistake(.range, at: word) }
      return number
    }
    switch bounds.count {
    case 1: return .range(least: 0, most: try bound(bounds[0], "MAX"))
    case 2: return .range(least: try bound(bounds[0], "MIN"), most: try bound(bounds[1], "MAX"))
    default: throw mistake(.range, at: text.isEmpty ? keyword : text)
    }
  }

  private static func size(_ text: Text, _ keyword: Text) throws(Diagnostic) -> FieldType {
    guard let limit = text.integer, limit >= 0 else {
      throw mistake(.size, at: text.isEmpty ? keyword : text)
    }
    return .size(limit)
  }

  private static func regexp(_ text: Text, _ keyword: Text) throws(Diagnostic) -> FieldType {
    let bytes = text.bytes
    guard let mark = bytes.first, bytes.count > 1, bytes.last == mark else {
      throw mistake(.regexp(reason: nil), at: text.isEmpty ? keyword : text)
    }
    let pattern = bytes.dropFirst().dropLast()
    guard !pattern.contains(mark) else { throw mistake(.regexp(reason: nil), at: text) }
    return try regexp(pattern, at: text)
  }

  /// The type of values that match an expression, without signs around it.
  static func regexp(_ text: Text) throws(Diagnostic) -> FieldType {
    try regexp(text.bytes, at: text)
  }

  private static func regexp(
    _ pattern: ArraySlice<UInt8>, at place: Text
  ) throws(Diagnostic) -> FieldType {
    do {
      return .regexp(try RegularExpression(pattern))
    } catch {
      throw mistake(.regexp(reason: error.reason), at: place)
    }
  }

  private static func record(_ text: Text, _ keyword: Text) throws(Diagnostic) -> FieldType {
    guard text.isTypeName else { throw mistake(.record, at: text.isEmpty ? keyword : text) }
    return .record(type: text)
  }

  static func enumeration(_ text: Text, _ keyword: Text) throws(Diagnostic) -> FieldType {
    var values: [Text] = []
    var offset = text.bytes.startIndex
    let bytes = text.bytes
    while offset < bytes.endIndex {
      let start = offset
      if bytes[offset].isSpace {
        offset += 1
      } else if bytes[offset] == UInt8(ascii: "(") {
        guard let end = endOfComment(bytes[offset...]) else {
          throw mistake(.enumeration, at: text)
        }
        offset = end
      } else {
        while offset < bytes.endIndex, bytes[offset].isEnumerationPart { offset += 1 }
        guard offset > start, bytes[start].isDigit || bytes[start].isLetter else {
          throw mistake(.enumeration, at: text)
        }
        values.append(
          Text(source: text.source, range: SourceRange(start: start, end: offset)))
      }
    }
    guard !values.isEmpty else { throw mistake(.enumeration, at: text.isEmpty ? keyword : text) }
    return .enumeration(values)
  }

  /// The offset after the closing bracket; brackets do not nest.
  private static func endOfComment(_ bytes: ArraySlice<UInt8>) -> Int? {
    guard let close = bytes.firstIndex(of: UInt8(ascii: ")")),
      !bytes[bytes.startIndex..<close].dropFirst().contains(UInt8(ascii: "("))
    else { return nil }
    return close + 1
  }
}

extension UInt8 {
  fileprivate var isEnumerationPart: Bool { isNamePart || self == UInt8(ascii: "-") }
}
