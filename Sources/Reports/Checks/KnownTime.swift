import Diagnostics
import Texts
import Records
import Vietnamese

/// The time that a report is of and what follows from it, worked out once for all data files with
/// the same days.
final class KnownTime: Sendable {
  /// Of the matter, those of ``ReportTime/fields``.
  let values: [Text]
  let time: ReportTime
  /// Bodies that are not there in the whole period; nil where all are.
  let absent: AbsentBodies?
  /// What frequent slips and the names of those bodies begin with.
  let starts: PhraseFilter
  /// Whether something is wrong with the days of the matter.
  let hasProblems: Bool

  init(
    _ values: [Text], of database: Database, _ schema: Schema, among rules: [ReportingRules],
    _ registers: CheckRegisters
  ) {
    self.values = values
    let time = ReportTime(database.matter(of: schema), among: rules)
    var problems: [Diagnostic] = []
    _ = ReportingDays(schema.matter(in: database), among: rules, into: &problems)
    hasProblems = !problems.isEmpty
    let days = time.period?.firstDay.flatMap { first in time.lastDay.map { (first, $0) } }
    let bodies = registers.bodies
    let absent = days.flatMap { first, last in
      bodies.allExist(from: first, until: last) ? nil : bodies.absent(from: first, until: last)
    }
    var starts = PhraseFilter()
    registers.spelling.slips.insertStarts(into: &starts) { _ in true }
    absent?.insertStarts(into: &starts)
    (self.time, self.absent, self.starts) = (time, absent, starts)
  }

  /// Whether it is that of other values.
  func isOf(_ others: [SourceBytes]) -> Bool {
    values.count == others.count
      && zip(values, others).allSatisfy { SourceBytes($0).isSame(as: $1) }
  }
}
