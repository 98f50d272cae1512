import CCmark

/// What the page that a document is for adds to its tables and pictures.
///
/// A comment of HTML on a line of its own, a mark, says what the next blocks are:
///
/// | mark | what follows |
/// | --- | --- |
/// | `<!-- bang -->` | the name of a table, as a paragraph, and the table |
/// | `<!-- bang dau=2 -->` | the same; the cells of its second column name its rows |
/// | `<!-- bieu-do cot -->` | the title of a chart, as a paragraph, and the table of its values |
/// | `<!-- bieu-do cot an-bang -->` | the same; only those who do not see the chart get the table |
/// | `<!-- anh -->` | a picture, alone in a paragraph, and its caption, in emphasis |
///
/// A table may follow without a name; then it is known by the heading above. Where something else follows, a mark does nothing: like all
/// raw HTML it is not written. A value of the data cannot make one, as its `<` is escaped.
public struct PageParts {
  /// Begins the values of `id` in the page.
  let idPrefix: String
  /// Draws a table: HTML that holds no zero byte; nil for a kind that there is not, or where the
  /// table cannot be drawn.
  let draw: (_ chart: ChartTable) -> [UInt8]?

  public init(idPrefix: String, draw: @escaping (_ chart: ChartTable) -> [UInt8]?) {
    (self.idPrefix, self.draw) = (idPrefix, draw)
  }
}

/// A table that is to be drawn, as text.
public struct ChartTable: Sendable {
  /// The word behind `bieu-do` in the mark.
  public let kind: String
  /// The `id` of its title; the drawing may begin others with it.
  public let id: String
  public let title: [UInt8]
  /// The row of heads, then the others; all have as many cells.
  public let rows: [[[UInt8]]]

  public init(kind: String, id: String, title: [UInt8], rows: [[[UInt8]]]) {
    (self.kind, self.id, self.title, self.rows) = (kind, id, title, rows)
  }
}

/// The pass over the tree of a document that makes them.
struct PagePartsPass {
  private let parts: PageParts
  private var tableCount = 0
  private var labelCount = 0
  private var outline = Outline()

  init(_ parts: PageParts) { self.parts = parts }

  mutating func apply(to root: Node) {
    var current = root.firstChild
    while let node = current {
      if node.type == CMARK_NODE_HTML_BLOCK, let mark = PageMark(node.literal) {
        current = apply(mark, at: node)
      } else {
        // The successor first: a table moves into its frame.
        current = node.firstBlock(inside: node.type) ?? node.nextBlockOutside
        if node.type == CMARK_NODE_HEADING { outline.add(node) }
        if node.tablePart == .table { frame(node, below: label(above: node)) }
      }
    }
  }

  /// Does what a mark says, and returns the block to go on with.
  private mutating func apply(_ mark: PageMark, at node: Node) -> Node? {
    let label = label(above: node)
    let (next, behind) = (node.next, node.nextBlockOutside)
    node.unlink()
    guard let first = next else { return behind }
    if mark.kind == .picture { return figure(of: first) ?? behind }
    let name = first.isParagraph ? first : nil
    guard let table = name == nil ? first : first.next, table.tablePart == .table else {
      return behind
    }
    let end = table.nextBlockOutside
    if mark.kind == .chart, let name {
      drawChart(of: table, mark, titledBy: name)
    } else {
      if let column = mark.headColumn { table.nameRows(byColumn: column) }
      if let name { caption(table, name) } else { frame(table, below: label) }
    }
    return end
  }

  // MARK: - Tables

  private mutating func caption(_ table: Node, _ name: Node) {
    let id = nextTableID("bang")
    table.prepend(name.renamed("caption", id: id))
    name.unlink()
    frame(table, id: id)
  }

  /// Frames a table under the name of its own caption, or else of the heading above it.
  private mutating func frame(_ table: Node, below heading: Node?) {
    if let caption = table.firstChild, caption.tablePart == .caption {
      let id = nextTableID("bang")
      caption.setOpeningHTML(Array("<caption id=\"\(id)\">".utf8))
      return frame(table, id: id)
    }
    guard let heading else { return frame(table, id: nil) }
    labelCount += 1
    let id = "\(parts.idPrefix)muc-\(labelCount)"
    outline.name(heading, id)
    frame(table, id: id)
  }

  /// Puts a table into a region that can be scrolled, also with keys alone.
  private func frame(_ table: Node, id: String?) {
    let region = id.map { " role=\"region\" aria-labelledby=\"\($0)\"" } ?? ""
    table.wrap(in: "<div class=\"cuon\" tabindex=\"0\"\(region)>")
  }

  /// The heading under which a block stands, unless another table stands there before it.
  private func label(above node: Node) -> Node? {
    var current = node.previous
    while let block = current {
      if block.type == CMARK_NODE_HEADING || outline.hasReplaced(block) { return block }
      if block.tablePart == .frame { return nil }
      current = block.previous
    }
    return nil
  }

  private mutating func nextTableID(_ word: String) -> String {
    tableCount += 1
    return "\(parts.idPrefix)\(word)-\(tableCount)"
  }

  // MARK: - Charts

  private mutating func drawChart(of table: Node, _ mark: PageMark, titledBy title: Node) {
    let id = nextTableID("bieu-do")
    let chart = ChartTable(kind: mark.word, id: id, title: title.text, rows: table.cellTexts)
    table.nameRows(byColumn: 1)
    guard let drawing = parts.draw(chart) else {
      tableCount -= 1
      return caption(table, title)
    }
    let figure = Node.frame("<figure class=\"bieu-do\">", close: "</figure>")
    figure.insertBefore(table)
    figure.append(title.renamed("figcaption", id: id))
    title.unlink()
    figure.append(.html(drawing))
    figure.append(table)
    if mark.hidesTable { table.wrap(in: "<div class=\"an\">") } else { frame(table, id: id) }
  }

  // MARK: - Pictures

  /// Makes a figure of a picture and its caption, and returns the block behind; nil where there is
  /// no picture.
  private func figure(of paragraph: Node) -> Node? {
    guard paragraph.type == CMARK_NODE_PARAGRAPH, let picture = paragraph.onlyChild,
      picture.type == CMARK_NODE_IMAGE
    else { return nil }
    let figure = Node.frame("<figure class=\"anh\">", close: "</figure>")
    figure.insertBefore(paragraph)
    figure.append(paragraph.renamed("div", id: nil))
    paragraph.unlink()
    if let caption = figure.next, caption.type == CMARK_NODE_PARAGRAPH,
      let emphasis = caption.onlyChild, emphasis.type == CMARK_NODE_EMPH
    {
      figure.append(emphasis.renamed("figcaption", id: nil))
      caption.unlink()
    }
    return figure
  }
}

/// A mark in the text of a document.
struct PageMark: Equatable {
  enum Kind: String {
    case table = "bang"
    case chart = "bieu-do"
    case picture = "anh"
  }

  let kind: Kind
  /// The word behind it; empty where there is none.
  let word: String
  private let isFollowed: Bool

  /// Reads a block of raw HTML; nil for any that is no mark.
  init?(_ html: [UInt8]) {
    guard html.count <= 80, html.starts(with: "<!--".utf8) else { return nil }
    let words = String(decoding: html, as: UTF8.self).split { $0 == " " || $0.isNewline }
    guard (3...5).contains(words.count), words.first == "<!--", words.last == "-->",
      let kind = Kind(rawValue: String(words[1]))
    else { return nil }
    self.kind = kind
    word = words.count > 3 ? String(words[2]) : ""
    isFollowed = words.count == 5
    if isFollowed, kind != .chart || words[3] != "an-bang" { return nil }
  }

  /// Tells whether the table of a chart is not shown.
  var hidesTable: Bool { isFollowed }

  /// The column whose cells name the rows of a table, from 1 on.
  var headColumn: Int? {
    word.hasPrefix("dau=") ? Int(word.dropFirst(4)).flatMap { $0 > 0 ? $0 : nil } : nil
  }
}
