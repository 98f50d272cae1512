/// What is not sure of an old post that becomes a data file: N12x.
public enum PostProblem: Sendable {
  /// A block of which nobody knows what it is.
  case unknownBlock
  case noTitle
  /// The day of the last change stands for the day posted, which is not there.
  case updateAsPosted(String)
  /// A day that can be read in two ways, or without its century.
  case unsureDay(String)
  /// A day above the title that may be the clock of the page when it was copied.
  case clockOfPage
  /// A report, plan or letter among the posts, with the kind that it became data of; nil where it was
  /// kept as a post.
  case document(kind: String?)
  /// What a page says of itself and does not show.
  case fromPage(String, source: String)
  /// A text that was not in UTF-8, with the names of its encodings.
  case otherEncoding(String)

  /// So many facts of the file that is written over, of which a person has said something, are not
  /// found any more.
  case lostConfirmations(Int)

  var wording: Wording {
    switch self {
    case .lostConfirmations(let count):
      Wording(
        "N129",
        "\(count) dữ kiện đã xem ở tệp cũ không còn trong bài nhập lại",
        "facts of the old file that were looked at and are no longer there: \(count)",
        severity: .warning)
    case .unknownBlock:
      Wording(
        "N121", "chưa rõ dòng này là gì, đã giữ nguyên với loại «khac»",
        "nobody knows what this line is; it is kept as “khac”", severity: .warning)
    case .noTitle:
      Wording("N122", "không thấy tiêu đề của bài", "the post has no title", severity: .warning)
    case .updateAsPosted(let day):
      Wording(
        "N123", "bài chỉ có ngày cập nhật, lấy \(day) làm ngày đăng",
        "the post has only the day of an update; \(day) stands for the day posted",
        severity: .warning)
    case .unsureDay(let day):
      Wording(
        "N124", "ngày này đọc được hai cách, lấy là \(day)",
        "this day can be read in two ways; it is taken for \(day)", severity: .warning)
    case .clockOfPage:
      Wording(
        "N120", "ngày này có thể là đồng hồ của trang, không lấy làm ngày đăng",
        "this day may be the clock of the page; it is not taken for the day posted",
        hint: (
          "nếu đúng là ngày đăng thì ghi vào trường «ngay_dang»",
          "if it is the day posted, write it into the field “ngay_dang”"
        ), severity: .warning)
    case .document(let kind?):
      Wording(
        "N128", "đây là một văn bản hành chính, đã thành dữ liệu của mẫu «\(kind)»",
        "this is a document of an office and became data of the kind “\(kind)”",
        hint: (
          "muốn giữ nguyên văn như một bài đăng thì thêm «--mau tin-bai»",
          "to keep it word for word as a post, add “--mau tin-bai”"
        ), severity: .warning)
    case .document(nil):
      Wording(
        "N126", "đây là một văn bản hành chính, được giữ như một bài đăng",
        "this is a document of an office, which is kept as a post", severity: .warning)
    case .otherEncoding(let names):
      Wording(
        "N127", "bài dùng bảng mã \(names), đã chuyển sang Unicode",
        "the post was in \(names) and is Unicode now", severity: .warning)
    case .fromPage(let value, let source):
      Wording(
        "N125", "«\(value)» lấy ở phần không hiện của trang (\(source))",
        "“\(value)” is from what the page does not show (\(source))", severity: .warning)
    }
  }
}
