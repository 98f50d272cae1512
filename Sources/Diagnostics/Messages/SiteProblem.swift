/// The problems of a site of posts: W0xx.
public enum SiteProblem: Sendable {
  case noPosts
  /// The post of a data file that says no day.
  case undated(post: String)
  /// Another post or page has the path that a post asks for.
  case pathTaken(String, post: String, given: String)
  case wrongPath(String)
  /// The pictures were not made smaller.
  case noPictureTool
  case pictureNotScaled(String)
  /// The folder has pages that the program did not write.
  case foreignSite(folder: String)
  /// A post wants a document beside it that its data file does not have.
  case noSuchCompanion(String, post: String)
  /// The documents beside posts are published without PDF.
  case noPrinter
  case notASite(folder: String)
  case brokenLink(page: String, target: String)
  case brokenAnchor(page: String, target: String)
  case missingPicture(page: String, target: String)
  case brokenFeed(page: String, reason: String)
  case lostAddress(String, title: String)
  case changedFile(String)

  var wording: Wording {
    switch self {
    case .noPosts:
      Wording(
        "W001", "không tệp dữ liệu nào có bài đăng, nên không có gì để lập trang tin",
        "no data file has a post, so there is nothing to make a site of",
        hint: (
          "bài đăng là bản ghi van_ban có «mau: tin-bai»",
          "a post is a record van_ban with “mau: tin-bai”"
        ))
    case .undated(let post):
      Wording(
        "W002", "bài «\(post)» không có ngày đăng nên đứng cuối danh sách, ngoài các tháng",
        "the post “\(post)” has no day, so it stands at the end of the lists and in no month",
        hint: ("điền ngay_dang nếu biết ngày", "fill in ngay_dang if the day is known"),
        severity: .warning)
    case .pathTaken(let path, let post, let given):
      Wording(
        "W003", "đường dẫn «\(path)» của bài «\(post)» đã có bài khác dùng; bài này ở «\(given)»",
        "the path “\(path)” of the post “\(post)” is another's; this post is at “\(given)”",
        hint: ("đặt duong_dan khác cho một trong hai bài", "give one of the two another duong_dan"),
        severity: .warning)
    case .wrongPath(let path):
      Wording(
        "W004", "«\(path)» không phải là đường dẫn trên trang tin",
        "“\(path)” is no path on the site",
        hint: (
          "viết như /2026/07/so-ket-6-thang/: chữ thường không dấu, chữ số, dấu gạch nối",
          "write it as /2026/07/so-ket-6-thang/: small letters without accents, digits, hyphens"
        ))
    case .noPictureTool:
      Wording(
        "W005", "không tìm thấy vipsthumbnail hay ImageMagick nên ảnh được đăng nguyên cỡ",
        "neither vipsthumbnail nor ImageMagick was found, so pictures keep their sizes",
        hint: (
          "cài libvips-tools hoặc imagemagick để có ảnh nhỏ cho điện thoại",
          "install libvips-tools or imagemagick for pictures that suit a phone"
        ), severity: .warning)
    case .pictureNotScaled(let path):
      Wording(
        "W006", "không thu nhỏ được ảnh «\(path)» nên ảnh được đăng nguyên cỡ",
        "the picture “\(path)” could not be made smaller and keeps its size",
        hint: ("mở và lưu lại ảnh", "open the picture and save it again"), severity: .warning)
    case .foreignSite(let folder):
      Wording(
        "W007", "«\(folder)» có trang index.html mà không phải do «baocao site» lập",
        "“\(folder)” has an index.html that “baocao site” did not make",
        hint: (
          "nêu thư mục khác sau «--output», hoặc dọn thư mục ấy",
          "name another folder after “--output”, or clear that one"
        ))
    case .noSuchCompanion(let kind, let post):
      Wording(
        "W008", "bài «\(post)» muốn đăng kèm «\(kind)» nhưng tệp dữ liệu không có văn bản ấy",
        "the post “\(post)” wants “\(kind)” beside it, which its data file does not have",
        hint: (
          "ghi mẫu của một bản ghi van_ban trong cùng tệp, như so-ket",
          "write the kind of a record van_ban of the same file, as so-ket"
        ))
    case .noPrinter:
      Wording(
        "W016", "không có WeasyPrint nên văn bản đăng kèm không có bản PDF",
        "there is no WeasyPrint, so documents beside posts have no PDF",
        hint: (
          "cài WeasyPrint, rồi lập lại trang tin", "install WeasyPrint and make the site again"
        ), severity: .warning)
    case .notASite(let folder):
      Wording(
        "W009", "«\(folder)» không có duong-dan.rec nên không phải là trang tin đã lập",
        "“\(folder)” has no duong-dan.rec, so it is no site that was made",
        hint: ("lập trang tin rồi mới kiểm tra", "make the site before you check it"))
    case .brokenLink(let page, let target):
      Wording(
        "W010", "\(page): liên kết đến «\(target)» không dẫn tới đâu",
        "\(page): the link to “\(target)” leads nowhere",
        hint: ("lập lại trang tin, rồi kiểm tra lại", "make the site again, then check it again"))
    case .brokenAnchor(let page, let target):
      Wording(
        "W011", "\(page): trang được dẫn tới không có chỗ «\(target)»",
        "\(page): the page that is linked to has no place “\(target)”",
        hint: ("lập lại trang tin, rồi kiểm tra lại", "make the site again, then check it again"))
    case .missingPicture(let page, let target):
      Wording(
        "W012", "\(page): không có ảnh «\(target)»", "\(page): there is no picture “\(target)”",
        hint: ("lập lại trang tin, rồi kiểm tra lại", "make the site again, then check it again"))
    case .brokenFeed(let page, let reason):
      Wording(
        "W013", "\(page): nguồn cấp tin hỏng: \(reason)", "\(page): the feed is broken: \(reason)",
        hint: ("lập lại trang tin, rồi kiểm tra lại", "make the site again, then check it again"))
    case .lostAddress(let path, let title):
      Wording(
        "W014", "địa chỉ «\(path)» của bài «\(title)» không còn trang nào",
        "the address “\(path)” of the post “\(title)” has no page any more",
        hint: (
          "lập lại trang tin; trang đã đổi địa chỉ thì có trang chuyển tiếp",
          "make the site again; a page that has moved leaves one that leads on"
        ))
    case .changedFile(let path):
      Wording(
        "W015", "«\(path)» khác với trang lập từ dữ liệu bây giờ",
        "“\(path)” differs from the page that the data make now",
        hint: ("lập lại trang tin", "make the site again"))
    }
  }
}
