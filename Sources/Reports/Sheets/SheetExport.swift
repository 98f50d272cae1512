import Diagnostics
import Texts
import Records
import Sheets

extension DataFile {
  /// The bytes of a sheet of all records of a type: a row for each, and a column for every field
  /// that the schema allows.
  ///
  /// A field that a record repeats has several columns under the same header, as many as the record
  /// with most of them needs.
  ///
  /// - Throws: that no schema knows the type, or what is wrong with the schemas.
  public func sheet(
    ofType name: String, _ templates: TemplateCollection, separator: Sheet.Separator
  ) throws(Problems) -> [UInt8] {
    let type = try SheetSchema(name, of: self, templates).type
    let rows = database.records(ofType: name).map { values(of: $0, type) }
    let columns = columns(of: rows, type)
    var writer = SheetWriter(separator)
    writer.writeRow(columns.flatMap { Array(repeating: $0.header[...], count: $0.count) })
    // A record without any value would be a row of empty cells, which stands for nothing.
    for row in rows where row.values.contains(where: { $0.contains { !$0.isBlank } }) {
      writer.writeRow(columns.flatMap { $0.cells(of: row) })
    }
    return writer.bytes
  }

  /// The values of a record by the name of their field.
  private func values(of record: Record, _ type: RecordType) -> [Text: [Text]] {
    var values: [Text: [Text]] = [:]
    for field in record.fields {
      values[type.rule(for: field.name)?.name ?? field.name, default: []].append(field.value)
    }
    return values
  }

  /// The columns of the schema's fields in its order, then those of other fields, sorted by name.
  private func columns(of rows: [[Text: [Text]]], _ type: RecordType) -> [SheetColumn] {
    var counts: [Text: Int] = [:]
    for row in rows {
      for (name, values) in row { counts[name] = max(counts[name] ?? 0, values.count) }
    }
    let known = type.fields.filter { $0.isAllowed || counts[$0.name] != nil }.map { rule in
      SheetColumn(
        name: rule.name, header: Array(type.header(of: rule).utf8), count: counts[rule.name] ?? 1)
    }
    let unknown = counts.keys.filter { type.rule(for: $0) == nil }
    return known
      + unknown.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }.map {
        SheetColumn(
          name: $0, header: Array(type.exactHeader(of: $0, label: nil).utf8),
          count: counts[$0] ?? 1)
      }
  }
}

/// The columns of one field, which stand side by side under the same header.
private struct SheetColumn {
  let name: Text
  let header: [UInt8]
  let count: Int

  func cells(of row: [Text: [Text]]) -> [ArraySlice<UInt8>] {
    let values = row[name]?.map { FormulaGuard.guarded($0.bytes) } ?? []
    return values + Array(repeating: [], count: count - values.count)
  }
}
