import Diagnostics
import Texts

// What each statement of a template does.

extension Renderer {
  mutating func render(_ body: Body) throws(Diagnostic) {
    var rounds = Rounds()
    try render(body, &rounds)
  }

  /// Renders the body of a loop in all its rounds.
  mutating func render(_ body: Body, _ rounds: inout Rounds) throws(Diagnostic) {
    let body = body.indices
    var index = body.lowerBound
    while true {
      if rounds.isAhead, !rounds.setsNoOther { begin(&rounds) }
      index = executeKnown(from: index, in: body, &rounds)
      if index == body.upperBound {
        guard rounds.goAhead() else { return }
        index = body.lowerBound
        continue
      }
      if rounds.isAhead { begin(&rounds) }
      do throws(Diagnostic) {
        try execute(&index, upTo: body.upperBound)
      } catch {
        // What has no place of its own, such as a filter on a block, has that of its statement.
        var error = error
        error.place = error.place ?? tree.text(tree.statementRanges[index])
        try recover(from: error)
      }
      index &+= 1
    }
  }

  /// Executes texts and values as long as one follows another and nothing is to be learned.
  ///
  /// - Returns: the first statement that takes more; nothing of it was done.
  @inline(__always)
  private mutating func executeKnown(
    from first: Int, in body: Range<Int>, _ rounds: inout Rounds
  ) -> Int {
    // Each statement is a step.
    guard first < body.upperBound, instructions[first].kind != .other, parent == nil,
      stepLimit &- steps >= body.upperBound &- first, let escape = template.escape,
      let output = output.begin(escape, atMost: outputLimit)
    else { return first }
    let statements = memory.statements
    var run = KnownRun(output, at: first, stepLimit: stepLimit &- steps)
    run.look(at: statements.local(of: first), record(statements.local(of: first), rounds))
    run: while true {
      switch run.go(statements, text, in: body, &rounds) {
      case .end, .unknown: break run
      case .local(let local): run.look(at: local, record(local, rounds))
      case .filter(let filter):
        let writer = Unmanaged.passUnretained(environment.plainWriters[filter])
        guard run.write(text, through: writer, to: &self.output) else { break run }
      }
    }
    steps &+= run.steps
    self.output.end(run.output)
    return run.index
  }

  /// The values that a local variable holds, see ``KnownStatement``.
  @inline(__always)
  private mutating func record(_ local: Int32, _ rounds: Rounds) -> RecordView {
    switch local {
    case KnownStatement.names: RecordView(nameWindow())
    case rounds.local where rounds.isAhead: rounds.record
    default: RecordView(slots.window(at: base &+ Int(local)))
    }
  }

  /// Executes a statement, and with a text the value right after it, on which `index` is then.
  private mutating func execute(_ index: inout Int, upTo end: Int) throws(Diagnostic) {
    try countStep(of: index)
    let (first, origin) = (index, output.passage)
    var instruction = instructions[index]
    var passed: SourceRange?
    switch instruction.kind {
    case .text where parent == nil:
      output.append(text[instruction.range], of: first)
      guard instruction.isBeforeValue, index &+ 1 < end else {
        return memory.statements.add(
          KnownStatement(instruction.range, of: text, at: origin, to: output.passage), of: first)
      }
      passed = instruction.range
      index &+= 1
      try countStep(of: index)
      instruction = instructions[index]
    case .name where parent == nil, .member where parent == nil: break
    default: return try executeTag(tree.statements[index], at: index)
    }
    if try writeStored(instruction, after: passed, from: first, origin) { return }
    try writeComputed(instruction.whole, true, at: index)
  }

  /// Prints a value that is no plain one of the data.
  private mutating func writeComputed(
    _ id: ExpressionID, _ isEscaped: Bool, at index: Int
  ) throws(Diagnostic) {
    output.computed = index
    defer { output.computed = -1 }
    try write(id, isEscaped)
  }

  /// Apart from most texts and values, which need little stack.
  @inline(never)
  private mutating func executeTag(_ statement: Statement, at index: Int) throws(Diagnostic) {
    if parent != nil, writesOutput(statement) { return }
    switch statement {
    case .text: break
    case .output(let id, let isEscaped): try writeComputed(id, isEscaped, at: index)
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
  mutating func writesOutput(_ statement: Statement) -> Bool {
    switch statement {
    case .text, .output, .block, .include, .callBlock, .filterBlock: true
    default: false
    }
  }

  mutating func renderCondition(_ index: Int) throws(Diagnostic) {
    // By their numbers, as taking a branch out counts references.
    for branch in 0..<tree.conditions[index].count {
      if let test = tree.conditions[index][branch].test {
        guard try isTrue(test) else { continue }
      }
      return try render(tree.conditions[index][branch].body)
    }
  }

  mutating func renderWith(_ with: With) throws(Diagnostic) {
    // All values first: they do not see each other's names.
    var values: [Value] = []
    for assignment in with.assignments { values.append(try evaluate(assignment.value)) }
    for (assignment, value) in zip(with.assignments, values) {
      try assign(value, to: assignment.target, from: assignment.value)
    }
    try render(with.body)
  }

  mutating func assign(_ assignment: Assignment) throws(Diagnostic) {
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

  mutating func assignBlock(_ block: BlockAssignment) throws(Diagnostic) {
    let value = try filtered(block.body, through: block.filters, isEscaped: block.isEscaped)
    try assign(value, to: block.target, from: nil)
  }

  mutating func renderFilterBlock(_ block: FilterBlock) throws(Diagnostic) {
    let value = try filtered(block.body, through: block.filters, isEscaped: block.isEscaped)
    output.append(unescaped: value)
  }

  /// What a body writes, passed through filters one after the other.
  private mutating func filtered(
    _ body: Body, through filters: [(id: Int32, arguments: Int32)], isEscaped: Bool
  ) throws(Diagnostic) -> Value {
    var value = try capture(body, isEscaped: isEscaped)
    for filter in filters {
      value = try apply(Int(filter.id), to: value, try evaluate(arguments: filter.arguments))
    }
    return value
  }

  mutating func capture(
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
    var outer = OutputBuffer(memory)
    swap(&output, &outer)
    // What is captured counts after `extends` too.
    let outerParent = parent
    parent = nil
    defer {
      swap(&output, &outer)
      parent = outerParent
    }
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

  mutating func setVariable(_ key: Key, _ value: Value) {
    let context = contexts[context]
    if let index = context.variables.firstIndex(where: { $0.key == key }) {
      context.variables[index].value = value
    } else {
      context.variables.append(NamedValue(key: key, value: value))
    }
    names = nil
  }

  mutating func unpack(
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
