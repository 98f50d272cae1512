/// The problems that checks across fields and checks of texts find: K1xx to K4xx.
///
/// A data file may silence those up to K299 by their code, see ``silenceable``.
public enum CheckProblem: Sendable {
  case partOfLess(part: String, whole: String)
  /// What to type is nil where no value can be right before others are corrected.
  case wrongTotal(written: String, sum: String, toType: String?)
  case wrongRate(written: String, of: String, and: String, computed: String, toType: String?)
  case wrongChange(written: String, from: String, to: String, computed: [String], isSure: Bool)

  /// A record that says what one above says: the fields that may tell them apart.
  case repeated(String, apart: [String])

  case outsidePeriod(String, from: String, until: String)
  case perhapsOutsidePeriod(String, from: String, until: String)
  case after(String, other: String)

  case otherDate(sign: String, written: String, known: String)
  case perhapsOtherDate(sign: String, written: String, known: String, OfDate)
  case otherSign(String, known: String)
  case otherYear(sign: String, date: String)
  /// A law that is cited by its name alone: the years in which laws of the name were issued.
  case otherYearOfName(String, year: String, known: [String])
  case noLongerInForce(sign: String, until: String, replacedBy: String?)
  case perhapsNoLongerInForce(sign: String, until: String, replacedBy: String?)
  case notYetInForce(sign: String, from: String)
  case otherKind(String, sign: String, known: [String])
  case perhapsOtherIssuer(String, sign: String, known: String)
  case perhapsOtherTitle(String, sign: String, known: String)
  /// A document that a running text names was in force on no day of the period.
  case formerLaw(sign: String, until: String, replacedBy: String?)

  /// A document that another of a certain day cites before it was issued.
  case notYetIssued(sign: String, issued: String, on: String)
  case perhapsNotYetIssued(sign: String, issued: String, on: String)

  case noSuchBody(String, Existence, on: String)
  case perhapsNoSuchBody(String, Existence, on: String)

  case periodNotAfter(String, other: String, example: String?)
  case periodOfOtherKind(String, kind: String?, isWhole: Bool)
  case periodNotComparable(String, other: String, example: String)

  case unexplained(String, meaning: String)

  case doubledWord(String)
  case spaceInSign(String, meant: String)
  case mixedQuotes(open: String, close: String)
  case loneQuote(String)
  case noSpaceAfterNumber(String, meant: String)
  case frequentSlip(String, meant: String)
  case unknownSyllable(String, suggestion: String?)

  case beginsOtherwise(NamedField, known: [String])
  case begins(NamedField, with: String, rest: String)
  case ends(NamedField, with: String)
  case lacksEnding(NamedField, signs: [String], last: String)
  case repeats(NamedField, String, beside: NamedField)
  case doesNotBelong(String, field: NamedField, values: [String], found: String)
  case openEmphasis(String)
  case form(DocumentFormProblem)
  case signing(SigningProblem)
  case meeting(MeetingProblem)
  case numbering(NumberingProblem)
  case figure(FigureProblem)

  case deadlinePassed(String, on: String)
  case partOfDeadlinePassed(String, String, on: String)
  case reversedDeadline(String)
  case unreadDeadline(String)
  case toldTooSoon(String, event: String)
  /// A day or period in a running text that is later than its document, and told of as past.
  case dayToCome(String, day: String)
  case perhapsDayToCome(String, day: String)
  case perhapsDeadlinePassed(String, on: String)
  case titleOfOtherPeriod(String, known: [String])
  case beforeCutoff(String, cutoff: String)
  case perhapsBeforeCutoff(String, cutoff: String)
  case late(String, due: String)
  case beforePeriod(String, begin: String)
  case leadDiffers(String, field: NamedField, data: String)
  case leadUnknown(String, suggestion: String?)
  case otherPlace(String, known: String)
  case noSuchDocument(String, suggestion: String?, known: [String])
  case unprintedRecords(String, count: Int)
  /// - Parameter without: the field that is missing beside it, where it is only printed with that.
  case unprintedField(NamedField, count: Int, without: NamedField?)
  case explainedAgain(String)
  case explainedForNothing(String)
  case writtenOutAgain(String, meaning: String)
  case leadsNowhere(String, NamedField)
  case phaseTooEarly(String, other: String)
  case annexNotMentioned(String)
  /// A document that lacks what it cannot be without: the fields and record types that would do.
  case tooFew([String], count: Int, least: Int)
  /// A value that a line above it in the same record has.
  case saidAgain(String, NamedField)

  /// A field of the head that the text, which is kept word for word, does not say.
  case notInVerbatim(String, String)

  case silencedWithoutReason(String)
  case notSilenceable(String, known: [String])
  case nothingSilenced(String)

  case badDeclaration(String, form: String)
  case declarationOfUnknownField(String, type: String)

  /// The reason why the register's date may belong to another document than the cited one.
  public enum OfDate: Sendable {
    /// The register marks it as not verified.
    case unverified
    /// The Party counts its documents anew in each term.
    case countedByTerm
  }

  /// The days on which a body existed.
  public enum Existence: Sendable {
    case until(String)
    case from(String)
  }

  var wording: Wording {
    if case .form(let problem) = self { return problem.wording }
    if case .figure(let problem) = self { return problem.wording }
    if case .signing(let problem) = self { return problem.wording }
    if case .meeting(let problem) = self { return problem.wording }
    if case .numbering(let problem) = self { return problem.wording }
    return figureWording ?? lawWording ?? typingWording ?? declaredWording ?? sayingWording
      ?? silencingWording
  }

  private func quoted(_ readings: [String]) -> (vietnamese: String, english: String) {
    (
      readings.map { "«\($0)»" }.joined(separator: " hoặc "),
      readings.map { "“\($0)”" }.joined(separator: " or ")
    )
  }

  /// Figures and dates.
  private var figureWording: Wording? {
    switch self {
    case .partOfLess(let part, let whole):
      Wording(
        "K101", "\(part) là một phần của \(whole) nên không thể lớn hơn",
        "\(part) is a part of \(whole), so it cannot be more",
        hint: ("sửa số nào sai trong hai số", "correct the one that is wrong"))
    case .wrongTotal(let written, let sum, let toType):
      Wording(
        "K102", "tổng ghi \(written), nhưng các phần cộng lại là \(sum)",
        "the total says \(written), but its parts add up to \(sum)",
        hint: toType.map {
          ("viết \($0), hoặc sửa các phần", "write \($0), or correct the parts")
        } ?? (
          "sửa phần nào sai: các phần của một toàn bộ cộng lại không quá 100%",
          "correct the part that is wrong: the parts of a whole do not exceed 100%"
        ))
    case .wrongRate(let written, let part, let whole, let computed, let toType):
      Wording(
        "K103", "tỷ lệ ghi \(written), nhưng \(part) trên \(whole) là \(computed)",
        "the rate says \(written), but \(part) of \(whole) is \(computed)",
        hint: toType.map {
          ("viết \($0), hoặc sửa hai số kia", "write \($0), or correct the two")
        } ?? ("sửa số nào sai trong ba số", "correct the one of the three that is wrong"))
    case .wrongChange(let written, let from, let to, let computed, let isSure):
      Wording(
        "K104", "ghi «\(written)», nhưng từ \(from) đến \(to) là \(quoted(computed).vietnamese)",
        "it says “\(written)”, but from \(from) to \(to) is \(quoted(computed).english)",
        hint: isSure
          ? (
            "viết \(quoted(computed).vietnamese), hoặc sửa hai số kia",
            "write \(quoted(computed).english), or correct the two"
          )
          : (
            "xem lại hai số trước: cách nhau quá xa", "look at the two first: they are far apart"
          ))
    case .repeated(let value, let fields):
      Wording(
        "K120", "«\(value)» có hai lần", "“\(value)” comes twice",
        hint: (
          "giữ một bản ghi, bỏ bản ghi kia; nếu khác nhau thì nói rõ ở \(list(fields, "hoặc"))",
          "keep one of the two records; where they differ say so in \(list(fields, "or"))"
        ))
    case .outsidePeriod(let date, let from, let until):
      Wording(
        "K111", "ngày \(date) nằm ngoài kỳ báo cáo (từ \(from) đến \(until))",
        "the day \(date) lies outside the reporting period (from \(from) to \(until))",
        hint: ("xem lại năm, tháng của ngày này", "look at its year and month again"))
    case .perhapsOutsidePeriod(let date, let from, let until):
      Wording(
        "K111", "ngày \(date) ở trước cả kỳ báo cáo (từ \(from) đến \(until))",
        "\(date) comes before the reporting period (from \(from) to \(until))",
        hint: ("xem lại năm, tháng của ngày này", "look at its year and month again"),
        severity: .warning)
    case .phaseTooEarly(let date, let other):
      Wording(
        "K181", "ngày bắt đầu \(date) ở trước ngày \(other)",
        "the beginning, \(date), comes before \(other)",
        hint: (
          "giai đoạn sau bắt đầu khi giai đoạn trước đã hết, và trong thời gian của kế hoạch: xem lại"
            + " hai ngày",
          "a phase begins when the one before has ended, and within the time of the plan: look at"
            + " both days"
        ), severity: .warning)
    case .annexNotMentioned(let code):
      Wording(
        "K182", "lời văn không nhắc tới phụ lục «\(code)»",
        "no text speaks of the annex “\(code)”",
        hint: ("viết [[\(code)]] ở nơi nói tới nó", "write [[\(code)]] where it is spoken of"),
        severity: .warning)
    case .after(let date, let other):
      Wording(
        "K112", "ngày \(date) không thể sau ngày \(other)",
        "the day \(date) cannot come after \(other)",
        hint: ("sửa ngày nào sai trong hai ngày", "correct the one that is wrong"))
    default: nil
    }
  }

  /// Slips in texts; all are warnings.
  private var typingWording: Wording? {
    switch self {
    case .unexplained(let short, let meaning):
      Wording(
        "K141", "«\(short)» được dùng trước khi được giải thích",
        "“\(short)” is used before it is explained",
        hint: (
          "lần đầu viết «\(meaning) (\(short))»", "write “\(meaning) (\(short))” the first time"
        ), severity: .warning)
    case .doubledWord(let word):
      Wording(
        "K201", "chữ «\(word)» viết hai lần liền", "the word “\(word)” stands twice",
        hint: ("bỏ một chữ", "remove one of them"), severity: .warning)
    case .spaceInSign(let sign, let meant):
      Wording(
        "K202", "thừa dấu cách trong số, ký hiệu «\(sign)»", "a stray space in the sign “\(sign)”",
        hint: ("viết \(meant)", "write \(meant)"), severity: .warning)
    case .mixedQuotes(let open, let close):
      Wording(
        "K203", "mở bằng \(open) mà đóng bằng \(close)",
        "opened with \(open), closed with \(close)",
        hint: ("dùng một cặp dấu, như “…”", "use one pair, such as “…”"), severity: .warning)
    case .noSpaceAfterNumber(let text, let meant):
      Wording(
        "K204", "thiếu dấu cách sau số thứ tự «\(text)»", "no space after the number “\(text)”",
        hint: ("viết «\(meant)»", "write “\(meant)”"), severity: .warning)
    case .frequentSlip(let text, let meant):
      Wording(
        "K205", "«\(text)» là lỗi đánh máy thường gặp", "“\(text)” is a frequent slip",
        hint: ("viết «\(meant)»", "write “\(meant)”"), severity: .warning)
    case .unknownSyllable(let word, let suggestion):
      Wording(
        "K206", "từ điển không có chữ «\(word)»", "the dictionary has no word “\(word)”",
        hint: didYouMean(suggestion), severity: .warning)
    case .loneQuote(let quote):
      Wording(
        "K207", "dấu \(quote) không có dấu đi cặp", "the mark \(quote) has no other half",
        severity: .warning)
    default: nil
    }
  }

  /// The fields that silence checks, and the declarations of schemas.
  private var silencingWording: Wording {
    switch self {
    case .silencedWithoutReason(let code):
      Wording(
        "K301", "bỏ qua \(code) mà không nói vì sao", "\(code) is passed over without a reason",
        hint: ("viết «bo_qua: \(code) lý do»", "write “bo_qua: \(code) reason”"))
    case .notSilenceable(let code, let known):
      Wording(
        "K302", "«\(code)» không phải là mã kiểm tra bỏ qua được",
        "“\(code)” is not the code of a check that can be passed over",
        hint: (
          "các mã bỏ qua được: \(known.joined(separator: ", "))",
          "these can be: \(known.joined(separator: ", "))"
        ))
    case .nothingSilenced(let code):
      Wording(
        "K303", "không có lỗi \(code) nào để bỏ qua", "there is no \(code) here to pass over",
        hint: ("bỏ dòng này", "remove this line"), severity: .warning)
    case .declarationOfUnknownField(let field, let type):
      Wording(
        "K402", "mô tả loại bản ghi «\(type)» không có trường «\(field)»",
        "the descriptor of “\(type)” knows no field “\(field)”")
    default:
      Wording(
        "K401", "khai báo kiểm tra «\(declaration.name)» viết chưa đúng",
        "the check “\(declaration.name)” is not declared right",
        hint: ("viết như «\(declaration.form)»", "write it like “\(declaration.form)”"))
    }
  }

  private var declaration: (name: String, form: String) {
    if case .badDeclaration(let name, let form) = self { (name, form) } else { ("", "") }
  }

  /// The codes that a data file may silence with the field `bo_qua`, in order.
  public static let silenceable = [
    "K101", "K102", "K103", "K104", "K105", "K106", "K107", "K108", "K109", "K110", "K111", "K112",
    "K113", "K114", "K115", "K116", "K117", "K118", "K119", "K120", "K121", "K122", "K123", "K124",
    "K125", "K126", "K127", "K128", "K129", "K130", "K131", "K132", "K133", "K134", "K135", "K136",
    "K141", "K142", "K143", "K144", "K146", "K147", "K151", "K152", "K154", "K155", "K156", "K157",
    "K158", "K159", "K160", "K161", "K162", "K163", "K164", "K165", "K166", "K167", "K168", "K169",
    "K170", "K181", "K182", "K183",
    "K201", "K202", "K203", "K204", "K205", "K206", "K207", "K211", "K212", "K213", "K214", "K215",
    "K216", "K217", "K221", "K222", "K223", "K224", "K225", "K226", "K227", "K228", "K229", "K230",
    "K231", "K232", "K233", "K234", "K235", "K236", "K237", "K238", "K251", "K252", "K253", "K254",
    "K255", "K261", "K262",
  ]
}

extension CheckProblem {
  /// Periods, and the words that a schema forbids or demands in texts.
  private var declaredWording: Wording? {
    switch self {
    case .periodNotAfter(let period, let other, let example):
      Wording(
        "K113", "«\(period)» không phải là kỳ sau của «\(other)»",
        "“\(period)” does not come after “\(other)”",
        hint: example.map { ("viết như «\($0)»", "write it like “\($0)”") } ?? ("", ""))
    case .periodNotComparable(let period, let other, let example):
      Wording(
        "K114", "không so sánh được «\(other)» với «\(period)»",
        "“\(other)” cannot be compared with “\(period)”",
        hint: (
          "viết kỳ trước dài bằng kỳ này, như «\(example)»",
          "name an earlier period of the same length, such as “\(example)”"
        ))
    case .periodOfOtherKind(let period, let kind, let isWhole):
      Wording(
        "K143",
        "«\(period)» \(isWhole ? "không phải cả năm" : "là cả năm"), mà văn bản theo mẫu"
          + " «\(kind ?? "")»",
        "“\(period)” is \(isWhole ? "no" : "a") whole year, but a document is of the kind"
          + " “\(kind ?? "")”",
        hint: (
          "xem lại kỳ, hoặc mẫu (mau) của văn bản",
          "look at the period again, or at the kind (mau) of the document"
        ), severity: .warning)
    case .begins(let field, let beginning, let rest):
      Wording(
        "K211", "trường \(field.vietnamese) không viết «\(beginning)» ở đầu",
        "the field \(field.english) must not begin with “\(beginning)”",
        hint: rest.isEmpty
          ? (
            "bỏ dòng này\(field.help.map { ": \($0)" } ?? "")",
            "remove this line\(field.help.map { ": \($0)" } ?? "")"
          )
          : ("bỏ phần ấy, viết «\(short(rest))»", "leave it out and write “\(short(rest))”"))
    case .beginsOtherwise(let field, let known):
      Wording(
        "K215", "trường \(field.vietnamese) không mở đầu bằng tên gọi nào mà mẫu biết nhắc lại",
        "the field \(field.english) begins with no word by which the document can speak of it again",
        hint: (
          "mở đầu bằng \(list(known, "hoặc"))", "begin with \(list(known, "or"))"
        ))
    case .ends(let field, let sign):
      Wording(
        "K212", "văn bản tự đặt dấu sau trường \(field.vietnamese)",
        "the document has a mark of its own after the field \(field.english)",
        hint: ("bỏ dấu «\(sign)» ở cuối", "remove the “\(sign)” at the end"), severity: .warning)
    case .lacksEnding(let field, let signs, let last):
      Wording(
        "K216", "trường \(field.vietnamese) phải kết thúc bằng \(list(signs, "hoặc"))",
        "the field \(field.english) has to end with \(list(signs, "or"))",
        hint: ("viết «\(last)\(signs[0])»", "write “\(last)\(signs[0])”"), severity: .warning)
    case .repeats(let field, let text, let other):
      Wording(
        "K217",
        "văn bản đặt trường \(other.vietnamese) cạnh trường \(field.vietnamese), nên «\(text)» bị lặp",
        "the document puts the field \(other.english) beside \(field.english), so that “\(text)” stands twice",
        hint: ("bỏ «\(text)» ở đây", "leave “\(text)” out here"), severity: .warning)
    case .doesNotBelong(let words, let field, let values, let found):
      Wording(
        "K213",
        "«\(words)» thường đi với \(field.vietnamese) là \(list(values, "hoặc")), ở đây là \(found)",
        "“\(words)” goes with \(field.english) \(list(values, "or")), but here it is \(found)",
        hint: ("xem lại cả hai chỗ", "look at both places again"), severity: .warning)
    case .openEmphasis(let mark):
      Wording(
        "K214", "dấu «\(mark)» này không thành cặp nên sẽ hiện ra trong văn bản",
        "this “\(mark)” has no partner, so it will show in the document",
        hint: (
          "đặt «\(mark)» mở sát chữ đầu, «\(mark)» đóng sát chữ cuối và trước dấu câu; "
            + "là chữ thì viết \\ trước mỗi dấu",
          "put one right before the first letter and one right after the last, before punctuation; "
            + "write \\ before each sign that is text"
        ), severity: .warning)
    default: nil
    }
  }
}

/// The first 50 characters of a text that is longer than 60.
func short(_ text: String) -> String {
  text.unicodeScalars.count <= 60 ? text : text.prefix(50) + "…"
}

/// The values with commas between them and a word before the last: `a, b or c`.
func list(_ values: [String], _ last: String) -> String {
  guard values.count > 1, let end = values.last else { return values.first ?? "" }
  return values.dropLast().joined(separator: ", ") + " \(last) " + end
}
