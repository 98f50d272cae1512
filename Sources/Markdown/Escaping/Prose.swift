import CCmark
import Diagnostics
import Texts

/// Markdown that a person wrote, as Markdown that cannot leak out of its place: an open fence,
/// open emphasis or an open HTML comment ends where the text ends.
///
/// It shows what cmark shows of the text, with the pipe tables of GFM, but for three things: raw
/// HTML shows as the text that it is written with, a link whose scheme could run code leaves its
/// text, a heading ranks below those of the template. All comes out in one spelling, with a line
/// feed at the end.
///
/// Throws a ``MarkdownProblem`` for a text that would keep cmark busy for longer than its size
/// explains.
public func closedMarkdown(_ markdown: ArraySlice<UInt8>) throws(Diagnostic) -> [UInt8] {
  let text = Array(markdown)
  let scanner = BlockScanner(ofProse: text)
  if let problem = scanner.effort.excess?.problem {
    throw Diagnostic(.markdown(problem), at: nil)
  }
  let document = Document(parsing: text.span, tables: scanner.tables, rows: .cells)
  var writer = CommonMarkWriter()
  document.withRoot { writer.writeBlocks(of: $0, isTight: false) }
  return writer.output.isEmpty ? [UInt8(ascii: "\n")] : writer.output
}

/// The inlines of a text that is one paragraph, written for a heading or a cell; nil for any other.
func inlines(of markdown: Span<UInt8>, in place: InlineText.Place) -> [UInt8]? {
  Document(parsing: markdown).withRoot { root in
    guard let block = root.firstChild else { return [] }
    guard block.next == nil, block.type == CMARK_NODE_PARAGRAPH else { return nil }
    var line: [UInt8] = []
    InlineText(of: block).write(in: place, linePrefix: [], to: &line)
    return line
  }
}

/// What is wrong with Markdown that a person wrote.
public struct ProseCheck {
  /// Why ``closedMarkdown(_:)`` refuses the text.
  public let refusal: MarkdownProblem?
  /// Marks of emphasis that begin or end none, and so show as they are.
  public private(set) var openMarks: [Range<Int>] = []

  public init(_ markdown: ArraySlice<UInt8>) {
    let scanner = BlockScanner(ofProse: Array(markdown))
    refusal = scanner.effort.excess?.problem
    guard refusal == nil else { return }
    let start = markdown.startIndex
    for lines in scanner.texts {
      let lines = lines.map { (start + $0.range.lowerBound)..<(start + $0.range.upperBound) }
      addOpenMarks(lines, of: markdown)
    }
  }

  private mutating func addOpenMarks(_ lines: [Range<Int>], of markdown: ArraySlice<UInt8>) {
    var finder = OpenEmphasis(in: Array(lines.map { markdown[$0] }.joined(separator: [10])))
    finder.find()
    for mark in finder.open {
      var offset = mark.lowerBound
      let line = lines.first { line in
        if offset <= line.count { return true }
        offset -= line.count + 1
        return false
      }
      guard let line else { continue }
      let place = line.lowerBound + offset
      openMarks.append(place..<(place + mark.count))
    }
  }
}

extension BlockScanner {
  fileprivate init(ofProse text: [UInt8]) {
    self.init(text, effort: ParsingEffort(isLimited: true))
    scan()
  }
}

extension ParsingEffort.Excess {
  fileprivate var problem: MarkdownProblem {
    switch kind {
    case .depth: .proseTooDeep(line: line, most: ParsingEffort.greatestDepth)
    case .signs: .tooManySigns(line: line)
    case .cells: .tooManyCells(line: line)
    }
  }
}
