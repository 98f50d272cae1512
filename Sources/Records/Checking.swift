import Diagnostics

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
    for item in plan.checks where !passesQuickly(record, item) {
      check(record.fields[record.fields.startIndex + item.offset], item)
    }
    problems += constraints.problems(of: record)
  }

  /// Most values are plain numbers, `yes` or a line of text; those need no closer look.
  private func passesQuickly(_ record: Record, _ item: ShapePlan.Check) -> Bool {
    let slot = record.storage.fields[Int(record.slot.start) + item.offset]
    return slot.folded < 0 && item.quickTest.passes(record.storage.source.bytes, slot.value)
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
      problems.append(
        Diagnostic(
          .records(.wrongValue(rule.named, wanted: wanted, isEmpty: isEmpty)), at: place))
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

/// What the names of a record say already, worked out once for all records of a shape.
private struct ShapePlan {
  private(set) var complaints: [Complaint] = []
  private(set) var checks: [Check] = []

  /// Something wrong with the names, whatever the values.
  struct Complaint {
    let problem: RecordsProblem
    /// The field of the record; nil for the record as a whole.
    let offset: Int?
    /// Where the schema demands it.
    let demand: Text?
  }

  /// A value to look at.
  struct Check {
    let offset: Int
    let rule: Int
    let type: FieldType?
    let quickTest: QuickTest
  }

  init(_ record: Record, _ type: RecordType, among types: [RecordType]) {
    var counts = [Int](repeating: 0, count: type.fields.count)
    for (offset, field) in record.fields.enumerated() {
      guard let index = type.index(of: field.name) else {
        complainOfUnknown(field, offset, type)
        continue
      }
      counts[index] += 1
      add(index, offset, count: counts[index], type, types)
    }
    for index in counts.indices where counts[index] == 0 {
      guard !type.demands[index].isDisjoint(with: [.mandatory, .key]) else { continue }
      let rule = type.fields[index]
      complaints.append(
        Complaint(
          problem: .missingField(rule.named), offset: nil, demand: rule.mandatoryAt ?? rule.name))
    }
  }

  private mutating func add(
    _ index: Int, _ offset: Int, count: Int, _ type: RecordType, _ types: [RecordType]
  ) {
    let demands = type.demands[index]
    if demands.contains(.prohibited) {
      let rule = type.fields[index]
      complain(.prohibitedField(rule.named), offset, demand: rule.prohibitedAt)
    } else if type.isClosed, !demands.contains(.allowed) {
      complain(.fieldNotAllowed(type.fields[index].named, suggestion: nil), offset)
    }
    if demands.contains(.key), count > 1 {
      complain(.repeatedKey(type.fields[index].named), offset)
    } else if demands.contains(.unique), count > 1 {
      complain(.repeatedField(type.fields[index].named), offset)
    }
    guard !demands.isDisjoint(with: .ofValue) else { return }
    let valueType = type.fields[index].type.flatMap { $0.followed(among: types) }
    checks.append(
      Check(
        offset: offset, rule: index, type: valueType,
        quickTest: QuickTest(for: valueType, demands)))
  }

  private mutating func complain(
    _ problem: RecordsProblem, _ offset: Int, demand: Text? = nil
  ) {
    complaints.append(Complaint(problem: problem, offset: offset, demand: demand))
  }

  private mutating func complainOfUnknown(_ field: Field, _ offset: Int, _ type: RecordType) {
    guard type.isClosed else { return }
    let name = field.name.string
    let problem = RecordsProblem.fieldNotAllowed(
      NamedField(name, label: nil), suggestion: type.nearestField(to: name)?.named)
    complain(problem, offset)
  }
}

/// A test that a good value passes at once; a value that fails it is looked at closely.
private enum QuickTest {
  case none
  case digits
  case yesOrNo
  case nonBlankLine

  init(for type: FieldType?, _ demands: Demands) {
    guard demands.isDisjoint(with: [.key, .singular]) else {
      self = .none
      return
    }
    switch type {
    case .integer?: self = .digits
    case .boolean?: self = .yesOrNo
    case nil, .line?: self = .nonBlankLine
    default: self = .none
    }
  }

  /// A value on one line, so there is no line feed in it.
  func passes(_ bytes: [UInt8], _ range: SourceRange) -> Bool {
    guard range.count > 0 else { return false }
    switch self {
    case .none: return false
    case .nonBlankLine: return !bytes[Int(range.start)].isBlank
    case .digits:
      for offset in range.bounds where !bytes[offset].isDigit { return false }
      return true
    case .yesOrNo:
      let text = bytes[range.bounds]
      return text.elementsEqual("yes".utf8) || text.elementsEqual("no".utf8)
    }
  }
}

extension RecordType {
  /// The allowed field that a name was most likely meant for, by its name or its label.
  fileprivate func nearestField(to name: String) -> FieldRule? {
    let allowed = fields.filter(\.isAllowed)
    let lower = name.lowercased()
    let names = allowed.map(\.name.string)
    if let near = nearest(to: lower, among: names) {
      return allowed.first { $0.name.hasName(near) }
    }
    let labels = allowed.compactMap { $0.label?.string.lowercased() }
    let near = nearest(to: lower, among: labels)
    return allowed.first { $0.label != nil && $0.label?.string.lowercased() == near }
  }
}

extension FieldType {
  /// A `rec` type stands for the type of the key of those records.
  fileprivate func followed(among types: [RecordType]) -> FieldType? {
    guard case .record(let name) = self else { return self }
    let key = types.first { $0.name == name }?.fields.first(where: \.isKey)
    if case .record? = key?.type { return nil }
    return key?.type
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
