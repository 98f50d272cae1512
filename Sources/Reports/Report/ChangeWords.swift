import Diagnostics
import Templating
import Texts
import Vietnamese

/// The change from one figure to another in words: `tăng 12,5%`, `giảm 3 đơn`, `gấp 2 lần`,
/// `không thay đổi`.
struct ChangeWords {
  let form: Form
  /// The number of digits after the comma of per cent and of times.
  let digits: Int
  /// The unit of measure, `đơn`; the change of figures in `%` is told in points of it, whatever the
  /// form.
  let measure: String

  enum Form: String, CaseIterable {
    /// In per cent of the old figure.
    case percent = "phan_tram"
    /// In the unit of measure.
    case measure = "so"
    /// In the unit, and in per cent behind it.
    case both = "ca_hai"
    /// How many times as much, where it is at least twice.
    case times = "lan"
  }

  /// The words; nil where the figures have too many digits.
  func words(from old: Decimal, to new: Decimal) -> String? {
    guard let difference = new.adding(old.negated) else { return nil }
    guard difference != Decimal(0) else { return "không thay đổi" }
    let verb = difference < Decimal(0) ? "giảm" : "tăng"
    let inMeasure = "\(verb) \(difference.magnitude.vietnamese)" + (unit.isEmpty ? "" : " \(unit)")
    // There is no rate of a rate, and none of nothing.
    if measure == "%" || old == Decimal(0) { return inMeasure }
    switch form {
    case .measure: return inMeasure
    case .percent: return percent(difference, of: old, new).map { "\(verb) \($0)" }
    case .both: return percent(difference, of: old, new).map { "\(inMeasure) (\($0))" }
    case .times:
      guard let times = new.divided(by: old)?.rounded(to: digits, .halfUp) else { return nil }
      let isTimes = Decimal(0) < old && !(times < Decimal(2))
      return isTimes
        ? "gấp \(times.vietnamese) lần" : percent(difference, of: old, new).map { "\(verb) \($0)" }
    }
  }

  private var unit: String { measure == "%" ? "điểm %" : measure }

  /// How much in per cent, without a sign. What would be rounded to 0 %, or to all of it while
  /// something is left, is told by the nearest step: `dưới 0,1%`, `trên 99,9%`.
  private func percent(_ difference: Decimal, of old: Decimal, _ new: Decimal) -> String? {
    let base = old.magnitude
    guard let share = percentage(difference.magnitude, of: base, digits: digits) else { return nil }
    let step = Decimal(digits: 1, scale: digits)
    if share == Decimal(0) { return "dưới \(step.vietnamese)%" }
    let isAll = share == Decimal(100) && new != Decimal(0) && difference < Decimal(0)
    guard isAll, let nearest = Decimal(100).adding(step.negated) else {
      return "\(share.vietnamese)%"
    }
    return "trên \(nearest.vietnamese)%"
  }
}

extension Filter {
  /// `{{ gia_tri | tang_giam(ky_truoc, "đơn") }}`: the change from an older figure.
  static let change = Filter(
    "tang_giam", Signature(["ky_truoc", "don_vi", "theo", "le"], required: 1)
  ) { (value, arguments) throws(Diagnostic) in
    let name = arguments[2].map { $0.printed.string } ?? ChangeWords.Form.percent.rawValue
    guard let form = ChangeWords.Form(rawValue: name) else { throw badArgument(name) }
    let digits = arguments[3]?.asInt ?? 1
    guard (0...9).contains(digits) else { throw badArgument("\(digits)") }
    let words = ChangeWords(
      form: form, digits: digits, measure: arguments[1].map { $0.printed.string } ?? "")
    let (old, new) = (try figure(arguments[0] ?? .missing), try figure(value))
    guard let written = words.words(from: old, to: new) else {
      throw Diagnostic(.template(.numberTooLarge), at: value.asText)
    }
    return .text(Text(computed: Array(written.utf8), from: value.asText))
  }

  private static func badArgument(_ argument: String) -> Diagnostic {
    Diagnostic(.template(.badArgument(argument, of: "tang_giam")), at: nil)
  }

  /// The exact number of a value, which may be a figure as people write it, with `%` behind it.
  private static func figure(_ value: Value) throws(Diagnostic) -> Decimal {
    if let number = value.asDecimal { return number }
    guard var text = value.asText?.trimmed else {
      throw Diagnostic(.template(.wrongOperand("tang_giam", value.kind, wanted: .number)), at: nil)
    }
    if text.bytes.last == UInt8(ascii: "%") {
      text = Text(computed: Array(text.bytes.dropLast()), from: text)
    }
    guard let number = Decimal(try canonicalFigure(text)) else {
      throw Diagnostic(.template(.numberTooLarge), at: text)
    }
    return number
  }
}
