import Diagnostics
import Texts

/// What the names of a record say already, worked out once for all records of a shape.
struct ShapePlan {
  private(set) var complaints: [Complaint] = []
  private(set) var checks: [Check] = []
  /// One for each of the checks.
  private(set) var tests = QuickTests()

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
    /// Whether no other value matters: it is no key's, and no singular field's.
    let isAlone: Bool
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
        isAlone: demands.isDisjoint(with: [.key, .singular])))
    tests.append(for: valueType)
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

extension RecordType {
  /// The allowed field that a name was most likely meant for, by its name or its label.
  fileprivate func nearestField(to name: String) -> FieldRule? {
    let allowed = fields.filter(\.isAllowed)
    let lower = name.lowercased()
    let names = allowed.map(\.name.string)
    if let near = nearest(to: lower, among: names) {
      return allowed.first { $0.name.isSpelled(near) }
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
