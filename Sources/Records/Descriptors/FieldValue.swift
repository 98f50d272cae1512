import Diagnostics
import Texts

extension FieldType {
  /// Tells whether a value is of this type, by the rules of recutils 1.9.
  ///
  /// A `date` is `28/6/2018` or `2018-06-28`: recutils reads slashes in American order.
  public func accepts(_ value: Span<UInt8>) -> Bool {
    let trimmed = value.extracting(value.trimmedRange)
    return switch self {
    case .integer: trimmed.isInteger
    case .boolean: Self.booleans.contains { trimmed.isSame(as: $0) }
    case .range(let least, let most): Self.isNumber(trimmed, least, most)
    case .real: trimmed.array.isReal
    case .line: value.holdsOnly { $0 != UInt8(ascii: "\n") }
    case .size(let limit): value.count <= limit
    case .regexp(let expression): expression.matches(value)
    case .date: Moment(value.array) != nil
    case .enumeration(let values): values.contains { $0.withBytes { trimmed.isSame(as: $0) } }
    case .field: trimmed.isFieldName
    case .email: trimmed.array.isEmail
    case .uuid: value.array.isUUID
    case .record: true
    }
  }

  /// Tells what a value lacks to be of this type; nil for a good value.
  public func lack(of value: Text) -> WantedValue? {
    guard !value.withBytes({ accepts($0) }) else { return nil }
    switch self {
    case .integer: return .integer
    case .boolean: return .boolean
    case .range(let least, let most): return .range(least: least, most: most)
    case .real: return .real
    case .line: return .line
    case .size(let limit): return .size(limit: limit, found: value.count)
    case .regexp(let expression): return .regexp(expression.pattern)
    case .date: return .date
    case .enumeration(let values):
      let names = values.map(\.string)
      return .oneOf(names, suggestion: nearest(to: value.trimmed.string, among: names))
    case .field: return .fieldName
    case .email: return .email
    case .uuid: return .uuid
    case .record: return nil
    }
  }

  private static let booleans = ["yes", "no", "true", "false", "1", "0"].map { Array($0.utf8) }

  private static func isNumber(_ value: Span<UInt8>, _ least: Int?, _ most: Int?) -> Bool {
    guard value.isInteger, let number = value.array.integer else { return false }
    return number >= least ?? number && number <= most ?? number
  }
}

extension Span<UInt8> {
  /// A copy, for what is seldom looked at.
  fileprivate var array: ArraySlice<UInt8> { indices.map { self[$0] }[...] }

  /// Tells whether there is nothing but white space.
  var isBlank: Bool { holdsOnly { $0.isSpace } }

  /// The range that is left without the white space around it.
  fileprivate var trimmedRange: Range<Int> {
    var (start, end) = (0, count)
    while start < end, self[start].isSpace { start += 1 }
    while start < end, self[end - 1].isSpace { end -= 1 }
    return start..<end
  }

  @inline(__always)
  fileprivate func holdsOnly(_ isRight: (UInt8) -> Bool) -> Bool {
    for index in indices where !isRight(self[index]) { return false }
    return true
  }

  fileprivate func isSame(as other: Span<UInt8>) -> Bool {
    count == other.count && hasSameBytes(as: other)
  }

  fileprivate func isSame(as other: [UInt8]) -> Bool { isSame(as: other.span) }

  fileprivate var isFieldName: Bool {
    guard count > 0, self[0].isNameStart else { return false }
    return extracting(1..<count).holdsOnly { $0.isNamePart }
  }

  /// `-?[0-9]+` or `-?0x[0-9a-fA-F]+`.
  fileprivate var isInteger: Bool {
    let start = count > 0 && self[0] == UInt8(ascii: "-") ? 1 : 0
    let digits = extracting(start..<count)
    if digits.count > 2, digits[0] == UInt8(ascii: "0"), digits[1] == UInt8(ascii: "x") {
      return digits.extracting(2..<digits.count).holdsOnly { $0.isHexadecimal }
    }
    return !digits.isEmpty && digits.holdsOnly { $0.isDigit }
  }
}

extension ArraySlice<UInt8> {
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
