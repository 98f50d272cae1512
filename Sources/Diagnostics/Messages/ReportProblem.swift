/// The problems of data, schemas and templates taken together: D1xx and D2xx.
public enum ReportProblem: Sendable {
  case noDocument
  case onlyData
  case noSuchDocument(kind: String)
  case untypedRecord(likeliest: String)
  case unknownRecordType(String, suggestion: String?, known: KnownNames)
  case missingRecordType(String, least: Int)
  case tooManyRecords(String, most: Int)
  case cutRecord
  case unknownReference(String, type: String, suggestion: String?)
  case unknownKind(String, suggestion: String?, known: [String])
  case unknownProfile(String, suggestion: String?)
  case profileNotInForce(String, from: String?, until: String?)
  case unknownReportingRules(String, suggestion: String?, known: [String])
  /// Of a template: it cites a document, or an abbreviation, that neither data nor registers have.
  case unknownDocument(String, suggestion: String?)
  case unknownAbbreviation(String, suggestion: String?)
  case noTemplateFolder
  case noKinds(folder: String)
  case kindWithoutName(String)
  case missingPicture(String, suggestion: String?, present: [String])
  case pictureOutside(String)
  /// Of a text that is kept word for word.
  case pictureNotShown(String)
  case notAPicture(String)
  case pictureWithoutDescription
  case wrongExtension(String)
  /// A register or the shared schema is not among the templates: what it is for is not checked.
  case missingRegister(String, folder: String)
  /// A register, or a schema, has no records of some types: what they are for is not checked.
  case emptyRegister(String, types: [String])
  case emptySchema(String)
  case noDataFiles(folder: String)
  /// A text refers to a code that nothing in the file has.
  case unknownMark(String, suggestion: String?, known: [String])
  /// A text refers to something that another document of the file prints.
  case referenceNotPrinted(String, document: String)
  case sameOutput(String)
  case nothingToMake
  /// Of `baocao fill`: a record type and a field of the first record would be one variable.
  case listNamedLikeField(String)
  /// Of `baocao fill`: the template writes another form than the one that is asked for.
  case otherForm(written: String, wanted: String)

  var wording: Wording { dataWording ?? settingWording }

  /// Problems of a data file as a whole: D1xx.
  private var dataWording: Wording? {
    switch self {
    case .noDocument:
      Wording(
        "D101", "tệp dữ liệu không có bản ghi «van_ban» nào, nên không có văn bản nào để lập",
        "the data file has no “van_ban” record, so there is no document to make",
        hint: (
          "thêm «%rec: van_ban» và một bản ghi có «mau: so-ket» hoặc mẫu khác",
          "add “%rec: van_ban” and a record with “mau: so-ket” or another kind"
        ))
    case .onlyData:
      Wording(
        "D117",
        "tệp không có bản ghi «van_ban» nào, nên chỉ được xét theo quy định của chính nó",
        "the file has no “van_ban” record, so only its own rules were looked at",
        hint: (
          "nếu cần lập văn bản từ tệp này thì thêm «%rec: van_ban» và một bản ghi có «mau: so-ket»",
          "to make a document of it, add “%rec: van_ban” and a record with “mau: so-ket”"
        ), severity: .warning)
    case .noSuchDocument(let kind):
      Wording(
        "D102", "tệp dữ liệu không có văn bản nào theo mẫu «\(kind)»",
        "the data file has no document of the kind “\(kind)”")
    case .untypedRecord(let type):
      Wording(
        "D103", "bản ghi này đứng trước mọi dòng «%rec», nên không rõ là loại gì",
        "this record stands before any “%rec”, so its type is unknown",
        hint: ("thêm dòng «%rec: \(type)» ở trên", "add a line “%rec: \(type)” above"))
    case .unknownRecordType(let name, let suggestion, let known):
      Wording(
        "D104", "không có loại bản ghi «\(name)»", "there is no record type “\(name)”",
        hint: suggestion == nil
          ? known.hint(name, "các loại bản ghi", "the record types") : didYouMean(suggestion))
    case .missingRecordType(let name, let least):
      Wording(
        "D105", "cần ít nhất \(least) bản ghi «\(name)»",
        "at least \(least) record of the type “\(name)” is needed",
        hint: ("thêm «%rec: \(name)» và bản ghi đó", "add “%rec: \(name)” and that record"))
    case .tooManyRecords(let name, let most):
      Wording(
        "D106", "chỉ được có \(most) bản ghi «\(name)»",
        "only \(most) record of the type “\(name)” may stand here",
        hint: (
          "dòng trống là hết bản ghi; nếu đây vẫn là bản ghi ở trên thì bỏ dòng trống giữa chúng",
          "an empty line ends a record; if this is still the record above, remove that line"
        ))
    case .cutRecord:
      Wording(
        "D118", "dòng trống ở trên cắt bản ghi làm hai, nên mỗi nửa thiếu trường của nửa kia",
        "the empty line above cuts a record in two, so each half lacks fields of the other",
        hint: ("bỏ dòng trống ấy", "remove that line"))
    case .unknownKind(let name, let suggestion, let known):
      Wording(
        "D107", "không có mẫu văn bản «\(name)»", "there is no document kind “\(name)”",
        hint: suggestion == nil && !known.isEmpty
          ? (
            "các mẫu có sẵn: \(known.joined(separator: ", "))",
            "the kinds are: \(known.joined(separator: ", "))"
          ) : didYouMean(suggestion))
    case .unknownReference(let value, let type, let suggestion):
      Wording(
        "D114", "không có bản ghi «\(type)» nào có mã «\(value)»",
        "no record of the type “\(type)” has the key “\(value)”",
        hint: suggestion == nil
          ? ("mỗi dòng ghi một mã", "write one key a line") : didYouMean(suggestion))
    case .notAPicture(let path):
      Wording(
        "D115", "«\(path)» không phải là tệp ảnh", "“\(path)” is not a picture file",
        hint: ("dùng tệp .jpg, .png, .gif, .webp hoặc .svg", "use .jpg, .png, .gif, .webp or .svg"))
    case .unknownProfile(let name, let suggestion):
      Wording(
        "D108", "không có thể thức «\(name)»", "there is no layout profile “\(name)”",
        hint: didYouMean(suggestion))
    case .profileNotInForce(let name, let from, let until):
      Wording(
        "D109",
        "thể thức «\(name)» không áp dụng cho ngày ban hành này"
          + " (từ \(from ?? "…") đến \(until ?? "nay"))",
        "the layout profile “\(name)” is not in force on this date"
          + " (from \(from ?? "…") to \(until ?? "now"))",
        severity: .warning)
    case .unknownReportingRules(let name, let suggestion, let known):
      Wording(
        "D116", "không có chế độ báo cáo «\(name)»", "there are no reporting rules “\(name)”",
        hint: suggestion == nil && !known.isEmpty
          ? (
            "các chế độ có sẵn: \(known.joined(separator: ", "))",
            "the rules are: \(known.joined(separator: ", "))"
          ) : didYouMean(suggestion))
    case .unknownDocument(let sign, let suggestion):
      Wording(
        "D124", "không biết văn bản «\(sign)» là văn bản nào", "no document “\(sign)” is known",
        hint: suggestion == nil
          ? (
            "thêm bản ghi can_cu có số, ký hiệu ấy, hoặc ghi văn bản vào so-bo/luat.rec",
            "add a can_cu record of this sign, or the document to so-bo/luat.rec"
          ) : didYouMean(suggestion))
    case .unknownAbbreviation(let short, let suggestion):
      Wording(
        "D125", "sổ chữ viết tắt không có «\(short)»",
        "the register of abbreviations does not have “\(short)”",
        hint: suggestion == nil
          ? ("ghi chữ ấy vào so-bo/viet-tat.rec", "add it to so-bo/viet-tat.rec")
          : didYouMean(suggestion))
    case .missingPicture(let path, let suggestion, let present):
      Wording(
        "D110", "không có tệp ảnh «\(path)»", "there is no picture file “\(path)”",
        hint: suggestion == nil ? Self.copyPicture(present) : didYouMean(suggestion))
    case .pictureOutside(let path):
      Wording(
        "D111", "tệp ảnh «\(path)» nằm ngoài thư mục của tệp dữ liệu",
        "the picture “\(path)” lies outside the data file's folder",
        hint: (
          "chép ảnh vào cùng thư mục với tệp dữ liệu",
          "copy the picture into the data file's folder"
        ))
    case .pictureNotShown(let path):
      Wording(
        "D157", "không hiện được ảnh «\(path)»: không có tệp ảnh ấy cạnh tệp dữ liệu",
        "the picture “\(path)” cannot be shown: there is no such picture beside the data file",
        hint: (
          "chép ảnh vào thư mục của tệp dữ liệu và sửa tep cho đúng",
          "copy the picture into the data file's folder, and correct tep"
        ), severity: .warning)
    case .pictureWithoutDescription:
      Wording(
        "D112", "ảnh chưa có lời tả cho người không nhìn thấy ảnh",
        "the picture has no description for those who cannot see it",
        hint: ("thêm dòng «mo_ta: …»", "add a line “mo_ta: …”"))
    case .sameOutput(let path):
      Wording(
        "D113", "hai tệp cùng ghi vào «\(path)»", "two files write to “\(path)”",
        hint: ("đổi tên một tệp", "rename one of the files"))
    case .listNamedLikeField(let name):
      Wording(
        "D121", "«\(name)» vừa là loại bản ghi vừa là trường của bản ghi đầu tệp",
        "“\(name)” is a record type and also a field of the file's first record",
        hint: ("đổi tên một trong hai", "rename one of the two"))
    case .otherForm(let written, let wanted):
      Wording(
        "D122", "mẫu này viết ra \(written), không chuyển được sang \(wanted)",
        "this template writes \(written), which cannot be made into \(wanted)",
        hint: (
          "bỏ «--to», hoặc dùng mẫu Markdown (.md.jinja)",
          "leave “--to” out, or use a Markdown template (.md.jinja)"
        ))
    case .unknownMark(let code, let suggestion, let known):
      Wording(
        "D154", "không có phần, bảng hay phụ lục nào có mã «\(code)»",
        "no section, table or annex has the code “\(code)”",
        hint: suggestion != nil
          ? didYouMean(suggestion)
          : known.isEmpty
            ? ("thêm dòng «ma: \(code)» vào bản ghi ấy", "add a line “ma: \(code)” to that record")
            : (
              "các mã có: \(known.joined(separator: ", "))",
              "the codes are: \(known.joined(separator: ", "))"
            ))
    case .referenceNotPrinted(let code, let document):
      Wording(
        "D155", "văn bản «\(document)» không in phần, bảng hay phụ lục «\(code)» để dẫn tới",
        "the document “\(document)” does not print “\(code)”, to which this refers",
        hint: (
          "bỏ lời dẫn ở văn bản này, hoặc ghi thêm văn bản ấy ở trường trong của bản ghi «\(code)»",
          "leave the reference out of this document, or name the document in the field trong of “\(code)”"
        ))
    case .nothingToMake:
      Wording(
        "D120", "không có tệp dữ liệu nào để lập văn bản, nên không lập gì",
        "there is no data file to make documents of, so nothing was made",
        hint: (
          "nêu tên tệp dữ liệu, hoặc thư mục có tệp ấy",
          "name a data file, or a folder that has one"
        ))
    default: nil
    }
  }

  private static func copyPicture(
    _ present: [String]
  ) -> (vietnamese: String, english: String) {
    let names = present.joined(separator: ", ")
    return (
      "chép ảnh vào thư mục của tệp dữ liệu, hoặc sửa lại tên tệp ảnh"
        + (present.isEmpty ? "" : "; ở đó có: \(names)"),
      "copy the picture into the data file's folder, or correct its name"
        + (present.isEmpty ? "" : "; there are: \(names)")
    )
  }

  /// Problems of how the program is set up: D2xx.
  private var settingWording: Wording {
    switch self {
    case .noKinds(let folder):
      Wording(
        "D202", "thư mục «\(folder)» không có mẫu văn bản nào",
        "the folder “\(folder)” holds no document kind")
    case .missingRegister(let name, let folder):
      Wording(
        "D206",
        "thư mục mẫu «\(folder)» thiếu «\(name)», nên những gì cần đến nó không được kiểm tra",
        "the templates in “\(folder)” lack “\(name)”, so what needs it is not checked",
        hint: (
          "chép lại tệp ấy từ bộ mẫu của chương trình",
          "copy the file from the program's own templates"
        ), severity: .warning)
    case .emptyRegister(let path, let types):
      Wording(
        "D207",
        "«\(path)» không có bản ghi \(types.map { "«\($0)»" }.joined(separator: ", ")) nào,"
          + " nên những gì cần đến chúng không được kiểm tra",
        "“\(path)” holds no record of \(types.map { "“\($0)”" }.joined(separator: ", ")),"
          + " so what needs them is not checked",
        hint: (
          "chép lại từ bộ mẫu của chương trình; không dùng đến loại nào thì ghi"
            + " «%rec: \(types.first ?? "")» và ở dòng sau «%size: 0»",
          "copy them from the program's own templates; for a type that is not needed write"
            + " “%rec: \(types.first ?? "")” and “%size: 0” on the next line"
        ), severity: .warning)
    case .emptySchema(let path):
      Wording(
        "D208", "«\(path)» không mô tả loại bản ghi nào", "“\(path)” describes no record type",
        hint: (
          "chép lại tệp ấy từ bộ mẫu của chương trình",
          "copy the file from the program's own templates"
        ))
    case .kindWithoutName(let kind):
      Wording(
        "D203", "mẫu «\(kind)» chưa có tên: cần một bản ghi «mau» với trường «ten» trong mau.rec",
        "the kind “\(kind)” has no name: mau.rec needs a “mau” record with the field “ten”")
    case .wrongExtension(let path):
      Wording(
        "D204", "«\(path)» không phải là tệp dữ liệu", "“\(path)” is not a data file",
        hint: ("tệp dữ liệu có đuôi .rec", "data files end in .rec"))
    case .noDataFiles(let folder):
      Wording(
        "D205", "thư mục «\(folder)» không có tệp dữ liệu nào",
        "the folder “\(folder)” holds no data file")
    default:
      Wording(
        "D201", "không tìm thấy thư mục mẫu", "the template folder was not found",
        hint: (
          "chạy lệnh trong thư mục có «Templates», hoặc thêm «--templates THƯ_MỤC»",
          "run the command where “Templates” is, or add “--templates FOLDER”"
        ))
    }
  }
}
