import Texts

/// What can be wrong with a template, when it is compiled or while it is filled.
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

  /// What the parser looked for.
  public enum Wanted: Sendable {
    case token(String)
    case name
    case expression
    case keywordArgument
  }
}

/// The kinds of value a template knows, as messages name them.
public enum ValueKind: Sendable {
  case absent, none, bool, number, text, list, map, object, function

  var vietnamese: String {
    switch self {
    case .absent: "giá trị còn thiếu"
    case .none: "giá trị rỗng (none)"
    case .bool: "giá trị đúng/sai"
    case .number: "số"
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
