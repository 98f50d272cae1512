/// The problems of comparing two files or folders: Q0xx.
public enum ComparisonProblem: Sendable {
  /// Two of which one is a page and the other a data file, or one a folder.
  case otherKind(old: ComparedKind, new: ComparedKind)
  case sameFile(String)
  /// By its name it is no data file and no document.
  case unknownKind(path: String)
  case noPageTexts
  /// A PDF file that is damaged or locked.
  case unreadPages(path: String)
  /// A folder in which there is nothing to compare.
  case nothing(folder: String)

  var wording: Wording {
    switch self {
    case .otherKind(let old, let new):
      Wording(
        "Q001", "không so được \(old.vietnamese) với \(new.vietnamese)",
        "\(old.english) cannot be compared with \(new.english)",
        hint: (
          "so hai tệp cùng dạng, hoặc hai thư mục", "compare two files of one form, or two folders"
        ))
    case .sameFile(let path):
      Wording(
        "Q002", "«\(path)» được so với chính nó", "“\(path)” is compared with itself",
        hint: ("nêu hai tệp hoặc hai thư mục khác nhau", "name two different files or folders"))
    case .unknownKind(let path):
      Wording(
        "Q003", "«\(path)» không phải tệp dữ liệu hay văn bản so được",
        "“\(path)” is no data file and no document that can be compared",
        hint: (
          "tên tệp có đuôi .rec, .md, .html, .txt, .pdf, .docx hoặc .xlsx",
          "its name ends in .rec, .md, .html, .txt, .pdf, .docx or .xlsx"
        ))
    case .noPageTexts:
      Wording(
        "Q004", "chưa cài «pdftotext» nên không so được chữ trong tệp PDF",
        "“pdftotext” is not installed, without which words in PDF files are not compared",
        hint: ("cài gói poppler-utils", "install the package poppler-utils"))
    case .unreadPages(let path):
      Wording(
        "Q005", "«\(path)»: tệp PDF hỏng, bị khóa hoặc quá lớn, không đọc được chữ",
        "“\(path)”: the PDF file is damaged, locked or too large for its words to be read")
    case .nothing(let folder):
      Wording(
        "Q006", "trong «\(folder)» không có tệp nào để so",
        "there is no file to compare in “\(folder)”")
    }
  }
}

/// What can be compared with its like.
public enum ComparedKind: Sendable, Equatable {
  case folder, dataFile
  /// By the extension of its name.
  case document(String)

  var vietnamese: String {
    switch self {
    case .folder: "thư mục"
    case .dataFile: "tệp dữ liệu"
    case .document(let form): "văn bản .\(form)"
    }
  }

  var english: String {
    switch self {
    case .folder: "a folder"
    case .dataFile: "a data file"
    case .document(let form): "a .\(form) document"
    }
  }
}
