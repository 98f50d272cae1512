import Diagnostics
import Texts
import Records
import Vietnamese

/// The time that a report is of: its period and the days of its data.
struct ReportTime: Sendable {
  let period: Period?
  /// The days of the data by the office's own days or the rules it names.
  ///
  /// Where it names none, the first and the last day by any rules of the register and by the
  /// calendar: what lies outside of these is wrong by all of them.
  let window: ClosedRange<CalendarDate>?
  /// The days of the data by any rules, whatever the office says.
  let widest: ClosedRange<CalendarDate>?
  /// The last day of the data by the office's own days or the rules it names; nil where it names
  /// none.
  let cutoff: CalendarDate?
  /// The first day of the data by any rules; what is of this period is not earlier.
  var begin: CalendarDate? { window?.lowerBound }
  /// Tells whether nothing is wrong with the reporting days.
  let daysAreRight: Bool
  /// The values of ``fields``: for each all of the matter.
  private let values: [[Text]]

  /// - Parameter matter: the record of the matter.
  init(
    _ matter: TypedRecord?, _ database: Database, _ schema: Schema,
    among rules: [ReportingRules]
  ) {
    let values = ReportTime.values(of: matter)
    // The first value that is given.
    func value(_ column: Int) -> Text? { values[column].first { !$0.isEmpty } }
    period = value(0).flatMap { try? Period($0) }
    widest = period.flatMap { ReportTime.range(of: $0, rules, withCalendar: true) }
    let name = value(1)?.string
    let named = rules.filter { $0.name == name }
    let byRules = period.flatMap { ReportTime.range(of: $0, named, withCalendar: false) }
    let ruled = byRules ?? widest
    let days = zip(ReportingDay.allCases, ReportingDay.allCases.indices.map { value($0 + 2) })
    func day(_ wanted: ReportingDay) -> CalendarDate? {
      days.first { $0.0 == wanted }?.1.flatMap { CalendarDate(dayOf: $0) }
    }
    let begin = day(.begin) ?? ruled?.lowerBound
    let end = day(.end) ?? ruled?.upperBound
    cutoff = day(.end) ?? byRules?.upperBound
    if let begin, let end, begin <= end { window = begin...end } else { window = nil }
    var problems: [Diagnostic] = []
    _ = ReportingDays(schema.matter(in: database), among: rules, into: &problems)
    daysAreRight = problems.isEmpty
    // Copies, for the file does not live as long.
    self.values = values.map { $0.map { Text(computed: Array($0.bytes)) } }
  }

  private static func values(of matter: TypedRecord?) -> [[Text]] {
    fields.indices.map { matter?.texts(of: $0) ?? [] }
  }

  /// Tells whether it is that of a matter.
  func isOf(_ matter: TypedRecord?) -> Bool {
    for (column, values) in values.enumerated() {
      let offsets = matter?.offsets(of: column) ?? []
      guard offsets.count == values.count else { return false }
      for (offset, value) in zip(offsets, values) {
        guard let matter, SourceBytes(value).isSame(as: matter.bytes(at: offset)) else {
          return false
        }
      }
    }
    return true
  }

  var lastDay: CalendarDate? { period?.lastDay }

  /// The fields of the matter that say it, or its reporting days.
  static let fields = ["ky", "che_do_bao_cao"] + ReportingDay.allCases.map(\.ownField)

  private static func range(
    of period: Period, _ rules: [ReportingRules], withCalendar: Bool
  ) -> ClosedRange<CalendarDate>? {
    var begins = rules.compactMap { try? $0.day(.begin, of: period) }
    var ends = rules.compactMap { try? $0.day(.end, of: period) }
    if withCalendar {
      begins += [period.firstDay].compactMap { $0 }
      ends += [period.lastDay].compactMap { $0 }
    }
    guard let begin = begins.min(), let end = ends.max(), begin <= end else { return nil }
    return begin...end
  }
}

extension CalendarDate {
  /// The day as it is written in messages: 05/3/2020.
  var written: String {
    var written = ByteBuffer()
    append(as: .ngay, to: &written)
    return written.string
  }
}
