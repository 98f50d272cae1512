import Diagnostics
import Texts

extension CalendarDate {
  /// Reads `28/6/2018`, `05/03/2020` or `2018-06-28`.
  ///
  /// - Throws: what is wrong with it (V001 to V005): no date, no such day, the month before the day,
  ///   a year of two digits.
  public init(_ text: Text) throws(Diagnostic) {
    self = try DateReading(text).wholeDate()
  }
}

extension TimeOfDay {
  /// Reads `18:10` or `18:10:05`; throws ``ValueProblem/notATime(_:)`` for anything else.
  public init(_ text: Text) throws(Diagnostic) {
    let parts = text.bytes.split(
      separator: UInt8(ascii: ":"), maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count >= 2, (1...2).contains(parts[0].count),
      parts.dropFirst().allSatisfy({ $0.count == 2 }),
      let hour = parts[0].number, let minute = parts[1].number,
      let second = parts.count > 2 ? parts[2].number : 0,
      let time = TimeOfDay(hour: hour, minute: minute, second: second)
    else { throw Diagnostic(.value(.notATime(text.string)), at: text) }
    self = time
  }
}

extension DateWithTime {
  /// Reads a date that a time may follow: `04/7/2018 18:10`, `04/7/2018 | 18:10`,
  /// `2018-07-04T18:10`, `04/7/2018 18:10:05`.
  public init(_ text: Text) throws(Diagnostic) {
    self = try DateReading(text).dateWithTime()
  }
}

/// A text cut into the date at its start, which has digits, slashes and hyphens, and the rest.
private struct DateReading {
  private let text: Text
  private let date: Text
  /// Everything behind the date.
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
