import Diagnostics
import Texts

// Macros and the bodies of `call` blocks.

extension Renderer {
  mutating func defineMacro(_ statement: MacroStatement) throws(Diagnostic) {
    let macro = try closure(Int(statement.routine))
    try assign(hold(.macro(macro)), to: statement.target, from: nil)
  }

  private mutating func closure(_ index: Int) throws(Diagnostic) -> Macro {
    let routine = code.routine(index)
    var captured: [Value] = []
    for capture in routine.captures { captured.append(try evaluate(capture.from).value) }
    return Macro(
      name: code.symbol(routine.name).pointee.text, template: template,
      routine: routine, captured: captured, context: context)
  }

  mutating func renderCallBlock(_ block: CallBlock) throws(Diagnostic) {
    let caller = try closure(Int(block.routine))
    let callee = try evaluate(block.callee)
    guard case .macro(let macro) = callee else {
      throw problem(.notCallable(callee.value.kind), at: block.callee)
    }
    try run(macro.takeUnretainedValue(), block.arguments, caller: caller, at: block.callee)
  }

  /// The text that a macro writes, as a value.
  mutating func capture(
    _ macro: Macro, _ arguments: Int32, at id: ExpressionID
  ) throws(Diagnostic) -> Value {
    try capture(for: macro.isEscaped ? macro.template.escape : nil) {
      (renderer: inout Renderer) throws(Diagnostic) in
      try renderer.run(macro, arguments, caller: nil, at: id)
    }
  }

  /// Runs a macro, which writes to the output; `caller` is the body of a `call` block.
  mutating func run(
    _ macro: Macro, _ list: Int32, caller: Macro?, at id: ExpressionID
  ) throws(Diagnostic) {
    try enter(at: id)
    defer { leave() }
    let first = arguments.count
    defer { arguments.removeLast(arguments.count - first) }
    let written = list == Arguments.none ? ArgumentList.empty : code.arguments(list)
    let (count, names) = try push(arguments: written)
    let call = MacroCall(
      written: written, count: count, names: names, caller: caller, first: first, code: code,
      id: id)
    try run(macro, call)
  }

  /// Runs a macro with so many arguments that wait already, from the place `first` on.
  mutating func run(
    _ macro: Macro, given count: Int, from first: Int, at id: ExpressionID
  ) throws(Diagnostic) {
    try enter(at: id)
    defer { leave() }
    let call = MacroCall(
      written: .empty, count: count, names: nil, caller: nil, first: first, code: code, id: id)
    try run(macro, call)
  }

  private mutating func run(_ macro: Macro, _ call: borrowing MacroCall) throws(Diagnostic) {
    let outer = enterRoutine(macro.routine, of: macro.template, context: macro.context)
    defer { leaveRoutine(outer) }
    try bind(call, to: macro)
    try render(macro.routine.body)
  }

  /// Gives the variables of a macro that is about to run their values.
  private mutating func bind(
    _ call: borrowing MacroCall, to macro: Macro
  ) throws(Diagnostic) {
    let (routine, count) = (macro.routine, call.count)
    var used = 0
    for index in routine.captures.indices {
      slots.lend(lend(macro.captured[index]), at: base &+ Int(routine.captures[index].slot))
    }
    for index in routine.parameters.indices {
      let slot = base &+ Int(routine.parameters[index].slot)
      if index < count {
        slots.lend(arguments[call.first &+ index], at: slot)
      } else if let given = call.keyword(routine.parameters[index].name) {
        slots.lend(arguments[call.first &+ count &+ given], at: slot)
        used &+= 1
      } else if let caller = call.caller, routine.parameters[index].name == Scopes.caller {
        slots.set(hold(.macro(caller)), at: slot)
      } else if let fallback = routine.parameters[index].fallback {
        slots.set(try evaluate(fallback), at: slot)
      }
    }
    if count > routine.parameters.count || call.keywordCount > used
      || call.caller != nil || routine.takesRest
    {
      try bindRest(of: call, to: macro)
    }
  }

  /// Gives `varargs`, `kwargs` and `caller` their values, and refuses what there is no place for.
  private mutating func bindRest(
    of call: borrowing MacroCall, to macro: Macro
  ) throws(Diagnostic) {
    let routine = macro.routine
    let extra = max(0, call.count - routine.parameters.count)
    if let slot = routine.variadicSlot {
      let from = call.first + call.count - extra
      let values = arguments[from..<from + extra].map(\.value)
      slots.set(hold(.list(values)), at: base + Int(slot))
    } else if extra > 0 {
      let problem = TemplateProblem.tooManyArguments(
        macro.name.string, limit: routine.parameters.count)
      throw Diagnostic(.template(problem), at: call.place)
    }
    if let caller = call.caller {
      if let slot = routine.callerSlot {
        slots.set(hold(.macro(caller)), at: base + Int(slot))
      } else if !routine.takesCaller {
        let problem = TemplateProblem.unknownArgument(
          "caller", of: macro.name.string, suggestion: nil)
        throw Diagnostic(.template(problem), at: call.place)
      }
    }
    let others = call.keywordCount == 0 ? [] : call.unusedKeywords(by: routine)
    if let slot = routine.keywordSlot {
      let pairs = others.map {
        (call.name(ofKeyword: $0), arguments[call.first + call.count + $0].value)
      }
      slots.set(hold(.map(ValueMap(pairs))), at: base + Int(slot))
    } else if let wrong = others.first {
      let names = routine.parameters.map { $0.name.text.string }
      let name = call.name(ofKeyword: wrong).text.string
      let suggestion = nearest(to: name, among: names)
      throw Diagnostic(
        .template(.unknownArgument(name, of: macro.name.string, suggestion: suggestion)),
        at: call.place)
    }
  }
}

/// A macro that is about to run: what it was called with.
private struct MacroCall {
  let written: ArgumentList
  /// The number of arguments that are not given by name.
  let count: Int
  /// The names of those that `**map` gives, which come last.
  let names: Shape?
  let caller: Macro?
  /// The place where its arguments begin among all that wait.
  let first: Int
  /// The expression of a template that calls it.
  let code: Code
  let id: ExpressionID

  var keywordCount: Int { written.written.keywords.count &+ (names?.keys.count ?? 0) }

  /// The name of an argument, by its place among all that have one.
  func name(ofKeyword index: Int) -> Key {
    let own = written.written.keywordNames.keys
    guard index >= own.count, let names else { return own[index] }
    return names.keys[index - own.count]
  }

  /// The argument of a name, by its place among all that have one.
  @inline(__always)
  func keyword(_ name: Key) -> Int? {
    if keywordCount == 0 { return nil }
    if let index = written.written.keywordNames.existingSlot(of: name) { return index }
    return names?.slot(of: name).map { $0 + written.written.keywords.count }
  }

  /// The arguments with names that no parameter takes.
  func unusedKeywords(by routine: Routine) -> [Int] {
    let taken = Shape(routine.parameters.dropFirst(count).map(\.name))
    return (0..<keywordCount).filter { taken.slot(of: name(ofKeyword: $0)) == nil }
  }

  var place: Text { code.template.tree.text(code.template.tree.range(of: id)) }
}

// MARK: Routines

/// The state that a routine finds when it is entered, to be put back when it is left.
struct OuterRoutine {
  fileprivate let code: Code
  fileprivate let parent: Template?
  fileprivate let context: Int
  fileprivate let base: Int
  fileprivate let loopBase: Int
  fileprivate let slotCount: Int
  fileprivate let loopCount: Int
}

extension Renderer {
  /// Begins a routine, with fresh slots in another template and context.
  mutating func enterRoutine(
    _ routine: Routine, of template: Template, context: Int
  ) -> OuterRoutine {
    let outer = OuterRoutine(
      code: code, parent: parent, context: self.context, base: base, loopBase: loopBase,
      slotCount: slots.count, loopCount: loops.count)
    if !code.isOf(template) { code = memory.code(of: template) }
    self.context = min(context, contexts.count - 1)
    parent = nil
    base = slots.count
    loopBase = loops.count
    slots.push(Int(routine.slotCount))
    return outer
  }

  mutating func leaveRoutine(_ outer: OuterRoutine) {
    slots.shrink(to: outer.slotCount)
    if loops.count > outer.loopCount { loops.removeLast(loops.count - outer.loopCount) }
    (code, parent, context) = (outer.code, outer.parent, outer.context)
    (base, loopBase) = (outer.base, outer.loopBase)
  }
}
