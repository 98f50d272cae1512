import Texts

extension WantedValue {
  /// What is wrong with a value that is not as wanted. A regular expression is nothing to show:
  /// the schema's help and example say in words what it asks for.
  func wording(of field: NamedField) -> Wording {
    if let choices {
      let list = choices.joined(separator: ", ")
      return Wording(
        "R209", "giá trị của trường \(field.vietnamese) phải là một trong: \(list)",
        "the value of the field \(field.english) must be one of: \(list)",
        hint: suggestion == nil ? (field.help ?? "", field.help ?? "") : didYouMean(suggestion))
    }
    return Wording(
      "R209", "giá trị của trường \(field.vietnamese) phải là \(vietnamese)",
      "the value of the field \(field.english) must be \(english)", hint: hint(field))
  }

  /// The values there are, where they are few and listed.
  public var choices: [String]? {
    switch self {
    case .oneOf(let values, _): values
    case .regexp(let pattern): alternatives(in: pattern)
    default: nil
    }
  }

  /// Which of the ``choices`` was most likely meant.
  public var suggestion: String? {
    if case .oneOf(_, let suggestion) = self { suggestion } else { nil }
  }

  private var vietnamese: String {
    switch self {
    case .integer: "số nguyên"
    case .boolean: "yes hoặc no (cũng được: true, false, 1, 0)"
    case .range(let least?, let most?): "số nguyên từ \(least) đến \(most)"
    case .range(let least?, nil): "số nguyên từ \(least) trở lên"
    case .range(nil, let most?): "số nguyên không quá \(most)"
    case .range(nil, nil): "số nguyên"
    case .real: "số thập phân viết với dấu chấm, như 13.5"
    case .line: "chữ trên một dòng duy nhất"
    case .size(let limit, let found):
      "chữ không quá \(limit) byte (đang là \(found); chữ có dấu là 2 hoặc 3 byte)"
    case .regexp: "chữ viết đúng dạng quy định"
    case .date: "ngày"
    case .oneOf: ""
    case .fieldName: "tên trường, không dấu"
    case .email: "địa chỉ thư điện tử"
    case .uuid: "mã UUID"
    }
  }

  private var english: String {
    switch self {
    case .integer: "an integer"
    case .boolean: "yes or no (true, false, 1 and 0 will do)"
    case .range(let least?, let most?): "an integer from \(least) to \(most)"
    case .range(let least?, nil): "an integer of at least \(least)"
    case .range(nil, let most?): "an integer of at most \(most)"
    case .range(nil, nil): "an integer"
    case .real: "a decimal number with a point"
    case .line: "a single line"
    case .size(let limit, let found): "a text of at most \(limit) bytes (it has \(found))"
    case .regexp: "a text of the form that is asked for"
    case .date: "a date"
    case .oneOf: ""
    case .fieldName: "a field name"
    case .email: "an e-mail address"
    case .uuid: "a UUID"
    }
  }

  private func hint(_ field: NamedField) -> (vietnamese: String, english: String) {
    switch self {
    case .regexp: Self.hintOfForm(field)
    case .integer: ("chỉ viết chữ số, không có dấu chấm: 1400", "write digits only: 1400")
    case .range: ("chỉ viết chữ số, không có dấu chấm", "write digits only")
    case .date: ("viết như 28/6/2018 hoặc 2018-06-28", "write 28/6/2018 or 2018-06-28")
    default: ("", "")
    }
  }

  private static func hintOfForm(_ field: NamedField) -> (vietnamese: String, english: String) {
    let help = field.help ?? ""
    guard let example = field.example else { return (help, help) }
    let tail = help.isEmpty ? "" : ". " + help
    return ("viết như «\(example)»\(tail)", "write something like “\(example)”\(tail)")
  }
}

/// The words of an expression that only lists some: `^(sáng|chiều|tối)$`.
private func alternatives(in pattern: String) -> [String]? {
  guard pattern.hasPrefix("^("), pattern.hasSuffix(")$") else { return nil }
  let words = pattern.dropFirst(2).dropLast(2).split(separator: "|").map(String.init)
  let isPlain = words.allSatisfy { !$0.contains { "[](){}^$.*+?\\".contains($0) } }
  return isPlain ? words : nil
}

extension WantedValue {
  /// Whether it is a form that the message does not spell out, so that the rule is worth a look.
  public var isForm: Bool {
    if case .regexp = self { choices == nil } else { false }
  }
}
