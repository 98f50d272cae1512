import Diagnostics
import Markdown
import OfficeFiles
import Reports
import Sheets
import Texts

/// The reading of documents for what they show. The letters are composed, so that one word is one
/// sequence of bytes.
extension ShownText {
  /// A text, each of whose lines is a block, and each row of a table that is drawn with signs.
  init(text: [UInt8], named name: String) throws(Diagnostic) {
    self.init()
    let source = try Source.reading(name: name, bytes: text).source
    var (number, row) = (0, DrawnRow())
    for line in source.bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
      number += 1
      if line.isRule || !row.add(line, number) { row.finish(in: &self) }
      if line.isRule { continue }
      if row.isEmpty, !row.add(line, number) {
        row.beginsTable = true
        add(line, at: .line(number), line.looksLikeHeading ? .heading : .text)
      }
    }
    row.finish(in: &self)
  }

  /// A page, as a browser shows it.
  init(page: [UInt8], named name: String) throws(Diagnostic) {
    self.init()
    let source = try Source.reading(name: name, bytes: page).source
    try add(page: source.bytes, named: name)
  }

  /// A Markdown text, as the page that it becomes shows it, with the lines of the text.
  init(markdown: [UInt8], named name: String) throws(Diagnostic) {
    self.init()
    let source = try Source.reading(name: name, bytes: markdown).source
    var page: [UInt8] = []
    let text = source.bytes
    Document(parsing: text.span).appendHTML(to: &page)
    try add(page: page, named: name)
    let lines = MarkdownLines(of: self, in: source)
    setLines(lines.line)
  }

  private mutating func add(page: [UInt8], named name: String) throws(Diagnostic) {
    guard let tree = PageTree.parse(page) else {
      throw Diagnostic(.importing(.pageTooLarge(path: name)), at: nil)
    }
    let post = PageReader(tree, readsDrawings: true).post
    for block in post.blocks {
      switch block.form {
      case .text, .item, .caption: add(post.bytes[block.text], at: .line(block.line), .text)
      case .heading: add(post.bytes[block.text], at: .line(block.line), .heading)
      case .picture(let file, let words):
        let mark = file.hasPrefix("data:") ? pictureMark("", Array(file.utf8)) : "[\(file)]"
        add(Array("\(mark) \(words)".utf8), at: .line(block.line), .text)
      case .row(let cells, let isFirst):
        addRow(
          cells.map { Array(post.bytes[$0]) }, at: .line(block.line), beginsTable: isFirst)
      }
    }
  }
}

/// In which line of a Markdown text the words that it shows are written: those of the text are
/// matched with those shown, as markup stands between them.
private struct MarkdownLines {
  private let lines: [Int]

  init(of shown: ShownText, in source: Source) {
    let markup = Set("\\*_#|`<>[]".utf8)
    let written = source.bytes.map { markup.contains($0) ? 0x20 : $0 }
    let words = WordRanges.find(in: written.span, from: 0)
    let text = Source(name: "", bytes: written)
    var vocabulary = Vocabulary()
    let numbers = vocabulary.numbers(of: shown)
    let writtenNumbers = words.map { vocabulary.number(of: Text(source: text, range: $0)) }
    var lines = [Int](repeating: 0, count: numbers.count)
    var (place, next) = (0, 0)
    func match(upTo old: Int) {
      while place < old {
        lines[place] = source.position(at: Int(words[next].start)).line
        (place, next) = (place + 1, next + 1)
      }
    }
    for edit in EditScript(from: numbers[...], to: writtenNumbers[...]).edits {
      match(upTo: edit.old.lowerBound)
      (place, next) = (edit.old.upperBound, edit.new.upperBound)
    }
    match(upTo: numbers.count)
    self.lines = lines
  }

  /// Of the first word whose line is known; else that of the words before.
  func line(of words: Range<Int>) -> Int {
    words.lazy.map { lines[$0] }.first { $0 > 0 }
      ?? lines[..<words.lowerBound].last { $0 > 0 } ?? 1
  }
}

/// A row of a table as plain text draws it, `| a | b |`, over several lines.
private struct DrawnRow {
  private var cells: [[UInt8]] = []
  private var line = 0
  var beginsTable = true

  var isEmpty: Bool { cells.isEmpty }

  /// - Returns: whether a line is one of the row.
  mutating func add(_ text: ArraySlice<UInt8>, _ number: Int) -> Bool {
    let parts = text.drop(while: isBlank).split(separator: 0x7C, omittingEmptySubsequences: false)
    guard parts.count > 2, parts[0].isEmpty, parts[parts.count - 1].allSatisfy(isBlank),
      cells.isEmpty || cells.count == parts.count - 2
    else { return false }
    if cells.isEmpty { (cells, line) = ([[UInt8]](repeating: [], count: parts.count - 2), number) }
    for (index, part) in parts.dropFirst().dropLast().enumerated() { cells[index] += part + [0x20] }
    return true
  }

  mutating func finish(in shown: inout ShownText) {
    guard !cells.isEmpty else { return }
    shown.addRow(cells, at: .line(line), beginsTable: beginsTable)
    (cells, beginsTable) = ([], false)
  }
}

// MARK: - Office

extension ShownText {
  /// A document of Word: its body, and then what stands beside it.
  init(word bytes: [UInt8], named name: String) throws(Diagnostic) {
    self.init()
    let document = try WrittenDocument.read(word: bytes.span, file: name, limits: .officeFiles)
    for block in document.blocks {
      switch block {
      case .paragraph(let paragraph): add(paragraph)
      case .table(let table): add(table)
      }
    }
    for aside in document.asides where aside.kind != .deletion {
      add(Array(aside.text.composed.utf8), at: .paragraph(aside.paragraph ?? 1), .text)
    }
    var zip = try ZipReader(bytes.span, file: name, limits: .officeFiles)
    for part in zip.parts(in: "word/media") {
      let mark = pictureMark(Files.name(of: part), try zip.read(part))
      add(Array(mark.utf8), at: .paragraph(1), .text)
    }
  }

  private mutating func add(_ paragraph: WrittenParagraph) {
    add(
      Array(paragraph.shown.utf8), at: .paragraph(paragraph.number),
      paragraph.outlineLevel == nil ? .text : .heading)
  }

  private mutating func add(_ table: WrittenTable) {
    for (index, row) in table.rows.enumerated() {
      var cells = [[UInt8]](repeating: [], count: min(row.skipped, 200))
      for cell in row.cells {
        let words = cell.paragraphs.map(\.shown).joined(separator: "\n")
        cells.append(cell.continues ? [] : Array(words.utf8))
        cells += [[UInt8]](repeating: [], count: min(max(cell.columns - 1, 0), 200))
      }
      let number = row.cells.lazy.flatMap(\.paragraphs).first?.number ?? 1
      addRow(cells, at: .paragraph(number), beginsTable: index == 0)
    }
  }

  /// A workbook: the cells of all sheets as a person sees them, hidden ones too.
  init(workbook bytes: [UInt8], named name: String) throws(Diagnostic) {
    self.init()
    let shown = try Workbook.read(bytes.span, file: name, sheet: nil, limits: .officeFiles)
    var sheets = shown.sheets
    for hidden in shown.hiddenSheets {
      sheets += try Workbook.read(bytes.span, file: name, sheet: hidden, limits: .officeFiles)
        .sheets
    }
    for sheet in sheets {
      let title = sheet.page?.name ?? ""
      for (index, row) in sheet.rows.enumerated() {
        addRow(
          row.cells.map { Array($0.value.bytes) }, at: .row(sheet: title, row.number),
          beginsTable: index == 0)
      }
    }
  }
}

extension WrittenParagraph {
  fileprivate var shown: String {
    (label.map { $0 + " " } ?? "").composed + text.composed
  }
}

/// A word that stands for a picture: another picture is another word.
private func pictureMark(_ name: String, _ bytes: [UInt8]) -> String {
  // FNV-1a: told apart are pictures of one's own, not those of an attacker.
  var sum: UInt64 = 0xCBF2_9CE4_8422_2325
  for byte in bytes { sum = (sum ^ UInt64(byte)) &* 0x100_0000_01B3 }
  return "[\(name)#\(String(sum, radix: 16))]"
}

extension ArraySlice<UInt8> {
  /// Tells whether it is a line that is drawn between rows: `+----+====+`.
  fileprivate var isRule: Bool {
    let line = drop(while: isBlank)
    return line.count > 2 && line.first == 0x2B
      && line.allSatisfy { [0x2B, 0x2D, 0x3D, 0x20].contains($0) }
  }

  /// Tells whether a line of plain text is a heading: numbered, `II. KẾT QUẢ`, `1. Kinh tế`, and
  /// without the end of a sentence.
  var looksLikeHeading: Bool {
    let words = split(separator: 0x20)
    guard let first = words.first, 2...20 ~= words.count, first.last == 0x2E, last != 0x2E,
      last != 0x3B
    else { return false }
    let number = first.dropLast()
    let isRoman = number.allSatisfy { [0x49, 0x56, 0x58, 0x4C].contains($0) }
    return !number.isEmpty && number.count < 6 && (isRoman || number.allSatisfy(isDigit))
  }
}
