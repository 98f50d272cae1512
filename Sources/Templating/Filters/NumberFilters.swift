import Diagnostics

extension Filter {
  static let numberFilters: [Filter] = [
    Filter("abs") { (value, _) throws(Diagnostic) in
      if case .int(let int) = value, int != .min { return .int(abs(int)) }
      let decimal = try value.number("abs")
      return .decimal(decimal.isNegative ? decimal.negated : decimal)
    },
    Filter("int", Signature(["default"])) { (value, arguments) throws(Diagnostic) in
      if case .int = value { return value }
      let number = value.asDecimal ?? value.asText.flatMap { Decimal($0.trimmedBytes) }
      return number?.truncated.wholeInt.map { .int($0) } ?? arguments[0] ?? .int(0)
    },
    Filter("float", Signature(["default"])) { (value, arguments) throws(Diagnostic) in
      let number = value.asDecimal ?? value.asText.flatMap { Decimal($0.trimmedBytes) }
      return number.map { .decimal($0) } ?? arguments[0] ?? .decimal(Decimal(0))
    },
    Filter("round", Signature(["precision", "method"])) {
      (value, arguments) throws(Diagnostic) in try rounded(value, arguments)
    },
  ]

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
      throw .template(.wrongOperand(filter, kind, wanted: .number))
    }
    return decimal
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
