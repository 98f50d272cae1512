import Diagnostics

// Texts and values whose passages were met before: most of a report.

/// A text, or a value with the text right before it, and what it took the last time.
struct KnownStatement: BitwiseCopyable {
  enum Kind: UInt8, BitwiseCopyable {
    /// Not met yet.
    case unknown
    case text
    /// A value of the data, or of a record that a local variable holds.
    case name
    case member
    /// Any other value: only its step is known.
    case computed
  }

  private(set) var kind = Kind.unknown
  /// Of a value that is a whole number: see ``PlainWriter/groupSign``.
  private(set) var groupSign: UInt8 = 0
  /// How many statements it is.
  let count: UInt8
  /// The passage before it; what is known holds after no other.
  private(set) var origin = Passage.never
  /// The passage after a text.
  private(set) var passage = Passage.unknown
  private(set) var text = TextPart(SourceRange(start: 0, end: 0))
  /// See ``Instruction``.
  private(set) var local: Int32 = 0
  private(set) var filter: Int32 = -1
  /// Where the value is in records of a shape, see ``Shape/number``.
  private(set) var slot: Int32 = 0
  private(set) var shape = 0
  private(set) var step = EscapeStep(from: 0, to: 0, lastLineStart: -1, wantsLetter: true)

  /// Of a statement that was not met yet.
  init() { count = 0 }

  init(_ text: SourceRange, at origin: Passage, to passage: Passage) {
    count = 1
    // Without a number there is nothing to know it by.
    guard passage.number >= 0 else { return }
    (kind, self.text, self.origin, self.passage) = (.text, TextPart(text), origin, passage)
  }

  init(
    _ instruction: Instruction, after text: SourceRange?, at origin: Passage, _ step: EscapeStep,
    slot: Int, of shape: Int, _ groupSign: UInt8
  ) {
    kind = instruction.kind == .member ? .member : .name
    count = text == nil ? 1 : 2
    if let text { self.text = TextPart(text) }
    (self.origin, self.step, self.shape, self.groupSign) = (origin, step, shape, groupSign)
    self.slot = Int32(clamping: slot)
    (local, filter) = (instruction.local, instruction.filter)
  }

  init(computedAt origin: Passage, _ step: EscapeStep) {
    count = 1
    (kind, self.origin, self.step) = (.computed, origin, step)
  }

  /// Whether it was met after that passage, and a value where the escaper stood in that setting.
  @inline(__always)
  func isKnown(after passage: Passage, _ setting: UInt64) -> Bool {
    origin == passage && (kind == .text || step.before == setting)
  }

  func isKnown(like other: KnownStatement) -> Bool {
    kind == other.kind && isKnown(after: other.origin, other.step.before)
  }

  /// Whether a whole number needs no filter's help.
  var writesNumbers: Bool { filter < 0 || groupSign != 0 }
}

extension Renderer {
  /// Executes texts and values as long as one follows another and nothing is to be learned, with
  /// all that this takes in copies that stay in registers.
  ///
  /// - Returns: the first statement that takes more; nothing of it was done.
  mutating func executeKnown(from first: Int, upTo end: Int) -> Int {
    // Each statement is a step.
    guard instructions[first].kind != .other, parent == nil, stepLimit &- steps >= end &- first,
      let escape = template.escape, var run = output.begin(escape, atMost: outputLimit)
    else { return first }
    let (text, memory) = (self.text, self.memory)
    var (variables, local, record) = (RecordView(nil), Int32(-1), RecordView(nil))
    var index = first
    statements: while index < end {
      let known = memory.latest(at: index)
      guard known.pointee.isKnown(after: run.passage, run.cursor.setting) else {
        if memory.turn(index, to: run.passage, run.cursor.setting) { continue }
        break
      }
      let value: StoredValue
      let data: SourceBytes
      switch known.pointee.kind {
      case .unknown, .computed: break statements
      case .text:
        guard run.tail.append(known.pointee.text, of: text) else { break statements }
        run.pass(to: known.pointee.passage)
        index &+= 1
        continue
      case .name:
        if variables.shape == 0 { variables = RecordView(nameWindow()) }
        guard known.pointee.shape == variables.shape else { break statements }
        (value, data) = (variables.stored[Int(known.pointee.slot)], variables.text)
      case .member:
        if known.pointee.local != local {
          local = known.pointee.local
          record = RecordView(slots.window(at: base &+ Int(local)))
        }
        guard known.pointee.shape == record.shape else { break statements }
        (value, data) = (record.stored[Int(known.pointee.slot)], record.text)
      }
      guard run.cursor.allowsLines(of: known.pointee.step) else { break }
      let start = run.tail.count &+ known.pointee.text.count
      switch value {
      case .text(let range) where known.pointee.filter < 0:
        guard known.pointee.step.digits == 0,
          run.tail.append(
            known.pointee.text, of: text, ordinary: TextPart(range), of: data,
            wantsLetter: known.pointee.step.wantsLetter)
        else { break statements }
      case .number(let number) where known.pointee.writesNumbers:
        var tail = run.tail
        guard !known.pointee.step.wantsLetter,
          tail.append(
            known.pointee.text, of: text, number, of: data, groupedBy: known.pointee.groupSign),
          known.pointee.step.digits == 0 || tail.count &- start == known.pointee.step.digits
        else { break statements }
        run.tail = tail
      case .int(let number) where known.pointee.writesNumbers:
        var tail = run.tail
        guard number >= 0, !known.pointee.step.wantsLetter,
          tail.append(
            known.pointee.text, of: text, magnitude: number.magnitude,
            groupedBy: known.pointee.groupSign),
          known.pointee.step.digits == 0 || tail.count &- start == known.pointee.step.digits
        else { break statements }
        run.tail = tail
      case _ where known.pointee.filter >= 0:
        var tail = run.tail
        guard tail.append(known.pointee.text, of: text) else { break statements }
        let writer = Unmanaged.passUnretained(environment.plainWriters[Int(known.pointee.filter)])
        guard
          let after = output.append(
            value, of: data, through: writer, by: known.pointee.step, to: tail)
        else { break statements }
        run.tail = after
      case .text, .int, .number, .bool, .missing, .other: break statements
      }
      run.make(known.pointee.step, valueAt: start)
      index &+= Int(known.pointee.count)
    }
    steps &+= index &- first
    output.end(run)
    return index
  }
}
