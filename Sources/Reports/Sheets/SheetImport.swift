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
  /// - Throws: all problems of the sheet, at its rows and columns.
  public init(
    sheet name: String, _ bytes: [UInt8], ofType type: String, into file: DataFile?,
    _ templates: TemplateCollection, separator: Sheet.Separator?
  ) throws(Problems) {
    let schema = try SheetSchema(type, of: file, templates)
    let source = try Problems.collecting { () throws(Diagnostic) in
      try Source.reading(name: name, bytes: ImportedSheet.unicode(bytes)).source
    }
    let (sheet, header) = try ImportedSheet.read(source, schema.type, separator)
    var problems = header.problems(in: sheet, schema.type)
    let rows = sheet.rows.dropFirst(header.index + 1).map { SheetRow($0, header) }
      .filter { !$0.fields.isEmpty }
    if rows.isEmpty, let cell = sheet.rows[header.index].cells.first {
      problems.append(Diagnostic(.sheet(.noRows), at: cell.value))
    }
    let text = SheetText(rows, of: schema.type, into: file)
    if !problems.hasErrors {
      problems += try text.problems(schema, among: file)
    }
    problems += text.droppedComments.map { [$0] } ?? []
    try problems.throwIfErrors()
    (self.bytes, count, replaced) = (text.bytes, rows.count, text.replaced)
    warnings = problems
  }

  /// The bytes as UTF-8, also of Excel's format “Unicode text”, which is UTF-16 with a mark.
  private static func unicode(_ bytes: [UInt8]) -> [UInt8] {
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
    let missing = SheetProblem.noHeader(type: type.name.string, known: type.headers)
    throw Problems([complaint ?? Diagnostic(.sheet(missing), at: source.firstLine)])
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

/// A row below the header as the fields of a record; the place of each value is its cell.
struct SheetRow {
  let fields: [(name: Text, value: Text)]

  init(_ row: Sheet.Row, _ header: SheetHeader) {
    var fields: [(name: Text, value: Text)] = []
    for (cell, column) in zip(row.cells, header.fields) {
      guard let column, !cell.isEmpty else { continue }
      fields.append((column.name, cell.unguardedValue))
    }
    self.fields = fields
  }
}

extension Sheet.Cell {
  /// The value without an apostrophe that keeps it from being a formula.
  fileprivate var unguardedValue: Text {
    guard let bare = FormulaGuard.unguarded(value.bytes) else { return value }
    return Text(
      source: value.source, range: SourceRange(start: bare.startIndex, end: bare.endIndex))
  }
}
