import Diagnostics
import Records
import Sheets
import Texts
import Vietnamese

/// The way of a sheet into records of its own, row by row: one whose values are right by themselves is
/// written at once, and any other looked at closely, as ``SheetText`` does.
///
/// What it takes is what ``SheetText`` takes of all rows, to the byte, and so is what it says.
struct PlainSheet {
  /// The rec text of all rows.
  let bytes: [UInt8]
  /// The number of records.
  let count: Int
  /// What is wrong with rows that were looked at closely.
  let problems: [Diagnostic]

  /// nil where rows have to be looked at together: values of several records, or of several fields, have
  /// to agree, or something is to be said of the text as a whole.
  init?(_ sheet: Sheet, _ header: SheetHeader, _ schema: SheetSchema) throws(Problems) {
    let isPage = sheet.page != nil
    guard let columns = PlainColumn.all(of: header, schema, isPage: isPage) else { return nil }
    var pass = PlainPass(columns, header, schema.type, isPage: isPage)
    let rows = sheet.rows.dropFirst(header.index + 1)
    pass.reserve(rows)
    for row in rows where !pass.append(row) { return nil }
    let source = Source(name: "", bytes: pass.writer.bytes)
    guard pass.count > 0, source.text.withBytes({ $0.invisibles.isEmpty }),
      LostLetters(in: source).problem(besides: []) == nil
    else { return nil }
    (bytes, count) = (pass.writer.bytes, pass.count)
    let others = SheetText(pass.others, header, of: schema.type, into: nil, cleared: [])
    problems = pass.others.isEmpty ? [] : try others.problems(schema, among: nil)
  }
}

/// A column and what its values have to be. One object, as each cell is looked at with it.
private final class PlainColumn {
  let index: Int
  let name: ArraySlice<UInt8>
  let rule: FieldRule
  let isMandatory: Bool
  let isUnit: Bool
  /// Whether no two records have the same value.
  let isDistinct: Bool
  let valueType: ValueType?
  let fieldType: FieldType?
  /// Whether the unit of its figures is `%`, which a workbook shows behind them; nil where the record
  /// says so.
  let isOfPercents: Bool?

  private init(_ index: Int, _ rule: FieldRule, isPage: Bool) {
    (self.index, self.rule, name) = (index, rule, rule.name.bytes)
    (isMandatory, isDistinct) = (rule.isMandatory || rule.isKey, rule.isKey || rule.isSingular)
    (valueType, fieldType) = (rule.valueType, rule.type)
    isUnit = rule.name.isSpelled(Schema.unitField)
    isOfPercents = isPage ? rule.unit?.isSpelled("%") : false
  }

  /// nil where a column alone does not tell what is right.
  static func all(
    of header: SheetHeader, _ schema: SheetSchema, isPage: Bool
  ) -> [PlainColumn]? {
    guard schema.hasFieldRulesOnly else { return nil }
    var columns: [PlainColumn] = []
    for (index, field) in header.fields.enumerated() {
      guard let field else { continue }
      guard let rule = field.rule, rule.isAllowed || !schema.type.isClosed,
        rule.prohibitedAt == nil, !columns.contains(where: { $0.name == field.name.bytes })
      else { return nil }
      columns.append(PlainColumn(index, rule, isPage: isPage))
    }
    let names = Set(columns.map(\.rule.name))
    let isComplete = schema.type.fields.allSatisfy { rule in
      !rule.isMandatory && !rule.isKey || names.contains(rule.name)
    }
    return isComplete ? columns : nil
  }

  var isFigure: Bool { valueType == .so || valueType == .soNguyen }

  /// Tells whether a value that is not blank is right; false too where that is not known at once.
  func accepts(_ value: Span<UInt8>) -> Bool {
    if let fieldType, !fieldType.accepts(value) { return false }
    guard let valueType else {
      return !mayBeginNothing(value)
        || rule.problem(ofNothing: copy(of: value), isFigure: false) == nil
    }
    if valueType.holdsInCommonForm(value) { return true }
    // Of figures in another form the unit has to be known.
    return !isFigure && valueType.problem(of: copy(of: value), by: rule, unit: rule.unit) == nil
  }

  private func copy(of value: Span<UInt8>) -> Text {
    Text(computed: value.withUnsafeBufferPointer { Array($0) })
  }
}

/// The writing of one row after the other.
private struct PlainPass {
  private let columns: [PlainColumn]
  private let unit: PlainColumn?
  private let hasDistinct: Bool
  private let header: SheetHeader
  private let isPage: Bool
  private(set) var writer = Writer()
  private(set) var count = 0
  /// The rows that are looked at closely.
  private(set) var others: [SheetRow] = []
  /// The values, by their hash, of columns in which none stands twice.
  private var seen: Set<Int> = []

  init(_ columns: [PlainColumn], _ header: SheetHeader, _ type: RecordType, isPage: Bool) {
    (self.columns, self.header, self.isPage) = (columns, header, isPage)
    unit = columns.first(where: \.isUnit)
    hasDistinct = columns.contains(where: \.isDistinct)
    writer.writeField("%rec", type.name)
    writer.endBlock()
  }

  /// Makes room for the text, which otherwise would be copied as it grows.
  mutating func reserve(_ rows: ArraySlice<Sheet.Row>) {
    guard let source = rows.first?.cells.first?.value.source else { return }
    let names = columns.reduce(1) { $0 + $1.name.count + 3 }
    writer.reserveCapacity(source.bytes.count + rows.count * names)
  }

  /// Appends a row; false where it has to be looked at together with others.
  mutating func append(_ row: Sheet.Row) -> Bool {
    let isOfPercents = isPage && hasPercents(row)
    if isPlain(row, isOfPercents) {
      guard isDistinct(row) else { return false }
      write(row, isOfPercents)
      return true
    }
    let closely = SheetRow(row, header, isPage: isPage)
    // A row without any value is none.
    if closely.place == nil { return true }
    if hasDistinct { return false }
    others.append(closely)
    for cell in closely.cells {
      if let value = cell.value { writer.writeField(name: cell.name.bytes, value: value.bytes) }
    }
    writer.endBlock()
    count += 1
    return true
  }

  private func hasPercents(_ row: Sheet.Row) -> Bool {
    guard let unit else { return false }
    return row.withBytes(at: unit.index) { $0.count == 1 && $0[0] == UInt8(ascii: "%") }
  }

  /// Tells whether every value is right by itself.
  private func isPlain(_ row: Sheet.Row, _ isOfPercents: Bool) -> Bool {
    var hasValue = false
    for column in columns {
      let isRight = row.withBytes(at: column.index) { value in
        if value.isBlank { return !column.isMandatory }
        // An apostrophe may keep it from being a formula.
        if !isPage, value[0] == UInt8(ascii: "'") { return false }
        hasValue = true
        return column.accepts(value.extracting(0..<column.length(of: value, isOfPercents)))
      }
      if !isRight { return false }
    }
    return hasValue
  }

  /// Tells whether no row before has the value of a column in which none stands twice.
  private mutating func isDistinct(_ row: Sheet.Row) -> Bool {
    for column in columns where column.isDistinct {
      let isNew = row.withBytes(at: column.index) { value in
        value.isBlank || seen.insert(column.hash(of: value)).inserted
      }
      if !isNew { return false }
    }
    return true
  }

  private mutating func write(_ row: Sheet.Row, _ isOfPercents: Bool) {
    for column in columns {
      row.withBytes(at: column.index) { value in
        if value.isBlank { return }
        let end = column.length(of: value, isOfPercents)
        writer.writeField(name: column.name, value: value.extracting(0..<end))
      }
    }
    writer.endBlock()
    count += 1
  }
}

extension PlainColumn {
  /// The length of a value without the `%` that a workbook shows behind a figure whose unit is `%`.
  ///
  /// - Parameter isOfPercents: whether the record's unit is `%`.
  fileprivate func length(of value: Span<UInt8>, _ isOfPercents: Bool) -> Int {
    let isPercent = isFigure && value[value.count - 1] == UInt8(ascii: "%")
    return isPercent && self.isOfPercents ?? isOfPercents ? value.count - 1 : value.count
  }

  /// The hash of a value, whatever blanks are in it.
  fileprivate func hash(of value: Span<UInt8>) -> Int {
    var hasher = Hasher()
    hasher.combine(index)
    for index in value.indices where value[index] > 0x20 { hasher.combine(value[index]) }
    return hasher.finalize()
  }
}
