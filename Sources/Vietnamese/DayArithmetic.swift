extension CalendarDate {
  /// The day so many days later, or earlier; nil beyond the calendar.
  public func adding(days: Int) -> CalendarDate? {
    guard abs(days) < 4_000_000 else { return nil }
    return CalendarDate(dayNumber: dayNumber + days)
  }

  /// The first day from Monday to Friday after `count` of them have begun since this day.
  ///
  /// Public holidays are not known here: by them the day is later, never earlier.
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

  /// A day of the month that lies so many months later; the month's last day where it is shorter.
  public static func day(
    _ day: Int, ofMonth month: Int, of year: Int, monthsLater months: Int
  ) -> CalendarDate? {
    let count = year * 12 + month - 1 + months
    guard count >= 12 else { return nil }
    let (year, month) = (count / 12, count % 12 + 1)
    return CalendarDate(
      year: year, month: month, day: min(day, days(inMonth: month, of: year)))
  }

  /// Quarter of the year, 1 to 4.
  public var quarter: Int { (month + 2) / 3 }

  /// Days since the first of March of the year 0, so that the odd day of February comes last.
  private var dayNumber: Int {
    let years = month > 2 ? year : year - 1
    return years * 365 + years / 4 - years / 100 + years / 400
      + ((month + 9) % 12 * 306 + 5) / 10 + day - 1
  }

  private init?(dayNumber: Int) {
    guard dayNumber >= 0 else { return nil }
    // The cycles of 400, 100, 4 and 1 years; the last of each has one day more.
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
