import ArgumentParser
import Diagnostics
import Reports

struct Collect: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: Messages.text(
      "Cộng số liệu của nhiều đơn vị thành một tệp dữ liệu.",
      "Add up the figures of many units into one data file."),
    discussion: Messages.text(
      "Cách cộng do tệp tổng hợp nêu; lấy tệp trống bằng baocao new tong-hop.",
      "How is said by the plan; baocao new tong-hop makes a blank one."))

  @Argument(
    help: .text(
      "Tệp tổng hợp: lấy số liệu nào, tính thế nào, đơn vị nào phải báo cáo.",
      "The plan: which figures are taken, how they are computed, which units report.",
      value: ("tệp tổng hợp", "plan")))
  var schema: String

  @Argument(
    help: .text(
      "Tệp dữ liệu của các đơn vị, hoặc thư mục có các tệp đó.",
      "The data files of the units, or a folder that has them.",
      value: ("tệp", "file")))
  var units: [String]

  @Option(
    name: .shortAndLong,
    help: .text(
      "Tệp tổng.",
      "The total.",
      value: ("tệp", "file")))
  var output: String

  @Flag(
    name: .customLong("ghi-de"),
    help: .text(
      "Tệp tổng đã có và khác kết quả tính lại thì ghi đè.",
      "Write over a total that differs from what is computed."))
  var overwrites = false

  @Option(
    name: .customLong("cung-ky"),
    help: .text(
      "Tệp tổng cùng kỳ năm trước, để so sánh.",
      "Last year's total, to compare with.",
      value: ("tệp", "file")))
  var lastYear: String?

  @Flag(
    name: .customLong("bo-qua"),
    help: .text(
      "Bỏ ra những đơn vị có số liệu sai, có nêu tên.",
      "Leave out units with wrong figures, and name them."))
  var leavesOut = false

  @OptionGroup var templates: TemplateOptions

  func validate() throws {
    if output.isEmpty { throw ValidationError(Messages.emptyOutput) }
  }

  func run() throws {
    let collection = try templates.collection(undefined: .strict)
    let units = try files()
    try Files.check(
      output: output, isNoneOf: [schema] + units + [lastYear].compactMap { $0 }, templates)
    let total = try CollectedTotal(
      try DataFile.read(path: schema).whole(), units: units,
      lastYear: try lastYear.map { (path) throws(Problems) in
        try DataFile.read(path: path).whole()
      },
      leavesOut: leavesOut, collection)
    try Problems.collecting { () throws(Diagnostic) in
      guard try mayWrite(total.bytes) else {
        throw Diagnostic(.form(.fileExists(path: output)), at: nil)
      }
      let isNew = !overwrites && !Files.exists(output)
      try Files.output(total.bytes, to: output, isNew: isNew)
    }
    Messages.show(total.warnings)
    Messages.tellOfUnits(total.reported, of: total.expected)
  }

  /// Tells whether no text of another origin stands in the file: words may have been written into a
  /// total.
  private func mayWrite(_ total: [UInt8]) throws(Diagnostic) -> Bool {
    guard output != "-", !overwrites, Files.exists(output) else { return true }
    return try Files.read(output) == total
  }

  private func files() throws(Problems) -> [String] {
    var problems: [Diagnostic] = []
    let files = try DataArguments.files(of: units, into: &problems)
    try problems.throwIfErrors()
    return files
  }
}
