import Encodings

/// The problems of texts in old encodings: E0xx refuses the file, E1xx tells what is not sure.
public enum ConversionProblem: Sendable {
  /// A byte that the encoding does not have, or that does not belong there; nil where the encoding
  /// was to be found out.
  case undecodable(UInt8, TextEncoding?)
  /// The place of the output is a file, and there are several to write.
  case notFolder(String)
  /// A folder in the place of a file.
  case folder(String)
  /// Lines in a font of capitals that the file has not.
  case noSuchLine(path: String, line: Int, count: Int)
  case unsure(path: String, Reading, lines: Int, first: Int)
  case halfCapitals(word: String, count: Int)

  var wording: Wording {
    switch self {
    case .undecodable(let byte, let encoding?):
      Wording(
        "E001", "byte \(hexadecimal(byte)) ở chỗ này không đọc được theo bảng mã \(encoding.label)",
        "the byte \(hexadecimal(byte)) here cannot be read as \(encoding.label)",
        hint: (
          "tệp có thể dùng bảng mã khác hoặc nhiều bảng mã: thử «--from auto»",
          "the file may be in another encoding, or in several: try “--from auto”"
        ))
    case .undecodable(0, nil):
      Wording(
        "E002", "byte 0x00 ở chỗ này không đọc được theo bảng mã nào đã biết",
        "the byte 0x00 here can be read in no encoding that is known",
        hint: (
          "văn bản thuần không có byte 0: tệp bị hỏng hoặc là loại khác, như Word; là UTF-16 thì thêm «--from utf-16»",
          "plain text has no byte 0: the file is damaged or of another kind, as Word; if it is UTF-16, use “--from utf-16”"
        ))
    case .undecodable(let byte, nil):
      Wording(
        "E002", "byte \(hexadecimal(byte)) ở chỗ này không đọc được theo bảng mã nào đã biết",
        "the byte \(hexadecimal(byte)) here can be read in no encoding that is known",
        hint: (
          "đây có thể không phải là tệp văn bản; nếu biết bảng mã thì nêu bằng «--from»",
          "this may be no text file; if you know its encoding, name it with “--from”"
        ))
    case .notFolder(let path):
      Wording(
        "E003", "«\(path)» là một tệp, mà có nhiều tệp cần ghi",
        "“\(path)” is a file, and there are several to write",
        hint: ("nêu một thư mục", "name a folder"))
    case .folder(let path):
      Wording(
        "E004", "«\(path)» là một thư mục", "“\(path)” is a folder",
        hint: (
          "nêu tên các tệp ở trong, như \(path)/*.txt", "name the files in it, as \(path)/*.txt"
        ))
    case .noSuchLine(let path, let line, let count):
      Wording(
        "E103", "«--chu-hoa»: «\(path)» có \(count) dòng, không có dòng \(line)",
        "“--chu-hoa”: “\(path)” has \(count) line\(count == 1 ? "" : "s"), and no line \(line)",
        severity: .warning)
    case .unsure(let path, let reading, let lines, let first):
      Wording(
        "E101",
        "«\(path)» dòng \(first): \(lines) dòng được đọc là \(reading.vietnamese) mà không chắc, cần xem lại",
        "“\(path)” line \(first): \(lines) line\(lines == 1 ? "" : "s") read as \(reading.english),"
          + " which is not sure: have a look",
        severity: .warning)
    case .halfCapitals(let word, let count):
      Wording(
        "E102",
        "«\(word)»: \(count) từ có chữ thường giữa chữ hoa, vì TCVN3 không có chữ hoa mang dấu thanh",
        "“\(word)”: \(count) word\(count == 1 ? "" : "s") with small letters among capitals, as TCVN3"
          + " has no capitals with tones",
        hint: (
          "nếu dòng này dùng phông chữ hoa (.VnTimeH) thì nêu dòng ấy bằng «--chu-hoa»",
          "if this line was in a font of capitals (.VnTimeH), name it with “--chu-hoa”"
        ), severity: .warning)
    }
  }
}

/// `0xC3`
private func hexadecimal(_ byte: UInt8) -> String {
  let digits = String(byte, radix: 16, uppercase: true)
  return "0x" + (digits.count < 2 ? "0" : "") + digits
}

extension TextEncoding {
  /// As people call it.
  public var label: String {
    switch self {
    case .tcvn3: "TCVN3 (ABC)"
    case .vni: "VNI"
    case .viqr: "VIQR"
    case .viscii: "VISCII"
    case .vps: "VPS"
    case .windows1258: "Windows-1258"
    case .windows1252: "Windows-1252"
    case .utf8: "UTF-8"
    case .utf16: "UTF-16"
    }
  }
}

extension Reading {
  public var vietnamese: String {
    switch self {
    case .asIs: "UTF-8 đúng sẵn"
    case .encoding(let encoding): encoding.label
    case .misread(let encoding): "\(encoding.label) bị mở nhầm bằng Windows-1252"
    }
  }

  public var english: String {
    switch self {
    case .asIs: "UTF-8, right as it is"
    case .encoding(let encoding): encoding.label
    case .misread(let encoding): "\(encoding.label) taken for Windows-1252"
    }
  }
}

extension Certainty {
  public var vietnamese: String {
    switch self {
    case .sure: "chắc chắn"
    case .likely: "khá chắc"
    case .unsure: "không chắc"
    }
  }

  public var english: String {
    switch self {
    case .sure: "sure"
    case .likely: "likely"
    case .unsure: "not sure"
    }
  }
}
