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

  /// Appends a text of the current template; ``pass(_:)`` has to follow, or a value after it.
  @inline(__always)
  mutating func append(passing text: Span<UInt8>) { buffer.append(text) }

  /// Takes note of a statement whose text was appended.
  @inline(__always)
  mutating func pass(_ statement: Int) {
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

  /// A value of the current template.
  struct Place {
    let statement: Int
    /// The statement right before it whose text was appended but not passed; nil for none.
    let text: Int?
  }

  /// Appends a value, escaped.
  @inline(__always)
  mutating func append(escaped text: Span<UInt8>, at place: Place) throws(Diagnostic) {
    if let step = knownStep(at: place), step.takes(text), isOrdinary(text) {
      cursor.make(step, valueAt: buffer.count, upTo: buffer.count &+ text.count)
      buffer.append(text)
      passage = .none
    } else {
      try appendNew(text, at: place)
    }
  }

  @inline(__always)
  mutating func append(_ number: Int, at place: Place) throws(Diagnostic) {
    if number >= 0, let step = knownStep(at: place), !step.wantsLetter {
      let start = buffer.count
      buffer.append(number: number)
      cursor.make(step, valueAt: start, upTo: buffer.count)
      passage = .none
    } else {
      try appendNew(number, at: place)
    }
  }

  /// Appends the value that `write` writes; false where that says that there is none.
  ///
  /// - Parameter isFigure: see ``PlainWriter``.
  @inline(__always)
  mutating func append(
    at place: Place, isFigure: Bool, _ write: (inout ByteBuffer) -> Bool
  ) throws(Diagnostic) -> Bool {
    let start = buffer.count
    guard write(&buffer) else {
      buffer.truncate(to: start)
      return false
    }
    // Most values can stay where they are written.
    if let step = knownStep(at: place), isTaken(step, from: start, isFigure) {
      cursor.make(step, valueAt: start, upTo: buffer.count)
      passage = .none
    } else {
      var value = ByteBuffer()
      value.append(buffer.span.extracting(start..<buffer.count))
      buffer.truncate(to: start)
      try appendNew(value.span, at: place)
    }
    return true
  }

  /// What the passage that came since the last value does, if it came there before.
  @inline(__always)
  private func knownStep(at place: Place) -> EscapeStep? {
    let known = memory.step(at: place.statement)
    guard known.origin == passage, cursor.allows(known.step) else { return nil }
    return known.step
  }

  @inline(__always)
  private func isTaken(_ step: EscapeStep, from start: Int, _ isFigure: Bool) -> Bool {
    let value = buffer.span.extracting(start..<buffer.count)
    guard step.takes(value) else { return false }
    return isFigure && value[0] &- UInt8(ascii: "0") < 10 || isOrdinary(value)
  }

  @inline(__always)
  private func isOrdinary(_ value: Span<UInt8>) -> Bool { escaper?.isOrdinary(value) ?? false }

  @inline(never)
  private mutating func appendNew(_ text: Span<UInt8>, at place: Place?) throws(Diagnostic) {
    let origin = passage
    if let text = place?.text { pass(text) }
    let step = try escaper?.append(text, after: passage, at: &cursor, to: &buffer)
    passage = .none
    if let place { memory.note(step, from: origin, at: place.statement) }
  }

  @inline(never)
  private mutating func appendNew(_ number: Int, at place: Place?) throws(Diagnostic) {
    let origin = passage
    if let text = place?.text { pass(text) }
    let step = try escaper?.append(number: number, after: passage, at: &cursor, to: &buffer)
    passage = .none
    if let place { memory.note(step, from: origin, at: place.statement) }
  }

  /// Appends what is no statement's own value, escaped.
  mutating func append(escaped text: Span<UInt8>) throws(Diagnostic) {
    try appendNew(text, at: nil)
  }

  mutating func append(_ number: Int) throws(Diagnostic) { try appendNew(number, at: nil) }

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
