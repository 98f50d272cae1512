/// The problems of a template: T1xx when it is compiled, T2xx while it is filled, T3xx where it
/// reaches a limit or leaves its folder.
public enum TemplateProblem: Sendable {
  // When it is compiled.
  case unclosedTag(String)
  case unclosedComment
  case unclosedString
  case unexpectedCharacter(String)
  case unexpected(found: String, wanted: Wanted)
  case unknownStatement(String, suggestion: String?)
  case unclosedBlock(String)
  case strayEnd(String, open: String?)
  case unknownFilter(String, suggestion: String?)
  case unknownTest(String, suggestion: String?)
  case tooManyArguments(String, limit: Int)
  case unknownArgument(String, of: String, suggestion: String?)
  case missingArgument(String, of: String)
  case duplicateArgument(String)
  case duplicateParameter(String)
  case duplicateBlock(String)
  case extendsTwice
  case notACall
  case numberTooLarge
  case nestedTooDeep(Int)
  case badNumber(String)
  case badEscape(String)
  case reservedName(String)
  // While it is filled.
  case undefinedName(String, suggestion: String?)
  case missingAttribute(String, suggestion: String?)
  case missingItem(String)
  case absentValue
  case noAttributes(String, of: ValueKind)
  case unknownAttribute(String, type: String, known: [String], suggestion: String?)
  case wrongOperands(String, ValueKind, ValueKind)
  case wrongOperand(String, ValueKind, wanted: ValueKind)
  case notCallable(ValueKind)
  case notIterable(ValueKind)
  case unpackCount(wanted: Int, found: Int)
  case divisionByZero
  case badArgument(String, of: String)
  case templateNotFound(String, suggestion: String?)
  case outsideRoots(String)
  case includeTooDeep(Int)
  case recursionTooDeep
  case tooManySteps(Int)
  case outputTooLarge(Int)
  case notExported(String, suggestion: String?)
  case requiredBlock(String)
  case noSuperBlock
  case noSuchBlock(String, suggestion: String?)
  case noCaller
  case listWithTuple
  case expressionTooDeep

  /// The token or construct that the parser expected.
  public enum Wanted: Sendable {
    case token(String)
    case name
    case expression
    case keywordArgument
  }
}

/// The kinds of value that the template language has, for messages.
public enum ValueKind: Sendable {
  case absent, none, bool, number, whole, text, list, map, object, function

  var vietnamese: String {
    switch self {
    case .absent: "giá trị còn thiếu"
    case .none: "giá trị rỗng (none)"
    case .bool: "giá trị đúng/sai"
    case .number: "số"
    case .whole: "số nguyên"
    case .text: "chuỗi chữ"
    case .list: "danh sách"
    case .map: "bản ghi"
    case .object: "đối tượng"
    case .function: "hàm"
    }
  }

  var english: String {
    switch self {
    case .absent: "a missing value"
    case .none: "none"
    case .bool: "a bool"
    case .number: "a number"
    case .whole: "a whole number"
    case .text: "a text"
    case .list: "a list"
    case .map: "a map"
    case .object: "an object"
    case .function: "a function"
    }
  }
}

extension TemplateProblem.Wanted {
  var vietnamese: String {
    switch self {
    case .token(let token): "«\(token)»"
    case .name: "một tên"
    case .expression: "một biểu thức"
    case .keywordArgument: "đối số có tên (đối số không tên phải đứng trước)"
    }
  }

  var english: String {
    switch self {
    case .token(let token): "“\(token)”"
    case .name: "a name"
    case .expression: "an expression"
    case .keywordArgument: "a keyword argument (positional ones stand before)"
    }
  }
}

extension TemplateProblem {
  var wording: Wording {
    switch self {
    case .unclosedTag(let end):
      Wording(
        "T101", "thẻ chưa được đóng", "this tag is not closed",
        hint: ("thêm «\(end)»", "add “\(end)”"))
    case .unclosedComment:
      Wording(
        "T102", "lời chú chưa được đóng", "this comment is not closed",
        hint: ("thêm «#}»", "add “#}”"))
    case .unclosedString:
      Wording(
        "T103", "chuỗi chữ chưa được đóng", "this string is not closed",
        hint: ("thêm dấu nháy ở cuối chuỗi", "add the quote at its end"))
    case .unexpectedCharacter(let character):
      Wording(
        "T104", "ký tự «\(character)» không dùng được ở đây",
        "the character “\(character)” has no meaning here")
    case .unexpected(let found, let wanted):
      Wording(
        "T105", "gặp «\(found)» ở chỗ cần \(wanted.vietnamese)",
        "found “\(found)” where \(wanted.english) was expected")
    case .unknownStatement(let name, let suggestion):
      Wording(
        "T106", "không có lệnh «\(name)»", "there is no statement “\(name)”",
        hint: didYouMean(suggestion))
    case .unclosedBlock(let name):
      Wording(
        "T107", "khối «\(name)» chưa được đóng", "the block “\(name)” is not closed",
        hint: ("thêm «{% end\(name) %}»", "add “{% end\(name) %}”"))
    case .strayEnd(let name, let open?):
      Wording(
        "T108", "«\(name)» không khớp với khối «\(open)» đang mở",
        "“\(name)” does not fit the open block “\(open)”",
        hint: ("viết «{% end\(open) %}»", "write “{% end\(open) %}”"))
    case .strayEnd(let name, nil):
      Wording(
        "T108", "«\(name)» không đóng khối nào", "“\(name)” closes no block",
        hint: ("bỏ thẻ này đi", "remove this tag"))
    case .unknownFilter(let name, let suggestion):
      Wording(
        "T109", "không có bộ lọc «\(name)»", "there is no filter “\(name)”",
        hint: didYouMean(suggestion))
    case .unknownTest(let name, let suggestion):
      Wording(
        "T110", "không có phép thử «\(name)»", "there is no test “\(name)”",
        hint: didYouMean(suggestion))
    case .tooManyArguments(let name, limit: 0):
      Wording("T111", "«\(name)» không nhận đối số nào", "“\(name)” takes no arguments")
    case .tooManyArguments(let name, let limit):
      Wording(
        "T111", "«\(name)» chỉ nhận nhiều nhất \(limit) đối số",
        "“\(name)” takes at most \(limit) argument\(limit == 1 ? "" : "s")")
    case .unknownArgument(let argument, let name, let suggestion):
      Wording(
        "T112", "«\(name)» không có đối số «\(argument)»",
        "“\(name)” has no argument “\(argument)”", hint: didYouMean(suggestion))
    case .missingArgument(let argument, let name):
      Wording(
        "T113", "«\(name)» cần đối số «\(argument)»", "“\(name)” needs the argument “\(argument)”")
    case .duplicateArgument(let name):
      Wording("T114", "đối số «\(name)» viết hai lần", "the argument “\(name)” is given twice")
    case .duplicateParameter(let name):
      Wording("T115", "tham số «\(name)» viết hai lần", "the parameter “\(name)” is named twice")
    case .duplicateBlock(let name):
      Wording("T116", "khối «\(name)» đã có trong mẫu này", "the block “\(name)” is here already")
    case .extendsTwice:
      Wording("T117", "một mẫu chỉ kế thừa một mẫu khác", "a template extends one other at most")
    case .notACall:
      Wording(
        "T118", "lệnh «call» cần một lời gọi", "“call” needs a call",
        hint: ("viết như {% call ten_macro() %}", "write {% call macro_name() %}"))
    case .numberTooLarge:
      Wording(
        "T119", "số quá lớn hoặc có quá nhiều chữ số", "this number is too large or too long",
        hint: ("một số có nhiều nhất 38 chữ số", "a number has 38 digits at most"))
    case .nestedTooDeep(let limit):
      Wording(
        "T120", "lồng nhau quá \(limit) lớp", "nested more than \(limit) levels deep")
    case .badNumber(let number):
      Wording(
        "T121", "số «\(number)» viết không đúng", "the number “\(number)” is not written right",
        hint: (
          "viết như 1000, 1_000, 12.5, 0x1F, 0o17 hoặc 0b101",
          "write it like 1000, 1_000, 12.5, 0x1F, 0o17 or 0b101"
        ))
    case .badEscape(let escape):
      Wording(
        "T122", "«\(escape)» không viết ra ký tự nào", "“\(escape)” stands for no character",
        hint: (
          "sau \\x là hai chữ số hệ mười sáu, sau \\u là bốn; muốn có dấu \\ thì viết \\\\",
          "two hexadecimal digits stand after \\x, four after \\u; for a \\ write \\\\"
        ))
    case .reservedName(let name):
      Wording(
        "T123", "«\(name)» là tên riêng của vòng lặp, không gán được",
        "“\(name)” is the loop's own name and takes no value",
        hint: ("đặt một tên khác", "choose another name"))

    case .undefinedName(let name, let suggestion):
      Wording(
        "T201", "không có dữ liệu nào tên là «\(name)»", "there is no data named “\(name)”",
        hint: suggestion == nil
          ? (
            "thêm trường «\(name)» vào tệp dữ liệu, hoặc viết «\(name)|default('')» trong mẫu",
            "add the field “\(name)” to the data file, or write “\(name)|default('')”"
          ) : didYouMean(suggestion))
    case .missingAttribute(let name, let suggestion):
      Wording(
        "T202", "bản ghi không có trường «\(name)»", "the record has no field “\(name)”",
        hint: suggestion == nil
          ? (
            "thêm dòng «\(name): …» vào bản ghi, hoặc dùng «default» trong mẫu",
            "add a line “\(name): …” to the record, or use “default” in the template"
          ) : didYouMean(suggestion))
    case .missingItem(let key):
      Wording("T203", "không có phần tử «\(key)»", "there is no item “\(key)”")
    case .absentValue:
      Wording(
        "T204", "biểu thức này không cho giá trị nào", "this expression has no value",
        hint: ("dùng «default» nếu được phép thiếu", "use “default” where it may be missing"))
    case .noAttributes(let name, let kind):
      Wording(
        "T205", "\(kind.vietnamese) không có thuộc tính «\(name)»",
        "\(kind.english) has no attribute “\(name)”")
    case .unknownAttribute(let name, let type, let known, let suggestion):
      Wording(
        "T217", "giá trị kiểu «\(type)» không có thuộc tính «\(name)»",
        "a value of the type “\(type)” has no attribute “\(name)”",
        hint: suggestion == nil
          ? (
            "các thuộc tính: \(known.joined(separator: ", "))",
            "its attributes are: \(known.joined(separator: ", "))"
          ) : didYouMean(suggestion))
    case .wrongOperands(let operation, let left, let right):
      Wording(
        "T206", "không dùng được «\(operation)» giữa \(left.vietnamese) và \(right.vietnamese)",
        "“\(operation)” does not work between \(left.english) and \(right.english)")
    case .wrongOperand(let name, let kind, let wanted):
      Wording(
        "T207", "«\(name)» cần \(wanted.vietnamese), nhưng đây là \(kind.vietnamese)",
        "“\(name)” needs \(wanted.english), but this is \(kind.english)",
        hint: kind == .text && (wanted == .number || wanted == .whole)
          ? (
            "nếu đây là một con số thì thêm «int» hoặc «float» trong mẫu",
            "if it is a figure, add “int” or “float” in the template"
          ) : ("", ""))
    case .notCallable(let kind):
      Wording(
        "T208", "\(kind.vietnamese) không gọi được như một hàm", "\(kind.english) cannot be called")
    case .notIterable(let kind):
      Wording(
        "T209", "cần một danh sách để lặp qua, nhưng đây là \(kind.vietnamese)",
        "a list is needed to loop over, but this is \(kind.english)")
    case .unpackCount(let wanted, let found):
      Wording(
        "T210", "cần \(wanted) phần tử để gán cho các tên, nhưng ở đây có \(found)",
        "\(wanted) items are needed to assign, but there are \(found)")
    case .divisionByZero:
      Wording("T211", "chia cho 0", "division by zero")
    case .badArgument(let argument, let name):
      Wording(
        "T212", "đối số «\(argument)» của «\(name)» không dùng được",
        "the argument “\(argument)” of “\(name)” cannot be used")
    case .templateNotFound(let name, let suggestion):
      Wording(
        "T213", "không tìm thấy mẫu «\(name)»", "there is no template “\(name)”",
        hint: didYouMean(suggestion))
    case .requiredBlock(let name):
      Wording(
        "T214", "khối bắt buộc «\(name)» chưa được viết",
        "the required block “\(name)” is not filled in")
    case .notExported(let name, let suggestion):
      Wording(
        "T216", "mẫu được gọi không có «\(name)»", "that template has no “\(name)”",
        hint: didYouMean(suggestion))
    case .noSuchBlock(let name, let suggestion):
      Wording(
        "T218", "mẫu không có khối «\(name)»", "the template has no block “\(name)”",
        hint: didYouMean(suggestion))
    case .noCaller:
      Wording(
        "T219", "macro này không được gọi bằng khối «call», nên không có «caller»",
        "no “call” block calls this macro, so there is no “caller”",
        hint: (
          "gọi macro bằng «{% call … %}», hoặc hỏi trước bằng «{% if caller is defined %}»",
          "call the macro with “{% call … %}”, or ask first with “{% if caller is defined %}”"
        ))
    case .listWithTuple:
      Wording(
        "T220", "không nối được danh sách «[…]» với bộ «(…)»",
        "a list “[…]” and a tuple “(…)” cannot be joined",
        hint: ("thêm «|list» sau bộ", "add “|list” to the tuple"))
    case .noSuperBlock:
      Wording(
        "T215", "không có khối nào ở mẫu gốc để «super()» gọi",
        "there is no parent block for “super()”")

    case .outsideRoots(let name):
      Wording(
        "T301", "mẫu «\(name)» nằm ngoài thư mục mẫu",
        "the template “\(name)” lies outside the template folder",
        hint: (
          "chỉ dùng đường dẫn bên trong thư mục mẫu, không có «..»",
          "use a path inside the template folder, without “..”"
        ))
    case .includeTooDeep(let limit):
      Wording(
        "T302", "các mẫu gọi nhau quá \(limit) lớp, có lẽ là gọi vòng quanh",
        "templates include each other more than \(limit) levels deep, probably in a circle")
    case .recursionTooDeep:
      Wording(
        "T303", "macro hoặc vòng lặp gọi lại chính nó quá sâu",
        "a macro or loop calls itself too deep")
    case .tooManySteps(let limit):
      Wording(
        "T304", "mẫu chạy quá \(limit) bước, có lẽ lặp qua quá nhiều thứ",
        "the template takes more than \(limit) steps, probably in loops over too much")
    case .expressionTooDeep:
      Wording(
        "T306", "biểu thức có quá nhiều phép tính lồng hoặc nối nhau",
        "the expression has too many operations in or after each other",
        hint: (
          "đặt từng phần vào một biến bằng «{% set … %}»",
          "put parts of it into variables with “{% set … %}”"
        ))
    case .outputTooLarge(let limit):
      Wording(
        "T305", "kết quả dài quá \(limit) byte", "the output is longer than \(limit) bytes")
    }
  }
}
