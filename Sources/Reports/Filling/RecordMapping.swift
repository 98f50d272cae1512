import Texts
import Records
import Templating

/// What a field's text becomes for a template.
enum ColumnType: Sendable {
  case text
  case integer
  case real
  case boolean
  /// A Vietnamese figure, `1.400` or `13,5`: a number where it is one, text where it is hedged.
  case figure
  /// A text with the attributes of its type.
  case typed(ValueType)
}

/// Turns records into maps. What the field names of a record say is worked out once for all
/// records of the same shape.
struct RecordValues {
  private let columnType: (Key) -> ColumnType
  /// The name of a field that the data gives by its label.
  private let canonicalName: (Text) -> Text
  /// Fields that the schema allows: those a record leaves out are missing, not undefined.
  private let optional: [Key]
  /// Those of the file at hand, and for each number of a shape the place of its plan there; -1 where
  /// there is none yet.
  private var plans: [Plan] = []
  private var planOfShape: [Int] = []
  /// Those of all files so far.
  private(set) var known: [Plan] = []
  /// The shape of each of these, and what lines to expect of it.
  private(set) var shapes: [Shape] = []
  private(set) var expected: [ExpectedRecord] = []
  /// The place in ``known`` of the one that the last record had.
  var latest = 0

  final class Plan {
    let names: [Text]
    let shape: Shape
    /// For each field in order.
    let columns: [Column]
    let hasRepeats: Bool
    /// How many keys come from the record; the rest are missing.
    let count: Int
    let missingCount: Int
    private let firstNameLength: Int
    @exclusivity(unchecked) private var fields: [ExpectedField]?

    init(_ names: [Text], _ columns: [Column], shape: Shape, count: Int) {
      (self.names, self.columns, self.shape, self.count) = (names, columns, shape, count)
      hasRepeats = count < columns.count
      missingCount = shape.keys.count - count
      firstNameLength = names.first?.count ?? 0
    }

    /// Worked out for the second file of a form: a program that reads one does without.
    func expected() -> ExpectedRecord {
      let fields = self.fields ?? expectedFields()
      self.fields = fields
      return ExpectedRecord(
        fields: ArrayView(fields), hasRepeats: hasRepeats, missingCount: missingCount,
        firstNameLength: firstNameLength)
    }

    private func expectedFields() -> [ExpectedField] {
      let fields = zip(names, columns).compactMap { name, column in
        ExpectedName(name).map { ExpectedField(name: $0, type: column.type) }
      }
      return fields.count == names.count ? fields : []
    }
  }

  /// Where the value of a field goes, and what it is.
  struct Column: BitwiseCopyable {
    let slot: Int
    let type: ColumnType
  }

  /// A field that the next line of a record may be.
  struct ExpectedField: BitwiseCopyable, Sendable {
    let name: ExpectedName
    let type: ColumnType
  }

  /// A record that may come next; good while its plan lives.
  struct ExpectedRecord: BitwiseCopyable {
    /// In order; none if there is a name that is not looked for ahead.
    let fields: ArrayView<ExpectedField>
    let hasRepeats: Bool
    let missingCount: Int
    let firstNameLength: Int
  }

  /// Files of ever new forms shall not be remembered for ever.
  private static let mostKnown = 16

  init(
    optional: [Key] = [], canonicalName: @escaping (Text) -> Text = { $0 },
    columnType: @escaping (Key) -> ColumnType
  ) {
    self.optional = optional
    self.canonicalName = canonicalName
    self.columnType = columnType
  }

  /// Looks ahead for records of all forms so far.
  mutating func expect() {
    for plan in known[expected.count...] { expected.append(plan.expected()) }
  }

  /// The records that follow are of another file.
  mutating func beginFile() {
    plans.removeAll(keepingCapacity: true)
    planOfShape.removeAll(keepingCapacity: true)
  }

  /// The record as a map; a field repeated in it is a list.
  mutating func map(_ record: Record) -> ValueMap {
    let place = record.place
    var values = ValueStore.Builder(place.source, room: record.fields.count + optional.count)
    let shape = append(record, to: &values)
    return ValueMap(shape: shape, in: values.finish(), from: 0, place: place.range)
  }

  /// Appends a value for each key of the record's shape, and returns that.
  mutating func append(_ record: Record, to values: inout ValueStore.Builder) -> Shape {
    let plan = plan(for: record)
    if plan.hasRepeats {
      for value in repeated(record, plan) { values.append(value) }
    } else {
      for (offset, column) in plan.columns.enumerated() {
        RecordValues.append(record, at: offset, column.type, to: &values)
      }
    }
    for _ in 0..<plan.missingCount { values.append(StoredValue.missing) }
    return plan.shape
  }

  private static func append(
    _ record: Record, at offset: Int, _ type: ColumnType, to values: inout ValueStore.Builder
  ) {
    switch (record.plainRange(at: offset), type) {
    case (let range?, .text): values.append(.text(range))
    case (let range?, .integer):
      if let int = values.source.withBytes(range, plainInt) {
        return values.append(StoredValue.int(int))
      }
      fallthrough
    default: values.append(value(record.value(at: offset), type))
    }
  }

  private mutating func plan(for record: Record) -> Plan {
    if record.shape < planOfShape.count, planOfShape[record.shape] >= 0 {
      return plans[planOfShape[record.shape]]
    }
    let plan = known.first { record.hasNames($0.names) } ?? makePlan(for: record)
    while planOfShape.count <= record.shape { planOfShape.append(-1) }
    planOfShape[record.shape] = plans.count
    plans.append(plan)
    return plan
  }

  private mutating func makePlan(for record: Record) -> Plan {
    var keys = DistinctKeys(room: record.fields.count + optional.count)
    let names = record.fields.map(\.name)
    var columns: [Column] = []
    columns.reserveCapacity(names.count)
    for name in names {
      let key = Key(canonicalName(name))
      columns.append(Column(slot: keys.slot(of: key), type: columnType(key)))
    }
    let count = keys.keys.count
    for key in optional { _ = keys.slot(of: key) }
    let plan = Plan(names, columns, shape: keys.shape, count: count)
    if known.count == RecordValues.mostKnown { (known, shapes, expected) = ([], [], []) }
    known.append(plan)
    shapes.append(plan.shape)
    return plan
  }

  private func repeated(_ record: Record, _ plan: Plan) -> [Value] {
    RecordValues.gathered(
      plan.columns.enumerated().map { offset, column in
        RecordValues.value(record.value(at: offset), column.type)
      }, plan)
  }

  /// The values of the fields as one for each key: a list where a field is repeated.
  static func gathered(_ values: [Value], _ plan: Plan) -> [Value] {
    var lists = [[Value]](repeating: [], count: plan.count)
    for (value, column) in zip(values, plan.columns) { lists[column.slot].append(value) }
    return lists.map { $0.count == 1 ? $0[0] : .list($0) }
  }

  static func value(_ text: Text, _ type: ColumnType) -> Value {
    switch type {
    case .text: .text(text)
    case .integer: (text.withBytes(plainInt) ?? Int(text.string)).map { .int($0) } ?? .text(text)
    case .real: number(Decimal(text.bytes)) ?? .text(text)
    case .boolean: .bool(text.withBytes(isYes))
    case .figure: figure(text) ?? .typed(text, .hedgedFigure)
    case .typed(let type): .typed(text, type.textType)
    }
  }

  /// Whether it is `yes`, `true` or `1`, by its letters as one number.
  static func isYes(_ bytes: Span<UInt8>) -> Bool {
    guard bytes.count <= 4 else { return false }
    var letters: UInt32 = 0
    for index in bytes.indices { letters = letters << 8 | UInt32(bytes[index]) }
    return [0x79_65_73, 0x74_72_75_65, 0x31].contains(letters)
  }

  /// Decimal digits, the only form that every reader of rec agrees on; nil for more than 18.
  static func plainInt(_ bytes: Span<UInt8>) -> Int? {
    guard !bytes.isEmpty, bytes.count < 19 else { return nil }
    let isNegative = bytes[0] == UInt8(ascii: "-")
    guard bytes.count > (isNegative ? 1 : 0) else { return nil }
    var int = 0
    for index in (isNegative ? 1 : 0)..<bytes.count {
      let digit = bytes[index] &- UInt8(ascii: "0")
      guard digit <= 9 else { return nil }
      int = int &* 10 &+ Int(digit)
    }
    return isNegative ? -int : int
  }

  private static func figure(_ text: Text) -> Value? {
    guard let canonical = try? canonicalFigure(text) else { return nil }
    return number(Decimal(canonical))
  }

  static func number(_ decimal: Decimal?) -> Value? {
    guard let decimal else { return nil }
    return decimal.isWhole ? Int(decimal.canonical).map { .int($0) } : .decimal(decimal)
  }
}
