import Synchronization
import Texts

// The tree of a template is kept in flat arrays, one a kind of node, and children are named by
// their index: nodes are plain numbers, so walking the tree counts no references.

struct ExpressionID: BitwiseCopyable, Sendable, Equatable {
  let index: Int32

  /// That of an argument that is left out.
  static let none = ExpressionID(index: -1)
}

/// A run of expressions in ``Tree/operands``.
struct Operands: BitwiseCopyable, Sendable {
  let start: Int32
  let count: Int32
  var indices: Range<Int> { Int(start)..<Int(start) + Int(count) }
}

/// A run of statements in ``Tree/statements``.
struct Body: BitwiseCopyable, Sendable {
  let start: Int32
  let count: Int32
  var indices: Range<Int> { Int(start)..<Int(start) + Int(count) }
}

enum Expression: BitwiseCopyable, Sendable {
  case constant(Int32)
  /// A variable of the context, by its symbol.
  case name(Int32)
  /// A local variable; while it is unset, what stood under its name before.
  case local(slot: Int32, otherwise: ExpressionID)
  case list(Operands)
  case tuple(Operands)
  /// Keys and values in turn.
  case map(Operands)
  case attribute(ExpressionID, symbol: Int32)
  case item(ExpressionID, ExpressionID)
  /// Base, start, stop, step.
  case slice(Operands)
  case call(ExpressionID, arguments: Int32)
  case filter(Int32, ExpressionID, arguments: Int32)
  case test(Int32, ExpressionID, arguments: Int32)
  case not(ExpressionID)
  case negative(ExpressionID)
  case positive(ExpressionID)
  case binary(BinaryOperator, ExpressionID, ExpressionID)
  case and(ExpressionID, ExpressionID)
  case or(ExpressionID, ExpressionID)
  /// Operands compared in a row; the operators stand in a row from there in
  /// ``Tree/comparisons``.
  case comparison(Operands, operators: Int32)
  case conditional(test: ExpressionID, then: ExpressionID, otherwise: ExpressionID)
  case absent
  /// `caller` in a macro that no `call` block calls.
  case noCaller
  /// `loop.index` and its like, of the loop that many levels out.
  case loop(LoopAttribute, level: Int32)
  /// `loop(items)` in a recursive loop.
  case recurse(level: Int32, arguments: Int32)
  case cycle(level: Int32, arguments: Int32)
  case changed(level: Int32, arguments: Int32)
  case superBlock
  /// `self`, whose members are the blocks.
  case ownBlocks
  /// `self.name()`.
  case ownBlock(name: Int32)
}

enum BinaryOperator: BitwiseCopyable, Sendable {
  case add, subtract, multiply, divide, floorDivide, modulo, power, concatenate
}

enum Comparison: BitwiseCopyable, Sendable {
  case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual, isIn, isNotIn
}

enum LoopAttribute: String, BitwiseCopyable, Sendable, CaseIterable {
  case index, index0, revindex, revindex0, first, last, length, depth, depth0, previtem, nextitem
  /// The loop itself, an object with all of these.
  case all = ""

  private static let members = allCases.filter { $0 != .all }
  private static let shape = Shape(members.map { Key($0.rawValue) })

  /// That of a name.
  static func named(_ key: Key) -> LoopAttribute? { shape.slot(of: key).map { members[$0] } }
}

enum Statement: BitwiseCopyable, Sendable {
  case text(SourceRange)
  case output(ExpressionID, isEscaped: Bool)
  /// Branches by test and body; the last test may be absent (`else`).
  case condition(first: Int32, count: Int32)
  case loop(Int32)
  case assign(Int32)
  case assignBlock(Int32)
  case with(Int32)
  case filterBlock(Int32)
  case macro(Int32)
  case callBlock(Int32)
  case block(Int32)
  case include(Int32)
  case importModule(Int32)
  case importNames(Int32)
  case extends(ExpressionID)
  case evaluate(ExpressionID)
}

/// One branch of an `if`; those of one stand side by side in ``Tree/branches``.
struct Branch: BitwiseCopyable, Sendable {
  /// ``ExpressionID/none`` for `else`.
  let test: ExpressionID
  let body: Body
}

/// The target into which an assignment puts its value.
enum Target: Sendable {
  case slot(Int32)
  /// A variable of the template's top level, seen by blocks and by those who import it.
  case context(symbol: Int32)
  case attribute(ExpressionID, symbol: Int32)
  case unpack([Target])
}

struct Assignment: Sendable {
  let target: Target
  let value: ExpressionID
}

struct BlockAssignment: Sendable {
  let target: Target
  let body: Body
  /// Filters on the text, applied to the `superBlock`-like placeholder; nil for none.
  let filters: [(id: Int32, arguments: Int32)]
  let isEscaped: Bool
}

struct With: Sendable {
  let assignments: [Assignment]
  let body: Body
}

struct FilterBlock: Sendable {
  let filters: [(id: Int32, arguments: Int32)]
  let body: Body
  let isEscaped: Bool
}

/// The code of a macro, of the body of a `call`, or of a block: it has slots of its own.
final class Routine: Sendable {
  let name: Int32
  let parameters: [Parameter]
  let body: Body
  let slotCount: Int32
  /// Outer expressions whose values are taken along when the routine is made, and their slots.
  let captures: [(from: ExpressionID, slot: Int32)]
  /// The slot of `caller`, or nil where the body does not use it.
  let callerSlot: Int32?
  let variadicSlot: Int32?
  let keywordSlot: Int32?
  let isEscaped: Bool

  /// Tells whether a `call` block may call it.
  var takesCaller: Bool {
    callerSlot != nil || parameters.contains { $0.name == Scopes.caller }
  }

  /// Tells whether it takes arguments that no parameter takes.
  var takesRest: Bool { variadicSlot != nil || keywordSlot != nil }

  init(
    name: Int32, parameters: [Parameter], body: Body, slotCount: Int32,
    captures: [(from: ExpressionID, slot: Int32)], callerSlot: Int32?, variadicSlot: Int32?,
    keywordSlot: Int32?, isEscaped: Bool
  ) {
    (self.name, self.parameters, self.body) = (name, parameters, body)
    (self.slotCount, self.captures, self.isEscaped) = (slotCount, captures, isEscaped)
    (self.callerSlot, self.variadicSlot) = (callerSlot, variadicSlot)
    self.keywordSlot = keywordSlot
  }

  struct Parameter: Sendable {
    let name: Key
    let slot: Int32
    let fallback: ExpressionID?
  }
}

struct MacroStatement: Sendable {
  let routine: Int32
  let target: Target
}

struct CallBlock: Sendable {
  let routine: Int32
  /// The call with its arguments.
  let callee: ExpressionID
  let arguments: Int32
}

struct BlockStatement: Sendable {
  let name: Key
  let routine: Int32
  let isRequired: Bool
  /// For `scoped`: outer variables by name, put into the context while the block is rendered.
  let visible: [(key: Key, value: ExpressionID)]
}

struct Include: Sendable {
  let names: ExpressionID
  let ignoresMissing: Bool
  let hasContext: Bool
  let visible: [(key: Key, value: ExpressionID)]
}

struct Import: Sendable {
  let name: ExpressionID
  let hasContext: Bool
  let visible: [(key: Key, value: ExpressionID)]
  /// One target for the module, or one for each name.
  let targets: [(name: Key?, target: Target, range: SourceRange)]
}

/// A compiled template: immutable, shared by every rendering.
public final class Template: Sendable {
  let tree: Tree
  let root: Body
  let slotCount: Int
  /// The one of the environment's escapes that its values go through; nil for none.
  let escape: Int?
  /// The constants of the tree, and what keeps those that take a box.
  let constants: [Operand]
  private let boxes: [ValueBox]
  /// The number of the first statement's text, see ``Passage``; those of the others follow.
  let firstTextNumber: Int
  private static let textCount = Atomic(1)

  init(_ tree: Tree, root: Body, slotCount: Int, escape: Int?) {
    (self.tree, self.root) = (tree, root)
    (self.slotCount, self.escape) = (slotCount, escape)
    var boxes: [ValueBox] = []
    constants = tree.constants.map { value in
      if let operand = Operand(lending: value) { return operand }
      boxes.append(ValueBox(value))
      return .box(.passUnretained(boxes[boxes.count - 1]))
    }
    self.boxes = boxes
    let (texts, _) = Template.textCount.add(tree.statements.count, ordering: .relaxed)
    firstTextNumber = texts
  }

  var source: Source { tree.source }
}

/// The nodes of a template, in one array a kind; they grow while it is parsed.
struct Tree: Sendable {
  let source: Source
  var expressions: [Expression] = []
  var expressionRanges: [SourceRange] = []
  var operands: [ExpressionID] = []
  var comparisons: [Comparison] = []
  var arguments: [ArgumentList] = []
  var constants: [Value] = []
  private var symbolNames = DistinctKeys(room: 64)
  var statements: [Statement] = []
  var statementRanges: [SourceRange] = []
  var branches: [Branch] = []
  var loops: [ForLoop] = []
  var assignments: [Assignment] = []
  var blockAssignments: [BlockAssignment] = []
  var withs: [With] = []
  var filterBlocks: [FilterBlock] = []
  var routines: [Routine] = []
  var macros: [MacroStatement] = []
  var callBlocks: [CallBlock] = []
  var blocks: [BlockStatement] = []
  var includes: [Include] = []
  var imports: [Import] = []

  /// - Parameter tokens: how many the source has.
  init(source: Source, tokens: Int) {
    self.source = source
    expressions.reserveCapacity(tokens / 3)
    expressionRanges.reserveCapacity(tokens / 3)
    statements.reserveCapacity(tokens / 4)
    statementRanges.reserveCapacity(tokens / 4)
  }

  var symbols: [Key] { symbolNames.keys }

  mutating func add(_ expression: Expression, at range: SourceRange) -> ExpressionID {
    expressions.append(expression)
    expressionRanges.append(range)
    return ExpressionID(index: Int32(expressions.count - 1))
  }

  mutating func add(_ items: [ExpressionID]) -> Operands {
    let start = Int32(operands.count)
    operands += items
    return Operands(start: start, count: Int32(items.count))
  }

  mutating func addConstant(_ value: Value, at range: SourceRange) -> ExpressionID {
    constants.append(value)
    return add(.constant(Int32(constants.count - 1)), at: range)
  }

  /// A list; one of constants is a constant.
  mutating func addList(_ items: [ExpressionID], at range: SourceRange) -> ExpressionID {
    guard let values = constants(items) else { return add(.list(add(items)), at: range) }
    return addConstant(.list(values), at: range)
  }

  mutating func addTuple(_ items: [ExpressionID], at range: SourceRange) -> ExpressionID {
    guard let values = constants(items) else { return add(.tuple(add(items)), at: range) }
    return addConstant(.tuple(values), at: range)
  }

  /// A map of keys and values in turn; one of constants is a constant.
  mutating func addMap(_ items: [ExpressionID], at range: SourceRange) -> ExpressionID {
    guard let values = constants(items) else { return add(.map(add(items)), at: range) }
    var entries: [(Key, Value)] = []
    for index in stride(from: 0, to: values.count, by: 2) {
      guard let key = Key(values[index]) else { return add(.map(add(items)), at: range) }
      entries.append((key, values[index + 1]))
    }
    return addConstant(.map(ValueMap(entries)), at: range)
  }

  /// The values of expressions that are all constants.
  private mutating func constants(_ items: [ExpressionID]) -> [Value]? {
    var values: [Value] = []
    for id in items {
      guard let value = constant(id) else { return nil }
      values.append(value)
    }
    return values
  }

  /// Statements of a body are put side by side once all of them are known.
  mutating func add(_ body: ArraySlice<Statement>, _ ranges: ArraySlice<SourceRange>) -> Body {
    let start = Int32(statements.count)
    statements += body
    statementRanges += ranges
    return Body(start: start, count: Int32(body.count))
  }

  mutating func symbol(_ key: Key) -> Int32 {
    Int32(symbolNames.slot(of: key))
  }

  /// The templates that it names in quotes, and where.
  var templateNames: [(name: String, place: Text)] { nameExpressions.flatMap(constantTexts) }

  /// Tells whether it gives the name of another template otherwise than in quotes.
  var computesTemplateNames: Bool { !nameExpressions.allSatisfy(isConstant) }

  private var nameExpressions: [ExpressionID] {
    includes.map(\.names) + imports.map(\.name)
      + statements.compactMap { statement in
        if case .extends(let id) = statement { id } else { nil }
      }
  }

  private func isConstant(_ id: ExpressionID) -> Bool {
    switch expressions[Int(id.index)] {
    case .constant: true
    case .list(let items), .tuple(let items):
      items.indices.allSatisfy { isConstant(operands[$0]) }
    default: false
    }
  }

  private func constantTexts(_ id: ExpressionID) -> [(name: String, place: Text)] {
    switch expressions[Int(id.index)] {
    case .constant(let index):
      constants[Int(index)].asText.map { [($0.string, text(range(of: id)))] } ?? []
    case .list(let items), .tuple(let items): items.indices.flatMap { constantTexts(operands[$0]) }
    default: []
    }
  }

  func range(of id: ExpressionID) -> SourceRange { expressionRanges[Int(id.index)] }
  func text(_ range: SourceRange) -> Text { Text(source: source, range: range) }

  /// The last value that the template's text prints.
  var lastOutput: Text? {
    let last = statements.indices.last {
      if case .output = statements[$0] { true } else { false }
    }
    return last.map { text(statementRanges[$0]) }
  }

  /// The name of the template that it extends.
  var extendsTag: Text? {
    for case .extends(let name) in statements {
      return text(expressionRanges[Int(name.index)])
    }
    return nil
  }
}

extension Array {
  /// Appends and tells the index, as nodes name each other.
  mutating func index(adding element: Element) -> Int32 {
    append(element)
    return Int32(count - 1)
  }
}
