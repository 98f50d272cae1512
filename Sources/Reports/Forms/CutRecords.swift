import Diagnostics
import Records
import Texts

/// An empty line in the middle of a record, which makes two of it.
struct CutRecord {
  /// From the first half to the second.
  let gap: Range<Int>
  /// What the data's author is told.
  let problem: Diagnostic
}

extension [Diagnostic] {
  /// The records that an empty line cut in two, as the fields that are missing in both halves show.
  ///
  /// Two neighbouring records are taken for halves of one if each has every mandatory field that only
  /// the other lacks, and no field of the other; so is a record too many that has no field of the one
  /// before.
  func cuts(in database: Database) -> [CutRecord] {
    var missing: [Int32: Set<String>] = [:]
    for (place, field) in compactMap(\.missingField) { missing[place, default: []].insert(field) }
    let surplus = filter { $0.surplusType != nil }
    guard !missing.isEmpty || !surplus.isEmpty else { return [] }
    var cuts: [CutRecord] = []
    for set in database.recordSets {
      for (first, second) in zip(set.records, set.records.dropFirst()) {
        let gap = Int(first.text.place.range.end)..<Int(second.place.range.start)
        // A record is cut once: halves of halves are found when these are joined.
        guard cuts.last?.gap.upperBound != Int(first.place.range.start) else { continue }
        let lacks = [first, second].map { missing[$0.place.range.start] ?? [] }
        if first.isHalf(with: second, lacks[0], lacks[1]) {
          let problem = Diagnostic(.report(.cutRecord), at: second.place)
          cuts.append(CutRecord(gap: gap, problem: problem))
        } else if let problem = surplus.first(where: { $0.place?.range == second.place.range }),
          first.sharesNoField(with: second)
        {
          cuts.append(CutRecord(gap: gap, problem: problem))
        }
      }
    }
    return cuts
  }

  /// The problems without missing fields of records that are too many, which are reported too.
  func explainingSurplus(in database: Database) -> [Diagnostic] {
    let surplus = compactMap(\.surplusType)
    guard !surplus.isEmpty else { return self }
    let places = Set(
      surplus.flatMap { database.records(ofType: $0.name).dropFirst($0.most) }
        .map(\.place.place.range.start))
    return filter { $0.missingField.map { !places.contains($0.place) } ?? true }
  }
}

extension Diagnostic {
  /// The offset of a record that lacks a field, and the field; nil for other problems.
  fileprivate var missingField: (place: Int32, field: String)? {
    guard case .records(.missingField(let field)) = kind, let place else { return nil }
    return (place.place.range.start, field.name)
  }

  /// The type that has too many records, and how many it may have; nil for other problems.
  fileprivate var surplusType: (name: String, most: Int)? {
    if case .report(.tooManyRecords(let type, let most)) = kind { (type, most) } else { nil }
  }
}

extension Record {
  /// Tells whether this and the next record each have the fields that only the other one lacks.
  fileprivate func isHalf(
    with other: Record, _ lacks: Set<String>, _ otherLacks: Set<String>
  ) -> Bool {
    let (own, others) = (lacks.subtracting(otherLacks), otherLacks.subtracting(lacks))
    guard !own.isEmpty || !others.isEmpty, sharesNoField(with: other) else { return false }
    // Of a half that names no kind, nobody knows what else it lacks.
    return (own.isSubset(of: other.names) || others.contains(Schema.kindField))
      && (others.isSubset(of: names) || own.contains(Schema.kindField))
  }

  /// Tells whether this and the next record have no field in common, but for one of which each line of a
  /// list makes one.
  fileprivate func sharesNoField(with other: Record) -> Bool {
    let common = names.intersection(other.names)
    return common.isEmpty
      || common.count == 1 && fields.last?.name == other.fields.first?.name
        && common.first == fields.last?.name.string && common.first != Schema.kindField
  }

  private var names: Set<String> { Set(fields.map(\.name.string)) }
}
