/// The problems of tables of the author's own, and of the annexes and places that they go into: D13x
/// to D15x.
public enum TableProblem: Sendable {
  case noRows(String)
  case twoSources(String)
  case unknownRowType(String, suggestion: String?)
  case unknownColumn(String, suggestion: String?, known: [String])
  case columnWithoutTitle(String)
  /// A column of a sheet, by its number, whose title is empty.
  case unnamedColumn(Int)
  case badColumn(String)
  case badGroup(String)
  case groupApart(String)
  case badTotal(String)
  case notSummed(String, column: String, isOfSeparator: Bool)
  /// A total that is not the sum of its rows; a warning where only its name says that it is one.
  case wrongTotal(String, column: String, sum: String, isDeclared: Bool)
  case noSheet(String, suggestion: String?, present: [String])
  case sheetOutside(String)
  case notASheet(String)
  case rowTooLong(cells: Int, columns: Int)
  case tooLarge(rows: Int, columns: Int, mostRows: Int, mostColumns: Int)
  case unknownTable(String, suggestion: String?, known: [String])
  case unknownPlace(String, suggestion: String?, known: [String])
  case repeatedCode(String)
  case emptyAnnex(String)

  var wording: Wording { rowsWording ?? headWording ?? placeWording }

  /// Where the rows come from.
  private var rowsWording: Wording? {
    switch self {
    case .noRows(let name):
      Wording(
        "D131", "bảng «\(name)» chưa có hàng nào", "the table “\(name)” has no rows",
        hint: (
          "ghi «hang: …» là loại bản ghi có các hàng, hoặc «tep: ….csv»",
          "write “hang: …”, the record type that the rows are of, or “tep: ….csv”"
        ))
    case .twoSources(let name):
      Wording(
        "D132", "bảng «\(name)» lấy hàng từ cả hang và tep",
        "the table “\(name)” takes rows from both hang and tep",
        hint: ("giữ một dòng, bỏ dòng kia", "keep one of the two lines"))
    case .unknownRowType(let name, let suggestion):
      Wording(
        "D133", "tệp không có bản ghi nào thuộc loại «\(name)»",
        "the file has no record of the type “\(name)”",
        hint: suggestion == nil
          ? (
            "thêm «%rec: \(name)» và mỗi hàng một bản ghi",
            "add “%rec: \(name)” and a record for each row"
          ) : didYouMean(suggestion))
    case .noSheet(let path, let suggestion, let present):
      Wording(
        "D134", "không có tệp bảng «\(path)»", "there is no sheet “\(path)”",
        hint: suggestion == nil ? Self.copySheet(present) : didYouMean(suggestion))
    case .sheetOutside(let path):
      Wording(
        "D135", "tệp bảng «\(path)» nằm ngoài thư mục của tệp dữ liệu",
        "the sheet “\(path)” lies outside the data file's folder",
        hint: (
          "chép bảng vào cùng thư mục với tệp dữ liệu",
          "copy the sheet into the data file's folder"
        ))
    case .notASheet(let path):
      Wording(
        "D136", "«\(path)» không phải là tệp .csv", "“\(path)” is not a .csv file",
        hint: (
          "mở bảng bằng Excel rồi lưu lại dạng CSV (UTF-8)",
          "save the sheet as CSV (UTF-8)"
        ))
    case .rowTooLong(let cells, let columns):
      Wording(
        "D137", "hàng này có \(cells) ô, mà bảng chỉ có \(columns) cột",
        "this row has \(cells) cells, but the table has only \(columns) columns",
        hint: (
          "dấu phẩy thập phân có thể đã cắt một ô làm hai: đặt ô ấy trong ngoặc kép, như \"13,5\"",
          "a decimal comma may have cut a cell in two: put the cell in quotes, as \"13,5\""
        ))
    case .tooLarge(let rows, let columns, let mostRows, let mostColumns):
      Wording(
        "D138",
        "bảng có \(rows) hàng, \(columns) cột; nhiều nhất là \(mostRows) hàng, \(mostColumns) cột",
        "the table has \(rows) rows and \(columns) columns; the most are \(mostRows) and"
          + " \(mostColumns)",
        hint: ("chia thành nhiều bảng", "make several tables of it"))
    default: nil
    }
  }

  private static func copySheet(
    _ present: [String]
  ) -> (vietnamese: String, english: String) {
    let names = present.joined(separator: ", ")
    return (
      "chép tệp ấy vào thư mục của tệp dữ liệu, hoặc sửa lại tên"
        + (present.isEmpty ? "" : "; ở đó có: \(names)"),
      "copy the file into the data file's folder, or correct its name"
        + (present.isEmpty ? "" : "; there are: \(names)")
    )
  }

  /// Its columns, groups and total.
  private var headWording: Wording? {
    switch self {
    case .unknownColumn(let name, let suggestion, let known):
      Wording(
        "D141", "không hàng nào của bảng có cột «\(name)»",
        "no row of the table has a column “\(name)”",
        hint: suggestion == nil
          ? (
            "các cột là: \(known.joined(separator: ", "))",
            "the columns are: \(known.joined(separator: ", "))"
          ) : didYouMean(suggestion))
    case .columnWithoutTitle(let name):
      Wording(
        "D142", "cột «\(name)» chưa có tên để in", "the column “\(name)” has no title to print",
        hint: ("viết «cot: \(name) | Tên cột»", "write “cot: \(name) | Title”"))
    case .unnamedColumn(let number):
      Wording(
        "D142", "cột thứ \(number) của tệp bảng chưa có tên ở hàng đầu",
        "the column number \(number) of the sheet has no title in the first row",
        hint: ("ghi tên cột vào hàng đầu của tệp bảng", "write its title in the first row"))
    case .badColumn(let text):
      Wording(
        "D143", "«\(text)» không phải là cách đặt cột", "“\(text)” is no way to set a column",
        hint: (
          "sau dấu | thứ hai ghi trái, giữa, phải, số hoặc chữ",
          "after the second | write trái, giữa, phải, số or chữ"
        ))
    case .badGroup(let text):
      Wording(
        "D144", "nhóm cột «\(text)» viết chưa đúng",
        "the group of columns “\(text)” is not written right",
        hint: ("viết như «Năm 2026 | so_vu so_nguoi»", "write it like “Năm 2026 | so_vu so_nguoi”"))
    case .groupApart(let name):
      Wording(
        "D145", "các cột của nhóm «\(name)» không liền nhau, hoặc đã thuộc nhóm khác",
        "the columns of the group “\(name)” are not next to each other, or in another group",
        hint: (
          "xếp các dòng cot của nhóm cạnh nhau, theo thứ tự ghi ở nhom",
          "put the lines cot of the group side by side, in the order of nhom"
        ))
    case .badTotal(let text):
      Wording(
        "D146", "hàng tổng «\(text)» chưa nói cộng những cột nào",
        "the total “\(text)” does not say which columns are added up",
        hint: (
          "viết như «Tổng cộng | so_luong kinh_phi»",
          "write it like “Tổng cộng | so_luong kinh_phi”"
        ))
    case .notSummed(let text, let column, let isOfSeparator):
      Wording(
        "D147", "không cộng được «\(text)» ở cột «\(column)»",
        "“\(text)” in the column “\(column)” cannot be added up",
        hint: isOfSeparator
          ? (
            "dấu chấm ngăn hàng nghìn, dấu phẩy là dấu thập phân: viết như 1.400 hoặc 1,5",
            "a point stands between thousands, a comma before decimals: write it like 1.400 or 1,5"
          )
          : (
            "cột được cộng chỉ có số, không kèm đơn vị, phần trăm hay chữ ước chừng",
            "a column that is added up has numbers alone, without units, per cent or words"
          ))
    case .wrongTotal(let written, let column, let sum, let isDeclared):
      Wording(
        "D148", "tổng của cột «\(column)» ghi \(written), nhưng các hàng cộng lại là \(sum)",
        "the total of the column “\(column)” says \(written), but its rows add up to \(sum)",
        hint: ("viết \(sum), hoặc sửa các hàng", "write \(sum), or correct the rows"),
        severity: isDeclared ? .error : .warning)
    default: nil
    }
  }

  /// The codes of tables, annexes and sections.
  private var placeWording: Wording {
    switch self {
    case .unknownTable(let code, let suggestion, let known):
      Wording(
        "D151", "không có bảng nào có mã «\(code)»", "no table has the code “\(code)”",
        hint: suggestion == nil ? Self.codes(known) : didYouMean(suggestion))
    case .unknownPlace(let code, let suggestion, let known):
      Wording(
        "D152", "không có phần hay phụ lục nào có mã «\(code)»",
        "no section or annex has the code “\(code)”",
        hint: suggestion == nil ? Self.codes(known) : didYouMean(suggestion))
    case .emptyAnnex(let code):
      Wording(
        "D156", "phụ lục «\(code)» chưa có gì để in", "the annex “\(code)” has nothing to print",
        hint: (
          "thêm doan, bản ghi phan có «phu_luc: \(code)», hoặc bản ghi bang có «duoi: \(code)»",
          "add doan, a record phan with “phu_luc: \(code)”, or a record bang with “duoi: \(code)”"
        ))
    default:
      Wording(
        "D153", "mã «\(repeatedCode)» đã dùng cho phần, bảng hoặc phụ lục khác",
        "the code “\(repeatedCode)” belongs to another section, table or annex",
        hint: ("đặt mã khác", "choose another code"))
    }
  }

  private var repeatedCode: String {
    if case .repeatedCode(let code) = self { code } else { "" }
  }

  private static func codes(_ known: [String]) -> (vietnamese: String, english: String) {
    known.isEmpty
      ? ("thêm dòng «ma: …» vào bản ghi ấy", "add a line “ma: …” to that record")
      : (
        "các mã có: \(known.joined(separator: ", "))",
        "the codes are: \(known.joined(separator: ", "))"
      )
  }
}
