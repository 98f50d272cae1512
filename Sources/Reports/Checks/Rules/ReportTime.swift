import Texts
import Vietnamese

/// When the report is of: its period and the days of its data.
struct ReportTime {
  let period: Period?
  /// The days of the data by the office's own days or the rules it names.
  ///
  /// Where it names none, the first and the last day by any rules of the register and by the
  /// calendar: what lies outside of these is wrong by all of them.
  let window: ClosedRange<CalendarDate>?
  /// By any rules, whatever the office says.
  let widest: ClosedRange<CalendarDate>?

  init(_ matter: [String: Text], among rules: [ReportingRules]) {
    period = matter["ky"].flatMap { try? Period($0) }
    widest = period.flatMap { ReportTime.range(of: $0, rules, withCalendar: true) }
    let name = matter["che_do_bao_cao"]?.string
    let named = rules.filter { $0.name == name }
    let ruled = period.flatMap { ReportTime.range(of: $0, named, withCalendar: false) } ?? widest
    let begin = matter["so_lieu_tu_ngay"].flatMap { try? calendarDate($0) } ?? ruled?.lowerBound
    let end = matter["so_lieu_den_ngay"].flatMap { try? calendarDate($0) } ?? ruled?.upperBound
    if let begin, let end, begin <= end { window = begin...end } else { window = nil }
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
  /// As it is written in messages: 05/3/2020.
  var written: String {
    var written = ByteBuffer()
    append(as: .ngay, to: &written)
    return written.string
  }
}
