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

  /// The fields of the file that hold running text, see ``FileTexts``.
  var textFields: [Int32] {
    var fields: [Int32] = []
    fields.reserveCapacity(sets.reduce(0) { $0 + $1.forms.reduce(0) { $0 + $1.texts.count } })
    for set in sets where set.type >= 0 {
      for (index, record) in set.set.records.enumerated() {
        for offset in set.forms[index].texts where !record.value(at: offset).isEmpty {
          fields.append(Int32(truncatingIfNeeded: record.firstField + offset))
        }
      }
    }
    return fields
  }

  /// Whether a field may stand in the file that silences a check.
  var maySilence: Bool {
    sets.contains { set in
      set.type < 0 || set.forms.contains(where: \.canSilence)
    }
  }

  // MARK: - Time

  /// The time that the file's report is of.
  func time(
    of database: Database, among rules: [ReportingRules], _ registers: CheckRegisters
  ) -> KnownTime {
    let values = timeValues()
    if let values, let known = times.first(where: { $0.values == values }) { return known }
    let time = KnownTime(values ?? [], of: database, merged.schema, among: rules, registers)
    if values != nil {
      if times.count > 15 { times.removeAll() }
      times.append(time)
    }
    return time
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
