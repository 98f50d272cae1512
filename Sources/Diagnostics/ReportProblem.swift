/// What can be wrong with data, schema and template taken together.
public enum ReportProblem: Sendable {
  case noDocument

  var wording: Wording {
    switch self {
    case .noDocument:
      Wording(
        "D001", "tệp dữ liệu không có bản ghi «van_ban» nào, nên không có văn bản nào để lập",
        "the data file has no “van_ban” record, so there is no document to make")
    }
  }
}
