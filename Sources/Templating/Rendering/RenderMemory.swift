import Texts

/// The memory that renderings with one environment use again on one thread: buffers, escapers, and
/// where in its map the member is that an expression asks for. Records of one type have one shape,
/// so it is mostly where it was the last time.
public final class RenderMemory {
  @exclusivity(unchecked) private var templates: [LoadedTemplate] = []
  /// The number of bytes that a rendering will mostly not exceed.
  @exclusivity(unchecked) private(set) var usualSize = 0
  @exclusivity(unchecked) private var escapers: [Escaper] = []
  @exclusivity(unchecked) private var spares: [SpareBuffer] = []

  /// What is written of the data; nil where nobody asks for it.
  @exclusivity(unchecked) public var trace: RenderTrace?

  /// What the document at hand has said; nil before it says anything that is short later.
  @exclusivity(unchecked) var mentions: Mentions?

  /// Of its thread.
  let stack = StackBounds.ofThisThread()

  public init() {}

  /// An escaper whose buffer is complete.
  func escaper(_ escape: Int) -> Escaper? {
    escapers.lastIndex { $0.escape == escape }.map { escapers.remove(at: $0) }
  }

  func keep(_ escaper: Escaper) { escapers.append(escaper) }

  /// A buffer that nobody writes to.
  func takeSpare() -> SpareBuffer { spares.popLast() ?? SpareBuffer() }

  func keep(_ spare: SpareBuffer) {
    guard spares.count < 32, spare.buffer.count < 1 << 16 else { return }
    spare.buffer.removeAll()
    spare.pieces.removeAll(keepingCapacity: true)
    spares.append(spare)
  }

  func note(size: Int) {
    if size > usualSize { usualSize = size + size / 8 }
  }

  /// The part of a template that a rendering reads; good while this memory lives.
  func code(of template: Template) -> Code {
    for loaded in templates where loaded.template === template { return Code(loaded) }
    let loaded = LoadedTemplate(template)
    templates.append(loaded)
    return Code(loaded)
  }
}

/// A buffer that is used again and again for texts that become values.
final class SpareBuffer {
  @exclusivity(unchecked) var buffer = ByteBuffer()
  @exclusivity(unchecked) var pieces: [Markup.Piece] = []
}

/// A template with what renderings remember of it, and its nodes as addresses: looking at one
/// counts no references.
private final class LoadedTemplate {
  let template: Template
  let statements: ArrayView<Statement>
  let expressions: ArrayView<Expression>
  let operands: ArrayView<ExpressionID>
  let comparisons: ArrayView<Comparison>
  let branches: ArrayView<Branch>
  let constants: ArrayView<Operand>
  let text: SourceBytes
  let firstTextNumber: Int
  let escape: Int
  let symbols: ArrayView<Key>
  let arguments: ArrayView<ArgumentList>
  let routines: ArrayView<Routine>
  let loops: ArrayView<ForLoop>
  let assignments: ArrayView<Assignment>
  /// For each expression.
  private let table: Table<FoundMember>
  let members: Table<FoundMember>.View

  init(_ template: Template) {
    self.template = template
    let tree = template.tree
    statements = ArrayView(tree.statements)
    expressions = ArrayView(tree.expressions)
    operands = ArrayView(tree.operands)
    comparisons = ArrayView(tree.comparisons)
    branches = ArrayView(tree.branches)
    constants = ArrayView(template.constants)
    text = SourceBytes(template.source)
    firstTextNumber = template.firstTextNumber
    escape = template.escape ?? -1
    symbols = ArrayView(tree.symbols)
    (arguments, routines) = (ArrayView(tree.arguments), ArrayView(tree.routines))
    (loops, assignments) = (ArrayView(tree.loops), ArrayView(tree.assignments))
    table = Table(repeating: FoundMember(), count: tree.expressions.count)
    members = table.view
  }
}

/// The nodes of the template at hand, good while the ``RenderMemory`` lives that it is of.
struct Code: BitwiseCopyable {
  private let owner: Unmanaged<LoadedTemplate>

  fileprivate init(_ loaded: LoadedTemplate) { owner = .passUnretained(loaded) }

  @inline(__always)
  private func read<Part>(_ part: (LoadedTemplate) -> Part) -> Part {
    owner._withUnsafeGuaranteedRef(part)
  }

  var template: Template { read { $0.template } }
  var statements: ArrayView<Statement> { @inline(__always) get { read { $0.statements } } }
  var expressions: ArrayView<Expression> { @inline(__always) get { read { $0.expressions } } }
  var operands: ArrayView<ExpressionID> { @inline(__always) get { read { $0.operands } } }
  var comparisons: ArrayView<Comparison> { @inline(__always) get { read { $0.comparisons } } }
  var branches: ArrayView<Branch> { @inline(__always) get { read { $0.branches } } }
  var constants: ArrayView<Operand> { @inline(__always) get { read { $0.constants } } }
  var text: SourceBytes { @inline(__always) get { read { $0.text } } }
  /// The number of the first statement's text, see ``Passage``.
  var firstTextNumber: Int { @inline(__always) get { read { $0.firstTextNumber } } }
  /// The escape that values go through; negative for none.
  var escape: Int { @inline(__always) get { read { $0.escape } } }

  @inline(__always)
  func isOf(_ template: Template) -> Bool { read { $0.template === template } }

  /// A name of the template, which it keeps.
  @inline(__always)
  func symbol(_ index: Int32) -> UnsafePointer<Key> { read { $0.symbols.pointer(to: Int(index)) } }

  func arguments(_ index: Int32) -> ArgumentList { read { $0.arguments[Int(index)] } }
  func routine(_ index: Int) -> Routine { read { $0.routines[index] } }
  func loop(_ index: Int) -> ForLoop { read { $0.loops[index] } }
  func assignment(_ index: Int32) -> Assignment { read { $0.assignments[Int(index)] } }

  /// The slot of a key in a shape, looked for at an expression; negative where it has none.
  @inline(__always)
  func slot(of symbol: Int32, at id: ExpressionID, in shape: borrowing Shape) -> Int {
    let found = read { $0.members[Int(id.index)] }
    return found.shape == shape.number ? found.slot : find(symbol, at: id, in: shape)
  }

  @inline(never)
  private func find(_ symbol: Int32, at id: ExpressionID, in shape: borrowing Shape) -> Int {
    let slot = shape.slot(of: self.symbol(symbol).pointee) ?? -1
    read { $0.members[Int(id.index)] = FoundMember(shape: shape.number, slot: slot) }
    return slot
  }
}

/// The slot of a member in maps of one shape; -1 where there is none.
struct FoundMember: BitwiseCopyable {
  /// See ``Shape/number``; 0 for none.
  fileprivate(set) var shape = 0
  fileprivate(set) var slot = -1
}

/// So many elements, which stay where they are while they change.
struct Table<Element: BitwiseCopyable>: ~Copyable {
  private let memory: UnsafeMutableBufferPointer<Element>

  init(repeating element: Element, count: Int) {
    memory = .allocate(capacity: count)
    memory.initialize(repeating: element)
  }

  deinit { memory.deallocate() }

  /// The elements, good while the table lives.
  var view: View { View(memory: memory) }

  struct View: BitwiseCopyable {
    fileprivate let memory: UnsafeMutableBufferPointer<Element>

    fileprivate init(memory: UnsafeMutableBufferPointer<Element>) { self.memory = memory }

    /// Of no table.
    init() { memory = UnsafeMutableBufferPointer(start: nil, count: 0) }

    var count: Int { memory.count }

    @inline(__always)
    func pointer(to index: Int) -> UnsafePointer<Element> {
      precondition(UInt(bitPattern: index) < UInt(bitPattern: memory.count))
      return UnsafePointer(memory.baseAddress.unsafelyUnwrapped + index)
    }

    subscript(index: Int) -> Element {
      @inline(__always) get { pointer(to: index).pointee }
      @inline(__always) nonmutating set {
        precondition(UInt(bitPattern: index) < UInt(bitPattern: memory.count))
        memory[index] = newValue
      }
    }
  }
}
