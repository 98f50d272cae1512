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

  @OptionGroup var target: ArchiveOption

  @OptionGroup var parallel: JobOptions

  func run() throws {
    let archive = try target.archive
    let bags = try ArchiveMerge(parts).bags()
    let writer = try ArchiveWriter(archive)
    defer { writer.close() }
    let sealing = SealingQueue.seal(bags.count, into: writer, jobs: parallel.jobs) {
      { index in
        var outcome = SealingOutcome()
        do throws(Problems) {
          let draft = try writer.draft(bags[index])
          if let draft { outcome.drafts = [draft] } else { outcome.unchanged = 1 }
        } catch {
          outcome.problems = error.diagnostics
        }
        return outcome
      }
    }
    guard sealing.tell() else { throw Failure.badInput }
  }
}
