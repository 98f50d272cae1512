import Diagnostics
import Records
import Texts
import Vietnamese

/// Checks the numbers of the documents of a file: of one issuer, sign and year no number comes twice, and
/// a later number has no earlier day.
struct NumberingChecks {
  private let declaration: ResolvedDeclaration

  /// One document in a series.
  private struct Entry {
    let number: Int
    let text: Text
    let sign: Text
    /// The day, where it is not left open.
    let day: (day: CalendarDate, text: Text)?

    var written: String { "\(text.string) (\(sign.string))" }
  }

  private struct Series: Hashable {
    let issuer: [UInt8]
    let sign: Text
    let year: Int
  }

  init(_ declaration: ResolvedDeclaration) { self.declaration = declaration }

  func problems(_ data: borrowing CheckedData) -> [Diagnostic] {
    var series: [Series: [Entry]] = [:]
    var order: [Series] = []
    let columns = declaration.operands.map(\.column)
    for record in data.records.records(ofType: declaration.type) where declaration.isAbout(record) {
      guard let text = record.text(of: columns[0]), let number = text.wholeNumber, number > 0,
        let sign = record.text(of: columns[1]), !sign.isBlank,
        let issuer = record.text(of: columns[2]), !issuer.isBlank,
        let date = record.text(of: columns[3]), let days = OpenDate.days(of: date),
        days.lowerBound.year == days.upperBound.year
      else { continue }
      let key = Series(
        issuer: folded(issuer.bytes), sign: Text(sign.string), year: days.lowerBound.year)
      if series[key] == nil { order.append(key) }
      let day = days.lowerBound == days.upperBound ? (days.lowerBound, date) : nil
      series[key, default: []].append(
        Entry(number: number, text: text, sign: sign, day: day))
    }
    return order.flatMap { problems(series[$0] ?? [], year: $0.year) }
  }

  private func problems(_ entries: [Entry], year: Int) -> [Diagnostic] {
    var problems: [Diagnostic] = []
    let sorted = entries.enumerated().sorted {
      ($0.element.number, $0.offset) < ($1.element.number, $1.offset)
    }.map(\.element)
    for (earlier, later) in zip(sorted, sorted.dropFirst()) {
      if earlier.number == later.number {
        problems.append(
          declaration.broken(
            .numbering(.sameNumber(later.written, year: year)), at: later.text,
            comparedWith: [earlier.text]))
      } else if let first = earlier.day, let second = later.day, second.day < first.day {
        let problem = NumberingProblem.laterNumberEarlier(
          later.text.string, day: second.text.string, other: earlier.text.string,
          otherDay: first.text.string)
        problems.append(
          declaration.broken(
            .numbering(problem), at: second.text, comparedWith: [first.text]))
      }
    }
    return problems
  }
}

extension OpenDate {
  /// The days that a written day may come to be: one where nothing of it is left open.
  fileprivate static func days(of text: Text) -> ClosedRange<CalendarDate>? {
    CalendarDate(dayOf: text).map { $0...$0 } ?? OpenDate(text)?.days
  }
}
