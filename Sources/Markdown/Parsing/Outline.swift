import CCmark

/// The levels of headings, of which a page leaves none out: one of level 4 that stands right below the
/// page's title is its second level, and says by its class `cap-4` how it looks.
struct Outline {
  /// The headings above the next one, each with its level in the text and in the page.
  private var above: [(written: Int, shown: Int)] = []
  /// The last heading whose level is another, as it stands in the tree now.
  private var replaced: Node?

  /// Puts a heading into the outline; one whose level is another is replaced.
  mutating func add(_ heading: Node) {
    let written = heading.headingLevel
    while let last = above.last, last.written >= written { above.removeLast() }
    let shown = written == 1 ? 1 : (above.last?.shown ?? 1) + 1
    above.append((written, shown))
    // A heading of the first level is left to stand for itself.
    if shown < written { replace(heading, id: nil) }
  }

  func hasReplaced(_ node: Node) -> Bool { replaced?.isSame(node) ?? false }

  /// Gives the last heading an `id`.
  mutating func name(_ heading: Node, _ id: String) {
    if hasReplaced(heading), let last = above.last {
      return heading.setOpeningHTML(Array("<\(tag(last)) id=\"\(id)\">".utf8))
    }
    replace(heading, id: id)
  }

  private mutating func replace(_ heading: Node, id: String?) {
    let level = heading.headingLevel
    let last = above.last { $0.written == level } ?? (level, level)
    let block = heading.renamed(tag(last), id: id, closing: "h\(min(last.shown, last.written))")
    block.insertBefore(heading)
    heading.unlink()
    replaced = block
  }

  /// The element without its brackets.
  private func tag(_ heading: (written: Int, shown: Int)) -> String {
    heading.shown < heading.written
      ? "h\(heading.shown) class=\"cap-\(heading.written)\"" : "h\(heading.written)"
  }
}
