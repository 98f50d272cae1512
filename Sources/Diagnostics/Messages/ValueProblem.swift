/// The problems of a value that its type does not accept or a filter cannot take: V0xx.
public enum ValueProblem: Sendable {
  case notADate(String)
  /// Some of it is left open, but not as an open date is written.
  case notAnOpenDate(String)
  case noSuchDay(day: Int, month: Int, year: Int, daysInMonth: Int)
  case noSuchMonth(month: Int)
  case monthBeforeDay(rightOrder: String)
  case shortYear(written: String)
  case notATime(String)

  case notANumber(String, odd: OddFigure?)
  case ambiguousNumber(String, grouped: String, decimal: String)
  case foreignGrouping(String, grouped: String)
  case spacedGrouping(String, grouped: String)
  /// Dots in wrong places: what it is where they stand between thousands, and where one is a comma.
  case wrongGrouping(String, grouped: String?, decimal: String?)
  case notPlainFigure(String, PlainReading)
  case range(String, meant: String?)
  case backwardRange(String, meant: String)
  case nothing(String, Gap)
  case numberWithSign(String, number: String, sign: String)
  case notADocumentSerial(String, meant: String?)
  case noRomanNumeral(Int)
  case noPointLetter(Int, last: Int)
  case noOrdinal(Int)

  case notAPercentage(String, meant: String, orMeant: String?)
  case notWhole(String)
  case notAPeriod(String)
  case periodWithoutYear(String)
  case periodMeant(String, String)
  case periodOfWhichEnd(String, String, String)
  case noSuchQuarter(String)
  case noSuchMonths(String)
  case periodBackwards(String, meant: String?)
  case noSchoolYear(String, meant: String)
  case yearsMiscounted(String, meant: [String])
  case noSuchWeek(Int, of: Int, last: Int)
  case noPreviousPeriod(String, lastYear: String)
  case noReportingDay(String, NoReportingDay)
  case notADocumentNumber(String)
  case documentNumberMeant(String, String)
  case notMoney(String)
  case moneyMeant(String, String)
  case notAPerson(String)
  case personMeant(String, String)

  /// What a spreadsheet puts in the place of a number.
  public enum OddFigure: Sendable {
    /// `#DIV/0!`, `#####`
    case error
    /// `1,25E+09`
    case shortened
  }

  /// What to write for a figure that has words around it, where the unit has a field of its own.
  public indirect enum PlainReading: Sendable {
    /// The number, counted in the unit of the record where that is named, and the hedge that goes
    /// into a field of its own.
    case number(String, unit: String?, hedge: String?)
    /// No unit is given beside it: the number in full, and as it is with its numeral in the unit.
    case eitherScale(full: String, short: String, unit: String)
    /// The record has another unit than the value itself.
    case otherUnit(String, unit: String, recordUnit: String)
    /// The value is not written as data have it, and may mean some of these.
    case meanings([Meaning])
    /// Words behind the figure tell of another one.
    case withRemark(String, PlainReading)
    /// There are several numbers, of which none can be chosen.
    case severalFigures
  }

  /// What a figure may mean, `1,1 tỷ`, and what to write for that.
  public struct Meaning: Sendable {
    let text: String
    let reading: PlainReading

    public init(_ text: String, _ reading: PlainReading) {
      (self.text, self.reading) = (text, reading)
    }
  }

  /// What is to be left out where there is nothing to report.
  public enum Gap: Sendable {
    case line
    /// The record, for it must have the field.
    case record
    /// Nothing, for there must be such a record too.
    case neither
    case documentNumber
    case figureLine
    case figureRecord
    case cell
    case row
    case figureCell
    case figureRow

    /// The same in a sheet.
    public var inSheet: Gap {
      switch self {
      case .line, .cell: .cell
      case .record, .row: .row
      case .neither: .neither
      case .documentNumber: .documentNumber
      case .figureLine, .figureCell: .figureCell
      case .figureRecord, .figureRow: .figureRow
      }
    }
  }

  /// The reasons why no day can be given for the data or the report of a period.
  public enum NoReportingDay: Error {
    /// The data file names no reporting rules.
    case noRules
    /// The rules give no day for periods of this kind.
    case notRuled(rules: String)
    /// The rules are not in force at the end of the period's data.
    case notInForce(rules: String, from: String?, until: String?)
  }

  var wording: Wording { figureWording ?? plainWording ?? typeWording }

  /// Dates and figures: V00x to V02x.
  private var figureWording: Wording? {
    switch self {
    case .notADate(let text):
      Wording(
        "V001", "«\(text)» không phải là ngày", "“\(text)” is not a date",
        hint: ("viết như 28/6/2026 hoặc 2026-06-28", "write 28/6/2026 or 2026-06-28"))
    case .notAnOpenDate(let text):
      Wording(
        "V001", "«\(text)» không phải là ngày, cũng không phải là ngày để trống",
        "“\(text)” is neither a date nor one left open",
        hint: (
          "chưa rõ ngày thì viết …/6/2026, chưa rõ cả tháng thì viết …/…/2026",
          "write …/6/2026 where the day is open, …/…/2026 where the month is too"
        ))
    case .noSuchDay(let day, let month, let year, let days):
      Wording(
        "V002", "không có ngày \(day)/\(month)/\(year): tháng \(month) năm \(year) có \(days) ngày",
        "there is no day \(day)/\(month)/\(year): that month has \(days) days")
    case .noSuchMonth(let month):
      Wording("V003", "không có tháng \(month)", "there is no month \(month)")
    case .monthBeforeDay(let rightOrder):
      Wording(
        "V004", "ngày phải viết trước tháng", "the month stands before the day",
        hint: ("có phải là \(rightOrder)?", "did you mean \(rightOrder)?"))
    case .shortYear(let written):
      Wording(
        "V005", "năm phải có bốn chữ số", "the year must have four digits",
        hint: ("có phải là \(written)?", "did you mean \(written)?"))
    case .notATime(let text):
      Wording(
        "V006", "«\(text)» không phải là giờ trong ngày", "“\(text)” is not a time of day",
        hint: ("viết như 18:10", "write it like 18:10"))
    case .notANumber(let text, let odd):
      Wording(
        "V010", "«\(text)» không phải là số", "“\(text)” is not a number",
        hint: odd?.hint ?? ("viết như 1400, 1.400 hoặc 13,5", "write 1400, 1.400 or 13,5"))
    case .ambiguousNumber(let text, let grouped, let decimal):
      Wording(
        "V011", "«\(text)» có thể hiểu theo hai cách", "“\(text)” can be read in two ways",
        hint: (
          "hàng nghìn thì viết \(grouped); số thập phân thì viết \(decimal)",
          "for thousands write \(grouped); for a decimal write \(decimal)"
        ))
    case .foreignGrouping(let text, let grouped):
      Wording(
        "V012", "«\(text)» dùng dấu phẩy để ngăn hàng nghìn",
        "“\(text)” has commas between the thousands",
        hint: ("viết \(grouped)", "write \(grouped)"))
    case .spacedGrouping(let text, let grouped):
      Wording(
        "V012", "«\(text)» dùng dấu cách để ngăn hàng nghìn",
        "“\(text)” has spaces between the thousands",
        hint: ("viết \(grouped)", "write \(grouped)"))
    case .wrongGrouping(let text, let grouped, let decimal):
      Wording(
        "V013", "dấu chấm trong «\(text)» không chia thành từng nhóm ba chữ số",
        "the points in “\(text)” do not make groups of three digits",
        hint: Self.readings(grouped, decimal))
    case .noRomanNumeral(let number):
      Wording(
        "V020", "không viết được số \(number) bằng chữ số La Mã",
        "\(number) cannot be written in Roman numerals",
        hint: ("chỉ viết được từ 1 đến 3999", "they go from 1 to 3999"))
    case .noPointLetter(let number, let last):
      Wording(
        "V021", "không có chữ cái thứ \(number) để đánh thứ tự điểm",
        "there is no letter number \(number) for a point",
        hint: ("bảng chữ cái có \(last) chữ", "the alphabet has \(last) letters"))
    case .noOrdinal(let number):
      Wording(
        "V023", "không có thứ tự \(number)", "nothing is number \(number) in an order",
        hint: ("thứ tự bắt đầu từ 1", "an order begins with 1"))
    default: nil
    }
  }
}

extension ValueProblem {
  /// Periods, percentages, signs, money and people: V016, V017, V03x to V06x.
  private var typeWording: Wording { periodWording ?? signWording }

  private var periodWording: Wording? {
    switch self {
    case .notAPeriod(let text):
      Wording(
        "V030", "«\(text)» không phải là kỳ báo cáo", "“\(text)” is not a reporting period",
        hint: (
          "viết như 6 tháng đầu năm 2026, 9 tháng đầu năm 2026, quý I năm 2026, tháng 3 năm 2026,"
            + " năm 2026, năm học 2025-2026, giai đoạn 2021-2025, nhiệm kỳ 2020-2025 hoặc tuần 26"
            + " năm 2026",
          "write 6 tháng đầu năm 2026, 9 tháng đầu năm 2026, quý I năm 2026, tháng 3 năm 2026,"
            + " năm 2026, năm học 2025-2026, giai đoạn 2021-2025, nhiệm kỳ 2020-2025 or tuần 26"
            + " năm 2026"
        ))
    case .periodWithoutYear(let text):
      Wording(
        "V031", "kỳ báo cáo «\(text)» chưa có năm", "the period “\(text)” has no year",
        hint: (
          "thêm năm, bốn chữ số, như 6 tháng đầu năm 2026",
          "add the year, four digits, as in 6 tháng đầu năm 2026"
        ))
    case .periodMeant(let text, let meant):
      Wording(
        "V032", "kỳ báo cáo «\(text)» viết chưa đúng", "the period “\(text)” is not written right",
        hint: ("viết \(meant)", "write \(meant)"))
    case .periodOfWhichEnd(let text, let first, let last):
      Wording(
        "V033", "«\(text)» chưa rõ là đầu năm hay cuối năm",
        "“\(text)” may be the first or the last months of the year",
        hint: ("viết \(first) hoặc \(last)", "write \(first) or \(last)"))
    case .noSuchQuarter(let text):
      Wording(
        "V034", "«\(text)»: một năm có bốn quý, I đến IV",
        "“\(text)”: a year has four quarters, I to IV")
    case .noSuchMonths(let text):
      Wording(
        "V035", "«\(text)»: số tháng phải từ 2 đến 11",
        "“\(text)”: the number of months goes from 2 to 11",
        hint: (
          "một tháng viết như tháng 3 năm 2026, cả năm viết như năm 2026",
          "one month is written tháng 3 năm 2026, a whole year năm 2026"
        ))
    case .periodBackwards(let text, let meant):
      Wording(
        "V042", "kỳ báo cáo «\(text)» kết thúc trước khi bắt đầu",
        "the period “\(text)” ends before it begins",
        hint: meant.map { ("viết \($0)", "write \($0)") } ?? ("", ""))
    case .noSchoolYear(let text, let meant):
      Wording(
        "V043", "«\(text)»: năm học gồm hai năm liền nhau",
        "“\(text)”: a school year is of two years, one after the other",
        hint: ("viết \(meant)", "write \(meant)"))
    case .yearsMiscounted(let text, let meant):
      Wording(
        "V044", "«\(text)»: số năm và năm đầu, năm cuối không khớp nhau",
        "“\(text)”: the number of years is not that from the first to the last",
        hint: (
          "viết \(meant.joined(separator: " hoặc "))", "write \(meant.joined(separator: " or "))"
        ))
    case .noSuchWeek(let week, let year, let last):
      Wording(
        "V045", "năm \(year) không có tuần \(week)", "the year \(year) has no week \(week)",
        hint: ("năm ấy có \(last) tuần, từ tuần 1", "it has \(last) weeks, from week 1"))
    case .noPreviousPeriod(let text, let lastYear):
      Wording(
        "V036", "không có kỳ liền trước «\(text)» dài bằng kỳ ấy",
        "no period as long as “\(text)” comes right before it",
        hint: (
          "so với cùng kỳ năm trước (cung_ky): \(lastYear)",
          "compare with the same period of the year before (cung_ky): \(lastYear)"
        ))
    case .noReportingDay(let period, let reason): reason.wording(of: period)
    default: nil
    }
  }

  private var signWording: Wording {
    switch self {
    case .notAPercentage(let text, let meant, let orMeant):
      Wording(
        "V016", "«\(text)» không phải là tỷ lệ phần trăm", "“\(text)” is not a percentage",
        hint: orMeant.map { ("viết \(meant) hoặc \($0)", "write \(meant) or \($0)") }
          ?? ("viết \(meant)", "write \(meant)"))
    case .documentNumberMeant(let text, let meant):
      Wording(
        "V041", "số, ký hiệu «\(text)» viết chưa đúng",
        "the number and sign “\(text)” is not written right",
        hint: ("viết \(meant)", "write \(meant)"))
    case .notMoney(let text):
      Wording(
        "V050", "«\(text)» không phải là số tiền", "“\(text)” is not an amount of money",
        hint: (
          "viết như 13,5 tỷ đồng, 900 triệu đồng hoặc 1.500.000 đồng",
          "write 13,5 tỷ đồng, 900 triệu đồng or 1.500.000 đồng"
        ))
    case .moneyMeant(let text, let meant):
      Wording(
        "V051", "số tiền «\(text)» chưa ghi rõ là đồng", "the amount “\(text)” does not say đồng",
        hint: ("viết \(meant)", "write \(meant)"))
    case .notAPerson(let text):
      Wording(
        "V060", "«\(text)» không phải là họ tên và chức vụ", "“\(text)” is not a name and a title",
        hint: (
          "viết họ tên có chữ hoa, dấu phẩy rồi chức vụ: Nguyễn Văn A, Phó Bí thư Quận ủy",
          "write the name with capitals, a comma and the title: Nguyễn Văn A, Phó Bí thư Quận ủy"
        ))
    case .personMeant(let text, let meant):
      Wording(
        "V061", "giữa họ tên và chức vụ của «\(text)» phải là dấu phẩy",
        "a comma stands between name and title in “\(text)”",
        hint: ("viết \(meant)", "write \(meant)"))
    case .notADocumentNumber(let text): Self.notADocumentNumber(text)
    default:
      Wording(
        "V017", "«\(fraction)» không phải là số nguyên", "“\(fraction)” is not a whole number",
        hint: ("viết như 1400 hoặc 1.400", "write 1400 or 1.400"))
    }
  }

  private var fraction: String {
    if case .notWhole(let text) = self { text } else { "" }
  }

  private static func notADocumentNumber(_ text: String) -> Wording {
    Wording(
      "V040", "«\(text)» không phải là số, ký hiệu văn bản",
      "“\(text)” is not the number and sign of a document",
      hint: (
        "viết như 172/KH-UBND, 30/2020/NĐ-CP, 10/2022/QH15 hoặc 120-KL/TW",
        "write 172/KH-UBND, 30/2020/NĐ-CP, 10/2022/QH15 or 120-KL/TW"
      ))
  }
}

extension ValueProblem.NoReportingDay {
  private static let ownDay = (
    vietnamese: "ghi chính ngày ấy ở trường so_lieu_tu_ngay, so_lieu_den_ngay hoặc han_gui",
    english: "give the day itself in the field so_lieu_tu_ngay, so_lieu_den_ngay or han_gui"
  )

  fileprivate func wording(of period: String) -> Wording {
    switch self {
    case .noRules:
      Wording(
        "V037", "chưa rõ ngày chốt số liệu và hạn gửi báo cáo \(period)",
        "nothing says when the data of \(period) end and when its report is sent",
        hint: (
          "ghi chế độ báo cáo ở trường che_do_bao_cao, hoặc chính ngày ấy ở so_lieu_tu_ngay,"
            + " so_lieu_den_ngay, han_gui",
          "name the rules in the field che_do_bao_cao, or the day itself in so_lieu_tu_ngay,"
            + " so_lieu_den_ngay, han_gui"
        ))
    case .notRuled(let rules):
      Wording(
        "V038", "chế độ báo cáo «\(rules)» không định ngày này cho kỳ \(period)",
        "the reporting rules “\(rules)” do not give this day for \(period)",
        hint: Self.ownDay)
    case .notInForce(let rules, let from, let until):
      Wording(
        "V039",
        "chế độ báo cáo «\(rules)» không có hiệu lực khi chốt số liệu \(period)"
          + " (từ \(from ?? "…") đến \(until ?? "nay"))",
        "the reporting rules “\(rules)” are not in force when the data of \(period) end"
          + " (from \(from ?? "…") to \(until ?? "now"))",
        hint: Self.ownDay)
    }
  }
}
