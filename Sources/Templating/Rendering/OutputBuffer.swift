import Diagnostics
import Texts

/// Where text is written, with what its escape remembers.
struct OutputBuffer: ~Copyable {
  private var buffer = ByteBuffer()
  /// The template's text since the last value.
  private var passage = Passage.none
  private var escaper: Escaper?
  /// Which of the environment's escapes the escaper is; negative before the first value.
  private var escape = -1
  private let memory: RenderMemory
  /// Where the buffer of a captured text comes from.
  private var spare: SpareBuffer?

  /// - Parameter room: how many bytes to expect.
  init(_ memory: RenderMemory, room: Int) {
    self.memory = memory
    buffer.reserve(room)
  }

  /// A buffer for a text that becomes a value.
  init(capturingWith memory: RenderMemory) {
    self.memory = memory
    let spare = memory.takeSpare()
    swap(&spare.buffer, &buffer)
    self.spare = spare
  }

  var count: Int {
    @inline(__always) get { buffer.count }
  }

  borrowing func withBytes(
    _ body: (Span<UInt8>) throws(Diagnostic) -> Void
  ) throws(Diagnostic) {
    try body(buffer.span)
  }

  /// Appends a text of the template.
  ///
  /// - Parameter number: that of the text, see ``Passage``.
  @inline(__always)
  mutating func append(_ text: SourceBytes, number: Int) {
    buffer.append(text.span)
    passage = passage.appending(textNumber: number)
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

  /// Appends a whole number that is not escaped.
  mutating func append(unescaped number: Int) {
    buffer.append(number: number)
    passage = .unknown
  }

  /// Appends a value through an escape of the environment.
  @inline(__always)
  mutating func append(
    escaped text: Span<UInt8>, _ escape: Int, _ environment: borrowing Environment
  ) throws(Diagnostic) {
    if self.escape != escape { begin(escape, environment.escapes) }
    let passed = passage
    passage = .none
    try escaper?.append(text, after: passed, to: &buffer)
  }

  @inline(__always)
  mutating func append(
    escaped number: Int, _ escape: Int, _ environment: borrowing Environment
  ) throws(Diagnostic) {
    if self.escape != escape { begin(escape, environment.escapes) }
    let passed = passage
    passage = .none
    try escaper?.append(number: number, after: passed, to: &buffer)
  }

  @inline(never)
  private mutating func begin(_ escape: Int, _ escapes: [Escape]) {
    let escaper = memory.escaper(escape) ?? escapes[escape].begin()
    escaper.escape = escape
    escaper.beginText()
    (self.escape, self.escaper) = (escape, escaper)
  }

  mutating func finish() throws(Diagnostic) {
    guard let escaper else { return }
    try escaper.finish(&buffer)
    memory.keep(escaper)
    (self.escaper, self.escape) = (nil, -1)
  }

  /// Ends a buffer that captured a text; the text is what it holds.
  mutating func takeCaptured() throws(Diagnostic) -> [UInt8] {
    try finish()
    let bytes = buffer.bytes
    if let spare {
      swap(&spare.buffer, &buffer)
      memory.keep(spare)
    }
    return bytes
  }
}
