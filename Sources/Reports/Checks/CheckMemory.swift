import Texts
import Records
import Vietnamese

/// What checking data files against one schema learns on one thread and the next files there use:
/// the forms of their records, and the time that reports of one period are of.
///
/// Only whoever has taken it out of ``KnownSchema`` uses it, so one thread at a time.
final class CheckMemory: @unchecked Sendable {
  let merged: MergedSchema
  private var forms: [KnownForms]
  /// For each kind of documents those of its heads; nil where a kind demands no right head.
  private var heads: [KnownForms?]
  let declarations: [QuickDeclaration]
  private let typeNames: [Text]
  /// A file of ever new forms shall not be remembered.
  private static let mostRuns = 1024
  /// The types of the record sets of the file before, and its runs.
  private var types: [Int] = []
  private var runs: [KnownFile.Run] = []
  private var times: [KnownTime] = []
  private var absences: [CalendarDate: AbsentBodies] = [:]
  var distinct = DistinctValues()
  var words = TextWords()

  init(_ merged: MergedSchema) {
    self.merged = merged
    let types = merged.schema.types
    typeNames = types.map(\.name)
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
  func begin(_ database: Database) -> KnownFile {
    for index in forms.indices { forms[index].beginFile() }
    for index in heads.indices { heads[index]?.beginFile() }
    var file = KnownFile(database)
    for set in 0..<file.values.setCount {
      if types.count <= set { types.append(-1) }
      let type = typeIndex(file.values.type(ofSet: set), before: types[set])
      types[set] = type
      guard type >= 0 else {
        file.noteUnknownSet()
        continue
      }
      let isEmpty = file.values.records(ofSet: set).isEmpty
      if isEmpty, merged.schema.types[type].size != nil { file.noteUnknownSet() }
      file.add(set, type: type, &forms[type], before: runs)
      if type == merged.matterType { file.noteMatter(set) }
    }
    runs = file.runs.count <= CheckMemory.mostRuns ? file.runs : []
    return file
  }

  /// - Parameter before: mostly it is that of the set at the same place in the file before.
  private func typeIndex(_ name: SourceBytes?, before: Int) -> Int {
    guard let name else { return -1 }
    if before >= 0, SourceBytes(typeNames[before]).isSame(as: name) { return before }
    return typeNames.firstIndex { SourceBytes($0).isSame(as: name) } ?? -1
  }

  func form(of record: Record, _ values: RecordBytes, inHeadsOf kind: Int) -> KnownForm? {
    heads[kind]?.form(ofShape: record.shape, values, record)
  }

  // MARK: - Time

  /// The time that a file's report is of.
  func time(
    of file: KnownFile, among rules: [ReportingRules], _ registers: CheckRegisters
  ) -> KnownTime {
    let values = timeValues(file)
    if let values, let known = times.first(where: { $0.isOf(values) }) { return known }
    let time = KnownTime(
      values?.map(\.text) ?? [], of: file.database, merged.schema, among: rules, registers)
    if values != nil {
      if times.count > 15 { times.removeAll() }
      times.append(time)
    }
    return time
  }

  /// The bodies that are not there on a day.
  func absent(on day: CalendarDate, _ registers: CheckRegisters) -> AbsentBodies {
    if let known = absences[day] { return known }
    if absences.count > 63 { absences.removeAll() }
    let absent = registers.bodies.absent(from: day, until: day)
    absences[day] = absent
    return absent
  }

  /// The values of ``ReportTime/fields``; nil where one is given twice.
  private func timeValues(_ file: KnownFile) -> [SourceBytes]? {
    guard let run = file.runs.first(where: { $0.set == file.matterSet }) else { return [] }
    let matter = RecordBytes(file.values, firstField: run.firstField)
    var values: [SourceBytes] = []
    for column in ReportTime.fields.indices {
      guard run.form.count(of: column) < 2 else { return nil }
      values.append(run.form.offset(of: column).map { matter[$0] } ?? SourceBytes())
    }
    return values
  }
}
