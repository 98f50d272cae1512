import Glibc

/// A template engine with the report's template compiled and the data of all reports at hand.
struct Engine {
  /// What is timed, for all reports in a row.
  enum Stage: String, CaseIterable {
    /// Values in the engine's own form to a text.
    case fill = "filled"
    /// The bytes of a data file to a text.
    case parseAndFill = "parsed and filled"
  }

  let name: String
  /// The texts of all reports.
  let texts: () throws -> [[UInt8]]
  /// How many seconds a stage takes.
  let time: (Stage) throws -> Double
}

extension Engine {
  /// An engine of this process: how it reads a data file, and how it fills the template.
  init<Source, Values, Text: Collection<UInt8>>(
    _ name: String, _ sources: [Source], parse: @escaping (Source) throws -> Values,
    fill: @escaping (Values) throws -> Text
  ) throws {
    let values = try sources.map(parse)
    self.name = name
    texts = { try values.map { Array(try fill($0)) } }
    time = { stage in
      try seconds {
        switch stage {
        case .fill: try values.reduce(0) { $0 + (try fill($1)).count }
        case .parseAndFill: try sources.reduce(0) { $0 + (try fill(try parse($1))).count }
        }
      }
    }
  }
}

/// Seconds of the processor, which do not count what other programs take meanwhile.
///
/// - Parameter work: gives the size of what it made, so that none of it can be left out.
private func seconds(_ work: () throws -> Int) rethrows -> Double {
  let start = processorTime()
  let size = try work()
  precondition(size > 0)
  return processorTime() - start
}

private func processorTime() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}
