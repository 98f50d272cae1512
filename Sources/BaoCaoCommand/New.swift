import ArgumentParser
import Diagnostics
import Reports

struct New: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "In tệp dữ liệu trống của một hay nhiều mẫu, để điền.",
    discussion: "Không có -o thì in ra màn hình. Tệp đã có thì không ghi đè, trừ khi có --ghi-de.")

  @Argument(help: "Tên mẫu: so-ket, tin-bai… (xem baocao kinds); để trống thì theo tệp --from.")
  var kinds: [String] = []

  @Option(name: .customLong("from"), help: "Tệp dữ liệu kỳ trước, để chép những gì giữ nguyên.")
  var old: String?

  @OptionGroup var file: NewFile

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
      try file.checkIsNone(of: (self.old.map { [$0] } ?? []), templates.used)
      let form = try collection.blankForm(of: kinds, from: old)
      try Problems.collecting { () throws(Diagnostic) in
        guard let output = file.output else { return try Files.writeStandardOutput(form.span) }
        try Files.write(form.span, to: output)
      }
      if let output = file.output { try Messages.show(path: output) }
    } catch {
      Messages.show(error.diagnostics)
      throw Failure.badInput
    }
  }

  /// The file must be a data file by its name, and new.
  private func checkOutput() throws(Problems) {
    if let output = file.output, !output.hasSuffix(".rec") {
      throw Problems([Diagnostic(.report(.wrongExtension(output)), at: nil)])
    }
    try file.check()
  }
}
