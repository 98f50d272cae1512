/// The problems with the numbers of documents, and with what texts say of parts of their own document:
/// K168 to K170.
public enum NumberingProblem: Sendable {
  case sameNumber(String, year: Int)
  case laterNumberEarlier(String, day: String, other: String, otherDay: String)
  /// An article, an annex or a list that the document does not have.
  case noSuchPart(String, known: Known)

  /// What the document has instead.
  public enum Known: Sendable {
    case articles(Int)
    case noAnnex
  }

  var wording: Wording {
    switch self {
    case .sameNumber(let number, let year):
      Wording(
        "K168", "hai văn bản năm \(year) có cùng số \(number)",
        "two documents of \(year) have the number \(number)",
        hint: ("sửa một trong hai số", "correct one of them"))
    case .laterNumberEarlier(let number, let day, let other, let otherDay):
      Wording(
        "K169", "số \(number) ra ngày \(day), trước số \(other) ngày \(otherDay)",
        "the number \(number) is of \(day), before the number \(other) of \(otherDay)",
        hint: ("xem lại số và ngày của hai văn bản", "look at the numbers and days of both again"),
        severity: .warning)
    case .noSuchPart(let part, .articles(let count)):
      Wording(
        "K170", "văn bản không có «\(part)», chỉ có \(count) điều",
        "the document has no “\(part)”, and \(count) articles",
        hint: (
          "sửa số điều; đặt mã cho điều rồi viết [[mã]] thì số luôn đúng",
          "correct the number; with a code of the article, [[code]], it is always right"
        ), severity: .warning)
    case .noSuchPart(let part, .noAnnex):
      Wording(
        "K170", "lời văn nhắc «\(part)», mà văn bản không có phụ lục, danh sách nào",
        "the text speaks of “\(part)”, but the document has no annex and no list",
        hint: (
          "thêm bản ghi phu_luc, hoặc bỏ chỗ nhắc",
          "add a record phu_luc, or leave the words out"
        ), severity: .warning)
    }
  }
}
