import Diagnostics
import Texts

/// The buffer that text is written to, with what its escape remembers.
struct OutputBuffer: ~Copyable {
  private var buffer = ByteBuffer()
  /// The template's text since the last value.
  private var passage = Passage.none
  private var escaper: Escaper?
  /// The one of the environment's escapes that the escaper is; negative before the first value.
  private var escape = -1
  private let memory: RenderMemory
  /// The source of the buffer of a captured text.
  private var spare: SpareBuffer?
  /// Of a captured text, the escape whose data is escaped only where the text is written at last;
  /// negative for none.
  private var deferred = -1
  /// Of a captured text, where its data lies.
  private var pieces: [Markup.Piece] = []

  /// - Parameter room: how many bytes to expect.
  init(_ memory: RenderMemory, room: Int) {
    self.memory = memory
    buffer.reserve(room)
  }

  /// A buffer for a text that becomes a value.
  ///
  /// - Parameter escape: that of which the text is to be markup; nil for plain text.
  init(capturing escape: Int?, _ memory: RenderMemory) {
    self.memory = memory
    deferred = escape ?? -1
    let spare = memory.takeSpare()
    swap(&spare.buffer, &buffer)
    swap(&spare.pieces, &pieces)
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
    if self.escape != escape {
      if escape == deferred { return appendPiece(text, .data) }
      begin(escape, environment.escapes)
    }
    let passed = passage
    passage = .none
    try escaper?.append(text, after: passed, to: &buffer)
  }

  @inline(__always)
  mutating func append(
    escaped number: Int, _ escape: Int, _ environment: borrowing Environment
  ) throws(Diagnostic) {
    if self.escape != escape {
      if escape == deferred {
        endMarkup()
        buffer.append(number: number)
        return endPiece(.number)
      }
      begin(escape, environment.escapes)
    }
    let passed = passage
    passage = .none
    try escaper?.append(number: number, after: passed, to: &buffer)
  }

  mutating func append(
    escaped value: Value, _ escape: Int, _ environment: borrowing Environment
  ) throws(Diagnostic) {
    if case .int(let number) = value { return try append(escaped: number, escape, environment) }
    try value.printed.withBytes { (text) throws(Diagnostic) in
      try append(escaped: text, escape, environment)
    }
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
}

// MARK: Captured text

extension OutputBuffer {
  /// Appends markup, the data in it through its escape.
  mutating func append(
    _ markup: Markup, _ environment: borrowing Environment
  ) throws(Diagnostic) {
    try markup.forEachPiece { (text, kind) throws(Diagnostic) in
      try append(piece: text, kind, markup.escape, environment)
    }
  }

  mutating func append(
    piece text: Span<UInt8>, _ kind: Markup.Piece.Kind, _ escape: Int,
    _ environment: borrowing Environment
  ) throws(Diagnostic) {
    switch kind {
    case .markup: append(text)
    case .prose: try append(prose: text, escape, environment)
    case .data: try append(escaped: text, escape, environment)
    case .choice(let number): try append(choice: number, text, escape, environment)
    case .number:
      guard let number = Int(text.string) else { return append(text) }
      try append(escaped: number, escape, environment)
    }
  }

  /// Appends one of the forms of what may have been said before; a captured text keeps the choice.
  private mutating func append(
    choice number: Int32, _ text: Span<UInt8>, _ escape: Int, _ environment: borrowing Environment
  ) throws(Diagnostic) {
    if escape >= 0, escape == deferred, self.escape != escape {
      return appendPiece(text, .choice(number))
    }
    guard let mentions = memory.mentions else { return append(text) }
    if spare != nil { return try append(mentions.first(number), environment) }
    if let form = mentions.tell(number, as: text) { return try append(form, environment) }
    if escape < 0 { append(text) } else { try append(escaped: text, escape, environment) }
  }

  /// Appends markup of a text of its own.
  private mutating func append(
    prose text: Span<UInt8>, _ escape: Int, _ environment: borrowing Environment
  ) throws(Diagnostic) {
    if self.escape != escape {
      if escape == deferred { return appendPiece(text, .prose) }
      begin(escape, environment.escapes)
    }
    passage = .unknown
    try escaper?.append(prose: text, to: &buffer)
  }

  private mutating func appendPiece(_ text: Span<UInt8>, _ kind: Markup.Piece.Kind) {
    endMarkup()
    buffer.append(text)
    endPiece(kind)
  }

  /// Ends the markup that was written since the last data.
  private mutating func endMarkup() {
    if buffer.count > pieces.last?.end ?? 0 { endPiece(.markup) }
  }

  private mutating func endPiece(_ kind: Markup.Piece.Kind) {
    pieces.append(Markup.Piece(end: buffer.count, kind: kind))
  }

  /// Ends a buffer that captured a text.
  mutating func takeCaptured() throws(Diagnostic) -> Value {
    try finish()
    if !pieces.isEmpty { endMarkup() }
    let text = Text(computed: buffer.bytes)
    let captured =
      deferred < 0
      ? Value.text(text)
      : .markup(Markup(text, pieces: pieces, escape: deferred, mentions: memory.mentions))
    if let spare {
      swap(&spare.buffer, &buffer)
      swap(&spare.pieces, &pieces)
      memory.keep(spare)
    }
    return captured
  }
}
