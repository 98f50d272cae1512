import Diagnostics
import Texts
import Records
import Vietnamese

/// The days when the data of a report begin and end and when it is sent, by one rule book: a
/// decree, a province's decision, the plain calendar. Dated data, read from the register.
struct ReportingRules: Sendable {
  /// The code that data files name: `nd-09-2019`.
  let name: String
  let title: String
  private let from: Text?
  private let until: Text?
  private let milestones: [Milestone]

  private static let form = RegisterForm(
    "so-bo/che-do-bao-cao.rec",
    """
    %rec: che_do_bao_cao
    %mandatory: ma
    %allowed: ten tu_ngay den_ngay
    %unique: ma ten tu_ngay den_ngay

    %rec: moc_bao_cao
    %mandatory: che_do ky
    %allowed: ngay_dau thang_dau ngay_chot thang_chot lui_dau lui_chot gui_sau gui_ngay gui_thang
    %unique: che_do ngay_dau thang_dau ngay_chot thang_chot lui_dau lui_chot
    %unique: gui_sau gui_ngay gui_thang
    %type: ky enum tuan thang quy nua_nam chin_thang nam nam_hoc nhieu_nam khac
    %type: ngay_dau,thang_dau,ngay_chot,thang_chot,lui_dau,lui_chot,gui_sau,gui_ngay,gui_thang int
    """)

  static func readAll(
    in folder: TemplateFolder, into problems: inout [Diagnostic]
  ) throws(Diagnostic) -> [ReportingRules] {
    guard let database = try folder.register(form, into: &problems) else { return [] }
    let milestones = database.records(ofType: "moc_bao_cao")
    return database.records(ofType: "che_do_bao_cao").compactMap { record in
      guard let name = record.field("ma")?.value.string else { return nil }
      let own = milestones.filter { $0.field("che_do")?.value.string == name }
      return ReportingRules(
        name: name, title: record.field("ten")?.value.string ?? name,
        from: record.field("tu_ngay")?.value, until: record.field("den_ngay")?.value,
        milestones: own.compactMap(Milestone.init))
    }
  }

  func day(_ wanted: ReportingDay, of period: Period) throws(ValueProblem.NoReportingDay)
    -> CalendarDate
  {
    guard let milestone = milestones.first(where: { $0.kinds.contains(period.registerName) }),
      let end = milestone.end.day(atEndOf: period)
    else { throw .notRuled(rules: title) }
    guard isInForce(on: end) else {
      throw .notInForce(rules: title, from: from?.string, until: until?.string)
    }
    let day =
      switch wanted {
      case .begin: milestone.begin.day(atBeginOf: period)
      case .end: end
      case .send: milestone.sending?.day(after: end, period)
      }
    guard let day else { throw .notRuled(rules: title) }
    return day
  }

  private func isInForce(on day: CalendarDate) -> Bool {
    let start = from.flatMap { CalendarDate(dayOf: $0) }
    let end = until.flatMap { CalendarDate(dayOf: $0) }
    return (start.map { $0 <= day } ?? true) && (end.map { day <= $0 } ?? true)
  }
}

/// The days that reporting rules give a period; each is named after its attribute.
enum ReportingDay: String, CaseIterable {
  /// The data count from this day.
  case begin = "so_lieu_tu_ngay"
  /// The data are cut off at the end of this day.
  case end = "chot_so_lieu"
  /// The report is sent by this day.
  case send = "han_gui"

  /// The field in which an office gives its own day.
  var ownField: String { self == .end ? "so_lieu_den_ngay" : rawValue }
}

/// The rules for some kinds of periods: a record `moc_bao_cao`.
private struct Milestone: Sendable {
  let kinds: [String]
  let begin: DayRule
  let end: DayRule
  let sending: Sending?

  enum Sending {
    case workingDays(Int)
    /// A day of the period's last month.
    case day(DayRule)
  }

  init?(_ record: Record) {
    func number(_ name: String) -> Int? { record.field(name).flatMap { Int($0.value.string) } }
    func rule(_ day: String, _ month: String, _ shift: String) -> DayRule? {
      if let days = number(shift) { return .daysLater(days) }
      guard let day = number(day), let months = number(month) else { return nil }
      return .dayOfMonth(day, monthsLater: months)
    }
    guard let begin = rule("ngay_dau", "thang_dau", "lui_dau"),
      let end = rule("ngay_chot", "thang_chot", "lui_chot")
    else { return nil }
    kinds = record.values("ky").map(\.string)
    (self.begin, self.end) = (begin, end)
    if let days = number("gui_sau") {
      sending = .workingDays(days)
    } else {
      sending = number("gui_ngay").map {
        .day(.dayOfMonth($0, monthsLater: number("gui_thang") ?? 0))
      }
    }
  }
}

/// A day that follows from the beginning or the end of a period.
private enum DayRule {
  /// A day of the month so many months after the first or last month of the period.
  case dayOfMonth(Int, monthsLater: Int)
  /// A day so many days after the first or last day of the period: for weeks, which have no months.
  case daysLater(Int)

  func day(atBeginOf period: Period) -> CalendarDate? {
    day(period.firstDay, ofMonth: period.months?.first, of: period.firstYear)
  }

  func day(atEndOf period: Period) -> CalendarDate? {
    day(period.lastDay, ofMonth: period.months?.last, of: period.year)
  }

  private func day(_ own: CalendarDate?, ofMonth month: Int?, of year: Int) -> CalendarDate? {
    switch self {
    case .daysLater(let days): own?.adding(days: days)
    case .dayOfMonth(let day, let months):
      month.flatMap { CalendarDate.day(day, ofMonth: $0, of: year, monthsLater: months) }
    }
  }
}

extension Milestone.Sending {
  func day(after end: CalendarDate, _ period: Period) -> CalendarDate? {
    switch self {
    case .workingDays(let count): end.adding(workingDays: count)
    case .day(let rule): rule.day(atEndOf: period)
    }
  }
}

extension Period {
  /// The kind as the field `ky` of the register names it.
  fileprivate var registerName: String {
    switch kind {
    case .month: "thang"
    case .quarter: "quy"
    case .firstMonths(6), .lastMonths(6): "nua_nam"
    case .firstMonths(9): "chin_thang"
    case .firstMonths, .lastMonths: "khac"
    case .year: "nam"
    case .schoolYear: "nam_hoc"
    case .stage, .term, .years, .yearsFromWithin: "nhieu_nam"
    case .week, .days: "tuan"
    }
  }
}
