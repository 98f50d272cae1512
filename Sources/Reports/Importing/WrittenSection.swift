import Diagnostics

/// A section as a record `phan` has it.
struct WrittenSection {
  var level: String
  var text: String
  var paragraphs: [String] = []
  var points: [String] = []
  var tables: [String] = []
  /// `cau` or `tieu_de`, where the program would take it for the other.
  var form: String?
  var annex: String?
  /// As the document has it, for messages and what is guessed.
  let line: WrittenLine
  let label: TypedLabel?

  init(_ level: String, _ text: String, _ line: WrittenLine, _ label: TypedLabel?) {
    (self.level, self.text, self.line, self.label) = (level, text, line, label)
  }
}

/// The text of a document, or of an annex, as sections.
struct WrittenBody {
  var opening: [String] = []
  var sections: [WrittenSection] = []
  var closing: String?
  /// The tables above the first section, of an annex alone.
  var tables: [String] = []
  let scheme: NumberingScheme?
  var problems: [ImportProblem] = []

  /// Whose text it is: what stands before the first section and behind the last is kept apart where
  /// the kind has fields for it.
  struct Setting {
    let takesOpening: Bool
    let takesClosing: Bool
    /// An annex, which has tables without a section.
    let isAnnex: Bool
  }

  init(
    _ blocks: ArraySlice<WrittenBlock>, _ setting: Setting, _ words: WordingRegister,
    _ tables: inout TableImport
  ) {
    let items = BodyItem.items(of: blocks)
    scheme = NumberingScheme(items.compactMap(\.label))
    var reading = BodyReading(items, scheme ?? .muc, setting, words)
    reading.read(&tables)
    (opening, sections, closing) = (reading.opening, reading.sections, reading.closing)
    (self.tables, problems) = (reading.tables, reading.problems)
  }
}

/// A line of the text with its label, or a table.
enum BodyItem {
  case line(WrittenLine, TypedLabel?, rest: String)
  case table(WrittenTable, number: Int)

  var label: TypedLabel? {
    if case .line(_, let label, _) = self { label } else { nil }
  }

  var line: WrittenLine? {
    if case .line(let line, _, _) = self { line } else { nil }
  }

  static func items(of blocks: ArraySlice<WrittenBlock>) -> [BodyItem] {
    var items: [BodyItem] = []
    var lastRoman = 0
    for block in blocks {
      switch block {
      case .table(let table):
        let number = block.lines.first?.paragraph ?? 0
        if number > 0 { items.append(.table(table, number: number)) }
      case .paragraph(let paragraph):
        for line in paragraph.lines where !line.text.isRule {
          guard let (label, rest) = TypedLabel.take(from: line, lastRoman: lastRoman) else {
            items.append(.line(line, nil, rest: line.text))
            continue
          }
          if label.form == .roman { lastRoman = label.value }
          if [.part, .chapter].contains(label.form) { lastRoman = 0 }
          items.append(.line(line, label, rest: rest))
        }
      }
    }
    return items
  }
}

/// Puts lines and tables into sections, in their order.
private struct BodyReading {
  private let items: [BodyItem]
  private let scheme: NumberingScheme
  private let setting: WrittenBody.Setting
  private let words: WordingRegister
  private(set) var opening: [String] = []
  private(set) var sections: [WrittenSection] = []
  private(set) var closing: String?
  private(set) var tables: [String] = []
  private(set) var problems: [ImportProblem] = []
  private var openingLines: [WrittenLine] = []
  /// The items with numbers that no section has.
  private let nested: Set<Int>
  private var foreign: [(label: TypedLabel, line: WrittenLine)] = []

  init(
    _ items: [BodyItem], _ scheme: NumberingScheme, _ setting: WrittenBody.Setting,
    _ words: WordingRegister
  ) {
    (self.items, self.scheme) = (items, scheme)
    (self.setting, self.words) = (setting, words)
    nested = NestedLists(items, scheme).items
  }

  mutating func read(_ imported: inout TableImport) {
    var index = 0
    let last = lastParagraph
    while index < items.count {
      if index == last, case .line(let line, _, _) = items[index] {
        closing = line.text
        break
      }
      index += readItem(at: index, &imported)
    }
    opening = openingLines.map { $0.text }
    tellForeign()
    chooseForms()
    checkNumbers()
  }

  /// The paragraph that closes the text: the last one, behind a section that has something else.
  private var lastParagraph: Int? {
    guard setting.takesClosing, items.count > 1, let last = items.indices.last,
      case .line(let line, nil, _) = items[last]
    else { return nil }
    let labels = items[..<last].compactMap(\.label)
    if labels.isEmpty { return items.count > 2 || line.closesDocument(words) ? last : nil }
    if line.closesDocument(words) { return last }
    // The only paragraph below a title belongs to it.
    if case .line(_, let label?, let rest) = items[last - 1] {
      return label.form == .dash || label.form == .plus
        || rest.last.map { ".;".contains($0) } ?? false
        ? last : nil
    }
    return nil
  }

  /// Reads an item, or more that belong to it; how many.
  private mutating func readItem(at index: Int, _ imported: inout TableImport) -> Int {
    switch items[index] {
    case .table(let table, let number):
      addTable(table, number, &imported)
      return 1
    case .line(let line, let label?, let rest):
      if label.form == .dash || label.form == .plus { return readPoints(from: index) }
      guard !nested.contains(index), let level = scheme.level(of: label.form) else {
        foreign.append((label, line))
        addParagraph(line, asSection: true)
        return 1
      }
      return addSection(level, label, line, rest, at: index)
    case .line(let line, nil, _):
      if let count = takeCaption(at: index, &imported) { return count }
      addParagraph(line, asSection: false)
      return 1
    }
  }

  // MARK: Sections

  private mutating func addSection(
    _ level: String, _ label: TypedLabel, _ line: WrittenLine, _ rest: String, at index: Int
  ) -> Int {
    var (text, used) = (rest, 1)
    // The name of a chapter stands below its number.
    while text.isEmpty || used > 1, Int(level) == nil, index + used < items.count,
      case .line(let next, nil, _) = items[index + used],
      next.isBold || next.alignment == .center || next.isCapital || text.isEmpty
    {
      text = text.isEmpty ? next.text : "\(text) \(next.text)"
      used += 1
    }
    guard !text.isEmpty else {
      addParagraph(line, asSection: true)
      return used
    }
    sections.append(WrittenSection(level, text.withoutEnd, line, label))
    return used
  }

  private mutating func addParagraph(_ line: WrittenLine, asSection: Bool) {
    guard let last = sections.last else {
      // The tables of an annex stand below its opening.
      if setting.takesOpening, tables.isEmpty, !asSection || openingLines.isEmpty {
        openingLines.append(line)
      } else {
        sections.append(WrittenSection("0", line.text.withoutEnd, line, nil))
      }
      return
    }
    if asSection || !last.points.isEmpty || !last.tables.isEmpty {
      sections.append(WrittenSection("0", line.text.withoutEnd, line, nil))
    } else {
      sections[sections.count - 1].paragraphs.append(line.text.withoutEnd)
    }
  }

  // MARK: Points

  /// Reads lines with dashes and plus signs: points of the section, or sections of their own where
  /// some have others below them.
  private mutating func readPoints(from start: Int) -> Int {
    var end = start
    while end < items.count, let label = items[end].label,
      label.form == .dash || label.form == .plus
    {
      end += 1
    }
    let lines = items[start..<end].compactMap { item -> (WrittenLine, TypedLabel, String)? in
      guard case .line(let line, let label?, let rest) = item, !rest.isEmpty else { return nil }
      return (line, label, rest)
    }
    if sections.isEmpty, openingLines.count > 1, let line = openingLines.popLast() {
      sections.append(WrittenSection("0", line.text.withoutEnd, line, nil))
    }
    let areFlat = lines.allSatisfy { $0.1.form == .dash }
    let dash = scheme.level(of: .dash)
    if areFlat, let last = sections.last, last.tables.isEmpty, last.level != dash,
      last.level != scheme.level(of: .plus), Int(last.level) != nil
    {
      sections[sections.count - 1].points += lines.map { $0.2.withoutEnd }
    } else {
      for (line, label, rest) in lines {
        guard let level = scheme.level(of: label.form) else { continue }
        sections.append(WrittenSection(level, rest.withoutEnd, line, label))
      }
    }
    return end - start
  }

  // MARK: Tables

  /// Takes lines that belong to a table: its title and unit above, its source below; how many.
  private mutating func takeCaption(at index: Int, _ imported: inout TableImport) -> Int? {
    guard case .line(let line, nil, _) = items[index] else { return nil }
    if index > 0, case .table = items[index - 1], let source = line.tableSource(words) {
      return imported.setSource(source) ? 1 : nil
    }
    let lines = items[index...].prefix(Self.longestCaption).prefix { item in
      if case .line(_, nil, _) = item { true } else { false }
    }
    guard index + lines.count < items.count, case .table = items[index + lines.count],
      let caption = TableCaption(lines.compactMap(\.line), words)
    else { return nil }
    imported.keep(caption)
    return lines.count
  }

  /// The number of a table, its title and its unit.
  private static let longestCaption = 3

  private mutating func addTable(
    _ table: WrittenTable, _ number: Int, _ imported: inout TableImport
  ) {
    let place = WrittenLine(table.firstText, of: table.firstParagraph).place
    switch imported.add(table) {
    case .table(let code, let hasJoinedCells):
      if hasJoinedCells { problems.append(.joinedCells(at: place)) }
      if let unit = imported.tables.last?.caption.printedUnit {
        problems.append(.ownWords(unit, at: place))
      }
      putTable(code, table)
    case .text(let lines, let reason):
      problems.append(.tableAsText(reason, at: place))
      for (index, text) in lines.enumerated() {
        addParagraph(WrittenLine(text, of: table.firstParagraph), asSection: index == 0)
      }
    }
  }

  private mutating func putTable(_ code: String, _ table: WrittenTable) {
    if sections.isEmpty {
      if setting.isAnnex { return tables.append(code) }
      if let line = openingLines.popLast() {
        sections.append(WrittenSection("0", line.text.withoutEnd, line, nil))
      } else {
        let line = WrittenLine("Bảng", of: table.firstParagraph)
        problems.append(.ownWords(line.text, at: line.place))
        sections.append(WrittenSection("0", line.text, line, nil))
      }
    }
    sections[sections.count - 1].tables.append(code)
  }

  // MARK: What the program makes of it

  /// Says where the program would take a sentence for a title, or a title for a sentence.
  private mutating func chooseForms() {
    for index in sections.indices {
      let section = sections[index]
      guard let depth = scheme.depth(of: section.level), scheme.mayBeTitle(depth) else { continue }
      let below = index + 1 < sections.count ? scheme.depth(of: sections[index + 1].level) ?? 0 : 0
      let leads =
        !section.paragraphs.isEmpty || !section.points.isEmpty || !section.tables.isEmpty
        || below > depth
      let isTitle = section.text.last != ":" && leads
      let looksLikeTitle =
        section.line.isBold || section.line.isHeading || section.text.isAllCapitals
      let ends = section.line.text.last.map { ".;:".contains($0) } ?? false
      if isTitle, !looksLikeTitle, ends || section.text.count > 150 {
        sections[index].form = "cau"
      } else if !isTitle, looksLikeTitle, !ends {
        sections[index].form = "tieu_de"
      }
    }
  }

  private mutating func checkNumbers() {
    var counter = SectionCounter(scheme)
    for section in sections {
      guard let program = counter.next(section.level), let label = section.label else { continue }
      let own = label.written.trimming(".):/-– ")
      if own.foldedText == program.foldedText { continue }
      problems.append(.otherLabel(document: own, program: program, at: section.line.place))
    }
  }

  private mutating func tellForeign() {
    guard let first = foreign.first else { return }
    problems.append(
      .labelsAsText(first: first.label.written, count: foreign.count, at: first.line.place))
  }
}

extension WrittenLine {
  /// Tells whether it begins as the last sentence of a document does.
  fileprivate func closesDocument(_ words: WordingRegister) -> Bool {
    text.hasSuffix("./.") || words.closings.longest(atStartOf: folded) != nil
  }

  fileprivate func tableSource(_ words: WordingRegister) -> String? {
    guard let name = words.sources.longest(atStartOf: folded) else { return nil }
    let rest = text.dropFirst(name.count).drop { $0 == " " }
    return rest.first == ":" ? rest.dropFirst().cleaned.withoutEnd : nil
  }
}

extension WrittenTable {
  var firstParagraph: WrittenParagraph {
    rows.lazy.flatMap(\.cells).flatMap(\.paragraphs).first { !$0.isBlank } ?? WrittenParagraph()
  }

  var firstText: String { firstParagraph.lines.first?.text ?? "" }
}
