import Diagnostics
import Texts

extension SelectionExpression {
  /// The value for one record, or why it has none.
  ///
  /// As in recutils every operand is evaluated, also those behind `&&`, `||` and `=>`, and a field
  /// that is not there is the empty text.
  func value(in fields: NamedFields) throws(ConstraintFailure) -> SelectionValue {
    var stack = ValueStack()
    for step in steps {
      switch step {
      case .value(let value): stack.push(value)
      case .field(let name, let index): stack.push(.text(fields.value(of: name, at: index)))
      case .count(let name): stack.push(.integer(fields.count(of: name)))
      case .binary(let binary):
        let right = stack.pop()
        stack.push(try binary.apply(stack.pop(), right))
      case .matches(let expression):
        stack.push(SelectionValue(expression.matches(try stack.pop().asText)))
      case .not: stack.push(SelectionValue(try !stack.pop().isTrue))
      case .choose:
        let (otherwise, then) = (stack.pop(), stack.pop())
        stack.push(try stack.pop().isTrue ? then : otherwise)
      }
    }
    return stack.pop()
  }
}

/// The fields of a record that an expression names.
struct NamedFields {
  let record: Record
  /// The offsets of the fields of each name of the expression in the record.
  let offsets: [[Int]]
  /// The field that stands for all of its name, while one after another is tried.
  var tried: (name: Int, offset: Int)?

  func value(of name: Int, at index: Int?) -> ArraySlice<UInt8> {
    if let index {
      return index < offsets[name].count ? record.value(at: offsets[name][index]).bytes : []
    }
    let offset = tried?.name == name ? tried?.offset : offsets[name].first
    return offset.map { record.value(at: $0).bytes } ?? []
  }

  func count(of name: Int) -> Int { offsets[name].count }
}

/// The parser leaves an operand for every operator, so it is never popped when empty.
private struct ValueStack {
  private var values: [SelectionValue] = []

  mutating func push(_ value: SelectionValue) { values.append(value) }
  mutating func pop() -> SelectionValue { values.popLast() ?? .text([]) }
}

extension SelectionValue {
  init(_ truth: Bool) {
    self = .integer(truth ? 1 : 0)
  }

  /// The truth of an operand of `&&`, `||`, `=>`, `!` and `?`: a whole number, also as a text.
  var isTrue: Bool {
    get throws(ConstraintFailure) {
      switch self {
      case .integer(let number): return number != 0
      case .decimal: throw .notTrueOrFalse
      case .text: return try wholeNumber != 0
      }
    }
  }

  var asText: ArraySlice<UInt8> {
    get throws(ConstraintFailure) {
      guard case .text(let bytes) = self else { throw .notAText }
      return bytes
    }
  }

  fileprivate var wholeNumber: Int {
    get throws(ConstraintFailure) {
      guard case .integer(let number) = try number else { throw .notTrueOrFalse }
      return number
    }
  }

  /// An integer or a decimal; the empty text is 0.
  fileprivate var number: SelectionValue {
    get throws(ConstraintFailure) {
      guard case .text(let bytes) = self else { return self }
      let digits = bytes.withoutSpaces
      if digits.isEmpty { return .integer(0) }
      let hasPlus = digits.first == UInt8(ascii: "+") && digits.dropFirst().first?.isDigit == true
      if let integer = (hasPlus ? digits.dropFirst() : digits).integer { return .integer(integer) }
      guard let decimal = Fraction(digits) else {
        throw .notANumber(String(decoding: digits, as: UTF8.self))
      }
      return .decimal(decimal)
    }
  }

  fileprivate var fraction: Fraction {
    get throws(ConstraintFailure) {
      switch try number {
      case .integer(let number): Fraction(number)
      case .decimal(let number): number
      case .text: throw .notTrueOrFalse
      }
    }
  }

  fileprivate var moment: Moment {
    get throws(ConstraintFailure) {
      let bytes = try asText
      guard let moment = Moment(bytes) else {
        throw .notADate(String(decoding: bytes, as: UTF8.self))
      }
      return moment
    }
  }
}

extension BinaryOperator {
  /// A text that `&` makes is at most this long.
  private static let longestText = 1 << 20

  fileprivate func apply(
    _ left: SelectionValue, _ right: SelectionValue
  ) throws(ConstraintFailure) -> SelectionValue {
    switch self {
    case .implies, .and, .or: try logic(left.isTrue, right.isTrue)
    case .equal, .unequal, .less, .greater, .lessOrEqual, .greaterOrEqual:
      SelectionValue(try comparison(left, right))
    case .before: SelectionValue(try left.moment < right.moment)
    case .after: SelectionValue(try left.moment > right.moment)
    case .sameTime: SelectionValue(try left.moment == right.moment)
    case .add, .subtract, .multiply, .divide, .remainder: try arithmetic(left, right)
    case .matches: SelectionValue(try match(left.asText, right.asText))
    case .join: try join(left.asText, right.asText)
    }
  }

  private func logic(_ left: Bool, _ right: Bool) -> SelectionValue {
    switch self {
    case .implies: SelectionValue(!left || right)
    case .or: SelectionValue(left || right)
    default: SelectionValue(left && right)
    }
  }

  private func comparison(
    _ left: SelectionValue, _ right: SelectionValue
  ) throws(ConstraintFailure) -> Bool {
    if self == .equal || self == .unequal,
      case (.text(let first), .text(let second)) = (left, right)
    {
      return first.elementsEqual(second) == (self == .equal)
    }
    let (first, second) = (try left.fraction, try right.fraction)
    switch self {
    case .equal: return first == second
    case .unequal: return first != second
    case .less: return first < second
    case .greater: return first > second
    case .lessOrEqual: return first <= second
    default: return first >= second
    }
  }

  private func arithmetic(
    _ left: SelectionValue, _ right: SelectionValue
  ) throws(ConstraintFailure) -> SelectionValue {
    if self == .remainder { return try integers(left.wholeNumber, right.wholeNumber) }
    guard case (.integer(let first), .integer(let second)) = (try left.number, try right.number)
    else { return try decimals(left.fraction, right.fraction) }
    return try integers(first, second)
  }

  private func integers(_ left: Int, _ right: Int) throws(ConstraintFailure) -> SelectionValue {
    let result: (partialValue: Int, overflow: Bool)
    switch self {
    case .add: result = left.addingReportingOverflow(right)
    case .subtract: result = left.subtractingReportingOverflow(right)
    case .multiply: result = left.multipliedReportingOverflow(by: right)
    default:
      guard right != 0 else { throw .divisionByZero }
      result =
        self == .divide
        ? left.dividedReportingOverflow(by: right)
        : left.remainderReportingOverflow(dividingBy: right)
    }
    guard !result.overflow else { throw .tooLarge }
    return .integer(result.partialValue)
  }

  private func decimals(
    _ left: Fraction, _ right: Fraction
  ) throws(ConstraintFailure) -> SelectionValue {
    let result: Fraction?
    switch self {
    case .add: result = left + right
    case .subtract: result = left - right
    case .multiply: result = left * right
    default:
      guard !right.isZero else { throw .divisionByZero }
      result = left / right
    }
    guard let result else { throw .tooLarge }
    return .decimal(result)
  }

  private func match(
    _ text: ArraySlice<UInt8>, _ pattern: ArraySlice<UInt8>
  ) throws(ConstraintFailure) -> Bool {
    do {
      return try RegularExpression(pattern).matches(text)
    } catch {
      throw .regexp(reason: error.reason)
    }
  }

  private func join(
    _ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>
  ) throws(ConstraintFailure) -> SelectionValue {
    guard left.count + right.count <= Self.longestText else { throw .tooLarge }
    return .text(left + right)
  }
}

extension ArraySlice<UInt8> {
  /// The text without the spaces around it.
  fileprivate var withoutSpaces: ArraySlice<UInt8> {
    let start = firstIndex { !$0.isSpace } ?? endIndex
    let end = self[start...].lastIndex { !$0.isSpace }.map { $0 + 1 } ?? start
    return self[start..<end]
  }
}
