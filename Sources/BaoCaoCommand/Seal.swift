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

  @OptionGroup var target: ArchiveOption

  @OptionGroup var formats: FormatOption

  @OptionGroup var paper: PaperOptions

  @OptionGroup var part: ShardOption

  @OptionGroup var parallel: JobOptions

  @OptionGroup var templates: TemplateOptions

  func run() throws {
    let archive = try target.archive
    try paper.check(for: formats.formats)
    let job = SealJob(
      data: arguments.data, archive: archive,
      making: Making(
        formats: formats.formats, isArchived: paper.isArchived, isTwoSided: paper.isTwoSided),
      shard: part.shard, jobs: parallel.jobs, templates: templates.folder)
    guard try job.run() else { throw Failure.badInput }
  }
}
