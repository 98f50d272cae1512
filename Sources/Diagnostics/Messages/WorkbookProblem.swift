/// The problems of what stands in a page of a workbook: X1xx.
public enum WorkbookProblem: Sendable {
  /// What Excel shows where a formula has no value: `#REF!`.
  case errorValue(String)
  case uncalculated
  /// A value that no program writes for a cell of its kind.
  case damagedCell
  case noSuchDay(String)
  /// - Parameter count: how many cells of the column show less than they hold.
  case rounded(stored: String, shown: String, count: Int)
  case mergedCells(Int)
  case hiddenRows([Int])
  case hiddenColumns([String])
  case hiddenSheets([String])
  case chosenSheet(String, others: [String])
  case otherWorkbooks
  case tooLongText(limit: Int)
  case tooManyRows(limit: Int)

  var wording: Wording {
    switch self {
    case .errorValue(let value):
      Wording(
        "X101", "ô này là lỗi «\(value)» của công thức", "this cell is the error “\(value)”",
        hint: (
          "sửa công thức trong Excel, hoặc gõ giá trị vào ô",
          "mend the formula in Excel, or type the value"
        ))
    case .uncalculated:
      Wording(
        "X102", "ô này có công thức mà chưa có giá trị",
        "this cell has a formula without a value",
        hint: (
          "mở tệp bằng Excel rồi lưu lại, hoặc gõ giá trị vào ô",
          "open the file in Excel and save it, or type the value"
        ))
    case .damagedCell:
      Wording(
        "X103", "ô này không đọc được", "this cell cannot be read",
        hint: ("gõ lại giá trị vào ô", "type the value again"))
    case .noSuchDay(let number):
      Wording(
        "X104", "ô này có dạng ngày mà \(number) không phải là ngày nào",
        "this cell is shown as a day, and \(number) is none",
        hint: (
          "gõ lại ngày, như 28/6/2026, hoặc đổi dạng của ô thành số",
          "type the day, as 28/6/2026, or make it a number"
        ))
    case .rounded(let stored, let shown, let count):
      Wording(
        "X111",
        "ô này giữ \(stored) mà hiện \(shown); chương trình lấy số đang hiện"
          + (count > 1 ? " ở \(count) ô của cột" : ""),
        "this cell holds \(stored) and shows \(shown), which is taken"
          + (count > 1 ? " in \(count) cells of the column" : ""),
        hint: (
          "muốn lấy nhiều chữ số hơn thì tăng số chữ số thập phân của ô trong Excel",
          "for more digits, let the cell show more decimals"
        ), severity: .warning)
    case .mergedCells(let count):
      Wording(
        "X112",
        "ô này được gộp với ô trên nên lấy giá trị của ô trên"
          + (count > 1 ? "; bảng có \(count) ô như vậy" : ""),
        "this cell is joined with the one above, whose value it gets"
          + (count > 1 ? ", like \(count - 1) more" : ""),
        severity: .warning)
    case .hiddenRows(let rows):
      Wording(
        "X113", "hàng ẩn cũng được đọc: \(list(rows.map(String.init)))",
        "hidden rows are read too: \(list(rows.map(String.init)))",
        hint: ("không muốn lấy thì xóa các hàng ấy", "delete them where they are not wanted"),
        severity: .warning)
    case .hiddenColumns(let columns):
      Wording(
        "X114", "cột ẩn cũng được đọc: \(list(columns))",
        "hidden columns are read too: \(list(columns))",
        hint: ("không muốn lấy thì xóa các cột ấy", "delete them where they are not wanted"),
        severity: .warning)
    case .hiddenSheets(let names):
      Wording(
        "X115", "trang ẩn không được đọc: \(list(names))",
        "hidden sheets are not read: \(list(names))",
        hint: (
          "muốn lấy trang nào thì thêm --trang và tên trang",
          "to take one, add --trang and its name"
        ), severity: .warning)
    case .chosenSheet(let name, let others):
      Wording(
        "X116", "đã đọc trang «\(name)»; các trang khác không được đọc: \(list(others))",
        "the sheet “\(name)” was read, and not the others: \(list(others))",
        hint: (
          "muốn lấy trang khác thì thêm --trang và tên trang",
          "to take another one, add --trang and its name"
        ), severity: .warning)
    case .otherWorkbooks:
      Wording(
        "X117", "bảng lấy số liệu từ tệp khác; các ô ấy dùng giá trị đã lưu lần trước",
        "the workbook takes values from other files; those saved last are used", severity: .warning)
    case .tooLongText(let limit):
      Wording(
        "X121", "giá trị này dài quá \(limit) ký tự nên một ô của Excel không chứa được",
        "this value has more than \(limit) characters, which no cell of Excel holds",
        hint: ("ghi ra tệp .csv", "write a .csv file"))
    case .tooManyRows(let limit):
      Wording(
        "X122", "có hơn \(limit) hàng nên một trang của Excel không chứa được",
        "there are more than \(limit) rows, which no sheet of Excel holds",
        hint: ("ghi ra tệp .csv", "write a .csv file"))
    }
  }

  /// The first names, and how many more there are.
  private func list(_ names: [String]) -> String {
    let shown = names.prefix(10).joined(separator: ", ")
    return names.count > 10 ? "\(shown) … (\(names.count))" : shown
  }
}
