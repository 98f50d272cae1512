import CaseFiles
import Diagnostics
import Texts
import Testing
import Vietnamese

private func period(_ text: String) throws -> Period { try Period(Text(text)) }

private func text(_ period: Period?) -> String? {
  period.map { period in written { period.append(to: &$0) } }
}

private func text(_ date: CalendarDate?) -> String? {
  date.map { date in written { date.append(as: .ngay, to: &$0) } }
}

@Suite struct PeriodTests {
  /// Every kind of period of a year.
  static func all(of year: Int) -> [Period] {
    let kinds =
      (1...12).map { Period.Kind.month($0) } + (1...4).map { .quarter($0) }
      + (2...11).map { .firstMonths($0) } + (2...11).map { .lastMonths($0) } + [.year]
    return kinds.compactMap { Period($0, of: year) }
  }

  /// Periods of weeks, days, school years and several years that end in a year.
  static func others(of year: Int) -> [Period] {
    let kinds: [Period.Kind] =
      [.schoolYear]
      + [2, 3, 5, 10, 30].flatMap { count in
        [.stage(years: count), .term(years: count), .years(count), .yearsFromWithin(count)]
      } + (1...53).map { .week($0) }
    let ends = [("01/02", "28/02"), ("22/6", "28/6"), ("31/12", "31/12")]
    let days = ends.compactMap { first, last in
      try? Period(Text("từ ngày \(first)/\(year) đến ngày \(last)/\(year)"))
    }
    #expect(days.count == 3)
    return kinds.compactMap { Period($0, of: year) } + days
  }

  @Test(arguments: [
    ("năm học 2025-2026", "năm học", "01/9/2025", "31/8/2026", 12),
    ("giai đoạn 2021-2025", "giai đoạn", "01/01/2021", "31/12/2025", 60),
    ("nhiệm kỳ 2020-2025", "nhiệm kỳ", "01/01/2020", "31/12/2025", 60),
    ("5 năm (2021-2025)", "5 năm", "01/01/2021", "31/12/2025", 60),
    ("5 năm (2020-2025)", "5 năm", "01/01/2020", "31/12/2025", 60),
    ("10 năm (2016-2025)", "10 năm", "01/01/2016", "31/12/2025", 120),
    ("tuần 26 năm 2026", "tuần 26", "22/6/2026", "28/6/2026", nil),
    ("tuần 1 năm 2026", "tuần 1", "29/12/2025", "04/01/2026", nil),
    ("tuần 53 năm 2026", "tuần 53", "28/12/2026", "03/01/2027", nil),
    (
      "từ ngày 28/02/2024 đến ngày 05/3/2024", "từ ngày 28/02/2024 đến ngày 05/3/2024",
      "28/02/2024",
      "05/3/2024", nil
    ),
  ])
  func daysOfOthers(
    wanted: String, name: String, first: String, last: String, months: Int?
  ) throws {
    let period = try period(wanted)
    #expect(text(period) == wanted)
    #expect(written { period.appendName(to: &$0) } == name)
    #expect(text(period.firstDay) == first)
    #expect(text(period.lastDay) == last)
    #expect(period.monthCount == months)
  }

  @Test(arguments: [
    ("năm học 2025-2026", "năm học 2024-2025", "năm học 2026-2027", "năm học 2024-2025"),
    ("giai đoạn 2021-2025", "giai đoạn 2016-2020", "giai đoạn 2026-2030", "giai đoạn 2016-2020"),
    ("nhiệm kỳ 2020-2025", "nhiệm kỳ 2015-2020", "nhiệm kỳ 2025-2030", "nhiệm kỳ 2015-2020"),
    ("5 năm (2021-2025)", "5 năm (2016-2020)", "5 năm (2026-2030)", "5 năm (2016-2020)"),
    ("5 năm (2020-2025)", "5 năm (2015-2020)", "5 năm (2025-2030)", "5 năm (2015-2020)"),
    ("tuần 1 năm 2026", "tuần 52 năm 2025", "tuần 2 năm 2026", "tuần 1 năm 2025"),
    ("tuần 53 năm 2026", "tuần 52 năm 2026", "tuần 1 năm 2027", nil),
    (
      "từ ngày 22/6/2026 đến ngày 28/6/2026", "từ ngày 15/6/2026 đến ngày 21/6/2026",
      "từ ngày 29/6/2026 đến ngày 05/7/2026", "từ ngày 22/6/2025 đến ngày 28/6/2025"
    ),
    (
      "từ ngày 29/02/2024 đến ngày 29/02/2024", "từ ngày 28/02/2024 đến ngày 28/02/2024",
      "từ ngày 01/3/2024 đến ngày 01/3/2024", "từ ngày 28/02/2023 đến ngày 28/02/2023"
    ),
  ])
  func neighbours(written: String, previous: String?, next: String?, lastYear: String?) throws {
    let period = try period(written)
    #expect(text(period.previous) == previous)
    #expect(text(period.next) == next)
    #expect(text(period.samePeriodLastYear) == lastYear)
  }

  @Test func othersMeetWithoutAGapToo() throws {
    for year in 1990...2040 {
      for period in Self.others(of: year) {
        let (previous, next) = (try #require(period.previous), try #require(period.next))
        #expect(previous.next == period, "\(period.written)")
        #expect(next.previous == period, "\(period.written)")
        #expect(previous.length == period.length)
        #expect(try Period(Text(period.written)) == period)
        #expect(try Period(Text(period.written.uppercased())) == period)
        // A term begins in the year in which the one before ends.
        switch period.kind {
        case .term, .yearsFromWithin: #expect(previous.year == period.firstYear)
        default: #expect(previous.lastDay?.adding(days: 1) == period.firstDay)
        }
      }
    }
  }

  /// Each day is in the week whose days hold it; of a year's weeks none is twice.
  @Test func weeksAreThoseOfISO() throws {
    // 4 January is in week 1; years that begin on Thursday, and leap years that begin on Wednesday,
    // have 53 weeks.
    for year in 1900...2100 {
      let newYear = try #require(CalendarDate(year: year, month: 1, day: 1))
      let isLeap = CalendarDate.days(inMonth: 2, of: year) == 29
      let isLong =
        newYear.weekday == .thursday || isLeap && newYear.weekday == .wednesday
      #expect((Period(.week(53), of: year) != nil) == isLong, "\(year)")
      let first = try #require(Period(.week(1), of: year)?.firstDay)
      #expect(first.weekday == .monday)
      #expect((-3...3).contains(first.days(until: newYear)), "\(year)")
    }
  }

  @Test(arguments: [
    ("năm học 2025 - 2026", "năm học 2025-2026"), ("Năm học 2025–2026", "năm học 2025-2026"),
    ("nhiệm kì 2020-2025", "nhiệm kỳ 2020-2025"), ("5 năm 2021-2025", "5 năm (2021-2025)"),
    ("05 năm (2021 - 2025)", "5 năm (2021-2025)"), ("tuần 26/2026", "tuần 26 năm 2026"),
    ("5 năm ( 2021-2025 )", "5 năm (2021-2025)"),
    ("tuần thứ 26 năm 2026", "tuần 26 năm 2026"),
    ("từ 22/6 đến 28/6/2026", "từ ngày 22/6/2026 đến ngày 28/6/2026"),
    ("tuần từ ngày 22/6/2026 đến 28/6/2026", "từ ngày 22/6/2026 đến ngày 28/6/2026"),
  ])
  func otherWritingsOfOthers(_ written: String, canonical: String) throws {
    #expect(text(try period(written)) == canonical)
  }

  @Test(arguments: [
    (
      "năm học 2025-2027", "lỗi[V043]: «năm học 2025-2027»: năm học gồm hai năm liền nhau",
      "viết năm học 2025-2026"
    ),
    (
      "giai đoạn 2025-2021",
      "lỗi[V042]: kỳ báo cáo «giai đoạn 2025-2021» kết thúc trước khi bắt đầu",
      "viết giai đoạn 2021-2025"
    ),
    (
      "5 năm (2021-2027)",
      "lỗi[V044]: «5 năm (2021-2027)»: số năm và năm đầu, năm cuối không khớp nhau",
      "viết 5 năm (2021-2025) hoặc 7 năm (2021-2027)"
    ),
    ("tuần 53 năm 2025", "lỗi[V045]: năm 2025 không có tuần 53", "năm ấy có 52 tuần, từ tuần 1"),
  ])
  func problemsOfOthers(_ written: String, sentence: String, hint: String) {
    let found = problem { () throws(Diagnostic) in _ = try Period(Text(written)) }
    #expect(found == "\(sentence)| \(hint)")
  }

  @Test(arguments: [
    ("năm học 2025", "V030"), ("năm học 0000-0001", "V030"), ("5 năm (0000-0003)", "V030"),
    ("200 năm (2020-2025)", "V044"), ("năm học", "V031"), ("nhiệm kỳ", "V031"), ("5 năm", "V031"),
    ("tuần 26", "V031"), ("tuần 0 năm 2026", "V045"), ("giai đoạn 2021-2021", "V042"),
    ("giai đoạn 1800-2025", "V030"), ("1 năm (2021-2021)", "V042"),
    ("từ ngày 31/6/2026 đến ngày 01/7/2026", "V002"),
    ("từ ngày 22/6/2026", "V030"), ("từ ngày 28/6/2026 đến ngày 22/6/2026", "V042"),
    ("5 năm (2021-2025", "V030"), ("tuần 26 năm 26", "V030"),
  ])
  func codesOfOthers(_ written: String, code: String) {
    let found = problem { () throws(Diagnostic) in _ = try Period(Text(written)) }
    #expect(found.hasPrefix("lỗi[\(code)]"), "\(found)")
  }

  @Test(arguments: [
    ("tháng 3 năm 2021", "tháng 3", "01/3/2021", "31/3/2021"),
    ("tháng 2 năm 2020", "tháng 2", "01/02/2020", "29/02/2020"),
    ("tháng 2 năm 1900", "tháng 2", "01/02/1900", "28/02/1900"),
    ("quý I năm 2020", "quý I", "01/01/2020", "31/3/2020"),
    ("quý IV năm 2020", "quý IV", "01/10/2020", "31/12/2020"),
    ("6 tháng đầu năm 2018", "6 tháng đầu năm", "01/01/2018", "30/6/2018"),
    ("6 tháng cuối năm 2018", "6 tháng cuối năm", "01/7/2018", "31/12/2018"),
    ("9 tháng đầu năm 2023", "9 tháng đầu năm", "01/01/2023", "30/9/2023"),
    ("2 tháng đầu năm 2020", "2 tháng đầu năm", "01/01/2020", "29/02/2020"),
    ("năm 2022", "năm", "01/01/2022", "31/12/2022"),
  ])
  func days(written wanted: String, name: String, first: String, last: String) throws {
    let period = try period(wanted)
    #expect(text(period) == wanted)
    #expect(written { period.appendName(to: &$0) } == name)
    #expect(text(period.firstDay) == first)
    #expect(text(period.lastDay) == last)
  }

  @Test(arguments: [
    ("tháng 1 năm 2021", "tháng 1 năm 2020", "tháng 12 năm 2020"),
    ("tháng 12 năm 2021", "tháng 12 năm 2020", "tháng 11 năm 2021"),
    ("quý I năm 2020", "quý I năm 2019", "quý IV năm 2019"),
    ("quý II năm 2020", "quý II năm 2019", "quý I năm 2020"),
    ("6 tháng đầu năm 2018", "6 tháng đầu năm 2017", "6 tháng cuối năm 2017"),
    ("6 tháng cuối năm 2018", "6 tháng cuối năm 2017", "6 tháng đầu năm 2018"),
    ("9 tháng đầu năm 2023", "9 tháng đầu năm 2022", nil),
    ("2 tháng đầu năm 2020", "2 tháng đầu năm 2019", nil),
    ("năm 2022", "năm 2021", "năm 2021"), ("năm 0001", nil, nil),
  ])
  func others(written: String, lastYear: String?, previous: String?) throws {
    let period = try period(written)
    #expect(text(period.samePeriodLastYear) == lastYear)
    #expect(text(period.previous) == previous)
  }

  @Test(arguments: [
    ("Quý I năm 2020", "quý I năm 2020"), ("quý 1 năm 2020", "quý I năm 2020"),
    ("quý iii/2020", "quý III năm 2020"), ("quí IV năm 2020", "quý IV năm 2020"),
    ("tháng 03/2021", "tháng 3 năm 2021"), ("tháng 3/2021", "tháng 3 năm 2021"),
    ("06 tháng đầu năm 2018", "6 tháng đầu năm 2018"), ("Năm 2022", "năm 2022"),
    (" năm 2022 ", "năm 2022"), ("6 THÁNG ĐẦU NĂM 2018", "6 tháng đầu năm 2018"),
  ])
  func otherWritings(_ written: String, canonical: String) throws {
    #expect(text(try period(written)) == canonical)
  }

  @Test func everyPeriodIsReadAsItIsWritten() throws {
    for year in [1000, 1900, 2000, 2019, 2020, 2024, 9999] {
      for period in Self.all(of: year) {
        let written = try #require(text(period))
        #expect(try Period(Text(written)) == period)
        #expect(try Period(Text(written.uppercased())) == period)
      }
    }
  }

  @Test func periodsMeetWithoutAGap() throws {
    for year in 1998...2030 {
      for period in Self.all(of: year) {
        let (first, last) = (try #require(period.firstDay), try #require(period.lastDay))
        #expect(first < last)
        let dayAfter = try #require(last.adding(days: 1))
        #expect(dayAfter.day == 1)
        guard let previous = period.previous else { continue }
        #expect(previous.lastDay == first.adding(days: -1))
        #expect(previous.length == period.length)
        #expect(previous.next == period)
        #expect(period.next?.previous == period)
      }
    }
  }

  @Test(arguments: [
    ("6 tháng đầu năm", "V031"), ("quý I", "V031"), ("tháng 3 năm", "V031"), ("năm", "V031"),
    ("quý V năm 2020", "V030"), ("quý 5 năm 2020", "V034"), ("tháng 13 năm 2020", "V003"),
    ("tháng 0/2020", "V003"), ("12 tháng đầu năm 2020", "V035"), ("1 tháng đầu năm 2020", "V035"),
    ("6 tháng năm 2018", "V033"), ("6  tháng đầu năm 2018", "V032"), ("quý I 2020", "V032"),
    ("tháng 3 / 2021", "V032"), ("6/tháng/đầu/năm/2018", "V032"), ("6 tháng đầu 2018", "V032"),
    ("6 tháng đầu năm 18", "V030"), ("", "V030"), ("hôm qua", "V030"),
    ("quý 11111 năm 2020", "V030"),
    ("năm 0000", "V030"), ("nhiệm kỳ của 2025", "V030"), ("năm 2020 2021", "V030"),
  ])
  func problems(text: String, code: String) {
    #expect(
      problem { () throws(Diagnostic) in _ = try Period(Text(text)) }.hasPrefix("lỗi[\(code)]"))
  }

  @Test(arguments: [
    ("6  tháng đầu năm 2018", "viết 6 tháng đầu năm 2018"), ("quý 2 2020", "viết quý II năm 2020"),
    ("6 tháng năm 2018", "viết 6 tháng đầu năm 2018 hoặc 6 tháng cuối năm 2018"),
  ])
  func whatToType(text: String, hint: String) {
    #expect(problem { () throws(Diagnostic) in _ = try Period(Text(text)) }.hasSuffix("| \(hint)"))
  }

  /// In pieces of the right words, no text is read that is not printed as the same period.
  @Test func scrambledWords() {
    var random = FixedRandom(seed: 9)
    let pieces = [
      "6", "9", "13", "tuần", "nhiệm kỳ", "giai đoạn", "2018-2023", "(", ")", "tháng", "đầu",
      "cuối", "năm", "quý", "I", "IX", "2018", "/", " ", " ", " ",
      "\n",
      "tha\u{301}ng", "18", "０", "٣", "",
    ]
    for _ in 0..<50_000 {
      let count = Int.random(in: 1...8, using: &random)
      let text = (0..<count).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
      guard let period = try? Period(Text(text)) else { continue }
      #expect(try! Period(Text(written { period.append(to: &$0) })) == period)
    }
  }

  @Test("10 MB of digits, of words, of decomposed letters")
  func hugeTexts() {
    for part in ["1", "tha\u{301}ng "] {
      let text = String(repeating: part, count: 10_000_000 / part.utf8.count)
      #expect((try? Period(Text(text))) == nil)
      #expect((try? Period(Text("6 tháng đầu năm 2018" + text))) == nil)
    }
  }
}

@Suite struct DayArithmeticTests {
  /// Four hundred years are a whole round of the calendar.
  @Test func everyDayOfARoundIsOneAfterTheOther() throws {
    var day = try #require(CalendarDate(year: 1899, month: 12, day: 31))
    let last = CalendarDate(year: 2299, month: 12, day: 31)
    var count = 0
    while day != last, let next = day.adding(days: 1) {
      let isNext =
        next.day == 1
        ? day.day == CalendarDate.days(inMonth: day.month, of: day.year)
          && (next.month == day.month + 1 || (next.month, next.year) == (1, day.year + 1))
        : (next.day, next.month, next.year) == (day.day + 1, day.month, day.year)
      guard isNext, next.adding(days: -1) == day else {
        Issue.record("\(day) → \(next)")
        return
      }
      day = next
      count += 1
    }
    #expect(day == last)
    #expect(count == 146_097)
  }

  @Test func farDays() throws {
    let first = try #require(CalendarDate(year: 1, month: 1, day: 1))
    #expect(first.adding(days: -1) == nil)
    #expect(first.adding(days: 3_652_058) == CalendarDate(year: 9999, month: 12, day: 31))
    #expect(first.adding(days: .max) == nil)
    #expect(first.adding(workingDays: .max) == nil)
  }

  @Test(arguments: [
    // Friday, Saturday, Sunday, Monday.
    ("14/6/2024", 1, "17/6/2024"), ("15/6/2024", 1, "17/6/2024"), ("16/6/2024", 1, "17/6/2024"),
    ("17/6/2024", 1, "18/6/2024"), ("14/6/2024", 6, "24/6/2024"), ("14/6/2024", 0, "14/6/2024"),
    ("31/12/2027", 1, "03/01/2028"),
  ])
  func workingDays(day: String, count: Int, wanted: String) throws {
    #expect(text(try CalendarDate(Text(day)).adding(workingDays: count)) == wanted)
  }

  @Test(arguments: [
    (15, 1, 2024, -1, "15/12/2023"), (14, 6, 2024, 0, "14/6/2024"), (31, 2, 2024, 0, "29/02/2024"),
    (31, 2, 2023, 0, "28/02/2023"), (1, 12, 2023, 1, "01/01/2024"), (31, 6, 2024, -13, "31/5/2023"),
  ])
  func daysOfOtherMonths(day: Int, month: Int, year: Int, later: Int, wanted: String) {
    let date = CalendarDate.day(day, ofMonth: month, of: year, monthsLater: later)
    #expect(text(date) == wanted)
  }

  @Test func nothingBeforeTheCalendar() {
    #expect(CalendarDate.day(1, ofMonth: 1, of: 1, monthsLater: -1) == nil)
  }
}

@Suite("days and periods in running texts") struct WrittenTimeTests {
  @Test(arguments: [
    ("Ngày 25/6/2026, phường đã họp", ["25/6/2026 25/6/2026-25/6/2026"]),
    (
      "ngày 25-6-2026 và 2026-06-25",
      ["25-6-2026 25/6/2026-25/6/2026", "2026-06-25 25/6/2026-25/6/2026"]
    ),
    ("ngày 25 tháng 6 năm 2026", ["25 tháng 6 năm 2026 25/6/2026-25/6/2026"]),
    (
      "tháng 8/2026, Quý III năm 2026",
      ["8/2026 01/8/2026-31/8/2026", "III năm 2026 01/7/2026-30/9/2026"]
    ),
    ("6 tháng cuối năm 2026", ["6 tháng cuối năm 2026 01/7/2026-31/12/2026"]),
    ("quý 2/2026", ["2/2026 01/4/2026-30/6/2026"]),
    ("năm 2026", ["2026 01/01/2026-31/12/2026"]),
    ("ngày 25/6", ["25/6 -"]), ("ngày 31/6/2026", ["31/6/2026 -"]),
    ("Nghị định số 30/2020/NĐ-CP, 30-CT/TW, 1.400 lượt, 12 tháng, 6 tháng", []),
    ("5-10 hộ, 12/12/KH, 3,5%, năm 20261", []),
  ])
  func reading(of text: String, is expected: [String]) {
    let source = Text(text)
    let found = source.writtenTimes.map { time in
      let days = time.days().map { "\(date($0.lowerBound))-\(date($0.upperBound))" } ?? "-"
      return String(decoding: source.source.bytes[time.range], as: UTF8.self) + " " + days
    }
    #expect(found == expected)
  }

  private func date(_ day: CalendarDate) -> String { written { day.append(as: .ngay, to: &$0) } }
}
