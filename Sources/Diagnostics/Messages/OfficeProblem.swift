/// The problems of office files, which are containers of XML: X0xx of the container and its parts,
/// X1xx of what stands in a sheet.
public enum OfficeProblem: Sendable {
  /// - Parameter file: the path as the user typed it.
  case container(ContainerFlaw, file: String)
  /// The same of what should be a document of Word.
  case document(ContainerFlaw, file: String)
  case part(PartFlaw, part: String, file: String)
  case sheet(WorkbookProblem)
  /// - Parameter document: the path of its file, which is not made.
  case noTables(document: String)

  /// What is wrong with a container as a whole.
  public enum ContainerFlaw: Sendable {
    case notAContainer
    /// A file of Excel 97 to 2003, Word 97 to 2003.
    case oldForm
    case locked
    /// Another kind of document, by the name of its program.
    case otherKind(String)
    case openDocument
    case tooManyParts(limit: Int)
    case tooLarge(limit: Int)
    case noSuchSheet(String, suggestion: String?, known: [String])
    case noSheet
    case noMemory
  }

  /// What is wrong with a part of a container.
  public enum PartFlaw: Sendable {
    case badName
    case repeatedName
    case damaged
    case unknownMethod(Int)
    case tooLarge(limit: Int)
    /// It would become so many times as large.
    case tooDense(limit: Int)
    case missing
    case outside
    case notXML(line: Int)
    case documentType
    case tooDeep(limit: Int)
    case tooLongToken(limit: Int)
    case tooManyTexts(limit: Int)
    case tooManyCells(limit: Int)
    case tooManyParagraphs(limit: Int)
    case badCell(String)
  }

  var wording: Wording {
    switch self {
    case .container(let flaw, let file): flaw.wording(file, .excel)
    case .document(let flaw, let file): flaw.wording(file, .word)
    case .part(let flaw, let part, let file): flaw.wording(part, file)
    case .sheet(let problem): problem.wording
    case .noTables(let document):
      Wording(
        "X123", "văn bản không có bảng nào nên không có tệp «\(document)»",
        "the document has no table, so there is no file “\(document)”", severity: .warning)
    }
  }
}

/// A program by what its files are called.
private struct OfficeProgram {
  let name: String
  let file: String
  let oldFile: String
  let openFile: String
  let contents: (vietnamese: String, english: String)

  static let excel = OfficeProgram(
    name: "Excel", file: ".xlsx", oldFile: ".xls", openFile: ".ods",
    contents: ("bảng tính", "workbook"))
  static let word = OfficeProgram(
    name: "Word", file: ".docx", oldFile: ".doc", openFile: ".odt",
    contents: ("văn bản Word", "document of Word"))

  var saveAgain: (vietnamese: String, english: String) {
    (
      "mở tệp bằng \(name) rồi lưu lại dạng \(file)",
      "open the file in \(name) and save it as \(file)"
    )
  }
}

extension OfficeProblem.ContainerFlaw {
  fileprivate func wording(_ file: String, _ program: OfficeProgram) -> Wording {
    switch self {
    case .notAContainer:
      Wording(
        "X001", "«\(file)» không phải là tệp \(program.file), hoặc tệp đã hỏng",
        "“\(file)” is no \(program.file) file, or is damaged", hint: program.saveAgain)
    case .oldForm:
      Wording(
        "X002",
        "«\(file)» có dạng cũ của \(program.name) 97-2003 (\(program.oldFile)), chương trình không đọc dạng ấy",
        "“\(file)” has the old form of \(program.name) 97-2003 (\(program.oldFile)), which is not read",
        hint: program.saveAgain)
    case .locked:
      Wording(
        "X003", "«\(file)» được đặt mật khẩu nên không đọc được",
        "“\(file)” is locked with a password",
        hint: (
          "bỏ mật khẩu trong \(program.name) rồi lưu lại",
          "remove the password in \(program.name) and save it"
        ))
    case .otherKind(let kind):
      Wording(
        "X004", "«\(file)» không phải là \(program.contents.vietnamese): bên trong là \(kind)",
        "“\(file)” is no \(program.contents.english): it holds \(kind)")
    case .openDocument:
      Wording(
        "X005",
        "«\(file)» có dạng OpenDocument (\(program.openFile)), chương trình không đọc dạng ấy",
        "“\(file)” has the form OpenDocument (\(program.openFile)), which is not read",
        hint: program.saveAgain)
    case .tooManyParts(let limit):
      Wording(
        "X006", "«\(file)» có hơn \(limit) phần nên không được đọc",
        "“\(file)” has more than \(limit) parts and is not read")
    case .tooLarge(let limit):
      Wording(
        "X007", "«\(file)» khi mở ra lớn hơn \(limit >> 20) MB nên không được đọc",
        "“\(file)” unpacks to more than \(limit >> 20) MB and is not read")
    case .noSuchSheet(let name, let suggestion, let known):
      Wording(
        "X008", "«\(file)» không có trang nào tên «\(name)»",
        "“\(file)” has no sheet “\(name)”",
        hint: suggestion == nil
          ? (
            "các trang có trong tệp: \(known.joined(separator: "; "))",
            "the sheets in it are: \(known.joined(separator: "; "))"
          ) : didYouMean(suggestion))
    case .noSheet:
      Wording(
        "X009", "«\(file)» không có trang nào có số liệu để đọc",
        "“\(file)” has no sheet with anything to read")
    case .noMemory:
      Wording(
        "X010", "máy không đủ bộ nhớ để ghi «\(file)»", "there is no memory to write “\(file)”")
    }
  }
}

extension OfficeProblem.PartFlaw {
  fileprivate func wording(_ part: String, _ file: String) -> Wording {
    switch self {
    case .badName:
      wording("X021", part, file, "tên phần «\(part)» dẫn ra ngoài", "the name “\(part)” leads out")
    case .repeatedName:
      wording("X022", part, file, "phần «\(part)» có hai lần", "it has the part “\(part)” twice")
    case .damaged:
      wording("X023", part, file, "phần «\(part)» đã hỏng", "the part “\(part)” is damaged")
    case .unknownMethod(let method):
      wording(
        "X024", part, file, "phần «\(part)» nén theo cách \(method) mà chương trình không đọc",
        "the part “\(part)” is packed by method \(method), which is not read")
    case .tooLarge(let limit):
      wording(
        "X025", part, file, "phần «\(part)» khi mở ra lớn hơn \(limit >> 20) MB",
        "the part “\(part)” unpacks to more than \(limit >> 20) MB")
    case .tooDense(let limit):
      wording(
        "X026", part, file, "phần «\(part)» khi mở ra lớn gấp hơn \(limit) lần",
        "the part “\(part)” unpacks to more than \(limit) times its size")
    case .missing:
      wording("X027", part, file, "thiếu phần «\(part)»", "the part “\(part)” is missing")
    case .outside:
      wording(
        "X028", part, file, "phần «\(part)» nằm ngoài tệp", "the part “\(part)” lies outside of it")
    case .notXML(let line):
      wording(
        "X029", part, file, "phần «\(part)» sai XML ở dòng \(line)",
        "the part “\(part)” is no XML in line \(line)")
    case .documentType:
      wording(
        "X030", part, file, "phần «\(part)» có khai báo DOCTYPE, điều mà tệp Word, Excel không có",
        "the part “\(part)” has a DOCTYPE, which no file of Word or Excel has")
    case .tooDeep(let limit):
      wording(
        "X031", part, file, "phần «\(part)» lồng nhau quá \(limit) tầng",
        "the part “\(part)” is nested more than \(limit) levels deep")
    case .tooLongToken(let limit):
      wording(
        "X032", part, file, "phần «\(part)» có một thẻ dài quá \(limit >> 10) KB",
        "the part “\(part)” has a tag of more than \(limit >> 10) KB")
    case .tooManyTexts(let limit):
      wording(
        "X033", part, file, "phần «\(part)» có hơn \(limit >> 20) MB chữ",
        "the part “\(part)” has more than \(limit >> 20) MB of text")
    case .tooManyCells(let limit):
      wording(
        "X034", part, file, "phần «\(part)» có hơn \(limit) ô",
        "the part “\(part)” has more than \(limit) cells")
    case .tooManyParagraphs(let limit):
      wording(
        "X036", part, file, "phần «\(part)» có hơn \(limit) đoạn",
        "the part “\(part)” has more than \(limit) paragraphs")
    case .badCell(let cell):
      wording(
        "X035", part, file, "phần «\(part)» có ô «\(cell)» không thể có",
        "the part “\(part)” has a cell “\(cell)” that cannot be")
    }
  }

  private func wording(
    _ code: String, _ part: String, _ file: String, _ vietnamese: String, _ english: String
  ) -> Wording {
    Wording(code, "không đọc «\(file)»: \(vietnamese)", "“\(file)” is not read: \(english)")
  }
}
