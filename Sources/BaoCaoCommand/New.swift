import ArgumentParser
import Diagnostics
import Reports

struct New: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: Messages.text(
      "In tệp dữ liệu trống của một hay nhiều mẫu, để điền.",
      "Print the blank data file of one or more kinds, to fill in."),
    discussion: Messages.text(
      "Không có -o thì in ra màn hình. Tệp đã có thì không ghi đè, trừ khi có --ghi-de.",
      "Without -o it is printed. A file that is there is kept, unless with --ghi-de."))

  @Argument(
    help: .text(
      "Tên mẫu: so-ket, tin-bai… (xem baocao kinds), tong-hop cho tệp tổng hợp của collect, ho-so cho hồ sơ của hand-over; để trống thì theo tệp --from.",
      "Names of kinds, as so-ket, tin-bai (see baocao kinds), tong-hop for the plan of collect, ho-so for that of hand-over; without any, those of the file --from.",
      value: ("mẫu", "kind")))
  var kinds: [String] = []

  @Option(
    name: .customLong("from"),
    help: .text(
      "Tệp dữ liệu kỳ trước, để chép những gì giữ nguyên.",
      "Last period's data file, from which is copied what stays.",
      value: ("tệp", "file")))
  var old: String?

  @Option(
    name: .customLong("ky"),
    help: .text(
      "Kỳ của tệp mới, như «năm 2026»; không ghi thì là kỳ liền sau kỳ của tệp --from.",
      "The period of the new file, as «năm 2026»; without it the one after that of --from.",
      value: ("kỳ", "period")))
  var period: String?

  @OptionGroup var file: NewFile

  @OptionGroup var templates: TemplateOptions

  func run() throws {
    guard !kinds.isEmpty || old != nil else {
      throw Messages.refuse(
        "cần tên mẫu, như «baocao new so-ket»; các mẫu: baocao kinds",
        "name a kind, such as “baocao new so-ket”; baocao kinds lists them")
    }
    let collection = try templates.collection(undefined: .strict)
    try checkOutput()
    let old = try old.map { path throws(Problems) in try DataFile.read(path: path).whole() }
    let form = try collection.blankForm(of: kinds, from: old, for: period)
    try Problems.collecting { () throws(Diagnostic) in
      guard let output = file.output else { return try Files.writeStandardOutput(form.span) }
      try Files.write(form.span, to: output, isNew: !file.overwrites)
    }
    if let output = file.output { try Messages.show(path: output) }
  }

  /// The file must be a data file by its name, and new.
  private func checkOutput() throws(Problems) {
    if let output = file.output, !output.hasSuffix(".rec") {
      throw Problems([Diagnostic(.report(.wrongExtension(output)), at: nil)])
    }
    try file.check(isNoneOf: [old].compactMap { $0 }, templates)
  }
}
