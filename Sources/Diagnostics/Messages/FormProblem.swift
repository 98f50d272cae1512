/// The problems of rewriting a data file and of filling in a blank form: F1xx.
public enum FormProblem: Sendable {
  case ambiguousLabel(String, names: [String])
  case unknownLabel(String, suggestion: NamedField?)
  case fileExists(path: String)
  case commentedField(name: String)
  case notAPeriod(String)
  case periodNotLater(String, old: String)

  var wording: Wording {
    switch self {
    case .ambiguousLabel(let label, let names):
      Wording(
        "F101",
        "nhãn «\(label)» có thể là trường \(names.map { "«\($0)»" }.joined(separator: " hoặc "))",
        "the label “\(label)” may be the field "
          + names.map { "“\($0)”" }.joined(separator: " or "),
        hint: ("viết tên trường thay cho nhãn", "write the field's name instead of the label"))
    case .unknownLabel(let label, let suggestion):
      Wording(
        "F102", "«\(label)» không phải là nhãn của trường nào trong loại bản ghi này",
        "“\(label)” is no label of a field of this record type",
        hint: (
          (suggestion.map { "có phải là trường \($0.vietnamese)? " } ?? "")
            + "Nếu dòng này nối tiếp giá trị ở trên thì viết «+ » ở đầu dòng",
          (suggestion.map { "did you mean the field \($0.english)? " } ?? "")
            + "If the line goes on with the value above, put “+ ” at its start"
        ))
    case .fileExists(let path):
      Wording(
        "F103", "«\(path)» đã có sẵn nên không ghi đè", "“\(path)” is there already, and is kept",
        hint: (
          "đặt tên khác sau «-o», hoặc thêm «--ghi-de» để ghi đè",
          "give another name after “-o”, or add “--ghi-de” to write over it"
        ))
    case .commentedField(let name):
      Wording(
        "F104", "giá trị này chưa được dùng vì dòng còn dấu # ở đầu",
        "this value is not used, for the line still starts with #",
        hint: (
          "xóa dấu # để dùng trường «\(name)»; nếu là lời chú thì để một dấu cách sau dấu #",
          "remove the # to use the field “\(name)”; in a comment, put a blank after the #"
        ), severity: .warning)
    case .notAPeriod(let text):
      Wording(
        "F105", "«\(text)» không phải là một kỳ báo cáo", "“\(text)” is no reporting period",
        hint: (
          "viết như «quý II năm 2026», «9 tháng đầu năm 2026» hoặc «năm 2026»",
          "write it like «quý II năm 2026», «9 tháng đầu năm 2026» or «năm 2026»"
        ))
    case .periodNotLater(let period, let old):
      Wording(
        "F106", "kỳ «\(period)» không sau kỳ «\(old)» của tệp kỳ trước",
        "the period “\(period)” does not end after “\(old)”, that of the old file")
    }
  }
}
