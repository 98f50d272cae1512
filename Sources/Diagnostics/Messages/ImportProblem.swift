/// The problems of documents of other programs and of old posts that become data files: N0xx refuses
/// the document, N1xx tells what was guessed, left as it is or could not be placed.
public enum ImportProblem: Sendable {
  /// - Parameter title: what stands where the kind is named; nil where nothing does.
  case unknownKind(title: String?, known: [String])
  /// The kind is known, and its data are not the sections of a text.
  case kindWithOwnFields(String, known: [String])
  case empty
  case unplaced(String, at: Place?)
  case aside(Aside, String, at: Place?)
  /// The program counts another number than the document has.
  case otherLabel(document: String, program: String, at: Place)
  /// Labels such as 1.1 below I and 1, which no way of numbering has; they stay as they are typed.
  case labelsAsText(first: String, count: Int, at: Place)
  case tableAsText(TableReason, at: Place)
  case joinedCells(at: Place)
  /// The program prints words that the document does not have.
  case ownWords(String, at: Place?)
  /// What would be read as a reference.
  case brackets(String, at: Place)
  /// A citation that is printed in other words than it was typed.
  case citation(String, at: Place)

  /// The number of a fact that a person names, and how many the file has.
  case noSuchFact(Int, count: Int)

  /// A table within a cell, by its first text and the number of its first paragraph.
  case nestedTable(String, at: Int)

  /// An old post without words.
  case emptyPost(path: String)
  /// A file that is not in UTF-8.
  case otherEncoding(path: String)
  /// A file with zero bytes, which no plain text has.
  case zeroBytes(path: String)
  /// Two inputs of which the data files would have one name.
  case sameOutput(String, input: String, other: String)
  /// Several posts go into a folder, not into a file.
  case needsFolder
  case noPosts(folder: String)
  /// A page of which the tree would be too large or too deep.
  case pageTooLarge(path: String)
  /// What an old post does not say clearly.
  case post(PostProblem)

  /// A paragraph of the document.
  public struct Place: Sendable {
    /// Counted from 1.
    public var paragraph: Int
    public var firstWords: String

    public init(paragraph: Int, firstWords: String) {
      (self.paragraph, self.firstWords) = (paragraph, firstWords)
    }
  }

  /// What a text beside the body is.
  public enum Aside: Sendable {
    case header, footer, footnote, endnote, comment, picture, deletion, hidden, nestedTable, symbol
  }

  /// Why a table stays a text.
  public enum TableReason: Sendable {
    case head, size, blankTitle
  }

  var wording: Wording {
    switch self {
    case .unknownKind(let title, let known):
      Wording(
        "N001",
        title.map { "không có mẫu nào cho văn bản «\($0)»" } ?? "không thấy tên loại của văn bản",
        title.map { "there is no kind for the document “\($0)”" }
          ?? "the name of the document's kind is not found",
        hint: Self.choose(known))
    case .kindWithOwnFields(let kind, let known):
      Wording(
        "N002", "mẫu «\(kind)» có các trường riêng, không nhập được từ văn bản có sẵn",
        "the kind “\(kind)” has fields of its own and takes no document as it is",
        hint: Self.choose(known))
    case .empty:
      Wording("N003", "văn bản không có chữ nào", "the document has no text")
    case .noSuchFact(let number, let count):
      Wording(
        "N009", "không có dữ kiện số \(number): tệp có \(count) dữ kiện",
        "there is no fact \(number): the file has \(count)",
        hint: (
          "xem số của từng dữ kiện bằng «baocao confirm» không kèm tùy chọn",
          "see the number of each fact with “baocao confirm” without options"
        ))
    case .unplaced(let text, let place):
      Self.told(
        "N101", "chưa xếp được «\(text)», đã giữ ở dòng chú thích cuối tệp",
        "“\(text)” has no place and is kept as a comment at the end of the file", at: place)
    case .aside(let aside, let text, let place):
      Self.told(
        "N102",
        "\(aside.vietnamese) không vào văn bản, đã giữ ở dòng chú thích cuối tệp: «\(text)»",
        "\(aside.english) is no part of the text and is kept as a comment: “\(text)”", at: place)
    case .otherLabel(let document, let program, let place):
      Self.told(
        "N103", "văn bản ghi «\(document)», chương trình sẽ đánh số «\(program)»",
        "the document has “\(document)” where the program counts “\(program)”", at: place)
    case .labelsAsText(let first, let count, let place):
      Self.told(
        "N104",
        "số «\(first)»\(count > 1 ? " và \(count - 1) số khác" : "") không thuộc cách đánh số của văn bản, đã giữ như chữ",
        "the number “\(first)”\(count > 1 ? " and \(count - 1) more" : "") belongs to no way of numbering and is kept as text",
        at: place)
    case .tableAsText(let reason, let place):
      Self.told(
        "N105", "bảng này được giữ thành các đoạn chữ: \(reason.vietnamese)",
        "this table is kept as paragraphs: \(reason.english)", at: place)
    case .joinedCells(let place):
      Self.told(
        "N106", "bảng này có ô gộp ở các hàng; chữ của ô gộp đứng ở ô đầu",
        "this table has joined cells in its rows; their text stands in the first", at: place)
    case .ownWords(let words, let place):
      Self.told(
        "N107", "chương trình tự in «\(words)» mà văn bản không có",
        "the program prints “\(words)”, which the document does not have", at: place)
    case .brackets(let text, let place):
      Self.told(
        "N108", "«\(text)» sẽ bị đọc thành chỗ dẫn tới, nên được viết tách dấu ngoặc",
        "“\(text)” would be read as a reference, so its brackets are set apart", at: place)
    case .citation(let text, let place):
      Self.told(
        "N109", "căn cứ này khi in có thể khác câu đã viết: «\(text)»",
        "this ground may be printed in other words: “\(text)”", at: place)
    case .emptyPost(let path):
      Wording("N003", "«\(path)» không có chữ nào", "“\(path)” has no text")
    case .otherEncoding(let path):
      Wording(
        "N004", "«\(path)» không phải là văn bản đọc được", "“\(path)” is no text that can be read",
        hint: (
          "chuyển mã trước: baocao convert --from auto TỆP -o TỆP-MỚI",
          "convert it first: baocao convert --from auto FILE -o NEW"
        ))
    case .zeroBytes(let path):
      Wording(
        "N004", "«\(path)» không phải là văn bản đọc được", "“\(path)” is no text that can be read",
        hint: (
          "tệp có byte 0, mà văn bản thuần không có: tệp bị hỏng hoặc là loại khác; lưu lại thành văn bản thuần",
          "it has zero bytes, which no plain text has: it is damaged or of another kind; save it as plain text"
        ))
    case .sameOutput(let path, let input, let other):
      Wording(
        "N005", "«\(input)» và «\(other)» cùng thành «\(path)»",
        "“\(input)” and “\(other)” would both become “\(path)”",
        hint: (
          "đổi tên một tệp, hoặc nhập vào hai thư mục",
          "rename one of them, or import them into two folders"
        ))
    case .needsFolder:
      Wording(
        "N006", "nhiều bài thì cần một thư mục để ghi",
        "several posts need a folder to be written to",
        hint: ("thêm --output THƯ-MỤC", "add --output FOLDER"))
    case .noPosts(let folder):
      Wording(
        "N007", "thư mục «\(folder)» không có bài nào (.txt, .html, .htm, .mht)",
        "the folder “\(folder)” has no posts (.txt, .html, .htm, .mht)")
    case .pageTooLarge(let path):
      Wording(
        "N008", "trang «\(path)» quá lớn hoặc lồng quá sâu",
        "the page “\(path)” is too large or nested too deep")
    case .post(let problem): problem.wording
    case .nestedTable(let text, let paragraph):
      Self.told(
        "N110", "bảng lồng trong bảng được đọc như các đoạn của ô ngoài",
        "the table within a table is read as paragraphs of the cell around it",
        at: Place(paragraph: paragraph, firstWords: text))
    }
  }

  private static func choose(_ known: [String]) -> (vietnamese: String, english: String) {
    let list = known.joined(separator: ", ")
    return ("chọn mẫu bằng --mau: \(list)", "choose the kind with --mau: \(list)")
  }

  private static func told(
    _ code: String, _ vietnamese: String, _ english: String, at place: Place?
  ) -> Wording {
    guard let place else { return Wording(code, vietnamese, english, severity: .warning) }
    return Wording(
      code, "đoạn \(place.paragraph) («\(place.firstWords)»): \(vietnamese)",
      "paragraph \(place.paragraph) (“\(place.firstWords)”): \(english)", severity: .warning)
  }
}

extension ImportProblem.Aside {
  public var vietnamese: String {
    switch self {
    case .header: "đầu trang"
    case .footer: "chân trang"
    case .footnote: "chú thích cuối trang"
    case .endnote: "chú thích cuối văn bản"
    case .comment: "lời góp ý bên lề"
    case .picture: "ảnh"
    case .deletion: "chữ đã xóa khi sửa"
    case .hidden: "chữ ẩn"
    case .nestedTable: "bảng lồng"
    case .symbol: "ký hiệu"
    }
  }

  fileprivate var english: String {
    switch self {
    case .header: "the header"
    case .footer: "the footer"
    case .footnote: "a footnote"
    case .endnote: "an endnote"
    case .comment: "a comment"
    case .picture: "a picture"
    case .deletion: "a text that was deleted"
    case .hidden: "a hidden text"
    case .nestedTable: "the table within"
    case .symbol: "a symbol"
    }
  }
}

extension ImportProblem.TableReason {
  fileprivate var vietnamese: String {
    switch self {
    case .head: "tên cột không nằm trong một hoặc hai hàng"
    case .size: "quá nhiều cột hoặc hàng"
    case .blankTitle: "có cột không có tên"
    }
  }

  fileprivate var english: String {
    switch self {
    case .head: "its titles are not in one row or two"
    case .size: "it has too many columns or rows"
    case .blankTitle: "a column has no title"
    }
  }
}
