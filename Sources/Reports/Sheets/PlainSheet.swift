import Diagnostics
import Records
import Sheets
import Texts
import Vietnamese

/// The quick way of a sheet into records of its own: where every value is right by itself, nothing else
/// has to be looked at.
///
/// Anything that is not is left to ``SheetText``, which says what is wrong; what this takes is what that
/// would take, to the byte.
struct PlainSheet {
  private let type: Text
  private let columns: [Column]
  /// The index of the header's last row.
  private let header: Int

  fileprivate struct Column {
    let index: Int
    let name: ArraySlice<UInt8>
    let rule: FieldRule
    let isMandatory: Bool
    let valueType: ValueType?
    let fieldType: FieldType?
  }

  /// nil where values of several records, or of several fields, have to agree.
  init?(_ header: SheetHeader, _ schema: SheetSchema) {
    guard schema.hasFieldRulesOnly else { return nil }
    var columns: [Column] = []
    for (index, field) in header.fields.enumerated() {
      guard let field else { continue }
      guard let rule = field.rule, rule.isAllowed || !schema.type.isClosed, !rule.isKey,
        !rule.isSingular, rule.prohibitedAt == nil,
        !columns.contains(where: { $0.name == field.name.bytes })
      else { return nil }
      columns.append(
        Column(
          index: index, name: rule.name.bytes, rule: rule, isMandatory: rule.isMandatory,
          valueType: rule.valueType, fieldType: rule.type))
    }
    let names = Set(columns.map { Text(computed: Array($0.name)) })
    guard schema.type.fields.allSatisfy({ !$0.isMandatory || names.contains($0.name) }) else {
      return nil
    }
    (type, self.columns, self.header) = (schema.type.name, columns, header.index)
  }

  /// The rec text of all rows, and their number; nil where one needs a closer look.
  func text(of sheet: Sheet) -> (bytes: [UInt8], count: Int)? {
    var writer = Writer()
    writer.writeField("%rec", type)
    writer.endBlock()
    var count = 0
    for row in sheet.rows.dropFirst(header + 1) {
      var isEmpty = true
      for column in columns {
        let isRight = row.withBytes(at: column.index) { value in
          if value.isBlank { return !column.isMandatory }
          // An apostrophe may keep it from being a formula.
          if sheet.page == nil, value[0] == UInt8(ascii: "'") { return false }
          isEmpty = false
          writer.writeField(name: column.name, value: value)
          return column.accepts(value)
        }
        // A row without any value is none.
        guard isRight || isEmpty && isBlank(row) else { return nil }
      }
      if isEmpty { continue }
      writer.endBlock()
      count += 1
    }
    let source = Source(name: "", bytes: writer.bytes)
    guard count > 0, source.text.withBytes({ $0.invisibles.isEmpty }),
      LostLetters(in: source).problem(besides: []) == nil
    else { return nil }
    return (writer.bytes, count)
  }

  private func isBlank(_ row: Sheet.Row) -> Bool {
    columns.allSatisfy { column in row.withBytes(at: column.index) { $0.isBlank } }
  }
}

extension PlainSheet.Column {
  /// Tells whether a value that is not blank is right; false too where that is not known at once.
  fileprivate func accepts(_ value: Span<UInt8>) -> Bool {
    if let fieldType, !fieldType.accepts(value) { return false }
    if let valueType {
      if valueType.holdsInCommonForm(value) { return true }
      // Of figures in another form the unit has to be known.
      if valueType == .so || valueType == .soNguyen { return false }
      return valueType.problem(of: copy(of: value), by: rule, unit: rule.unit) == nil
    }
    return !mayBeginNothing(value)
      || rule.problem(ofNothing: copy(of: value), isFigure: false) == nil
  }

  private func copy(of value: Span<UInt8>) -> Text {
    Text(computed: value.withUnsafeBufferPointer { Array($0) })
  }
}
