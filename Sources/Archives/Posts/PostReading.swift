import Texts
import Vietnamese

/// What the blocks of a post are, and what they say of it.
struct PostReading {
  var kinds: [BlockKind]
  /// The levels of the category, from the largest.
  var categories: [String] = []
  var title: String?
  var day: PostedLine.Day?
  /// The digits of the views.
  var views: [UInt8]?
  var author: String?
  var source: String?
  var endMark: String?
  /// The address of the post, and the day somebody read it there.
  var address: String?
  var visited: CalendarDate?
  var notices: [Notice] = []

  /// What is told of a block.
  struct Notice {
    let block: Int?
    let kind: Kind

    enum Kind: Equatable {
      case unknown, noTitle, updateAsPosted, unsureDay, clock, document
      /// What the page says of itself and does not show.
      case fromPage(String, source: String)
    }
  }
}

/// What a block of a post is, as the field `loai` has it.
enum BlockKind: String, Sendable {
  case category = "chuyen_muc"
  case path = "duong_dan"
  case title = "tieu_de"
  case repeatedTitle = "lap"
  case posted = "thong_tin"
  case lead = "sapo"
  case paragraph = "doan"
  case item = "muc"
  case heading = "tieu_de_muc"
  case caption = "chu_thich"
  case picture = "anh"
  case table = "bang"
  case row = "hang"
  case author = "tac_gia"
  case source = "nguon"
  case end = "ket"
  case tool = "tien_ich"
  case related = "lien_quan"
  case site = "trang"
  case hidden = "an"
  case unknown = "khac"
}
