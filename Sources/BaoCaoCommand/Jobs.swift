import ArgumentParser
import Dispatch
import Reports
import Synchronization

/// How many documents a command makes at once.
struct JobOptions: ParsableArguments {
  @Option(
    name: .long,
    help: .text(
      "Số việc làm cùng lúc.",
      "How many to work on at once.",
      value: ("số", "number")))
  var jobs = 1

  func validate() throws {
    guard jobs > 0 else {
      throw ValidationError(Messages.text("«--jobs» là số từ 1", "“--jobs” is a number from 1"))
    }
  }
}

/// Runs work that makes documents for every index on a number of threads and returns the results in order.
///
/// - Parameter makeWorker: called once on each thread; what it makes is that thread's own.
func inParallel<Result: Sendable>(
  _ count: Int, jobs: Int, makeWorker: @Sendable () -> (Int) -> Result
) -> [Result] {
  if count > 1 { Filling.expectManyDocuments() }
  guard jobs > 1, count > 1 else { return (0..<count).map(makeWorker()) }
  let next = Atomic(0)
  let results = Mutex<[(Int, Result)]>([])
  DispatchQueue.concurrentPerform(iterations: min(jobs, count)) { _ in
    let work = makeWorker()
    var done: [(Int, Result)] = []
    while true {
      let index = next.add(1, ordering: .relaxed).oldValue
      guard index < count else { break }
      done.append((index, work(index)))
    }
    results.withLock { $0 += done }
  }
  return results.withLock { $0 }.sorted { $0.0 < $1.0 }.map(\.1)
}

/// Runs work for every index on a number of threads, uses the results in the order of the indices as
/// soon as they are there, one at a time, and shows how far it has come.
///
/// - Parameter makeWorker: called once on each thread; what it makes is that thread's own.
func inOrder<Result: Sendable>(
  _ count: Int, jobs: Int, makeWorker: @Sendable () -> (Int) -> Result,
  use: @Sendable (Result) -> Void
) {
  if count > 1 { Filling.expectManyDocuments() }
  let progress = Progress(of: count)
  defer { progress.finish() }
  guard jobs > 1, count > 1 else {
    let work = makeWorker()
    return (0..<count).forEach {
      use(work($0))
      progress.step()
    }
  }
  let next = Atomic(0)
  let waiting = Mutex<(next: Int, results: [Int: Result])>((0, [:]))
  DispatchQueue.concurrentPerform(iterations: min(jobs, count)) { _ in
    let work = makeWorker()
    while true {
      let index = next.add(1, ordering: .relaxed).oldValue
      guard index < count else { break }
      let result = work(index)
      waiting.withLock { waiting in
        waiting.results[index] = result
        while let ready = waiting.results.removeValue(forKey: waiting.next) {
          waiting.next += 1
          use(ready)
          progress.step()
        }
      }
    }
  }
}
