import Archives
import Diagnostics
import Synchronization

/// The bags that were written and wait to come into an archive, some at a time and in order.
final class SealingQueue: Sendable {
  private struct State {
    var drafts: [ArchiveWriter.Draft] = []
    var sealed = 0
    var unchanged = 0
    var problems: [Diagnostic] = []
    /// Nothing can be put in any more, as the disk is full or the archive damaged.
    var isStopped = false
  }

  /// How many come in together: waiting for the disk takes longer than writing one. The further a run has
  /// come, the less it matters that a kill loses some.
  private static let batches = 64...1024

  private let writer: ArchiveWriter
  private let state = Mutex(State())

  private init(_ writer: ArchiveWriter) { self.writer = writer }

  /// Works for every index on a number of threads, puts what comes of it into an archive in the order of
  /// the indices.
  static func seal(
    _ count: Int, into writer: ArchiveWriter, jobs: Int,
    makeWorker: @Sendable () -> (Int) -> SealingOutcome
  ) -> Sealing {
    let queue = SealingQueue(writer)
    inOrder(count, jobs: jobs, makeWorker: makeWorker) { (outcome: SealingOutcome) in
      queue.add(outcome)
    }
    return queue.finish()
  }

  private func add(_ outcome: SealingOutcome) {
    state.withLock { state in
      state.drafts += outcome.drafts
      state.unchanged += outcome.unchanged
      state.problems += outcome.problems
      let batch = min(max(state.sealed, Self.batches.lowerBound), Self.batches.upperBound)
      if state.drafts.count >= batch { commit(&state) }
    }
  }

  /// Puts the last ones in.
  private func finish() -> Sealing {
    state.withLock { state in
      commit(&state)
      return Sealing(
        sealed: state.sealed, unchanged: state.unchanged, problems: state.problems,
        archive: writer.archive.path)
    }
  }

  private func commit(_ state: inout State) {
    defer { state.drafts = [] }
    if state.isStopped { return }
    do throws(Problems) {
      let drafts = state.drafts
      let places = try Problems.collecting { () throws(Diagnostic) in try writer.commit(drafts) }
      state.sealed += places.count
      state.unchanged += drafts.count - places.count
      for place in places { try Messages.show(path: "\(writer.archive.path)/\(place)") }
    } catch {
      state.problems += error.diagnostics
      state.isStopped = true
    }
  }
}

/// What came of sealing many documents.
struct Sealing {
  fileprivate let sealed: Int
  fileprivate let unchanged: Int
  let problems: [Diagnostic]
  fileprivate let archive: String

  /// Tells the problems, and how many documents came in.
  ///
  /// - Parameter others: problems besides.
  /// - Returns: whether none is an error.
  func tell(_ others: [Diagnostic] = []) -> Bool {
    let problems = (others + problems).toldOnce
    Messages.show(problems)
    Messages.tellSummary(
      Messages.text(
        "đã niêm \(sealed) văn bản vào «\(archive)»; \(unchanged) văn bản đã niêm từ trước, không đổi",
        "\(sealed) documents sealed into “\(archive)”; \(unchanged) were sealed before, unchanged"))
    return !problems.hasErrors
  }
}
