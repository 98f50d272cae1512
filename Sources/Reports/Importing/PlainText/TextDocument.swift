extension WrittenDocument {
  /// Reads a document that is plain text, as it was copied out of Word or from a page, or as the program
  /// prints it: a head in two columns or one below the other, paragraphs in one line or over several,
  /// tables with tabs or drawn of signs.
  public init(text: String) {
    self.init()
    hasLooks = false
    let lines = TextLine.all(in: text)
    var reading = TextReading(lines)
    reading.read()
    blocks = reading.blocks
  }
}

/// The way through the lines of a text.
private struct TextReading {
  private let lines: [TextLine]
  private let layout: TextLayout
  private(set) var blocks: [WrittenBlock] = []
  private var number = 0
  private var breaksPage = false
  private var isHead = true
  /// Before this line no table begins.
  private var plainEnd = 0

  init(_ lines: [TextLine]) {
    self.lines = lines
    layout = TextLayout(lines)
  }

  mutating func read() {
    var index = 0
    while index < lines.count { index += readBlock(at: index) }
  }

  /// Reads a paragraph, a table or blank lines; how many lines.
  private mutating func readBlock(at index: Int) -> Int {
    let line = lines[index]
    if line.beginsPage { (breaksPage, isHead) = (true, true) }
    if line.isBlank {
      let count = lines[index...].prefix { $0.isBlank && !$0.beginsPage }.count
      if !blocks.isEmpty { blocks.append(.paragraph(WrittenParagraph("", &number))) }
      return max(count, 1)
    }
    if line.isPageRule {
      (breaksPage, isHead) = (true, true)
      return 1
    }
    if line.hasLabel { isHead = false }
    if let columns = PlainColumns(lines[index...], layout, isHead: isHead) {
      blocks.append(.table(columns.written(numberedFrom: &number)))
      breaksPage = false
      return columns.count
    }
    if index >= plainEnd {
      let table = PlainTable(lines[index...])
      if table.isTable {
        blocks.append(.table(table.written(numberedFrom: &number)))
        breaksPage = false
        return table.count
      }
      plainEnd = index + table.count
    }
    return readParagraph(at: index)
  }

  private mutating func readParagraph(at index: Int) -> Int {
    let first = lines[index]
    var (words, last, count) = ([first.content], first, 1)
    let follower = index + 1 < lines.count ? lines[index + 1] : nil
    let isCentered =
      layout.isCentered(first) && !(follower.map { layout.goesOn(first, first, $0) } ?? false)
    while index + count < lines.count {
      let next = lines[index + count]
      guard !next.isBlank, !next.beginsPage, !next.isOfTable, !next.content.isRule,
        next.hasTab == first.hasTab,
        isCentered ? isOpen(words) && layout.isCentered(next) : layout.goesOn(first, last, next)
      else { break }
      words.append(next.content)
      last = next
      count += 1
    }
    var paragraph = WrittenParagraph(words.joined(separator: " "), &number)
    paragraph.beginsPage = breaksPage
    breaksPage = false
    if isCentered {
      // What stands in the middle is as good as bold: a text shows no more.
      (paragraph.alignment, paragraph.isBold) = (.center, true)
    } else if count == 1, first.indent > 0 {
      // The right column is told by what stands before it.
      paragraph.text = first.text
      if first.indent * 2 >= layout.width { paragraph.alignment = .end }
    }
    if layout.isProse(first) { isHead = false }
    blocks.append(.paragraph(paragraph))
    return count
  }

  /// Tells whether a bracket at the start of lines is still to be closed.
  private func isOpen(_ words: [String]) -> Bool {
    words[0].hasPrefix("(") && !(words.last?.contains(")") ?? false)
  }
}

extension TextLayout {
  /// Tells whether a line is of the text, not of a head.
  fileprivate func isProse(_ line: TextLine) -> Bool { line.end > 60 && line.halves == nil }
}
