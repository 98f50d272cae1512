import Diagnostics
import Texts
import Records
import Sheets
import Vietnamese

/// The header of a sheet: the row that names the columns, and the field of each column.
///
/// In a page of a workbook it may be up to three rows, of which the upper ones name groups of columns
/// in joined cells.
struct SheetHeader {
  /// The index of its first row among the sheet's rows; titles may stand above it.
  let top: Int
  /// The index of its last row.
  let index: Int
  /// The cell that names each column.
  let cells: [Sheet.Cell]
  /// The field of each column; nil for a column that is not imported.
  let fields: [Column?]
  /// The number of columns that name a field of the schema.
  let knownFieldCount: Int

  struct Column {
    let name: Text
    /// The schema's rule; nil for a field of which a schema without `%allowed` says nothing.
    let rule: FieldRule?
  }

  /// The number of rows among which the header is sought.
  private static let searchedRows = 20

  /// Finds the row whose cells name most fields; nil where no row names any.
  init?(of sheet: Sheet, _ type: RecordType) {
    // A row all of whose cells are headers is not outdone by data that look like headers.
    if let first = sheet.rows.first.map({ SheetHeader(0, $0, type) }), first.knownFieldCount > 0,
      !first.fields.contains(where: { $0 == nil })
    {
      self = first
      return
    }
    var best: SheetHeader?
    for (index, row) in sheet.rows.prefix(Self.searchedRows).enumerated() {
      let header = SheetHeader(index, row, type)
      if header.knownFieldCount > best?.knownFieldCount ?? 0 { best = header }
    }
    for head in sheet.joinedHeads(among: Self.searchedRows) {
      let header = SheetHeader(head, type)
      if header.knownFieldCount > best?.knownFieldCount ?? 0 { best = header }
    }
    if best == nil, !type.isClosed { best = sheet.rows.first.map { SheetHeader(0, $0, type) } }
    guard let best, best.fields.contains(where: { $0 != nil }) else { return nil }
    self = best
  }

  /// Takes the first row for the header, whatever it names; nil for a sheet without rows.
  init?(firstRowOf sheet: Sheet, _ type: RecordType) {
    guard let row = sheet.rows.first else { return nil }
    self.init(0, row, type)
  }

  /// Of rows without a header, whose columns are some fields in order.
  init(of fields: [FieldRule]) {
    (top, index, cells) = (-1, -1, [])
    self.fields = fields.map { Column(name: $0.name, rule: $0) }
    knownFieldCount = fields.count
  }

  private init(_ index: Int, _ row: Sheet.Row, _ type: RecordType) {
    (top, self.index, cells) = (index, index, row.cells)
    fields = row.cells.map { type.column(forHeader: $0.value) }
    knownFieldCount = fields.count { $0?.rule != nil }
  }

  private init(_ head: JoinedHead, _ type: RecordType) {
    (top, index) = (head.rows.lowerBound, head.rows.upperBound)
    let columns = head.columns.map { names in
      (
        cell: names.last,
        field: JoinedHead.candidates(names).lazy.compactMap { type.column(forHeader: $0) }.first
      )
    }
    cells = columns.map { $0.cell ?? Sheet.Cell(value: Text("")) }
    fields = columns.map(\.field)
    knownFieldCount = fields.count { $0?.rule != nil }
  }

  /// Tells whether a column only numbers the rows: `TT`, `STT`.
  static func isRowNumber(_ header: String) -> Bool {
    ["tt", "stt", "số tt"].contains(header.lowercased())
  }

  /// The problems of the header: rows above it, columns of unknown fields, of one field twice, or
  /// without a name.
  func problems(in sheet: Sheet, _ type: RecordType) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    if top > 0, let first = sheet.rows[0].cells.first(where: { !$0.isEmpty }) {
      problems.append(Diagnostic(.sheet(.rowsAboveHeader(top)), at: first.value))
    }
    for (cell, field) in zip(cells, fields) where field == nil && !cell.isEmpty {
      let unseen = cell.value.unseenCharacters(orBlank: false)
      problems += unseen
      if !unseen.isEmpty { continue }
      let name = cell.value.headerText
      if Self.isRowNumber(name) { continue }
      problems.append(type.unknownField(name, at: cell.value))
    }
    return problems + repeatedColumns(cells) + namelessColumns(sheet)
  }

  /// Warnings about columns of fields that were to be cleared without one.
  func clearedColumns(_ cleared: Set<Text>) -> [Diagnostic] {
    zip(cells, fields).compactMap { cell, field in
      guard let rule = field?.rule, cleared.contains(rule.name) else { return nil }
      return Diagnostic(.sheet(.clearedColumn(rule.named)), at: cell.value)
    }
  }

  private func repeatedColumns(_ cells: [Sheet.Cell]) -> [Diagnostic] {
    var first: [Text: Text] = [:]
    var problems: [Diagnostic] = []
    for (cell, field) in zip(cells, fields) {
      guard let field else { continue }
      if let other = first[field.name], let rule = field.rule, rule.isUnique || rule.isKey {
        problems.append(
          Diagnostic(
            .sheet(.repeatedColumn(rule.named)), at: cell.value,
            notes: [Diagnostic.Note(.firstHere, at: other)]))
      }
      first[field.name] = first[field.name] ?? cell.value
    }
    return problems
  }

  /// A problem for each column that has cells but no header, at the first of these cells.
  private func namelessColumns(_ sheet: Sheet) -> [Diagnostic] {
    var seen: Set<Int> = []
    var problems: [Diagnostic] = []
    let named = cells.map { !$0.isEmpty }
    let isComplete = !named.contains(false)
    for row in sheet.rows.dropFirst(index + 1) {
      if isComplete, row.count <= named.count { continue }
      for (column, cell) in row.cells.enumerated() where !cell.isEmpty {
        if column < named.count, named[column] { continue }
        if !seen.insert(column).inserted { continue }
        let mayBeSplit = sheet.separator == .comma && row.hasNumbersSideBySide
        problems.append(
          Diagnostic(.sheet(.columnWithoutName(mayBeSplit: mayBeSplit)), at: cell.value))
      }
    }
    return problems
  }
}

extension Sheet.Row {
  fileprivate var hasNumbersSideBySide: Bool {
    zip(cells, cells.dropFirst()).contains { $0.value.isDigits && $1.value.isDigits }
  }
}

extension Text {
  fileprivate var isDigits: Bool { !isEmpty && bytes.allSatisfy { isDigit($0) } }
}

extension RecordType {
  /// The problem that a sheet names a field that the schema does not have.
  func unknownField(_ name: String, at place: Text?) -> Diagnostic {
    func plain(_ header: String) -> String { withoutMarks(header.lowercased()) }
    let known = Dictionary(headers.map { (plain($0), $0) }) { first, _ in first }
    let near = nearest(to: plain(name), among: known.keys).flatMap { known[$0] }
    return Diagnostic(
      .sheet(.unknownColumn(name, suggestion: near, known: headers)), at: place)
  }

  fileprivate func column(forHeader cell: Text) -> SheetHeader.Column? {
    if let name = cell.headerText.bracketedName {
      if let rule = fields.first(where: { $0.name == name }) {
        return SheetHeader.Column(name: rule.name, rule: rule)
      }
      return isClosed ? nil : SheetHeader.Column(name: name, rule: nil)
    }
    if let rule = rule(forHeader: cell) { return SheetHeader.Column(name: rule.name, rule: rule) }
    let name = Text(cell.headerText)
    guard !isClosed, name.isFieldName, !SheetHeader.isRowNumber(name.string) else { return nil }
    return SheetHeader.Column(name: name, rule: nil)
  }

  /// The field that a header cell names, in small or capital letters; nil for none.
  ///
  /// The cell has the field's name, or its label, either with a remark in brackets behind it, as
  /// `Dân số (người)`. The part of the label before a comma or bracket will do where no other label
  /// begins so. `[dan_so]`, alone or behind other words, names the field of exactly this name.
  func rule(forHeader cell: Text) -> FieldRule? {
    let text = cell.headerText
    if let name = text.bracketedName { return fields.first { $0.name == name } }
    if let rule = rule(for: Text(text)) { return rule }
    let header = text.lowercased()
    if header.isEmpty || SheetHeader.isRowNumber(header) { return nil }
    if let rule = rule(for: Text(header)) { return rule }
    let bare = header.hasSuffix(")") ? Text(header).shortLabel : header
    if bare != header, let rule = rule(for: Text(bare)) { return rule }
    let near = fields.filter { $0.label?.shortLabel.lowercased() == bare }
    return near.count == 1 ? near.first : nil
  }
}

extension String {
  /// The field name in square brackets at the end of a header; nil where there is none.
  fileprivate var bracketedName: Text? {
    guard last == "]", let open = lastIndex(of: "[") else { return nil }
    let name = Text(String(self[index(after: open)...].dropLast()))
    return name.isFieldName ? name : nil
  }
}

extension Text {
  /// The text of a header cell with single spaces in place of line breaks and runs of blanks.
  fileprivate var headerText: String {
    string.split { $0 == " " || $0 == "\n" || $0 == "\t" }.joined(separator: " ")
  }
}
