import Diagnostics
import Texts
import Testing
import Vietnamese

@Suite struct DateTests {
  private func date(_ text: String, _ format: DateFormat) throws -> String {
    try written { try appendDate(Text(text), as: format, to: &$0) }
  }

  @Test(arguments: [
    ("2020-03-05", "05/3/2020", "ngày 05 tháng 3 năm 2020", "05/03/2020"),
    ("07/01/2016", "07/01/2016", "ngày 07 tháng 01 năm 2016", "07/01/2016"),
    ("9/3/2016", "09/3/2016", "ngày 09 tháng 3 năm 2016", "09/03/2016"),
    ("28/6/2018", "28/6/2018", "ngày 28 tháng 6 năm 2018", "28/06/2018"),
    ("17/2/2020", "17/02/2020", "ngày 17 tháng 02 năm 2020", "17/02/2020"),
    (" 22/12/2022 ", "22/12/2022", "ngày 22 tháng 12 năm 2022", "22/12/2022"),
    ("29/02/2020", "29/02/2020", "ngày 29 tháng 02 năm 2020", "29/02/2020"),
  ])
  func formats(text: String, ngay: String, ngayChu: String, ngayDang: String) throws {
    #expect(try date(text, .ngay) == ngay)
    #expect(try date(text, .ngayChu) == ngayChu)
    #expect(try date(text, .ngayDang) == ngayDang)
  }

  @Test(arguments: [
    "04/07/2018 18:10", "04/07/2018 | 18:10", "2018-07-04T18:10", "2018-07-04 18:10",
    "4/7/2018 18:10", "4/7/2018|18:10",
  ])
  func datesWithTime(text: String) throws {
    #expect(try date(text, .ngayDang) == "04/07/2018 | 18:10")
    #expect(try date(text, .ngay) == "04/7/2018")
  }

  @Test(
    "seconds are kept where there are some",
    arguments: [
      ("04/07/2018 18:10:05", "04/07/2018 | 18:10:05"),
      ("2018-07-04T18:10:05", "04/07/2018 | 18:10:05"),
      ("04/07/2018 18:10:00", "04/07/2018 | 18:10"),
    ])
  func seconds(text: String, shown: String) throws {
    #expect(try date(text, .ngayDang) == shown)
  }

  @Test(arguments: [
    (
      "31/02/2020",
      "lỗi[V002]: không có ngày 31/2/2020: tháng 2 năm 2020 có 29 ngày|"
    ),
    ("2019-02-29", "lỗi[V002]: không có ngày 29/2/2019: tháng 2 năm 2019 có 28 ngày|"),
    ("0/4/2020", "lỗi[V002]: không có ngày 0/4/2020: tháng 4 năm 2020 có 30 ngày|"),
    ("6/28/2018", "lỗi[V004]: ngày phải viết trước tháng| có phải là 28/6/2018?"),
    ("28/6/18", "lỗi[V005]: năm phải có bốn chữ số| có phải là 28/6/2018?"),
    ("2018-13-01", "lỗi[V003]: không có tháng 13|"),
    ("40/40/2018", "lỗi[V003]: không có tháng 40|"),
    (
      "hôm qua",
      "lỗi[V001]: «hôm qua» không phải là ngày| viết như 28/6/2026 hoặc 2026-06-28"
    ),
    ("", "lỗi[V001]: «» không phải là ngày| viết như 28/6/2026 hoặc 2026-06-28"),
    (
      "01/01/0000", "lỗi[V001]: «01/01/0000» không phải là ngày| viết như 28/6/2026 hoặc 2026-06-28"
    ),
    ("1/1/2020 25:00", "lỗi[V006]: «25:00» không phải là giờ trong ngày| viết như 18:10"),
    ("1/1/2020 18:10:60", "lỗi[V006]: «18:10:60» không phải là giờ trong ngày| viết như 18:10"),
    (
      "1/1/2020 18:10:05:01",
      "lỗi[V006]: «18:10:05:01» không phải là giờ trong ngày| viết như 18:10"
    ),
    ("1/1/2020 |", "lỗi[V006]: «» không phải là giờ trong ngày| viết như 18:10"),
  ])
  func problems(text: String, message: String) {
    #expect(
      problem { () throws(Diagnostic) in _ = try DateWithTime(Text(text)) } == message)
  }

  @Test func aDateHasNoTime() {
    #expect(
      problem { () throws(Diagnostic) in _ = try CalendarDate(Text("1/1/2020 18:10")) }
        .hasPrefix("lỗi[V001]"))
  }

  @Test func weekdays() throws {
    #expect(try CalendarDate(Text("21/11/2026")).weekday.name == "thứ Bảy")
    #expect(try CalendarDate(Text("11/9/2023")).weekday.name == "thứ Hai")
    #expect(try CalendarDate(Text("2/9/1945")).weekday.name == "Chủ nhật")
  }

  @Test func everyDayOfSixCenturies() throws {
    var weekday: Weekday?
    var count = 0
    for year in 1600..<2200 {
      for month in 1...12 {
        for day in 1...CalendarDate.days(inMonth: month, of: year) {
          let date = try #require(CalendarDate(year: year, month: month, day: day))
          if let weekday, let index = Weekday.allCases.firstIndex(of: weekday) {
            #expect(Weekday.allCases[(index + 1) % 7] == date.weekday)
          }
          weekday = date.weekday
          count += 1
          for format in [DateFormat.ngay, .ngayDang] {
            let text = written { date.append(as: format, to: &$0) }
            #expect(try CalendarDate(Text(text)) == date)
          }
        }
        let days = CalendarDate.days(inMonth: month, of: year)
        #expect(CalendarDate(year: year, month: month, day: days + 1) == nil)
      }
    }
    #expect(count == 600 * 365 + 146)
  }
}
