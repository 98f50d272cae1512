/// What can be wrong with a template, when it is compiled or while it is filled.
public enum TemplateProblem: Sendable {
  case unclosedTag

  var wording: Wording {
    switch self {
    case .unclosedTag:
      Wording("T001", "thẻ chưa được đóng", "this tag is not closed")
    }
  }
}
