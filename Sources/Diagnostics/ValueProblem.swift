/// A value that does not have the form its type asks for, or that a filter cannot take.
public enum ValueProblem: Sendable {
  case notADate(String)

  var wording: Wording {
    switch self {
    case .notADate(let text):
      Wording(
        "V001", "«\(text)» không phải là ngày", "“\(text)” is not a date",
        hint: ("viết như 28/6/2018 hoặc 2018-06-28", "write 28/6/2018 or 2018-06-28"))
    }
  }
}
