/// A value that Markdown has no way to show where it stands.
public enum MarkdownProblem: Sendable {
  case backtickInCode

  var wording: Wording {
    switch self {
    case .backtickInCode:
      Wording(
        "M001", "giá trị có dấu ` nên không đặt được trong đoạn mã",
        "the value holds a backtick, so it cannot stand in a code span",
        hint: ("đưa giá trị ra ngoài cặp dấu `", "move the value out of the backticks"))
    }
  }
}
