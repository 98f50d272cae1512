import Diagnostics
import Texts

// Blocks, and templates that use other templates.

extension Renderer {
  mutating func renderBlock(_ block: BlockStatement) throws(Diagnostic) {
    guard let chain = blockChains[block.name] else { return }
    guard !block.visible.isEmpty else {
      return try renderBlock(chain, level: 0, context: context)
    }
    let (outer, own) = (context, contexts.count)
    contexts.append(Context(parent: context, variables: try values(of: block.visible)))
    context = own
    defer {
      dropContext(own)
      context = outer
    }
    try renderBlock(chain, level: 0, context: own)
  }

  /// Takes a context out that is no longer needed, unless a module that was imported meanwhile has
  /// its own behind it: its macros know that by its number.
  private mutating func dropContext(_ index: Int) {
    if contexts.count == index + 1 { contexts.removeLast() }
  }

  private mutating func values(
    of visible: [(key: Key, value: ExpressionID)]
  ) throws(Diagnostic) -> [NamedValue] {
    var variables: [NamedValue] = []
    for (key, id) in visible {
      let value = try evaluate(id)
      if value.isUndefined { continue }
      variables.append(NamedValue(key: key, value: value.value))
    }
    return variables
  }

  private mutating func renderBlock(
    _ chain: BlockChain, level: Int, context: Int
  ) throws(Diagnostic) {
    let definition = chain.definitions[level]
    let name = chain.name
    if definition.block.isRequired, level == 0 {
      throw Diagnostic(.template(.requiredBlock(name.text.string)), at: name.text)
    }
    try write(asOf: definition.template) { (renderer: inout Renderer) throws(Diagnostic) in
      try renderer.renderBody(of: definition, chain, level: level, context: context)
    }
  }

  private mutating func renderBody(
    of definition: BlockDefinition, _ chain: BlockChain, level: Int, context: Int
  ) throws(Diagnostic) {
    let outer = currentBlock
    currentBlock = (chain, level)
    defer { currentBlock = outer }
    let routine = definition.template.tree.routines[Int(definition.block.routine)]
    try enter(at: template.tree.text(chain.name.text.range))
    defer { leave() }
    let frame = enterRoutine(routine, of: definition.template, context: context)
    defer { leaveRoutine(frame) }
    try render(routine.body)
  }

  /// `self.name()`: what a block of the template writes.
  mutating func renderOwnBlock(_ name: Int32, at id: ExpressionID) throws(Diagnostic) {
    let name = code.symbol(name).pointee
    guard let chain = blockChains[name] else {
      let known = nearest(to: name.text.string, among: blockChains.names)
      throw problem(.noSuchBlock(name.text.string, suggestion: known), at: id)
    }
    try renderBlock(chain, level: 0, context: context)
  }

  /// `super()`: what the block's definition one template up writes.
  mutating func renderSuper(at id: ExpressionID) throws(Diagnostic) {
    guard let (chain, level) = currentBlock, level + 1 < chain.definitions.count
    else { throw problem(.noSuperBlock, at: id) }
    try renderBlock(chain, level: level + 1, context: context)
  }
}

// MARK: Other templates

extension Renderer {
  mutating func extends(_ id: ExpressionID) throws(Diagnostic) {
    let name = try evaluate(id).value
    guard let text = name.asText else {
      throw problem(.wrongOperand("extends", name.kind, wanted: .text), at: id)
    }
    guard let found = try load(text, at: id) else { throw notFound(text, at: id) }
    parent = found
  }

  /// A template by name; its problems are recorded all, with the place that calls it.
  private mutating func load(_ name: Text, at id: ExpressionID) throws(Diagnostic) -> Template? {
    let place = NamePlace(name)
    if let known = found[place] { return known }
    let template = try find(name, at: id)
    found[place] = template
    return template
  }

  private mutating func find(_ name: Text, at id: ExpressionID) throws(Diagnostic) -> Template? {
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
    let own = contexts.count
    let inner = Context(parent: include.hasContext ? context : nil, variables: variables)
    try write(asOf: found) { (renderer: inout Renderer) throws(Diagnostic) in
      try renderer.enterTemplate(found, inner, from: include.names) {
        (renderer: inout Renderer) throws(Diagnostic) in try renderer.renderRoot()
      }
    }
    dropContext(own)
  }

  /// Runs `work`, which writes as another template does. If that one is of another output format,
  /// all that it writes is data here.
  private mutating func write(
    asOf other: Template, _ work: (inout Renderer) throws(Diagnostic) -> Void
  ) throws(Diagnostic) {
    guard code.escape >= 0, other.escape ?? -1 != code.escape else { return try work(&self) }
    let written = try capture(for: other.escape, work)
    guard case .markup(let markup) = written else {
      return try output.append(escaped: written, code.escape, environment)
    }
    try write(markup, true)
  }

  /// The first of the names that exists; nil where none needs to.
  private mutating func firstTemplate(_ include: Include) throws(Diagnostic) -> Template? {
    let value = try evaluate(include.names).value
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
    try enter(at: place)
    includes.append((found.source.name, place))
    let outer = (code, self.context, base, loopBase, parent)
    let blocks = (blockChains, currentBlock)
    contexts.append(context)
    code = memory.code(of: found)
    self.context = contexts.count - 1
    blockChains = BlockChains()
    currentBlock = nil
    defer {
      (code, self.context, base, loopBase, parent) = outer
      (blockChains, currentBlock) = blocks
      includes.removeLast()
      leave()
    }
    try work(&self)
  }

  mutating func importModule(_ statement: Import) throws(Diagnostic) {
    let module = try module(statement)
    for (_, target, _) in statement.targets {
      try assign(hold(.map(module)), to: target, from: statement.name)
    }
  }

  mutating func importNames(_ statement: Import) throws(Diagnostic) {
    let module = try module(statement)
    for (name, target, range) in statement.targets {
      guard let name else { continue }
      if let value = module[name] {
        try assign(hold(value), to: target, from: statement.name)
        continue
      }
      try assign(.missing, to: target, from: statement.name)
      let known = nearest(to: name.text.string, among: module.keys.map(\.text.string))
      let problem = TemplateProblem.notExported(name.text.string, suggestion: known)
      let place = template.tree.text(range)
      try recover(from: Diagnostic(.template(problem), at: place))
    }
  }

  /// The values that a template sets at its top level, by name.
  private mutating func module(_ statement: Import) throws(Diagnostic) -> ValueMap {
    let name = try evaluate(statement.name).value
    guard let text = name.asText else {
      throw problem(.wrongOperand("import", name.kind, wanted: .text), at: statement.name)
    }
    guard let found = try load(text, at: statement.name) else {
      throw notFound(text, at: statement.name)
    }
    guard statement.hasContext else { return try module(of: found, from: statement.name) }
    let variables = try values(of: statement.visible)
    if !variables.isEmpty { contexts.append(Context(parent: context, variables: variables)) }
    let parent = variables.isEmpty ? context : contexts.count - 1
    return try exports(of: found, parent, from: statement.name)
  }

  /// The same of a template by its name, without context, for a function that is called.
  mutating func module(named name: String) throws(Diagnostic) -> ValueMap {
    guard let found = try find(Text(name), at: callSite) else {
      throw notFound(Text(name), at: callSite)
    }
    return try module(of: found, from: callSite)
  }

  private mutating func module(
    of found: Template, from id: ExpressionID
  ) throws(Diagnostic) -> ValueMap {
    for (known, exports) in modules where known === found { return exports }
    let module = try exports(of: found, nil, from: id)
    modules.append((found, module))
    return module
  }

  /// - Parameter parent: the context that it sees; nil for none.
  private mutating func exports(
    of found: Template, _ parent: Int?, from id: ExpressionID
  ) throws(Diagnostic) -> ValueMap {
    var exported: [(Key, Value)] = []
    _ = try capture(isEscaped: false) { (renderer: inout Renderer) throws(Diagnostic) in
      try renderer.enterTemplate(
        found, Context(parent: parent, variables: []), from: id
      ) { (inner: inout Renderer) throws(Diagnostic) in
        try inner.renderRoot()
        let own = inner.contexts[inner.context]
        exported = zip(own.names, own.values).map { ($0, $1) }
          .filter { $0.0.text.bytes.first != UInt8(ascii: "_") }
      }
    }
    return ValueMap(exported)
  }
}
