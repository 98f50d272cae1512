import Diagnostics
import Reports

/// What checking data files costs beside reading them.
///
/// Prints medians of a file's time in microseconds, and the ratio to reading.
struct Checking {
  private let templates: TemplateCollection
  private let sources: [(name: String, bytes: [UInt8])]

  init(templates: String, folder: String) throws {
    self.templates = try TemplateCollection(TemplateFolder(templates), undefined: .strict)
    let names = try Files.names(in: folder).filter { $0.hasSuffix(".rec") }
    sources = try names.map { ("\(folder)/\($0)", try Files.read(folder + "/" + $0)) }
  }

  func measure(rounds: Int) throws {
    let files = try sources.map { try DataFile.read(name: $0.name, bytes: $0.bytes) }
    var times: [[Double]] = [[], []]
    var count = 0
    for round in 0...rounds {
      let start = processorTime()
      for source in sources {
        _ = try DataFile.read(name: source.name, bytes: source.bytes)
        count += 1
      }
      let middle = processorTime()
      for file in files { count += file.check(templates).problems.count }
      let end = processorTime()
      // The first round warms up.
      if round > 0 {
        times[0].append(middle - start)
        times[1].append(end - middle)
      }
    }
    precondition(count > 0)
    let medians = times.map { $0.sorted()[rounds / 2] / Double(sources.count) * 1e6 }
    print("\(sources.count) files, \(sources.map(\.bytes.count).reduce(0, +)) bytes")
    for (name, median) in zip(["read", "check"], medians) {
      print("\(rounded(median)) µs  \(rounded(median / medians[0])) of reading  \(name)")
    }
  }
}
