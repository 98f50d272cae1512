/// The problems of reading and writing files: S0xx.
public enum SourceProblem: Sendable {
  case notUTF8(guess: EncodingGuess)
  case nulByte
  /// One of U+0001…U+001F other than tab and line ends, or of U+007F…U+009F.
  case controlCharacter(code: UInt8)
  /// A mark of direction, a joiner, a soft hyphen: nobody sees it.
  case invisibleCharacter(code: UInt32, isInText: Bool)
  case cannotOpen(path: String, reason: SystemReason)
  case cannotWrite(path: String, reason: SystemReason)
  /// Letters of which an earlier program left `?` or U+FFFD.
  case lostLetters(Int)
  /// Letters of UTF-8 of which each byte was taken for a letter: what stands for the first of them.
  case misreadLetters(String, meant: String)
  case notJSON
  case notAnObject
  case notDictionary
  /// Arrays and objects inside each other.
  case jsonTooDeep(Int)
  /// A name that comes again in an object of JSON.
  case repeatedMember(String)
  case tooLarge(path: String, limit: Int)
  case output(OutputProblem)

  var wording: Wording {
    switch self {
    case .notUTF8(let guess):
      Wording(
        "S001", "tệp không phải là văn bản UTF-8", "the file is not UTF-8 text",
        hint: guess.hint)
    case .nulByte:
      Wording(
        "S002", "tệp có ký tự rỗng (byte 0) nên không phải là tệp văn bản",
        "the file holds a zero byte, so it is not a text file",
        hint: (
          "có thể đây là tệp Word hoặc Excel; hãy lưu lại dạng văn bản thuần, mã UTF-8",
          "it may be a Word or Excel file; save it as plain text in UTF-8"
        ))
    case .controlCharacter(let code):
      Wording(
        "S008", "ký tự điều khiển số \(code) không được có trong văn bản",
        "the control character number \(code) has no place in a text",
        hint: (
          "xóa ký tự không nhìn thấy ở chỗ này, hoặc gõ lại cả từ",
          "remove the invisible character here, or type the word again"
        ))
    case .invisibleCharacter(let code, let isInText):
      Wording(
        isInText ? "S022" : "S021", "có ký tự không nhìn thấy \(name(ofScalar: code)) ở chỗ này",
        "the character \(name(ofScalar: code)) here is not seen",
        hint: ("xóa ký tự ấy, hoặc gõ lại cả từ", "remove it, or type the word again"),
        severity: isInText ? .warning : .error)
    case .cannotOpen(let path, let reason):
      Wording(
        "S003", "không mở được «\(path)»: \(reason.vietnamese)",
        "cannot open “\(path)”: \(reason.english)")
    case .cannotWrite(let path, let reason):
      Wording(
        "S004", "không ghi được «\(path)»: \(reason.vietnamese)",
        "cannot write “\(path)”: \(reason.english)")
    case .lostLetters(let count):
      Wording(
        "S024", "chữ ở \(count) chỗ đã mất, chỉ còn dấu thay thế",
        "the letters in \(count) place\(count == 1 ? "" : "s") are lost, only a sign is left of them",
        hint: (
          "tệp đã được lưu với mã không có chữ Việt: lấy lại tệp gốc rồi lưu với mã UTF-8, hoặc gõ lại",
          "the file was saved in an encoding without Vietnamese letters: take the original and save it"
            + " as UTF-8, or type them again"
        ))
    case .misreadLetters(let text, let meant):
      Wording(
        "S025",
        "«\(text)» là chữ «\(meant)» đã hỏng: tệp UTF-8 bị mở bằng bảng mã Windows-1252 rồi lưu lại",
        "“\(text)” is the letter “\(meant)”: a UTF-8 file was opened as Windows-1252 and saved again",
        hint: (
          "chữa bằng «baocao convert --from auto TỆP -o TỆP-MỚI» rồi đọc lại, vì có chữ đã mất; hoặc lấy"
            + " lại tệp gốc, mở với mã UTF-8 (Notepad: ô Encoding; Excel: Data, From Text/CSV, File"
            + " Origin 65001) rồi mới lưu",
          "mend it with “baocao convert --from auto FILE -o NEW” and read it again, for some letters are"
            + " lost; or take the original, and open it as UTF-8 (Notepad: Encoding; Excel: Data, From"
            + " Text/CSV, File Origin 65001) before you save it"
        ))
    case .notJSON:
      Wording("S005", "tệp JSON viết sai từ chỗ này", "the file is not valid JSON from here on")
    case .jsonTooDeep(let limit):
      Wording(
        "S026", "tệp JSON lồng nhau quá \(limit) lớp",
        "the JSON file is nested more than \(limit) levels deep")
    case .notAnObject:
      Wording(
        "S007", "cả tệp JSON phải nằm giữa { và }", "the JSON file must hold an object { … }")
    case .notDictionary:
      Wording(
        "S027", "tệp này không phải là từ điển hunspell",
        "this file is not a dictionary of hunspell",
        hint: (
          "dòng đầu là số chữ, rồi mỗi dòng một chữ; biến môi trường BAOCAO_TU_DIEN nêu tên tệp ấy",
          "the first line is the number of words, then one word a line; the environment variable"
            + " BAOCAO_TU_DIEN names the file"
        ))
    case .repeatedMember(let name):
      Wording(
        "S023", "tên «\(name)» có hai lần trong một đối tượng JSON",
        "the name “\(name)” comes twice in one JSON object",
        hint: (
          "xóa một trong hai, hoặc gom các giá trị vào một danh sách [ … ]",
          "remove one of the two, or put the values into one list [ … ]"
        ))
    case .tooLarge(let path, let limit):
      Wording(
        "S006", "«\(path)» lớn quá \(limit >> 20) MB", "“\(path)” is larger than \(limit >> 20) MB")
    case .output(let problem): problem.wording
    }
  }
}

/// `U+202E`
private func name(ofScalar code: UInt32) -> String {
  let digits = String(code, radix: 16, uppercase: true)
  return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
}

extension EncodingGuess {
  fileprivate var hint: (vietnamese: String, english: String) {
    switch self {
    case .spreadsheet:
      (
        "đây là tệp Excel: trong Excel chọn Save As, kiểu «CSV UTF-8 (Comma delimited)», rồi đưa vào"
          + " bằng «baocao import-csv TỆP.csv --loai LOẠI --vao TỆP.rec»",
        "this is an Excel file: in Excel choose Save As, type “CSV UTF-8 (Comma delimited)”, then"
          + " “baocao import-csv FILE.csv --loai TYPE --vao FILE.rec”"
      )
    case .wordProcessor:
      (
        "đây là tệp Word; hãy lưu lại dạng văn bản thuần (.txt), mã UTF-8",
        "this is a Word file; save it as plain text (.txt) in UTF-8"
      )
    case .pdf:
      (
        "đây là tệp PDF; hãy lấy tệp gốc, hoặc chép chữ sang tệp văn bản thuần, mã UTF-8",
        "this is a PDF file; take the file that it was made from, or copy its text into a plain text"
          + " file in UTF-8"
      )
    case .officeFile:
      (
        "đây là tệp nén hoặc tệp của bộ phần mềm văn phòng; hãy lưu lại dạng văn bản thuần (.txt), mã"
          + " UTF-8",
        "this is an archive or a file of an office program; save it as plain text (.txt) in UTF-8"
      )
    case .utf16:
      (
        "tệp có vẻ dùng mã UTF-16; mở bằng Notepad, chọn Save As, ở ô Encoding chọn UTF-8 rồi lưu lại",
        "it looks like UTF-16; in Notepad choose Save As, Encoding: UTF-8"
      )
    case .tcvn3:
      (
        "tệp có vẻ dùng mã TCVN3 (ABC); hãy chuyển sang Unicode rồi lưu lại với mã UTF-8",
        "it looks like TCVN3 (ABC); convert it to Unicode and save it as UTF-8"
      )
    case .vniWindows:
      (
        "tệp có vẻ dùng mã VNI; hãy chuyển sang Unicode rồi lưu lại với mã UTF-8",
        "it looks like VNI; convert it to Unicode and save it as UTF-8"
      )
    case .windows1258:
      (
        "tệp có vẻ dùng mã Windows-1258; mở bằng Notepad, chọn Save As, ở ô Encoding chọn UTF-8 rồi lưu lại",
        "it looks like Windows-1258; in Notepad choose Save As, Encoding: UTF-8"
      )
    case .unknown:
      (
        "không rõ tệp dùng mã gì; mở bằng chương trình đã tạo ra nó rồi lưu lại với mã UTF-8",
        "its encoding is not known; open it in the program that made it and save it as UTF-8"
      )
    case .damaged:
      (
        "chữ ở chỗ này bị hỏng: hãy gõ lại; nếu nhiều chỗ như thế thì lưu lại tệp với mã UTF-8",
        "the letter here is damaged: type it again; if there are many, save the file as UTF-8"
      )
    }
  }
}
