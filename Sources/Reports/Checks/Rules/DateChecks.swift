import Diagnostics
import Texts
import Records
import Vietnamese

/// Days inside the reporting period, and days that come in order.
struct DateChecks {
  private let declaration: CheckDeclaration
  private let time: ReportTime
  private var type: String { declaration.type.string }

  init(_ declaration: CheckDeclaration, _ time: ReportTime) {
    (self.declaration, self.time) = (declaration, time)
  }

  func problems(_ records: inout CheckedRecords) -> [Diagnostic] {
    let field = declaration.operands[0].field
    var problems: [Diagnostic] = []
    for record in records.records(of: type) {
      for value in records.values(field, in: record, of: type) {
        guard let day = try? calendarDate(value) else { continue }
        let problem: Diagnostic? =
          declaration.relation == .inPeriod
          ? outsidePeriod(day, value) : after(day, value, record, &records)
        if let problem { problems.append(problem) }
      }
    }
    return problems
  }

  /// The matter's own days make the window, so they are held against the rules alone.
  private func outsidePeriod(_ day: CalendarDate, _ value: Text) -> Diagnostic? {
    let window = type == Schema.matterType ? time.widest : time.window
    guard let window, !window.contains(day) else { return nil }
    let problem = CheckProblem.outsidePeriod(
      value.string, from: window.lowerBound.written, until: window.upperBound.written)
    return Diagnostic(
      .check(problem), at: value, notes: [Diagnostic.Note(.ruledHere, at: declaration.place)])
  }

  private func after(
    _ day: CalendarDate, _ value: Text, _ record: Record, _ records: inout CheckedRecords
  ) -> Diagnostic? {
    guard
      let latest = records.latestDay(declaration.operands[1], record, of: type), latest.day < day
    else { return nil }
    return Diagnostic(
      .check(.after(value.string, other: latest.text.string)), at: value,
      notes: [
        Diagnostic.Note(.comparedWith, at: latest.text),
        Diagnostic.Note(.ruledHere, at: declaration.place),
      ])
  }
}

extension CheckedRecords {
  /// The latest of the days that an operand names; nil where there is none.
  mutating func latestDay(
    _ operand: CheckDeclaration.Operand, _ record: Record, of type: String
  ) -> (day: CalendarDate, text: Text)? {
    var latest: (day: CalendarDate, text: Text)?
    for text in values(operand, record, of: type) {
      guard let day = try? calendarDate(text) else { continue }
      if latest.map({ $0.day < day }) ?? true { latest = (day, text) }
    }
    return latest
  }

  private mutating func values(
    _ operand: CheckDeclaration.Operand, _ record: Record, of type: String
  ) -> [Text] {
    switch operand.from {
    case .record: return values(operand.field, in: record, of: type)
    case .all(let other):
      var all: [Text] = []
      for record in records(of: other.string) {
        all += values(operand.field, in: record, of: other.string)
      }
      return all
    case .linked(let link):
      var all: [Text] = []
      for name in values(link, in: record, of: type) {
        guard let target = self.record(type, key: name.string) else { continue }
        all += values(operand.field, in: target, of: type)
      }
      return all
    }
  }
}
