import Diagnostics
import Records
import Synchronization
import Vietnamese

/// What checking data files against one schema learns on one thread and the next files there use:
/// the forms of their records, and the time that reports of one period are of.
///
/// Only whoever has taken it out of ``KnownSchema`` uses it, so one thread at a time.
final class CheckMemory: @unchecked Sendable {
  let merged: MergedSchema
  private(set) var forms: [KnownForms]
  /// For each kind of documents those of its heads; nil where a kind demands no right head.
  private(set) var heads: [KnownForms?]
  let declarations: [QuickDeclaration]
  /// The record sets of the file at hand.
  private(set) var sets: [KnownSet] = []
  private(set) var matter: Record?
  private var times: [KnownTime] = []
  private var absences: [CalendarDate: AbsentBodies] = [:]
  var distinct = DistinctValues()
  var words = TextWords()

  /// A record set and the forms of its records.
  struct KnownSet {
    let set: RecordSet
    /// Of the schema; -1 where it has none of that name.
    let type: Int
    let forms: [KnownForm]
  }

  init(_ merged: MergedSchema) {
    self.merged = merged
    let types = merged.schema.types
    var columns = DeclaredColumns(merged.schema)
    declarations = merged.declared.declarations.map { QuickDeclaration($0, merged, &columns) }
    forms = types.indices.map { index in
      KnownForms(
        FormDemands(
          type: types[index], types: types, columns: columns.fields[index],
          isText: merged.declared.texts.isText(ofType: types[index].name.string) ?? { _ in false }))
    }
    heads = merged.kinds.map { kind in
      kind.headType.map { type in
        KnownForms(
          FormDemands(
            type: type, types: types, columns: LayoutFields.names.map { Text($0) },
            isText: { _ in false }))
      }
    }
  }

  /// Looks at the names in a file.
  ///
  /// - Returns: whether each record set is of a type of the schema.
  func begin(_ database: Database) -> Bool {
    for index in forms.indices { forms[index].beginFile() }
    for index in heads.indices { heads[index]?.beginFile() }
    let known = sets
    sets.removeAll(keepingCapacity: true)
    var areKnown = true
    for (index, set) in database.recordSets.enumerated() {
      let before = index < known.count ? known[index] : nil
      let type = typeIndex(of: set, before)
      areKnown = areKnown && type >= 0
      var known: [KnownForm] = []
      if type >= 0 {
        known.reserveCapacity(set.records.count)
        for record in set.records { known.append(forms[type].form(of: record)) }
      }
      sets.append(KnownSet(set: set, type: type, forms: known))
    }
    matter = sets.first { $0.type >= 0 && $0.type == merged.matterType }?.set.records.first
    return areKnown
  }

  /// Mostly it is that of the set at the same place in the file before.
  private func typeIndex(of set: RecordSet, _ before: KnownSet?) -> Int {
    guard let name = set.type else { return -1 }
    if let before, before.set.type == name { return before.type }
    return merged.schema.types.firstIndex { $0.name == name } ?? -1
  }

  func form(of record: Record, inHeadsOf kind: Int) -> KnownForm? {
    heads[kind]?.form(of: record)
  }

  /// Calls `visit` with the records of a type, until one is not right.
  @inline(__always)
  func allRecords(of type: Int, _ isRight: (Record, KnownForm) -> Bool) -> Bool {
    for set in sets where set.type == type {
      var index = 0
      for record in set.set.records {
        guard isRight(record, set.forms[index]) else { return false }
        index += 1
      }
    }
    return true
  }

  /// The running texts of the file, in its order.
  var texts: [Text] {
    var texts: [Text] = []
    texts.reserveCapacity(sets.reduce(0) { $0 + $1.forms.reduce(0) { $0 + $1.texts.count } })
    for set in sets where set.type >= 0 {
      for (index, record) in set.set.records.enumerated() {
        for offset in set.forms[index].texts {
          let text = record.value(at: offset)
          if !text.isEmpty { texts.append(text) }
        }
      }
    }
    return texts
  }

  /// Whether a field may stand in the file that silences a check.
  var maySilence: Bool {
    sets.contains { set in
      set.type < 0 || set.forms.contains(where: \.canSilence)
    }
  }

  // MARK: - Time

  /// A time, by the values of the matter that say it.
  private struct KnownTime {
    let values: [Text]
    let time: ReportTime
    let absent: AbsentBodies?
    let hasProblems: Bool
  }

  /// The time that the file's report is of, the bodies that are not there in it, nil where all
  /// are, and whether something is wrong with its days.
  func time(
    of database: Database, among rules: [ReportingRules], _ bodies: BodyRegister
  ) -> (ReportTime, AbsentBodies?, hasProblems: Bool) {
    let values = timeValues()
    if let values, let known = times.first(where: { $0.values == values }) {
      return (known.time, known.absent, known.hasProblems)
    }
    let time = ReportTime(database.matter(of: merged.schema), among: rules)
    var problems: [Diagnostic] = []
    _ = ReportingDays(merged.schema.matter(in: database), among: rules, into: &problems)
    let days = time.period?.firstDay.flatMap { first in time.lastDay.map { (first, $0) } }
    let absent = days.flatMap { first, last in
      bodies.allExist(from: first, until: last) ? nil : bodies.absent(from: first, until: last)
    }
    if let values {
      if times.count > 15 { times.removeAll() }
      times.append(
        KnownTime(values: values, time: time, absent: absent, hasProblems: !problems.isEmpty))
    }
    return (time, absent, !problems.isEmpty)
  }

  /// The bodies that are not there on a day.
  func absent(on day: CalendarDate, _ bodies: BodyRegister) -> AbsentBodies {
    if let known = absences[day] { return known }
    if absences.count > 63 { absences.removeAll() }
    let absent = bodies.absent(from: day, until: day)
    absences[day] = absent
    return absent
  }

  /// The values of ``ReportTime/fields``; nil where one is given twice.
  private func timeValues() -> [Text]? {
    guard let type = merged.matterType, let matter else { return [] }
    let form = forms[type].form(of: matter)
    var values: [Text] = []
    for column in ReportTime.fields.indices {
      guard form.columns[column].count < 2 else { return nil }
      values.append(form.columns[column].first.map { matter.value(at: $0) } ?? CheckMemory.none)
    }
    return values
  }

  private static let none = Text("")
}
