import Diagnostics
import Records

/// The text of a blank form: rec with explanations for clerks as comments, in lines short enough
/// for Notepad.
struct FormText {
  private var writer = Writer()
  /// Tells whether a field of the record was explained before, so that the next one needs an empty
  /// comment line above it.
  private var isInRecord = false

  var bytes: [UInt8] { writer.bytes }

  static let documents =
    "Văn bản cần lập, mỗi văn bản một bản ghi. Không lập văn bản nào thì xóa bản ghi của nó."
  static let neededPart = "PHẦN PHẢI ĐIỀN"
  static let optionalPart =
    "PHẦN NẾU CÓ. Cần mục nào thì xóa dấu # liền trước tên các trường của mục ấy rồi điền."
  private static let howToFill = [
    "Cách điền, bằng Notepad hoặc trình soạn thảo nào cũng được (lưu với mã UTF-8):",
    "1. Điền giá trị vào sau dấu hai chấm, như «dia_ban: phường Ví Dụ». Không sửa phần "
      + "đứng trước dấu hai chấm.",
    "2. Dòng bắt đầu bằng dấu # là lời chú, chương trình không đọc. Trường ghi «Nếu có» cũng có "
      + "dấu #, liền trước tên, như «#buoi:»; muốn dùng thì xóa dấu # ấy rồi điền.",
    "3. Các trường của một bản ghi viết liền nhau: để một dòng trống là hết bản ghi.",
    "4. Giá trị dài có thể xuống dòng; mỗi dòng sau bắt đầu bằng «+ ».",
  ]
  private static let howToGoOn = [
    "5. Điền xong, ghi tệp, rồi kiểm tra: baocao check TÊN_TỆP",
    "   Sửa hết lỗi thì lập văn bản: baocao render TÊN_TỆP",
  ]
  private static let howToCollect = [
    "5. Điền xong thì cộng số liệu: baocao collect TÊN_TỆP THƯ_MỤC_CÁC_ĐƠN_VỊ -o TỆP_TỔNG"
  ]
  private static let howToHandOver = [
    "5. Điền xong thì lập gói nộp lưu: baocao hand-over KHO --ho-so TÊN_TỆP -o THƯ_MỤC"
  ]

  /// Writes what the form is for and how to fill it in.
  ///
  /// - Parameters:
  ///   - old: the name of the last period's file; nil where there is none.
  ///   - purpose: what follows when it is filled in.
  mutating func writeHead(titles: [String], old: String?, _ purpose: FormPurpose) {
    writeComments(["Tệp dữ liệu để điền: " + titles.joined(separator: "; ") + "."])
    if let old {
      writeComments([
        "Những gì thường giữ nguyên đã chép từ «\(old)»; «Lần trước» là giá trị trong tệp ấy. "
          + "Bản ghi nào không dùng nữa thì xóa đi."
      ])
    }
    writer.writeComment("#")
    let goingOn =
      switch purpose {
      case .documents: FormText.howToGoOn
      case .plan: FormText.howToCollect
      case .dossier: FormText.howToHandOver
      }
    writeComments(FormText.howToFill + goingOn)
    writer.endBlock()
  }

  mutating func writeDivider(_ text: String) {
    writeComments([String(repeating: "=", count: 72), text])
    writer.endBlock()
  }

  /// Writes comments and the `%rec` line of a record type.
  mutating func openSet(_ type: String, _ lines: [String]) {
    writeComments(lines)
    writer.writeField("%rec", type)
    endRecord()
  }

  /// Writes the label, example, unit and help of a field as comments.
  ///
  /// - Parameters:
  ///   - isFixed: whether the value is filled in already and must not be changed.
  ///   - isNeeded: whether the record is not right without it.
  mutating func explain(_ rule: FieldRule, isFixed: Bool, isNeeded: Bool) {
    if isInRecord { writer.writeComment("#") }
    isInRecord = true
    let need = isNeeded ? "Bắt buộc" : "Nếu có"
    let label = rule.label?.string ?? rule.name.string
    if isFixed { return writeComments(["\(label): đã điền sẵn, giữ nguyên"]) }
    writeComments(["\(need): \(label)" + (rule.isRepeatable ? " — viết được nhiều dòng" : "")])
    writeComments(FieldGuide.details(of: rule).map { "  " + $0 })
  }

  /// Writes the values of the last period as comments above a field to fill in.
  mutating func writeLastTime(_ values: [String]) {
    writeComments(values.map { "  Lần trước: " + $0 })
  }

  mutating func writeField(_ name: String, _ value: String) {
    writer.writeField(name, value)
  }

  /// Writes a field without a value, commented out where it may be left out.
  mutating func writeEmptyField(_ name: String, isCommented: Bool) {
    if isCommented {
      writer.writeComment("#\(name):")
    } else {
      writeField(name, "")
    }
  }

  /// Writes which fields the form leaves out.
  mutating func writeFurtherFields(_ names: [String]) {
    writer.writeComment("#")
    writeComments([
      "Còn các trường \(names.joined(separator: ", ")): xem lệnh baocao huong-dan TÊN_MẪU."
    ])
  }

  mutating func endRecord() {
    writer.endBlock()
    isInRecord = false
  }

  /// Writes how to add a record, which begins with the field `first`.
  mutating func writeHowToAdd(_ first: String) {
    writeComments([
      "Thêm bản ghi nữa: để một dòng trống, chép lại các dòng từ «\(first):» trở xuống rồi điền."
    ])
    writer.endBlock()
  }

  /// Writes comments in lines of at most 92 characters; continued lines are indented.
  mutating func writeComments(_ texts: [String]) {
    for text in texts where !text.isEmpty {
      let indent = String(text.prefix { $0 == " " })
      var line = "# " + indent
      var isStart = true
      for word in text.split(whereSeparator: { $0 == " " || $0.isNewline }) {
        if !isStart, line.count + 1 + word.count > 92 {
          writer.writeComment(line)
          line = "# " + indent + "  "
          isStart = true
        }
        line += (isStart ? "" : " ") + word
        isStart = false
      }
      writer.writeComment(line)
    }
  }
}

/// What a form is filled in for.
enum FormPurpose: Sendable {
  case documents
  /// A plan of `collect`.
  case plan
  /// The description of a hồ sơ for `hand-over`.
  case dossier

  /// What the form is called, where that is not by kinds of documents.
  var title: String? {
    switch self {
    case .documents: nil
    case .plan: "Tệp tổng hợp"
    case .dossier: "Hồ sơ nộp lưu"
    }
  }
}
