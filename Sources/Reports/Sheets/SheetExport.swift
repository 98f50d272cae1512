import Diagnostics
import Texts
import Records
import Sheets

extension DataFile {
  /// The records of one type as a sheet: a row each, a column for every field that the schema
  /// allows. A field repeated in a record takes as many columns of the same header.
  public func sheet(
    ofType name: String, _ templates: TemplateCollection, separator: Sheet.Separator
  ) throws(Problems) -> [UInt8] {
    let type = try SheetSchema(name, of: self, templates).type
    let rows = database.records(ofType: name).map { values(of: $0, type) }
    let columns = columns(of: rows, type)
    var writer = SheetWriter(separator)
    writer.writeRow(columns.flatMap { Array(repeating: $0.header[...], count: $0.count) })
    for row in rows {
      writer.writeRow(columns.flatMap { $0.cells(of: row) })
    }
    return writer.bytes
  }

  /// By field, in the order of the record.
  private func values(of record: Record, _ type: RecordType) -> [Text: [Text]] {
    var values: [Text: [Text]] = [:]
    for field in record.fields {
      values[type.rule(for: field.name)?.name ?? field.name, default: []].append(field.value)
    }
    return values
  }

  /// Fields of the schema in its order, then those that it does not know, in alphabetical order.
  private func columns(of rows: [[Text: [Text]]], _ type: RecordType) -> [SheetColumn] {
    var counts: [Text: Int] = [:]
    for row in rows {
      for (name, values) in row { counts[name] = max(counts[name] ?? 0, values.count) }
    }
    let known = type.fields.filter { $0.isAllowed || counts[$0.name] != nil }.map { rule in
      SheetColumn(
        name: rule.name, header: Array(type.header(of: rule).utf8), count: counts[rule.name] ?? 1)
    }
    let strangers = counts.keys.filter { type.rule(for: $0) == nil }
    return known
      + strangers.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }.map {
        SheetColumn(name: $0, header: Array($0.bytes), count: counts[$0] ?? 1)
      }
  }
}

/// The columns of one field.
private struct SheetColumn {
  let name: Text
  let header: [UInt8]
  let count: Int

  func cells(of row: [Text: [Text]]) -> [ArraySlice<UInt8>] {
    let values = row[name]?.map { FormulaGuard.guarded($0.bytes) } ?? []
    return values + Array(repeating: [], count: count - values.count)
  }
}
