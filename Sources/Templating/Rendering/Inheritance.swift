import Diagnostics
import Texts

// Macros, blocks, and templates that use other templates.

extension Renderer {
  mutating func defineMacro(_ statement: MacroStatement) throws(Diagnostic) {
    let macro = try closure(Int(statement.routine))
    try assign(.macro(macro), to: statement.target, from: nil)
  }

  private mutating func closure(_ index: Int) throws(Diagnostic) -> Macro {
    let routine = tree.routines[index]
    var captured: [Value] = []
    for capture in routine.captures { captured.append(try evaluate(capture.from)) }
    return Macro(
      name: tree.symbols[Int(routine.name)].text.string, template: template, routine: index,
      captured: captured, context: context)
  }

  mutating func renderCallBlock(_ block: CallBlock) throws(Diagnostic) {
    let caller = try closure(Int(block.routine))
    let callee = try evaluate(block.callee)
    guard case .macro(let macro) = callee else {
      throw problem(.notCallable(callee.kind), at: block.callee)
    }
    let arguments = try evaluate(arguments: block.arguments)
    let result = try call(macro, arguments, caller: caller, at: block.callee)
    output.append(unescaped: result)
  }

  /// Calls a macro; `caller` is the body of a `call` block.
  mutating func call(
    _ macro: Macro, _ arguments: CallArguments, caller: Macro?, at id: ExpressionID
  ) throws(Diagnostic) -> Value {
    let place = place(of: id)
    let routine = macro.template.tree.routines[macro.routine]
    try enter(at: place.range)
    defer { leave() }
    let result = try capture(isEscaped: false) {
      (renderer: inout Renderer) throws(Diagnostic) in
      try renderer.inRoutine(routine, of: macro.template, context: macro.context) {
        (inner: inout Renderer) throws(Diagnostic) in
        for (capture, value) in zip(routine.captures, macro.captured) {
          inner.slots[inner.base + Int(capture.slot)] = value
        }
        try inner.bind(arguments, caller, to: routine, of: macro, at: place)
        try inner.render(routine.body)
      }
    }
    let isMarkup = routine.isEscaped && macro.template.escape != nil
    return isMarkup ? .markup(result.printed) : result
  }

  private mutating func bind(
    _ arguments: CallArguments, _ caller: Macro?, to routine: Routine, of macro: Macro,
    at place: Text
  ) throws(Diagnostic) {
    var keywords = arguments.keywords
    for (index, parameter) in routine.parameters.enumerated() {
      let slot = base + Int(parameter.slot)
      if index < arguments.rest.count {
        slots[slot] = arguments.rest[index]
      } else if let given = keywords.firstIndex(where: { $0.key == parameter.name }) {
        slots[slot] = keywords.remove(at: given).value
      } else if let fallback = parameter.fallback {
        slots[slot] = try evaluate(fallback)
      }
    }
    let extra = arguments.rest.dropFirst(routine.parameters.count)
    if let slot = routine.variadicSlot {
      slots[base + Int(slot)] = .list(Array(extra))
    } else if !extra.isEmpty {
      let problem = TemplateProblem.tooManyArguments(macro.name, limit: routine.parameters.count)
      throw Diagnostic(.template(problem), at: place)
    }
    if let caller {
      guard let slot = routine.callerSlot else {
        let problem = TemplateProblem.unknownArgument("caller", of: macro.name, suggestion: nil)
        throw Diagnostic(.template(problem), at: place)
      }
      slots[base + Int(slot)] = .macro(caller)
    }
    if let slot = routine.keywordSlot {
      slots[base + Int(slot)] = .map(ValueMap(keywords.map { ($0.key, $0.value) }))
    } else if let wrong = keywords.first {
      let names = routine.parameters.map { $0.name.text.string }
      let name = wrong.key.text.string
      let suggestion = nearest(to: name, among: names)
      throw Diagnostic(
        .template(.unknownArgument(name, of: macro.name, suggestion: suggestion)), at: place)
    }
  }

  /// Runs `work` with fresh slots in another template and context.
  mutating func inRoutine(
    _ routine: Routine, of template: Template, context: Int,
    _ work: (inout Renderer) throws(Diagnostic) -> Void
  ) throws(Diagnostic) {
    let outer = (self.template, self.context, base, loopBase, parent)
    let slotCount = slots.count
    let loopCount = loops.count
    self.template = template
    self.context = min(context, contexts.count - 1)
    parent = nil
    base = slotCount
    loopBase = loopCount
    slots.push(Int(routine.slotCount))
    defer {
      slots.shrink(to: slotCount)
      loops.removeLast(loops.count - loopCount)
      (self.template, self.context, base, loopBase, parent) = outer
    }
    try work(&self)
  }
}

// MARK: Blocks

extension Renderer {
  mutating func renderBlock(_ block: BlockStatement) throws(Diagnostic) {
    let outer = context
    var count = 0
    if !block.visible.isEmpty {
      count = try pushContext(block.visible)
      context = contexts.count - 1
    }
    defer {
      contexts.removeLast(count)
      context = outer
    }
    try renderBlock(named: block.name, level: 0, context: context)
  }

  /// Puts outer variables into a context of their own; returns how many contexts were added.
  private mutating func pushContext(
    _ visible: [(key: Key, value: ExpressionID)]
  ) throws(Diagnostic) -> Int {
    contexts.append(Context(parent: context, variables: try values(of: visible)))
    return 1
  }

  private mutating func values(
    of visible: [(key: Key, value: ExpressionID)]
  ) throws(Diagnostic) -> [NamedValue] {
    var variables: [NamedValue] = []
    for (key, id) in visible {
      let value = try evaluate(id)
      if case .undefined = value { continue }
      variables.append(NamedValue(key: key, value: value))
    }
    return variables
  }

  private mutating func renderBlock(
    named name: Key, level: Int, context: Int
  ) throws(Diagnostic) {
    guard let chain = blockChains[name], level < chain.count else { return }
    let definition = chain[level]
    if definition.block.isRequired, level == 0 {
      throw Diagnostic(.template(.requiredBlock(name.text.string)), at: name.text)
    }
    let outer = currentBlock
    currentBlock = (name, level)
    defer { currentBlock = outer }
    let routine = definition.template.tree.routines[Int(definition.block.routine)]
    try enter(at: name.text.range)
    defer { leave() }
    try inRoutine(routine, of: definition.template, context: context) {
      (renderer: inout Renderer) throws(Diagnostic) in try renderer.render(routine.body)
    }
  }

  /// `super()`: what the block's definition one template up writes.
  mutating func renderSuper(at id: ExpressionID) throws(Diagnostic) -> Value {
    guard let (name, level) = currentBlock, let chain = blockChains[name], level + 1 < chain.count
    else { throw problem(.noSuperBlock, at: id) }
    let context = context
    let result = try capture(isEscaped: true) {
      (renderer: inout Renderer) throws(Diagnostic) in
      try renderer.renderBlock(named: name, level: level + 1, context: context)
    }
    return result
  }
}

// MARK: Other templates

extension Renderer {
  mutating func extends(_ id: ExpressionID) throws(Diagnostic) {
    let name = try evaluate(id)
    guard let text = name.asText else {
      throw problem(.wrongOperand("extends", name.kind, wanted: .text), at: id)
    }
    guard let found = try load(text, at: id) else { throw notFound(text, at: id) }
    parent = found
  }

  /// A template by name; its problems are recorded all, with the place that calls it.
  private mutating func load(_ name: Text, at id: ExpressionID) throws(Diagnostic) -> Template? {
    let place = place(of: id)
    do throws(Problems) {
      return try library.template(named: name.string)
    } catch {
      includes.append((name.string, place))
      defer { includes.removeLast() }
      for diagnostic in error.diagnostics.dropLast() { try recover(from: diagnostic) }
      guard var last = error.diagnostics.last else { return nil }
      if last.place == nil {
        last.place = place
      } else {
        last.notes.append(Diagnostic.Note(.includedHere(template: name.string), at: place))
      }
      throw last
    }
  }

  private func notFound(_ name: Text, at id: ExpressionID) -> Diagnostic {
    let suggestion = library.nearestName(to: name.string)
    return problem(.templateNotFound(name.string, suggestion: suggestion), at: id)
  }

  mutating func include(_ include: Include) throws(Diagnostic) {
    guard let found = try firstTemplate(include) else { return }
    let variables = include.hasContext ? try values(of: include.visible) : []
    try enterTemplate(
      found, Context(parent: include.hasContext ? context : nil, variables: variables),
      from: include.names
    ) { (renderer: inout Renderer) throws(Diagnostic) in try renderer.renderRoot() }
    contexts.removeLast()
  }

  /// The first of the names that exists; nil where none needs to.
  private mutating func firstTemplate(_ include: Include) throws(Diagnostic) -> Template? {
    let value = try evaluate(include.names)
    let names: ItemList
    if case .items(let items) = value { names = items } else { names = ItemList([value]) }
    for name in names {
      guard let text = name.asText else {
        if case .undefined = name { throw undefinedError(include.names) }
        throw problem(.wrongOperand("include", name.kind, wanted: .text), at: include.names)
      }
      if let found = try load(text, at: include.names) { return found }
    }
    if include.ignoresMissing { return nil }
    let shown = names.compactMap { $0.asText?.string }.joined(separator: ", ")
    throw notFound(names.count == 1 ? names[0].printed : Text(shown), at: include.names)
  }

  /// Runs `work` in another template with a context and blocks of its own.
  private mutating func enterTemplate(
    _ found: Template, _ context: Context, from id: ExpressionID,
    _ work: (inout Renderer) throws(Diagnostic) -> Void
  ) throws(Diagnostic) {
    let place = place(of: id)
    guard includes.count < Renderer.includeLimit else {
      throw limit(.includeTooDeep(Renderer.includeLimit), at: place)
    }
    try enter(at: place.range)
    includes.append((found.source.name, place))
    let outer = (template, self.context, base, loopBase, parent)
    let blocks = (blockChains, currentBlock)
    contexts.append(context)
    template = found
    self.context = contexts.count - 1
    blockChains = [:]
    currentBlock = nil
    defer {
      (template, self.context, base, loopBase, parent) = outer
      (blockChains, currentBlock) = blocks
      includes.removeLast()
      leave()
    }
    try work(&self)
  }

  mutating func importModule(_ statement: Import) throws(Diagnostic) {
    let module = try module(statement)
    for (_, target, _) in statement.targets {
      try assign(.map(module), to: target, from: statement.name)
    }
  }

  mutating func importNames(_ statement: Import) throws(Diagnostic) {
    let module = try module(statement)
    for (name, target, range) in statement.targets {
      guard let name else { continue }
      if let value = module[name] {
        try assign(value, to: target, from: statement.name)
        continue
      }
      try assign(.missing, to: target, from: statement.name)
      let known = nearest(to: name.text.string, among: module.keys.map(\.text.string))
      let problem = TemplateProblem.notExported(name.text.string, suggestion: known)
      let place = Text(source: tree.source, range: range)
      try recover(from: Diagnostic(.template(problem), at: place))
    }
  }

  /// What a template sets at its top level, by name.
  private mutating func module(_ statement: Import) throws(Diagnostic) -> ValueMap {
    let name = try evaluate(statement.name)
    guard let text = name.asText else {
      throw problem(.wrongOperand("import", name.kind, wanted: .text), at: statement.name)
    }
    guard let found = try load(text, at: statement.name) else {
      throw notFound(text, at: statement.name)
    }
    let variables = statement.hasContext ? try values(of: statement.visible) : []
    if !variables.isEmpty { contexts.append(Context(parent: context, variables: variables)) }
    let parent = !statement.hasContext ? nil : variables.isEmpty ? context : contexts.count - 1
    var exported: [(Key, Value)] = []
    _ = try capture(isEscaped: false) { (renderer: inout Renderer) throws(Diagnostic) in
      try renderer.enterTemplate(
        found, Context(parent: parent, variables: []), from: statement.name
      ) { (inner: inout Renderer) throws(Diagnostic) in
        try inner.renderRoot()
        exported = inner.contexts[inner.context].variables.map { ($0.key, $0.value) }
          .filter { $0.0.text.bytes.first != UInt8(ascii: "_") }
      }
    }
    return ValueMap(exported)
  }
}
