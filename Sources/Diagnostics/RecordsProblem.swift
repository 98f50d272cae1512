/// What can be wrong with a rec file as such.
public enum RecordsProblem: Sendable {
  case missingColon

  var wording: Wording {
    switch self {
    case .missingColon:
      Wording(
        "R001", "dòng này không có dấu hai chấm sau tên trường",
        "this line has no colon after a field name",
        hint: ("viết «tên_trường: giá trị»", "write “field_name: value”"))
    }
  }
}
