import ArgumentParser
import Diagnostics
import Encodings
import Reports

struct Convert: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert",
    abstract: Messages.text(
      "Chuyển văn bản dùng bảng mã cũ sang Unicode (UTF-8).",
      "Turn texts in old encodings into Unicode (UTF-8)."),
    discussion: Messages.text(
      """
      Bảng mã: tcvn3, vni, viqr, viscii, vps, cp1258, cp1252, utf-8, utf-16, hoặc auto: tự nhận theo
      từng dòng và từng từ, nói rõ chắc đến đâu; chỗ đã đúng thì giữ nguyên.
      Nhiều tệp thì «-o» là thư mục. Tệp nào có byte không đọc được thì không ghi, các tệp khác vẫn ghi.
      """,
      """
      Encodings: tcvn3, vni, viqr, viscii, vps, cp1258, cp1252, utf-8, utf-16, or auto: found out by
      the line and the word, and it says how sure it is; what is right already stays.
      With several files “-o” is a folder. A file with a byte that cannot be read is not written, the
      others are.
      """))

  @Option(
    name: .customLong("from"),
    help: .text(
      "Bảng mã của tệp.",
      "The encoding of the files.",
      value: ("bảng mã", "encoding")))
  var encoding: String

  @Argument(
    help: .text(
      "Tệp văn bản thuần; «-» là đầu vào chuẩn.",
      "Text files; “-” is standard input.",
      value: ("tệp", "file")))
  var files: [String]

  @Option(
    name: .shortAndLong,
    help: .text(
      "Tệp hoặc thư mục để ghi; không nêu thì in ra màn hình.",
      "The file or folder to write; without it the text is printed.",
      value: ("tệp", "file")))
  var output: String?

  @Flag(
    name: .customLong("ghi-de"),
    help: .text(
      "Tệp đã có thì ghi đè, kể cả chính tệp cũ.",
      "Write over files that are there, also over the old ones themselves."))
  var overwrites = false

  @Option(
    name: .customLong("chu-hoa"),
    help: .text(
      "Các dòng dùng phông chữ hoa .VnTimeH của TCVN3: «1-3,7», «5-» hoặc «tat-ca».",
      "The lines in a font of capitals of TCVN3, .VnTimeH: “1-3,7”, “5-” or “tat-ca” for all.",
      value: ("dòng", "lines")))
  var capitals: String?

  @OptionGroup var jobs: JobOptions

  func validate() throws {
    if output?.isEmpty ?? false { throw ValidationError(Messages.emptyOutput) }
    guard encoding == "auto" || TextEncoding(rawValue: encoding) != nil else {
      let known = (TextEncoding.allCases.map(\.rawValue) + ["auto"]).joined(separator: ", ")
      throw ValidationError(
        Messages.text(
          "không có bảng mã «\(encoding.printed)»; các bảng mã: \(known)",
          "there is no encoding “\(encoding.printed)”; the encodings are \(known)"))
    }
    if let capitals {
      guard encoding == TextEncoding.tcvn3.rawValue else {
        throw ValidationError(
          Messages.text(
            "«--chu-hoa» chỉ dùng với «--from tcvn3»", "“--chu-hoa” goes with “--from tcvn3” only"))
      }
      guard LineSet(written: capitals) != nil else {
        throw ValidationError(
          Messages.text(
            "«--chu-hoa» là số dòng, như «1-3,7»", "“--chu-hoa” is numbers of lines, as “1-3,7”"))
      }
    }
  }

  func run() throws {
    let lines = capitals.flatMap { LineSet(written: $0) } ?? .none
    let choice = TextEncoding(rawValue: encoding).map { LegacyText.Choice.encoding($0) }
    try ConvertJob(
      files: files, output: output, overwrites: overwrites, choice: choice ?? .automatic,
      capitals: lines, jobs: jobs.jobs
    ).run()
  }
}

extension LineSet {
  /// Reads `1-3,7`, `5-` and `tat-ca`; nil for anything else.
  init?(written text: String) {
    if text == "tat-ca" {
      self = .all
    } else {
      guard let ranges = NumberRanges.read(text) else { return nil }
      self.init(ranges)
    }
  }
}
