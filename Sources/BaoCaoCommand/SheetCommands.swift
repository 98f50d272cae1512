import ArgumentParser
import Diagnostics
import OfficeFiles
import Reports
import Sheets

struct ImportSheet: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import-csv",
    abstract: Messages.text(
      "Đưa một bảng của Excel, .xlsx hoặc .csv, vào tệp dữ liệu.",
      "Put a sheet of Excel, .xlsx or .csv, into a data file."),
    discussion: Messages.text(
      """
      Mỗi hàng là một bản ghi, mỗi cột là một trường. Có lỗi thì không ghi gì.
      Trường không có cột trong bảng giữ nguyên giá trị trong tệp.
      Không có --vao thì chỉ ghi các bản ghi của bảng, vào tệp -o hoặc ra màn hình.
      """,
      """
      A row is a record, a column a field. Where something is wrong, nothing is written.
      A field without a column in the sheet keeps its values in the file.
      Without --vao only the records of the sheet are written, to -o or the screen.
      """),
    aliases: ["import-xlsx"])

  @Argument(
    help: .text(
      "Tệp bảng, .xlsx, .csv hoặc .txt.",
      "The sheet, .xlsx, .csv or .txt.",
      value: ("bảng", "sheet")))
  var sheet: String

  @Option(
    name: .customLong("loai"),
    help: .text(
      "Loại bản ghi trong bảng.",
      "The record type of the sheet.",
      value: ("loại", "type")))
  var type: String

  @Option(
    name: .customLong("vao"),
    help: .text(
      "Tệp dữ liệu nhận bảng; bản ghi cũ cùng loại được thay.",
      "The data file that gets the sheet in place of its records of the type.",
      value: ("tệp", "file")))
  var data: String?

  @OptionGroup var file: NewFile

  @Option(
    name: .customLong("trang"),
    help: .text(
      "Tên trang trong tệp .xlsx; không ghi thì lấy trang có tiêu đề cột hợp nhất.",
      "The sheet of a workbook; without it, the one whose headers fit best.",
      value: ("trang", "sheet")))
  var page: String?

  @Option(
    name: .customLong("ngan"),
    help: .text(
      "Dấu ngăn cột: «;», «,» hoặc «tab»; không ghi thì tự nhận.",
      "Between columns: “;”, “,” or “tab”; without it, found by the headers.",
      value: ("dấu", "sign")))
  var separator: Sheet.Separator?

  @Option(
    name: .customLong("xoa"),
    help: .text(
      "Xóa trường này của các bản ghi có trong bảng khi bảng không có cột của nó.",
      "Clear this field of the records in the sheet, where the sheet has no column for it.",
      value: ("trường", "field")))
  var cleared: [String] = []

  @OptionGroup var templates: TemplateOptions

  func run() throws {
    guard data == nil || file.output == nil else {
      throw Messages.refuse(
        "chỉ dùng một trong hai: «--vao TỆP» hoặc «-o TỆP»",
        "use only one of “--vao FILE” and “-o FILE”")
    }
    try file.check(isNoneOf: [sheet], templates)
    let collection = try templates.collection(undefined: .strict)
    let bytes = try Problems.collecting { () throws(Diagnostic) in try Files.input(sheet) }
    try checkOptions(ofWorkbook: Workbook.isOne(bytes, named: sheet))
    let imported = try imported(bytes, collection)
    Messages.show(imported.warnings)
    Messages.tellOfRecords(type, imported.count, replaced: imported.replaced)
  }

  /// - Throws: an option that means nothing for the file at hand.
  private func checkOptions(ofWorkbook isWorkbook: Bool) throws(Problems) {
    if isWorkbook, separator != nil { throw Problems([Diagnostic(.sheet(.noSeparator), at: nil)]) }
    if !isWorkbook, page != nil { throw Problems([Diagnostic(.sheet(.noPages), at: nil)]) }
  }

  /// Brings the sheet into the data file, or writes its records alone.
  private func imported(
    _ bytes: [UInt8], _ collection: TemplateCollection
  ) throws(Problems) -> ImportedSheet {
    guard let data else {
      let imported = try records(bytes, into: nil, collection)
      try Problems.collecting { () throws(Diagnostic) in
        try Files.output(imported.bytes, to: file.output, isNew: !file.overwrites)
      }
      return imported
    }
    var result: ImportedSheet?
    try DataFile.rewrite(data) { (old) throws(Problems) in
      let file = try DataFile.read(name: data, bytes: old).whole()
      let imported = try records(bytes, into: file, collection)
      result = imported
      return imported.bytes
    }
    guard let result else { throw Problems([]) }
    return result
  }

  private func records(
    _ bytes: [UInt8], into file: DataFile?, _ collection: TemplateCollection
  ) throws(Problems) -> ImportedSheet {
    if Workbook.isOne(bytes, named: sheet) {
      return try ImportedSheet(
        workbook: sheet, bytes, sheet: page, ofType: type, into: file, collection,
        clearing: cleared)
    }
    return try ImportedSheet(
      sheet: sheet, bytes, ofType: type, into: file, collection, separator: separator,
      clearing: cleared)
  }
}

struct ExportSheet: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export-csv",
    abstract: Messages.text(
      "Ghi các bản ghi một loại thành bảng .csv hoặc .xlsx mở được bằng Excel.",
      "Write the records of a type as a .csv or .xlsx sheet that Excel opens."),
    discussion: Messages.text(
      "Ô bắt đầu như công thức được thêm dấu ' ở trước; import-csv bỏ dấu ấy.",
      "A cell that begins like a formula gets a ' before it; import-csv takes it off."))

  @Argument(
    help: .text(
      "Tệp dữ liệu .rec.",
      "The data file (.rec).",
      value: ("tệp", "file")))
  var data: String

  @Option(
    name: .customLong("loai"),
    help: .text(
      "Loại bản ghi.",
      "The record type.",
      value: ("loại", "type")))
  var type: String

  @OptionGroup var file: NewFile

  @Flag(
    name: .customLong("phay"),
    help: .text(
      "Ngăn cột bằng dấu phẩy thay cho dấu chấm phẩy.",
      "Put commas between columns instead of semicolons."))
  var withCommas = false

  @OptionGroup var templates: TemplateOptions

  func run() throws {
    try file.check(isNoneOf: [data], templates)
    let collection = try templates.collection(undefined: .strict)
    let records = try DataFile.read(path: data).whole()
    let isWorkbook = file.output?.lowercased().hasSuffix(".xlsx") ?? false
    let sheet =
      isWorkbook
      ? try records.workbook(ofType: type, collection)
      : try records.sheet(
        ofType: type, collection, separator: withCommas ? .comma : .semicolon)
    try Problems.collecting { () throws(Diagnostic) in
      try Files.output(sheet, to: file.output, isNew: !file.overwrites)
    }
  }
}

struct ExportWorkbook: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export-xlsx",
    abstract: Messages.text(
      "Ghi các bản ghi một loại thành bảng .xlsx của Excel.",
      "Write the records of a type as an .xlsx sheet of Excel."),
    discussion: Messages.text(
      "Số là số, ngày là ngày; ô bắt đầu như công thức vẫn là chữ.",
      "Figures are numbers, days are days; what begins like a formula stays a text."))

  @Argument(
    help: .text(
      "Tệp dữ liệu .rec.",
      "The data file (.rec).",
      value: ("tệp", "file")))
  var data: String

  @Option(
    name: .customLong("loai"),
    help: .text(
      "Loại bản ghi.",
      "The record type.",
      value: ("loại", "type")))
  var type: String

  @OptionGroup var file: NewFile

  @OptionGroup var templates: TemplateOptions

  func run() throws {
    try file.check(isNoneOf: [data], templates)
    let collection = try templates.collection(undefined: .strict)
    let bytes = try DataFile.read(path: data).whole().workbook(ofType: type, collection)
    try Problems.collecting { () throws(Diagnostic) in
      try Files.output(bytes, to: file.output, isNew: !file.overwrites)
    }
  }
}

extension Files {
  /// A file, or standard input for `-`.
  static func input(_ path: String) throws(Diagnostic) -> [UInt8] {
    path == "-" ? try readStandardInput() : try read(path)
  }

  /// Into a file, or to standard output for `-` and where no file is named.
  ///
  /// - Parameter isNew: write only where no file is.
  static func output(_ bytes: [UInt8], to path: String?, isNew: Bool) throws(Diagnostic) {
    if let path, path != "-" {
      try write(bytes.span, to: path, isNew: isNew)
    } else {
      try writeStandardOutput(bytes.span)
    }
  }
}

extension Sheet.Separator: ExpressibleByArgument {
  public init?(argument: String) {
    switch argument {
    case ";": self = .semicolon
    case ",": self = .comma
    case "tab", "\t": self = .tab
    default: return nil
    }
  }

  public static var allValueStrings: [String] { [";", ",", "tab"] }
}
