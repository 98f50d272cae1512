extension CheckProblem {
  /// What schemas declare of periods and of the words in texts.
  var declaredWording: Wording? {
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
    case .begins(let field, let beginning, let rest):
      Wording(
        "K211", "trường \(field.vietnamese) không viết «\(beginning)» ở đầu",
        "the field \(field.english) must not begin with “\(beginning)”",
        hint: rest.isEmpty
          ? ("bỏ phần ấy", "leave it out")
          : ("bỏ phần ấy, viết «\(short(rest))»", "leave it out and write “\(short(rest))”"))
    case .ends(let field, let sign):
      Wording(
        "K212", "văn bản tự đặt dấu sau trường \(field.vietnamese)",
        "the document has a mark of its own after the field \(field.english)",
        hint: ("bỏ dấu «\(sign)» ở cuối", "remove the “\(sign)” at the end"), severity: .warning)
    case .doesNotBelong(let words, let field, let values, let found):
      Wording(
        "K213",
        "«\(words)» thường đi với \(field.vietnamese) là \(list(values, "hoặc")), ở đây là \(found)",
        "“\(words)” goes with \(field.english) \(list(values, "or")), but here it is \(found)",
        hint: ("xem lại cả hai chỗ", "look at both places again"), severity: .warning)
    default: nil
    }
  }
}

/// The beginning of a long text.
private func short(_ text: String) -> String {
  text.unicodeScalars.count <= 60 ? text : text.prefix(50) + "…"
}

private func list(_ values: [String], _ last: String) -> String {
  guard values.count > 1, let end = values.last else { return values.first ?? "" }
  return values.dropLast().joined(separator: ", ") + " \(last) " + end
}
