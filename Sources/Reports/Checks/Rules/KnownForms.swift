import Texts
import Records
import Vietnamese

/// Records of one type that have the same fields in the same order: what follows from that, worked
/// out once for all data files.
final class KnownForm: Sendable {
  private let names: FormNames
  let fieldCount: Int
  let rules: FormRules
  /// Values of Vietnamese types.
  private let typed: [(offset: Int, type: ValueType)]
  /// Where running text stands.
  let texts: [Int]
  /// Values that name a record of a type, by the type's index.
  let references: [(offset: Int, type: Int)]
  /// Where the key of its type stands.
  let key: [Int]
  /// For each field of ``FormDemands/columns`` where it stands: the offsets of all fields one after
  /// the other, and where those of each field end.
  private let offsets: [Int]
  private let ends: [Int]
  /// Where the field stands that names a record for checks; see ``RecordType/keyField``.
  let nameOffset: Int?
  let canSilence: Bool

  fileprivate init(_ record: Record, _ demands: FormDemands) {
    let type = demands.type
    names = FormNames(record)
    fieldCount = record.fields.count
    rules = FormRules(record, type, among: demands.types)
    let named = record.fields.map { type.rule(for: $0.name) }
    typed = record.fields.enumerated().compactMap { offset, field in
      type.valueType(of: field.name).map { (offset, $0) }
    }
    texts = record.fields.indices.map { $0 - record.fields.startIndex }
      .filter { demands.isText(record.fields[record.fields.startIndex + $0].name) }
    references = named.enumerated().compactMap { offset, rule in
      guard case .record(let target)? = rule?.type else { return nil }
      return (offset, demands.types.firstIndex { $0.name == target } ?? -1)
    }
    let keyName = type.fields.first(where: \.isKey)?.name
    key = named.indices.filter { keyName != nil && named[$0]?.name == keyName }
    let nameField = type.keyField
    nameOffset = named.indices.first { offset in
      let name = record.fields[record.fields.startIndex + offset].name
      return nameField != nil && (named[offset]?.name ?? name) == nameField
    }
    let columns = demands.columns.map { column in
      record.fields.enumerated().filter { offset, field in
        (named[offset]?.name ?? field.name) == column
      }.map(\.offset)
    }
    offsets = columns.flatMap { $0 }
    ends = columns.reduce(into: []) { $0.append(($0.last ?? 0) + $1.count) }
    canSilence = record.fields.contains { $0.name.string == Silencing.field }
  }

  /// Whether a record of its type has its fields.
  func isForm(of record: RecordBytes, count: Int) -> Bool {
    names.areThose(of: record, count: count)
  }

  /// Whether every value of a Vietnamese type is right in a record whose rules are kept.
  func isSurelyTyped(_ record: RecordBytes) -> Bool {
    for value in typed where !value.type.holds(record[value.offset]) { return false }
    return true
  }

  // MARK: - Columns

  @inline(__always)
  private func places(of column: Int) -> Range<Int> {
    (column > 0 ? ends[column - 1] : 0)..<ends[column]
  }

  /// How many times a field is there.
  @inline(__always)
  func count(of column: Int) -> Int { places(of: column).count }

  @inline(__always)
  func isLacking(_ column: Int) -> Bool { places(of: column).isEmpty }

  /// The offset of a field where it is there; of the first of several.
  @inline(__always)
  func offset(of column: Int) -> Int? { places(of: column).first.map { offsets[$0] } }

  /// Whether a condition holds at all offsets of a field.
  @inline(__always)
  func all(_ column: Int, _ isRight: (Int) -> Bool) -> Bool {
    for place in places(of: column) where !isRight(offsets[place]) { return false }
    return true
  }
}

/// What a schema demands of the records of one type.
struct FormDemands {
  let type: RecordType
  let types: [RecordType]
  /// The fields that checks ask for.
  let columns: [Text]
  /// Whether a field holds running text.
  let isText: (Text) -> Bool
}

/// The forms that records of one type have had in the data files so far.
struct KnownForms {
  let demands: FormDemands
  private var forms: [KnownForm] = []
  /// By the number of the records' shape in the file at hand.
  private var byShape: [KnownForm?] = []

  /// Files of ever new forms shall not be remembered for ever.
  private static let mostKnown = 64

  init(_ demands: FormDemands) { self.demands = demands }

  /// The records that follow are of another file.
  mutating func beginFile() {
    byShape.removeAll(keepingCapacity: true)
    if forms.count > KnownForms.mostKnown { forms.removeAll() }
  }

  /// - Parameter record: the record of a number, whose values are given.
  mutating func form(
    ofShape shape: Int, _ values: RecordBytes, _ record: @autoclosure () -> Record
  ) -> KnownForm {
    if shape < byShape.count, let known = byShape[shape] { return known }
    let form = form(values, record())
    while byShape.count <= shape { byShape.append(nil) }
    byShape[shape] = form
    return form
  }

  private mutating func form(_ values: RecordBytes, _ record: Record) -> KnownForm {
    // In a file of ever new forms none is looked for.
    guard forms.count <= KnownForms.mostKnown else { return KnownForm(record, demands) }
    let count = record.fields.count
    for form in forms where form.isForm(of: values, count: count) { return form }
    let form = KnownForm(record, demands)
    forms.append(form)
    return form
  }
}

extension ValueType {
  /// Whether a value is of this type; nothing is said for an empty one.
  func holds(_ value: SourceBytes) -> Bool {
    value.isEmpty || holdsPlainly(value.span) || (try? check(value.text)) != nil
  }

  private func holdsPlainly(_ bytes: Span<UInt8>) -> Bool {
    switch self {
    case .ngay: CalendarDate(plain: bytes) != nil
    case .ngayGio: DateWithTime(plain: bytes) != nil
    case .so: PlainFigure(bytes) != nil
    case .soNguyen: PlainFigure(bytes)?.decimals == 0
    case .tyLe: PlainFigure(bytes)?.isPercent ?? false
    case .ky: Period(plain: bytes) != nil
    case .soKyHieu: DocumentNumber.isPlain(bytes)
    case .tien, .nguoi: false
    }
  }
}
