/// The problems of printing PDF with WeasyPrint: P001 and on.
public enum PrintProblem: Sendable {
  case noEngine
  /// What `BAOCAO_WEASYPRINT` or `PATH` leads to is no command of Python, or is not there.
  case notAnEngine(path: String)
  /// The Python that the command runs with cannot load WeasyPrint.
  case brokenEngine(python: String, reason: String)
  case engineEnded(document: String)
  case tooSlow(document: String, seconds: Int)
  /// What WeasyPrint calls an error, in its own words.
  case loss(document: String, reason: String)
  case letterWithoutFont(document: String, letter: String)
  case pictureNotPrinted(document: String, path: String)
  /// A table that runs over the edge of the paper, by its first words.
  case tooWide(document: String, start: String)
  /// The version makes PDFs that readers for the blind cannot follow.
  case untagged(version: String)
  case noArchiveForm(version: String)
  /// None of the fonts that the profile names is on this machine.
  case otherFont(used: String, wanted: String)
  case remark(document: String, text: String)
  case notFilled

  var wording: Wording { engineWording ?? pageWording }

  /// How the version that makes tagged PDFs is had on Debian, as one command.
  private static let installing =
    "sudo sh -c 'apt-get install -y python3-venv libpangoft2-1.0-0 libharfbuzz-subset0 fonts-liberation"
    + " && python3 -m venv /opt/weasyprint && /opt/weasyprint/bin/pip install weasyprint==70.0"
    + " && ln -sf /opt/weasyprint/bin/weasyprint /usr/local/bin/'"

  /// Problems of the program that prints.
  private var engineWording: Wording? {
    switch self {
    case .noEngine:
      Wording(
        "P001", "máy này chưa có WeasyPrint, chương trình mà «--to pdf» cần để in",
        "WeasyPrint, which “--to pdf” prints with, is not on this machine",
        hint: (
          "cài bằng lệnh: \(Self.installing)", "install it with: \(Self.installing)"
        ))
    case .notAnEngine(let path):
      Wording(
        "P002", "«\(path)» không phải là lệnh «weasyprint»", "“\(path)” is no “weasyprint” command",
        hint: (
          "đặt BAOCAO_WEASYPRINT là đường dẫn của lệnh ấy, hoặc của Python có cài WeasyPrint",
          "let BAOCAO_WEASYPRINT be the path of that command, or of a Python that has WeasyPrint"
        ))
    case .brokenEngine(let python, let reason):
      Wording(
        "P003", "Python «\(python)» không dùng được WeasyPrint: \(reason)",
        "the Python “\(python)” cannot use WeasyPrint: \(reason)",
        hint: (
          "cài lại bằng lệnh: \(Self.installing)", "install it anew with: \(Self.installing)"
        ))
    case .engineEnded(let document):
      Wording(
        "P004", "WeasyPrint ngừng giữa chừng khi in «\(document)»",
        "WeasyPrint ended while it printed “\(document)”",
        hint: (
          "chạy lại lệnh; nếu vẫn vậy thì máy có thể thiếu bộ nhớ, hoặc ảnh trong văn bản bị hỏng",
          "run the command again; if it ends again, memory may be short or a picture broken"
        ))
    case .tooSlow(let document, let seconds):
      Wording(
        "P005", "in «\(document)» quá \(seconds) giây chưa xong nên phải ngừng",
        "printing “\(document)” took more than \(seconds) seconds and was stopped",
        hint: (
          "đặt BAOCAO_WEASYPRINT_GIAY là số giây lớn hơn nếu văn bản rất dài",
          "let BAOCAO_WEASYPRINT_GIAY be more seconds if the document is very long"
        ))
    case .untagged(let version):
      Wording(
        "P009",
        "WeasyPrint \(version) in được nhưng không gắn thẻ, nên máy đọc màn hình khó đọc PDF này",
        "WeasyPrint \(version) prints without tags, so screen readers can hardly follow these PDFs",
        hint: ("cài bản mới: \(Self.installing)", "install a newer one: \(Self.installing)"),
        severity: .warning)
    case .noArchiveForm(let version):
      Wording(
        "P010", "WeasyPrint \(version) không in được PDF/A có gắn thẻ mà «--pdf-a» cần",
        "WeasyPrint \(version) cannot print the tagged PDF/A that “--pdf-a” asks for",
        hint: ("cài bản mới: \(Self.installing)", "install a newer one: \(Self.installing)"))
    default: nil
    }
  }

  /// Problems of a page.
  private var pageWording: Wording {
    switch self {
    case .letterWithoutFont(let document, let letter):
      Wording(
        "P007",
        "không phông chữ nào trên máy có ký tự \(letter) để in «\(document)»",
        "no font on this machine has \(letter) to print “\(document)”",
        hint: (
          "bỏ ký tự ấy, hoặc cài phông chữ có nó", "remove the sign, or install a font that has it"
        ))
    case .pictureNotPrinted(let document, let path):
      Wording(
        "P008", "không in được ảnh «\(path)» trong «\(document)»",
        "the picture “\(path)” in “\(document)” cannot be printed",
        hint: (
          "xem lại tệp ảnh: hỏng, khác đuôi tệp, hoặc không phải ảnh của bản ghi «anh»",
          "look at the file: broken, of another kind than its name says, or no picture of an “anh” record"
        ))
    case .tooWide(let document, let start):
      Wording(
        "P014", "bảng bắt đầu bằng «\(start) …» của «\(document)» rộng hơn trang giấy",
        "the table of “\(document)” that begins with “\(start) …” is wider than the paper",
        hint: (
          "tách thành hai bảng, bớt cột, hoặc viết tên cột và số liệu ngắn hơn",
          "make two tables of it, leave out columns, or write shorter titles and figures"
        ))
    case .otherFont(let used, let wanted):
      Wording(
        "P011", "máy không có phông chữ \(wanted) nên đã in bằng \(used)",
        "this machine has no font \(wanted), so \(used) was used",
        hint: (
          "cài phông chữ: sudo apt-get install fonts-liberation",
          "install one: sudo apt-get install fonts-liberation"
        ), severity: .warning)
    case .remark(let document, let text):
      Wording(
        "P012", "WeasyPrint nhắc khi in «\(document)»: \(text)",
        "WeasyPrint remarks on “\(document)”: \(text)", severity: .warning)
    case .loss(let document, let reason):
      Wording(
        "P006", "WeasyPrint báo lỗi khi in «\(document)»: \(reason)",
        "WeasyPrint reports an error in “\(document)”: \(reason)")
    default:
      Wording(
        "P013", "«fill» không in ra PDF", "“fill” does not print PDF",
        hint: (
          "văn bản của tệp dữ liệu thì dùng «baocao render --to pdf»",
          "for the documents of a data file use “baocao render --to pdf”"
        ))
    }
  }
}
