import Diagnostics
import Texts

// Prints values.

extension Renderer {
  /// Prints what an expression gives.
  mutating func write(_ id: ExpressionID, _ isEscaped: Bool) throws(Diagnostic) {
    switch code.expressions[Int(id.index)] {
    case .filter(let filter, let operandID, Arguments.none):
      switch environment.filters[Int(filter)].body {
      case .appending(let append):
        return try write(operandID, Int(filter), isEscaped, at: id) {
          (value, bytes) throws(Diagnostic) in try append(value.value, &bytes)
        }
      case .editing(let edit):
        return try write(operandID, Int(filter), isEscaped, at: id) { (value, bytes) in
          if let text = value.textBytes { return edit(text.span, true, &bytes) }
          value.value.printed.withBytes { edit($0, true, &bytes) }
        }
      default: break
      }
    case .call(let callee, let arguments):
      return try writeCall(callee, arguments, isEscaped, at: id)
    case .superBlock where isEscaped || code.escape < 0:
      return try renderSuper(at: id)
    case .ownBlock(let name) where isEscaped || code.escape < 0:
      return try renderOwnBlock(name, at: id)
    case .conditional(let test, let then, let otherwise):
      return try write(try isTrue(test) ? then : otherwise, isEscaped)
    default: break
    }
    try write(try evaluate(id), isEscaped, at: id)
  }

  /// Prints what a call gives. A macro whose text is markup here writes it where it stands.
  private mutating func writeCall(
    _ callee: ExpressionID, _ arguments: Int32, _ isEscaped: Bool, at id: ExpressionID
  ) throws(Diagnostic) {
    try enter(at: id)
    defer { leave() }
    guard let macro = try macro(callee) else {
      return try write(try call(callee, arguments, at: id), isEscaped, at: id)
    }
    let escape = macro._withUnsafeGuaranteedRef { $0.isEscaped ? $0.template.escape ?? -1 : -1 }
    guard escape == (isEscaped ? code.escape : -1) else {
      return try write(try call(callee, arguments, at: id), isEscaped, at: id)
    }
    try run(macro.takeUnretainedValue(), arguments, caller: nil, at: id)
  }

  /// The macro that a name stands for; nil for anything else.
  private mutating func macro(_ callee: ExpressionID) throws(Diagnostic) -> Unmanaged<Macro>? {
    switch code.expressions[Int(callee.index)] {
    case .name, .local: break
    default: return nil
    }
    if case .macro(let macro) = try evaluate(callee) { return macro }
    return nil
  }

  /// Apart from the evaluation, which may nest, so that that needs little stack.
  @inline(__always)
  mutating func write(
    _ operand: Operand, _ isEscaped: Bool, at id: ExpressionID
  ) throws(Diagnostic) {
    trace(operand, id)
    switch operand {
    case .text(let source, let range):
      let bytes = source._withUnsafeGuaranteedRef { SourceBytes($0) }[range]
      try write(bytes.span, isEscaped, at: id)
    case .int(let number): try write(number, isEscaped, at: id)
    case .missing: break
    default: try writeOther(operand, isEscaped, at: id)
    }
  }

  @inline(never)
  private mutating func writeOther(
    _ operand: Operand, _ isEscaped: Bool, at id: ExpressionID
  ) throws(Diagnostic) {
    let value = operand.value
    switch value {
    case .markup(let markup):
      do throws(Diagnostic) {
        try write(markup, isEscaped)
      } catch {
        throw located(error, at: id)
      }
    case .bool, .decimal, .none: output.append(unescaped: value)
    case .undefined: try writeUndefined(id)
    default:
      try value.printed.withBytes { (bytes) throws(Diagnostic) in
        try write(bytes, isEscaped, at: id)
      }
    }
  }

  /// Writes markup; that of another output format is data here.
  mutating func write(_ markup: Markup, _ isEscaped: Bool) throws(Diagnostic) {
    guard isEscaped, code.escape >= 0, !markup.isFor(code.escape) else {
      return try output.append(markup, environment)
    }
    try markup.text.withBytes { (text) throws(Diagnostic) in
      try output.append(escaped: text, code.escape, environment)
    }
  }

  /// Prints what a filter makes of a value, without making a value of it.
  private mutating func write(
    _ operandID: ExpressionID, _ filter: Int, _ isEscaped: Bool, at id: ExpressionID,
    through append: (Operand, inout ByteBuffer) throws(Diagnostic) -> Void
  ) throws(Diagnostic) {
    let operand = try evaluate(operandID)
    trace(operand, operandID)
    switch operand {
    case .missing: return
    case .undefined: return try writeUndefined(operandID)
    case .markup:
      return try write(try apply(filter, to: operand, Arguments.none, at: id), isEscaped, at: id)
    default: break
    }
    var bytes = ByteBuffer()
    swap(&bytes, &scratch)
    defer { swap(&bytes, &scratch) }
    bytes.removeAll()
    do throws(Diagnostic) {
      try append(operand, &bytes)
    } catch {
      throw located(error, at: id)
    }
    try write(bytes.span, isEscaped, at: id)
  }

  @inline(__always)
  private mutating func write(
    _ text: Span<UInt8>, _ isEscaped: Bool, at id: ExpressionID
  ) throws(Diagnostic) {
    guard isEscaped, code.escape >= 0 else { return output.append(text) }
    do throws(Diagnostic) {
      try output.append(escaped: text, code.escape, environment)
    } catch {
      throw located(error, at: id)
    }
  }

  private mutating func write(
    _ number: Int, _ isEscaped: Bool, at id: ExpressionID
  ) throws(Diagnostic) {
    guard isEscaped, code.escape >= 0 else { return output.append(unescaped: number) }
    do throws(Diagnostic) {
      try output.append(escaped: number, code.escape, environment)
    } catch {
      throw located(error, at: id)
    }
  }

  private mutating func writeUndefined(_ id: ExpressionID) throws(Diagnostic) {
    switch environment.undefined {
    case .strict: throw undefinedError(id)
    case .lenient: break
    case .draft: output.append(unescaped: draftMark(of: id))
    }
  }

  /// What a draft shows for a value that is not there.
  mutating func draftMark(of id: ExpressionID) -> Value {
    Value(missingName(of: id).map { "⟦thiếu: \($0)⟧" } ?? "⟦thiếu⟧")
  }

  /// The expression that filters are applied to.
  func unfiltered(_ id: ExpressionID) -> ExpressionID {
    switch code.expressions[Int(id.index)] {
    case .filter(_, let operand, _): return unfiltered(operand)
    default: return id
    }
  }

  /// The name of what is not there, however deep in an expression; nil where it has none.
  private mutating func missingName(of id: ExpressionID) -> String? {
    switch code.expressions[Int(id.index)] {
    case .filter(_, let operand, _): return missingName(of: operand)
    case .local(_, let otherwise): return missingName(of: otherwise)
    case .binary(_, let left, let right):
      return missingName(of: (try? evaluate(left).isUndefined) == true ? left : right)
    case .or(_, let last), .and(_, let last), .conditional(_, let last, _):
      return missingName(of: last)
    case .name(let symbol):
      return environment.missingName(code.symbol(symbol).pointee.text, nil)
    case .attribute(let object, let symbol):
      return missingName(code.symbol(symbol).pointee.text, of: object)
    case .item(let object, let index):
      guard let key = (try? evaluate(index).value).flatMap({ Key($0) }), !key.isInteger else {
        return missingName(of: object)
      }
      return missingName(key.text, of: object)
    default: return nil
    }
  }

  private mutating func missingName(_ field: Text, of object: ExpressionID) -> String? {
    guard let value = try? evaluate(object).value else { return nil }
    switch value {
    case .undefined: return missingName(of: object)
    case .map(let map): return environment.missingName(field, map.place)
    default: return environment.missingName(field, nil)
    }
  }
}
