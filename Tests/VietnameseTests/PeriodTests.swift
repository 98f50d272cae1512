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
        #expect(previous.months.count == period.months.count)
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
    ("năm 0000", "V030"), ("nhiệm kỳ 2020-2025", "V030"), ("năm 2020 2021", "V030"),
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
      "6", "9", "13", "tháng", "đầu", "cuối", "năm", "quý", "I", "IX", "2018", "/", " ", " ", " ",
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
