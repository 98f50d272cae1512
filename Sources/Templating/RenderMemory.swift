import Diagnostics

/// What renderings with one environment learn on one thread and the next ones there use.
///
/// Where in its map the member is that an expression asks for: records of one type have one shape,
/// so it is mostly where it was the last time. And what the escapers remember of the templates.
public final class RenderMemory {
  @exclusivity(unchecked) private var templates: [Learned] = []
  /// For each expression of the current template.
  @exclusivity(unchecked) private var found: [Found] = []
  /// For each statement of the current template.
  @exclusivity(unchecked) private var statements: [StatementMemory] = []
  @exclusivity(unchecked) private var passages = PassageNumbers()
  @exclusivity(unchecked) private var current = -1
  /// How many bytes a rendering will mostly not exceed.
  @exclusivity(unchecked) private(set) var usualSize = 0
  @exclusivity(unchecked) private var escapers: [Escaper] = []

  /// The slot of a member in maps of one shape; -1 where there is none.
  private struct Found {
    var identifier: ObjectIdentifier?
    /// Kept, so that no other can have its identifier.
    var shape: Shape?
    var slot = -1
  }

  private struct StatementMemory: BitwiseCopyable {
    /// Of a text, see ``PassageNumbers``.
    var firstPassage = -1
    /// Of a value.
    var step = KnownStep()
  }

  /// The step that was made last at a value.
  struct KnownStep: BitwiseCopyable {
    /// The passage before the text that stands right before the value, or before the value itself.
    fileprivate(set) var origin = Passage.never
    fileprivate(set) var step = EscapeStep(from: 0, to: 0, lastLineStart: -1, wantsLetter: true)
  }

  /// Classes, see ``ForLoop``.
  private final class Learned {
    let template: Template
    @exclusivity(unchecked) var found: [Found]
    @exclusivity(unchecked) var statements: [StatementMemory]

    init(_ template: Template) {
      self.template = template
      found = Array(repeating: Found(), count: template.tree.expressions.count)
      statements = Array(
        repeating: StatementMemory(), count: template.tree.statements.count)
    }
  }

  public init() {}

  /// An escaper whose buffer is complete.
  func escaper(_ escape: Int) -> Escaper? {
    escapers.lastIndex { $0.escape == escape }.map { escapers.remove(at: $0) }
  }

  func keep(_ escaper: Escaper) { escapers.append(escaper) }

  func note(size: Int) {
    if size > usualSize { usualSize = size + size / 8 }
  }

  func change(to template: Template) {
    if current >= 0 {
      if templates[current].template === template { return }
      swapLearned()
    }
    current = templates.firstIndex { $0.template === template } ?? templates.count
    if current == templates.count {
      templates.append(Learned(template))
    }
    swapLearned()
  }

  private func swapLearned() {
    swap(&templates[current].found, &found)
    swap(&templates[current].statements, &statements)
  }

  /// The passage that a statement's text makes of the one before it.
  @inline(__always)
  func passage(after passage: Passage, textOf statement: Int) -> Passage {
    passages.known(after: passage, first: statements[statement].firstPassage)
      ?? passages.new(after: passage, first: &statements[statement].firstPassage)
  }

  @inline(__always)
  func step(at statement: Int) -> KnownStep { statements[statement].step }

  func note(_ step: EscapeStep?, from origin: Passage, at statement: Int) {
    if let step { statements[statement].step = KnownStep(origin: origin, step: step) }
  }

  @inline(__always)
  func slot(at id: ExpressionID, of shape: ObjectIdentifier) -> Int? {
    found[Int(id.index)].identifier == shape ? found[Int(id.index)].slot : nil
  }

  func note(_ slot: Int?, at id: ExpressionID, of shape: Shape) -> Int {
    found[Int(id.index)] = Found(
      identifier: ObjectIdentifier(shape), shape: shape, slot: slot ?? -1)
    return slot ?? -1
  }
}
