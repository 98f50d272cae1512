import Diagnostics
import Texts
import Vietnamese

/// Checks records that follow each other in time, such as the phases of a plan: each begins when the
/// one before has ended, and none before the whole.
struct PhaseChecks {
  private let declaration: ResolvedDeclaration

  init(_ declaration: ResolvedDeclaration) {
    self.declaration = declaration
  }

  func problems(_ data: inout CheckedData) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    let operands = declaration.operands
    let whole =
      operands.count > 2 ? LatestDays(operands[2], for: declaration.type, data) : nil
    /// The end of the phase before, or its beginning where it has none, by the documents it is in.
    var before: [[Int]: LatestDays.Day] = [:]
    for record in data.records.records(ofType: declaration.type) {
      let documents = data.documents.indices(
        for: record, ofType: declaration.type, among: data.records)
      let start = day(record, operands[0].column)
      if let start {
        if let last = before[documents], start.day < last.day {
          problems.append(early(start.text, after: last.text))
        } else if let first = whole?.day(for: record, &data), start.day < first.day {
          problems.append(early(start.text, after: first.text))
        }
      }
      before[documents] = day(record, operands[1].column) ?? start ?? before[documents]
    }
    return problems
  }

  private func day(_ record: TypedRecord, _ column: Int) -> LatestDays.Day? {
    record.offsets(of: column).first.flatMap { offset in
      CalendarDate(in: record, at: offset).map { ($0, record.text(at: offset)) }
    }
  }

  private func early(_ start: Text, after other: Text) -> Diagnostic {
    declaration.broken(
      .phaseTooEarly(start.string, other: other.string), at: start, comparedWith: [other])
  }
}
