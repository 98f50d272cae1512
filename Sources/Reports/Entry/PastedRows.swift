import Diagnostics
import Records
import Sheets
import Texts

extension SectionEdit {
  /// Takes rows that were copied from a sheet, with tabs between the cells, for records: behind those of
  /// the file, or in their place.
  ///
  /// Where the first row names most of its columns it is the header, and one in other words is told;
  /// otherwise the columns are the fields of a new record in the order of the form. A row that takes the
  /// place of others stands for the record of the same key or name, as in `import-csv`; rows behind the
  /// others fill the records that nobody filled in.
  ///
  /// - Throws: an unknown type or column, more cells than columns, a quote that is not closed, no row at all;
  ///   at the cells of the text.
  public init(
    pasting text: String, ofType type: String, into file: DataFile, replacing: Bool,
    _ templates: TemplateCollection
  ) throws(Problems) {
    let schema = try EntrySchema(of: file, templates)
    guard let rules = schema.schema.type(named: type) else {
      throw Problems([schema.unknownType(type)])
    }
    let rows = try PastedRows(text, rules, schema.sharedFields(of: rules)).rows
    let all = file.database.records(ofType: type)
    self.init(
      type: type,
      entries: replacing
        ? SectionEdit.entries(rows, inPlaceOf: all, rules)
        : SectionEdit.entries(rows, behind: all, rules))
  }

  private static func entries(
    _ rows: [SheetRow], inPlaceOf all: [Record], _ type: RecordType
  ) -> [Entry] {
    let columns = rows.first?.cells.map(\.name) ?? []
    let merge = SheetMerge(rows, columns: columns, all, type, cleared: [])
    return merge.entries.map { entry in
      let origin = entry.record.flatMap { record in
        all.firstIndex { $0.firstField == record.firstField }
      }
      return Entry(origin: origin, values: entry.row.map { rows[$0].values } ?? [:])
    }
  }

  private static func entries(
    _ rows: [SheetRow], behind all: [Record], _ type: RecordType
  ) -> [Entry] {
    var rows = rows[...]
    let kept = all.enumerated().map { index, record in
      let isEmpty = record.fields.allSatisfy(\.value.isBlank)
      let row = isEmpty ? rows.popFirst() : nil
      return Entry(origin: index, values: row?.values ?? [:])
    }
    return kept + rows.map { Entry(origin: nil, values: $0.values) }
  }
}

/// The rows of a text that was copied from a sheet.
private struct PastedRows {
  let rows: [SheetRow]

  init(_ text: String, _ type: RecordType, _ fields: [FieldRule]) throws(Problems) {
    let (source, sheet) = try Problems.collecting { () throws(Diagnostic) in
      let source = try Source.reading(name: "bảng dán", bytes: Array(text.utf8)).source
      return (source, try Sheet.read(source, separator: .tab))
    }
    let header = PastedRows.header(of: sheet, type, fields) ?? SheetHeader(of: fields)
    var problems: [Diagnostic] = []
    if header.index >= 0 {
      problems = header.problems(in: sheet, type)
    } else {
      let labels = fields.map { type.header(of: $0) }
      for row in sheet.rows {
        guard let cell = row.cells.dropFirst(fields.count).first(where: { !$0.isEmpty }) else {
          continue
        }
        problems.append(Diagnostic(.sheet(.tooManyCells(fields: labels)), at: cell.value))
      }
    }
    rows = sheet.rows.dropFirst(header.index + 1)
      .map { SheetRow($0, header, isPage: false) }.filter { $0.place != nil }
    if rows.isEmpty, !problems.hasErrors {
      problems.append(Diagnostic(.sheet(.noRows), at: source.firstLine))
    }
    try problems.throwIfErrors()
  }

  /// The header that the text begins with; nil where the first row is one of values.
  private static func header(
    of sheet: Sheet, _ type: RecordType, _ fields: [FieldRule]
  ) -> SheetHeader? {
    guard let first = SheetHeader(firstRowOf: sheet, type) else { return nil }
    if !namesMost(first), hasWordsAboveValues(sheet, fields) { return first }
    guard let header = SheetHeader(of: sheet, type), header.top == 0 else { return nil }
    return namesMost(header) ? header : nil
  }

  private static func namesMost(_ header: SheetHeader) -> Bool {
    let named = header.cells.count { !$0.isEmpty }
    return header.knownFieldCount * 2 >= named && header.knownFieldCount > 0
  }

  /// Tells whether the first row has a word where all others have a figure, a day or another value of the
  /// field: a header in an office's own words, which is told and not taken for a record.
  private static func hasWordsAboveValues(_ sheet: Sheet, _ fields: [FieldRule]) -> Bool {
    guard let first = sheet.rows.first else { return false }
    return zip(first.cells, fields).enumerated().contains { column, named in
      let (cell, rule) = named
      guard let type = rule.valueType, !cell.isEmpty else { return false }
      func isRight(_ cell: Sheet.Cell) -> Bool {
        type.problem(of: cell.value, by: rule, unit: rule.unit) == nil
      }
      let others = sheet.rows.dropFirst().compactMap { $0.cells.dropFirst(column).first }
        .filter { !$0.isEmpty }
      return !isRight(cell) && !others.isEmpty && others.allSatisfy(isRight)
    }
  }
}

extension SheetRow {
  /// The values of each column that there is, by the names of the fields.
  fileprivate var values: [String: [String]] {
    Dictionary(grouping: cells, by: \.name.string).mapValues { $0.compactMap { $0.value?.string } }
  }
}
