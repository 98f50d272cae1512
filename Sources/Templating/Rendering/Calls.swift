import Diagnostics
import Texts

// Calls of filters, tests, functions and macros, and what a template asks of its loops.

extension Renderer {
  mutating func evaluate(arguments index: Int32) throws(Diagnostic) -> CallArguments {
    if index == Arguments.none { return CallArguments() }
    if let constants = tree.arguments[Int(index)].constants { return constants }
    let arguments = tree.arguments[Int(index)].written
    var values = CallArguments()
    for id in arguments.bound {
      values.bound.append(id == .none ? nil : try evaluate(id))
    }
    for id in arguments.rest { values.rest.append(try evaluate(id)) }
    for keyword in arguments.keywords {
      values.keywords.append(NamedValue(key: keyword.key, value: try evaluate(keyword.value)))
    }
    return values
  }

  mutating func filtered(
    _ operand: ExpressionID, _ filter: Int, _ arguments: Int32, at id: ExpressionID
  ) throws(Diagnostic) -> Value {
    let value = try evaluate(operand)
    if let answer = try absentAnswer(value, operand, environment.filters[filter].absence) {
      return answer
    }
    do throws(Diagnostic) {
      return try apply(filter, to: value, try evaluate(arguments: arguments))
    } catch {
      throw located(error, at: id)
    }
  }

  /// What a filter gives for a value that is not there; nil where the filter decides itself.
  mutating func absentAnswer(
    _ value: Value, _ operand: ExpressionID, _ absence: Filter.Absence
  ) throws(Diagnostic) -> Value? {
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

  mutating func apply(
    _ filter: Int, to value: Value, _ arguments: CallArguments
  ) throws(Diagnostic) -> Value {
    switch environment.filters[filter].body {
    case .pure(let body): return try body(value, arguments)
    case .rendering(let body): return try body(value, arguments, &self)
    case .appending(let body, _):
      var changed = ByteBuffer()
      try body(value, &changed)
      return value.changed(to: changed.bytes)
    }
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

  mutating func passes(
    _ operand: ExpressionID, _ test: Int, _ arguments: Int32, at id: ExpressionID
  ) throws(Diagnostic) -> Bool {
    let test = Test.builtIn[test]
    let value = test.acceptsAbsent ? try evaluate(operand) : try use(operand)
    do throws(Diagnostic) {
      return try test.body(value, try evaluate(arguments: arguments), environment)
    } catch {
      throw located(error, at: id)
    }
  }

  mutating func call(
    _ callee: ExpressionID, _ arguments: Int32, at id: ExpressionID
  ) throws(Diagnostic) -> Value {
    if case .attribute(let object, let symbol) = tree.expressions[Int(callee.index)],
      case .object(let object) = try evaluate(object)
    {
      let arguments = try evaluate(arguments: arguments)
      return try callMethod(tree.symbols[Int(symbol)], of: object, arguments, at: id)
    }
    let function = try use(callee)
    let values = try evaluate(arguments: arguments)
    switch function {
    case .macro(let macro): return try call(macro, values, caller: nil, at: id)
    case .object(let object): return try callMethod(Key("call"), of: object, values, at: id)
    case .function(let function):
      do throws(Diagnostic) {
        return try function.body(try values.bound(to: function.signature, function.name), &self)
      } catch {
        throw located(error, at: id)
      }
    default: throw problem(.notCallable(function.kind), at: callee)
    }
  }

  // MARK: Loops

  mutating func loopValue(
    _ attribute: LoopAttribute, _ level: Int
  ) throws(Diagnostic) -> Value {
    let index = loopBase + level
    guard index < loops.count else { return .undefined }
    if attribute == .all {
      let attributes = LoopAttribute.allCases.filter { $0 != .all }
      return .map(
        ValueMap(attributes.map { (Key($0.rawValue), loops[index].value(of: $0)) }))
    }
    return loops[index].value(of: attribute)
  }

  mutating func recurse(
    _ level: Int, _ arguments: Int32, at id: ExpressionID
  ) throws(Diagnostic) -> Value {
    let state = loops[loopBase + level]
    let loop = tree.loops[state.loop]
    let values = try evaluate(arguments: arguments)
    guard loop.isRecursive, let first = values.rest.first else {
      throw problem(.notCallable(.object), at: id)
    }
    let items = try items(of: first, at: tree.arguments[Int(arguments)].written.rest[0])
    let saved = loop.slots.map { slots[base + $0] }
    // The inner run must find its loop at the same level as the outer one.
    let inner = loops.suffix(from: loopBase + level)
    loops.removeLast(inner.count)
    defer {
      loops += inner
      for (slot, value) in zip(loop.slots, saved) { slots[base + slot] = value }
    }
    let isEscaped = template.escape != nil
    return try capture(isEscaped: isEscaped) { (renderer: inout Renderer) throws(Diagnostic) in
      try renderer.runLoop(state.loop, loop, items, depth: state.depth + 1)
    }
  }

  mutating func cycle(
    _ level: Int, _ arguments: Int32, at id: ExpressionID
  ) throws(Diagnostic) -> Value {
    let values = try evaluate(arguments: arguments).rest
    guard !values.isEmpty else { throw problem(.missingArgument("…", of: "cycle"), at: id) }
    return values[loops[loopBase + level].index % values.count]
  }

  mutating func changed(_ level: Int, _ arguments: Int32) throws(Diagnostic) -> Value {
    let values = try evaluate(arguments: arguments).rest
    let isChanged = loops[loopBase + level].lastChanged != values
    loops[loopBase + level].lastChanged = values
    return .bool(isChanged)
  }
}

extension LoopState {
  func value(of attribute: LoopAttribute) -> Value {
    switch attribute {
    case .index: .int(index + 1)
    case .index0: .int(index)
    case .revindex: .int(items.count - index)
    case .revindex0: .int(items.count - index - 1)
    case .first: .bool(index == 0)
    case .last: .bool(index == items.count - 1)
    case .length: .int(items.count)
    case .depth: .int(depth + 1)
    case .depth0: .int(depth)
    case .previtem: index > 0 ? items[index - 1] : .undefined
    case .nextitem: index + 1 < items.count ? items[index + 1] : .undefined
    case .all: .undefined
    }
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
