import Texts

/// What a document shows: its words and figures in order, each in the block that it stands in.
struct ShownText {
  private(set) var bytes: [UInt8] = []
  private(set) var blocks: [ShownBlock] = []
  private(set) var words: [ShownWord] = []
  /// The row that has the titles of the table whose rows are being added.
  private var head: Int?

  // MARK: Adding

  mutating func add(_ text: some Collection<UInt8>, at place: ShownPlace, _ form: ShownBlock.Form) {
    head = nil
    let start = words.count
    append(text, cell: 0)
    guard words.count > start else { return }
    blocks.append(ShownBlock(place: place, form: form, words: start..<words.count))
  }

  /// Adds a row of a table; an empty cell is a word without letters, so that a figure under another
  /// title is another text.
  mutating func addRow(_ cells: [[UInt8]], at place: ShownPlace, beginsTable: Bool) {
    let start = words.count
    for (index, cell) in cells.enumerated() {
      let first = words.count
      append(cell, cell: index)
      guard words.count == first else { continue }
      let range = SourceRange(start: bytes.count, end: bytes.count)
      words.append(ShownWord(range: range, block: Int32(blocks.count), cell: Int32(index)))
    }
    guard words.count > start else { return }
    if beginsTable { head = nil }
    let row = blocks.count
    blocks.append(
      ShownBlock(place: place, form: .row(head: head ?? row), words: start..<words.count))
    let filled = words[start...].count { !$0.range.isEmpty }
    if head == nil, filled > 1 || cells.count == 1 { head = row }
  }

  private mutating func append(_ text: some Collection<UInt8>, cell: Int) {
    let base = bytes.count
    bytes.append(contentsOf: text)
    let block = Int32(blocks.count)
    let found = WordRanges.find(in: bytes.span, from: base)
    words += found.map { ShownWord(range: $0, block: block, cell: Int32(cell)) }
    bytes.append(0x20)
  }

  /// Says in which line of a source each block stands.
  mutating func setLines(_ line: (Range<Int>) -> Int) {
    for index in blocks.indices { blocks[index].place = .line(line(blocks[index].words)) }
  }

  // MARK: Reading

  var source: Source { Source(name: "", bytes: bytes) }

  /// The letters of some words as they stand: cells are parted by `|`, blocks by `/`.
  func text(_ range: Range<Int>) -> String {
    var text = ""
    var index = range.lowerBound
    while index < range.upperBound {
      let first = words[index]
      var end = index + 1
      while end < range.upperBound, words[end].block == first.block, words[end].cell == first.cell {
        end += 1
      }
      if index > range.lowerBound {
        text += words[index - 1].block == first.block ? " | " : " / "
      }
      text += letters(index..<end)
      index = end
    }
    return text
  }

  /// Those of words in one cell or paragraph, with single blanks between them.
  private func letters(_ range: Range<Int>) -> String {
    let (first, last) = (words[range.lowerBound].range, words[range.upperBound - 1].range)
    let stretch = bytes[first.joined(with: last).bounds]
    return String(decoding: stretch, as: UTF8.self).split { $0.isWhitespace }.joined(separator: " ")
  }

  /// The words that stand in one cell of a row, or in the whole of a paragraph.
  func cell(around word: Int) -> Range<Int> {
    let (block, cell) = (blocks[Int(words[word].block)].words, words[word].cell)
    var (start, end) = (word, word + 1)
    while start > block.lowerBound, words[start - 1].cell == cell { start -= 1 }
    while end < block.upperBound, words[end].cell == cell { end += 1 }
    return start..<end
  }

  /// The words of each cell of a block.
  func cells(ofBlock block: Int) -> [Range<Int>] {
    var cells: [Range<Int>] = []
    var start = blocks[block].words.lowerBound
    while start < blocks[block].words.upperBound {
      let cell = cell(around: start)
      cells.append(cell)
      start = cell.upperBound
    }
    return cells
  }

  func hasDigit(_ range: Range<Int>) -> Bool {
    range.contains { words[$0].range.bounds.contains { isDigit(bytes[$0]) } }
  }

  func hasLetter(_ range: Range<Int>) -> Bool {
    range.contains { words[$0].range.bounds.contains { isLetter(bytes[$0]) || bytes[$0] >= 0x80 } }
  }

  /// Tells whether a word is nothing but a figure, `1.240` or `12,5%`.
  func isFigure(_ word: Int) -> Bool {
    let letters = bytes[words[word].range.bounds]
    return letters.contains(where: isDigit)
      && letters.allSatisfy { isDigit($0) || [0x2C, 0x2D, 0x2E, 0x25, 0x2F].contains($0) }
  }

  /// Tells whether a word is a sign that parts a sentence.
  func isStop(_ word: Int) -> Bool {
    let letters = bytes[words[word].range.bounds]
    return letters.count == 1 && !letters.contains { isWordByte($0) || $0 == 0x25 }
  }
}

/// A paragraph, a line, or a row of a table.
struct ShownBlock {
  var place: ShownPlace
  let form: Form
  /// Its words among those of the text.
  let words: Range<Int>

  enum Form: Equatable {
    case text, heading
    /// - Parameter head: the block that has the titles of the columns; the row itself where it is that.
    case row(head: Int)
  }
}

struct ShownWord {
  let range: SourceRange
  let block: Int32
  /// Of a row, from 0.
  let cell: Int32
}

/// Where a block stands in its file, counted from 1.
enum ShownPlace: Sendable {
  case line(Int)
  case page(Int)
  case paragraph(Int)
  case row(sheet: String, Int)
}

/// The cutting of a text into words: what stands between blanks, with the signs around it apart, so
/// that a figure is whole and the comma behind it is not of it.
enum WordRanges {
  static func find(in text: Span<UInt8>, from start: Int) -> [SourceRange] {
    var words: [SourceRange] = []
    var index = start
    while index < text.count {
      let blank = blankLength(text, index)
      if blank > 0 {
        index += blank
        continue
      }
      var end = index
      while end < text.count, blankLength(text, end) == 0 { end += 1 }
      append(text, index, end, to: &words)
      index = end
    }
    return words
  }

  private static func blankLength(_ text: Span<UInt8>, _ index: Int) -> Int {
    let byte = text[index]
    if byte < 0x80 { return byte <= 0x20 || byte == 0x7F ? 1 : 0 }
    return spaceLength(text, at: index)
  }

  private static func append(
    _ text: Span<UInt8>, _ first: Int, _ last: Int, to words: inout [SourceRange]
  ) {
    var (start, end) = (first, last)
    while start < end, let length = opening(text, start) { start += length }
    while end > start, let length = closing(text, end) { end -= length }
    // Signs alone, such as `./.`, are a word.
    guard start < end else { return words.append(SourceRange(start: first, end: last)) }
    var index = first
    while index < start, let length = opening(text, index) {
      words.append(SourceRange(start: index, end: index + length))
      index += length
    }
    words.append(SourceRange(start: start, end: end))
    var behind: [SourceRange] = []
    index = last
    while index > end, let length = closing(text, index) {
      behind.append(SourceRange(start: index - length, end: index))
      index -= length
    }
    words += behind.reversed()
  }

  private static func opening(_ text: Span<UInt8>, _ index: Int) -> Int? {
    switch text[index] {
    case 0x28, 0x5B, 0x7B, 0x22, 0x27: 1  // ( [ { " '
    case 0xC2 where index + 1 < text.count && text[index + 1] == 0xAB: 2  // «
    case 0xE2
    where index + 2 < text.count && text[index + 1] == 0x80
      && [0x98, 0x9C].contains(text[index + 2]):
      3  // ‘ “
    default: nil
    }
  }

  private static func closing(_ text: Span<UInt8>, _ end: Int) -> Int? {
    switch text[end - 1] {
    // , . ; : ! ? ) ] } " '
    case 0x2C, 0x2E, 0x3B, 0x3A, 0x21, 0x3F, 0x29, 0x5D, 0x7D, 0x22, 0x27: 1
    case 0xBB where end > 1 && text[end - 2] == 0xC2: 2  // »
    case 0x99, 0x9D, 0xA6:  // ’ ” …
      end > 2 && text[end - 2] == 0x80 && text[end - 3] == 0xE2 ? 3 : nil
    default: nil
    }
  }
}

/// Gives equal words equal numbers.
struct Vocabulary {
  private var numbers: [Text: Int32] = [:]

  mutating func numbers(of shown: ShownText) -> [Int32] {
    let source = shown.source
    return shown.words.map { number(of: Text(source: source, range: $0.range)) }
  }

  mutating func number(of word: Text) -> Int32 {
    if let known = numbers[word] { return known }
    let next = Int32(numbers.count)
    numbers[word] = next
    return next
  }
}
