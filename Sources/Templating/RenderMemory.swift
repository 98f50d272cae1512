/// What renderings with one environment learn on one thread and the next ones there use.
///
/// Where in its map the member is that an expression asks for: records of one type have one shape,
/// so it is mostly where it was the last time. And what the escapers remember of the templates.
public final class RenderMemory {
  @exclusivity(unchecked) private var templates: [Learned] = []
  /// For each expression of the current template.
  @exclusivity(unchecked) private var found: [Found] = []
  @exclusivity(unchecked) private var current = -1
  @exclusivity(unchecked) private var escapers: [(escaper: any Escaper, escape: Int)] = []

  /// The slot of a member in maps of one shape; -1 where there is none.
  private struct Found {
    var shape: Shape?
    var slot = -1
  }

  private struct Learned {
    let template: Template
    var found: [Found]
  }

  public init() {}

  /// An escaper whose buffer is complete.
  func escaper(_ escape: Int) -> (any Escaper)? {
    escapers.lastIndex { $0.escape == escape }.map { escapers.remove(at: $0).escaper }
  }

  func keep(_ escaper: any Escaper, _ escape: Int) { escapers.append((escaper, escape)) }

  func change(to template: Template) {
    if current >= 0 {
      if templates[current].template === template { return }
      swap(&templates[current].found, &found)
    }
    current = templates.firstIndex { $0.template === template } ?? templates.count
    if current == templates.count {
      let count = template.tree.expressions.count
      templates.append(
        Learned(template: template, found: Array(repeating: Found(), count: count)))
    }
    swap(&templates[current].found, &found)
  }

  func slot(at id: ExpressionID, of shape: Shape) -> Int? {
    found[Int(id.index)].shape === shape ? found[Int(id.index)].slot : nil
  }

  func note(_ slot: Int?, at id: ExpressionID, of shape: Shape) -> Int {
    found[Int(id.index)] = Found(shape: shape, slot: slot ?? -1)
    return slot ?? -1
  }
}
