import Diagnostics
import Texts

/// A line of a paragraph, or one of its columns, cleaned of what only shapes it.
struct WrittenLine: Sendable {
  let text: String
  /// In small letters with one style of tone marks, to be compared.
  let folded: String
  let isBold: Bool
  let isItalic: Bool
  let alignment: WrittenParagraph.Alignment
  let isHeading: Bool
  /// Whether the other program counted the number before it.
  let isCounted: Bool
  let paragraph: Int

  init(_ text: String, of paragraph: WrittenParagraph, isCounted: Bool = false) {
    self.text = text.cleaned
    folded = self.text.foldedText
    (isBold, isItalic) = (paragraph.isBold, paragraph.isItalic)
    alignment = paragraph.alignment
    isHeading = paragraph.outlineLevel != nil
    self.isCounted = isCounted
    self.paragraph = paragraph.number
  }

  /// The same line with another text.
  init(_ text: String, like line: WrittenLine) {
    self.text = text.cleaned
    folded = self.text.foldedText
    (isBold, isItalic, alignment) = (line.isBold, line.isItalic, line.alignment)
    (isHeading, isCounted, paragraph) = (line.isHeading, line.isCounted, line.paragraph)
  }

  var isCapital: Bool { text.isAllCapitals }

  /// Tells whether it begins with the sign of an item of a list.
  var isItem: Bool { text.first.map { "-–+".contains($0) } ?? false }

  /// Where a message says that it stands.
  var place: ImportProblem.Place {
    let words = text.split(separator: " ")
    let start = words.prefix(6).joined(separator: " ")
    return ImportProblem.Place(
      paragraph: paragraph, firstWords: words.count > 6 ? start + " …" : start)
  }

  /// Tells whether it begins with words, and no word goes on behind them.
  func begins(with words: String) -> Bool { folded.beginsWithWords(words) }
}

/// The two halves of a line that tabs or many blanks part, as the head and the signature have them.
struct WrittenHalves {
  let left: WrittenLine?
  let right: WrittenLine?
}

extension WrittenParagraph {
  /// Its lines with the label before the first; empty ones are left out.
  var lines: [WrittenLine] {
    let parts = text.split(separator: "\n").map(String.init)
    return parts.enumerated().compactMap { index, part in
      let isCounted = index == 0 && label != nil
      let line = WrittenLine(isCounted ? labelled(part) : part, of: self, isCounted: isCounted)
      return line.text.isEmpty ? nil : line
    }
  }

  private func labelled(_ text: String) -> String { label.map { "\($0) \(text)" } ?? text }

  /// Its lines, each in halves. A line that is not parted is on the left, unless it begins with tabs or
  /// many blanks.
  var halves: [WrittenHalves] {
    let parts = text.split(separator: "\n").map(String.init)
    return parts.enumerated().compactMap { index, part in
      let columns = part.columns.map { WrittenLine($0, of: self) }.filter { !$0.text.isEmpty }
      guard let first = columns.first else { return nil }
      if columns.count == 1 {
        let isRight = part.isIndented || alignment == .end
        let whole = WrittenLine(index == 0 ? labelled(first.text) : first.text, of: self)
        return isRight
          ? WrittenHalves(left: nil, right: whole) : WrittenHalves(left: whole, right: nil)
      }
      let rest = columns.dropFirst().map(\.text).joined(separator: " ")
      return WrittenHalves(
        left: WrittenLine(index == 0 ? labelled(first.text) : first.text, of: self),
        right: WrittenLine(rest, of: self))
    }
  }

  var isBlank: Bool { lines.isEmpty }
}

extension WrittenCell {
  var lines: [WrittenLine] { paragraphs.flatMap(\.lines) }
}

extension WrittenBlock {
  var lines: [WrittenLine] {
    switch self {
    case .paragraph(let paragraph): paragraph.lines
    case .table(let table): table.rows.flatMap { $0.cells.flatMap(\.lines) }
    }
  }
}

extension String {
  /// The text with composed letters and single blanks, without what nobody sees.
  var cleaned: String {
    var scalars = UnicodeScalarView()
    for scalar in composed.unicodeScalars {
      if scalar.properties.isWhitespace {
        if let last = scalars.last, last != " " { scalars.append(" ") }
      } else if !scalar.isUnseen {
        scalars.append(scalar)
      }
    }
    while scalars.last == " " { scalars.removeLast() }
    return String(scalars)
  }

  var foldedText: String { String(decoding: folded(Array(utf8)[...]), as: UTF8.self) }

  var isAllCapitals: Bool { isUppercased(Array(utf8).span) }

  /// Tells whether it is a line that was typed of signs.
  var isRule: Bool { !isEmpty && allSatisfy { "_-–—*=~./ ".contains($0) } }

  func beginsWithWords(_ words: String) -> Bool {
    guard hasPrefix(words) else { return false }
    guard let next = dropFirst(words.count).first else { return true }
    return !next.isLetter && !next.isNumber
  }

  /// Tells whether words stand in it, apart from others.
  func containsWords(_ words: String) -> Bool {
    ranges(of: words).contains { range in
      let before = self[..<range.lowerBound].last
      return !(before.map { $0.isLetter || $0.isNumber } ?? false)
        && self[range.lowerBound...].string.beginsWithWords(words)
    }
  }

  /// Without signs that end a sentence or an item.
  func trimming(_ signs: String) -> String {
    var text = self[...]
    while let last = text.last, signs.contains(last) || last == " " { text.removeLast() }
    return String(text)
  }

  /// Without the end of a sentence, `./.` with it.
  var withoutEnd: String {
    var text = trimming(" ")
    // Dots to write upon are no end of a sentence.
    if text.hasSuffix("...") || text.hasSuffix("…") { return text }
    while let last = text.last, ".,;/ ".contains(last) {
      if last == "/", !text.hasSuffix("./") { break }
      text.removeLast()
    }
    return text
  }

  /// The parts between tabs, or between three blanks where there is no tab. Blanks to be filled in
  /// part nothing: `Số:      /BC-UBND`, `ngày      tháng`.
  fileprivate var columns: [String] {
    if contains("\t") { return split(separator: "\t").map(String.init) }
    var columns: [String] = []
    var rest = self[...]
    var isOpen = false
    while true {
      let blanks = rest.prefix(while: \.isBlank).count
      rest = rest.dropFirst(blanks)
      let word = rest.prefix { !$0.isBlank }.string
      guard !word.isEmpty else { return columns }
      rest = rest.dropFirst(word.count)
      if let last = columns.indices.last, blanks < 3 || isOpen {
        columns[last].append(" \(word)")
      } else {
        columns.append(word)
        isOpen = false
      }
      // Signs to write upon stand behind what is to be filled in.
      let name = word.trimming(":…._")
      if !name.isEmpty { isOpen = ["số", "ngày", "tháng", "năm"].contains(name.foldedText) }
    }
  }

  fileprivate var isIndented: Bool {
    let start = prefix { $0.isBlank || $0 == "\t" }
    return start.contains("\t") || start.count >= 10
  }
}

extension Character {
  fileprivate var isBlank: Bool { self == " " || self == "\u{A0}" }
}

extension Unicode.Scalar {
  /// Tells whether it shows nothing: controls, joiners, marks of direction.
  fileprivate var isUnseen: Bool {
    switch properties.generalCategory {
    case .control, .format, .privateUse, .unassigned, .surrogate: true
    default: false
    }
  }
}
