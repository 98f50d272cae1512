/// The problems of adding up the figures of many units, `baocao collect`: C0xx.
public enum CollectionProblem: Sendable {
  case missingValue(type: String, field: String)
  case unknownUnit(String, suggestion: String?)
  case repeatedUnit(String)
  case sameFile(String)
  case otherPeriod(found: String, wanted: String)
  /// - Parameter perhaps: the one that may have been renamed.
  case missingFigure(String, perhaps: String?)
  case hedgedFigure(String)
  case negativeFigure(String)
  case tooLarge(String)
  case otherMeasure(found: String, wanted: String)
  case shareOfNothing(part: String, whole: String)
  case noPeriodBefore(String)
  case madeType(String)
  case noUnits
  case notReported(String)
  case leftOut(String, errors: Int)
  case noOldFigure(String)
  case noOldUnit(String)
  case repeatedFigure(String)
  case partOverWhole(part: String, whole: String, rate: String)
  case summedShare(String, unit: String)
  case repeatedIndicator(String)
  case comparedWithout([String])
  case notCompared([String])
  case distantFigure(String, String, unit: String, others: String)

  var wording: Wording { addingWording ?? comparingWording }

  private var addingWording: Wording? {
    switch self {
    case .missingValue(let type, let field):
      Wording(
        "C001", "tệp này không có trường «\(field)» của bản ghi «\(type)»",
        "this file has no field “\(field)” in a “\(type)” record",
        hint: (
          "thêm «%rec: \(type)» và dòng «\(field): …»",
          "add “%rec: \(type)” and a line “\(field): …”"
        ))
    case .unknownUnit(let name, let suggestion):
      Wording(
        "C002", "«\(name)» không có trong danh sách đơn vị báo cáo",
        "“\(name)” is not in the list of reporting units", hint: didYouMean(suggestion))
    case .repeatedUnit(let name):
      Wording(
        "C003", "đơn vị «\(name)» có hai tệp", "there are two files of the unit “\(name)”",
        hint: ("mỗi đơn vị chỉ giữ một tệp", "keep one file of each unit"))
    case .sameFile(let path):
      Wording("C004", "tệp «\(path)» được đưa vào hai lần", "the file “\(path)” is given twice")
    case .otherPeriod(let found, let wanted):
      Wording(
        "C005", "kỳ ở đây là «\(found)», không phải «\(wanted)»",
        "the period here is “\(found)”, not “\(wanted)”")
    case .missingFigure(let name, nil):
      Wording(
        "C006", "tệp này không có số liệu «\(name)»", "this file has no figure “\(name)”",
        hint: ("thêm số liệu; không có thì ghi 0", "add it; where there is none, write 0"))
    case .missingFigure(let name, let found?):
      Wording(
        "C006", "tệp này không có số liệu «\(name)», chỉ có «\(found)»",
        "this file has no figure “\(name)”, only “\(found)”",
        hint: (
          "nếu là một thì viết «\(name)»; nếu không thì thêm số liệu",
          "if they are one, write “\(name)”; if not, add the figure"
        ))
    case .hedgedFigure(let text):
      Wording(
        "C007", "«\(text)» là số ước chừng nên không cộng được",
        "“\(text)” is not meant exactly, so it cannot be added",
        hint: ("ghi con số đúng", "write the exact figure"))
    case .negativeFigure(let text):
      Wording(
        "C008", "«\(text)» là số âm", "“\(text)” is negative",
        hint: (
          "sửa số liệu; số âm là đúng thì thêm «so_am: co» vào chỉ tiêu",
          "correct it; where it may be negative, add “so_am: co” to the figure's record"
        ))
    case .tooLarge(let text):
      Wording(
        "C009", "«\(text)» có quá nhiều chữ số để tính",
        "“\(text)” has too many digits to count with")
    case .otherMeasure(let found, let wanted):
      Wording(
        "C010", "đơn vị tính ở đây là «\(found)», không phải «\(wanted)»",
        "the unit of measure here is “\(found)”, not “\(wanted)”",
        hint: ("đổi số liệu ra \(wanted)", "convert the figure to \(wanted)"))
    case .shareOfNothing(let part, let whole):
      Wording(
        "C011", "«\(part)» khác 0 mà «\(whole)» bằng 0, nên không tính được tỷ lệ",
        "“\(part)” is not 0 but “\(whole)” is, so there is no rate")
    case .noPeriodBefore(let period):
      Wording("C012", "không có năm nào trước «\(period)»", "there is no year before “\(period)”")
    case .madeType(let type):
      Wording(
        "C013", "bản ghi «\(type)» do lệnh tổng hợp lập, không ghi ở đây",
        "records of the type “\(type)” are made by adding up and may not stand here")
    case .noUnits:
      Wording(
        "C014", "không đơn vị nào có số liệu dùng được", "no unit has figures that can be used")
    case .repeatedFigure(let name):
      Wording(
        "C019", "đơn vị này ghi «\(name)» hai lần", "this unit has “\(name)” twice",
        hint: ("giữ một số liệu, bỏ số kia", "keep one of the two"))
    case .partOverWhole(let part, let whole, let rate):
      Wording(
        "C020", "«\(part)» nhiều hơn «\(whole)»: tỷ lệ thành \(rate)%",
        "“\(part)” is more than “\(whole)”: the rate is \(rate)%",
        hint: (
          "sửa số nào sai; tỷ lệ quá 100% được (như mức đạt kế hoạch) thì nói rõ ở tên chỉ tiêu",
          "correct the one that is wrong; say in the name of the rate where it may exceed 100% (as of"
            + " a plan that is met)"
        ))
    case .summedShare(let name, let unit):
      Wording(
        "C021", "«\(name)» tính bằng \(unit) nên không cộng được",
        "“\(name)” is in \(unit), which cannot be added up",
        hint: (
          "dùng «cach: ty_le» với «tu», «mau» là hai chỉ tiêu cộng được",
          "use “cach: ty_le” with “tu” and “mau”, two figures that can be added"
        ))
    case .repeatedIndicator(let name):
      Wording(
        "C022", "hai chỉ tiêu cùng tên «\(name)»", "two figures are called “\(name)”",
        hint: ("đặt tên khác nhau", "give them different names"))
    default: nil
    }
  }

  /// What could not be added up or compared.
  private var comparingWording: Wording {
    switch self {
    case .notReported(let name):
      Wording(
        "C015", "«\(name)» chưa báo cáo", "“\(name)” has not reported", severity: .warning)
    case .leftOut(let name, let errors):
      Wording(
        "C016", "bỏ ra số liệu của «\(name)» vì có \(errors) lỗi",
        "the figures of “\(name)” are left out: \(errors) error\(errors == 1 ? "" : "s")",
        hint: ("bỏ «--bo-qua» để xem các lỗi", "without “--bo-qua” the errors are shown"),
        severity: .warning)
    case .noOldFigure(let name):
      Wording(
        "C017", "tệp cùng kỳ không có số liệu «\(name)» nên không so sánh được",
        "the file of last year has no figure “\(name)” to compare with", severity: .warning)
    case .comparedWithout(let units):
      Wording(
        "C023", "so sánh số tổng với cùng kỳ không tính \(units.joined(separator: ", "))",
        "the totals are compared with last year's without \(units.joined(separator: ", "))",
        severity: .warning)
    case .distantFigure(let name, let figure, let unit, let others):
      Wording(
        "C025", "«\(name)» của «\(unit)» là \(figure), các đơn vị khác nhiều nhất là \(others)",
        "“\(name)” of “\(unit)” is \(figure), and of no other unit more than \(others)",
        hint: (
          "xem lại đơn vị tính, và có thừa số 0 không",
          "see whether it is in the right unit of measure, and whether it has zeros too many"
        ), severity: .warning)
    case .notCompared(let units):
      Wording(
        "C024",
        "không so sánh số tổng với cùng kỳ, vì chỉ một kỳ có số liệu của"
          + " \(units.joined(separator: ", "))",
        "the totals are not compared with last year's, since only one of the years has figures of"
          + " \(units.joined(separator: ", "))", severity: .warning)
    default:
      Wording(
        "C018", "tệp cùng kỳ không có số liệu của «\(oldUnit)» nên không so sánh được",
        "the file of last year has no figures of “\(oldUnit)” to compare with", severity: .warning)
    }
  }

  private var oldUnit: String {
    if case .noOldUnit(let name) = self { name } else { "" }
  }
}
