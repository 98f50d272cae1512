import ArgumentParser
import Diagnostics
import Reports

struct Collect: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Cộng số liệu của nhiều đơn vị thành một tệp dữ liệu.",
    discussion: "Cách cộng do tệp tổng hợp nêu; xem Templates/khung/tong-hop.rec.")

  @Argument(help: "Tệp tổng hợp: lấy số liệu nào, tính thế nào, đơn vị nào phải báo cáo.")
  var schema: String

  @Argument(help: "Tệp dữ liệu của các đơn vị, hoặc thư mục có các tệp đó.")
  var units: [String]

  @Option(name: .shortAndLong, help: "Tệp tổng.")
  var output: String

  @Flag(
    name: .customLong("ghi-de"), help: "Tệp tổng đã có và khác kết quả tính lại thì ghi đè.")
  var overwrites = false

  @Option(name: .customLong("cung-ky"), help: "Tệp tổng cùng kỳ năm trước, để so sánh.")
  var lastYear: String?

  @Flag(name: .customLong("bo-qua"), help: "Bỏ ra những đơn vị có số liệu sai, có nêu tên.")
  var leavesOut = false

  @OptionGroup var templates: TemplateOptions

  func run() throws {
    do throws(Problems) {
      let collection = try templates.collection(undefined: .strict)
      let units = try files()
      try Problems.collecting { () throws(Diagnostic) in
        try Files.check(output: output, isNoneOf: [schema] + units + (lastYear.map { [$0] } ?? []))
      }
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
        try Files.output(total.bytes, to: output)
      }
      Messages.show(total.warnings)
      Messages.tellOfUnits(total.reported, of: total.expected)
    } catch {
      Messages.show(error.diagnostics)
      throw Failure.badInput
    }
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
