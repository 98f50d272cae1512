import Diagnostics
import Texts

/// Tests that nearly every good value passes at once; one that fails is looked at closely.
///
/// What passes is not blank, and of the field's type by ``FieldType/lack(of:)``. The tests of a
/// form stand side by side without references, so that going through them counts none.
struct QuickTests: Sendable {
  private var tests: [Test] = []
  private var expressions: [RegularExpression] = []
  private var lists: [[[UInt8]]] = []

  private struct Test {
    let kind: Kind
    /// Into the automata or lists; for `size` the limit.
    let number: Int32
  }

  private enum Kind: UInt8 {
    case nothing, nonBlank, nonBlankLine, digits, yesOrNo, name, size, expression, oneOf
  }

  mutating func append(for type: FieldType?) {
    switch type {
    case nil, .record?: append(.nonBlank)
    case .integer?: append(.digits)
    case .boolean?: append(.yesOrNo)
    case .line?: append(.nonBlankLine)
    case .size(let limit)?: append(.size, Int32(clamping: limit))
    case .field?: append(.name)
    case .regexp(let expression)?:
      append(.expression, Int32(expressions.count))
      expressions.append(expression)
    case .enumeration(let values)?:
      append(.oneOf, Int32(lists.count))
      lists.append(values.map { Array($0.bytes) })
    case .range?, .real?, .date?, .email?, .uuid?: append(.nothing)
    }
  }

  private mutating func append(_ kind: Kind, _ number: Int32 = 0) {
    tests.append(Test(kind: kind, number: number))
  }

  func passes(_ index: Int, _ bytes: Span<UInt8>) -> Bool {
    guard bytes.count > 0, !bytes[0].isSpace else { return false }
    let number = Int(tests[index].number)
    switch tests[index].kind {
    case .nothing: return false
    case .nonBlank: return true
    case .nonBlankLine: return bytes.holdsOnly(from: 0) { $0 != UInt8(ascii: "\n") }
    case .size: return bytes.count <= number
    case .digits: return bytes.holdsOnly(from: 0) { $0.isDigit }
    case .name: return bytes[0].isNameStart && bytes.holdsOnly(from: 1) { $0.isNamePart }
    case .expression: return expressions[number].matches(bytes)
    case .oneOf: return lists[number].contains { $0.span.isSame(as: bytes) }
    case .yesOrNo: return Self.yes.span.isSame(as: bytes) || Self.no.span.isSame(as: bytes)
    }
  }

  private static let yes = Array("yes".utf8)
  private static let no = Array("no".utf8)
}

extension Span<UInt8> {
  @inline(__always)
  fileprivate func holdsOnly(from start: Int, _ isRight: (UInt8) -> Bool) -> Bool {
    for index in start..<count where !isRight(self[index]) { return false }
    return true
  }

  fileprivate func isSame(as other: Span<UInt8>) -> Bool {
    count == other.count && hasSameBytes(as: other)
  }
}

/// What a type demands of records of one form, that is of those that have the same names in the
/// same order; worked out once for the records of all data files.
public final class FormRules: Sendable {
  private let plan: ShapePlan
  private let isSimple: Bool
  private let values: [Value]

  private struct Value {
    let offset: Int32
    /// Whether no other value matters: it is no key's, and no singular field's.
    let isAlone: Bool
    let rule: Int32
  }

  /// - Parameter record: any record of the form.
  public init(_ record: Record, _ type: RecordType, among types: [RecordType]) {
    plan = ShapePlan(record, type, among: types)
    isSimple = plan.complaints.isEmpty && type.constraints.isEmpty && type.size == nil
    values = plan.checks.map { check in
      Value(
        offset: Int32(check.offset), isAlone: check.isAlone, rule: Int32(check.rule))
    }
  }

  /// Whether a record of this form surely breaks no rule; false where it must be looked at closely.
  ///
  /// - Parameter distinct: gets the values that must not be repeated.
  public func areSurelyKept(by record: RecordBytes, _ distinct: inout DistinctValues) -> Bool {
    guard isSimple else { return false }
    for index in values.indices {
      let value = values[index]
      let bytes = record[Int(value.offset)]
      guard plan.tests.passes(index, bytes.span) else { return false }
      if !value.isAlone { distinct.add(bytes.span, value.rule) }
    }
    return true
  }
}

/// The values of keys and singular fields of a record set, to see whether one is repeated.
public struct DistinctValues: Sendable {
  private var hashes: [UInt64] = []

  public init() {}

  public mutating func beginSet() { hashes.removeAll(keepingCapacity: true) }

  fileprivate mutating func add(_ bytes: Span<UInt8>, _ rule: Int32) {
    var hash = WordHash()
    hash.add(bytes.bytes, from: 0, count: bytes.count)
    hashes.append(hash.value &+ UInt64(truncatingIfNeeded: rule) &* 0x9E37_79B9_7F4A_7C15)
  }

  /// Whether surely none is repeated.
  public mutating func areSurelyDistinct() -> Bool {
    hashes.sort()
    for index in hashes.indices.dropFirst() where hashes[index] == hashes[index - 1] {
      return false
    }
    return true
  }
}

extension QuickTests {
  func passes(_ index: Int, _ value: Text) -> Bool {
    value.withBytes { passes(index, $0) }
  }
}
