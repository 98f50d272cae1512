import Diagnostics
import Texts
import Records
import Vietnamese

/// The fields of a record and their order, which many records of a type share: what follows from
/// that, worked out once for all data files.
final class RecordShape: Sendable {
  private let names: FormNames
  let fieldCount: Int
  let rules: ShapeRules
  /// Values of Vietnamese types.
  private let typed: [TypedField]
  /// Values of other types, such as words to choose from.
  private let choices: [(offset: Int, rule: FieldRule)]
  /// The offsets of running text.
  let texts: [Int]
  /// The fields that a document is made to print; see ``PrintableFields``.
  let printable: [PrintableField]
  /// Values that name a record.
  let references: [Reference]
  /// The offsets of the `%key`.
  let keys: [Int]
  /// The offset of the field that names a record for checks; see ``RecordType/keyField``.
  let nameOffset: Int?
  let canSilence: Bool
  /// Tells whether every record of the shape is right.
  let demandsNothing: Bool
  /// The columns that checks ask for: the offsets of the fields of all of them
  /// one after the other, and where those of each column end.
  private let columnOffsets: [Int]
  private let columnEnds: [Int]

  private struct TypedField {
    let offset: Int
    let type: ValueType
    let rule: FieldRule
  }

  /// A field that names a record of a type.
  struct Reference {
    let offset: Int
    /// The index of the type in the schema; nil for a type that it has not.
    let type: Int?
    let typeName: Text
  }

  fileprivate init(_ record: Record, _ demands: ShapeDemands) {
    let type = demands.type
    let fields = Array(record.fields)
    // By their places, as each has many parts to copy.
    let rules = fields.map { type.index(of: $0.name) }
    // The names in the schema, also where a label stands for one.
    let columns = zip(fields, rules).map { field, rule in
      rule.map { type.fields[$0].name } ?? field.name
    }
    names = FormNames(record)
    fieldCount = fields.count
    self.rules = ShapeRules(record, type, among: demands.ruledTypes)
    let valueTypes = rules.map { rule in rule.flatMap { type.fields[$0].valueType } }
    typed = rules.enumerated().compactMap { offset, rule in
      guard let rule, let value = valueTypes[offset] else { return nil }
      return TypedField(offset: offset, type: value, rule: type.fields[rule])
    }
    choices = rules.enumerated().compactMap { offset, rule in
      guard let rule, type.fields[rule].type != nil, valueTypes[offset] == nil else { return nil }
      return (offset, type.fields[rule])
    }
    texts = fields.indices.filter { demands.isText(fields[$0].name) }
    printable = rules.enumerated().compactMap { offset, rule in
      guard let rule, demands.isPrintable(type.fields[rule]) else { return nil }
      return PrintableField(offset, type.fields[rule])
    }
    references = rules.enumerated().compactMap { offset, rule in
      guard let rule, case .record(let target)? = type.fields[rule].type else { return nil }
      let index = demands.types.firstIndex { $0.name == target }
      return Reference(offset: offset, type: index, typeName: target)
    }
    let key = type.fields.first(where: \.isKey)?.name
    keys = rules.indices.filter { offset in
      key != nil && rules[offset].map { type.fields[$0].name } == key
    }
    nameOffset = type.keyField.flatMap { columns.firstIndex(of: $0) }
    canSilence = fields.contains { $0.name.isSpelled(Silencing.field) }
    demandsNothing = self.rules.isEmpty && typed.isEmpty
    let offsets = demands.columns.map { column in columns.indices.filter { columns[$0] == column } }
    columnOffsets = offsets.flatMap { $0 }
    columnEnds = offsets.reduce(into: []) { $0.append(($0.last ?? 0) + $1.count) }
  }

  /// Tells whether a record of the type is of this shape.
  func isShape(of record: RecordBytes, count: Int) -> Bool {
    names.areThose(of: record, count: count)
  }

  /// The offsets of all fields of a column.
  @inline(__always)
  func offsets(of column: Int) -> ArraySlice<Int> {
    columnOffsets[(column > 0 ? columnEnds[column - 1] : 0)..<columnEnds[column]]
  }

  /// Tells of the values that are not of their Vietnamese type.
  ///
  /// - Parameter keepsRules: whether the record keeps the rules of its type otherwise.
  func typedProblems(of record: TypedRecord, keepsRules: Bool) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    for field in typed {
      if keepsRules, field.type.holdsInCommonForm(record.bytes(at: field.offset).span) { continue }
      let problem = field.type.problem(
        of: record.text(at: field.offset), by: field.rule,
        unit: field.rule.unit ?? record.record.unit)
      if let problem { problems.append(problem) }
    }
    if keepsRules { return problems }
    return problems
      + choices.compactMap { offset, rule in
        rule.problem(ofNothing: record.text(at: offset), isFigure: false)
      }
  }
}

/// The demands of a schema on the records of one type.
struct ShapeDemands: Sendable {
  let type: RecordType
  let types: [RecordType]
  /// The types among which those of keys are looked for.
  let ruledTypes: [RecordType]
  /// The fields that checks ask for.
  let columns: [Text]
  /// Tells whether a field holds running text.
  let isText: @Sendable (Text) -> Bool
  /// Tells whether a document is made to print a field.
  var isPrintable: @Sendable (FieldRule) -> Bool = { _ in false }
}

/// The shapes that records of one type have had in the data files so far.
struct ShapeTable: Sendable {
  private let demands: ShapeDemands
  private var shapes: [RecordShape] = []
  /// The shapes by the number that they have in the file at hand, and those whose number is large:
  /// a file of many types has many numbers, of which each type has few.
  private var byNumber: [RecordShape?] = []
  private var byLargeNumber: [Int: RecordShape] = [:]

  /// Files of ever new shapes shall not be remembered for ever.
  private static let most = 64

  init(_ demands: ShapeDemands) { self.demands = demands }

  var type: RecordType { demands.type }

  /// The records that follow are of another file.
  mutating func beginFile() {
    byNumber.removeAll(keepingCapacity: true)
    if !byLargeNumber.isEmpty { byLargeNumber.removeAll() }
    if shapes.count > ShapeTable.most { shapes.removeAll() }
  }

  /// - Parameters:
  ///   - number: see ``Record/shape``.
  ///   - record: a record of the shape, whose values are given.
  mutating func shape(
    numbered number: Int, _ values: RecordBytes, _ record: @autoclosure () -> Record
  ) -> RecordShape {
    if number < byNumber.count, let known = byNumber[number] { return known }
    guard number <= ShapeTable.most else { return shape(largeNumber: number, values, record()) }
    let shape = shape(values, record())
    while byNumber.count <= number { byNumber.append(nil) }
    byNumber[number] = shape
    return shape
  }

  private mutating func shape(
    largeNumber number: Int, _ values: RecordBytes, _ record: Record
  ) -> RecordShape {
    if let known = byLargeNumber[number] { return known }
    let shape = shape(values, record)
    byLargeNumber[number] = shape
    return shape
  }

  private mutating func shape(_ values: RecordBytes, _ record: Record) -> RecordShape {
    // In a file of ever new shapes none is looked for.
    guard shapes.count <= ShapeTable.most else { return RecordShape(record, demands) }
    let count = record.fields.count
    if let known = shapes.first(where: { $0.isShape(of: values, count: count) }) { return known }
    let shape = RecordShape(record, demands)
    shapes.append(shape)
    return shape
  }
}

extension FieldRule {
  /// The Vietnamese type that the schema names.
  var valueType: ValueType? { typeName.flatMap { ValueType(rawValue: $0.string) } }
}

extension ValueType {
  /// Tells whether a value is of this type, told by its bytes; false where it must be read.
  func holdsInCommonForm(_ bytes: Span<UInt8>) -> Bool {
    switch self {
    case .ngay, .ngayVanBan: CalendarDate(commonForm: bytes) != nil
    case .ngayGio: DateWithTime(commonForm: bytes) != nil
    case .so: PlainFigure(bytes) != nil
    case .soNguyen: PlainFigure(bytes)?.decimals == 0
    case .tyLe: PlainFigure(bytes)?.isPercent ?? false
    case .ky: Period(commonForm: bytes) != nil
    case .soKyHieu: DocumentNumber.hasCommonForm(bytes)
    case .tien, .nguoi, .thoiHan: false
    }
  }
}
