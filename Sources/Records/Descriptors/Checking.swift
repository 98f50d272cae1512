import Diagnostics
import Texts

extension Database {
  /// Finds every way in which the records break the rules of their types, in the order of the text.
  ///
  /// A record set whose type is not among `types` is not looked at.
  public func check(against types: [RecordType]) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    let byName = Dictionary(types.enumerated().map { ($1.name, $0) }) { first, _ in first }
    for set in recordSets {
      guard let index = set.type.flatMap({ byName[$0] }) else { continue }
      let type = types[index]
      var check = RecordCheck(type)
      check.checkCount(of: set)
      var rules: [Int: ShapeRules] = [:]
      for record in set.records {
        if let known = rules[record.shape] {
          check.check(record, known)
        } else {
          let found = ShapeRules(record, type, among: types)
          rules[record.shape] = found
          check.check(record, found)
        }
      }
      problems += check.problems
    }
    return problems.inTextOrder
  }

  /// The types of its record sets: the descriptors of the text itself and of the external files
  /// that they name, merged with those of `schemas` for the same types, which stand over them.
  public func recordTypes(
    with schemas: [Descriptor], reading external: ExternalReader?,
    into problems: inout [Diagnostic]
  ) -> [RecordType] {
    recordTypes(of: Array(recordSets), with: schemas, reading: external, into: &problems)
  }

  private func recordTypes(
    of sets: [RecordSet], with schemas: [Descriptor], reading external: ExternalReader?,
    into problems: inout [Diagnostic]
  ) -> [RecordType] {
    var types: [RecordType] = []
    for set in sets {
      let own = set.descriptors(reading: external, into: &problems)
      if let type = RecordType(own, with: schemas, into: &problems) { types.append(type) }
    }
    return types
  }

  /// Checks against its own descriptors and those of `schemas` together, and the descriptors too;
  /// external files are left out.
  public func check(with schemas: [Descriptor]) -> [Diagnostic] {
    check(with: schemas, reading: nil)
  }

  /// The same, with its own descriptors at hand.
  ///
  /// - Parameters:
  ///   - own: those of each record set, external files left out.
  ///   - found: what is wrong with them.
  public func check(
    with schemas: [Descriptor], own: [[Descriptor]], found: [Diagnostic]
  ) -> [Diagnostic] {
    var problems = found
    let types = own.compactMap { RecordType($0, with: schemas, into: &problems) }
    return (problems + swallowedBullets + check(against: types)).inTextOrder
  }

  /// Checks the records of the types of `schemas` alone, against these and their own descriptors.
  public func check(recordsOf schemas: [Descriptor]) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    let sets = recordSets.filter { set in schemas.contains { $0.type == set.type } }
    let types = recordTypes(of: sets, with: schemas, reading: nil, into: &problems)
    return (problems + check(against: types)).inTextOrder
  }

  /// Checks also against the external files that `%rec` names, read by `external`.
  public func check(with schemas: [Descriptor], reading external: ExternalReader?) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    let types = recordTypes(with: schemas, reading: external, into: &problems)
    return (problems + swallowedBullets + check(against: types)).inTextOrder
  }
}

extension [Diagnostic] {
  /// The problems by place; those of another text (a schema) keep their order before the rest.
  public var inTextOrder: [Diagnostic] {
    count < 2
      ? self
      : enumerated().sorted { left, right in
        let starts = (left.element.startOffset, right.element.startOffset)
        return starts.0 == starts.1 ? left.offset < right.offset : starts.0 < starts.1
      }.map(\.element)
  }
}

extension Diagnostic {
  fileprivate var startOffset: Int32 { place?.place.range.start ?? 0 }
}

extension RecordType {
  /// Merges the descriptors of a record set with those of the same type; nil for a set without one.
  fileprivate init?(
    _ own: [Descriptor], with schemas: [Descriptor], into problems: inout [Diagnostic]
  ) {
    guard let type = own.first?.type else { return nil }
    self.init(merging: own + schemas.filter { $0.type == type }, into: &problems)
  }

  /// Finds every way in which one record breaks the rules.
  public func problems(of record: Record, among types: [RecordType]) -> [Diagnostic] {
    var check = RecordCheck(self)
    check.check(record, ShapeRules(record, self, among: types))
    return check.problems
  }
}
