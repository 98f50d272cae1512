extension CheckProblem {
  /// Cited documents and bodies.
  var lawWording: Wording? {
    switch self {
    case .otherDate(let sign, let written, let known):
      Wording(
        "K121", "\(sign) không ban hành ngày \(written)", "\(sign) was not issued on \(written)",
        hint: ("viết \(known), như trong sổ", "write \(known), as in the register"))
    case .perhapsOtherDate(let sign, let written, let known, let reason):
      Wording(
        "K122", "\(sign) có lẽ không ban hành ngày \(written)",
        "\(sign) was perhaps not issued on \(written)", hint: reason.hint(known),
        severity: .warning)
    case .otherSign(let sign, let known):
      Wording(
        "K123", "số, ký hiệu «\(sign)» khác với sổ", "the sign “\(sign)” is not as in the register",
        hint: ("viết \(known)", "write \(known)"), severity: .warning)
    case .otherYear(let sign, let date):
      Wording(
        "K124", "năm trong số, ký hiệu «\(sign)» không phải là năm của ngày \(date)",
        "the year in the sign “\(sign)” is not the year of \(date)",
        hint: ("sửa số, ký hiệu hoặc ngày", "correct the sign or the date"))
    case .otherYearOfName(let name, let year, let known):
      Wording(
        "K134", "không rõ «\(name)» là luật nào: sổ không có luật ấy ban hành năm \(year)",
        "it is not clear which “\(name)” is: the register has none that was issued in \(year)",
        hint: (
          "sổ có năm \(list(known, "và")); là năm thực hiện thì viết «trong năm \(year)»",
          "it has those of \(list(known, "and")); for the year of the work write “trong năm \(year)”"
        ), severity: .warning)
    case .noLongerInForce(let sign, let until, let replacement):
      Wording(
        "K125", "\(sign) hết hiệu lực sau ngày \(until), trước khi kỳ báo cáo kết thúc",
        "\(sign) was in force until \(until), so not at the end of the reporting period",
        hint: Self.replaced(replacement))
    case .perhapsNoLongerInForce(let sign, let until, let replacement):
      Wording(
        "K126", "\(sign) có lẽ hết hiệu lực sau ngày \(until) (chưa kiểm chứng)",
        "\(sign) was perhaps in force until \(until) only (not verified)",
        hint: Self.replaced(replacement), severity: .warning)
    case .notYetInForce(let sign, let from):
      Wording(
        "K127", "\(sign) chưa có hiệu lực khi kỳ báo cáo kết thúc (có hiệu lực từ \(from))",
        "\(sign) is not yet in force at the end of the reporting period (from \(from))",
        severity: .warning)
    case .otherKind(let kind, let sign, let known):
      Wording(
        "K128", "\(sign) không phải là \(kind)", "\(sign) is no \(kind)",
        hint: (
          "viết \(list(known, "hoặc")), hoặc sửa số, ký hiệu",
          "write \(list(known, "or")), or correct the sign"
        ))
    case .perhapsOtherIssuer(let issuer, let sign, let known):
      Wording(
        "K129", "\(sign) có lẽ không do \(issuer) ban hành",
        "\(sign) was perhaps not issued by \(issuer)",
        hint: ("sổ ghi \(known)", "the register has \(known)"), severity: .warning)
    case .perhapsOtherTitle(let title, let sign, let known):
      Wording(
        "K130", "«\(short(title))» có lẽ không phải là trích yếu của \(sign)",
        "“\(short(title))” is perhaps not the title of \(sign)",
        hint: ("sổ ghi «\(known)»", "the register has “\(known)”"), severity: .warning)
    case .formerLaw(let sign, let until, let replacement):
      Wording(
        "K133", "\(sign) đã hết hiệu lực trước kỳ báo cáo (sau ngày \(until))",
        "\(sign) was no longer in force in the reporting period (until \(until))",
        hint: replacement.map {
          (
            "nay là \($0); nếu đang nhắc việc cũ thì giữ nguyên",
            "now \($0); leave it where it speaks of former times"
          )
        } ?? ("nếu đang nhắc việc cũ thì giữ nguyên", "leave it where it speaks of former times"),
        severity: .warning)
    case .notYetIssued(let sign, let issued, let day):
      Wording(
        "K135", "\(sign) ban hành ngày \(issued), sau ngày của văn bản, \(day)",
        "\(sign) was issued on \(issued), after the day of the document, \(day)",
        hint: (
          "viện dẫn văn bản đã có vào ngày ấy, hoặc sửa ngày sai",
          "cite what was there on that day, or correct the day that is wrong"
        ))
    case .perhapsNotYetIssued(let sign, let issued, let day):
      Wording(
        "K136",
        "\(sign) có lẽ ban hành ngày \(issued) (chưa kiểm chứng), sau ngày của văn bản, \(day)",
        "\(sign) was perhaps issued on \(issued) (not verified), after the day of the document, \(day)",
        hint: (
          "xem lại bản gốc; viện dẫn văn bản đã có vào ngày ấy",
          "look at the original; cite what was there on that day"
        ), severity: .warning)
    case .noSuchBody(let name, let existence, let day):
      Wording(
        "K131", "không có \(name) vào ngày \(day) (\(existence.vietnamese))",
        "there is no \(name) on \(day) (\(existence.english))",
        hint: ("ghi cơ quan, cấp có vào ngày ấy", "name the body of that day"))
    case .perhapsNoSuchBody(let name, let existence, let day):
      Wording(
        "K132", "có lẽ không có \(name) vào ngày \(day) (\(existence.vietnamese))",
        "there is perhaps no \(name) on \(day) (\(existence.english))",
        hint: (
          "nếu đang nhắc việc cũ thì giữ nguyên", "leave it where it speaks of former times"
        ), severity: .warning)
    default: nil
    }
  }

  private static func replaced(_ by: String?) -> (vietnamese: String, english: String) {
    guard let by else { return ("", "") }
    return ("được thay bằng \(by)", "replaced by \(by)")
  }
}

extension CheckProblem.OfDate {
  fileprivate func hint(_ known: String) -> (vietnamese: String, english: String) {
    switch self {
    case .unverified:
      (
        "sổ ghi \(known), chưa kiểm chứng: xem lại bản gốc rồi viết ngày đúng",
        "the register has \(known), not verified: look at the original, then write the right day"
      )
    case .countedByTerm:
      (
        "sổ ghi \(known); văn bản Đảng đánh số lại mỗi nhiệm kỳ nên có thể là văn bản khác",
        "the register has \(known); the Party counts anew each term, so it may be another document"
      )
    }
  }
}

extension CheckProblem.Existence {
  fileprivate var vietnamese: String {
    switch self {
    case .until(let day): "đến hết \(day)"
    case .from(let day): "từ \(day)"
    }
  }

  fileprivate var english: String {
    switch self {
    case .until(let day): "until \(day)"
    case .from(let day): "from \(day)"
    }
  }
}
