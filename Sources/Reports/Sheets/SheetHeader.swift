import Diagnostics
import Texts
import Records
import Sheets

/// The row of a sheet that names the columns, and what each of them is.
struct SheetHeader {
  /// Its place among the sheet's rows.
  let index: Int
  /// By column: a field; nil for one that is passed over.
  let fields: [Column?]
  /// How many cells name a field of the schema.
  let found: Int

  struct Column {
    let name: Text
    /// nil for a field that a schema without `%allowed` does not name.
    let rule: FieldRule?
  }

  /// A title may stand so many rows above it.
  private static let searched = 20

  /// The row that names most fields; nil where none names any.
  init?(of sheet: Sheet, _ type: RecordType) {
    var best: SheetHeader?
    for (index, row) in sheet.rows.prefix(Self.searched).enumerated() {
      let header = SheetHeader(index, row, type)
      if header.found > best?.found ?? 0 { best = header }
    }
    if best == nil, !type.isClosed { best = sheet.rows.first.map { SheetHeader(0, $0, type) } }
    guard let best, best.fields.contains(where: { $0 != nil }) else { return nil }
    self = best
  }

  private init(_ index: Int, _ row: Sheet.Row, _ type: RecordType) {
    self.index = index
    fields = row.cells.map { type.column(forHeader: $0.value) }
    found = fields.count { $0?.rule != nil }
  }

  /// A column that only counts the rows: `TT`, `STT`.
  static func isCount(_ header: String) -> Bool {
    ["tt", "stt", "số tt"].contains(header.lowercased())
  }

  func problems(in sheet: Sheet, _ type: RecordType) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    if index > 0, let first = sheet.rows[0].cells.first(where: { !$0.isEmpty }) {
      problems.append(Diagnostic(.sheet(.rowsAboveHeader(index)), at: first.value))
    }
    let cells = sheet.rows[index].cells
    for (cell, field) in zip(cells, fields) where field == nil && !cell.isEmpty {
      let name = cell.value.headerText
      if Self.isCount(name) { continue }
      problems.append(unknownColumn(name, at: cell.value, type))
    }
    return problems + repeatedColumns(cells) + namelessColumns(sheet)
  }

  private func unknownColumn(_ name: String, at place: Text, _ type: RecordType) -> Diagnostic {
    let headers = type.headers
    let lower = Dictionary(headers.map { ($0.lowercased(), $0) }) { first, _ in first }
    let near = nearest(to: name.lowercased(), among: lower.keys).flatMap { lower[$0] }
    return Diagnostic(
      .sheet(.unknownColumn(name, suggestion: near, known: headers)), at: place)
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

  /// The first cell of each column that has cells but no header.
  private func namelessColumns(_ sheet: Sheet) -> [Diagnostic] {
    let headers = sheet.rows[index].cells
    var seen: Set<Int> = []
    var problems: [Diagnostic] = []
    for row in sheet.rows.dropFirst(index + 1) {
      for (column, cell) in row.cells.enumerated() where !cell.isEmpty {
        if column < headers.count, !headers[column].isEmpty { continue }
        if !seen.insert(column).inserted { continue }
        problems.append(Diagnostic(.sheet(.columnWithoutName), at: cell.value))
      }
    }
    return problems
  }
}

extension RecordType {
  fileprivate func column(forHeader cell: Text) -> SheetHeader.Column? {
    if let rule = rule(forHeader: cell) { return SheetHeader.Column(name: rule.name, rule: rule) }
    let name = Text(cell.headerText)
    guard !isClosed, name.isFieldName, !SheetHeader.isCount(name.string) else { return nil }
    return SheetHeader.Column(name: name, rule: nil)
  }

  /// The field of a header cell: its name or label, whatever the case, perhaps with a remark in
  /// brackets after it, `Dân số (người)`; or the beginning of its label up to a comma or bracket.
  func rule(forHeader cell: Text) -> FieldRule? {
    let header = cell.headerText.lowercased()
    if header.isEmpty || SheetHeader.isCount(header) { return nil }
    if let rule = rule(for: Text(header)) { return rule }
    let bare = header.hasSuffix(")") ? Text(header).shortLabel : header
    if bare != header, let rule = rule(for: Text(bare)) { return rule }
    let near = fields.filter { $0.label?.shortLabel.lowercased() == bare }
    return near.count == 1 ? near.first : nil
  }
}

extension Text {
  /// Line breaks and runs of blanks as one space each.
  fileprivate var headerText: String {
    string.split { $0 == " " || $0 == "\n" || $0 == "\t" }.joined(separator: " ")
  }
}
