import Texts

// The periods before, after and beside a period.

extension Period {
  /// The period with which this one is compared by custom (cùng kỳ): the same of the year before; of
  /// several years those before.
  ///
  /// nil for the year 1, and for a week that the year before does not have.
  public var samePeriodLastYear: Period? {
    switch kind {
    case .stage, .term, .years, .yearsFromWithin: previous
    case .days(let first, let last):
      first.yearBefore.flatMap { first in
        last.yearBefore.flatMap { Period(from: first, through: $0) }
      }
    default: Period(kind, of: year - 1)
    }
  }

  /// The period of the same length that ends the day before this one begins; of a term the one that
  /// ends in the year in which this one begins.
  ///
  /// nil for 2 to 5 and 7 to 11 months, into which a year is not divided.
  public var previous: Period? { moved(by: -1) }

  /// The period of the same length that begins the day after this one ends; nil as in ``previous``.
  public var next: Period? { moved(by: 1) }

  /// - Parameter step: 1 or -1.
  private func moved(by step: Int) -> Period? {
    switch kind {
    case .month(let month): return numbered(month + step, of: 12) { .month($0) }
    case .quarter(let quarter): return numbered(quarter + step, of: 4) { .quarter($0) }
    case .firstMonths(6): return Period(.lastMonths(6), of: step < 0 ? year - 1 : year)
    case .lastMonths(6): return Period(.firstMonths(6), of: step < 0 ? year : year + 1)
    case .firstMonths, .lastMonths: return nil
    case .year, .schoolYear, .stage, .term, .years, .yearsFromWithin:
      return Period(kind, of: year + step * kind.yearCount)
    case .week:
      guard let day = firstDay?.adding(days: step * 7) else { return nil }
      let (week, year) = day.week
      return Period(.week(week), of: year)
    case .days(let first, let last):
      let count = first.days(until: last) + 1
      guard let first = first.adding(days: step * count), let last = last.adding(days: step * count)
      else { return nil }
      return Period(from: first, through: last)
    }
  }

  /// One of so many parts of a year, where the one behind the last is the first of the next year.
  private func numbered(_ number: Int, of count: Int, _ kind: (Int) -> Kind) -> Period? {
    switch number {
    case 0: Period(kind(count), of: year - 1)
    case count + 1: Period(kind(1), of: year + 1)
    default: Period(kind(number), of: year)
    }
  }
}

extension CalendarDate {
  /// The number of days to a later day.
  public func days(until other: CalendarDate) -> Int { other.dayNumber - dayNumber }

  /// The same day of the year before; of the 29th of February the 28th.
  var yearBefore: CalendarDate? {
    CalendarDate.day(day, ofMonth: month, of: year, monthsLater: -12)
  }

  /// The Monday of a week, numbered as ISO 8601 does: the first week is that of the 4th of January.
  static func firstDay(ofWeek week: Int, of year: Int) -> CalendarDate? {
    guard let inFirst = CalendarDate(year: year, month: 1, day: 4) else { return nil }
    return inFirst.adding(days: (week - 1) * 7 - inFirst.daysSinceMonday)
  }

  /// The number of weeks of a year, 52 or 53.
  static func weeks(of year: Int) -> Int {
    CalendarDate(year: year, month: 12, day: 28)?.week.number ?? 52
  }

  /// The week in which the day lies, and the year to which that week counts.
  var week: (number: Int, year: Int) {
    // The Thursday of a week lies in the year to which it counts.
    guard let thursday = adding(days: 3 - daysSinceMonday),
      let newYear = CalendarDate(year: thursday.year, month: 1, day: 1)
    else { return (52, year) }
    return (newYear.days(until: thursday) / 7 + 1, thursday.year)
  }

  private var daysSinceMonday: Int { Weekday.allCases.firstIndex(of: weekday) ?? 0 }
}
