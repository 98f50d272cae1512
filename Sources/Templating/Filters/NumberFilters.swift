import Diagnostics
import Texts

extension Filter {
  static let numberFilters: [Filter] = [
    Filter("abs") { (value, _) throws(Diagnostic) in
      if value.isInteger, let int = value.asInt, int != .min { return .int(abs(int)) }
      let decimal = try value.number("abs")
      return .decimal(decimal.isNegative ? decimal.negated : decimal)
    },
    Filter("int", Signature(["default", "base"])) { (value, arguments) throws(Diagnostic) in
      if case .int = value { return value }
      if let text = value.asText, arguments[1] != nil {
        return try integer(text, base: try arguments.int(1, "int", default: 10))
          ?? arguments[0] ?? .int(0)
      }
      let number = value.asDecimal ?? value.asText.flatMap { Decimal($0.trimmedBytes) }
      return number?.truncated.wholeInt.map { .int($0) } ?? arguments[0] ?? .int(0)
    },
    Filter("float", Signature(["default"])) { (value, arguments) throws(Diagnostic) in
      let number = value.asDecimal ?? value.asText.flatMap { Decimal($0.trimmedBytes) }
      return number.map { .decimal($0) } ?? arguments[0] ?? .decimal(Decimal(0))
    },
    Filter("filesizeformat", Signature(["binary"]), body: fileSize),
    Filter("round", Signature(["precision", "method"])) {
      (value, arguments) throws(Diagnostic) in try rounded(value, arguments)
    },
  ]

  /// Digits of another base, which may say it: `ff` or `0xff`.
  private static func integer(_ text: Text, base: Int) throws(Diagnostic) -> Value? {
    guard (2...36).contains(base) else { throw .template(.badArgument("base", of: "int")) }
    var digits = String(decoding: text.trimmedBytes, as: UTF8.self).lowercased()
    let isNegative = digits.hasPrefix("-")
    if isNegative { digits.removeFirst() }
    if let prefix = [2: "0b", 8: "0o", 16: "0x"][base], digits.hasPrefix(prefix) {
      digits.removeFirst(2)
    }
    guard digits.first?.isLetter ?? false || digits.first?.isNumber ?? false else { return nil }
    return Int(digits, radix: base).map { .int(isNegative ? -$0 : $0) }
  }

  /// `1.5 kB`: the size in the largest unit below it, with one digit after the point.
  private static func fileSize(
    _ value: Value, _ arguments: CallArguments
  ) throws(Diagnostic) -> Value {
    let isBinary = arguments.bool(0, default: false)
    let read = value.asText.flatMap { Decimal($0.trimmedBytes) }
    let bytes = if let read { read } else { try value.number("filesizeformat") }
    let base = Decimal(isBinary ? 1024 : 1000)
    if bytes == Decimal(1) { return Value("1 Byte") }
    guard bytes >= base else { return Value("\(bytes.truncated.canonical) Bytes") }
    var size = bytes
    var unit = ""
    for letter in ["k", "M", "G", "T", "P", "E", "Z", "Y"] where size >= base {
      guard let next = size.divided(by: base) else { throw .template(.numberTooLarge) }
      size = next
      unit = isBinary ? letter.uppercased() + "iB" : letter + "B"
    }
    let shown = size.fixed(1)
    return Value("\(shown ?? "") \(unit)")
  }

  private static func rounded(
    _ value: Value, _ arguments: CallArguments
  ) throws(Diagnostic) -> Value {
    let number = try value.number("round")
    let digits = try arguments.int(0, "round", default: 0)
    let rounding: Decimal.Rounding
    switch try arguments.string(1, "round", default: "common") {
    case "common": rounding = .halfUp
    case "ceil": rounding = .ceiling
    case "floor": rounding = .floor
    case let other: throw .template(.badArgument(other, of: "round"))
    }
    guard let result = number.rounded(to: max(-38, digits), rounding) else {
      throw .template(.numberTooLarge)
    }
    if value.isInteger, let int = result.wholeInt { return .int(int) }
    return .decimal(result)
  }
}

extension Value {
  func number(_ filter: String) throws(Diagnostic) -> Decimal {
    guard let decimal = asDecimal else {
      throw .template(.wrongOperand(filter, kind, wanted: .number), of: self)
    }
    return decimal
  }
}

extension Decimal {
  /// With just so many digits after the point, rounded half to even.
  func fixed(_ digits: Int) -> String? {
    guard (0...38).contains(digits), let rounded = rounded(to: digits, .halfEven) else {
      return nil
    }
    let text = rounded.canonical
    guard digits > 0 else { return text }
    let point = text.firstIndex(of: ".")
    let given = point.map { text.distance(from: $0, to: text.endIndex) - 1 } ?? 0
    return text + (point == nil ? "." : "") + String(repeating: "0", count: digits - given)
  }
}

extension Text {
  /// Without white space at both ends.
  var trimmedBytes: ArraySlice<UInt8> {
    let bytes = bytes
    guard let first = bytes.firstIndex(where: { !$0.isWhiteSpace }),
      let last = bytes.lastIndex(where: { !$0.isWhiteSpace })
    else { return [] }
    return bytes[first...last]
  }
}
