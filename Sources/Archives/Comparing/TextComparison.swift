import Texts

/// Two texts with what is not the same in them.
///
/// First the blocks that stand in both are found, then what lies between them is compared: the rows of
/// a table by their cells, everything else by its words.
struct TextComparison {
  private let old: ShownText
  private let new: ShownText
  private let oldWords: [Int32]
  private let newWords: [Int32]
  private let name: String
  private var changes: [EditScript.Edit] = []

  init(of old: ShownText, _ new: ShownText, named name: String) {
    (self.old, self.new, self.name) = (old, new, name)
    var vocabulary = Vocabulary()
    oldWords = vocabulary.numbers(of: old)
    newWords = vocabulary.numbers(of: new)
  }

  /// Tells whether the words are the same in the same order, whatever blocks they stand in.
  var isSame: Bool { oldWords == newWords }

  var likeness: Likeness { isSame ? .sameContent : .different(differences()) }

  func differences() -> [Difference] {
    if isSame { return [] }
    var work = self
    work.compareBlocks()
    return work.changes.map(work.difference)
  }

  // MARK: Blocks

  private mutating func compareBlocks() {
    var numbers: [ArraySlice<Int32>: Int32] = [:]
    func number(_ words: ArraySlice<Int32>) -> Int32 {
      if let known = numbers[words] { return known }
      let next = Int32(numbers.count)
      numbers[words] = next
      return next
    }
    let oldBlocks = old.blocks.map { number(oldWords[$0.words]) }
    let newBlocks = new.blocks.map { number(newWords[$0.words]) }
    for gap in EditScript(from: oldBlocks[...], to: newBlocks[...]).edits {
      compare(gap.old, gap.new)
    }
  }

  private mutating func compare(_ oldBlocks: Range<Int>, _ newBlocks: Range<Int>) {
    var (left, right) = (oldBlocks.lowerBound, newBlocks.lowerBound)
    for pair in rowPairs(oldBlocks, newBlocks) {
      compareWords(left..<pair.old, right..<pair.new)
      compareRows(pair.old, pair.new)
      (left, right) = (pair.old + 1, pair.new + 1)
    }
    compareWords(left..<oldBlocks.upperBound, right..<newBlocks.upperBound)
  }

  // MARK: Rows

  private func rowPairs(
    _ oldBlocks: Range<Int>, _ newBlocks: Range<Int>
  ) -> [(old: Int, new: Int)] {
    let isOne = oldBlocks.count == 1 && newBlocks.count == 1
    return orderedPairs(oldBlocks, newBlocks) { left, right in
      guard old.blocks[left].isRow, new.blocks[right].isRow else { return 0 }
      return max(isOne ? 0.1 : 0, likeness(ofRows: left, right))
    }
  }

  /// By the cells that are equal; those with words say more than figures, which recur.
  private func likeness(ofRows left: Int, _ right: Int) -> Float {
    let (ours, theirs) = (old.cells(ofBlock: left), new.cells(ofBlock: right))
    guard ours.count == theirs.count else { return 0 }
    var (equal, all): (Float, Float) = (0, 0)
    for (cell, other) in zip(ours, theirs) {
      let weight: Float = old.hasLetter(cell) || new.hasLetter(other) ? 4 : 1
      all += weight
      if oldWords[cell] == newWords[other] { equal += weight }
    }
    return equal / all >= 0.4 ? equal / all : 0
  }

  private mutating func compareRows(_ left: Int, _ right: Int) {
    let (ours, theirs) = (old.cells(ofBlock: left), new.cells(ofBlock: right))
    guard ours.count == theirs.count else {
      return compareWords(left..<left + 1, right..<right + 1)
    }
    for (cell, other) in zip(ours, theirs) where oldWords[cell] != newWords[other] {
      if min(cell.count, other.count) <= Self.shortLine {
        changes.append(EditScript.Edit(old: cell, new: other))
      } else {
        changes += edits(cell, other)
      }
    }
  }

  // MARK: Words

  private mutating func compareWords(_ oldBlocks: Range<Int>, _ newBlocks: Range<Int>) {
    let ours = old.words(ofBlocks: oldBlocks)
    let theirs = new.words(ofBlocks: newBlocks)
    for edit in edits(ours, theirs) { split(edit) }
  }

  /// The edits of some words, those that belong together joined.
  private func edits(_ ours: Range<Int>, _ theirs: Range<Int>) -> [EditScript.Edit] {
    var joined: [EditScript.Edit] = []
    for edit in EditScript(from: oldWords[ours], to: newWords[theirs]).edits {
      if let last = joined.last, belongs(edit, to: last) {
        joined[joined.count - 1] = EditScript.Edit(
          old: last.old.lowerBound..<edit.old.upperBound,
          new: last.new.lowerBound..<edit.new.upperBound)
      } else {
        joined.append(edit)
      }
    }
    return joined
  }

  /// Neighbours are one change where less stands between them than was changed. Figures stay apart,
  /// and so do cells and paragraphs.
  private func belongs(_ edit: EditScript.Edit, to last: EditScript.Edit) -> Bool {
    let between = last.old.upperBound..<edit.old.lowerBound
    guard !isFigure(edit), !isFigure(last) else { return false }
    let changed = min(
      max(last.old.count, last.new.count), max(edit.old.count, edit.new.count))
    guard between.count <= max(1, changed / 2) else { return false }
    return old.isOneCell(last.old.lowerBound..<edit.old.upperBound)
      && new.isOneCell(last.new.lowerBound..<edit.new.upperBound)
  }

  private func isFigure(_ edit: EditScript.Edit) -> Bool {
    edit.old.count == 1 && edit.new.count == 1
      && old.isFigure(edit.old.lowerBound) && new.isFigure(edit.new.lowerBound)
  }

  /// Makes a change of each block, or cell, where an edit goes through several.
  private mutating func split(_ edit: EditScript.Edit) {
    let ours = old.blocks(of: edit.old)
    let theirs = new.blocks(of: edit.new)
    let isOfRows = (ours.map(old.isRow), theirs.map(new.isRow))
    if ours.isEmpty || theirs.isEmpty || Set(isOfRows.0) != Set(isOfRows.1) {
      // A paragraph does not become a row.
      for part in ours {
        changes.append(EditScript.Edit(old: part, new: edit.new.lowerBound..<edit.new.lowerBound))
      }
      for part in theirs {
        changes.append(EditScript.Edit(old: edit.old.upperBound..<edit.old.upperBound, new: part))
      }
    } else if isOfRows.0 == isOfRows.1 {
      for (part, other) in zip(ours, theirs) { add(EditScript.Edit(old: part, new: other)) }
    } else {
      changes.append(edit)
    }
  }

  /// Adds a change; one in a short line, such as a name, is of all of it.
  private mutating func add(_ edit: EditScript.Edit) {
    let whole = EditScript.Edit(
      old: old.cell(around: edit.old.lowerBound), new: new.cell(around: edit.new.lowerBound))
    let isShort = max(whole.old.count, whole.new.count) <= Self.shortLine
    if isShort, !isFigure(edit), old.isOneCell(edit.old), new.isOneCell(edit.new) {
      if changes.last != whole { changes.append(whole) }
    } else {
      changes.append(edit)
    }
  }

  /// The words of a line that is shown whole.
  private static let shortLine = 4

  // MARK: Telling

  private func difference(_ change: EditScript.Edit) -> Difference {
    let isAdded = change.old.isEmpty
    let (text, range) = isAdded ? (new, change.new) : (old, change.old)
    let isWhole = isAdded && new.isWholeBlock(change.new)
    let around = old.cell(near: change.old, isWhole: isWhole)
    // Of what was added, where the words before it stand.
    let isBehind = isAdded && (isWhole || !new.beginsBlock(change.new.lowerBound))
    return Difference(
      at: old.place(of: change.old.lowerBound - (isBehind ? 1 : 0))
        ?? new.place(of: change.new.lowerBound),
      in: name, field: text.field(of: range, isFigure: isFigures(change)),
      old: old.text(change.old), new: new.text(change.new),
      before: old.text(around.lowerBound..<change.old.lowerBound)
        + old.blank(before: change.old.lowerBound),
      after: old.blank(before: change.old.upperBound)
        + old.text(change.old.upperBound..<around.upperBound))
  }

  private func isFigures(_ change: EditScript.Edit) -> Bool {
    old.hasDigit(change.old) || new.hasDigit(change.new)
  }
}

extension ShownBlock {
  var isRow: Bool { head != nil }

  var head: Int? {
    if case .row(let head) = form { head } else { nil }
  }
}

extension ShownText {
  fileprivate func words(ofBlocks range: Range<Int>) -> Range<Int> {
    guard let last = range.last else {
      let start =
        range.lowerBound < blocks.count ? blocks[range.lowerBound].words.lowerBound : words.count
      return start..<start
    }
    return blocks[range.lowerBound].words.lowerBound..<blocks[last].words.upperBound
  }

  /// Tells whether some words are of a row.
  fileprivate func isRow(_ range: Range<Int>) -> Bool {
    range.first.map { blocks[Int(words[$0].block)].isRow } ?? false
  }

  fileprivate func isOneCell(_ range: Range<Int>) -> Bool {
    guard let first = range.first, let last = range.last else { return true }
    return words[first].block == words[last].block && words[first].cell == words[last].cell
  }

  fileprivate func isWholeBlock(_ range: Range<Int>) -> Bool {
    range.first.map { blocks[Int(words[$0].block)].words == range } ?? false
  }

  /// Some words cut where blocks end.
  fileprivate func blocks(of range: Range<Int>) -> [Range<Int>] {
    var parts: [Range<Int>] = []
    var start = range.lowerBound
    while start < range.upperBound {
      let end = min(range.upperBound, blocks[Int(words[start].block)].words.upperBound)
      parts.append(start..<end)
      start = end
    }
    return parts
  }

  /// The words around a place in its cell or paragraph, as many as show where it is.
  fileprivate func cell(near range: Range<Int>, isWhole: Bool) -> Range<Int> {
    let anchor = range.isEmpty ? range.lowerBound - 1 : range.lowerBound
    guard !isWhole, words.indices.contains(anchor) else { return range }
    let last = range.isEmpty ? anchor : range.upperBound - 1
    let (first, end) = (cell(around: anchor), cell(around: last))
    return max(
      first.lowerBound, range.lowerBound - Self.context)..<max(
        range.upperBound, min(end.upperBound, range.upperBound + Self.context))
  }

  /// The words that are shown before and behind a change.
  private static let context = 12

  fileprivate func beginsBlock(_ word: Int) -> Bool {
    blocks[Int(words[word].block)].words.lowerBound == word
  }

  /// What stands between a word and the one before it.
  fileprivate func blank(before word: Int) -> String {
    guard word > 0, word < words.count else { return "" }
    return words[word - 1].range.end < words[word].range.start ? " " : ""
  }

  fileprivate func place(of word: Int) -> (ShownPlace, cell: Int)? {
    guard !words.isEmpty else { return nil }
    let found = words[max(0, min(word, words.count - 1))]
    return (blocks[Int(found.block)].place, Int(found.cell))
  }

  // MARK: Fields

  /// What some words are of: of a row its label and the title of the column; of a figure in a text the
  /// words before it; else the heading above.
  fileprivate func field(of range: Range<Int>, isFigure: Bool) -> String {
    guard let first = range.first else { return "" }
    let index = Int(words[first].block)
    if blocks[index].words == range { return heading(above: index) }
    if let head = blocks[index].head, head != index {
      return field(ofCell: words[first].cell, index, head)
    }
    let label = isFigure ? words(before: first, in: blocks[index].words) : ""
    return label.isEmpty ? heading(above: index) : label
  }

  private func field(ofCell cell: Int32, _ row: Int, _ head: Int) -> String {
    let label = cells(ofBlock: row).first { words[$0.lowerBound].cell != cell && hasLetter($0) }
    // A title that is set over several columns stands in the first of them.
    let title = cells(ofBlock: head).prefix(Int(cell) + 1).last { !text($0).isEmpty }
    let names = [label, title].compactMap { $0.map(text)?.shortened }
    return names.isEmpty ? heading(above: row) : names.joined(separator: " · ")
  }

  private func words(before word: Int, in block: Range<Int>) -> String {
    // A colon leads to the figure; any other sign, or a figure, is of what was said before.
    var end = word
    while end > block.lowerBound, isStop(end - 1) { end -= 1 }
    var start = end
    while start > block.lowerBound, end - start < 6, !isStop(start - 1), !isFigure(start - 1) {
      start -= 1
    }
    return hasLetter(start..<end) ? text(start..<end) : ""
  }

  private func heading(above block: Int) -> String {
    guard let heading = blocks[..<block].last(where: { $0.form == .heading }) else { return "" }
    return text(heading.words).shortened
  }
}

extension String {
  /// As much of it as names a place.
  var shortened: String { count > 80 ? prefix(79) + "…" : self }
}
