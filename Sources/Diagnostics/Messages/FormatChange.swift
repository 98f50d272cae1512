/// One change that `baocao format` made to a file: codes F001 to F014.
public struct FormatChange: Sendable {
  public let kind: Kind
  /// The number of the first line concerned, from 1, in the file as it was.
  public let line: Int

  public enum Kind: Sendable, Hashable {
    case byteOrderMark
    case lineEnds(lines: Int)
    case decomposedLetters(lines: Int)
    case nonBreakingSpaces(lines: Int)
    case label(String, name: String)
    case blankBeforeColon(name: String)
    case noBlankAfterColon(name: String)
    case blankAfterColon(name: String)
    case indentation
    case joinedLines
    case plusWithoutBlank
    case blankLines(found: Int, wanted: Int)
    case lineOfBlanks
    case noLastLineEnd
  }

  public init(_ kind: Kind, line: Int) {
    self.kind = kind
    self.line = line
  }

  /// The line that `baocao format` prints: `data/a.rec:3: F005 nhãn «Họ và tên» → tên trường «ho_ten»`.
  public func message(file: String, in language: Language) -> String {
    let (code, vietnamese, english) = kind.wording
    return "\(file):\(line): \(code) \(language == .vietnamese ? vietnamese : english)"
  }
}

extension FormatChange.Kind {
  fileprivate var wording: (code: String, vietnamese: String, english: String) {
    switch self {
    case .byteOrderMark:
      ("F001", "bỏ dấu BOM ở đầu tệp", "the byte order mark before the text → nothing")
    case .lineEnds(let lines):
      (
        "F002", "cuối dòng kiểu Windows (CR LF) → LF, \(lines) dòng",
        "line ends of Windows (CR LF) → LF, lines: \(lines)"
      )
    case .decomposedLetters(let lines):
      (
        "F003", "chữ có dấu tổ hợp → dựng sẵn, \(lines) dòng",
        "letters with separate accents → composed, lines: \(lines)"
      )
    case .nonBreakingSpaces(let lines):
      (
        "F004", "dấu cách không ngắt → dấu cách thường, \(lines) dòng",
        "non-breaking spaces → spaces, lines: \(lines)"
      )
    case .label(let label, let name):
      ("F005", "nhãn «\(label)» → tên trường «\(name)»", "label “\(label)” → field name “\(name)”")
    case .blankBeforeColon(let name):
      ("F006", "dấu cách trước dấu hai chấm → «\(name):»", "blank before the colon → “\(name):”")
    case .noBlankAfterColon(let name):
      (
        "F007", "sau dấu hai chấm → một dấu cách: «\(name): …»",
        "after the colon → a space: “\(name): …”"
      )
    case .blankAfterColon(let name):
      (
        "F008", "dấu cách sau dấu hai chấm, không có giá trị → «\(name):»",
        "a blank after the colon, without a value → “\(name):”"
      )
    case .indentation: ("F009", "dấu cách ở đầu dòng → bỏ", "blanks before the line → none")
    case .joinedLines:
      ("F010", "các dòng nối bằng «\\» → liền một dòng", "lines joined by “\\” → one line")
    case .plusWithoutBlank:
      (
        "F011", "dòng nối tiếp → «+ …», dòng trống thì «+»",
        "continuing lines → “+ …”, empty ones “+”"
      )
    case .blankLines(let found, let wanted):
      ("F012", "\(found) dòng trống → \(wanted)", "blank lines: \(found) → \(wanted)")
    case .lineOfBlanks:
      ("F013", "dòng chỉ có dấu cách → dòng trống", "a line of blanks → an empty line")
    case .noLastLineEnd:
      ("F014", "dòng cuối → thêm dấu xuống dòng", "the last line → with a line end")
    }
  }
}
