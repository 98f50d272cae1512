import Texts

/// What renderings with one environment learn on one thread and the next ones there use.
///
/// Where in its map the member is that an expression asks for: records of one type have one shape,
/// so it is mostly where it was the last time. And what the escapers remember of the templates.
public final class RenderMemory {
  @exclusivity(unchecked) private var templates: [LearnedTemplate] = []
  @exclusivity(unchecked) private var current: LearnedTemplate?
  /// What was learned of the current template.
  @exclusivity(unchecked) private(set) var members = Table<FoundMember>.View()
  /// The ways in which each of its statements was met.
  @exclusivity(unchecked) private(set) var statements = KnownStatements.View()
  /// For each statement; of texts, see ``PassageNumbers``.
  @exclusivity(unchecked) private var firstPassages = Table<Int>.View()
  @exclusivity(unchecked) private var passages = PassageNumbers()
  /// How many bytes a rendering will mostly not exceed.
  @exclusivity(unchecked) private(set) var usualSize = 0
  @exclusivity(unchecked) private var escapers: [Escaper] = []

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
    if current?.template === template { return }
    let learned = templates.first { $0.template === template } ?? learn(template)
    (members, statements) = (learned.members.view, learned.statements.view)
    firstPassages = learned.firstPassages.view
    current = learned
  }

  private func learn(_ template: Template) -> LearnedTemplate {
    templates.append(LearnedTemplate(template))
    return templates[templates.count - 1]
  }

  /// The passage that a statement's text makes of the one before it.
  func passage(after passage: Passage, textOf statement: Int) -> Passage {
    passages.known(after: passage, first: firstPassages[statement])
      ?? passages.new(after: passage, first: &firstPassages[statement])
  }

  func note(_ slot: Int?, at id: ExpressionID, of shape: Shape) -> Int {
    members[Int(id.index)] = FoundMember(shape: shape.number, slot: slot ?? -1)
    return slot ?? -1
  }
}

/// What is known of a template. A class, see ``ForLoop``.
private final class LearnedTemplate {
  let template: Template
  /// For each expression.
  let members: Table<FoundMember>
  let statements: KnownStatements
  /// For each statement.
  let firstPassages: Table<Int>

  init(_ template: Template) {
    self.template = template
    let count = template.tree.statements.count
    members = Table(repeating: FoundMember(), count: template.tree.expressions.count)
    statements = KnownStatements(count: count)
    firstPassages = Table(repeating: -1, count: count)
  }
}

/// The slot of a member in maps of one shape; -1 where there is none.
struct FoundMember: BitwiseCopyable {
  /// See ``Shape/number``; 0 for none.
  fileprivate var shape = 0
  fileprivate var slot = -1
}

extension Table<FoundMember>.View {
  /// Where the member is that an expression asks for; nil if that is not known of the shape.
  func slot(at id: ExpressionID, of shape: Int) -> Int? {
    self[Int(id.index)].shape == shape ? self[Int(id.index)].slot : nil
  }
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
