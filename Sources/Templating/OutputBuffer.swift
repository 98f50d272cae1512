import Diagnostics

/// Where text is written, with what its escape remembers.
struct OutputBuffer: ~Copyable {
  private var buffer = ByteBuffer()
  /// The template's text since the last value.
  private(set) var passage = Passage.none
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
    defer { passage = .none }
    return try escaper?.append(text, after: passage, at: &cursor, to: &buffer)
  }

  @discardableResult
  mutating func append(_ number: Int) throws(Diagnostic) -> EscapeStep? {
    defer { passage = .none }
    return try escaper?.append(number: number, after: passage, at: &cursor, to: &buffer)
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

    @inline(__always)
    mutating func pass(to passage: Passage) { self.passage = passage }

    @inline(__always)
    mutating func make(_ step: EscapeStep, valueAt start: Int) {
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

  /// Appends what a filter makes of a stored value; nil where that is to be looked at.
  @inline(never)
  mutating func append(
    _ value: StoredValue, of data: SourceBytes, through writer: Unmanaged<PlainWriter>,
    by step: EscapeStep, to tail: ByteBuffer.Tail
  ) -> ByteBuffer.Tail? {
    buffer.end(with: tail)
    let isWritten = writer._withUnsafeGuaranteedRef { $0.append(value, of: data, to: &buffer) }
    let isFigure = writer._withUnsafeGuaranteedRef { $0.isFigure }
    guard isWritten, let after = buffer.tail(atMost: tail.room) else { return nil }
    let written = after.bytes(from: tail.count).span
    guard step.takes(written), isFigure && isDigit(written[0]) || written.isOrdinary else {
      return nil
    }
    return after
  }
}
