import Testing
import Texts
import Vietnamese

@testable import OfficeFiles

/// What a person sees in a cell, worked out by hand.
@Suite struct NumberFormatTests {
  private func shown(_ stored: String, _ code: String, isFrom1904: Bool = false) -> String? {
    guard let number = StoredNumber(Array(stored.utf8).span) else { return nil }
    var text = ByteBuffer()
    let shown = ShownNumber.append(
      number, NumberFormat(code: code), isFrom1904: isFrom1904, to: &text)
    if case .noDay = shown { return nil }
    return text.string
  }

  @Test(
    "figures",
    arguments: [
      ("0.30000000000000004", "General", "0,3"), ("60152.279999999999", "General", "60152,28"),
      ("1400", "General", "1400"), ("1400", "#,##0", "1.400"), ("-1400", "#,##0", "-1.400"),
      ("-1400", "#,##0;(#,##0)", "-1.400"), ("1234567.5", "#,##0.00", "1.234.567,50"),
      ("1234567.5", "#,##0.##", "1.234.567,5"), ("13.45", "0.0", "13,5"),
      ("13.449999999999999", "0.0", "13,5"), ("2.5", "0", "3"), ("-2.5", "0", "-3"),
      ("0.4", "0", "0"), ("-0.4", "0", "0"), ("0.05", "0.0", "0,1"), ("999.95", "0.0", "1000,0"),
      ("9999.95", "#,##0.0", "10.000,0"), ("5", "00", "05"), ("123", "00", "123"),
      ("7", "000", "007"), ("0", "0.00", "0,00"), ("1.234", "General", "1,2340"),
      ("0.125", "General", "0,125"), ("1234.567", "General", "1234,567"),
      ("1.5E-3", "General", "0,0015"), ("1E+15", "General", "1000000000000000"),
      ("1.5e3", "#,##0", "1.500"), ("1234567", "#,##0,", "1.235"), ("1234567", "0.0,,", "1,2"),
      ("123456789012345678", "General", "123456789012346000"), (".5", "0.0", "0,5"),
      ("1400", "#,##0 \"đồng\"", "1.400"), ("1400", "#,##0\\ [$₫-42A]", "1.400"),
      ("1400", "_(* #,##0_);_(* (#,##0);_(* \"-\"??_);_(@_)", "1.400"),
      ("5", "\"Tổ \"0", "Tổ 5"), ("1400", "[Red]#,##0", "1.400"), ("0.5", "# ?/?", "0,5"),
      ("12345", "0.00E+00", "12345"), ("12", "@", "12"),
    ])
  func figures(_ stored: String, _ code: String, _ text: String) {
    #expect(shown(stored, code) == text)
  }

  @Test(
    "percentages",
    arguments: [
      ("0.9", "0%", "90%"), ("0.8729", "0.00%", "87,29%"), ("0.8729", "0%", "87%"),
      ("0.57999999999999996", "0%", "58%"), ("1.125", "0.0%", "112,5%"),
      ("87.3", "0.0\"%\"", "87,3%"), ("12.5", "#,##0%", "1.250%"),
    ])
  func percentages(_ stored: String, _ code: String, _ text: String) {
    #expect(shown(stored, code) == text)
  }

  @Test(
    "days from 1900 on",
    arguments: [
      ("43279", "dd/mm/yyyy", "28/06/2018"), ("43279", "d/m/yyyy", "28/6/2018"),
      ("43279", "dd/m/yyyy", "28/6/2018"), ("43279", "m/d/yyyy", "28/6/2018"),
      ("43279", "yyyy-mm-dd", "2018-06-28"), ("43279", "[$-42A]dd mmmm yyyy;@", "28/6/2018"),
      ("43279", "mm/yyyy", "06/2018"), ("43279", "yyyy", "2018"), ("43279", "dd/mm", "28/06/2018"),
      ("43279.756944444445", "dd/mm/yyyy hh:mm", "28/06/2018 18:10"),
      ("43279.999999", "dd/mm/yyyy", "29/06/2018"), ("0.75694444444444442", "h:mm", "18:10"),
      ("43279.5", "h:mm AM/PM", "12:00"), ("1.5", "[h]:mm", "36:00"),
      ("0.5006944", "hh:mm:ss", "12:01:00"), ("1", "d/m/yyyy", "1/1/1900"),
      ("59", "d/m/yyyy", "28/2/1900"), ("61", "d/m/yyyy", "1/3/1900"),
      ("2958465", "d/m/yyyy", "31/12/9999"),
    ])
  func days(_ stored: String, _ code: String, _ text: String) {
    #expect(shown(stored, code) == text)
  }

  @Test("days from 1904 on") func oldMacs() {
    #expect(shown("0", "d/m/yyyy", isFrom1904: true) == "1/1/1904")
    #expect(shown("41817", "d/m/yyyy", isFrom1904: true) == "28/6/2018")
  }

  @Test("days that no calendar has", arguments: ["60", "0", "-1", "2958466", "999999999999999"])
  func noDays(_ stored: String) { #expect(shown(stored, "d/m/yyyy") == nil) }

  @Test(
    "texts that are no numbers",
    arguments: ["", "-", "1,5", "1.5.5", "0x10", "1E", "1E+99999", "∞", "NaN"])
  func noNumbers(_ text: String) { #expect(StoredNumber(Array(text.utf8).span) == nil) }

  @Test(
    "the kind of a format",
    arguments: [
      ("General", NumberFormat.Kind.general), ("@", .text), ("GENERAL", .general), ("", .general),
      ("\"abc\"", .general),
    ])
  func kinds(_ code: String, _ kind: NumberFormat.Kind) {
    #expect(NumberFormat(code: code).kind == kind)
  }

  @Test("formats that are numbers only") func builtIn() {
    for number in [14, 15, 16, 17, 22, 27, 57] {
      guard case .day(let day) = NumberFormat(builtIn: number).kind else {
        Issue.record("\(number)")
        continue
      }
      #expect(day.hasDate)
    }
    for number in [18, 20, 45, 46] {
      guard case .day(let day) = NumberFormat(builtIn: number).kind else {
        Issue.record("\(number)")
        continue
      }
      #expect(!day.hasDate && day.hasTime)
    }
    #expect(NumberFormat(builtIn: 9999) == .general)
  }

  @Test("the numbers of days lead back to the days") func serials() throws {
    for serial in [1, 59, 61, 366, 367, 36_525, 43_279, 73_050, 2_958_465] {
      let day = try #require(CalendarDate(serial: serial, isFrom1904: false))
      #expect(day.serial == serial)
    }
  }
}

@Suite struct CellValueTests {
  @Test(
    "figures keep how they are written",
    arguments: [
      ("1.400", "1400", "#,##0"), ("1400", "1400", "0"), ("13,5", "13.5", "0.0"),
      ("13,50", "13.50", "0.00"), ("-1.234.567,5", "-1234567.5", "#,##0.0"), ("0", "0", "0"),
      ("0,3", "0.3", "0.0"), ("90%", "90E-2", "0%"), ("87,29%", "87.29E-2", "0.00%"),
      ("123456789012345", "123456789012345", "0"),
    ])
  func figures(_ text: String, _ number: String, _ format: String) {
    #expect(
      CellValue(figure: Array(text.utf8)) == .number(Array(number.utf8), format: format))
  }

  @Test(
    "what is no figure stays a text",
    arguments: [
      "05", "trên 9.000", "1,400", "1.1", "1 400", "", "-", "%", "1234567890123456", "12-14", "+5",
      "0,12345678901234567", "1.400.", "١٢", "=1", "1e5", "28/6/2018",
    ])
  func noFigures(_ text: String) { #expect(CellValue(figure: Array(text.utf8)) == nil) }

  @Test(
    "days keep how they are written",
    arguments: [
      ("28/6/2018", "43279", "d/m/yyyy"), ("28/06/2018", "43279", "d/mm/yyyy"),
      ("05/3/2020", "43895", "dd/m/yyyy"), ("2018-06-28", "43279", "yyyy-mm-dd"),
      ("04/7/2018 18:10", "43285.7569444445", "dd/m/yyyy hh:mm"), ("1/1/1900", "1", "d/m/yyyy"),
      // Cut off instead of rounded up, it would be 17:02 in LibreOffice.
      ("09/7/2019 17:03", "43655.7104166667", "dd/m/yyyy hh:mm"),
      ("04/7/2018 18:10:05", "43285.7570023149", "dd/m/yyyy hh:mm:ss"),
    ])
  func days(_ text: String, _ number: String, _ format: String) {
    let value = CellValue(day: Array(text.utf8))
    guard case .number(let own, let code) = value else {
      Issue.record("\(text)")
      return
    }
    #expect(String(decoding: own, as: UTF8.self) == number)
    // Of a day of two digits it cannot be told whether it is padded.
    #expect(code == format || code == "d" + format || code == format.replacing("d/", with: "dd/"))
  }

  @Test(
    "what is no day that Excel knows stays a text",
    arguments: [
      "31/6/2018", "28/6", "…/6/2018", "6/2018", "31/12/1899", "04/7/2018 | 18:10", "28/6/18",
      "28-6-2018", "28/6/2018 ",
    ])
  func noDays(_ text: String) { #expect(CellValue(day: Array(text.utf8)) == nil) }

  @Test("a column with a code is a column of codes") func codes() {
    func reading(_ texts: [String]) -> ColumnReading {
      ColumnReading(of: texts.map { Array($0.utf8) })
    }
    #expect(reading(["1", "2", "trên 9.000", "-", ""]) == .mixed)
    #expect(reading(["05", "12"]) == .text)
    #expect(reading(["1", "1.1", "1.2"]) == .text)
    #expect(reading(["1.400", "1,400"]) == .text)
    #expect(reading(["12345678901234567"]) == .text)
    #expect(
      ColumnReading.mixed.value(Array("28/6/2018".utf8)) == CellValue(day: Array("28/6/2018".utf8)))
  }
}

@Suite struct SheetNameTests {
  @Test("names that Excel takes") func names() {
    var names = SheetNames()
    #expect(names.name(for: "V. MỘT SỐ CHỈ TIÊU") == "V. MỘT SỐ CHỈ TIÊU")
    #expect(names.name(for: "v. một số chỉ tiêu") == "v. một số chỉ tiêu (2)")
    #expect(names.name(for: "PHỤ LỤC: BẢNG [1/2] *?\\") == "PHỤ LỤC BẢNG 1 2")
    #expect(names.name(for: "'a'") == "a")
    #expect(names.name(for: "History") == "History (2)")
    #expect(names.name(for: "") == "Bảng")
    #expect(names.name(for: "[]") == "Bảng (2)")
    let long = names.name(for: String(repeating: "Bảng số liệu ", count: 9))
    #expect(long == "Bảng số liệu Bảng số liệu Bảng…")
    #expect(long.utf16.count == 31)
    let again = names.name(for: String(repeating: "Bảng số liệu ", count: 9))
    #expect(again.utf16.count <= 31 && again.hasSuffix("… (2)"))
    #expect(names.name(for: String(repeating: "😀", count: 40)).utf16.count <= 31)
    #expect(names.name(for: "a\nb\u{1}") == "a b")
  }
}
