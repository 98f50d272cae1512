import Diagnostics

/// Where text is written, with what its escape remembers.
struct OutputBuffer: ~Copyable {
  private var buffer = ByteBuffer()
  /// The template's text since the last value.
  private var passage = Passage.none
  private var escaper: Escaper?
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

  @inline(__always)
  mutating func append(
    escaped text: Span<UInt8>
  ) throws(Diagnostic) {
    try escaper?.append(text, after: passage, to: &buffer)
    passage = .none
  }

  @inline(__always)
  mutating func append(
    _ number: Int
  ) throws(Diagnostic) {
    try escaper?.append(number: number, after: passage, to: &buffer)
    passage = .none
  }

  /// Writes the value that `write` appends to a buffer; false where that says that there is none.
  @inline(__always)
  mutating func append(_ write: (inout ByteBuffer) -> Bool) throws(Diagnostic) -> Bool {
    guard let escaper, try escaper.append(after: passage, to: &buffer, write) else { return false }
    passage = .none
    return true
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
    escaper.beginText()
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
    try escaper.finish(&buffer)
    memory.keep(escaper)
    (self.escaper, self.escape) = (nil, nil)
  }
}
