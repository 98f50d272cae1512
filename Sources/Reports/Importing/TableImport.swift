import Diagnostics
import Templating
import Texts
import Vietnamese

/// The tables of a document as records `bang` and the records of their rows.
struct TableImport {
  private(set) var tables: [ImportedTable] = []
  private var caption = TableCaption()

  enum Outcome {
    case table(code: String, hasJoinedCells: Bool)
    /// A table that no record can say: its rows as lines.
    case text([String], ImportProblem.TableReason)
  }

  /// Keeps the lines above a table for it.
  mutating func keep(_ caption: TableCaption) { self.caption = caption }

  /// Gives the last table the line below it.
  mutating func setSource(_ source: String) -> Bool {
    guard let last = tables.indices.last, tables[last].source == nil else { return false }
    tables[last].source = source
    return true
  }

  mutating func add(_ table: WrittenTable) -> Outcome {
    defer { caption = TableCaption() }
    guard table.width <= AuthorTable.mostColumns, table.rows.count <= AuthorTable.mostRows else {
      return .text(caption.lines + table.lines, .size)
    }
    let grid = TableGrid(table)
    do throws(TableFlaw) {
      var imported = try ImportedTable(grid, number: tables.count + 1)
      imported.caption = caption
      tables.append(imported)
      return .table(code: imported.code, hasJoinedCells: grid.hasJoinedCells)
    } catch {
      return .text(caption.lines + table.lines, error.reason)
    }
  }

  /// Chooses the titles: the program numbers those of several tables itself, and the only one keeps its
  /// number as text.
  ///
  /// - Returns: where the program prints another number than the document has.
  mutating func chooseTitles() -> [ImportProblem] {
    let titled = tables.indices.filter { tables[$0].caption.title != nil }
    if let only = titled.first, titled.count == 1 {
      tables[only].title = tables[only].caption.whole
      return []
    }
    return titled.enumerated().compactMap { number, index in
      let caption = tables[index].caption
      tables[index].title = caption.title
      let program = "Bảng \(number + 1)"
      guard let place = caption.place, caption.label?.foldedText != program.foldedText else {
        return nil
      }
      return caption.label.map { .otherLabel(document: $0, program: program, at: place) }
        ?? .ownWords(program, at: place)
    }
  }
}

/// The lines above a table.
struct TableCaption {
  /// `Bảng 1`; nil where the title has no number.
  private(set) var label: String?
  private(set) var title: String?
  private(set) var unit: String?
  /// As the document has them.
  private(set) var lines: [String] = []
  private(set) var place: ImportProblem.Place?
  /// The unit as the program prints it, where the document writes another word before it.
  private(set) var printedUnit: String?

  /// The title with its number.
  var whole: String { lines.prefix(titleLines).joined(separator: " ").withoutTitleEnd }

  private var titleLines = 0

  init() {}

  /// Takes the title and the unit off the start of lines.
  ///
  /// - Parameter lines: those above the table, in order.
  /// - Returns: nil where one is neither.
  init?(_ lines: [WrittenLine], _ words: WordingRegister) {
    guard let first = lines.first else { return nil }
    self.lines = lines.map(\.text)
    place = first.place
    var rest = lines[...]
    if let numbered = NumberedTitle(first, words) {
      label = numbered.label
      rest = rest.dropFirst()
      if !numbered.title.isEmpty {
        title = numbered.title
      } else if let next = rest.first, next.isTableTitle {
        title = next.text.withoutTitleEnd
        rest = rest.dropFirst()
      } else {
        return nil
      }
    } else if first.isTableTitle, WrittenUnit(first, words) == nil {
      title = first.text.withoutTitleEnd
      rest = rest.dropFirst()
    }
    titleLines = lines.count - rest.count
    if let line = rest.first, let found = WrittenUnit(line, words) {
      unit = found.unit
      printedUnit = found.isAsPrinted ? nil : "Đơn vị tính: \(found.unit)"
      rest = rest.dropFirst()
    }
    guard rest.isEmpty else { return nil }
  }
}

/// A title with a number of its own: `Bảng 1. Dân số`, `Biểu số 02: …`.
private struct NumberedTitle {
  let label: String
  let title: String

  init?(_ line: WrittenLine, _ words: WordingRegister) {
    guard line.text.count < 200,
      let name = words.tableNames.longest(atStartOf: line.folded)
    else { return nil }
    var rest = line.text.dropFirst(name.count).drop { $0 == " " }
    if rest.lowercased().hasPrefix("số ") { rest = rest.dropFirst(3) }
    let number = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }.string.trimming(".")
    guard !number.isEmpty else { return nil }
    rest = rest.dropFirst(number.count)
    let signs = rest.prefix { " .:-–".contains($0) }
    // «Bảng 1 cho thấy …» is a sentence.
    guard rest.isEmpty || signs.contains(where: { $0 != " " }) || line.isTableTitle else {
      return nil
    }
    label = line.text.prefix(line.text.count - rest.count).string
    title = rest.dropFirst(signs.count).string.withoutTitleEnd
  }
}

/// The unit of a table: `Đơn vị tính: triệu đồng`, `(Đơn vị: người)`, `ĐVT: %`.
private struct WrittenUnit {
  let unit: String
  /// Whether the words before it are those that the program prints.
  let isAsPrinted: Bool

  init?(_ line: WrittenLine, _ words: WordingRegister) {
    let text = line.text.trimming(")").drop { $0 == "(" }.string
    guard let name = words.units.longest(atStartOf: text.foldedText) else { return nil }
    let rest = text.dropFirst(name.count).drop { $0 == " " }
    guard rest.first == ":" else { return nil }
    unit = rest.dropFirst().cleaned.withoutTitleEnd
    isAsPrinted = name == words.units.first
    // «Đơn vị: Trường Tiểu học» is no unit.
    let isApart = line.alignment == .end || line.isItalic || line.text.hasPrefix("(")
    guard let first = unit.first, isAsPrinted || isApart || !first.isUppercase else { return nil }
  }
}

extension WrittenLine {
  /// Tells whether it looks like the title of a table: a bold line in the middle.
  fileprivate var isTableTitle: Bool { alignment == .center && isBold && text.count < 200 }
}

extension String {
  fileprivate var withoutTitleEnd: String { trimming(":").withoutEnd }
}

extension WrittenTable {
  /// The columns of its widest row.
  fileprivate var width: Int {
    rows.map { row in row.cells.reduce(row.skipped) { $0 + $1.columns } }.max() ?? 0
  }

  /// Each row as a line of text.
  fileprivate var lines: [String] {
    rows.map { row in
      row.cells.map { $0.lines.map(\.text).joined(separator: " ") }.filter { !$0.isEmpty }
        .joined(separator: " | ")
    }.filter { !$0.isEmpty }
  }
}

/// Why a table is no record.
struct TableFlaw: Error {
  let reason: ImportProblem.TableReason
}

/// A table with each cell in the column where it is seen.
struct TableGrid {
  /// The text of a cell in the column where it begins; nil where another cell reaches to.
  private(set) var rows: [[String?]] = []
  /// Which cell covers each place; a cell has the same number wherever it reaches.
  private(set) var owners: [[Int]] = []
  private(set) var headCount = 0
  private(set) var width = 0

  init(_ table: WrittenTable) {
    var count = 0
    for (index, row) in table.rows.enumerated() {
      var texts = [String?](repeating: nil, count: row.skipped)
      var owners = [Int](repeating: -1, count: row.skipped)
      for cell in row.cells {
        let column = texts.count
        let above =
          index > 0 && column < self.owners[index - 1].count
          ? self.owners[index - 1][column] : -1
        if cell.continues, above >= 0 {
          // What such a cell holds is not seen.
          texts += [String?](repeating: nil, count: cell.columns)
          owners += [Int](repeating: above, count: cell.columns)
          continue
        }
        count += 1
        let text = cell.lines.map(\.text).joined(separator: "\n")
        texts += [text] + [String?](repeating: nil, count: cell.columns - 1)
        owners += [Int](repeating: count, count: cell.columns)
      }
      rows.append(texts)
      self.owners.append(owners)
    }
    width = rows.map(\.count).max() ?? 0
    for index in rows.indices {
      let missing = width - rows[index].count
      rows[index] += [String?](repeating: nil, count: missing)
      owners[index] += [Int](repeating: -1, count: missing)
    }
    headCount = heads(table)
  }

  /// The rows of titles: those that are repeated on each page, or else as many as the cells of the
  /// first row reach over.
  private func heads(_ table: WrittenTable) -> Int {
    let told = table.rows.prefix(while: \.isHead).count
    if told > 0 { return told }
    guard let first = owners.first else { return 0 }
    let reach = owners.dropFirst().prefix { row in
      zip(first, row).contains { $0 >= 0 && $0 == $1 }
    }.count
    let isWide = zip(first, first.dropFirst()).contains { $0 == $1 && $0 >= 0 }
    return max(reach, isWide && owners.count > 2 ? 1 : 0) + 1
  }

  /// Whether cells below the titles are joined.
  var hasJoinedCells: Bool {
    owners.indices.dropFirst(headCount).contains { row in
      let own = owners[row]
      let isWide = zip(own, own.dropFirst()).contains { $0 == $1 && $0 >= 0 }
      let isHigh = row > headCount && zip(own, owners[row - 1]).contains { $0 == $1 && $0 >= 0 }
      return isWide || isHigh
    }
  }
}

/// A table as a record `bang`, with the records of its rows.
struct ImportedTable {
  let code: String
  let type: String
  var caption = TableCaption()
  var title: String?
  var source: String?
  private(set) var columns: [Column] = []
  /// Neighbouring columns below one title.
  private(set) var groups: [(title: String, fields: [String])] = []
  /// `Tổng cộng | so_luong=1.400`
  private(set) var total: String?
  /// The values of the columns, empty where there is none.
  private(set) var rows: [[String]] = []
  /// Whether the program's own column of running numbers takes the place of the document's.
  private(set) var isCounted = false

  struct Column {
    let field: String
    let title: String
    let slot: Int
    /// Text, though its cells look like figures.
    var isText = false
  }

  init(_ grid: TableGrid, number: Int) throws(TableFlaw) {
    (code, type) = ("bang-\(number)", "hang_\(number)")
    guard 1...2 ~= grid.headCount, grid.rows.count > grid.headCount else {
      throw TableFlaw(reason: .head)
    }
    try readHeads(grid)
    rows = grid.rows.dropFirst(grid.headCount).map { row in columns.map { row[$0.slot] ?? "" } }
      .filter { $0.contains { !$0.isEmpty } }
    guard !rows.isEmpty else { throw TableFlaw(reason: .head) }
    dropCounter()
    takeTotal()
    for index in columns.indices { recognize(index) }
  }

  // MARK: Titles

  private mutating func readHeads(_ grid: TableGrid) throws(TableFlaw) {
    let bottom = grid.headCount - 1
    for slot in 0..<grid.width {
      let isSecond = bottom == 1 && grid.owners[1][slot] != grid.owners[0][slot]
      let text = isSecond ? grid.rows[1][slot] : grid.rows[0][slot]
      guard let text, !text.isEmpty, !text.contains("|") else {
        throw TableFlaw(reason: text == nil ? .head : .blankTitle)
      }
      let title = text.replacing("\n", with: " ")
      columns.append(Column(field: field(of: title, slot), title: title, slot: slot))
      guard isSecond else { continue }
      let owner = grid.owners[0][slot]
      let start = grid.owners[0].firstIndex(of: owner) ?? slot
      guard let above = grid.rows[0][start], !above.isEmpty, !above.contains("|") else {
        throw TableFlaw(reason: .blankTitle)
      }
      if start < slot, !groups.isEmpty {
        groups[groups.count - 1].fields.append(columns[slot].field)
      } else {
        groups.append((above.replacing("\n", with: " "), [columns[slot].field]))
      }
    }
  }

  /// A name for the field of a column, made of its title.
  private func field(of title: String, _ slot: Int) -> String {
    var name = ""
    for character in withoutMarks(title).lowercased().unicodeScalars {
      if ("a"..."z").contains(character) || ("0"..."9").contains(character) {
        name.unicodeScalars.append(character)
      } else if !name.isEmpty, name.last != "_" {
        name.append("_")
      }
    }
    name = String(name.prefix(24)).trimming("_")
    if !(name.first?.isLetter ?? false) { name = "cot_\(slot + 1)" }
    let known = columns.map(\.field)
    return known.contains(name) ? "\(name.prefix(20))_\(slot + 1)" : name
  }

  // MARK: Rows

  /// Leaves out a first column TT with running numbers: the program counts.
  private mutating func dropCounter() {
    guard columns.count > 1, columns[0].title == "TT" else { return }
    let numbers = rows.map(\.[0]).enumerated()
    let last = rows.count - 1
    let counts = numbers.allSatisfy { index, text in
      text == "\(index + 1)" || index == last && index > 0 && text.isEmpty
    }
    guard counts else { return }
    isCounted = true
    columns.removeFirst()
    for index in rows.indices { rows[index].removeFirst() }
    groups = groups.filter { group in
      group.fields.allSatisfy { name in
        columns.contains { $0.field == name }
      }
    }
  }

  /// Takes the last row for the sums, where it says so and they are right.
  private mutating func takeTotal() {
    guard rows.count > 2, let last = rows.last else { return }
    guard let label = last.first(where: { !$0.isEmpty }), !label.contains("|"),
      ["tổng", "cộng"].contains(where: label.foldedText.beginsWithWords)
    else { return }
    var sums: [String] = []
    for index in columns.indices where last[index] != label || index > 0 {
      if last[index].isEmpty { continue }
      guard let sum = sum(index), let own = Self.figure(last[index]), sum == own,
        !last[index].contains(" ")
      else { return }
      sums.append("\(columns[index].field)=\(last[index])")
    }
    guard !sums.isEmpty, last[0] == label, isCounted || columns.count > 1 else { return }
    total = "\(label.replacing("\n", with: " ")) | \(sums.joined(separator: " "))"
    rows.removeLast()
  }

  private func sum(_ index: Int) -> Decimal? {
    var sum = Decimal(0)
    for row in rows.dropLast() where !row[index].isEmpty && row[index] != "-" {
      guard let value = Self.figure(row[index]), let next = sum.adding(value) else { return nil }
      sum = next
    }
    return sum
  }

  private static func figure(_ text: String) -> Decimal? {
    guard let figure = try? HedgedNumber(Text(text)), figure.hedge == nil, !figure.isPercent,
      figure.unit.isEmpty
    else { return nil }
    return Decimal(figure.decimal)
  }

  /// Says that a column is text where its cells look like figures and one cannot be read as one.
  private mutating func recognize(_ index: Int) {
    let cells = rows.map { $0[index] }.filter { !$0.isEmpty && $0 != "-" }
    let looksLikeFigures = cells.contains { cell in
      cell.contains { $0.isNumber } && cell.allSatisfy { $0.isNumber || ".,-% \n".contains($0) }
    }
    guard looksLikeFigures else { return }
    columns[index].isText = cells.contains { (try? HedgedNumber(Text($0))) == nil }
  }
}
