import Diagnostics
import Texts

/// One rendering: walks a template's tree and writes one output buffer.
///
/// Functions that run often are `mutating` even where they change nothing: that hands on the
/// address of the whole, where a plain method gets a copy.
public struct Renderer: ~Copyable {
  let environment: Environment
  let library: TemplateLibrary
  /// The nodes of the template at hand.
  var code: Code
  let memory: RenderMemory
  /// Of the thread that renders.
  let stack: StackBounds
  var output: OutputBuffer
  /// The slots of all active routines; those of the current one begin at `base`.
  var slots = Slots()
  var base = 0
  /// The values that operands of the statements at hand refer to and nothing else keeps.
  var pool: [AnyObject] = []
  /// The arguments of calls that are about to begin, those of inner ones last.
  var arguments: [Operand] = []
  var contexts: [Context]
  var context = 0
  var loops: [LoopState] = []
  /// The first loop of the current routine in `loops`.
  var loopBase = 0
  var objects: [TemplateObject] = []
  /// The definitions of each block, that of the most derived template first.
  var blockChains = BlockChains()
  var currentBlock: (chain: BlockChain, level: Int)?
  /// Set once `extends` was met: the template's own output no longer counts.
  var parent: Template?
  /// The templates that call each other, outermost first, and where.
  var includes: [(name: String, place: Text)] = []
  /// The templates that were found, by the names that statements have.
  var found: [NamePlace: Template] = [:]
  /// The values that templates imported without context set at their top level.
  var modules: [(template: Template, exports: ValueMap)] = []
  /// The buffer in which a filter's text is made before it is escaped.
  var scratch = ByteBuffer()
  var problems: [Diagnostic] = []
  var reported: Set<Report> = []
  var steps = 0
  let stepLimit: Int
  let outputLimit: Int
  /// The call of the function that runs, in the template at hand.
  var callSite = ExpressionID.none
  var depth = 0
  /// The depth at which the statements at hand began: what is deeper is an expression of theirs.
  var bodyDepth = 0
  /// Set once a limit is hit; its problem is noted where it first passes a statement.
  var isAtLimit = false
  /// Set once nothing more is to be noted.
  var isStopped = false

  static let depthLimit = 400
  static let includeLimit = 32
  /// The bytes of a text that are read and copied in the time of a step.
  static let bytesPerStep = 16
  static let shortText = 1 << 10

  /// The characters that name a template, where they stand.
  struct NamePlace: Hashable {
    private let source: Source
    private let range: SourceRange

    init(_ name: Text) { (source, range) = (name.source, name.range) }

    static func == (left: NamePlace, right: NamePlace) -> Bool {
      left.source === right.source && left.range == right.range
    }

    func hash(into hasher: inout Hasher) {
      hasher.combine(ObjectIdentifier(source))
      hasher.combine(range)
    }
  }

  /// Identity of a problem: one message for a place in a template, however often it is passed.
  struct Report: Hashable {
    let code: String
    let source: ObjectIdentifier?
    let range: SourceRange?
    let data: SourceRange?
  }

  init(
    _ template: Template, _ data: ValueMap, _ library: TemplateLibrary,
    _ environment: Environment, _ memory: RenderMemory
  ) {
    code = memory.code(of: template)
    self.memory = memory
    stack = memory.stack
    output = OutputBuffer(memory, room: memory.usualSize)
    self.library = library
    self.environment = environment
    stepLimit = environment.limits.steps
    outputLimit = environment.limits.outputSize
    contexts = [Context(data: data)]
  }

  var template: Template { code.template }

  /// The variables that the rendering was given.
  public var data: ValueMap? { contexts[0].data }

  /// Makes the output.
  mutating func run() throws(Problems) {
    do throws(Diagnostic) {
      try renderRoot()
      try finish()
    } catch {
      if !isStopped || problems.isEmpty { record(error) }
    }
    guard problems.isEmpty else { throw Problems(problems) }
    memory.note(size: output.count)
  }

  /// Ends the output. What turns out wrong only there is told at the template's last value.
  private mutating func finish() throws(Diagnostic) {
    do throws(Diagnostic) {
      try output.finish()
    } catch {
      guard error.place == nil, let last = template.tree.lastOutput else { throw error }
      throw located(error, at: last)
    }
  }

  /// Renders the template at hand and then its parents, in the current context.
  mutating func renderRoot() throws(Diagnostic) {
    var next: Template? = template
    var child: Template?
    var generations = 0
    while let current = next {
      if !code.isOf(current) { code = memory.code(of: current) }
      parent = nil
      generations += 1
      guard generations <= Renderer.includeLimit else {
        throw limit(.includeTooDeep(Renderer.includeLimit), at: child?.tree.extendsTag)
      }
      for block in current.tree.blocks {
        blockChains.chain(of: block.name).definitions.append(
          BlockDefinition(template: current, block: block, context: context))
      }
      base = slots.count
      slots.push(current.slotCount)
      loopBase = loops.count
      try render(current.root)
      slots.shrink(to: base)
      (next, child) = (parent, current)
    }
    parent = nil
  }

}

/// The blocks of a template and its parents, by name.
struct BlockChains {
  private var keys = DistinctKeys(room: 0)
  private var chains: [BlockChain] = []

  var names: [String] { keys.keys.map(\.text.string) }

  subscript(name: Key) -> BlockChain? { keys.existingSlot(of: name).map { chains[$0] } }

  /// The chain of a name, which may be new.
  mutating func chain(of name: Key) -> BlockChain {
    let slot = keys.slot(of: name)
    if slot == chains.count { chains.append(BlockChain(name: name)) }
    return chains[slot]
  }
}

/// The definitions of one block, that of the most derived template first.
final class BlockChain {
  let name: Key
  @exclusivity(unchecked) var definitions: [BlockDefinition] = []

  init(name: Key) { self.name = name }
}

/// One definition of a block.
final class BlockDefinition {
  let template: Template
  let block: BlockStatement
  let context: Int

  init(template: Template, block: BlockStatement, context: Int) {
    (self.template, self.block, self.context) = (template, block, context)
  }
}

/// The variables of one template: those it set at its top level over those it was given. A class,
/// see ``ForLoop``.
final class Context {
  @exclusivity(unchecked) private var keys = DistinctKeys(room: 0)
  /// One for each key.
  @exclusivity(unchecked) private(set) var values: [Value] = []
  let data: ValueMap?
  /// The context an include was called from; negative for none.
  let parent: Int

  init(data: ValueMap?) { (self.data, parent) = (data, -1) }
  init(parent: Int?, variables: [NamedValue]) {
    (data, self.parent) = (nil, parent ?? -1)
    for variable in variables { set(variable.key, variable.value) }
  }

  var names: [Key] { keys.keys }

  var isEmpty: Bool {
    @inline(__always) get { values.isEmpty }
  }

  @inline(__always)
  subscript(index: Int) -> Value { values[index] }

  /// The place of a variable among all.
  @inline(__always)
  func index(of key: UnsafePointer<Key>) -> Int? { keys.existingSlot(of: key) }

  func set(_ key: Key, _ value: Value) {
    let slot = keys.slot(of: key)
    if slot == values.count { values.append(value) } else { values[slot] = value }
  }
}

// MARK: Problems and limits

extension Renderer {
  /// Notes a problem and goes on; throws it on once a limit is hit.
  mutating func recover(from error: Diagnostic) throws(Diagnostic) {
    if isStopped { throw error }
    record(error)
    guard !isAtLimit, problems.count < environment.limits.problems else {
      isStopped = true
      throw error
    }
  }

  mutating func record(_ error: Diagnostic) {
    var error = error
    error.notes += includeNotes
    let note = error.notes.first?.place
    let report = Report(
      code: error.kind.code, source: error.place.map { ObjectIdentifier($0.source) },
      range: error.place?.range, data: note?.range)
    if reported.insert(report).inserted { problems.append(error) }
  }

  /// The way to the current template; of a long one only its ends.
  var includeNotes: [Diagnostic.Note] {
    let notes = includes.reversed().map { name, place in
      Diagnostic.Note(.includedHere(template: name), at: place)
    }
    guard notes.count > 5 else { return notes }
    let hidden = Diagnostic.Note(.furtherLevels(notes.count - 4), at: nil)
    return notes.prefix(3) + [hidden] + notes.suffix(1)
  }

  /// A limit stops the whole rendering. Without a place it gets that of the filter or statement
  /// that hit it.
  mutating func limit(_ problem: TemplateProblem, at place: Text? = nil) -> Diagnostic {
    isAtLimit = true
    return Diagnostic(.template(problem), at: place)
  }

  /// - Parameter index: the statement that is run; nil within an expression.
  @inline(__always)
  mutating func countStep(of index: Int? = nil) throws(Diagnostic) {
    steps &+= 1
    if steps > stepLimit || output.count > outputLimit { try stop(at: index) }
  }

  private mutating func stop(at index: Int?) throws(Diagnostic) {
    let limits = environment.limits
    let place = index.map { template.tree.text(template.tree.statementRanges[$0]) }
    throw steps > limits.steps
      ? limit(.tooManySteps(limits.steps), at: place)
      : limit(.outputTooLarge(limits.outputSize), at: place)
  }

  /// Counts work that a filter does on its own.
  mutating func countSteps(_ count: Int) throws(Diagnostic) {
    steps += count
    try countStep()
  }

  /// Counts the reading or copying of a long text; that of a short one belongs to the step at hand.
  @inline(__always)
  mutating func count(_ text: SourceBytes?) throws(Diagnostic) {
    guard let text, text.count > Renderer.shortText else { return }
    try countSteps(text.count / Renderer.bytesPerStep)
  }

  mutating func count(textOf value: Value) throws(Diagnostic) {
    let size = value.textSize
    if size > Renderer.shortText { try countSteps(size / Renderer.bytesPerStep) }
  }

  /// Counts work of an expression.
  mutating func countSteps(_ count: Int, at id: ExpressionID) throws(Diagnostic) {
    do throws(Diagnostic) {
      try countSteps(count)
    } catch {
      throw located(error, at: id)
    }
  }

  /// Goes one level deeper, at an expression of the template at hand.
  @inline(__always)
  mutating func enter(at id: ExpressionID) throws(Diagnostic) {
    depth &+= 1
    if depth > Renderer.depthLimit || !stack.hasRoom { throw tooDeep(at: place(of: id)) }
  }

  mutating func enter(at place: Text) throws(Diagnostic) {
    depth &+= 1
    if depth > Renderer.depthLimit || !stack.hasRoom { throw tooDeep(at: place) }
  }

  private mutating func tooDeep(at place: Text) -> Diagnostic {
    let isExpression = depth - bodyDepth > Renderer.depthLimit / 2
    return limit(isExpression ? .expressionTooDeep : .recursionTooDeep, at: place)
  }

  @inline(__always)
  mutating func leave() { depth &-= 1 }

  func range(of id: ExpressionID) -> SourceRange { template.tree.range(of: id) }

  func place(of id: ExpressionID) -> Text {
    template.tree.text(range(of: id))
  }

  /// - Parameter values: what is wrong; where one comes from the data, that place is told too.
  func problem(
    _ problem: TemplateProblem, at id: ExpressionID, of values: Value...
  ) -> Diagnostic {
    located(Diagnostic(.template(problem), at: nil, notes: values.compactMap(\.origin)), at: id)
  }
}
