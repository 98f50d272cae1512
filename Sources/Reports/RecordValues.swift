import Diagnostics
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
}

/// Turns records into maps. What the field names of a record say is worked out once for all
/// records of the same shape.
struct RecordValues {
  private let columnType: (Key) -> ColumnType
  /// The name of a field that the data gives by its label.
  private let canonicalName: (Text) -> Text
  /// Fields that the schema allows: those a record leaves out are missing, not undefined.
  private let optional: [Key]
  /// By the number of the records' shape.
  private var plans: [Plan?] = []

  private struct Plan {
    let shape: Shape
    /// For each field in order: its slot and type.
    let columns: [(slot: Int, type: ColumnType)]
    let hasRepeats: Bool
    /// How many keys come from the record; the rest are missing.
    let count: Int
  }

  init(
    optional: [Key] = [], canonicalName: @escaping (Text) -> Text = { $0 },
    columnType: @escaping (Key) -> ColumnType
  ) {
    self.optional = optional
    self.canonicalName = canonicalName
    self.columnType = columnType
  }

  /// The record as a map; a field repeated in it is a list.
  mutating func map(_ record: Record) -> ValueMap {
    let plan = plan(for: record)
    var values: [Value] = []
    if plan.hasRepeats {
      values = repeated(record, plan)
    } else {
      values.reserveCapacity(plan.shape.keys.count)
      for offset in plan.columns.indices {
        values.append(RecordValues.value(record.value(at: offset), plan.columns[offset].type))
      }
    }
    for _ in plan.count..<plan.shape.keys.count { values.append(.missing) }
    return ValueMap(shape: plan.shape, values: values, place: record.place)
  }

  private mutating func plan(for record: Record) -> Plan {
    if record.shape < plans.count, let plan = plans[record.shape] { return plan }
    var keys = DistinctKeys(room: record.fields.count + optional.count)
    var columns: [(slot: Int, type: ColumnType)] = []
    for field in record.fields {
      let key = Key(canonicalName(field.name))
      columns.append((keys.slot(of: key), columnType(key)))
    }
    let count = keys.keys.count
    for key in optional { _ = keys.slot(of: key) }
    let plan = Plan(
      shape: keys.shape, columns: columns, hasRepeats: count < columns.count, count: count)
    while plans.count <= record.shape { plans.append(nil) }
    plans[record.shape] = plan
    return plan
  }

  private func repeated(_ record: Record, _ plan: Plan) -> [Value] {
    var lists = [[Value]](repeating: [], count: plan.count)
    for (offset, column) in plan.columns.enumerated() {
      lists[column.slot].append(RecordValues.value(record.value(at: offset), column.type))
    }
    return lists.map { $0.count == 1 ? $0[0] : .list($0) }
  }

  private static func value(_ text: Text, _ type: ColumnType) -> Value {
    switch type {
    case .text: .text(text)
    case .integer: int(text).map { .int($0) } ?? .text(text)
    case .real: number(Decimal(text.bytes)) ?? .text(text)
    case .boolean: .bool(["yes", "true", "1"].contains(text.string))
    case .figure: figure(text) ?? .text(text)
    }
  }

  /// Decimal digits, the only form that every reader of rec agrees on.
  private static func int(_ text: Text) -> Int? {
    var bytes = text.bytes
    let isNegative = bytes.first == UInt8(ascii: "-")
    if isNegative { bytes = bytes.dropFirst() }
    guard !bytes.isEmpty, bytes.count < 19 else { return Int(text.string) }
    var int = 0
    for byte in bytes {
      guard byte >= 0x30, byte <= 0x39 else { return Int(text.string) }
      int = int &* 10 &+ Int(byte - 0x30)
    }
    return isNegative ? -int : int
  }

  private static func figure(_ text: Text) -> Value? {
    guard let canonical = try? canonicalFigure(text) else { return nil }
    return number(Decimal(canonical))
  }

  private static func number(_ decimal: Decimal?) -> Value? {
    guard let decimal else { return nil }
    return decimal.isWhole ? Int(decimal.canonical).map { .int($0) } : .decimal(decimal)
  }
}
