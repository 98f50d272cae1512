import Diagnostics
import Glibc
import Reports
import Synchronization

/// How far a job has come and how long it still takes, on a terminal; nowhere else is it told.
final class Progress: Sendable {
  private let total: Int
  private let done = Atomic(0)
  private let isShown = isatty(2) == 1
  private let start = ContinuousClock.now
  /// The time of the last line, in milliseconds from the start.
  private let shownAt = Atomic(0)

  /// Writing for each step would take longer than the work.
  private static let pause = 100

  init(of total: Int) { self.total = total }

  func step() { step(1) }

  /// - Parameter count: so many more are done.
  func step(_ count: Int) {
    let done = done.add(count, ordering: .relaxed).newValue
    guard isShown else { return }
    let elapsed = Int((ContinuousClock.now - start) / .milliseconds(1))
    let last = shownAt.load(ordering: .relaxed)
    guard elapsed >= last + Self.pause || done == total,
      shownAt.compareExchange(expected: last, desired: elapsed, ordering: .relaxed).exchanged
    else { return }
    let line = ProgressLine(done: done, total: total, milliseconds: elapsed)
    Files.writeStandardError("\r\(line.text)\u{1B}[K")
  }

  func finish() { if isShown, total > 0 { Files.writeStandardError("\r\u{1B}[K") } }
}

/// What a line of progress says: `██░░ 12000/100000 · 12% · còn 3 phút`.
private struct ProgressLine {
  let done: Int
  let total: Int
  let milliseconds: Int

  private static let width = 30
  /// Before that, the time left is only guessed.
  private static let firstGuess = 1000

  var text: String {
    let filled = Self.width * done / max(1, total)
    let bar =
      String(repeating: "█", count: filled) + String(repeating: "░", count: Self.width - filled)
    let counted = "\(bar) \(done)/\(total) · \(100 * done / max(1, total))%"
    guard milliseconds >= Self.firstGuess, done > 0, done < total else { return counted }
    let seconds = Double(milliseconds) / 1000 / Double(done) * Double(total - done)
    return "\(counted) · \(Self.timeLeft(Int(seconds.rounded(.up))))"
  }

  private static func timeLeft(_ seconds: Int) -> String {
    let minutes = (seconds + 59) / 60
    if seconds < 60 { return Messages.text("còn \(seconds) giây", "\(seconds) s left") }
    if minutes < 60 { return Messages.text("còn \(minutes) phút", "\(minutes) min left") }
    return Messages.text(
      "còn \(minutes / 60) giờ \(minutes % 60) phút", "\(minutes / 60) h \(minutes % 60) min left")
  }
}
