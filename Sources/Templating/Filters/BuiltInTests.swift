import Diagnostics
import Texts

extension Test {
  /// The tests of the language itself.
  static let builtIn: [Test] = [
    Test("defined", acceptsAbsent: true) { (value, _, _) throws(Diagnostic) in !value.isAbsent },
    Test("undefined", acceptsAbsent: true) { (value, _, _) throws(Diagnostic) in value.isAbsent },
    Test("none") { if case .none = $0 { true } else { false } },
    Test("boolean") { $0.kind == .bool },
    Test("true") { if case .bool(true) = $0 { true } else { false } },
    Test("false") { if case .bool(false) = $0 { true } else { false } },
    Test("number") { $0.kind == .number || $0.kind == .bool },
    Test("integer") { if case .int = $0 { true } else { false } },
    Test("float") {
      if case .int = $0 { false } else { $0.kind == .number }
    },
    Test("string") { $0.kind == .text },
    Test("mapping") { $0.kind == .map },
    Test("sequence") { $0.isSequence },
    Test("iterable") { $0.isSequence || $0.kind == .absent },
    Test("callable") { $0.kind == .function },
    Test("safe") { $0.isMarkup }, Test("escaped") { $0.isMarkup },
    Test("odd") { (value, _, _) throws(Diagnostic) in
      if case .int(let number) = value { return number & 1 == 1 }
      return try value.rest(by: Decimal(2), "odd") == Decimal(1)
    },
    Test("even") { (value, _, _) throws(Diagnostic) in
      if case .int(let number) = value { return number & 1 == 0 }
      return try value.rest(by: Decimal(2), "even").isZero
    },
    Test("divisibleby", ["num"]) { (value, arguments, _) throws(Diagnostic) in
      if case .int(let number) = value, case .int(let divisor) = arguments[0], divisor > 0 {
        return number % divisor == 0
      }
      let divisor = try (arguments[0] ?? .none).number("divisibleby")
      return try value.rest(by: divisor, "divisibleby").isZero
    },
    Test("upper") { (value, _, _) throws(Diagnostic) in
      value.printed.withBytes { isUppercased($0) }
    },
    Test("lower") { (value, _, _) throws(Diagnostic) in
      value.printed.withBytes { isLowercased($0) }
    },
    Test("in", ["seq"]) { (value, arguments, _) throws(Diagnostic) in
      try (arguments[0] ?? .missing).contains(value)
    },
    Test("filter") { (value, _, environment) throws(Diagnostic) in
      environment.filter(named: value.printed) != nil
    },
    Test("test") { (value, _, _) throws(Diagnostic) in
      Test.index(of: value.printed.string) != nil
    },
    Test("sameas", ["other"]) { (value, arguments, _) throws(Diagnostic) in
      value.isSame(as: arguments[0] ?? .missing)
    },
    Test("eq", ["other"], body: isEqual), Test("equalto", ["other"], body: isEqual),
    Test("==", ["other"], body: isEqual),
    Test("ne", ["other"], body: isUnequal), Test("!=", ["other"], body: isUnequal),
    comparing("lt") { $0 }, comparing("lessthan") { $0 }, comparing("<") { $0 },
    comparing("gt", isSwapped: true) { $0 }, comparing("greaterthan", isSwapped: true) { $0 },
    comparing(">", isSwapped: true) { $0 },
    comparing("le", isSwapped: true) { !$0 }, comparing("<=", isSwapped: true) { !$0 },
    comparing("ge") { !$0 }, comparing(">=") { !$0 },
  ]

  private static func isEqual(
    _ value: Value, _ arguments: CallArguments, _ environment: Environment
  ) throws(Diagnostic) -> Bool { value == arguments[0] }

  private static func isUnequal(
    _ value: Value, _ arguments: CallArguments, _ environment: Environment
  ) throws(Diagnostic) -> Bool { value != arguments[0] }

  private static func comparing(
    _ name: String, isSwapped: Bool = false, _ answer: @escaping @Sendable (Bool) -> Bool
  ) -> Test {
    Test(name, ["other"]) { (value, arguments, _) throws(Diagnostic) in
      let other = arguments[0] ?? .missing
      let (left, right) = isSwapped ? (other, value) : (value, other)
      guard let isLess = left.isLess(than: right) else {
        throw .template(.wrongOperands(name, value.kind, other.kind), of: value, other)
      }
      return answer(isLess)
    }
  }
}

extension Value {
  /// The remainder of a division, for a test of this name.
  fileprivate func rest(by divisor: Decimal, _ test: String) throws(Diagnostic) -> Decimal {
    guard !divisor.isZero else { throw .template(.divisionByZero) }
    guard let rest = try number(test).modulo(divisor) else { throw .template(.numberTooLarge) }
    return rest
  }

  /// Equal and of the same type: 1 is not the same as 1.0 or true.
  fileprivate func isSame(as other: Value) -> Bool {
    switch (self, other) {
    case (.int, .int), (.bool, .bool), (.decimal, .decimal): self == other
    case (.int, _), (.bool, _), (.decimal, _), (_, .int), (_, .bool), (_, .decimal): false
    default: self == other
    }
  }

  fileprivate func contains(_ value: Value) throws(Diagnostic) -> Bool {
    switch self {
    case .items(let items): return items.contains(value)
    case .map(let map): return Key(value).flatMap { map[$0] } != nil
    case .text, .typed, .markup:
      guard let text = asText, let part = value.asText else { return false }
      return text.withBytes { text in part.withBytes { text.first(of: $0, from: 0) != nil } }
    default: return false
    }
  }
}
