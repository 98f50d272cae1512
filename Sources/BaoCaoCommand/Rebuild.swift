import Archives
import ArgumentParser
import Diagnostics
import Reports

struct Rebuild: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: Messages.text(
      "Lập lại văn bản từ gói đã niêm và so với bản đã niêm.",
      "Make sealed documents again, and compare them with the sealed ones."),
    discussion: Messages.text(
      "Chỉ dùng những gì có trong gói: dữ liệu, mẫu, sổ bộ của ngày niêm.",
      "Nothing is used but what the packets hold: data, templates and registers of that day."))

  @OptionGroup var archives: ArchiveArguments

  @Option(
    name: .shortAndLong,
    help: .text(
      "Ghi văn bản lập lại vào thư mục này.",
      "Write the documents that are made into this folder.",
      value: ("thư mục", "folder")))
  var output: String?

  @OptionGroup var part: ShardOption

  @OptionGroup var parallel: JobOptions

  func run() throws {
    if output == "" { throw Messages.refuseEmptyOutput() }
    let job = RebuildJob(
      paths: archives.paths, output: output, shard: part.shard, jobs: parallel.jobs)
    guard try job.run() else { throw Failure.badInput }
  }
}
