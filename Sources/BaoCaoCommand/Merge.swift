import Archives
import ArgumentParser
import Diagnostics
import Reports

struct Merge: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: Messages.text(
      "Gộp các kho do «baocao seal --shard» lập thành một kho.",
      "Put the archives that “baocao seal --shard” made together into one."),
    discussion: Messages.text(
      "Kho gộp giống từng byte với kho do một lần niêm duy nhất lập ra.",
      "The archive is the same, byte for byte, as one run would have made it."))

  @Argument(
    help: .text(
      "Kho của từng phần, đủ mọi phần.",
      "The archives of all parts.",
      value: ("kho", "archive")))
  var parts: [String]

  @Option(
    name: .shortAndLong,
    help: .text(
      "Kho lưu trữ: thư mục mới, hoặc kho đã có.",
      "The archive: a new folder, or one that is there.",
      value: ("kho", "archive")))
  var output: String

  @OptionGroup var parallel: JobOptions

  func run() throws {
    if output.isEmpty { throw Messages.refuseEmptyOutput() }
    do throws(Problems) {
      let bags = try ArchiveMerge(parts).bags()
      let writer = try Problems.collecting { () throws(Diagnostic) in
        try ArchiveWriter(Archive(output))
      }
      defer { writer.close() }
      let queue = SealingQueue(writer)
      let progress = Progress(of: bags.count)
      inOrder(bags.count, jobs: parallel.jobs) {
        { index in
          var outcome = SealingQueue.Outcome()
          do throws(Problems) {
            let draft = try writer.draft(bags[index])
            if let draft { outcome.drafts = [draft] } else { outcome.unchanged = 1 }
          } catch {
            outcome.problems = error.diagnostics
          }
          return outcome
        }
      } use: { (outcome: SealingQueue.Outcome) in
        queue.add(outcome)
        progress.step()
      }
      progress.finish()
      let problems = queue.finish()
      Messages.show(problems)
      queue.tell()
      if problems.hasErrors { throw Problems([]) }
    } catch {
      Messages.show(error.diagnostics)
      throw Failure.badInput
    }
  }
}
