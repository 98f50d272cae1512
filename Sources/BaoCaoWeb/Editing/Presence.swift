import Synchronization

/// Who has which file open, as their browsers told within the last seconds.
final class Presence: Sendable {
  private struct Visit {
    let name: String
    var seen: ContinuousClock.Instant
  }

  /// By file, then by window.
  private let visits = Mutex<[String: [String: Visit]]>([:])
  private static let span = Duration.seconds(25)
  private static let windowLimit = 200

  /// Notes that a window has a file open, and returns the names of others who have, in order.
  func note(_ window: String, of person: Person, at file: String) -> [String] {
    let now = ContinuousClock.now
    return visits.withLock { visits in
      var windows = visits[file, default: [:]].filter { now - $0.value.seen < Self.span }
      if windows.count < Self.windowLimit || windows[window] != nil {
        windows[window] = Visit(name: person.name, seen: now)
      }
      visits[file] = windows
      if visits.count > 1000 {
        visits = visits.filter { $0.value.contains { now - $0.value.seen < Self.span } }
      }
      return windows.filter { $0.key != window }.map(\.value.name).sorted()
    }
  }
}
