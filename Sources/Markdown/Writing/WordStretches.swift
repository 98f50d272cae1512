import Texts

/// The paragraphs and tables of a document in the order in which they are written, on stretches of
/// upright and of turned pages.
struct WordStretches: ~Copyable {
  /// Whether the pages of the last stretch are turned.
  private(set) var isTurned: Bool
  private var finished: [WordStretch] = []
  /// The last stretch.
  private var output = ByteBuffer()
  /// Where the blocks begin that stand right before the next one: what a turned page takes along.
  private var starts: (heading: Int?, line: Int?) = (nil, nil)
  /// Where the last paragraph, or each of the last row, can be told to stay with what follows.
  private var lastKeeps: [Int] = []

  /// What a block is to a table that stands right behind it.
  enum Leading { case heading, line, nothing }

  init(isTurned: Bool) { self.isTurned = isTurned }

  /// Behind all that is written; of use until the page is turned.
  var end: Int { output.count }

  // MARK: Blocks

  /// - Parameter list: the list and the level of the item that begins with the paragraph.
  mutating func append(
    paragraph style: StaticString, _ runs: [UInt8], list: (number: Int, level: Int)? = nil
  ) {
    output.append(literal: "<w:p><w:pPr><w:pStyle w:val=\"")
    output.append(literal: style)
    output.append(literal: "\"/>")
    lastKeeps = [output.count]
    if let list { output.append(numbered: list.number, level: list.level) }
    output.append(literal: "</w:pPr>")
    output.append(contentsOf: runs)
    output.append(literal: "</w:p>")
  }

  mutating func append(_ table: WordTable) {
    let keeps = table.append(to: &output)
    // Tables next to each other would be one.
    append(paragraph: "DuoiBang", [])
    lastKeeps = keeps + lastKeeps
    starts = (nil, nil)
  }

  /// Tells that a block was written from a place on.
  mutating func note(_ block: Leading, at place: Int) {
    switch block {
    case .heading:
      if starts.heading == nil || starts.line != nil { starts.heading = place }
      starts.line = nil
    case .line:
      if starts.line != nil { starts.heading = nil }
      starts.line = place
    case .nothing: starts = (nil, nil)
    }
  }

  /// Keeps the last paragraph, or the last row, with what follows.
  mutating func keepLast() {
    for place in lastKeeps.reversed() {
      output.replaceSubrange(place..<place, with: Array("<w:keepNext/>".utf8).span)
    }
    lastKeeps = []
  }

  /// Keeps the line that stands right before a table with it.
  mutating func keepLine() { if starts.line != nil { keepLast() } }

  // MARK: Pages

  /// Begins pages of the other direction, with the heading and the line that stand right before.
  mutating func turn(_ isTurned: Bool) {
    guard isTurned != self.isTurned else { return }
    let place = starts.heading ?? starts.line ?? output.count
    let tail = output.count - place
    endStretch(at: place)
    self.isTurned = isTurned
    lastKeeps = lastKeeps.map { $0 - place }.filter { $0 >= 0 && tail > 0 }
    starts = (nil, nil)
  }

  /// Begins upright pages.
  mutating func turnBack() {
    guard isTurned else { return }
    endStretch(at: output.count)
    isTurned = false
    starts = (nil, nil)
  }

  consuming func finish() -> [WordStretch] {
    endStretch(at: output.count)
    return finished.isEmpty ? [WordStretch(xml: [], isTurned: isTurned)] : finished
  }

  /// Ends the pages of one direction before that place.
  private mutating func endStretch(at place: Int) {
    let rest = Array(output.bytes[place...])
    output.truncate(to: place)
    if finished.last?.isTurned == isTurned {
      finished[finished.count - 1].xml += output.bytes
    } else if !output.isEmpty {
      finished.append(WordStretch(xml: output.bytes, isTurned: isTurned))
    }
    output.removeAll()
    output.append(contentsOf: rest)
  }
}

extension ByteBuffer {
  fileprivate mutating func append(numbered list: Int, level: Int) {
    append(literal: "<w:numPr><w:ilvl w:val=\"")
    append(number: level)
    append(literal: "\"/><w:numId w:val=\"")
    append(number: list)
    append(literal: "\"/></w:numPr>")
  }
}
