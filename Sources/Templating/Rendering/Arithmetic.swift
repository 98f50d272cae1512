import Diagnostics
import Texts

extension Renderer {
  mutating func compute(
    _ operation: BinaryOperator, _ left: ExpressionID, _ right: ExpressionID, at id: ExpressionID
  ) throws(Diagnostic) -> Operand {
    let (first, second) = (try use(left), try use(right))
    if case .int(let left) = first, case .int(let right) = second,
      let result = exact(operation, left, right)
    {
      return .int(result)
    }
    if first.isUndefined || second.isUndefined, environment.undefined == .draft {
      guard operation == .concatenate else { return .undefined }
      return try concatenated(
        first.isUndefined ? hold(draftMark(of: left)) : first,
        second.isUndefined ? hold(draftMark(of: right)) : second, at: id)
    }
    if operation == .concatenate { return try concatenated(first, second, at: id) }
    return hold(try compute(operation, first.value, second.value, at: id))
  }

  private mutating func compute(
    _ operation: BinaryOperator, _ first: Value, _ second: Value, at id: ExpressionID
  ) throws(Diagnostic) -> Value {
    switch operation {
    case .add:
      if case .items(let head) = first, case .items(let tail) = second {
        guard head.isTuple == tail.isTuple else { throw problem(.listWithTuple, at: id) }
        try countSteps(head.count + tail.count, at: id)
        return .items(head.appending(tail))
      }
      if first.asText != nil, second.asText != nil {
        return try concatenated(lend(first), lend(second), at: id).value
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
    return isWhole && result.isWhole ? Value(whole: result) : .decimal(result)
  }

  /// Returns nil where the result is no `Int`, or division by zero must be told.
  private func exact(_ operation: BinaryOperator, _ left: Int, _ right: Int) -> Int? {
    let result: (partialValue: Int, overflow: Bool)
    switch operation {
    case .add: result = left.addingReportingOverflow(right)
    case .subtract: result = left.subtractingReportingOverflow(right)
    case .multiply: result = left.multipliedReportingOverflow(by: right)
    case .floorDivide, .modulo:
      guard right > 0 else { return nil }
      let (quotient, rest) = left.quotientAndRemainder(dividingBy: right)
      // Towards minus infinity, as in Python.
      if operation == .modulo { return rest < 0 ? rest &+ right : rest }
      return rest < 0 ? quotient &- 1 : quotient
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
    guard let count = exponent.wholeInt, count.magnitude <= 1000 else { return nil }
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
    case .text, .typed, .markup: size = left.asText?.count ?? 0
    case .items(let items): size = items.count
    default: return nil
    }
    let (total, overflow) = size.multipliedReportingOverflow(by: count)
    if overflow || total > environment.limits.outputSize {
      throw limit(.outputTooLarge(environment.limits.outputSize), at: place(of: id))
    }
    try countSteps(total, at: id)
    // As often as one likes, nothing is nothing.
    let times = size == 0 ? 0 : count
    switch left {
    case .text(let text), .typed(let text, _):
      var bytes: [UInt8] = []
      bytes.reserveCapacity(total)
      text.withBytes { part in for _ in 0..<times { bytes.append(part) } }
      return Value(computed: bytes)
    case .markup:
      return try capture(isEscaped: true) {
        (renderer: inout Renderer) throws(Diagnostic) in
        for _ in 0..<times { try renderer.write(pieces: left) }
      }
    case .items(let items):
      let all = Array(repeatElement(items, count: times).joined())
      return items.isTuple ? .tuple(all) : .list(all)
    default: return nil
    }
  }

  private mutating func concatenated(
    _ left: Operand, _ right: Operand, at id: ExpressionID
  ) throws(Diagnostic) -> Operand {
    do throws(Diagnostic) {
      return try concatenated(left, right)
    } catch {
      throw located(error, at: id)
    }
  }

  /// `~`: what both print, side by side; where one is markup the other is escaped.
  mutating func concatenated(_ left: Operand, _ right: Operand) throws(Diagnostic) -> Operand {
    let size = (left.textBytes?.count ?? 0) + (right.textBytes?.count ?? 0)
    guard size <= environment.limits.outputSize else {
      throw limit(.outputTooLarge(environment.limits.outputSize))
    }
    try countSteps(size / 64)
    if left.isMarkup || right.isMarkup {
      let value = try capture(isEscaped: true) { (renderer: inout Renderer) throws(Diagnostic) in
        try renderer.writeMarkup(left)
        try renderer.writeMarkup(right)
      }
      return hold(value)
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(size + 16)
    append(left, to: &bytes)
    append(right, to: &bytes)
    return hold(computed: bytes)
  }

  /// Appends what an operand prints before escaping.
  func append(_ operand: Operand, to bytes: inout [UInt8]) {
    if let text = operand.textBytes {
      bytes.append(text.span)
    } else {
      operand.value.append(to: &bytes)
    }
  }

  /// A value as markup of the template at hand; without an escape, as it is.
  mutating func escaped(_ value: Value) throws(Diagnostic) -> Value {
    if value.isMarkup(for: code.escape) || code.escape < 0 { return value }
    return try escaped(value, code.escape)
  }

  /// Writes what a value prints, through an escape.
  mutating func escaped(_ value: Value, _ escape: Int) throws(Diagnostic) -> Value {
    try capture(for: escape) { (renderer: inout Renderer) throws(Diagnostic) in
      try renderer.output.append(escaped: value, escape, renderer.environment)
    }
  }

  /// Writes a value, escaped unless it is markup.
  mutating func writeMarkup(_ operand: Operand) throws(Diagnostic) {
    if case .markup(let markup) = operand { return try write(markup.takeUnretainedValue(), true) }
    if code.escape < 0 { return output.append(unescaped: operand.value) }
    try output.append(escaped: operand.value, code.escape, environment)
  }

  /// Writes the pieces of markup of the template at hand, or the text of another value as it is.
  mutating func write(pieces value: Value) throws(Diagnostic) {
    try value.forEachPiece { (text, kind) throws(Diagnostic) in try write(piece: text, kind) }
  }

  /// Writes a piece of markup of the template at hand.
  @inline(__always)
  mutating func write(
    piece text: Span<UInt8>, _ kind: Markup.Piece.Kind
  ) throws(Diagnostic) {
    if kind == .markup { return output.append(text) }
    try output.append(piece: text, kind, code.escape, environment)
  }

  mutating func negated(_ id: ExpressionID) throws(Diagnostic) -> Operand {
    let operand = try number(id, "-")
    if case .int(let int) = operand, int != .min { return .int(-int) }
    guard let decimal = operand.value.asDecimal else { return .undefined }
    return hold(.decimal(decimal.negated))
  }

  mutating func number(_ id: ExpressionID, _ name: String) throws(Diagnostic) -> Operand {
    let operand = try use(id)
    if case .int = operand { return operand }
    let value = operand.value
    guard value.asDecimal != nil else {
      throw problem(.wrongOperand(name, value.kind, wanted: .number), at: id, of: value)
    }
    if case .bool(let bool) = value { return .int(bool ? 1 : 0) }
    return operand
  }

  // MARK: Comparison

  mutating func compare(
    _ operands: Operands, _ operators: Int, at id: ExpressionID
  ) throws(Diagnostic) -> Bool {
    let first = operands.indices.lowerBound
    var left = try use(code.operands[first])
    for index in 1..<Int(operands.count) {
      let comparison = code.comparisons[operators &+ index &- 1]
      let right = try use(code.operands[first &+ index])
      guard try holds(comparison, left, right, at: id) else { return false }
      left = right
    }
    return true
  }

  @inline(__always)
  private mutating func isEqual(_ left: Operand, _ right: Operand) throws(Diagnostic) -> Bool {
    try count(left.textBytes)
    if case .list(let array) = left {
      try countSteps(array._withUnsafeGuaranteedRef { $0.values.count })
    }
    return left.isEqual(to: right)
  }

  @inline(__always)
  private mutating func holds(
    _ comparison: Comparison, _ left: Operand, _ right: Operand, at id: ExpressionID
  ) throws(Diagnostic) -> Bool {
    switch comparison {
    case .equal: return try isEqual(left, right)
    case .notEqual: return try !isEqual(left, right)
    case .less: return try isLess(left, right, "<", at: id)
    case .greater: return try isLess(right, left, ">", at: id)
    case .lessOrEqual: return try !isLess(right, left, "<=", at: id)
    case .greaterOrEqual: return try !isLess(left, right, ">=", at: id)
    case .isIn: return try contains(right, left, at: id)
    case .isNotIn: return try !contains(right, left, at: id)
    }
  }

  @inline(__always)
  private mutating func isLess(
    _ left: Operand, _ right: Operand, _ symbol: String, at id: ExpressionID
  ) throws(Diagnostic) -> Bool {
    try count(left.textBytes)
    guard let result = left.isLess(than: right) else {
      let (left, right) = (left.value, right.value)
      // In a draft one of them, or a part of it, may not be there yet.
      if environment.undefined == .draft { return false }
      throw problem(.wrongOperands(symbol, left.kind, right.kind), at: id, of: left, right)
    }
    return result
  }

  private mutating func contains(
    _ container: Operand, _ operand: Operand, at id: ExpressionID
  ) throws(Diagnostic) -> Bool {
    if let text = container.textBytes, let part = operand.textBytes {
      try countSteps(text.count, at: id)
      return text.span.first(of: part.span, from: 0) != nil
    }
    let value = operand.value
    switch container.value {
    case .items(let items):
      try countSteps(items.count, at: id)
      if value.textSize > Renderer.shortText {
        try countSteps(items.count * (value.textSize / Renderer.bytesPerStep), at: id)
      }
      return contains(items, operand)
    case .map(let map): return Key(value).flatMap { map[$0] } != nil
    case .missing, .undefined: return false
    case .text, .typed, .markup:
      guard let part = value.asText, let text = container.value.asText else { break }
      try countSteps(text.count, at: id)
      return text.withBytes { text in part.withBytes { text.first(of: $0, from: 0) != nil } }
    default: break
    }
    let whole = container.value
    if environment.undefined == .draft { return false }
    throw problem(.wrongOperands("in", value.kind, whole.kind), at: id, of: value, whole)
  }

  mutating func contains(_ items: ItemList, _ operand: Operand) -> Bool {
    let pooled = pool.count
    defer { drainPool(to: pooled) }
    for index in 0..<items.count where item(index, of: items).isEqual(to: operand) { return true }
    return false
  }
}

extension Value {
  var isMarkup: Bool {
    if case .markup = self { true } else { false }
  }

  /// Tells whether it is markup without data in it.
  var isPureMarkup: Bool {
    if case .markup(let markup) = self { markup.pieces.isEmpty } else { false }
  }

  /// Tells whether it is markup that a template with this escape writes as it is.
  func isMarkup(for escape: Int) -> Bool {
    if case .markup(let markup) = self { markup.isFor(escape) } else { false }
  }

  var isInteger: Bool {
    switch self {
    case .int, .bool: true
    case .decimal(let decimal): decimal.isLargeWhole
    default: false
    }
  }

  /// A whole number, of which only a large one is a decimal.
  init(whole number: Decimal) { self = number.wholeInt.map { .int($0) } ?? .decimal(number) }
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
