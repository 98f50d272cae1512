import Diagnostics
import Texts
import Vietnamese

/// The word among `known` that a text most likely means: the same but for case, marks and what
/// stands between its words, or else near.
func meant(_ text: String, among known: some Sequence<String>) -> String? {
  let plain = plainLetters(text)
  let words = Array(known)
  if let same = words.first(where: { plainLetters($0) == plain }) { return same }
  if let near = nearest(to: text, among: words) { return near }
  let near = nearest(to: plain, among: words.map(plainLetters))
  return near.flatMap { near in words.first { plainLetters($0) == near } }
}

/// `Chủ trì` and `chu_tri` are both `chutri`.
func plainLetters(_ text: String) -> String {
  String(withoutMarks(text.lowercased()).filter { !" _-.".contains($0) })
}

extension [Diagnostic] {
  /// Adds what was most likely meant where a value is not in the list of those that may stand
  /// there. It is sought among the values, then among the words with which the schema's help
  /// explains them, as «chu_tri chủ trì; chi_dao phát biểu chỉ đạo».
  var suggestingValues: [Diagnostic] {
    map { problem in
      guard case .records(.wrongValue(let field, let wanted, let isEmpty)) = problem.kind,
        !isEmpty, let values = wanted.choices, let text = problem.place?.string
      else { return problem }
      let suggestion = meant(text, among: values) ?? explained(text, in: field.help, values)
      let better = WantedValue.oneOf(values, suggestion: suggestion ?? wanted.suggestion)
      return Diagnostic(
        .records(.wrongValue(field, wanted: better, isEmpty: isEmpty)), at: problem.place,
        notes: problem.notes)
    }
  }
}

/// The value that a help text explains with words that hold all of a text.
private func explained(_ text: String, in help: String?, _ values: [String]) -> String? {
  let plain = plainLetters(text)
  guard plain.utf8.count > 2 else { return nil }
  return explanations(of: values, in: help).first { plainLetters($0.words).contains(plain) }?.value
}

/// The words with which a help text explains values, as «chu_tri chủ trì; chi_dao phát biểu chỉ đạo».
func explanations(of values: [String], in help: String?) -> [(value: String, words: String)] {
  guard let help else { return [] }
  return help.split(whereSeparator: { ";.".contains($0) }).compactMap { part in
    let words = part.split(separator: " ")
    guard let value = words.first.map(String.init), values.contains(value) else { return nil }
    return (value, words.dropFirst().joined(separator: " "))
  }
}
