import Texts

extension ValueProblem {
  /// The types of fields beyond plain dates and figures: V016, V017, V03x to V06x.
  var typeWording: Wording { periodWording ?? signWording }

  private var periodWording: Wording? {
    switch self {
    case .notAPeriod(let text):
      Wording(
        "V030", "«\(text)» không phải là kỳ báo cáo", "“\(text)” is not a reporting period",
        hint: (
          "viết như 6 tháng đầu năm 2018, 9 tháng đầu năm 2018, quý I năm 2018, tháng 3 năm 2018"
            + " hoặc năm 2018",
          "write 6 tháng đầu năm 2018, 9 tháng đầu năm 2018, quý I năm 2018, tháng 3 năm 2018"
            + " or năm 2018"
        ))
    case .periodWithoutYear(let text):
      Wording(
        "V031", "kỳ báo cáo «\(text)» chưa có năm", "the period “\(text)” has no year",
        hint: (
          "thêm năm, bốn chữ số, như 6 tháng đầu năm 2018",
          "add the year, four digits, as in 6 tháng đầu năm 2018"
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
          "một tháng viết như tháng 3 năm 2018, cả năm viết như năm 2018",
          "one month is written tháng 3 năm 2018, a whole year năm 2018"
        ))
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
    case .notAPercentage(let text, let meant):
      Wording(
        "V016", "«\(text)» không phải là tỷ lệ phần trăm", "“\(text)” is not a percentage",
        hint: ("viết \(meant)", "write \(meant)"))
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
