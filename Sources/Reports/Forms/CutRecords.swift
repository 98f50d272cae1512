import Diagnostics
import Records

extension [Diagnostic] {
  /// The problems with one explanation, a blank line in the middle of a record, in place of all the
  /// missing fields that follow from it.
  ///
  /// Two neighbouring records are taken for halves of one if each has every mandatory field that
  /// the other lacks, and no field of the other.
  func explainingCuts(in database: Database) -> [Diagnostic] {
    var missing: [Int32: Set<String>] = [:]
    for (place, field) in compactMap(\.missingField) { missing[place, default: []].insert(field) }
    guard !missing.isEmpty else { return self }
    var explained: Set<Int32> = []
    var explanations: [Diagnostic] = []
    for set in database.recordSets {
      for (first, second) in zip(set.records, set.records.dropFirst()) {
        let starts = [first, second].map(\.place.place.range.start)
        let (lacks, alsoLacks) = (missing[starts[0]] ?? [], missing[starts[1]] ?? [])
        guard !(lacks.isEmpty && alsoLacks.isEmpty), first.completes(second, alsoLacks),
          second.completes(first, lacks), !explained.contains(starts[0])
        else { continue }
        explained.formUnion(starts)
        explanations.append(Diagnostic(.report(.cutRecord), at: second.place))
      }
    }
    return filter { $0.missingField.map { !explained.contains($0.place) } ?? true } + explanations
  }

  /// The problems without missing fields of types that have more records than allowed: the surplus,
  /// which is reported too, explains them.
  func explainingSurplus(in database: Database) -> [Diagnostic] {
    let surplus = compactMap(\.surplusType)
    guard !surplus.isEmpty else { return self }
    let places = Set(
      surplus.flatMap { database.records(ofType: $0) }.map(\.place.place.range.start))
    return filter { $0.missingField.map { !places.contains($0.place) } ?? true }
  }
}

extension Diagnostic {
  /// The offset of a record that lacks a field, and the field; nil for other problems.
  fileprivate var missingField: (place: Int32, field: String)? {
    guard case .records(.missingField(let field)) = kind, let place else { return nil }
    return (place.place.range.start, field.name)
  }

  /// The type that has too many records; nil for other problems.
  fileprivate var surplusType: String? {
    if case .report(.tooManyRecords(let type, _)) = kind { type } else { nil }
  }
}

extension Record {
  /// Tells whether the record has all fields that another one lacks, and none that the other has.
  fileprivate func completes(_ other: Record, _ lacks: Set<String>) -> Bool {
    let names = Set(fields.map(\.name.string))
    let others = Set(other.fields.map(\.name.string))
    return lacks.isSubset(of: names) && names.isDisjoint(with: others)
  }
}
