import Diagnostics
import Texts

/// The work of `select`, `reject`, `selectattr` and `rejectattr` on the items of a list.
struct Selection: Sendable {
  let name: String
  /// Tells whether it looks at a member of each item.
  let byAttribute: Bool
  /// Tells whether it keeps the items for which the test holds, or the others.
  let keeping: Bool
}

/// The member that a selection looks at and its question, worked out when the template is compiled.
final class SelectionPlan: Sendable {
  let path: MemberPath?
  /// The question; nil for whether an item is true.
  let test: Test?
  /// The test's argument; none for a test without.
  let argument: ExpressionID

  /// Works it out; nil where only the call tells, or it is wrong.
  init?(_ selection: Selection, _ arguments: Arguments, _ tree: inout Tree) {
    guard arguments.keywords.isEmpty, !arguments.isSpread else { return nil }
    var rest = arguments.rest[...]
    var path: MemberPath?
    if selection.byAttribute {
      guard let first = rest.popFirst(), let found = tree.constant(first)?.memberPath else {
        return nil
      }
      path = found
    }
    self.path = path
    guard let second = rest.popFirst() else {
      (test, argument) = (nil, .none)
      return
    }
    guard let name = tree.constant(second)?.asText, let index = Test.index(of: name.string),
      Test.builtIn[index].signature.parameters.count == rest.count, rest.count <= 1
    else { return nil }
    (test, argument) = (Test.builtIn[index], rest.first ?? .none)
  }
}

/// The question that is asked of each item.
private struct Question {
  let test: Test?
  let arguments: CallArguments
  /// The comparison that the test is, and what the subject is compared with.
  let comparison: Comparison?
  let argument: Operand
  /// See ``Test/answer``.
  let quickAnswer: (@Sendable (Operand) -> Bool)?

  init(_ test: Test?, _ arguments: CallArguments, _ argument: Operand?) {
    quickAnswer = test?.answer
    (self.test, self.arguments) = (test, arguments)
    comparison = argument == nil ? nil : test?.comparison
    self.argument = argument ?? .none
  }
}

/// Finds one member of many items; records of one shape have it in the same slot.
struct MemberFinder {
  let path: MemberPath
  private var shape = 0
  private var slot = -1
  /// Tells whether the path is one key.
  fileprivate let isShort: Bool

  init(_ path: MemberPath) {
    self.path = path
    isShort = path.keys.count == 1
  }

  /// The slot of a path of one key; negative where the shape has none.
  @inline(__always)
  mutating func slot(in shape: borrowing Shape) -> Int {
    if shape.number != self.shape {
      self.shape = shape.number
      slot = shape.slot(of: path.keys[0]) ?? -1
    }
    return slot
  }
}

extension Renderer {
  mutating func select(
    _ selection: Selection, _ operand: Operand, _ list: Int32
  ) throws(Diagnostic) -> Operand {
    guard list != Arguments.none, let plan = code.arguments(list).selection else {
      return hold(try select(selection, operand, try evaluate(arguments: list)))
    }
    let argument = plan.argument == .none ? nil : try argument(plan.argument)
    let items = try itemList(of: operand, selection.name)
    try countSteps(items.count)
    var arguments = CallArguments()
    // A comparison takes the operand itself.
    if let argument, plan.test?.comparison == nil { arguments.bound = [argument.value] }
    let question = Question(plan.test, arguments, argument)
    let kept = try selected(items, question, by: plan.path, keeping: selection.keeping)
    return hold(.items(items.picking(kept)))
  }

  mutating func select(
    _ selection: Selection, _ operand: Operand, _ arguments: CallArguments
  ) throws(Diagnostic) -> Value {
    var inner = arguments
    var path: MemberPath?
    if selection.byAttribute {
      path = inner.rest.first?.memberPath
      if path == nil { throw .template(.missingArgument("attribute", of: selection.name)) }
      inner.rest.removeFirst()
    }
    var name: Text?
    if !inner.rest.isEmpty { name = inner.rest.removeFirst().asText }
    let test = try test(named: name)
    if let test { inner = try inner.bound(to: test.signature, test.name) }
    let items = try iterable(operand.value, selection.name)
    let question = Question(test, inner, inner[0].map { hold($0) })
    return .items(
      items.picking(try selected(items, question, by: path, keeping: selection.keeping)))
  }

  /// The items of a list-like operand.
  private func itemList(
    of operand: Operand, _ filter: String
  ) throws(Diagnostic) -> ItemList {
    switch operand {
    case .list(let array): return ItemList(array.takeUnretainedValue())
    case .records(let records): return ItemList(records.takeUnretainedValue())
    default: return try operand.value.itemList(filter)
    }
  }

  /// The indices of the items for which the answer is `keeping`.
  private mutating func selected(
    _ items: ItemList, _ question: Question, by path: MemberPath?, keeping: Bool
  ) throws(Diagnostic) -> [Int] {
    var kept: [Int] = []
    kept.reserveCapacity(min(items.count, 64))
    let pooled = pool.count
    let mustHave = environment.undefined == .strict && !(question.test?.acceptsAbsent ?? false)
    var finder = MemberFinder(path ?? MemberPath.none)
    for index in 0..<items.count {
      let subject: Operand
      if path == nil {
        subject = item(index, of: items)
      } else {
        subject = member(of: index, in: items, &finder)
        if subject.isUndefined, mustHave { throw missingMember(finder.path, of: items[index]) }
      }
      if try answer(question, subject, index, of: items) == keeping { kept.append(index) }
      drainPool(to: pooled)
    }
    return kept
  }

  /// Tells whether the test holds for a subject, which is an item or a member of it.
  @inline(__always)
  private mutating func answer(
    _ question: borrowing Question, _ subject: Operand, _ index: Int, of items: ItemList
  ) throws(Diagnostic) -> Bool {
    if let comparison = question.comparison {
      if let answer = subject.answer(to: comparison, with: question.argument) { return answer }
      if comparison == .isIn, case .list(let array) = question.argument {
        try countSearch(of: array._withUnsafeGuaranteedRef { $0.values.count })
        return contains(ItemList(array.takeUnretainedValue()), subject)
      }
    } else if question.test == nil {
      return subject.isTrue
    } else if let answer = question.quickAnswer {
      return answer(subject)
    }
    return try rareAnswer(question, subject, index, of: items)
  }

  @inline(never)
  private mutating func rareAnswer(
    _ question: borrowing Question, _ subject: Operand, _ index: Int, of items: ItemList
  ) throws(Diagnostic) -> Bool {
    guard let test = question.test else { return subject.isTrue }
    var arguments = question.arguments
    if question.comparison != nil { arguments.bound = [question.argument.value] }
    if test.name == "in", let container = arguments[0] { try countSearch(of: container.size) }
    do throws(Diagnostic) {
      return try test.body(subject.value, arguments, environment)
    } catch {
      throw error.within(items[index])
    }
  }

  /// Counts the work of a search, of which a step does much.
  private mutating func countSearch(of size: Int) throws(Diagnostic) {
    try countSteps(size / 8)
  }

  /// The member of an item of a list that something else keeps.
  @inline(__always)
  mutating func member(
    of index: Int, in items: ItemList, _ finder: inout MemberFinder
  ) -> Operand {
    if finder.isShort {
      switch item(index, of: items) {
      case .record(let records, let index):
        return records._withUnsafeGuaranteedRef { records in
          let slot = finder.slot(in: records.shape(Int(index)))
          if slot < 0 { return .undefined }
          return operand(records.stored(Int(index), slot), of: .passUnretained(records.store))
        }
      case .map(let map):
        return map._withUnsafeGuaranteedRef { map in
          guard !map.isRow else { return hold(member(finder.path, of: .map(map))) }
          let slot = finder.slot(in: map.shape)
          return slot < 0 ? .undefined : member(slot, of: map)
        }
      default: break
      }
    }
    return hold(member(finder.path, of: items[index]))
  }

  private func test(named name: Text?) throws(Diagnostic) -> Test? {
    guard let name else { return nil }
    for test in Test.builtIn where name.isSpelled(test.name) { return test }
    let known = nearest(to: name.string, among: Test.builtIn.map(\.name))
    throw .template(.unknownTest(name.string, suggestion: known))
  }
}

extension Operand {
  /// Tells whether a comparison holds; nil where there is no order, or another look is needed.
  @inline(__always)
  fileprivate func answer(to comparison: Comparison, with other: Operand) -> Bool? {
    switch comparison {
    case .equal: isEqual(to: other)
    case .notEqual: !isEqual(to: other)
    case .less: isLess(than: other)
    case .greater: other.isLess(than: self)
    case .lessOrEqual: other.isLess(than: self).map { !$0 }
    case .greaterOrEqual: isLess(than: other).map { !$0 }
    case .isIn, .isNotIn: nil
    }
  }
}

extension Value {
  /// The number of items or bytes that a search in it looks at.
  fileprivate var size: Int {
    if case .items(let items) = self { return items.count }
    return asText?.count ?? 0
  }
}
