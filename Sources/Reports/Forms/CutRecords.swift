import Diagnostics
import Records

extension [Diagnostic] {
  /// With the one explanation in the place of what follows from it, where a blank line cuts a
  /// record in two: each half has what the other lacks.
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

  /// The same where there are more records than one matter has: that is told already.
  func explainingSurplus(in database: Database) -> [Diagnostic] {
    let surplus = compactMap(\.surplusType)
    guard !surplus.isEmpty else { return self }
    let places = Set(
      surplus.flatMap { database.records(ofType: $0) }.map(\.place.place.range.start))
    return filter { $0.missingField.map { !places.contains($0.place) } ?? true }
  }
}

extension Diagnostic {
  /// The record that lacks a field, and the field.
  fileprivate var missingField: (place: Int32, field: String)? {
    guard case .records(.missingField(let field)) = kind, let place else { return nil }
    return (place.place.range.start, field.name)
  }

  /// The type of which there are too many records.
  fileprivate var surplusType: String? {
    if case .report(.tooManyRecords(let type, _)) = kind { type } else { nil }
  }
}

extension Record {
  /// Whether it has all fields that another record lacks, and none that the other has.
  fileprivate func completes(_ other: Record, _ lacks: Set<String>) -> Bool {
    let names = Set(fields.map(\.name.string))
    let others = Set(other.fields.map(\.name.string))
    return lacks.isSubset(of: names) && names.isDisjoint(with: others)
  }
}
