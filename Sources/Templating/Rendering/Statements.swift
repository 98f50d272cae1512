import Diagnostics
import Texts

// What each statement of a template does.

extension Renderer {
  mutating func render(_ body: Body) throws(Diagnostic) {
    let pooled = pool.count
    let outerDepth = bodyDepth
    bodyDepth = depth
    var index = Int(body.start)
    let end = index &+ Int(body.count)
    while index < end {
      do throws(Diagnostic) {
        try execute(index)
      } catch {
        // What has no place of its own, such as a filter on a block, has that of its statement.
        var error = error
        error.place = error.place ?? template.tree.text(template.tree.statementRanges[index])
        try recover(from: error)
      }
      drainPool(to: pooled)
      index &+= 1
    }
    bodyDepth = outerDepth
  }

  @inline(__always)
  private mutating func execute(_ index: Int) throws(Diagnostic) {
    try countStep(of: index)
    switch code.statements[index] {
    case .text(let range):
      guard parent == nil else { return }
      output.append(code.text[range], number: code.firstTextNumber &+ index)
    case .output(let id, let isEscaped):
      guard parent == nil else { return }
      try write(id, isEscaped)
    case .condition(let first, let count): try renderCondition(first, count)
    case let statement: try executeOther(statement)
    }
  }

  /// Apart from the statements that there are most of, which need little stack.
  @inline(never)
  private mutating func executeOther(_ statement: Statement) throws(Diagnostic) {
    if parent != nil, writesOutput(statement) { return }
    switch statement {
    case .text, .output, .condition: break
    case .loop(let index): try renderLoop(Int(index))
    case .assign(let index): try assign(code.assignment(index))
    case .assignBlock(let index): try assignBlock(template.tree.blockAssignments[Int(index)])
    case .with(let index): try renderWith(template.tree.withs[Int(index)])
    case .filterBlock(let index): try renderFilterBlock(template.tree.filterBlocks[Int(index)])
    case .macro(let index): try defineMacro(template.tree.macros[Int(index)])
    case .callBlock(let index): try renderCallBlock(template.tree.callBlocks[Int(index)])
    case .block(let index): try renderBlock(template.tree.blocks[Int(index)])
    case .include(let index): try include(template.tree.includes[Int(index)])
    case .importModule(let index): try importModule(template.tree.imports[Int(index)])
    case .importNames(let index): try importNames(template.tree.imports[Int(index)])
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

  private mutating func renderCondition(
    _ first: Int32, _ count: Int32
  ) throws(Diagnostic) {
    for index in Int(first)..<Int(first &+ count) {
      let branch = code.branches[index]
      if branch.test != .none {
        guard try isTrue(branch.test) else { continue }
      }
      return try render(branch.body)
    }
  }

  mutating func renderWith(_ with: With) throws(Diagnostic) {
    // All values first: they do not see each other's names.
    var values: [Operand] = []
    for assignment in with.assignments { values.append(try evaluate(assignment.value)) }
    for (assignment, value) in zip(with.assignments, values) {
      try assign(value, to: assignment.target, from: assignment.value)
    }
    try render(with.body)
  }

  mutating func assign(_ assignment: Assignment) throws(Diagnostic) {
    do throws(Diagnostic) {
      let value = try evaluate(assignment.value)
      try checkNesting(of: value, at: assignment.value)
      try assign(value, to: assignment.target, from: assignment.value)
    } catch {
      // The name counts as set, so that one mistake is not reported at every use of it.
      if case .unpack = assignment.target { throw error }
      try assign(.missing, to: assignment.target, from: assignment.value)
      throw error
    }
  }

  /// Refuses lists and maps that stand too deep inside each other.
  private func checkNesting(of operand: Operand, at id: ExpressionID) throws(Diagnostic) {
    switch operand {
    case .list, .map: break
    default: return
    }
    guard operand.value.nesting.isWithinLimits else {
      throw problem(.nestedTooDeep(Limits.nesting), at: id)
    }
  }

  mutating func assignBlock(_ block: BlockAssignment) throws(Diagnostic) {
    let value = try filtered(block.body, through: block.filters, isEscaped: block.isEscaped)
    try assign(hold(value), to: block.target, from: nil)
  }

  mutating func renderFilterBlock(_ block: FilterBlock) throws(Diagnostic) {
    let value = try filtered(block.body, through: block.filters, isEscaped: block.isEscaped)
    if block.isEscaped { try writeMarkup(hold(value)) } else { output.append(unescaped: value) }
  }

  /// Writes a body, passed through filters one after the other.
  private mutating func filtered(
    _ body: Body, through filters: [(id: Int32, arguments: Int32)], isEscaped: Bool
  ) throws(Diagnostic) -> Value {
    var value = try capture(body, isEscaped: isEscaped)
    for filter in filters {
      let arguments = try evaluate(arguments: filter.arguments, of: Int(filter.id))
      value = try apply(Int(filter.id), to: value, arguments)
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
    try capture(for: isEscaped && code.escape >= 0 ? code.escape : nil, work)
  }

  /// Runs `work` on a buffer of its own.
  ///
  /// - Parameter escape: that of which its text is markup; nil for plain text.
  mutating func capture(
    for escape: Int?, _ work: (inout Renderer) throws(Diagnostic) -> Void
  ) throws(Diagnostic) -> Value {
    var outer = OutputBuffer(capturing: escape, memory)
    swap(&output, &outer)
    // What is captured counts after `extends` too.
    let outerParent = parent
    parent = nil
    defer {
      swap(&output, &outer)
      parent = outerParent
    }
    try work(&self)
    let captured = try output.takeCaptured()
    try countCaptured(captured)
    return captured
  }

  /// Counts the copying of a captured text with its pieces: it may grow with each turn of a loop.
  private mutating func countCaptured(_ captured: Value) throws(Diagnostic) {
    let pieces = if case .markup(let markup) = captured { markup.pieces.count } else { 0 }
    try count(textOf: captured)
    if pieces > Renderer.shortText / Renderer.bytesPerStep { try countSteps(pieces) }
  }

  mutating func assign(
    _ operand: Operand, to target: Target, from id: ExpressionID?
  ) throws(Diagnostic) {
    switch target {
    case .slot(let slot): slots.set(operand, at: base &+ Int(slot))
    case .context(let symbol):
      contexts[context].set(code.symbol(symbol).pointee, operand.value)
    case .attribute(let object, let symbol):
      let object = try evaluate(object)
      guard case .object(let id) = object else {
        let name = code.symbol(symbol).pointee.text
        throw Diagnostic(
          .template(.noAttributes(name.string, of: object.value.kind)), at: name)
      }
      objects[id.index].set(code.symbol(symbol).pointee, operand.value)
    case .unpack(let targets): try unpack(operand, into: targets, from: id)
    }
  }

  mutating func unpack(
    _ operand: Operand, into targets: [Target], from id: ExpressionID?
  ) throws(Diagnostic) {
    let items = try items(of: operand, at: id)
    guard items.count == targets.count else {
      let place = id.map { self.place(of: $0) }
      throw Diagnostic(
        .template(.unpackCount(wanted: targets.count, found: items.count)), at: place)
    }
    for (item, target) in zip(items, targets) { try assign(hold(item), to: target, from: id) }
  }
}
