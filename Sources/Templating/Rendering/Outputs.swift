import Diagnostics
import Texts

// Prints values.

extension Renderer {
  mutating func write(_ id: ExpressionID, _ isEscaped: Bool) throws(Diagnostic) {
    if case .filter(let filter, let operand, Arguments.none) = tree.expressions[Int(id.index)],
      case .appending = environment.filters[Int(filter)].body
    {
      return try write(operand, through: Int(filter), isEscaped, at: id)
    }
    try write(try evaluate(id), isEscaped, at: id)
  }

  /// Prints a text or a whole number as it lies in the data, or what a filter makes of it, without
  /// making a value of it; false for any other value.
  ///
  /// - Parameters:
  ///   - range: what was appended for the text right before it; nil for none.
  ///   - first: the statement of that text, or of the value.
  ///   - origin: the passage before both.
  mutating func writeStored(
    _ instruction: Instruction, after range: SourceRange?, from first: Int, _ origin: Passage
  ) throws(Diagnostic) -> Bool {
    guard let escape = template.escape, output.isEscaping(with: escape),
      let (window, slot) = storedMember(instruction)
    else { return false }
    let step: EscapeStep?
    do throws(Diagnostic) {
      switch (window[slot], instruction.filter) {
      case (.missing, ..<0): return true
      case (.bool, _), (.records, _), (.other, _): return false
      case (.text(let range), ..<0): step = try output.append(escaped: window.text[range].span)
      case (.int(let number), ..<0): step = try output.append(number)
      case (.number(let number), ..<0): step = try output.append(number.value(in: window.text))
      case (let value, let filter):
        var bytes = ByteBuffer()
        guard environment.plainWriters[Int(filter)].append(value, of: window.text, to: &bytes)
        else { return false }
        step = try output.append(escaped: bytes.span)
      }
    } catch {
      throw located(error, at: instruction.whole)
    }
    if let step {
      let filter = Int(instruction.filter)
      let writer = filter < 0 ? nil : environment.plainWriters[filter]
      memory.statements.add(
        KnownStatement(
          instruction, after: range, of: text, at: origin, step, slot: slot, of: window.shape,
          writer),
        of: first)
    }
    return true
  }

  /// Where the data has what an instruction prints.
  private mutating func storedMember(
    _ instruction: Instruction
  ) -> (window: Window, slot: Int)? {
    let window =
      instruction.kind == .member
      ? slots.window(at: base &+ Int(instruction.local)) : nameWindow()
    return window.flatMap { storedMember(instruction.symbol, of: $0, at: instruction.operand) }
  }

  /// Where the data has what `name` or `item.name` asks for.
  @inline(__always)
  mutating func storedMember(at id: ExpressionID) -> (window: Window, slot: Int)? {
    switch tree.expressions[Int(id.index)] {
    case .name(let symbol):
      return nameWindow().flatMap { storedMember(symbol, of: $0, at: id) }
    case .attribute(let object, let symbol):
      guard case .local(let slot, _) = tree.expressions[Int(object.index)] else { return nil }
      return slots.window(at: base + Int(slot)).flatMap { storedMember(symbol, of: $0, at: id) }
    default: return nil
    }
  }

  @inline(__always)
  mutating func storedMember(
    _ symbol: Int32, of window: Window, at id: ExpressionID
  ) -> (window: Window, slot: Int)? {
    let slot =
      memory.members.slot(at: id, of: window.shape)
      ?? memory.note(window.keys.slot(of: tree.symbols[Int(symbol)]), at: id, of: window.keys)
    return slot < 0 ? nil : (window, slot)
  }

  /// Apart from the evaluation, which may nest, so that that needs little stack.
  mutating func write(
    _ value: Value, _ isEscaped: Bool, at id: ExpressionID
  ) throws(Diagnostic) {
    switch value {
    case .text(let text):
      try text.withBytes { (bytes) throws(Diagnostic) in try write(bytes, isEscaped, at: id) }
    case .markup(let text): text.withBytes { output.append($0) }
    case .int(let number): try write(number, isEscaped, at: id)
    case .bool, .decimal, .none, .missing: output.append(unescaped: value)
    case .undefined: try writeUndefined(id)
    default:
      try value.printed.withBytes { (bytes) throws(Diagnostic) in
        try write(bytes, isEscaped, at: id)
      }
    }
  }

  /// Prints what an appending filter makes of a value, without making a value of it.
  private mutating func write(
    _ operand: ExpressionID, through filter: Int, _ isEscaped: Bool, at id: ExpressionID
  ) throws(Diagnostic) {
    let value: Value
    if let (window, slot) = storedMember(at: operand) {
      value = window.value(slot)
    } else {
      value = try evaluate(operand)
    }
    switch value {
    case .missing: return
    case .undefined: return try writeUndefined(operand)
    case .int(let number) where isEscaped && writeGrouped(number, by: filter): return
    default:
      guard case .appending(let append, _) = environment.filters[filter].body else {
        return try write(try evaluate(id), isEscaped, at: id)
      }
      try write(value, through: append, isEscaped, at: id)
    }
  }

  /// Prints a whole number as a filter groups its digits; false where that is to be looked at.
  private mutating func writeGrouped(_ number: Int, by filter: Int) -> Bool {
    let sign = environment.plainWriters[filter].groupSign
    guard sign != 0, let escape = template.escape, output.isEscaping(with: escape) else {
      return false
    }
    return output.append(number, groupedBy: sign)
  }

  mutating func write(
    _ value: Value, through append: (Value, inout ByteBuffer) throws(Diagnostic) -> Void,
    _ isEscaped: Bool, at id: ExpressionID
  ) throws(Diagnostic) {
    var bytes = ByteBuffer()
    swap(&bytes, &scratch)
    defer { swap(&bytes, &scratch) }
    bytes.removeAll()
    do throws(Diagnostic) {
      try append(value, &bytes)
    } catch {
      throw located(error, at: id)
    }
    try write(bytes.span, isEscaped && !value.isMarkup, at: id)
  }

  mutating func write(
    _ text: Span<UInt8>, _ isEscaped: Bool, at id: ExpressionID
  ) throws(Diagnostic) {
    guard isEscaped, let escape = template.escape else { return output.append(text) }
    do throws(Diagnostic) {
      output.escape(with: escape, of: environment)
      try output.append(escaped: text)
    } catch {
      throw located(error, at: id)
    }
  }

  mutating func write(
    _ number: Int, _ isEscaped: Bool, at id: ExpressionID
  ) throws(Diagnostic) {
    guard isEscaped, let escape = template.escape else {
      return output.append(unescaped: .int(number))
    }
    do throws(Diagnostic) {
      output.escape(with: escape, of: environment)
      try output.append(number)
    } catch {
      throw located(error, at: id)
    }
  }

  mutating func writeUndefined(_ id: ExpressionID) throws(Diagnostic) {
    switch environment.undefined {
    case .strict: throw undefinedError(id)
    case .lenient: break
    case .draft: output.append(unescaped: Value("⟦thiếu: \(place(of: unfiltered(id)).string)⟧"))
    }
  }

  /// The expression that filters are applied to.
  func unfiltered(_ id: ExpressionID) -> ExpressionID {
    switch tree.expressions[Int(id.index)] {
    case .filter(_, let operand, _), .columnSum(let operand, _, _): return unfiltered(operand)
    default: return id
    }
  }
}
