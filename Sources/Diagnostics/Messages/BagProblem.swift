/// The problems of a bag in which a document was sealed: L011 to L024.
public enum BagProblem: Sendable {
  case notBag(path: String)
  case missing(bag: String, file: String)
  /// A file whose bytes are others; those of another file of the bag where that is known.
  case changed(bag: String, file: String, contentOf: String?)
  case renamed(bag: String, file: String, to: String)
  case surplus(path: String)
  /// A link or whatever else is no file, or an empty folder.
  case notRegular(path: String)
  case oddManifest(path: String, line: Int)
  /// A list names a file that the other list is of.
  case misplaced(bag: String, file: String)
  /// A tag file that its list does not name.
  case unlisted(bag: String, file: String)
  case wrongCount(bag: String, said: String, counted: String)
  case oddRecord(path: String)
  /// The build record and the list of files disagree about a file.
  case notInRecord(bag: String, file: String)

  /// What was sealed comes out no more.
  case notMade(bag: String, document: String)
  /// What comes out was not sealed.
  case newOutput(bag: String, file: String)

  var wording: Wording {
    switch self {
    case .notBag(let path):
      Wording(
        "L011", "«\(path)»: không có bagit.txt, không còn là một gói",
        "“\(path)”: without bagit.txt it is no packet")
    case .missing(let bag, let file):
      Wording("L012", "«\(bag)»: mất tệp «\(file)»", "“\(bag)”: the file “\(file)” is missing")
    case .changed(let bag, let file, nil):
      Wording(
        "L013", "«\(bag)»: tệp «\(file)» đã bị sửa",
        "“\(bag)”: the file “\(file)” was changed")
    case .changed(let bag, let file, let other?):
      Wording(
        "L013", "«\(bag)»: tệp «\(file)» đã bị sửa: nội dung bây giờ là của «\(other)»",
        "“\(bag)”: the file “\(file)” was changed: it has the content of “\(other)” now")
    case .renamed(let bag, let file, let name):
      Wording(
        "L014", "«\(bag)»: tệp «\(file)» bị đổi tên thành «\(name)»",
        "“\(bag)”: the file “\(file)” was renamed to “\(name)”")
    case .surplus(let path):
      Wording(
        "L015", "«\(path)»: tệp lạ, không có trong danh sách nào",
        "“\(path)”: a file that is in no list")
    case .notRegular(let path):
      Wording(
        "L016", "«\(path)»: là liên kết, thư mục trống hoặc thứ khác, không phải là tệp",
        "“\(path)”: a link, an empty folder or something else that is no file")
    case .oddManifest(let path, let line):
      Wording(
        "L017", "«\(path)» dòng \(line): không phải là một dòng của danh sách",
        "“\(path)” line \(line): no line of such a list")
    case .misplaced(let bag, let file):
      Wording(
        "L018", "«\(bag)»: tệp «\(file)» nằm nhầm danh sách",
        "“\(bag)”: the file “\(file)” stands in the wrong list")
    case .unlisted(let bag, let file):
      Wording(
        "L019", "«\(bag)»: tagmanifest-sha256.txt không nêu «\(file)»",
        "“\(bag)”: tagmanifest-sha256.txt does not name “\(file)”")
    case .wrongCount(let bag, let said, let counted):
      Wording(
        "L020", "«\(bag)»: bag-info.txt ghi Payload-Oxum «\(said)», đếm được «\(counted)»",
        "“\(bag)”: bag-info.txt says Payload-Oxum “\(said)”, and there are “\(counted)”")
    case .oddRecord(let path):
      Wording(
        "L021", "«\(path)»: không đọc được thành phiếu dựng",
        "“\(path)”: does not read as a build record")
    case .notInRecord(let bag, let file):
      Wording(
        "L022", "«\(bag)»: phiếu dựng không nói đúng về tệp «\(file)»",
        "“\(bag)”: the build record does not agree about the file “\(file)”")
    case .notMade(let bag, let document):
      Wording(
        "L023", "«\(bag)»: lập lại không ra «\(document)»",
        "“\(bag)”: “\(document)” does not come out when it is made again")
    case .newOutput(let bag, let file):
      Wording(
        "L024", "«\(bag)»: lập lại ra thêm «\(file)», lúc niêm không có",
        "“\(bag)”: “\(file)” comes out, which was not sealed")
    }
  }
}
