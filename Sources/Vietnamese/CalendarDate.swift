/// A day of the Gregorian calendar, years 1 to 9999.
public struct CalendarDate: Sendable, Hashable, Comparable {
  public let year: Int
  public let month: Int
  public let day: Int

  /// Creates a day; nil where the calendar has no such day.
  public init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= Self.days(inMonth: month, of: year)
    else { return nil }
    (self.year, self.month, self.day) = (year, month, day)
  }

  public static func < (left: CalendarDate, right: CalendarDate) -> Bool {
    (left.year, left.month, left.day) < (right.year, right.month, right.day)
  }

  /// The number of days of a month.
  ///
  /// - Parameter month: 1 to 12.
  public static func days(inMonth month: Int, of year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

/// A time of day in hours, 0 to 23, and minutes.
public struct TimeOfDay: Sendable, Hashable, Comparable {
  public let hour: Int
  public let minute: Int
  /// 0 also where none is written.
  public let second: Int

  /// Creates a time; nil where no day has it.
  public init?(hour: Int, minute: Int, second: Int = 0) {
    guard (0...23).contains(hour), (0...59).contains(minute), (0...59).contains(second) else {
      return nil
    }
    (self.hour, self.minute, self.second) = (hour, minute, second)
  }

  public static func < (left: TimeOfDay, right: TimeOfDay) -> Bool {
    (left.hour, left.minute, left.second) < (right.hour, right.minute, right.second)
  }
}

/// A day, or a time on a day.
public struct DateWithTime: Sendable, Hashable {
  public var date: CalendarDate
  public var time: TimeOfDay?

  public init(_ date: CalendarDate, _ time: TimeOfDay?) {
    self.date = date
    self.time = time
  }
}
