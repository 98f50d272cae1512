import Diagnostics
import Texts

// Calls of filters, tests, functions and macros, and what a template asks of its loops.

extension Renderer {
  mutating func evaluate(arguments index: Int32) throws(Diagnostic) -> CallArguments {
    if index == Arguments.none { return CallArguments() }
    let list = code.arguments(index)
    if let constants = list.constants { return constants }
    let written = list.written
    var values = CallArguments()
    values.bound.reserveCapacity(written.bound.count)
    for id in written.bound { values.bound.append(id == .none ? nil : try argument(id).value) }
    for id in written.rest { values.rest.append(try argument(id).value) }
    for keyword in written.keywords {
      values.keywords.append(NamedValue(key: keyword.key, value: try argument(keyword.value).value))
    }
    if written.spread != .none { values.rest += try spreadItems(written.spread).array }
    if written.keywordSpread != .none {
      let map = try spreadEntries(written)
      values.keywords += zip(map.keys, map.values).map { NamedValue(key: $0, value: $1) }
    }
    return values
  }

  /// Arguments in the order of the parameters, which is known before the call but for `*list` and
  /// `**map`.
  private mutating func evaluate(
    arguments index: Int32, for signature: Signature, _ name: String
  ) throws(Diagnostic) -> CallArguments {
    let values = try evaluate(arguments: index)
    guard index != Arguments.none, code.arguments(index).written.isSpread else { return values }
    return try values.bound(to: signature, name)
  }

  /// The value of an argument, or of a part of a list or map. What is not there is told here, where
  /// its name is.
  @inline(__always)
  mutating func argument(_ id: ExpressionID) throws(Diagnostic) -> Operand {
    let value = try evaluate(id)
    return value.isUndefined ? try absentArgument(id) : value
  }

  @inline(never)
  private mutating func absentArgument(_ id: ExpressionID) throws(Diagnostic) -> Operand {
    switch environment.undefined {
    case .strict: throw undefinedError(id)
    case .lenient: return .undefined
    case .draft: return hold(draftMark(of: id))
    }
  }

  private mutating func spreadItems(_ id: ExpressionID) throws(Diagnostic) -> ItemList {
    try items(of: try argument(id), at: id)
  }

  private mutating func spreadEntries(_ written: Arguments) throws(Diagnostic) -> ValueMap {
    let id = written.keywordSpread
    let value = try argument(id).value
    guard case .map(let map) = value else {
      throw problem(.wrongOperand("**", value.kind, wanted: .map), at: id, of: value)
    }
    for key in map.keys where written.keywordNames.existingSlot(of: key) != nil {
      throw problem(.duplicateArgument(key.text.string), at: id)
    }
    return map
  }

  /// Puts the arguments of a macro on the stack: the positional ones, then those given by name.
  ///
  /// - Returns: how many are positional, and the names that `**map` gives; nil without one.
  mutating func push(
    arguments list: ArgumentList
  ) throws(Diagnostic) -> (positional: Int, names: Shape?) {
    let written = list.written
    for index in written.rest.indices { arguments.append(try argument(written.rest[index])) }
    guard written.isSpread else {
      for index in written.keywords.indices {
        arguments.append(try argument(written.keywords[index].value))
      }
      return (written.rest.count, nil)
    }
    var count = written.rest.count
    if written.spread != .none {
      let items = try spreadItems(written.spread)
      for item in items { arguments.append(hold(item)) }
      count += items.count
    }
    for index in written.keywords.indices {
      arguments.append(try argument(written.keywords[index].value))
    }
    guard written.keywordSpread != .none else { return (count, nil) }
    let map = try spreadEntries(written)
    for value in map.values { arguments.append(hold(value)) }
    return (count, map.shape)
  }

  mutating func filtered(
    _ operandID: ExpressionID, _ filter: Int, _ arguments: Int32, at id: ExpressionID
  ) throws(Diagnostic) -> Operand {
    let operand = try evaluate(operandID)
    switch operand {
    case .missing, .undefined:
      let absence = environment.filters[filter].absence
      if let answer = try absentAnswer(operand, operandID, absence) { return answer }
    default: break
    }
    return try apply(filter, to: operand, arguments, at: id)
  }

  mutating func apply(
    _ filter: Int, to operand: Operand, _ arguments: Int32, at id: ExpressionID
  ) throws(Diagnostic) -> Operand {
    do throws(Diagnostic) {
      return try apply(filter, to: operand, arguments)
    } catch {
      throw located(error, at: id)
    }
  }

  /// The result of a filter for a value that is not there; nil where the filter decides itself.
  private mutating func absentAnswer(
    _ value: Operand, _ operand: ExpressionID, _ absence: Filter.Absence
  ) throws(Diagnostic) -> Operand? {
    switch (value, absence) {
    case (.missing, .passedOn): return .missing
    case (.undefined, .passedOn), (.undefined, .answersMissing):
      switch environment.undefined {
      case .strict: throw undefinedError(operand)
      case .lenient: return absence == .passedOn ? .missing : nil
      case .draft: return .undefined
      }
    default: return nil
    }
  }

  private mutating func apply(
    _ filter: Int, to operand: Operand, _ arguments: Int32
  ) throws(Diagnostic) -> Operand {
    try count(operand.textBytes)
    let result = try result(of: filter, for: operand, arguments)
    try count(result.textBytes)
    return result
  }

  private mutating func result(
    of filter: Int, for operand: Operand, _ arguments: Int32
  ) throws(Diagnostic) -> Operand {
    switch environment.filters[filter].body {
    case .selecting(let selection):
      return try select(selection, operand, arguments)
    case .pure(let body):
      return hold(try body(operand.value, try evaluate(arguments: arguments, of: filter)))
    case .rendering(let body):
      return hold(try body(operand.value, try evaluate(arguments: arguments, of: filter), &self))
    case .appending(let body):
      var changed = ByteBuffer()
      let value = operand.value
      try body(value, &changed)
      return hold(value.changed(to: changed.bytes))
    case .editing(let edit): return hold(operand.value.edited(edit))
    case .markup(let body): return hold(try markup(of: operand.value, body))
    }
  }

  /// The arguments of a filter.
  mutating func evaluate(
    arguments index: Int32, of filter: Int
  ) throws(Diagnostic) -> CallArguments {
    if index == Arguments.none { return CallArguments() }
    let list = code.arguments(index)
    if let constants = list.constants { return constants }
    // The fallback may be a name that is not there, as another filter may have one for it.
    if case .answersAll = environment.filters[filter].absence, !list.written.isSpread {
      var values = CallArguments()
      for id in list.written.bound {
        values.bound.append(id == .none ? nil : try evaluate(id).value)
      }
      return values
    }
    let filter = environment.filters[filter]
    return try evaluate(arguments: index, for: filter.signature, filter.name)
  }

  mutating func apply(
    _ filter: Int, to value: Value, _ arguments: CallArguments
  ) throws(Diagnostic) -> Value {
    try count(textOf: value)
    let result = try result(of: filter, for: value, arguments)
    try count(textOf: result)
    return result
  }

  private mutating func result(
    of filter: Int, for value: Value, _ arguments: CallArguments
  ) throws(Diagnostic) -> Value {
    switch environment.filters[filter].body {
    case .selecting(let selection): return try select(selection, lend(value), arguments)
    case .pure(let body): return try body(value, arguments)
    case .rendering(let body): return try body(value, arguments, &self)
    case .appending(let body):
      var changed = ByteBuffer()
      try body(value, &changed)
      return value.changed(to: changed.bytes)
    case .editing(let edit): return value.edited(edit)
    case .markup(let body): return try markup(of: value, body)
    }
  }

  private func markup(
    of value: Value, _ body: (Text, String?) throws(Diagnostic) -> [UInt8]
  ) throws(Diagnostic) -> Value {
    let text = value.printed
    guard code.escape >= 0 else { return .text(Text(computed: try body(text, nil), from: text)) }
    let bytes = try body(text, environment.escapes[code.escape].fileExtension)
    let prose = Markup.Piece(end: bytes.count, kind: .prose)
    return .markup(
      Markup(Text(computed: bytes, from: text), pieces: [prose], escape: code.escape))
  }

  /// Gives a filter's problem its place in the template; a place in the data comes first.
  func located(_ error: Diagnostic, at id: ExpressionID) -> Diagnostic {
    located(error, at: place(of: id))
  }

  func located(_ error: Diagnostic, at here: Text) -> Diagnostic {
    var error = error
    // A literal of this template is in sight already.
    error.notes.removeAll { $0.kind == .valueFrom && $0.place?.source === here.source }
    guard let place = error.place else {
      error.place = here
      return error
    }
    if place.place.source.name.isEmpty {
      error.place = here
    } else if place.place.source !== here.source {
      error.notes.append(Diagnostic.Note(.wantedHere, at: here))
    }
    return error
  }

  @inline(__always)
  mutating func passes(
    _ operandID: ExpressionID, _ test: Int, _ arguments: Int32, at id: ExpressionID
  ) throws(Diagnostic) -> Bool {
    let test = Test.builtIn[test]
    let operand = test.acceptsAbsent ? try evaluate(operandID) : try use(operandID)
    if let isDefined = test.isDefined {
      switch operand {
      case .undefined, .missing: return !isDefined
      default: return isDefined
      }
    }
    if let answer = test.answer { return answer(operand) }
    do throws(Diagnostic) {
      let values = try evaluate(arguments: arguments, for: test.signature, test.name)
      try count(operand.textBytes)
      return try test.body(operand.value, values, environment)
    } catch {
      throw located(error, at: id)
    }
  }

  mutating func call(
    _ callee: ExpressionID, _ arguments: Int32, at id: ExpressionID
  ) throws(Diagnostic) -> Operand {
    if case .attribute(let object, let symbol) = code.expressions[Int(callee.index)],
      case .object(let object) = try evaluate(object)
    {
      let key = code.symbol(symbol).pointee
      return hold(try callMethod(key, of: object, arguments, at: id))
    }
    let function = try use(callee)
    if case .macro(let macro) = function {
      return hold(try capture(macro.takeUnretainedValue(), arguments, at: id))
    }
    let values = try evaluate(arguments: arguments)
    switch function.value {
    case .object(let object):
      return hold(try callMethod(Key("call"), of: object, arguments, at: id))
    case .function(let function):
      do throws(Diagnostic) {
        let bound = try values.bound(to: function.signature, function.name)
        let outer = callSite
        callSite = id
        defer { callSite = outer }
        return hold(try function.body(bound, &self))
      } catch {
        throw located(error, at: id)
      }
    case let value: throw problem(.notCallable(value.kind), at: callee)
    }
  }

  // MARK: Loops

  @inline(__always)
  mutating func loopValue(_ attribute: LoopAttribute, _ level: Int) -> Operand {
    let place = loopBase &+ level
    guard place < loops.count else { return .undefined }
    return Unmanaged.passUnretained(loops[place])._withUnsafeGuaranteedRef {
      value(of: attribute, $0)
    }
  }

  @inline(__always)
  private mutating func value(of attribute: LoopAttribute, _ loop: LoopState) -> Operand {
    switch attribute {
    case .index: .int(loop.index &+ 1)
    case .index0: .int(loop.index)
    case .revindex: .int(loop.count &- loop.index)
    case .revindex0: .int(loop.count &- loop.index &- 1)
    case .first: .bool(loop.index == 0)
    case .last: .bool(loop.index &+ 1 == loop.count)
    case .length: .int(loop.count)
    case .depth: .int(loop.depth &+ 1)
    case .depth0: .int(loop.depth)
    case .previtem, .nextitem, .all: rareValue(of: attribute, loop)
    }
  }

  @inline(never)
  private mutating func rareValue(of attribute: LoopAttribute, _ loop: LoopState) -> Operand {
    switch attribute {
    case .previtem: return loop.index > 0 ? item(loop.index - 1, of: loop.items) : .undefined
    case .nextitem:
      return loop.index + 1 < loop.count ? item(loop.index + 1, of: loop.items) : .undefined
    default: break
    }
    return .object(object(of: loop))
  }

  /// The object that stands for a loop where it is kept or handed on.
  private mutating func object(of loop: LoopState) -> ObjectID {
    if let known = loop.object { return known }
    objects.append(TemplateObject(.loop(loop)))
    let object = ObjectID(index: objects.count - 1)
    loop.object = object
    return object
  }

  /// An attribute of an object.
  mutating func attribute(_ key: Key, of id: ObjectID) -> Operand {
    if case .loop(let loop) = objects[id.index].state {
      return LoopAttribute.named(key).map { value(of: $0, loop) } ?? .undefined
    }
    return objects[id.index].attribute(key).map { hold($0) } ?? .undefined
  }

  /// Calls a loop that is kept in a variable, or a method of it; nil where it is no loop.
  mutating func callLoop(
    _ method: Key?, of id: ObjectID, _ arguments: Int32, at place: ExpressionID
  ) throws(Diagnostic) -> Value? {
    guard case .loop(let loop) = objects[id.index].state else { return nil }
    switch method?.text.string {
    case "cycle": return try cycle(loop, arguments, at: place).value
    case "changed": return try changed(loop, arguments).value
    case nil:
      // Only a loop of the template at hand has its body here.
      guard let index = loops.lastIndex(where: { $0 === loop }), index >= loopBase else {
        throw problem(.notCallable(.object), at: place)
      }
      return try recurse(index - loopBase, arguments, at: place)
    default: return nil
    }
  }

  mutating func recurse(
    _ level: Int, _ arguments: Int32, at id: ExpressionID
  ) throws(Diagnostic) -> Value {
    let state = loops[loopBase + level]
    let loop = code.loop(state.loop)
    guard arguments != Arguments.none else {
      throw problem(.missingArgument("…", of: "loop"), at: id)
    }
    let written = code.arguments(arguments).written
    guard loop.isRecursive, let first = written.rest.first else {
      _ = try evaluate(arguments: arguments)
      throw problem(.notCallable(.object), at: id)
    }
    let items = try items(of: try evaluate(first), at: first)
    let saved = loop.slots.map { slots[base + $0].value }
    // The inner run must find its loop at the same level as the outer one.
    let inner = Array(loops.suffix(from: loopBase + level))
    loops.removeLast(inner.count)
    defer {
      loops += inner
      for (slot, value) in zip(loop.slots, saved) { slots.set(hold(value), at: base + slot) }
    }
    return try capture(isEscaped: true) { (renderer: inout Renderer) throws(Diagnostic) in
      try renderer.runLoop(state.loop, loop, items, depth: state.depth + 1)
    }
  }

  mutating func cycle(
    _ loop: LoopState, _ arguments: Int32, at id: ExpressionID
  ) throws(Diagnostic) -> Operand {
    let values = try evaluate(arguments: arguments).rest
    guard !values.isEmpty else { throw problem(.missingArgument("…", of: "cycle"), at: id) }
    return hold(values[loop.index % values.count])
  }

  mutating func changed(_ loop: LoopState, _ arguments: Int32) throws(Diagnostic) -> Operand {
    let values = try evaluate(arguments: arguments).rest
    let isChanged = loop.lastChanged != values
    loop.lastChanged = values
    return .bool(isChanged)
  }
}

extension CallArguments {
  /// Puts the arguments of a call at run time into the order of the parameters.
  func bound(to signature: Signature, _ name: String) throws(Diagnostic) -> CallArguments {
    var result = CallArguments()
    let names = signature.parameters
    result.bound = names.indices.map { $0 < rest.count ? rest[$0] : nil }
    result.rest = Array(rest.dropFirst(names.count))
    if !result.rest.isEmpty, !signature.takesMore {
      throw .template(.tooManyArguments(name, limit: names.count))
    }
    for keyword in keywords {
      let given = keyword.key.text.string
      if let index = names.firstIndex(of: given), result.bound[index] == nil {
        result.bound[index] = keyword.value
      } else if signature.takesMore {
        result.keywords.append(keyword)
      } else {
        let suggestion = nearest(to: given, among: names)
        throw .template(.unknownArgument(given, of: name, suggestion: suggestion))
      }
    }
    for index in 0..<signature.required where result.bound[index] == nil {
      throw .template(.missingArgument(names[index], of: name))
    }
    return result
  }
}
