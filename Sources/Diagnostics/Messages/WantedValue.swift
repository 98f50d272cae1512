/// A field and what its schema tells of it, for messages: «chu_tri» (Người chủ trì).
public struct NamedField: Sendable, Hashable {
  public let name: String
  /// The Vietnamese label; nil where the schema gives none.
  public let label: String?
  /// A valid value; nil where the schema shows none.
  public let example: String?
  /// The schema's explanation of what to write.
  public let help: String?

  public init(_ name: String, label: String?, example: String? = nil, help: String? = nil) {
    self.name = name
    self.label = label
    self.example = example
    self.help = help
  }

  var vietnamese: String { label.map { "«\(name)» (\($0))" } ?? "«\(name)»" }
  var english: String { label.map { "“\(name)” (\($0))" } ?? "“\(name)”" }
}

/// What there is instead of a name that is not known and near to none: all names, and the kinds of
/// documents that have the name.
public struct KnownNames: Sendable, Hashable {
  /// The record type, for the names of fields.
  public let type: String
  public let names: [String]
  public var kinds: [String]

  public init(ofType type: String = "", _ names: [String], kinds: [String] = []) {
    (self.type, self.names, self.kinds) = (type, names, kinds)
  }

  /// So many can be read in a message.
  private static let most = 24

  /// - Parameters: what the names are called, with a verb.
  func hint(
    _ name: String, _ vietnamese: String, _ english: String
  ) -> (vietnamese: String, english: String) {
    if !kinds.isEmpty {
      return (
        "«\(name)» là của mẫu \(list(kinds, "và"))",
        "“\(name)” is of the kind \(list(kinds, "and"))"
      )
    }
    guard !names.isEmpty else { return ("", "") }
    guard names.count <= Self.most else {
      return (
        "xem các trường của mẫu: baocao huong-dan TÊN_MẪU",
        "for the fields of a kind see: baocao huong-dan KIND"
      )
    }
    let all = names.joined(separator: ", ")
    return ("\(vietnamese): \(all)", "\(english): \(all)")
  }
}

/// The values that the type of a field accepts.
public enum WantedValue: Sendable, Hashable {
  case integer
  case boolean
  case range(least: Int?, most: Int?)
  case real
  case line
  case size(limit: Int, found: Int)
  case regexp(String)
  case date
  case oneOf([String], suggestion: String?)
  case fieldName
  case email
  case uuid
}

extension WantedValue {
  /// The message on a value that is none of these (R209).
  ///
  /// A regular expression is never shown; the schema's help and example explain the form instead.
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

  /// The accepted values where these can be listed, as of `enum` and of `^(sáng|chiều|tối)$`.
  public var choices: [String]? {
    switch self {
    case .oneOf(let values, _): values
    case .regexp(let pattern): alternatives(in: pattern)
    default: nil
    }
  }

  /// The one of ``choices`` that was most likely meant.
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
    case .date: ("viết như 28/6/2026 hoặc 2026-06-28", "write 28/6/2026 or 2026-06-28")
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

/// The words of an expression that only lists words, `^(sáng|chiều|tối)$`; nil for any other.
private func alternatives(in pattern: String) -> [String]? {
  guard pattern.hasPrefix("^("), pattern.hasSuffix(")$") else { return nil }
  let words = pattern.dropFirst(2).dropLast(2).split(separator: "|").map(String.init)
  let isPlain = words.allSatisfy { !$0.contains { "[](){}^$.*+?\\".contains($0) } }
  return isPlain ? words : nil
}

extension WantedValue {
  /// Tells whether the message cannot spell out what is accepted, so that it shows the rule as a
  /// note.
  public var isForm: Bool {
    if case .regexp = self { choices == nil } else { false }
  }
}

/// The number of records of a type that `%size` asks for.
public enum RecordCount: Sendable, Hashable {
  case exactly(Int)
  case atLeast(Int)
  case atMost(Int)
}

extension RecordCount {
  var vietnamese: String {
    switch self {
    case .exactly(let count): "phải có đúng \(count)"
    case .atLeast(let count): "phải có ít nhất \(count)"
    case .atMost(let count): "chỉ được có nhiều nhất \(count)"
    }
  }

  var english: String {
    switch self {
    case .exactly(let count): "there must be \(count)"
    case .atLeast(let count): "there must be at least \(count)"
    case .atMost(let count): "there may be at most \(count)"
    }
  }
}
