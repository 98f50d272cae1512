import ArgumentParser
import Diagnostics
import Finding
import Glibc
import Reports

struct Find: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: Messages.text(
      "Tìm văn bản theo chữ, cơ quan, kỳ, số, người.",
      "Find documents by words, body, period, number, person."),
    discussion: Messages.text(
      """
      Chữ gõ không dấu tìm mọi chữ có dấu (quy che tìm quy chế); gõ có dấu thì chỉ tìm chữ có dấu ấy. Đối số
      có dấu cách, và chữ trong ngoặc kép, là một cụm từ. Không thấy văn bản nào thì mã thoát là 1, như grep.
      """,
      """
      Words typed without accents find all that have some (quy che finds quy chế); accents that are typed
      must be there. An argument with blanks, and what stands in quotes, is a phrase. Exit status 1 where
      nothing is found, as grep has it.
      """))

  @Argument(
    help: .text(
      "Chữ cần tìm; văn bản phải có đủ.",
      "The words; a document has to have all of them.",
      value: ("chữ", "words")))
  var words: [String] = []

  @Option(
    name: .customLong("trong"),
    help: .text(
      "Thư mục dữ liệu hoặc kho lưu trữ; mặc định là data, không có thì thư mục hiện tại.",
      "A folder of data files or an archive; by default data, without it this folder.",
      value: ("thư mục", "folder")))
  var folders: [String] = []

  @Option(
    name: .customLong("co-quan"),
    help: .text(
      "Cơ quan ban hành, hoặc một phần tên.",
      "The body that issues it, or a part of its name.",
      value: ("tên", "name")))
  var issuer: String?

  @Option(
    name: .customLong("mau"),
    help: .text(
      "Mẫu văn bản, như so-ket.",
      "The kind, as so-ket.",
      value: ("mẫu", "kind")))
  var kind: String?

  @Option(
    name: .customLong("ky"),
    help: .text(
      "Kỳ báo cáo, như «quý II năm 2026»; «2026» tìm mọi kỳ có năm ấy.",
      "The period, as «quý II năm 2026»; «2026» finds all that name that year.",
      value: ("kỳ", "period")))
  var period: String?

  @Option(
    name: .customLong("so"),
    help: .text(
      "Số, ký hiệu, hoặc một phần, như 145 hoặc 145/BC-UBND.",
      "The number and sign or a part, as 145 or 145/BC-UBND.",
      value: ("số", "number")))
  var number: String?

  @Option(
    name: .customLong("nguoi"),
    help: .text(
      "Họ tên, hoặc một phần, của người ký hay người được nêu.",
      "The name, or a part, of who signs it or is named.",
      value: ("tên", "name")))
  var person: String?

  @Option(
    name: .customLong("toi-da"),
    help: .text(
      "Số văn bản in ra, hay nhất trước.",
      "How many documents are shown, the best first.",
      value: ("số", "number")))
  var limit = 20

  @Flag(
    name: .customLong("lap-lai-chi-muc"),
    help: .text(
      "Lập lại chỉ mục từ đầu.",
      "Make the index anew."))
  var makesAnew = false

  func validate() throws {
    guard (1...100_000).contains(limit) else {
      throw ValidationError(
        Messages.text("«--toi-da» là số từ 1 đến 100000", "“--toi-da” is a number from 1 to 100000")
      )
    }
    do throws(SearchQuery.Flaw) {
      _ = try query()
    } catch {
      throw ValidationError(error.message)
    }
  }

  func run() throws {
    let progress = IndexProgress()
    guard let query = try? query() else { throw Failure.badInput }
    let found = try Problems.collecting { () throws(Diagnostic) in
      try Finder(
        query, in: searched, limit: limit, anew: makesAnew, progress: progress.show)
    }
    progress.finish()
    Messages.show(found.problems)
    guard found.count > 0 else {
      Messages.tellSummary(Messages.text("không tìm thấy văn bản nào", "no document was found"))
      throw Failure.badInput
    }
    for document in found.documents { try Messages.print(document.shown(marks: isatty(1) == 1)) }
    if found.count > found.documents.count {
      Messages.tellSummary(
        Messages.text(
          "… và \(found.count - found.documents.count) văn bản nữa; thêm chữ, hoặc «--toi-da»",
          "… and \(found.count - found.documents.count) more; add words, or “--toi-da”"))
    }
  }

  private var searched: [String] {
    folders.isEmpty ? [Files.isFolder("data") ? "data" : "."] : folders
  }

  private func query() throws(SearchQuery.Flaw) -> SearchQuery {
    try SearchQuery(
      words: words, issuer: issuer, kind: kind, period: period, number: number, person: person)
  }
}

extension SearchQuery.Flaw {
  fileprivate var message: String {
    switch self {
    case .empty:
      Messages.text("chưa nêu chữ nào để tìm", "there is nothing to look for")
    case .noWord(let text):
      Messages.text(
        "«\(text)» không có chữ hay số nào để tìm", "“\(text)” has no letter or digit to look for")
    case .tooLong(let words, let most):
      Messages.text(
        "tìm nhiều nhất \(most) chữ một lần, ở đây có \(words)",
        "at most \(most) words are looked for at once, here are \(words)")
    }
  }
}

extension FoundDocument {
  /// What is printed: the path, the head, the subject and the sentence, each on a line.
  fileprivate func shown(marks: Bool) -> String {
    func text(_ text: MarkedText) -> String {
      text.pieces.map { piece in
        let shown = piece.text.printed
        return marks && piece.isMarked ? "\u{1B}[1m\(shown)\u{1B}[22m" : shown
      }.joined()
    }
    let head: [String?] = [kind.printed, number.map(text), day?.printed, issuer.map(text)]
    let lines: [String?] = [
      head.compactMap { $0 }.joined(separator: " · "), subject.map(text), sentence.map(text),
    ]
    return ([path.printed] + lines.compactMap { $0 }.map { "    \($0)" }).joined(separator: "\n")
  }
}

/// How far the making of an index has come, on a terminal.
private final class IndexProgress {
  private let isShown = isatty(2) == 1
  private var hasShown = false

  func show(_ done: Int, of total: Int) {
    guard isShown, done < total else { return }
    hasShown = true
    let text = Messages.text(
      "lập chỉ mục: \(done)/\(total) tệp", "indexing: \(done)/\(total) files")
    Files.writeStandardError("\r\u{1B}[K\(text)")
  }

  func finish() { if hasShown { Files.writeStandardError("\r\u{1B}[K") } }
}
