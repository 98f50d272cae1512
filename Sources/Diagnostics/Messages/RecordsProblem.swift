/// The problems of a rec file: of its text (R0xx), of its descriptors (R1xx), and of records that
/// break these (R2xx).
public enum RecordsProblem: Sendable {
  case missingColon(LineGuess)
  case badFieldName(String)
  case continuationWithoutField(afterComment: Bool)
  case indentedLine
  /// An indented line `name: value`, which is read as a field all the same.
  case indentedField
  case spaceBeforeColon(name: String)
  case labelForName(String)
  case specialFieldOutsideDescriptor(String)
  case severalTypeNames
  case badTypeName(String)
  case repeatedType(String)
  case swallowedBullets
  /// A line that a `\` before it joins to a value, though it looks like a field.
  case swallowedField(String)
  case misspeltTypeField(String)

  case unknownSpecialField(String, suggestion: String?)
  case badFieldList(special: String)
  case repeatedSpecialField(String)
  case badType(TypeMistake)
  case unknownType(String, suggestion: String?)
  case circularType([String])
  case badSize
  case badAuto(field: String)
  case confidential
  case external(ExternalProblem)
  case block(BlockProblem)

  case missingField(NamedField)
  case emptyField(NamedField)
  case prohibitedField(NamedField)
  case fieldNotAllowed(NamedField, suggestion: NamedField?, known: KnownNames)
  case repeatedField(NamedField)
  case repeatedKey(NamedField)
  case repeatedValue(NamedField, value: String)
  case recordCount(type: String, found: Int, wanted: RecordCount)
  case wrongValue(NamedField, wanted: WantedValue, isEmpty: Bool)
  case constraint(ConstraintProblem)

  var wording: Wording {
    switch self {
    case .missingColon(let guess):
      Wording(
        "R001", "dòng này không có dấu hai chấm sau tên trường",
        "this line has no colon after a field name", hint: guess.hint)
    case .badFieldName(let name):
      Wording(
        "R002", "«\(name)» không thể là tên trường", "“\(name)” cannot be a field name",
        hint: (
          "tên trường gồm chữ cái không dấu, chữ số và dấu _, bắt đầu bằng chữ cái; "
            + "nếu đây là phần tiếp của giá trị ở trên thì thêm «+ » vào đầu dòng",
          "a field name has letters a to z, digits and _, and starts with a letter; "
            + "if this goes on the value above, put “+ ” at the start of the line"
        ))
    case .continuationWithoutField(let afterComment):
      Wording(
        "R003", "dòng «+» này không nối tiếp trường nào", "this “+” line continues no field",
        hint: afterComment ? Self.commentBetween : Self.blankBetween)
    case .indentedLine:
      Wording(
        "R004", "dòng này bắt đầu bằng dấu cách, giữa một bản ghi",
        "this line is indented within a record",
        hint: (
          "bỏ dấu cách ở đầu dòng; nếu là phần tiếp của giá trị ở trên thì viết «+ » ở đầu dòng",
          "remove the blanks at its start; if it goes on the value above, start it with “+ ”"
        ))
    case .indentedField:
      Wording(
        "R004", "dòng này bắt đầu bằng dấu cách, giữa một bản ghi",
        "this line is indented within a record",
        hint: (
          "bỏ dấu cách ở đầu dòng này và các dòng sau",
          "remove the blanks at its start and at those of the lines below"
        ))
    case .spaceBeforeColon(let name):
      Wording(
        "R005", "có dấu cách trước dấu hai chấm", "there is a blank before the colon",
        hint: ("viết «\(name):»", "write “\(name):”"), severity: .warning)
    case .labelForName(let label):
      Wording(
        "R006", "«\(label)» là nhãn, không phải tên trường",
        "“\(label)” is a label, not a field name",
        hint: (
          "nên viết tên trường, không dấu, như «ngay_hop»",
          "better write the field's name, without accents, such as “ngay_hop”"
        ), severity: .warning)
    case .specialFieldOutsideDescriptor(let name):
      Wording(
        "R007", "«\(name)» đứng trong một bản ghi không có «%rec», nên không có tác dụng",
        "“\(name)” stands in a record without “%rec”, so it does nothing",
        hint: (
          "thêm dòng «%rec: tên_loại» vào bản ghi này", "add a line “%rec: type” to this record"
        ),
        severity: .warning)
    case .severalTypeNames:
      Wording(
        "R008", "một bản ghi mô tả chỉ được có một dòng «%rec»",
        "a record descriptor may have only one “%rec”",
        hint: (
          "để một dòng trống giữa hai bản ghi mô tả", "leave a blank line between two descriptors"
        ))
    case .badTypeName(let name):
      Wording(
        "R009", "«\(name)» không thể là tên loại bản ghi", "“\(name)” cannot be a record type",
        hint: (
          "viết «%rec: tên_loại», tên gồm chữ cái không dấu, chữ số và dấu _",
          "write “%rec: type”, with letters a to z, digits and _"
        ))
    case .repeatedType(let name):
      Wording(
        "R010", "loại bản ghi «\(name)» đã được mở ở trên",
        "the record type “\(name)” is already begun above",
        hint: ("gộp các bản ghi của loại này vào một chỗ", "put the records of this type together"))
    case .swallowedBullets:
      Wording(
        "R011", "dấu «+» chỉ nối tiếp giá trị ở trên, không hiện thành gạch đầu dòng",
        "a “+” only goes on with the value above and shows no bullet",
        hint: (
          "mỗi mục viết thành một dòng «tên_trường: …» riêng, hoặc «+ - …»; "
            + "nếu là một câu thì viết liền một dòng",
          "write each item as a line “field_name: …” of its own, or “+ - …”; "
            + "write a sentence on one line"
        ))
    case .misspeltTypeField(let name):
      Wording(
        "R012", "«\(name)» mở một loại bản ghi mà không phải là «%rec»",
        "“\(name)” begins a record type, but is not “%rec”",
        hint: ("viết «%rec:»", "write “%rec:”"))
    case .unknownSpecialField(let name, let suggestion):
      Wording(
        "R101", "không có trường đặc biệt nào tên là «\(name)»",
        "there is no special field “\(name)”", hint: didYouMean(suggestion), severity: .warning)
    case .badFieldList(let special):
      Wording(
        "R102", "«\(special)» phải là danh sách tên trường", "“\(special)” must list field names",
        hint: (
          "viết các tên cách nhau bằng dấu cách: «\(special): ten_1 ten_2»",
          "write the names with blanks between: “\(special): name_1 name_2”"
        ))
    case .swallowedField(let name):
      Wording(
        "R013",
        "dấu \\ ở cuối dòng trên nối dòng này vào giá trị, nên đây không phải trường «\(name)»",
        "the \\ at the end of the line above joins this line to the value, so it is no field “\(name)”",
        hint: ("bỏ dấu \\ ở cuối dòng trên", "remove the \\ at the end of the line above"),
        severity: .warning)
    case .repeatedSpecialField(let name):
      Wording(
        "R103", "chỉ được có một dòng «\(name)»", "there may be only one “\(name)”")
    case .badType(let mistake):
      Wording(
        "R104", "kiểu của trường viết chưa đúng", "the type is not written right",
        hint: mistake.hint)
    case .unknownType(let name, let suggestion):
      Wording(
        "R105", "không có kiểu «\(name)»", "there is no type “\(name)”",
        hint: didYouMean(suggestion))
    case .circularType(let names):
      Wording(
        "R106", "các kiểu định nghĩa vòng quanh: \(names.joined(separator: " → "))",
        "these types are defined in a circle: \(names.joined(separator: " → "))")
    case .badSize:
      Wording(
        "R107", "«%size» phải là một số, có thể đứng sau <, <=, > hoặc >=",
        "“%size” must be a number, perhaps after <, <=, > or >=",
        hint: ("viết như «%size: >= 1»", "write it like “%size: >= 1”"))
    case .badAuto(let field):
      Wording(
        "R108", "trường tự đánh số «\(field)» phải có kiểu int, range, date hoặc uuid",
        "the automatic field “\(field)” must have the type int, range, date or uuid")
    case .confidential:
      Wording(
        "R109", "không dùng được «%confidential»: chương trình này không mã hóa trường nào",
        "“%confidential” cannot be used: this program encrypts no field",
        hint: (
          "không đưa nội dung mật vào tệp dữ liệu này",
          "keep secret matter out of this data file"
        ))
    case .external(let problem): problem.wording
    case .block(let problem): problem.wording
    case .constraint(let problem): problem.wording
    case .missingField(let field):
      Wording(
        "R201", "bản ghi thiếu trường \(field.vietnamese)",
        "the record lacks the field \(field.english)",
        hint: field.example.map {
          (
            "thêm một dòng, ví dụ «\(field.name): \($0)»",
            "add a line such as “\(field.name): \($0)”"
          )
        } ?? ("thêm dòng «\(field.name): …»", "add a line “\(field.name): …”"))
    case .emptyField(let field):
      Wording(
        "R202", "trường bắt buộc \(field.vietnamese) còn để trống",
        "the mandatory field \(field.english) is empty",
        hint: field.example.map {
          (
            "điền vào sau dấu hai chấm, ví dụ «\(field.name): \($0)»",
            "write a value after the colon, such as “\(field.name): \($0)”"
          )
        } ?? ("", ""))
    case .prohibitedField(let field):
      Wording(
        "R203", "không được dùng trường \(field.vietnamese) ở đây",
        "the field \(field.english) must not be used here")
    case .fieldNotAllowed(let field, let suggestion, let known):
      Wording(
        "R204", "loại bản ghi này không có trường \(field.vietnamese)",
        "this record type has no field \(field.english)",
        hint: suggestion.map {
          ("có phải là \($0.vietnamese)?", "did you mean \($0.english)?")
        } ?? known.hint(field.name, "các trường của loại này", "the fields of this type"))
    case .repeatedField(let field):
      Wording(
        "R205", "trường \(field.vietnamese) chỉ được viết một lần trong một bản ghi",
        "the field \(field.english) may stand only once in a record")
    case .repeatedKey(let field):
      Wording(
        "R206", "trường \(field.vietnamese) là mã của bản ghi nên chỉ được viết một lần",
        "the record has several keys \(field.english)")
    case .repeatedValue(let field, let value):
      Wording(
        "R207", "giá trị «\(value)» của trường \(field.vietnamese) đã có ở một bản ghi khác",
        "the value “\(value)” of the field \(field.english) is in another record too")
    case .recordCount(let type, let found, let wanted):
      Wording(
        "R208", "có \(found) bản ghi «\(type)», \(wanted.vietnamese)",
        "there are \(found) records “\(type)”, \(wanted.english)")
    case .wrongValue(let field, let wanted, let isEmpty):
      isEmpty ? Self.emptyValue(field) : wanted.wording(of: field)
    }
  }

  private static let commentBetween = (
    vietnamese: "dòng chú thích ở trên cắt đứt giá trị; đưa chú thích lên trước trường",
    english: "the comment above cuts the value; move it before the field"
  )
  private static let blankBetween = (
    vietnamese: "dòng «+» phải đứng ngay dưới trường mà nó nối tiếp, không có dòng trống ở giữa",
    english: "a “+” line stands right below the field it continues, without a blank line between"
  )

  private static func emptyValue(_ field: NamedField) -> Wording {
    Wording(
      "R209", "trường \(field.vietnamese) chưa có giá trị", "the field \(field.english) is empty",
      hint: field.example.map {
        (
          "điền vào, ví dụ «\(field.name): \($0)», hoặc bỏ cả dòng này",
          "fill it in, as in “\(field.name): \($0)”, or remove the line"
        )
      } ?? ("điền vào, hoặc bỏ cả dòng này", "fill it in, or remove the line"))
  }
}

/// The likeliest meaning of a line that does not begin with a field name and a colon.
public enum LineGuess: Sendable, Hashable {
  case field
  case continuation
  case fullWidthColon
  case equalsSign
  case listItem
}

/// The mistakes in what follows the name in `%type` or `%typedef`.
public enum TypeMistake: Sendable, Hashable {
  case noFieldName
  case noTypeName
  case takesNothing(type: String)
  case size
  case range
  case regexp(reason: String?)
  case enumeration
  case record
}

extension LineGuess {
  fileprivate var hint: (vietnamese: String, english: String) {
    switch self {
    case .field: ("viết «tên_trường: giá trị»", "write “field_name: value”")
    case .continuation:
      (
        "nếu đây là phần tiếp của giá trị ở trên thì thêm «+ » vào đầu dòng",
        "if this goes on the value above, put “+ ” at the start of the line"
      )
    case .fullWidthColon:
      ("dùng dấu hai chấm «:» thay cho «：»", "use the colon “:” in place of “：”")
    case .equalsSign: ("dùng dấu hai chấm «:» thay cho «=»", "use a colon “:” in place of “=”")
    case .listItem:
      (
        "mỗi mục là một dòng «tên_trường: giá trị» riêng, hoặc một dòng «+ » nối tiếp giá trị ở trên",
        "each item is a line “field_name: value” of its own, or a “+ ” line going on the value above"
      )
    }
  }
}

extension TypeMistake {
  fileprivate var hint: (vietnamese: String, english: String) {
    switch self {
    case .noFieldName:
      (
        "viết tên trường rồi đến kiểu; nhiều trường thì cách nhau bằng dấu phẩy liền nhau: «a,b int»",
        "write the field, then the type; several fields with bare commas: “a,b int”"
      )
    case .noTypeName:
      ("viết tên trường rồi đến kiểu: «so_phuong int»", "write the field, then the type: “n int”")
    case .takesNothing(let type):
      ("không viết gì sau «\(type)»", "write nothing after “\(type)”")
    case .size: ("viết như «ten size 80»", "write it like “name size 80”")
    case .range: ("viết như «quy range 1 4»", "write it like “quarter range 1 4”")
    case .regexp(let reason?):
      ("biểu thức chính quy sai: \(reason)", "the regular expression is wrong: \(reason)")
    case .regexp(nil):
      (
        "viết biểu thức giữa hai dấu như nhau: «ma regexp /^[A-Z]+$/»",
        "write the expression between two like signs: “code regexp /^[A-Z]+$/”"
      )
    case .enumeration:
      (
        "viết các giá trị bằng chữ không dấu, chữ số, _ và -: «muc enum kha tot (từ 80 điểm)»",
        "write the values with letters a to z, digits, _ and -: “level enum fair good (from 80)”"
      )
    case .record: ("viết như «van_ban rec can_cu»", "write it like “document rec ground”")
    }
  }
}
