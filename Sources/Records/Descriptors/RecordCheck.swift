import Diagnostics
import Texts

/// The records of one set against their type.
public struct RecordCheck {
  private let type: RecordType
  private var constraints: ConstraintCheck
  private var distinct = DistinctValues()
  public private(set) var problems: [Diagnostic] = []

  public init(_ type: RecordType) {
    self.type = type
    constraints = ConstraintCheck(type)
  }

  public mutating func checkCount(of set: RecordSet) {
    guard let wanted = type.size, let place = set.type else { return }
    let found = set.records.count
    guard !wanted.allows(found) else { return }
    problems.append(
      Diagnostic(
        .records(.recordCount(type: type.name.string, found: found, wanted: wanted)), at: place))
  }

  /// - Parameter rules: of the record's shape.
  /// - Returns: whether it keeps them.
  @discardableResult
  public mutating func check(_ record: Record, _ rules: ShapeRules) -> Bool {
    let before = problems.count
    for complaint in rules.complaints { report(complaint, in: record) }
    for index in rules.checks.indices {
      let isRight = record.withValue(at: rules.checks[index].offset) {
        rules.checks[index].accepts($0)
      }
      if !isRight {
        report(rules.checks[index], in: record)
      }
      if rules.checks[index].isDistinct { checkRepetition(rules.checks[index], in: record) }
    }
    if !type.constraints.isEmpty {
      problems += constraints.problems(of: record, rules.constraintFields)
    }
    return problems.count == before
  }

  private mutating func report(_ complaint: ShapeRules.Complaint, in record: Record) {
    let place = complaint.offset.map { record.field(at: $0).name }
    let notes = complaint.demand.map { [Diagnostic.Note(.ruledHere, at: $0)] } ?? []
    problems.append(
      Diagnostic(.records(complaint.problem), at: place ?? record.place, notes: notes))
  }

  private mutating func report(_ check: ShapeRules.ValueCheck, in record: Record) {
    let (rule, field) = (type.fields[check.rule], record.field(at: check.offset))
    let isEmpty = field.value.withBytes { $0.isBlank }
    if isEmpty, let demand = rule.mandatoryAt {
      problems.append(
        Diagnostic(
          .records(.emptyField(rule.named)), at: field.name,
          notes: [Diagnostic.Note(.ruledHere, at: demand)]))
    } else if let wanted = check.type?.lack(of: field.value) {
      let notes = rule.typedAt.map { [Diagnostic.Note(.ruledHere, at: $0)] } ?? []
      problems.append(
        Diagnostic(
          .records(.wrongValue(rule.named, wanted: wanted, isEmpty: isEmpty)), at: field.shown,
          notes: wanted.isForm ? notes : []))
    }
  }

  private mutating func checkRepetition(_ check: ShapeRules.ValueCheck, in record: Record) {
    let number = record.firstField + check.offset
    guard let first = distinct.add(number, ofRule: check.rule, record.storage) else { return }
    let (field, other) = (record.field(at: check.offset), Field(record.storage, first))
    problems.append(
      Diagnostic(
        .records(.repeatedValue(type.fields[check.rule].named, value: field.value.string)),
        at: field.shown, notes: [Diagnostic.Note(.firstHere, at: other.shown)]))
  }
}

/// The values of keys and singular fields of a record set, each where it stands first.
private struct DistinctValues {
  private var slots = [Slot]()
  private var count = 0

  private struct Slot {
    var hash: UInt64 = 0
    /// The number of the field; -1 in a free slot.
    var field = -1
    var rule = 0
  }

  /// Adds the value of a field.
  ///
  /// - Returns: the number of the field of the same rule that has the same value; nil for the
  /// first.
  mutating func add(_ field: Int, ofRule rule: Int, _ storage: Storage) -> Int? {
    if count * 2 >= slots.count { grow() }
    let value = storage.value(of: storage.fields[field])
    let hash = value.wordHash &+ UInt64(truncatingIfNeeded: rule)
    var index = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[index].field >= 0 {
      let slot = slots[index]
      if slot.hash == hash, slot.rule == rule,
        storage.value(of: storage.fields[slot.field]) == value
      {
        return slot.field
      }
      index = (index + 1) & (slots.count - 1)
    }
    slots[index] = Slot(hash: hash, field: field, rule: rule)
    count += 1
    return nil
  }

  private mutating func grow() {
    let old = slots
    slots = [Slot](repeating: Slot(), count: max(16, old.count * 2))
    for slot in old where slot.field >= 0 {
      var index = Int(truncatingIfNeeded: slot.hash) & (slots.count - 1)
      while slots[index].field >= 0 { index = (index + 1) & (slots.count - 1) }
      slots[index] = slot
    }
  }
}

extension Record {
  func field(at offset: Int) -> Field { fields[fields.startIndex + offset] }

  /// Calls `body` with the bytes of the value at an offset, which counts no references.
  @inline(__always)
  func withValue<Result>(at offset: Int, _ body: (Span<UInt8>) -> Result) -> Result {
    let slot = storage.fields[Int(self.slot.start) + offset]
    return slot.folded < 0
      ? storage.source.withBytes(slot.value, body)
      : storage.folded[Int(slot.folded)].withBytes(body)
  }
}

extension Field {
  fileprivate init(_ storage: Storage, _ number: Int) {
    self.init(storage: storage, slot: storage.fields[number])
  }

  /// The place to which messages about its value point.
  fileprivate var shown: Text { value.isEmpty ? name : value }
}

extension RecordCount {
  public func allows(_ count: Int) -> Bool {
    switch self {
    case .exactly(let wanted): count == wanted
    case .atLeast(let least): count >= least
    case .atMost(let most): count <= most
    }
  }
}
