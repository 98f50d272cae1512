import Texts

/// A value that does not have the form its type asks for, or that a filter cannot take.
public enum ValueProblem: Sendable {
  case notADate(String)
  case noSuchDay(day: Int, month: Int, year: Int, daysInMonth: Int)
  case noSuchMonth(month: Int)
  case monthBeforeDay(rightOrder: String)
  case shortYear(written: String)
  case notATime(String)

  case notANumber(String)
  case ambiguousNumber(String, grouped: String, decimal: String)
  case foreignGrouping(String, grouped: String)
  case wrongGrouping(String, decimal: String)
  case notPlainFigure(String, plain: String)
  case noRomanNumeral(Int)
  case noPointLetter(Int, last: Int)

  case notAPercentage(String, meant: String)
  case notWhole(String)
  case notAPeriod(String)
  case periodWithoutYear(String)
  case periodMeant(String, String)
  case periodOfWhichEnd(String, String, String)
  case noSuchQuarter(String)
  case noSuchMonths(String)
  case noPreviousPeriod(String, lastYear: String)
  case noReportingDay(String, NoReportingDay)
  case notADocumentNumber(String)
  case documentNumberMeant(String, String)
  case notMoney(String)
  case moneyMeant(String, String)
  case notAPerson(String)
  case personMeant(String, String)

  /// Why the rules of reporting give a period no day.
  public enum NoReportingDay: Error {
    /// The data names no rules.
    case noRules
    /// The rules have nothing for periods of this kind.
    case notRuled(rules: String)
    /// The rules were not in force then.
    case notInForce(rules: String, from: String?, until: String?)
  }

  var wording: Wording { figureWording ?? typeWording }

  /// Dates and figures: V00x to V02x.
  private var figureWording: Wording? {
    switch self {
    case .notADate(let text):
      Wording(
        "V001", "«\(text)» không phải là ngày", "“\(text)” is not a date",
        hint: ("viết như 28/6/2018 hoặc 2018-06-28", "write 28/6/2018 or 2018-06-28"))
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
    case .notANumber(let text):
      Wording(
        "V010", "«\(text)» không phải là số", "“\(text)” is not a number",
        hint: ("viết như 1400, 1.400 hoặc 13,5", "write 1400, 1.400 or 13,5"))
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
    case .wrongGrouping(let text, let decimal):
      Wording(
        "V013", "dấu chấm trong «\(text)» không chia thành từng nhóm ba chữ số",
        "the points in “\(text)” do not make groups of three digits",
        hint: (
          "số thập phân thì dùng dấu phẩy: \(decimal)", "a decimal takes a comma: \(decimal)"
        ))
    case .notPlainFigure(let text, let plain):
      Wording(
        "V015", "«\(text)»: trường này chỉ ghi con số", "“\(text)”: this field holds a number only",
        hint: (
          "viết \(plain); đơn vị (kể cả %) và chữ «trên», «gần» ghi ở trường riêng",
          "write \(plain); the unit (also %) and words such as “trên” go into fields of their own"
        ))
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
    default: nil
    }
  }
}
