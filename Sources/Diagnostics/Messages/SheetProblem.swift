/// The problems of a sheet (CSV) that is imported as records: B0xx.
public enum SheetProblem: Sendable {
  case openQuote
  case textAfterQuote
  case noHeader(type: String, known: [String])
  case unknownColumn(String, suggestion: String?, known: [String])
  /// - Parameter mayBeSplit: whether digits behind a cell of digits may be its decimals, cut off by a
  ///   comma.
  case columnWithoutName(mayBeSplit: Bool)
  case repeatedColumn(NamedField)
  case rowsAboveHeader(Int)
  case noRows
  case missingCell(NamedField)
  case droppedComments(Int)
  /// - Parameter clearable: one of them that may be cleared; nil where none may.
  case keptFields([String], clearable: String?)
  case clearedColumn(NamedField)
  case droppedRecords(Int, fields: [String])
  case noSeparator
  case noPages
  case tooManyCells(fields: [String])

  var wording: Wording {
    switch self {
    case .openQuote:
      Wording(
        "B001", "dấu ngoặc kép mở ô này không được đóng",
        "the quote that opens this cell is never closed",
        hint: (
          "mở bảng bằng Excel rồi lưu lại dạng CSV; dấu ngoặc kép trong ô viết hai lần: \"\"",
          "save the sheet anew as CSV; a quote inside a cell is written twice: \"\""
        ))
    case .textAfterQuote:
      Wording(
        "B002", "còn chữ sau dấu ngoặc kép đóng ô",
        "text stands after the quote that closes the cell",
        hint: (
          "dấu ngoặc kép trong ô viết hai lần: \"\"", "a quote inside a cell is written twice: \"\""
        ))
    case .rowsAboveHeader(let count):
      Wording(
        "B007", "\(count) hàng đứng trên hàng tiêu đề cột nên không được đọc",
        "\(count) row\(count == 1 ? "" : "s") above the column headers not read", severity: .warning
      )
    case .noRows:
      Wording(
        "B008", "dưới hàng tiêu đề cột không có hàng nào", "no row stands below the column headers",
        hint: ("điền ít nhất một hàng", "fill in at least one row"))
    case .missingCell(let field):
      Wording(
        "B010", "hàng này chưa có ô \(field.vietnamese)", "this row has no cell \(field.english)",
        hint: field.example.map { ("điền như \($0)", "fill in something like \($0)") } ?? ("", ""))
    case .droppedComments(let count):
      Wording(
        "B009", "\(count) lời chú của những bản ghi không còn trong bảng bị bỏ",
        "\(count) comment\(count == 1 ? "" : "s") dropped, of records that the sheet no longer has",
        severity: .warning)
    case .keptFields(let names, let clearable):
      Wording(
        "B011",
        "bảng không có cột \(names.joined(separator: ", ")); các trường ấy giữ như trong tệp",
        "the sheet has no column \(names.joined(separator: ", ")); these fields stay as they are",
        hint: clearable.map {
          (
            "muốn xóa trường nào thì thêm --xoa và tên trường, như --xoa \($0)",
            "to clear one, add --xoa and its name, such as --xoa \($0)"
          )
        } ?? ("", ""), severity: .warning)
    case .clearedColumn(let field):
      Wording(
        "B012", "bảng có cột \(field.vietnamese) nên --xoa không xóa trường ấy",
        "the sheet has a column \(field.english), so --xoa does not clear it",
        hint: (
          "xóa giá trị thì để trống ô; xóa cả trường thì bỏ cột",
          "leave a cell empty to clear its value; remove the column to clear all of them"
        ), severity: .warning)
    case .droppedRecords(let count, let fields):
      Wording(
        "B013",
        "\(count) bản ghi không có hàng nào trong bảng nên bị bỏ, cả"
          + " \(fields.joined(separator: ", ")) mà bảng không có cột",
        "\(count) record\(count == 1 ? "" : "s") without a row in the sheet dropped, with"
          + " \(fields.joined(separator: ", ")), for which it has no column",
        hint: (
          "bản ghi chỉ đổi tên thì đổi tên ấy trong tệp cũ trước, hoặc thêm các cột này vào bảng",
          "where one only has another name now, change that in the old file first, or add these"
            + " columns"
        ), severity: .warning)
    case .noSeparator:
      Wording(
        "B014", "«--ngan» chỉ dùng với tệp .csv", "“--ngan” is for .csv files only",
        hint: ("bỏ «--ngan»", "leave it out"))
    case .noPages:
      Wording(
        "B015", "«--trang» chỉ dùng với tệp .xlsx", "“--trang” is for .xlsx files only",
        hint: ("bỏ «--trang»", "leave it out"))
    case .tooManyCells(let fields):
      Wording(
        "B016", "hàng này có nhiều ô hơn \(fields.count) cột của biểu",
        "this row has more cells than the form has columns, \(fields.count)",
        hint: (
          "chép cả hàng tiêu đề, hoặc xếp các cột theo thứ tự: \(fields.joined(separator: "; "))",
          "copy the row of headers too, or order the columns: \(fields.joined(separator: "; "))"
        ))
    case .unknownColumn(let name, let suggestion, let known):
      Wording(
        "B004", "không có trường nào tên «\(name)»", "there is no field “\(name)”",
        hint: suggestion == nil ? Self.columns(known) : didYouMean(suggestion))
    case .columnWithoutName(mayBeSplit: true):
      Wording(
        "B005", "cột của ô này không có tiêu đề", "the column of this cell has no header",
        hint: (
          "dấu phẩy thập phân có thể đã cắt một ô làm hai: đặt ô ấy trong ngoặc kép, như \"13,5\";"
            + " nếu không thì ghi tên trường ở hàng tiêu đề, hoặc xóa cột",
          "a decimal comma may have cut a cell in two: put the cell in quotes, as \"13,5\"; if not,"
            + " write the field's name into the header row, or delete the column"
        ))
    case .columnWithoutName(mayBeSplit: false):
      Wording(
        "B005", "cột của ô này không có tiêu đề", "the column of this cell has no header",
        hint: (
          "ghi tên trường ở hàng tiêu đề, hoặc xóa cột",
          "write the field's name into the header row, or delete the column"
        ))
    case .repeatedColumn(let field):
      Wording(
        "B006", "hai cột cùng là \(field.vietnamese), mà mỗi bản ghi chỉ có một",
        "two columns are \(field.english), of which a record has but one",
        hint: ("xóa một cột", "delete one of them"))
    case .noHeader(let type, let known):
      Wording(
        "B003", "không thấy hàng tiêu đề cột của loại bản ghi «\(type)»",
        "there is no row of column headers for the record type “\(type)”", hint: Self.columns(known)
      )
    }
  }

  private static func columns(_ known: [String]) -> (vietnamese: String, english: String) {
    let names = known.joined(separator: "; ")
    return ("tiêu đề các cột có thể là: \(names)", "the column headers may be: \(names)")
  }
}
