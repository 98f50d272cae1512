import Diagnostics
import Texts

extension Database {
  /// Every way in which the records break the rules of their types, in the order of the text.
  ///
  /// A record set whose type is not among `types` is not looked at.
  public func check(against types: [RecordType]) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    for set in recordSets {
      guard let name = set.type, let type = types.first(where: { $0.name == name }) else {
        continue
      }
      var check = RecordCheck(type, among: types)
      check.checkCount(of: set)
      for record in set.records { check.check(record) }
      problems += check.problems
    }
    return problems.count < 2 ? problems : problems.inTextOrder
  }

  /// The types of its record sets: the descriptors of the text itself and of the external files
  /// that they name, merged with those of `schemas` for the same types, which stand over them.
  public func recordTypes(
    with schemas: [Descriptor], reading external: ExternalReader?,
    into problems: inout [Diagnostic]
  ) -> [RecordType] {
    var types: [RecordType] = []
    for set in recordSets {
      let own = set.descriptors(reading: external, into: &problems)
      let merged = own + schemas.filter { $0.type == set.type }
      if own.isEmpty { continue }
      if let type = RecordType(merging: merged, into: &problems) { types.append(type) }
    }
    return types
  }

  /// Checks against its own descriptors and those of `schemas` together, and the descriptors too;
  /// external files are left out.
  public func check(with schemas: [Descriptor]) -> [Diagnostic] {
    check(with: schemas, reading: nil)
  }

  /// The same with the external files that `%rec` names, read by `external`.
  public func check(with schemas: [Descriptor], reading external: ExternalReader?) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    let types = recordTypes(with: schemas, reading: external, into: &problems)
    return (problems + swallowedBullets + check(against: types)).inTextOrder
  }
}

extension [Diagnostic] {
  /// By place; those of another text (a schema) keep their order before the rest.
  fileprivate var inTextOrder: [Diagnostic] {
    enumerated().sorted { left, right in
      let starts = (left.element.startOffset, right.element.startOffset)
      return starts.0 == starts.1 ? left.offset < right.offset : starts.0 < starts.1
    }.map(\.element)
  }
}

extension Diagnostic {
  fileprivate var startOffset: Int32 { place?.place.range.start ?? 0 }
}

extension RecordType {
  /// Every way in which one record breaks the rules.
  public func problems(of record: Record, among types: [RecordType]) -> [Diagnostic] {
    var check = RecordCheck(self, among: types)
    check.check(record)
    return check.problems
  }
}

/// Records against one type.
private struct RecordCheck {
  private let type: RecordType
  private let types: [RecordType]
  private var plans: [Int: ShapePlan] = [:]
  private var constraints: ConstraintCheck
  /// The first place of each value of the key and of singular fields, by the rule's index.
  private var firstPlaces: [Int: [Text: Text]] = [:]
  private(set) var problems: [Diagnostic] = []

  init(_ type: RecordType, among types: [RecordType]) {
    self.type = type
    self.types = types
    constraints = ConstraintCheck(type)
  }

  mutating func check(_ record: Record) {
    let plan = plan(for: record)
    for complaint in plan.complaints { report(complaint, in: record) }
    for (index, item) in plan.checks.enumerated()
    where !item.isAlone || !plan.tests.passes(index, record.value(at: item.offset)) {
      check(record.fields[record.fields.startIndex + item.offset], item)
    }
    problems += constraints.problems(of: record)
  }

  mutating func checkCount(of set: RecordSet) {
    let found = set.records.count
    guard let wanted = type.size, !wanted.allows(found), let place = set.type else { return }
    problems.append(
      Diagnostic(
        .records(.recordCount(type: type.name.string, found: found, wanted: wanted)), at: place))
  }

  private mutating func plan(for record: Record) -> ShapePlan {
    if let plan = plans[record.shape] { return plan }
    let plan = ShapePlan(record, type, among: types)
    plans[record.shape] = plan
    return plan
  }

  private mutating func report(_ complaint: ShapePlan.Complaint, in record: Record) {
    let place = complaint.offset.map { record.fields[record.fields.startIndex + $0].name }
    let notes = complaint.demand.map { [Diagnostic.Note(.ruledHere, at: $0)] } ?? []
    problems.append(
      Diagnostic(.records(complaint.problem), at: place ?? record.place, notes: notes))
  }

  private mutating func check(_ field: Field, _ item: ShapePlan.Check) {
    let rule = type.fields[item.rule]
    let value = field.value
    let isEmpty = value.trimmed.isEmpty
    let place = value.isEmpty ? field.name : value
    if isEmpty, let demand = rule.mandatoryAt {
      problems.append(
        Diagnostic(
          .records(.emptyField(rule.named)), at: field.name,
          notes: [Diagnostic.Note(.ruledHere, at: demand)]))
    } else if let wanted = item.type?.lack(of: value) {
      let notes = rule.typedAt.map { [Diagnostic.Note(.ruledHere, at: $0)] } ?? []
      problems.append(
        Diagnostic(
          .records(.wrongValue(rule.named, wanted: wanted, isEmpty: isEmpty)), at: place,
          notes: wanted.isForm ? notes : []))
    }
    if rule.isKey || rule.isSingular { checkRepetition(of: value, at: place, item.rule) }
  }

  private mutating func checkRepetition(of value: Text, at place: Text, _ index: Int) {
    guard let first = firstPlaces[index, default: [:]][value] else {
      firstPlaces[index, default: [:]][value] = place
      return
    }
    problems.append(
      Diagnostic(
        .records(.repeatedValue(type.fields[index].named, value: value.string)), at: place,
        notes: [Diagnostic.Note(.firstHere, at: first)]))
  }
}

extension RecordCount {
  fileprivate func allows(_ count: Int) -> Bool {
    switch self {
    case .exactly(let wanted): count == wanted
    case .atLeast(let least): count >= least
    case .atMost(let most): count <= most
    }
  }
}
