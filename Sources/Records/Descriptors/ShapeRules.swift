import Diagnostics
import Texts

/// The demands of a type on records of one shape, that is on those that have the same names in the
/// same order; worked out once for all of them.
public struct ShapeRules: Sendable {
  /// The complaints of the names, whatever the values.
  private(set) var complaints: [Complaint] = []
  /// The values to look at.
  private(set) var checks: [ValueCheck] = []
  /// The offsets of the fields of each name, for each constraint of the type.
  let constraintFields: [[[Int]]]

  /// Tells whether every record of the shape is right.
  public var isEmpty: Bool { complaints.isEmpty && checks.isEmpty && constraintFields.isEmpty }

  /// Something wrong with the names of a record.
  struct Complaint: Sendable {
    let problem: RecordsProblem
    /// The field of the record; nil for the record as a whole.
    let offset: Int?
    /// The place where the schema demands it.
    let demand: Text?
  }

  /// The demands on the value at an offset.
  struct ValueCheck: Sendable {
    let offset: Int
    /// The index of the rule among the fields of the type.
    let rule: Int
    let type: FieldType?
    let isMandatory: Bool
    /// Tells whether no other record of the set may have the same value: keys and singular fields.
    let isDistinct: Bool

    func accepts(_ value: Span<UInt8>) -> Bool {
      if isMandatory, value.isBlank { return false }
      return type?.accepts(value) ?? true
    }
  }

  /// - Parameter record: any record of the shape.
  public init(_ record: Record, _ type: RecordType, among types: [RecordType]) {
    constraintFields = type.constraintFields(of: record)
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
      complain(
        .fieldNotAllowed(type.fields[index].named, suggestion: nil, known: type.knownFields), offset
      )
    }
    if demands.contains(.key), count > 1 {
      complain(.repeatedKey(type.fields[index].named), offset)
    } else if demands.contains(.unique), count > 1 {
      complain(.repeatedField(type.fields[index].named), offset)
    }
    guard !demands.isDisjoint(with: .ofValue) else { return }
    checks.append(
      ValueCheck(
        offset: offset, rule: index,
        type: type.fields[index].type.flatMap { $0.followed(among: types) },
        isMandatory: demands.contains(.mandatory),
        isDistinct: !demands.isDisjoint(with: [.key, .singular])))
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
      NamedField(name, label: nil), suggestion: type.nearestField(to: name)?.named,
      known: type.knownFields)
    complain(problem, offset)
  }
}

extension RecordType {
  /// The fields that its records may have.
  fileprivate var knownFields: KnownNames {
    KnownNames(ofType: name.string, fields.filter(\.isAllowed).map(\.name.string))
  }

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

  /// Finds the fields of a record that each constraint names: the offsets for each of its names.
  fileprivate func constraintFields(of record: Record) -> [[[Int]]] {
    guard !constraints.isEmpty else { return [] }
    var byName: [Text: [Int]] = [:]
    for (offset, field) in record.fields.enumerated() {
      byName[rule(for: field.name)?.name ?? field.name, default: []].append(offset)
    }
    return constraints.map { $0.names.map { byName[$0] ?? [] } }
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
