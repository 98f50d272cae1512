/// The problems of single figures and of how they change: K105 to K110, and of those in a chart.
public enum FigureProblem: Sendable {
  case outOfShare(String, most: String, isSure: Bool)
  case negative(String)
  case notWholeCount(String, unit: String)
  case notWholeMoney(String, unit: String)
  case thousandfold(String, last: String, times: String)
  case thousandth(String, last: String, times: String)
  case absurdChange(String)
  case impossibleChange(String, isFall: Bool)
  case changeInOtherUnit(String, unit: String, own: String)
  case percentFromNothing(String, meant: String)
  case rateOfNothing(String)
  /// - Parameter isSure: whether one of its numbers is that of the rate.
  case otherRatio(String, part: String, whole: String, isSure: Bool)
  case blank(String)
  case ofItself(String)
  case drawnInOtherUnit(String, unit: String, others: String)
  case drawnColumnMissing(String, type: String)
  case drawnRange(String, String)
  /// Figures in running texts.
  case foreignFigure(String, meant: String)
  case shareOverWhole(String)
  case partOverWhole(String)
  case otherPercent(String, written: String, computed: String)

  var wording: Wording { boundWording ?? textWording ?? changeWording }

  private var boundWording: Wording? {
    switch self {
    case .outOfShare(let figure, let most, isSure: false):
      Wording(
        "K105", "\(figure): phần của một toàn bộ thì không thể quá \(most)",
        "\(figure): a share of a whole cannot be more than \(most)",
        hint: (
          "mức tăng hay mức đạt kế hoạch thì nói rõ ở tên chỉ tiêu; không phải thì sửa số",
          "say in the name of the figure that it is a growth or how far a plan is met; else correct it"
        ), severity: .warning)
    case .outOfShare(let figure, let most, isSure: true):
      Wording(
        "K105", "\(figure) là phần của một toàn bộ nên không thể quá \(most)",
        "\(figure) is a share of a whole, so it cannot be more than \(most)",
        hint: (
          "sửa số; mức tăng hay mức đạt kế hoạch thì nói rõ ở tên chỉ tiêu",
          "correct it; say in the name of the figure that it is a growth or how far a plan is met"
        ))
    case .negative(let figure):
      Wording(
        "K105", "\(figure): số đếm và phần của một toàn bộ thì không âm",
        "\(figure): counts and shares of a whole are not negative",
        hint: (
          "bỏ dấu trừ; mức tăng, giảm thì nói rõ ở tên chỉ tiêu, như «Tốc độ tăng …»",
          "remove the sign; say in the name of the figure that it is a growth, as “Tốc độ tăng …”"
        ))
    case .notWholeCount(let figure, let unit):
      Wording(
        "K106", "\(figure): «\(unit)» đếm bằng số nguyên", "\(figure): “\(unit)” are whole numbers",
        hint: (
          "sửa số hoặc đơn vị tính; số bình quân thì nói rõ ở tên chỉ tiêu",
          "correct the figure or the unit; say in the name of the figure that it is an average"
        ))
    case .notWholeMoney(let figure, let unit):
      Wording(
        "K106", "\(figure): số tiền tính bằng «\(unit)» không có phần lẻ",
        "\(figure): an amount in “\(unit)” has no decimals",
        hint: (
          "sửa số, hoặc sửa đơn vị tính (như nghìn, triệu, tỷ đồng)",
          "correct the figure, or the unit (such as nghìn, triệu, tỷ đồng)"
        ))
    default: nil
    }
  }

  private var textWording: Wording? {
    switch self {
    case .foreignFigure(let figure, let meant):
      Wording(
        "K162", "«\(figure)» viết theo lối nước ngoài",
        "“\(figure)” is not written the Vietnamese way",
        hint: ("viết \(meant)", "write \(meant)"), severity: .warning)
    case .shareOverWhole(let figure):
      Wording(
        "K105", "\(figure): phần của một toàn bộ thì không thể quá 100%",
        "\(figure): a share of a whole cannot be more than 100%", hint: Self.planOrCorrect,
        severity: .warning)
    case .partOverWhole(let ratio):
      Wording(
        "K101", "«\(ratio)»: phần lớn hơn toàn bộ", "“\(ratio)”: the part is more than the whole",
        hint: Self.planOrCorrect, severity: .warning)
    case .otherPercent(let ratio, let written, let computed):
      Wording(
        "K103", "tỷ lệ ghi \(written), nhưng \(ratio) là \(computed)%",
        "the rate says \(written), but \(ratio) is \(computed)%",
        hint: ("sửa số nào sai trong ba số", "correct the one of the three that is wrong"),
        severity: .warning)
    default: nil
    }
  }

  private static let planOrCorrect = (
    vietnamese: "sửa số; mức tăng hay mức đạt kế hoạch thì nói rõ trong câu",
    english: "correct it; say in the sentence that it is a growth or how far a plan is met"
  )

  private var changeWording: Wording {
    switch self {
    case .thousandfold(let figure, let last, let times):
      Wording(
        "K107", "\(figure) gấp \(times) lần kỳ trước (\(last))",
        "\(figure) is \(times) times that of last time (\(last))", hint: Self.slipOfThousands,
        severity: .warning)
    case .thousandth(let figure, let last, let times):
      Wording(
        "K107", "\(figure) chỉ bằng 1/\(times) kỳ trước (\(last))",
        "\(figure) is 1/\(times) of that of last time (\(last))", hint: Self.slipOfThousands,
        severity: .warning)
    case .absurdChange(let text):
      Wording(
        "K107", "«\(text)» là mức thay đổi khó có", "“\(text)” is hardly a change that happened",
        hint: ("xem lại số của hai kỳ", "look at the figures of both periods again"),
        severity: .warning)
    case .impossibleChange(let text, let isFall):
      isFall
        ? Wording(
          "K108", "«\(text)»: không gì giảm được quá 100%",
          "“\(text)”: nothing falls by more than 100%",
          hint: ("sửa tỷ lệ", "correct the percentage"))
        : Wording(
          "K108", "«\(text)» là tăng nhiều hơn cả số của kỳ này",
          "“\(text)” is a rise by more than this period's figure",
          hint: ("sửa số nào sai trong hai số", "correct the one that is wrong"))
    case .changeInOtherUnit(let text, let unit, let own):
      Wording(
        "K104", "«\(text)» tính bằng «\(unit)», mà số liệu tính bằng «\(own)»",
        "“\(text)” is counted in “\(unit)”, but the figure in “\(own)”",
        hint: ("viết bằng «\(own)», hoặc sửa don_vi", "write it in “\(own)”, or correct don_vi"))
    case .otherRatio(let text, let part, let whole, let isSure):
      Wording(
        "K144", "câu ghi «\(text)», nhưng tỷ lệ tính từ \(part) và \(whole)",
        "the text says “\(text)”, but the rate is of \(part) and \(whole)",
        hint: (
          "sửa câu, hoặc sửa tu_so, mau_so", "correct the text, or the figures of the rate"
        ), severity: isSure ? .error : .warning)
    case .ofItself(let code):
      Wording(
        "K102", "«\(code)» là mã của chính số liệu này",
        "“\(code)” is the code of this very figure",
        hint: ("ghi mã của số liệu khác", "give the code of another figure"))
    case .drawnInOtherUnit(let code, let unit, let others):
      Wording(
        "K183",
        "«\(code)» tính bằng «\(unit)», không vẽ chung được với số liệu tính bằng «\(others)»",
        "“\(code)” is counted in “\(unit)”: it cannot be drawn with figures in “\(others)”",
        hint: (
          "bỏ dòng này, vẽ nó ở một bieu_do khác",
          "remove this line, and draw it in a chart of its own"
        ))
    case .drawnRange(let code, let range):
      Wording(
        "K187", "số liệu «\(code)» là một khoảng, «\(range)», nên không vẽ được",
        "the figure “\(code)” is a range, “\(range)”, which has no height in a chart",
        hint: ("ghi một số, hoặc bỏ biểu đồ này", "write one number, or remove the chart"))
    case .drawnColumnMissing(let code, let type):
      Wording(
        "K184", "không bản ghi «\(type)» nào có «\(code)», nên không có gì để vẽ",
        "no record of the type “\(type)” has “\(code)”, so there is nothing to draw",
        hint: (
          "thêm số liệu ấy cho các đơn vị, hoặc bỏ biểu đồ này",
          "add these figures of the units, or remove the chart"
        ))
    case .blank(let mark):
      Wording(
        "K145", "chỗ trống «\(mark)» chưa điền", "the blank “\(mark)” is not filled in",
        hint: ("viết số của kỳ này", "write the figure of this period"))
    case .percentFromNothing(let text, let meant):
      Wording(
        "K109", "«\(text)»: kỳ trước là 0 nên không tính được phần trăm",
        "“\(text)”: last time it was 0, from which there is no percentage",
        hint: (
          "viết «\(meant)», hoặc bỏ dòng này: bảng tự ghi hiệu của hai kỳ",
          "write “\(meant)”, or remove this line: the table shows the difference by itself"
        ))
    default:
      Wording(
        "K110", "tỷ lệ ghi \(rate), nhưng mẫu số là 0 nên không có tỷ lệ nào",
        "the rate says \(rate), but of 0 there is no rate",
        hint: (
          "bỏ số liệu tỷ lệ này, hoặc sửa mẫu số", "leave this rate out, or correct the whole"
        ))
    }
  }

  private static let slipOfThousands = (
    vietnamese: "xem lại hai số có cùng đơn vị tính không, có thừa hay thiếu số 0 không",
    english: "see whether both are in the same unit, and whether zeros are missing or too many"
  )

  private var rate: String {
    if case .rateOfNothing(let rate) = self { rate } else { "" }
  }
}
