import Diagnostics
import Texts

/// Where text is written, with what its escape remembers.
struct OutputBuffer: ~Copyable {
  private var buffer = ByteBuffer()
  /// The template's text since the last value.
  private(set) var passage = Passage.none
  private var escaper: Escaper?
  /// Where it stands.
  private var cursor = EscapeCursor.none
  /// The statement of the current template whose computed value comes next; negative for none.
  var computed = -1
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
  mutating func append(_ text: SourceBytes, of statement: Int) {
    buffer.append(text.span)
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

  /// Appends a value, escaped.
  ///
  /// - Returns: see ``Escaper/append(_:after:at:to:)``.
  @discardableResult
  mutating func append(escaped text: Span<UInt8>) throws(Diagnostic) -> EscapeStep? {
    if let step = knownStep(), step.takes(text), text.isOrdinary {
      let start = buffer.count
      buffer.append(text)
      make(step, valueAt: start)
      return nil
    }
    let origin = passage
    passage = .none
    let step = try escaper?.append(text, after: origin, at: &cursor, to: &buffer)
    note(step, after: origin)
    return step
  }

  @discardableResult
  mutating func append(_ number: Int) throws(Diagnostic) -> EscapeStep? {
    if append(number, groupedBy: 0) { return nil }
    let origin = passage
    passage = .none
    let step = try escaper?.append(number: number, after: origin, at: &cursor, to: &buffer)
    note(step, after: origin)
    return step
  }

  /// Appends a whole number with a sign between groups of three digits, 0 for none; false where
  /// what it means there is to be looked at.
  mutating func append(_ number: Int, groupedBy sign: UInt8) -> Bool {
    guard let step = knownStep(), number >= 0, !step.wantsLetter, step.digits == 0 else {
      return false
    }
    let start = buffer.count
    buffer.append(number: number, groupedBy: sign)
    make(step, valueAt: start)
    return true
  }

  /// What the passage before a computed value does, if it came there before.
  private func knownStep() -> EscapeStep? {
    guard computed >= 0,
      let known = memory.statements.known(computed, after: passage, cursor.setting),
      known.pointee.kind == .computed, cursor.allows(known.pointee.step)
    else { return nil }
    return known.pointee.step
  }

  private mutating func make(_ step: EscapeStep, valueAt start: Int) {
    cursor.make(step, valueAt: start, upTo: buffer.count)
    passage = .none
  }

  private func note(_ step: EscapeStep?, after origin: Passage) {
    guard computed >= 0, let step else { return }
    memory.statements.add(KnownStatement(computedAt: origin, step), of: computed)
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
    try text.withBytes { (bytes) throws(Diagnostic) in _ = try append(escaped: bytes) }
  }

  mutating func finish() throws(Diagnostic) {
    guard let escaper else { return }
    try escaper.finish(at: cursor, &buffer)
    memory.keep(escaper)
    (self.escaper, self.escape) = (nil, nil)
  }
}

// MARK: What was met before

extension OutputBuffer {
  /// Texts and values that are appended one after the other, each known from before.
  struct Run: BitwiseCopyable {
    var tail: ByteBuffer.Tail
    fileprivate(set) var cursor: EscapeCursor
    fileprivate(set) var passage: Passage

    /// Appends a text; false where there is no room.
    @inline(__always)
    mutating func append(_ known: UnsafePointer<KnownStatement>, of text: SourceBytes) -> Bool {
      guard tail.append(known.pointee.text, of: text) else { return false }
      passage = known.pointee.passage
      return true
    }

    /// Appends a text and the value after it, a range of some data; false where that is not
    /// ordinary, or there is no room.
    @inline(always)
    mutating func append(
      _ known: UnsafePointer<KnownStatement>, of text: SourceBytes, _ value: SourceRange,
      of data: SourceBytes
    ) -> Bool {
      let part = known.pointee.text
      let start = tail.count &+ part.count
      let wantsLetter = known.pointee.step.wantsLetter
      guard tail.append(part, of: text, ordinary: value, of: data, wantsLetter: wantsLetter)
      else { return false }
      make(known.pointee.step, valueAt: start)
      return true
    }

    /// The same for a number with as many digits as the step wants.
    @inline(__always)
    mutating func append(
      _ known: UnsafePointer<KnownStatement>, of text: SourceBytes, _ number: WrittenNumber,
      of data: SourceBytes
    ) -> Bool {
      let part = known.pointee.text
      let start = tail.count &+ part.count
      guard tail.append(part, of: text, number, of: data, groupedBy: known.pointee.sign)
      else { return false }
      make(known.pointee.step, valueAt: start)
      return true
    }

    /// The same for a text that may be a day.
    @inline(__always)
    mutating func append(
      _ known: UnsafePointer<KnownStatement>, of text: SourceBytes, day: SourceRange,
      of data: SourceBytes
    ) -> Bool {
      let part = known.pointee.text
      let start = tail.count &+ part.count
      guard tail.append(part, of: text, day: day, of: data, as: known.pointee.dayForm) else {
        return false
      }
      make(known.pointee.step, valueAt: start)
      return true
    }

    @inline(__always)
    fileprivate mutating func make(_ step: EscapeStep, valueAt start: Int) {
      cursor.make(step, valueAt: start, upTo: tail.count)
      passage = .none
    }
  }

  /// Begins to append what is known; nil where values do not go through that escape yet, or
  /// something is open that only the escaper knows.
  ///
  /// Nothing else is to be appended before ``end(_:)``.
  @inline(__always)
  mutating func begin(_ escape: Int, atMost limit: Int) -> Run? {
    guard self.escape == escape, cursor.isCalm, let tail = buffer.tail(atMost: limit) else {
      return nil
    }
    return Run(tail: tail, cursor: cursor, passage: passage)
  }

  @inline(__always)
  mutating func end(_ run: Run) {
    buffer.end(with: run.tail)
    (cursor, passage) = (run.cursor, run.passage)
  }

  /// Appends to a run a text, and what a filter makes of the value after it; false where that is
  /// to be looked at.
  @inline(never)
  mutating func append(
    _ known: KnownStatement, of text: SourceBytes, _ value: StoredValue, of data: SourceBytes,
    through writer: Unmanaged<PlainWriter>, to run: inout Run
  ) -> Bool {
    var tail = run.tail
    guard tail.append(known.text, of: text) else { return false }
    buffer.end(with: tail)
    let start = buffer.count
    let isWritten = writer._withUnsafeGuaranteedRef { $0.append(value, of: data, to: &buffer) }
    let isFigure = writer._withUnsafeGuaranteedRef { $0.isFigure }
    guard isWritten, let after = buffer.tail(atMost: tail.room) else { return false }
    let written = buffer.span.extracting(start..<buffer.count)
    guard known.step.takes(written), isFigure && isDigit(written[0]) || written.isOrdinary else {
      return false
    }
    run.tail = after
    run.make(known.step, valueAt: start)
    return true
  }
}
