import ArgumentParser
import Diagnostics
import Reports

struct New: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "In tệp dữ liệu trống của một hay nhiều mẫu, để điền.",
    discussion: "Không có -o thì in ra màn hình. Tệp đã có thì không ghi đè.")

  @Argument(help: "Tên mẫu: so-ket, tin-bai… (xem baocao kinds); để trống thì theo tệp --from.")
  var kinds: [String] = []

  @Option(name: .customLong("from"), help: "Tệp dữ liệu kỳ trước, để chép những gì giữ nguyên.")
  var old: String?

  @Option(name: .shortAndLong, help: "Tệp mới để ghi.")
  var output: String?

  @OptionGroup var templates: TemplateOptions

  func run() throws {
    guard !kinds.isEmpty || old != nil else {
      throw Messages.refuse(
        "cần tên mẫu, như «baocao new so-ket»; các mẫu: baocao kinds",
        "name a kind, such as “baocao new so-ket”; baocao kinds lists them")
    }
    do throws(Problems) {
      let collection = try templates.collection(undefined: .strict)
      try checkOutput()
      let old = try old.map { path throws(Problems) in try DataFile.read(path: path).whole() }
      let form = try collection.blankForm(of: kinds, from: old)
      try Problems.collecting { () throws(Diagnostic) in
        guard let output else { return try Files.writeStandardOutput(form) }
        try Files.write(form, to: output)
        print(output)
      }
    } catch {
      Messages.show(error.diagnostics)
      throw Failure.badInput
    }
  }

  /// The file must be a data file by its name, and new.
  private func checkOutput() throws(Problems) {
    guard let output else { return }
    guard output.hasSuffix(".rec") else {
      throw Problems([Diagnostic(.report(.wrongExtension(output)), at: nil)])
    }
    if Files.exists(output) {
      throw Problems([Diagnostic(.form(.fileExists(path: output)), at: nil)])
    }
  }
}
