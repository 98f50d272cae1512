extension CalendarDate {
  /// The day a number of days later, or earlier where `days` is negative; nil outside the years 1
  /// to 9999.
  public func adding(days: Int) -> CalendarDate? {
    guard days.magnitude < 4_000_000 else { return nil }
    return CalendarDate(dayNumber: dayNumber + days)
  }

  /// The day on which `count` working days, Monday to Friday, have passed since this one: two
  /// working days after a Friday is a Tuesday.
  ///
  /// Public holidays are not taken into account; with them the day is later, never earlier.
  ///
  /// - Parameter count: 0 to 10,000; nil for any other.
  public func adding(workingDays count: Int) -> CalendarDate? {
    guard (0...10_000).contains(count) else { return nil }
    var day: CalendarDate? = self
    var left = count
    while left > 0, let next = day?.adding(days: 1) {
      day = next
      if next.weekday != .saturday, next.weekday != .sunday { left -= 1 }
    }
    return left == 0 ? day : nil
  }

  /// The same day some months later, or the last day of that month where it is shorter: the 31st
  /// of January and one month give the 28th of February.
  public static func day(
    _ day: Int, ofMonth month: Int, of year: Int, monthsLater months: Int
  ) -> CalendarDate? {
    let count = year * 12 + month - 1 + months
    guard count >= 12 else { return nil }
    let (year, month) = (count / 12, count % 12 + 1)
    return CalendarDate(
      year: year, month: month, day: min(day, days(inMonth: month, of: year)))
  }

  /// The quarter of the year, 1 to 4.
  public var quarter: Int { (month + 2) / 3 }

  public var weekday: Weekday { Weekday.allCases[(dayNumber + 2) % 7] }

  /// The days since the first of March of the year 0. Counted from March, a leap year differs from
  /// others only by a day at its end.
  var dayNumber: Int {
    let years = month > 2 ? year : year - 1
    return years * 365 + years / 4 - years / 100 + years / 400
      + ((month + 9) % 12 * 306 + 5) / 10 + day - 1
  }

  private init?(dayNumber: Int) {
    guard dayNumber >= 0 else { return nil }
    // Cycles of 400, 100, 4 years and 1 year; the last of each is one day longer than the others.
    let (cycles, inCycle) = dayNumber.quotientAndRemainder(dividingBy: 146_097)
    let centuries = min(inCycle / 36_524, 3)
    let inCentury = inCycle - centuries * 36_524
    let (leaps, inLeap) = inCentury.quotientAndRemainder(dividingBy: 1461)
    let years = min(inLeap / 365, 3)
    let inYear = inLeap - years * 365
    let shifted = (inYear * 10 + 5) / 306
    let year = cycles * 400 + centuries * 100 + leaps * 4 + years
    self.init(
      year: shifted < 10 ? year : year + 1, month: (shifted + 2) % 12 + 1,
      day: inYear - (shifted * 306 + 5) / 10 + 1)
  }
}

/// A day of the week, by its Vietnamese name.
public enum Weekday: String, Sendable, CaseIterable {
  case monday = "thứ Hai"
  case tuesday = "thứ Ba"
  case wednesday = "thứ Tư"
  case thursday = "thứ Năm"
  case friday = "thứ Sáu"
  case saturday = "thứ Bảy"
  case sunday = "Chủ nhật"

  /// The name as documents write it (NĐ 30/2020, Phụ lục II): `thứ Hai`, `Chủ nhật`.
  public var name: String { rawValue }
}
