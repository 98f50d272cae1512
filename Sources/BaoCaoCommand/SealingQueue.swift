import Archives
import Diagnostics
import Synchronization

/// The bags that were written and wait to come into an archive, some at a time and in order.
final class SealingQueue: Sendable {
  /// What became of a data file, or of a bag of a part.
  struct Outcome: Sendable {
    var drafts: [ArchiveWriter.Draft] = []
    /// The number of documents that the archive has already.
    var unchanged = 0
    var problems: [Diagnostic] = []
  }

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

  init(_ writer: ArchiveWriter) { self.writer = writer }

  func add(_ outcome: Outcome) {
    state.withLock { state in
      state.drafts += outcome.drafts
      state.unchanged += outcome.unchanged
      state.problems += outcome.problems
      let batch = min(max(state.sealed, Self.batches.lowerBound), Self.batches.upperBound)
      if state.drafts.count >= batch { commit(&state) }
    }
  }

  /// Puts the last ones in.
  ///
  /// - Returns: all problems.
  func finish() -> [Diagnostic] {
    state.withLock { state in
      commit(&state)
      return state.problems
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

  /// Tells how many documents came in.
  func tell() {
    let (sealed, unchanged) = state.withLock { ($0.sealed, $0.unchanged) }
    let path = writer.archive.path
    Messages.tellSummary(
      Messages.text(
        "đã niêm \(sealed) văn bản vào «\(path)»; \(unchanged) văn bản đã niêm từ trước, không đổi",
        "\(sealed) documents sealed into “\(path)”; \(unchanged) were sealed before, unchanged"))
  }
}
