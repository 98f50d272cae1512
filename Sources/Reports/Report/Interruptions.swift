import Glibc
import Synchronization

/// The wishes of a user or of the system that the program end: Ctrl-C, `SIGTERM`, `SIGHUP`.
///
/// They are heard at once, but for the short time in which files are written: it is waited out, so
/// that no temporary file stays behind.
public enum Interruptions {
  /// The signal that has come, 0 for none.
  private static let signal = Atomic<Int32>(0)
  /// The threads that are writing.
  private static let writers = Atomic<Int>(0)

  /// Listens from now on. A signal that is ignored, as under `nohup`, stays ignored.
  public static func listen() {
    writers.store(0, ordering: .sequentiallyConsistent)
    signal.store(0, ordering: .sequentiallyConsistent)
    for number in [SIGINT, SIGTERM, SIGHUP] {
      var old = sigaction()
      sigaction(number, nil, &old)
      if unsafeBitCast(old.__sigaction_handler.sa_handler, to: Int.self) == 1 { continue }
      Glibc.signal(number) { Interruptions.hear($0) }
    }
  }

  /// Does only what a signal handler may: looks at two numbers.
  private static func hear(_ number: Int32) {
    signal.store(number, ordering: .sequentiallyConsistent)
    if writers.load(ordering: .sequentiallyConsistent) == 0 { end(number) }
  }

  private static func end(_ number: Int32) {
    Glibc.signal(number, SIG_DFL)
    raise(number)
  }

  /// Runs what writes files to its end, and only then lets the program be ended.
  static func holding<Result, Failure: Error>(
    _ write: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    writers.add(1, ordering: .sequentiallyConsistent)
    defer { leave() }
    // Who comes after the signal begins nothing any more.
    if signal.load(ordering: .sequentiallyConsistent) != 0 {
      leave()
      while true { pause() }
    }
    return try write()
  }

  private static func leave() {
    let left = writers.subtract(1, ordering: .sequentiallyConsistent).newValue
    let number = signal.load(ordering: .sequentiallyConsistent)
    if left == 0, number != 0 { end(number) }
  }
}
