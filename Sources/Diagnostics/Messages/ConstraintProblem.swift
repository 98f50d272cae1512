/// The problems of a `%constraint`, and of records that break it.
public enum ConstraintProblem: Sendable {
  case notAnExpression(ExpressionMistake)
  /// A record for which the expression is false, or for which it cannot be computed for a reason.
  case broken(constraint: String, reason: ConstraintFailure?)
  case tooCostly(type: String)

  var wording: Wording {
    switch self {
    case .notAnExpression(let mistake):
      Wording(
        "R110", "«%constraint» viết chưa đúng: \(mistake.vietnamese)",
        "the “%constraint” is not written right: \(mistake.english)", hint: mistake.hint)
    case .broken(let constraint, let reason):
      Wording(
        "R210", "bản ghi trái với ràng buộc «\(constraint)»",
        "the record breaks the constraint “\(constraint)”",
        hint: reason?.explanation ?? ("", ""))
    case .tooCostly(let type):
      Wording(
        "R211", "kiểm tra các ràng buộc của «\(type)» tốn quá nhiều bước, chưa kiểm tra hết",
        "checking the constraints of “\(type)” takes too many steps; not all were checked",
        hint: ("bớt hoặc rút ngắn các «%constraint»", "use fewer or shorter “%constraint”s"))
    }
  }
}

/// The mistakes in a selection expression, found when it is parsed.
public enum ExpressionMistake: Sendable, Hashable {
  case empty
  case operandMissing
  /// Two operands side by side; the place is the second one.
  case operatorMissing(before: String)
  case unknownCharacter(String)
  case openQuote
  case openBracket
  case strayBracket
  case questionWithoutColon
  case strayColon
  case countOfNoField
  case numberMatched
  case regexp(reason: String)
  case badNumber(String)
  case tooDeep
  case tooLong(limit: Int)
}

/// The reasons why a selection expression is neither true nor false for a record.
public enum ConstraintFailure: Error, Sendable, Hashable {
  case notANumber(String)
  case notADate(String)
  case notAText
  case notTrueOrFalse
  case divisionByZero
  case tooLarge
  case regexp(reason: String)
}

extension ExpressionMistake {
  fileprivate var vietnamese: String {
    switch self {
    case .empty: "chưa có biểu thức"
    case .operandMissing: "ở đây thiếu một trường, một số hoặc một chuỗi"
    case .operatorMissing(let operand): "thiếu phép toán trước «\(operand)»"
    case .unknownCharacter(let character): "không có phép toán «\(character)»"
    case .openQuote: "chuỗi chưa có dấu nháy đóng"
    case .openBracket: "dấu ngoặc này chưa đóng"
    case .strayBracket: "dấu ngoặc này thừa"
    case .questionWithoutColon: "sau dấu «?» phải có dấu «:»"
    case .strayColon: "dấu «:» này không đi với dấu «?» nào"
    case .countOfNoField: "sau dấu «#» phải là tên trường"
    case .numberMatched: "phép «~» chỉ so chuỗi, không so số"
    case .regexp: "biểu thức chính quy sai"
    case .badNumber(let number): "không đọc được số «\(number)»"
    case .tooDeep: "quá nhiều ngoặc lồng nhau"
    case .tooLong(let limit): "dài hơn giới hạn \(limit) từ và dấu"
    }
  }

  fileprivate var english: String {
    switch self {
    case .empty: "there is no expression"
    case .operandMissing: "a field, a number or a text is missing here"
    case .operatorMissing(let operand): "an operator is missing before “\(operand)”"
    case .unknownCharacter(let character): "there is no operator “\(character)”"
    case .openQuote: "the closing quote of this text is missing"
    case .openBracket: "this bracket is not closed"
    case .strayBracket: "this bracket closes nothing"
    case .questionWithoutColon: "a “?” needs a “:” after it"
    case .strayColon: "this “:” belongs to no “?”"
    case .countOfNoField: "after “#” there must be the name of a field"
    case .numberMatched: "“~” matches texts, not numbers"
    case .regexp: "the regular expression is wrong"
    case .badNumber(let number): "the number “\(number)” cannot be read"
    case .tooDeep: "too many brackets inside one another"
    case .tooLong(let limit): "it is longer than \(limit) words and signs"
    }
  }

  fileprivate var hint: (vietnamese: String, english: String) {
    switch self {
    case .empty, .operandMissing:
      ("viết như «so_luong >= 1» hoặc «loai = 'A'»", "write it like “count >= 1” or “kind = 'A'”")
    case .operatorMissing(let operand): Self.operatorHint(operand)
    case .unknownCharacter(let character): Self.characterHint(character)
    case .openQuote: ("viết như «loai = 'A'»", "write it like “kind = 'A'”")
    case .openBracket: ("thêm dấu «)»", "add a “)”")
    case .strayBracket: ("bỏ dấu này, hoặc thêm dấu «(»", "remove it, or add a “(”")
    case .questionWithoutColon, .strayColon:
      ("viết như «#so ? so > 0 : 1»", "write it like “#n ? n > 0 : 1”")
    case .countOfNoField: ("viết như «#nguoi_du > 1»", "write it like “#guest > 1”")
    case .numberMatched:
      ("đặt số trong dấu nháy: «ma ~ '1'»", "put the number in quotes: “code ~ '1'”")
    case .regexp(let reason): (reason, reason)
    case .badNumber(let number):
      number.hasPrefix("0") || number.hasPrefix("-0")
        ? ("bỏ chữ số 0 ở đầu: nó báo số hệ 8", "remove the 0 before it, which means base 8")
        : ("số quá lớn", "it is too large")
    case .tooDeep, .tooLong:
      ("tách thành nhiều dòng «%constraint»", "divide it into several “%constraint” lines")
    }
  }

  private static func operatorHint(
    _ operand: String
  ) -> (vietnamese: String, english: String) {
    if operand.hasPrefix("-") {
      let rest = operand.dropFirst()
      return (
        "phép trừ có dấu cách sau dấu trừ: «- \(rest)»",
        "a subtraction has a blank after the minus: “- \(rest)”"
      )
    }
    switch operand.lowercased() {
    case "and", "va": return ("«và» viết là «&&»", "“and” is written “&&”")
    case "or", "hoac": return ("«hoặc» viết là «||»", "“or” is written “||”")
    default: return ("các phép toán: \(operators)", "the operators are \(operators)")
    }
  }

  private static func characterHint(
    _ character: String
  ) -> (vietnamese: String, english: String) {
    switch character {
    case "≥": return ("viết là «>=»", "write “>=”")
    case "≤": return ("viết là «<=»", "write “<=”")
    case "≠": return ("viết là «!=»", "write “!=”")
    case "“", "”", "‘", "’": return ("dùng dấu nháy ' hoặc \"", "use the quotes ' or \"")
    case "|": return ("«hoặc» viết là «||»", "“or” is written “||”")
    case ".", ",": return ("số thập phân viết như 0.5", "write a decimal like 0.5")
    case "[", "]":
      return (
        "trường thứ nhất là «ten[0]», viết liền", "the first field is “name[0]”, without blanks"
      )
    default:
      let isLetter = character.unicodeScalars.contains { $0.properties.isAlphabetic }
      return isLetter
        ? ("tên trường viết không dấu, như «so_nguoi»", "a field name has no accents")
        : ("các phép toán: \(operators)", "the operators are \(operators)")
    }
  }

  private static let operators = "+ - * / % & = != < > <= >= ~ << >> == && || => ! ?:"
}

extension ConstraintFailure {
  fileprivate var explanation: (vietnamese: String, english: String) {
    switch self {
    case .notANumber(let text): ("«\(text)» không phải là số", "“\(text)” is not a number")
    case .notADate(""): ("ở đây không có ngày để so", "there is no date to compare here")
    case .notADate(let text):
      (
        "«\(text)» không phải là ngày; viết như 28/6/2026 hoặc 2026-06-28",
        "“\(text)” is not a date; write 28/6/2026 or 2026-06-28"
      )
    case .notAText:
      (
        "phép «~», «&» và phép so ngày chỉ dùng cho chuỗi, không dùng cho số",
        "“~”, “&” and the comparisons of dates are for texts, not for numbers"
      )
    case .notTrueOrFalse:
      (
        "biểu thức không cho kết quả đúng hay sai; thêm phép so sánh, như «> 0»",
        "the expression is neither true nor false; add a comparison, such as “> 0”"
      )
    case .divisionByZero: ("phép chia cho 0", "it divides by 0")
    case .tooLarge: ("số quá lớn", "a number is too large")
    case .regexp(let reason):
      ("biểu thức chính quy sai: \(reason)", "the regular expression is wrong: \(reason)")
    }
  }
}
