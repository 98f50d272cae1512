/// A row of a table of messages: the code, what is wrong, and what to do, in both languages.
struct Wording {
  let code: String
  var severity: Severity = .error
  let vietnamese: String
  let english: String
  /// Advice on what to type instead; empty where the sentence says it already.
  var hint: (vietnamese: String, english: String) = ("", "")

  init(
    _ code: String, _ vietnamese: String, _ english: String,
    hint: (vietnamese: String, english: String) = ("", ""), severity: Severity = .error
  ) {
    self.code = code
    self.vietnamese = vietnamese
    self.english = english
    self.hint = hint
    self.severity = severity
  }
}

/// The hint that names the likeliest correction; empty where there is none.
func didYouMean(_ suggestion: String?) -> (vietnamese: String, english: String) {
  suggestion.map { ("có phải là «\($0)»?", "did you mean “\($0)”?") } ?? ("", "")
}
