import Diagnostics
import Records
import Vietnamese

/// Records of one type that have the same fields in the same order: what follows from that, worked
/// out once for all data files.
final class KnownForm {
  fileprivate let names: FormNames
  let rules: FormRules
  /// Values of Vietnamese types.
  private let typed: [(offset: Int, type: ValueType)]
  /// Where running text stands.
  let texts: [Int]
  /// Values that name a record of a type, by the type's index.
  let references: [(offset: Int, type: Int)]
  /// Where the key of its type stands.
  let key: [Int]
  /// For each field of ``FormDemands/columns`` where it stands.
  let columns: [[Int]]
  /// Where the field stands that names a record for checks; see ``RecordType/keyField``.
  let nameOffset: Int?
  let canSilence: Bool

  fileprivate init(_ record: Record, _ demands: FormDemands) {
    let type = demands.type
    names = FormNames(record)
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
    columns = demands.columns.map { column in
      record.fields.enumerated().filter { offset, field in
        (named[offset]?.name ?? field.name) == column
      }.map(\.offset)
    }
    canSilence = record.fields.contains { $0.name.string == Silencing.field }
  }

  /// Whether every value of a Vietnamese type is right in a record whose rules are kept.
  func isSurelyTyped(_ record: Record) -> Bool {
    for value in typed where !value.type.holds(record.value(at: value.offset)) { return false }
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

  mutating func form(of record: Record) -> KnownForm {
    let shape = record.shape
    if shape < byShape.count, let known = byShape[shape] { return known }
    // In a file of ever new forms none is looked for.
    let isFull = forms.count > KnownForms.mostKnown
    let known = isFull ? nil : forms.first { $0.names.areThose(of: record) }
    let form = known ?? KnownForm(record, demands)
    if known == nil, !isFull { forms.append(form) }
    while byShape.count <= shape { byShape.append(nil) }
    byShape[shape] = form
    return form
  }
}

extension ValueType {
  /// Whether a value is of this type; nothing is said for an empty one.
  func holds(_ text: Text) -> Bool {
    text.isEmpty || text.withBytes(holdsPlainly) || (try? check(text)) != nil
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
