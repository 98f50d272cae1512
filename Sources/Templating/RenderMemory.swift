import Diagnostics

/// What renderings with one environment learn on one thread and the next ones there use.
///
/// Where in its map the member is that an expression asks for: records of one type have one shape,
/// so it is mostly where it was the last time. And what the escapers remember of the templates.
public final class RenderMemory {
  @exclusivity(unchecked) private var templates: [LearnedTemplate] = []
  @exclusivity(unchecked) private var current: LearnedTemplate?
  /// What was learned of the current template.
  @exclusivity(unchecked) private(set) var members = Table<FoundMember>.View()
  /// The way in which each statement was met the last time.
  @exclusivity(unchecked) private var statements = Table<KnownStatement>.View()
  /// The ways in which statements were met before: the first round of a loop and the others take
  /// turns.
  @exclusivity(unchecked) private var others: OtherWays?
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
    others = learned.others
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

  /// What is known of a statement, in the way that it was met the last time.
  ///
  /// - Returns: where that lies, as copying all of it takes longer than looking at a part.
  @inline(__always)
  func latest(at statement: Int) -> UnsafePointer<KnownStatement> {
    statements.pointer(to: statement)
  }

  /// Looks for another way in which a statement was met before, and makes it the latest.
  func turn(_ statement: Int, to passage: Passage, _ setting: UInt64) -> Bool {
    others?.swap(&statements[statement], of: statement) { $0.isKnown(after: passage, setting) }
      ?? false
  }

  func note(_ known: KnownStatement, at statement: Int) {
    let latest = statements[statement]
    statements[statement] = known
    guard let others, latest.kind != .unknown, !latest.isKnown(like: known) else { return }
    // What was known of the same way goes.
    var earlier = latest
    if !others.swap(&earlier, of: statement, where: { $0.isKnown(like: known) }) {
      others.add(latest, of: statement)
    }
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
  /// For each statement.
  let statements: Table<KnownStatement>
  let others: OtherWays
  let firstPassages: Table<Int>

  init(_ template: Template) {
    self.template = template
    let count = template.tree.statements.count
    members = Table(repeating: FoundMember(), count: template.tree.expressions.count)
    statements = Table(repeating: KnownStatement(), count: count)
    others = OtherWays(statements: count)
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

/// Ways in which statements were met before the latest. A class, see ``ForLoop``.
private final class OtherWays {
  /// The first of each statement; negative for none.
  private let first: Table<Int32>
  private let ways: Table<Way>
  @exclusivity(unchecked) private var count = 0

  private struct Way: BitwiseCopyable {
    var known = KnownStatement()
    /// The next of the same statement; negative for none.
    var next: Int32 = -1
  }

  init(statements count: Int) {
    first = Table(repeating: -1, count: count)
    // Few statements have more than one.
    ways = Table(repeating: Way(), count: count / 2 + 8)
  }

  /// Puts what is known in the place of the first other way that is as asked for, and takes that.
  func swap(
    _ known: inout KnownStatement, of statement: Int, where isWanted: (KnownStatement) -> Bool
  ) -> Bool {
    let ways = ways.view
    var way = first.view[statement]
    while way >= 0 {
      let other = ways[Int(way)]
      if isWanted(other.known) {
        ways[Int(way)].known = known
        known = other.known
        return true
      }
      way = other.next
    }
    return false
  }

  /// Adds a way; the first of three, or of all where there is no room, goes for it.
  func add(_ known: KnownStatement, of statement: Int) {
    let (first, ways) = (first.view, ways.view)
    var (way, others) = (first[statement], 0)
    while way >= 0 { (way, others) = (ways[Int(way)].next, others + 1) }
    if others < 3, count < ways.count {
      ways[count] = Way(known: known, next: first[statement])
      first[statement] = Int32(count)
      count += 1
    } else if others > 0 {
      ways[Int(first[statement])].known = known
    }
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
      precondition(index >= 0 && index < memory.count)
      return UnsafePointer(memory.baseAddress.unsafelyUnwrapped + index)
    }

    subscript(index: Int) -> Element {
      @inline(__always) get {
        precondition(index >= 0 && index < memory.count)
        return memory[index]
      }
      @inline(__always) nonmutating set {
        precondition(index >= 0 && index < memory.count)
        memory[index] = newValue
      }
    }
  }
}
