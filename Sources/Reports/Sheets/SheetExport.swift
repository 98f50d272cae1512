import Diagnostics
import Records
import Sheets
import Texts

/// All records of a type as a table: a row for each, and a column for every field that the schema
/// allows.
///
/// A field that a record repeats has several columns under the same header, as many as the record
/// with most of them needs.
public struct SheetTable: Sendable {
  /// The name of the type.
  public let type: String
  public let columns: [Column]
  /// The values of each record, as many as there are columns; nil for none.
  public let rows: [[Text?]]

  public struct Column: Sendable {
    public let header: String
    public let content: Content
  }

  /// What the values of a column are, by the schema.
  public enum Content: Sendable {
    case text
    case figure
    case percentage
    /// A day, perhaps with a time.
    case day
    case truth
    /// Figures, days and words, as they are written.
    case mixed
  }
}

extension DataFile {
  /// - Throws: that no schema knows the type, or what is wrong with the schemas.
  public func table(
    ofType name: String, _ templates: TemplateCollection
  ) throws(Problems) -> SheetTable {
    let type = try SheetSchema(name, of: self, templates).type
    let records = database.records(ofType: name).map { values(of: $0, type) }
    let fields = fields(of: records, type)
    // A record without any value would be a row of empty cells, which stands for nothing.
    let rows = records.filter { $0.values.contains { $0.contains { !$0.isBlank } } }
    return SheetTable(
      type: name, columns: fields.flatMap { Array(repeating: $0.column, count: $0.count) },
      rows: rows.map { row in fields.flatMap { $0.cells(of: row) } })
  }

  /// The bytes of a sheet of all records of a type, as CSV.
  public func sheet(
    ofType name: String, _ templates: TemplateCollection, separator: Sheet.Separator
  ) throws(Problems) -> [UInt8] {
    let table = try table(ofType: name, templates)
    var writer = SheetWriter(separator)
    writer.writeRow(table.columns.map { Array($0.header.utf8)[...] })
    for row in table.rows {
      writer.writeRow(row.map { $0.map { FormulaGuard.guarded($0.bytes) } ?? [] })
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

  /// The schema's fields in its order, then other ones, sorted by name.
  private func fields(of rows: [[Text: [Text]]], _ type: RecordType) -> [TableField] {
    var counts: [Text: Int] = [:]
    for row in rows {
      for (name, values) in row { counts[name] = max(counts[name] ?? 0, values.count) }
    }
    let known = type.fields.filter { $0.isAllowed || counts[$0.name] != nil }.map { rule in
      TableField(
        name: rule.name,
        column: SheetTable.Column(header: type.header(of: rule), content: rule.content),
        count: counts[rule.name] ?? 1)
    }
    let unknown = counts.keys.filter { type.rule(for: $0) == nil }
    return known
      + unknown.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }.map {
        TableField(
          name: $0,
          column: SheetTable.Column(
            header: type.exactHeader(of: $0, label: nil), content: .text),
          count: counts[$0] ?? 1)
      }
  }
}

extension FieldRule {
  fileprivate var content: SheetTable.Content {
    if let valueType {
      return switch valueType {
      case .so, .soNguyen: .figure
      case .tyLe: .percentage
      case .ngay, .ngayVanBan, .ngayGio: .day
      case .tien, .ky, .soKyHieu, .nguoi, .thoiHan: .text
      }
    }
    return switch type {
    case .boolean: .truth
    case .integer, .range, .real: .figure
    // What has a form of its own may be a figure: a difference, a number of pages.
    case .regexp: .mixed
    default: .text
    }
  }
}

/// The columns of one field, which stand side by side under the same header.
private struct TableField {
  let name: Text
  let column: SheetTable.Column
  let count: Int

  func cells(of row: [Text: [Text]]) -> [Text?] {
    let values = row[name] ?? []
    return values + Array(repeating: nil, count: count - values.count)
  }
}
