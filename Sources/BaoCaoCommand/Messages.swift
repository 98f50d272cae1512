import Diagnostics
import Encodings
import Reports
import Site

/// The messages of the command line beside diagnostics, in the user's language.
enum Messages {
  static let language = Language.ofEnvironment

  /// The number of problems that are printed, for a person can use no more at once; a line tells how
  /// many more there are.
  private static let shown = 60

  /// Prints a text and a line feed to standard error. Whatever names and values hold, a terminal
  /// gets only what is seen.
  private static func tell(_ text: String) {
    Files.writeStandardError(text.printedLines + "\n")
  }

  /// Prints diagnostics to standard error as those who fill in data need them, and a line that
  /// counts them.
  static func show(_ diagnostics: [Diagnostic]) {
    showWhole(diagnostics.map(\.forDataAuthors))
  }

  /// The same with the places in schemas that rule what is broken.
  static func showWhole(_ diagnostics: [Diagnostic]) { show(diagnostics, atMost: shown) }

  /// The same, however many there are: no damage of an archive goes without its name.
  static func showAll(_ diagnostics: [Diagnostic]) { show(diagnostics, atMost: .max) }

  private static func show(_ diagnostics: [Diagnostic], atMost shown: Int) {
    guard !diagnostics.isEmpty else { return }
    let messages = diagnostics.prefix(shown).map { $0.message(in: language) }
    let errors = diagnostics.count { $0.severity == .error }
    let summary = language.count(errors: errors, warnings: diagnostics.count - errors)
    let rest = diagnostics.count - messages.count
    let hidden = rest > 0 ? [language.furtherProblems(rest)] : []
    let text =
      messages.joined(separator: "\n") + "\n" + (hidden + [summary]).joined(separator: "\n")
    tell(text)
  }

  /// Tells what became of many files.
  static func tellSummary(_ text: String) { tell(text) }

  /// Documents of an earlier run look like new ones.
  static func tellOfOldDocuments(in folder: String) {
    let text =
      language == .vietnamese
      ? "lưu ý: văn bản trong «\(folder)» là của lần trước, chưa được lập lại"
      : "note: the documents in “\(folder)” are of an earlier run and were not made again"
    tell(text)
  }

  /// Prints the changes that rewriting made to a data file, a line each.
  static func tell(_ changes: [FormatChange], file: String) {
    tell(changes.map { $0.message(file: file, in: language) }.joined(separator: "\n"))
  }

  static func tellOfFormat(files: Int, places: Int, isCheck: Bool) {
    let text =
      switch (language, isCheck) {
      case (.vietnamese, false): "đã viết lại \(files) tệp, \(places) thay đổi"
      case (.vietnamese, true): "\(files) tệp chưa theo dạng chuẩn, \(places) chỗ; chưa ghi gì"
      case (.english, false): "files rewritten: \(files), changes: \(places)"
      case (.english, true): "files not canonical: \(files), places: \(places); nothing written"
      }
    tell(text)
  }

  static func tellOfNoChange(files: Int) {
    let text =
      language == .vietnamese
      ? "\(files) tệp đã theo dạng chuẩn, không phải đổi gì"
      : "files canonical already: \(files); nothing to change"
    tell(text)
  }

  /// Tells what became of a sheet.
  static func tellOfRecords(_ type: String, _ count: Int, replaced: Int) {
    let text =
      language == .vietnamese
      ? "\(type): \(count) bản ghi từ bảng thay cho \(replaced) bản ghi cũ"
      : "\(type): \(count) from the sheet in place of \(replaced) in the file"
    tell(text)
  }

  /// How a file in an unknown encoding was read, and how sure that is.
  static func tell(_ parts: [DecodedText.Part], of path: String, removesMark: Bool) {
    let mark =
      removesMark
      ? text("; đã bỏ dấu BOM ở đầu tệp", "; the byte order mark at the start was removed") : ""
    guard !parts.isEmpty else {
      let told = text("chỉ có chữ ASCII, giữ nguyên", "only ASCII letters, kept as they are")
      return tell("\(path): \(told)\(mark)")
    }
    let told = parts.map { part in
      guard part.lines > 0 else { return text(part.reading.vietnamese, part.reading.english) }
      return text(
        "\(part.reading.vietnamese) \(part.lines) dòng (\(part.certainty.vietnamese))",
        "\(part.reading.english) \(part.lines) line\(part.lines == 1 ? "" : "s")"
          + " (\(part.certainty.english))")
    }
    tell("\(path): \(told.joined(separator: "; "))\(mark)")
  }

  /// Whose figures are in a total.
  static func tellOfUnits(_ reported: Int, of expected: Int) {
    let text =
      language == .vietnamese
      ? "đã tổng hợp \(reported)/\(expected) đơn vị" : "\(reported) of \(expected) units added up"
    tell(text)
  }

  /// Tells what became of a site.
  static func tellOfSite(posts: Int, _ outcome: SiteFolder.Outcome) {
    let text =
      language == .vietnamese
      ? "trang tin có \(posts) bài, \(outcome.files) tệp: ghi \(outcome.written), gỡ \(outcome.removed)"
      : "the site has \(posts) posts, \(outcome.files) files: written \(outcome.written), removed \(outcome.removed)"
    tell(text)
  }

  /// Tells that a site is whole.
  static func tellOfSite(posts: Int) {
    tell(
      text(
        "trang tin đủ \(posts) bài, mọi liên kết đều dẫn tới nơi",
        "the site has all its posts, \(posts), and every link leads somewhere"))
  }

  /// Says how the command should have been used.
  static func refuse(_ vietnamese: String, _ english: String) -> Failure {
    refuse(text(vietnamese, english))
  }

  private static func refuse(_ text: String) -> Failure {
    tell(language.wrongUse + text)
    return .wrongUse
  }

  /// Prints the path of a file that was written.
  static func show(path: String) throws(Problems) { try print(path.printed) }

  /// Prints all problems of a run for another program.
  static func show(_ sheet: ProblemSheet) throws(Problems) {
    try Problems.collecting { () throws(Diagnostic) in
      try Files.writeStandardOutput(sheet.json.span)
    }
  }

  /// Prints a line to standard output.
  ///
  /// - Throws: that it is full or closed.
  static func print(_ text: String) throws(Problems) {
    try Problems.collecting { () throws(Diagnostic) in
      try Files.writeStandardOutput((text + "\n").utf8.span)
    }
  }

  /// An output that is the empty text would lie at the top of the file system.
  static func refuseEmptyOutput() -> Failure { refuse(emptyOutput) }

  static var emptyOutput: String { text("«--output» cần một tên", "“--output” needs a name") }

  /// The argument parser's message about a wrong command line. The parser speaks English only; its
  /// set phrases are put into Vietnamese.
  static func wrongUse(_ message: String) -> String {
    let text = (message.hasPrefix("Error: ") ? String(message.dropFirst(7)) : message).printedLines
    guard language == .vietnamese else { return language.wrongUse + text }
    return language.wrongUse + ParserPhrases.complaint(text)
  }

  /// One of two texts, in the user's language.
  static func text(_ vietnamese: String, _ english: String) -> String {
    language == .vietnamese ? vietnamese : english
  }
}

extension Language {
  var wrongUse: String {
    self == .vietnamese ? "lỗi dùng lệnh: " : "wrong use: "
  }

  func furtherProblems(_ count: Int) -> String {
    self == .vietnamese
      ? "… và \(count) chỗ nữa, không in ở đây («baocao check --json» in tất cả)"
      : "… and \(count) more that are not shown (“baocao check --json” has all)"
  }

  func count(errors: Int, warnings: Int) -> String {
    switch self {
    case .vietnamese: "\(errors) lỗi, \(warnings) lưu ý"
    case .english:
      "\(errors) error\(errors == 1 ? "" : "s"), \(warnings) warning\(warnings == 1 ? "" : "s")"
    }
  }
}
