import Diagnostics

/// Where text is written, with what its escape remembers.
struct OutputBuffer: ~Copyable {
  private var buffer = ByteBuffer()
  /// The template's text since the last value.
  private var passage = Passage.none
  private var escaper: Escaper?
  /// Where it stands.
  private var cursor = EscapeCursor.none
  /// Which of the environment's; nil before the first value.
  private var escape: Int?
  private let memory: RenderMemory

  /// - Parameter room: how many bytes to expect.
  init(_ memory: RenderMemory, room: Int = 0) {
    self.memory = memory
    buffer.reserve(room)
  }

  var count: Int { buffer.count }
  var bytes: [UInt8] { buffer.bytes }

  borrowing func withBytes(
    _ body: (Span<UInt8>) throws(Diagnostic) -> Void
  ) throws(Diagnostic) {
    try body(buffer.span)
  }

  /// Appends the text of a statement of the current template.
  @inline(__always)
  mutating func append(_ text: Span<UInt8>, textOf statement: Int) {
    buffer.append(text)
    passage = memory.passage(after: passage, textOf: statement)
  }

  /// Appends what is not escaped.
  mutating func append(_ text: Span<UInt8>) {
    buffer.append(text)
    passage = .unknown
  }

  mutating func append(unescaped value: Value) {
    var bytes: [UInt8] = []
    value.append(to: &bytes)
    append(bytes.span)
  }

  /// Appends the value of a statement of the current template, escaped.
  @inline(__always)
  mutating func append(
    escaped text: Span<UInt8>, at statement: Int
  ) throws(Diagnostic) {
    if let step = knownStep(at: statement), step.takes(text), isOrdinary(text) {
      cursor.make(step, valueAt: buffer.count, upTo: buffer.count &+ text.count)
      buffer.append(text)
      return passage = .none
    }
    memory.note(try appendNew(text), at: statement)
  }

  @inline(__always)
  mutating func append(_ number: Int, at statement: Int) throws(Diagnostic) {
    if number >= 0, let step = knownStep(at: statement), !step.wantsLetter {
      let start = buffer.count
      buffer.append(number: number)
      cursor.make(step, valueAt: start, upTo: buffer.count)
      return passage = .none
    }
    memory.note(try appendNew(number), at: statement)
  }

  /// Appends the value that `write` writes; false where that says that there is none.
  ///
  /// - Parameter isFigure: see ``PlainWriter``.
  @inline(__always)
  mutating func append(
    at statement: Int, isFigure: Bool, _ write: (inout ByteBuffer) -> Bool
  ) throws(Diagnostic) -> Bool {
    let start = buffer.count
    guard write(&buffer) else {
      buffer.truncate(to: start)
      return false
    }
    // Most values can stay where they are written.
    if let step = knownStep(at: statement), isTaken(step, from: start, isFigure) {
      cursor.make(step, valueAt: start, upTo: buffer.count)
      passage = .none
    } else {
      var value = ByteBuffer()
      value.append(buffer.span.extracting(start..<buffer.count))
      buffer.truncate(to: start)
      memory.note(try appendNew(value.span), at: statement)
    }
    return true
  }

  @inline(__always)
  private func isTaken(_ step: EscapeStep, from start: Int, _ isFigure: Bool) -> Bool {
    let value = buffer.span.extracting(start..<buffer.count)
    guard !value.isEmpty, step.takes(value) else { return false }
    return isFigure && value[0] &- UInt8(ascii: "0") < 10 || isOrdinary(value)
  }

  mutating func append(escaped text: Span<UInt8>) throws(Diagnostic) { _ = try appendNew(text) }

  mutating func append(_ number: Int) throws(Diagnostic) { _ = try appendNew(number) }

  /// What the passage that came since the last value does, if it came there before.
  @inline(__always)
  private func knownStep(at statement: Int) -> EscapeStep? {
    let step = memory.step(at: statement)
    return cursor.allows(step, over: passage.number) ? step : nil
  }

  @inline(__always)
  private func isOrdinary(_ value: Span<UInt8>) -> Bool { escaper?.isOrdinary(value) ?? false }

  @inline(never)
  private mutating func appendNew(_ text: Span<UInt8>) throws(Diagnostic) -> EscapeStep? {
    let step = try escaper?.append(text, after: passage, at: &cursor, to: &buffer)
    passage = .none
    return step
  }

  @inline(never)
  private mutating func appendNew(_ number: Int) throws(Diagnostic) -> EscapeStep? {
    let step = try escaper?.append(number: number, after: passage, at: &cursor, to: &buffer)
    passage = .none
    return step
  }

  /// Whether ``escape(with:of:)`` was called for values that go through that escape.
  @inline(__always)
  func isEscaping(with escape: Int) -> Bool { self.escape == escape }

  /// Escapes what follows; before any value.
  @inline(__always)
  mutating func escape(with escape: Int, of environment: borrowing Environment) {
    if self.escape != escape { begin(escape, environment.escapes) }
  }

  @inline(never)
  private mutating func begin(_ escape: Int, _ escapes: [Escape]) {
    let escaper = memory.escaper(escape) ?? escapes[escape].begin()
    escaper.escape = escape
    cursor = escaper.beginText()
    (self.escape, self.escaper) = (escape, escaper)
  }

  mutating func append(
    escaped text: Text, _ escape: Int, _ environment: Environment
  ) throws(Diagnostic) {
    self.escape(with: escape, of: environment)
    try text.withBytes { (bytes) throws(Diagnostic) in try append(escaped: bytes) }
  }

  mutating func finish() throws(Diagnostic) {
    guard let escaper else { return }
    try escaper.finish(at: cursor, &buffer)
    memory.keep(escaper)
    (self.escaper, self.escape) = (nil, nil)
  }
}
