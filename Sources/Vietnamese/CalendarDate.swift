import Diagnostics
import Texts

/// A day of the Gregorian calendar, years 1 to 9999.
public struct CalendarDate: Sendable, Hashable, Comparable {
  public let year: Int
  public let month: Int
  public let day: Int

  /// nil when there is no such day.
  public init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= Self.days(inMonth: month, of: year)
    else { return nil }
    (self.year, self.month, self.day) = (year, month, day)
  }

  /// Reads `28/6/2018`, `05/03/2020` or `2018-06-28`.
  public init(_ text: Text) throws(Diagnostic) {
    self = try DateReading(text).wholeDate()
  }

  public static func < (left: CalendarDate, right: CalendarDate) -> Bool {
    (left.year, left.month, left.day) < (right.year, right.month, right.day)
  }

  public static func days(inMonth month: Int, of year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  public var weekday: Weekday {
    // Zeller: the year starts in March, so that the odd day of February comes last.
    let shifted = (month + 9) % 12
    let years = month > 2 ? year : year - 1
    let days = years * 365 + years / 4 - years / 100 + years / 400 + (shifted * 306 + 5) / 10 + day
    return Weekday.allCases[(days + 1) % 7]
  }
}

public enum Weekday: String, Sendable, CaseIterable {
  case monday = "thứ Hai"
  case tuesday = "thứ Ba"
  case wednesday = "thứ Tư"
  case thursday = "thứ Năm"
  case friday = "thứ Sáu"
  case saturday = "thứ Bảy"
  case sunday = "Chủ nhật"

  /// As it is written (NĐ 30/2020, Phụ lục II): `thứ Hai`, `Chủ nhật`.
  public var name: String { rawValue }
}

/// Hours and minutes of a day.
public struct TimeOfDay: Sendable, Hashable, Comparable {
  public let hour: Int
  public let minute: Int

  /// nil when there is no such time.
  public init?(hour: Int, minute: Int) {
    guard (0...23).contains(hour), (0...59).contains(minute) else { return nil }
    (self.hour, self.minute) = (hour, minute)
  }

  /// Reads `18:10`.
  public init(_ text: Text) throws(Diagnostic) {
    let parts = text.bytes.split(
      separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, (1...2).contains(parts[0].count), parts[1].count == 2,
      let hour = parts[0].number, let minute = parts[1].number,
      let time = TimeOfDay(hour: hour, minute: minute)
    else { throw Diagnostic(.value(.notATime(text.string)), at: text) }
    self = time
  }

  public static func < (left: TimeOfDay, right: TimeOfDay) -> Bool {
    (left.hour, left.minute) < (right.hour, right.minute)
  }
}

/// A day, and perhaps a time on it.
public struct DateWithTime: Sendable, Hashable {
  public var date: CalendarDate
  public var time: TimeOfDay?

  public init(_ date: CalendarDate, _ time: TimeOfDay?) {
    self.date = date
    self.time = time
  }

  /// Reads a date, and after it `18:10`, `| 18:10` or `T18:10` where there is one.
  public init(_ text: Text) throws(Diagnostic) {
    self = try DateReading(text).dateWithTime()
  }
}

/// The parts of a written date.
private struct DateReading {
  private let text: Text
  private let date: Text
  private let time: Text

  init(_ text: Text) {
    let trimmed = text.trimmed
    let bytes = trimmed.bytes
    let end = bytes.firstIndex { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "-") && !$0.isDigit }
    self.text = trimmed
    date = trimmed.part(bytes.startIndex..<(end ?? bytes.endIndex))
    time = trimmed.part((end ?? bytes.endIndex)..<bytes.endIndex)
  }

  func wholeDate() throws(Diagnostic) -> CalendarDate {
    guard time.isEmpty else { throw problem(.notADate(text.string)) }
    return try calendarDate()
  }

  func dateWithTime() throws(Diagnostic) -> DateWithTime {
    let date = try calendarDate()
    if time.isEmpty { return DateWithTime(date, nil) }
    var rest = time.trimmed
    if let first = rest.bytes.first, first == UInt8(ascii: "|") || first == UInt8(ascii: "T") {
      rest = rest.part((rest.bytes.startIndex + 1)..<rest.bytes.endIndex).trimmed
    }
    return DateWithTime(date, try TimeOfDay(rest))
  }

  private func calendarDate() throws(Diagnostic) -> CalendarDate {
    let slashed = date.bytes.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    if slashed.count == 3 { return try slashedDate(slashed) }
    let dashed = date.bytes.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    guard dashed.map(\.count) == [4, 2, 2], let year = dashed[0].number,
      let month = dashed[1].number, let day = dashed[2].number
    else { throw problem(.notADate(text.string)) }
    return try checked(year: year, month: month, day: day)
  }

  private func slashedDate(_ parts: [ArraySlice<UInt8>]) throws(Diagnostic) -> CalendarDate {
    guard (1...2).contains(parts[0].count), (1...2).contains(parts[1].count),
      let day = parts[0].number, let month = parts[1].number, let year = parts[2].number,
      parts[2].count == 4 || parts[2].count == 2
    else { throw problem(.notADate(text.string)) }
    if parts[2].count == 2 {
      throw problem(.shortYear(written: "\(day)/\(month)/\(year < 50 ? 2000 + year : 1900 + year)"))
    }
    if month > 12, (1...12).contains(day), month <= CalendarDate.days(inMonth: day, of: year) {
      throw problem(.monthBeforeDay(rightOrder: "\(month)/\(day)/\(year)"))
    }
    return try checked(year: year, month: month, day: day)
  }

  private func checked(year: Int, month: Int, day: Int) throws(Diagnostic) -> CalendarDate {
    if let date = CalendarDate(year: year, month: month, day: day) { return date }
    guard (1...12).contains(month) else { throw problem(.noSuchMonth(month: month)) }
    guard year > 0 else { throw problem(.notADate(text.string)) }
    let days = CalendarDate.days(inMonth: month, of: year)
    throw problem(.noSuchDay(day: day, month: month, year: year, daysInMonth: days))
  }

  private func problem(_ problem: ValueProblem) -> Diagnostic {
    Diagnostic(.value(problem), at: text)
  }
}
