import Diagnostics

/// One rendering: walks a template's tree and writes one output buffer.
public struct Renderer {
  let environment: Environment
  let library: TemplateLibrary
  var template: Template {
    didSet { if template !== oldValue { tree = template.tree } }
  }
  /// The nodes of `template`, at hand without a detour through a reference.
  private(set) var tree: Tree
  var output = OutputBuffer()
  /// The slots of all active routines; those of the current one begin at `base`.
  var slots: [Value] = []
  var base = 0
  var contexts: [Context]
  var context = 0
  var loops: [LoopState] = []
  /// The first loop of the current routine in `loops`.
  var loopBase = 0
  var objects: [TemplateObject] = []
  /// The definitions of each block, that of the most derived template first.
  var blockChains: [Key: [BlockDefinition]] = [:]
  var currentBlock: (name: Key, level: Int)?
  /// Set once `extends` was met: the template's own output no longer counts.
  var parent: Template?
  /// The templates that call each other, outermost first, and where.
  var includes: [(name: String, place: Text)] = []
  /// What a filter's text is made in before it is escaped.
  private var scratch: [UInt8] = []
  var problems: [Diagnostic] = []
  private var reported: Set<Report> = []
  private var steps = 0
  private var depth = 0
  private var isStopped = false

  static let depthLimit = 400
  static let includeLimit = 32

  /// Identity of a problem: one message for a place in a template, however often it is passed.
  private struct Report: Hashable {
    let code: String
    let source: ObjectIdentifier?
    let range: SourceRange?
    let data: SourceRange?
  }

  struct BlockDefinition {
    let template: Template
    let block: BlockStatement
    let context: Int
  }

  init(
    _ template: Template, _ data: ValueMap, _ library: TemplateLibrary, _ environment: Environment
  ) {
    self.template = template
    tree = template.tree
    self.library = library
    self.environment = environment
    contexts = [Context(data: data)]
  }

  mutating func run() throws(Problems) -> [UInt8] {
    do throws(Diagnostic) {
      try renderRoot()
      try output.finish()
    } catch {
      if !isStopped || problems.isEmpty { record(error) }
    }
    guard problems.isEmpty else { throw Problems(problems) }
    return output.bytes
  }

  /// Renders `template` and then its parents, in the current context.
  mutating func renderRoot() throws(Diagnostic) {
    var next: Template? = template
    var generations = 0
    while let current = next {
      template = current
      parent = nil
      generations += 1
      guard generations <= Renderer.includeLimit else {
        throw limit(.includeTooDeep(Renderer.includeLimit))
      }
      for block in current.tree.blocks {
        blockChains[block.name, default: []].append(
          BlockDefinition(template: current, block: block, context: context))
      }
      enterFrame(slotCount: current.slotCount)
      try render(current.root)
      leaveFrame(slotCount: current.slotCount)
      next = parent
    }
    parent = nil
  }

  private mutating func enterFrame(slotCount: Int) {
    base = slots.count
    slots.append(contentsOf: repeatElement(.undefined, count: slotCount))
    loopBase = loops.count
  }

  private mutating func leaveFrame(slotCount: Int) {
    slots.removeLast(slots.count - base)
  }
}

/// The variables of one template: those it set at its top level over those it was given.
struct Context {
  var variables: [(key: Key, value: Value)] = []
  var data: ValueMap?
  /// The context an include was called from.
  var parent: Int?

  init(data: ValueMap?) { self.data = data }
  init(parent: Int?, variables: [(key: Key, value: Value)]) {
    self.parent = parent
    self.variables = variables
  }
}

/// Where text is written, with what its escape remembers.
struct OutputBuffer {
  var bytes: [UInt8] = []
  private var escaper: (any Escaper)?
  private var escape: Int?

  mutating func append(
    escaped text: ArraySlice<UInt8>, _ escape: Int, _ environment: Environment
  ) throws(Diagnostic) {
    if self.escape != escape || escaper == nil {
      self.escape = escape
      escaper = environment.escapes[escape].begin()
    }
    try escaper?.append(text, to: &bytes)
  }

  mutating func finish() throws(Diagnostic) {
    try escaper?.finish(&bytes)
  }
}

// MARK: Problems and limits

extension Renderer {
  /// Notes a problem and goes on; throws it on once a limit is hit.
  mutating func recover(from error: Diagnostic) throws(Diagnostic) {
    if isStopped { throw error }
    record(error)
    guard problems.count < environment.limits.problems else {
      isStopped = true
      throw error
    }
  }

  private mutating func record(_ error: Diagnostic) {
    var error = error
    error.notes += includeNotes
    let note = error.notes.first?.place
    let report = Report(
      code: error.kind.code, source: error.place.map { ObjectIdentifier($0.source) },
      range: error.place?.range, data: note?.range)
    if reported.insert(report).inserted { problems.append(error) }
  }

  /// The way to the current template; of a long one only its ends.
  private var includeNotes: [Diagnostic.Note] {
    let notes = includes.reversed().map { name, place in
      Diagnostic.Note(.includedHere(template: name), at: place)
    }
    guard notes.count > 5 else { return notes }
    let hidden = Diagnostic.Note(.furtherLevels(notes.count - 4), at: nil)
    return notes.prefix(3) + [hidden] + notes.suffix(1)
  }

  /// A limit stops the whole rendering.
  mutating func limit(_ problem: TemplateProblem, at place: Text? = nil) -> Diagnostic {
    let error = Diagnostic(.template(problem), at: place)
    if !isStopped { record(error) }
    isStopped = true
    return error
  }

  /// - Parameter index: the statement that is run; nil within an expression.
  mutating func countStep(of index: Int? = nil) throws(Diagnostic) {
    steps += 1
    let limits = environment.limits
    guard steps > limits.steps || output.bytes.count > limits.outputSize else { return }
    let place = index.map { Text(source: tree.source, range: tree.statementRanges[$0]) }
    throw steps > limits.steps
      ? limit(.tooManySteps(limits.steps), at: place)
      : limit(.outputTooLarge(limits.outputSize), at: place)
  }

  /// Counts work that a filter does on its own.
  mutating func countSteps(_ count: Int) throws(Diagnostic) {
    steps += count
    try countStep()
  }

  mutating func enter(at range: SourceRange) throws(Diagnostic) {
    depth += 1
    if depth > Renderer.depthLimit {
      throw limit(.recursionTooDeep, at: Text(source: tree.source, range: range))
    }
  }

  mutating func leave() { depth -= 1 }

  func place(of id: ExpressionID) -> Text {
    Text(source: tree.source, range: tree.expressionRanges[Int(id.index)])
  }

  func problem(_ problem: TemplateProblem, at id: ExpressionID) -> Diagnostic {
    Diagnostic(.template(problem), at: place(of: id))
  }
}

// MARK: Statements

extension Renderer {
  mutating func render(_ body: Body) throws(Diagnostic) {
    for index in body.indices {
      do throws(Diagnostic) {
        try execute(index)
      } catch {
        try recover(from: error)
      }
    }
  }

  private mutating func execute(_ index: Int) throws(Diagnostic) {
    try countStep(of: index)
    let statement = tree.statements[index]
    if parent != nil, writesOutput(statement) { return }
    switch statement {
    case .text(let range): output.bytes += tree.source.bytes[range.bounds]
    case .output(let id, let isEscaped): try write(id, isEscaped)
    case .condition(let index): try renderCondition(Int(index))
    case .loop(let index): try renderLoop(Int(index))
    case .assign(let index): try assign(tree.assignments[Int(index)])
    case .assignBlock(let index): try assignBlock(tree.blockAssignments[Int(index)])
    case .with(let index): try renderWith(tree.withs[Int(index)])
    case .filterBlock(let index): try renderFilterBlock(tree.filterBlocks[Int(index)])
    case .macro(let index): try defineMacro(tree.macros[Int(index)])
    case .callBlock(let index): try renderCallBlock(tree.callBlocks[Int(index)])
    case .block(let index): try renderBlock(tree.blocks[Int(index)])
    case .include(let index): try include(tree.includes[Int(index)])
    case .importModule(let index): try importModule(tree.imports[Int(index)])
    case .importNames(let index): try importNames(tree.imports[Int(index)])
    case .extends(let id): try extends(id)
    case .evaluate(let id): _ = try evaluate(id)
    }
  }

  /// After `extends`, only what sets names still counts at the top level.
  private func writesOutput(_ statement: Statement) -> Bool {
    switch statement {
    case .text, .output, .block, .include, .callBlock, .filterBlock: true
    default: false
    }
  }

  private mutating func write(_ id: ExpressionID, _ isEscaped: Bool) throws(Diagnostic) {
    if case .filter(let filter, let operand, Arguments.none) = tree.expressions[Int(id.index)],
      case .appending(let append) = environment.filters[Int(filter)].body
    {
      return try write(operand, through: append, isEscaped, at: id)
    }
    let value = try evaluate(id)
    switch value {
    case .text(let text): try write(text.bytes, isEscaped, at: id)
    case .markup(let text): output.bytes += text.bytes
    case .int, .bool, .decimal, .none, .missing: value.append(to: &output.bytes)
    case .undefined: try writeUndefined(id)
    default: try write(value.printed.bytes, isEscaped, at: id)
    }
  }

  /// Prints what a filter makes of a value, without making a value of it.
  private mutating func write(
    _ operand: ExpressionID,
    through append: (Value, inout [UInt8]) throws(Diagnostic) -> Void,
    _ isEscaped: Bool, at id: ExpressionID
  ) throws(Diagnostic) {
    let value = try evaluate(operand)
    switch value {
    case .missing: return
    case .undefined: return try writeUndefined(operand)
    default: break
    }
    var bytes: [UInt8] = []
    swap(&bytes, &scratch)
    defer { swap(&bytes, &scratch) }
    bytes.removeAll(keepingCapacity: true)
    do throws(Diagnostic) {
      try append(value, &bytes)
    } catch {
      throw located(error, at: id)
    }
    try write(bytes[...], isEscaped && !value.isMarkup, at: id)
  }

  private mutating func write(
    _ text: ArraySlice<UInt8>, _ isEscaped: Bool, at id: ExpressionID
  ) throws(Diagnostic) {
    guard isEscaped, let escape = template.escape else { return output.bytes += text }
    do throws(Diagnostic) {
      try output.append(escaped: text, escape, environment)
    } catch {
      throw located(error, at: id)
    }
  }

  private mutating func writeUndefined(_ id: ExpressionID) throws(Diagnostic) {
    switch environment.undefined {
    case .strict: throw undefinedError(id)
    case .lenient: break
    case .draft: output.bytes += "⟦thiếu: \(place(of: unfiltered(id)).string)⟧".utf8
    }
  }

  /// The expression that filters are applied to.
  private func unfiltered(_ id: ExpressionID) -> ExpressionID {
    guard case .filter(_, let operand, _) = tree.expressions[Int(id.index)] else { return id }
    return unfiltered(operand)
  }

  private mutating func renderCondition(_ index: Int) throws(Diagnostic) {
    for branch in tree.conditions[index] {
      if let test = branch.test {
        guard try isTrue(test) else { continue }
      }
      return try render(branch.body)
    }
  }

  private mutating func renderWith(_ with: With) throws(Diagnostic) {
    // All values first: they do not see each other's names.
    var values: [Value] = []
    for assignment in with.assignments { values.append(try evaluate(assignment.value)) }
    for (assignment, value) in zip(with.assignments, values) {
      try assign(value, to: assignment.target, from: assignment.value)
    }
    try render(with.body)
  }

  private mutating func assign(_ assignment: Assignment) throws(Diagnostic) {
    do throws(Diagnostic) {
      let value = try evaluate(assignment.value)
      var budget = Limits.members
      let isNested = value.isNested(atMost: Limits.nesting, budget: &budget)
      try countSteps((Limits.members - max(0, budget)) / 16)
      guard isNested else {
        throw problem(.nestedTooDeep(Limits.nesting), at: assignment.value)
      }
      try assign(value, to: assignment.target, from: assignment.value)
    } catch {
      // The name counts as set, so that one mistake is not reported at every use of it.
      if case .unpack = assignment.target { throw error }
      try assign(.missing, to: assignment.target, from: assignment.value)
      throw error
    }
  }

  private mutating func assignBlock(_ block: BlockAssignment) throws(Diagnostic) {
    var value = try capture(block.body, isEscaped: block.isEscaped)
    for filter in block.filters {
      value = try apply(Int(filter.id), to: value, try evaluate(arguments: filter.arguments))
    }
    try assign(value, to: block.target, from: nil)
  }

  private mutating func renderFilterBlock(_ block: FilterBlock) throws(Diagnostic) {
    var value = try capture(block.body, isEscaped: block.isEscaped)
    for filter in block.filters {
      value = try apply(Int(filter.id), to: value, try evaluate(arguments: filter.arguments))
    }
    value.append(to: &output.bytes)
  }

  private mutating func capture(
    _ body: Body, isEscaped: Bool
  ) throws(Diagnostic) -> Value {
    try capture(isEscaped: isEscaped) { (renderer: inout Renderer) throws(Diagnostic) in
      try renderer.render(body)
    }
  }

  /// Runs `work` on a buffer of its own; what it wrote is markup where values are escaped.
  mutating func capture(
    isEscaped: Bool, _ work: (inout Renderer) throws(Diagnostic) -> Void
  ) throws(Diagnostic) -> Value {
    let outer = (output, parent)
    output = OutputBuffer()
    // What is captured counts after `extends` too.
    parent = nil
    defer { (output, parent) = outer }
    let isMarkup = isEscaped && template.escape != nil
    try work(&self)
    try output.finish()
    let text = Text(computed: output.bytes)
    return isMarkup ? .markup(text) : .text(text)
  }

  mutating func assign(
    _ value: Value, to target: Target, from id: ExpressionID?
  ) throws(Diagnostic) {
    switch target {
    case .slot(let slot): slots[base + Int(slot)] = value
    case .context(let symbol): setVariable(tree.symbols[Int(symbol)], value)
    case .attribute(let object, let symbol):
      let object = try evaluate(object)
      guard case .object(let id) = object else {
        let name = tree.symbols[Int(symbol)].text
        throw Diagnostic(
          .template(.noAttributes(name.string, of: object.kind)), at: name)
      }
      objects[id.index].set(tree.symbols[Int(symbol)], value)
    case .unpack(let targets): try unpack(value, into: targets, from: id)
    }
  }

  private mutating func setVariable(_ key: Key, _ value: Value) {
    if let index = contexts[context].variables.firstIndex(where: { $0.key == key }) {
      contexts[context].variables[index].value = value
    } else {
      contexts[context].variables.append((key, value))
    }
  }

  private mutating func unpack(
    _ value: Value, into targets: [Target], from id: ExpressionID?
  ) throws(Diagnostic) {
    let items = try items(of: value, at: id)
    guard items.count == targets.count else {
      let place = id.map { self.place(of: $0) }
      throw Diagnostic(
        .template(.unpackCount(wanted: targets.count, found: items.count)), at: place)
    }
    for (item, target) in zip(items, targets) { try assign(item, to: target, from: id) }
  }
}

// MARK: Loops

struct LoopState {
  var items: [Value]
  var index = 0
  let loop: Int
  let depth: Int
  var lastChanged: [Value]?
}

extension Renderer {
  private mutating func renderLoop(_ index: Int) throws(Diagnostic) {
    let loop = tree.loops[index]
    let items = try items(of: try evaluate(loop.items), at: loop.items)
    try runLoop(index, loop, items, depth: 0)
  }

  /// Runs a loop over items; again for `loop(items)` in a recursive one.
  mutating func runLoop(
    _ index: Int, _ loop: ForLoop, _ items: [Value], depth: Int
  ) throws(Diagnostic) {
    let items = loop.filter == nil ? items : try filtered(items, loop, index, depth)
    guard !items.isEmpty else { return try render(loop.otherwise) }
    try enter(at: tree.expressionRanges[Int(loop.items.index)])
    defer { leave() }
    loops.append(LoopState(items: items, loop: index, depth: depth))
    defer { loops.removeLast() }
    for (round, item) in items.enumerated() {
      loops[loops.count - 1].index = round
      for slot in loop.slots { slots[base + Int(slot)] = .undefined }
      try assign(item, to: loop.target, from: loop.items)
      try render(loop.body)
    }
  }

  private mutating func filtered(
    _ items: [Value], _ loop: ForLoop, _ index: Int, _ depth: Int
  ) throws(Diagnostic) -> [Value] {
    guard let filter = loop.filter else { return items }
    var kept: [Value] = []
    loops.append(LoopState(items: items, loop: index, depth: depth))
    defer { loops.removeLast() }
    for item in items {
      try countStep()
      try assign(item, to: loop.target, from: loop.items)
      if try isTrue(filter) { kept.append(item) }
    }
    return kept
  }

  /// What a loop goes through: the items of a list, the keys of a map, the characters of a text.
  mutating func items(of value: Value, at id: ExpressionID?) throws(Diagnostic) -> [Value] {
    switch value {
    case .list(let items): return items
    case .map(let map): return map.items
    case .text(let text), .markup(let text):
      try countSteps(text.count)
      return text.string.unicodeScalars.map { Value(String($0)) }
    case .missing: return []
    case .undefined where environment.undefined != .strict: return []
    case .undefined:
      guard let id else { throw .template(.absentValue) }
      throw undefinedError(id)
    default:
      let place = id.map { self.place(of: $0) }
      throw Diagnostic(.template(.notIterable(value.kind)), at: place)
    }
  }
}
