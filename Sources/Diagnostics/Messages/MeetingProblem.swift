/// The problems with what the documents of one file tell of a meeting, and with its minutes: K164 to
/// K167, K261 and K262.
public enum MeetingProblem: Sendable {
  /// Something is told otherwise than elsewhere of the same meeting.
  case differs(String, other: String)
  case endsBeforeStart(String, start: String)
  case outOfTurn(String, after: String)
  /// Everybody is present, and somebody is not.
  case absentAndPresent(present: Int, absent: Int, invited: Int)
  case fewerPresentThanNamed(present: Int, named: Int)
  /// Nobody has a part in a meeting that somebody has in each.
  case nobodyWithPart(String, post: String)
  case signerWithoutPart(String, post: String, part: String, known: [String])
  /// All signers have one part, so that nobody signs with the other.
  case nobodySignsWith(String)
  case signersOutOfOrder(String, after: String)

  var wording: Wording { tellingWording ?? minutesWording }

  private var tellingWording: Wording? {
    switch self {
    case .differs(let found, let other):
      Wording(
        "K164", "ở đây ghi «\(found)», nhưng nơi khác của tệp ghi «\(other)» cho cùng cuộc họp",
        "here it is “\(found)”, but elsewhere the file has “\(other)” for the same meeting",
        hint: (
          "sửa chỗ nào sai trong hai chỗ; là cuộc họp khác thì giữ nguyên",
          "correct the one that is wrong; leave it where another meeting is meant"
        ), severity: .warning)
    case .endsBeforeStart(let end, let start):
      Wording(
        "K165", "kết thúc lúc «\(end)», trước lúc bắt đầu «\(start)»",
        "it ends at “\(end)”, before it begins at “\(start)”",
        hint: (
          "sửa giờ nào sai; sang ngày khác thì ghi cả ngày",
          "correct the one that is wrong; give the day too where it is another"
        ))
    case .outOfTurn(let hour, let before):
      Wording(
        "K166", "việc bắt đầu lúc «\(hour)» đứng sau việc bắt đầu lúc «\(before)»",
        "what begins at “\(hour)” stands behind what begins at “\(before)”",
        hint: (
          "sửa giờ, đổi thứ tự, hoặc ghi ngày cho mọi việc",
          "correct the hour or the order, or give each its day"
        ), severity: .warning)
    case .absentAndPresent(let present, let absent, let invited):
      Wording(
        "K167", "có mặt \(present)/\(invited) người, mà tệp ghi \(absent) người vắng",
        "\(present) of \(invited) are present, but \(absent) in the file are absent",
        hint: ("sửa số người, hoặc vai_tro", "correct the number, or vai_tro"), severity: .warning)
    case .fewerPresentThanNamed(let present, let named):
      Wording(
        "K167", "có mặt \(present) người, mà tệp ghi tên \(named) người dự",
        "\(present) are present, but the file names \(named) who are",
        hint: ("sửa số người, hoặc vai_tro", "correct the number, or vai_tro"), severity: .warning)
    default: nil
    }
  }

  private var minutesWording: Wording {
    switch self {
    case .nobodyWithPart(let part, let post):
      Wording(
        "K261", "biên bản không ghi ai là \(post)", "the minutes name nobody as \(post)",
        hint: (
          "thêm bản ghi nguoi có vai_tro: \(part)", "add a record nguoi with vai_tro: \(part)"
        ), severity: .warning)
    case .signerWithoutPart(let name, let post, let part, let known):
      Wording(
        "K262", "«\(name)» ký là \(post), nhưng vai_tro \(part) là của \(list(known, "và"))",
        "“\(name)” signs as \(post), but the vai_tro \(part) is that of \(list(known, "and"))",
        hint: ("sửa chỗ nào sai trong hai chỗ", "correct the one that is wrong"))
    case .nobodySignsWith(let post):
      Wording(
        "K262", "không ai ký biên bản là \(post)", "nobody signs the minutes as \(post)",
        hint: ("sửa chuc_vu của người ký", "correct the chuc_vu of a signer"))
    case .signersOutOfOrder(let post, let before):
      Wording(
        "K262", "\(post) ký bên phải \(before)", "\(post) signs to the right of \(before)",
        hint: (
          "đổi thứ tự hai bản ghi: thư ký bên trái, chủ tọa bên phải",
          "change the order of the records: the secretary on the left, the chair on the right"
        ), severity: .warning)
    default: Wording("K164", "", "")
    }
  }
}
