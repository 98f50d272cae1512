import Texts
import Vietnamese

/// What a person sees of a number in a cell, as Vietnamese data has it.
enum ShownNumber {
  /// It has digits that are not shown, which are left out.
  case figure(isRounded: Bool)
  case day
  /// A day that no calendar has: 29 February 1900, which Excel counts, or one before or after all.
  case noDay

  /// Appends the text that is seen.
  ///
  /// - Parameter isFrom1904: whether days are counted from 1904 on, as Excel on old Macs did.
  static func append(
    _ stored: StoredNumber, _ format: NumberFormat, isFrom1904: Bool, to output: inout ByteBuffer
  ) -> ShownNumber {
    switch format.kind {
    case .general, .text:
      output.append(stored, ShownDigits())
      return .figure(isRounded: false)
    case .figure(let figure):
      var number = stored
      number.shift(2 * figure.percents - 3 * figure.thousands)
      let isRounded = number.round(toDecimals: figure.mostDecimals)
      output += figure.prefix
      output.append(
        number,
        ShownDigits(
          leastWhole: figure.leastWhole, leastDecimals: figure.leastDecimals,
          hasGroups: figure.hasGroups))
      if figure.percents > 0 || figure.hasQuotedPercent { output.append(UInt8(ascii: "%")) }
      return .figure(isRounded: isRounded)
    case .day(let day):
      let start = output.count
      if output.append(stored, day, isFrom1904: isFrom1904) { return .day }
      output.truncate(to: start)
      return .noDay
    }
  }
}

extension NumberFormat {
  /// The text of a number with all its digits, else as it is shown.
  func allDigits(of number: StoredNumber) -> String {
    guard case .figure(var figure) = kind else { return "" }
    figure.mostDecimals = 400
    figure.leastDecimals = 0
    var text = ByteBuffer()
    _ = ShownNumber.append(
      number, NumberFormat(kind: .figure(figure)), isFrom1904: false, to: &text)
    return text.string
  }
}

/// How the digits of a figure are shown.
private struct ShownDigits {
  var leastWhole = 1
  var leastDecimals = 0
  var hasGroups = false
}

extension ByteBuffer {
  fileprivate mutating func append(_ number: StoredNumber, _ form: ShownDigits) {
    if number.isNegative { append(UInt8(ascii: "-")) }
    let wholeCount = max(number.wholeCount, form.leastWhole, 1)
    var place = wholeCount - 1
    while place >= 0 {
      append(UInt8(ascii: "0") + number.digit(at: place))
      if form.hasGroups, place > 0, place % 3 == 0 { append(groupSign) }
      place -= 1
    }
    let decimals = max(number.decimalCount, form.leastDecimals)
    guard decimals > 0 else { return }
    append(UInt8(ascii: ","))
    for place in 1...decimals { append(UInt8(ascii: "0") + number.digit(at: -place)) }
    // 1,234 might be read as thousands; 1,2340 is the same decimal and cannot.
    let isShort = 1...3 ~= wholeCount && number.digit(at: wholeCount - 1) != 0
    if decimals == 3, isShort { append(UInt8(ascii: "0")) }
  }

  /// Appends a day or a time; false, with anything appended, where there is none.
  fileprivate mutating func append(
    _ stored: StoredNumber, _ form: DayFormat, isFrom1904: Bool
  ) -> Bool {
    guard !stored.isNegative, var days = stored.whole else { return false }
    let unit = form.second > 0 ? 1 : 60
    var seconds = stored.fraction(in: 86_400 / unit) * unit
    if seconds == 86_400 { (days, seconds) = (days + 1, 0) }
    if form.hasDate {
      guard let date = CalendarDate(serial: days, isFrom1904: isFrom1904) else { return false }
      append(date, form)
      if form.hasTime { append(UInt8(ascii: " ")) }
    }
    if form.hasTime { append(seconds + (form.isElapsed ? days * 86_400 : 0), form) }
    return true
  }

  private mutating func append(_ date: CalendarDate, _ form: DayFormat) {
    func padded(_ number: Int, _ letters: Int) -> String {
      letters == 2 && number < 10 ? "0\(number)" : "\(number)"
    }
    if form.isYearFirst, form.day > 0 {
      append(contentsOf: padded(date.year, 4).utf8)
      append(contentsOf: "-\(padded(date.month, 2))-\(padded(date.day, 2))".utf8)
      return
    }
    // A day without its month or year would be none that can be read back.
    if form.day > 0 { append(contentsOf: "\(padded(date.day, form.day))/".utf8) }
    if form.day > 0 || form.month > 0 {
      append(contentsOf: "\(padded(date.month, form.month))/".utf8)
    }
    append(number: date.year)
  }

  private mutating func append(_ seconds: Int, _ form: DayFormat) {
    appendTwoDigits(seconds / 3600)
    append(UInt8(ascii: ":"))
    appendTwoDigits(seconds / 60 % 60)
    guard form.second > 0 else { return }
    append(UInt8(ascii: ":"))
    appendTwoDigits(seconds % 60)
  }

  private mutating func appendTwoDigits(_ number: Int) {
    if number < 10 { append(UInt8(ascii: "0")) }
    append(number: number)
  }
}

extension CalendarDate {
  /// The day of a number as workbooks count days: 1 is 1 January 1900, or 2 January 1904. nil for none.
  ///
  /// From 1900 on Excel counts a 29 February that was not, so all days after it are one too many.
  init?(serial: Int, isFrom1904: Bool) {
    let wanted =
      if isFrom1904 {
        CalendarDate(year: 1904, month: 1, day: 1)?.adding(days: serial)
      } else if serial < 1 || serial == 60 {
        CalendarDate?.none
      } else {
        CalendarDate(year: 1899, month: 12, day: serial < 60 ? 31 : 30)?.adding(days: serial)
      }
    guard let wanted else { return nil }
    self = wanted
  }

  /// The number of a day as workbooks count from 1900; nil for a day before.
  var serial: Int? {
    guard year >= 1900 else { return nil }
    let years = year - 1
    let leaps = years / 4 - years / 100 + years / 400 - (1899 / 4 - 1899 / 100 + 1899 / 400)
    let months = (1..<month).reduce(0) { $0 + CalendarDate.days(inMonth: $1, of: year) }
    let days = (year - 1900) * 365 + leaps + months + day
    return days > 59 ? days + 1 : days
  }
}
