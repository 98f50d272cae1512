import Diagnostics
import Texts

extension FieldType {
  /// What a value lacks to be of this type, by the rules of recutils 1.9; nil for a good value.
  ///
  /// A `date` is `28/6/2018` or `2018-06-28`: recutils reads slashes in American order.
  public func lack(of value: Text) -> WantedValue? {
    let bytes = value.bytes
    switch self {
    case .integer: return value.trimmed.bytes.isInteger ? nil : .integer
    case .boolean: return Self.booleans.contains { value.trimmed.isSpelled($0) } ? nil : .boolean
    case .range(let least, let most): return Self.rangeLack(value.trimmed, least, most)
    case .real: return value.trimmed.bytes.isReal ? nil : .real
    case .line: return bytes.contains(UInt8(ascii: "\n")) ? .line : nil
    case .size(let limit):
      return bytes.count > limit ? .size(limit: limit, found: bytes.count) : nil
    case .regexp(let expression):
      return expression.matches(bytes) ? nil : .regexp(expression.pattern)
    case .date: return Moment(bytes) == nil ? .date : nil
    case .enumeration(let values): return Self.enumerationLack(value.trimmed, values)
    case .field: return value.trimmed.isFieldName ? nil : .fieldName
    case .email: return value.trimmed.bytes.isEmail ? nil : .email
    case .uuid: return bytes.isUUID ? nil : .uuid
    case .record: return nil
    }
  }

  private static let booleans = ["yes", "no", "true", "false", "1", "0"]

  private static func rangeLack(_ value: Text, _ least: Int?, _ most: Int?) -> WantedValue? {
    guard value.bytes.isInteger, let number = value.integer,
      number >= least ?? number, number <= most ?? number
    else { return .range(least: least, most: most) }
    return nil
  }

  private static func enumerationLack(_ value: Text, _ values: [Text]) -> WantedValue? {
    if values.contains(value) { return nil }
    let names = values.map(\.string)
    return .oneOf(names, suggestion: nearest(to: value.string, among: names))
  }
}

extension ArraySlice<UInt8> {
  /// `-?[0-9]+` or `-?0x[0-9a-fA-F]+`.
  fileprivate var isInteger: Bool {
    let digits = withoutMinus
    if digits.starts(with: "0x".utf8) {
      let hexadecimal = digits.dropFirst(2)
      return !hexadecimal.isEmpty && hexadecimal.allSatisfy(\.isHexadecimal)
    }
    return !digits.isEmpty && digits.allSatisfy(\.isDigit)
  }

  /// `-?([0-9]*\.)?[0-9]+`, or nothing after all, as recutils has it.
  fileprivate var isReal: Bool {
    let digits = withoutMinus
    guard let point = digits.firstIndex(of: UInt8(ascii: ".")) else {
      return digits.allSatisfy(\.isDigit)
    }
    let fraction = digits[(point + 1)...]
    return digits[..<point].allSatisfy(\.isDigit) && !fraction.isEmpty
      && fraction.allSatisfy(\.isDigit)
  }

  /// `[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,4}`.
  fileprivate var isEmail: Bool {
    let parts = split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
    guard parts.count == 2, let dot = parts[1].lastIndex(of: UInt8(ascii: ".")) else {
      return false
    }
    let ending = parts[1][(dot + 1)...]
    let host = parts[1][..<dot]
    return !parts[0].isEmpty && parts[0].allSatisfy(\.isMailboxPart)
      && !host.isEmpty && host.allSatisfy(\.isHostPart)
      && (2...4).contains(ending.count) && ending.allSatisfy(\.isLetter)
  }

  /// Groups of 8, 4, 4, 4 and 12 hexadecimal digits.
  fileprivate var isUUID: Bool {
    let groups = split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    return groups.map(\.count) == [8, 4, 4, 4, 12]
      && groups.allSatisfy { $0.allSatisfy(\.isHexadecimal) }
  }

  private var withoutMinus: ArraySlice<UInt8> {
    first == UInt8(ascii: "-") ? dropFirst() : self
  }
}

extension UInt8 {
  fileprivate var isHexadecimal: Bool { isDigit || (self | 0x20) &- UInt8(ascii: "a") < 6 }
  fileprivate var isHostPart: Bool {
    isLetter || isDigit || self == UInt8(ascii: ".") || self == UInt8(ascii: "-")
  }
  fileprivate var isMailboxPart: Bool {
    isHostPart || self == UInt8(ascii: "_") || self == UInt8(ascii: "%")
      || self == UInt8(ascii: "+")
  }
}
