import CGumbo
import Reports
import Texts

/// Reads the blocks of a saved page: its paragraphs, headings, items, pictures and tables in order,
/// menus and foot with them.
struct PageReader {
  private(set) var post = WrittenPost()
  /// For each block where it stands in the page.
  private(set) var places: [Place] = []
  /// The element that each element stands in, by its number; 0 for none.
  private(set) var parents: [Int32] = [0]
  /// The elements that are cells and rows of tables, by their numbers.
  private(set) var cells: Set<Int32> = []
  private(set) var rows: Set<Int32> = []

  /// Where a block stands.
  struct Place {
    /// The number of the element around it.
    var container: Int32
    /// Whether it stands in a part that the page calls navigation, foot or aside.
    var isOfPage: Bool
    /// Whether all its words are of links.
    var isLink: Bool
    /// Whether it is a step of the path to the page.
    var isStep = false
  }

  private var open: [Open] = []
  /// The block whose words are being read.
  private var block: PostBlock?
  private var linkBytes = 0
  private var links = 0
  private var pageParts = 0
  private var tables: [PageTable] = []
  /// How many elements are open that nobody sees.
  private var hidden = 0
  private var steps = 0
  /// How many elements are open whose lines are those of the file.
  private var linedParts = 0
  private var articles = 0
  /// The number of the item that begins, until its first words are read.
  private var number: String?
  private var isTitle = false
  private var title: [UInt8] = []
  private var isData = false
  private var data: [UInt8] = []
  /// Whether the words in drawings are read, and pictures that are in the page itself.
  private let readsDrawings: Bool

  /// An element that is open. What holds for it holds for those in it, unless they say otherwise.
  private struct Open {
    var number: Int32
    /// The nearest element that begins a block, by its number.
    var container: Int32
    var form: PostBlock.Form
    var isRight: Bool
    var isBlock = false
    var isPagePart = false
    var isHidden = false
    var isPath = false
    var isArticle = false
    /// How the items right in it are numbered.
    var list: PageList?
  }

  init(_ tree: borrowing PageTree, readsDrawings: Bool = false) {
    self.readsDrawings = readsDrawings
    tree.walk { step in
      switch step {
      case .begin(let element): return begin(element)
      case .end(let element): end(element)
      case .text(let text): add(text)
      }
      return true
    }
    finishBlock()
    readTitle()
  }

  /// Takes no block for one of the page around the post.
  mutating func trustNoNames() {
    for index in places.indices { places[index].isOfPage = false }
  }

  // MARK: Elements

  private mutating func begin(_ element: PageElement) -> Bool {
    if hidden > 0 {
      if element.tag == GUMBO_TAG_SCRIPT || element.tag == GUMBO_TAG_STYLE { return false }
      open.append(opened(isBlock: false))
      return true
    }
    switch element.tag {
    case GUMBO_TAG_SCRIPT:
      // What a page says of itself for search engines.
      isData = element.attribute("type")?.lowercased() == "application/ld+json"
      data = []
      if isData { open.append(opened(isBlock: false)) }
      return isData
    case GUMBO_TAG_SVG where readsDrawings: break
    case GUMBO_TAG_STYLE, GUMBO_TAG_TEMPLATE, GUMBO_TAG_NOSCRIPT, GUMBO_TAG_IFRAME,
      GUMBO_TAG_OBJECT, GUMBO_TAG_SVG, GUMBO_TAG_VIDEO, GUMBO_TAG_AUDIO, GUMBO_TAG_CANVAS:
      return false
    case GUMBO_TAG_META: readMeta(element)
    case GUMBO_TAG_LINK:
      if element.attribute("rel") == "canonical" { setAddress(element.attribute("href")) }
    case GUMBO_TAG_TITLE: isTitle = post.hints.title == nil && title.isEmpty
    case GUMBO_TAG_IMG: addPicture(element)
    case GUMBO_TAG_BR: finishBlock()
    case GUMBO_TAG_A: links += 1
    default: break
    }
    if element.isHidden {
      var new = opened(isBlock: false)
      new.isHidden = true
      hidden += 1
      open.append(new)
      return true
    }
    // Only their looks part the steps of a path.
    let isBlock = element.isBlock || steps > 0 && element.tag == GUMBO_TAG_A
    if isBlock { finishBlock() }
    if element.tag == GUMBO_TAG_TABLE { beginTable(element) }
    let table = tables.indices.last
    if element.tag == GUMBO_TAG_TR, let table { tables[table].beginRow() }
    if element.tag == GUMBO_TAG_TD || element.tag == GUMBO_TAG_TH, let table {
      tables[table].beginCell(
        isHead: element.tag == GUMBO_TAG_TH, columns: element.number("colspan"),
        rows: element.number("rowspan"))
    }
    var new = opened(isBlock: isBlock)
    if let form = form(of: element) { new.form = form }
    if element.tag == GUMBO_TAG_OL || element.tag == GUMBO_TAG_UL {
      new.list = pageParts > 0 ? nil : PageList(element)
    }
    if element.tag == GUMBO_TAG_LI { number = nextNumber(of: element) }
    new.isPath = element.isPath
    if new.isPath { steps += 1 }
    new.isArticle = element.tag == GUMBO_TAG_ARTICLE
    if new.isArticle { articles += 1 }
    // An aside within an article tells of it.
    new.isPagePart = element.isPagePart && !(element.tag == GUMBO_TAG_ASIDE && articles > 0)
    new.isRight = new.isRight || element.isAlignedRight
    if new.isPagePart { pageParts += 1 }
    if element.tag == GUMBO_TAG_TD || element.tag == GUMBO_TAG_TH { cells.insert(new.number) }
    if element.tag == GUMBO_TAG_TR { rows.insert(new.number) }
    if element.tag == GUMBO_TAG_PRE { linedParts += 1 }
    open.append(new)
    return true
  }

  private mutating func opened(isBlock: Bool) -> Open {
    let outer = open.last
    parents.append(outer?.number ?? 0)
    let number = Int32(parents.count - 1)
    return Open(
      number: number, container: isBlock ? number : outer?.container ?? 0,
      form: outer?.form ?? .text, isRight: outer?.isRight ?? false, isBlock: isBlock)
  }

  private mutating func end(_ element: PageElement) {
    guard let last = open.popLast() else { return }
    if last.isHidden { hidden -= 1 }
    if last.isHidden || hidden > 0 { return }
    switch element.tag {
    case GUMBO_TAG_SCRIPT:
      if isData { readData() }
      isData = false
    case GUMBO_TAG_TITLE: isTitle = false
    case GUMBO_TAG_A: links -= 1
    case GUMBO_TAG_TD, GUMBO_TAG_TH:
      finishBlock()
      if let table = tables.indices.last { tables[table].endCell(blocks: post.blocks.count) }
    case GUMBO_TAG_TABLE: endTable()
    case GUMBO_TAG_PRE: linedParts -= 1
    default: break
    }
    if last.isBlock { finishBlock() }
    if element.tag == GUMBO_TAG_LI { number = nil }
    if last.isPagePart { pageParts -= 1 }
    if last.isPath { steps -= 1 }
    if last.isArticle { articles -= 1 }
  }

  private func form(of element: PageElement) -> PostBlock.Form? {
    switch element.tag {
    case GUMBO_TAG_H1: .heading(level: 1)
    case GUMBO_TAG_H2: .heading(level: 2)
    case GUMBO_TAG_H3: .heading(level: 3)
    case GUMBO_TAG_H4, GUMBO_TAG_H5, GUMBO_TAG_H6: .heading(level: 4)
    case GUMBO_TAG_LI: .item
    case GUMBO_TAG_FIGCAPTION: .caption
    default: nil
    }
  }

  // MARK: Texts

  private mutating func add(_ text: PageText) {
    if isTitle {
      title += text.bytes
      return
    }
    if isData {
      data += text.bytes
      return
    }
    if hidden > 0 { return keepHidden(text) }
    // What stands outside of the body is not shown.
    if open.count < 2 { return }
    for byte in text.bytes { add(byte, text.line) }
  }

  /// A paragraph that nobody sees may be of the post all the same.
  private mutating func keepHidden(_ text: PageText) {
    let words = String(decoding: text.bytes, as: UTF8.self).collapsed
    if words.utf8.count >= 100, post.hints.hidden.count < 20 { post.hints.hidden.append(words) }
  }

  private mutating func add(_ byte: UInt8, _ line: Int) {
    if byte == 0x0A, linedParts > 0 { return finishBlock() }
    if byte <= 0x20 || byte == 0x7F { return addBlank() }
    if block == nil { beginBlock(line) }
    // The controls U+0080 to U+009F, and the blank that does not break.
    if 0x80...0xA0 ~= byte, post.bytes.last == 0xC2 {
      post.bytes.removeLast()
      return addBlank()
    }
    post.bytes.append(byte)
    if links > 0 { linkBytes += 1 }
  }

  private mutating func addBlank() {
    if block != nil, post.bytes.last != 0x20 { post.bytes.append(0x20) }
  }

  private mutating func beginBlock(_ line: Int) {
    let start = post.bytes.count
    var new = PostBlock(text: start..<start, line: line, isApart: true)
    new.form = open.last?.form ?? .text
    new.isRight = open.last?.isRight ?? false
    block = new
    linkBytes = 0
  }

  private mutating func finishBlock() {
    guard var finished = block else { return }
    block = nil
    let start = finished.text.lowerBound
    while post.bytes.count > start, post.bytes.last == 0x20 { post.bytes.removeLast() }
    finished.text = start..<post.bytes.count
    while finished.text.count > 0, post.bytes[finished.text.lowerBound] == 0x20 {
      finished.text = finished.text.lowerBound + 1..<finished.text.upperBound
    }
    let words = post.bytes[finished.text].count { $0 != 0x20 }
    if words == 0 { return }
    let isLink = linkBytes >= words
    if !isLink { addNumber(to: &finished) }
    append(finished, isLink: isLink)
  }

  /// The number that the page shows before an item, unless one is typed there.
  private mutating func addNumber(to block: inout PostBlock) {
    guard let shown = number else { return }
    number = nil
    guard block.form == .item, PostLine.mark(of: post.bytes[block.text]) == nil else { return }
    post.bytes.insert(contentsOf: Array("\(shown) ".utf8), at: block.text.lowerBound)
    block.markLength = shown.utf8.count
    block.text = block.text.lowerBound..<post.bytes.count
  }

  /// Counts an item in the list around it.
  private mutating func nextNumber(of item: PageElement) -> String? {
    guard let index = open.indices.last, open[index].list != nil else { return nil }
    return open[index].list?.next(at: item.number("value"))
  }

  private mutating func append(_ block: PostBlock, isLink: Bool) {
    post.blocks.append(block)
    let container = open.last?.container ?? 0
    places.append(
      Place(container: container, isOfPage: pageParts > 0, isLink: isLink, isStep: steps > 0))
  }

  private mutating func addPicture(_ element: PageElement) {
    guard let file = element.attribute("src"), !file.isEmpty,
      readsDrawings || !file.hasPrefix("data:")
    else { return }
    finishBlock()
    let end = post.bytes.count
    var picture = PostBlock(text: end..<end, line: element.line, isApart: true)
    picture.form = .picture(
      file: file.collapsed.asPath, alternative: (element.attribute("alt") ?? "").collapsed)
    append(picture, isLink: false)
  }

  // MARK: Tables

  private mutating func beginTable(_ element: PageElement) {
    // A table that holds another lays out the page.
    if let outer = tables.indices.last { tables[outer].holdsAnother = true }
    tables.append(
      PageTable(
        isNested: !tables.isEmpty, hasBorder: element.number("border") ?? 0 > 0,
        first: post.blocks.count))
  }

  private mutating func endTable() {
    finishBlock()
    guard let finished = tables.popLast() else { return }
    guard finished.isOfData, finished.first < post.blocks.count else { return }
    let blocks = Array(post.blocks[finished.first...])
    let isOfText = blocks.allSatisfy { block in
      if case .picture = block.form { return false }
      return block.text.count < 600
    }
    guard isOfText, finished.end == post.blocks.count else { return }
    let place = places[finished.first]
    post.blocks.removeLast(blocks.count)
    places.removeLast(blocks.count)
    for (index, row) in finished.grid.enumerated() {
      var new = PostBlock(text: 0..<0, line: blocks.first?.line ?? 1, isApart: true)
      let cells = row.map { cell -> Range<Int> in
        guard let cell else { return 0..<0 }
        return joined(
          blocks[(cell.lowerBound - finished.first)..<(cell.upperBound - finished.first)])
      }
      new.form = .row(cells, isFirst: index == 0)
      post.blocks.append(new)
      places.append(Place(container: place.container, isOfPage: place.isOfPage, isLink: false))
    }
  }

  /// The words of the blocks of a cell in one.
  private mutating func joined(_ blocks: ArraySlice<PostBlock>) -> Range<Int> {
    if blocks.count == 1, let only = blocks.first { return only.text }
    let start = post.bytes.count
    for block in blocks {
      if post.bytes.count > start { post.bytes.append(0x20) }
      post.bytes += Array(post.bytes[block.text])
    }
    return start..<post.bytes.count
  }

  // MARK: What the page says of itself

  private mutating func readMeta(_ element: PageElement) {
    guard let value = element.attribute("content"), !value.isEmpty,
      let name = (element.attribute("property") ?? element.attribute("name"))?.lowercased()
    else { return }
    switch name {
    case "og:title": post.hints.title = value.collapsed
    case "article:published_time", "pubdate", "publishdate", "dc.date.issued", "date":
      if post.hints.published == nil { post.hints.published = (value.collapsed, name) }
    case "og:url": setAddress(value)
    case "article:author", "author":
      if post.hints.author == nil { post.hints.author = (value.collapsed, name) }
    default: break
    }
  }

  private mutating func setAddress(_ value: String?) {
    guard let value, post.hints.address == nil,
      value.hasPrefix("http://") || value.hasPrefix("https://"),
      !value.contains(where: { $0.isWhitespace || "<>\"".contains($0) })
    else { return }
    post.hints.address = value
  }

  /// The day in data of schema.org.
  private mutating func readData() {
    let name = Array("\"datePublished\"".utf8)
    guard post.hints.published == nil, let found = data.firstRange(of: name) else { return }
    let rest = data[found.upperBound...].drop { $0 != 0x22 }.dropFirst()
    let value = rest.prefix { $0 != 0x22 }
    if value.count < 40 { post.hints.published = (value.string.collapsed, "datePublished") }
  }

  private mutating func readTitle() {
    let written = String(decoding: title, as: UTF8.self).collapsed
    if post.hints.title == nil, !written.isEmpty { post.hints.title = written }
  }
}
