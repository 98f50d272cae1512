import ArgumentParser
import Diagnostics
import Reports

struct Confirm: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: Messages.text(
      "Xem và xác nhận các dữ kiện mà chương trình tìm thấy trong bài cũ.",
      "Look at the facts that were found in an old text, and confirm them."),
    discussion: Messages.text(
      """
      Không có «--dung», «--sai», «--tat-ca» thì liệt kê các dữ kiện, mỗi dòng một số. Dữ kiện đã xác nhận
      được kiểm tra như dữ liệu viết tay; dữ kiện chưa xác nhận thì không.
      """,
      """
      Without “--dung”, “--sai” or “--tat-ca” the facts are listed, each with its number. Confirmed facts
      are checked as data written by hand; others are not.
      """))

  @Argument(
    help: .text(
      "Tệp dữ liệu.",
      "The data file.",
      value: ("tệp", "file")))
  var file: String

  @Option(
    name: .customLong("dung"),
    help: .text(
      "Những dữ kiện đúng, như 1,3-5.",
      "The facts that are right, as 1,3-5.",
      value: ("số", "numbers")))
  var right: NumberList?

  @Option(
    name: .customLong("sai"),
    help: .text(
      "Những dữ kiện sai.",
      "The facts that are wrong.",
      value: ("số", "numbers")))
  var wrong: NumberList?

  @Flag(
    name: .customLong("tat-ca"),
    help: .text(
      "Mọi dữ kiện chưa ai xem là đúng.",
      "All facts that nobody has looked at are right."))
  var isAll = false

  func validate() throws {
    if let right, let wrong, let both = right.numbers.first(where: wrong.numbers.contains) {
      throw ValidationError(
        Messages.text(
          "dữ kiện \(both) không thể vừa đúng vừa sai",
          "fact \(both) cannot be both right and wrong"))
    }
  }

  func run() throws {
    if right == nil, wrong == nil, !isAll {
      let bytes = try Problems.collecting { () throws(Diagnostic) in
        try DataFile.readBytes(file)
      }
      return try list(ProposedFacts(file: file, bytes: bytes).facts)
    }
    var count = (right: 0, wrong: 0, proposed: 0)
    try DataFile.rewrite(file) { (bytes) throws(Problems) in
      let proposed = try ProposedFacts(file: file, bytes: bytes)
      let said = try said(of: proposed.facts)
      let all = proposed.facts.enumerated().map { said[$0.offset + 1] ?? $0.element.confirmation }
      count = (
        all.count { $0 == .confirmed }, all.count { $0 == .refused },
        all.count { $0 == .proposed }
      )
      return proposed.bytes(saying: said)
    }
    try Messages.print(
      Messages.text(
        "\(count.right) đúng, \(count.wrong) sai, \(count.proposed) chưa xem",
        "right: \(count.right), wrong: \(count.wrong), not looked at: \(count.proposed)"))
  }

  /// What is said of each fact by its number.
  ///
  /// - Throws: that there is no fact of a number.
  private func said(
    of facts: [ProposedFacts.Listed]
  ) throws(Problems) -> [Int: Fact.Confirmation] {
    var said: [Int: Fact.Confirmation] = [:]
    if isAll {
      for (index, fact) in facts.enumerated() where fact.confirmation == .proposed {
        said[index + 1] = .confirmed
      }
    }
    for number in right?.numbers ?? [] { said[number] = .confirmed }
    for number in wrong?.numbers ?? [] { said[number] = .refused }
    let unknown = said.keys.filter { $0 > facts.count }.sorted()
    guard unknown.isEmpty else {
      throw Problems(
        unknown.map { Diagnostic(.importing(.noSuchFact($0, count: facts.count)), at: nil) })
    }
    return said
  }

  private func list(_ facts: [ProposedFacts.Listed]) throws(Problems) {
    if facts.isEmpty {
      try Messages.print(
        Messages.text("tệp không có dữ kiện nào", "the file has no facts"))
    }
    for (index, fact) in facts.enumerated() {
      let values = fact.values.map(\.string).joined(separator: " · ")
      let place = fact.paragraph.map {
        Messages.text(" (đoạn \($0.string))", " (paragraph \($0.string))")
      }
      try Messages.print(
        "\(index + 1)  [\(fact.confirmation.word)]  \(values)\n"
          + "      «\(fact.quote.string)»\(place ?? "")".printedLines)
    }
  }
}

extension Fact.Confirmation {
  fileprivate var word: String {
    switch self {
    case .proposed: Messages.text("chưa xem", "not looked at")
    case .confirmed: Messages.text("đúng", "right")
    case .refused: Messages.text("sai", "wrong")
    }
  }
}

/// Numbers from 1 as a person lists them: `1,3-5`.
struct NumberList: ExpressibleByArgument {
  let numbers: [Int]

  /// No file has more facts than this.
  private static let most = 100_000

  init?(argument: String) {
    guard let ranges = NumberRanges.read(argument),
      ranges.allSatisfy({ $0.upperBound <= Self.most })
    else { return nil }
    numbers = Array(Set(ranges.joined())).sorted()
  }
}
