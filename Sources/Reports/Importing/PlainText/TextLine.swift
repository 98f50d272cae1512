import Texts

/// A line of plain text and where it stands.
struct TextLine {
  /// Without blanks at its end; tabs stand as they do in the text.
  let text: String
  /// Without blanks at its start.
  let content: String
  /// The columns before its first letter; a tab counts as eight.
  let indent: Int
  let beginsPage: Bool

  init(_ line: Substring) {
    beginsPage = line.contains("\u{C}")
    var text = line.filter { $0 != "\u{C}" && $0 != "\u{FEFF}" }
    while let last = text.last, last.isWhitespace { text.removeLast() }
    let start = text.prefix(while: \.isWhitespace)
    self.text = text
    content = String(text.dropFirst(start.count))
    indent = start.reduce(0) { $0 + ($1 == "\t" ? 8 : 1) }
  }

  /// The lines of a text, whatever ends them.
  static func all(in text: String) -> [TextLine] {
    text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewLine).map { TextLine($0) }
  }

  var isBlank: Bool { content.isEmpty }

  /// The column behind its last letter.
  var end: Int { indent + content.count }

  var hasTab: Bool { content.contains("\t") }

  /// Tells whether a sign of a list or a number stands before it.
  var hasLabel: Bool { content.beginsWithLabel }

  /// Tells whether it parts a document from what is enclosed with it.
  var isPageRule: Bool { content.count >= 50 && content.isRule && !content.contains(" ") }

  /// The parts to the left and to the right of the widest room within the line, and the column where
  /// the right one begins; nil where there is no such room. Room to write in parts nothing.
  var halves: (left: String, right: String, start: Int)? {
    var best: (range: Range<String.Index>, width: Int)?
    var index = content.startIndex
    while let blank = content[index...].firstIndex(of: " ") {
      let end = content[blank...].firstIndex { $0 != " " } ?? content.endIndex
      let width = content.distance(from: blank, to: end)
      if width >= Self.narrowestRoom, width > best?.width ?? 0, !content[..<blank].opensBlank {
        best = (blank..<end, width)
      }
      index = end
    }
    guard let best, !hasTab else { return nil }
    let start = indent + content.distance(from: content.startIndex, to: best.range.upperBound)
    return (
      String(content[..<best.range.lowerBound]), String(content[best.range.upperBound...]), start
    )
  }

  private static let narrowestRoom = 3
}

extension String {
  fileprivate var beginsWithLabel: Bool {
    TypedLabel.take(from: WrittenLine(self, of: WrittenParagraph()), lastRoman: 0) != nil
  }
}

extension Character {
  /// Tells whether it ends a line; a new page does not.
  fileprivate var isNewLine: Bool { isNewline && self != "\u{C}" }
}

extension Substring {
  /// Tells whether what follows is to be filled in: `Số:`, `ngày`, `1.`
  fileprivate var opensBlank: Bool {
    let word = (split(separator: " ").last ?? "").string.trimming(":…._").foldedText
    if ["số", "ngày", "tháng", "năm"].contains(word) { return true }
    // The text of an item may stand apart from its label.
    return count <= 6 && !contains(" ") && last.map { ".)/-–+•".contains($0) } ?? false
  }
}

/// How a text is laid out: how wide it is, and whether its paragraphs go over several lines.
struct TextLayout {
  let width: Int
  let isWrapped: Bool

  /// Wider lines are paragraphs.
  private static let widestPage = 120
  private static let narrowestPage = 40

  init(_ lines: [TextLine]) {
    let prose = lines.filter { !$0.isBlank && !$0.content.isRule && !$0.hasTab && !$0.isOfTable }
    let width = prose.map(\.end).max() ?? 0
    self.width = width
    guard Self.narrowestPage...Self.widestPage ~= width else {
      isWrapped = false
      return
    }
    // A sentence that goes on in the next line.
    isWrapped = zip(lines, lines.dropFirst()).contains { line, next in
      line.halves == nil && line.end * 4 >= width * 3 && !line.hasTab
        && next.content.first?.isLowercase ?? false && !next.hasLabel
    }
  }

  /// Tells whether a line stands in the middle of the page.
  func isCentered(_ line: TextLine) -> Bool {
    guard line.indent >= 2, width <= Self.widestPage else { return false }
    let difference = abs(line.indent - (width - line.end))
    if line.indent >= 6 { return difference <= 3 }
    // A paragraph may begin as far out.
    let isSentence = line.content.last.map { ".,;:/".contains($0) } ?? false
    return difference <= 1 && !isSentence && !line.hasLabel
  }

  /// Tells whether a paragraph goes on in the next line.
  ///
  /// - Parameters:
  ///   - first: its first line.
  ///   - last: its last line so far.
  func goesOn(_ first: TextLine, _ last: TextLine, _ next: TextLine) -> Bool {
    guard isWrapped else { return false }
    let word = next.content.prefix { $0 != " " }.count
    let isFull = last.end + 1 + word > width
    if next.indent < first.indent { return isFull && next.indent <= last.indent }
    let isHanging = next.indent > first.indent && first.hasLabel
    let isBelow =
      next.indent == last.indent && !next.hasLabel
      && last.content.isAllCapitals == next.content.isAllCapitals
    guard isHanging && (last.indent == first.indent || next.indent == last.indent) || isBelow
    else { return false }
    let goesOnInSmall =
      next.content.first?.isLowercase ?? false && last.end * 10 >= width * 7
      && !(last.content.last.map { ".;:!?".contains($0) } ?? false)
    return isFull || goesOnInSmall
  }
}
