/// Two columns side by side, padded with blanks: the head of a document, or recipients beside a
/// signature.
struct PlainColumns {
  private(set) var left: [String] = []
  private(set) var right: [String] = []
  /// The lines that they take.
  private(set) var count = 0

  private let layout: TextLayout
  private let isHead: Bool
  /// Where the right column begins, as its leftmost line shows.
  private var start: Int
  /// The middle of the right column.
  private let middle: Int

  /// A line of a column may stand so far out of it.
  private static let tolerance = 14
  /// So many blank lines stand within a signature.
  private static let longestGap = 8

  /// The columns that begin with the first of the lines; nil where none do.
  ///
  /// - Parameter isHead: whether nothing but a head stood before.
  init?(_ lines: ArraySlice<TextLine>, _ layout: TextLayout, isHead: Bool) {
    guard let first = lines.first, let halves = first.halves else { return nil }
    let hasRecipients = halves.left.foldedText.beginsWithWords("nơi nhận")
    let areSigners = halves.left.isAllCapitals && halves.right.isAllCapitals
    guard isHead || hasRecipients || areSigners else { return nil }
    (self.layout, self.isHead, start) = (layout, isHead && !hasRecipients, halves.start)
    middle = halves.start + halves.right.count / 2
    var index = lines.startIndex
    while index < lines.endIndex, let taken = take(lines, at: index) { index += taken }
    count = index - lines.startIndex
  }

  /// Takes a line, or blank ones before another; how many, and nil where the columns end.
  private mutating func take(_ lines: ArraySlice<TextLine>, at index: Int) -> Int? {
    let line = lines[index]
    if line.isPageRule || line.isOfTable || line.beginsPage { return nil }
    if line.isBlank {
      let gap = lines[index...].prefix(Self.longestGap).prefix(while: \.isBlank).count
      guard index + gap < lines.endIndex, goesOnBehindGap(lines[index + gap]) else { return nil }
      left.append("")
      right.append("")
      return gap
    }
    if let halves = line.halves, abs(halves.start - start) <= Self.tolerance {
      start = min(start, halves.start)
      addLeft(halves.left)
      right.append(halves.right)
    } else if isRight(line) {
      right.append(line.content)
    } else if line.end < start, !(layout.isCentered(line) && line.indent > start / 2) {
      addLeft(line.content)
    } else {
      return nil
    }
    return 1
  }

  private func goesOnBehindGap(_ line: TextLine) -> Bool {
    if line.isPageRule || line.beginsPage { return false }
    if let halves = line.halves { return abs(halves.start - start) <= Self.tolerance }
    // Below a head stands the title, wherever its line begins.
    return !isHead && isRight(line)
  }

  private func isRight(_ line: TextLine) -> Bool {
    let isInMiddle = abs((line.indent + line.end) / 2 - middle) <= 3
    return isInMiddle
      || line.indent + 4 >= start && !(layout.isCentered(line) && line.indent < start)
  }

  /// Adds a line to the left column; that of an item goes on in the next one.
  private mutating func addLeft(_ text: String) {
    let isOpen = left.last.map { last in
      last.first.map { "-–+".contains($0) } ?? false && !last.isRule
        && !(last.last.map { ";.".contains($0) } ?? true)
    }
    let isItem = text.first.map { "-–+".contains($0) } ?? false
    if isOpen ?? false, !isItem, let last = left.indices.last {
      left[last] += " \(text)"
    } else {
      left.append(text)
    }
  }

  func written(numberedFrom number: inout Int) -> WrittenTable {
    var row = WrittenRow()
    for column in [left, right] {
      var cell = WrittenCell()
      for text in column { cell.paragraphs.append(WrittenParagraph(text, &number)) }
      row.cells.append(cell)
    }
    var table = WrittenTable()
    table.rows = [row]
    return table
  }
}
