import Archives
import ArgumentParser
import Diagnostics
import Glibc
import Reports

struct Seal: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: Messages.text(
      "Niêm văn bản vào kho lưu trữ, mỗi văn bản một gói.",
      "Seal documents into an archive, a packet for each."),
    discussion: Messages.text(
      "Gói có tệp dữ liệu, mẫu, sổ bộ, văn bản và phiếu dựng; ai cũng kiểm tra được bằng sha256sum.",
      "A packet has the data, templates, registers, documents and a build record; sha256sum checks it."
    ))

  @OptionGroup var arguments: DataArguments

  @Option(
    name: .shortAndLong,
    help: .text(
      "Kho lưu trữ: thư mục mới, hoặc kho đã có.",
      "The archive: a new folder, or one that is there.",
      value: ("kho", "archive")))
  var output: String

  @Option(
    name: .customLong("to"),
    help: .text(
      "Các dạng cần có: markdown, html, text, pdf, docx, xlsx, cách nhau dấu phẩy.",
      "The forms: markdown, html, text, pdf, docx, xlsx, with commas between.",
      value: ("dạng", "forms")),
    transform: Format.list)
  var formats = RenderJob.usualFormats

  @Flag(
    name: .customLong("pdf-a"),
    help: .text(
      "Bản PDF để lưu trữ: PDF/A-2a thay cho PDF/UA-1.",
      "PDFs for archives: PDF/A-2a instead of PDF/UA-1."))
  var isArchived = false

  @Flag(
    name: .customLong("hai-mat"),
    help: .text(
      "In hai mặt: lề mặt sau theo thể thức.",
      "Print on both sides: backs have the margins that the profile has for them."))
  var isTwoSided = false

  @OptionGroup var part: ShardOption

  @OptionGroup var parallel: JobOptions

  @OptionGroup var templates: TemplateOptions

  func run() throws {
    if output.isEmpty { throw Messages.refuseEmptyOutput() }
    if isArchived, !formats.contains(.pdf) {
      throw Messages.refuse("«--pdf-a» đi với «--to pdf»", "“--pdf-a” goes with “--to pdf”")
    }
    let job = SealJob(
      data: arguments.data, archive: Archive(output),
      making: Making(formats: formats, isArchived: isArchived, isTwoSided: isTwoSided),
      shard: part.shard, jobs: parallel.jobs, templates: templates.folder)
    do throws(Problems) {
      guard try job.run() else { throw Problems([]) }
    } catch {
      Messages.show(error.diagnostics)
      throw Failure.badInput
    }
  }
}
