import Diagnostics
import Texts
import Records
import Sheets

/// The data file that importing a sheet makes.
public struct ImportedSheet: Sendable {
  /// The rec text to write.
  public let bytes: [UInt8]
  /// The number of records in the sheet.
  public let count: Int
  /// The number of records of the data file that they replace.
  public let replaced: Int
  public let warnings: [Diagnostic]
}

extension ImportedSheet {
  /// Reads a sheet, checks every cell by the schema, and makes the rec text.
  ///
  /// - Parameters:
  ///   - name: the sheet's file name, for messages.
  ///   - type: the record type that the rows are.
  ///   - file: the data file in which the rows replace the records of the type; nil for a text of
  ///     these records alone.
  ///   - separator: nil to find it by the headers.
  ///   - cleared: the fields that lose their values where the sheet has no column for them; all others
  ///     without a column stay as they are.
  /// - Throws: all problems of the sheet, at its rows and columns.
  public init(
    sheet name: String, _ bytes: [UInt8], ofType type: String, into file: DataFile?,
    _ templates: TemplateCollection, separator: Sheet.Separator?, clearing cleared: [String]
  ) throws(Problems) {
    let schema = try SheetSchema(type, of: file, templates)
    let source = try Problems.collecting { () throws(Diagnostic) in
      try Source.reading(name: name, bytes: ImportedSheet.unicode(bytes)).source
    }
    let found = try ImportedSheet.read(source, schema.type, separator)
    self = try ImportedSheet(
      found.0, found.1, source, schema, into: file, clearing: cleared, knowing: [])
  }

  /// Reads the page of a workbook that has the records, the same way.
  ///
  /// - Parameters:
  ///   - pages: those to choose among: the one whose headers name most fields, of equals the first.
  ///   - known: what is known of the workbook, to be told with the problems of the page.
  public init(
    pages: [Sheet], of name: String, ofType type: String, into file: DataFile?,
    _ templates: TemplateCollection, clearing cleared: [String], knowing known: [WorkbookProblem]
  ) throws(Problems) {
    let schema = try SheetSchema(type, of: file, templates)
    let (sheet, header) = try ImportedSheet.choose(among: pages, name, schema.type)
    let others = pages.compactMap(\.page?.name).filter { $0 != sheet.page?.name }
    var known = known
    if let page = sheet.page, !others.isEmpty {
      known.append(.chosenSheet(page.name, others: others))
    }
    self = try ImportedSheet(
      sheet, header, sheet.rows[0].cells[0].value.source, schema, into: file, clearing: cleared,
      knowing: known)
  }

  private init(
    _ sheet: Sheet, _ header: SheetHeader, _ source: Source, _ schema: SheetSchema,
    into file: DataFile?, clearing cleared: [String], knowing known: [WorkbookProblem]
  ) throws(Problems) {
    let cleared = try schema.type.fields(named: cleared)
    let flaws = sheet.flaws(below: header, knowing: known)
    var problems =
      header.problems(in: sheet, schema.type) + header.clearedColumns(cleared)
    if file == nil, cleared.isEmpty, !(problems + flaws.problems).hasErrors,
      let plain = try PlainSheet(sheet, header, schema)
    {
      problems += plain.problems + flaws.problems
      if sheet.page != nil { problems = problems.inOrder(of: source) }
      try problems.throwIfErrors()
      (bytes, count, replaced, warnings) = (plain.bytes, plain.count, 0, problems)
      return
    }
    if problems.hasErrors {
      problems += LostLetters(in: source).problem(besides: []).map { [$0] } ?? []
    }
    let rows = sheet.rows.dropFirst(header.index + 1).map {
      SheetRow($0, header, isPage: sheet.page != nil)
    }
    .filter { $0.place != nil }
    let text = SheetText(
      rows, header, of: schema.type, into: file, cleared: cleared)
    let first = header.cells.first { !$0.isEmpty }
    if rows.isEmpty, file == nil || text.replaced > 0, let first {
      problems.append(Diagnostic(.sheet(.noRows), at: first.value))
    }
    if let first, !text.keptFields.isEmpty {
      let clearable = text.keptFields.first { schema.type.rule(for: $0)?.isMandatory != true }
      let kept = SheetProblem.keptFields(
        text.keptFields.map(\.string), clearable: clearable?.string)
      problems.append(Diagnostic(.sheet(kept), at: first.value))
    }
    if !problems.hasErrors {
      problems += try text.problems(schema, among: file).filter { !flaws.explains($0) }
    }
    problems += flaws.problems
    let dropped = problems.hasErrors ? nil : text.droppedRecords
    problems += [dropped, text.droppedComments].compactMap(\.self)
    if sheet.page != nil { problems = problems.inOrder(of: source) }
    try problems.throwIfErrors()
    (self.bytes, count, replaced) = (text.bytes, rows.count, text.replaced)
    warnings = problems
  }

  /// The bytes as UTF-8, also of Excel's format “Unicode text”, which is UTF-16 with a mark.
  static func unicode(_ bytes: [UInt8]) -> [UInt8] {
    let isLittle = bytes.starts(with: [0xFF, 0xFE])
    guard isLittle || bytes.starts(with: [0xFE, 0xFF]) else { return bytes }
    let units = stride(from: 2, to: bytes.count - 1, by: 2).map { index in
      let (first, second) = (UInt16(bytes[index]), UInt16(bytes[index + 1]))
      return isLittle ? second << 8 | first : first << 8 | second
    }
    return Array(String(decoding: units, as: UTF16.self).utf8)
  }

  /// Reads the sheet with each possible separator and takes the reading in which most columns name
  /// a field of the schema; of equals, the one in which fewest rows are longer than the header.
  private static func read(
    _ source: Source, _ type: RecordType, _ separator: Sheet.Separator?
  ) throws(Problems) -> (Sheet, SheetHeader) {
    var best: (sheet: Sheet, header: SheetHeader)?
    var complaint: Diagnostic?
    for candidate in separator.map({ [$0] }) ?? Sheet.Separator.allCases {
      do throws(Diagnostic) {
        let sheet = try Sheet.read(source, separator: candidate)
        guard let header = SheetHeader(of: sheet, type) else { continue }
        if let best, !header.isBetter(than: best.header, sheet, best.sheet) { continue }
        best = (sheet, header)
      } catch {
        complaint = complaint ?? error
      }
    }
    if let best { return best }
    if let lost = LostLetters(in: source).problem(besides: []) { throw Problems([lost]) }
    let missing = SheetProblem.noHeader(type: type.name.string, known: type.headers)
    throw Problems([complaint ?? Diagnostic(.sheet(missing), at: source.firstLine)])
  }

  /// The page in which most columns name a field of the schema.
  private static func choose(
    among pages: [Sheet], _ file: String, _ type: RecordType
  ) throws(Problems) -> (Sheet, SheetHeader) {
    var best: (sheet: Sheet, header: SheetHeader)?
    for page in pages {
      guard let header = SheetHeader(of: page, type) else { continue }
      if let best, header.knownFieldCount <= best.header.knownFieldCount { continue }
      best = (page, header)
    }
    if let best { return best }
    guard let first = pages.lazy.compactMap({ $0.rows.first?.cells.first { !$0.isEmpty } }).first
    else { throw Problems([Diagnostic(.office(.container(.noSheet, file: file)), at: nil)]) }
    let missing = SheetProblem.noHeader(type: type.name.string, known: type.headers)
    throw Problems([Diagnostic(.sheet(missing), at: first.value)])
  }
}

extension [Diagnostic] {
  /// Those of a sheet in the order of its cells, behind all others.
  fileprivate func inOrder(of source: Source) -> [Diagnostic] {
    func offset(_ problem: Diagnostic) -> Int32 {
      problem.place.flatMap { $0.place.source === source ? $0.place.range.start : nil } ?? -1
    }
    return enumerated().sorted { (offset($0.element), $0.offset) < (offset($1.element), $1.offset) }
      .map(\.element)
  }
}

extension SheetHeader {
  fileprivate func isBetter(than other: SheetHeader, _ sheet: Sheet, _ otherSheet: Sheet) -> Bool {
    if knownFieldCount != other.knownFieldCount { return knownFieldCount > other.knownFieldCount }
    return longerRows(sheet) < other.longerRows(otherSheet)
  }

  /// The number of rows with more cells than the header.
  private func longerRows(_ sheet: Sheet) -> Int {
    sheet.rows.count { $0.cells.count > fields.count }
  }
}

/// A row below the header as the cells of a record.
struct SheetRow {
  /// A cell of a column that is imported.
  struct Cell {
    let name: Text
    /// The value, whose place is the cell; nil for an empty cell.
    let value: Text?
  }

  private(set) var cells: [Cell]
  /// The first cell that has a value; nil for a row without any.
  let place: Text?

  /// - Parameter isPage: whether it is of a workbook, where no text is taken for a formula.
  init(_ row: Sheet.Row, _ header: SheetHeader, isPage: Bool) {
    let own = row.cells
    cells = header.fields.enumerated().compactMap { index, column in
      let cell = index < own.count ? own[index] : nil
      return column.map { column in
        Cell(
          name: column.name,
          value: cell.flatMap { $0.isEmpty ? nil : isPage ? $0.value : $0.unguardedValue })
      }
    }
    place = cells.lazy.compactMap(\.value).first
    if isPage { dropPercents(header) }
  }

  /// Takes the `%` off figures whose unit is `%`: a workbook keeps 90% as 0.9 and shows it so.
  private mutating func dropPercents(_ header: SheetHeader) {
    let unit = cells.first { $0.name.isSpelled(Schema.unitField) }?.value
    let rules = header.fields.compactMap(\.self).map(\.rule)
    for (index, rule) in rules.enumerated() {
      guard let rule, rule.valueType == .so || rule.valueType == .soNguyen,
        (rule.unit ?? unit)?.isSpelled("%") == true, let value = cells[index].value,
        value.bytes.last == UInt8(ascii: "%")
      else { continue }
      let end = Int(value.range.end) - 1
      let figure = Text(
        source: value.source, range: SourceRange(start: Int(value.range.start), end: end))
      cells[index] = Cell(name: cells[index].name, value: figure)
    }
  }
}

extension RecordType {
  /// The names in the schema of some fields, given as names or labels.
  fileprivate func fields(named names: [String]) throws(Problems) -> Set<Text> {
    var problems: [Diagnostic] = []
    var fields: Set<Text> = []
    for name in names {
      if let rule = rule(forHeader: Text(name)) {
        fields.insert(rule.name)
      } else if !isClosed {
        fields.insert(Text(name))
      } else {
        problems.append(unknownField(name, at: nil))
      }
    }
    try problems.throwIfErrors()
    return fields
  }
}

extension Sheet.Cell {
  /// The value without an apostrophe that keeps it from being a formula.
  var unguardedValue: Text {
    guard let bare = FormulaGuard.unguarded(value.bytes) else { return value }
    return Text(
      source: value.source, range: SourceRange(start: bare.startIndex, end: bare.endIndex))
  }
}
