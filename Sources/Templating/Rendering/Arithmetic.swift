import Diagnostics
import Texts

extension Renderer {
  mutating func compute(
    _ operation: BinaryOperator, _ left: ExpressionID, _ right: ExpressionID, at id: ExpressionID
  ) throws(Diagnostic) -> Value {
    let (first, second) = (try use(left), try use(right))
    switch operation {
    case .concatenate: return try concatenated(first, second, at: id)
    case .add:
      if case .items(let head) = first, case .items(let tail) = second {
        try countSteps(head.count + tail.count, at: id)
        return .list(head.array + tail.array)
      }
      if first.asText != nil, second.asText != nil {
        return try concatenated(first, second, at: id)
      }
    case .multiply:
      if let repeated = try repeated(first, second, at: id) { return repeated }
    default: break
    }
    guard first.asDecimal != nil, second.asDecimal != nil else {
      throw problem(
        .wrongOperands(operation.symbol, first.kind, second.kind), at: id, of: first, second)
    }
    return try computed(operation, first, second, at: id)
  }

  private func computed(
    _ operation: BinaryOperator, _ left: Value, _ right: Value, at id: ExpressionID
  ) throws(Diagnostic) -> Value {
    if case .int(let first) = left, case .int(let second) = right,
      let result = exact(operation, first, second)
    {
      return .int(result)
    }
    guard let first = left.asDecimal, let second = right.asDecimal else { return .undefined }
    if second.isZero, operation.isDivision { throw problem(.divisionByZero, at: id) }
    guard let result = exact(operation, first, second) else {
      throw problem(.numberTooLarge, at: id)
    }
    let isWhole = left.isInteger && right.isInteger && operation != .divide
    guard isWhole, result.isWhole else { return .decimal(result) }
    // Printed as a decimal it would gain a «.0».
    guard let int = result.wholeInt else { throw problem(.numberTooLarge, at: id) }
    return .int(int)
  }

  /// nil where the result is no `Int`, or division by zero must be told.
  private func exact(_ operation: BinaryOperator, _ left: Int, _ right: Int) -> Int? {
    let result: (partialValue: Int, overflow: Bool)
    switch operation {
    case .add: result = left.addingReportingOverflow(right)
    case .subtract: result = left.subtractingReportingOverflow(right)
    case .multiply: result = left.multipliedReportingOverflow(by: right)
    default: return nil
    }
    return result.overflow ? nil : result.partialValue
  }

  private func exact(
    _ operation: BinaryOperator, _ left: Decimal, _ right: Decimal
  ) -> Decimal? {
    switch operation {
    case .add: left.adding(right)
    case .subtract: left.adding(right.negated)
    case .multiply: left.multiplied(by: right)
    case .divide: left.divided(by: right)
    case .floorDivide: left.floorDivided(by: right)
    case .modulo: left.modulo(right)
    case .power: power(left, right)
    case .concatenate: nil
    }
  }

  private func power(_ base: Decimal, _ exponent: Decimal) -> Decimal? {
    guard let count = exponent.wholeInt, abs(count) <= 1000 else { return nil }
    var result = Decimal(1)
    for _ in 0..<abs(count) {
      guard let next = result.multiplied(by: base) else { return nil }
      result = next
    }
    return count < 0 ? Decimal(1).divided(by: result) : result
  }

  private mutating func repeated(
    _ left: Value, _ right: Value, at id: ExpressionID
  ) throws(Diagnostic) -> Value? {
    if case .int = left { return right.asInt == nil ? try repeated(right, left, at: id) : nil }
    guard case .int(let wanted) = right, left.asInt == nil else { return nil }
    let count = max(0, wanted)
    let size: Int
    switch left {
    case .text(let text), .typed(let text, _), .markup(let text): size = text.count
    case .items(let items): size = items.count
    default: return nil
    }
    let (total, overflow) = size.multipliedReportingOverflow(by: count)
    if overflow || total > environment.limits.outputSize {
      throw limit(.outputTooLarge(environment.limits.outputSize), at: place(of: id))
    }
    try countSteps(total, at: id)
    switch left {
    case .text(let text), .typed(let text, _), .markup(let text):
      let bytes = Array(repeatElement(text.bytes, count: count).joined())
      return left.isMarkup ? .markup(Text(computed: bytes)) : Value(computed: bytes)
    case .items(let items): return .list(Array(repeatElement(items, count: count).joined()))
    default: return nil
    }
  }

  private mutating func concatenated(
    _ left: Value, _ right: Value, at id: ExpressionID
  ) throws(Diagnostic) -> Value {
    do throws(Diagnostic) {
      return try concatenated(left, right)
    } catch {
      throw located(error, at: id)
    }
  }

  /// `~`: what both print, side by side; where one is markup the other is escaped.
  mutating func concatenated(_ left: Value, _ right: Value) throws(Diagnostic) -> Value {
    let size = (left.asText?.count ?? 0) + (right.asText?.count ?? 0)
    guard size <= environment.limits.outputSize else {
      throw limit(.outputTooLarge(environment.limits.outputSize))
    }
    try countSteps(size / 64)
    if left.isMarkup || right.isMarkup {
      var output = OutputBuffer(memory)
      for value in [left, right] { try append(value, asMarkupTo: &output) }
      try output.finish()
      return .markup(Text(computed: output.bytes))
    }
    var bytes: [UInt8] = []
    left.append(to: &bytes)
    right.append(to: &bytes)
    return Value(computed: bytes)
  }

  private func append(_ value: Value, asMarkupTo output: inout OutputBuffer) throws(Diagnostic) {
    guard !value.isMarkup, let escape = template.escape else {
      return output.append(unescaped: value)
    }
    try output.append(escaped: value.printed, escape, environment)
  }

  mutating func negated(_ id: ExpressionID) throws(Diagnostic) -> Value {
    switch try number(id, "-") {
    case .int(let int) where int != .min: return .int(-int)
    case let value:
      guard let decimal = value.asDecimal else { return .undefined }
      return .decimal(decimal.negated)
    }
  }

  mutating func number(_ id: ExpressionID, _ name: String) throws(Diagnostic) -> Value {
    let value = try use(id)
    guard value.asDecimal != nil else {
      throw problem(.wrongOperand(name, value.kind, wanted: .number), at: id, of: value)
    }
    if case .bool(let bool) = value { return .int(bool ? 1 : 0) }
    return value
  }

  // MARK: Comparison

  mutating func compare(
    _ operands: Operands, _ comparisons: [Comparison], at id: ExpressionID
  ) throws(Diagnostic) -> Bool {
    var left = try use(tree.operands[operands.indices.lowerBound])
    for (comparison, index) in zip(comparisons, operands.indices.dropFirst()) {
      let right = try use(tree.operands[index])
      guard try holds(comparison, left, right, at: id) else { return false }
      left = right
    }
    return true
  }

  private mutating func holds(
    _ comparison: Comparison, _ left: Value, _ right: Value, at id: ExpressionID
  ) throws(Diagnostic) -> Bool {
    switch comparison {
    case .equal: return left == right
    case .notEqual: return left != right
    case .less: return try isLess(left, right, "<", at: id)
    case .greater: return try isLess(right, left, ">", at: id)
    case .lessOrEqual: return try !isLess(right, left, "<=", at: id)
    case .greaterOrEqual: return try !isLess(left, right, ">=", at: id)
    case .isIn: return try contains(right, left, at: id)
    case .isNotIn: return try !contains(right, left, at: id)
    }
  }

  private func isLess(
    _ left: Value, _ right: Value, _ symbol: String, at id: ExpressionID
  ) throws(Diagnostic) -> Bool {
    guard let result = left.isLess(than: right) else {
      throw problem(.wrongOperands(symbol, left.kind, right.kind), at: id, of: left, right)
    }
    return result
  }

  private mutating func contains(
    _ container: Value, _ value: Value, at id: ExpressionID
  ) throws(Diagnostic) -> Bool {
    switch container {
    case .items(let items):
      try countSteps(items.count, at: id)
      return items.contains(value)
    case .map(let map): return Key(value).flatMap { map[$0] } != nil
    case .missing, .undefined: return false
    case .text(let text), .typed(let text, _), .markup(let text):
      guard let part = value.asText else { break }
      try countSteps(text.count, at: id)
      return text.bytes.contains(part.bytes)
    default: break
    }
    throw problem(
      .wrongOperands("in", value.kind, container.kind), at: id, of: value, container)
  }
}

extension Value {
  var isMarkup: Bool {
    if case .markup = self { true } else { false }
  }

  var isInteger: Bool {
    switch self {
    case .int, .bool: true
    default: false
    }
  }
}

extension BinaryOperator {
  var symbol: String {
    switch self {
    case .add: "+"
    case .subtract: "-"
    case .multiply: "*"
    case .divide: "/"
    case .floorDivide: "//"
    case .modulo: "%"
    case .power: "**"
    case .concatenate: "~"
    }
  }

  var isDivision: Bool { self == .divide || self == .floorDivide || self == .modulo }
}
