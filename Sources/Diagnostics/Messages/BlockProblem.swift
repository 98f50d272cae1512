/// The problems of the blocks in which a schema declares its fields and types, one record for
/// each: R12x.
public enum BlockProblem: Sendable {
  /// A line that every block has: `truong` of a field, `ten` or `bieu_thuc` of a type.
  case missingLine(String)
  case unknownLine(String, suggestion: String?)
  /// In what a schema says of a record type.
  case unknownDeclaration(String, suggestion: String?)
  case declaredTwice(String)
  case wrongWord(line: String, words: [String])

  var wording: Wording {
    switch self {
    case .missingLine(let line):
      Wording(
        "R121", "khối khai báo này thiếu dòng «\(line)»", "this block lacks the line “\(line)”",
        hint: (
          "mỗi khối khai báo một trường hay một kiểu, và dòng trống là hết khối",
          "each block declares one field or type, and an empty line ends it"
        ))
    case .unknownLine(let line, let suggestion):
      Wording(
        "R122", "khối khai báo không có dòng nào tên là «\(line)»",
        "a block has no line “\(line)”", hint: didYouMean(suggestion))
    case .unknownDeclaration(let name, let suggestion):
      Wording(
        "R125", "mô tả loại bản ghi không có dòng nào tên là «\(name)»",
        "the description of a record type has no line “\(name)”", hint: didYouMean(suggestion))
    case .declaredTwice(let name):
      Wording(
        "R123", "«\(name)» đã được khai báo ở một khối phía trên",
        "“\(name)” is declared in a block above",
        hint: ("gộp hai khối làm một", "make one block of the two"))
    case .wrongWord(let line, let words):
      Wording(
        "R124", "dòng «\(line)» chỉ nhận: \(words.joined(separator: ", "))",
        "the line “\(line)” takes only: \(words.joined(separator: ", "))")
    }
  }
}
